// SPDX-License-Identifier: EUPL-1.2
/* The model of a waiting list from one day on: who waits, who comes, who can help, how long that takes. What
 * forecast/estimate.h makes from a history, forecast/what_if.h changes and forecast/simulate.h runs.
 *
 * The list of one team (or of all, when it is shared). A day has this order: help ends and absence changes,
 * then requests arrive, then on a working day everybody who has room starts with whoever is first, the one
 * with the most free room before the others (at equal room the first of the workers). A start needs room and
 * a worker who is there.
 *
 * The model begins on day 0 with what is known then: cases, illness and the list stand as given, and the
 * first that can end, fall ill or come back does so on day 1. Requests arrive and help starts on day 0 too.
 * A tick is a day. Between streams at the same rank who asked first goes first; on the same day who waits on
 * day 0 before the others, in the order given, and of later requests the lower stream. Who is paused keeps
 * the place by the day of asking and is passed over until `resumes`. */
#ifndef PEIL_FORECAST_MODEL_H
#define PEIL_FORECAST_MODEL_H

#include "forecast/history.h"

enum { MODEL_DAYS_MAX = 1096, MODEL_WORKERS_MAX = 64 }; /* of one list: a larger team is split by its lists */

/* Somebody who waits on day 0, in the order of the list. */
struct model_waiting {
    int32_t waited;  /* ticks, on day 0 */
    int32_t resumes; /* paused until the beginning of this day; 0: not paused */
    int16_t stream;
    uint32_t row; /* of the history: whose window it is */
};
struct model_worker {
    int32_t from, to; /* days in service, counted from day 0; to: INT32_MAX. Running cases of who
                         is gone do not pass to others */
    int32_t back; /* absent now, until this day; 0: present, -1: unknown. The running cases stand still until
                     the worker is back */
    const int32_t *back_of;      /* of who is absent: that day in each draw, instead of `back`; NULL */
    uint32_t case_first, case_n; /* of model.open */
    float more;                  /* places more than model.room, or fewer: -250..250, counted to 1/256 */
};
/* One set of values that the parameters may have: a draw from what the history leaves possible. Replication r
 * uses draw r % draws, so that the spread of the outcome holds what is not known too. */
struct model_draw {
    float arrival[HISTORY_STREAMS_MAX]; /* of each stream, requests a working day, before `season` */
    float leave[HISTORY_STREAMS_MAX];   /* of each stream, chance a day that somebody who waits leaves */
    float duration;                     /* multiplies the durations of help */
    float room;                         /* multiplies the room of workers. A part of a place is there for a
                                           worker in that part of the replications */
    float ill;                          /* chance a day that a worker falls ill */
    float well;                         /* chance a day that an ill worker comes back */
    float rate;                         /* starts a working day when nothing is known of staff */
    float drift;                        /* the rate changes by this part in a year, in a straight line */
};

struct model {
    int32_t day;  /* day 0: a day number (base/date.h), or a tick of the history */
    int32_t days; /* how many are followed, at most MODEL_DAYS_MAX */
    const struct history_order *order;

    const struct model_waiting *waiting;
    size_t n;
    const struct model_worker *worker; /* workers = 0: starts come at draw.rate */
    size_t workers;
    const int32_t *open; /* days that each running case has lasted on day 0, by worker */
    size_t opens;

    /* By day, `days` values. */
    const uint8_t *working; /* 1: help may start */
    const float *season;    /* multiplies arrivals; 0 on a day without */
    const float *room;      /* cases of one worker at full strength: presence and season are in it. Without
                               staff: multiplies the rate; NULL: 1 */
    const uint64_t *leave;  /* bit w: worker w is away as planned; NULL: nobody */

    /* Help: survival in days, a quantile table: duration[i] is the time that a share (i + 0.5) / durations of
     * cases does not exceed, before draw.duration. Time that a running case has lasted is taken into account
     * by drawing what is left given what has passed. A case of t days that starts on day d gives its place
     * free on the morning of day d + t, rounded up, and never on the day itself. */
    const float *duration;
    size_t durations;
    float dispersion; /* variance of the starts in a day over their mean, when nothing is known of staff: 1 is
                         Poisson, above it negative binomial, below it binomial */

    const struct model_draw *draw;
    size_t draws;
};
/* The day on which a worker is back in a replication, as model_worker.back. */
static inline int32_t model_back(const struct model *m, size_t worker, uint32_t replication)
{
    const struct model_worker *p = &m->worker[worker];

    return p->back_of == NULL ? p->back : p->back_of[replication % m->draws];
}

#endif
