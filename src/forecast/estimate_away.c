// SPDX-License-Identifier: EUPL-1.2
/* When workers were away, as it was known on a day. */
#include "forecast/estimate_core.h"

#include <stdlib.h>

int32_t view_away_to(const struct view *v, const struct history_absence *x)
{
    return x->to_known <= v->origin || x->planned ? x->to : INT32_MAX;
}

bool view_away(const struct view *v, size_t w, int32_t at)
{
    for (size_t i = 0; i < v->h->absences; i++) {
        const struct history_absence *x = &v->h->absence[i];
        if (x->worker == w && x->known <= v->origin && x->from <= at && at <= view_away_to(v, x))
            return true;
    }
    return false;
}

static int by_worker_and_day(const void *pa, const void *pb)
{
    const struct history_absence *a = pa, *b = pb;

    if (a->worker != b->worker)
        return a->worker < b->worker ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

bool staff_away(const struct view *v, struct away *ret_away)
{
    const struct history *h = v->h;
    struct history_absence *sorted = arena_array(v->a, h->absences + 1, sizeof *sorted);
    struct away_span *span = arena_array(v->a, h->absences + 1, sizeof *span);
    uint32_t *first = arena_array(v->a, h->workers + 2, sizeof *first);
    size_t n = 0, w = 0;
    uint32_t spans = 0;

    if (sorted == NULL || span == NULL || first == NULL)
        return false;
    for (size_t i = 0; i < h->absences; i++)
        if (h->absence[i].known <= v->origin && h->absence[i].from <= v->origin)
            sorted[n++] = h->absence[i];
    qsort(sorted, n, sizeof *sorted, by_worker_and_day);
    for (size_t i = 0; i < n; i++) {
        int32_t from = sorted[i].from, to = view_away_to(v, &sorted[i]);
        for (; w <= sorted[i].worker; w++)
            first[w] = spans;
        to = to < v->origin ? to : v->origin;
        if (spans > first[sorted[i].worker] && from <= span[spans - 1].to)
            from = span[spans - 1].to + 1;
        if (from <= to)
            span[spans++] = (struct away_span){ from, to };
    }
    for (; w <= h->workers; w++)
        first[w] = spans;
    *ret_away = (struct away){ span, first, h->workers };
    return true;
}

int32_t away_days(const struct away *a, int32_t worker, int32_t from, int32_t to)
{
    int32_t days = 0;

    if (worker < 0 || (size_t)worker >= a->workers)
        return 0;
    for (uint32_t i = a->first[worker]; i < a->first[worker + 1]; i++) {
        int32_t x = a->span[i].from > from ? a->span[i].from : from,
                y = a->span[i].to + 1 < to ? a->span[i].to + 1 : to;
        days += y > x ? y - x : 0;
    }
    return days;
}
