// SPDX-License-Identifier: EUPL-1.2
#include "web/due.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/due.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

/* Where the own worker writes each of them down. */
static const char *const path_of[DUE_KINDS] = {
    [DUE_EVALUATION] = "/evaluations", [DUE_ARRIVAL] = "", [DUE_AFTERCARE] = "/aftercare"
};

static enum err tabs_fill(struct ctx *c, enum due_kind kind, struct record_list_page *p)
{
    static const char *const url[DUE_KINDS] = { "/due?kind=evaluation", "/due?kind=arrival",
                                                "/due?kind=aftercare" };
    int64_t count[DUE_KINDS];

    TRY(due_counts(c, INT_NONE, INT_NONE, count));
    for (size_t i = 0; i < DUE_KINDS; i++)
        if (i == DUE_AFTERCARE || user_may(c, RIGHT_CASE))
            p->tab[p->tabs++] = (struct tab){ due_name(c, (enum due_kind)i), url[i], count[i], i == kind };
    return OK;
}

static enum err rows_fill(struct ctx *c, const struct due_filter *f, struct sheet *s)
{
    struct due *due;
    size_t n;

    TRY(due_list(c, f, &due, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, resident_name(c, due[i].name));
        sheet_sub(s, due[i].number);
        TRY(sheet_link(c, s, "/requests/%lld", (long long)due[i].request));
        sheet_text(s, due[i].team);
        sheet_day(s, due[i].day);
        sheet_count(s, due[i].day < c->today ? c->today - due[i].day : 0);
    }
    return OK;
}

enum err web_due_get(struct ctx *c, const struct req *r, struct reply *out)
{
    static const struct sheet_column columns[] = { SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
                                                   SHEET_COLUMN(N_("Team"), TEXT),
                                                   SHEET_COLUMN(N_("Agreed for"), DAY),
                                                   SHEET_COLUMN(N_("Days late"), DAYS) };
    struct due_filter f = { user_may(c, RIGHT_CASE) ? DUE_EVALUATION : DUE_AFTERCARE, c->today, INT_NONE,
                            INT_NONE };
    struct record_list_page p = { 0 };

    if (req_query(r, "kind") != NULL && !due_find(req_query(r, "kind"), &f.kind))
        return FAIL(E_NOT_FOUND, "%s", _("This list does not exist."));
    if (text_is(req_query(r, "mine"), "1"))
        f.worker = c->actor->worker;
    struct sheet s = { .object = "due",
                       .title = due_name(c, f.kind),
                       .filter = f.worker != INT_NONE ? _("own residents") : NULL,
                       .empty = _("Nothing is due here."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    TRY(rows_fill(c, &f, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, _("To do"), "/due", &p.frame));
    TRY(tabs_fill(c, f.kind, &p));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return record_list_html(c, &out->body, &p);
}

/* ── Today ────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* A worker sees the own ones, others all within their scope. */
static enum err block_fill(struct ctx *c, enum due_kind kind, struct today_block *b)
{
    struct due_filter f = { kind, c->today, c->actor->worker, INT_NONE };
    int64_t count[DUE_KINDS];
    struct due *due;
    size_t n;

    TRY(due_counts(c, f.worker, f.team, count));
    b->count = count[kind];
    if (b->count == 0)
        return OK;
    TRY(due_list(c, &f, &due, &n));
    for (size_t i = 0; i < n && i < TODAY_ROWS; i++) {
        struct today_row *row = today_row_add(b);
        struct buf url = { 0 };
        row->text = resident_name(c, due[i].name);
        row->sub = filled_text(c, "{1} \xc2\xb7 {2}", due[i].number, day_text(c, due[i].day));
        buf_printf(&url, "/requests/%lld%s", (long long)due[i].request, path_of[kind]);
        enum err e = ctx_copy(c, buf_text(&url), &row->url);
        buf_free(&url);
        TRY(e);
        b->late = b->late || due[i].day < c->today;
    }
    return OK;
}

enum err today_evaluation(struct ctx *c, struct today_block *b)
{
    b->title = _("Look back together");
    b->url = "/due?kind=evaluation";
    b->empty = _("Nobody has to be looked back with today.");
    return block_fill(c, DUE_EVALUATION, b);
}

enum err today_arrival(struct ctx *c, struct today_block *b)
{
    b->title = _("Ask whether they arrived");
    b->url = "/due?kind=arrival";
    b->empty = _("Of everyone who was sent on it is known whether they arrived.");
    return block_fill(c, DUE_ARRIVAL, b);
}

enum err today_aftercare(struct ctx *c, struct today_block *b)
{
    b->title = _("Call after closing");
    b->url = "/due?kind=aftercare";
    b->empty = _("Nobody has to be called after closing.");
    return block_fill(c, DUE_AFTERCARE, b);
}
