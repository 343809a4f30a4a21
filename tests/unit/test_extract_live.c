// SPDX-License-Identifier: EUPL-1.2
/* The extract that follows the register, against a full reading, on random changes. */
#include "register/extract_live.h"

#include "account/result.h"
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "measure/extract_column.h"
#include "register/config.h"
#include "register/extract_join.h"
#include "register/extract_keep.h"
#include "register/facts.h"
#include "register/law.h"
#include "register/merge.h"
#include "register/month_live.h"
#include "register/request.h"
#include "store/file.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE = 12 };

struct town {
    struct ctx *c;
    struct rng rng;
    int64_t person[PEOPLE], team[2], request[400];
    size_t owner[400], n, changed, joined, parted;
};

static const char *const channels[] = { "phone", "web", "counter" };

static void add(struct town *t)
{
    size_t who = rng_below(&t->rng, PEOPLE);
    struct request_form f = { .person = t->person[who] > 0 ? t->person[who] : INT_NONE,
                              .who = { .name = "Jan de Vries", .phone = "06-55501234" },
                              .question = "Money worries",
                              .received = t->c->today - (int32_t)rng_below(&t->rng, 200),
                              .channel = channels[rng_below(&t->rng, COUNT(channels))],
                              .route = "self",
                              .neighbourhood = INT_NONE,
                              .team = t->team[rng_below(&t->rng, 2)],
                              .urgency = URGENCY_NORMAL,
                              .safety_checked = true };
    struct request_id id = { 0 };
    struct request r = { 0 };

    if (!CHECK_INT(request_add(t->c, &f, &id), OK) || !CHECK(request_get(t->c, id, &r) == OK))
        return;
    t->person[who] = r.person;
    t->owner[t->n] = who;
    t->request[t->n++] = id.v;
    t->changed++;
}

/* Anything that can happen; much of it cannot in this state, which is refused. */
static void change(struct town *t)
{
    static const enum kind kinds[] = { KIND_CALL_REACHED,     KIND_ALLOCATED, KIND_FIRST_TALK,
                                       KIND_PAUSED,           KIND_RESUMED,   KIND_QUEUED,
                                       KIND_TRIAGED,          KIND_CLOSED,    KIND_NOTE,
                                       KIND_REDIRECTED,       KIND_UNDONE,    KIND_PLAN_AGREED,
                                       KIND_APPOINTMENT,      KIND_APPLIED,   KIND_DECIDED,
                                       KIND_COMPLETION_ASKED, KIND_COMPLETED };
    static const char *const ends[] = { "helped", "withdrawn", "moved" };
    struct request_change ch = { .id = { t->request[rng_below(&t->rng, t->n)] },
                                 .version = -1,
                                 .e = EVENT_NONE };

    ch.e.kind = kinds[rng_below(&t->rng, COUNT(kinds))];
    ch.e.occurred_at = t->c->now - (int64_t)rng_below(&t->rng, 20) * 3600;
    ch.e.team = ch.e.kind == KIND_QUEUED ? t->team[rng_below(&t->rng, 2)] : INT_NONE;
    ch.e.urgency = ch.e.kind == KIND_TRIAGED ? (int64_t)rng_below(&t->rng, 5) : INT_NONE;
    ch.e.worker = ch.e.kind == KIND_ALLOCATED ? 1 : INT_NONE;
    ch.e.number = ch.e.kind == KIND_UNDONE ? (int64_t)(2 + rng_below(&t->rng, 4)) : INT_NONE;
    ch.e.reason =
        ch.e.kind == KIND_CLOSED || ch.e.kind == KIND_REDIRECTED ? ends[rng_below(&t->rng, 3)] : NULL;
    if (ch.e.kind == KIND_APPOINTMENT) /* some to come */
        ch.e.until = t->c->now + ((int64_t)rng_below(&t->rng, 100) - 50) * 3600;
    if (ch.e.kind == KIND_APPLIED)
        ch.e.reason = law_provisions[rng_below(&t->rng, law_provision_count)].code;
    ch.note = "Looked at again";
    t->changed += request_change(t->c, &ch) == OK;
    err_clear(t->c);
}

/* Two of one person are joined, or what was joined is taken apart. */
static void join_or_part(struct town *t)
{
    size_t a = rng_below(&t->rng, t->n), b = rng_below(&t->rng, t->n);

    for (size_t i = 0; i < t->n && (a == b || t->owner[a] != t->owner[b]); i++)
        b = (b + 1) % t->n;
    struct merge_form f = { t->request[a], t->request[b], -1, -1, NULL };
    int64_t kept;
    bool joined = a != b && merge_add(t->c, &f, &kept) == OK;
    err_clear(t->c);
    bool parted = !joined && rng_below(&t->rng, 2) == 0 && merge_end(t->c, t->request[a], -1) == OK;
    err_clear(t->c);
    t->joined += joined;
    t->parted += parted;
    t->changed += joined + parted;
}

