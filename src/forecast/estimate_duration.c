// SPDX-License-Identifier: EUPL-1.2
/* How long help lasts, from running and ended cases together.
 *
 * Cases that began before the record began and ended before it are not there: a case counts from the day on
 * which it would have been seen (left truncation). A running case counts as long as it lasts (right
 * censoring). Ended cases alone would say too short, and later than the change: with help a fifth longer they
 * still tell of the old help for months. Both are right when events are counted per day at risk, by length so
 * far and by week of the calendar (a Lexis diagram: Keiding 1990, Philosophical Transactions A 332:487-509,
 * section 3):
 *  - the shape: a piecewise exponential hazard over lengths (Friedman 1982, Annals of Statistics 10:101-113,
 *    (1.2)), recent years weighing more;
 *  - the level: week by week the number that ended against what the shape expects when all lengths are
 *    multiplied by a factor, through the filter of forecast/level.h. */
#include "forecast/estimate_core.h"

#include <math.h>
#include <string.h>

enum { BINS = 72 };
#define GROWTH 0.08   /* of the width from one bin to the next; the first is a day */
#define HALF_LIFE 52. /* weeks, of what counts for the shape */
#define PRIOR 2.      /* ended cases that the hazard leans on its neighbour with */

/* Days at risk and ends, by week and length. Weeks before `since` are not added to. */
enum { WHOLE_DAYS = 2048 };
struct lexis {
    float (*risk)[BINS], (*end)[BINS];
    size_t since;
    double edge[BINS + 1];
    uint8_t bin[WHOLE_DAYS]; /* of whole days, which nearly all lengths are */
    double day;              /* ticks */
    struct away away;
};

static double edge(double i)
{
    return (exp(i * log1p(GROWTH)) - 1) / GROWTH;
}

static double bin_of(double days)
{
    return log1p(GROWTH * days) / log1p(GROWTH);
}

static size_t bin(double days)
{
    double i = bin_of(fmax(days, 0));

    return i < BINS - 1 ? (size_t)i : BINS - 1;
}

static void set_bins(struct lexis *x)
{
    for (size_t i = 0; i <= BINS; i++)
        x->edge[i] = edge((double)i);
    for (size_t d = 0; d < WHOLE_DAYS; d++)
        x->bin[d] = (uint8_t)bin((double)d);
}

static size_t bin_in(const struct lexis *x, double days)
{
    bool whole = days >= 0 && days < WHOLE_DAYS && days <= (double)(size_t)days;

    return whole ? x->bin[(size_t)days] : bin(days);
}

/* At risk from length a to length b (days) in this week. */
static void add_risk(const struct lexis *x, float *risk, double a, double b)
{
    for (size_t i = bin_in(x, a); a < b; i++) {
        double to = i + 1 < BINS ? fmin(b, x->edge[i + 1]) : b;
        risk[i] += (float)(to - a);
        a = fmax(to, a + 1e-9);
    }
}

/* At risk in the weeks of [a, b), with what came before `a` as long as if it had begun at `start`. */
static void add_span(const struct view *v, const struct lexis *x, int32_t start, int32_t a, int32_t b)
{
    int32_t first = view_week_end(v, x->since) - v->week + 1;

    a = a > v->from ? a : v->from;
    a = a > first ? a : first;
    if (a > v->origin)
        return;
    for (size_t w = view_week(v, a); a < b && w < v->weeks; w++) {
        int32_t over = view_week_end(v, w) + 1, to = b < over ? b : over;
        add_risk(x, x->risk[w], (a - start) / x->day, (to - start) / x->day);
        a = to;
    }
}

/* end TICK_NONE: it still lasted at `seen`. The days on which the worker is away do not count. */
static void add_case(const struct view *v, const struct lexis *x, int32_t worker, int32_t start, int32_t end,
                     int32_t seen)
{
    int32_t stop = end == TICK_NONE ? seen + 1 : end, at = start, begun = start;
    const struct away *y = &x->away;

    for (uint32_t i = worker < 0 || (size_t)worker >= y->workers ? 0 : y->first[worker];
         worker >= 0 && (size_t)worker < y->workers && i < y->first[worker + 1]; i++) {
        int32_t from = y->span[i].from > at ? y->span[i].from : at, to = y->span[i].to + 1;
        if (to <= from)
            continue;
        if (from >= stop)
            break;
        add_span(v, x, begun, at, from);
        at = to < stop ? to : stop;
        begun += at - from;
    }
    add_span(v, x, begun, at, stop);
    size_t w = end == TICK_NONE ? SIZE_MAX : view_week(v, end);
    if (w == SIZE_MAX)
        return;
    x->end[w][bin_in(x, (end - begun) / x->day)]++;
    if (end == begun) /* an end on the day of the start: half a day at risk */
        x->risk[w][0] += 0.5f;
}

