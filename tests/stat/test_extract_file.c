// SPDX-License-Identifier: EUPL-1.2
/* The extract as a file: what is written is read, a later part goes before an earlier one, every flipped byte
 * is found, and no bytes whatever make the reader fall. */
#include "base/date.h"
#include "base/rng.h"
#include "measure/extract_file.h"
#include "stat/extract_damage.h"
#include "unit/test.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 300, MORE = 40 };

/* A random extract of ROWS + MORE rows. */
struct made {
    int64_t received[ROWS + MORE], started[ROWS + MORE], contact[5 * (ROWS + MORE)];
    int32_t team[ROWS + MORE], urgency[ROWS + MORE];
    uint32_t flags[ROWS + MORE];
    size_t contact_from[ROWS + MORE + 1];
    struct extract_file e;
};
static const char *const team_name[] = { "Noord", "Oost", "Binnenstad", "Brouwhuis & co" };

static void make(struct made *m, struct rng *r, size_t n)
{
    size_t contacts = 0;

    for (size_t i = 0; i < n; i++) {
        m->received[i] = 1700000000 + (int64_t)rng_below(r, 50000000);
        m->started[i] = rng_below(r, 3) == 0 ? TIME_NONE : m->received[i] + (int64_t)rng_below(r, 5000000);
        m->team[i] = (int32_t)rng_below(r, 4) - (rng_below(r, 9) == 0 ? 4 : 0);
        m->team[i] = m->team[i] < 0 ? -1 : m->team[i];
        m->urgency[i] = (int32_t)rng_below(r, 5);
        m->flags[i] = (uint32_t)rng_below(r, 32);
        m->contact_from[i] = contacts;
        for (uint64_t j = rng_below(r, 5); j > 0; j--)
            m->contact[contacts++] = m->received[i] + (int64_t)rng_below(r, 1000);
    }
    m->contact_from[n] = contacts;
    m->e = (struct extract_file){ .x = { .n = n,
                                         .received = m->received,
                                         .started = m->started,
                                         .team = m->team,
                                         .urgency = m->urgency,
                                         .flags = m->flags,
                                         .contact = m->contact,
                                         .contact_from = m->contact_from },
                                  .names[NAMES_TEAM] = { team_name, 4 },
                                  .at = 1800000000,
                                  .events = 12345,
                                  .activities = 17 };
}

static void check_same(const struct extract_file *a, const struct extract_file *b)
{
    CHECK_INT((int64_t)a->x.n, (int64_t)b->x.n);
    CHECK_INT(a->at, b->at);
    CHECK_INT(a->events, b->events);
    for (size_t i = 0; i < a->x.n && i < b->x.n; i++) {
        CHECK(a->x.received[i] == b->x.received[i] && a->x.started[i] == b->x.started[i] &&
              a->x.urgency[i] == b->x.urgency[i] && a->x.flags[i] == b->x.flags[i]);
        CHECK_STR(a->x.team[i] >= 0 ? a->names[NAMES_TEAM].name[a->x.team[i]] : "",
                  b->x.team[i] >= 0 ? b->names[NAMES_TEAM].name[b->x.team[i]] : "");
        size_t n = a->x.contact_from[i + 1] - a->x.contact_from[i];
        CHECK_INT((int64_t)n, (int64_t)(b->x.contact_from[i + 1] - b->x.contact_from[i]));
        CHECK(memcmp(a->x.contact + a->x.contact_from[i], b->x.contact + b->x.contact_from[i], n * 8) == 0);
    }
    CHECK(b->x.left == NULL && b->x.reason == NULL); /* columns that are not there */
}

/* How many requests; SIZE_MAX: a first part is needed. */
static size_t put_changes(struct ctx *c, const struct extract_file *old, const struct extract_file *e,
                          struct buf *b)
{
    struct extract_changes changes;

    if (!extract_file_put_changes(old, e, c->arena, b, &changes))
        return SIZE_MAX;
    CHECK_INT((int64_t)changes.facts, 0);
    return changes.requests;
}

TEST(extract_file_and_back)
{
    struct ctx *c = test_begin_bare();
    struct made *m = arena_alloc(c->arena, sizeof *m);
    struct extract_file got;
    struct buf b = { 0 };
    struct rng r;

    rng_seed(&r, 1);
    for (size_t n = 0; n <= ROWS; n += ROWS / 3) {
        buf_clear(&b);
        make(m, &r, n);
        extract_file_put(&m->e, NULL, 0, &b);
        CHECK(extract_file_get(b.data, b.len, c->arena, &got));
        check_same(&m->e, &got);
    }
    CHECK(b.len < ROWS * 60); /* 4 + 4 + 1 + 1 + 1 + contacts; struct extract needs 8 + 8 + 4 + 4 + 4 + 16 */
    buf_free(&b);
}

