// SPDX-License-Identifier: EUPL-1.2
#include "stat/model_data.h"

#include "base/normal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 1 << 14, AGES = 64 };

static void *need(struct arena *a, size_t n, size_t size)
{
    void *memory = arena_array(a, n + 1, size);

    if (memory == NULL)
        abort();
    return memory;
}

static const struct history_order *order(bool ageing, struct arena *a)
{
    struct history_order *o = need(a, 1, sizeof *o);
    uint16_t *rank = need(a, (size_t)3 * AGES, sizeof *rank);

    for (int s = 0; s < 3; s++)
        for (int age = 0; age < AGES; age++)
            rank[s * AGES + age] = (uint16_t)(s == 0                       ? 4
                                              : !ageing                    ? (2 - s) * 2
                                              : (2 - s) * 2 + age / 14 < 3 ? (2 - s) * 2 + age / 14
                                                                           : 3);
    *o = (struct history_order){ .streams = 3, .ages = AGES, .rank = rank };
    return o;
}

static void people(struct model *m, const struct model_data *d, struct arena *a)
{
    static const int32_t longest[3] = { 3, 18, 75 };
    struct model_waiting *p = need(a, d->waiting[0] + d->waiting[1] + d->waiting[2], sizeof *p);

    for (size_t s = 0; s < 3; s++)
        for (size_t i = 0; i < d->waiting[s]; i++, m->n++)
            p[m->n] = (struct model_waiting){ .waited = longest[s] - (int32_t)(i * (size_t)(longest[s] + 1) /
                                                                               d->waiting[s]),
                                              .stream = (int16_t)s,
                                              .row = (uint32_t)m->n };
    m->waiting = p;
}

/* In the long run a running case is older than t with the mean of what is beyond t, by the mean. */
static void cases(struct model *m, struct arena *a)
{
    struct model_worker *w = need(a, m->workers, sizeof *w);
    int32_t *open = need(a, m->workers * 11, sizeof *open);
    double beyond = 0, all = 0;
    size_t at = 0;
    int32_t t = 0;

    for (size_t i = 0; i < m->durations; i++)
        all += (double)m->duration[i] / (double)m->durations;
    for (size_t k = 0; k < m->workers * 11; k++) {
        for (; beyond < all * ((double)k + 0.5) / (double)(m->workers * 11); t++) {
            while (at < m->durations && m->duration[at] <= (float)t)
                at++;
            beyond += (double)(m->durations - at) / (double)m->durations;
        }
        open[k % m->workers * 11 + k / m->workers] = t;
    }
    for (size_t i = 0; i < m->workers; i++)
        w[i] = (struct model_worker){ .to = INT32_MAX,
                                      .back = i % 10 == 3   ? -1
                                              : i % 20 == 7 ? 9
                                                            : 0,
                                      .case_first = (uint32_t)i * 11,
                                      .case_n = 11 };
    m->worker = w;
    m->open = open;
    m->opens = m->workers * 11;
}

static void by_day(struct model *m, const struct model_data *d, struct arena *a)
{
    uint8_t *working = need(a, (size_t)d->days, 1);
    float *season = need(a, (size_t)d->days, sizeof *season), *room = need(a, (size_t)d->days, sizeof *room);

    for (int32_t day = 0; day < d->days; day++) {
        static const float week[7] = { 1.2f, 1.05f, 1, 0.95f, 0.8f, 0, 0 };
        bool school = day / 7 % 8 != 7; /* one week of holidays in eight */

        working[day] = day % 7 < 5;
        season[day] = week[day % 7];
        room[day] = (m->workers == 0 ? 1.0f : 12.0f) - (m->workers == 0 ? 0.08f : 1.0f) * (float)school;
    }
    m->working = working;
    m->season = season;
    m->room = room;
}

struct model *model_data_make(const struct model_data *d, struct arena *a)
{
    struct model *m = need(a, 1, sizeof *m);
    struct model_draw *draw = need(a, d->draws, sizeof *draw);
    float *duration = need(a, LEVELS, sizeof *duration);
    size_t workers = d->workers == 0 ? 40 : d->workers;

    *m = (struct model){ .days = d->days,
                         .order = order(d->ageing, a),
                         .workers = d->workers,
                         .duration = duration,
                         .durations = LEVELS,
                         .dispersion = 1.3f,
                         .draw = draw,
                         .draws = d->draws };
    for (int i = 0; i < LEVELS; i++)
        duration[i] = (float)(60 * exp(0.8 * normal_quantile((i + 0.5) / LEVELS)));
    people(m, d, a);
    by_day(m, d, a);
    cases(m, a);
    for (size_t i = 0; i < d->draws; i++) {
        double z = d->draws == 1 ? 0 : normal_quantile(((double)i + 0.5) / (double)d->draws);
        double part = (double)workers / 40;

        draw[i] = (struct model_draw){ .arrival = { (float)(0.672 * part), (float)(1.568 * part),
                                                    (float)(3.36 * part) },
                                       .leave = { 1.0f / 60, 1.0f / 150, 1.0f / 350 },
                                       .duration = (float)exp(0.05 * z),
                                       .room = (float)exp(-0.03 * z),
                                       .ill = 1.0f / 60,
                                       .well = 1.0f / 8,
                                       .rate = (float)(7.3 * part * exp(-0.04 * z)),
                                       .drift = -0.1f };
    }
    return m;
}

int32_t model_data_day(const uint32_t *row, int32_t days, uint32_t n, double p)
{
    uint32_t cum = 0;

    for (int32_t d = 0; d < days; d++)
        if ((cum += row[d]) >= p * n)
            return d;
    return days;
}
