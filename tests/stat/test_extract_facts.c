// SPDX-License-Identifier: EUPL-1.2
/* Facts in an extract: what is written is read, whatever came, went or changed; several organisations
 * together; and no bytes whatever make reader or indicators fall. */
#include "base/date.h"
#include "base/rng.h"
#include "measure/extract_file.h"
#include "measure/facts_change.h"
#include "measure/facts_join.h"
#include "measure/part_measure.h"
#include "stat/extract_damage.h"
#include "unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 160, NAMES = 12 };

/* Rows of all sets, with names that come and change places. */
struct made {
    struct test_rows {
        int64_t column[FACT_COLUMNS][ROOM];
        int32_t code[FACT_CODES][ROOM];
        uint64_t marks[ROOM];
        size_t n;
    } set[FACT_SETS];
    const char *name[FACT_CODES][NAMES];
    int64_t people[NAMES];
    struct facts f;
    struct extract_file e;
    int64_t received[ROOM];
    int32_t code[6][ROOM]; /* of requests, in the names of the extract */
};

static void random_row(struct test_rows *s, struct rng *r, size_t i, size_t names)
{
    for (size_t k = 0; k < FACT_COLUMNS; k++) {
        bool moment = fact_column_is_moment((enum fact_column)k);
        s->column[k][i] = moment ? 1700000000 + (int64_t)rng_below(r, 40000000) : (int64_t)rng_below(r, 90);
        if (k != FACT_TIMES && rng_below(r, 4) == 0)
            s->column[k][i] = INT64_MIN;
    }
    for (size_t k = 0; k < FACT_CODES; k++)
        s->code[k][i] = (int32_t)rng_below(r, names + 1) - 1;
    s->marks[i] = rng_next(r) & ((UINT64_C(1) << FACT_MARKS) - 1);
}

static bool has_column(size_t set, size_t k)
{
    return k == FACT_AT || (set * 31 + k * 17) % 5 == 0;
}

/* The rows as facts of an extract. */
static void show(struct made *m, size_t names)
{
    m->f = (struct facts){ .inhabitants = m->people };
    for (size_t k = 0; k < FACT_CODES; k++)
        m->f.name[k] = (struct fact_names){ m->name[k], names };
    for (size_t set = 0; set < FACT_SETS; set++) {
        struct fact_rows *rows = &m->f.set[set];
        *rows = (struct fact_rows){ .n = m->set[set].n, .marks = m->set[set].marks, .since = 1700000000 };
        for (size_t k = 0; k < FACT_COLUMNS; k++)
            rows->column[k] = has_column(set, k) ? m->set[set].column[k] : NULL;
        for (size_t k = 0; k < FACT_CODES; k++)
            rows->code[k] = set == FACT_REQUEST || (set + k) % 2 == 0 ? m->set[set].code[k] : NULL;
    }
    m->f.begin = m->f.set[FACT_REQUEST].since;
    struct extract *x = &m->e.x;
    const int32_t *const *code = m->f.set[FACT_REQUEST].code;
    memcpy(m->received, m->set[FACT_REQUEST].column[FACT_AT], sizeof m->received);
    for (size_t i = 0; i < ROOM; i++)
        m->received[i] = m->received[i] == TIME_NONE ? 0 : m->received[i];
    *x = (struct extract){ .n = m->set[FACT_REQUEST].n,
                           .received = m->received,
                           .team = code[FACT_TEAM],
                           .neighbourhood = code[FACT_NEIGHBOURHOOD],
                           .channel = code[FACT_CHANNEL],
                           .route = code[FACT_ROUTE],
                           .category = code[FACT_CATEGORY],
                           .urgency = code[FACT_URGENCY] };
    m->e.at = 1750000000;
    m->e.facts = &m->f;
    m->e.names[NAMES_TEAM] = (struct names){ m->name[FACT_TEAM], names };
    m->e.names[NAMES_NEIGHBOURHOOD] = (struct names){ m->name[FACT_NEIGHBOURHOOD], names };
    m->e.names[NAMES_CHANNEL] = (struct names){ m->name[FACT_CHANNEL], names };
    m->e.names[NAMES_ROUTE] = (struct names){ m->name[FACT_ROUTE], names };
    m->e.names[NAMES_CATEGORY] = (struct names){ m->name[FACT_CATEGORY], names };
}

