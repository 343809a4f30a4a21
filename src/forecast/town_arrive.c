// SPDX-License-Identifier: EUPL-1.2
/* Who works in the made-up municipality, and who asks for help. */
#include "forecast/town_run.h"

#include <math.h>
#include <string.h>

#define WORKERS_AN_FTE 1.15 /* many work four days */
#define ROOM_START 64

static void *grown(struct simulation *s, void *old, size_t n, size_t *room, size_t size)
{
    size_t more = *room > 0 ? *room * 2 : ROOM_START;
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

void town_change_staff(struct simulation *s, int32_t day)
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

int32_t town_choose_worker(struct simulation *s, int team)
{
    const uint32_t *active = s->active[team];
    uint32_t a = active[rng_below(&s->rng, s->actives[team])],
             b = active[rng_below(&s->rng, s->actives[team])];

    return (int32_t)(s->worker[a].cases <= s->worker[b].cases ? a : b);
}

/* ── Arrivals ─────────────────────────────────────────────────────────────────────────────────────────────
 */

int32_t town_next_open(const struct simulation *s, int32_t day)
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
    return town_next_open(s, day + later);
}

/* When the resident asked, and when that was typed in. */
static void set_moments(struct simulation *s, struct town_request *q, int32_t day)
{
    bool web = q->route == TOWN_WEB, open = calendar_is_working(s->p.calendar, day);
    int last = q->urgency == TOWN_EMERGENCY && open ? 14
               : web                                ? 22
                                                    : 16; /* an emergency starts the same day */

    q->received_at = town_moment(&s->rng, day, (web && last == 22 ? 7 : 9) * 3600, last * 3600);
    int32_t typed = typing_day(s, q, day);
    if (typed == day)
        q->recorded_at = q->received_at + 60 * (3 + (int64_t)rng_below(&s->rng, 30));
    else
        q->recorded_at = town_moment(&s->rng, typed, 9 * 3600, 12 * 3600);
}

/* Dealt from a shuffled deck, so that two towns differ by chance but not in how heavy their requests are. */
static uint8_t deal_work(struct simulation *s, int team)
{
    static const int cards[TOWN_WORKS] = { 19, 17, 10, 4 };
    uint8_t *deck = s->deck[team];
    size_t n = 0;

    if (s->dealt[team] % TOWN_DECK == 0) {
        for (int w = 0; w < TOWN_WORKS; w++)
            for (int i = 0; i < cards[w]; i++)
                deck[n++] = (uint8_t)w;
        for (size_t i = TOWN_DECK - 1; i > 0; i--) {
            size_t k = rng_below(&s->rng, i + 1);
            uint8_t swap = deck[i];
            deck[i] = deck[k];
            deck[k] = swap;
        }
    }
    return deck[s->dealt[team]++ % TOWN_DECK];
}

static struct town_request *add_request(struct simulation *s, int hood)
{
    static const double urgency[5] = { 0, 15, 60, 19, 6 };
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
                                .work = deal_work(s, town_hood_team[hood]) };
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

void town_enter_typed(struct simulation *s, int32_t day)
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
    day = town_next_open(s, day);
    q->again = (int32_t)of;
    q->urgency = q->urgency_now = first->urgency == TOWN_EMERGENCY ? TOWN_SOON : first->urgency;
    q->theme = first->theme;
    q->route = TOWN_PHONE;
    q->end = TOWN_DUPLICATE;
    q->received_at = town_moment(&s->rng, day, 9 * 3600, 16 * 3600);
    q->recorded_at = q->received_at + 60 * (3 + (int64_t)rng_below(&s->rng, 20));
    q->ended_at = town_moment(&s->rng, town_next_open(s, day + 1 + (int32_t)rng_below(&s->rng, 10)), 9 * 3600,
                              16 * 3600);
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

void town_arrive(struct simulation *s, int32_t day)
{
    double factor = town_arrival_factor(&s->p, day);

    for (int hood = 0; hood < TOWN_HOODS; hood++) {
        uint64_t n = rng_poisson(&s->rng, s->p.scale * town_hood_weekly[hood] / 5 * factor);
        for (; n > 0 && !s->full; n--)
            arrive(s, hood, day);
    }
}

void town_take_over(struct simulation *s)
{
    uint64_t n = rng_poisson(&s->rng, s->p.scale * TOWN_CARRY_OVER_N);
    int32_t first = town_next_open(s, s->p.from);

    for (; n > 0 && !s->full; n--) {
        size_t hood = rng_choice(&s->rng, town_hood_weekly, TOWN_HOODS);
        struct town_request *q;
        if ((q = add_request(s, (int)hood)) == NULL)
            return;
        int32_t before = 1 + (int32_t)fmin(91, fabs(rng_normal(&s->rng)) * TOWN_CARRY_OVER_SD);
        q->route = TOWN_CARRY_OVER;
        q->theme = (uint8_t)choose_theme(s, (int)hood, TOWN_PHONE);
        if (q->urgency == TOWN_EMERGENCY)
            q->urgency = q->urgency_now = TOWN_SOON;
        q->received_at = town_moment(&s->rng, first - before, 9 * 3600, 16 * 3600);
        q->recorded_at = town_moment(&s->rng, town_next_open(s, first + (int32_t)rng_below(&s->rng, 4)),
                                     9 * 3600 + 300, 16 * 3600);
        if (rng_unit(&s->rng) < TOWN_CHOSE_TO_WAIT) {
            q->paused_at = q->received_at + 3600;
            q->resumed_at = time_of_nl_day(first, 9 * 3600);
        }
        put_aside(s, s->n - 1);
    }
}
