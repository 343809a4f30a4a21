// SPDX-License-Identifier: EUPL-1.2
/* The waiting list as a file: all rows of the filter, a thousand at a time. */
#include "account/expectation.h"
#include "base/buf.h"
#include "web/sheet_view.h"
#include "web/show.h"
#include "web/waiting_list.h"

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Neighbourhood"), TEXT),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Urgency"), BADGE),
    SHEET_COLUMN(N_("Waits since"), DAY),
    SHEET_COLUMN(N_("Days waited"), DAYS),
    SHEET_COLUMN(N_("Agreed: at the latest"), DAY),
    SHEET_COLUMN(N_("Over the agreed time"), CHECK),
    SHEET_COLUMN(N_("Expected period"), TEXT),
    SHEET_COLUMN(N_("How often such a period is right"), TEXT),
    SHEET_COLUMN(N_("Days since last spoken"), DAYS),
    SHEET_COLUMN(N_("Call before"), DAY),
    SHEET_COLUMN(N_("On the call list"), CHECK),
};

struct taking {
    const struct waiting_filter *f;
    int64_t skip;
    const struct expected_row *expected;
    size_t n;
};

static enum err put_row(struct ctx *c, const struct taking *t, const struct waiting *w, struct sheet *s)
{
    struct expectation e = expectation_find(t->expected, t->n, w->id);
    const char *period, *sure;

    TRY(expectation_short(c, &e, &period));
    TRY(expectation_sure(c, &e, &sure));
    TRY(sheet_row(c, s, w->id));
    sheet_text(s, w->name);
    TRY(ctx_copy(c, w->number, &s->row[s->n - 1].cell[0].sub));
    sheet_text(s, w->neighbourhood);
    sheet_text(s, w->team);
    sheet_badge(s, urgency_name(c, w->urgency), "neutral");
    sheet_day(s, w->clocks.asked_day);
    sheet_count(s, w->clocks.gross_days);
    sheet_day(s, w->clocks.norm_day);
    sheet_check(s, w->clocks.over_norm);
    sheet_text(s, period);
    sheet_text(s, sure);
    sheet_count(s, w->clocks.silent_days);
    sheet_day(s, w->clocks.call_before);
    sheet_check(s, w->listed);
    return OK;
}

static enum err next_rows(struct ctx *c, void *arg, struct sheet *s)
{
    struct taking *t = arg;
    struct waiting_page page;

    TRY(waiting_list_more(c, t->f, t->skip, &page));
    for (size_t i = 0; i < page.n; i++)
        TRY(put_row(c, t, &page.row[i], s));
    t->skip += (int64_t)page.n;
    return OK;
}

static void put_part(struct buf *b, const char *label, const char *value)
{
    if (text_empty(value))
        return;
    if (b->len > 0)
        buf_lit(b, "; ");
    if (label != NULL) {
        buf_str(b, label);
        buf_lit(b, ": ");
    }
    buf_str(b, value);
}

/* "To call; Team: West; Urgency: Normal". */
enum err waiting_filter_text(struct ctx *c, const struct waiting_filter *f, const char **ret_text)
{
    const struct config *k;
    struct buf b = { 0 };

    TRY(config_get(c, &k));
    put_part(&b, NULL, waiting_part_name(c, f->part));
    if (f->team != INT_NONE)
        put_part(&b, _("Team"), config_team_name(k, f->team));
    if (f->neighbourhood != INT_NONE)
        put_part(&b, _("Neighbourhood"), config_neighbourhood_name(k, f->neighbourhood));
    if (f->urgency != INT_NONE)
        put_part(&b, _("Urgency"), urgency_name(c, f->urgency));
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

enum err waiting_export(struct ctx *c, const struct req *r, const struct waiting_filter *f, struct reply *out)
{
    struct sheet s = {
        .object = "waiting_list", .title = _("Waiting list"), .day = c->today, SHEET_COLUMNS(columns)
    };
    struct taking t = { .f = f };

    TRY(expectation_waiting(c, f->team, &t.expected, &t.n));
    TRY(waiting_filter_text(c, f, &s.filter));
    return web_sheet_export_from(c, r, &s, &(struct sheet_source){ next_rows, &t }, out);
}
