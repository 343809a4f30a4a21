// SPDX-License-Identifier: EUPL-1.2
#include "account/expectation_history.h"

#include "account/expectation_core.h"
#include "base/text.h"
#include "forecast/model.h"
#include "register/right.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS_A_REQUEST 10000 /* more is a damaged register */
#define AGES 367               /* days of waiting that the order tells apart */

struct reading {
    struct expectation_history *x;
    const struct config *config;
    size_t n, room; /* rows */
    int64_t *request, *merged, *worker_id;
    bool *waiting;
    struct history_fact *received, *started, *left, *closed, *lost;
    int16_t *stream, *team;
    struct history_move *move;
    size_t moves, move_room;
    /* the events of one request, until the next one begins; known_at stands in recorded_at */
    struct event event[EVENTS_A_REQUEST], play[EVENTS_A_REQUEST];
    size_t events;
    int64_t at;
};

static const struct history_fact nothing = { TICK_NONE, TICK_NONE };

int16_t expectation_stream(int64_t urgency, bool wmo)
{
    int64_t class = urgency >= 0 && urgency < URGENCIES ? urgency : URGENCY_UNKNOWN;

    return (int16_t)((URGENCY_EMERGENCY - class) * 2 + (wmo ? 1 : 0));
}

int16_t expectation_list_of(const struct expectation_history *x, int64_t team)
{
    int16_t last = (int16_t)(x->h.teams - 1);

    for (int16_t i = 0; i < last; i++)
        if (x->team[i] == team)
            return i;
    return last;
}

bool expectation_row(const struct expectation_history *x, int64_t request, uint32_t *ret_row)
{
    size_t low = 0, high = x->h.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (x->request[middle] < request)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == x->h.n || x->request[low] != request)
        return false;
    *ret_row = (uint32_t)low;
    return true;
}

/* ── One request ──────────────────────────────────────────────────────────────────────────────────────────
 */

static struct history_fact fact_of(int64_t at, int64_t known)
{
    int32_t day = time_nl_day(at), written = time_nl_day(known);

    return (struct history_fact){ day, written > day ? written : day };
}

/* How it stood after the first n events that were written down. Sorts a copy, so that the order of recording
 * stays. */
static void play(struct reading *g, size_t n, struct standing *ret_s)
{

    memcpy(g->play, g->event, n * sizeof *g->play);
    standing_replay(g->play, n, ret_s);
}

static int16_t stream_of(const struct standing *s)
{
    if (!s->waiting || s->state == STATE_PAUSED)
        return -1;
    return expectation_stream(s->urgency, s->wmo);
}

/* Events that can move a request to another stream. */
static bool moves(enum kind kind)
{
    switch (kind) {
    case KIND_TRIAGED:
    case KIND_PAUSED:
    case KIND_RESUMED:
    case KIND_ALLOCATED:
    case KIND_WMO_REPORTED:
    case KIND_UNDONE:
        return true;
    default:
        return false;
    }
}

/* The first day after a pause, as was agreed when it began; 0: not known, or no pause. */
static int32_t pause_until(const struct standing *s)
{
    return s->state == STATE_PAUSED && s->paused_until != TIME_NONE ? time_nl_day(s->paused_until) : 0;
}

static enum err add_move(struct ctx *c, struct reading *g, int32_t known, int16_t stream, int32_t until)
{
    if (g->moves == g->move_room) {
        struct history_move *more;
        g->move_room = g->move_room > 0 ? 2 * g->move_room : 256;
        TRY(ctx_alloc(c, g->move_room, sizeof *more, (void *)&more));
        if (g->moves > 0)
            memcpy(more, g->move, g->moves * sizeof *more);
        g->move = more;
    }
    g->move[g->moves++] = (struct history_move){ (uint32_t)g->n, known, stream, until };
    return OK;
}

/* In which stream it stood at the end of each day on which something was written down: the first one is that
 * of its registration, the rest are moves. */
static enum err fill_streams(struct ctx *c, struct reading *g)
{
    int32_t first = time_nl_day(g->event[0].recorded_at);
    struct standing s;
    int32_t until = 0; /* a pause that was made longer is a move too */
    int16_t stream;
    bool moved = false;

    play(g, 1, &s);
    stream = stream_of(&s);
    g->stream[g->n] = stream;
    for (size_t i = 0; i < g->events; i++) {
        int32_t day = time_nl_day(g->event[i].recorded_at);
        moved = moved || moves(g->event[i].kind);
        if (!moved || (i + 1 < g->events && time_nl_day(g->event[i + 1].recorded_at) <= day))
            continue;
        moved = false;
        play(g, i + 1, &s);
        if (!s.waiting || (stream_of(&s) == stream && pause_until(&s) == until))
            continue;
        until = pause_until(&s);
        stream = stream_of(&s);
        if (day <= first && stream >= 0)
            g->stream[g->n] = stream;
        else
            TRY(add_move(c, g, day, stream, pause_until(&s)));
    }
    return OK;
}

