// SPDX-License-Identifier: EUPL-1.2
/* Workers: who is there, planned absence, the cases they carry. Running cases are spread over those who are
 * there by their hours, because who does what when is not followed. */
#include "forecast/estimate_staff.h"

#include <math.h>

/* ── Who is there ─────────────────────────────────────────────────────────────────────────────────────────
 */

static size_t add_workers(struct staff *s)
{
    const struct view *v = s->state;
    size_t n = 0;

    for (size_t w = 0; w < v->h->workers; w++) {
        const struct history_worker *k = &v->h->worker_of[w];
        int32_t to = staff_ends(v, k), day0 = v->origin;
        s->of_worker[w] = -1;
        if (!staff_known(v, w) || to <= day0 || k->from - day0 > s->m->days)
            continue;
        if (n >= MODEL_WORKERS_MAX)
            return n + 1;
        s->of_worker[w] = (int32_t)n;
        s->hours[n] = (float)staff_hours(v, w);
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

/* Planned absence as a mask by day, illness of today as the day of return. */
static bool set_absence(struct staff *s)
{
    const struct view *v = s->state;
    const struct estimate_plan *p = s->how->plan;
    uint64_t *leave = arena_array(v->a, (size_t)s->m->days, sizeof *leave);
    int32_t so_far[MODEL_WORKERS_MAX] = { 0 };

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
        if (!x->planned && to == INT32_MAX && v->origin - x->from > so_far[w])
            so_far[w] = v->origin - x->from;
    }
    if (!illness_back(s, so_far))
        return false;
    for (size_t i = 0; p != NULL && i < p->leaves; i++)
        if (p->leave[i].worker < v->h->workers && s->of_worker[p->leave[i].worker] >= 0)
            set_leave(leave, s->m, (size_t)s->of_worker[p->leave[i].worker], p->leave[i].from,
                      p->leave[i].to);
    s->m->leave = leave;
    return true;
}

/* ── Their cases ──────────────────────────────────────────────────────────────────────────────────────────
 */

/* To whom the cases go: who is ill or on leave keeps the own ones, the others share theirs by their hours. */
static int32_t deal(const struct staff *s, size_t n, size_t row)
{
    const struct history *h = s->state->h;
    int32_t w = h->worker == NULL || h->worker[row] < 0 ? -1 : s->of_worker[h->worker[row]];
    double least = INFINITY;

    if (w < 0 && h->worker != NULL && h->worker[row] >= 0) /* of somebody who has gone */
        return w;
    if (w >= 0 && !staff_here(s, (size_t)w))
        return w;
    for (size_t k = 0; k < n; k++) {
        double share = (s->worker[k].case_n + 0.5) / (double)s->hours[k];
        if (share < least && staff_here(s, k)) {
            w = (int32_t)k;
            least = share;
        }
    }
    return w;
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
    size_t all = 0, cases = 0;
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
        of[i] = deal(s, n, i);
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
    if (!room_estimate(&s, n, list, room, &ret_fit->room_sd))
        return true;
    illness_count(param, week, ret_fit);
    level_of_counts(week, param->weeks, 1. / 120, 1, &ret_fit->ill);
    ret_fit->leave = leave_share(&s, n);
    m->worker = s.worker;
    m->workers = n;
    m->room = room;
    return true;
}
