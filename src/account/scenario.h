// SPDX-License-Identifier: EUPL-1.2
/* What if (wat als): the effect of a plan on how long people will wait and how long a list will be, beside
 * the list as it goes on now. All plans meet the same luck (common random numbers: Law 2015, Simulation
 * Modeling and Analysis, 5th ed., section 11.2), so that a difference is that of the plan. A plan can be kept
 * and compared with what happened. */
#ifndef PEIL_ACCOUNT_SCENARIO_H
#define PEIL_ACCOUNT_SCENARIO_H

#include "account/expectation.h"

struct expectation_history;

enum { SCENARIO_NAME = 80, SCENARIOS_MAX = 100, SCENARIO_MOMENTS = 2 };
extern const int32_t scenario_days[SCENARIO_MOMENTS]; /* 91 and 182: in three and six months */

/* A plan, from the day of the expectation on; all zero: as it goes on now. */
struct scenario {
    char name[SCENARIO_NAME];
    int64_t workers;   /* more; negative: fewer; -60..60 */
    int64_t presence;  /* hours a week more at places; negative: less; -400..400 */
    int64_t ill;       /* of 100 workers so many more are ill; 0..100 */
    int64_t ill_weeks; /* for so many weeks; 0..52 */
    int64_t arrivals;  /* percent more requests; negative: fewer; -90..300 */
    bool city;         /* one list for the whole city */
    bool asked_first;  /* who asked first goes first, after emergencies, whatever the class */
};
/* E_INVALID with the field that is out of bounds. */
enum err scenario_check(struct ctx *c, const struct scenario *s) MUST_CHECK;

/* A number with its 80 % interval: what is not known of the parameters. NaN: not within a year. */
struct scenario_value {
    double value, low, high;
};
struct scenario_effect {
    /* Days that half of those, and 80 of 100, wait who ask at that moment; emergencies left out. */
    struct scenario_value middle, most;
    struct scenario_value more_middle, more_most; /* against going on as now; 0 for that itself */
    struct scenario_value size;                   /* how many wait then */
};
struct scenario_result {
    struct scenario_effect at[SCENARIO_MOMENTS];
    bool staff; /* computed with workers: else more of them, hours and illness change nothing */
};
struct scenario_how {
    uint64_t seed;         /* 0: 1 */
    uint32_t replications; /* of each plan, in all; 0: 1000 */
    unsigned threads;
    int32_t day;                               /* from what was known at its end */
    const struct expectation_history *history; /* of that day, read before; NULL */
};
/* Whether too few asked to compute this list with, as expectation_few; *ret_came: how many did. */
enum err scenario_few(struct ctx *c, int64_t list, const struct expectation_history *x, bool *ret_few,
                      int64_t *ret_came) MUST_CHECK;
/* ret[0] is going on as now, ret[i + 1] is plan i. E_CONFLICT when the list cannot be simulated (nobody
 * begins in its order). Rights: RIGHT_FIGURES. */
enum err scenario_run(struct ctx *c, int64_t list, const struct scenario *s, size_t n,
                      const struct scenario_how *how, struct scenario_result *ret) MUST_CHECK;

/* ── Kept ─────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* How long people waited who asked on the days [from, to), emergencies left out: Kaplan-Meier with its 80 %
 * interval, so that who still waits counts too. */
struct scenario_waited {
    bool come; /* those days are over */
    int32_t from, to;
    int64_t n, began;                   /* who asked, and of these began */
    struct scenario_value middle, most; /* days; NaN: not so many began yet */
    int64_t last;                       /* the longest wait so far */
};
enum { SCENARIO_LEAST = 10 }; /* fewer who asked say nothing */
enum scenario_verdict { SCENARIO_UNKNOWN, SCENARIO_AS_EXPECTED, SCENARIO_LONGER, SCENARIO_SHORTER };

/* What was expected of a moment when the plan was kept. */
struct scenario_expected {
    struct scenario_value middle, most, size; /* NaN: it was not kept, or could not be said */
};
struct scenario_kept {
    int64_t id, list, made_at;
    int32_t day;
    struct scenario s;
    struct scenario_expected plan[SCENARIO_MOMENTS], now[SCENARIO_MOMENTS]; /* now: going on as then */
    double became[SCENARIO_MOMENTS];                 /* how many waited on that day; NaN: it has not come */
    struct scenario_waited waited[SCENARIO_MOMENTS]; /* of who asked within two weeks of the moment */
    struct scenario_waited since;                    /* of who asked since the plan was made */
    const char *who;
};
/* Keeps a plan under its name with what was expected of it; the same one again on a day is that which is
 * there. E_INVALID on field "name" without a name, or with that of another plan. Rights: RIGHT_ALLOCATE. */
enum err scenario_keep(struct ctx *c, int64_t list, const struct scenario *s,
                       const struct scenario_result result[2], int32_t day, int64_t *ret_id) MUST_CHECK;
bool scenario_may_keep(const struct ctx *c);
/* Whether what became of it is what was expected: their intervals meet. */
enum scenario_verdict scenario_verdict_of(const struct scenario_value *expected,
                                          const struct scenario_waited *w,
                                          const struct scenario_value *became);
enum { SCENARIOS_KEPT = 1000 }; /* of a list, that are looked at */
/* The newest first, `most` of them, with what became of the list; each day on which plans were kept takes
 * milliseconds. Rights: RIGHT_FIGURES. */
enum err scenario_list(struct ctx *c, int64_t list, size_t most, const struct scenario_kept **ret_kept,
                       size_t *ret_n) MUST_CHECK;

#endif
