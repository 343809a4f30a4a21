// SPDX-License-Identifier: EUPL-1.2
#include "register/month_cell.h"

#include "base/date.h"
#include "base/text.h"
#include "register/extract_join.h"

#include <string.h>

static int32_t day_of(int64_t time)
{
    return time == TIME_NONE ? DAY_NONE : time_nl_day(time);
}

bool month_cell_row(const struct extract *x, size_t i, enum month_cell_by by, struct month_row *ret_row)
{
    /* an end before its beginning happened on the day of receipt (as everywhere: measure/clocks.h) */
    int32_t received = day_of(x->received[i]), started = day_of(x->started[i]);
    int32_t left = started == DAY_NONE ? day_of(x->left[i]) : DAY_NONE, closed = day_of(x->closed[i]);
    int32_t where = by == MONTH_BY_TEAM ? x->team[i] : x->neighbourhood[i];
    uint32_t flags = x->flags != NULL ? x->flags[i] : 0;

    *ret_row = (struct month_row){
        .cell = (where + 1) * MONTH_CELL_URGENCIES +
                (x->urgency[i] >= 0 && x->urgency[i] < MONTH_CELL_URGENCIES ? x->urgency[i] : 0),
        .received = received,
        .started = started != DAY_NONE && started < received ? received : started,
        .left = left != DAY_NONE && left < received ? received : left,
        .closed = closed != DAY_NONE && closed < received ? received : closed,
        .direct = (flags & (EXTRACT_DIRECT | EXTRACT_BY_TEAM)) != 0,
        .reopened = (flags & EXTRACT_REOPENED) != 0,
    };
    return (flags & EXTRACT_DUPLICATE) == 0;
}

static int32_t first_day(const struct extract_file *e, int32_t last)
{
    int32_t first = last, limit = date_add_months(last, -(MONTH_FRAME_MONTHS - 1));
    struct civil c = date_to_civil(limit);

    for (size_t i = 0; i < e->x.n; i++) {
        int32_t day = day_of(e->x.received[i]);
        first = day < first ? day : first;
    }
    limit = date_from_civil(c.year, c.month, 1);
    return first < limit ? limit : first;
}

enum err month_cell_rows_in(struct ctx *c, const struct extract *x, const struct month_frame *f,
                            enum month_cell_by by, struct month_rows *ret_rows)
{
    size_t n = 0;
    uint32_t *group, *from;
    uint16_t(*code)[2], *outcome, *rest;
    bool clipped = false;

    TRY(ctx_alloc(c, x->n + 1, sizeof *group, (void *)&group));
    TRY(ctx_alloc(c, x->n + 1, sizeof *code, (void *)&code));
    TRY(ctx_alloc(c, x->n + 1, sizeof *outcome, (void *)&outcome));
    TRY(ctx_alloc(c, x->n + 1, sizeof *rest, (void *)&rest));
    TRY(ctx_alloc(c, (size_t)f->months * (size_t)f->cells + 2, sizeof *from, (void *)&from));
    for (size_t i = 0; i < x->n; i++) {
        struct month_row row;
        if (month_cell_row(x, i, by, &row))
            n += month_row_pack(f, &row, &group[n], code[n], &clipped) == MONTH_ROW_OK;
    }
    month_rows_sort(f, n, group, (const uint16_t(*)[2])code, from, outcome, rest);
    *ret_rows = (struct month_rows){ f, outcome, rest, from };
    return OK;
}

enum err month_cell_rows(struct ctx *c, const struct extract_file *e, const struct config *k,
                         struct month_rows *ret_rows, bool *ret_any)
{
    int32_t last = time_nl_day(e->at - 1),
            cells = (int32_t)(e->names[NAMES_NEIGHBOURHOOD].n + 1) * MONTH_CELL_URGENCIES;
    struct month_frame *f;

    TRY(ctx_alloc(c, 1, sizeof *f, (void *)&f));
    if (!month_frame_init(f, first_day(e, last), last, cells))
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    month_frame_norm(f, &k->calendar, k->norm_days[URGENCY_NORMAL]);
    TRY(month_cell_rows_in(c, &e->x, f, MONTH_BY_NEIGHBOURHOOD, ret_rows));
    *ret_any = ret_rows->from[(size_t)f->months * (size_t)f->cells] > 0;
    return OK;
}

static bool complete(const struct extract *x)
{
    return x->received != NULL && x->started != NULL && x->left != NULL && x->closed != NULL &&
           x->neighbourhood != NULL && x->urgency != NULL;
}

enum err month_cell_join(struct ctx *c, const struct extract_file *e, size_t n, struct extract_file *ret_all)
{
    for (size_t i = 0; i < n; i++)
        if (!complete(&e[i].x))
            return FAIL(E_INVALID, "%s", _("An extract lacks a column that is needed for these figures."));
    return extract_join(c, e, n, ret_all);
}
