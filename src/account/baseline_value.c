// SPDX-License-Identifier: EUPL-1.2
/* The figures of a baseline with their definitions, and what cannot be said. */
#include "account/baseline_core.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

static const char *const state_code[] = { "value", "no data", "too few", "cannot be said" };
static const char *const kind_code[FIGURE_KINDS] = { "count",    "share",          "incidence",
                                                     "quantile", "quantile_type1", "mean",
                                                     "max",      "rate",           "sum",
                                                     "ratio",    "number",         "average" };

enum figure_kind baseline_kind(const char *code)
{
    for (int i = 0; i < FIGURE_KINDS; i++)
        if (text_is(kind_code[i], code))
            return (enum figure_kind)i;
    return FIGURE_COUNT;
}

static void put_definitions(struct buf *out, const struct indicators *all)
{
    for (size_t i = 0; i < DEFINITION_COLUMNS; i++) {
        buf_str(out, i > 0 ? "\t" : "");
        table_cell(out, definition_column[i]);
    }
    buf_char(out, '\n');
    for (size_t k = 0; k < all->n; k++) {
        for (size_t i = 0; i < DEFINITION_COLUMNS; i++) {
            buf_str(out, i > 0 ? "\t" : "");
            table_cell(out, *definition_cell(all->part[k].row, i));
        }
        buf_char(out, '\n');
    }
}

static void put_number(struct buf *out, double v)
{
    buf_char(out, '\t');
    if (isfinite(v))
        buf_number(out, v, 15);
}

static void put_value(struct buf *out, const struct measured *m, const struct figure_value *v)
{
    const struct figure_result *f = &m->figure;

    table_cell(out, m->part->row->id);
    buf_char(out, '\t');
    table_cell(out, m->part->row->part);
    buf_printf(out, "\t%d\t", m->part->version);
    table_cell(out, m->label[0]);
    buf_char(out, '\t');
    table_cell(out, m->code);
    buf_char(out, '\t');
    if (measured_state(m) != MEASURED_NO_DATA &&
        measured_state(m) != MEASURED_FEW) /* no data is not zero; few are not told */
        buf_int(out, f->n);
    buf_printf(out, "\t%s\t", state_code[measured_state(m)]);
    buf_str(out, v != NULL && (size_t)v->kind < FIGURE_KINDS ? kind_code[v->kind] : "");
    put_number(out, v != NULL ? v->at : NAN);
    put_number(out, v != NULL ? v->value : NAN);
    put_number(out, v != NULL ? v->lower : NAN);
    put_number(out, v != NULL ? v->upper : NAN);
    put_number(out, m->part->norm);
    buf_printf(out, "\t%s", verdict_code(measured_verdict(m)));
    put_number(out, v != NULL && v->df_lower > 0 ? v->df_lower : NAN);
    put_number(out, v != NULL && v->df_upper > 0 ? v->df_upper : NAN);
    buf_char(out, '\n');
}

static void put_measured(struct buf *out, const struct measured_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct measured *m = &list->row[i];
        enum measured_state s = measured_state(m);
        bool shown = s != MEASURED_NO_DATA && s != MEASURED_FEW;

        for (size_t v = 0; shown && v < m->figure.values; v++)
            put_value(out, m, &m->figure.value[v]);
        if (!shown || m->figure.values == 0)
            put_value(out, m, NULL);
    }
}

/* Indicators of which the register tells nothing in this period. */
static void put_unmeasured(struct buf *out, const struct indicators *all, const struct measured_list *list,
                           const struct ctx *c)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct measured *m = &list->row[i];
        if (m->code != NULL || measured_state(m) != MEASURED_NO_DATA)
            continue;
        buf_printf(out, "indicator %s %s\t\t\t", m->part->row->id, m->part->row->part);
        table_cell(out, indicator_name(c, all, m->part));
        buf_char(out, '\n');
    }
}

/* How much of a column is not known. */
static void put_missing(struct buf *out, const char *name, const int32_t *code, const struct extract *x)
{
    size_t unknown = 0;

    for (size_t i = 0; i < x->n; i++)
        unknown += code[i] < 0;
    buf_printf(out, "%s\t%zu\t%zu\t\n", name, x->n - unknown, unknown);
}

