// SPDX-License-Identifier: EUPL-1.2
/* What was counted outside the register of the made-up municipality, as files that come in: experience after
 * a contact from September 2023 on, the yearly survey of clients in May, the city panel each March and
 * partners each April from 2024 on, a mirror talk a year, sampled working weeks, and four lists that are kept
 * elsewhere from July 2023 on. A list may hold lines of the half year before the first day of the register.
 */
#ifndef PEIL_REGISTER_DEMO_OUTSIDE_H
#define PEIL_REGISTER_DEMO_OUTSIDE_H

#include "base/rng.h"
#include "register/demo_core.h"
#include "register/outside_record.h"

/* What is true of an indicator of these: the chance of a yes, the mean of a mark, the median of days. `kind`
 * only for E5, the statement; `year` likewise. NAN: nothing is known of it. */
double demo_outside_truth(const char *id, const char *part, const char *kind, int year);
/* The parts of which something is known, without E5. */
struct demo_outside_part {
    const char *id, *part;
};
enum { DEMO_OUTSIDE_PARTS = 14 };
extern const struct demo_outside_part demo_outside_parts[DEMO_OUTSIDE_PARTS];

/* ---- for the files that fill ---- */

struct outside_demo {
    const struct demo *d;
    struct rng rng;
    int64_t next;  /* number of the line */
    int32_t first; /* earlier lines are left out */
};
struct outside_record outside_demo_blank(const char *list, int32_t day);
/* Inside db_tx. A line of a later day is left out, and what was done or checked later is not in it yet. */
enum err outside_demo_put(struct ctx *c, struct outside_demo *g, const struct outside_record *o) MUST_CHECK;
int64_t outside_demo_yes(struct outside_demo *g, double p);

/* demo_outside_list.c: patterns, measures, published results, advice. Inside db_tx. */
enum err demo_outside_lists(struct ctx *c, struct outside_demo *g) MUST_CHECK;
double demo_outside_list_truth(const char *id, const char *part);

#endif
