// SPDX-License-Identifier: EUPL-1.2
#include "account/baseline_measured.h"

#include "account/baseline_core.h"
#include "base/date.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* Cells of a line of the table "values". */
enum {
    ID,
    PART,
    VERSION,
    TEAM,
    CODE,
    N,
    STATE,
    KIND,
    AT,
    VALUE,
    LOWER,
    UPPER,
    NORM,
    VERDICT,
    DF_LOWER,
    DF_UPPER,
    CELLS
};

static double number(const char *text)
{
    double v;

    return text_to_double(text, strlen(text), &v) ? v : NAN;
}

static const struct part *part_of(const struct ctx *c, const struct indicators *all, const char *const *cell)
{
    int64_t version;

    for (size_t i = 0; i < all->n && text_to_int(cell[VERSION], &version); i++) {
        const struct part *p = &all->part[i];
        if (text_is(p->row->id, cell[ID]) && text_is(p->row->part, cell[PART]) && p->version == version)
            return indicator_may_read(c, p) ? p : NULL;
    }
    return NULL;
}

/* Of `cells` cells: what was sealed before there were degrees of freedom has none. */
static void add_value(struct measured *m, const char *const *cell, size_t cells)
{
    struct figure_value *v;
    int64_t n;

    if (text_is(cell[STATE], "no data"))
        m->figure.no_data = true;
    if (text_to_int(cell[N], &n))
        m->figure.n = n;
    if (cell[KIND][0] == '\0' || m->figure.values == FIGURE_VALUES_MAX)
        return;
    v = &m->figure.value[m->figure.values++];
    *v = (struct figure_value){ .at = number(cell[AT]),
                                .value = number(cell[VALUE]),
                                .lower = number(cell[LOWER]),
                                .upper = number(cell[UPPER]),
                                .se = NAN,
                                .se_aalen = NAN };
    v->kind = baseline_kind(cell[KIND]);
    if (cells > DF_UPPER) {
        v->df_lower = fmax(number(cell[DF_LOWER]), 0); /* 0: not known */
        v->df_upper = fmax(number(cell[DF_UPPER]), 0);
    }
    if (v->kind == FIGURE_SHARE && isfinite(v->value))
        m->figure.events = llround(v->value * (double)m->figure.n);
}

static bool is_asked(const char *const *cell, size_t n, const char *id, const char *team)
{
    return n > UPPER && (id == NULL || text_is(cell[ID], id)) && cell[CODE][0] == '\0' &&
           text_is(cell[TEAM], team != NULL ? team : "");
}

/* The table has everybody together first, then each team; the team that is not known has no name either. What
 * was seen before is of that one. */
static bool seen_before(const struct measured *row, size_t rows, const struct part *p)
{
    for (size_t i = 0; i + 1 < rows; i++)
        if (row[i].part == p)
            return true;
    return false;
}

enum err baseline_measured(struct ctx *c, const struct baseline *b, const struct indicators *all,
                           const char *id, const char *team, struct measured_list *ret_list)
{
    struct table_walk w = table_walk(block_find(&b->content, "values"));
    const char *cell[TABLE_CELLS];
    struct measured *row;
    size_t rows = 0, n;

    TRY(ctx_alloc(c, all->n + 1, sizeof *row, (void *)&row));
    table_next(c, &w, cell, &n); /* the heading */
    while (table_next(c, &w, cell, &n)) {
        const struct part *p = is_asked(cell, n, id, team) ? part_of(c, all, cell) : NULL;
        if (p == NULL || seen_before(row, rows, p))
            continue;
        if (rows == 0 || row[rows - 1].part != p) {
            row[rows++] = (struct measured){ .part = p,
                                             .at = b->at,
                                             .from = b->from != TIME_NONE ? b->from : 0,
                                             .to = b->to != TIME_NONE ? b->to : 0,
                                             .figure = { .id = FIGURES } };
        }
        add_value(&row[rows - 1], cell, n);
    }
    *ret_list = (struct measured_list){ row, rows };
    return OK;
}
