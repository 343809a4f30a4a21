// SPDX-License-Identifier: EUPL-1.2
/* A team in figures: hours agreed and filled (C1), sick days (C2), same worker (H5), and what the work goes
 * to. Counts only; nobody is named. */
#ifndef PEIL_WEB_TEAM_FIGURES_H
#define PEIL_WEB_TEAM_FIGURES_H

#include "web/behind.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

enum { TEAM_MONTHS = 12 };
struct team_month {
    int32_t month;
    const char *sick, *help, *refer, *decide; /* shares; NULL: no data, or too few people */
    int64_t steps;
    const char *agreed, *actual, *present;
};
struct team_figures_page {
    struct frame frame;
    struct choice team;
    const char *team_name;
    struct team_month month[TEAM_MONTHS];
    const char *kept; /* NULL: no data */
    int64_t kept_n, kept_of;
    int64_t made_at; /* when the steps and the same worker were counted */
    bool hidden, may_establish;
    int64_t team_id;
    struct form_view established;
};

/* For web/behind.h: the counts of a team, under a key that begins so and ends with its number (0: all). */
#define TEAM_COUNTS "team "
void team_counts_key(int64_t team, char key[BEHIND_KEY]);
enum err team_counts_make(struct ctx *c, const char *key, struct buf *out) MUST_CHECK;

enum err web_team_figures_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_team_established_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
