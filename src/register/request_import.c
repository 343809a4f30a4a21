// SPDX-License-Identifier: EUPL-1.2
#include "register/course.h"
#include "register/event.h"
#include "register/request.h"
#include "register/right.h"
#include "store/sql.h"

static enum err add_imported(struct ctx *c, struct course *k, const struct event *from)
{
    struct event e = *from;

    e.recorded_at = c->now;
    e.account = c->actor != NULL ? c->actor->account : INT_NONE;
    return course_add(c, k, &e, (struct blob){ NULL, 0 });
}

static enum err import_new(struct ctx *c, const struct request_import *r, struct request_imported *done)
{
    struct blob question = { NULL, 0 };
    struct sql_request_insert_row added;
    struct event first = event_now(c, KIND_REGISTERED, r->received_at, 0);
    struct course k = { .room = r->events + 1 };

    if (r->person != INT_NONE)
        TRY(note_seal(c, r->person, r->question, &question));
    struct sql_request_insert_args row = { r->person,   r->received_at,   c->now,    r->channel, r->route,
                                           r->category, r->neighbourhood, r->source, r->key,     question };
    TRY(sql_request_insert(c, &row, &added));
    k.request = added.id;
    TRY(ctx_alloc(c, k.room, sizeof *k.event, (void *)&k.event));
    first.team = r->team;
    first.urgency = r->urgency;
    first.reason = r->urgency == INT_NONE ? NULL : REASON_SOURCE;
    TRY(course_add(c, &k, &first, (struct blob){ NULL, 0 }));
    for (size_t i = 0; i < r->events; i++)
        TRY(add_imported(c, &k, &r->event[i]));
    course_play(&k);
    *done = (struct request_imported){ true, k.n, added.id };
    return course_store(c, &k, r->person, r->neighbourhood, 0);
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
    struct course k;
    bool *taken;

    TRY(course_begin(c, id, r->events, &k));
    TRY(ctx_alloc(c, k.n + 1, sizeof *taken, (void *)&taken));
    size_t old = k.n;
    for (size_t i = 0; i < r->events; i++) {
        size_t at = 0;
        while (at < old && (taken[at] || !same_event(&k.event[at], &r->event[i])))
            at++;
        if (at < old)
            taken[at] = true;
        else
            TRY(add_imported(c, &k, &r->event[i]));
    }
    *done = (struct request_imported){ false, k.n - old, id };
    if (k.n == old)
        return OK;
    course_play(&k);
    return course_store(c, &k, r->person, r->neighbourhood, 0);
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
