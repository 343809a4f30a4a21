// SPDX-License-Identifier: EUPL-1.2
/* A history as it was known on a day. */
#include "base/date.h"
#include "forecast/estimate_core.h"

#include <math.h>

static int weekday(int32_t day)
{
    return date_weekday(day) - 1;
}

/* Days of the week on which at least one in fifty starts falls. */
static uint8_t open_days(const struct view *v)
{
    double n[7] = { 0 }, all = 0;
    uint8_t open = 0;

    for (size_t i = 0; i < v->h->n; i++)
        if (view_has(v, i) && view_knows(v, &v->h->started[i])) {
            n[weekday(v->h->started[i].at)]++;
            all++;
        }
    for (int d = 0; d < 7; d++)
        open |= (uint8_t)((all < 50 || n[d] * 50 >= all) << d);
    return open;
}

struct view view_of(const struct history *h, int32_t origin, int team, struct arena *a)
{
    struct view v = { .h = h,
                      .origin = origin,
                      .team = team,
                      .from = h->from,
                      .week = 7 * h->ticks_a_day,
                      .open = 0x7f,
                      .a = a };
    int64_t weeks = ((int64_t)origin + 1 - h->from) / v.week;

    v.weeks = weeks < 0 ? 0 : weeks > LEVEL_WEEKS_MAX ? LEVEL_WEEKS_MAX : (size_t)weeks;
    if (h->ticks_a_day == 1 && h->working == NULL)
        v.open = open_days(&v);
    return v;
}

bool view_changed(const struct view *v, enum history_what what, size_t week)
{
    int32_t end = view_week_end(v, week);

    for (size_t i = 0; i < v->h->changes; i++) {
        const struct history_change *x = &v->h->change[i];
        bool known = x->known <= v->origin && x->known_to >= v->origin,
             here = v->team < 0 || x->team < 0 || x->team == v->team;
        int32_t begin = x->at - v->week / 2; /* of a week that begins then, the first half comes before it */
        if (known && here && x->of_what == what && begin > end - v->week && begin <= end)
            return true;
    }
    return false;
}

bool view_working(const struct view *v, int32_t tick)
{
    if (v->h->ticks_a_day != 1)
        return true;
    return v->h->working != NULL ? calendar_is_working(v->h->working, tick) : v->open >> weekday(tick) & 1;
}

double view_ends_closed(const struct view *v)
{
    double ends[2] = { 0 }, days[2] = { 0 }; /* on closed days, on the others */
    int32_t from = v->origin - (int32_t)v->weeks * v->week + 1;

    for (int32_t d = from; v->h->ticks_a_day == 1 && d <= v->origin; d++)
        days[view_working(v, d)]++;
    for (size_t i = 0; days[0] > 0 && i < v->h->n; i++) {
        int32_t end = view_has(v, i) ? view_at(v, &v->h->closed[i]) : TICK_NONE;
        if (end != TICK_NONE && end >= from)
            ends[view_working(v, end)]++;
    }
    return ends[1] > 0 && days[0] > 0 ? fmin(1, ends[0] / days[0] / (ends[1] / days[1])) : 0;
}

int32_t view_wait_end(const struct view *v, size_t row)
{
    int32_t end = view_at(v, &v->h->started[row]);

    if (end == TICK_NONE)
        end = view_at(v, &v->h->left[row]);
    if (end == TICK_NONE)
        end = view_lost(v, row);
    return end == TICK_NONE ? INT32_MAX : end;
}

int16_t *view_streams(const struct view *v)
{
    int16_t *stream = arena_array(v->a, v->h->n + 1, sizeof *stream);

    if (stream == NULL)
        return NULL;
    for (size_t i = 0; i < v->h->n; i++)
        stream[i] = v->h->stream[i];
    for (size_t i = 0; i < v->h->moves && v->h->move[i].known <= v->origin; i++)
        stream[v->h->move[i].row] = v->h->move[i].stream;
    return stream;
}

