// SPDX-License-Identifier: EUPL-1.2
#include "account/result.h"

#include "base/date.h"
#include "base/text.h"
#include "register/clock.h"
#include "register/config.h"

#include <string.h>

#define PERIODS_MAX 1200 /* a hundred years of months */

static const char *const dimension_codes[DIMENSIONS] = {
    [BY_TEAM] = "team",       [BY_NEIGHBOURHOOD] = "neighbourhood",
    [BY_URGENCY] = "urgency", [BY_CHANNEL] = "channel",
    [BY_ROUTE] = "route",     [BY_CATEGORY] = "category",
    [BY_YEAR] = "year",       [BY_QUARTER] = "quarter",
    [BY_MONTH] = "month",
};

static const struct definition {
    const char *title;
    int version;
} definitions[FIGURES] = {
    [FIGURE_INFLOW] = { N_("Requests received"), 1 },
    [FIGURE_WAIT] = { N_("Waiting time until the first talk, people still waiting included"), 1 },
    [FIGURE_WAIT_STARTED] = { N_("Waiting time of those who started only (too favourable)"), 1 },
    [FIGURE_NORM] = { N_("Started within the norm"), 1 },
    [FIGURE_STOCK] = { N_("People waiting on the date"), 1 },
    [FIGURE_CONTACT] = { N_("Spoken to within the agreed time"), 1 },
    [FIGURE_THROUGHPUT] = { N_("From the first to the last event of closed cases"), 1 },
};

bool dimension_find(const char *code, enum dimension *ret_d)
{
    for (size_t i = 0; i < DIMENSIONS; i++)
        if (text_is(dimension_codes[i], code)) {
            *ret_d = (enum dimension)i;
            return true;
        }
    return false;
}

const char *dimension_code(enum dimension d)
{
    return dimension_codes[d];
}

const char *figure_title(const struct ctx *c, enum figure_id id)
{
    return _(definitions[id].title);
}

int figure_version(enum figure_id id)
{
    return definitions[id].version;
}

bool figure_find(const char *name, enum figure_id *ret_id)
{
    for (size_t i = 0; i < FIGURES; i++)
        if (text_is(figure_name((enum figure_id)i), name)) {
            *ret_id = (enum figure_id)i;
            return true;
        }
    return false;
}

struct period {
    int64_t from, to;
    char label[16];
};

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

static bool is_period(enum dimension d)
{
    return d == BY_YEAR || d == BY_QUARTER || d == BY_MONTH;
}

/* The first day of the year, quarter or month that holds a day. */
static int32_t period_start(enum dimension d, int32_t day)
{
    struct civil v = date_to_civil(day);
    int month = d == BY_YEAR ? 1 : d == BY_QUARTER ? (v.month - 1) / 3 * 3 + 1 : v.month;

    return date_from_civil(v.year, month, 1);
}

static void period_label(enum dimension d, int32_t day, char label[16])
{
    struct civil v = date_to_civil(day);
    char iso[11];

    date_iso(day, iso);
    text_copy(label, 16, iso);
    if (d == BY_YEAR)
        label[4] = '\0';
    else if (d == BY_MONTH)
        label[7] = '\0';
    else {
        label[5] = 'Q';
        label[6] = (char)('1' + (v.month - 1) / 3);
        label[7] = '\0';
    }
}

/* Periods are Dutch calendar periods, or those of UTC for logs from elsewhere. */
static int64_t day_begin(const struct run *r, int32_t day)
{
    return r->q->utc ? (int64_t)day * SECONDS_A_DAY : time_of_nl_day(day, 0);
}

static int32_t day_of(const struct run *r, int64_t time)
{
    int64_t day = time / SECONDS_A_DAY - (time % SECONDS_A_DAY < 0);

    return r->q->utc ? (int32_t)day : time_nl_day(time);
}

/* Periods from the first request (or `from`) until the reference time (or `to`). */
static enum err make_periods(struct ctx *c, struct run *r, enum dimension d)
{
    const struct extract *x = &r->x->x;
    int64_t first = r->q->from != 0 ? r->q->from : r->q->at, end = r->q->to != 0 ? r->q->to : r->q->at;

    for (size_t i = 0; i < x->n && r->q->from == 0; i++)
        first = x->received[i] < first ? x->received[i] : first;
    TRY(ctx_alloc(c, PERIODS_MAX, sizeof *r->period, (void *)&r->period));
    int32_t day = period_start(d, day_of(r, first));
    while (day_begin(r, day) < end && r->periods < PERIODS_MAX) {
        struct period *p = &r->period[r->periods++];
        int32_t next = date_add_months(day, d == BY_YEAR ? 12 : d == BY_QUARTER ? 3 : 1);
        *p = (struct period){ day_begin(r, day), day_begin(r, next), "" };
        period_label(d, day, p->label);
        if (p->from < r->q->from)
            p->from = r->q->from;
        if (r->q->to != 0 && p->to > r->q->to)
            p->to = r->q->to;
        day = next;
    }
    return OK;
}