/* When the end of waiting or of help was written down: the event that made it. */
static int64_t known_of(const struct reading *g, int64_t at, bool start)
{
    int64_t known = at;

    for (size_t i = 0; i < g->events; i++) {
        const struct event *e = &g->play[i];
        bool right = start ? e->kind == KIND_FIRST_TALK
                           : e->kind == KIND_CLOSED || e->kind == KIND_REDIRECTED || e->kind == KIND_MERGED;
        if (right && !e->undone && e->occurred_at == at)
            known = e->recorded_at;
    }
    return known;
}

static enum err finish_request(struct ctx *c, struct reading *g)
{
    size_t n = g->n;
    struct standing s;

    if (g->events == 0 || g->event[0].kind != KIND_REGISTERED)
        return OK;
    if (n == g->room)
        return FAIL(E_BUSY, "%s", _("The register is busy. Please try again."));
    TRY(fill_streams(c, g));
    play(g, g->events, &s);
    g->request[n] = g->at;
    g->waiting[n] = s.waiting;
    g->merged[n] = s.merged;
    g->worker_id[n] = s.worker;
    g->team[n] = expectation_list_of(g->x, s.team);
    g->received[n] = fact_of(s.received_at, g->event[0].recorded_at);
    g->started[n] =
        s.started_at != TIME_NONE ? fact_of(s.started_at, known_of(g, s.started_at, true)) : nothing;
    struct history_fact end =
        s.ended_at != TIME_NONE ? fact_of(s.ended_at, known_of(g, s.ended_at, false)) : nothing;
    bool lost = text_is(s.end_reason, REASON_END_OF_DATA); /* the file ends, waiting or help did not */
    g->left[n] = s.started_at == TIME_NONE && !lost ? end : nothing;
    g->closed[n] = s.started_at != TIME_NONE && !lost ? end : nothing;
    g->lost[n] = lost ? end : nothing;
    g->n++;
    return OK;
}

static enum err take_event(struct ctx *c, void *arg, const struct sql_expectation_events_row *r)
{
    struct reading *g = arg;

    if (r->request != g->at) {
        TRY(finish_request(c, g));
        g->at = r->request;
        g->events = 0;
    }
    if (g->events == EVENTS_A_REQUEST)
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    struct event e = EVENT_NONE;
    e.seq = r->seq;
    e.occurred_at = r->occurred_at;
    e.recorded_at = r->known_at;
    e.team = r->team;
    e.urgency = r->urgency;
    e.worker = r->worker;
    e.object = r->object;
    e.number = r->number;
    e.until = r->until;
    TRY(kind_read(c, r->kind, &e.kind));
    if (text_is(r->reason, REASON_END_OF_DATA))
        e.reason = REASON_END_OF_DATA; /* the only reason that is looked at; the row is gone after this */
    /* an import is in the order of its file: events are kept in the order of being known */
    size_t i = g->events++;
    for (; i > 1 && g->event[i - 1].recorded_at > e.recorded_at; i--)
        g->event[i] = g->event[i - 1];
    g->event[i] = e;
    return OK;
}

/* ── All of them ──────────────────────────────────────────────────────────────────────────────────────────
 */

/* The request that stands for another takes over the earliest moment of asking (register/merge.h). */
static void fold_merged(struct reading *g)
{
    for (size_t i = 0; i < g->n; i++) {
        uint32_t into = (uint32_t)i;
        size_t steps = 0;
        while (g->merged[into] != INT_NONE && steps++ < g->n && expectation_row(g->x, g->merged[into], &into))
            ;
        if (into != i && g->received[i].at < g->received[into].at)
            g->received[into].at = g->received[i].at;
    }
}

static int by_known(const void *pa, const void *pb)
{
    const struct history_move *a = pa, *b = pb;

    if (a->known != b->known)
        return a->known < b->known ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static enum err lists_fill(struct ctx *c, const struct config *k, struct expectation_history *x)
{
    int64_t *team;

    TRY(ctx_alloc(c, k->teams + 1, sizeof *team, (void *)&team));
    for (size_t i = 0; i < k->teams; i++)
        team[i] = k->team[i].id;
    team[k->teams] = INT_NONE;
    x->team = team;
    x->h.teams = k->teams + 1;
    return OK;
}

static enum err allocate(struct ctx *c, struct reading *g, size_t n)
{
    struct history_fact **fact[] = { &g->received, &g->started, &g->left, &g->closed, &g->lost };
    int64_t **wide[] = { &g->request, &g->merged, &g->worker_id };

    g->room = n;
    for (size_t i = 0; i < COUNT(fact); i++)
        TRY(ctx_alloc(c, n + 1, sizeof **fact[i], (void *)fact[i]));
    for (size_t i = 0; i < COUNT(wide); i++)
        TRY(ctx_alloc(c, n + 1, sizeof **wide[i], (void *)wide[i]));
    TRY(ctx_alloc(c, n + 1, sizeof *g->waiting, (void *)&g->waiting));
    TRY(ctx_alloc(c, n + 1, sizeof *g->stream, (void *)&g->stream));
    return ctx_alloc(c, n + 1, sizeof *g->team, (void *)&g->team);
}

static void columns_show(struct reading *g, int32_t day)
{
    struct history *h = &g->x->h;

    h->n = g->n;
    h->received = g->received;
    h->started = g->started;
    h->left = g->left;
    h->closed = g->closed;
    h->lost = g->lost;
    h->stream = g->stream;
    h->team = g->team;
    h->streams = TURN_STREAMS;
    h->move = g->move;
    h->moves = g->moves;
    h->ticks_a_day = 1;
    h->working = &g->config->calendar;
    h->from = day;
    for (size_t i = 0; i < g->n; i++)
        h->from = g->received[i].known < h->from ? g->received[i].known : h->from;
    g->x->request = g->request;
    g->x->waiting = g->waiting;
}

/* Who helps, by place; after the workers were read. */
static enum err helpers_fill(struct ctx *c, struct reading *g)
{
    const struct expectation_history *x = g->x;
    int32_t *worker;

    TRY(ctx_alloc(c, g->n + 1, sizeof *worker, (void *)&worker));
    for (size_t i = 0; i < g->n; i++) {
        size_t low = 0, high = x->h.workers;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (x->worker[middle] < g->worker_id[i])
                low = middle + 1;
            else
                high = middle;
        }
        bool known = low < x->h.workers && x->worker[low] == g->worker_id[i];
        worker[i] = known ? (int32_t)low : -1;
    }
    g->x->h.worker = x->h.workers > 0 ? worker : NULL;
    return OK;
}

