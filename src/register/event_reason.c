// SPDX-License-Identifier: EUPL-1.2
#include "register/event_reason.h"

#include "register/bridging.h"
#include "register/closing.h"
#include "register/group.h"
#include "register/help_line.h"
#include "register/talk.h"
#include "register/window_told.h"

static const struct reason_list {
    const struct code_name *list;
    const size_t *n;
} lists[KINDS] = {
    [KIND_NO_SHOW] = { absentees, &absentee_count },
    [KIND_APPOINTMENT] = { talk_places, &talk_place_count },
    [KIND_SUPPORTER_TOLD] = { supporter_told_answers, &supporter_told_count },
    [KIND_SUPPORTER_USED] = { supporter_kinds, &supporter_kind_count },
    [KIND_CARER_ASKED] = { carer_answers, &carer_answer_count },
    [KIND_CHOICE_EXPLAINED] = { choice_answers, &choice_answer_count },
    [KIND_HELP_STARTED] = { line_kinds, &line_kind_count },
    [KIND_HELP_ENDED] = { line_ends, &line_end_count },
    [KIND_ARRIVAL_CHECKED] = { line_arrivals, &line_arrival_count },
    [KIND_EVALUATED] = { experiences, &experience_count },
    [KIND_DIRECT_SAID] = { direct_answers, &direct_answer_count },
    [KIND_AFTERCARE] = { aftercare_results, &aftercare_result_count },
    [KIND_BRIDGE_ENDED] = { group_ends, &group_end_count },
    [KIND_WINDOW_TOLD] = { window_channels, &window_channel_count },
};

const char *event_reason(const struct ctx *c, const struct event *e)
{
    const struct reason_list *l = &lists[e->kind];

    if (e->reason == NULL)
        return NULL;
    if (e->kind == KIND_BRIDGED || e->kind == KIND_BRIDGE_ACCEPTED)
        return bridge_name(c, e->reason);
    if (l->list == NULL)
        return e->kind == KIND_LINKED ? NULL : reason_name(c, e->reason);
    const char *name = code_text(c, l->list, *l->n, e->reason);
    return name != e->reason ? name : reason_name(c, e->reason); /* of an import */
}
