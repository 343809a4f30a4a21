// SPDX-License-Identifier: EUPL-1.2
#include "register/extract_follow.h"

#include "base/date.h"
#include "base/sort.h"
#include "base/text.h"
#include "register/extract.h"

#include <stdlib.h>
#include <string.h>

#define NOBODY SIZE_MAX
#define DEEP 64

size_t extract_follow_top(const struct follow *f, size_t i)
{
    size_t at = i;

    for (int step = 0; step < DEEP && f->merged[at] != INT_NONE; step++) {
        size_t up = sort_place(f->id, f->n, f->merged[at]);
        if (up == f->n || f->id[up] != f->merged[at])
            return i;
        at = up;
    }
    return at;
}

static int64_t earliest(int64_t a, int64_t b)
{
    return b < a ? b : a;
}

static void take_over(struct follow *f, size_t top, size_t i)
{
    if (f->received[i] < f->received[top]) {
        f->received[top] = f->received[i];
        f->flags[top] |= f->flags[i] & (EXTRACT_CARRY_OVER | EXTRACT_BACKDATED);
    }
    f->first[top] = earliest(f->first[top], f->first[i]);
    if (f->last[i] > f->last[top])
        f->last[top] = f->last[i];
    if (f->started[top] != TIME_NONE && f->started[i] != TIME_NONE)
        f->started[top] = earliest(f->started[top], f->started[i]);
    if (f->reached[i] != TIME_NONE && (f->reached[top] == TIME_NONE || f->reached[i] > f->reached[top]))
        f->reached[top] = f->reached[i];
    f->flags[i] |= EXTRACT_DUPLICATE;
}

static int by_time(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* Contacts of all rows again, each with those of the rows that it stands for, in order of time. */
static enum err join_contacts(struct ctx *c, struct follow *f, const size_t *first, const size_t *next)
{
    size_t all = f->contact_from[f->n], room = all, *from, at = 0;
    int64_t *contact;

    for (size_t i = 0; i < f->n; i++)
        for (size_t k = first[i]; k != NOBODY; k = next[k])
            room += f->contact_from[k + 1] - f->contact_from[k];
    TRY(ctx_alloc(c, room + 1, sizeof *contact, (void *)&contact));
    TRY(ctx_alloc(c, f->n + 1, sizeof *from, (void *)&from));
    for (size_t i = 0; i < f->n; i++) {
        from[i] = at;
        for (size_t k = i; k != NOBODY; k = k == i ? first[i] : next[k]) {
            size_t n = f->contact_from[k + 1] - f->contact_from[k];
            if (n > 0)
                memcpy(contact + at, f->contact + f->contact_from[k], n * sizeof *contact);
            at += n;
        }
        if (first[i] != NOBODY)
            qsort(contact + from[i], at - from[i], sizeof *contact, by_time);
    }
    from[f->n] = at;
    f->contact = contact;
    memcpy(f->contact_from, from, (f->n + 1) * sizeof *from);
    return OK;
}

enum err extract_follow(struct ctx *c, struct follow *f)
{
    size_t *first, *next; /* of each row: the rows that it stands for, as a list */
    bool any = false;

    for (size_t i = 0; i < f->n && !any; i++)
        any = f->merged[i] != INT_NONE;
    if (!any)
        return OK;
    TRY(ctx_alloc(c, f->n + 1, sizeof *first, (void *)&first));
    TRY(ctx_alloc(c, f->n + 1, sizeof *next, (void *)&next));
    for (size_t i = 0; i < f->n; i++)
        first[i] = next[i] = NOBODY;
    for (size_t i = 0; i < f->n; i++) {
        size_t top = f->merged[i] != INT_NONE ? extract_follow_top(f, i) : i;
        if (top == i)
            continue;
        take_over(f, top, i);
        next[i] = first[top];
        first[top] = i;
    }
    return f->contact_from[f->n] > 0 ? join_contacts(c, f, first, next) : OK;
}