static const char *name_of(const struct dictionary *d, int64_t code)
{
    return code < 0 ? "" : d->name[code];
}

/* Every column of every row, by name; contacts; and what is said of all. */
static void check_same(const struct register_extract *a, const struct register_extract *b)
{
    const struct dictionary *names[2][EXTRACT_NAMES] = {
        { &a->team, &a->neighbourhood, &a->channel, &a->route, &a->category, &a->reason },
        { &b->team, &b->neighbourhood, &b->channel, &b->route, &b->category, &b->reason }
    };
    size_t wrong = 0;

    CHECK_INT((int64_t)a->x.n, (int64_t)b->x.n);
    CHECK_INT(a->events, b->events);
    CHECK_INT(a->activities, b->activities);
    CHECK_INT(a->at, b->at);
    for (size_t i = 0; i < a->x.n && i < b->x.n; i++) {
        wrong += a->id != NULL && a->id[i] != b->id[i]; /* a file has no ids */
        for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
            const struct column *c = &extract_column[k];
            int64_t x = column_value(column_of(&a->x, c), c, i), y = column_value(column_of(&b->x, c), c, i);
            bool same = c->names < 0
                            ? x == y
                            : strcmp(name_of(names[0][c->names], x), name_of(names[1][c->names], y)) == 0;
            if (!same && wrong++ == 0)
                printf("row %zu column %s\n", i, c->name);
        }
        size_t from = a->x.contact_from[i], n = a->x.contact_from[i + 1] - from, other = b->x.contact_from[i];
        wrong += n != b->x.contact_from[i + 1] - other ||
                 (n > 0 && memcmp(a->x.contact + from, b->x.contact + other, n * sizeof *a->x.contact) != 0);
    }
    CHECK_INT((int64_t)wrong, 0);
}

static void check_bytes(struct ctx *c, const char *one, const char *two)
{
    struct file_map a, b;

    if (!CHECK(file_map(c, one, &a) == OK) || !CHECK(file_map(c, two, &b) == OK))
        return;
    CHECK_INT((int64_t)a.len, (int64_t)b.len);
    CHECK(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
    file_unmap(&a);
    file_unmap(&b);
}

static void town_begin(struct town *t, struct ctx *c, uint64_t seed)
{
    *t = (struct town){ .c = c };
    rng_seed(&t->rng, seed);
    t->team[0] = asked_team(c, "Oost");
    t->team[1] = asked_team(c, "West");
}

static void check_wait(const struct figure_result *got, const struct figure_result *want)
{
    CHECK_INT(got->n, want->n);
    CHECK_INT(got->events, want->events);
    CHECK_INT(got->censored, want->censored);
    CHECK(got->values == want->values &&
          memcmp(got->value, want->value, got->values * sizeof *got->value) == 0);
}

/* The months of one team (NULL: everyone) from standing histograms, and measured from the rows. */
static size_t check_months(struct ctx *c, struct month_live *m, const struct register_extract *x,
                           int32_t team)
{
    struct result_query q = { .at = c->now, .in_days = true, .wanted = { [FIGURE_WAIT] = true } };
    struct figure_query same = { .at = c->now, .in_days = true };
    struct results all;
    size_t seen = 0;

    q.by[q.n_by++] = BY_MONTH;
    if (team != MONTH_LIVE_ALL)
        q.by[q.n_by++] = BY_TEAM;
    if (!CHECK(results_get(c, x, &q, &all) == OK))
        return 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct result *r = &all.row[i];
        struct figure_result got;
        int64_t year, month;
        char text[8];
        if (team != MONTH_LIVE_ALL &&
            strcmp(r->label[1] != NULL ? r->label[1] : "", name_of(&x->team, team)) != 0)
            continue;
        snprintf(text, sizeof text, "%.4s", r->label[0]);
        CHECK(text_to_int(text, &year));
        snprintf(text, sizeof text, "%.2s", r->label[0] + 5);
        CHECK(text_to_int(text[0] == '0' ? text + 1 : text, &month));
        CHECK(month_live_wait(m, date_from_civil((int)year, (int)month, 1), team, &same, &got));
        check_wait(&got, &r->figure);
        seen++;
    }
    return seen;
}

