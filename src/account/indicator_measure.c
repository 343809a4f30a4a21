// SPDX-License-Identifier: EUPL-1.2
/* Measuring the catalogue: groups, periods, and for each part one walk over its facts. */
#include "account/indicator.h"
#include "account/indicator_group.h"
#include "account/result_core.h"
#include "base/text.h"
#include "measure/part_combine.h"
#include "measure/part_measure.h"
#include "register/config.h"

#include <math.h>
#include <string.h>

#define CELLS_MAX 60000 /* groups x periods of one part */

struct run {
    const struct register_facts *f;
    const struct indicators *all;
    const struct indicator_query *q;
    const struct config *config;
    struct part_period *period;
    struct period *label;
    size_t periods;
    struct breakdown by;
    size_t place[RESULT_BY_MAX], period_place; /* in the question; RESULT_BY_MAX: no period */
    struct measured *row;
    size_t n, room;
    struct arena *kept;       /* for what outlives a part: its rows */
    struct arena scratch;     /* of one part; given back for the next */
    int32_t *group, *request; /* room for the groups of any set; those of the requests, made once */
};

static enum err keep(struct ctx *c, struct run *r, size_t count, size_t size, void *ret_ptr)
{
    struct arena *mine = c->arena;

    c->arena = r->kept;
    enum err e = ctx_alloc(c, count, size, ret_ptr);
    c->arena = mine;
    return e;
}

static enum err next_row(struct ctx *c, struct run *r, struct measured **ret_row)
{
    if (r->n == r->room) {
        struct measured *row;
        r->room = r->room > 0 ? r->room * 2 : 64;
        TRY(keep(c, r, r->room, sizeof *row, (void *)&row));
        if (r->n > 0)
            memcpy(row, r->row, r->n * sizeof *row);
        r->row = row;
    }
    *ret_row = &r->row[r->n++];
    return OK;
}

/* ── Groups ── */

struct groups {
    int32_t *group, *request; /* of each row of the set, of each request */
    size_t n;                 /* with those whose code is not known */
    int64_t *inhabitants;
};

static enum err groups_make(struct ctx *c, struct run *r, const struct part *p, struct groups *ret_groups)
{
    struct groups g = { .n = r->by.groups };

    if (g.n * r->periods > CELLS_MAX)
        return FAIL(E_REQUEST, "%s", _("This breakdown has too many groups. Ask for less at once."));
    if (r->group == NULL) { /* the same room for every part, one after the other */
        TRY(keep(c, r, facts_rows_max(&r->f->f) + 1, sizeof *r->group, (void *)&r->group));
        TRY(keep(c, r, r->f->f.set[FACT_REQUEST].n + 1, sizeof *r->request, (void *)&r->request));
        breakdown_rows(&r->by, FACT_REQUEST, r->request);
    }
    breakdown_rows(&r->by, p->set, r->group);
    g.group = r->group;
    g.request = r->request;
    TRY(ctx_alloc(c, g.n + 1, sizeof *g.inhabitants, (void *)&g.inhabitants));
    for (size_t i = 0; i < g.n; i++)
        g.inhabitants[i] = breakdown_people(&r->by, i);
    *ret_groups = g;
    return OK;
}

/* The labels of a cell, in the order of the question. */
static void label_cell(const struct run *r, size_t cell, struct measured *m)
{
    const char *name[RESULT_BY_MAX];
    size_t period = cell % r->periods;

    breakdown_names(&r->by, cell / r->periods, name);
    for (size_t k = 0; k < r->by.columns; k++)
        m->label[r->place[k]] = name[k];
    m->at = r->q->at;
    m->from = r->period[period].from;
    m->to = r->period[period].to;
    if (r->period_place != RESULT_BY_MAX)
        m->label[r->period_place] = r->label[period].label;
}

/* ── One part ── */

static enum err measure(struct ctx *c, struct run *r, const struct part *p, const struct groups *g,
                        struct figure_result **ret_result)
{
    size_t cells = g->n * r->periods, rows = part_work_rows(p, &r->f->f);
    static const struct part_period always = { 0, 0 };
    bool on_date = (p->calc == CALC_STOCK || p->calc == CALC_STOCK_SHARE) && r->period_place == RESULT_BY_MAX;
    struct part_work work;
    void *memory;
    struct part_task task = { .part = p,
                              .facts = &r->f->f,
                              .calendar = &r->config->calendar,
                              .at = r->q->at,
                              .period = on_date ? &always : r->period,
                              .periods = r->periods,
                              .group = g->group,
                              .groups = g->n,
                              .request_group = g->request,
                              .inhabitants = g->inhabitants };

    TRY(ctx_alloc(c, cells + 1, sizeof **ret_result, (void *)ret_result));
    TRY(ctx_alloc(c, 1, part_work_bytes(rows, cells), &memory));
    work = part_work_in(memory, rows, cells);
    part_measure(&task, &work, *ret_result);
    return OK;
}

