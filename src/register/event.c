// SPDX-License-Identifier: EUPL-1.2
#include "register/event.h"

#include "register/merge.h"
#include "register/right.h"
#include "store/vault.h"

enum err event_append(struct ctx *c, int64_t request, const struct event *e, struct blob note)
{
    struct sql_event_insert_args row = { request,        e->seq,         kind_code(e->kind),
                                         e->occurred_at, e->recorded_at, e->account,
                                         e->team,        e->worker,      e->urgency,
                                         e->reason,      e->until,       e->activity,
                                         note,           e->number,      e->object };

    return sql_event_insert(c, &row);
}

enum err standing_store(struct ctx *c, int64_t request, int64_t person, int64_t neighbourhood,
                        const struct standing *s)
{
    struct merge_links before;

    TRY(merge_before(c, request, &before));
    struct sql_standing_put_args row = {
        request,       s->version,      state_code(s->state), s->waiting,     person,         s->team,
        neighbourhood, s->worker,       s->urgency,           s->received_at, s->heard_at,    s->attempts,
        s->listed,     s->paused_at,    s->started_at,        s->ended_at,    s->sealed,      s->office,
        s->merged,     s->paused_until, s->call_at,           s->called_at,   s->urgent_at,   s->protected_at,
        s->wmo,        s->bridge,       (int64_t)s->bridged,  s->left_at,     s->left_reason, s->weight,
        s->accepted
    };

    TRY(sql_standing_put(c, &row));
    return merge_after(c, request, s, &before);
}

struct event event_now(struct ctx *c, enum kind kind, int64_t occurred_at, int64_t seq)
{
    struct event e = EVENT_NONE;

    e.kind = kind;
    e.occurred_at = occurred_at;
    e.recorded_at = c->now;
    e.seq = seq;
    e.account = c->actor != NULL ? c->actor->account : INT_NONE;
    return e;
}

enum err note_seal(struct ctx *c, int64_t person, const char *text, struct blob *ret_sealed)
{
    *ret_sealed = (struct blob){ NULL, 0 };
    if (text_empty(text))
        return OK;
    return vault_seal(c, person, text, ret_sealed);
}
