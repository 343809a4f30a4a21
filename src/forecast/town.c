// SPDX-License-Identifier: EUPL-1.2
#include "forecast/town_core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RUN_ON_DAYS 700     /* after the last day, until everybody has had a turn */
#define WORKERS_AN_FTE 1.15 /* many work four days */
#define QUEUE_START 64

/* Who waits in one team, who asked first in front. */
struct queue {
    uint32_t *item;
    size_t n, room;
};
/* The next request that is typed in, or whose help ends, on the same day; -1: none. */
struct link {
    int32_t entering, ending;
};
struct simulation {
    struct town_param p;
    struct arena *a;
    struct rng rng;
    struct town_request *request;
    size_t n, room;
    struct town_worker *worker;
    size_t workers, worker_room;
    struct queue queue[TOWN_TEAMS];
    double load[TOWN_TEAMS];     /* hours a week that running cases take */
    double *release[TOWN_TEAMS]; /* by day since the first: hours a week of old clients that end then */
    struct link *link;           /* of every request */
    size_t link_room;
    int32_t *entering, *ending;   /* by day since the first: the first of those typed in, or ended, then */
    int32_t days, last_open;      /* days in the arrays; the last working day */
    uint32_t *active[TOWN_TEAMS]; /* who works there this month */
    size_t actives[TOWN_TEAMS];
    int64_t open; /* in the register and had no turn yet */
    bool full;    /* the arena is */
};

static void *grown(struct simulation *s, void *old, size_t n, size_t *room, size_t size)
{
    size_t more = *room > 0 ? *room * 2 : QUEUE_START;
    void *p;

    if (n < *room)
        return old;
    p = arena_array(s->a, more, size);
    if (p == NULL) {
        s->full = true;
        return NULL;
    }
    if (n > 0)
        memcpy(p, old, n * size);
    *room = more;
    return p;
}

/* ── Staff ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static void hire(struct simulation *s, int team, int32_t day)
{
    static const double share[TOWN_DISCIPLINES] = { 46, 18, 10, 14, 8, 4 };
    struct town_worker *w = grown(s, s->worker, s->workers, &s->worker_room, sizeof *w);

    if (w == NULL)
        return;
    s->worker = w;
    s->worker[s->workers++] =
        (struct town_worker){ .team = (uint8_t)team,
                              .discipline = (uint8_t)rng_choice(&s->rng, share, TOWN_DISCIPLINES),
                              .from = day,
                              .to = INT32_MAX };
}

/* At the beginning of a month people leave and others come. */
static void change_staff(struct simulation *s, int32_t day)
{
    for (int team = 0; team < TOWN_TEAMS; team++) {
        size_t wanted = (size_t)llround(fmax(1, town_team_fte(&s->p, team, day) * WORKERS_AN_FTE)), n = 0;
        for (size_t i = 0; i < s->workers; i++) {
            struct town_worker *w = &s->worker[i];
            if (w->team != team || w->to < day)
                continue;
            bool leaves = w->from < day && rng_unit(&s->rng) < TOWN_TURNOVER_YEARLY / 12;
            if (leaves || n >= wanted)
                w->to = day - 1;
            else
                n++;
        }
        for (; n < wanted && !s->full; n++)
            hire(s, team, day);
        s->actives[team] = 0;
        s->active[team] = arena_array(s->a, wanted, sizeof *s->active[team]);
        if (s->active[team] == NULL)
            s->full = true;
        for (size_t i = 0; i < s->workers && !s->full; i++)
            if (s->worker[i].team == team && s->worker[i].to >= day)
                s->active[team][s->actives[team]++] = (uint32_t)i;
    }
}

/* The one with the least to do of two. */
static int32_t choose_worker(struct simulation *s, int team)
{
    const uint32_t *active = s->active[team];
    uint32_t a = active[rng_below(&s->rng, s->actives[team])],
             b = active[rng_below(&s->rng, s->actives[team])];

    return (int32_t)(s->worker[a].cases <= s->worker[b].cases ? a : b);
}

