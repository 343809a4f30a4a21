// SPDX-License-Identifier: EUPL-1.2
/* What the work of a team goes to: helping, referring, deciding; counted from what happened, not from time
 * sheets. */
#ifndef PEIL_REGISTER_WORK_SPLIT_H
#define PEIL_REGISTER_WORK_SPLIT_H

#include "register/state.h"

enum work_kind {
    WORK_NONE,
    /* Talks, plans, looking back, help by the team, a group or people nearby, a call in which someone was
     * spoken to after the first talk or while waiting. */
    WORK_HELP,
    /* Brought elsewhere, help by a general provision or a specialist, checking whether it arrived. */
    WORK_REFER,
    /* Research under the Wmo, applications, decisions, objections. */
    WORK_DECIDE,
    WORK_KINDS
};

struct work_month {
    int32_t month;         /* its first day */
    int64_t n[WORK_KINDS]; /* steps; WORK_NONE is not counted */
};
/* The `n` months up to the one of `day`, the oldest first; team INT_NONE: everyone. Rights: RIGHT_FIGURES. */
enum err work_split(struct ctx *c, int64_t team, int32_t day, size_t n,
                    struct work_month *ret_month) MUST_CHECK;

#endif
