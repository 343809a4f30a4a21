// SPDX-License-Identifier: EUPL-1.2
/* The clocks of one request (wachttijd bruto en netto, stilte, norm), computed from how it stands; never
 * stored. */
#ifndef PEIL_REGISTER_CLOCK_H
#define PEIL_REGISTER_CLOCK_H

#include "register/config.h"
#include "register/state.h"

struct clocks {
    int32_t asked_day;    /* on which the resident asked */
    int64_t gross_days;   /* asked to first talk, to the end, or until now: whole days that passed */
    int64_t net_days;     /* without pauses that the resident asked for */
    int64_t silent_days;  /* since we last spoke, while waiting */
    int32_t call_before;  /* the day on which the contact norm ends; DAY_NONE when not waiting */
    int32_t norm_day;     /* last day on which a start is within the norm */
    bool running;         /* still waiting */
    bool over_norm;       /* started after norm_day, or not started and norm_day has passed */
    bool silent_too_long; /* waiting, and call_before has passed */
};
struct clocks clocks_of(const struct config *k, const struct standing *s, int64_t now);
/* The last day of the norm for a request asked on this day; urgency as enum urgency. */
int32_t clock_norm_day(const struct config *k, int64_t urgency, int32_t asked);
/* Requests of this class asked before this moment are over their norm today. */
int64_t clock_norm_cutoff(const struct config *k, int64_t urgency, int32_t today);

#endif
