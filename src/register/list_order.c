// SPDX-License-Identifier: EUPL-1.2
#include "register/list_order.h"

#include "base/date.h"
#include "base/text.h"

#define RANK_EMERGENCY 4
#define RANK_TOP 3 /* the highest that ageing reaches */

static int64_t class_of(int64_t urgency)
{
    return urgency > URGENCY_UNKNOWN && urgency < URGENCIES ? urgency : URGENCY_NORMAL;
}

static int norm_of(const struct config *k, int64_t urgency, bool wmo)
{
    int norm = k->norm_days[urgency >= 0 && urgency < URGENCIES ? urgency : URGENCY_UNKNOWN];

    if (wmo && norm > k->list.wmo_days)
        norm = k->list.wmo_days;
    return norm > 1 ? norm : 1;
}

/* Whether `norms` norms have passed since the day of asking, or nearly. */
static bool has_passed(const struct config *k, int32_t asked, int norm, int norms, int32_t today)
{
    int32_t days = norm * norms - k->list.near_days;

    return today >= calendar_add_working(&k->calendar, asked, days > 0 ? days : 0);
}

struct turn turn_of(const struct config *k, const struct turn_facts *f, int32_t today)
{
    struct turn t = { .norm = norm_of(k, f->urgency, f->wmo),
                      .received_at = f->received_at,
                      .request = f->request };
    int32_t asked = time_nl_day(f->received_at);

    t.rank = (int)class_of(f->urgency);
    if (f->urgency == URGENCY_EMERGENCY)
        t.rank = RANK_EMERGENCY;
    for (int norms = 1; t.rank < RANK_TOP && has_passed(k, asked, t.norm, norms, today); norms++)
        t.rank++;
    return t;
}

int turn_compare(const struct turn *a, const struct turn *b, int32_t today)
{
    int64_t now = time_of_nl_day(today + 1, 0), waited_a = now - a->received_at,
            waited_b = now - b->received_at;

    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    /* waited / norm, without rounding */
    if (waited_a * b->norm != waited_b * a->norm)
        return waited_a * b->norm > waited_b * a->norm ? -1 : 1;
    if (a->received_at != b->received_at)
        return a->received_at < b->received_at ? -1 : 1;
    return a->request < b->request ? -1 : a->request > b->request;
}

size_t turn_streams(struct turn_stream ret_stream[TURN_STREAMS])
{
    size_t n = 0;

    for (int64_t u = URGENCY_EMERGENCY; u >= URGENCY_UNKNOWN; u--)
        for (int wmo = 0; wmo < 2; wmo++)
            ret_stream[n++] = (struct turn_stream){ u, wmo == 1 };
    return n;
}

/* In a stream, who asked earlier stands before who asked later: the moment is found by halving. */
void turn_cutoff(const struct config *k, const struct turn *t, const struct turn_stream *s, int32_t today,
                 int64_t *ret_before, int64_t *ret_id)
{
    struct turn_facts f = { .request = t->request, .urgency = s->urgency, .wmo = s->wmo };
    int64_t low = 0, high = time_of_nl_day(today + 1, 0); /* before low: ahead; from high: behind */
    int order = 1;

    while (low < high) {
        f.received_at = low + (high - low) / 2;
        struct turn other = turn_of(k, &f, today);
        int side = turn_compare(&other, t, today);
        if (side < 0) {
            low = f.received_at + 1;
        } else {
            high = f.received_at;
            order = side;
        }
    }
    *ret_before = high;
    *ret_id = order == 0 ? t->request : 0;
}