static void check_recount(struct ctx *c, struct month_live *m, const struct extract_live *l, size_t rows)
{
    struct month_recount r;

    if (!CHECK(month_live_recount(c, m, l, &r) == OK))
        return;
    CHECK(r.rows_differ >= rows && r.rows_differ <= 2 * rows); /* what it was joined with differs too */
    CHECK_INT(r.numbers_differ > 0, rows > 0);
    CHECK(r.rows > 20 && r.numbers > 1000);
}

static bool same_column(const void *a, const void *b, size_t n, size_t width)
{
    return (a == NULL) == (b == NULL) && (a == NULL || n == 0 || memcmp(a, b, n * width) == 0);
}

static size_t check_set(const struct fact_rows *a, const struct fact_rows *b, enum fact_set set)
{
    bool same =
        a->n == b->n && a->since == b->since && same_column(a->marks, b->marks, a->n, sizeof *a->marks);

    for (size_t k = 0; k < FACT_COLUMNS && same; k++)
        same = same_column(a->column[k], b->column[k], a->n, sizeof *a->column[k]);
    for (size_t k = 0; k < FACT_CODES && same; k++)
        same = same_column(a->code[k], b->code[k], a->n, sizeof *a->code[k]);
    if (!CHECK(same))
        printf("  set %s: %zu and %zu rows\n", fact_set_name(set), a->n, b->n);
    return a->n;
}

static void check_names(const struct facts *a, const struct facts *b)
{
    for (size_t k = 0; k < FACT_CODES; k++) {
        CHECK_INT((int64_t)a->name[k].n, (int64_t)b->name[k].n);
        for (size_t i = 0; i < a->name[k].n && i < b->name[k].n; i++)
            CHECK_STR(a->name[k].name[i], b->name[k].name[i]);
    }
}

/* The file grew by what happened, and says what a full reading says; written anew it has the same bytes,
 * however the register was read. */
static void check_facts_file(struct ctx *c, const char *path, const struct register_facts *live,
                             const struct register_facts *full)
{
    const struct extract_file e = extract_file_of(&live->x, &live->f),
                              anew = extract_file_of(&full->x, &full->f);
    struct register_facts back;
    struct extract_kept kept;
    struct extract_file got;
    char whole[2][80];

    CHECK(extract_keep_put(c, path, &e, false, &kept) == OK);
    if (!CHECK(extract_files_read(c, &path, 1, &got) == OK && got.facts != NULL) ||
        !CHECK(extract_from_file(c, &got, &back) == OK))
        return;
    CHECK(kept.bytes == 0 || kept.whole || kept.rows == got.x.n);
    if (kept.whole || kept.changed + kept.facts > 0) { /* else the file is of an earlier moment */
        for (size_t set = 0; set < FACT_SETS; set++)
            check_set(&back.f.set[set], &full->f.set[set], (enum fact_set)set);
        check_names(&back.f, &full->f);
        check_same(&back.x, &full->x);
    }
    for (size_t i = 0; i < 2; i++) {
        snprintf(whole[i], sizeof whole[i], "%s-%zu", path, i);
        CHECK(extract_keep_put(c, whole[i], i == 0 ? &e : &anew, true, &kept) == OK);
    }
    check_bytes(c, whole[0], whole[1]);
    unlink(whole[0]);
    unlink(whole[1]);
}

/* Facts from what follows and from all events: the same columns, the same names in the same order. */
static void check_facts(struct ctx *c, const struct extract_live *l, const char *path, size_t rows[FACT_SETS])
{
    static const bool only_requests[FACT_SETS] = { [FACT_REQUEST] = true };
    struct register_facts live, full;

    if (!CHECK(facts_read_live(c, l, NULL, &live) == OK) || !CHECK(facts_read(c, c->now, &full) == OK))
        return;
    check_same(&live.x, &full.x);
    CHECK_INT(live.at, full.at);
    for (size_t set = 0; set < FACT_SETS; set++)
        rows[set] += check_set(&live.f.set[set], &full.f.set[set], (enum fact_set)set);
    check_names(&live.f, &full.f);
    check_facts_file(c, path, &live, &full);
    CHECK(facts_read_live(c, l, only_requests, &live) == OK); /* what is not asked changes nothing */
    check_set(&live.f.set[FACT_REQUEST], &full.f.set[FACT_REQUEST], FACT_REQUEST);
    check_set(&live.f.set[FACT_SILENCE], &full.f.set[FACT_SILENCE], FACT_SILENCE);
    CHECK_INT((int64_t)live.f.set[FACT_CALL].n, 0);
}

