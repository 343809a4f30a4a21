// SPDX-License-Identifier: EUPL-1.2
#include "register/extract.h"

#include "base/text.h"
#include "register/config.h"
#include "register/extract_core.h"
#include "register/extract_follow.h"
#include "register/right.h"
#include "register/state.h"
#include "store/sql.h"

#include <string.h>

#define EVENTS_A_REQUEST 10000 /* more is a damaged register */
#define DICTIONARY_MAX 100000

/* The columns while they are filled. */
struct columns {
    size_t n, cap;
    int64_t *id, *recorded, *received, *started, *left, *closed, *lost, *first, *last, *reached, *paused,
        *merged, *paused_since, *version, *counted;
    int32_t *team, *neighbourhood, *channel, *route, *category, *urgency, *reason;
    uint32_t *flags;
    int64_t *contact;
    size_t contacts, contact_room, *contact_from;
};

struct reading {
    struct columns col;
    struct register_extract *out;
    const struct config *config;
    const struct extract_hook *hook;    /* NULL: nobody wants the events */
    struct dictionary activity, reason; /* reason: of what is no end */
    /* the events of one request, until the next one begins */
    struct event event[EVENTS_A_REQUEST];
    size_t events, at;
    int64_t request, counted;
};

/* Small dictionaries: the last hit is looked at first, then the rest in turn. */
enum err dictionary_code(struct ctx *c, struct dictionary *d, const char *text, int32_t *ret_code)
{
    *ret_code = -1;
    if (text == NULL)
        return OK;
    for (size_t i = 0; i < d->n; i++)
        if (text_is(d->name[i], text)) {
            *ret_code = (int32_t)i;
            return OK;
        }
    if (d->n == DICTIONARY_MAX)
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    if ((d->n & (d->n - 1)) == 0) { /* a power of two: full */
        const char **name;
        TRY(ctx_alloc(c, d->n > 0 ? d->n * 2 : 1, sizeof *name, (void *)&name));
        for (size_t i = 0; i < d->n; i++)
            name[i] = d->name[i];
        d->name = name;
    }
    TRY(ctx_copy(c, text, &d->name[d->n]));
    *ret_code = (int32_t)d->n++;
    return OK;
}

enum err extract_wider(struct ctx *c, void *array, size_t n, size_t room, size_t width)
{
    void *old, *more;

    memcpy(&old, array, sizeof old);
    TRY(ctx_alloc(c, room + 1, width, &more));
    if (n > 0)
        memcpy(more, old, n * width);
    memcpy(array, &more, sizeof more);
    return OK;
}

static enum err add_request(struct ctx *c, void *arg, const struct sql_extract_requests_row *r)
{
    struct reading *g = arg;
    struct columns *k = &g->col;
    size_t i = k->n;

    if (i == k->cap)
        return FAIL(E_BUSY, "%s", _("The register is busy. Please try again."));
    k->id[i] = r->id;
    k->recorded[i] = r->recorded_at;
    k->received[i] = r->received_at;
    k->started[i] = k->left[i] = k->closed[i] = k->lost[i] = TIME_NONE;
    k->first[i] = k->last[i] = k->received[i];
    k->reached[i] = TIME_NONE;
    k->merged[i] = INT_NONE;
    k->paused_since[i] = TIME_NONE;
    k->urgency[i] = URGENCY_UNKNOWN;
    k->team[i] = k->reason[i] = -1;
    k->flags[i] = r->recorded_at - r->received_at > 7 * SECONDS_A_DAY ? EXTRACT_BACKDATED : 0u;
    const char *hood = config_neighbourhood_name(g->config, r->neighbourhood);
    TRY(dictionary_code(c, &g->out->neighbourhood, r->neighbourhood != INT_NONE ? hood : NULL,
                        &k->neighbourhood[i]));
    k->flags[i] |= text_is(r->route, "carry_over") ? EXTRACT_CARRY_OVER : 0u;
    TRY(dictionary_code(c, &g->out->channel, r->channel, &k->channel[i]));
    TRY(dictionary_code(c, &g->out->route, r->route, &k->route[i]));
    TRY(dictionary_code(c, &g->out->category, r->category, &k->category[i]));
    k->n++;
    return OK;
}

static enum err add_contact(struct ctx *c, struct columns *k, int64_t time)
{
    if (k->contacts == k->contact_room) {
        int64_t *more;
        k->contact_room = k->contact_room > 0 ? k->contact_room * 2 : 1024;
        TRY(ctx_alloc(c, k->contact_room, sizeof *more, (void *)&more));
        if (k->contacts > 0)
            memcpy(more, k->contact, k->contacts * sizeof *more);
        k->contact = more;
    }
    k->contact[k->contacts++] = time;
    return OK;
}

