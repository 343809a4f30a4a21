// SPDX-License-Identifier: EUPL-1.2
/* What became of the consultation hours of the made-up municipality: most were held, some cancelled, more of
 * them when many were ill; questions by tally, at schools more than fit; the last weeks not all written down
 * yet. */
#include "base/rng.h"
#include "base/text.h"
#include "register/contact.h"
#include "register/demo_place.h"
#include "register/presence.h"
#include "register/right.h"
#include "store/sql.h"

#define BATCH 200 /* sessions a transaction */

static struct rng rng_of(const struct demo *d, const struct presence *s)
{
    struct rng r;

    rng_seed(&r, d->o->seed ^ ((uint64_t)s->day << 20) ^ (uint64_t)s->hour * 7919);
    return r;
}

static bool is_school(const struct demo *d, const struct presence *s)
{
    return s->place >= d->place[10]; /* the schools are the last ones */
}

static enum err cancel(struct ctx *c, struct rng *r, int64_t id)
{
    static const char *const reason[] = { "ill", "busy", "no_worker", "no_room" };
    size_t which = rng_below(r, 10);
    struct presence_off o = { .id = id,
                              .version = -1,
                              .reason = reason[which < 5   ? 0
                                               : which < 8 ? 1
                                               : which < 9 ? 2
                                                           : 3],
                              .told_at = rng_below(r, 4) > 0 ? c->now - 3600 : TIME_NONE,
                              .day = DAY_NONE,
                              .starts = INT_NONE,
                              .ends = INT_NONE };
    int64_t same;

    o.by_whom = text_is(o.reason, "no_room") ? "place" : "us";
    return presence_call_off(c, &o, &same);
}

/* A request that came by an outreach place on the day of this session: it was asked here. INT_NONE: none is
 * left. */
static int64_t request_on(const struct demo *d, bool *taken, int32_t day)
{
    for (size_t i = 0; i < d->town.n; i++)
        if (d->town.request[i].route == TOWN_OUTREACH && !taken[i] &&
            time_nl_day(d->town.request[i].received_at) == day) {
            taken[i] = true;
            return d->request[i];
        }
    return INT_NONE;
}

static enum err put_request(struct ctx *c, const struct presence *s, int64_t id, int64_t request)
{
    struct sql_presence_question_insert_row added;
    int64_t at = time_of_nl_day(s->day, (int)s->starts * 60 + 1800);
    struct sql_presence_question_insert_args row = { .presence = id,
                                                     .outcome = QUESTION_REQUEST,
                                                     .request = request,
                                                     .undoes = INT_NONE,
                                                     .occurred_at = at,
                                                     .recorded_at = at,
                                                     .account = c->actor->account };

    return request == INT_NONE ? OK : sql_presence_question_insert(c, &row, &added);
}

static enum err put_questions(struct ctx *c, struct rng *r, const struct presence *s, int64_t id, uint64_t n,
                              double miss)
{
    struct sql_presence_question_insert_row added;

    for (uint64_t i = 0; i < n; i++) {
        int64_t at = time_of_nl_day(
            s->day, (int)(s->starts + (int64_t)rng_below(r, (uint64_t)(s->ends - s->starts))) * 60);
        bool missed = rng_unit(r) < miss;
        struct sql_presence_question_insert_args row = {
            .presence = id,
            .outcome = missed ? QUESTION_UNHANDLED : QUESTION_SOLVED,
            .topic = contact_topics[rng_below(r, contact_topic_count)].code,
            .request = INT_NONE,
            .undoes = INT_NONE,
            .occurred_at = at,
            .recorded_at = at,
            .account = c->actor->account
        };
        TRY(sql_presence_question_insert(c, &row, &added));
    }
    return sql_presence_count(c, id);
}

static int64_t worker_of(const struct demo *d, struct rng *r, int64_t team)
{
    for (int tries = 0; tries < 50; tries++) {
        size_t i = rng_below(r, d->town.workers);
        if (d->team[d->town.worker[i].team] == team)
            return d->worker[i];
    }
    return d->worker[0];
}

static enum err hold(struct ctx *c, const struct demo *d, bool *taken, struct rng *r,
                     const struct presence *s, int64_t id)
{
    bool school = is_school(d, s);
    double hours = (double)(s->ends - s->starts) / 60;
    uint64_t n = rng_poisson(r, hours * (school ? 4.2 : s->place == d->place[4] ? 5.5 : 2.4));
    int64_t worker[2] = { worker_of(d, r, s->team), worker_of(d, r, s->team) };
    struct presence_result result = { .id = id,
                                      .version = -1,
                                      .held_from = s->starts + 5 * (int64_t)rng_below(r, 2),
                                      .held_to = s->ends,
                                      .visitors = (int64_t)n + (int64_t)rng_below(r, 3),
                                      .worker = worker,
                                      .workers = rng_below(r, 4) == 0 && worker[0] != worker[1] ? 2 : 1 };

    TRY(put_request(c, s, id, request_on(d, taken, s->day)));
    TRY(put_questions(c, r, s, id, n, school ? 0.30 : s->place == d->place[4] ? 0.55 : 0.08));
    return presence_hold(c, &result);
}

static enum err put_session(struct ctx *c, const struct demo *d, bool *taken, const struct presence *s)
{
    struct rng r = rng_of(d, s);
    double ill = s->day - d->o->from < 90 ? 0.22 : s->place == d->place[4] ? 0.40 : 0.08;
    bool recent = d->o->to - s->day < 10;
    int64_t id;

    if (recent && rng_below(&r, 3) == 0) /* not written down yet */
        return OK;
    if (!demo_clock(c, d, s->day, (int)(s->ends / 60) + 1))
        return OK;
    TRY(presence_open(c, s->hour, s->day, &id));
    return rng_unit(&r) < ill ? cancel(c, &r, id) : hold(c, d, taken, &r, s, id);
}

struct batch {
    const struct demo *d;
    bool *taken; /* requests that were asked in a session already */
    const struct presence *row;
    size_t n;
};

static enum err put_batch(struct ctx *c, void *arg)
{
    const struct batch *b = arg;

    for (size_t i = 0; i < b->n; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        enum err e = put_session(c, b->d, b->taken, &b->row[i]);
        arena_release(c->arena, mark);
        if (e != OK)
            return e;
    }
    return OK;
}

static enum err put_all(struct ctx *c, struct demo *d)
{
    bool *taken;

    TRY(ctx_alloc(c, d->town.n + 1, sizeof *taken, (void *)&taken));
    for (int32_t from = d->o->from; from <= d->o->to; from += 366) {
        struct presence_filter f = { from, from + 365 < d->o->to ? from + 365 : d->o->to, INT_NONE,
                                     INT_NONE };
        struct presence *row;
        size_t n;
        TRY(presence_list(c, &f, &row, &n));
        for (size_t i = 0; i < n; i += BATCH) {
            struct batch b = { d, taken, row + i, n - i < BATCH ? n - i : BATCH };
            TRY(db_tx(c, put_batch, &b));
        }
    }
    return OK;
}

enum err demo_presence(struct ctx *c, struct demo *d)
{
    int64_t now = c->now;
    enum err e = put_all(c, d);

    ctx_set_now(c, now);
    return e;
}
