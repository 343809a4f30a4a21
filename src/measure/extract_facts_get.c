// SPDX-License-Identifier: EUPL-1.2
/* Reading facts: nothing in a file is taken for granted. */
#include "measure/extract_facts.h"

#include "measure/extract_column.h"
#include "measure/fact_pool.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_MAX (INT64_C(1) << 32) /* of what is no moment */
enum { COLUMN_HEAD = 4 + BLOCK_NAME + 8, SET_HEAD = 24, SPLICE = 12 };

/* Every name that a part gave, once; rows hold these numbers until the end. */
struct known {
    const char **name;
    size_t n, room;
};
struct facts_reading {
    struct arena *a;
    bool any;
    struct fact_pool set[FACT_SETS];
    struct known known[FACT_CODES];
    struct names names[FACT_CODES];    /* of the last part */
    const int32_t *number[FACT_CODES]; /* its codes: which known name each is */
    int8_t mark[64];                   /* its bits: which mark each is; -1: none that is known here */
    bool same_marks;
    const struct block *people;
};

struct facts_reading *extract_facts_begin(struct arena *a)
{
    struct facts_reading *r = arena_alloc(a, sizeof *r);

    if (r == NULL)
        return NULL;
    r->a = a;
    for (size_t i = 0; i < FACT_SETS; i++)
        r->set[i].since = TIME_NONE;
    return r;
}

/* ── Names ── */

static bool known_number(struct facts_reading *r, enum fact_code which, const char *name, size_t likely,
                         int32_t *ret_number)
{
    struct known *k = &r->known[which];
    size_t at = likely < k->n && strcmp(k->name[likely], name) == 0 ? likely : 0;

    while (at < k->n && strcmp(k->name[at], name) != 0)
        at++;
    if (at == k->n) {
        if (k->n == k->room) {
            size_t room = k->room * 2 + 16;
            if (!pool_widen(r->a, &k->name, k->n, room, sizeof *k->name))
                return false;
            k->room = room;
        }
        k->name[k->n++] = name;
    }
    *ret_number = (int32_t)at;
    return true;
}

static bool read_names(struct facts_reading *r, const struct block_part *p)
{
    char block[BLOCK_NAME];

    for (int i = 0; i < FACT_CODES; i++) {
        enum fact_code which = (enum fact_code)i;
        snprintf(block, sizeof block, "fact.%s", fact_code_name(which));
        if (!part_names_get(p, block, r->a, &r->names[i]))
            return false;
        int32_t *number = arena_array(r->a, r->names[i].n + 1, sizeof *number);
        if (number == NULL)
            return false;
        for (size_t k = 0; k < r->names[i].n; k++)
            if (!known_number(r, which, r->names[i].name[k], k, &number[k]))
                return false;
        r->number[i] = number;
    }
    return true;
}

static bool read_marks(struct facts_reading *r, const struct block_part *p)
{
    struct names names;
    enum fact_mark is;

    if (!part_names_get(p, "fact.marks", r->a, &names) || names.n > 63)
        return false;
    memset(r->mark, -1, sizeof r->mark);
    r->same_marks = names.n == FACT_MARKS;
    for (size_t i = 0; i < names.n; i++) {
        if (fact_mark_find(names.name[i], strlen(names.name[i]), &is))
            r->mark[i] = (int8_t)is;
        r->same_marks = r->same_marks && r->mark[i] == (int8_t)i;
    }
    return true;
}

static uint64_t marks_of(const struct facts_reading *r, uint64_t bits)
{
    uint64_t marks = 0;

    for (size_t i = 0; i < 63; i++)
        if ((bits >> i & 1) != 0 && r->mark[i] >= 0)
            marks |= UINT64_C(1) << r->mark[i];
    return marks;
}

/* ── Columns ── */

