// SPDX-License-Identifier: EUPL-1.2
/* Workers: who is there, the cases they carry, the room that they have, absence.
 *
 * Room is not what a norm says but what is carried while people wait: as long as somebody waits a place that
 * comes free is filled, so the cases of those who are there are the room, for a full working week (weight of
 * cases is in it); who works less has that part of it. On the first day it is what is carried now, so that
 * the list does not jump; after that it goes back to what it was in the last weeks. Running cases are spread
 * over those who are there, because the model knows one room for all. */
#include "forecast/estimate_core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_WEEKS = 26, RETURN_DAYS = 28 };
#define ROOM_HALF_LIFE 5. /* weeks */
enum { OVERFULL_WEEKS = 2 };
#define OVERFULL_LEAST 0.03 /* of the working time: less does not show among the cases that end in a week */

struct staff {
    const struct view *state, *param;
    const struct estimate_how *how;
    struct model *m;
    struct model_worker *worker; /* of the model; case_first: place in the history until they are set */
    float *hours;                /* of each of these: part of a full week */
    struct away away;
    int32_t *of_worker;            /* by worker of the history: place in the model; -1 */
    uint16_t (*cases)[ROOM_WEEKS]; /* by worker of the history + 1: nobody's */
};

static int32_t ends(const struct view *v, const struct history_worker *w)
{
    return w->to != INT32_MAX && w->to_known <= v->origin ? w->to : INT32_MAX;
}

static bool known_worker(const struct view *v, size_t w)
{
    const struct history_worker *k = &v->h->worker_of[w];

    return k->known <= v->origin && (v->team < 0 || k->team == v->team);
}

static bool serves(const struct view *v, size_t w, int32_t at)
{
    return known_worker(v, w) && v->h->worker_of[w].from <= at && at <= ends(v, &v->h->worker_of[w]);
}

/* Part of a full working week. */
static double hours_of(const struct view *v, size_t w)
{
    return v->h->worker_of[w].hours > 0 ? (double)v->h->worker_of[w].hours : 1;
}

/* Share of the working time that goes to presence. */
static double presence_at(const struct view *v, const struct estimate_plan *plan, int32_t tick)
{
    const struct history *h = v->h;
    int64_t week = ((int64_t)tick - h->first_week) / v->week, teams = (int64_t)h->teams;

    if (plan != NULL && plan->presence != NULL && tick >= plan->first_week &&
        ((int64_t)tick - plan->first_week) / v->week < (int64_t)plan->weeks)
        return (double)plan->presence[(tick - plan->first_week) / v->week];
    if (h->presence == NULL || h->weeks == 0)
        return 0;
    week = tick < h->first_week ? 0 : week >= (int64_t)h->weeks ? (int64_t)h->weeks - 1 : week;
    if (v->team >= 0)
        return (double)h->presence[v->team * (int64_t)h->weeks + week];
    double sum = 0;
    for (int64_t t = 0; t < teams; t++)
        sum += (double)h->presence[t * (int64_t)h->weeks + week];
    return sum / (double)teams;
}

/* ── What was carried ─────────────────────────────────────────────────────────────────────────────────────
 */

/* The evening, k weeks ago, of the last day on which help started: after it places come free that nobody
 * could take yet. */
static int32_t evening(const struct view *v, size_t k)
{
    int32_t at = v->origin - (int32_t)k * v->week;

    for (int32_t back = 0; back < 2 * v->week; back++)
        if (view_working(v, at - back))
            return at - back;
    return at;
}

static void count_cases(struct staff *s)
{
    const struct view *v = s->param;
    size_t weeks = v->weeks < ROOM_WEEKS ? v->weeks : ROOM_WEEKS;
    int32_t at[ROOM_WEEKS];

    if (weeks == 0)
        return;
    for (size_t k = 0; k < weeks; k++)
        at[k] = evening(v, k);
    for (size_t i = 0; i < v->h->n; i++) {
        int32_t start = view_has(v, i) ? view_at(v, &v->h->started[i]) : TICK_NONE;
        int32_t end = view_at(v, &v->h->closed[i]);
        if (start == TICK_NONE || (end != TICK_NONE && end <= at[weeks - 1]))
            continue;
        int32_t w = v->h->worker == NULL ? -1 : v->h->worker[i];
        for (size_t k = 0; k < weeks && start <= at[k]; k++)
            if (end == TICK_NONE || end > at[k])
                s->cases[w < 0 ? v->h->workers : (size_t)w][k]++;
    }
}

