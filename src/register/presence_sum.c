// SPDX-License-Identifier: EUPL-1.2
/* Sums of presence by place and by neighbourhood. */
#include "base/text.h"
#include "measure/interval.h"
#include "register/presence_core.h"
#include "register/right.h"

#include <stdlib.h>
#include <string.h>

/* A session that is still to come says nothing yet. */
static bool is_over(const struct ctx *c, const struct presence *p)
{
    return p->day < c->today || !(text_is(p->state, PRESENCE_PROMISED) || text_is(p->state, PRESENCE_OPEN));
}

static void count(const struct ctx *c, const struct presence *p, struct presence_sum *s)
{
    int64_t planned = p->ends - p->starts;
    bool by_plan = p->hour != INT_NONE;

    if (!is_over(c, p))
        return;
    s->promised += by_plan;
    s->promised_minutes += by_plan ? planned : 0;
    if (text_is(p->state, PRESENCE_HELD)) {
        s->held++;
        s->held_minutes += p->held_to - p->held_from;
        s->worker_minutes += (p->held_to - p->held_from) * p->workers;
        s->visitors += p->visitors;
    } else if (text_is(p->state, PRESENCE_CANCELLED)) {
        s->cancelled++;
        s->cancelled_minutes += planned;
    } else if (text_is(p->state, PRESENCE_MOVED)) {
        s->moved++;
    } else {
        s->unknown++;
        s->unknown_minutes += planned;
    }
    s->questions += p->questions;
    s->solved += p->solved;
    s->requests += p->requests;
    s->unhandled += p->unhandled;
}

static enum err sessions(struct ctx *c, int32_t from, int32_t to, struct presence **ret_row, size_t *ret_n)
{
    struct presence_filter f = { from, to < c->today ? to : c->today, INT_NONE, INT_NONE };

    if (f.to < f.from) { /* all of it is still to come */
        *ret_n = 0;
        return may(c, RIGHT_PLACE);
    }
    return presence_list(c, &f, ret_row, ret_n);
}

static struct presence_sum *find(struct presence_sum *sum, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (sum[i].id == id)
            return &sum[i];
    return NULL;
}

enum err presence_by_place(struct ctx *c, int32_t from, int32_t to, struct presence_sum **ret_sum,
                           size_t *ret_n)
{
    struct presence *row;
    struct presence_sum *sum;
    struct place *place;
    size_t n, places;

    TRY(sessions(c, from, to, &row, &n));
    TRY(place_all(c, &place, &places));
    TRY(ctx_alloc(c, places + 1, sizeof *sum, (void *)&sum));
    for (size_t i = 0; i < places; i++)
        sum[i] = (struct presence_sum){
            .id = place[i].id, .name = place[i].name, .inhabitants = INT_NONE, .asked = INT_NONE
        };
    for (size_t i = 0; i < n; i++) {
        struct presence_sum *s = find(sum, places, row[i].place);
        if (s != NULL)
            count(c, &row[i], s);
    }
    *ret_sum = sum;
    *ret_n = places;
    return OK;
}

static int fewest_first(const void *one, const void *two)
{
    const struct presence_sum *a = one, *b = two;

    if (a->held_minutes != b->held_minutes)
        return a->held_minutes < b->held_minutes ? -1 : 1;
    if (a->inhabitants != b->inhabitants) /* nobody there for more people is worse */
        return a->inhabitants > b->inhabitants ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* Fewer than five people are not counted for who has nothing to do with residents. */
#define FEW 5

static void reach_put(const struct ctx *c, int64_t asked, struct presence_sum *s)
{
    bool hidden = asked > 0 && asked < FEW && !role_may(c->actor->role, RIGHT_CONTACT);

    if (hidden || s->inhabitants == INT_NONE || s->inhabitants < 1 || asked > s->inhabitants)
        return;
    struct interval i = interval_wilson(asked, s->inhabitants, 0.95);
    s->asked = asked;
    s->per_thousand = i.value * 1000;
    s->lower = i.lower * 1000;
    s->upper = i.upper * 1000;
}

static enum err reach_fill(struct ctx *c, int32_t from, int32_t to, struct presence_sum *sum, size_t n)
{
    struct sql_presence_reach_row *row;
    size_t rows;

    TRY(sql_presence_reach(c, time_of_nl_day(from, 0), time_of_nl_day(to + 1, 0) - 1, &row, &rows));
    for (size_t i = 0; i < n; i++) {
        int64_t asked = 0;
        for (size_t k = 0; k < rows; k++)
            asked += row[k].neighbourhood == sum[i].id ? row[k].requests : 0;
        reach_put(c, asked, &sum[i]);
    }
    return OK;
}

enum err presence_by_neighbourhood(struct ctx *c, int32_t from, int32_t to, struct presence_sum **ret_sum,
                                   size_t *ret_n)
{
    const struct config *k;
    struct presence *row;
    struct presence_sum *sum;
    size_t n;

    TRY(sessions(c, from, to, &row, &n));
    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, k->neighbourhoods + 1, sizeof *sum, (void *)&sum));
    for (size_t i = 0; i < k->neighbourhoods; i++)
        sum[i] = (struct presence_sum){ .id = k->neighbourhood[i].id,
                                        .name = k->neighbourhood[i].name,
                                        .asked = INT_NONE,
                                        .inhabitants = k->neighbourhood[i].inhabitants };
    for (size_t i = 0; i < n; i++) {
        struct presence_sum *s = find(sum, k->neighbourhoods, row[i].neighbourhood);
        if (s != NULL)
            count(c, &row[i], s);
    }
    TRY(reach_fill(c, from, to, sum, k->neighbourhoods));
    qsort(sum, k->neighbourhoods, sizeof *sum, fewest_first);
    *ret_sum = sum;
    *ret_n = k->neighbourhoods;
    return OK;
}
