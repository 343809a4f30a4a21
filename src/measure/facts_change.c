// SPDX-License-Identifier: EUPL-1.2
#include "measure/facts_change.h"

#include <string.h>

enum { LOOK = 64 }; /* rows that are looked ahead for one that stayed */

/* One set of both readings. */
struct comparing {
    const struct fact_rows *old, *new;
    enum fact_column column[FACT_COLUMNS]; /* that they have */
    enum fact_code code[FACT_CODES];
    size_t columns, codes;
    const int32_t *const *number; /* code of the second reading for each of the first; -2: it is not there */
};

static bool same_row(const struct comparing *k, size_t i, size_t j)
{
    for (size_t n = 0; n < k->columns; n++)
        if (k->old->column[k->column[n]][i] != k->new->column[k->column[n]][j])
            return false;
    for (size_t n = 0; n < k->codes; n++) {
        int32_t v = k->old->code[k->code[n]][i];
        if ((v >= 0 ? k->number[k->code[n]][v] : -1) != k->new->code[k->code[n]][j])
            return false;
    }
    return k->old->marks == NULL || k->old->marks[i] == k->new->marks[j];
}

/* False: they do not have the same columns. */
static bool same_columns(struct comparing *k, enum fact_set set)
{
    for (int i = 0; i < FACT_COLUMNS; i++) {
        if ((k->old->column[i] == NULL) != (k->new->column[i] == NULL))
            return false;
        if (k->old->column[i] != NULL)
            k->column[k->columns++] = (enum fact_column)i;
    }
    for (int i = 0; i < FACT_CODES; i++) {
        if (fact_code_is_of_extract(set, (enum fact_code)i))
            continue;
        if ((k->old->code[i] == NULL) != (k->new->code[i] == NULL))
            return false;
        if (k->old->code[i] != NULL)
            k->code[k->codes++] = (enum fact_code)i;
    }
    return (k->old->marks == NULL) == (k->new->marks == NULL);
}

/* The nearest place where the readings are the same again: after so many rows that went and came. */
static void step(const struct comparing *k, size_t i, size_t j, size_t *ret_gone, size_t *ret_come)
{
    size_t left = k->old->n - i, right = k->new->n - j;

    for (size_t d = 1; d <= LOOK; d++) {
        if (d < left && d < right && same_row(k, i + d, j + d)) {
            *ret_gone = *ret_come = d;
            return;
        }
        for (size_t other = 0; other < d; other++) {
            if (other < left && d < right && same_row(k, i + other, j + d)) {
                *ret_gone = other;
                *ret_come = d;
                return;
            }
            if (d < left && other < right && same_row(k, i + d, j + other)) {
                *ret_gone = d;
                *ret_come = other;
                return;
            }
        }
    }
    *ret_gone = left < LOOK ? left : LOOK;
    *ret_come = right < LOOK ? right : LOOK;
}

static bool add(struct fact_set_change *s, size_t *room, struct arena *a, const struct fact_splice *one)
{
    struct fact_splice *last = s->n > 0 ? &s->splice[s->n - 1] : NULL;

    s->rows += one->gone > one->come ? one->gone : one->come;
    if (last != NULL && last->at + last->gone == one->at && last->from + last->come == one->from) {
        last->gone += one->gone;
        last->come += one->come;
        return true;
    }
    if (s->n == *room || s->splice == NULL) {
        *room = *room * 2 + 16;
        struct fact_splice *more = arena_array(a, *room, sizeof *more);
        if (more == NULL)
            return false;
        if (s->splice != NULL)
            memcpy(more, s->splice, s->n * sizeof *more);
        s->splice = more;
    }
    s->splice[s->n++] = *one;
    return true;
}

static bool compare_set(const struct comparing *k, struct arena *a, struct fact_set_change *s)
{
    size_t i = 0, j = 0, room = 0;

    while (i < k->old->n || j < k->new->n) {
        size_t gone = k->old->n - i, come = k->new->n - j;
        if (!s->columns && gone > 0 && come > 0) {
            if (same_row(k, i, j)) {
                i++;
                j++;
                continue;
            }
            step(k, i, j, &gone, &come);
        }
        const struct fact_splice one = { (uint32_t)i, (uint32_t)gone, (uint32_t)j, (uint32_t)come };
        if (!add(s, &room, a, &one))
            return false;
        i += gone;
        j += come;
    }
    return true;
}

static int32_t find(const struct fact_names *names, const char *name, size_t likely)
{
    if (likely < names->n && strcmp(names->name[likely], name) == 0)
        return (int32_t)likely;
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->name[i], name) == 0)
            return (int32_t)i;
    return -2;
}

bool facts_change(const struct facts *old, const struct facts *new, struct arena *a,
                  struct facts_change *ret_change)
{
    const int32_t *number[FACT_CODES];

    memset(ret_change, 0, sizeof *ret_change);
    for (size_t k = 0; k < FACT_CODES; k++) {
        int32_t *code = arena_array(a, old->name[k].n + 1, sizeof *code);
        if (code == NULL)
            return false;
        for (size_t i = 0; i < old->name[k].n; i++)
            code[i] = find(&new->name[k], old->name[k].name[i], i);
        number[k] = code;
    }
    for (int i = 0; i < FACT_SETS; i++) {
        struct comparing k = { .old = &old->set[i], .new = &new->set[i], .number = number };
        struct fact_set_change *s = &ret_change->set[i];
        s->columns = !same_columns(&k, (enum fact_set)i);
        s->since = k.old->since != k.new->since;
        if (!compare_set(&k, a, s))
            return false;
    }
    return true;
}
