// SPDX-License-Identifier: EUPL-1.2
/* Looking back with the resident (evaluatie): is each goal reached, by the judgement of the resident and by
 * that of the worker; how it went; and when we look back again. Scores of life areas are optional and off by
 * default; "not needed" is an answer (docs/decisions). */
#ifndef PEIL_REGISTER_EVALUATION_H
#define PEIL_REGISTER_EVALUATION_H

#include "register/plan.h"

extern const struct code_name goal_results[], experiences[], life_areas[];
extern const size_t goal_result_count, experience_count, life_area_count;
enum { AREA_LEVELS = 5, AREAS_MAX = 13 };

struct goal_result {
    int64_t number;                      /* of the goal */
    const char *by_resident, *by_worker; /* of goal_results */
    int64_t score;                       /* 1 to 10; INT_NONE: not asked */
};
struct evaluation_form {
    struct request_id request;
    int64_t seen;
    int32_t day;
    const struct goal_result *result;
    size_t results;
    const char *experience; /* of experiences */
    const char *note;
    int32_t next; /* agreed day of the next evaluation; DAY_NONE: the help is going to be closed */
};
/* Rights: RIGHT_CASE. Every goal of the plan needs both judgements. E_CONFLICT without a plan. */
enum err evaluation_add(struct ctx *c, const struct evaluation_form *f) MUST_CHECK;

struct evaluation {
    int64_t seq, at;
    const char *experience, *note, *who;
    int32_t next;
    const struct goal_result *result;
    size_t results;
};
/* The newest first; none when the content is not open. */
enum err evaluation_all(struct ctx *c, const struct request *r, struct evaluation **ret_evaluation,
                        size_t *ret_n) MUST_CHECK;

/* One round of scores of life areas. level: 1 to AREA_LEVELS, 0 not needed, INT_NONE not asked. */
struct area_form {
    struct request_id request;
    int64_t seen;
    int32_t day;
    int64_t level[AREAS_MAX]; /* in the order of life_areas */
};
/* Rights: RIGHT_CASE. E_CONFLICT when the municipality does not use life areas. */
enum err areas_add(struct ctx *c, const struct area_form *f) MUST_CHECK;
struct area_change {
    const char *area;
    int64_t first, last; /* levels; INT_NONE: not asked; equal rounds when there is one */
};
/* The first and the last score of each area that was asked. */
enum err areas_change(struct ctx *c, const struct request *r, struct area_change **ret_change, size_t *ret_n,
                      size_t *ret_rounds) MUST_CHECK;

#endif
