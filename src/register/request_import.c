// SPDX-License-Identifier: EUPL-1.2
#include "register/care.h"
#include "register/event.h"
#include "register/law_step.h"
#include "register/request.h"
#include "register/right.h"
#include "register/window_told.h"
#include "store/sql.h"

static struct event imported_event(struct ctx *c, const struct event *from, int64_t seq)
{
    struct event e = *from;

    e.seq = seq;
    e.recorded_at = c->now;
    e.account = c->actor != NULL ? c->actor->account : INT_NONE;
    return e;
}

static enum err import_new(struct ctx *c, const struct request_import *r, struct request_imported *done)
{
    struct blob question = { NULL, 0 };
    struct sql_request_insert_row added;
    struct standing now;
    struct event *event;

    if (r->person != INT_NONE)
        TRY(note_seal(c, r->person, r->question, &question));
    struct sql_request_insert_args row = { r->person,   r->received_at,   c->now,    r->channel, r->route,
                                           r->category, r->neighbourhood, r->source, r->key,     question };
    TRY(sql_request_insert(c, &row, &added));
    TRY(ctx_alloc(c, r->events + 1, sizeof *event, (void *)&event));
    event[0] = event_now(c, KIND_REGISTERED, r->received_at, 1);
    event[0].team = r->team;
    event[0].urgency = r->urgency;
    event[0].reason = r->urgency == INT_NONE ? NULL : REASON_SOURCE;
    for (size_t i = 0; i < r->events; i++)
        event[i + 1] = imported_event(c, &r->event[i], (int64_t)i + 2);
    for (size_t i = 0; i <= r->events; i++)
        TRY(event_append(c, added.id, &event[i], (struct blob){ NULL, 0 }));
    standing_replay(event, r->events + 1, &now);
    TRY(law_store(c, added.id, event, r->events + 1, 0));
    *done = (struct request_imported){ true, r->events + 1, added.id };
    TRY(standing_store(c, added.id, r->person, r->neighbourhood, &now));
    TRY(window_told_put(c, added.id, event, r->events + 1));
    return care_put(c, added.id, event, r->events + 1, &now);
}

static bool same_event(const struct event *a, const struct event *b)
{
    return a->kind == b->kind && a->occurred_at == b->occurred_at && text_is(a->activity, b->activity) &&
           text_is(a->reason, b->reason);
}

/* Each event of the file is matched with one event of the register that was not matched before. */
static enum err import_more(struct ctx *c, const struct request_import *r, int64_t id,
                            struct request_imported *done)
{
    struct sql_event_all_row *row;
    struct standing now;
    struct event *event;
    bool *taken;
    size_t n, old;

    TRY(event_read_rows(c, id, r->events, &event, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *taken, (void *)&taken));
    old = n;
    for (size_t i = 0; i < r->events; i++) {
        size_t k = 0;
        while (k < old && (taken[k] || !same_event(&event[k], &r->event[i])))
            k++;
        if (k < old) {
            taken[k] = true;
            continue;
        }
        event[n] = imported_event(c, &r->event[i], (int64_t)n + 1);
        TRY(event_append(c, id, &event[n], (struct blob){ NULL, 0 }));
        n++;
    }
    *done = (struct request_imported){ false, n - old, id };
    if (n == old)
        return OK;
    standing_replay(event, n, &now);
    TRY(law_store(c, id, event, n, 0));
    TRY(standing_store(c, id, r->person, r->neighbourhood, &now));
    TRY(window_told_put(c, id, event, n));
    return care_put(c, id, event, n, &now);
}

enum err request_import(struct ctx *c, const struct request_import *r, struct request_imported *ret_done)
{
    struct sql_request_by_source_row *known;
    size_t n;

    TRY(sql_request_by_source(c, r->source, r->key, &known, &n));
    if (n > 0)
        return import_more(c, r, known->id, ret_done);
    return import_new(c, r, ret_done);
}
