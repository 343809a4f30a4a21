// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "base/text.h"
#include "cli/stats.h"
#include "exchange/csv.h"

#include <math.h>
#include <string.h>

/* The records as they come, in pieces that grow; the columns are those of the first record. */
struct growing {
    struct stats_table *t;
    size_t room; /* rows */
};

static enum err grow(struct ctx *c, struct growing *g)
{
    struct stats_table *t = g->t;
    size_t room = g->room == 0 ? 256 : g->room * 2;
    const char **cell;
    int64_t *line;

    TRY(ctx_alloc(c, room * t->columns, sizeof *cell, (void *)&cell));
    TRY(ctx_alloc(c, room, sizeof *line, (void *)&line));
    if (t->rows > 0) {
        memcpy(cell, t->cell, t->rows * t->columns * sizeof *cell);
        memcpy(line, t->line, t->rows * sizeof *line);
    }
    t->cell = cell;
    t->line = line;
    g->room = room;
    return OK;
}

static enum err copy_field(struct ctx *c, const struct csv_field *f, const char **ret)
{
    *ret = arena_copy(c->arena, f->text, f->len);
    return *ret != NULL ? OK : FAIL(E_NOMEM, "%s", _("The program ran out of memory for this."));
}

static enum err take_head(struct ctx *c, struct stats_table *t, const struct csv_record *rec)
{
    t->columns = rec->n;
    TRY(ctx_alloc(c, rec->n, sizeof *t->name, (void *)&t->name));
    for (size_t i = 0; i < rec->n; i++)
        TRY(copy_field(c, &rec->field[i], &t->name[i]));
    return OK;
}

static enum err take_row(struct ctx *c, struct growing *g, const struct csv_record *rec)
{
    struct stats_table *t = g->t;

    if (rec->n != t->columns)
        return FAIL(E_INVALID, _("Line %lld has %zu cells, the header has %zu."), (long long)rec->line,
                    rec->n, t->columns);
    if (t->rows == g->room)
        TRY(grow(c, g));
    for (size_t i = 0; i < rec->n; i++)
        TRY(copy_field(c, &rec->field[i], &t->cell[t->rows * t->columns + i]));
    t->line[t->rows++] = rec->line;
    return OK;
}

static enum err read_table(struct ctx *c, const char *path, struct stats_table *t)
{
    SOURCE_AUTO struct source *source = NULL;
    struct growing g = { t, 0 };
    struct csv_record rec;
    struct csv *csv;
    bool more;

    TRY(source_open(c, path, &source));
    TRY(csv_open(c, source, &csv));
    TRY(csv_next(c, csv, &rec, &more));
    if (!more)
        return FAIL(E_INVALID, _("%s is empty."), path);
    t->semicolon = csv_delimiter(csv) == ';';
    TRY(take_head(c, t, &rec));
    for (;;) {
        TRY(csv_next(c, csv, &rec, &more));
        if (!more)
            return OK;
        TRY(take_row(c, &g, &rec));
    }
}

static enum err find_column(struct stats *s, const char *name, size_t *ret_column)
{
    struct ctx *c = s->c;
    struct buf list = { NULL, 0, 0, false };

    for (size_t i = 0; i < s->t.columns; i++)
        if (text_is(s->t.name[i], name)) {
            *ret_column = i;
            return OK;
        }
    for (size_t i = 0; i < s->t.columns; i++)
        buf_printf(&list, "%s%s", i > 0 ? ", " : "", s->t.name[i]);
    enum err e = FAIL(E_INVALID, _("There is no column \"%s\". The columns are: %s."), name, buf_text(&list));
    buf_free(&list);
    return e;
}

enum err stats_column(struct stats *s, const char *option, bool needed, size_t *ret_column)
{
    const char *name = cli_option(s->k, option);

    if (name != NULL)
        return find_column(s, name, ret_column);
    if (needed)
        return stats_missing(s, option);
    *ret_column = STATS_NONE;
    return OK;
}

