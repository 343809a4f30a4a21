// SPDX-License-Identifier: EUPL-1.2
#include "register/facts.h"

#include "register/facts_side.h"
#include "register/facts_table.h"
#include "register/right.h"
#include "register/state.h"

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

enum err facts_read(struct ctx *c, int64_t at, struct register_facts *ret_facts)
{
    return facts_read_known(c, at, at, ret_facts);
}

static enum err read_facts(struct ctx *c, int64_t at, int64_t known, bool keep,
                           struct register_facts *ret_facts)
{
    struct reading *r;
    struct register_facts out = { .at = at };

    TRY(may(c, RIGHT_FIGURES));
    TRY(ctx_alloc(c, 1, sizeof *r, (void *)&r));
    TRY(config_get(c, &r->g.config));
    TRY(law_options_get(c, &r->g.law));
    r->g.at = at;
    for (size_t i = 0; i < FACT_SETS; i++)
        r->g.set[i].keep = keep && i != FACT_REQUEST;
    TRY(requests_read(c, r, known, &out.x));
    TRY(codes(c, &r->g));
    TRY(facts_request_end(c, &r->g));
    TRY(facts_contact_fill(c, &r->g));
    TRY(facts_record_fill(c, &r->g));
    TRY(facts_staff_fill(c, &r->g));
    TRY(facts_outside_fill(c, &r->g));
    for (size_t i = 0; i < FACT_SETS; i++) {
        show(&r->g.set[i], &out.f.set[i]);
        out.record[i] = i == FACT_REQUEST && keep ? out.x.id : r->g.set[i].record;
    }
    /* a request has the codes of the extract */
    out.f.set[FACT_REQUEST].code[FACT_TEAM] = out.x.x.team;
    out.f.set[FACT_REQUEST].code[FACT_NEIGHBOURHOOD] = out.x.x.neighbourhood;
    out.f.set[FACT_REQUEST].code[FACT_URGENCY] = out.x.x.urgency;
    out.f.set[FACT_REQUEST].code[FACT_CHANNEL] = out.x.x.channel;
    out.f.set[FACT_REQUEST].code[FACT_ROUTE] = out.x.x.route;
    out.f.set[FACT_REQUEST].code[FACT_CATEGORY] = out.x.x.category;
    TRY(names(c, &r->g, &out.f));
    TRY(inhabitants(c, &r->g, &out.f));
    *ret_facts = out;
    return OK;
}

enum err facts_read_known(struct ctx *c, int64_t at, int64_t known, struct register_facts *ret_facts)
{
    return read_facts(c, at, known, false, ret_facts);
}

enum err facts_read_records(struct ctx *c, int64_t at, struct register_facts *ret_facts)
{
    return read_facts(c, at, at, true, ret_facts);
}
