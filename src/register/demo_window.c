// SPDX-License-Identifier: EUPL-1.2
/* Expected periods told in the made-up municipality: none until 2024, then to 96 of 100 who still wait after
 * a week, by letter; 78 of 100 begin before the end of the first one. Who will be too late is told a new one
 * by phone. The turn of everybody is known (town_truth.h), so the periods are made around it. */
#include "register/demo_core.h"
#include "register/window_told.h"
#include "store/sql.h"

#define TOLD_AFTER_DAYS 8
#define TOLD_SHARE .96
#define RIGHT_SHARE .78
#define RIGHT_AGAIN_SHARE .88

/* A period told at `at` for a turn on day `turn`. */
static bool add_window(const struct demo *d, struct rng *r, int64_t at, int32_t turn, bool right,
                       struct demo_step *ret_step)
{
    int32_t told = time_nl_day(at), wait = turn > told ? turn - told : 0, half = 3 + wait / 5;
    int32_t late =
        right ? -(int32_t)rng_below(r, (uint64_t)half + 1) : 1 + (int32_t)rng_below(r, (uint64_t)half);
    int32_t to = turn - late, from = to - 2 * half;

    if (right && rng_unit(r) < .35)
        from += half / 2; /* the middle is not always in the middle */
    from = from > told ? from : told + 1;
    to = to > from ? to : from + 1;
    *ret_step = (struct demo_step){ .e = EVENT_NONE };
    ret_step->e.kind = KIND_WINDOW_TOLD;
    ret_step->e.occurred_at = ret_step->e.recorded_at = at;
    ret_step->e.account = d->intake;
    ret_step->e.until = time_of_nl_day(to, 12 * 3600);
    ret_step->e.number = to - from;
    return at <= d->town.param.now;
}

size_t demo_window(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room)
{
    const struct town_request *q = &d->town.request[i];
    int32_t turn = time_nl_day(q->turn_at), day = time_nl_day(q->recorded_at) + TOLD_AFTER_DAYS;
    int64_t gone = q->started_at != TIME_NONE ? q->started_at : q->ended_at;
    struct rng r;

    rng_seed(&r, d->o->seed * 0x9e3779b97f4a7c15u + 131 * i + 5);
    if (day < date_from_civil(2024, 2, 1) || q->urgency == TOWN_EMERGENCY || turn <= day ||
        rng_unit(&r) >= TOLD_SHARE)
        return n;
    for (int k = 0; k < 3 && n < room; k++) {
        int64_t at = time_of_nl_day(day, (k == 0 ? 10 : 15) * 3600);
        bool right = rng_unit(&r) < (k == 0 ? RIGHT_SHARE : RIGHT_AGAIN_SHARE);
        if ((gone != TIME_NONE && at >= gone) || !add_window(d, &r, at, turn, right, &step[n]))
            break;
        step[n].e.reason = k == 0 ? "letter" : "call";
        int32_t to = time_nl_day(step[n++].e.until);
        if (to >= turn)
            break;
        day = to - 3 > day ? to - 3 : day + 1; /* told before the date passes */
    }
    return n;
}

enum err demo_window_put(struct ctx *c, int64_t request, const struct event *e)
{
    int32_t to = time_nl_day(e->until), from = to - (int32_t)e->number, told = time_nl_day(e->occurred_at);
    bool called = e->reason[0] == 'c';
    struct sql_told_window_insert_args row = { .request = request,
                                               .seq = e->seq,
                                               .from_day = from,
                                               .middle_day = from + (to - from + 1) / 2,
                                               .to_day = to,
                                               .made_on = told,
                                               .hit_rate = 780 + (request * 7 + told) % 25,
                                               .scored = 200 + (told - date_from_civil(2024, 1, 1)) * 6,
                                               .channel = e->reason,
                                               .understood = called ? "yes" : NULL };

    return sql_told_window_insert(c, &row);
}