/* Followed, appended and written anew: always what a full reading says. */
static void follow(uint64_t seed)
{
    struct ctx *c = test_begin("2024-07-01");
    char folder[] = "/tmp/peil-live-XXXXXX", path[4][64];
    struct extract_live *l = extract_live_make(), *f = extract_live_make();
    struct month_live *m = month_live_make();
    size_t rows[FACT_SETS] = { 0 };
    struct extract_news news;
    struct extract_kept kept;
    struct town t;

    extract_live_keep_facts(f);

    CHECK(l != NULL && m != NULL && mkdtemp(folder) != NULL);
    for (size_t i = 0; i < 4; i++)
        snprintf(path[i], sizeof path[i], "%s/%zu", folder, i);
    town_begin(&t, c, seed);
    for (int turn = 0; turn < 12; turn++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct register_extract full;
        t.changed = 0;
        for (int i = 0; i < (turn == 0 ? 30 : turn % 4 == 3 ? 0 : 4); i++)
            add(&t);
        for (int i = 0; i < 40 && turn % 4 != 3; i++)
            change(&t);
        for (int i = 0; i < 6 && turn % 4 != 3; i++)
            join_or_part(&t);
        ctx_set_now(c, c->now + 3600 * (1 + (int64_t)rng_below(&t.rng, 40)));
        if (!CHECK(extract_live_update(c, l, &news) == OK) || !CHECK(extract_read(c, c->now, &full) == OK))
            break;
        CHECK(news.whole == (turn == 0) && (news.changed > 0) == (t.changed > 0) &&
              news.changed <= t.changed);
        check_same(extract_live_get(l), &full);
        CHECK(month_live_update(c, m, l, &news) == OK);
        check_recount(c, m, l, 0);
        CHECK(check_months(c, m, extract_live_get(l), MONTH_LIVE_ALL) > 4);
        for (int32_t team = 0; team < (int32_t)extract_live_get(l)->team.n; team++)
            CHECK(check_months(c, m, extract_live_get(l), team) > 0);
        const struct extract_file alone = extract_file_of(extract_live_get(l), NULL),
                                  anew = extract_file_of(&full, NULL);
        CHECK(extract_keep_put(c, path[0], &alone, false, &kept) == OK);
        CHECK(kept.whole == (turn == 0));
        CHECK(extract_keep_put(c, path[1], &alone, true, &kept) == OK && kept.whole);
        CHECK(extract_keep_put(c, path[2], &anew, true, &kept) == OK);
        check_bytes(c, path[1], path[2]);
        CHECK(extract_keep_put(c, path[0], &anew, false, &kept) == OK && kept.changed == 0);
        if (turn % 3 == 1) /* looked at in between, without facts */
            CHECK(extract_live_update(c, f, &news) == OK);
        CHECK(extract_live_update_facts(c, f, &news) == OK);
        check_facts(c, f, path[3], rows);
        arena_release(c->arena, mark);
    }
    CHECK(rows[FACT_SILENCE] > 100 && rows[FACT_WORSE] > 5 && rows[FACT_REQUEST] > 100);
    CHECK(rows[FACT_APPOINTMENT] > 20 && rows[FACT_APPLICATION] > 20);
    CHECK(extract_live_update(c, l, &news) == OK && news.changed == 0 && !news.whole);
    const struct extract_file last = extract_file_of(extract_live_get(l), NULL);
    CHECK(extract_keep_put(c, path[0], &last, true, &kept) == OK);
    check_bytes(c, path[0], path[2]);
    CHECK(t.joined > 5 && t.parted > 0);
    /* behind the back of everybody: only counting again can see it */
    CHECK(month_live_update(c, m, l, &news) == OK);
    check_recount(c, m, l, 0);
    CHECK(db_script(c, "UPDATE request SET received_at = '2023-09-01T10:00:00Z' WHERE id = 1", false) == OK);
    check_recount(c, m, l, 1);
    month_live_free(m);
    extract_live_free(l);
    extract_live_free(f);
    for (size_t i = 0; i < 4; i++)
        unlink(path[i]);
    rmdir(folder);
    test_end(c);
}

TEST_LONG(extract_live_is_what_a_full_reading_says)
{
    for (uint64_t seed = 1; seed <= 3; seed++)
        follow(seed);
}

/* An addition that stopped after any byte: the file as it was is read, and the next addition takes its place.
 */
