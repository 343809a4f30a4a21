// SPDX-License-Identifier: EUPL-1.2
#include "register/extract_live.h"

#include "base/sort.h"
#include "measure/extract_column.h"
#include "register/config.h"
#include "register/extract_core.h"
#include "register/extract_follow.h"
#include "register/facts_pack.h"
#include "register/right.h"
#include "store/sql.h"

#include <string.h>

#define MEMORY ((size_t)4 << 30)
enum {
    COLUMNS = EXTRACT_COLUMNS - 1,
    FEW = 1000 /* more news than this and a quarter: everything is read */
};

/* The contacts of a row within those of all; more than there is room for go behind all others. */
struct span {
    size_t at, n, room;
};
struct extract_live {
    struct arena self;    /* holds this struct */
    struct arena memory;  /* of the rows */
    struct arena shown;   /* of what is made from them at each update */
    bool there;           /* false: read everything */
    bool facts;           /* of each request are kept too */
    uint64_t fingerprint; /* of the configuration, which holds the names */
    size_t n, room;
    void *column[COLUMNS]; /* as read: joined requests stand apart, pauses that run are not counted */
    int64_t *id, *merged, *paused_since, *version, *counted;
    struct span *span;
    uint8_t *touched, *joined; /* joined: stood for another row, or behind one, at the last update */
    int64_t *contact;
    size_t contacts, contact_room;
    struct dictionary name[EXTRACT_NAMES], activity;
    int64_t events;
    struct register_extract x;
    int64_t *paused; /* of x */
    struct facts_packs packs;
    int64_t facts_at; /* the moment of those that run */
    uint64_t law;     /* of the settings that legal terms of old are counted with */
};

struct extract_live *extract_live_make(void)
{
    struct extract_live *l;
    struct arena self;

    arena_init(&self, 1 << 16);
    l = arena_alloc(&self, sizeof *l);
    if (l == NULL)
        return NULL;
    l->self = self;
    arena_init(&l->memory, MEMORY);
    arena_init(&l->shown, MEMORY);
    return l;
}

static void forget(struct extract_live *l)
{
    struct arena self = l->self;
    bool facts = l->facts;

    arena_free(&l->memory);
    arena_free(&l->shown);
    memset(l, 0, sizeof *l);
    l->self = self;
    l->facts = facts;
    arena_init(&l->memory, MEMORY);
    arena_init(&l->shown, MEMORY);
}

void extract_live_free(struct extract_live *l)
{
    if (l == NULL)
        return;
    forget(l);
    struct arena self = l->self;
    arena_free(&self);
}

void extract_live_keep_facts(struct extract_live *l)
{
    l->facts = true;
    l->there = false;
}

const struct facts_packs *extract_live_facts(const struct extract_live *l)
{
    return l->facts ? &l->packs : NULL;
}

const struct register_extract *extract_live_get(const struct extract_live *l)
{
    return &l->x;
}

bool extract_live_touched(const struct extract_live *l, size_t row)
{
    return l->touched[row] != 0;
}

/* ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────── */

static enum err make_room(struct ctx *c, struct extract_live *l, size_t room)
{
    int64_t **wide[] = { &l->id, &l->merged, &l->paused_since, &l->version, &l->counted };

    if (room <= l->room)
        return OK;
    room = room + room / 4 + 256;
    for (size_t k = 0; k < COLUMNS; k++)
        TRY(extract_wider(c, &l->column[k], l->n, room, column_width(&extract_column[k])));
    for (size_t k = 0; k < COUNT(wide); k++)
        TRY(extract_wider(c, wide[k], l->n, room, sizeof **wide[k]));
    TRY(extract_wider(c, &l->span, l->n, room, sizeof *l->span));
    TRY(extract_wider(c, &l->touched, l->n, room, sizeof *l->touched));
    TRY(extract_wider(c, &l->joined, l->n, room, sizeof *l->joined));
    if (l->facts)
        TRY(facts_packs_widen(c, &l->packs, l->n, room));
    l->room = room;
    return OK;
}

