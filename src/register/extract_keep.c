// SPDX-License-Identifier: EUPL-1.2
#include "register/extract_keep.h"

#include "register/config.h"
#include "register/month_cell.h"
#include "store/file.h"

enum { PARTS_MAX = 100 }; /* more additions than this: written anew */

struct extract_file extract_file_of(const struct register_extract *x, const struct facts *facts)
{
    const struct dictionary *d[EXTRACT_NAMES] = {
        [NAMES_TEAM] = &x->team,   [NAMES_NEIGHBOURHOOD] = &x->neighbourhood, [NAMES_CHANNEL] = &x->channel,
        [NAMES_ROUTE] = &x->route, [NAMES_CATEGORY] = &x->category,           [NAMES_REASON] = &x->reason
    };
    struct extract_file e = {
        .x = x->x, .at = x->at, .events = x->events, .activities = x->activities, .facts = facts
    };

    for (int i = 0; i < EXTRACT_NAMES; i++)
        e.names[i] = (struct names){ d[i]->name, d[i]->n };
    return e;
}

/* All rows, with those of the month set as they are counted. */
static enum err put_whole(struct ctx *c, struct extract_file *e, struct buf *out)
{
    const struct config *k;
    struct month_rows rows;
    bool any;

    TRY(config_get(c, &k));
    if (!extract_file_settle(c->arena, e))
        return FAIL(E_NOMEM, "%s", "");
    TRY(month_cell_rows(c, e, k, &rows, &any));
    extract_file_put(e, any ? &rows : NULL, k->norm_days[URGENCY_NORMAL], out);
    return OK;
}

/* Finished parts, and the bytes of them. */
static size_t parts_of(const struct file_map *m, size_t *ret_len)
{
    const char *data = m->data;
    struct block_part p;
    size_t n = 0, at = 0;

    for (; at < m->len && block_read(data + at, m->len - at, true, &p); at += p.len)
        n++;
    *ret_len = at;
    return n;
}

/* What is new, for behind the old file of *ret_len bytes. */
static enum err put_changes(struct ctx *c, const struct file_map *m, struct extract_file *e, struct buf *out,
                            size_t *ret_len, struct extract_kept *ret)
{
    struct extract_changes changes;
    struct extract_file old;

    if (!extract_file_get(m->data, m->len, c->arena, &old))
        return FAIL(E_CORRUPT, "%s", _("This is no extract, or it is damaged."));
    if (!extract_file_recode(&old, c->arena, e))
        return FAIL(E_NOMEM, "%s", "");
    if (parts_of(m, ret_len) < PARTS_MAX && extract_file_put_changes(&old, e, c->arena, out, &changes))
        *ret = (struct extract_kept){ .rows = e->x.n,
                                      .changed = changes.news ? changes.requests : 0,
                                      .facts = changes.news ? changes.facts : 0,
                                      .bytes = *ret_len + out->len };
    return OK;
}

static size_t rows_of(const struct facts *f)
{
    size_t n = 0;

    for (size_t i = 0; f != NULL && i < FACT_SETS; i++)
        n += f->set[i].n;
    return n;
}

static enum err keep(struct ctx *c, const char *path, struct extract_file *e, struct buf *out, bool whole,
                     struct extract_kept *ret)
{
    struct file_map m = { NULL, 0 };
    size_t len = 0;
    enum err there = file_map(c, path, &m);

    if (there != OK && there != E_NOT_FOUND)
        return there;
    err_clear(c);
    *ret = (struct extract_kept){ .whole = true };
    enum err done = there == OK ? put_changes(c, &m, e, out, &len, ret) : OK;
    file_unmap(&m);
    if (done != OK)
        return done;
    if (!ret->whole && !whole)
        return out->len > 0 ? file_append(c, path, len, out) : OK;
    buf_clear(out);
    TRY(put_whole(c, e, out));
    TRY(file_write(c, path, out, false));
    *ret = (struct extract_kept){ e->x.n, e->x.n, rows_of(e->facts), out->len, true };
    return OK;
}

enum err extract_keep_put(struct ctx *c, const char *path, const struct extract_file *e, bool whole,
                          struct extract_kept *ret_kept)
{
    struct extract_file mine = *e;
    struct extract_kept kept;
    struct buf out = { 0 };
    enum err done = keep(c, path, &mine, &out, whole, &kept);

    buf_free(&out);
    if (done == OK)
        *ret_kept = kept;
    return done;
}

enum err extract_keep(struct ctx *c, const char *path, int64_t at, struct extract_kept *ret_kept)
{
    struct register_facts facts;

    TRY(facts_read(c, at, &facts));
    const struct extract_file e = extract_file_of(&facts.x, &facts.f);
    return extract_keep_put(c, path, &e, false, ret_kept);
}
