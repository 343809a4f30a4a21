// SPDX-License-Identifier: EUPL-1.2
#include "account/result.h"

#include "account/result_core.h"
#include "base/date.h"
#include "register/clock.h"
#include "register/config.h"

#include <string.h>

struct run {
    const struct register_extract *x;
    const struct result_query *q;
    const struct config *config;
    const int64_t *norm;
    struct figure_work work;
    struct period *period;
    size_t periods;
    enum dimension column[RESULT_BY_MAX]; /* the dimensions that are columns, in order */
    size_t columns;
    size_t place[RESULT_BY_MAX], period_place; /* where each label goes; RESULT_BY_MAX: no period */
    struct result *row;
    size_t n, room;
};

/* With a count of every month from the first request to the last one, also the empty ones. */
static enum err inflow(struct ctx *c, struct run *r, const struct figure_query *q, struct figure_result *ret)
{
    struct arena_mark mark = arena_mark(c->arena);
    struct figure_months m = { 0 };
    int64_t first = INT64_MAX, last = INT64_MIN, *month;

    TRY(ctx_alloc(c, PERIODS_MAX + 2, sizeof *month, (void *)&month));
    TRY(ctx_alloc(c, PERIODS_MAX + 2, sizeof *m.ret_count, (void *)&m.ret_count));
    m.month = month;
    for (size_t i = 0; i < q->n; i++) {
        int64_t t = r->x->x.received[q->row[i]];
        first = t < first ? t : first;
        last = t > last ? t : last;
    }
    if (q->n > 0)
        m.months = periods_months(r->q, first, last, month);
    figure_get_inflow(&r->x->x, q, m.months > 0 ? &m : NULL, ret);
    arena_release(c->arena, mark);
    return OK;
}

static enum err compute(struct ctx *c, struct run *r, enum figure_id id, int32_t reason,
                        const struct figure_query *q, struct figure_result *ret)
{
    const struct extract *x = &r->x->x;
    struct figure_work *w = &r->work;

    switch (id) {
    case FIGURE_INFLOW:
        return inflow(c, r, q, ret);
    case FIGURE_WAIT:
        figure_get_wait(x, q, w, ret, NULL);
        break;
    case FIGURE_WAIT_STARTED:
        figure_get_wait_started(x, q, w, ret);
        break;
    case FIGURE_HELPED:
        figure_get_helped(x, q, w, ret);
        break;
    case FIGURE_NORM:
        figure_get_norm(x, q, w, ret);
        break;
    case FIGURE_STOCK:
        figure_get_stock(x, q, w, ret);
        break;
    case FIGURE_CONTACT:
        figure_get_contact(x, q, w, ret);
        break;
    case FIGURE_LEFT:
        figure_get_left(x, q, reason, w, ret);
        break;
    case FIGURE_COMPLETION:
        figure_get_completion(x, q, w, ret, NULL);
        break;
    case FIGURE_CLOSED:
        figure_get_closed(x, q, reason, w, ret);
        break;
    case FIGURE_THROUGHPUT:
        figure_get_throughput(x, q, w, ret);
        break;
    case FIGURES:
        break;
    }
    return OK;
}

static enum err next_row(struct ctx *c, struct run *r, struct result **ret_row)
{
    if (r->n == r->room) {
        struct result *row;
        r->room = r->room > 0 ? r->room * 2 : 64;
        TRY(ctx_alloc(c, r->room, sizeof *row, (void *)&row));
        if (r->n > 0)
            memcpy(row, r->row, r->n * sizeof *row);
        r->row = row;
    }
    *ret_row = &r->row[r->n];
    return OK;
}

/* What all figures of the question have in common. */
static struct figure_query figure_question(const struct run *r, const uint32_t *row, size_t n)
{
    const struct result_query *a = r->q;

    return (struct figure_query){ .row = row,
                                  .n = n,
                                  .at = a->at,
                                  .from = a->from,
                                  .to = a->to,
                                  .since = a->since,
                                  .net = a->net,
                                  .in_days = a->in_days,
                                  .way = a->way,
                                  .p = a->p,
                                  .n_p = a->n_p,
                                  .share_at = a->share_at,
                                  .n_share_at = a->n_share_at,
                                  .norm = r->norm,
                                  .gap_days = r->config->contact_days,
                                  .open = a->all,
                                  .skip = a->all ? 0 : EXTRACT_DIRECT | EXTRACT_URGENT | EXTRACT_DUPLICATE };
}

/* A group in a period, for which the figures are computed one by one. */
struct group {
    const struct period *period; /* NULL: that of the question */
    struct figure_query q;
    const char *const *label;
};

static enum err one_figure(struct ctx *c, struct run *r, const struct group *g, enum figure_id id,
                           int32_t reason)
{
    struct figure_query q = g->q;
    struct result *out;

    TRY(next_row(c, r, &out));
    *out = (struct result){ .at = q.at, .from = q.from, .to = q.to };
    if (g->period != NULL && (id == FIGURE_STOCK || id == FIGURE_CONTACT))
        out->at = q.at = g->period->to < q.at ? g->period->to : q.at; /* on the last moment of the period */
    /* What was on the list was on it, also when it turned out later to be a double. */
    if (id == FIGURE_INFLOW)
        q.skip = EXTRACT_DUPLICATE;
    if (id == FIGURE_STOCK || id == FIGURE_CONTACT)
        q.skip = 0;
    TRY(compute(c, r, id, reason, &q, &out->figure));
    memcpy(out->label, g->label, sizeof out->label);
    if (reason == FIGURE_EVERY_REASON) {
        r->n += out->figure.n > 0 || r->q->n_by == 0;
        return OK;
    }
    out->reason = reason == FIGURE_NO_REASON ? "unknown" : r->x->reason.name[reason];
    r->n += out->figure.events > 0;
    return OK;
}

