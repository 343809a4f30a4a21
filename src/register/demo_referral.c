// SPDX-License-Identifier: EUPL-1.2
/* Referrals of the made-up municipality: of the requests that came by a family doctor, a school or a partner,
 * with the consent of the resident or without; answers that were given in time or not; and residents whom we
 * brought elsewhere. */
#include "base/rng.h"
#include "register/demo_place.h"
#include "register/referral.h"
#include "store/sql.h"

#define BATCH 200

/* Partners by the way in, by place in the list of demo_partner.c. */
static const int doctors[] = { 6, 7 }, schools[] = { 1, 2, 3, 4, 5 },
                 others[] = { 0, 0, 0, 8, 9, 10, 13, 14 };

static int64_t partner_of(const struct demo *d, struct rng *r, uint8_t route)
{
    int i = route == TOWN_GP       ? doctors[rng_below(r, COUNT(doctors))]
            : route == TOWN_SCHOOL ? schools[rng_below(r, COUNT(schools))]
                                   : others[rng_below(r, COUNT(others))];

    return d->partner[i];
}

static enum err put_answer(struct ctx *c, const struct demo *d, struct rng *r, int64_t id, int32_t day)
{
    static const char *const answer[] = {
        "on_list", "on_list", "talking", "advice", "elsewhere", "no_contact"
    };
    int32_t after = 2 + (int32_t)rng_exponential(r, 11);

    if (rng_below(r, 12) == 0 || !demo_clock(c, d, day + after, 15)) /* forgotten, or not yet */
        return OK;
    struct referral_answer a = { id, -1, answer[rng_below(r, COUNT(answer))], NULL, c->today };
    return referral_give_answer(c, &a);
}

static enum err put_in(struct ctx *c, const struct demo *d, struct rng *r, size_t i)
{
    const struct town_request *q = &d->town.request[i];
    int32_t day = time_nl_day(q->received_at);
    struct referral_link l = { .request = { d->request[i] },
                               .partner = partner_of(d, r, q->route),
                               .day = day,
                               .multi_problem = rng_below(r, 5) == 0,
                               .consent = { rng_below(r, 8) > 0, "resident",
                                            rng_below(r, 3) > 0 ? "spoken" : "written", day } };
    int64_t id;

    l.stays = l.multi_problem && rng_below(r, 2) == 0;
    if (q->route == TOWN_SCHOOL)
        l.consent.given_by = "parent";
    if (!demo_clock(c, d, time_nl_day(q->recorded_at), 18))
        return OK;
    TRY(referral_link(c, &l, &id));
    if (!l.consent.given)
        return OK;
    TRY(put_answer(c, d, r, id, day));
    if (rng_below(r, 25) == 0 && demo_clock(c, d, day + 30 + (int32_t)rng_below(r, 30), 11))
        return referral_consent(c, id, -1, &(struct consent){ false, l.consent.given_by, "phone", c->today });
    return OK;
}

static enum err put_out(struct ctx *c, struct demo *d, struct rng *r, size_t i)
{
    int32_t day = time_nl_day(d->town.request[i].ended_at);
    static const char *const arrival[] = { "yes", "yes", "yes", "yes", "no", "unknown" };
    struct referral_link l = { .request = { d->request[i] },
                               .partner = d->partner[others[rng_below(r, COUNT(others))]],
                               .out = true,
                               .warm = rng_below(r, 3) > 0,
                               .day = day,
                               .consent = { true, "resident", "spoken", day } };
    int64_t id;

    if (!demo_clock(c, d, day, 18))
        return OK;
    TRY(referral_link(c, &l, &id));
    d->events++;
    if (rng_below(r, 6) == 0 || !demo_clock(c, d, day + 7 + (int32_t)rng_below(r, 12), 11))
        return OK;
    d->events++;
    return referral_check(c, id, -1, arrival[rng_below(r, COUNT(arrival))], c->today);
}

static enum err put_one(struct ctx *c, struct demo *d, size_t i)
{
    const struct town_request *q = &d->town.request[i];
    bool in = q->route == TOWN_GP || q->route == TOWN_SCHOOL || q->route == TOWN_PARTNER;
    struct rng r;

    rng_seed(&r, d->o->seed * 31 + i);
    if (in && q->end != TOWN_DUPLICATE && rng_below(&r, 2) == 0)
        TRY(put_in(c, d, &r, i));
    if (q->end == TOWN_ELSEWHERE && q->ended_at != TIME_NONE && q->ended_at < d->town.param.now)
        TRY(put_out(c, d, &r, i));
    return OK;
}

struct batch {
    struct demo *d;
    size_t from, to;
};

static enum err put_batch(struct ctx *c, void *arg)
{
    const struct batch *b = arg;
    int64_t events = b->d->events;

    for (size_t i = b->from; i < b->to; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        enum err e = put_one(c, b->d, i);
        arena_release(c->arena, mark);
        if (e != OK) {
            b->d->events = events;
            return e;
        }
    }
    return OK;
}

enum err demo_referral(struct ctx *c, struct demo *d)
{
    int64_t now = c->now;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < d->town.n; i += BATCH) {
        struct batch b = { d, i, i + BATCH < d->town.n ? i + BATCH : d->town.n };
        e = db_tx(c, put_batch, &b);
    }
    ctx_set_now(c, now);
    return e;
}
