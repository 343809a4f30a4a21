// SPDX-License-Identifier: EUPL-1.2
#include "forecast/town_run.h"

#include <math.h>
#include <stdlib.h>

#define RUN_ON_DAYS 700 /* after the last day, until everybody has had a turn */

/* ── Waiting ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static bool left(const struct town_request *q)
{
    return q->ended_at != TIME_NONE;
}

static void leave(struct simulation *s, struct town_request *q, int32_t day)
{
    static const double share[TOWN_ENDS] = { 0, 35, 20, 20, 12, 8, 5, 0 };

    q->end = (uint8_t)rng_choice(&s->rng, share, TOWN_ENDS);
    if (q->end == TOWN_UNREACHABLE && day - time_nl_day(q->received_at) < 28)
        q->end = TOWN_WITHDRAWN;
    q->ended_at = town_moment(&s->rng, day, 9 * 3600, 16 * 3600);
}

/* What may happen to one who waits, on a working day `gap` days after the one before. */
static void live_on(struct simulation *s, struct town_request *q, int32_t day, double gap)
{
    double u = rng_unit(&s->rng), weeks = gap / 7;
    int32_t asked = time_nl_day(q->received_at);

    if (left(q) || day <= time_nl_day(q->recorded_at))
        return;
    if (u < TOWN_LEAVE_WEEKLY * weeks) {
        leave(s, q, day);
    } else if (u < (TOWN_LEAVE_WEEKLY + TOWN_WORSE_WEEKLY) * weeks) {
        if (q->urgency_now > TOWN_NORMAL)
            return;
        q->worse_at = town_moment(&s->rng, day, 9 * 3600, 12 * 3600);
        q->urgency_now = rng_unit(&s->rng) < .3 ? TOWN_EMERGENCY : TOWN_SOON;
    } else if (u < (TOWN_LEAVE_WEEKLY + TOWN_WORSE_WEEKLY + TOWN_PAUSE_WEEKLY) * weeks) {
        if (q->paused_at != TIME_NONE || day - asked < 10 || q->urgency_now == TOWN_EMERGENCY)
            return;
        q->paused_at = town_moment(&s->rng, day, 9 * 3600, 16 * 3600);
        q->resumed_at =
            time_of_nl_day(town_next_open(s, day + 14 + (int32_t)rng_below(&s->rng, 29)), 9 * 3600);
    }
}

/* The same for the whole queue; those who had their turn are taken out of it. */
static void pass_day(struct simulation *s, struct queue *k, int32_t day)
{
    size_t kept = 0;

    for (size_t i = 0; i < k->n; i++) {
        struct town_request *q = &s->request[k->item[i]];
        if (q->turn_at != TIME_NONE)
            continue;
        live_on(s, q, day, day - s->last_open);
        k->item[kept++] = k->item[i];
    }
    k->n = kept;
}

