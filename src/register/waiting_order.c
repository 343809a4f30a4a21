// SPDX-License-Identifier: EUPL-1.2
/* The list in the order of turns: one stream of the index for each class, merged by the rule of list_order.h.
 */
#include "register/list_order.h"
#include "register/right.h"
#include "register/waiting_core.h"

#include "base/date.h"

struct stream {
    struct sql_waiting_turns_row *row;
    size_t n, at;
    struct turn_stream of;
    struct turn head; /* of row[at] */
};
struct merge {
    const struct config *k;
    int32_t today;
    struct stream stream[TURN_STREAMS];
    size_t streams;
};

static void read_head(const struct merge *m, struct stream *s)
{
    if (s->at == s->n)
        return;
    struct turn_facts f = { s->row[s->at].request, s->of.urgency, s->row[s->at].received_at, s->of.wmo };
    s->head = turn_of(m->k, &f, m->today);
}

static enum err open_stream(struct ctx *c, const struct sql_waiting_by_order_args *a, size_t max,
                            struct stream *s)
{
    struct sql_waiting_turns_args t = { .team = a->team,
                                        .neighbourhood = a->neighbourhood,
                                        .urgency = s->of.urgency,
                                        .heard_before = a->heard_before,
                                        .call_before = a->call_before,
                                        .listed = a->listed,
                                        .over_emergency = a->over_emergency,
                                        .over_soon = a->over_soon,
                                        .over_normal = a->over_normal,
                                        .over_later = a->over_later,
                                        .parked = a->parked,
                                        .max = (int64_t)max,
                                        .wmo = s->of.wmo };

    return t.team != INT_NONE ? sql_waiting_team_turns(c, &t, &s->row, &s->n)
                              : sql_waiting_turns(c, &t, &s->row, &s->n);
}

static enum err open_streams(struct ctx *c, const struct waiting_filter *f, size_t max, struct merge *m)
{
    struct sql_waiting_by_order_args a;
    struct turn_stream of[TURN_STREAMS];
    size_t n = turn_streams(of);

    waiting_bounds(c, m->k, f, &a);
    m->streams = 0;
    for (size_t i = 0; i < n; i++) {
        struct stream *s = &m->stream[m->streams];
        if (f->urgency != INT_NONE && f->urgency != of[i].urgency)
            continue;
        *s = (struct stream){ .of = of[i] };
        TRY(open_stream(c, &a, max, s));
        read_head(m, s);
        m->streams++;
    }
    return OK;
}

/* The stream whose head stands first; NULL when all are empty. */
static struct stream *first_of(struct merge *m)
{
    struct stream *best = NULL;

    for (size_t i = 0; i < m->streams; i++) {
        struct stream *s = &m->stream[i];
        if (s->at < s->n && (best == NULL || turn_compare(&s->head, &best->head, m->today) < 0))
            best = s;
    }
    return best;
}

enum err waiting_order_get(struct ctx *c, const struct waiting_filter *f, size_t skip, size_t max,
                           int64_t **ret_request, size_t *ret_n)
{
    struct merge m = { .today = c->today };
    int64_t *id;
    size_t n = 0;

    TRY(config_get(c, &m.k));
    TRY(open_streams(c, f, skip + max, &m));
    TRY(ctx_alloc(c, max + 1, sizeof *id, (void *)&id));
    for (size_t i = 0; i < skip + max; i++) {
        struct stream *s = first_of(&m);
        if (s == NULL)
            break;
        if (i >= skip)
            id[n++] = s->head.request;
        s->at++;
        read_head(&m, s);
    }
    *ret_request = id;
    *ret_n = n;
    return OK;
}

enum err waiting_place_get(struct ctx *c, const struct request *r, struct waiting_place *ret_place)
{
    struct turn_facts facts = { r->id.v, r->now.urgency, r->now.received_at, r->now.wmo };
    struct waiting_place p = { .place = 1 };
    struct turn_stream of[TURN_STREAMS];
    const struct config *k;
    size_t n = turn_streams(of);

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(config_get(c, &k));
    struct turn t = turn_of(k, &facts, c->today);
    int64_t team = k->list.city ? INT_NONE : r->now.team, again = time_of_nl_day(c->today + 1, 0);
    p.city = k->list.city || team == INT_NONE;
    for (size_t i = 0; i < n; i++) {
        struct sql_waiting_ahead_args a = {
            .team = team, .urgency = of[i].urgency, .wmo = of[i].wmo, .again_before = again
        };
        struct sql_waiting_ahead_row ahead, all;
        turn_cutoff(k, &t, &of[i], c->today, &a.received_before, &a.request_before);
        TRY(sql_waiting_ahead(c, &a, &ahead));
        a.received_before = c->now + SECONDS_A_DAY;
        a.request_before = 0;
        TRY(sql_waiting_ahead(c, &a, &all));
        p.place += ahead.n;
        p.of += all.n;
    }
    *ret_place = p;
    return OK;
}
