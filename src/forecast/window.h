// SPDX-License-Identifier: EUPL-1.2
/* The window: the period in which it will be somebody's turn in eight of ten cases, and its middle.
 *
 * It is about the turn. Leaving the list is the person's own choice, so the window holds for those who stay:
 * the runs count the turn also of who had left by then (forecast/simulate.h). */
#ifndef PEIL_FORECAST_WINDOW_H
#define PEIL_FORECAST_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WINDOW_LOW 0.1
#define WINDOW_HIGH 0.9
#define WINDOW_LATER (INT32_MAX / 4) /* not within the days that were looked at */

/* Ticks after day 0: P10, P50 and P90; both ends belong to it. */
struct window {
    int32_t from, middle, to;
};

/* Of the runs of one person: count[d] had the turn on day d, count[days] not within the days. The middle is
 * the first day that half of the runs do not exceed (type 1 of Hyndman & Fan 1996, The American Statistician
 * 50:361-365). The ends are quantiles of the mid-distribution, in which a day's own chance counts for half
 * (Parzen 2004, Statistical Science 19:652-662, p. 656): the days whose middle lies between P10 and P90. With
 * the whole chance of both end days in it a window of two weeks would be right in nine of ten cases, not in
 * eight. WINDOW_LATER when it lies beyond the days. */
struct window window_of_counts(const uint32_t *count, int32_t days);

/* What experience says of the windows: the distance of both ends to the middle is multiplied
 * (forecast/conformal.h). 1 and 1 leave a window as it is. */
struct window_factor {
    double low, high;
};
struct window window_widen(const struct window *w, const struct window_factor *f);

/* As it is told: in whole weeks, from a Monday to a Sunday, each end to the nearest, and always with the week
 * of the middle. (Outward, eight of ten would become nineteen of twenty.) day0 is a day number; the result
 * holds day numbers. What lies in the past begins today. */
struct window window_weeks(const struct window *w, int32_t day0);
/* The same by the day. */
struct window window_dates(const struct window *w, int32_t day0);

enum window_revise {
    WINDOW_KEEP,  /* what was told holds */
    WINDOW_HELPS, /* the new one says clearly more */
    WINDOW_MUST   /* what was told will be missed: tell before the date */
};
/* Whether somebody who was told `told` on `told_on` gets the new window `now`; all in day numbers, told and
 * now as they are told (whole weeks).
 *
 * MUST: the middle of the new window lies outside what was told, or its time is over. So it is more likely
 *       than not that the promise is broken. A new window has its middle inside, so the next weeks' noise
 *       cannot ask for another one at once.
 * HELPS: what is left of the told window would become at least two weeks and two fifths shorter, the new one
 *       lies within it (a week of grace on either side), and the last was told at least four weeks ago.
 * KEEP: otherwise. A window that becomes wider is not told: the old one still holds. */
enum { WINDOW_QUIET_DAYS = 28, WINDOW_GAIN_DAYS = 14, WINDOW_GRACE_DAYS = 7 };
#define WINDOW_GAIN_SHARE 0.4
enum window_revise window_revise(const struct window *told, int32_t told_on, const struct window *now,
                                 int32_t today);

#endif