/* One group in one period: all wanted figures, and those about reasons for each reason too. */
static enum err one_group(struct ctx *c, struct run *r, const struct group *g)
{
    for (int id = 0; id < FIGURES; id++) {
        if (!r->q->wanted[id])
            continue;
        TRY(one_figure(c, r, g, (enum figure_id)id, FIGURE_EVERY_REASON));
        if (id != FIGURE_LEFT && id != FIGURE_CLOSED)
            continue;
        for (int32_t reason = FIGURE_NO_REASON; reason < (int32_t)r->x->reason.n; reason++)
            TRY(one_figure(c, r, g, (enum figure_id)id, reason));
    }
    return OK;
}

static enum err all_periods(struct ctx *c, struct run *r, const uint32_t *row, size_t n, const char **label)
{
    struct group g = { .q = figure_question(r, row, n), .label = label };

    if (r->period_place == RESULT_BY_MAX)
        return one_group(c, r, &g);
    for (size_t i = 0; i < r->periods; i++) {
        label[r->period_place] = r->period[i].label;
        g.period = &r->period[i];
        g.q.from = g.period->from;
        g.q.to = g.period->to;
        TRY(one_group(c, r, &g));
    }
    return OK;
}

/* Splits by the k-th column and goes on with each part. */
static enum err split(struct ctx *c, struct run *r, size_t k, const uint32_t *row, size_t n,
                      const char **label)
{
    if (k == r->columns)
        return all_periods(c, r, row, n, label);
    size_t codes = group_codes(r->x, r->column[k]);
    uint32_t *part;
    size_t *start;
    TRY(ctx_alloc(c, n + 1, sizeof *part, (void *)&part));
    TRY(ctx_alloc(c, codes + 2, sizeof *start, (void *)&start));
    figure_group(group_column(&r->x->x, r->column[k]), row, n, codes, part, start);
    for (size_t g = 0; g <= codes; g++) {
        if (start[g + 1] == start[g])
            continue;
        label[r->place[k]] = group_label(r->x, r->column[k], g);
        TRY(split(c, r, k + 1, part + start[g], start[g + 1] - start[g], label));
    }
    return OK;
}

/* Do the groups of the one column differ? People whose group is not known are left out. */
static enum err compare(struct ctx *c, struct run *r, const uint32_t *row, size_t n, struct results *out)
{
    const struct extract *x = &r->x->x;
    uint32_t *part;
    size_t *start;

    if (r->columns != 1 || r->period_place != RESULT_BY_MAX || !r->q->wanted[FIGURE_WAIT])
        return OK;
    size_t codes = group_codes(r->x, r->column[0]);
    if (codes < 2 || codes > LOGRANK_GROUPS_MAX)
        return OK;
    TRY(ctx_alloc(c, n + 1, sizeof *part, (void *)&part));
    TRY(ctx_alloc(c, codes + 2, sizeof *start, (void *)&start));
    figure_group(group_column(x, r->column[0]), row, n, codes, part, start);
    struct figure_query q = figure_question(r, part, n);
    out->difference = figure_compare_wait(x, &q, &r->work, start, codes);
    out->compared = true;
    return OK;
}

/* Sorts the dimensions of the question into columns and at most one period. */
static enum err sort_dimensions(struct ctx *c, struct run *r)
{
    r->period_place = RESULT_BY_MAX;
    for (size_t i = 0; i < r->q->n_by; i++) {
        enum dimension d = r->q->by[i];
        if (!dimension_is_period(d)) {
            r->place[r->columns] = i;
            r->column[r->columns++] = d;
            continue;
        }
        if (r->period_place != RESULT_BY_MAX)
            return FAIL(E_REQUEST, "%s", _("Choose one of year, quarter and month."));
        r->period_place = i;
        TRY(periods_make(c, &r->x->x, r->q, d, &r->period, &r->periods));
    }
    return OK;
}

static enum err prepare(struct ctx *c, struct run *r, uint32_t **ret_row)
{
    const struct extract *x = &r->x->x;
    void *memory;
    int64_t *norm;

    TRY(config_get(c, &r->config));
    TRY(ctx_alloc(c, 1, figure_work_bytes(x->n) + 8, &memory));
    r->work = figure_work_in(memory, x->n);
    TRY(ctx_alloc(c, x->n + 1, sizeof *norm, (void *)&norm));
    TRY(ctx_alloc(c, x->n + 1, sizeof **ret_row, (void *)ret_row));
    for (size_t i = 0; i < x->n; i++) {
        int32_t day = clock_norm_day(r->config, x->urgency[i], time_nl_day(x->received[i]));
        norm[i] = time_of_nl_day(day + 1, 0) - 1;
        (*ret_row)[i] = (uint32_t)i;
    }
    r->norm = norm;
    return sort_dimensions(c, r);
}

enum err results_get(struct ctx *c, const struct register_extract *x, const struct result_query *q,
                     struct results *ret_results)
{
    struct run r = { .x = x, .q = q };
    const char *label[RESULT_BY_MAX] = { NULL };
    struct results out = { 0 };
    size_t n = x->x.n;
    uint32_t *row;

    TRY(prepare(c, &r, &row));
    TRY(group_only(c, x, q, row, &n));
    TRY(split(c, &r, 0, row, n, label));
    out.row = r.row;
    out.n = r.n;
    TRY(compare(c, &r, row, n, &out));
    *ret_results = out;
    return OK;
}
