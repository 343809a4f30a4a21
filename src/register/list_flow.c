// SPDX-License-Identifier: EUPL-1.2
#include "register/list_flow.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "register/state.h"
#include "store/sql.h"

struct filling {
    struct flow_row *row;
    size_t n;
    int32_t first; /* day of the first row */
    int length;    /* days of a row */
};

static struct flow_row *row_of(const struct filling *g, int64_t at)
{
    int64_t i = (time_nl_day(at) - g->first) / g->length;

    return &g->row[i < (int64_t)g->n ? i : (int64_t)g->n - 1];
}

static enum err add_joined(struct ctx *c, void *arg, const struct sql_flow_joined_row *r)
{
    (void)c;
    row_of(arg, r->received_at)->joined++;
    return OK;
}

static enum flow_reason reason_of(const char *code)
{
    static const char *const codes[] = { LEFT_STARTED,  "solved", "elsewhere",     "withdrawn",
                                         "unreachable", "moved",  REASON_DUPLICATE };

    if (text_is(code, "died"))
        return FLOW_MOVED;
    for (size_t i = 0; i < COUNT(codes); i++)
        if (text_is(codes[i], code))
            return (enum flow_reason)i;
    return FLOW_OTHER;
}

static enum err add_left(struct ctx *c, void *arg, const struct sql_flow_left_row *r)
{
    struct flow_row *row = row_of(arg, r->left_at);

    (void)c;
    row->left[reason_of(r->left_reason)]++;
    row->left_all++;
    return OK;
}

static enum err check(struct ctx *c, const struct flow_filter *f)
{
    if (f->from == DAY_NONE)
        return FAIL_FIELD("from", "%s", _("Fill in the first day."));
    if (f->to == DAY_NONE || f->to < f->from)
        return FAIL_FIELD("to", "%s", _("The last day must not be before the first day."));
    if (f->to - f->from >= FLOW_DAYS)
        return FAIL_FIELD("to", "%s", _("Choose at most three years."));
    return OK;
}

enum err list_flow_get(struct ctx *c, const struct flow_filter *f, struct list_flow *ret_flow)
{
    struct sql_flow_size_row size;
    struct filling g = { .first = f->from, .length = f->weeks ? 7 : 1 };

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(check(c, f));
    if (f->weeks)
        g.first -= date_weekday(f->from) - 1;
    g.n = (size_t)((f->to - g.first) / g.length) + 1;
    int64_t from = time_of_nl_day(g.first, 0), to = time_of_nl_day(f->to + 1, 0);
    TRY(ctx_alloc(c, g.n, sizeof *g.row, (void *)&g.row));
    for (size_t i = 0; i < g.n; i++)
        g.row[i].day = g.first + (int32_t)i * g.length;
    TRY(sql_flow_size(c, f->team, from, &size));
    TRY(sql_flow_joined_each(c, f->team, from, to, add_joined, &g));
    TRY(sql_flow_left_each(c, f->team, from, to, add_left, &g));
    int64_t now = size.there + size.left - size.early;
    *ret_flow = (struct list_flow){ .row = g.row, .n = g.n, .before = now };
    for (size_t i = 0; i < g.n; i++)
        g.row[i].size = now += g.row[i].joined - g.row[i].left_all;
    return OK;
}