static bool numbers_are_right(const struct facts_reading *r, const struct fact_pool *s, uint64_t what,
                              size_t at, size_t n)
{
    for (size_t i = s->n; i < s->n + n; i++) {
        if (what == POOL_COLUMN && !fact_column_is_moment((enum fact_column)at)) {
            int64_t v = s->column[at][i], low = at == FACT_TIMES ? 0 : -NUMBER_MAX;
            if (v != INT64_MIN && (v < low || v > NUMBER_MAX))
                return false;
            if (at == FACT_TIMES && v == INT64_MIN)
                return false;
        }
        if (what == POOL_CODE) {
            int32_t *v = &s->code[at][i];
            if (*v >= 0 && (size_t)*v >= r->names[at].n)
                return false;
            *v = *v >= 0 ? r->number[at][*v] : -1;
        }
        if (what == POOL_MARKS && !r->same_marks)
            s->marks[i] = marks_of(r, s->marks[i]);
    }
    return true;
}

/* Whose values these are; false: a column that is not known here, which is passed over. */
static bool find_column(uint64_t what, const char *name, size_t *ret_at)
{
    enum fact_column column;
    enum fact_code which;

    *ret_at = 0;
    if (what == POOL_COLUMN && fact_column_find(name, strlen(name), &column))
        *ret_at = column;
    else if (what == POOL_CODE && fact_code_find(name, strlen(name), &which))
        *ret_at = which;
    else
        return what == POOL_MARKS;
    return true;
}

static bool read_column(struct facts_reading *r, struct fact_pool *s, const struct block *b, size_t *at,
                        size_t n)
{
    struct block values = { .data = (const char *)b->data + *at + COLUMN_HEAD };
    char name[BLOCK_NAME];
    size_t which;

    if (b->len - *at < COLUMN_HEAD)
        return false;
    uint64_t what = part_number(b, *at, 4);
    memcpy(name, (const char *)b->data + *at + 4, sizeof name);
    values.len = part_number(b, *at + 4 + BLOCK_NAME, 8);
    *at += COLUMN_HEAD;
    if (what > POOL_MARKS || name[BLOCK_NAME - 1] != '\0' || values.len > b->len - *at)
        return false;
    *at += values.len;
    if (!find_column(what, name, &which))
        return true;
    void **there = pool_values(s, (enum pool_column)what, which);
    size_t width = column_width(&fact_file_column[what]);
    if (*there == NULL && s->any)
        return false; /* a part has the columns of the first one */
    if (*there == NULL && (*there = arena_array(r->a, s->room + 1, width)) == NULL)
        return false;
    return column_get(&values, &fact_file_column[what], NULL, n, (char *)*there + s->n * width) &&
           numbers_are_right(r, s, what, which, n);
}

/* ── Sets ── */

/* Places where rows go and come; false: not so many stand there. */
static bool read_splices(struct facts_reading *r, const struct block *b, size_t n,
                         struct fact_splice **ret_splice, size_t *ret_come)
{
    struct fact_splice *splice =
        n <= (b->len - SET_HEAD) / SPLICE ? arena_array(r->a, n + 1, sizeof *splice) : NULL;

    *ret_come = 0;
    if (splice == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t at = SET_HEAD + i * SPLICE;
        splice[i].at = (uint32_t)part_number(b, at, 4);
        splice[i].gone = (uint32_t)part_number(b, at + 4, 4);
        splice[i].come = (uint32_t)part_number(b, at + 8, 4);
        *ret_come += splice[i].come;
    }
    *ret_splice = splice;
    return true;
}

static bool read_set(struct facts_reading *r, struct fact_pool *s, const struct block *b)
{
    struct fact_splice *splice;
    size_t come, there = pool_columns(s);

    if (b->len < SET_HEAD)
        return false;
    size_t rows = part_number(b, 8, 8), splices = part_number(b, 16, 4), columns = part_number(b, 20, 4),
           at = SET_HEAD + splices * SPLICE;
    if (!read_splices(r, b, splices, &splice, &come) || !pool_room(r->a, s, come))
        return false;
    s->since = (int64_t)part_number(b, 0, 8);
    for (size_t i = 0; i < columns; i++)
        if (!read_column(r, s, b, &at, come))
            return false;
    return at == b->len && (!s->any || columns >= there) && pool_splice(r->a, s, splice, splices, rows);
}

