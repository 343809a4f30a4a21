// SPDX-License-Identifier: EUPL-1.2
#include "measure/part_combine.h"

#include "measure/figure_core.h"
#include "measure/standard.h"

#include <assert.h>
#include <math.h>

int64_t part_mix(struct figure_result *code, size_t n)
{
    int64_t all = 0;

    for (size_t i = 0; i < n; i++)
        all += code[i].n;
    for (size_t i = 0; i < n; i++) {
        struct interval share = interval_wilson(code[i].n, all, 0.95);
        code[i].events = code[i].n;
        code[i].n = all;
        code[i].values = 0;
        figure_put_share(&code[i], NAN, &share);
    }
    return all;
}

void part_places(const struct figure_result *place, const int64_t *inhabitants, size_t n, double least,
                 struct figure_result *ret)
{
    int64_t known = 0, seen = 0;
    bool none = true;

    for (size_t i = 0; i < n; i++) {
        none = none && place[i].no_data;
        if (inhabitants == NULL || inhabitants[i] <= 0)
            continue;
        known++;
        seen += (double)place[i].n * 1000 >= least * (double)inhabitants[i];
    }
    figure_start(ret, FIGURES);
    ret->no_data = none;
    ret->n = known;
    ret->events = seen;
    struct interval share = interval_wilson(seen, known, 0.95);
    share.lower = share.upper = NAN; /* all places, no sample */
    figure_put_share(ret, NAN, &share);
}

void part_spread(const struct figure_result *result, size_t places, size_t strata, int64_t minimum,
                 double *share, struct figure_result *ret)
{
    double weight[SPREAD_STRATA] = { 0 }, events[SPREAD_STRATA], size[SPREAD_STRATA];
    struct interval low = { NAN, NAN, NAN }, high = low;
    int64_t compared = 0;

    assert(strata <= SPREAD_STRATA);
    figure_start(ret, FIGURES);
    ret->no_data = places == 0 || result[0].no_data;
    for (size_t i = 0; i < places * strata; i++) {
        weight[i % strata] += (double)result[i].n;
        ret->n += result[i].n;
        ret->events += result[i].events;
        ret->outside += result[i].outside;
    }
    for (size_t p = 0; p < places; p++) {
        struct standard_group g = { events, size };
        int64_t n = 0;
        for (size_t s = 0; s < strata; s++) {
            events[s] = (double)result[p * strata + s].events;
            size[s] = (double)result[p * strata + s].n;
            n += result[p * strata + s].n;
        }
        struct standard_value v = standard_direct(STANDARD_SHARE, &g, weight, strata, 0.95);
        share[p] = n >= minimum ? v.adjusted.value : NAN;
        if (isnan(share[p]))
            continue;
        compared++;
        if (isnan(low.value) || share[p] < low.value)
            low = v.adjusted;
        if (isnan(high.value) || share[p] > high.value)
            high = v.adjusted;
    }
    figure_put_share(ret, NAN, &low);
    figure_put_share(ret, NAN, &high);
    figure_put_plain(ret, FIGURE_RATIO, NAN, high.value > 0 ? low.value / high.value : NAN);
    figure_put_plain(ret, FIGURE_COUNT, NAN, (double)compared);
}
