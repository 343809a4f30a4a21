// SPDX-License-Identifier: EUPL-1.2
/* The list of one replication: whose turn it is. */
#include "forecast/simulate_core.h"

#include <string.h>

/* What goes first: rank + 1 above seniority; 0: nobody. */
static uint64_t priority(const struct sim_table *t, size_t stream, int32_t age, uint32_t senior)
{
    const struct history_order *o = t->m->order;
    size_t at = (size_t)age < o->ages ? (size_t)age : o->ages - 1;

    return (uint64_t)(o->rank[stream * o->ages + at] + 1u) << 32 | senior;
}

static uint64_t person_priority(const struct sim_table *t, uint32_t person, int32_t day)
{
    const struct model_waiting *p = &t->m->waiting[person];

    return priority(t, (size_t)p->stream, p->waited + day, t->senior[person]);
}

static uint32_t asks(const struct sim_list *l, size_t stream, int32_t day)
{
    return l->came[stream][(size_t)day * l->step] +
           l->t->probes[stream * (size_t)l->t->m->days + (size_t)day];
}

/* The first of a stream: who waited on day 0 before later requests. */
static uint64_t stream_priority(struct sim_list *l, size_t s, int32_t day)
{
    const struct sim_table *t = l->t;
    const struct sim_queue *q = &t->main[s];

    if (l->head[s] < q->n)
        return person_priority(t, t->person[q->first + l->head[s]], day);
    while (l->day[s] <= day && l->taken[s] == asks(l, s, l->day[s])) {
        l->day[s]++;
        l->taken[s] = 0;
    }
    if (l->day[s] > day)
        return 0;
    return priority(t, s, day - l->day[s],
                    (uint32_t)(t->m->days - l->day[s]) * HISTORY_STREAMS_MAX +
                        (uint32_t)(HISTORY_STREAMS_MAX - 1 - s));
}

static uint64_t paused_priority(const struct sim_list *l, size_t q, int32_t day)
{
    const struct sim_queue *p = &l->t->paused[q];
    uint64_t waits = p->back[day] & ~l->done[q];

    return waits == 0 ? 0
                      : person_priority(l->t, l->t->person[p->first + (uint32_t)__builtin_ctzll(waits)], day);
}

/* The day on which somebody leaves who asked on day `since` (0 or before for who waits). */
static int32_t leaves_on(const struct sim_list *l, size_t stream, uint32_t place, int32_t since)
{
    return since + 1 + sim_wait(l->t, random_at(l->key, place), l->leaves[stream]);
}

/* Who asked on day `since` leaves or starts. */
static bool has_left(struct sim_list *l, size_t stream, uint32_t place, int32_t since, int32_t day)
{
    int32_t leaves = leaves_on(l, stream, place, since);

    if (l->size != NULL)
        l->size[leaves <= day ? leaves : day]--;
    return leaves <= day;
}

static bool person_turn(struct sim_list *l, uint32_t person, int32_t day, struct sim_tally *tally)
{
    size_t stream = (size_t)l->t->m->waiting[person].stream;
    bool left = has_left(l, stream, random_place(RANDOM_LEAVE, 0, person), 0, day);

    if (!l->t->ask->only_probes) {
        tally->start[person * ((size_t)l->t->m->days + 1) + (size_t)day]++;
        tally->left[person] += left;
    }
    --*l->open;
    return !left;
}

void sim_list_probe(struct sim_list *l, size_t stream, uint32_t nth, int32_t day, struct sim_tally *tally)
{
    const struct simulate_ask *ask = l->t->ask;

    for (size_t i = 0; i < ask->probes; i++)
        if (ask->probe[i].day == l->day[stream] && (size_t)ask->probe[i].stream == stream && nth-- == 0) {
            tally->probe[i * ((size_t)l->t->m->days + 1) + (size_t)day]++;
            tally->probe_day[i * ask->replications + l->number] = (uint16_t)day;
            --*l->open;
            return;
        }
}