const char *stats_cell(const struct stats *s, size_t row, size_t column)
{
    return s->t.cell[row * s->t.columns + column];
}

static bool is_unknown(const char *text)
{
    return text[0] == '\0' || text_is(text, "NA") || text_is(text, "NaN");
}

enum err stats_number(struct stats *s, size_t row, size_t column, double *ret_value)
{
    struct ctx *c = s->c;
    const char *text = stats_cell(s, row, column);
    char copy[64], *comma;

    *ret_value = NAN;
    if (is_unknown(text) || text_to_double(text, strlen(text), ret_value))
        return OK;
    text_copy(copy, sizeof copy, text);
    comma = s->t.semicolon && strchr(text, '.') == NULL ? strchr(copy, ',') : NULL;
    if (comma != NULL)
        *comma = '.';
    if (comma != NULL && text_to_double(copy, strlen(copy), ret_value))
        return OK;
    return FAIL(E_INVALID, _("Line %lld, column \"%s\": \"%s\" is not a number."), (long long)s->t.line[row],
                s->t.name[column], text);
}

enum err stats_time(struct stats *s, size_t row, size_t column, int64_t *ret_time)
{
    struct ctx *c = s->c;
    const char *text = stats_cell(s, row, column);

    *ret_time = TIME_NONE;
    if (is_unknown(text) || time_scan(text, strlen(text), false, ret_time))
        return OK;
    return FAIL(E_INVALID,
                _("Line %lld, column \"%s\": \"%s\" is no date or time such as 2024-01-31T12:00:00Z."),
                (long long)s->t.line[row], s->t.name[column], text);
}

enum err stats_numbers(struct stats *s, const struct stats_rows *r, size_t column, double **ret_value)
{
    struct ctx *c = s->c;
    double *v;

    TRY(ctx_alloc(c, r->n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < r->n; i++)
        TRY(stats_number(s, r->row[i], column, &v[i]));
    *ret_value = v;
    return OK;
}

/* ── Which rows ───────────────────────────────────────────────────────────────────────────────────────────
 */

/* --rows 1-30, 31-, -12 or 7, counted from 1 without the header. */
static enum err read_range(struct stats *s, size_t *ret_from, size_t *ret_to)
{
    struct ctx *c = s->c;
    const char *text = cli_option(s->k, "--rows"), *dash;
    double from = 1, to = (double)s->t.rows;
    bool good = true;

    if (text != NULL) {
        dash = strchr(text, '-');
        size_t n = dash != NULL ? (size_t)(dash - text) : strlen(text);
        if (n > 0)
            good = text_to_double(text, n, &from);
        if (dash == NULL)
            to = from;
        else if (dash[1] != '\0')
            good = good && text_to_double(dash + 1, strlen(dash + 1), &to);
        if (!good || !(from >= 1 && to >= from))
            return FAIL(E_METHOD, _("--rows needs something such as 1-30 or 31-, not \"%s\"."), text);
    }
    *ret_from = (size_t)from - 1;
    *ret_to = (size_t)fmin(to, (double)s->t.rows);
    return OK;
}

/* --only COLUMN=VALUE,VALUE; *ret_values 0 when absent. */
static enum err read_only(struct stats *s, size_t *ret_column, const char ***ret_value, size_t *ret_values)
{
    struct ctx *c = s->c;
    const char *text = cli_option(s->k, "--only"), *is = text != NULL ? strchr(text, '=') : NULL;
    const char *column;

    *ret_values = 0;
    if (text == NULL)
        return OK;
    if (is == NULL)
        return FAIL(E_METHOD, _("--only needs something such as channel=phone,web, not \"%s\"."), text);
    column = arena_copy(c->arena, text, (size_t)(is - text));
    if (column == NULL)
        return FAIL(E_NOMEM, "%s", _("The program ran out of memory for this."));
    TRY(find_column(s, column, ret_column));
    TRY(stats_get_words(s, "--only", ret_value, ret_values));
    (*ret_value)[0] =
        strchr((*ret_value)[0], '=') + 1; /* words were cut at commas: the first holds the column */
    return OK;
}

static enum err choose_rows(struct stats *s)
{
    struct ctx *c = s->c;
    size_t from, to, column = 0, values;
    const char **value;

