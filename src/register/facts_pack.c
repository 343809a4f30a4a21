// SPDX-License-Identifier: EUPL-1.2
#include "register/facts_pack.h"

#include "register/facts_request.h"
#include "register/state.h"

#include <string.h>

/* The sets that the events of a request fill, beside its own row. */
static const enum fact_set happened[] = { FACT_SILENCE,     FACT_WORSE, FACT_WINDOW,
                                          FACT_APPOINTMENT, FACT_LEVEL, FACT_LINE,
                                          FACT_APPLICATION, FACT_GOAL,  FACT_AREA };
/* The row of the request, or who asked: filled in when all requests are there. */
#define LATER FACT_C(WHO)
enum { BITS = 7, MORE = 1 << BITS, NUMBER_MAX = 10 /* bytes */, LATER_DAYS = 400 };

struct packing {
    struct fact_filling g; /* one request at a time */
    struct fact_side *side;
    struct facts_packs p;
};

/* ── Bytes ── */

static enum err need(struct ctx *c, struct facts_packs *p, size_t n)
{
    if (p->n + n <= p->room)
        return OK;
    size_t room = (p->n + n) * 2 + 4096;
    TRY(extract_wider(c, &p->byte, p->n, room, 1));
    p->room = room;
    return OK;
}

static void put(struct facts_packs *p, uint64_t v)
{
    for (; v >= MORE; v >>= BITS)
        p->byte[p->n++] = (unsigned char)(v | MORE);
    p->byte[p->n++] = (unsigned char)v;
}

static uint64_t get(const unsigned char **at)
{
    uint64_t v = 0;

    for (unsigned shift = 0;; shift += BITS) {
        unsigned char b = *(*at)++;
        v |= (uint64_t)(b & (MORE - 1)) << shift;
        if (b < MORE)
            return v;
    }
}

/* Small differences, up or down, in few bytes. */
static uint64_t folded(uint64_t difference)
{
    return difference << 1 ^ (uint64_t)(-(int64_t)(difference >> 63));
}

static uint64_t unfolded(uint64_t v)
{
    return v >> 1 ^ (uint64_t)(-(int64_t)(v & 1));
}

/* ── Rows ── */

static uint64_t known_columns(const struct fact_table *t, size_t row)
{
    uint64_t columns = 0;

    for (size_t i = 0; i < FACT_COLUMNS; i++)
        if ((t->columns & ~LATER) >> i & 1 && t->column[i][row] != INT_NONE)
            columns |= UINT64_C(1) << i;
    return columns;
}

/* Which columns are known, each as its difference with the one before; marks; and the name of the kind. */
static enum err put_row(struct ctx *c, struct packing *k, const struct fact_table *t, size_t row)
{
    struct facts_packs *p = &k->p;
    uint64_t columns = known_columns(t, row), before = 0;
    int32_t code = (t->codes & FACT_K(KIND)) != 0 ? t->code[FACT_KIND][row] : -1;
    const char *kind = code >= 0 ? k->g.kind.name[code] : "";
    size_t len = strlen(kind);

    TRY(need(c, p, (FACT_COLUMNS + 3) * NUMBER_MAX + len + 1));
    put(p, columns);
    for (size_t i = 0; i < FACT_COLUMNS; i++) {
        if ((columns >> i & 1) == 0)
            continue;
        uint64_t v = (uint64_t)t->column[i][row];
        put(p, folded(v - before));
        before = v;
    }
    put(p, t->marks[row]);
    put(p, len);
    if (len == 0)
        return OK;
    memcpy(p->byte + p->n, kind, len + 1);
    p->n += len + 1;
    return OK;
}

static enum err get_row(struct ctx *c, struct fact_filling *g, struct fact_table *t, size_t row,
                        const unsigned char **at)
{
    uint64_t before = 0;

    for (uint64_t columns = get(at); columns != 0; columns &= columns - 1) {
        before += unfolded(get(at));
        t->column[__builtin_ctzll(columns)][row] = (int64_t)before;
    }
    t->marks[row] = get(at);
    size_t len = (size_t)get(at);
    if (len == 0)
        return OK;
    TRY(dictionary_code(c, &g->kind, (const char *)*at, &t->code[FACT_KIND][row]));
    *at += len + 1;
    return OK;
}

/* ── Packing ── */

/* Nothing of the request before it. */
static enum err empty(struct ctx *c, struct packing *k)
{
    size_t row;

    k->g.set[FACT_REQUEST].n = 0;
    for (size_t i = 0; i < COUNT(happened); i++)
        k->g.set[happened[i]].n = 0;
    return fact_table_add(c, &k->g.set[FACT_REQUEST], &row);
}

static enum err begin(struct ctx *c, void *arg, size_t requests, struct register_extract *x)
{
    struct packing *k = arg;

    k->g.x = x;
    TRY(facts_packs_widen(c, &k->p, 0, requests));
    return facts_request_begin(c, &k->g, 1);
}

/* The last days for deciding on the applications of this request, as the facts have them. */
static size_t terms(const struct packing *k, int64_t due[APPLICATIONS_MAX])
{
    const struct fact_table *t = &k->g.set[FACT_APPLICATION];

    for (size_t i = 0; i < t->n && i < APPLICATIONS_MAX; i++)
        due[i] = t->column[FACT_DUE][i];
    return t->n;
}

/* Does a term have another last day when it is looked at later? It only moves one way, so a pause that ends
 * in between is seen. The row of the request is played a second time. */