TEST(extract_addition_that_stopped_halfway)
{
    struct ctx *c = test_begin("2024-07-01");
    char folder[] = "/tmp/peil-live-XXXXXX", path[64];
    struct extract_kept kept;
    struct extract_file got;
    struct file_map m;
    struct town t;

    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/x", folder);
    town_begin(&t, c, 7);
    for (int i = 0; i < 5; i++)
        add(&t);
    CHECK(extract_keep(c, path, c->now, &kept) == OK);
    size_t before = kept.bytes;
    add(&t);
    CHECK(extract_keep(c, path, c->now, &kept) == OK && !kept.whole);
    CHECK(file_map(c, path, &m) == OK);
    char *whole = arena_copy(c->arena, m.data, m.len);
    size_t all = m.len;
    file_unmap(&m);
    for (size_t stop = before + 1; stop < all; stop++) {
        struct arena_mark mark = arena_mark(c->arena);
        char *part = arena_copy(c->arena, whole, stop);
        memset(part + before, 0, stop - before < 64 ? stop - before : 64);
        CHECK(extract_file_get(part, stop, c->arena, &got) && got.x.n == 5);
        if (stop - before > 64) { /* the beginning is there, the rest is not: that is damage */
            memcpy(part + before, whole + before, 64);
            CHECK(!extract_file_get(part, stop, c->arena, &got));
        }
        arena_release(c->arena, mark);
    }
    memset(whole + before, 0, 64);
    struct buf torn = { 0 };
    buf_put(&torn, whole, all - 100);
    CHECK(file_write(c, path, &torn, false) == OK);
    CHECK(extract_keep(c, path, c->now, &kept) == OK && kept.changed == 1 && kept.bytes == all);
    CHECK(file_append(c, path, before, &torn) == E_CONFLICT); /* somebody else was first */
    err_clear(c);
    buf_free(&torn);
    unlink(path);
    rmdir(folder);
    test_end(c);
}

/* Adds and writes anew until it is killed. */
static void write_on(struct ctx *c, const char *path)
{
    struct buf part[2] = { { 0 }, { 0 } };
    struct extract_file e[2];
    int64_t moment[64];
    uint32_t flags[2][64] = { { 0 }, { 0 } };
    size_t len = 0, kept = 0;

    for (size_t i = 0; i < 64; i++)
        moment[i] = (int64_t)i * SECONDS_A_DAY;
    for (size_t k = 0; k < 2; k++) {
        flags[k][9] = k == 0 ? EXTRACT_HELPED : EXTRACT_REOPENED;
        e[k] = (struct extract_file){ .x = { .n = 64, .received = moment, .flags = flags[k] } };
    }
    extract_file_put(&e[0], NULL, 0, &part[0]);
    struct extract_changes changes;
    CHECK(extract_file_put_changes(&e[0], &e[1], c->arena, &part[1], &changes));
    for (;; kept++) {
        if (kept % 20 == 0 && file_write(c, path, &part[0], false) != OK)
            _exit(1);
        len = kept % 20 == 0 ? part[0].len : len;
        if (file_append(c, path, len, &part[1]) != OK)
            _exit(1);
        len += part[1].len;
    }
}

TEST(extract_file_is_whole_whenever_its_writer_is_killed)
{
    struct ctx *c = test_begin("2024-07-01");
    char folder[] = "/tmp/peil-live-XXXXXX", path[64], other[128];
    struct rng r;
    size_t seen = 0;

    rng_seed(&r, 3);
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/x", folder);
    for (int turn = 0; turn < 60; turn++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct timespec some = { 0, (long)(1 + rng_below(&r, 20)) * 1000000 };
        struct extract_file got;
        struct file_map m;
        pid_t child = fork();
        if (child == 0)
            write_on(c, path);
        nanosleep(&some, NULL);
        for (int i = 0; turn == 0 && i < 60000 && access(path, F_OK) != 0; i++)
            nanosleep(&some, NULL); /* however busy the machine is: the first one writes something */
        CHECK(kill(child, SIGKILL) == 0);
        CHECK(waitpid(child, NULL, 0) == child);
        snprintf(other, sizeof other, "%s.%ld.new", path, (long)child);
        unlink(other);
        if (file_map(c, path, &m) == OK) { /* it may have been killed before it wrote anything */
            CHECK(extract_file_get(m.data, m.len, c->arena, &got) && got.x.n == 64);
            file_unmap(&m);
            seen++;
        }
        err_clear(c);
        arena_release(c->arena, mark);
    }
    CHECK(seen > 0);
    unlink(path);
    rmdir(folder);
    test_end(c);
}