static double fill(const struct view *v, const struct lexis *x)
{
    int32_t since = view_week_end(v, x->since) - v->week + 1;
    double ended = 0;

    for (size_t i = 0; i < v->h->n; i++) {
        int32_t start = view_has(v, i) ? view_at(v, &v->h->started[i]) : TICK_NONE;
        if (start == TICK_NONE)
            continue;
        int32_t end = view_at(v, &v->h->closed[i]);
        if (end != TICK_NONE && (end < start || end < v->from))
            continue;
        ended += end != TICK_NONE;
        if (end != TICK_NONE && end < since)
            continue;
        int32_t lost = view_lost(v, i);
        add_case(v, x, v->h->worker == NULL ? -1 : v->h->worker[i], start, end,
                 lost == TICK_NONE ? v->origin : lost);
    }
    return ended;
}

/* ── From one origin to the next ──────────────────────────────────────────────────────────────────────────
 */

struct duration_kept {
    bool any;
    int32_t origin;
    size_t weeks;
    float risk[LEVEL_WEEKS_MAX + 1][BINS], end[LEVEL_WEEKS_MAX + 1][BINS];
};

struct duration_kept *duration_kept_make(struct arena *a)
{
    return arena_alloc(a, sizeof(struct duration_kept));
}

static int32_t sooner(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Whether it became known after `before`. */
static bool is_new(const struct view *v, const struct history_fact *f, int32_t before)
{
    return view_knows(v, f) && (f->at > before || f->known > before);
}

/* The first day of which something is known now that was not at the origin `before`. */
static int32_t first_new(const struct view *v, int32_t before)
{
    const struct history *h = v->h;
    int32_t first = before + 1;

    for (size_t i = 0; i < h->n; i++) {
        if (is_new(v, &h->started[i], before))
            first = sooner(first, h->started[i].at);
        if (is_new(v, &h->closed[i], before))
            first = sooner(first, h->closed[i].at);
        if (h->lost != NULL && is_new(v, &h->lost[i], before))
            first = sooner(first, h->lost[i].at);
    }
    for (size_t i = 0; i < h->absences; i++) {
        const struct history_absence *x = &h->absence[i];
        if (x->known > v->origin || x->from > v->origin)
            continue;
        if (x->known > before)
            first = sooner(first, x->from);
        else if (x->to_known > before && x->to_known <= v->origin && x->to < before)
            first = sooner(first, x->to + 1);
    }
    return first;
}

/* Takes the weeks that are as they were: those before anything that became known since. */
static void take_kept(const struct view *v, struct duration_kept *k, struct lexis *x)
{
    size_t later = k->any && v->origin >= k->origin ? (size_t)((v->origin - k->origin) / v->week) : SIZE_MAX,
           held = 0;

    if (later != SIZE_MAX && (v->origin - k->origin) % v->week == 0 && k->weeks + later >= v->weeks) {
        size_t gone = k->weeks + later - v->weeks; /* weeks that are too long ago now */
        int32_t first = first_new(v, k->origin);
        while (held < v->weeks && view_week_end(v, held) < first)
            held++;
        memmove(k->risk, k->risk + gone, held * sizeof *k->risk);
        memmove(k->end, k->end + gone, held * sizeof *k->end);
    }
    memset(k->risk + held, 0, (v->weeks - held) * sizeof *k->risk);
    memset(k->end + held, 0, (v->weeks - held) * sizeof *k->end);
    k->any = true;
    k->origin = v->origin;
    k->weeks = v->weeks;
    x->risk = k->risk;
    x->end = k->end;
    x->since = held;
}

/* ── The shape and the level ──────────────────────────────────────────────────────────────────────────────
 */

/* Each bin with its two neighbours on either side, leaning on the bin before it where little was seen. */
static void hazard_of(const struct view *v, const struct lexis *x, double *hazard)
{
    static const double near[5] = { 1, 2, 3, 2, 1 };
    double risk[BINS] = { 0 }, end[BINS] = { 0 }, all_risk = 1e-9, all_end = 1e-9;

    for (size_t w = 0; w < v->weeks; w++) {
        double weight = exp2(-(double)(v->weeks - 1 - w) / HALF_LIFE);
        for (size_t i = 0; i < BINS; i++) {
            risk[i] += weight * (double)x->risk[w][i];
            end[i] += weight * (double)x->end[w][i];
        }
    }
    for (size_t i = 0; i < BINS; i++) {
        all_risk += risk[i];
        all_end += end[i];
    }
    double before = all_end / all_risk;
    for (size_t i = 0; i < BINS; i++) {
        double r = 0, e = 0;
        for (size_t k = 0; k < 5; k++)
            if (i + k >= 2 && i + k - 2 < BINS) {
                r += near[k] / 3 * risk[i + k - 2];
                e += near[k] / 3 * end[i + k - 2];
            }
        hazard[i] = before = (e + PRIOR) / (r + PRIOR / before);
    }
}

/* The level: a length of t days under factor s is as t / s without. */
static bool level_of(const struct view *v, const struct lexis *x, const double *hazard, struct level *scale)
{
    static const struct season flat = { { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } };
    float *deviance = arena_array(v->a, v->weeks * LEVEL_GRID + 1, sizeof *deviance);
    bool changed[LEVEL_WEEKS_MAX];
    float h[LEVEL_GRID][BINS];
    double days = 0;

    if (deviance == NULL)
        return false;
    for (size_t g = 0; g < LEVEL_GRID; g++)
        for (size_t i = 0; i < BINS; i++) {
            double s = exp(LEVEL_STEP * ((double)g - (LEVEL_GRID - 1) / 2.0));
            double at = bin_of(edge((double)i + 0.5) / s) - 0.5;
            size_t k = at <= 0 ? 0 : at >= BINS - 2 ? BINS - 2 : (size_t)at;
            double part = fmin(fmax(at - (double)k, 0), 1);
            h[g][i] = (float)(((1 - part) * hazard[k] + part * hazard[k + 1]) / s);
        }
    for (size_t w = 0; w < v->weeks; w++)
        days += season_week(v, &flat, w) / (double)v->weeks;
    for (size_t w = 0; w < v->weeks; w++) {
        float ended = 0, one[LEVEL_GRID];
        changed[w] = view_changed(v, HISTORY_HELP, w);
        double open = season_week(v, &flat, w) / days; /* ends on working days */
        for (size_t i = 0; i < BINS; i++)
            ended += x->end[w][i];
        for (size_t g = 0; g < LEVEL_GRID; g++) {
            float mean = 0;
            for (size_t i = 0; i < BINS; i++)
                mean += x->risk[w][i] * h[g][i];
            one[g] = mean * (float)open;
        }
        for (size_t g = 0; g < LEVEL_GRID; g++)
            deviance[w * LEVEL_GRID + g] =
                one[g] > 0.05f ? (float)level_deviance((double)ended, (double)one[g]) : 0;
    }
    level_of_deviance(deviance, changed, v->weeks, scale);
    return true;
}

/* In the model a case of t days gives its place free after t days rounded up, and on a Saturday the place
 * stays empty until Monday; lengths in a record are whole days, and from working day to working day where
 * cases are closed at work. */
#define ROUNDED 0.5
#define ROUNDED_CLOSED (3. / 7)

/* Lengths at the levels (i + 0.5) / DURATION_TABLE. */
static void table_of(const double *hazard, double rounded, float *table)
{
    double sum = 0; /* cumulative hazard up to the bin */
    size_t b = 0;

    for (size_t i = 0; i < DURATION_TABLE; i++) {
        double need = -log1p(-((double)i + 0.5) / DURATION_TABLE);
        while (b + 1 < BINS && sum + hazard[b] * (edge((double)b + 1) - edge((double)b)) < need) {
            sum += hazard[b] * (edge((double)b + 1) - edge((double)b));
            b++;
        }
        table[i] = (float)fmax(0.05, edge((double)b) + (need - sum) / hazard[b] - rounded);
    }
}

bool duration_estimate(const struct view *v, struct duration_kept *kept, struct duration_fit *ret_fit,
                       bool *ret_full)
{
    struct lexis x = { .day = v->h->ticks_a_day };
    double hazard[BINS];

    *ret_full = true;
    kept = kept != NULL ? kept : duration_kept_make(v->a);
    ret_fit->table = arena_array(v->a, DURATION_TABLE, sizeof *ret_fit->table);
    if (kept == NULL || ret_fit->table == NULL || !staff_away(v, &x.away))
        return false;
    *ret_full = false;
    take_kept(v, kept, &x);
    set_bins(&x);
    ret_fit->ended = v->weeks > 0 ? fill(v, &x) : 0;
    if (ret_fit->ended < 10)
        return false;
    hazard_of(v, &x, hazard);
    table_of(hazard, ROUNDED + (1 - view_ends_closed(v)) * ROUNDED_CLOSED, ret_fit->table);
    *ret_full = !level_of(v, &x, hazard, &ret_fit->scale);
    return !*ret_full;
}
