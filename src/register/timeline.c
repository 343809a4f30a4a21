// SPDX-License-Identifier: EUPL-1.2
#include "register/timeline.h"

#include "register/ave.h"
#include "register/clock.h"
#include "register/config.h"
#include "register/regie.h"
#include "register/timeline_source.h"

#include <stdlib.h>
#include <string.h>

static enum err of_requests(struct ctx *c, const struct timeline_of *of, struct timeline *t);
static enum err of_clocks(struct ctx *c, const struct timeline_of *of, struct timeline *t);

/* The list: one line for each kind of record. */
static timeline_source *const sources[] = {
    of_requests, of_clocks, timeline_contacts, timeline_callbacks, timeline_messages, timeline_people,
};

struct timeline {
    struct timeline_entry *entry;
    size_t n, room;
};

enum err timeline_add(struct ctx *c, struct timeline *t, const struct timeline_entry *e)
{
    if (t->n == t->room) {
        size_t room = t->room > 0 ? t->room * 2 : 64;
        struct timeline_entry *more;
        TRY(ctx_alloc(c, room, sizeof *more, (void *)&more));
        if (t->n > 0)
            memcpy(more, t->entry, t->n * sizeof *more);
        t->entry = more;
        t->room = room;
    }
    t->entry[t->n++] = *e;
    return OK;
}

/* ── Events of the requests ───────────────────────────────────────────────────────────────────────────────
 */

static enum timeline_tone tone_of(enum kind kind)
{
    switch (kind) {
    case KIND_CALL_REACHED:
    case KIND_FIRST_TALK:
    case KIND_TALK:
    case KIND_HELP_STARTED:
        return TONE_GOOD;
    case KIND_CALL_ATTEMPTED:
    case KIND_NO_SHOW:
        return TONE_BAD;
    default:
        return TONE_PLAIN;
    }
}

static const char *detail_of(const struct ctx *c, const struct event *e)
{
    switch (e->kind) {
    case KIND_TRIAGED:
        return e->urgency != INT_NONE ? urgency_name(c, e->urgency) : NULL;
    case KIND_AVE_CHANGED:
        return ave_level_name(c, e->number);
    case KIND_REGIE_CHANGED:
        return code_text(c, regie_holders, regie_holder_count, e->activity);
    default:
        return reason_name(c, e->reason);
    }
}

static enum err of_requests(struct ctx *c, const struct timeline_of *of, struct timeline *t)
{
    for (size_t i = 0; i < of->requests; i++)
        for (size_t k = 0; k < of->request[i].events; k++) {
            const struct request_event *e = &of->request[i].event[k];
            struct timeline_entry x = { .at = e->e.occurred_at,
                                        .recorded_at = e->e.recorded_at,
                                        .title = e->e.kind == KIND_ACTIVITY && e->e.activity != NULL
                                                     ? e->e.activity
                                                     : kind_name(c, e->e.kind),
                                        .detail = detail_of(c, &e->e),
                                        .note = e->note,
                                        .who = e->who,
                                        .withheld = e->withheld,
                                        .undone = e->e.undone,
                                        .tone = tone_of(e->e.kind),
                                        .request = of->request[i].id.v };
            TRY(timeline_add(c, t, &x));
        }
    return OK;
}

/* ── What the requests promise ────────────────────────────────────────────────────────────────────────────
 */

static enum err promise(struct ctx *c, struct timeline *t, int64_t request, int64_t at, const char *title)
{
    struct timeline_entry x = {
        .at = at, .recorded_at = TIME_NONE, .title = title, .request = request, .promise = true
    };

    return timeline_add(c, t, &x);
}

static enum err of_clocks(struct ctx *c, const struct timeline_of *of, struct timeline *t)
{
    const struct config *k;

    TRY(config_get(c, &k));
    for (size_t i = 0; i < of->requests; i++) {
        const struct request *r = &of->request[i];
        struct clocks clocks = clocks_of(k, &r->now, c->now);
        struct ave ave = ave_of(r);
        if (clocks.running) {
            TRY(promise(c, t, r->id.v, time_of_nl_day(clocks.call_before, 0), _("Call the resident")));
            TRY(promise(c, t, r->id.v, time_of_nl_day(clocks.norm_day, 0), _("First talk, as agreed")));
        }
        if (r->now.ended_at == TIME_NONE && ave.review != TIME_NONE)
            TRY(promise(c, t, r->id.v, ave.review, _("Look at the level of escalation again")));
    }
    return OK;
}

/* ── Together ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What happened first, the newest first; then what must be done, the first due first. At the same moment what
 * was added later is newer. */
struct place {
    struct timeline_entry e;
    size_t added;
};

static int by_time(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;

    if (a->e.promise != b->e.promise)
        return a->e.promise ? 1 : -1;
    bool before = a->e.at != b->e.at ? a->e.at < b->e.at : a->added < b->added;
    return before != a->e.promise ? 1 : -1;
}

enum err timeline_read(struct ctx *c, const struct timeline_of *of, struct timeline_all *ret_all)
{
    struct timeline t = { 0 };
    struct place *place;
    struct timeline_entry *sorted;
    size_t happened = 0;

    for (size_t i = 0; i < COUNT(sources); i++)
        TRY(sources[i](c, of, &t));
    TRY(ctx_alloc(c, t.n + 1, sizeof *place, (void *)&place));
    TRY(ctx_alloc(c, t.n + 1, sizeof *sorted, (void *)&sorted));
    for (size_t i = 0; i < t.n; i++)
        place[i] = (struct place){ t.entry[i], i };
    qsort(place, t.n, sizeof *place, by_time);
    for (size_t i = 0; i < t.n; i++) {
        sorted[i] = place[i].e;
        happened += !place[i].e.promise;
    }
    *ret_all = (struct timeline_all){ sorted, happened, sorted + happened, t.n - happened };
    return OK;
}
