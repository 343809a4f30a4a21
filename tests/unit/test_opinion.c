// SPDX-License-Identifier: EUPL-1.2
/* The core figures in SQL and from the facts say the same, on random registers and on both engines. */
#include "account/opinion.h"
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "register/complaint.h"
#include "register/complaint_term.h"
#include "register/config.h"
#include "register/demo.h"
#include "register/outside_record.h"
#include "register/phone.h"
#include "register/request.h"
#include "store/sql.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_same(struct ctx *c, uint64_t seed)
{
    struct opinion o[OPINIONS];
    char what[400];

    if (!CHECK_INT(opinions_get(c, false, o), OK)) {
        fprintf(stderr, "  %s %s\n", c->err.text, c->err.trace);
        return;
    }
    for (size_t i = 0; i < OPINIONS; i++) {
        int len = snprintf(what, sizeof what, "seed %d, %s%s %s: SQL %lld of %lld, facts %lld of %lld",
                           (int)seed, o[i].indicator, o[i].part, o[i].what, (long long)o[i].k,
                           (long long)o[i].n, (long long)o[i].facts_k, (long long)o[i].facts_n);
        for (size_t v = 0; v < o[i].values; v++)
            len += snprintf(what + len, sizeof what - (size_t)len, "; %s: SQL %.12g, facts %.12g",
                            o[i].value[v].name, o[i].value[v].value, o[i].value[v].facts);
        test_check(opinion_score(&o[i]).differ == 0, __FILE__, __LINE__, what);
    }
}

static const struct opinion *find(const struct opinion *o, const char *id, const char *part)
{
    for (size_t i = 0; i < OPINIONS; i++)
        if (text_is(o[i].indicator, id) && text_is(o[i].part, part))
            return &o[i];
    return NULL;
}

/* Made-up towns: everything that a register holds. */
TEST_LONG(opinion_in_sql_agrees_on_towns)
{
    static const struct {
        const char *id, *part;
        int n;
    } told[] = { { "T1", "a", 100 }, { "T1", "b", 100 }, { "T4", "a", 100 }, { "Z2", "a", 20 },
                 { "I3", "a", 1 },   { "W1", "a", 50 },  { "W2", "a", 50 },  { "W4", "a", 50 },
                 { "W5", "a", 5 },   { "W6", "a", 5 },   { "D3", "a", 1 },   { "H1", "a", 20 },
                 { "H2", "a", 20 },  { "K1", "a", 0 } };

    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct ctx *c = test_begin("2024-07-01");
        struct demo_options o = { .seed = seed, .scale = 0.1, .password = "not-a-secret-at-all" };
        struct demo_made made;
        struct opinion say[OPINIONS];
        o.from = date_from_civil(2024, 1, 2);
        o.to = date_from_civil(2024, 6, 30);
        if (CHECK_INT(demo_make(c, &o, &made), OK)) {
            check_same(c, seed);
            CHECK_INT(opinions_get(c, true, say), OK);
            for (size_t i = 0; i < COUNT(told); i++) { /* there is something to compare */
                const struct opinion *one = find(say, told[i].id, told[i].part);
                char what[40];
                snprintf(what, sizeof what, "%s%s: %d", told[i].id, told[i].part, (int)one->n);
                test_check(one->n >= told[i].n && one->facts_n == INT_NONE, __FILE__, __LINE__, what);
                test_check(told[i].n == 0 || one->only_n || one->k > 0, __FILE__, __LINE__, what);
            }
        }
        test_end(c);
    }
}

struct made {
    struct rng rng;
    int64_t begin, steps;
};

/* Events in any order and at any moment, also impossible ones and ones that are taken back. */
static enum err fill_requests(struct ctx *c, struct made *m)
{
    static const enum kind kinds[] = { KIND_CALL_REACHED, KIND_CALL_ATTEMPTED, KIND_TRIAGED, KIND_FIRST_TALK,
                                       KIND_CLOSED,       KIND_PAUSED,         KIND_RESUMED, KIND_PLAN_AGREED,
                                       KIND_HELP_STARTED, KIND_PROTECTED,      KIND_TALK,    KIND_WINDOW_TOLD,
                                       KIND_WMO_REPORTED, KIND_ACCOUNT_SENT };
    static const char *const ends[] = { "helped", "withdrawn", "duplicate" };
    static const char *const helps[] = { "team", "group", "general", "specialist" };
    struct sql_source_insert_row source;

