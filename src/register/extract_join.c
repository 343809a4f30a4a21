// SPDX-License-Identifier: EUPL-1.2
#include "register/extract_join.h"

#include "measure/extract_column.h"
#include "measure/facts_join.h"
#include "store/file.h"

#include <string.h>

static bool in_all(const struct extract_file *e, size_t n, const struct column *k)
{
    for (size_t i = 0; i < n; i++)
        if (column_of(&e[i].x, k) == NULL && k->kind != COLUMN_FLAGS) /* no flags: none is set */
            return false;
    return true;
}

static enum err join_column(struct ctx *c, const struct extract_file *e, size_t n, const struct column *k,
                            size_t rows, struct extract *all)
{
    const size_t width = column_width(k);
    size_t at = 0;
    char *values;

    TRY(ctx_alloc(c, rows + 1, width, (void *)&values));
    for (size_t i = 0; i < n; i++) {
        const void *from = column_of(&e[i].x, k);
        if (from != NULL)
            memcpy(values + at * width, from, e[i].x.n * width);
        else
            memset(values + at * width, 0, e[i].x.n * width);
        at += e[i].x.n;
    }
    column_set(all, k, values);
    return OK;
}

/* The contacts of all rows, each row with its own. */
static enum err join_contacts(struct ctx *c, const struct extract_file *e, size_t n, size_t rows,
                              struct extract *all)
{
    size_t many = 0, row = 0, *from;
    int64_t *contact;

    for (size_t i = 0; i < n; i++) {
        if (e[i].x.contact_from == NULL)
            return OK;
        many += e[i].x.contact_from[e[i].x.n];
    }
    TRY(ctx_alloc(c, rows + 1, sizeof *from, (void *)&from));
    TRY(ctx_alloc(c, many + 1, sizeof *contact, (void *)&contact));
    from[0] = many = 0;
    for (size_t i = 0; i < n; i++) {
        const struct extract *x = &e[i].x;
        for (size_t k = 0; k < x->n; k++) {
            size_t of_row = x->contact_from[k + 1] - x->contact_from[k];
            if (of_row > 0)
                memcpy(contact + many, x->contact + x->contact_from[k], of_row * sizeof *contact);
            many += of_row;
            from[++row] = many;
        }
    }
    all->contact = contact;
    all->contact_from = from;
    return OK;
}

/* Nothing when one of them holds requests alone. */
static enum err join_facts(struct ctx *c, const struct extract_file *e, size_t n,
                           const struct facts **ret_facts)
{
    struct facts *f, *all;

    *ret_facts = NULL;
    TRY(ctx_alloc(c, n + 1, sizeof *f, (void *)&f));
    for (size_t i = 0; i < n; i++) {
        if (e[i].facts == NULL)
            return OK;
        f[i] = *e[i].facts;
    }
    TRY(ctx_alloc(c, 1, sizeof *all, (void *)&all));
    if (!facts_join(c->arena, f, n, all))
        return FAIL(E_NOMEM, "%s", "");
    *ret_facts = all;
    return OK;
}

enum err extract_join(struct ctx *c, const struct extract_file *e, size_t n, struct extract_file *ret_all)
{
    struct extract_file all = { .at = n > 0 ? e[0].at : 0 }, *same;
    size_t rows = 0;

    if (n == 1) {
        *ret_all = e[0];
        return OK;
    }
    TRY(ctx_alloc(c, n + 1, sizeof *same, (void *)&same));
    for (size_t i = 0; i < n; i++) {
        same[i] = e[i];
        if (!extract_file_recode(&all, c->arena, &same[i]))
            return FAIL(E_NOMEM, "%s", "");
        memcpy(all.names, same[i].names, sizeof all.names);
        rows += e[i].x.n;
        all.at = e[i].at < all.at ? e[i].at : all.at;
        all.events += e[i].events;
        all.activities = e[i].activities > all.activities ? e[i].activities : all.activities;
    }
    all.x.n = rows;
    for (size_t i = 0; i + 1 < EXTRACT_COLUMNS; i++) /* the last one is the contacts */
        if (in_all(same, n, &extract_column[i]))
            TRY(join_column(c, same, n, &extract_column[i], rows, &all.x));
    TRY(join_contacts(c, same, n, rows, &all.x));
    TRY(join_facts(c, same, n, &all.facts));
    *ret_all = all;
    return OK;
}

/* The names of the facts, which are those of the extract and more, and the codes that go with them. */
static void names_of_facts(const struct facts *f, struct names names[EXTRACT_NAMES], struct extract *x)
{
    static const struct {
        enum extract_names names;
        enum fact_code code;
    } same[] = { { NAMES_TEAM, FACT_TEAM },
                 { NAMES_NEIGHBOURHOOD, FACT_NEIGHBOURHOOD },
                 { NAMES_CHANNEL, FACT_CHANNEL },
                 { NAMES_ROUTE, FACT_ROUTE },
                 { NAMES_CATEGORY, FACT_CATEGORY } };
    const struct fact_rows *request = &f->set[FACT_REQUEST];

    for (size_t i = 0; i < COUNT(same); i++)
        names[same[i].names] = (struct names){ f->name[same[i].code].name, f->name[same[i].code].n };
    x->team = request->code[FACT_TEAM];
    x->neighbourhood = request->code[FACT_NEIGHBOURHOOD];
    x->channel = request->code[FACT_CHANNEL];
    x->route = request->code[FACT_ROUTE];
    x->category = request->code[FACT_CATEGORY];
}

enum err extract_from_file(struct ctx *c, const struct extract_file *e, struct register_facts *ret_facts)
{
    struct register_facts out = { .at = e->at };
    struct register_extract *x = &out.x;
    struct names names[EXTRACT_NAMES];
    struct dictionary *d[EXTRACT_NAMES] = {
        [NAMES_TEAM] = &x->team,   [NAMES_NEIGHBOURHOOD] = &x->neighbourhood, [NAMES_CHANNEL] = &x->channel,
        [NAMES_ROUTE] = &x->route, [NAMES_CATEGORY] = &x->category,           [NAMES_REASON] = &x->reason
    };

    for (size_t i = 0; i + 1 < EXTRACT_COLUMNS; i++)
        if (column_of(&e->x, &extract_column[i]) == NULL)
            return FAIL(E_INVALID, "%s", _("An extract lacks a column that is needed for these figures."));
    *x =
        (struct register_extract){ .x = e->x, .events = e->events, .activities = e->activities, .at = e->at };
    memcpy(names, e->names, sizeof names);
    if (e->facts != NULL) {
        names_of_facts(e->facts, names, &x->x);
        out.f = *e->facts;
    }
    for (int i = 0; i < EXTRACT_NAMES; i++) {
        TRY(ctx_alloc(c, names[i].n + 1, sizeof *d[i]->name, (void *)&d[i]->name));
        for (size_t k = 0; k < names[i].n; k++)
            d[i]->name[k] = names[i].name[k];
        d[i]->n = names[i].n;
    }
    *ret_facts = out;
    return OK;
}

enum err extract_files_read(struct ctx *c, const char *const *path, size_t n, struct extract_file *ret_file)
{
    for (size_t i = 0; i < n; i++) {
        struct file_map m;
        TRY(file_map(c, path[i], &m));
        bool right = extract_file_get(m.data, m.len, c->arena, &ret_file[i]);
        file_unmap(&m);
        if (!right)
            return FAIL(E_CORRUPT, _("%s is no extract, or it is damaged."), path[i]);
    }
    return OK;
}
