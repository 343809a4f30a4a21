// SPDX-License-Identifier: EUPL-1.2
/* Between the files that estimate workers: who is there and their cases (estimate_staff.c), the room that
 * they have (estimate_room.c), illness (estimate_illness.c). */
#ifndef PEIL_FORECAST_ESTIMATE_STAFF_H
#define PEIL_FORECAST_ESTIMATE_STAFF_H

#include "forecast/estimate_core.h"

enum { ROOM_WEEKS = 26 };

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

static inline int32_t staff_ends(const struct view *v, const struct history_worker *w)
{
    return w->to != INT32_MAX && w->to_known <= v->origin ? w->to : INT32_MAX;
}

static inline bool staff_known(const struct view *v, size_t w)
{
    const struct history_worker *k = &v->h->worker_of[w];

    return k->known <= v->origin && (v->team < 0 || k->team == v->team);
}

static inline bool staff_serves(const struct view *v, size_t w, int32_t at)
{
    return staff_known(v, w) && v->h->worker_of[w].from <= at && at <= staff_ends(v, &v->h->worker_of[w]);
}

/* Part of a full working week. */
static inline double staff_hours(const struct view *v, size_t w)
{
    return v->h->worker_of[w].hours > 0 ? (double)v->h->worker_of[w].hours : 1;
}

/* On the day of the forecast, and not ill or on leave. */
static inline bool staff_here(const struct staff *s, size_t w)
{
    return s->worker[w].from == 0 && s->worker[w].back == 0 &&
           (s->m->leave == NULL || (s->m->leave[0] >> w & 1) == 0);
}

/* The room of each day for one worker, `days` values, as it is now and as it was in the last weeks. `list`:
 * how many waited at the end of each week (view_list). Who has more
 * or less than that gets so (model_worker.more). False: nothing says how much room there is. */
bool room_estimate(struct staff *s, size_t n, const double *list, float *room, double *ret_sd);

/* How often workers fall ill, and how long illness usually lasts. */
void illness_count(const struct view *v, struct level_week *week, struct staff_fit *fit);
/* When who is ill without a known end is back. `so_far`: of each worker of the model since how many days; 0:
 * is not ill. Who is so for weeks gets a day of return in each draw (model_worker.back_of). False: the arena
 * is full. */
bool illness_back(struct staff *s, const int32_t *so_far);

#endif
