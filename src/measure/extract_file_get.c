// SPDX-License-Identifier: EUPL-1.2
/* Reading: nothing in a file is taken for granted. */
#include "measure/extract_column.h"
#include "measure/extract_facts.h"
#include "measure/extract_part.h"

#include <string.h>

#define MOMENT_MAX (INT64_C(1) << 40)

/* What has been read up to now. Contacts lie in the order in which parts brought them. */
struct reading {
    struct arena *a;
    struct extract_file e;
    size_t parts, room; /* rows that the columns hold */
    void *column[EXTRACT_COLUMNS - 1];
    int64_t *contact;
    size_t contacts, contact_room;
    size_t *contact_at; /* by row */
    int32_t *contact_n;
    bool has_contacts;
    struct facts_reading *facts;
};

static bool read_names(struct reading *r, const struct block_part *p)
{
    struct names names;

    for (int k = 0; k < EXTRACT_NAMES; k++) {
        if (!part_names_get(p, extract_names_block[k], r->a, &names) || names.n < r->e.names[k].n)
            return false;
        r->e.names[k] = names;
    }
    return true;
}

/* Which rows a later part is about: in order, and all that are new. */
static bool read_list(struct reading *r, const struct block_part *p, size_t total, size_t n,
                      const uint32_t **ret_row)
{
    const struct block *b = block_find(p, "row");
    uint32_t *row = arena_array(r->a, n + 1, sizeof *row);
    size_t fresh = 0;

    if (b == NULL || row == NULL || n > total || b->len != n * 4)
        return false;
    for (size_t i = 0; i < n; i++) {
        row[i] = (uint32_t)part_number(b, i * 4, 4);
        if (row[i] >= total || (i > 0 && row[i] <= row[i - 1]))
            return false;
        fresh += row[i] >= r->e.x.n;
    }
    *ret_row = row;
    return fresh == total - r->e.x.n;
}

/* Room for `room` rows; what was there is kept. */
static bool grow(struct reading *r, size_t room)
{
    size_t n = r->e.x.n;

    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        size_t width = column_width(&extract_column[k]);
        void *more = r->parts == 0 || r->column[k] != NULL ? arena_array(r->a, room + 1, width) : NULL;
        if (more == NULL && (r->parts == 0 || r->column[k] != NULL))
            return false;
        if (more != NULL && n > 0)
            memcpy(more, r->column[k], n * width);
        r->column[k] = more;
    }
    size_t *at = arena_array(r->a, room + 1, sizeof *at);
    int32_t *many = arena_array(r->a, room + 1, sizeof *many);
    if (at == NULL || many == NULL)
        return false;
    if (n > 0) {
        memcpy(at, r->contact_at, n * sizeof *at);
        memcpy(many, r->contact_n, n * sizeof *many);
    }
    r->contact_at = at;
    r->contact_n = many;
    r->room = room;
    return true;
}

/* The same for contacts. */
static bool grow_contacts(struct reading *r, size_t more)
{
    if (r->contacts + more <= r->contact_room)
        return true;
    size_t room = (r->contacts + more) * 3 / 2 + 1;
    int64_t *contact = arena_array(r->a, room, sizeof *contact);
    if (contact == NULL)
        return false;
    if (r->contacts > 0)
        memcpy(contact, r->contact, r->contacts * sizeof *contact);
    r->contact = contact;
    r->contact_room = room;
    return true;
}

static bool read_columns(struct reading *r, const struct block_part *p, bool first, const uint32_t *row,
                         size_t n)
{
    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct block *b = block_find(p, extract_column[k].name);
        if (first && b == NULL)
            r->column[k] = NULL;
        if ((b != NULL) != (r->column[k] != NULL))
            return false; /* a part has the columns of the first one */
        if (b != NULL && !column_get(b, &extract_column[k], row, n, r->column[k]))
            return false;
    }
    return r->column[0] != NULL;
}

static bool read_contacts(struct reading *r, const struct block_part *p, const uint32_t *row, size_t n)
{
    static const struct column count = { "contacts", COLUMN_CODE, 0, -1 };
    static const struct column time = { "contact", COLUMN_TIME, 0, -1 };
    const struct block *counts = block_find(p, count.name), *times = block_find(p, time.name);
    size_t sum = 0, at = r->contacts;

    r->has_contacts = r->parts == 0 ? counts != NULL : r->has_contacts;
    if ((counts != NULL) != r->has_contacts || (times != NULL) != (counts != NULL))
        return false;
    if (counts == NULL)
        return true;
    if (!column_get(counts, &count, row, n, r->contact_n))
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t to = row != NULL ? row[i] : i;
        if (r->contact_n[to] < 0 || r->contact_n[to] > 1000000)
            return false;
        r->contact_at[to] = at + sum;
        sum += (size_t)r->contact_n[to];
    }
    if (!grow_contacts(r, sum) || (sum > 0 && !column_get(times, &time, NULL, sum, r->contact + at)))
        return false;
    r->contacts = at + sum;
    return true;
}

