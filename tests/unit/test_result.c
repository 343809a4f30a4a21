// SPDX-License-Identifier: EUPL-1.2
/* Results per period must be what they would have been when the period ended: later knowledge does not creep
 * in. */
#include "account/result.h"
#include "base/rng.h"
#include "register/request.h"
#include "store/sql.h"
#include "unit/test.h"

#include <stdio.h>

#define REQUESTS 300
#define DAYS 400

struct made {
    int64_t begin;
    struct rng rng;
};

static struct event some_event(struct made *m, int64_t received)
{
    static const enum kind kinds[] = { KIND_CALL_REACHED, KIND_CALL_REACHED, KIND_CALL_ATTEMPTED,
                                       KIND_TRIAGED,      KIND_FIRST_TALK,   KIND_CLOSED,
                                       KIND_PAUSED,       KIND_RESUMED };
    struct event e = EVENT_NONE;

    e.kind = kinds[rng_below(&m->rng, COUNT(kinds))];
    e.occurred_at = received + (int64_t)rng_below(&m->rng, 120 * SECONDS_A_DAY);
    if (e.kind == KIND_TRIAGED)
        e.urgency = (int64_t)rng_below(&m->rng, URGENCIES);
    return e;
}

static enum err fill(struct ctx *c, void *arg)
{
    struct made *m = arg;
    struct sql_source_insert_row source;
    int64_t team[3];

    TRY(sql_source_insert(c, "made", &source));
    TRY(team_find_or_add(c, "Noord", &team[0]));
    TRY(team_find_or_add(c, "Oost", &team[1]));
    team[2] = INT_NONE;
    for (int i = 0; i < REQUESTS; i++) {
        struct event event[8];
        struct request_imported done;
        char key[20];
        snprintf(key, sizeof key, "k%d", i);
        struct request_import r = { .source = source.id,
                                    .key = key,
                                    .person = INT_NONE,
                                    .neighbourhood = INT_NONE,
                                    .team = team[rng_below(&m->rng, 3)],
                                    .urgency = URGENCY_NORMAL,
                                    .event = event };
        r.received_at = m->begin + (int64_t)rng_below(&m->rng, DAYS * SECONDS_A_DAY);
        r.events = rng_below(&m->rng, 8);
        for (size_t k = 0; k < r.events; k++)
            event[k] = some_event(m, r.received_at);
        TRY(request_import(c, &r, &done));
    }
    return OK;
}

static bool same_number(double a, double b)
{
    return a == b || (a != a && b != b);
}

static void check_same(const struct figure_result *a, const struct figure_result *b)
{
    CHECK_INT(a->n, b->n);
    CHECK_INT(a->events, b->events);
    CHECK_INT((int64_t)a->values, (int64_t)b->values);
    for (size_t i = 0; i < a->values && i < b->values; i++)
        CHECK(same_number(a->value[i].value, b->value[i].value));
}

TEST(result_of_a_past_period_is_what_it_was_then)
{
    struct ctx *c = test_begin("2025-06-01");
    struct made m = { .begin = time_of_nl_day(date_from_civil(2024, 3, 1), 0) };
    struct result_query q = { .at = c->now, .by = { BY_MONTH }, .n_by = 1 };
    struct register_extract x;
    struct results now, then;
    int compared = 0;

    rng_seed(&m.rng, 7);
    CHECK(db_tx(c, fill, &m) == OK);
    q.wanted[FIGURE_STOCK] = q.wanted[FIGURE_CONTACT] = true;
    CHECK(extract_read(c, c->now, &x) == OK);
    CHECK(results_get(c, &x, &q, &now) == OK);
    for (size_t i = 0; i < now.n; i++) {
        struct result_query one = { .at = now.row[i].at };
        one.wanted[now.row[i].figure.id] = true;
        CHECK(extract_read(c, one.at, &x) == OK);
        CHECK(results_get(c, &x, &one, &then) == OK);
        CHECK_INT((int64_t)then.n, 1);
        check_same(&now.row[i].figure, &then.row[0].figure);
        compared++;
    }
    CHECK(compared > 20);
    test_end(c);
}

TEST(result_groups_add_up)
{
    struct ctx *c = test_begin("2025-06-01");
    struct made m = { .begin = time_of_nl_day(date_from_civil(2024, 3, 1), 0) };
    struct result_query q = { .at = c->now, .by = { BY_TEAM, BY_QUARTER, BY_URGENCY }, .n_by = 3 };
    struct register_extract x;
    struct results s;
    int64_t n = 0;

    rng_seed(&m.rng, 8);
    CHECK(db_tx(c, fill, &m) == OK);
    q.wanted[FIGURE_INFLOW] = true;
    CHECK(extract_read(c, c->now, &x) == OK);
    CHECK(results_get(c, &x, &q, &s) == OK);
    for (size_t i = 0; i < s.n; i++)
        n += s.row[i].figure.n;
    CHECK_INT(n, (int64_t)x.x.n);
    q.by[2] = BY_YEAR;
    CHECK(results_get(c, &x, &q, &s) == E_REQUEST);
    test_end(c);
}
