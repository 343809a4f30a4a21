// SPDX-License-Identifier: EUPL-1.2
/* peil stats capacity: what a list needs (src/forecast/capacity.h); no file. */
#include "cli/stats.h"
#include "forecast/capacity.h"

#include <math.h>

enum err stats_capacity(struct stats *s)
{
    struct ctx *c = s->c;
    struct capacity_load l = { 0 };
    double share, within, weeks;

    TRY(stats_need_number(s, "--demand", 0, 1e6, &l.demand));
    TRY(stats_need_number(s, "--duration", 1e-6, 1e6, &l.duration));
    TRY(stats_need_number(s, "--places", 0, 1e6, &l.places));
    TRY(stats_get_number(s, "--queue", 0, 1e7, 0, &l.queue));
    TRY(stats_get_number(s, "--leave", 0, 0.9999, 0, &l.leave));
    TRY(stats_get_number(s, "--share", 0.01, 0.9999, 0.8, &share));
    TRY(stats_get_number(s, "--within", 0, 1e6, NAN, &within));
    TRY(stats_get_number(s, "--weeks", 1e-6, 1e6, NAN, &weeks));
    /* a chance a week as a rate */
    l.leave = -log1p(-l.leave);
    out_number(s, "load", capacity_load_of(&l));
    out_number(s, "starts", capacity_starts(&l));
    out_number(s, "wait", capacity_wait(&l));
    out_number(s, "clears_in", capacity_clears_in(&l));
    if (!isnan(within))
        out_number(s, "places_for_norm", capacity_for_norm(&l, share, within));
    if (!isnan(weeks))
        out_number(s, "places_to_clear", capacity_to_clear(&l, weeks));
    out_open(s, "constants");
    out_number(s, "share", share);
    out_number(s, "within", within);
    out_number(s, "weeks", weeks);
    out_close(s);
    return OK;
}
