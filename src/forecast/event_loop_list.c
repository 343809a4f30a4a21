// SPDX-License-Identifier: EUPL-1.2
#include "forecast/event_loop_core.h"

#include <math.h>

uint32_t loop_list_add(struct loop *l, struct loop_request r)
{
    uint32_t i = (uint32_t)l->requests;

    if (l->requests == l->room) {
        l->full = true;
        return LOOP_NOBODY;
    }
    r.next = LOOP_NOBODY;
    l->request[l->requests++] = r;
    l->on_list++;
    if (l->tail[r.stream] == LOOP_NOBODY)
        l->head[r.stream] = i;
    else
        l->request[l->tail[r.stream]].next = i;
    l->tail[r.stream] = i;
    return i;
}

/* By insertion: it is the oracle, not the engine. */
static void put_in_order(struct loop *l, uint32_t i)
{
    struct loop_request *r = &l->request[i];
    uint32_t *link = &l->head[r->stream];

    while (*link != LOOP_NOBODY && l->request[*link].asked <= r->asked)
        link = &l->request[*link].next;
    r->next = *link;
    *link = i;
    if (r->next == LOOP_NOBODY)
        l->tail[r->stream] = i;
}

void loop_list_begin(struct loop *l)
{
    const struct model *m = l->m;

    for (size_t s = 0; s < m->order->streams; s++)
        l->head[s] = l->tail[s] = LOOP_NOBODY;
    for (uint32_t i = 0; i < m->n; i++) {
        const struct model_waiting *p = &m->waiting[i];

        l->request[i] =
            (struct loop_request){ .asked = -p->waited, .resumes = p->resumes, .stream = p->stream };
        put_in_order(l, i);
    }
    l->requests = m->n;
    l->on_list = l->unturned = (uint32_t)m->n;
}

static uint32_t rank_now(const struct loop *l, const struct loop_request *r)
{
    const struct history_order *o = l->m->order;
    double age = floor(l->now) - floor(r->asked);
    size_t at = age < (double)o->ages ? (size_t)age : o->ages - 1;

    return o->rank[(size_t)r->stream * o->ages + at];
}

/* Whether a goes before b at the same rank. */
static bool asked_before(const struct loop *l, uint32_t a, uint32_t b)
{
    const struct loop_request *x = &l->request[a], *y = &l->request[b];

    if (floor(x->asked) != floor(y->asked))
        return x->asked < y->asked;
    if ((a < l->m->n) != (b < l->m->n))
        return a < l->m->n;
    return a < l->m->n ? a < b : x->stream < y->stream;
}

uint32_t loop_list_first(struct loop *l)
{
    uint32_t best = LOOP_NOBODY, best_rank = 0;

    for (size_t s = 0; s < l->m->order->streams; s++) {
        uint32_t i = l->head[s];

        while (i != LOOP_NOBODY && l->request[i].turned)
            i = l->head[s] = l->request[i].next;
        while (i != LOOP_NOBODY && (l->request[i].turned || l->request[i].resumes > l->now))
            i = l->request[i].next;
        if (i == LOOP_NOBODY) {
            l->tail[s] = l->head[s] == LOOP_NOBODY ? LOOP_NOBODY : l->tail[s];
            continue;
        }
        uint32_t rank = rank_now(l, &l->request[i]);
        if (best == LOOP_NOBODY || rank > best_rank || (rank == best_rank && asked_before(l, i, best))) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

bool loop_list_turn(struct loop *l, uint32_t who)
{
    struct loop_request *r = &l->request[who];

    r->turned = true;
    if (who < l->m->n) {
        l->out->start[who * ((size_t)l->m->days + 1) + (size_t)l->now]++;
        l->out->left[who] += r->left;
        l->unturned--;
    }
    if (r->left)
        return false;
    l->on_list--;
    if (who >= l->m->n && r->asked >= l->ask->warm) {
        l->out->wait[r->stream] += l->now - r->asked;
        l->out->started[r->stream]++;
    }
    return true;
}
