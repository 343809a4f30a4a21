// SPDX-License-Identifier: EUPL-1.2
/* The plan (ondersteuningsplan): goals in the words of the resident, who does what, and when we look back. A
 * plan is never edited: a newer version takes its place, and all versions stay. A goal keeps its number. */
#ifndef PEIL_REGISTER_PLAN_H
#define PEIL_REGISTER_PLAN_H

#include "register/care.h"

enum { GOALS_MAX = 5 }; /* more is no plan but a list of wishes */
extern const struct code_name goal_people[];
extern const size_t goal_people_count;

struct goal {
    int64_t number;       /* from 1; 0 in a form: a new goal */
    const char *what;     /* what must be better, in the resident's words; empty in a form: not there */
    const char *for_whom; /* of goal_people */
    const char *tasks;    /* who does what; NULL */
    int32_t by;           /* by when; DAY_NONE in a form: at the evaluation */
    int64_t score;        /* how it goes with this now, 1 to 10; INT_NONE: not asked */
};
struct plan_form {
    struct request_id request;
    int64_t seen; /* the version of the request that the user saw; -1: any */
    const struct goal *goal;
    size_t goals;
    const char *main; /* which help is to be the main line; of line_kinds */
    int32_t evaluate_on;
    int32_t agreed, given; /* days; DAY_NONE: not yet */
};
/* A new version. Rights: RIGHT_CASE. Errors: E_INVALID with the field ("what_2" for the second goal),
 * E_CONFLICT before the first talk. */
enum err plan_add(struct ctx *c, const struct plan_form *f) MUST_CHECK;
/* The newest version was agreed by, or given to, the resident on a day. Giving it also answers an open
 * request for the plan in writing (Jeugdwet 4.1.3, register/law.h). Rights: RIGHT_CASE. */
struct plan_date {
    struct request_id request;
    int64_t seen;
    int32_t day;
};
enum err plan_agree(struct ctx *c, const struct plan_date *d) MUST_CHECK;
enum err plan_give(struct ctx *c, const struct plan_date *d) MUST_CHECK;

struct plan {
    int64_t number; /* of the version, from 1 */
    int64_t seq, written_at;
    int32_t agreed, given, evaluate_on; /* DAY_NONE: not yet */
    const char *main, *who;
    const struct goal *goal;
    size_t goals;
};
/* All versions, the oldest first; none when the content is not open. */
enum err plan_all(struct ctx *c, const struct request *r, const struct care *k, struct plan **ret_plan,
                  size_t *ret_n) MUST_CHECK;
#endif