static void make(struct ctx *c, struct made *m, struct rng *r, size_t names)
{
    for (size_t k = 0; k < FACT_CODES; k++)
        for (size_t i = 0; i < NAMES; i++) {
            char text[48];
            snprintf(text, sizeof text, "%s %zu", fact_code_name((enum fact_code)k), i);
            CHECK(ctx_copy(c, text, &m->name[k][i]) == OK);
        }
    for (size_t i = 0; i < NAMES; i++)
        m->people[i] = i % 3 == 0 ? -1 : (int64_t)(1000 * i);
    for (size_t set = 0; set < FACT_SETS; set++) {
        m->set[set].n = rng_below(r, 60);
        for (size_t i = 0; i < m->set[set].n; i++)
            random_row(&m->set[set], r, i, names);
    }
    show(m, names);
}

static void move_rows(struct test_rows *s, size_t to, size_t from, size_t n)
{
    for (size_t k = 0; k < FACT_COLUMNS; k++)
        memmove(&s->column[k][to], &s->column[k][from], n * sizeof s->column[k][0]);
    for (size_t k = 0; k < FACT_CODES; k++)
        memmove(&s->code[k][to], &s->code[k][from], n * sizeof s->code[k][0]);
    memmove(&s->marks[to], &s->marks[from], n * sizeof s->marks[0]);
}

/* Rows come, go and change anywhere; requests only come and change. */
static void change(struct made *m, struct rng *r, size_t set, size_t names)
{
    struct test_rows *s = &m->set[set];
    size_t at = s->n > 0 ? rng_below(r, s->n) : 0;

    switch (rng_below(r, 3)) {
    case 0:
        if (s->n == ROOM)
            return;
        at = set == FACT_REQUEST ? s->n : at;
        move_rows(s, at + 1, at, s->n - at);
        s->n++;
        random_row(s, r, at, names);
        return;
    case 1:
        if (s->n == 0 || set == FACT_REQUEST)
            return;
        move_rows(s, at, at + 1, s->n - at - 1);
        s->n--;
        return;
    default:
        if (s->n > 0)
            random_row(s, r, at, names);
    }
}

/* Two names change places, and the codes with them. */
static void renumber(struct made *m, size_t code, int32_t one, int32_t two)
{
    const char *name = m->name[code][one];

    m->name[code][one] = m->name[code][two];
    m->name[code][two] = name;
    for (size_t set = 0; set < FACT_SETS; set++)
        for (size_t i = 0; i < m->set[set].n; i++) {
            int32_t *v = &m->set[set].code[code][i];
            *v = *v == one ? two : *v == two ? one : *v;
        }
}

static bool same_values(const void *a, const void *b, size_t n, size_t width)
{
    return (a == NULL) == (b == NULL) && (a == NULL || n == 0 || memcmp(a, b, n * width) == 0);
}

