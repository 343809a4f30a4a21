// SPDX-License-Identifier: EUPL-1.2
#include "account/indicator_group.h"

#include "account/indicator_core.h"
#include "account/result_core.h"
#include "base/text.h"

static enum fact_code code_of(enum dimension d)
{
    switch (d) {
    case BY_TEAM:
        return FACT_TEAM;
    case BY_NEIGHBOURHOOD:
        return FACT_NEIGHBOURHOOD;
    case BY_URGENCY:
        return FACT_URGENCY;
    case BY_CHANNEL:
        return FACT_CHANNEL;
    case BY_ROUTE:
        return FACT_ROUTE;
    case BY_CATEGORY:
        return FACT_CATEGORY;
    default:
        return FACT_KIND;
    }
}

static bool matches(const struct result_only *only, const struct facts *f, enum fact_code code, int32_t v)
{
    if (v < 0)
        return false;
    for (size_t i = 0; i < only->n; i++)
        if (text_is(only->value[i], f->name[code].name[v]))
            return true;
    return false;
}

bool indicator_row_asked(const struct facts *f, const struct indicator_query *q, const struct fact_rows *rows,
                         size_t row)
{
    const struct result_only *only[] = { &q->only, &q->also };

    for (size_t i = 0; i < COUNT(only); i++) {
        enum fact_code code = code_of(only[i]->by);
        bool asked =
            only[i]->n == 0 || (rows->code[code] != NULL && matches(only[i], f, code, rows->code[code][row]));
        if (!asked)
            return false;
    }
    return true;
}

bool indicator_breaks_down(const struct part *p, const struct indicator_query *q)
{
    if (q->only.n > 0 && (p->by >> code_of(q->only.by) & 1) == 0)
        return false;
    return q->also.n == 0 || (p->by >> code_of(q->also.by) & 1) != 0;
}

bool breakdown_fits(const struct breakdown *b, const struct part *p)
{
    for (size_t k = 0; k < b->columns; k++)
        if ((p->by >> code_of(b->column[k]) & 1) == 0)
            return false;
    return indicator_breaks_down(p, b->q);
}

void breakdown_make(const struct facts *f, const struct indicator_query *q, struct breakdown *ret_breakdown,
                    size_t ret_place[RESULT_BY_MAX])
{
    struct breakdown b = { .f = f, .q = q, .groups = 1 };

    for (size_t i = 0; i < q->n_by; i++) {
        if (dimension_is_period(q->by[i]))
            continue;
        b.column[b.columns] = q->by[i];
        b.codes[b.columns] = f->name[code_of(q->by[i])].n + 1;
        b.groups *= b.codes[b.columns];
        ret_place[b.columns++] = i;
    }
    *ret_breakdown = b;
}

static int32_t group_of(const struct breakdown *b, const struct fact_rows *rows, size_t row)
{
    size_t group = 0;

    if (!indicator_row_asked(b->f, b->q, rows, row))
        return -1;
    for (size_t k = 0; k < b->columns; k++) {
        const int32_t *code = rows->code[code_of(b->column[k])];
        int32_t v = code != NULL ? code[row] : -1;
        group = group * b->codes[k] + (v >= 0 ? (size_t)v : b->codes[k] - 1);
    }
    return (int32_t)group;
}

void breakdown_rows(const struct breakdown *b, enum fact_set set, int32_t *ret_group)
{
    const struct fact_rows *rows = &b->f->set[set];

    for (size_t i = 0; i < rows->n; i++)
        ret_group[i] = group_of(b, rows, i);
}

void breakdown_names(const struct breakdown *b, size_t group, const char *ret_name[RESULT_BY_MAX])
{
    for (size_t k = b->columns; k > 0; k--) {
        size_t v = group % b->codes[k - 1];
        group /= b->codes[k - 1];
        ret_name[k - 1] = v + 1 < b->codes[k - 1] ? b->f->name[code_of(b->column[k - 1])].name[v] : NULL;
    }
}

int64_t breakdown_people(const struct breakdown *b, size_t group)
{
    const struct facts *f = b->f;
    const struct result_only *only = &b->q->only;
    size_t places = f->name[FACT_NEIGHBOURHOOD].n;
    int64_t all = 0;

    if (b->columns > 1 || (b->columns == 1 && b->column[0] != BY_NEIGHBOURHOOD))
        return -1;
    if (b->columns == 1)
        return group + 1 < b->codes[0] && group < places ? f->inhabitants[group] : -1;
    for (size_t i = 0; i < places; i++) {
        bool asked = only->n == 0 ||
                     (only->by == BY_NEIGHBOURHOOD && matches(only, f, FACT_NEIGHBOURHOOD, (int32_t)i));
        if ((only->n > 0 && only->by != BY_NEIGHBOURHOOD) || b->q->also.n > 0)
            return -1;
        if (asked && f->inhabitants[i] > 0)
            all += f->inhabitants[i];
    }
    return all > 0 ? all : -1;
}
