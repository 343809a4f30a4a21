// SPDX-License-Identifier: EUPL-1.2
#include "register/continuity.h"

#include "register/right.h"
#include "store/sql.h"

#include <stdlib.h>

#define EVENTS_MAX 400 /* that matter to this, of one request */

static bool is_talk(enum kind kind)
{
    return kind == KIND_FIRST_TALK || kind == KIND_TALK || kind == KIND_EVALUATED;
}

struct continuity continuity_of(const struct event *event, size_t n)
{
    struct continuity k = { .first = INT_NONE, .last = INT_NONE };
    int64_t worker = INT_NONE;
    bool started = false;

    for (size_t i = 0; i < n; i++) {
        const struct event *e = &event[i];
        if (e->undone)
            continue;
        k.talks += is_talk(e->kind);
        if (e->kind == KIND_GIVEN_BACK)
            worker = INT_NONE;
        if ((e->kind == KIND_ALLOCATED || e->kind == KIND_WORKER_CHANGED || e->kind == KIND_FIRST_TALK) &&
            e->worker != INT_NONE)
            worker = e->worker;
        started = started || e->kind == KIND_FIRST_TALK;
        if (!started || worker == INT_NONE || worker == k.last)
            continue;
        if (k.first == INT_NONE)
            k.first = worker;
        else
            k.changes++;
        k.last = worker;
    }
    return k;
}

struct counting {
    struct event event[EVENTS_MAX];
    size_t n;
    int64_t request;
    struct continuity_share share;
};

/* Events are in the order of recording: the newest taking back decides (as in standing_replay, which wants
 * all events of a request; here are only those that matter). */
static void mark_undone(struct event *event, size_t n)
{
    for (size_t i = n; i > 0; i--) {
        const struct event *by = &event[i - 1];
        if (by->kind != KIND_UNDONE || by->undone)
            continue;
        for (size_t k = 0; k + 1 < i; k++)
            event[k].undone = event[k].undone || event[k].seq == by->number;
    }
}

static int by_happening(const void *pa, const void *pb)
{
    const struct event *a = pa, *b = pb;

    if (a->occurred_at != b->occurred_at)
        return a->occurred_at < b->occurred_at ? -1 : 1;
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static void finish(struct counting *g)
{
    if (g->n == 0)
        return;
    mark_undone(g->event, g->n);
    qsort(g->event, g->n, sizeof *g->event, by_happening);
    struct continuity k = continuity_of(g->event, g->n);
    g->n = 0;
    if (k.talks < 2)
        return;
    g->share.requests++;
    g->share.kept += k.changes <= 1;
}

static enum err take(struct ctx *c, void *arg, const struct sql_continuity_events_row *r)
{
    struct counting *g = arg;
    struct event e = EVENT_NONE;

    if (r->request != g->request)
        finish(g);
    g->request = r->request;
    TRY(kind_read(c, r->kind, &e.kind));
    e.seq = r->seq;
    e.occurred_at = r->occurred_at;
    e.worker = r->worker;
    e.number = r->number;
    if (g->n < EVENTS_MAX)
        g->event[g->n++] = e;
    return OK;
}

enum err continuity_count(struct ctx *c, int64_t team, int64_t since, struct continuity_share *ret_share)
{
    struct counting *g;

    TRY(may(c, RIGHT_FIGURES));
    TRY(ctx_alloc(c, 1, sizeof *g, (void *)&g));
    TRY(sql_continuity_events_each(c, team, since, take, g));
    finish(g);
    *ret_share = g->share;
    return OK;
}