/* Cases of one who is there at full strength and works a full week, k weeks ago; NaN when nobody was. */
static double carried(const struct staff *s, size_t k)
{
    const struct view *v = s->param;
    int32_t at = evening(v, k);
    double there = 0, serving = 0, cases = 0, nobody = s->cases[v->h->workers][k];
    size_t people = 0;

    for (size_t w = 0; w < v->h->workers; w++)
        if (serves(v, w, at)) {
            bool here = !view_away(v, w, at);
            serving += hours_of(v, w);
            there += here ? hours_of(v, w) : 0;
            people += here;
            cases += here ? s->cases[w][k] : 0;
        }
    if (people == 0)
        return (double)NAN;
    cases += nobody * there / serving;
    return cases / there / fmax(0.05, 1 - presence_at(v, s->how->plan, at));
}

/* Whether more is carried than there is room for: presence has just taken room, and help that runs is not
 * broken off for it. */
static bool overfull(const struct staff *s, size_t k)
{
    const struct view *v = s->param;
    int32_t at = evening(v, k);
    double now = presence_at(v, s->how->plan, at);

    for (int32_t back = 1; back <= OVERFULL_WEEKS; back++)
        if (now > presence_at(v, s->how->plan, at - back * v->week) + OVERFULL_LEAST)
            return true;
    return false;
}

struct room {
    double now, mean, sd; /* sd: of the logarithm of the room */
};

/* Weeks in which nobody waited say only that there was at least so much room. What cases weigh changes as
 * slowly as help ends, so the mean of the weeks says little more of the weeks to come than one of them: what
 * is not known of the room is the spread of the weeks, not that of their mean. */
static struct room room_of(const struct staff *s, const double *list)
{
    const struct view *v = s->param;
    double weight = 0, sum = 0, square = 0, most = 0, waited = 0, given = 0, givers = 0;
    struct room r = { .now = overfull(s, 0) ? (double)NAN : carried(s, 0) };
    size_t weeks = v->weeks < ROOM_WEEKS ? v->weeks : ROOM_WEEKS;

    for (size_t k = 0; k < weeks; k++) {
        double x = carried(s, k), w = exp2(-(double)k / ROOM_HALF_LIFE);
        if (!(x > 0))
            continue;
        most = fmax(most, x);
        if (list[v->weeks - 1 - k] < 1 || overfull(s, k))
            continue;
        waited++;
        weight += w;
        sum += w * x;
        square += w * x * x;
    }
    for (size_t w = 0; w < v->h->workers; w++)
        if (serves(v, w, v->origin) && v->h->worker_of[w].room > 0) {
            given += (double)v->h->worker_of[w].room;
            givers += hours_of(v, w);
        }
    r.sd = 0.02;
    if (waited >= 4 && waited * 2 > (double)weeks) {
        r.mean = sum / weight;
        double spread = sqrt(fmax(square / weight - r.mean * r.mean, 0));
        r.sd = fmax(spread / r.mean, 0.004);
    } else {
        r.mean = givers > 0 ? given / givers : most * 1.05;
        r.now = r.mean;
    }
    if (!(r.now > 0))
        r.now = r.mean;
    return r;
}

/* ── Who is there ─────────────────────────────────────────────────────────────────────────────────────────
 */

static size_t add_workers(struct staff *s)
{
    const struct view *v = s->state;
    size_t n = 0;

    for (size_t w = 0; w < v->h->workers; w++) {
        const struct history_worker *k = &v->h->worker_of[w];
        int32_t to = ends(v, k), day0 = v->origin;
        s->of_worker[w] = -1;
        if (!known_worker(v, w) || to <= day0 || k->from - day0 > s->m->days)
            continue;
        if (n >= MODEL_WORKERS_MAX)
            return n + 1;
        s->of_worker[w] = (int32_t)n;
        s->hours[n] = (float)hours_of(v, w);
        s->worker[n] = (struct model_worker){ .from = k->from > day0 ? k->from - day0 : 0,
                                              .to = to == INT32_MAX ? INT32_MAX : to - day0 };
        n++;
    }
    return n;
}

