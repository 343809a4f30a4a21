// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "base/rng.h"
#include "register/list_order.h"
#include "unit/test.h"

#include <stdlib.h>
#include <string.h>

static struct config plain(void)
{
    struct config k = { .norm_days = { 10, 20, 10, 3, 0 }, .contact_days = 14, .list = { false, 2, 15 } };

    calendar_init(&k.calendar, &(struct calendar_rule){ 0 });
    return k;
}

static int rank_after(const struct config *k, int64_t urgency, bool wmo, int32_t working_days)
{
    int32_t asked = date_from_civil(2024, 9, 2); /* a Monday; no holidays until Christmas */
    struct turn_facts f = { 1, urgency, time_of_nl_day(asked, 9 * 3600), wmo };

    return turn_of(k, &f, calendar_add_working(&k->calendar, asked, working_days)).rank;
}

TEST(list_order_moves_up_near_the_norm)
{
    struct config k = plain();
    static const struct {
        int64_t urgency;
        bool wmo;
        int32_t days;
        int rank;
    } row[] = {
        { URGENCY_LATER, false, 0, 1 },     { URGENCY_LATER, false, 17, 1 },
        { URGENCY_LATER, false, 18, 2 },    { URGENCY_LATER, false, 37, 2 },
        { URGENCY_LATER, false, 38, 3 },    { URGENCY_LATER, false, 70, 3 },
        { URGENCY_LATER, true, 12, 1 },     { URGENCY_LATER, true, 13, 2 },
        { URGENCY_LATER, true, 28, 3 },     { URGENCY_NORMAL, false, 7, 2 },
        { URGENCY_NORMAL, false, 8, 3 },    { URGENCY_NORMAL, true, 8, 3 },
        { URGENCY_UNKNOWN, false, 0, 2 },   { URGENCY_UNKNOWN, false, 8, 3 },
        { URGENCY_SOON, false, 0, 3 },      { URGENCY_SOON, false, 70, 3 },
        { URGENCY_EMERGENCY, false, 0, 4 }, { URGENCY_EMERGENCY, true, 9, 4 },
    };

    for (size_t i = 0; i < COUNT(row); i++)
        CHECK_INT(rank_after(&k, row[i].urgency, row[i].wmo, row[i].days), row[i].rank);
}

static struct turn_facts any(struct rng *r, int64_t now, int64_t id)
{
    return (struct turn_facts){ .request = id,
                                .urgency = (int64_t)rng_below(r, URGENCIES),
                                .received_at = now - (int64_t)rng_below(r, 120) * SECONDS_A_DAY -
                                               (int64_t)rng_below(r, 3) * 3600,
                                .wmo = rng_below(r, 2) == 1 };
}

static const struct config *sort_config;
static int32_t sort_day;
static int by_turn(const void *pa, const void *pb)
{
    struct turn a = turn_of(sort_config, pa, sort_day);
    struct turn b = turn_of(sort_config, pb, sort_day);

    return turn_compare(&a, &b, sort_day);
}

enum { MANY = 400 };

/* The places of all requests of a stream, read in the order of asking, are in order too. */
TEST(list_order_streams_are_in_order)
{
    struct config k = plain();
    struct turn_facts f[MANY];
    struct turn_stream s[TURN_STREAMS];
    struct rng r;
    size_t n = turn_streams(s), covered = 0;

    CHECK_INT((int64_t)n, TURN_STREAMS);
    sort_config = &k;
    sort_day = date_from_civil(2024, 6, 3);
    rng_seed(&r, 7);
    for (size_t i = 0; i < MANY; i++)
        f[i] = any(&r, time_of_nl_day(sort_day, 11 * 3600), (int64_t)i + 1);
    qsort(f, MANY, sizeof f[0], by_turn);
    for (size_t k1 = 0; k1 < n; k1++) {
        const struct turn_facts *last = NULL;
        for (size_t i = 0; i < MANY; i++) {
            if (f[i].urgency != s[k1].urgency || s[k1].wmo != f[i].wmo)
                continue;
            covered++;
            bool fine = last == NULL || last->received_at < f[i].received_at ||
                        (last->received_at == f[i].received_at && last->request < f[i].request);
            if (!CHECK(fine))
                return;
            last = &f[i];
        }
    }
    CHECK_INT((int64_t)covered, MANY); /* every request is in exactly one stream */
}

