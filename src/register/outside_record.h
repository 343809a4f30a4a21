// SPDX-License-Identifier: EUPL-1.2
/* Outside records (gegevens van buiten): answers of surveys, and lists that are kept elsewhere, as they come
 * in with a file (docs/import.md). They hold no persons. What each list needs:
 *
 *     experience        number: the mark of 1 to 10
 *     experience_question  kept: yes; category: heard, clear or helped
 *     invitation        known: answered
 *     statement         kept: agrees (fully); category: the statement
 *     panel             known: can name the team; kept: the municipality meets its duty
 *     partner_answer    known: knows what the team does; category: kind of partner
 *     mirror            nothing more; number: residents who took part
 *     work_sample       category: what the hours went to; number: hours
 *     pattern           due: last day for a measure; done, checked
 *     improvement       due; done; checked, kept: the effect was shown
 *     published         kept: with its explanation and, off target, a measure
 *     advice            due; done: answered with reasons */
#ifndef PEIL_REGISTER_OUTSIDE_RECORD_H
#define PEIL_REGISTER_OUTSIDE_RECORD_H

#include "register/code.h"

#include <stdint.h>

extern const struct code_name outside_lists[], experience_questions[];
extern const size_t outside_list_count, experience_question_count;

struct outside_record {
    const char *key; /* by which it is known again */
    const char *list;
    int32_t day, due, done, checked; /* DAY_NONE but for day */
    int64_t number;                  /* INT_NONE */
    int64_t known, kept;             /* 0, 1 or INT_NONE: not said */
    const char *category, *channel;  /* NULL */
    int64_t team, neighbourhood;     /* INT_NONE */
};
/* What the list needs and the record lacks: the name of a member, such as "number"; NULL: it is whole. */
const char *outside_record_lacks(const struct outside_record *r);
/* Inside db_tx. *ret_new false: it was there already. */
enum err outside_record_put(struct ctx *c, const struct outside_record *r, bool *ret_new) MUST_CHECK;

#endif