static enum err put_contacts(struct ctx *c, struct extract_live *l, size_t row, const struct extract *x,
                             size_t at)
{
    size_t from = x->contact_from[at], n = x->contact_from[at + 1] - from;
    struct span *s = &l->span[row];

    if (n > s->room) {
        if (l->contacts + n > l->contact_room) {
            size_t room = (l->contacts + n) * 2 + 1024;
            TRY(extract_wider(c, &l->contact, l->contacts, room, sizeof *l->contact));
            l->contact_room = room;
        }
        *s = (struct span){ l->contacts, 0, n };
        l->contacts += n;
    }
    s->n = n;
    if (n > 0)
        memcpy(l->contact + s->at, x->contact + from, n * sizeof *x->contact);
    return OK;
}

/* Codes of what was read as codes of what stands here, by their names. */
static enum err codes_of(struct ctx *c, struct extract_live *l, const struct register_extract *x,
                         int32_t *ret_code[EXTRACT_NAMES])
{
    const struct dictionary *d[EXTRACT_NAMES] = {
        [NAMES_TEAM] = &x->team,   [NAMES_NEIGHBOURHOOD] = &x->neighbourhood, [NAMES_CHANNEL] = &x->channel,
        [NAMES_ROUTE] = &x->route, [NAMES_CATEGORY] = &x->category,           [NAMES_REASON] = &x->reason
    };

    for (size_t k = 0; k < EXTRACT_NAMES; k++) {
        TRY(ctx_alloc(c, d[k]->n + 1, sizeof *ret_code[k], (void *)&ret_code[k]));
        for (size_t i = 0; i < d[k]->n; i++)
            TRY(dictionary_code(c, &l->name[k], d[k]->name[i], &ret_code[k][i]));
    }
    return OK;
}

static enum err put_row(struct ctx *c, struct extract_live *l, const struct extract_raw *raw, size_t at,
                        int32_t *const code[EXTRACT_NAMES])
{
    const struct extract *x = &raw->x->x;
    size_t row = sort_place(l->id, l->n, raw->x->id[at]);

    if (row < l->n && l->id[row] != raw->x->id[at])
        return FAIL(E_CONFLICT, "%s", _("The register is busy. Please try again.")); /* belongs in between */
    if (row == l->n) {
        l->n++;
        l->counted[row] = 0;
        l->joined[row] = 0;
    }
    for (size_t k = 0; k < COLUMNS; k++) {
        const struct column *column = &extract_column[k];
        int64_t v = column_value(column_of(x, column), column, at);
        if (column->names >= 0 && v >= 0)
            v = code[column->names][v];
        if (column->offset == offsetof(struct extract, paused) && raw->paused_since[at] != TIME_NONE)
            v -= raw->x->at - raw->paused_since[at];
        column_put_value(l->column[k], column, row, v);
    }
    l->id[row] = raw->x->id[at];
    l->merged[row] = raw->merged[at];
    l->paused_since[row] = raw->paused_since[at];
    l->version[row] = raw->version[at];
    l->events += raw->counted[at] - l->counted[row];
    l->counted[row] = raw->counted[at];
    l->touched[row] = 1;
    return put_contacts(c, l, row, x, at);
}

static enum err put(struct ctx *c, struct extract_live *l, const struct extract_raw *raw,
                    const struct facts_packs *packs)
{
    int32_t *code[EXTRACT_NAMES], activity;

    TRY(make_room(c, l, l->n + raw->x->x.n));
    TRY(codes_of(c, l, raw->x, code));
    for (size_t i = 0; i < raw->activity.n; i++)
        TRY(dictionary_code(c, &l->activity, raw->activity.name[i], &activity));
    for (size_t i = 0; i < raw->x->x.n; i++)
        TRY(put_row(c, l, raw, i, code));
    for (size_t i = 0; i < raw->x->x.n && l->facts; i++)
        TRY(facts_packs_put(c, &l->packs, sort_place(l->id, l->n, raw->x->id[i]), packs, i));
    return OK;
}

/* Reads these requests (NULL: all) and puts them in their place. */
static enum err take(struct ctx *c, struct extract_live *l, const int64_t *id, size_t n)
{
    struct register_extract x;
    struct extract_raw raw = { .x = &x };
    struct extract_wish w = { .at = c->now, .known = c->now, .id = id, .n = n };
    struct arena *kept = c->arena;
    struct facts_packs packs = { 0 };

