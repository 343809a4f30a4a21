// SPDX-License-Identifier: EUPL-1.2
/* Applications and decisions as work of the municipality (aanvraag, beschikking): what is open, what is late,
 * who must act, and what it costs. Every figure here is the municipality's own; under a mandate ours. */
#ifndef PEIL_REGISTER_APPLICATION_H
#define PEIL_REGISTER_APPLICATION_H

#include "register/law_step.h"

/* One application or objection that is not decided. */
struct open_decision {
    int64_t request, seq;
    char number[32];
    int64_t person, team, worker;
    bool objection;
    const struct law_provision *provision;
    const char *ground; /* why it stands still or waits now: a code; NULL */
    struct law_term term;
    int64_t notice_at;      /* of default; TIME_NONE */
    struct penalty penalty; /* so far */
};
/* All of them that may be seen, late ones first. Rights: RIGHT_DECISION or RIGHT_WMO; the look is logged. */
enum err open_decisions(struct ctx *c, struct open_decision **ret_open, size_t *ret_n) MUST_CHECK;

enum { DECISION_WEEKS = 26, DECIDED_WEEKS = 13, DECISION_RESULTS = 8, DECISION_GROUNDS = 12 };

struct decision_week {
    int32_t monday;
    int64_t open; /* at the end of the week */
    int64_t applied, decided, calls;
};
struct decision_figures {
    enum party owner;          /* whose clock it is */
    int64_t open, over, still; /* applications that are not decided */
    int64_t objections, objections_over;
    int64_t notices;                  /* of default, open */
    int64_t oldest;                   /* days since the oldest open application; INT_NONE: none */
    int64_t days[PARTIES];            /* days of the open ones by who had to act */
    int64_t days_still;               /* of those, days that the term stood still */
    int64_t ground[DECISION_GROUNDS]; /* open ones that stand still now, by place in law_grounds */
    int64_t euros;                    /* penalties of the open ones so far */
    /* the last DECIDED_WEEKS weeks */
    int64_t decided, in_term;
    int64_t result[DECISION_RESULTS]; /* by place in law_results */
    int64_t paid;                     /* penalties of the decided ones, euros */
    int64_t weeks_of_work; /* hundredths: open ones at the pace of these weeks; INT_NONE: no pace */
    struct decision_week week[DECISION_WEEKS]; /* oldest first; the last one is this week */
};
/* open: from open_decisions. Rights as there. */
enum err decision_figures_get(struct ctx *c, const struct open_decision *open, size_t n,
                              struct decision_figures *ret_figures) MUST_CHECK;

/* Terms that run or are late, of one worker (INT_NONE: everyone who may be seen), that end before or on the
 * day `until`; late ones first. With those of decisions only for who may see them. Rights: RIGHT_WMO or
 * RIGHT_DECISION. */
struct due_term {
    int64_t request, person;
    char number[32];
    struct law_term term;
};
enum err due_terms(struct ctx *c, int64_t worker, int32_t until, struct due_term **ret_due,
                   size_t *ret_n) MUST_CHECK;

#endif
