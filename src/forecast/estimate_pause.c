// SPDX-License-Identifier: EUPL-1.2
/* How long a pause still lasts. */
#include "forecast/estimate_core.h"

#include <stdlib.h>

enum { PAUSES_MAX = 4096, PAUSE_PRIOR_WEEKS = 4 };

/* A pause: how long it lasted, or has lasted as far as is known. */
struct pause {
    int32_t days;
    bool over;
};
struct pauses {
    struct pause pause[PAUSES_MAX];
    size_t n;
    int32_t *begun, *until; /* by row: of the pause that lasts; TICK_NONE, 0 */
};

static int by_days(const void *pa, const void *pb)
{
    const struct pause *a = pa, *b = pb;

    if (a->days != b->days)
        return a->days < b->days ? -1 : 1;
    return b->over - a->over; /* what ends goes before what is cut off */
}

static void pause_end(struct pauses *p, uint32_t row, int32_t at, bool over)
{
    if (p->begun[row] != TICK_NONE && p->n < PAUSES_MAX)
        p->pause[p->n++] = (struct pause){ at - p->begun[row], over };
    p->begun[row] = TICK_NONE;
}

struct pauses *pauses_read(const struct view *v)
{
    struct pauses *p = arena_alloc(v->a, sizeof *p);

    if (p == NULL)
        return NULL;
    p->n = 0;
    p->begun = arena_array(v->a, v->h->n + 1, sizeof *p->begun);
    p->until = arena_array(v->a, v->h->n + 1, sizeof *p->until);
    if (p->begun == NULL || p->until == NULL)
        return NULL;
    for (size_t i = 0; i < v->h->n; i++)
        p->begun[i] = v->h->stream[i] < 0 ? v->h->received[i].known : TICK_NONE;
    for (size_t i = 0; i < v->h->moves && v->h->move[i].known <= v->origin; i++) {
        const struct history_move *x = &v->h->move[i];
        p->until[x->row] = x->until;
        if (x->stream >= 0)
            pause_end(p, x->row, x->known, true);
        else if (p->begun[x->row] == TICK_NONE)
            p->begun[x->row] = x->known;
    }
    for (size_t i = 0; i < v->h->n; i++) { /* those that last, or ended with the waiting itself */
        int32_t begun = p->begun[i], end = view_wait_end(v, i);
        if (begun == TICK_NONE || begun > v->origin)
            continue;
        pause_end(p, (uint32_t)i, end == INT32_MAX ? v->origin : end > begun ? end : begun, false);
        p->begun[i] = begun;
    }
    qsort(p->pause, p->n, sizeof *p->pause, by_days);
    return p;
}

int32_t pause_rest(const struct view *v, const struct pauses *p, size_t row)
{
    int32_t begun = p->begun[row] == TICK_NONE ? v->origin : p->begun[row], so_far = v->origin - begun;
    double stay = 1;
    size_t over = 0;

    if (p->until[row] > v->origin)
        return p->until[row] - v->origin;
    for (size_t i = 0; i < p->n; i++)
        over += p->pause[i].over;
    if (over < 5) {
        int32_t rest = PAUSE_PRIOR_WEEKS * v->week - so_far;
        return rest > v->week ? rest : v->week;
    }
    for (size_t i = 0; i < p->n; i++) {
        if (p->pause[i].days <= so_far || !p->pause[i].over)
            continue;
        stay *= 1 - 1. / (double)(p->n - i); /* p->n - i have lasted at least so long */
        if (stay <= .5)
            return p->pause[i].days - so_far;
    }
    return so_far > v->week ? so_far : v->week;
}