static bool stream_turn(struct sim_list *l, size_t s, int32_t day, struct sim_tally *tally)
{
    const struct sim_queue *q = &l->t->main[s];

    if (l->head[s] < q->n)
        return person_turn(l, l->t->person[q->first + l->head[s]++], day, tally);
    uint32_t nth = l->taken[s]++, came = l->came[s][(size_t)l->day[s] * l->step];
    if (nth >= came) {
        sim_list_probe(l, s, nth - came, day, tally);
        return false;
    }
    return !has_left(l, s, random_place(RANDOM_LEAVE_LATER, (uint32_t)s, l->later[s]++), l->day[s], day);
}

uint32_t sim_list_turns(struct sim_list *l, int32_t day, uint32_t places, struct sim_tally *tally)
{
    const struct sim_table *t = l->t;
    size_t streams = t->m->order->streams, queues = streams + t->pauseds;
    uint64_t first[HISTORY_STREAMS_MAX];
    uint32_t taken = 0;

    for (size_t s = 0; places > 0 && s < streams; s++)
        first[s] = stream_priority(l, s, day);
    while (taken < places) {
        uint64_t best = 0;
        size_t who = queues;

        for (size_t s = 0; s < streams; s++)
            if (first[s] > best) {
                best = first[s];
                who = s;
            }
        for (size_t q = 0; q < t->pauseds; q++) {
            uint64_t p = paused_priority(l, q, day);
            if (p > best) {
                best = p;
                who = streams + q;
            }
        }
        if (who == queues)
            break;
        if (who < streams) {
            taken += stream_turn(l, who, day, tally);
            first[who] = stream_priority(l, who, day);
            continue;
        }
        const struct sim_queue *p = &t->paused[who - streams];
        uint32_t i = (uint32_t)__builtin_ctzll(p->back[day] & ~l->done[who - streams]);
        l->done[who - streams] |= (uint64_t)1 << i;
        taken += person_turn(l, t->person[p->first + i], day, tally);
    }
    return taken;
}

static void never_turned(struct sim_list *l, uint32_t person, struct sim_tally *tally)
{
    int32_t days = l->t->m->days;
    size_t stream = (size_t)l->t->m->waiting[person].stream;
    int32_t leaves = leaves_on(l, stream, random_place(RANDOM_LEAVE, 0, person), 0);

    if (!l->t->ask->only_probes) {
        tally->start[person * ((size_t)days + 1) + (size_t)days]++;
        tally->left[person] += leaves < days;
    }
    if (leaves < days && l->size != NULL)
        l->size[leaves]--;
}

/* Who came later and has no turn by the last day. */
static void later_stays(struct sim_list *l, size_t s)
{
    int32_t since = l->day[s];

    if (l->taken[s]++ >= l->came[s][(size_t)since * l->step])
        return; /* a probe */
    int32_t leaves = leaves_on(l, s, random_place(RANDOM_LEAVE_LATER, (uint32_t)s, l->later[s]++), since);
    if (leaves < l->t->m->days)
        l->size[leaves]--;
}

void sim_list_end(struct sim_list *l, struct sim_tally *tally)
{
    const struct sim_table *t = l->t;
    int32_t last = t->sized; /* who comes later is not in any size */

    for (size_t s = 0; s < t->m->order->streams; s++) {
        for (uint32_t i = l->head[s]; i < t->main[s].n; i++)
            never_turned(l, t->person[t->main[s].first + i], tally);
        l->head[s] = t->main[s].n;
        while (l->size != NULL && stream_priority(l, s, last) != 0)
            later_stays(l, s);
    }
    for (size_t q = 0; q < t->pauseds; q++)
        for (uint32_t i = 0; i < t->paused[q].n; i++)
            if ((l->done[q] >> i & 1) == 0)
                never_turned(l, t->person[t->paused[q].first + i], tally);
}

void sim_sizes_keep(const struct sim_table *t, const int32_t *change, uint16_t *ret_size)
{
    int32_t n = (int32_t)t->m->n, next = 0;

    for (size_t i = 0; i < sim_sizes(t); i++) {
        for (int32_t day = sim_size_day(t, i); next <= day; next++)
            n += change[next];
        ret_size[i] = (uint16_t)(n < 65535 ? n : 65535);
    }
}