static enum err put(struct ctx *c, struct run *r, const struct part *p, size_t cell,
                    const struct figure_result *f, const char *code)
{
    bool says = f->n > 0 || f->censored > 0 || f->values > 0;
    struct measured *m;

    if (r->by.columns > 0 && (!says || (f->n == 0 && f->outside == 0)))
        return OK;
    TRY(next_row(c, r, &m));
    *m = (struct measured){ .part = p, .code = code, .figure = *f };
    label_cell(r, cell, m);
    return OK;
}

/* Splits every group by a code: group * codes + code; a code that is not known is left out. */
static void split_groups(const struct run *r, const struct part *p, enum fact_code by, struct groups *g)
{
    const struct fact_rows *rows = &r->f->f.set[p->set];
    size_t codes = r->f->f.name[by].n;

    for (size_t i = 0; i < rows->n; i++) {
        int32_t v = rows->code[by] != NULL ? rows->code[by][i] : -1;
        g->group[i] = g->group[i] < 0 || v < 0 ? -1 : g->group[i] * (int32_t)codes + v;
    }
    g->n *= codes;
}

static enum err mix(struct ctx *c, struct run *r, const struct part *p)
{
    size_t codes = r->f->f.name[p->code].n;
    struct figure_result *result, *one;
    size_t cells = r->by.groups * r->periods;
    struct groups g;

    TRY(groups_make(c, r, p, &g));
    if (codes == 0) { /* nothing of that kind was ever written down */
        const struct figure_result nothing = { .id = FIGURES, .no_data = true };
        for (size_t cell = 0; cell < cells && r->by.columns == 0; cell++)
            TRY(put(c, r, p, cell, &nothing, NULL));
        return OK;
    }
    split_groups(r, p, p->code, &g);
    TRY(measure(c, r, p, &g, &result));
    TRY(ctx_alloc(c, codes + 1, sizeof *one, (void *)&one));
    for (size_t cell = 0; cell < cells; cell++) {
        size_t group = cell / r->periods, period = cell % r->periods;
        for (size_t k = 0; k < codes; k++)
            one[k] = result[(group * codes + k) * r->periods + period];
        int64_t all = part_mix(one, codes);
        for (size_t k = 0; k < codes; k++)
            if (one[k].events > 0 || (all == 0 && k == 0))
                TRY(put(c, r, p, cell, &one[k], all == 0 ? NULL : r->f->f.name[p->code].name[k]));
    }
    return OK;
}

static enum err places(struct ctx *c, struct run *r, const struct part *p)
{
    const struct facts *f = &r->f->f;
    size_t n = f->name[FACT_NEIGHBOURHOOD].n;
    struct figure_result *result, *place, out;
    struct groups g;

    if (r->by.columns > 0)
        return OK;
    TRY(groups_make(c, r, p, &g));
    split_groups(r, p, FACT_NEIGHBOURHOOD, &g);
    TRY(measure(c, r, p, &g, &result));
    TRY(ctx_alloc(c, n + 1, sizeof *place, (void *)&place));
    for (size_t period = 0; period < r->periods; period++) {
        for (size_t i = 0; i < n; i++)
            place[i] = result[i * r->periods + period];
        part_places(place, f->inhabitants, n, p->value, &out);
        TRY(put(c, r, p, period, &out, NULL));
    }
    return OK;
}

/* Neighbourhoods with the same mix of urgency: place * urgencies + urgency. */
static enum err spread(struct ctx *c, struct run *r, const struct part *p)
{
    size_t n = r->f->f.name[FACT_NEIGHBOURHOOD].n, classes = r->f->f.name[FACT_URGENCY].n;
    struct figure_result *result, *cell, out;
    struct groups g;
    double *share;

    if (r->by.columns > 0)
        return OK;
    TRY(groups_make(c, r, p, &g));
    split_groups(r, p, FACT_NEIGHBOURHOOD, &g);
    split_groups(r, p, FACT_URGENCY, &g);
    TRY(measure(c, r, p, &g, &result));
    TRY(ctx_alloc(c, n * classes + 1, sizeof *cell, (void *)&cell));
    TRY(ctx_alloc(c, n + 1, sizeof *share, (void *)&share));
    for (size_t period = 0; period < r->periods; period++) {
        for (size_t i = 0; i < n * classes; i++)
            cell[i] = result[i * r->periods + period];
        part_spread(cell, n, classes, p->minimum, share, &out);
        TRY(put(c, r, p, period, &out, NULL));
    }
    return OK;
}

static enum err plain(struct ctx *c, struct run *r, const struct part *p)
{
    struct figure_result *result;
    struct groups g;

    TRY(groups_make(c, r, p, &g));
    TRY(measure(c, r, p, &g, &result));
    for (size_t cell = 0; cell < g.n * r->periods; cell++)
        TRY(put(c, r, p, cell, &result[cell], NULL));
    return OK;
}

/* Does the second filter let this result through? Its value is the last label. */
static bool also_asked(const struct run *r, const struct result_query *q, const struct result *one)
{
    if (r->q->also.n == 0)
        return true;
    for (size_t i = 0; i < r->q->also.n; i++)
        if (text_is(one->label[q->n_by - 1], r->q->also.value[i]))
            return true;
    return false;
}

