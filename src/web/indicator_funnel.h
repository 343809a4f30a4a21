// SPDX-License-Identifier: EUPL-1.2
/* Is a team or neighbourhood really different? The funnel of chance alone, and the one with the usual spread
 * between them (measure/overdispersion.h), beside each other: both are named, neither is hidden. */
#ifndef PEIL_WEB_INDICATOR_FUNNEL_H
#define PEIL_WEB_INDICATOR_FUNNEL_H

#include "measure/overdispersion.h"
#include "web/indicator_core.h"

struct indicator_funnel {
    bool there; /* false: this way of counting has no funnel, or there are fewer than three groups */
    enum standard_kind kind;
    double target; /* of all groups together */
    struct overdispersion spread;
};
/* From the results of all groups of one breakdown. Groups that are too small to be shown take no part. */
enum err indicator_funnel_make(struct ctx *c, const struct measured_list *groups,
                               struct indicator_funnel *ret_funnel) MUST_CHECK;
/* "as expected", "higher", "lower"; "" when the value is not shown. */
const char *indicator_funnel_chance(const struct ctx *c, const struct indicator_funnel *f,
                                    const struct measured *m);
const char *indicator_funnel_spread(const struct ctx *c, const struct indicator_funnel *f,
                                    const struct measured *m);
/* What the two columns mean, with the spread that was found; NULL without a funnel. */
const char *indicator_funnel_words(struct ctx *c, const struct indicator_funnel *f);

#endif