static size_t plan_workers(struct staff *s, size_t n)
{
    const struct estimate_plan *p = s->how->plan;

    for (size_t i = 0; p != NULL && i < p->staffs; i++) {
        int32_t day = p->staff[i].from - s->state->origin, k = p->staff[i].n;
        day = day < 0 ? 0 : day;
        for (; k > 0; k--) {
            if (n >= MODEL_WORKERS_MAX)
                return n + 1;
            s->hours[n] = 1;
            s->worker[n++] = (struct model_worker){ .from = day, .to = INT32_MAX };
        }
        for (size_t w = n; w-- > 0 && k < 0;)
            if (s->worker[w].to == INT32_MAX && s->worker[w].from < day) {
                s->worker[w].to = day - 1;
                k++;
            }
    }
    return n;
}

static void set_leave(uint64_t *leave, const struct model *m, size_t w, int32_t from, int32_t to)
{
    for (int32_t d = from > m->day ? from - m->day : 0; d < m->days && d <= to - m->day; d++)
        leave[d] |= (uint64_t)1 << w;
}

static int ascending(const void *pa, const void *pb)
{
    int32_t a = *(const int32_t *)pa, b = *(const int32_t *)pb;

    return a < b ? -1 : a > b;
}

/* How long those who are ill now for weeks stay away. One chance of coming back for all cannot say that: who
 * has been ill for long stays ill for long. */
struct ill {
    int32_t so_far;
    size_t worker;
};

static int longest_first(const void *pa, const void *pb)
{
    const struct ill *a = pa, *b = pb;

    return a->so_far != b->so_far ? (a->so_far < b->so_far ? 1 : -1)
                                  : (a->worker > b->worker) - (a->worker < b->worker);
}

enum { ILL_LONG = 14, UNSEEN = 3, UNSEEN_EACH = 3, REST_MOST = 600 };

/* What is left of an illness of so long at a level: of what longer illnesses still took, and of what has not
 * been seen yet, of which the chance of lasting t times as long is one over the root of t (between Gott's
 * 1993, Nature 363:315-319, p. 315, with one over t, and never). That counts the more the more are ill at the
 * same time: a wave is no longer as it always was. */
static int32_t rest_of_ill(const struct view *v, int32_t so_far, size_t ill, double level)
{
    int32_t rest[REST_MOST];
    size_t n = 0, unseen = UNSEEN + UNSEEN_EACH * (ill - 1);

    for (; n < unseen && n < REST_MOST / 2; n++) {
        double over = 1 - ((double)n + 0.5) / (double)unseen;
        rest[n] = (int32_t)fmin(so_far * (1 / (over * over) - 1), MODEL_DAYS_MAX);
    }
    for (size_t i = 0; i < v->h->absences && n < REST_MOST; i++) {
        const struct history_absence *x = &v->h->absence[i];
        if (!x->planned && x->known <= v->origin && x->to_known <= v->origin && x->to <= v->origin &&
            x->to - x->from >= so_far)
            rest[n++] = x->to - x->from - so_far + 1;
    }
    qsort(rest, n, sizeof *rest, ascending);
    size_t at = (size_t)(level * (double)n);
    return rest[at] > 0 ? rest[at] : 1;
}

/* Spread over those who are ill: they do not all come back on one day. In the order 1/2, 1/4, 3/4, 1/8 ... of
 * van der Corput 1935, so that levels do not go with how long somebody has been ill. */
static void set_back(struct staff *s, struct ill *ill, size_t n)
{
    qsort(ill, n, sizeof *ill, longest_first);
    for (size_t k = 0; k < n; k++) {
        double level = 0, part = 0.5;
        for (size_t i = k + 1; i > 0; i /= 2) {
            level += part * (double)(i % 2);
            part /= 2;
        }
        s->worker[ill[k].worker].back = rest_of_ill(s->state, ill[k].so_far, n, level);
    }
}

/* Planned absence as a mask by day, illness of today as `back`. */
static bool set_absence(struct staff *s)
{
    const struct view *v = s->state;
    const struct estimate_plan *p = s->how->plan;
    uint64_t *leave = arena_array(v->a, (size_t)s->m->days, sizeof *leave);
    struct ill ill[MODEL_WORKERS_MAX];
    size_t ills = 0;

    if (leave == NULL)
        return false;
    for (size_t i = 0; i < v->h->absences; i++) {
        const struct history_absence *x = &v->h->absence[i];
        int32_t w = s->of_worker[x->worker], to = view_away_to(v, x);
        if (w < 0 || x->known > v->origin || to <= v->origin)
            continue;
        if (x->planned)
            set_leave(leave, s->m, (size_t)w, x->from, to);
        else if (x->from <= v->origin)
            s->worker[w].back = to == INT32_MAX ? -1 : to + 1 - v->origin;
        if (!x->planned && x->from <= v->origin - ILL_LONG && to == INT32_MAX && ills < MODEL_WORKERS_MAX)
            ill[ills++] = (struct ill){ v->origin - x->from, (size_t)w };
    }
    set_back(s, ill, ills);
    for (size_t i = 0; p != NULL && i < p->leaves; i++)
        if (p->leave[i].worker < v->h->workers && s->of_worker[p->leave[i].worker] >= 0)
            set_leave(leave, s->m, (size_t)s->of_worker[p->leave[i].worker], p->leave[i].from,
                      p->leave[i].to);
    s->m->leave = leave;
    return true;
}