/* Rows change and come; names come, in another order than before. */
TEST(extract_file_grows)
{
    static const char *const other[] = { "Oost", "Stiphout", "Binnenstad", "Noord" };
    struct ctx *c = test_begin_bare();
    struct made *m = arena_alloc(c->arena, sizeof *m);
    struct extract_file got, again;
    struct buf b = { 0 };
    struct rng r;

    rng_seed(&r, 2);
    make(m, &r, ROWS);
    extract_file_put(&m->e, NULL, 0, &b);
    for (int turn = 0; turn < 20; turn++) {
        size_t before = b.len, changed = 1 + rng_below(&r, 3);
        CHECK(extract_file_get(b.data, b.len, c->arena, &got));
        m->e.x.n = ROWS + (size_t)turn * 2;
        struct extract_file next = got;
        int64_t *started = arena_array(c->arena, got.x.n + 1, sizeof *started);
        memcpy(started, got.x.started, got.x.n * sizeof *started);
        for (size_t i = 0; i < changed; i++)
            started[i * 7 + (size_t)turn] = 1750000000 + turn;
        next.x.started = started;
        next.at += turn;
        CHECK_INT((int64_t)put_changes(c, &got, &next, &b), (int64_t)changed);
        CHECK(b.len % 64 == 0 && b.len - before < 2000); /* what happened, not everything again */
        CHECK(extract_file_get(b.data, b.len, c->arena, &again));
        check_same(&next, &again);
        CHECK_INT((int64_t)put_changes(c, &again, &next, &b), 0);
    }
    make(m, &r, ROWS + MORE);
    m->e.names[NAMES_TEAM] = (struct names){ other, 4 };
    struct extract_file want = m->e;
    CHECK(extract_file_recode(&got, c->arena, &m->e));
    CHECK_INT((int64_t)m->e.names[NAMES_TEAM].n, 5);
    CHECK(put_changes(c, &again, &m->e, &b) > ROWS / 2);
    CHECK(extract_file_get(b.data, b.len, c->arena, &got));
    check_same(&want, &got);
    want.x.n = 3;
    CHECK(put_changes(c, &got, &want, &b) == SIZE_MAX);
    buf_free(&b);
}

/* A file of two parts, with rows of the month set or without. */
static void two_parts(struct ctx *c, struct rng *r, bool months, struct buf *b)
{
    static struct month_frame f;
    static uint32_t from[40];
    static uint16_t outcome[3], rest[3] = { 0xfc00, 0xfc01, 0xfc02 };
    struct month_rows rows = { &f, outcome, rest, from };
    struct made *m = arena_alloc(c->arena, sizeof *m);
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    month_frame_init(&f, date_from_civil(2024, 1, 1), date_from_civil(2024, 3, 9), 2);
    month_frame_norm(&f, &k, 10);
    for (size_t g = 1; g <= 6; g++)
        from[g] = 3;
    make(m, r, months ? 20 : ROWS);
    extract_file_put(&m->e, months ? &rows : NULL, 10, b);
    if (!months) {
        struct extract_file old = m->e;
        struct made *n = arena_alloc(c->arena, sizeof *n);
        make(n, r, ROWS + MORE);
        put_changes(c, &old, &n->e, b);
    }
}

TEST(extract_file_finds_every_flipped_byte)
{
    struct ctx *c = test_begin_bare();
    struct extract_file got;
    struct month_frame f;
    struct month_rows rows;
    struct buf b = { 0 };
    struct rng r;

    rng_seed(&r, 3);
    two_parts(c, &r, true, &b);
    char *copy = aligned_alloc(64, b.len);
    memcpy(copy, b.data, b.len);
    CHECK(extract_file_get(copy, b.len, c->arena, &got) && extract_file_rows(copy, b.len, &f, &rows));
    for (size_t i = 0; i < b.len; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        copy[i] ^= (char)(1 + rng_below(&r, 255));
        CHECK(!extract_file_get(copy, b.len, c->arena, &got));
        CHECK(!extract_file_rows(copy, b.len, &f, &rows));
        copy[i] = b.data[i];
        CHECK(i == 0 || !extract_file_get(copy, i, c->arena, &got)); /* cut off */
        arena_release(c->arena, mark);
    }
    free(copy);
    buf_free(&b);
}

/* 100,000 times: bytes flipped, ends cut off, with checksums that are wrong or put right again. */
TEST_LONG(extract_file_from_elsewhere)
{
    struct ctx *c = test_begin_bare();
    struct buf b[2] = { { 0 }, { 0 } };
    struct rng r;
    int taken = 0;

    rng_seed(&r, 4);
    two_parts(c, &r, true, &b[0]);
    two_parts(c, &r, false, &b[1]);
    for (int turn = 0; turn < 100000; turn++) {
        const struct buf *from = &b[turn % 8 == 0];
        struct arena_mark mark = arena_mark(c->arena);
        struct extract_file got;
        struct month_frame f;
        struct month_rows rows;
        size_t len;
        unsigned char *copy = extract_damage(&r, from, &len);

        taken += extract_file_get(copy, len, c->arena, &got);
        taken += extract_file_rows(copy, len, &f, &rows);
        free(copy);
        arena_release(c->arena, mark);
    }
    CHECK(taken > 10000 && taken < 190000); /* both ways were walked */
    buf_free(&b[0]);
    buf_free(&b[1]);
}