/* How a request ended. An end that only says that the source stops there is none: it was lost from sight. */
static enum err fill_end(struct ctx *c, struct reading *g, size_t i, const struct standing *s)
{
    struct columns *k = &g->col;

    k->started[i] = s->started_at;
    if (text_is(s->end_reason, REASON_END_OF_DATA)) {
        k->lost[i] = s->ended_at;
        return OK;
    }
    k->closed[i] = s->ended_at;
    k->left[i] = s->started_at == TIME_NONE ? s->ended_at : TIME_NONE;
    return dictionary_code(c, &g->out->reason, s->end_reason, &k->reason[i]);
}

/* What the events of row i say, played in the order in which they happened. */
static enum err fill_row(struct ctx *c, struct reading *g, size_t i)
{
    struct columns *k = &g->col;
    struct standing s;

    standing_replay(g->event, g->events, &s);
    for (size_t e = 0; e < g->events; e++) {
        int64_t t = g->event[e].occurred_at;
        if (t > g->out->at)
            continue; /* taken back since then: no step of its own */
        k->first[i] = t < k->first[i] ? t : k->first[i];
        k->last[i] = t > k->last[i] ? t : k->last[i];
        if (g->event[e].kind == KIND_CALL_REACHED && !g->event[e].undone) {
            k->reached[i] = t;
            TRY(add_contact(c, k, t));
        }
        if (g->event[e].kind == KIND_LINKED && !g->event[e].undone && text_is(g->event[e].reason, "reopened"))
            k->flags[i] |= EXTRACT_REOPENED;
    }
    k->merged[i] = s.merged;
    TRY(fill_end(c, g, i, &s));
    k->paused_since[i] = s.paused_at;
    k->version[i] = (int64_t)g->events;
    k->counted[i] = g->counted;
    k->paused[i] = s.paused_seconds + (s.paused_at != TIME_NONE ? g->out->at - s.paused_at : 0);
    k->urgency[i] = (int32_t)s.urgency;
    k->flags[i] |= (s.urgency == URGENCY_EMERGENCY ? EXTRACT_URGENT : 0u) |
                   (text_is(s.end_reason, REASON_DUPLICATE) ? EXTRACT_DUPLICATE : 0u);
    if (s.team != INT_NONE)
        TRY(dictionary_code(c, &g->out->team, config_team_name(g->config, s.team), &k->team[i]));
    if (g->hook == NULL)
        return OK;
    struct extract_hook_row row = { i, k->id[i], k->recorded[i], g->event, g->events, &s, &k->flags[i] };
    return g->hook->put(c, g->hook->arg, &row);
}

/* All events of one request have come. Rows without events have no contacts either. */
static enum err finish_request(struct ctx *c, struct reading *g)
{
    struct columns *k = &g->col;

    if (g->events == 0)
        return OK;
    while (g->at < k->n && k->id[g->at] < g->request)
        k->contact_from[++g->at] = k->contacts;
    if (g->at == k->n || k->id[g->at] != g->request)
        return OK; /* received after the moment */
    TRY(fill_row(c, g, g->at));
    k->contact_from[++g->at] = k->contacts;
    return OK;
}

static enum err add_event(struct ctx *c, void *arg, const struct sql_extract_events_row *r)
{
    struct reading *g = arg;
    int32_t code;

    if (r->request != g->request) {
        TRY(finish_request(c, g));
        g->request = r->request;
        g->events = 0;
        g->counted = 0;
    }
    if (g->events == EVENTS_A_REQUEST)
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    struct event *e = &g->event[g->events++];
    *e = EVENT_NONE;
    e->number = r->number;
    e->object = r->object;
    e->seq = r->seq;
    e->occurred_at = r->occurred_at;
    e->team = r->team;
    e->urgency = r->urgency;
    e->worker = r->worker;
    e->until = r->until;
    TRY(kind_read(c, r->kind, &e->kind));
    if (text_is(r->reason, REASON_END_OF_DATA)) {
        e->reason = REASON_END_OF_DATA;
        return OK; /* an end of our own making, no step of the log */
    }
    if (e->kind == KIND_CLOSED || e->kind == KIND_REDIRECTED || g->hook != NULL) {
        bool is_end = e->kind == KIND_CLOSED || e->kind == KIND_REDIRECTED;
        struct dictionary *d = is_end ? &g->out->reason : &g->reason;
        TRY(dictionary_code(c, d, r->reason, &code)); /* the text is gone with the row: keep it */
        e->reason = code >= 0 ? d->name[code] : NULL;
    }
    g->out->events++;
    g->counted++;
    return dictionary_code(c, &g->activity, r->activity != NULL ? r->activity : r->kind, &code);
}

