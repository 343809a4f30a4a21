// SPDX-License-Identifier: EUPL-1.2
#include "measure/facts.h"

#include <string.h>

static const char *const sets[FACT_SETS] = {
#define X(name, text) [name] = (text),
    FACT_SET_LIST(X)
#undef X
};
static const char *const columns[FACT_COLUMNS] = {
#define X(name, text, moment) [name] = (text),
    FACT_COLUMN_LIST(X)
#undef X
};
static const bool moments[FACT_COLUMNS] = {
#define X(name, text, moment) [name] = (moment),
    FACT_COLUMN_LIST(X)
#undef X
};
static const char *const marks[FACT_MARKS] = {
#define X(name, text) [FACT_IS_##name] = (text),
    FACT_MARK_LIST(X)
#undef X
};
static const char *const codes[FACT_CODES] = {
#define X(name, text) [name] = (text),
    FACT_CODE_LIST(X)
#undef X
};
_Static_assert(FACT_MARKS < 64,
               "marks are bits of one number, that an extract file holds (extract_column.h)");

static bool find(const char *const *list, size_t n, const char *name, size_t len, size_t *ret_at)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(list[i]) == len && memcmp(list[i], name, len) == 0) {
            *ret_at = i;
            return true;
        }
    return false;
}

const char *fact_set_name(enum fact_set set)
{
    return sets[set];
}

const char *fact_column_name(enum fact_column column)
{
    return columns[column];
}

bool fact_column_is_moment(enum fact_column column)
{
    return moments[column];
}

const char *fact_mark_name(enum fact_mark mark)
{
    return marks[mark];
}

const char *fact_code_name(enum fact_code code)
{
    return codes[code];
}

bool fact_set_find(const char *name, size_t len, enum fact_set *ret_set)
{
    size_t i;

    if (!find(sets, FACT_SETS, name, len, &i))
        return false;
    *ret_set = (enum fact_set)i;
    return true;
}

bool fact_column_find(const char *name, size_t len, enum fact_column *ret_column)
{
    size_t i;

    if (!find(columns, FACT_COLUMNS, name, len, &i))
        return false;
    *ret_column = (enum fact_column)i;
    return true;
}

bool fact_mark_find(const char *name, size_t len, enum fact_mark *ret_mark)
{
    size_t i;

    if (!find(marks, FACT_MARKS, name, len, &i))
        return false;
    *ret_mark = (enum fact_mark)i;
    return true;
}

bool fact_code_find(const char *name, size_t len, enum fact_code *ret_code)
{
    size_t i;

    if (!find(codes, FACT_CODES, name, len, &i))
        return false;
    *ret_code = (enum fact_code)i;
    return true;
}