static const int32_t *column_of(const struct extract *x, enum dimension d)
{
    switch (d) {
    case BY_TEAM:
        return x->team;
    case BY_NEIGHBOURHOOD:
        return x->neighbourhood;
    case BY_URGENCY:
        return x->urgency;
    case BY_CHANNEL:
        return x->channel;
    case BY_ROUTE:
        return x->route;
    default:
        return x->category;
    }
}

static const struct dictionary *dictionary_of(const struct register_extract *x, enum dimension d)
{
    switch (d) {
    case BY_TEAM:
        return &x->team;
    case BY_NEIGHBOURHOOD:
        return &x->neighbourhood;
    case BY_CHANNEL:
        return &x->channel;
    case BY_ROUTE:
        return &x->route;
    default:
        return &x->category;
    }
}

static size_t code_count(const struct run *r, enum dimension d)
{
    return d == BY_URGENCY ? URGENCIES : dictionary_of(r->x, d)->n;
}

static const char *code_label(const struct run *r, enum dimension d, size_t code)
{
    if (d == BY_URGENCY)
        return code < URGENCIES ? urgency_code((int64_t)code) : NULL;
    return code < dictionary_of(r->x, d)->n ? dictionary_of(r->x, d)->name[code] : NULL;
}

static void inflow(struct run *r, const struct figure_query *q, struct result *out, int64_t *month,
                   int64_t *count)
{
    struct figure_months m = { .month = month, .months = 0, .ret_count = count };
    int64_t first = INT64_MAX, last = INT64_MIN;

    for (size_t i = 0; i < q->n; i++) {
        int64_t t = r->x->x.received[q->row[i]];
        first = t < first ? t : first;
        last = t > last ? t : last;
    }
    if (q->n > 0) { /* every month from the first request to the last one, also the empty ones */
        int32_t day = period_start(BY_MONTH, day_of(r, first));
        month[0] = day_begin(r, day);
        while (month[m.months] <= last && m.months < PERIODS_MAX) {
            day = date_add_months(day, 1);
            month[++m.months] = day_begin(r, day);
        }
    }
    figure_get_inflow(&r->x->x, q, m.months > 0 ? &m : NULL, &out->figure);
}

static enum err compute(struct ctx *c, struct run *r, enum figure_id id, const struct figure_query *q,
                        struct result *out)
{
    const struct extract *x = &r->x->x;
    struct arena_mark mark = arena_mark(c->arena);
    int64_t *month, *count;

