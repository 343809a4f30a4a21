// SPDX-License-Identifier: EUPL-1.2
#include "register/facts.h"

#include "measure/extract_column.h"
#include "register/extract_live.h"
#include "register/facts_pack.h"
#include "register/facts_side.h"
#include "register/facts_table.h"
#include "register/right.h"
#include "register/state.h"

#include <stdlib.h>
#include <string.h>

struct reading {
    struct fact_filling g;
    struct fact_side *side;
};

static enum err begin(struct ctx *c, void *arg, size_t requests, struct register_extract *x)
{
    struct reading *r = arg;

    r->g.x = x;
    return facts_request_begin(c, &r->g, requests);
}

static enum err put(struct ctx *c, void *arg, const struct extract_hook_row *row)
{
    struct reading *r = arg;

    return facts_request_put(c, &r->g, r->side, row);
}

/* The codes of all teams and neighbourhoods, also of those without a request. */
static enum err codes(struct ctx *c, struct fact_filling *g)
{
    int32_t *team, *place;

    TRY(ctx_alloc(c, g->config->teams + 1, sizeof *team, (void *)&team));
    TRY(ctx_alloc(c, g->config->neighbourhoods + 1, sizeof *place, (void *)&place));
    for (size_t i = 0; i < g->config->teams; i++)
        TRY(dictionary_code(c, &g->x->team, g->config->team[i].name, &team[i]));
    for (size_t i = 0; i < g->config->neighbourhoods; i++)
        TRY(dictionary_code(c, &g->x->neighbourhood, g->config->neighbourhood[i].name, &place[i]));
    g->team_code = team;
    g->place_code = place;
    return OK;
}

static enum err inhabitants(struct ctx *c, struct fact_filling *g, struct facts *f)
{
    int64_t *people;

    TRY(ctx_alloc(c, g->x->neighbourhood.n + 1, sizeof *people, (void *)&people));
    for (size_t i = 0; i < g->x->neighbourhood.n; i++)
        people[i] = -1;
    for (size_t i = 0; i < g->config->neighbourhoods; i++)
        if (g->config->neighbourhood[i].inhabitants != INT_NONE && g->place_code[i] >= 0)
            people[g->place_code[i]] = g->config->neighbourhood[i].inhabitants;
    f->inhabitants = people;
    return OK;
}

static void show(const struct fact_table *t, struct fact_rows *ret_rows)
{
    *ret_rows =
        (struct fact_rows){ .n = t->n, .marks = t->marks, .since = t->room > 0 ? t->since : TIME_NONE };
    for (size_t i = 0; i < FACT_COLUMNS; i++)
        ret_rows->column[i] = t->column[i];
    for (size_t i = 0; i < FACT_CODES; i++)
        ret_rows->code[i] = t->code[i];
}

static enum err names(struct ctx *c, struct fact_filling *g, struct facts *f)
{
    const struct dictionary *d[FACT_CODES] = {
        [FACT_TEAM] = &g->x->team,         [FACT_NEIGHBOURHOOD] = &g->x->neighbourhood,
        [FACT_CHANNEL] = &g->x->channel,   [FACT_ROUTE] = &g->x->route,
        [FACT_CATEGORY] = &g->x->category, [FACT_KIND] = &g->kind,
        [FACT_CAUSE] = &g->cause,
    };
    const char **urgency;

    TRY(ctx_alloc(c, URGENCIES, sizeof *urgency, (void *)&urgency));
    for (int64_t i = 0; i < URGENCIES; i++)
        urgency[i] = urgency_code(i);
    for (size_t i = 0; i < FACT_CODES; i++)
        if (d[i] != NULL)
            f->name[i] = (struct fact_names){ d[i]->name, d[i]->n };
    f->name[FACT_URGENCY] = (struct fact_names){ urgency, URGENCIES };
    return OK;
}

/* What is asked. */
struct facts_wish {
    int64_t at, known;
    bool keep;                       /* which record each row is */
    const struct extract_live *live; /* NULL: the register is read */
    const bool *set;                 /* NULL: all */
};

/* The requests with what stands beside their events; that is given back when they were read. */
static enum err requests_read(struct ctx *c, struct reading *r, int64_t known, struct register_extract *x)
{
    const struct extract_hook hook = { begin, put, r };
    struct arena *kept = c->arena, side;

    arena_init(&side, kept->ceiling);
    c->arena = &side;
    enum err e = facts_side_read(c, &r->side);
    c->arena = kept;
    if (e == OK)
        e = extract_read_known(c, r->g.at, known, &hook, x);
    arena_free(&side);
    return e;
}