/* ── Arrivals ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static int32_t next_open(const struct simulation *s, int32_t day)
{
    return calendar_add_working(s->p.calendar, day, 0);
}

static enum town_route choose_route(struct simulation *s, int32_t day)
{
    double share[TOWN_CARRY_OVER] = { 38, 14, 9, 13, 11, 11, 4 };

    if (!calendar_is_working(s->p.calendar, day))
        return TOWN_WEB;
    if (town_school_holiday(day))
        share[TOWN_SCHOOL] = 0;
    if (town_month(&s->p, day) >= 12)
        share[TOWN_OUTREACH] *= 2;
    return (enum town_route)rng_choice(&s->rng, share, COUNT(share));
}

/* Wmo 46 %, youth 32 % (more in the second neighbourhood), neither 22 %. */
static enum town_theme choose_theme(struct simulation *s, int hood, enum town_route route)
{
    double share[TOWN_THEMES] = { 19, 11, 9, 7, 13, 9, 6, 4, 11, 6, 5 };

    for (int i = TOWN_UPBRINGING; i <= TOWN_DIVORCE; i++)
        share[i] *=
            (hood == 1 ? 1.4 : 1) * (route == TOWN_SCHOOL ? 4 : 1) * (route == TOWN_OUTREACH ? .7 : 1);
    if (hood == 0 || hood == 2)
        share[TOWN_MONEY] *= 1.5;
    return (enum town_theme)rng_choice(&s->rng, share, TOWN_THEMES);
}

static int32_t typing_day(struct simulation *s, const struct town_request *q, int32_t day)
{
    double u = rng_unit(&s->rng);
    int32_t later = 0;

    if (q->urgency != TOWN_EMERGENCY)
        later = u < TOWN_LATE ? 4 + (int32_t)rng_below(&s->rng, 11)
                : u < .18     ? 1 + (int32_t)rng_below(&s->rng, 3)
                              : 0;
    if (q->route == TOWN_WEB && later == 0 && time_nl_second(q->received_at) > 15 * 3600)
        later = 1;
    return next_open(s, day + later);
}

/* When the resident asked, and when that was typed in. */
static void set_moments(struct simulation *s, struct town_request *q, int32_t day)
{
    bool web = q->route == TOWN_WEB;

    q->received_at = town_moment(&s->rng, day, (web ? 7 : 9) * 3600, (web ? 22 : 16) * 3600);
    if (q->urgency == TOWN_EMERGENCY && !web)
        q->received_at = town_moment(&s->rng, day, 9 * 3600, 14 * 3600);
    int32_t typed = typing_day(s, q, day);
    if (typed == day)
        q->recorded_at = q->received_at + 60 * (3 + (int64_t)rng_below(&s->rng, 30));
    else
        q->recorded_at = town_moment(&s->rng, typed, 9 * 3600, 12 * 3600);
}

static struct town_request *add_request(struct simulation *s, int hood)
{
    static const double work[TOWN_WORKS] = { 38, 34, 20, 8 }, urgency[5] = { 0, 15, 60, 19, 6 };
    struct town_request *q = grown(s, s->request, s->n, &s->room, sizeof *q);

    struct link *link = grown(s, s->link, s->n, &s->link_room, sizeof *link);

    if (q == NULL || link == NULL)
        return NULL;
    s->request = q;
    s->link = link;
    s->link[s->n] = (struct link){ -1, -1 };
    q = &s->request[s->n++];
    *q = (struct town_request){ .worse_at = TIME_NONE,
                                .paused_at = TIME_NONE,
                                .resumed_at = TIME_NONE,
                                .allocated_at = TIME_NONE,
                                .started_at = TIME_NONE,
                                .ended_at = TIME_NONE,
                                .turn_at = TIME_NONE,
                                .again = -1,
                                .worker = -1,
                                .hood = (uint8_t)hood,
                                .written_hood = (uint8_t)hood,
                                .team = town_hood_team[hood],
                                .urgency = (uint8_t)rng_choice(&s->rng, urgency, COUNT(urgency)),
                                .work = (uint8_t)rng_choice(&s->rng, work, TOWN_WORKS) };
    q->urgency_now = q->urgency;
    if (rng_unit(&s->rng) < TOWN_WRONG_HOOD)
        q->written_hood = (uint8_t)rng_below(&s->rng, TOWN_HOODS);
    return q;
}

