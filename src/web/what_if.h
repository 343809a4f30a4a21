// SPDX-License-Identifier: EUPL-1.2
/* What if: a plan for a list, its effect beside going on as now and beside the usual plans, and the plans
 * that were kept with what became of them. A plain form; the plan stands in the address. */
#ifndef PEIL_WEB_WHAT_IF_H
#define PEIL_WEB_WHAT_IF_H

#include "account/scenario.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

enum { WHAT_IF_NUMBERS = 5, WHAT_IF_USUAL = 6 };
struct plan_number {
    const char *name, *label, *unit, *unit_one, *error;
    const char *said, *low, *high; /* the value in words, both ends as numbers */
    int64_t value, min, max, step;
};
struct plan_row {
    const char *name;
    const char *middle[SCENARIO_MOMENTS], *most[SCENARIO_MOMENTS],
        *size[SCENARIO_MOMENTS];                                             /* with interval */
    const char *more_middle[SCENARIO_MOMENTS], *more_most[SCENARIO_MOMENTS]; /* against now; "" */
    const char *size_of; /* of another list than that of the plan; "" */
    bool own;
};
enum { KEPT_LINES = 3 }; /* half begin within, 80 of 100 begin within, people on the list */
struct kept_line {
    const char *label, *planned, *now, *became;
};
struct kept_row {
    int64_t id;
    const char *name, *who, *conclusion;
    const char *what, *url; /* the plan in words, and the page that computes it again */
    int32_t made, due;
    struct kept_line line[KEPT_LINES];
};
struct what_if_page {
    struct frame frame;
    int64_t list;
    const char *list_name, *name;  /* name: of the plan, as typed */
    const char *name_error, *plan; /* plan: in words, for paper; "" */
    struct plan_number number[WHAT_IF_NUMBERS];
    bool city, asked_first, usual, ran, making; /* making: as on the page of the forecast */
    const struct tab *tab;
    size_t tabs;
    const char *conclusion; /* NULL: no plan yet */
    const char *few;        /* too little is known to compute a plan; NULL */
    bool no_staff;          /* no workers are known, and the plan is about them */
    bool may_staff;
    const struct plan_row *row;
    size_t n;
    const struct kept_row *kept;
    size_t n_kept;
    bool kept_all, kept_more; /* all are asked for; there are older ones than those that stand here */
    bool may_keep;
    struct form_errors wrong;
};
/* A number of days or people with its interval. */
const char *what_if_range(struct ctx *c, const struct scenario_value *v);
/* "+2 workers; one list for the whole city". */
enum err what_if_words(struct ctx *c, const struct scenario *s, const char **ret_text) MUST_CHECK;
/* The page with this plan filled in. */
enum err what_if_url(struct ctx *c, int64_t list, const struct scenario *s, const char **ret_url) MUST_CHECK;
/* The plans that were kept, with what became of them (what_if_kept.c). */
enum err what_if_kept_fill(struct ctx *c, struct what_if_page *p) MUST_CHECK;
enum err web_what_if_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_what_if_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