    TRY(sql_source_insert(c, "made", &source));
    for (int i = 0; i < 250; i++) {
        struct event event[11];
        struct request_imported done;
        char key[20];
        snprintf(key, sizeof key, "k%d", i);
        struct request_import r = { .source = source.id,
                                    .key = key,
                                    .person = INT_NONE,
                                    .neighbourhood = INT_NONE,
                                    .team = INT_NONE,
                                    .urgency = URGENCY_NORMAL,
                                    .event = event };
        r.received_at = m->begin + (int64_t)rng_below(&m->rng, 200 * SECONDS_A_DAY);
        r.events = rng_below(&m->rng, 10);
        for (size_t k = 0; k < r.events; k++) {
            event[k] = EVENT_NONE;
            event[k].kind = kinds[rng_below(&m->rng, COUNT(kinds))];
            event[k].occurred_at = r.received_at + (int64_t)rng_below(&m->rng, 90 * SECONDS_A_DAY);
            event[k].until =
                event[k].kind == KIND_WINDOW_TOLD ? event[k].occurred_at + 20 * SECONDS_A_DAY : TIME_NONE;
            event[k].urgency =
                event[k].kind == KIND_TRIAGED ? (int64_t)rng_below(&m->rng, URGENCIES) : INT_NONE;
            event[k].reason = event[k].kind == KIND_HELP_STARTED ? helps[rng_below(&m->rng, COUNT(helps))]
                              : event[k].kind == KIND_CLOSED ? ends[rng_below(&m->rng, 9) * COUNT(ends) / 10]
                                                             : NULL;
        }
        if (rng_below(&m->rng, 4) == 0 && r.events > 0) { /* one of them is taken back */
            event[r.events] = EVENT_NONE;
            event[r.events].kind = KIND_UNDONE;
            event[r.events].occurred_at = r.received_at + 91 * SECONDS_A_DAY;
            event[r.events].number = 2 + (int64_t)rng_below(&m->rng, r.events);
            r.events++;
        }
        TRY(request_import(c, &r, &done));
    }
    return OK;
}

/* Calls of the exchange, and half hours counted by hand, some of which the exchange reports too. */
static enum err fill_calls(struct ctx *c, struct made *m)
{
    for (int i = 0; i < 300; i++) {
        char key[20];
        bool new;
        struct phone_call call = {
            .import = INT_NONE, .keeper = INT_NONE, .key = key, .answered_at = TIME_NONE
        };
        snprintf(key, sizeof key, "c%d", i);
        call.offered_at = m->begin + (int64_t)rng_below(&m->rng, 250 * SECONDS_A_DAY);
        call.seconds = (int64_t)rng_below(&m->rng, 90);
        call.abandoned = rng_below(&m->rng, 5) == 0;
        call.answered_at = call.abandoned ? TIME_NONE : call.offered_at + call.seconds;
        TRY(phone_call_put(c, &call, &new));
    }
    for (int i = 0; i < 60; i++) {
        struct phone_count_form f = { .day = time_nl_day(m->begin) + (int32_t)rng_below(&m->rng, 250),
                                      .half_hour = (int)rng_below(&m->rng, 48),
                                      .answered = (int64_t)rng_below(&m->rng, 6),
                                      .in_time = INT_NONE,
                                      .seconds = INT_NONE };
        f.abandoned = (int64_t)rng_below(&m->rng, 3);
        f.offered = f.answered + f.abandoned;
        if (rng_below(&m->rng, 3) > 0)
            f.in_time = (int64_t)rng_below(&m->rng, (uint64_t)f.answered + 1);
        enum err e = phone_count_add(c, &f);
        if (e == E_CONFLICT) /* the same half hour again */
            err_clear(c);
        else
            TRY(e);
    }
    return OK;
}

