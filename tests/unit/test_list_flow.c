// SPDX-License-Identifier: EUPL-1.2
/* On every day joined - left is the change of the size, and the size is who waits by the raw events then: for
 * made-up histories, and for the demo register. */
#include "register/course.h"
#include "register/demo.h"
#include "register/list_flow.h"
#include "register/request.h"
#include "register/session.h"
#include "unit/state_oracle.h"
#include "unit/test.h"

#include <stdio.h>

enum { HISTORIES = 400, EVENTS = 24, DAYS = 120 };

static struct event histories[HISTORIES][EVENTS];
static size_t lengths[HISTORIES];

static enum err put_histories(struct ctx *c, void *arg)
{
    struct rng r;

    (void)arg;
    rng_seed(&r, 15);
    for (size_t i = 0; i < HISTORIES; i++) {
        int64_t asked = time_of_nl_day(c->today - DAYS + (int32_t)rng_below(&r, DAYS - 35),
                                       8 * 3600 + (int)rng_below(&r, 9999));
        struct event *e = histories[i];
        struct request_imported done;
        size_t n = lengths[i] = oracle_history(&r, asked, EVENTS, e);
        for (size_t k = 0; k < n; k++) {
            e[k].team = e[k].worker = INT_NONE;
            e[k].recorded_at = e[k].occurred_at;
            if (e[k].kind == KIND_MERGED || e[k].kind == KIND_SEALED)
                e[k].kind = KIND_NOTE;
        }
        struct request_import in = { .source = INT_NONE,
                                     .person = INT_NONE,
                                     .neighbourhood = INT_NONE,
                                     .team = INT_NONE,
                                     .urgency = e[0].urgency,
                                     .received_at = asked,
                                     .event = e + 1,
                                     .events = n - 1 };
        TRY(request_import(c, &in, &done));
    }
    return OK;
}

/* Who waits at a moment, by the events up to then; what was taken back later counts as taken back. */
static bool waits_at(const struct event *event, size_t n, int64_t moment)
{
    struct event before[EVENTS];
    size_t kept = 0;

    if (event[0].occurred_at >= moment)
        return false;
    for (size_t i = 0; i < n; i++)
        if (event[i].occurred_at < moment || event[i].kind == KIND_UNDONE)
            before[kept++] = event[i];
    return oracle_standing(before, kept).waiting;
}

static void check_sums(const struct list_flow *f)
{
    int64_t size = f->before;

    for (size_t i = 0; i < f->n; i++) {
        int64_t left = 0;
        for (size_t k = 0; k < FLOW_REASONS; k++)
            left += f->row[i].left[k];
        CHECK_INT(left, f->row[i].left_all);
        size += f->row[i].joined - left;
        if (!CHECK_INT(f->row[i].size, size))
            return;
    }
}

TEST(list_flow_sum_holds_on_every_day)
{
    struct ctx *c = test_begin("2024-06-03");
    struct flow_filter f = { INT_NONE, c->today - DAYS, c->today, false };
    struct list_flow flow, weeks;

    CHECK(db_tx(c, put_histories, NULL) == OK);
    CHECK(list_flow_get(c, &f, &flow) == OK);
    CHECK_INT((int64_t)flow.n, DAYS + 1);
    CHECK_INT(flow.before, 0);
    check_sums(&flow);
    for (size_t d = 0; d < flow.n; d++) {
        int64_t moment = time_of_nl_day(flow.row[d].day + 1, 0), want = 0;
        for (size_t i = 0; i < HISTORIES; i++)
            want += waits_at(histories[i], lengths[i], moment);
        if (!CHECK_INT(flow.row[d].size, want)) {
            printf("    day %zu\n", d);
            break;
        }
    }
    f.from += 31; /* beginning later changes nothing of what follows */
    f.weeks = true;
    CHECK(list_flow_get(c, &f, &weeks) == OK);
    check_sums(&weeks);
    CHECK_INT(weeks.row[weeks.n - 1].size, flow.row[flow.n - 1].size);
    CHECK_INT(date_weekday(weeks.row[0].day), 1);
    CHECK_INT(weeks.before, flow.row[weeks.row[0].day - (c->today - DAYS) - 1].size);
    test_end(c);
}

TEST_LONG(list_flow_sum_holds_in_the_demo)
{
    struct ctx *c = test_begin("2024-07-01");
    struct demo_options o = { .seed = 3,
                              .from = date_from_civil(2024, 1, 1),
                              .to = date_from_civil(2024, 6, 30),
                              .scale = .3,
                              .password = "een lang wachtwoord" };
    struct flow_filter f = { INT_NONE, o.from - 200, o.to, false };
    struct demo_made made;
    struct list_flow flow;

    if (!CHECK(demo_make(c, &o, &made) == OK))
        printf("    %s\n", c->err.text);
    CHECK(list_flow_get(c, &f, &flow) == OK);
    check_sums(&flow);
    int64_t joined = 0;
    for (size_t i = 0; i < flow.n; i++)
        joined += flow.row[i].joined;
    CHECK_INT(joined + flow.before, made.requests + flow.before);
    for (size_t d = 200; d < flow.n; d += 20) {
        int64_t moment = time_of_nl_day(flow.row[d].day + 1, 0), want = 0;
        for (int64_t id = 1; id <= made.requests; id++) {
            struct arena_mark mark = arena_mark(c->arena);
            struct course k;
            size_t kept = 0;
            CHECK(course_begin(c, id, 0, &k) == OK);
            for (size_t i = 0; i < k.n; i++)
                if (k.event[i].occurred_at < moment)
                    k.event[kept++] = k.event[i];
            want += kept > 0 && oracle_standing(k.event, kept).waiting;
            arena_release(c->arena, mark);
        }
        CHECK_INT(flow.row[d].size, want);
    }
    test_end(c);
}

TEST(list_flow_refuses_what_is_no_period)
{
    struct ctx *c = test_begin("2024-06-03");
    struct flow_filter f = { INT_NONE, c->today, c->today - 1, false };
    struct list_flow flow;
    struct session s;

    CHECK(list_flow_get(c, &f, &flow) == E_INVALID);
    CHECK_STR(c->err.field, "to");
    err_clear(c);
    f.from = DAY_NONE;
    CHECK(list_flow_get(c, &f, &flow) == E_INVALID);
    err_clear(c);
    f.from = c->today - 2000;
    f.to = c->today;
    CHECK(list_flow_get(c, &f, &flow) == E_INVALID);
    err_clear(c);
    session_act_as(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK(list_flow_get(c, &f, &flow) == E_FORBIDDEN);
    test_end(c);
}
