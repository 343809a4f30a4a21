// SPDX-License-Identifier: EUPL-1.2
#include "measure/facts_join.h"

#include <stdlib.h>
#include <string.h>

struct joining {
    struct arena *a;
    const struct facts *f;
    size_t n;
    int32_t **code[FACT_CODES]; /* of each: its numbers in the joined list */
};

static int by_name(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static size_t find(const char *const *name, size_t n, const char *one)
{
    size_t at = 0;

    while (at < n && strcmp(name[at], one) != 0)
        at++;
    return at;
}

static bool join_names(struct joining *j, enum fact_code which, struct fact_names *ret_names)
{
    size_t room = 1, n = 0;

    for (size_t i = 0; i < j->n; i++)
        room += j->f[i].name[which].n;
    const char **name = arena_array(j->a, room, sizeof *name);
    j->code[which] = arena_array(j->a, j->n, sizeof *j->code[which]);
    if (name == NULL || j->code[which] == NULL)
        return false;
    for (size_t i = 0; i < j->n; i++)
        for (size_t k = 0; k < j->f[i].name[which].n; k++) {
            const char *one = j->f[i].name[which].name[k];
            if (find(name, n, one) == n)
                name[n++] = one;
        }
    if (which == FACT_KIND || which == FACT_CAUSE)
        qsort(name, n, sizeof *name, by_name);
    for (size_t i = 0; i < j->n; i++) {
        const struct fact_names *own = &j->f[i].name[which];
        int32_t *code = arena_array(j->a, own->n + 1, sizeof *code);
        if (code == NULL)
            return false;
        for (size_t k = 0; k < own->n; k++)
            code[k] = (int32_t)find(name, n, own->name[k]);
        j->code[which][i] = code;
    }
    *ret_names = (struct fact_names){ name, n };
    return true;
}

static bool join_people(const struct joining *j, const struct fact_names *names, const int64_t **ret_people)
{
    int64_t *people = arena_array(j->a, names->n + 1, sizeof *people);
    bool *against = arena_array(j->a, names->n + 1, sizeof *against);

    if (people == NULL || against == NULL)
        return false;
    for (size_t i = 0; i < names->n; i++)
        people[i] = -1;
    for (size_t i = 0; i < j->n; i++)
        for (size_t k = 0; j->f[i].inhabitants != NULL && k < j->f[i].name[FACT_NEIGHBOURHOOD].n; k++) {
            int32_t at = j->code[FACT_NEIGHBOURHOOD][i][k];
            int64_t one = j->f[i].inhabitants[k];
            against[at] = against[at] || (people[at] >= 0 && one >= 0 && people[at] != one);
            people[at] = one >= 0 ? one : people[at];
        }
    for (size_t i = 0; i < names->n; i++)
        people[i] = against[i] ? -1 : people[i];
    *ret_people = people;
    return true;
}

/* Where one does not have a column, nothing is known of its rows. */
static bool join_column(const struct joining *j, enum fact_set set, enum fact_column which, size_t rows,
                        const int64_t **ret_column)
{
    int64_t *to = NULL, people = 0;
    size_t at = 0;

    for (size_t i = 0; i < j->n && to == NULL; i++)
        if (j->f[i].set[set].column[which] != NULL && (to = arena_array(j->a, rows + 1, sizeof *to)) == NULL)
            return false;
    for (size_t i = 0; i < j->n && to != NULL; i++) {
        const struct fact_rows *r = &j->f[i].set[set];
        const int64_t *from = r->column[which];
        int64_t before = which == FACT_WHO ? people : 0;
        for (size_t k = 0; k < r->n; k++, at++) {
            to[at] = from != NULL ? from[k] : INT64_MIN;
            if (before > 0 && to[at] >= 0)
                to[at] += before;
            people = to[at] >= people ? to[at] + 1 : people;
        }
    }
    *ret_column = to;
    return true;
}

static bool join_code(const struct joining *j, enum fact_set set, enum fact_code which, size_t rows,
                      const int32_t **ret_code)
{
    int32_t *to = NULL;
    size_t at = 0;

    for (size_t i = 0; i < j->n && to == NULL; i++)
        if (j->f[i].set[set].code[which] != NULL && (to = arena_array(j->a, rows + 1, sizeof *to)) == NULL)
            return false;
    for (size_t i = 0; i < j->n && to != NULL; i++) {
        const struct fact_rows *r = &j->f[i].set[set];
        const int32_t *from = r->code[which], *code = j->code[which][i];
        for (size_t k = 0; k < r->n; k++)
            to[at++] = from != NULL && from[k] >= 0 ? code[from[k]] : -1;
    }
    *ret_code = to;
    return true;
}

static bool join_marks(const struct joining *j, enum fact_set set, size_t rows, const uint64_t **ret_marks)
{
    uint64_t *to = arena_array(j->a, rows + 1, sizeof *to);
    size_t at = 0;

    if (to == NULL)
        return false;
    for (size_t i = 0; i < j->n; i++) {
        const struct fact_rows *r = &j->f[i].set[set];
        for (size_t k = 0; k < r->n; k++)
            to[at++] = r->marks != NULL ? r->marks[k] : 0;
    }
    *ret_marks = to;
    return true;
}

static bool join_set(const struct joining *j, enum fact_set set, struct fact_rows *ret_rows)
{
    struct fact_rows out = { .since = j->n > 0 ? j->f[0].set[set].since : TIME_NONE };

    for (size_t i = 0; i < j->n; i++) {
        int64_t since = j->f[i].set[set].since;
        out.n += j->f[i].set[set].n;
        if (out.since != TIME_NONE && (since == TIME_NONE || since > out.since))
            out.since = since;
    }
    for (int k = 0; k < FACT_COLUMNS; k++)
        if (!join_column(j, set, (enum fact_column)k, out.n, &out.column[k]))
            return false;
    for (int k = 0; k < FACT_CODES; k++)
        if (!join_code(j, set, (enum fact_code)k, out.n, &out.code[k]))
            return false;
    if (!join_marks(j, set, out.n, &out.marks))
        return false;
    *ret_rows = out;
    return true;
}

bool facts_join(struct arena *a, const struct facts *f, size_t n, struct facts *ret_facts)
{
    struct joining j = { .a = a, .f = f, .n = n };
    struct facts out = { .begin = TIME_NONE };

    for (int k = 0; k < FACT_CODES; k++)
        if (!join_names(&j, (enum fact_code)k, &out.name[k]))
            return false;
    for (int set = 0; set < FACT_SETS; set++)
        if (!join_set(&j, (enum fact_set)set, &out.set[set]))
            return false;
    if (!join_people(&j, &out.name[FACT_NEIGHBOURHOOD], &out.inhabitants))
        return false;
    for (size_t i = 0; i < n; i++)
        if (f[i].begin != TIME_NONE && (out.begin == TIME_NONE || f[i].begin < out.begin))
            out.begin = f[i].begin;
    *ret_facts = out;
    return true;
}