/* Keeps the queue in the order of asking; who is typed in late moves up a little. */
static void enter(struct simulation *s, uint32_t place)
{
    struct queue *k = &s->queue[s->request[place].team];
    uint32_t *item = grown(s, k->item, k->n, &k->room, sizeof *item);
    size_t i;

    if (item == NULL)
        return;
    k->item = item;
    for (i = k->n++; i > 0 && s->request[item[i - 1]].received_at > s->request[place].received_at; i--)
        item[i] = item[i - 1];
    item[i] = place;
}

/* On the queue on the day on which it is typed in. */
static void put_aside(struct simulation *s, size_t place)
{
    int32_t i = time_nl_day(s->request[place].recorded_at) - s->p.from;

    if (s->request[place].recorded_at <= s->p.now)
        s->open++;
    if (i >= s->days)
        return;
    s->link[place].entering = s->entering[i];
    s->entering[i] = (int32_t)place;
}

static void enter_typed(struct simulation *s, int32_t day)
{
    for (int32_t i = s->entering[day - s->p.from]; i >= 0; i = s->link[i].entering)
        enter(s, (uint32_t)i);
}

/* The same question once more, typed in as if it were new and found out some days later. It is in the
 * register, but in no queue. */
static void add_duplicate(struct simulation *s, size_t of)
{
    int32_t day = time_nl_day(s->request[of].recorded_at) + 1 + (int32_t)rng_below(&s->rng, 12);
    struct town_request *q = add_request(s, s->request[of].hood);

    if (q == NULL)
        return;
    const struct town_request *first = &s->request[of];
    day = next_open(s, day);
    q->again = (int32_t)of;
    q->urgency = q->urgency_now = first->urgency == TOWN_EMERGENCY ? TOWN_SOON : first->urgency;
    q->theme = first->theme;
    q->route = TOWN_PHONE;
    q->end = TOWN_DUPLICATE;
    q->received_at = town_moment(&s->rng, day, 9 * 3600, 16 * 3600);
    q->recorded_at = q->received_at + 60 * (3 + (int64_t)rng_below(&s->rng, 20));
    q->ended_at =
        town_moment(&s->rng, next_open(s, day + 1 + (int32_t)rng_below(&s->rng, 10)), 9 * 3600, 16 * 3600);
}

/* Some come back: someone from the same neighbourhood whose help ended at least two weeks ago. */
static int32_t choose_earlier(struct simulation *s, int hood, int64_t at)
{
    for (int i = 0; i < 12 && s->n > 1; i++) {
        size_t k = rng_below(&s->rng, s->n - 1);
        const struct town_request *q = &s->request[k];
        if (q->hood == hood && q->end == TOWN_HELPED && q->ended_at < at - 14 * (int64_t)SECONDS_A_DAY &&
            q->turn_at != TIME_NONE)
            return (int32_t)k;
    }
    return -1;
}

static void arrive(struct simulation *s, int hood, int32_t day)
{
    struct town_request *q;

    if ((q = add_request(s, hood)) == NULL)
        return;
    q->route = (uint8_t)choose_route(s, day);
    q->theme = (uint8_t)choose_theme(s, hood, (enum town_route)q->route);
    set_moments(s, q, day);
    if (rng_unit(&s->rng) < 2 * TOWN_RETURNS)
        q->again = choose_earlier(s, hood, q->received_at);
    if (q->again >= 0)
        q->theme = s->request[q->again].theme;
    put_aside(s, s->n - 1);
    if (rng_unit(&s->rng) < TOWN_DUPLICATES)
        add_duplicate(s, s->n - 1);
}