static enum err fill_records(struct ctx *c, struct made *m)
{
    for (int i = 0; i < 120; i++) {
        char key[20];
        bool new, pattern = rng_below(&m->rng, 4) == 0;
        int32_t day = time_nl_day(m->begin) + (int32_t)rng_below(&m->rng, 400);
        const struct outside_record o = { .key = key,
                                          .list = pattern ? "pattern" : "experience",
                                          .day = day,
                                          .due = pattern ? day + 28 : DAY_NONE,
                                          .done = DAY_NONE,
                                          .checked = pattern && i % 3 > 0 ? day + 60 : DAY_NONE,
                                          .number = pattern ? INT_NONE : 1 + (int64_t)rng_below(&m->rng, 10),
                                          .known = INT_NONE,
                                          .kept = INT_NONE,
                                          .team = INT_NONE,
                                          .neighbourhood = INT_NONE };
        snprintf(key, sizeof key, "o%d", i);
        TRY(outside_record_put(c, &o, &new));
    }
    return OK;
}

/* Complaints under each regime, with any step that the procedure takes, at any moment and out of order. */
static enum err fill_complaints(struct ctx *c, struct made *m)
{
    for (int i = 0; i < 90; i++) {
        struct complaint_form f = { .person = INT_NONE,
                                    .who = { .name = "Jan de Vries" },
                                    .request = INT_NONE,
                                    .about = "Nobody called back",
                                    .regime = complaint_regimes[i % COMPLAINT_REGIMES].code,
                                    .category = complaint_categories[0].code,
                                    .channel = "phone",
                                    .team = INT_NONE,
                                    .worker = INT_NONE,
                                    .received = c->today - (int32_t)rng_below(&m->rng, 250) };
        struct complaint_id id;
        TRY(complaint_add(c, &f, &id));
        for (uint64_t k = rng_below(&m->rng, 12); k > 0; k--) {
            struct complaint_change ch = { .id = id,
                                           .seen = -1,
                                           .step = (enum complaint_step)rng_below(&m->rng, COMPLAINT_STEPS),
                                           .until = TIME_NONE,
                                           .handler = INT_NONE,
                                           .reason = complaint_outcomes[rng_below(&m->rng, 4)].code,
                                           .note = "As agreed" };
            ch.at = time_of_nl_day(f.received, 50000) + (int64_t)rng_below(&m->rng, 110 * SECONDS_A_DAY);
            ch.at = ch.at < c->now ? ch.at : c->now;
            if (ch.step == COMPLAINT_AGREED || ch.step == COMPLAINT_TO_COMMITTEE)
                ch.until = ch.at + (int64_t)rng_below(&m->rng, 70 * SECONDS_A_DAY);
            m->steps += complaint_change(c, &ch) == OK;
            err_clear(c);
        }
    }
    return OK;
}

static enum err fill(struct ctx *c, void *arg)
{
    TRY(fill_requests(c, arg));
    TRY(fill_calls(c, arg));
    TRY(fill_records(c, arg));
    return fill_complaints(c, arg);
}

/* There is something to compare: terms that were kept, and some that were not. */
static void check_complaints(struct ctx *c, const struct made *m)
{
    struct opinion o[OPINIONS];

    CHECK_INT(opinions_get(c, true, o), OK);
    const struct opinion *due = find(o, "K1", "c"), *rate = find(o, "K1", "b");
    CHECK(m->steps > 150);
    CHECK(due->n > 40 && due->k > 5 && due->k < due->n);
    CHECK(rate->n == 90 && rate->value[0].value > 0 && rate->value[1].value > 10);
    if (getenv("PEIL_TEST_TELL") != NULL)
        printf("  %d steps, %d due, %d in time, %g per 1,000 of %g\n", (int)m->steps, (int)due->n,
               (int)due->k, rate->value[0].value, rate->value[1].value);
}

TEST_LONG(opinion_in_sql_agrees_on_random_events)
{
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct ctx *c = test_begin("2025-06-01");
        struct made m = { .begin = time_of_nl_day(date_from_civil(2024, 6, 1), 0) };
        rng_seed(&m.rng, seed);
        if (CHECK_INT(db_tx(c, fill, &m), OK)) {
            check_same(c, seed);
            check_complaints(c, &m);
        } else
            fprintf(stderr, "  %s %s\n", c->err.text, c->err.trace);
        test_end(c);
    }
}
