// SPDX-License-Identifier: EUPL-1.2
#include "forecast/window.h"

#include "base/date.h"

#include <math.h>

static int32_t later_of(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* In integers, so exact: `middle` is twice the sum up to the middle of the day. */
struct window window_of_counts(const uint32_t *count, int32_t days)
{
    struct window w = { WINDOW_LATER, WINDOW_LATER, WINDOW_LATER };
    uint64_t total = 0, sum = 0;
    int32_t last = WINDOW_LATER;

    for (int32_t d = 0; d <= days; d++)
        total += count[d];
    for (int32_t d = 0; d < days; d++) {
        uint64_t middle = 2 * sum + count[d];
        if (count[d] == 0)
            continue;
        sum += count[d];
        if (w.middle >= WINDOW_LATER && 2 * sum >= total)
            w.middle = d;
        if (w.from >= WINDOW_LATER && (middle * 5 >= total || w.middle < WINDOW_LATER))
            w.from = d;
        if (middle * 5 <= 9 * total || d == w.middle)
            last = d;
        else if (sum * 10 >= 9 * total)
            break; /* what comes changes nothing any more */
    }
    if (sum * 10 >= 9 * total) /* else more than a tenth lies after the last day */
        w.to = last;
    return w;
}

static int32_t near(double v)
{
    return v >= WINDOW_LATER ? WINDOW_LATER : (int32_t)v;
}

struct window window_widen(const struct window *w, const struct window_factor *f)
{
    struct window r = *w;

    if (w->middle >= WINDOW_LATER)
        return r;
    /* Half a day is added to each side before it is multiplied, so that a window of one day can grow. */
    double low = w->middle - w->from + 0.5, high = (double)w->to - w->middle + 0.5;
    r.from = near(fmax(0, ceil(w->middle + 0.5 - low * f->low - 0.5)));
    if (w->to < WINDOW_LATER)
        r.to = near(floor(w->middle + high * f->high));
    r.from = r.from > r.middle ? r.middle : r.from;
    r.to = later_of(r.to, r.middle);
    return r;
}

enum { HALF_WEEK = 4 }; /* Thursday */

struct window window_dates(const struct window *w, int32_t day0)
{
    struct window r = *w;
    int32_t *at[3] = { &r.from, &r.middle, &r.to };

    for (size_t i = 0; i < 3; i++)
        *at[i] = *at[i] >= WINDOW_LATER ? WINDOW_LATER : day0 + later_of(*at[i], 0);
    return r;
}

struct window window_weeks(const struct window *w, int32_t day0)
{
    struct window r = window_dates(w, day0);
    int32_t weekday;

    if (r.middle < WINDOW_LATER) { /* the week of the middle is always in it */
        weekday = date_weekday(r.middle);
        r.from = r.from > r.middle - weekday + 1 ? r.middle - weekday + 1 : r.from;
        r.to = later_of(r.to, r.middle - weekday + 7);
    }
    if (r.from < WINDOW_LATER) {
        weekday = date_weekday(r.from);
        r.from += weekday <= HALF_WEEK ? 1 - weekday : 8 - weekday;
    }
    if (r.to < WINDOW_LATER) {
        weekday = date_weekday(r.to);
        r.to += weekday >= HALF_WEEK ? 7 - weekday : -weekday;
    }
    return r;
}

enum window_revise window_revise(const struct window *told, int32_t told_on, const struct window *now,
                                 int32_t today)
{
    int32_t from = later_of(told->from, today);
    double before = (double)told->to - from, after = (double)now->to - later_of(now->from, today);

    if (today > told->to || now->middle > told->to || now->middle < told->from)
        return WINDOW_MUST;
    if (today - told_on < WINDOW_QUIET_DAYS || now->from < told->from - WINDOW_GRACE_DAYS ||
        now->to > told->to + WINDOW_GRACE_DAYS)
        return WINDOW_KEEP;
    return before - after >= WINDOW_GAIN_DAYS && before - after >= WINDOW_GAIN_SHARE * before ? WINDOW_HELPS
                                                                                              : WINDOW_KEEP;
}