/* Counting ahead with turn_cutoff gives the same place as sorting everybody. */
TEST(list_order_cutoff_counts_who_is_ahead)
{
    struct config k = plain();
    struct turn_facts f[MANY];
    struct turn_stream s[TURN_STREAMS];
    struct rng r;
    size_t n = turn_streams(s);

    sort_config = &k;
    sort_day = date_from_civil(2024, 6, 3);
    rng_seed(&r, 8);
    for (size_t i = 0; i < MANY; i++)
        f[i] = any(&r, time_of_nl_day(sort_day, 11 * 3600), (int64_t)i + 1);
    qsort(f, MANY, sizeof f[0], by_turn);
    for (size_t place = 0; place < MANY; place++) {
        struct turn t = turn_of(&k, &f[place], sort_day);
        int64_t ahead = 0, before, id;
        for (size_t j = 0; j < n; j++) {
            turn_cutoff(&k, &t, &s[j], sort_day, &before, &id);
            for (size_t i = 0; i < MANY; i++)
                ahead += f[i].urgency == s[j].urgency && s[j].wmo == f[i].wmo &&
                         (f[i].received_at < before || (f[i].received_at == before && f[i].request < id));
        }
        if (!CHECK_INT(ahead, (int64_t)place))
            return;
    }
}

/* A list that gets ten percent more requests than it can start, for two years: the order decides who bears
 * that. No class may wait for ever, and classes wait in the proportion of their norms. */
enum { TOWN_DAYS = 520, QUEUE = 20000 };
struct queue {
    struct turn_facts at[QUEUE];
    size_t n;
};

static void serve(struct queue *q, size_t starts, int32_t today, int32_t longest[URGENCIES])
{
    qsort(q->at, q->n, sizeof q->at[0], by_turn);
    if (starts > q->n)
        starts = q->n;
    for (size_t i = 0; i < starts; i++) {
        int32_t waited =
            calendar_working_between(&sort_config->calendar, time_nl_day(q->at[i].received_at), today);
        if (waited > longest[q->at[i].urgency])
            longest[q->at[i].urgency] = waited;
    }
    memmove(q->at, q->at + starts, (q->n - starts) * sizeof q->at[0]);
    q->n -= starts;
}

TEST(list_order_starves_nobody)
{
    static struct queue q;
    struct config k = plain();
    int32_t longest[URGENCIES] = { 0 }, day = date_from_civil(2022, 1, 3), first = day;
    int64_t id = 0;
    struct rng r;

    q.n = 0;
    sort_config = &k;
    rng_seed(&r, 3);
    for (int i = 0; i < TOWN_DAYS; i++, day = calendar_add_working(&k.calendar, day, 1)) {
        for (size_t asked = 9 + rng_below(&r, 4); asked > 0; asked--) {
            double u = rng_unit(&r);
            int64_t urgency = u < .06   ? URGENCY_EMERGENCY
                              : u < .25 ? URGENCY_SOON
                              : u < .85 ? URGENCY_NORMAL
                                        : URGENCY_LATER;
            q.at[q.n++] = (struct turn_facts){ ++id, urgency, time_of_nl_day(day, 9 * 3600), false };
        }
        sort_day = day;
        serve(&q, 9 + (size_t)(i % 2), day, longest);
    }
    for (size_t i = 0; i < q.n; i++) { /* also those who still wait */
        int32_t waits = calendar_working_between(&k.calendar, time_nl_day(q.at[i].received_at), day);
        if (waits > longest[q.at[i].urgency])
            longest[q.at[i].urgency] = waits;
    }
    CHECK_INT(longest[URGENCY_EMERGENCY], 0);
    CHECK(longest[URGENCY_SOON] > 3 && longest[URGENCY_SOON] < 40);
    CHECK(longest[URGENCY_NORMAL] < 120);
    CHECK(longest[URGENCY_LATER] < 240); /* by class alone it is more than 500 */
    CHECK_NEAR(longest[URGENCY_LATER], 2.0 * longest[URGENCY_NORMAL], .15);
    CHECK(day > first);
}