/* ── Turns ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static void start_case(struct simulation *s, struct town_request *q)
{
    int32_t day = time_nl_day(q->started_at), end;
    double weeks = town_work_weeks[q->work] * (.5 + rng_exponential(&s->rng, .5)),
           rate = town_work_hours[q->work] / town_work_weeks[q->work];
    static const double other[TOWN_HELPS] = { 0, 0, 10, 35, 55 };

    q->worker = town_choose_worker(s, q->team);
    s->worker[q->worker].cases++;
    end = town_next_open(s, day + (int32_t)(weeks * 7) + 1);
    q->ended_at = town_moment(&s->rng, end, 9 * 3600, 16 * 3600);
    q->end = TOWN_HELPED;
    s->load[q->team] += rate;
    if (end - s->p.from < s->days) {
        size_t place = (size_t)(q - s->request);
        s->link[place].ending = s->ending[end - s->p.from];
        s->ending[end - s->p.from] = (int32_t)place;
    }
    if (rng_unit(&s->rng) < town_direct_share(town_month(&s->p, day)))
        q->help = rng_unit(&s->rng) < .8 ? TOWN_BY_TEAM : TOWN_BY_GROUP;
    else
        q->help = (uint8_t)rng_choice(&s->rng, other, TOWN_HELPS);
}

static void end_cases(struct simulation *s, int32_t day)
{
    for (int team = 0; team < TOWN_TEAMS; team++)
        s->load[team] -= s->release[team][day - s->p.from];
    for (int32_t i = s->ending[day - s->p.from]; i >= 0; i = s->link[i].ending) {
        const struct town_request *q = &s->request[i];
        s->load[q->team] -= town_work_hours[q->work] / town_work_weeks[q->work];
        s->worker[q->worker].cases--;
    }
}

static void give_turn(struct simulation *s, struct town_request *q, int32_t day)
{
    bool today =
        time_nl_day(q->recorded_at) == day || (q->worse_at != TIME_NONE && time_nl_day(q->worse_at) == day);
    int64_t allocated;

    q->turn_at = town_moment(&s->rng, day, (today ? 30 : 19) * 1800, 17 * 3600 - 600);
    s->open -= q->recorded_at <= s->p.now;
    if (left(q))
        return;
    q->started_at = q->turn_at;
    allocated = town_moment(&s->rng, town_next_open(s, day - 1 - (int32_t)rng_below(&s->rng, 5)), 9 * 3600,
                            16 * 3600);
    int64_t first = q->worse_at != TIME_NONE ? q->worse_at : q->recorded_at;
    if (q->resumed_at != TIME_NONE && q->resumed_at > first)
        first = q->resumed_at;
    if (allocated <= first + 1800 || allocated >= q->started_at)
        allocated = first + (q->started_at - first) / 2;
    q->allocated_at = allocated;
    start_case(s, q);
}

/* Emergencies; who waits too long; then the other classes. */
static int tier(const struct town_request *q, int32_t day)
{
    if (q->urgency_now == TOWN_EMERGENCY)
        return 0;
    return day - time_nl_day(q->received_at) > TOWN_AGEING_DAYS ? 1 : 5 - q->urgency_now;
}

static bool can_start(const struct simulation *s, const struct town_request *q, int32_t day)
{
    int32_t typed = time_nl_day(q->recorded_at);

    if (q->turn_at != TIME_NONE)
        return false;
    if (q->resumed_at != TIME_NONE && q->resumed_at > time_of_nl_day(day, 9 * 3600) && !left(q))
        return false;
    return day >= (q->urgency_now == TOWN_EMERGENCY ? typed : town_next_open(s, typed + 1));
}

static void give_turns(struct simulation *s, int team, int32_t day)
{
    struct queue *k = &s->queue[team];
    double hours = town_team_hours(&s->p, team, day);

    for (int t = 0; t <= 4; t++)
        for (size_t i = 0; i < k->n && (t == 0 || s->load[team] < hours); i++) {
            struct town_request *q = &s->request[k->item[i]];
            if (tier(q, day) == t && can_start(s, q, day))
                give_turn(s, q, day);
        }
}

/* ── The run ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What the clients that workers brought along still need, ending little by little. */
static void bring_clients(struct simulation *s)
{
    for (int team = 0; team < TOWN_TEAMS; team++) {
        double all = town_team_hours(&s->p, team, s->p.from) * TOWN_OLD_CASES;
        s->load[team] = all;
        for (int32_t i = 0; i < s->days; i++)
            s->release[team][i] +=
                all * (exp(-i / TOWN_OLD_CASES_DAYS) - exp(-(i + 1) / TOWN_OLD_CASES_DAYS));
    }
}

static bool prepare(struct simulation *s)
{
    s->days = s->p.to - s->p.from + 1 + RUN_ON_DAYS;
    s->entering = arena_array(s->a, (size_t)s->days, sizeof *s->entering);
    s->ending = arena_array(s->a, (size_t)s->days, sizeof *s->ending);
    for (int team = 0; team < TOWN_TEAMS; team++) {
        s->release[team] = arena_array(s->a, (size_t)s->days, sizeof *s->release[team]);
        if (s->release[team] == NULL)
            return false;
    }
    if (s->entering == NULL || s->ending == NULL)
        return false;
    for (int32_t i = 0; i < s->days; i++)
        s->entering[i] = s->ending[i] = -1;
    s->last_open = s->p.from - 1;
    bring_clients(s);
    return true;
}

static void run_day(struct simulation *s, int32_t day)
{
    if (day == s->p.from || date_to_civil(day).day == 1)
        town_change_staff(s, day);
    if (day == s->p.from)
        town_take_over(s);
    town_arrive(s, day);
    if (s->full)
        return;
    town_enter_typed(s, day);
    end_cases(s, day);
    if (!calendar_is_working(s->p.calendar, day))
        return;
    for (int team = 0; team < TOWN_TEAMS; team++) {
        pass_day(s, &s->queue[team], day);
        give_turns(s, team, day);
    }
    s->last_open = day;
}

