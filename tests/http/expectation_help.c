// SPDX-License-Identifier: EUPL-1.2
#include "http/expectation_help.h"

#include "account/calibration_store.h"
#include "account/expectation.h"
#include "base/date.h"
#include "base/rng.h"
#include "register/config.h"
#include "register/list_order.h"
#include "register/request.h"
#include "store/sql.h"
#include "unit/test.h"

#include <stdio.h>

enum { REQUESTS = 240 };

static enum err fill(struct ctx *c, void *arg)
{
    struct expecting *m = arg;
    struct sql_source_insert_row source;
    struct rng r;

    rng_seed(&r, 5);
    TRY(sql_source_insert(c, "made", &source));
    TRY(team_find_or_add(c, "Noord", &m->team));
    for (int i = 0; i < REQUESTS; i++) {
        struct event event[2] = { EVENT_NONE, EVENT_NONE };
        struct request_imported done;
        char key[20];
        int32_t asked = c->today - REQUESTS + i, begun = asked + 35 + (int32_t)rng_below(&r, 3);
        snprintf(key, sizeof key, "k%d", i);
        event[0].kind = KIND_TRIAGED;
        event[0].urgency = URGENCY_NORMAL;
        event[0].occurred_at = time_of_nl_day(asked, 10 * 3600);
        event[1].kind = KIND_FIRST_TALK;
        event[1].occurred_at = time_of_nl_day(begun, 11 * 3600);
        struct request_import q = { .source = source.id,
                                    .key = key,
                                    .person = INT_NONE,
                                    .neighbourhood = INT_NONE,
                                    .team = m->team,
                                    .urgency = URGENCY_NORMAL,
                                    .received_at = time_of_nl_day(asked, 9 * 3600),
                                    .event = event,
                                    .events = begun < c->today ? 2 : 1 };
        TRY(request_import(c, &q, &done));
    }
    return OK;
}

void expecting_list(struct ctx *c, struct expecting *ret)
{
    *ret = (struct expecting){ 0 };
    CHECK_INT(db_tx(c, fill, ret), OK);
}

void expecting_person(struct ctx *c, struct expecting *m)
{
    struct request_form f = {
        .person = INT_NONE,
        .who = { .name = "Jan de Vries", .phone = "06-55501234", .address = "Dorpsstraat 1" },
        .question = "Money worries",
        .received = c->today,
        .channel = "phone",
        .route = "self",
        .neighbourhood = INT_NONE,
        .team = m->team,
        .urgency = URGENCY_NORMAL,
        .safety_checked = true
    };
    struct request_id id = { 0 };
    struct request q;

    CHECK_INT(request_add(c, &f, &id), OK);
    m->request = id.v;
    if (CHECK_INT(request_get(c, id, &q), OK))
        m->person = q.person;
}

void expecting_calibrate(struct ctx *c, int64_t list, bool told, double hit)
{
    struct backtest *b;

    CHECK_INT(ctx_alloc(c, 1, sizeof *b, (void *)&b), OK);
    b->streams = TURN_STREAMS;
    b->origins = 30;
    b->withdrawn_at = TICK_NONE;
    calibration_start(FORECAST_RATE, &b->calibration);
    b->calibration.all =
        (struct calibration_stream){ { 1, 1 }, hit,  400,
                                     30,       told, told ? CALIBRATION_TOLD : CALIBRATION_MISSED };
    for (size_t i = 0; i < TURN_STREAMS; i++)
        b->calibration.stream[i] = b->calibration.all;
    CHECK_INT(calibration_put(c, list, c->today - (date_weekday(c->today) - 1), REQUESTS, b), OK);
}

void expecting_make(struct ctx *c)
{
    struct expectation_how how = { .list = INT_NONE, .replications = 200 };
    bool changed;

    if (!CHECK_INT(expectation_make(c, &how, &changed), OK))
        test_skip("%s", c->err.text);
}