static void check_same(const struct facts *a, const struct facts *b)
{
    for (size_t set = 0; set < FACT_SETS; set++) {
        const struct fact_rows *x = &a->set[set], *y = &b->set[set];
        bool same = x->n == y->n && x->since == y->since && same_values(x->marks, y->marks, x->n, 8);
        for (size_t k = 0; k < FACT_COLUMNS && same; k++)
            same = same_values(x->column[k], y->column[k], x->n, 8);
        for (size_t k = 0; k < FACT_CODES && same; k++)
            same = same_values(x->code[k], y->code[k], x->n, 4);
        if (!CHECK(same))
            printf("  set %s: %zu and %zu rows\n", fact_set_name((enum fact_set)set), x->n, y->n);
    }
    for (size_t k = 0; k < FACT_CODES; k++) {
        CHECK_INT((int64_t)a->name[k].n, (int64_t)b->name[k].n);
        for (size_t i = 0; i < a->name[k].n && i < b->name[k].n; i++)
            CHECK_STR(a->name[k].name[i], b->name[k].name[i]);
    }
    CHECK(same_values(a->inhabitants, b->inhabitants, a->name[FACT_NEIGHBOURHOOD].n, 8));
    CHECK_INT(a->begin, b->begin);
}

TEST(extract_facts_grow)
{
    struct ctx *c = test_begin_bare();
    struct made *m = calloc(1, sizeof *m);

    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct extract_changes changes;
        struct extract_file got;
        struct buf b = { 0 };
        struct rng r;
        size_t names = 5;
        rng_seed(&r, seed);
        make(c, m, &r, names);
        extract_file_put(&m->e, NULL, 0, &b);
        CHECK(extract_file_get(b.data, b.len, c->arena, &got) && got.facts != NULL);
        for (int turn = 0; turn < 20 && got.facts != NULL; turn++) {
            check_same(&m->f, got.facts);
            struct extract_file same = m->e;
            CHECK(extract_file_recode(&got, c->arena, &same));
            CHECK(extract_file_put_changes(&got, &same, c->arena, &b, &changes));
            CHECK(changes.requests + changes.facts == 0 && !changes.news);
            if (turn % 4 == 3 && names < NAMES)
                names++;
            for (uint64_t k = rng_below(&r, 200); k > 0; k--)
                change(m, &r, rng_below(&r, FACT_SETS), names);
            if (m->set[FACT_CALL].n < ROOM) /* names in another order alone are no news */
                random_row(&m->set[FACT_CALL], &r, m->set[FACT_CALL].n++, names);
            if (turn % 3 == 2)
                renumber(m, rng_below(&r, FACT_CODES), 1, 3);
            show(m, names);
            struct extract_file next = m->e;
            CHECK(extract_file_recode(&got, c->arena, &next));
            size_t before = b.len;
            CHECK(extract_file_put_changes(&got, &next, c->arena, &b, &changes));
            CHECK(b.len > before && changes.news);
            CHECK(extract_file_get(b.data, b.len, c->arena, &got) && got.facts != NULL);
        }
        buf_free(&b);
        arena_release(c->arena, mark);
    }
    free(m);
}

/* Who waits has waited longer each time that somebody looks. */
TEST(extract_facts_longer_waiting_is_no_news)
{
    struct ctx *c = test_begin_bare();
    struct made *m = calloc(1, sizeof *m);
    struct extract_changes changes;
    struct extract_file got;
    struct buf b = { 0 };
    struct rng r;

    rng_seed(&r, 3);
    make(c, m, &r, 5);
    extract_file_put(&m->e, NULL, 0, &b);
    CHECK(extract_file_get(b.data, b.len, c->arena, &got));
    size_t before = b.len;
    random_row(&m->set[FACT_SILENCE], &r, 0, 5);
    CHECK(extract_file_put_changes(&got, &m->e, c->arena, &b, &changes));
    CHECK(b.len == before && changes.facts == 1 && !changes.news);
    random_row(&m->set[FACT_CONTACT], &r, 0, 5);
    CHECK(extract_file_put_changes(&got, &m->e, c->arena, &b, &changes));
    CHECK(b.len > before && changes.facts == 2 && changes.requests == 0);
    m->e.facts = NULL; /* from now on requests alone: a file of its own kind */
    CHECK(!extract_file_put_changes(&got, &m->e, c->arena, &b, &changes));
    buf_free(&b);
    free(m);
}