/* ── Their cases ──────────────────────────────────────────────────────────────────────────────────────────
 */

static bool here_now(const struct staff *s, size_t w)
{
    return s->worker[w].from == 0 && s->worker[w].back == 0 &&
           (s->m->leave == NULL || (s->m->leave[0] >> w & 1) == 0);
}

/* To whom the cases go: who is ill or on leave keeps the own ones, the others share theirs in turn. */
static void deal(const struct staff *s, size_t n, size_t row, size_t *next, int32_t *ret_worker)
{
    const struct history *h = s->state->h;
    int32_t w = h->worker == NULL || h->worker[row] < 0 ? -1 : s->of_worker[h->worker[row]];

    *ret_worker = w;
    if (w < 0 && h->worker != NULL && h->worker[row] >= 0) /* of somebody who has gone */
        return;
    if (w >= 0 && !here_now(s, (size_t)w))
        return;
    for (size_t k = 0; k < n; k++) {
        *next = (*next + 1) % n;
        if (here_now(s, *next)) {
            *ret_worker = (int32_t)*next;
            return;
        }
    }
}

/* Cases that would have ended by now if help ended on closed days too: what ends in a weekend shows on
 * Monday, while the model, which knows no weekdays of ending, begins to count after it. */
static double pending(const struct view *v)
{
    int32_t closed = 0;
    double ended = 0;

    while (closed < 14 && !view_working(v, v->origin - closed))
        closed++;
    for (size_t i = 0; i < v->h->n && closed > 0; i++)
        ended +=
            view_has(v, i) && view_knows(v, &v->h->closed[i]) && v->h->closed[i].at > v->origin - 8 * v->week;
    return closed * ended / (8 * v->week) * (1 - view_ends_closed(v));
}

/* Ticks that its worker was there. */
static int32_t lasted(const struct staff *s, size_t row)
{
    const struct history *h = s->state->h;
    int32_t from = h->started[row].at, w = h->worker == NULL ? -1 : h->worker[row];

    return s->m->day - from - away_days(&s->away, w, from, s->m->day);
}

static bool set_cases(struct staff *s, size_t n)
{
    const struct view *v = s->state;
    int32_t *of = arena_array(v->a, v->h->n + 1, sizeof *of), *open;
    size_t next = 0, all = 0, cases = 0;
    double over = 0, gone = pending(v);

    if (of == NULL)
        return false;
    for (size_t i = 0; i < v->h->n; i++)
        cases += view_has(v, i) && view_knows(v, &v->h->started[i]) && !view_knows(v, &v->h->closed[i]);
    for (size_t i = 0; i < v->h->n; i++) {
        of[i] = -1;
        if (!view_has(v, i) || !view_knows(v, &v->h->started[i]) || view_knows(v, &v->h->closed[i]))
            continue;
        over += gone / (double)cases; /* evenly over all of them */
        if (over >= 1) {
            over--;
            continue;
        }
        deal(s, n, i, &next, &of[i]);
        if (of[i] >= 0 && s->worker[of[i]].case_n < 250) {
            s->worker[of[i]].case_n++;
            all++;
        } else {
            of[i] = -1;
        }
    }
    if ((open = arena_array(v->a, all + 1, sizeof *open)) == NULL)
        return false;
    for (size_t w = 0, at = 0; w < n; w++) {
        s->worker[w].case_first = (uint32_t)at;
        at += s->worker[w].case_n;
        s->worker[w].case_n = 0;
    }
    for (size_t i = 0; i < v->h->n; i++)
        if (of[i] >= 0) {
            struct model_worker *w = &s->worker[of[i]];
            open[w->case_first + w->case_n++] = lasted(s, i) / v->h->ticks_a_day;
        }
    s->m->open = open;
    s->m->opens = all;
    return true;
}

