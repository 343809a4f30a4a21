// SPDX-License-Identifier: EUPL-1.2
/* Handing over a whole caseload at once (overdracht van een caseload), when a worker leaves or is away for
 * long: a proposal for each case that keeps as much as can be kept (who takes part already, same discipline,
 * who has room), one confirmation, one transaction, one undo. */
#ifndef PEIL_REGISTER_HANDOVER_H
#define PEIL_REGISTER_HANDOVER_H

#include "register/caseload.h"

extern const struct code_name handover_reasons[]; /* why another worker: counts in H5 */
extern const size_t handover_reason_count;

struct handover_case {
    struct case_row row;
    struct proposal p; /* colleagues, best first */
};
struct handover {
    struct worker from;
    struct handover_case *at;
    size_t n;
    const struct worker *colleague; /* everyone who can take a case: of the team, in service, not leaving */
    size_t colleagues;
};
/* Rights: RIGHT_ALLOCATE, for a worker of the own team; the look is logged. */
enum err handover_propose(struct ctx *c, int64_t worker, struct handover *ret_handover) MUST_CHECK;

struct handover_form {
    int64_t worker;
    const char *reason;
    int32_t
        last_day; /* the worker leaves: the last day in service, written in the same step; DAY_NONE: stays */
    int64_t seen; /* version of the worker, when there is a last day */
    const int64_t *request, *version, *to;
    size_t n;
};
/* All of it or nothing. With a last day every open case must go. Errors: E_INVALID with "id", "to", "reason"
 * or "last_day"; E_CONFLICT when a case or the worker changed. */
enum err handover_save(struct ctx *c, const struct handover_form *f, int64_t *ret_batch) MUST_CHECK;

#endif