bool extract_facts_part(struct facts_reading *r, const struct block_part *p, bool first)
{
    char name[BLOCK_NAME];

    r->people = block_find(p, "fact.people");
    if (first)
        r->any = r->people != NULL;
    if (!r->any || r->people == NULL)
        return r->any == (r->people != NULL);
    if (!read_names(r, p) || !read_marks(r, p) || r->people->len != r->names[FACT_NEIGHBOURHOOD].n * 8)
        return false;
    for (int i = 0; i < FACT_SETS; i++) {
        snprintf(name, sizeof name, "set.%s", fact_set_name((enum fact_set)i));
        const struct block *b = block_find(p, name);
        if (b != NULL && !read_set(r, &r->set[i], b))
            return false;
    }
    return true;
}

/* ── The end ── */

/* Known names as the last part numbers them: -1 what it does not name. */
static bool last_numbers(const struct facts_reading *r, const int32_t *ret_last[FACT_CODES])
{
    for (size_t k = 0; k < FACT_CODES; k++) {
        int32_t *last = arena_array(r->a, r->known[k].n + 1, sizeof *last);
        if (last == NULL)
            return false;
        for (size_t i = 0; i < r->known[k].n; i++)
            last[i] = -1;
        for (size_t i = 0; i < r->names[k].n; i++)
            last[r->number[k][i]] = (int32_t)i;
        ret_last[k] = last;
    }
    return true;
}

/* The codes that a column of the extract has in the lists of the facts. */
static bool of_extract(struct arena *a, const struct extract_file *e, const int32_t *from, int names,
                       const struct names *list, const int32_t **ret_code)
{
    int32_t *to, *number;
    const struct names *own = names >= 0 ? &e->names[names] : list; /* urgency has no names of its own */
    size_t n = own->n;

    if (from == NULL)
        return true;
    to = arena_array(a, e->x.n + 1, sizeof *to);
    number = arena_array(a, n + 1, sizeof *number);
    if (to == NULL || number == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < list->n && strcmp(list->name[at], own->name[i]) != 0)
            at++;
        number[i] = at < list->n ? (int32_t)at : -1;
    }
    for (size_t i = 0; i < e->x.n; i++) {
        if (from[i] >= 0 && ((size_t)from[i] >= n || number[from[i]] < 0))
            return false;
        to[i] = from[i] >= 0 ? number[from[i]] : -1;
    }
    *ret_code = to;
    return true;
}

bool extract_facts_end(struct facts_reading *r, struct extract_file *e)
{
    static const int names[FACT_CODES] = {
        [FACT_TEAM] = NAMES_TEAM,   [FACT_NEIGHBOURHOOD] = NAMES_NEIGHBOURHOOD,
        [FACT_URGENCY] = -1,        [FACT_CHANNEL] = NAMES_CHANNEL,
        [FACT_ROUTE] = NAMES_ROUTE, [FACT_CATEGORY] = NAMES_CATEGORY
    };
    const int32_t *last[FACT_CODES], *const of[] = { e->x.team,    e->x.neighbourhood, e->x.urgency,
                                                     e->x.channel, e->x.route,         e->x.category };
    struct facts *f = arena_alloc(r->a, sizeof *f);

    e->facts = NULL;
    if (!r->any)
        return true;
    if (f == NULL || !last_numbers(r, last))
        return false;
    for (size_t i = 0; i < FACT_SETS; i++)
        if (!pool_show(r->a, &r->set[i], last, &f->set[i]))
            return false;
    for (size_t i = 0; i < FACT_CODES; i++)
        f->name[i] = (struct fact_names){ r->names[i].name, r->names[i].n };
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        if (!of_extract(r->a, e, of[i], names[i], &r->names[i], &f->set[FACT_REQUEST].code[i]))
            return false;
    int64_t *people = arena_array(r->a, r->names[FACT_NEIGHBOURHOOD].n + 1, sizeof *people);
    if (people == NULL || f->set[FACT_REQUEST].n != e->x.n)
        return false;
    for (size_t i = 0; i < r->names[FACT_NEIGHBOURHOOD].n; i++) {
        people[i] = (int64_t)part_number(r->people, i * 8, 8);
        if (people[i] < -1 || people[i] > NUMBER_MAX)
            return false;
    }
    f->inhabitants = people;
    f->begin = f->set[FACT_REQUEST].since;
    e->facts = f;
    return true;
}