static enum err copy(struct ctx *c, const void *from, size_t n, size_t width, void *ret)
{
    void *to;

    TRY(ctx_alloc(c, n + 1, width, &to));
    if (n > 0)
        memcpy(to, from, n * width);
    memcpy(ret, &to, sizeof to);
    return OK;
}

/* A copy of what follows the register, and the facts of its requests. */
static enum err requests_live(struct ctx *c, struct reading *r, const struct extract_live *l,
                              struct register_extract *x)
{
    const struct facts_packs *packs = extract_live_facts(l);

    *x = *extract_live_get(l);
    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct column *column = &extract_column[k];
        void *values;
        TRY(copy(c, column_of(&x->x, column), x->x.n, column_width(column), &values));
        column_set(&x->x, column, values);
    }
    TRY(copy(c, x->id, x->x.n, sizeof *x->id, &x->id));
    TRY(copy(c, x->x.contact, x->x.contact_from[x->x.n], sizeof *x->x.contact, &x->x.contact));
    TRY(copy(c, x->x.contact_from, x->x.n + 1, sizeof *x->x.contact_from, &x->x.contact_from));
    r->g.x = x;
    TRY(facts_request_begin(c, &r->g, x->x.n));
    for (size_t i = 0; i < x->x.n; i++)
        TRY(facts_unpack(c, &r->g, i, packs));
    return OK;
}

/* Names in the order in which the rows use them, and no others: the same however the rows were read. */
static enum err settle(struct ctx *c, struct register_extract *x)
{
    struct dictionary *d[EXTRACT_NAMES] = {
        [NAMES_TEAM] = &x->team,   [NAMES_NEIGHBOURHOOD] = &x->neighbourhood, [NAMES_CHANNEL] = &x->channel,
        [NAMES_ROUTE] = &x->route, [NAMES_CATEGORY] = &x->category,           [NAMES_REASON] = &x->reason
    };

    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct column *column = &extract_column[k];
        if (column->names < 0)
            continue;
        struct dictionary *old = d[column->names], used = { NULL, 0 };
        const int32_t *from = column_of(&x->x, column);
        int32_t *to, *code;
        TRY(ctx_alloc(c, x->x.n + 1, sizeof *to, (void *)&to));
        TRY(ctx_alloc(c, old->n + 1, sizeof *code, (void *)&code));
        for (size_t i = 0; i < old->n; i++)
            code[i] = -1;
        for (size_t i = 0; i < x->x.n; i++) {
            if (from[i] >= 0 && code[from[i]] < 0)
                TRY(dictionary_code(c, &used, old->name[from[i]], &code[from[i]]));
            to[i] = from[i] >= 0 ? code[from[i]] : -1;
        }
        *old = used;
        column_set(&x->x, column, to);
    }
    return OK;
}

