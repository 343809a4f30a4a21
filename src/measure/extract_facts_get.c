// SPDX-License-Identifier: EUPL-1.2
/* Reading facts: nothing in a file is taken for granted. */
#include "measure/extract_facts.h"

#include "measure/extract_column.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_MAX (INT64_C(1) << 32) /* of what is no moment */
enum { COLUMN_HEAD = 4 + BLOCK_NAME + 8, SET_HEAD = 24, SPLICE = 12 };

static const struct column moment = { "moment", COLUMN_TIME, 0, -1 }, code = { "code", COLUMN_CODE, 0, -1 },
                           mark = { "mark", COLUMN_MARKS, 0, -1 };

/* Rows as parts brought them, and which of them there are, in order. */
struct pool {
    int64_t *column[FACT_COLUMNS];
    int32_t *code[FACT_CODES];
    uint64_t *marks;
    size_t n, room;
    uint32_t *order, *spare; /* both with room for so many */
    size_t rows, order_room;
    int64_t since;
    bool any;
};
/* Every name that a part gave, once; rows hold these numbers until the end. */
struct known {
    const char **name;
    size_t n, room;
};
struct facts_reading {
    struct arena *a;
    bool any;
    struct pool set[FACT_SETS];
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

/* `array` is a pointer to an array of n values: the same with room for so many. */
static bool widen(struct arena *a, void *array, size_t n, size_t room, size_t width)
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
            if (!widen(r->a, &k->name, k->n, room, sizeof *k->name))
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

/* The values of a column of a set; made when they are not there yet. */
static void *values_of(struct pool *s, uint64_t what, size_t at)
{
    return what == 0 ? (void *)&s->column[at] : what == 1 ? (void *)&s->code[at] : (void *)&s->marks;
}

static bool numbers_are_right(const struct facts_reading *r, const struct pool *s, uint64_t what, size_t at,
                              size_t n)
{
    for (size_t i = s->n; i < s->n + n; i++) {
        if (what == 0 && !fact_column_is_moment((enum fact_column)at)) {
            int64_t v = s->column[at][i], low = at == FACT_TIMES ? 0 : -NUMBER_MAX;
            if (v != INT64_MIN && (v < low || v > NUMBER_MAX))
                return false;
            if (at == FACT_TIMES && v == INT64_MIN)
                return false;
        }
        if (what == 1) {
            int32_t *v = &s->code[at][i];
            if (*v >= 0 && (size_t)*v >= r->names[at].n)
                return false;
            *v = *v >= 0 ? r->number[at][*v] : -1;
        }
        if (what == 2 && !r->same_marks)
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
    if (what == 0 && fact_column_find(name, strlen(name), &column))
        *ret_at = column;
    else if (what == 1 && fact_code_find(name, strlen(name), &which))
        *ret_at = which;
    else
        return what == 2;
    return true;
}

static bool read_column(struct facts_reading *r, struct pool *s, const struct block *b, size_t *at, size_t n)
{
    static const struct column *const kinds[] = { &moment, &code, &mark };
    struct block values = { .data = (const char *)b->data + *at + COLUMN_HEAD };
    char name[BLOCK_NAME];
    size_t which;

    if (b->len - *at < COLUMN_HEAD)
        return false;
    uint64_t what = part_number(b, *at, 4);
    memcpy(name, (const char *)b->data + *at + 4, sizeof name);
    values.len = part_number(b, *at + 4 + BLOCK_NAME, 8);
    *at += COLUMN_HEAD;
    if (what > 2 || name[BLOCK_NAME - 1] != '\0' || values.len > b->len - *at)
        return false;
    *at += values.len;
    if (!find_column(what, name, &which))
        return true;
    void **there = values_of(s, what, which);
    size_t width = column_width(kinds[what]);
    if (*there == NULL && s->any)
        return false; /* a part has the columns of the first one */
    if (*there == NULL && (*there = arena_array(r->a, s->room + 1, width)) == NULL)
        return false;
    return column_get(&values, kinds[what], NULL, n, (char *)*there + s->n * width) &&
           numbers_are_right(r, s, what, which, n);
}

static size_t columns_there(const struct pool *s)
{
    size_t n = s->marks != NULL;

    for (size_t i = 0; i < FACT_COLUMNS; i++)
        n += s->column[i] != NULL;
    for (size_t i = 0; i < FACT_CODES; i++)
        n += s->code[i] != NULL;
    return n;
}

static bool make_room(struct facts_reading *r, struct pool *s, size_t n)
{
    size_t room = s->any ? n + n / 2 : n;

    if (n <= s->room)
        return true;
    if (n > INT32_MAX)
        return false;
    for (size_t i = 0; i < FACT_COLUMNS; i++)
        if (s->column[i] != NULL && !widen(r->a, &s->column[i], s->n, room, sizeof **s->column))
            return false;
    for (size_t i = 0; i < FACT_CODES; i++)
        if (s->code[i] != NULL && !widen(r->a, &s->code[i], s->n, room, sizeof **s->code))
            return false;
    if (s->marks != NULL && !widen(r->a, &s->marks, s->n, room, sizeof *s->marks))
        return false;
    s->room = room;
    return true;
}

/* ── Splices ── */

/* How many rows come; false: they do not fit what is there. */
static bool count_coming(const struct pool *s, const struct block *b, size_t splices, size_t *ret_come)
{
    size_t end = 0, come = 0, gone = 0;

    for (size_t i = 0; i < splices; i++) {
        size_t at = part_number(b, SET_HEAD + i * SPLICE, 4),
               off = part_number(b, SET_HEAD + i * SPLICE + 4, 4);
        if (at < end || at > s->rows || off > s->rows - at)
            return false;
        end = at + off;
        gone += off;
        come += part_number(b, SET_HEAD + i * SPLICE + 8, 4);
    }
    *ret_come = come;
    return part_number(b, 8, 8) == s->rows - gone + come && come <= INT32_MAX;
}

/* Rows of the pool from s->n on come in their places. */
static bool splice(struct facts_reading *r, struct pool *s, const struct block *b, size_t splices)
{
    size_t rows = part_number(b, 8, 8), from = 0, to = 0, next = s->n;

    if (rows > s->order_room || s->spare == NULL) {
        size_t room = s->any ? rows + rows / 2 : rows;
        s->spare = arena_array(r->a, room + 1, sizeof *s->spare);
        if (s->spare == NULL || !widen(r->a, &s->order, s->rows, room, sizeof *s->order))
            return false;
        s->order_room = room;
    }
    uint32_t *order = s->spare;
    for (size_t i = 0; i < splices; i++) {
        size_t at = part_number(b, SET_HEAD + i * SPLICE, 4);
        while (from < at)
            order[to++] = s->order[from++];
        from += part_number(b, SET_HEAD + i * SPLICE + 4, 4);
        for (size_t come = part_number(b, SET_HEAD + i * SPLICE + 8, 4); come > 0; come--)
            order[to++] = (uint32_t)next++;
    }
    while (from < s->rows)
        order[to++] = s->order[from++];
    s->spare = s->order;
    s->order = order;
    s->rows = rows;
    return true;
}

static bool read_set(struct facts_reading *r, struct pool *s, const struct block *b)
{
    size_t come, at;

    if (b->len < SET_HEAD)
        return false;
    size_t splices = part_number(b, 16, 4), columns = part_number(b, 20, 4);
    if (splices > (b->len - SET_HEAD) / SPLICE || !count_coming(s, b, splices, &come) ||
        !make_room(r, s, s->n + come))
        return false;
    s->since = (int64_t)part_number(b, 0, 8);
    at = SET_HEAD + splices * SPLICE;
    size_t there = columns_there(s);
    for (size_t i = 0; i < columns; i++)
        if (!read_column(r, s, b, &at, come))
            return false;
    if (at != b->len || (s->any && columns < there) || !splice(r, s, b, splices))
        return false;
    s->n += come;
    s->any = true;
    return true;
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

static bool gather_codes(struct arena *a, const struct pool *s, const int32_t *from, const int32_t *last,
                         const int32_t **ret_code)
{
    int32_t *to = arena_array(a, s->rows + 1, sizeof *to);

    if (to == NULL)
        return false;
    for (size_t i = 0; i < s->rows; i++) {
        int32_t v = from[s->order[i]];
        to[i] = v >= 0 ? last[v] : -1;
        if (v >= 0 && to[i] < 0)
            return false;
    }
    *ret_code = to;
    return true;
}

/* The same values in the order of the rows; width 8. */
static bool gather(struct arena *a, const struct pool *s, const void *from, void *ret_values)
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

static bool show(struct arena *a, const struct pool *s, const int32_t *const last[FACT_CODES],
                 struct fact_rows *ret_rows)
{
    *ret_rows = (struct fact_rows){ .n = s->rows, .since = s->since };
    for (size_t i = 0; i < FACT_COLUMNS; i++)
        if (s->column[i] != NULL && !gather(a, s, s->column[i], &ret_rows->column[i]))
            return false;
    for (size_t i = 0; i < FACT_CODES; i++)
        if (s->code[i] != NULL && !gather_codes(a, s, s->code[i], last[i], &ret_rows->code[i]))
            return false;
    return s->marks == NULL || gather(a, s, s->marks, &ret_rows->marks);
}

/* The codes that a column of the extract has in the lists of the facts. */
static bool of_extract(struct arena *a, const struct extract_file *e, const int32_t *from, int names,
                       const struct names *list, const int32_t **ret_code)
{
    int32_t *to, *number;
    const struct names *own = names >= 0 ? &e->names[names] : NULL;
    size_t n = own != NULL ? own->n : list->n;

    if (from == NULL)
        return true;
    to = arena_array(a, e->x.n + 1, sizeof *to);
    number = arena_array(a, n + 1, sizeof *number);
    if (to == NULL || number == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t at = own == NULL ? i : 0;
        while (own != NULL && at < list->n && strcmp(list->name[at], own->name[i]) != 0)
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
        if (!show(r->a, &r->set[i], last, &f->set[i]))
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
