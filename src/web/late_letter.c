// SPDX-License-Identifier: EUPL-1.2
#include "web/late_letter.h"

#include "base/text.h"
#include "web/show.h"
#include "web/tpl.h"

enum { ENOUGH = 20 }; /* below this many, no percentage */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Asked on"), DAY),
    SHEET_COLUMN(N_("Six weeks ended on"), DAY),
    SHEET_COLUMN(N_("Days late"), DAYS),
    SHEET_COLUMN(N_("Letter"), BADGE),
};

static enum err sheet_make(struct ctx *c, struct sheet *ret_sheet, int64_t *ret_total, int64_t *ret_stopped)
{
    struct sheet s = { .object = "late_letter",
                       .title = _("Letters: six weeks have passed"),
                       .filter = _("Research not finished, letter not sent"),
                       .empty = _("No letter is ready. Every report is within its six weeks, or was told."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    const struct late_letter *l;
    size_t n;

    *ret_stopped = 0;
    TRY(late_letter_list(c, &l, &n, ret_total));
    for (size_t i = 0; i < n; i++) {
        bool stop = l[i].letter == SAFE_STOP;
        TRY(sheet_row(c, &s, stop ? INT_NONE : l[i].request));
        sheet_text(&s, resident_name(c, l[i].name));
        sheet_sub(&s, l[i].number);
        TRY(sheet_link(c, &s, "/requests/%lld/law", (long long)l[i].request));
        sheet_text(&s, l[i].team);
        sheet_day(&s, l[i].reported);
        sheet_day(&s, l[i].due);
        sheet_count(&s, l[i].days);
        sheet_badge(&s, stop ? _("Not safe: call or visit") : _("Ready"), stop ? "danger" : "neutral");
        *ret_stopped += stop;
    }
    *ret_sheet = s;
    return OK;
}

static enum err list_show(struct ctx *c, const struct req *r, struct form_errors wrong, struct reply *out)
{
    struct late_letter_page p = { .wrong = wrong };
    struct sheet s;

    TRY(sheet_make(c, &s, &p.total, &p.stopped));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/law/letters", &p.frame));
    TRY(research_count_get(c, &p.count));
    if (p.count.due >= ENOUGH)
        p.share = percent_text(c, (double)p.count.kept / (double)p.count.due);
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    p.sheet.box = "request";
    return late_letters_html(c, &out->body, &p);
}

enum err web_late_letters_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return list_show(c, r, (struct form_errors){ 0 }, out);
}

struct letters_typed {
    struct form_ids request;
};
static const struct form_field fields[] = {
    { FORM_AT(struct letters_typed, request), .kind = FORM_IDS, .max = LATE_LETTERS, .label = N_("Letters") },
};

static enum err print(struct ctx *c, const struct req *r, const int64_t *request, size_t n, struct reply *out)
{
    struct late_letter_print_page p = { .day = c->today };
    c->lang = LANG_NL; /* the resident reads it, whatever language the screen has */
    TRY(late_letter_print(c, request, n, &p.letter, &p.n));
    TRY(frame_fill(c, r, _("Letters: six weeks have passed"), "/law/letters", &p.frame));
    return late_letter_print_html(c, &out->body, &p);
}

/* None chosen: all of them. */
enum err web_late_letters_print_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct letters_typed t = { 0 };

    TRY(form_read(c, r, fields, COUNT(fields), &t, NULL));
    return print(c, r, t.request.id, t.request.n, out);
}

enum err web_late_letter_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return print(c, r, &r->ids.id[0], 1, out);
}

static enum err sent(struct ctx *c, const struct req *r, int64_t *ret_batch, struct form_errors *wrong)
{
    struct letters_typed t = { 0 };
    size_t n;

    TRY(form_read(c, r, fields, COUNT(fields), &t, wrong));
    return late_letter_sent(c, t.request.id, t.request.n, ret_batch, &n);
}

enum err web_late_letters_sent_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t batch = 0;
    enum err e = sent(c, r, &batch, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/law/letters?done=letters&batch=%lld", (long long)batch);
    TRY(wrong_take(c, e, out, &wrong));
    return list_show(c, r, wrong, out);
}