struct order {
    int64_t recorded_at;
    uint32_t place;
};

static int by_recording(const void *pa, const void *pb)
{
    const struct order *a = pa, *b = pb;

    if (a->recorded_at != b->recorded_at)
        return a->recorded_at < b->recorded_at ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* Those in the register, in the order in which they were typed in. */
static bool arrange(struct simulation *s, struct town *t, struct town_request **ret_request)
{
    struct order *order = arena_array(s->a, s->n + 1, sizeof *order);
    int32_t *to = arena_array(s->a, s->n + 1, sizeof *to);
    struct town_request *out = arena_array(s->a, s->n + 1, sizeof *out);
    size_t n = 0;

    if (order == NULL || to == NULL || out == NULL)
        return false;
    for (size_t i = 0; i < s->n; i++)
        if (s->request[i].recorded_at <= s->p.now)
            order[n++] = (struct order){ s->request[i].recorded_at, (uint32_t)i };
    qsort(order, n, sizeof *order, by_recording);
    for (size_t i = 0; i < n; i++)
        to[order[i].place] = (int32_t)i;
    for (size_t i = 0; i < n; i++) {
        out[i] = s->request[order[i].place];
        if (out[i].again >= 0)
            out[i].again = to[out[i].again];
    }
    t->request = *ret_request = out;
    t->n = n;
    return true;
}

#define FIVE_TO_FIVE ((16 * 60 + 55) * 60)
#define RECENT_DAYS 21

/* Waits at the end, without a past that an emergency cannot have. */
static bool can_be_emergency(const struct town *t, size_t i)
{
    const struct town_request *q = &t->request[i];
    int64_t now = t->param.now;

    for (size_t k = i + 1; k < t->n; k++)
        if (t->request[k].again == (int32_t)i)
            return false;
    return q->again < 0 && q->end != TOWN_DUPLICATE && q->paused_at == TIME_NONE &&
           q->worse_at == TIME_NONE && (q->started_at == TIME_NONE || q->started_at > now) &&
           (q->ended_at == TIME_NONE || q->ended_at > now) &&
           q->recorded_at > now - RECENT_DAYS * SECONDS_A_DAY;
}

/* The day ends with an emergency of five to five, on which nobody has acted yet: somebody who asked in the
 * last weeks and waits asked at that moment instead. In the order of recording it is the last one. */
static void end_with_emergency(struct town *t, struct town_request *request)
{
    int64_t now = t->param.now, at = time_of_nl_day(time_nl_day(now), FIVE_TO_FIVE);
    size_t i = t->n;

    t->emergency = SIZE_MAX;
    while (i > 0 && t->request[i - 1].recorded_at > now - RECENT_DAYS * SECONDS_A_DAY &&
           !can_be_emergency(t, i - 1))
        i--;
    if (i == 0 || !can_be_emergency(t, i - 1))
        return;
    if (at + 300 > now)
        at = now - 300;
    struct town_request q = request[i - 1];
    q.urgency = q.urgency_now = TOWN_EMERGENCY;
    q.theme = TOWN_RELATIONS;
    q.route = TOWN_PHONE;
    q.received_at = at;
    q.recorded_at = at + 60;
    q.allocated_at = TIME_NONE;
    for (size_t k = i; k < t->n; k++) {
        request[k - 1] = request[k];
        if (request[k - 1].again >= (int32_t)i)
            request[k - 1].again--;
    }
    request[t->n - 1] = q;
    t->emergency = t->n - 1;
}

bool town_simulate(const struct town_param *p, struct arena *a, struct town *ret_town)
{
    struct simulation s = { .p = *p, .a = a };
    struct town t = { .param = *p };
    struct town_request *request;

    rng_seed(&s.rng, p->seed);
    if (!prepare(&s))
        return false;
    for (int32_t day = p->from; day < p->from + s.days && (day <= p->to || s.open > 0); day++) {
        run_day(&s, day);
        if (s.full)
            return false;
    }
    if (!arrange(&s, &t, &request))
        return false;
    end_with_emergency(&t, request);
    t.worker = s.worker;
    t.workers = s.workers;
    *ret_town = t;
    return true;
}