static enum err term_runs(struct ctx *c, struct packing *k, const struct extract_hook_row *r,
                          const struct fact_side *before, uint8_t *ret_runs)
{
    int64_t now[APPLICATIONS_MAX], later[APPLICATIONS_MAX], at = k->g.at;
    struct side_list *list[] = { &k->side->line, &k->side->plan, &k->side->closing,
                                 &k->side->goal, &k->side->area, &k->side->carer };
    const struct side_list *old[] = { &before->line, &before->plan, &before->closing,
                                      &before->goal, &before->area, &before->carer };
    size_t n = terms(k, now);

    if (n == 0)
        return OK;
    for (size_t i = 0; i < COUNT(list); i++)
        list[i]->at = old[i]->at;
    TRY(empty(c, k));
    k->g.at = at + LATER_DAYS * SECONDS_A_DAY;
    enum err e = facts_request_put(c, &k->g, k->side, r);
    k->g.at = at;
    if (e == OK && (terms(k, later) != n || memcmp(now, later, n * sizeof *now) != 0))
        *ret_runs = 1;
    return e;
}

/* Who waits, an appointment to come and a term that runs are other facts tomorrow. */
static uint8_t runs(const struct fact_filling *g, const struct extract_hook_row *r)
{
    bool yes = r->now->left_at == TIME_NONE;

    for (size_t i = 0; i < r->events && !yes; i++) {
        const struct event *e = &r->event[i];
        yes = e->kind == KIND_APPOINTMENT && e->until != TIME_NONE && e->until > g->at;
    }
    return yes;
}

static enum err pack(struct ctx *c, void *arg, const struct extract_hook_row *r)
{
    struct packing *k = arg;
    const struct fact_side before = *k->side;
    struct extract_hook_row one = *r;
    size_t from = k->p.n;

    one.row = 0;
    TRY(empty(c, k));
    TRY(facts_request_put(c, &k->g, k->side, &one));
    TRY(put_row(c, k, &k->g.set[FACT_REQUEST], 0));
    for (size_t i = 0; i < COUNT(happened); i++) {
        const struct fact_table *t = &k->g.set[happened[i]];
        TRY(need(c, &k->p, NUMBER_MAX));
        put(&k->p, t->n);
        for (size_t row = 0; row < t->n; row++)
            TRY(put_row(c, k, t, row));
    }
    k->p.span[r->row] = (struct pack_span){ from, k->p.n - from, k->p.n - from };
    k->p.runs[r->row] = runs(&k->g, r);
    return k->p.runs[r->row] != 0 ? OK : term_runs(c, k, &one, &before, &k->p.runs[r->row]);
}

enum err facts_pack_read(struct ctx *c, const struct extract_wish *w, struct extract_raw *ret_raw,
                         struct facts_packs *ret_packs)
{
    struct arena *kept = c->arena, side;
    struct extract_wish packed = *w;
    struct packing *k;

    TRY(ctx_alloc(c, 1, sizeof *k, (void *)&k));
    TRY(config_get(c, &k->g.config));
    TRY(law_options_get(c, &k->g.law));
    k->g.at = w->at;
    arena_init(&side, kept->ceiling); /* given back when it was read */
    c->arena = &side;
    enum err e = w->id == NULL ? facts_side_read(c, &k->side) : facts_side_read_of(c, w->id, w->n, &k->side);
    c->arena = kept;
    const struct extract_hook hook = { begin, pack, k };
    packed.hook = &hook;
    if (e == OK)
        e = extract_raw_read(c, &packed, ret_raw);
    arena_free(&side);
    *ret_packs = k->p;
    return e;
}

/* ── Kept ── */

enum err facts_packs_widen(struct ctx *c, struct facts_packs *p, size_t n, size_t rows)
{
    TRY(extract_wider(c, &p->span, n, rows, sizeof *p->span));
    TRY(extract_wider(c, &p->runs, n, rows, sizeof *p->runs));
    for (size_t i = n; i <= rows; i++) {
        p->span[i] = (struct pack_span){ 0, 0, 0 };
        p->runs[i] = 0;
    }
    p->rows = rows;
    return OK;
}

enum err facts_packs_put(struct ctx *c, struct facts_packs *p, size_t row, const struct facts_packs *read,
                         size_t at)
{
    const struct pack_span *from = &read->span[at];
    struct pack_span *to = &p->span[row];

    p->runs[row] = read->runs[at];
    if (from->n > to->room) {
        size_t room = p->runs[row] != 0 ? from->n + from->n / 2 + 16 : from->n; /* it grows while it runs */
        TRY(need(c, p, room));
        *to = (struct pack_span){ p->n, 0, room };
        p->n += room;
    }
    to->n = from->n;
    if (from->n > 0)
        memcpy(p->byte + to->at, read->byte + from->at, from->n);
    return OK;
}

enum err facts_unpack(struct ctx *c, struct fact_filling *g, size_t row, const struct facts_packs *p)
{
    const unsigned char *at = p->byte + p->span[row].at;

    if (p->span[row].n == 0)
        return OK;
    TRY(get_row(c, g, &g->set[FACT_REQUEST], row, &at));
    for (size_t i = 0; i < COUNT(happened); i++) {
        struct fact_table *t = &g->set[happened[i]];
        for (uint64_t n = get(&at); n > 0; n--) {
            size_t k;
            TRY(fact_table_add(c, t, &k));
            TRY(get_row(c, g, t, k, &at));
            t->column[FACT_WHO][k] = (int64_t)row;
            fact_since(t, t->column[FACT_AT][k]);
        }
    }
    return OK;
}
