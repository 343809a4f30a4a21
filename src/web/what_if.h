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
    const char *name, *label, *hint, *error;
    int64_t value, min, max;
};
struct plan_row {
    const char *name;
    const char *middle[SCENARIO_MOMENTS], *most[SCENARIO_MOMENTS],
        *size[SCENARIO_MOMENTS]; /* with interval */
    const char *more;            /* against now */
    bool own;
};
struct kept_row {
    const char *name, *who, *planned, *now, *became;
    int32_t made, due;
};
struct what_if_page {
    struct frame frame;
    int64_t list;
    const char *list_name, *name; /* name: of the plan, as typed */
    const char *name_error;
    struct plan_number number[WHAT_IF_NUMBERS];
    bool city, asked_first, usual, ran;
    const struct tab *tab;
    size_t tabs;
    const char *conclusion; /* NULL: no plan yet */
    const struct plan_row *row;
    size_t n;
    const struct kept_row *kept;
    size_t n_kept;
    bool may_keep;
    struct form_errors wrong;
};
enum err web_what_if_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_what_if_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
