// SPDX-License-Identifier: EUPL-1.2
/* What the files of estimation share: a history seen from a day. */
#ifndef PEIL_FORECAST_ESTIMATE_CORE_H
#define PEIL_FORECAST_ESTIMATE_CORE_H

#include "base/rng.h"
#include "forecast/estimate.h"
#include "forecast/level.h"

/* A history as it was known at the end of `origin`. Weeks are counted back from there, the oldest first. */
struct view {
    const struct history *h;
    int32_t origin;
    int team;
    int32_t from; /* from here on everything was written down */
    int32_t week; /* ticks */
    size_t weeks; /* whole weeks between, at most LEVEL_WEEKS_MAX */
    uint8_t open; /* bit d: help starts on weekday d (0 Monday), when there is no calendar */
    struct arena *a;
};
struct view view_of(const struct history *h, int32_t origin, int team, struct arena *a);

static inline bool view_has(const struct view *v, size_t row)
{
    return v->team < 0 || v->h->team[row] == v->team;
}
/* It had happened, and was known. */
static inline bool view_knows(const struct view *v, const struct history_fact *f)
{
    return f->at != TICK_NONE && f->at <= v->origin && f->known <= v->origin;
}
/* When it was lost from sight; TICK_NONE. */
static inline int32_t view_lost(const struct view *v, size_t row)
{
    return v->h->lost != NULL && view_knows(v, &v->h->lost[row]) ? v->h->lost[row].at : TICK_NONE;
}
/* When it happened, TICK_NONE when that was not known. */
static inline int32_t view_at(const struct view *v, const struct history_fact *f)
{
    return view_knows(v, f) ? f->at : TICK_NONE;
}
/* The week that holds a tick; SIZE_MAX when it lies outside. */
static inline size_t view_week(const struct view *v, int32_t at)
{
    int64_t back = at > v->origin ? -1 : ((int64_t)v->origin - at) / v->week;

    return back < 0 || back >= (int64_t)v->weeks || at < v->from ? SIZE_MAX : v->weeks - 1 - (size_t)back;
}
/* Last tick of a week. */
static inline int32_t view_week_end(const struct view *v, size_t week)
{
    return v->origin - (int32_t)(v->weeks - 1 - week) * v->week;
}
/* Whether somebody had written down that something is another than before from this week on: the first of
 * which most comes after that day. */
bool view_changed(const struct view *v, enum history_what what, size_t week);
bool view_working(const struct view *v, int32_t tick); /* help may start */
/* How often help ends on days on which none starts, for as often on the others: 0 where cases are closed at
 * work, 1 where a record holds the day on which help was over. */
double view_ends_closed(const struct view *v);
/* The end of waiting as it was known; INT32_MAX while it lasts. */
int32_t view_wait_end(const struct view *v, size_t row);
/* Stream of every request at the origin, -1 while it is paused. NULL: the arena is full. */
int16_t *view_streams(const struct view *v);
/* How many wait at the end of each week (also those who are paused). */
double *view_list(const struct view *v);

/* Factor of each month of the year, 1 on average: what came back in each of at least two years; else all 1.
 * The fewer events the nearer to 1. at(v, row): when the event of a row was; TICK_NONE. */
struct season {
    double month[12];
};
void season_estimate(const struct view *v, int32_t (*at)(const struct view *v, size_t row),
                     struct season *ret_season);
/* Working days of a week, each with its month; ticks when a tick is no day. */
double season_week(const struct view *v, const struct season *s, size_t week);
/* The same of the days from the origin on: 0 when help does not start. */
void season_days(const struct view *v, const struct season *s, int32_t days, float *ret_factor);

/* A draw of the level in the weeks to come: it goes on wandering as it did. */
double level_ahead(const struct level *l, struct rng *r);

/* Requests of a working day (a tick), whose level may move in two ways: in each stream apart, or in all of
 * them together, while the share of each stream may move too. What makes more people ask shows in all
 * together long before it shows in a stream of two a week; what moves one stream shows in that one. Which of
 * both is weighed by how well it explains the weeks, one against one before anything is seen. */
struct arrival_fit {
    struct level apart[HISTORY_STREAMS_MAX];
    struct level all, odds[HISTORY_STREAMS_MAX]; /* odds: of a stream against those that come after it */
    double together;                             /* how likely it is that they move together */
    size_t some[HISTORY_STREAMS_MAX], somes;     /* streams in which somebody came */
    size_t streams;
};
/* Who moves up a stream counts as somebody who comes in there. False: the arena is full. */
bool arrival_estimate(const struct view *v, const struct history_order *o, const struct season *season,
                      struct arrival_fit *ret_fit);
