// SPDX-License-Identifier: EUPL-1.2
/* What the files of scenario share. */
#ifndef PEIL_ACCOUNT_SCENARIO_CORE_H
#define PEIL_ACCOUNT_SCENARIO_CORE_H

#include "account/expectation_history.h"
#include "account/scenario.h"
#include "forecast/estimate.h"
#include "register/fte.h"

enum { SCENARIO_WEEKS = 53, SCENARIO_LEAVES = 64 };

/* What all plans of a list begin with; x must outlive it. */
struct scenario_ground {
    const struct expectation_history *x;
    int team; /* place in x->team; -1: all */
    struct fte_book book;
    bool ordered;               /* scenario_model looked for it already: */
    struct history_order order; /* in which the list is really followed, as it is now */
};
enum err scenario_ground(struct ctx *c, const struct expectation_history *x, int team,
                         struct scenario_ground *ret_ground) MUST_CHECK;
/* Hundredths of full-time equivalents of the team, or of all, on the day. */
int64_t scenario_fte(const struct scenario_ground *g, bool city);

/* A plan as the model knows it. It points into itself: it stays where it was made. */
struct scenario_model {
    const struct expectation_history *x;
    int team;     /* as above, after one list for the whole city */
    double hours; /* that the team works in a week */
    struct history_order order, asked_first;
    struct estimate_plan plan;
    struct estimate_staff staff;
    struct estimate_leave leave[SCENARIO_LEAVES];
    float presence[SCENARIO_WEEKS];
};
enum err scenario_model(struct ctx *c, struct scenario_ground *g, const struct scenario *s,
                        struct scenario_model *ret_model) MUST_CHECK;

/* Fills `waited` and `since` of a kept plan. */
enum err scenario_waited_fill(struct ctx *c, struct scenario_kept *k) MUST_CHECK;

#endif