    TRY(l->facts ? facts_pack_read(c, &w, &raw, &packs) : extract_raw_read_helped(c, &w, &raw));
    c->arena = &l->memory;
    enum err e = put(c, l, &raw, &packs);
    c->arena = kept;
    return e;
}

/* ── What has news ────────────────────────────────────────────────────────────────────────────────────── */

struct looking {
    const struct extract_live *l;
    size_t at; /* the row that comes next */
    int64_t *id;
    size_t n, room;
    bool whole; /* rows do not follow each other as they did */
    bool runs;  /* facts that run are news too */
};

static enum err look(struct ctx *c, void *arg, const struct sql_extract_versions_row *r)
{
    struct looking *k = arg;
    const struct extract_live *l = k->l;

    if (k->at < l->n && l->id[k->at] != r->request)
        k->whole = true;
    bool known = k->at < l->n && l->version[k->at] == r->version;
    if (k->whole || (known && !(k->runs && l->packs.runs[k->at] != 0))) {
        k->at++;
        return OK;
    }
    k->at += k->at < l->n;
    if (k->n == k->room) {
        k->room = k->room * 2 + 256;
        TRY(extract_wider(c, &k->id, k->n, k->room, sizeof *k->id));
    }
    k->id[k->n++] = r->request;
    return OK;
}

/* ── What is shown ────────────────────────────────────────────────────────────────────────────────────── */

/* A copy of a column, because joined requests change it. */
static enum err own_column(struct ctx *c, struct extract_live *l, size_t offset, void *ret)
{
    for (size_t k = 0; k < COLUMNS; k++) {
        const struct column *column = &extract_column[k];
        void *copy;
        if (column->offset != offset)
            continue;
        TRY(ctx_alloc(c, l->n + 1, column_width(column), &copy));
        if (l->n > 0)
            memcpy(copy, l->column[k], l->n * column_width(column));
        column_set(&l->x.x, column, copy);
        memcpy(ret, &copy, sizeof copy);
    }
    return OK;
}

static void show_pauses(struct extract_live *l, int64_t at)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->paused_since[i] != TIME_NONE)
            l->paused[i] += at - l->x.at;
    l->x.at = at;
}

static enum err show_contacts(struct ctx *c, struct extract_live *l, struct follow *f)
{
    size_t sum = 0;

    for (size_t i = 0; i < l->n; i++)
        sum += l->span[i].n;
    TRY(ctx_alloc(c, sum + 1, sizeof *f->contact, (void *)&f->contact));
    TRY(ctx_alloc(c, l->n + 2, sizeof *f->contact_from, (void *)&f->contact_from));
    for (size_t i = 0; i < l->n; i++) {
        const struct span *s = &l->span[i];
        if (s->n > 0)
            memcpy(f->contact + f->contact_from[i], l->contact + s->at, s->n * sizeof *l->contact);
        f->contact_from[i + 1] = f->contact_from[i] + s->n;
    }
    return OK;
}

/* Rows that stand for others, or behind one, now or before. */
static void touch_joined(struct extract_live *l, const struct follow *f)
{
    for (size_t i = 0; i < l->n; i++) {
        l->touched[i] |= l->joined[i];
        l->joined[i] = 0;
    }
    for (size_t i = 0; i < l->n; i++) {
        size_t top = l->merged[i] != INT_NONE ? extract_follow_top(f, i) : i;
        if (top == i)
            continue;
        l->joined[i] = l->joined[top] = 1;
        l->touched[i] = l->touched[top] = 1;
    }
}

static enum err show(struct ctx *c, struct extract_live *l, int64_t at)
{
    struct follow f = { .n = l->n, .id = l->id, .merged = l->merged };
    const struct dictionary *d = l->name;