static enum err read_at_once(struct ctx *c, void *arg)
{
    struct expectation_history *ret_history = arg;
    int32_t day = ret_history->day;
    int64_t known = time_of_nl_day(day + 1, 0) - 1;
    struct sql_expectation_size_row size;
    struct expectation_history x = { .day = day };
    struct reading *g;

    TRY(ctx_alloc(c, 1, sizeof *g, (void *)&g));
    TRY(config_get(c, &g->config));
    g->x = &x;
    TRY(lists_fill(c, g->config, &x));
    TRY(sql_expectation_size(c, known, &size));
    TRY(allocate(c, g, (size_t)size.requests));
    TRY(sql_expectation_events_each(c, known, take_event, g));
    TRY(finish_request(c, g));
    columns_show(g, day);
    fold_merged(g);
    if (g->moves > 0)
        qsort(g->move, g->moves, sizeof *g->move, by_known);
    TRY(expectation_staff_read(c, g->config, known, &x));
    TRY(helpers_fill(c, g));
    TRY(expectation_changes_read(c, known, &x));
    TRY(expectation_order(c, day, &x.order));
    *ret_history = x;
    return OK;
}

enum err expectation_history_read(struct ctx *c, int32_t day, struct expectation_history *ret_history)
{
    struct expectation_history x = { .day = day };

    TRY(may(c, RIGHT_FIGURES));
    TRY(db_read(c, read_at_once, &x));
    *ret_history = x;
    return OK;
}

uint64_t expectation_mark(const struct expectation_history *x)
{
    const struct history_order *o = &x->order;
    uint64_t mark = history_mark(&x->h) ^ (uint64_t)x->day * UINT64_C(0x9e3779b97f4a7c15);

    for (size_t i = 0; i < o->streams * o->ages; i++)
        mark = (mark ^ o->rank[i]) * UINT64_C(0xbf58476d1ce4e5b9);
    for (int32_t day = x->h.from; day < x->day + MODEL_DAYS_MAX; day++)
        mark = mark * 5 + calendar_is_working(x->h.working, day) + (mark >> 61);
    return mark;
}

enum err expectation_order(struct ctx *c, int32_t day, struct history_order *ret_order)
{
    struct turn_stream stream[TURN_STREAMS];
    struct turn turn[TURN_STREAMS];
    const struct config *k;
    uint16_t *rank;
    int norm = INT32_MAX;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, (size_t)TURN_STREAMS * AGES, sizeof *rank, (void *)&rank));
    size_t n = turn_streams(stream);
    for (size_t s = 0; s < n; s++) {
        struct turn_facts f = { .urgency = stream[s].urgency, .wmo = stream[s].wmo, .received_at = c->now };
        turn[s] = turn_of(k, &f, day);
        norm = turn[s].norm < norm ? turn[s].norm : norm;
    }
    /* four classes of 16,384 values; within one the days waited in the own norm, as fine as fits */
    for (size_t s = 0; s < n; s++)
        for (int32_t age = 0; age < AGES; age++) {
            struct turn_facts f = { .urgency = stream[s].urgency,
                                    .wmo = stream[s].wmo,
                                    .received_at = time_of_nl_day(day - age, 12 * 3600) };
            struct turn t = turn_of(k, &f, day);
            int64_t share = (int64_t)age * 16383 * norm / ((int64_t)(AGES - 1) * t.norm);
            rank[s * AGES + (size_t)age] = (uint16_t)((t.rank - 1) * 16384 + share);
        }
    *ret_order = (struct history_order){ .streams = n, .ages = AGES, .rank = rank, .shared = k->list.city };
    return OK;
}