/* ── Illness ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Days of one illness that count for the usual one: who is ill for long is foreseen apart (set_back), and a
 * third of the workers away for half a year says nothing of a cold. */
#define ILL_COUNTS 42

static void count_illness(const struct view *v, struct level_week *week, struct staff_fit *fit)
{
    int32_t first = view_week_end(v, 0) - v->week + 1;

    for (size_t w = 0; w < v->h->workers; w++)
        for (size_t k = 0; k < v->weeks; k++)
            week[k].exposure += serves(v, w, view_week_end(v, k)) ? v->week : 0;
    for (size_t i = 0; i < v->h->absences; i++) {
        const struct history_absence *x = &v->h->absence[i];
        if (x->known > v->origin || x->from > v->origin || !known_worker(v, x->worker))
            continue;
        fit->absence = true;
        if (x->planned)
            continue;
        int32_t to = view_away_to(v, x), over = to < v->origin ? to + 1 : v->origin + 1,
                begin = x->from > first ? x->from : first;
        size_t k = view_week(v, x->from);
        if (k != SIZE_MAX)
            week[k].events++;
        fit->ill_days += over > begin ? fmin(over - begin, ILL_COUNTS) : 0;
        fit->well += to < v->origin && to >= first;
        for (int32_t d = begin; d < over; d++)
            if ((k = view_week(v, d)) != SIZE_MAX && week[k].exposure >= 1)
                week[k].exposure--;
    }
}

/* The hours of one worker on average, of those in service on a day: the model knows one room for all. */
static double hours_on(const struct staff *s, size_t n, int32_t day)
{
    double sum = 0, people = 0;

    for (size_t w = 0; w < n; w++)
        if (s->worker[w].from <= day && day <= s->worker[w].to) {
            sum += (double)s->hours[w];
            people++;
        }
    return people > 0 ? sum / people : 1;
}

static void room_days(struct staff *s, size_t n, const struct room *r, float *room)
{
    for (int32_t d = 0; d < s->m->days; d++) {
        double back = exp(-(double)d / RETURN_DAYS);
        room[d] = (float)((r->mean + (r->now - r->mean) * back) * hours_on(s, n, d) *
                          (1 - presence_at(s->state, s->how->plan, s->m->day + d)));
    }
}

/* Of the half year to come. */
static double leave_share(const struct staff *s, size_t n)
{
    int32_t days = s->m->days < 182 ? s->m->days : 182;
    double away = 0;

    for (int32_t d = 0; d < days; d++)
        away += __builtin_popcountll(s->m->leave[d]);
    return fmin(0.5, away / (double)n / days);
}

bool staff_estimate(const struct view *state, const struct view *param, const struct estimate_how *how,
                    struct model *m, struct staff_fit *ret_fit)
{
    struct staff s = { .state = state, .param = param, .how = how, .m = m };
    struct level_week week[LEVEL_WEEKS_MAX] = { 0 };
    float *room = arena_array(state->a, (size_t)m->days, sizeof *room);
    double *list = view_list(param);

    s.worker = arena_array(state->a, MODEL_WORKERS_MAX, sizeof *s.worker);
    s.hours = arena_array(state->a, MODEL_WORKERS_MAX, sizeof *s.hours);
    s.of_worker = arena_array(state->a, state->h->workers + 1, sizeof *s.of_worker);
    s.cases = arena_array(state->a, state->h->workers + 1, sizeof *s.cases);
    if (room == NULL || list == NULL || s.worker == NULL || s.hours == NULL || s.of_worker == NULL ||
        s.cases == NULL)
        return false;
    size_t n = add_workers(&s);
    if (n <= MODEL_WORKERS_MAX)
        n = plan_workers(&s, n);
    if (n == 0 || n > MODEL_WORKERS_MAX || param->weeks < 4)
        return true;
    if (!staff_away(state, &s.away) || !set_absence(&s) || !set_cases(&s, n))
        return false;
    count_cases(&s);
    struct room r = room_of(&s, list);
    if (!(r.mean > 0))
        return true;
    room_days(&s, n, &r, room);
    ret_fit->room_sd = r.sd;
    count_illness(param, week, ret_fit);
    level_of_counts(week, param->weeks, 1. / 120, 1, &ret_fit->ill);
    ret_fit->leave = leave_share(&s, n);
    m->worker = s.worker;
    m->workers = n;
    m->room = room;
    return true;
}