/* A figure of measure/figure.h, through account/result.h. A second filter is a breakdown of which one value
 * is kept. */
static enum err figure(struct ctx *c, struct run *r, const struct part *p)
{
    struct result_query q = { .at = r->q->at,
                              .from = r->q->from,
                              .to = r->q->to,
                              .only = r->q->only,
                              .n_by = r->q->n_by,
                              .in_days = true,
                              .utc = r->q->utc };
    int64_t since = r->f->f.set[FACT_REQUEST].since;
    struct results all;
    struct measured *m;

    q.wanted[p->figure] = true;
    memcpy(q.by, r->q->by, sizeof q.by);
    if (r->q->also.n > 0) {
        if (q.n_by == RESULT_BY_MAX)
            return FAIL(E_REQUEST, "%s", _("Break down by three things at most."));
        q.by[q.n_by++] = r->q->also.by;
    }
    TRY(results_get(c, &r->f->x, &q, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct result *one = &all.row[i];
        if (!also_asked(r, &q, one))
            continue;
        TRY(next_row(c, r, &m));
        *m = (struct measured){ .part = p, .code = one->reason, .figure = one->figure };
        m->at = one->at;
        m->from = one->from;
        m->to = one->to;
        for (size_t k = 0; k < r->q->n_by; k++) {
            const char *label = one->label[k];
            m->label[k] = label != NULL ? arena_copy(r->kept, label, strlen(label)) : NULL;
            if (label != NULL && m->label[k] == NULL)
                return FAIL(E_NOMEM, "%s", "");
        }
        if (p->figure == FIGURE_STOCK &&
            m->figure.values < FIGURE_VALUES_MAX) { /* everybody, before the bands */
            memmove(m->figure.value + 1, m->figure.value, m->figure.values++ * sizeof m->figure.value[0]);
            m->figure.value[0] = (struct figure_value){
                .kind = FIGURE_COUNT, .at = NAN, .value = (double)m->figure.n, .lower = NAN, .upper = NAN
            };
        }
        m->figure.no_data = since == TIME_NONE || (one->to != 0 && one->to <= since) || one->at <= since;
    }
    return OK;
}

static enum err of_kind(struct ctx *c, struct run *r, const struct part *p)
{
    switch (p->calc) {
    case CALC_FIGURE:
        return figure(c, r, p);
    case CALC_MIX:
        return mix(c, r, p);
    case CALC_PLACES:
        return places(c, r, p);
    case CALC_SPREAD:
        return spread(c, r, p);
    default:
        return plain(c, r, p);
    }
}

/* Only its rows are kept. */
static enum err one_part(struct ctx *c, struct run *r, const struct part *p)
{
    c->arena = &r->scratch;
    enum err e = of_kind(c, r, p);
    c->arena = r->kept;
    arena_free(&r->scratch);
    return e;
}

/* ── The question ── */

static enum err periods(struct ctx *c, struct run *r)
{
    const struct indicator_query *q = r->q;
    struct result_query rq = { .at = q->at, .from = q->from, .to = q->to, .utc = q->utc };

    r->period_place = RESULT_BY_MAX;
    r->periods = 1;
    for (size_t i = 0; i < q->n_by; i++) {
        if (!dimension_is_period(q->by[i]))
            continue;
        if (r->period_place != RESULT_BY_MAX)
            return FAIL(E_REQUEST, "%s", _("Choose one of year, quarter and month."));
        r->period_place = i;
        TRY(periods_make(c, &r->f->x.x, &rq, q->by[i], &r->label, &r->periods));
    }
    TRY(ctx_alloc(c, r->periods + 1, sizeof *r->period, (void *)&r->period));
    r->period[0] = (struct part_period){ q->from, q->to };
    for (size_t i = 0; i < r->periods && r->period_place != RESULT_BY_MAX; i++)
        r->period[i] = (struct part_period){ r->label[i].from, r->label[i].to };
    return OK;
}

static enum err all_parts(struct ctx *c, struct run *r)
{
    const struct indicator_query *q = r->q;

    TRY(config_get(c, &r->config));
    breakdown_make(&r->f->f, q, &r->by, r->place);
    TRY(periods(c, r));
    for (size_t i = 0; i < r->all->n; i++) {
        const struct part *p = &r->all->part[i];
        if ((q->wanted == NULL || q->wanted[i]) && indicator_may_read(c, p) && breakdown_fits(&r->by, p))
            TRY(one_part(c, r, p));
    }
    return OK;
}

enum err indicators_measure(struct ctx *c, const struct register_facts *f, const struct indicators *all,
                            const struct indicator_query *q, struct measured_list *ret_list)
{
    struct run r = { .f = f, .all = all, .q = q, .kept = c->arena };

    arena_init(&r.scratch, c->arena->ceiling);
    enum err e = all_parts(c, &r);
    *ret_list = (struct measured_list){ r.row, r.n };
    return e;
}