    TRY(read_range(s, &from, &to));
    TRY(read_only(s, &column, &value, &values));
    TRY(ctx_alloc(c, s->t.rows + 1, sizeof *s->all.row, (void *)&s->all.row));
    for (size_t i = from; i < to; i++) {
        bool wanted = values == 0;
        for (size_t v = 0; v < values; v++)
            wanted = wanted || text_is(stats_cell(s, i, column), value[v]);
        if (wanted)
            s->all.row[s->all.n++] = i;
    }
    return OK;
}

/* Open addressing, so that a log of a million cases is grouped in one pass. */
struct split {
    struct stats_rows *group;
    size_t *slot, slots, n;
};

static size_t find_slot(const struct split *p, const char *label)
{
    uint64_t hash = 1469598103934665603u; /* FNV-1a */

    for (const char *at = label; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    size_t i = (size_t)(hash & (p->slots - 1));
    while (p->slot[i] != 0 && !text_is(p->group[p->slot[i] - 1].label, label))
        i = (i + 1) & (p->slots - 1);
    return i;
}

enum err stats_split(struct stats *s, const struct stats_rows *r, size_t column,
                     struct stats_rows **ret_group, size_t *ret_n)
{
    struct ctx *c = s->c;
    struct split p = { .slots = 16 };
    size_t *row, used = 0;

    while (p.slots < r->n * 2)
        p.slots *= 2;
    TRY(ctx_alloc(c, p.slots, sizeof *p.slot, (void *)&p.slot));
    TRY(ctx_alloc(c, r->n + 1, sizeof *p.group, (void *)&p.group));
    TRY(ctx_alloc(c, r->n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < r->n; i++) { /* first how many each, then which */
        size_t at = find_slot(&p, stats_cell(s, r->row[i], column));
        if (p.slot[at] == 0) {
            p.group[p.n++].label = stats_cell(s, r->row[i], column);
            p.slot[at] = p.n;
        }
        p.group[p.slot[at] - 1].n++;
    }
    for (size_t g = 0; g < p.n; g++) {
        p.group[g].row = row + used;
        used += p.group[g].n;
        p.group[g].n = 0;
    }
    for (size_t i = 0; i < r->n; i++) {
        struct stats_rows *g = &p.group[p.slot[find_slot(&p, stats_cell(s, r->row[i], column))] - 1];
        g->row[g->n++] = r->row[i];
    }
    *ret_group = p.group;
    *ret_n = p.n;
    return OK;
}

enum err stats_load(struct stats *s)
{
    struct ctx *c = s->c;
    size_t by;

    if (s->k->args < 2)
        return FAIL(E_METHOD, "%s", _("Which file? Give its name after the name of the statistic."));
    TRY(read_table(c, s->k->arg[1], &s->t));
    TRY(choose_rows(s));
    TRY(stats_column(s, "--by", false, &by));
    s->by = by != STATS_NONE;
    if (s->by)
        TRY(stats_split(s, &s->all, by, &s->group, &s->groups));
    return OK;
}

enum err stats_each_group(struct stats *s,
                          enum err (*one)(struct stats *s, const struct stats_rows *r, void *arg), void *arg)
{
    struct ctx *c = s->c;

    if (!s->by)
        return one(s, &s->all, arg);
    out_open_list(s, "groups");
    for (size_t g = 0; g < s->groups; g++) {
        out_open(s, NULL);
        out_text(s, "group", s->group[g].label);
        TRY(one(s, &s->group[g], arg));
        out_close(s);
    }
    out_close_list(s);
    return OK;
}
