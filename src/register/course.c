// SPDX-License-Identifier: EUPL-1.2
#include "register/course.h"

#include "register/care.h"
#include "register/event.h"
#include "register/law_step.h"
#include "register/window_told.h"

#include <assert.h>

static enum err event_of(struct ctx *c, const struct sql_event_all_row *row, struct event *ret_event)
{
    *ret_event = (struct event){ .seq = row->seq,
                                 .occurred_at = row->occurred_at,
                                 .recorded_at = row->recorded_at,
                                 .account = row->account,
                                 .team = row->team,
                                 .worker = row->worker,
                                 .urgency = row->urgency,
                                 .number = row->number,
                                 .object = row->object,
                                 .until = row->until,
                                 .reason = row->reason,
                                 .activity = row->activity };
    return kind_read(c, row->kind, &ret_event->kind);
}

enum err course_begin(struct ctx *c, int64_t request, size_t more, struct course *ret_course)
{
    struct course k = { .request = request };
    struct sql_event_all_row *row;

    TRY(sql_event_all(c, request, &row, &k.n));
    k.row = row;
    k.room = k.n + more;
    TRY(ctx_alloc(c, k.room + 1, sizeof *k.event, (void *)&k.event));
    for (size_t i = 0; i < k.n; i++)
        TRY(event_of(c, &row[i], &k.event[i]));
    *ret_course = k;
    return OK;
}

int64_t course_play(struct course *k)
{
    return standing_replay(k->event, k->n, &k->now);
}

enum err course_read(struct ctx *c, int64_t request, struct course *ret_course)
{
    TRY(course_begin(c, request, 0, ret_course));
    course_play(ret_course);
    return OK;
}

enum err course_add(struct ctx *c, struct course *k, const struct event *e, struct blob note)
{
    assert(k->n < k->room);
    k->event[k->n] = *e;
    k->event[k->n].seq = (int64_t)k->n + 1;
    TRY(event_append(c, k->request, &k->event[k->n], note));
    k->n++;
    return OK;
}

enum err course_store(struct ctx *c, const struct course *k, int64_t person, int64_t neighbourhood,
                      int64_t added)
{
    TRY(law_store(c, k->request, k->event, k->n, added));
    TRY(standing_store(c, k->request, person, neighbourhood, &k->now));
    TRY(window_told_put(c, k->request, k->event, k->n));
    return care_put(c, k->request, k->event, k->n, &k->now);
}
