// SPDX-License-Identifier: EUPL-1.2
/* Triage: how pressing is it? First whether anyone is in danger, and whether there are children (kindcheck);
 * without that nothing is saved. Then one of four classes, with the reason in words. A later judgement leaves
 * the earlier ones visible and says why it differs; "worse" counts as worsening while waiting. */
#ifndef PEIL_REGISTER_TRIAGE_H
#define PEIL_REGISTER_TRIAGE_H

#include "register/code.h"
#include "register/request.h"

/* Is anyone in danger: "no", "unsure", "yes". The reason of the event safety_checked is "danger_" and that.
 */
extern const struct code_name triage_dangers[], triage_children[], triage_changes[];
extern const size_t triage_danger_count, triage_child_count, triage_change_count;

struct triage_form {
    struct request_id request;
    int64_t version;      /* as the user saw it; -1: any */
    const char *danger;   /* code */
    const char *children; /* code: "no", "yes", "unknown" */
    bool steps;           /* the five steps of the reporting code (meldcode) were shown and read */
    int64_t urgency;      /* enum urgency, not unknown */
    const char
        *change;     /* code, when the class becomes another one: "worse", "better", "new_facts", "mistake" */
    const char *why; /* always needed */
};
/* The reason of the event safety_checked that goes with an answer; NULL without one. */
const char *triage_danger_reason(const char *danger);
/* Is this a reason in words? Three characters is the least. */
bool triage_is_reason(const char *why);
/* Rights: RIGHT_TRIAGE. Errors: E_INVALID with the field, E_CONFLICT. */
enum err triage_add(struct ctx *c, const struct triage_form *f) MUST_CHECK;

/* The written criteria of a class, one a line: what the organisation set, else ours. */
enum err triage_criteria(struct ctx *c, int64_t urgency, const char **ret_text) MUST_CHECK;

#endif
