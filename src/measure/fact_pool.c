// SPDX-License-Identifier: EUPL-1.2
#include "measure/fact_pool.h"

#include <string.h>

bool pool_widen(struct arena *a, void *array, size_t n, size_t room, size_t width)
{
    void *old, *new = arena_array(a, room + 1, width);

    if (new == NULL)
        return false;
    memcpy(&old, array, sizeof old);
    if (n > 0)
        memcpy(new, old, n * width);
    memcpy(array, &new, sizeof new);
    return true;
}

bool pool_room(struct arena *a, struct fact_pool *s, size_t more)
{
    size_t n = s->n + more, room = s->any ? n + n / 2 : n;

    if (n <= s->room)
        return true;
    if (n > INT32_MAX)
        return false;
    for (size_t i = 0; i < FACT_COLUMNS; i++)
        if (s->column[i] != NULL && !pool_widen(a, &s->column[i], s->n, room, sizeof **s->column))
            return false;
    for (size_t i = 0; i < FACT_CODES; i++)
        if (s->code[i] != NULL && !pool_widen(a, &s->code[i], s->n, room, sizeof **s->code))
            return false;
    if (s->marks != NULL && !pool_widen(a, &s->marks, s->n, room, sizeof *s->marks))
        return false;
    s->room = room;
    return true;
}

void *pool_values(struct fact_pool *s, enum pool_column what, size_t at)
{
    return what == POOL_COLUMN ? (void *)&s->column[at]
           : what == POOL_CODE ? (void *)&s->code[at]
                               : (void *)&s->marks;
}

size_t pool_columns(const struct fact_pool *s)
{
    size_t n = s->marks != NULL;

    for (size_t i = 0; i < FACT_COLUMNS; i++)
        n += s->column[i] != NULL;
    for (size_t i = 0; i < FACT_CODES; i++)
        n += s->code[i] != NULL;
    return n;
}

/* How many rows come; false: the places are none. */
static bool count(const struct fact_pool *s, const struct fact_splice *splice, size_t n, size_t rows,
                  size_t *ret_come)
{
    size_t end = 0, come = 0, gone = 0;

    for (size_t i = 0; i < n; i++) {
        if (splice[i].at < end || splice[i].at > s->rows || splice[i].gone > s->rows - splice[i].at)
            return false;
        end = (size_t)splice[i].at + splice[i].gone;
        gone += splice[i].gone;
        come += splice[i].come;
    }
    *ret_come = come;
    return rows == s->rows - gone + come && come <= s->room - s->n;
}

/* Rows that stay, copied from one order to the other. */
static void stay(const struct fact_pool *s, size_t *from, size_t until, uint32_t *order, size_t *to)
{
    size_t n = until - *from;

    if (n > 0)
        memcpy(order + *to, s->order + *from, n * sizeof *order);
    *from = until;
    *to += n;
}

bool pool_splice(struct arena *a, struct fact_pool *s, const struct fact_splice *splice, size_t n,
                 size_t rows)
{
    size_t from = 0, to = 0, come;

    if (!count(s, splice, n, rows, &come))
        return false;
    if (rows > s->order_room || s->spare == NULL) {
        size_t room = s->any ? rows + rows / 2 : rows;
        s->spare = arena_array(a, room + 1, sizeof *s->spare);
        if (s->spare == NULL || !pool_widen(a, &s->order, s->rows, room, sizeof *s->order))
            return false;
        s->order_room = room;
    }
    uint32_t *order = s->spare, next = (uint32_t)s->n;
    for (size_t i = 0; i < n; i++) {
        stay(s, &from, splice[i].at, order, &to);
        from += splice[i].gone;
        for (uint32_t k = 0; k < splice[i].come; k++)
            order[to++] = next++;
    }
    stay(s, &from, s->rows, order, &to);
    s->spare = s->order;
    s->order = order;
    s->rows = rows;
    s->n += come;
    s->any = true;
    return true;
}

static bool gather_codes(struct arena *a, const struct fact_pool *s, const int32_t *from,
                         const int32_t *number, const int32_t **ret_code)
{
    int32_t *to = arena_array(a, s->rows + 1, sizeof *to);

    if (to == NULL)
        return false;
    for (size_t i = 0; i < s->rows; i++) {
        int32_t v = from[s->order[i]];
        to[i] = v >= 0 ? number[v] : -1;
        if (v >= 0 && to[i] < 0)
            return false;
    }
    *ret_code = to;
    return true;
}

/* Values of 8 bytes. */
static bool gather(struct arena *a, const struct fact_pool *s, const void *from, void *ret_values)
{
    const uint64_t *values = from;
    uint64_t *to = arena_array(a, s->rows + 1, sizeof *to);

    if (to == NULL)
        return false;
    for (size_t i = 0; i < s->rows; i++)
        to[i] = values[s->order[i]];
    memcpy(ret_values, &to, sizeof to);
    return true;
}

bool pool_show(struct arena *a, const struct fact_pool *s, const int32_t *const number[FACT_CODES],
               struct fact_rows *ret_rows)
{
    *ret_rows = (struct fact_rows){ .n = s->rows, .since = s->since };
    if (s->rows > 0 && s->order == NULL)
        return false;
    for (size_t i = 0; i < FACT_COLUMNS; i++)
        if (s->column[i] != NULL && !gather(a, s, s->column[i], &ret_rows->column[i]))
            return false;
    for (size_t i = 0; i < FACT_CODES; i++)
        if (s->code[i] != NULL && !gather_codes(a, s, s->code[i], number[i], &ret_rows->code[i]))
            return false;
    return s->marks == NULL || gather(a, s, s->marks, &ret_rows->marks);
}
