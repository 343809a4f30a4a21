// SPDX-License-Identifier: EUPL-1.2
/* Illness: how often, how long, and when who is ill now is back. */
#include "forecast/estimate_staff.h"

#include <math.h>
#include <stdlib.h>

/* Days of one illness that count for the usual one: who is ill for long is foreseen apart (illness_back), and
 * a third of the workers away for half a year says nothing of a cold. */
#define ILL_COUNTS 42

void illness_count(const struct view *v, struct level_week *week, struct staff_fit *fit)
{
    int32_t first = view_week_end(v, 0) - v->week + 1;

    for (size_t w = 0; w < v->h->workers; w++)
        for (size_t k = 0; k < v->weeks; k++)
            week[k].exposure += staff_serves(v, w, view_week_end(v, k)) ? v->week : 0;
    for (size_t i = 0; i < v->h->absences; i++) {
        const struct history_absence *x = &v->h->absence[i];
        if (x->known > v->origin || x->from > v->origin || !staff_known(v, x->worker))
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

/* ── Who is ill for weeks ─────────────────────────────────────────────────────────────────────────────────
 */

enum { ILL_LONG = 14 };
#define AS_BEFORE 3. /* for one illness in a way that was not seen before */

/* Longer illnesses that are over, the shortest first. */
struct seen {
    int32_t *days;
    size_t n;
};
/* Who is ill for weeks on the day of the forecast. */
struct ill {
    int32_t *back; /* by draw */
    int32_t so_far;
    size_t longer; /* of those that were seen: how many lasted at least so long */
};

static int ascending(const void *pa, const void *pb)
{
    int32_t a = *(const int32_t *)pa, b = *(const int32_t *)pb;

    return a < b ? -1 : a > b;
}

static bool see(const struct view *v, struct seen *s)
{
    *s = (struct seen){ .days = arena_array(v->a, v->h->absences + 1, sizeof *s->days) };
    if (s->days == NULL)
        return false;
    for (size_t i = 0; i < v->h->absences; i++) {
        const struct history_absence *x = &v->h->absence[i];
        if (!x->planned && x->known <= v->origin && x->to_known <= v->origin && x->to <= v->origin &&
            x->to - x->from >= ILL_LONG)
            s->days[s->n++] = x->to - x->from + 1;
    }
    qsort(s->days, s->n, sizeof *s->days, ascending);
    return true;
}

/* Whether those who are ill now are so as others were before, or all in a way that was not seen yet (a wave,
 * a conflict at work): the odds that nobody of them is back yet. As before: the share of earlier illnesses
 * that lasted as long, of each (with the prior of Jeffreys: Brown, Cai & DasGupta 2001, Statistical Science
 * 16:101-133, p. 108). In a new way nothing is known but that the chance of coming back is the same for all:
 * after `days` of them together it is ILL_LONG / days. */
static double odds_as_before(const struct ill *ill, size_t n, const struct seen *s, double days)
{
    double odds = AS_BEFORE * days / ILL_LONG;

    for (size_t k = 0; k < n; k++)
        odds *= ((double)ill[k].longer + 0.5) / ((double)s->n + 1);
    return odds;
}

static size_t list_ill(const struct staff *s, const int32_t *so_far, const struct seen *seen, size_t draws,
                       struct ill *ill)
{
    size_t n = 0;

    for (size_t w = 0; w < MODEL_WORKERS_MAX; w++) {
        size_t shorter = 0;

        if (so_far[w] < ILL_LONG)
            continue;
        while (shorter < seen->n && seen->days[shorter] <= so_far[w])
            shorter++;
        ill[n] =
            (struct ill){ arena_array(s->state->a, draws, sizeof *ill->back), so_far[w], seen->n - shorter };
        if (ill[n].back == NULL)
            return SIZE_MAX;
        s->worker[w].back_of = ill[n++].back;
    }
    return n;
}

/* As before: what a longer illness still took. New: after one worker's illness of s days the chance that t
 * more days are not enough is s / (s + t) (Gott 1993, Nature 363:315-319, p. 315). That is an exponential
 * time whose rate is itself exponential with mean 1 / s; of several, one rate, from their days together: they
 * all stay long, or all come back soon. */
static void draw_back(const struct seen *seen, struct ill *ill, size_t n, size_t draw, double odds,
                      double days, struct rng *r)
{
    bool before = rng_unit(r) * (1 + odds) < odds;
    double rate = rng_exponential(r, 1 / days);

    for (size_t k = 0; k < n; k++) {
        double rest = before && ill[k].longer > 0
                          ? seen->days[seen->n - 1 - rng_below(r, ill[k].longer)] - ill[k].so_far
                          : 1 + rng_exponential(r, 1 / rate);
        ill[k].back[draw] = (int32_t)fmin(rest, MODEL_DAYS_MAX);
    }
}

bool illness_back(struct staff *s, const int32_t *so_far)
{
    size_t draws = estimate_draws(s->how), n;
    double days = ILL_LONG;
    struct ill ill[MODEL_WORKERS_MAX];
    struct seen seen;
    struct rng r;

    if (!see(s->state, &seen) || (n = list_ill(s, so_far, &seen, draws, ill)) == SIZE_MAX)
        return false;
    for (size_t k = 0; k < n; k++)
        days += ill[k].so_far - ILL_LONG;
    double odds = odds_as_before(ill, n, &seen, days);
    rng_seed(&r, s->how->seed ^ 0xd1b54a32d192ed03u);
    for (size_t d = 0; n > 0 && d < draws; d++)
        draw_back(&seen, ill, n, d, odds, days, &r);
    return true;
}