/* One row more in the middle is one row, not all that stand behind it; a column more is everything. */
TEST(extract_facts_say_what_changed)
{
    struct ctx *c = test_begin_bare();
    struct made *m = calloc(1, sizeof *m), *old = calloc(1, sizeof *old);
    struct facts_change change;
    struct rng r;

    rng_seed(&r, 7);
    make(c, m, &r, 5);
    while (m->set[FACT_CALL].n < 100)
        random_row(&m->set[FACT_CALL], &r, m->set[FACT_CALL].n++, 5);
    *old = *m;
    show(old, 5);
    move_rows(&m->set[FACT_CALL], 41, 40, 60);
    m->set[FACT_CALL].n++;
    random_row(&m->set[FACT_CALL], &r, 40, 5);
    random_row(&m->set[FACT_CALL], &r, 90, 5);
    show(m, 5);
    m->f.set[FACT_CONTACT].column[FACT_EUROS] = has_column(FACT_CONTACT, FACT_EUROS) ? NULL : m->received;
    CHECK(facts_change(&old->f, &m->f, c->arena, &change));
    const struct fact_set_change *s = &change.set[FACT_CALL];
    CHECK_INT((int64_t)s->n, 2);
    CHECK_INT((int64_t)s->rows, 2);
    CHECK(s->splice[0].at == 40 && s->splice[0].gone == 0 && s->splice[0].come == 1 &&
          s->splice[0].from == 40);
    CHECK(s->splice[1].at == 89 && s->splice[1].gone == 1 && s->splice[1].come == 1 &&
          s->splice[1].from == 90);
    CHECK(change.set[FACT_CONTACT].columns && change.set[FACT_CONTACT].n > 0 &&
          change.set[FACT_SIGNAL].n == 0);
    free(m);
    free(old);
}

TEST(extract_facts_of_two_together)
{
    struct ctx *c = test_begin_bare();
    struct made *m = calloc(1, sizeof *m), *n = calloc(1, sizeof *n);
    struct facts both[2];
    struct facts all;
    struct rng r;

    rng_seed(&r, 9);
    make(c, m, &r, 5);
    make(c, n, &r, 7);
    n->people[1] = 999; /* the two do not agree */
    n->people[3] = 77;  /* only one knows */
    n->f.begin = 1600000000;
    n->f.set[FACT_CALL].since = 1710000000;
    n->f.set[FACT_PANEL].since = TIME_NONE;
    m->name[FACT_KIND][0] = "zuid";
    m->set[FACT_CALL].column[FACT_WHO][0] = 4;
    both[0] = m->f;
    both[1] = n->f;
    CHECK(facts_join(c->arena, both, 2, &all));
    CHECK_INT((int64_t)all.name[FACT_TEAM].n, 7);
    CHECK_STR(all.name[FACT_KIND].name[7], "zuid"); /* by the alphabet */
    CHECK_INT(all.begin, 1600000000);
    CHECK_INT(all.set[FACT_CALL].since, 1710000000);
    CHECK_INT(all.set[FACT_PANEL].since, TIME_NONE);
    CHECK(all.inhabitants[1] == -1 && all.inhabitants[2] == 2000 && all.inhabitants[3] == 77);
    for (size_t set = 0; set < FACT_SETS; set++) {
        const struct fact_rows *a = &m->f.set[set], *b = &n->f.set[set], *t = &all.set[set];
        size_t wrong = t->n != a->n + b->n;
        for (size_t i = 0; i < t->n && wrong == 0; i++) {
            const struct fact_rows *from = i < a->n ? a : b;
            const struct facts *of = i < a->n ? &m->f : &n->f;
            size_t at = i < a->n ? i : i - a->n;
            for (size_t k = 0; k < FACT_COLUMNS; k++)
                wrong += k != FACT_WHO && from->column[k] != NULL && t->column[k][i] != from->column[k][at];
            for (size_t k = 0; k < FACT_CODES; k++)
                wrong += from->code[k] != NULL &&
                         strcmp(from->code[k][at] >= 0 ? of->name[k].name[from->code[k][at]] : "",
                                t->code[k][i] >= 0 ? all.name[k].name[t->code[k][i]] : "") != 0;
            wrong += t->marks[i] != from->marks[at];
        }
        CHECK_INT((int64_t)wrong, 0);
        const int64_t *who = t->column[FACT_WHO];
        for (size_t i = 0; who != NULL && i < a->n; i++)
            for (size_t k = a->n; k < t->n; k++)
                wrong += who[i] >= 0 && who[i] == who[k]; /* nobody is in both */
        CHECK_INT((int64_t)wrong, 0);
    }
    free(m);
    free(n);
}

