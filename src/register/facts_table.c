// SPDX-License-Identifier: EUPL-1.2
#include "register/facts_table.h"

#include "base/sort.h"
#include "register/config.h"

#include <string.h>

static enum err grow(struct ctx *c, struct fact_table *t, size_t room)
{
    for (size_t i = 0; i < FACT_COLUMNS; i++) {
        int64_t *more;
        if ((t->columns >> i & 1) == 0)
            continue;
        TRY(ctx_alloc(c, room, sizeof *more, (void *)&more));
        if (t->n > 0)
            memcpy(more, t->column[i], t->n * sizeof *more);
        t->column[i] = more;
    }
    for (size_t i = 0; i < FACT_CODES; i++) {
        int32_t *more;
        if ((t->codes >> i & 1) == 0)
            continue;
        TRY(ctx_alloc(c, room, sizeof *more, (void *)&more));
        if (t->n > 0)
            memcpy(more, t->code[i], t->n * sizeof *more);
        t->code[i] = more;
    }
    if (t->keep) {
        int64_t *more;
        TRY(ctx_alloc(c, room, sizeof *more, (void *)&more));
        if (t->n > 0)
            memcpy(more, t->record, t->n * sizeof *more);
        t->record = more;
    }
    uint64_t *marks;
    TRY(ctx_alloc(c, room, sizeof *marks, (void *)&marks));
    if (t->n > 0)
        memcpy(marks, t->marks, t->n * sizeof *marks);
    t->marks = marks;
    t->room = room;
    return OK;
}

enum err fact_table_begin(struct ctx *c, struct fact_table *t, uint64_t columns, uint32_t codes, size_t room)
{
    *t = (struct fact_table){ .columns = columns, .codes = codes, .since = TIME_NONE, .keep = t->keep };
    return grow(c, t, room > 0 ? room : 1);
}

enum err fact_table_add(struct ctx *c, struct fact_table *t, size_t *ret_row)
{
    if (t->n == t->room)
        TRY(grow(c, t, t->room * 2));
    for (size_t i = 0; i < FACT_COLUMNS; i++)
        if (t->column[i] != NULL)
            t->column[i][t->n] = INT_NONE;
    for (size_t i = 0; i < FACT_CODES; i++)
        if (t->code[i] != NULL)
            t->code[i][t->n] = -1;
    t->marks[t->n] = 0;
    fact_record(t, t->n, INT_NONE);
    *ret_row = t->n++;
    return OK;
}

int32_t fact_team(const struct fact_filling *g, int64_t team)
{
    for (size_t i = 0; i < g->config->teams; i++)
        if (g->config->team[i].id == team)
            return g->team_code[i];
    return -1;
}

int32_t fact_place(const struct fact_filling *g, int64_t neighbourhood)
{
    for (size_t i = 0; i < g->config->neighbourhoods; i++)
        if (g->config->neighbourhood[i].id == neighbourhood)
            return g->place_code[i];
    return -1;
}

void fact_as_request(const struct fact_filling *g, struct fact_table *t, size_t row, size_t request)
{
    const struct extract *x = &g->x->x;
    const int32_t *from[FACT_CODES] = { [FACT_TEAM] = x->team,       [FACT_NEIGHBOURHOOD] = x->neighbourhood,
                                        [FACT_URGENCY] = x->urgency, [FACT_CHANNEL] = x->channel,
                                        [FACT_ROUTE] = x->route,     [FACT_CATEGORY] = x->category };

    for (size_t i = 0; request != SIZE_MAX && i < FACT_CODES; i++)
        if (from[i] != NULL && t->code[i] != NULL)
            t->code[i][row] = from[i][request];
}

size_t fact_request_row(const struct fact_filling *g, int64_t request)
{
    size_t n = g->x->x.n, row = sort_place(g->x->id, n, request);

    return row < n && g->x->id[row] == request ? row : SIZE_MAX;
}

int64_t fact_day_begin(int32_t day)
{
    return day != DAY_NONE ? time_of_nl_day(day, 0) : TIME_NONE;
}

int64_t fact_day_end(int32_t day)
{
    return day != DAY_NONE ? time_of_nl_day(day + 1, 0) - 1 : TIME_NONE;
}
