// SPDX-License-Identifier: EUPL-1.2
/* The front page of the figures: fifteen core figures, and all others in a table; the same as a file. */
#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "web/indicator_core.h"
#include "web/sheet_view.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>
#include <string.h>

/* The headline of every indicator, in the order of the catalogue. */
static enum err headlines(struct ctx *c, struct indicator_measuring *g, struct measured_list *ret_list)
{
    bool *wanted;

    TRY(ctx_alloc(c, g->all.n + 1, sizeof *wanted, (void *)&wanted));
    for (size_t i = 0; i < g->all.n; i++)
        wanted[i] = g->all.part[i].first && indicator_counts(&g->all, &g->all.part[i], (int32_t)g->a->today);
    struct indicator_query q = g->q;
    q.wanted = wanted;
    return indicators_measure(c, &g->facts, &g->all, &q, ret_list);
}

static enum err front_fill(struct ctx *c, struct indicator_measuring *g, struct indicators_page *p)
{
    struct measured_list list;
    struct grid_row *row;
    size_t n = 0;

    TRY(headlines(c, g, &list));
    TRY(ctx_alloc(c, list.n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *m = &list.row[i];
        struct indicator_card k;
        char url[64];
        if (m->code != NULL)
            continue;
        indicator_card_fill(c, g, m, &k);
        snprintf(url, sizeof url, "/indicators/%s", m->part->row->id);
        TRY(ctx_copy(c, url, &k.url));
        if (m->part->core && p->n_core < CATALOGUE_CORE)
            p->core[p->n_core++] = k;
        row[n++] = (struct grid_row){
            { k.id, k.label, k.value[0] != '\0' ? k.value : k.why, measured_between(c, m, g->small),
              measured_count(c, m, g->small), k.verdict, k.definition },
            k.url,
        };
    }
    p->all = (struct grid){ .title = _("All figures"),
                            .head = { _("Code"), _("Figure"), _("Value"), _("How sure"), _("Number (n)"),
                                      _("Agreed"), _("Definition") },
                            .columns = GRID_COLUMNS,
                            .row = row,
                            .n = n };
    return OK;
}

enum err indicators_front_make(struct ctx *c, const struct indicator_asked *a, struct buf *out)
{
    struct indicator_measuring g;
    struct indicators_page *p;

    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(indicator_measuring_begin(c, a, &g));
    if (g.facts.x.x.n == 0)
        return OK; /* nothing: the page says so */
    TRY(front_fill(c, &g, p));
    return indicators_measured_html(c, out, p);
}

enum err indicators_today_make(struct ctx *c, const struct indicator_asked *a, struct buf *out)
{
    struct indicator_measuring g;
    struct indicators_page *p;

    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(indicator_measuring_begin(c, a, &g));
    if (g.facts.x.x.n == 0)
        return OK;
    TRY(front_fill(c, &g, p));
    return indicators_core_html(c, out, p);
}

/* ── As a file ── */

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Code"), TEXT),     SHEET_COLUMN(N_("Part"), TEXT),
    SHEET_COLUMN(N_("Figure"), TEXT),   SHEET_COLUMN(N_("What is counted"), TEXT),
    SHEET_COLUMN(N_("Version"), COUNT), SHEET_COLUMN(N_("Value"), TEXT),
    SHEET_COLUMN(N_("How sure"), TEXT), SHEET_COLUMN(N_("Number (n)"), TEXT),
    SHEET_COLUMN(N_("Agreed"), TEXT),   SHEET_COLUMN(N_("Kind"), TEXT),
};

static enum err sheet_fill(struct ctx *c, struct indicator_measuring *g, struct sheet *s)
{
    struct measured_list list;
    struct indicator_card k;

    TRY(indicators_measure(c, &g->facts, &g->all, &g->q, &list));
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *m = &list.row[i];
        if (!indicator_counts(&g->all, m->part, (int32_t)g->a->today))
            continue;
        indicator_card_fill(c, g, m, &k);
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, m->part->row->id);
        sheet_text(s, m->part->row->part);
        sheet_text(s, k.label);
        sheet_text(s, k.what);
        sheet_count(s, m->part->version);
        sheet_text(s, k.value[0] != '\0' ? k.value : k.why);
        sheet_text(s, measured_between(c, m, g->small));
        sheet_text(s, measured_count(c, m, g->small));
        sheet_text(s, k.verdict);
        sheet_text(s, m->code != NULL ? indicator_code_name(c, m->code) : "");
    }
    return OK;
}

enum err indicators_export(struct ctx *c, const struct req *r, const struct indicator_asked *a,
                           const char *words, struct reply *out)
{
    struct sheet s = { .object = "indicator",
                       .title = _("Figures"),
                       .filter = words,
                       .day = c->today,
                       .empty = _("No data yet"),
                       SHEET_COLUMNS(columns) };
    struct indicator_measuring g;
    bool *wanted;

    TRY(may(c, RIGHT_EXPORT));
    TRY(indicator_measuring_begin(c, a, &g));
    TRY(ctx_alloc(c, g.all.n + 1, sizeof *wanted, (void *)&wanted));
    for (size_t i = 0; i < g.all.n; i++)
        wanted[i] = a->id[0] == '\0' || text_is(g.all.part[i].row->id, a->id);
    g.q.wanted = wanted;
    TRY(sheet_fill(c, &g, &s));
    return web_sheet_export(c, r, &s, out);
}