static bool read_part(struct reading *r, const struct block_part *p)
{
    const struct block *info = block_find(p, "info");
    bool first = r->parts == 0;
    const uint32_t *row = NULL;

    if (info == NULL || info->len != 40)
        return false;
    size_t total = part_number(info, 24, 8), n = part_number(info, 32, 8);
    if (total > INT32_MAX || total < r->e.x.n || (first && n != total) || !read_names(r, p))
        return false;
    if (!first && !read_list(r, p, total, n, &row))
        return false;
    if ((first || total > r->room) && !grow(r, first ? total : total * 3 / 2))
        return false;
    if (!read_columns(r, p, first, row, n) || !read_contacts(r, p, row, n) ||
        !extract_facts_part(r->facts, p, first))
        return false;
    r->e.at = (int64_t)part_number(info, 0, 8);
    if (r->e.at < -MOMENT_MAX || r->e.at > MOMENT_MAX)
        return false;
    r->e.events = (int64_t)part_number(info, 8, 8);
    r->e.activities = (int64_t)part_number(info, 16, 8);
    r->e.x.n = total;
    r->parts++;
    return true;
}

/* Every code has a name, every request was received. */
static bool is_right(const struct reading *r)
{
    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct column *c = &extract_column[k];
        if (r->column[k] == NULL)
            continue;
        for (size_t i = 0; i < r->e.x.n; i++) {
            int64_t v = column_value(r->column[k], c, i);
            if (k == 0 && v == INT64_MIN)
                return false;
            if (c->kind == COLUMN_CODE && v >= (c->names >= 0 ? (int64_t)r->e.names[c->names].n : 64))
                return false;
        }
    }
    return true;
}

/* Contacts in the order of the rows. */
static bool order_contacts(struct reading *r)
{
    size_t n = r->e.x.n, sum = 0;

    if (!r->has_contacts)
        return true;
    size_t *from = arena_array(r->a, n + 2, sizeof *from);
    for (size_t i = 0; i < n; i++)
        sum += (size_t)r->contact_n[i];
    int64_t *contact = arena_array(r->a, sum + 1, sizeof *contact);
    if (from == NULL || contact == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        from[i + 1] = from[i] + (size_t)r->contact_n[i];
        if (r->contact_n[i] > 0)
            memcpy(contact + from[i], r->contact + r->contact_at[i],
                   (size_t)r->contact_n[i] * sizeof *contact);
    }
    r->e.x.contact = contact;
    r->e.x.contact_from = from;
    return true;
}

/* An addition whose beginning was not written yet. */
static bool is_unfinished(const char *data, size_t len)
{
    enum { BEGINNING = 64 };

    for (size_t i = 0; i < len && i < BEGINNING; i++)
        if (data[i] != 0)
            return false;
    return true;
}

bool extract_file_get(const void *data, size_t len, struct arena *a, struct extract_file *ret_extract)
{
    const char *d = data;
    struct reading r = { .a = a, .facts = extract_facts_begin(a) };
    struct block_part p;
    size_t at = 0;

    if (r.facts == NULL)
        return false;
    while (at < len && !(at > 0 && is_unfinished(d + at, len - at))) {
        if (!block_read(d + at, len - at, false, &p) || strcmp(p.kind, "peil extract") != 0 ||
            !read_part(&r, &p))
            return false;
        at += p.len;
    }
    if (at == 0 || !is_right(&r) || !order_contacts(&r))
        return false;
    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++)
        column_set(&r.e.x, &extract_column[k], r.column[k]);
    if (!extract_facts_end(r.facts, &r.e))
        return false;
    *ret_extract = r.e;
    return true;
}

static bool read_frame(const struct block *b, struct month_frame *f)
{
    if (b == NULL || b->len < 16)
        return false;
    int32_t first = (int32_t)part_number(b, 0, 4), last = (int32_t)part_number(b, 4, 4),
            cells = (int32_t)part_number(b, 8, 4);
    if (first < -400000 || last > 1000000 || cells > 1000000 || !month_frame_init(f, first, last, cells) ||
        f->first[0] != first)
        return false;
    size_t days = (size_t)(f->first[f->months] - f->first[0]);
    if (b->len != 16 + 2 * days)
        return false;
    for (size_t day = 0; day < days; day++) {
        f->limit[day] = (uint16_t)part_number(b, 16 + 2 * day, 2);
        if (f->limit[day] > MONTH_WAIT_MAX)
            return false;
    }
    return true;
}

static bool rows_are_right(const struct month_rows *rows, size_t n)
{
    size_t groups = (size_t)rows->frame->months * (size_t)rows->frame->cells;

    if (rows->from[0] != 0 || rows->from[groups] != n)
        return false;
    for (size_t g = 0; g < groups; g++) {
        if (rows->from[g] > rows->from[g + 1] || rows->from[g + 1] > n)
            return false;
        for (size_t i = rows->from[g]; i < rows->from[g + 1]; i++)
            if (!month_row_valid(rows->frame, (uint32_t)g,
                                 (const uint16_t[2]){ rows->outcome[i], rows->rest[i] }))
                return false;
    }
    return true;
}

bool extract_file_rows(const void *data, size_t len, struct month_frame *ret_frame,
                       struct month_rows *ret_rows)
{
    struct block_part p;

    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || !block_read(data, len, false, &p) || p.len != len)
        return false;
    const struct block *from = block_find(&p, "month.from"), *outcome = block_find(&p, "month.outcome"),
                       *rest = block_find(&p, "month.rest");
    if (from == NULL || outcome == NULL || rest == NULL ||
        !read_frame(block_find(&p, "month.frame"), ret_frame))
        return false;
    size_t groups = (size_t)ret_frame->months * (size_t)ret_frame->cells, n = outcome->len / 2;
    if (from->len != (groups + 1) * sizeof(uint32_t) || outcome->len != n * 2 || rest->len != n * 2)
        return false;
    *ret_rows = (struct month_rows){ ret_frame, outcome->data, rest->data, from->data };
    return rows_are_right(ret_rows, n);
}