static void put_flag(struct buf *out, const char *name, uint32_t flag, const struct extract *x)
{
    size_t marked = 0;

    for (size_t i = 0; i < x->n; i++)
        marked += (x->flags[i] & flag) != 0;
    buf_printf(out, "%s\t%zu\t\t\n", name, marked);
}

static void put_gaps(struct buf *out, const struct extract *x)
{
    int64_t first = TIME_NONE;

    buf_str(out, "what\tknown\tunknown\tremark\n");
    put_missing(out, "neighbourhood", x->neighbourhood, x);
    put_missing(out, "team", x->team, x);
    put_missing(out, "channel", x->channel, x);
    put_missing(out, "route", x->route, x);
    put_missing(out, "category", x->category, x);
    put_flag(out, "typed in more than a week later", EXTRACT_BACKDATED, x);
    put_flag(out, "taken over from before the register", EXTRACT_CARRY_OVER, x);
    put_flag(out, "asked twice", EXTRACT_DUPLICATE, x);
    for (size_t i = 0; i < x->n; i++)
        first = first == TIME_NONE || x->received[i] < first ? x->received[i] : first;
    buf_str(out, "first request received\t\t\t");
    buf_time(out, first);
    buf_char(out, '\n');
}

enum err baseline_values(struct ctx *c, const struct baseline_form *f, const struct register_facts *facts,
                         struct buf *definitions, struct buf *values, struct buf *gaps)
{
    struct indicator_query q = { .at = f->at, .from = f->from, .to = f->to };
    struct measured_list all, team;
    struct indicators defined;

    TRY(indicators_get(c, NULL, &defined));
    put_definitions(definitions, &defined);
    TRY(indicators_measure(c, facts, &defined, &q, &all));
    q.by[0] = BY_TEAM;
    q.n_by = 1;
    TRY(indicators_measure(c, facts, &defined, &q, &team));
    buf_str(values,
            "indicator\tpart\tversion\tteam\tcode\tn\tstate\tkind\tat\tvalue\tlower\tupper\tnorm\tverdict\t"
            "df_lower\tdf_upper\n");
    put_measured(values, &all);
    put_measured(values, &team);
    put_gaps(gaps, &facts->x.x);
    put_unmeasured(gaps, &defined, &all, c);
    return OK;
}

/* A line of a value that was found in files; the name of the cell that is not right, or NULL. */
static const char *wrong_cell(char *line)
{
    static const char *const name[] = { "indicator", "period", "n", "value", "lower", "upper", "source" };
    enum { INDICATOR, PERIOD, N, VALUE, LOWER, UPPER, SOURCE, CELLS };
    double number[CELLS] = { 0 };
    int64_t n;
    size_t i = 0;

    for (char *next = line; next != NULL && i < CELLS; i++) {
        char *cell = next;
        next = strchr(next, '\t');
        if (next != NULL)
            *next++ = '\0';
        if (cell[0] == '\0' || (i == N && (!text_to_int(cell, &n) || n < 1)) ||
            (i >= VALUE && i <= UPPER && !text_to_double(cell, strlen(cell), &number[i])))
            return name[i];
        if (i == SOURCE && next != NULL)
            return "";
    }
    if (i < CELLS)
        return name[i];
    return number[LOWER] <= number[VALUE] && number[VALUE] <= number[UPPER] ? NULL : name[VALUE];
}

enum err baseline_reconstructed(struct ctx *c, const char *text, struct buf *out)
{
    int line = 0;

    buf_str(out, "indicator\tperiod\tn\tvalue\tlower\tupper\tsource\n");
    while (text != NULL && *text != '\0') {
        size_t len = strcspn(text, "\r\n");
        const char *copy;
        char *cut = arena_copy(c->arena, text, len);
        line++;
        if (cut == NULL)
            return FAIL(E_NOMEM, "%s", "");
        TRY(ctx_copy(c, cut, &copy));
        const char *wrong = len > 0 ? wrong_cell(cut) : NULL;
        if (wrong != NULL)
            return FAIL_FIELD("files",
                              _("Line %d of the values that were found in files: \"%s\" is not right. Needed "
                                "with tabs: indicator, period, n, value, lower, upper, source."),
                              line, wrong);
        if (len > 0)
            buf_printf(out, "%s\n", copy);
        text += len + (text[len] == '\r') + (text[len] == '\r' ? text[len + 1] == '\n' : text[len] == '\n');
    }
    return OK;
}