    switch (id) {
    case FIGURE_INFLOW:
        TRY(ctx_alloc(c, PERIODS_MAX + 2, sizeof *month, (void *)&month));
        TRY(ctx_alloc(c, PERIODS_MAX + 2, sizeof *count, (void *)&count));
        inflow(r, q, out, month, count);
        arena_release(c->arena, mark);
        break;
    case FIGURE_WAIT:
        figure_get_wait(x, q, &r->work, &out->figure, NULL);
        break;
    case FIGURE_WAIT_STARTED:
        figure_get_wait_started(x, q, &r->work, &out->figure);
        break;
    case FIGURE_NORM:
        figure_get_norm(x, q, &r->work, &out->figure);
        break;
    case FIGURE_STOCK:
        figure_get_stock(x, q, &r->work, &out->figure);
        break;
    case FIGURE_CONTACT:
        figure_get_contact(x, q, &r->work, &out->figure);
        break;
    case FIGURE_THROUGHPUT:
        figure_get_throughput(x, q, &r->work, &out->figure);
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

/* One group in one period (NULL: the period of the question): all wanted figures. */
static enum err one_group(struct ctx *c, struct run *r, const struct period *p, const uint32_t *row, size_t n,
                          const char *const *label)
{
    const struct result_query *a = r->q;
    struct figure_query q = { .row = row,
                              .n = n,
                              .at = a->at,
                              .from = a->from,
                              .to = a->to,
                              .net = a->net,
                              .in_days = a->in_days,
                              .way = a->way,
                              .p = a->p,
                              .n_p = a->n_p,
                              .share_at = a->share_at,
                              .n_share_at = a->n_share_at,
                              .norm = r->norm,
                              .gap_days = r->config->contact_days,
                              .skip = a->all ? 0 : EXTRACT_DIRECT | EXTRACT_URGENT | EXTRACT_DUPLICATE };

    if (p != NULL) {
        q.from = p->from;
        q.to = p->to;
    }
    for (int id = 0; id < FIGURES; id++) {
        struct result *out;
        if (!a->wanted[id])
            continue;
        TRY(next_row(c, r, &out));
        *out = (struct result){ .at = q.at, .from = q.from, .to = q.to };
        struct figure_query own = q;
        if (p != NULL && (id == FIGURE_STOCK || id == FIGURE_CONTACT))
            out->at = own.at = p->to < q.at ? p->to : q.at; /* stock: on the last moment of the period */
        if (id == FIGURE_INFLOW || id == FIGURE_STOCK || id == FIGURE_CONTACT)
            own.skip = EXTRACT_DUPLICATE;
        TRY(compute(c, r, (enum figure_id)id, &own, out));
        memcpy(out->label, label, sizeof out->label);
        if (out->figure.n > 0 || a->n_by == 0)
            r->n++;
    }
    return OK;
}

static enum err all_periods(struct ctx *c, struct run *r, const uint32_t *row, size_t n, const char **label)
{
    if (r->period_place == RESULT_BY_MAX)
        return one_group(c, r, NULL, row, n, label);
    for (size_t i = 0; i < r->periods; i++) {
        label[r->period_place] = r->period[i].label;
        TRY(one_group(c, r, &r->period[i], row, n, label));
    }
    return OK;
}

/* Splits by the k-th column and goes on with each part. */
static enum err split(struct ctx *c, struct run *r, size_t k, const uint32_t *row, size_t n,
                      const char **label)
{
    if (k == r->columns)
        return all_periods(c, r, row, n, label);
    size_t codes = code_count(r, r->column[k]);
    uint32_t *part;
    size_t *start;
    TRY(ctx_alloc(c, n + 1, sizeof *part, (void *)&part));
    TRY(ctx_alloc(c, codes + 2, sizeof *start, (void *)&start));
    figure_group(column_of(&r->x->x, r->column[k]), row, n, codes, part, start);
    for (size_t g = 0; g <= codes; g++) {
        if (start[g + 1] == start[g])
            continue;
        label[r->place[k]] = code_label(r, r->column[k], g);
        TRY(split(c, r, k + 1, part + start[g], start[g + 1] - start[g], label));
    }
    return OK;
}

/* Do the groups of the one column differ? People whose group is not known are left out. */
static enum err compare(struct ctx *c, struct run *r, const uint32_t *row, struct results *out)
{
    const struct result_query *a = r->q;
    const struct extract *x = &r->x->x;

    if (r->columns != 1 || r->period_place != RESULT_BY_MAX || !a->wanted[FIGURE_WAIT])
        return OK;
    size_t codes = code_count(r, r->column[0]);
    uint32_t *part;
    size_t *start;
    TRY(ctx_alloc(c, x->n + 1, sizeof *part, (void *)&part));
    TRY(ctx_alloc(c, codes + 2, sizeof *start, (void *)&start));
    figure_group(column_of(x, r->column[0]), row, x->n, codes, part, start);
    struct figure_query q = { .row = part,
                              .n = x->n,
                              .at = a->at,
                              .from = a->from,
                              .to = a->to,
                              .net = a->net,
                              .in_days = a->in_days,
                              .way = a->way,
                              .skip = a->all ? 0 : EXTRACT_DIRECT | EXTRACT_URGENT | EXTRACT_DUPLICATE };
    if (codes < 2 || codes > LOGRANK_GROUPS_MAX)
        return OK;
    out->difference = figure_compare_wait(x, &q, &r->work, start, codes);
    out->compared = true;
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
    r->period_place = RESULT_BY_MAX;
    for (size_t i = 0; i < r->q->n_by; i++) {
        if (is_period(r->q->by[i])) {
            if (r->period_place != RESULT_BY_MAX)
                return FAIL(E_REQUEST, "%s", _("Choose one of year, quarter and month."));
            r->period_place = i;
            TRY(make_periods(c, r, r->q->by[i]));
        } else {
            r->place[r->columns] = i;
            r->column[r->columns++] = r->q->by[i];
        }
    }
    return OK;
}

enum err results_get(struct ctx *c, const struct register_extract *x, const struct result_query *q,
                     struct results *ret_results)
{
    struct run r = { .x = x, .q = q };
    const char *label[RESULT_BY_MAX] = { NULL };
    struct results out = { 0 };
    uint32_t *row;

    TRY(prepare(c, &r, &row));
    TRY(split(c, &r, 0, row, x->x.n, label));
    out.row = r.row;
    out.n = r.n;
    TRY(compare(c, &r, row, &out));
    *ret_results = out;
    return OK;
}