/* Every row of the catalogue over whatever was read. */
static void measure_all(const struct extract_file *e, const struct part *part, size_t parts,
                        const struct calendar *k)
{
    static const struct part_period period[2] = { { 1700000000, 1710000000 }, { 1710000000, 1760000000 } };
    size_t room = part_work_bytes(facts_rows_max(e->facts) + 1, 2);
    struct figure_result result[2];
    void *memory = malloc(room);

    for (size_t i = 0; i < parts; i++) {
        if (part[i].calc == CALC_FIGURE)
            continue;
        const struct part_task task = { .part = &part[i],
                                        .facts = e->facts,
                                        .calendar = k,
                                        .at = e->at,
                                        .period = period,
                                        .periods = 2,
                                        .groups = 1 };
        struct part_work w = part_work_in(memory, facts_rows_max(e->facts), 2);
        part_measure(&task, &w, result);
    }
    free(memory);
}

/* Bytes flipped and ends cut off, with checksums that are wrong or put right again. */
TEST_LONG(extract_facts_from_elsewhere)
{
    static const struct condition_setting amounts[] = {
        { "phone", { 30, UNIT_SECONDS } },     { "phone_share", { 80, UNIT_NONE } },
        { "lost_share", { 5, UNIT_NONE } },    { "window_share", { 80, UNIT_NONE } },
        { "direct_share", { 80, UNIT_NONE } }, { "norm_days", { 14, UNIT_NONE } },
        { "arrival", { 14, UNIT_DAYS } },      { "referrer", { 10, UNIT_WORKING_DAYS } },
    };
    struct ctx *c = test_begin_bare();
    struct made *m = calloc(1, sizeof *m);
    struct part *part = calloc(catalogue_count, sizeof *part);
    struct extract_changes changes;
    struct definition_fault fault;
    struct calendar k;
    struct buf b = { 0 };
    struct rng r;
    size_t parts = 0;
    int taken = 0, refused = 0;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    for (size_t i = 0; i < catalogue_count; i++)
        parts += part_parse(&catalogue[i], &(struct catalogue_settings){ amounts, COUNT(amounts) },
                            &part[parts], &fault);
    CHECK(parts > 100);
    rng_seed(&r, 11);
    make(c, m, &r, 5);
    extract_file_put(&m->e, NULL, 0, &b);
    struct extract_file old;
    CHECK(extract_file_get(b.data, b.len, c->arena, &old));
    for (int i = 0; i < 100; i++)
        change(m, &r, rng_below(&r, FACT_SETS), 5);
    show(m, 5);
    CHECK(extract_file_put_changes(&old, &m->e, c->arena, &b, &changes));
    for (int turn = 0; turn < 20000; turn++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct extract_file got;
        size_t len;
        unsigned char *copy = extract_damage(&r, &b, &len);
        bool right = extract_file_get(copy, len, c->arena, &got);
        if (right && got.facts != NULL && turn % 8 == 0)
            measure_all(&got, part, parts, &k);
        taken += right;
        refused += !right;
        free(copy);
        arena_release(c->arena, mark);
    }
    CHECK(taken > 500 && refused > 5000); /* both ways were walked */
    buf_free(&b);
    free(part);
    free(m);
}