double *view_list(const struct view *v)
{
    double *list = arena_array(v->a, v->weeks + 1, sizeof *list);

    if (list == NULL)
        return NULL;
    /* Differences first: +1 in the first week whose end somebody waits at, -1 in the first that is over. */
    for (size_t i = 0; i < v->h->n; i++) {
        if (!view_has(v, i) || !view_knows(v, &v->h->received[i]))
            continue;
        int32_t end = view_wait_end(v, i), from = v->h->received[i].at;
        size_t first = from < v->from ? 0 : view_week(v, from);
        if (first == SIZE_MAX)
            first = 0;
        size_t last = end == INT32_MAX ? v->weeks : view_week(v, end);
        if (last == SIZE_MAX || last <= first)
            continue;
        list[first]++;
        list[last]--;
    }
    for (size_t w = 1; w < v->weeks; w++)
        list[w] += list[w - 1];
    return list;
}

/* ── The year ─────────────────────────────────────────────────────────────────────────────────────────────
 */

#define SEASON_PRIOR 12.0 /* events of a month in which nothing is special */
enum { YEAR = 364, YEARS = 4 };

static int month_of(int32_t day)
{
    return date_to_civil(day).month - 1;
}

/* The logarithm of each month against its year. Each year has a level of its own, so that growth does not
 * look like a season. */
static void year_of(const struct view *v, int32_t first, int32_t last, const double *events, double *ret_log)
{
    double days[12] = { 0 }, all_days = 0, all = 0;

    for (int32_t d = first; d <= last; d++) {
        double one = view_working(v, d);
        days[month_of(d)] += one;
        all_days += one;
    }
    for (int m = 0; m < 12; m++)
        all += events[m];
    for (int m = 0; m < 12; m++) {
        double expected = all_days > 0 ? all * days[m] / all_days : 0;
        ret_log[m] = log((events[m] + SEASON_PRIOR) / (expected + SEASON_PRIOR));
    }
}

/* What comes back every year: the median; of an even number the middle one nearest to nothing, and nothing
 * when the two contradict each other. A surge or sick leave in one year is no season. */
static double every_year(double (*log_of)[12], int32_t years, int month)
{
    double sorted[YEARS] = { 0 };

    for (int32_t y = 0; y < years; y++) {
        int32_t i = y;
        for (; i > 0 && sorted[i - 1] > log_of[y][month]; i--)
            sorted[i] = sorted[i - 1];
        sorted[i] = log_of[y][month];
    }
    double low = sorted[(years - 1) / 2], high = sorted[years / 2];
    return low > 0 ? low : high < 0 ? high : 0;
}

void season_estimate(const struct view *v, int32_t (*at)(const struct view *v, size_t row),
                     struct season *ret_season)
{
    double events[YEARS][12] = { 0 }, log_of[YEARS][12], sum = 0;
    int32_t years = v->h->ticks_a_day == 1 ? (v->origin + 1 - v->from) / YEAR : 0;

    for (int m = 0; m < 12; m++)
        ret_season->month[m] = 1;
    if (years < 2)
        return;
    years = years > YEARS ? YEARS : years;
    for (size_t i = 0; i < v->h->n; i++) {
        int32_t when = view_has(v, i) ? at(v, i) : TICK_NONE;
        if (when != TICK_NONE && when > v->origin - years * YEAR && when <= v->origin)
            events[(v->origin - when) / YEAR][month_of(when)]++;
    }
    for (int32_t y = 0; y < years; y++)
        year_of(v, v->origin - (y + 1) * YEAR + 1, v->origin - y * YEAR, events[y], log_of[y]);
    for (int m = 0; m < 12; m++)
        sum += ret_season->month[m] = exp(every_year(log_of, years, m));
    for (int m = 0; m < 12; m++)
        ret_season->month[m] *= 12 / sum;
}

static double factor(const struct view *v, const struct season *s, int32_t tick)
{
    return !view_working(v, tick) ? 0 : v->h->ticks_a_day == 1 ? s->month[month_of(tick)] : 1;
}

double season_week(const struct view *v, const struct season *s, size_t week)
{
    int32_t end = view_week_end(v, week);
    double sum = 0;

    if (v->h->ticks_a_day != 1)
        return v->week;
    for (int32_t d = end - v->week + 1; d <= end; d++)
        sum += factor(v, s, d);
    return sum;
}

void season_days(const struct view *v, const struct season *s, int32_t days, float *ret_factor)
{
    for (int32_t d = 0; d < days; d++)
        ret_factor[d] = (float)factor(v, s, v->origin + d);
}
