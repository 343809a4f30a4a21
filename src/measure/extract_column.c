// SPDX-License-Identifier: EUPL-1.2
#include "measure/extract_column.h"

#include <string.h>

#define COLUMN(name_, kind_, member, names_)                                                                 \
    {                                                                                                        \
        name_, kind_, offsetof(struct extract, member), names_                                               \
    }
const struct column extract_column[EXTRACT_COLUMNS] = {
    COLUMN("received", COLUMN_TIME, received, -1),
    COLUMN("started", COLUMN_TIME, started, -1),
    COLUMN("left", COLUMN_TIME, left, -1),
    COLUMN("closed", COLUMN_TIME, closed, -1),
    COLUMN("lost", COLUMN_TIME, lost, -1),
    COLUMN("first_event", COLUMN_TIME, first_event, -1),
    COLUMN("last_event", COLUMN_TIME, last_event, -1),
    COLUMN("last_reached", COLUMN_TIME, last_reached, -1),
    COLUMN("paused", COLUMN_TIME, paused, -1),
    COLUMN("team", COLUMN_CODE, team, NAMES_TEAM),
    COLUMN("neighbourhood", COLUMN_CODE, neighbourhood, NAMES_NEIGHBOURHOOD),
    COLUMN("channel", COLUMN_CODE, channel, NAMES_CHANNEL),
    COLUMN("route", COLUMN_CODE, route, NAMES_ROUTE),
    COLUMN("category", COLUMN_CODE, category, NAMES_CATEGORY),
    COLUMN("urgency", COLUMN_CODE, urgency, -1),
    COLUMN("reason", COLUMN_CODE, reason, NAMES_REASON),
    COLUMN("flags", COLUMN_FLAGS, flags, -1),
    { "contact", COLUMN_TIME, 0, -1 }, /* the values of contact_from stand beside it */
};

enum { HEAD = 16 }; /* base, width, zeros */

const void *column_of(const struct extract *x, const struct column *k)
{
    const void *values;

    memcpy(&values, (const char *)x + k->offset, sizeof values);
    return values;
}

void column_set(struct extract *x, const struct column *k, const void *values)
{
    memcpy((char *)x + k->offset, &values, sizeof values);
}

size_t column_width(const struct column *k)
{
    return k->kind == COLUMN_TIME || k->kind == COLUMN_MARKS ? sizeof(int64_t) : sizeof(int32_t);
}

int64_t column_value(const void *values, const struct column *k, size_t i)
{
    if (k->kind == COLUMN_TIME)
        return ((const int64_t *)values)[i];
    if (k->kind == COLUMN_FLAGS)
        return ((const uint32_t *)values)[i];
    if (k->kind == COLUMN_MARKS)
        return (int64_t)((const uint64_t *)values)[i];
    int32_t code = ((const int32_t *)values)[i];
    return code < 0 ? INT64_MIN : code;
}

void column_put_value(void *values, const struct column *k, size_t i, int64_t value)
{
    if (k->kind == COLUMN_TIME)
        ((int64_t *)values)[i] = value;
    else if (k->kind == COLUMN_FLAGS)
        ((uint32_t *)values)[i] = value == INT64_MIN ? 0 : (uint32_t)value;
    else if (k->kind == COLUMN_MARKS)
        ((uint64_t *)values)[i] = value == INT64_MIN ? 0 : (uint64_t)value;
    else
        ((int32_t *)values)[i] = value == INT64_MIN ? -1 : (int32_t)value;
}

/* The fewest bytes that hold 0..range and one more value for "unknown". */
static size_t width_of(uint64_t range)
{
    for (size_t width = 1; width < 8; width *= 2)
        if (range < (UINT64_C(1) << (8 * width)) - 1)
            return width;
    return 8;
}

void column_put(const void *values, const struct column *k, const uint32_t *row, size_t n, struct buf *out)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    bool unknown = false;

    for (size_t i = 0; i < n; i++) {
        int64_t v = column_value(values, k, row != NULL ? row[i] : i);
        unknown |= v == INT64_MIN;
        low = v != INT64_MIN && v < low ? v : low;
        high = v > high ? v : high;
    }
    low = high == INT64_MIN ? 0 : low; /* nothing known */
    uint64_t range = high == INT64_MIN ? 0 : (uint64_t)high - (uint64_t)low;
    size_t width = range == 0 && !unknown ? 0 : width_of(range);
    unsigned char head[HEAD] = { 0 };
    for (size_t i = 0; i < 8; i++)
        head[i] = (unsigned char)((uint64_t)low >> (8 * i));
    head[8] = (unsigned char)width;
    buf_put(out, head, HEAD);
    for (size_t i = 0; i < n && width > 0; i++) {
        int64_t v = column_value(values, k, row != NULL ? row[i] : i);
        uint64_t code = v == INT64_MIN ? UINT64_MAX : (uint64_t)v - (uint64_t)low;
        unsigned char bytes[8];
        for (size_t j = 0; j < width; j++)
            bytes[j] = (unsigned char)(code >> (8 * j));
        buf_put(out, bytes, width);
    }
}

/* Whether a value can stand in such a column. */
static bool fits(const struct column *k, int64_t v)
{
    if (v == INT64_MIN)
        return true;
    if (k->kind == COLUMN_TIME)
        return v >= -(INT64_C(1) << 40) && v <= INT64_C(1) << 40; /* 30,000 years */
    if (k->kind == COLUMN_MARKS)
        return v >= 0;
    return v >= 0 && v <= (k->kind == COLUMN_FLAGS ? UINT32_MAX : INT32_MAX);
}

bool column_get(const struct block *b, const struct column *k, const uint32_t *row, size_t n, void *values)
{
    const unsigned char *d = b->data;
    uint64_t base = 0;

    if (b->len < HEAD)
        return false;
    for (size_t i = 0; i < 8; i++)
        base |= (uint64_t)d[i] << (8 * i);
    size_t width = d[8];
    if (width > 8 || (width & (width - 1)) != 0 || b->len != HEAD + n * width)
        return false;
    uint64_t none = width == 8 ? UINT64_MAX : (UINT64_C(1) << (8 * width)) - 1;
    d += HEAD;
    for (size_t i = 0; i < n; i++, d += width) {
        uint64_t code = 0;
        for (size_t j = 0; j < width; j++)
            code |= (uint64_t)d[j] << (8 * j);
        int64_t v = width > 0 && code == none ? INT64_MIN : (int64_t)(base + code);
        if (!fits(k, v))
            return false;
        column_put_value(values, k, row != NULL ? row[i] : i, v);
    }
    return true;
}
