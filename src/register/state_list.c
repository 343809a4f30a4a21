// SPDX-License-Identifier: EUPL-1.2
#include "register/state_list.h"

void standing_list_begin(struct standing *s)
{
    s->paused_until = s->call_at = s->called_at = s->urgent_at = s->protected_at = s->left_at = TIME_NONE;
    s->wmo = false;
    s->bridge = s->left_reason = NULL;
    s->bridged = BRIDGE_NONE;
}

/* An emergency from the first judgement on is one since the resident asked; one that became an emergency
 * while waiting, since that was found, and then it needs a first action of its own. */
static void judge(struct standing *s, const struct event *e)
{
    bool was = s->urgency == URGENCY_EMERGENCY, first = s->urgency == URGENCY_UNKNOWN;

    if (e->urgency == INT_NONE)
        return;
    if (e->urgency != URGENCY_EMERGENCY) {
        s->urgent_at = TIME_NONE;
    } else if (!was) {
        s->urgent_at = first ? s->received_at : e->occurred_at;
        if (!first)
            s->protected_at = TIME_NONE;
    }
}

static void call(struct standing *s, const struct event *e)
{
    s->called_at = e->occurred_at;
    /* a call in vain does not end what was agreed before */
    if (e->kind == KIND_CALL_REACHED || e->until != TIME_NONE)
        s->call_at = e->until;
}

void standing_list_apply(struct standing *s, const struct event *e)
{
    judge(s, e);
    switch (e->kind) {
    case KIND_CALL_REACHED:
    case KIND_CALL_ATTEMPTED:
        call(s, e);
        break;
    case KIND_PAUSED:
        s->paused_until = e->until;
        break;
    case KIND_PROTECTED:
        if (s->protected_at == TIME_NONE)
            s->protected_at = e->occurred_at;
        break;
    case KIND_WMO_REPORTED:
        s->wmo = true;
        break;
    case KIND_BRIDGED:
    case KIND_BRIDGE_ACCEPTED:
        s->bridge = e->reason;
        s->bridged = e->kind == KIND_BRIDGED ? BRIDGE_OFFERED : BRIDGE_ACCEPTED;
        break;
    case KIND_BRIDGE_ENDED:
        s->bridge = NULL;
        s->bridged = BRIDGE_NONE;
        break;
    default:
        break;
    }
}

void standing_list_end(struct standing *s)
{
    if (s->paused_at == TIME_NONE)
        s->paused_until = TIME_NONE;
    if (s->waiting)
        return;
    s->left_at = s->started_at != TIME_NONE ? s->started_at : s->ended_at;
    s->left_reason = s->started_at != TIME_NONE ? LEFT_STARTED : s->end_reason;
}
