// SPDX-License-Identifier: EUPL-1.2
/* What the files of the made-up municipality share. */
#ifndef PEIL_FORECAST_TOWN_CORE_H
#define PEIL_FORECAST_TOWN_CORE_H

#include "forecast/town.h"

/* The story: parameters on a day. `month` counts months since the first day, with a fraction; seasons follow
 * the calendar. */
double town_month(const struct town_param *p, int32_t day);
double town_arrival_factor(const struct town_param *p, int32_t day);       /* of the mean of a working day */
double town_team_fte(const struct town_param *p, int team, int32_t day);   /* scale included */
double town_team_hours(const struct town_param *p, int team, int32_t day); /* for residents, in a week */
double town_direct_share(double month);
double town_call_share(double month); /* of the fourteen-day rounds that are kept */

#define TOWN_CARRY_OVER_N 260.0  /* people taken over on the first day */
#define TOWN_CARRY_OVER_SD 45.0  /* days, half-normal */
#define TOWN_CHOSE_TO_WAIT 0.55  /* of these */
#define TOWN_OLD_CASES 0.82      /* of the hours at the start: own clients of those who moved over */
#define TOWN_OLD_CASES_DAYS 75.0 /* mean time that these still need */
#define TOWN_HOURS_A_WEEK 35.8   /* of one fte; set, like the shares below, for the story */
#define TOWN_SHARE_2023 0.518    /* of the hours that go to residents: more presence elsewhere */
#define TOWN_SHARE_2024 0.595    /* the measure */
#define TOWN_SETTLING 0.78       /* of the hours on the first day; all of them after so many days */
#define TOWN_SETTLING_DAYS 35.0
#define TOWN_LEAVE_WEEKLY 0.009  /* of those who wait, at random */
#define TOWN_WORSE_WEEKLY 0.0025 /* becomes more urgent */
#define TOWN_PAUSE_WEEKLY 0.004  /* asks for a pause */
#define TOWN_AGEING_DAYS 84      /* who waits longer goes before the other classes */
#define TOWN_CALL_DAYS 14        /* the promise */
#define TOWN_CALL_REACHED 0.62   /* of the tries */
#define TOWN_SILENCE_MAX 50      /* days; then people are called until they are reached */
#define TOWN_DUPLICATES 0.04
#define TOWN_RETURNS 0.06    /* asks again after help */
#define TOWN_LATE 0.04       /* typed in at least four days later; weekends make it 7 % over three days */
#define TOWN_WRONG_HOOD 0.02 /* written down for another neighbourhood */
#define TOWN_TURNOVER_YEARLY 0.12

extern const double town_work_hours[TOWN_WORKS], town_work_weeks[TOWN_WORKS];

/* A moment in office hours of that day, from `from` to `to` seconds after midnight, by five minutes. */
int64_t town_moment(struct rng *r, int32_t day, int from, int to);

#endif
