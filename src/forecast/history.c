// SPDX-License-Identifier: EUPL-1.2
#include "forecast/history.h"

#include <string.h>

/* ── One list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Where each row comes to stand; UINT32_MAX: nowhere. Returns how many stay. */
static size_t choose(const struct history *h, int team, uint32_t *to)
{
    size_t n = 0;

    for (size_t i = 0; i < h->n; i++)
        to[i] = team < 0 || h->team[i] == team || h->stream[i] < 0 ? 0 : UINT32_MAX;
    for (size_t i = 0; i < h->moves; i++)
        if (h->move[i].stream < 0)
            to[h->move[i].row] = 0;
    for (size_t i = 0; i < h->n; i++)
        if (to[i] == 0)
            to[i] = (uint32_t)n++;
    return n;
}

/* The values of the rows that stay. NULL stays NULL; *full: the arena is. */
static const void *pick(const struct history *h, const uint32_t *to, const void *column, size_t size,
                        size_t n, struct arena *a, bool *full)
{
    unsigned char *part = column == NULL ? NULL : arena_array(a, n + 1, size);

    *full = *full || (column != NULL && part == NULL);
    for (size_t i = 0; part != NULL && i < h->n; i++)
        if (to[i] != UINT32_MAX)
            memcpy(part + to[i] * size, (const unsigned char *)column + i * size, size);
    return part;
}

static bool pick_moves(const struct history *h, const uint32_t *to, struct arena *a, struct history *p)
{
    struct history_move *move = arena_array(a, h->moves + 1, sizeof *move);

    p->moves = 0;
    for (size_t i = 0; move != NULL && i < h->moves; i++)
        if (to[h->move[i].row] != UINT32_MAX) {
            move[p->moves] = h->move[i];
            move[p->moves++].row = to[h->move[i].row];
        }
    p->move = move;
    return move != NULL;
}

bool history_part(const struct history *h, int team, struct arena *a, struct history *ret_part)
{
    uint32_t *to = arena_array(a, h->n + 1, sizeof *to), *place;
    struct history p = *h;
    bool full = false;

    if (to == NULL)
        return false;
    p.n = choose(h, team, to);
    p.received = pick(h, to, h->received, sizeof *h->received, p.n, a, &full);
    p.started = pick(h, to, h->started, sizeof *h->started, p.n, a, &full);
    p.left = pick(h, to, h->left, sizeof *h->left, p.n, a, &full);
    p.closed = pick(h, to, h->closed, sizeof *h->closed, p.n, a, &full);
    p.lost = pick(h, to, h->lost, sizeof *h->lost, p.n, a, &full);
    p.stream = pick(h, to, h->stream, sizeof *h->stream, p.n, a, &full);
    p.team = pick(h, to, h->team, sizeof *h->team, p.n, a, &full);
    p.worker = pick(h, to, h->worker, sizeof *h->worker, p.n, a, &full);
    p.place = place = arena_array(a, p.n + 1, sizeof *place);
    if (full || place == NULL || !pick_moves(h, to, a, &p))
        return false;
    for (size_t i = 0; i < h->n; i++)
        if (to[i] != UINT32_MAX)
            place[to[i]] = h->place != NULL ? h->place[i] : (uint32_t)i;
    *ret_part = p;
    return true;
}

/* ── Up to a moment ───────────────────────────────────────────────────────────────────────────────────────
 */

enum { FACTS = 5 };

static int32_t sooner(int32_t first, const struct history_fact *f, size_t row)
{
    return f != NULL && f[row].at != TICK_NONE && f[row].known < first ? f[row].known : first;
}

int32_t *history_last(const struct history *h, struct arena *a)
{
    int32_t *last = arena_array(a, h->n + 1, sizeof *last);

    if (last == NULL)
        return NULL;
    for (size_t i = 0; i < h->n; i++) {
        const struct history_fact *fact[FACTS] = { h->received, h->started, h->left, h->closed, h->lost };
        last[i] = INT32_MAX;
        for (size_t k = 0; k < FACTS; k++)
            last[i] = sooner(last[i], fact[k], i);
    }
    for (size_t i = 0; i < h->moves; i++)
        if (h->move[i].known < last[h->move[i].row])
            last[h->move[i].row] = h->move[i].known;
    for (size_t i = h->n; i-- > 1;)
        if (last[i] < last[i - 1])
            last[i - 1] = last[i];
    return last;
}

struct history history_until(const struct history *h, const int32_t *last, int32_t origin)
{
    struct history part = *h;
    size_t low = 0;

    while (low < part.n) {
        size_t half = low + (part.n - low) / 2;
        if (last[half] <= origin)
            low = half + 1;
        else
            part.n = half;
    }
    return part;
}

/* ── Whether anything changed ─────────────────────────────────────────────────────────────────────────────
 */

/* Eight bytes at a time, multiplied and folded. NULL: nothing. */
static uint64_t mix(uint64_t mark, const void *data, size_t count, size_t size)
{
    const unsigned char *at = data;
    size_t bytes = data == NULL ? 0 : count * size;

    for (size_t i = 0; i < bytes; i += 8) {
        uint64_t word = 0;
        memcpy(&word, at + i, bytes - i < 8 ? bytes - i : 8);
        mark = (mark ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        mark ^= mark >> 29;
    }
    return (mark ^ bytes) * UINT64_C(0xbf58476d1ce4e5b9);
}

uint64_t history_mark(const struct history *h)
{
    const int32_t rest[] = { h->from, h->first_week, h->ticks_a_day };
    uint64_t mark = mix(h->n, rest, 3, sizeof *rest);

    mark = mix(mark, h->received, h->n, sizeof *h->received);
    mark = mix(mark, h->started, h->n, sizeof *h->started);
    mark = mix(mark, h->left, h->n, sizeof *h->left);
    mark = mix(mark, h->closed, h->n, sizeof *h->closed);
    mark = mix(mark, h->lost, h->n, sizeof *h->lost);
    mark = mix(mark, h->stream, h->n, sizeof *h->stream);
    mark = mix(mark, h->team, h->n, sizeof *h->team);
    mark = mix(mark, h->worker, h->n, sizeof *h->worker);
    mark = mix(mark, h->place, h->n, sizeof *h->place);
    for (size_t i = 0; i < h->moves; i++) { /* what lies between the members is nobody's */
        const int32_t one[] = { (int32_t)h->move[i].row, h->move[i].known, h->move[i].stream,
                                h->move[i].until };
        mark = mix(mark, one, 4, sizeof *one);
    }
    for (size_t i = 0; i < h->workers; i++) {
        const struct history_worker *w = &h->worker_of[i];
        const int32_t one[] = { w->from, w->to, w->known, w->to_known, w->team };
        const float part[] = { w->room, w->hours };
        mark = mix(mix(mark, one, 5, sizeof *one), part, 2, sizeof *part);
    }
    for (size_t i = 0; i < h->absences; i++) {
        const struct history_absence *x = &h->absence[i];
        const int32_t one[] = { (int32_t)x->worker, x->from, x->to, x->known, x->to_known, x->planned };
        mark = mix(mark, one, 6, sizeof *one);
    }
    for (size_t i = 0; i < h->changes; i++) {
        const struct history_change *x = &h->change[i];
        const int32_t one[] = { x->at, x->known, x->known_to, x->team, (int32_t)x->of_what };
        mark = mix(mark, one, 5, sizeof *one);
    }
    return mix(mark, h->presence, h->teams * h->weeks, sizeof *h->presence);
}