    l->x = (struct register_extract){ .x = { .n = l->n },
                                      .id = l->id,
                                      .team = d[NAMES_TEAM],
                                      .neighbourhood = d[NAMES_NEIGHBOURHOOD],
                                      .channel = d[NAMES_CHANNEL],
                                      .route = d[NAMES_ROUTE],
                                      .category = d[NAMES_CATEGORY],
                                      .reason = d[NAMES_REASON],
                                      .events = l->events,
                                      .activities = (int64_t)l->activity.n };
    for (size_t k = 0; k < COLUMNS; k++)
        column_set(&l->x.x, &extract_column[k], l->column[k]);
    TRY(own_column(c, l, offsetof(struct extract, received), &f.received));
    TRY(own_column(c, l, offsetof(struct extract, started), &f.started));
    TRY(own_column(c, l, offsetof(struct extract, first_event), &f.first));
    TRY(own_column(c, l, offsetof(struct extract, last_event), &f.last));
    TRY(own_column(c, l, offsetof(struct extract, last_reached), &f.reached));
    TRY(own_column(c, l, offsetof(struct extract, flags), &f.flags));
    TRY(own_column(c, l, offsetof(struct extract, paused), &l->paused));
    TRY(show_contacts(c, l, &f));
    touch_joined(l, &f);
    TRY(extract_follow(c, &f));
    l->x.x.contact = f.contact;
    l->x.x.contact_from = f.contact_from;
    for (size_t i = 0; i < l->n; i++)
        if (l->paused_since[i] != TIME_NONE)
            l->paused[i] += at - l->paused_since[i];
    l->x.at = at;
    return OK;
}

static enum err show_again(struct ctx *c, struct extract_live *l)
{
    struct arena *kept = c->arena;

    arena_free(&l->shown);
    arena_init(&l->shown, MEMORY);
    c->arena = &l->shown;
    enum err e = show(c, l, c->now);
    c->arena = kept;
    return e;
}

/* Settings of the law that begin on a day change terms that have ended too. */
static enum err law_mark(struct ctx *c, uint64_t *ret_mark)
{
    uint64_t mark = 14695981039346656037u; /* FNV-1a */
    struct law_options o;

    TRY(law_options_get(c, &o));
    for (size_t i = 0; i < o.changes; i++) {
        for (const char *p = o.change[i].name; *p != '\0'; p++)
            mark = (mark ^ (unsigned char)*p) * 1099511628211u;
        mark = (mark ^ (uint32_t)o.change[i].from) * 1099511628211u;
        mark = (mark ^ (uint32_t)o.change[i].value) * 1099511628211u;
    }
    *ret_mark = mark;
    return OK;
}

/* ── Update ───────────────────────────────────────────────────────────────────────────────────────────── */

static enum err update(struct ctx *c, struct extract_live *l, bool facts, struct extract_news *ret)
{
    struct looking k = { .l = l, .runs = facts && l->facts && c->now != l->facts_at };
    const struct config *config;
    uint64_t law = 0;

    TRY(config_get(c, &config));
    if (l->facts)
        TRY(law_mark(c, &law));
    k.whole = !l->there || l->fingerprint != config->fingerprint || c->now < l->x.at || l->law != law;
    if (!k.whole) {
        TRY(sql_extract_versions_each(c, look, &k));
        k.whole |= k.at < l->n || k.n > FEW + l->n / 4;
    }
    *ret = (struct extract_news){ k.n, k.whole };
    if (k.whole) {
        forget(l);
        l->fingerprint = config->fingerprint;
        l->law = law;
        TRY(take(c, l, NULL, 0));
        ret->changed = l->n;
    } else {
        memset(l->touched, 0, l->n);
        if (k.n == 0) {
            l->facts_at = facts ? c->now : l->facts_at;
            show_pauses(l, c->now);
            return OK;
        }
        TRY(take(c, l, k.id, k.n));
    }
    if (k.whole || facts)
        l->facts_at = c->now;
    return show_again(c, l);
}

static enum err update_within(struct ctx *c, struct extract_live *l, bool facts,
                              struct extract_news *ret_news)
{
    struct arena scratch, *kept = c->arena;
    struct extract_news news = { 0, false };

    TRY(may(c, RIGHT_FIGURES));
    arena_init(&scratch, MEMORY);
    c->arena = &scratch;
    enum err e = update(c, l, facts, &news);
    c->arena = kept;
    l->there = e == OK;
    arena_free(&scratch);
    if (e == OK)
        *ret_news = news;
    return e;
}

enum err extract_live_update(struct ctx *c, struct extract_live *l, struct extract_news *ret_news)
{
    return update_within(c, l, false, ret_news);
}

enum err extract_live_update_facts(struct ctx *c, struct extract_live *l, struct extract_news *ret_news)
{
    return update_within(c, l, true, ret_news);
}