/* A draw of each stream, for `times` as many requests. */
void arrival_draw(const struct arrival_fit *fit, double times, struct rng *r,
                  float ret_arrival[HISTORY_STREAMS_MAX]);

/* The length of help in days: a table of quantiles, and the level of a factor on it. False: no case ended, or
 * the arena is full (then *ret_full). */
enum { DURATION_TABLE = 1024 };
struct duration_fit {
    float *table; /* DURATION_TABLE */
    struct level scale;
    double ended; /* cases */
};
/* kept: the days at risk and ends of an earlier origin of the same history and list, of which the weeks
 * before anything that became known since are taken over; comes out as of this one. NULL: all is counted. */
bool duration_estimate(const struct view *v, struct duration_kept *kept, struct duration_fit *ret_fit,
                       bool *ret_full);

/* Last day of an absence; INT32_MAX: not known. */
int32_t view_away_to(const struct view *v, const struct history_absence *x);
bool view_away(const struct view *v, size_t worker, int32_t at);

/* When workers were away, as it was known: of each in order of the day, without overlap. What a case lasts is
 * counted in days on which its worker was there, because work stands still meanwhile. */
struct away_span {
    int32_t from, to; /* both included */
};
struct away {
    const struct away_span *span;
    const uint32_t *first; /* by worker of the history, and one more */
    size_t workers;
};
/* False: the arena is full. */
bool staff_away(const struct view *v, struct away *ret_away);
/* Days away of a worker (-1: nobody, 0 days) from `from` up to, not including, `to`. */
int32_t away_days(const struct away *a, int32_t worker, int32_t from, int32_t to);

/* Workers, their cases, absence. False: the arena is full. Fills workers, open, room and leave of the model;
 * workers stay 0 when staff is not known or cannot be modelled. */
struct staff_fit {
    double room_sd;        /* of the logarithm of the room */
    struct level ill;      /* chance a day to fall ill */
    double ill_days, well; /* days absent, and how often that ended */
    double leave;          /* share of the days to come on which workers are away as planned */
    bool absence;          /* something is known of it */
};
bool staff_estimate(const struct view *state, const struct view *param, const struct estimate_how *how,
                    struct model *m, struct staff_fit *ret_fit);

/* Leaving the list: the chance a tick of everybody together, whose level may move, and how many times as
 * often each stream leaves. Ratios of streams are gamma with mean 1 around all of them and counts Poisson, so
 * a stream of which little is known leaves as all do, and one of which much is known as itself: (events + a)
 * / (expected + a) (Clayton & Kaldor 1987, Biometrics 43:671-681, p. 673). How far streams differ, 1 / a, is
 * weighed by how well it explains the counts. Where counts scatter more than chance they count for less. */
enum { LEAVE_SPREADS = 15 };
struct leave_fit {
    struct level all;
    size_t streams;
    double waited[HISTORY_STREAMS_MAX];                                /* ticks */
    double events[HISTORY_STREAMS_MAX], expected[HISTORY_STREAMS_MAX]; /* when all leave alike */
    double spread[LEAVE_SPREADS];                                      /* how likely each is */
};
/* From all who waited, also those who still do. False: the arena is full. */
bool leave_estimate(const struct view *v, size_t streams, struct leave_fit *ret_fit);
/* A draw of the chance a tick of each stream, when all together have this one. */
void leave_draw(const struct leave_fit *fit, double all, struct rng *r, float ret_leave[HISTORY_STREAMS_MAX]);

/* The pauses as they were known: those of all lists, because there are few. NULL: the arena is full. */
struct pauses;
struct pauses *pauses_read(const struct view *v);
/* Days until the pause of a row is over: as was agreed; otherwise the median of what pauses that lasted as
 * long still took, from those that are over and those that last (Kaplan & Meier 1958, JASA 53:457-481, given
 * the length so far). What nobody has seen end yet lasts as long again (Gott 1993, Nature 363:315-319), and
 * without any experience four weeks in all. */
int32_t pause_rest(const struct view *v, const struct pauses *p, size_t row);

/* Who waits at the origin, in the order of the list. Fills waiting and n of the model, whose day is set. */
bool waiting_estimate(const struct view *v, const struct history_order *o, struct model *m);

static inline size_t estimate_draws(const struct estimate_how *how)
{
    return how->draws == 0 || how->draws > ESTIMATE_DRAWS_MAX ? ESTIMATE_DRAWS_MAX : how->draws;
}
double draw_gamma(struct rng *r, double shape); /* mean = shape */

#endif