static void arrive_all(struct simulation *s, int32_t day)
{
    double factor = town_arrival_factor(&s->p, day);

    for (int hood = 0; hood < TOWN_HOODS; hood++) {
        uint64_t n = rng_poisson(&s->rng, s->p.scale * town_hood_weekly[hood] / 5 * factor);
        for (; n > 0 && !s->full; n--)
            arrive(s, hood, day);
    }
}

/* The list that is taken over on the first day: asked in the months before; many chose to wait for it. */
static void take_over(struct simulation *s)
{
    uint64_t n = rng_poisson(&s->rng, s->p.scale * TOWN_CARRY_OVER_N);
    int32_t first = next_open(s, s->p.from);

    for (; n > 0 && !s->full; n--) {
        size_t hood = rng_choice(&s->rng, town_hood_weekly, TOWN_HOODS);
        struct town_request *q;
        if ((q = add_request(s, (int)hood)) == NULL)
            return;
        int32_t before = 1 + (int32_t)fmin(94, fabs(rng_normal(&s->rng)) * TOWN_CARRY_OVER_SD);
        q->route = TOWN_CARRY_OVER;
        q->theme = (uint8_t)choose_theme(s, (int)hood, TOWN_PHONE);
        if (q->urgency == TOWN_EMERGENCY)
            q->urgency = q->urgency_now = TOWN_SOON;
        q->received_at = town_moment(&s->rng, first - before, 9 * 3600, 16 * 3600);
        q->recorded_at = town_moment(&s->rng, next_open(s, first + (int32_t)rng_below(&s->rng, 4)),
                                     9 * 3600 + 300, 16 * 3600);
        if (rng_unit(&s->rng) < TOWN_CHOSE_TO_WAIT) {
            q->paused_at = q->received_at + 3600;
            q->resumed_at = time_of_nl_day(first, 9 * 3600);
        }
        put_aside(s, s->n - 1);
    }
}

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
        q->resumed_at = time_of_nl_day(next_open(s, day + 14 + (int32_t)rng_below(&s->rng, 29)), 9 * 3600);
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
    double weeks = town_work_weeks[q->work] * (.35 + rng_exponential(&s->rng, .65)),
           rate = town_work_hours[q->work] / town_work_weeks[q->work];
    static const double other[TOWN_HELPS] = { 0, 0, 10, 35, 55 };

    q->worker = choose_worker(s, q->team);
    s->worker[q->worker].cases++;
    end = next_open(s, day + (int32_t)(weeks * 7) + 1);
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

    q->turn_at = town_moment(&s->rng, day, (today ? 15 : 9) * 3600, 17 * 3600 - 600);
    s->open -= q->recorded_at <= s->p.now;
    if (left(q))
        return;
    q->started_at = q->turn_at;
    allocated =
        town_moment(&s->rng, next_open(s, day - 1 - (int32_t)rng_below(&s->rng, 5)), 9 * 3600, 16 * 3600);
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
    return day >= (q->urgency_now == TOWN_EMERGENCY ? typed : next_open(s, typed + 1));
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
        change_staff(s, day);
    if (day == s->p.from)
        take_over(s);
    arrive_all(s, day);
    if (s->full)
        return;
    enter_typed(s, day);
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
static bool arrange(struct simulation *s, struct town *t)
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
    t->request = out;
    t->n = n;
    return true;
}

bool town_simulate(const struct town_param *p, struct arena *a, struct town *ret_town)
{
    struct simulation s = { .p = *p, .a = a };
    struct town t = { .param = *p };

    rng_seed(&s.rng, p->seed);
    if (!prepare(&s))
        return false;
    for (int32_t day = p->from; day < p->from + s.days && (day <= p->to || s.open > 0); day++) {
        run_day(&s, day);
        if (s.full)
            return false;
    }
    if (!arrange(&s, &t))
        return false;
    t.worker = s.worker;
    t.workers = s.workers;
    *ret_town = t;
    return true;
}
