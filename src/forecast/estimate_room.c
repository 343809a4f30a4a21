// SPDX-License-Identifier: EUPL-1.2
/* The room that workers have. It is not what a norm says but what is carried while people wait: as long as
 * somebody waits a place that comes free is filled, so the cases of those who are there are the room, for a
 * full working week (weight of cases is in it); who works less has that part of it. On the first day it is
 * what is carried now, so that the list does not jump; after that it goes back to what it was in the last
 * weeks. */
#include "forecast/estimate_staff.h"

#include <math.h>

enum { RETURN_DAYS = 28, OVERFULL_WEEKS = 2 };
#define ROOM_HALF_LIFE 5.   /* weeks */
#define OVERFULL_LEAST 0.03 /* of the working time: less does not show among the cases that end in a week */

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
        if (staff_serves(v, w, at)) {
            bool here = !view_away(v, w, at);
            serving += staff_hours(v, w);
            there += here ? staff_hours(v, w) : 0;
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

/* Whether somebody waits who could have had a place on the last day that help started: then none was free. */
static bool waits_now(const struct staff *s)
{
    int32_t waited = s->m->day - evening(s->param, 0);

    for (size_t i = 0; s->state->origin == s->param->origin && i < s->m->n; i++)
        if (s->m->waiting[i].resumes <= 0 && s->m->waiting[i].waited >= waited)
            return true;
    return false;
}

/* Room of one worker, week by week: what was carried, which is all there was when somebody waited. */
struct carried_week {
    double cases, weight; /* no weight: it says nothing */
    bool full;
};

/* When hardly anybody waited in these weeks: one without a list says that there was at least so much room,
 * and counts as the mean where less than that was carried (censored data: Dempster, Laird & Rubin 1977,
 * Journal of the Royal Statistical Society B 39:1-38, section 4.2; without their spread). */
static double mean_of_bounds(const struct carried_week *week, size_t n, double mean)
{
    for (int i = 0; i < 100; i++) {
        double sum = 0, weight = 0;

        for (size_t k = 0; k < n; k++) {
            sum += week[k].weight * (week[k].full ? week[k].cases : fmax(week[k].cases, mean));
            weight += week[k].weight;
        }
        mean = sum / weight;
    }
    return mean;
}

/* Weeks in which nobody waited say only that there was at least so much room. What cases weigh changes as
 * slowly as help ends, so the mean of the weeks says little more of the weeks to come than one of them: what
 * is not known of the room is the spread of the weeks, not that of their mean. */
static struct room room_of(const struct staff *s, const double *list)
{
    const struct view *v = s->param;
    double weight = 0, sum = 0, square = 0, most = 0, waited = 0, given = 0, givers = 0;
    struct room r = { .now = overfull(s, 0) ? (double)NAN : carried(s, 0) };
    size_t weeks = v->weeks < ROOM_WEEKS ? v->weeks : ROOM_WEEKS;
    struct carried_week week[ROOM_WEEKS] = { 0 };

    for (size_t k = 0; k < weeks; k++) {
        double x = carried(s, k), w = exp2(-(double)k / ROOM_HALF_LIFE);
        if (!(x > 0))
            continue;
        most = fmax(most, x);
        week[k] = (struct carried_week){ x, overfull(s, k) ? 0 : w, list[v->weeks - 1 - k] >= 1 };
        if (!week[k].full || !(week[k].weight > 0))
            continue;
        waited++;
        weight += w;
        sum += w * x;
        square += w * x * x;
    }
    for (size_t w = 0; w < v->h->workers; w++)
        if (staff_serves(v, w, v->origin) && v->h->worker_of[w].room > 0) {
            given += (double)v->h->worker_of[w].room;
            givers += staff_hours(v, w);
        }
    r.sd = 0.02;
    if (waited >= 4 && waited * 2 > (double)weeks) {
        r.mean = sum / weight;
        double spread = sqrt(fmax(square / weight - r.mean * r.mean, 0));
        r.sd = fmax(spread / r.mean, 0.004);
    } else if (waits_now(s) && r.now > 0) {
        r.mean = mean_of_bounds(week, weeks, r.now);
    } else {
        r.mean = givers > 0 ? given / givers : most * 1.05;
        r.now = r.mean;
    }
    if (!(r.now > 0))
        r.now = r.mean;
    return r;
}

/* ── The days to come ─────────────────────────────────────────────────────────────────────────────────────
 */

/* The hours on average of those who are there on the day of the forecast; of all, when nobody is. */
static double hours_here(const struct staff *s, size_t n)
{
    double sum = 0, people = 0, all = 0;

    for (size_t w = 0; w < n; w++) {
        bool here = staff_here(s, w);
        sum += here ? (double)s->hours[w] : 0;
        people += here;
        all += (double)s->hours[w];
    }
    return people > 0 ? sum / people : all / (double)n;
}

static void room_days(const struct staff *s, double hours, const struct room *r, float *room)
{
    for (int32_t d = 0; d < s->m->days; d++) {
        double back = exp(-(double)d / RETURN_DAYS);
        room[d] = (float)((r->mean + (r->now - r->mean) * back) * hours *
                          (1 - presence_at(s->state, s->how->plan, s->m->day + d)));
    }
}

/* Who is there has so much more or less room than the average as cases, which were dealt by hours: cases are
 * whole and the average is not, and on the first day nobody has a place that is not there. Who is away or
 * still comes has it by hours. */
static void set_more(struct staff *s, size_t n, double hours, double room)
{
    double cases = 0, here = 0;

    for (size_t w = 0; w < n; w++)
        if (staff_here(s, w)) {
            cases += s->worker[w].case_n;
            here++;
        }
    for (size_t w = 0; w < n; w++) {
        double more =
            staff_here(s, w) ? s->worker[w].case_n - cases / here : room * ((double)s->hours[w] / hours - 1);
        s->worker[w].more = (float)fmax(-250, fmin(250, more));
    }
}

bool room_estimate(struct staff *s, size_t n, const double *list, float *room, double *ret_sd)
{
    count_cases(s);
    struct room r = room_of(s, list);
    if (!(r.mean > 0))
        return false;
    double hours = hours_here(s, n);
    room_days(s, hours, &r, room);
    set_more(s, n, hours, (double)room[0]);
    *ret_sd = r.sd;
    return true;
}
