// SPDX-License-Identifier: EUPL-1.2
/* The requests behind a figure, for who may see them. */
#include "base/text.h"
#include "measure/part_measure.h"
#include "register/config.h"
#include "register/request_choice.h"
#include "register/state.h"
#include "web/indicator_core.h"
#include "web/record.h"
#include "web/sheet_view.h"
#include "web/show.h"
#include "web/tpl.h"

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Number"), TEXT),     SHEET_COLUMN(N_("Asked on"), DAY), SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Urgency"), TEXT),    SHEET_COLUMN(N_("State"), TEXT),   SHEET_COLUMN(N_("Part"), TEXT),
    SHEET_COLUMN(N_("Counts as"), BADGE),
};

static const char *mark_name(const struct ctx *c, uint8_t mark)
{
    return mark == PART_YES ? _("yes") : mark == PART_NO ? _("no") : _("not yet");
}

static enum err part_rows_put(struct ctx *c, struct indicator_measuring *g, const struct part *p,
                              struct sheet *s)
{
    struct indicator_record *record;
    struct request_choice *choice;
    const struct config *k;
    int64_t *request;
    size_t n, seen;

    TRY(config_get(c, &k));
    TRY(indicator_records(c, &g->facts, p, &g->q, &record, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *request, (void *)&request));
    for (size_t i = 0; i < n; i++)
        request[i] = record[i].request;
    TRY(request_choice(c, request, n, &choice, &seen));
    for (size_t i = 0; i < seen; i++) {
        uint8_t mark = PART_NO;
        for (size_t j = 0; j < n; j++)
            if (record[j].request == choice[i].request)
                mark = record[j].mark;
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, choice[i].number);
        TRY(sheet_link(c, s, "/requests/%lld", (long long)choice[i].request));
        sheet_day(s, time_nl_day(choice[i].received_at));
        sheet_text(s, config_team_name(k, choice[i].team));
        sheet_text(s, urgency_name(c, choice[i].urgency));
        sheet_text(s, choice[i].state);
        sheet_text(s, p->row->part);
        sheet_badge(s, mark_name(c, mark), mark == PART_NO ? "warning" : "neutral");
    }
    return OK;
}

enum err web_indicator_records_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct indicator_measuring g;
    struct indicator_asked a;
    struct record_list_page *p;
    size_t first, n;

    TRY(may(c, RIGHT_REQUEST));
    indicator_asked_of(c, r, 'p', &a);
    TRY(indicator_measuring_begin(c, &a, &g));
    if (!indicator_find(&g.all, a.id, &first, &n) || !indicator_may_read(c, &g.all.part[first]))
        return FAIL(E_NOT_FOUND, "%s", _("There is no such figure."));
    struct sheet s = { .object = "indicator",
                       .title = filled_text(c, _("{1}: the requests behind it"), a.id, ""),
                       .filter = indicator_words(c, &a),
                       .day = c->today,
                       .empty = _("No request that you may see belongs to this figure."),
                       SHEET_COLUMNS(columns) };
    for (size_t i = 0; i < g.all.n; i++)
        if (text_is(g.all.part[i].row->id, a.id) && indicator_has_records(&g.all.part[i]))
            TRY(part_rows_put(c, &g, &g.all.part[i], &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(frame_fill(c, r, s.title, "/indicators", &p->frame));
    TRY(sheet_view_fill(c, r, &s, &p->sheet));
    return record_list_html(c, &out->body, p);
}