static enum err allocate(struct ctx *c, struct columns *k, size_t cap)
{
    int64_t **wide[] = { &k->id,     &k->recorded, &k->received,     &k->started, &k->left,
                         &k->closed, &k->lost,     &k->first,        &k->last,    &k->reached,
                         &k->paused, &k->merged,   &k->paused_since, &k->version, &k->counted };
    int32_t **narrow[] = { &k->team,     &k->neighbourhood, &k->channel, &k->route,
                           &k->category, &k->urgency,       &k->reason };

    k->cap = cap;
    for (size_t i = 0; i < COUNT(wide); i++)
        TRY(ctx_alloc(c, cap + 1, sizeof **wide[i], (void *)wide[i]));
    for (size_t i = 0; i < COUNT(narrow); i++)
        TRY(ctx_alloc(c, cap + 1, sizeof **narrow[i], (void *)narrow[i]));
    TRY(ctx_alloc(c, cap + 1, sizeof *k->contact_from, (void *)&k->contact_from));
    return ctx_alloc(c, cap + 1, sizeof *k->flags, (void *)&k->flags);
}

/* The columns as measure sees them. */
static struct extract as_extract(const struct columns *k)
{
    return (struct extract){ .n = k->n,
                             .received = k->received,
                             .started = k->started,
                             .left = k->left,
                             .closed = k->closed,
                             .lost = k->lost,
                             .first_event = k->first,
                             .last_event = k->last,
                             .last_reached = k->reached,
                             .contact = k->contact,
                             .contact_from = k->contact_from,
                             .paused = k->paused,
                             .team = k->team,
                             .neighbourhood = k->neighbourhood,
                             .channel = k->channel,
                             .route = k->route,
                             .category = k->category,
                             .urgency = k->urgency,
                             .reason = k->reason,
                             .flags = k->flags };
}

/* Rows and events, of all requests or one after the other. */
static enum err read_all(struct ctx *c, struct reading *g, const struct extract_wish *w)
{
    TRY(sql_extract_requests_each(c, w->at, add_request, g));
    g->out->id = g->col.id;
    g->out->x = as_extract(&g->col);
    if (w->hook != NULL)
        TRY(w->hook->begin(c, w->hook->arg, g->col.n, g->out));
    g->hook = w->hook;
    return sql_extract_events_each(c, w->at, w->known, add_event, g);
}

static enum err read_some(struct ctx *c, struct reading *g, const struct extract_wish *w)
{
    for (size_t i = 0; i < w->n; i++)
        TRY(sql_extract_request_each(c, w->at, w->id[i], add_request, g));
    g->out->id = g->col.id;
    g->out->x = as_extract(&g->col);
    if (w->hook != NULL)
        TRY(w->hook->begin(c, w->hook->arg, g->col.n, g->out));
    g->hook = w->hook;
    for (size_t i = 0; i < g->col.n; i++)
        TRY(sql_extract_events_of_each(c, w->at, w->known, g->col.id[i], add_event, g));
    return OK;
}

static enum err follow(struct ctx *c, struct columns *k)
{
    struct follow f = { k->n,    k->id,      k->merged, k->received, k->started,     k->first,
                        k->last, k->reached, k->flags,  k->contact,  k->contact_from };

    TRY(extract_follow(c, &f));
    k->contact = f.contact;
    return OK;
}

enum err extract_raw_read(struct ctx *c, const struct extract_wish *w, struct extract_raw *ret_raw)
{
    struct sql_extract_size_row size = { .requests = (int64_t)w->n };
    struct reading *g;

    TRY(may(c, RIGHT_FIGURES));
    TRY(ctx_alloc(c, 1, sizeof *g, (void *)&g));
    TRY(config_get(c, &g->config));
    g->out = ret_raw->x;
    *g->out = (struct register_extract){ .at = w->at };
    if (w->id == NULL)
        TRY(sql_extract_size(c, &size));
    TRY(allocate(c, &g->col, (size_t)size.requests));
    TRY(w->id == NULL ? read_all(c, g, w) : read_some(c, g, w));
    TRY(finish_request(c, g));
    struct columns *k = &g->col;
    while (g->at < k->n)
        k->contact_from[++g->at] = k->contacts;
    if (w->follow)
        TRY(follow(c, k));
    g->out->activities = (int64_t)g->activity.n;
    g->out->x = as_extract(k);
    *ret_raw = (struct extract_raw){ .x = g->out,
                                     .merged = k->merged,
                                     .paused_since = k->paused_since,
                                     .version = k->version,
                                     .counted = k->counted,
                                     .activity = g->activity };
    return OK;
}

enum err extract_read_known(struct ctx *c, int64_t at, int64_t known, const struct extract_hook *hook,
                            struct register_extract *ret_extract)
{
    struct extract_wish w = { .at = at, .known = known, .hook = hook, .follow = true };
    struct extract_raw raw = { .x = ret_extract };

    return extract_raw_read(c, &w, &raw);
}