static int by_name(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

/* Names from `first` on by alphabet, whatever was read: the order of a table does not hang on what else was
 * asked. */
static enum err by_alphabet(struct ctx *c, struct fact_filling *g, struct dictionary *d, enum fact_code which,
                            size_t first)
{
    const char **name;
    int32_t *code;

    TRY(copy(c, d->name, d->n, sizeof *d->name, &name));
    TRY(ctx_alloc(c, d->n + 1, sizeof *code, (void *)&code));
    if (d->n > first)
        qsort(name + first, d->n - first, sizeof *name, by_name);
    for (size_t i = 0; i < d->n; i++)
        for (size_t k = 0; k < d->n; k++)
            if (name[k] == d->name[i])
                code[i] = (int32_t)k;
    for (size_t set = 0; set < FACT_SETS; set++)
        for (size_t i = 0; g->set[set].code[which] != NULL && i < g->set[set].n; i++) {
            int32_t *v = &g->set[set].code[which][i];
            *v = *v >= 0 ? code[*v] : -1;
        }
    d->name = name;
    return OK;
}

#define SETS(first, last) ((UINT64_C(2) << (last)) - (UINT64_C(1) << (first)))

/* What is filled beside requests, when one of its sets is asked. */
static enum err rest_fill(struct ctx *c, struct fact_filling *g, const bool *set)
{
    static const struct {
        enum err (*fill)(struct ctx *c, struct fact_filling *g);
        uint64_t sets;
    } rest[] = {
        { facts_call_fill, SETS(FACT_CALL, FACT_CALL) },
        { facts_contact_fill, SETS(FACT_CONTACT, FACT_CALLBACK) | SETS(FACT_ANSWER, FACT_ANSWER) },
        { facts_record_fill, SETS(FACT_SESSION, FACT_REFERRAL) | SETS(FACT_TRANSFER, FACT_PROGRAMME) },
        { facts_staff_fill, SETS(FACT_STAFF, FACT_VACANCY) },
        { facts_outside_fill, SETS(FACT_EXPERIENCE, FACT_WORK_SAMPLE) },
    };
    uint64_t asked = 0;

    for (size_t i = 0; i < FACT_SETS; i++)
        asked |= set == NULL || set[i] ? UINT64_C(1) << i : 0;
    for (size_t i = 0; i < COUNT(rest); i++)
        if ((rest[i].sets & asked) != 0)
            TRY(rest[i].fill(c, g));
    return OK;
}

struct facts_read {
    const struct facts_wish *w;
    struct register_facts *ret;
};

static enum err read_at_once(struct ctx *c, void *arg)
{
    const struct facts_read *f = arg;
    const struct facts_wish *w = f->w;
    struct reading *r;
    struct register_facts out = { .at = w->at };

    TRY(ctx_alloc(c, 1, sizeof *r, (void *)&r));
    TRY(config_get(c, &r->g.config));
    TRY(law_options_get(c, &r->g.law));
    r->g.at = w->at;
    for (size_t i = 0; i < FACT_SETS; i++)
        r->g.set[i].keep = w->keep && i != FACT_REQUEST;
    TRY(w->live != NULL ? requests_live(c, r, w->live, &out.x) : requests_read(c, r, w->known, &out.x));
    TRY(settle(c, &out.x));
    size_t channels = out.x.channel.n;
    TRY(codes(c, &r->g));
    TRY(facts_request_end(c, &r->g));
    TRY(rest_fill(c, &r->g, w->set));
    TRY(by_alphabet(c, &r->g, &r->g.kind, FACT_KIND, 0));
    TRY(by_alphabet(c, &r->g, &r->g.cause, FACT_CAUSE, 0));
    TRY(by_alphabet(c, &r->g, &out.x.channel, FACT_CHANNEL, channels));
    for (size_t i = 0; i < FACT_SETS; i++) {
        show(&r->g.set[i], &out.f.set[i]);
        out.record[i] = i == FACT_REQUEST && w->keep ? out.x.id : r->g.set[i].record;
    }
    out.f.begin = out.f.set[FACT_REQUEST].since;
    /* a request has the codes of the extract */
    out.f.set[FACT_REQUEST].code[FACT_TEAM] = out.x.x.team;
    out.f.set[FACT_REQUEST].code[FACT_NEIGHBOURHOOD] = out.x.x.neighbourhood;
    out.f.set[FACT_REQUEST].code[FACT_URGENCY] = out.x.x.urgency;
    out.f.set[FACT_REQUEST].code[FACT_CHANNEL] = out.x.x.channel;
    out.f.set[FACT_REQUEST].code[FACT_ROUTE] = out.x.x.route;
    out.f.set[FACT_REQUEST].code[FACT_CATEGORY] = out.x.x.category;
    TRY(names(c, &r->g, &out.f));
    TRY(inhabitants(c, &r->g, &out.f));
    *f->ret = out;
    return OK;
}

static enum err read_facts(struct ctx *c, const struct facts_wish *w, struct register_facts *ret_facts)
{
    struct facts_read f = { w, ret_facts };

    TRY(may(c, RIGHT_FIGURES));
    return db_read(c, read_at_once, &f);
}

enum err facts_read(struct ctx *c, int64_t at, struct register_facts *ret_facts)
{
    return facts_read_sets(c, at, NULL, ret_facts);
}

enum err facts_read_sets(struct ctx *c, int64_t at, const bool set[FACT_SETS],
                         struct register_facts *ret_facts)
{
    const struct facts_wish w = { .at = at, .known = at, .set = set };

    return read_facts(c, &w, ret_facts);
}

enum err facts_read_live(struct ctx *c, const struct extract_live *l, const bool set[FACT_SETS],
                         struct register_facts *ret_facts)
{
    const int64_t at = extract_live_get(l)->at;
    const struct facts_wish w = { .at = at, .known = at, .set = set, .live = l };

    return read_facts(c, &w, ret_facts);
}

enum err facts_read_known(struct ctx *c, int64_t at, int64_t known, struct register_facts *ret_facts)
{
    const struct facts_wish w = { .at = at, .known = known };

    return read_facts(c, &w, ret_facts);
}

enum err facts_read_records(struct ctx *c, int64_t at, struct register_facts *ret_facts)
{
    const struct facts_wish w = { .at = at, .known = at, .keep = true };

    return read_facts(c, &w, ret_facts);
}
