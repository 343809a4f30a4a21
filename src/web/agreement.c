// SPDX-License-Identifier: EUPL-1.2
/* Agreements with partners: all of them, one with its judgements, and a plain page to print or share. */
#include "register/agreement.h"

#include "base/text.h"
#include "web/partner.h"
#include "web/show.h"
#include "web/tpl.h"

#define SOON 14 /* days ahead that a review is shown on the first page */

const char *verdict_look(int64_t verdict)
{
    return verdict == AGREEMENT_KEPT       ? "success"
           : verdict == AGREEMENT_NOT_KEPT ? "danger"
           : verdict == AGREEMENT_PARTLY   ? "warning"
                                           : "neutral";
}

enum err owner_options(struct ctx *c, struct form_options *ret_options)
{
    struct option_id *option;
    struct agreement_owner *owner;
    size_t n;

    TRY(agreement_owners(c, &owner, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        option[i] = (struct option_id){ owner[i].account, owner[i].name };
    *ret_options = (struct form_options){ "owner", option, n };
    return OK;
}

/* ── All of them ──────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Agreement"), TEXT, N_("Norm")),
    SHEET_COLUMN(N_("Partner"), TEXT),
    SHEET_COLUMN(N_("Who looks after it"), TEXT),
    SHEET_COLUMN(N_("Since"), DAY),
    SHEET_COLUMN_SUB(N_("Next review"), DAY, N_("How late")),
    SHEET_COLUMN_SUB(N_("Judgement"), BADGE, N_("Judged on")),
};

/* How many of those that hold were kept at the last look; those that nobody looked at are named too. */
static const char *kept_text(struct ctx *c, const struct agreement *a, size_t n)
{
    int all = 0, kept = 0, judged = 0, late = 0;

    for (size_t i = 0; i < n; i++) {
        if (a[i].ends_on != DAY_NONE)
            continue;
        all++;
        judged += a[i].kept != INT_NONE;
        kept += a[i].kept == AGREEMENT_KEPT;
        late += a[i].review_on < c->today;
    }
    return text_made(
        c, _("%d of %d agreements were kept at the last look, %d were never judged, %d are overdue."), kept,
        all, all - judged, late);
}

enum err web_agreements_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "agreement",
                       .title = _("Agreements"),
                       .day = c->today,
                       .empty = _("No agreements yet."),
                       SHEET_COLUMNS(columns) };
    struct agreement *a;
    size_t n;

    TRY(agreement_list(c, INT_NONE, &a, &n));
    for (size_t i = 0; i < n; i++) {
        bool ended = a[i].ends_on != DAY_NONE;
        TRY(sheet_row(c, &s, INT_NONE));
        sheet_text(&s, a[i].text);
        sheet_sub(&s, a[i].norm);
        TRY(sheet_link(c, &s, "/agreements/%lld", (long long)a[i].id));
        sheet_text(&s, a[i].partner_name);
        sheet_text(&s, a[i].owner_name);
        sheet_day(&s, a[i].starts_on);
        sheet_day(&s, ended ? DAY_NONE : a[i].review_on);
        if (!ended && a[i].review_on < c->today)
            sheet_sub(&s, _("overdue"));
        sheet_badge(&s, ended ? _("Ended") : agreement_verdict_name(c, a[i].kept),
                    ended ? "inactive" : verdict_look(a[i].kept));
        if (a[i].judged_on != DAY_NONE)
            sheet_sub(&s, day_text(c, a[i].judged_on));
    }
    TRY(frame_fill(c, r, s.title, "/partners", &p.frame));
    p.lead = kept_text(c, a, n);
    partner_tabs_fill(c, "/agreements", &p);
    return panel_list_show(c, r, &s, &p, out);
}

/* ── One ──────────────────────────────────────────────────────────────────────────────────────────────────
 */

const struct form_field agreement_fields[AGREEMENT_FIELDS] = {
    { FORM_AT(struct agreement_typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct agreement_typed, text), .kind = FORM_LINES, .required = true, .max = 1000,
      .label = N_("What was agreed?") },
    { FORM_AT(struct agreement_typed, norm), .kind = FORM_TEXT, .required = true, .max = 300,
      .label = N_("By what do you see that it is kept?"),
      .hint = N_("For example: an answer within 10 working days.") },
    { FORM_AT(struct agreement_typed, owner), .kind = FORM_PICK, .required = true,
      .label = N_("Who looks after it?"), .look = FORM_AS_SELECT },
    { FORM_AT(struct agreement_typed, starts_on), .kind = FORM_DATE, .required = true,
      .label = N_("Holds since") },
    { FORM_AT(struct agreement_typed, review_on), .kind = FORM_DATE, .required = true,
      .label = N_("Look at it again on") },
};
struct judge_typed {
    int64_t version, verdict;
    const char *remark;
    int32_t day, review_on;
};
static const char *const verdict_labels[] = { N_("Not kept"), N_("Kept"), N_("Partly kept") };
static const struct form_field judge_fields[] = {
    { FORM_AT(struct judge_typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct judge_typed, verdict), .kind = FORM_CHOICE, .required = true,
      .choice = agreement_verdict_code, .choice_label = verdict_labels, .label = N_("Was it kept?") },
    { FORM_AT(struct judge_typed, remark), .kind = FORM_LINES, .max = 1000,
      .label = N_("What happened, and what now?") },
    { FORM_AT(struct judge_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Judged on") },
    { FORM_AT(struct judge_typed, review_on), .kind = FORM_DATE, .required = true,
      .label = N_("Look at it again on") },
};
static const struct form_field end_fields[] = {
    { FORM_AT(struct judge_typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct judge_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Last day") },
};

static enum err forms_add(struct ctx *c, const struct req *r, const struct agreement *a,
                          const struct panel_sent *sent, struct panel *p)
{
    const char *base = text_made(c, "/agreements/%lld", (long long)a->id);
    const struct pair judge[] = { { "version", typed_number_text(c, a->version) },
                                  { "day", typed_day_text(c, c->today) },
                                  { "review_on", typed_day_text(c, date_add_months(c->today, 6)) } };
    const struct pair change[] = { { "version", typed_number_text(c, a->version) },
                                   { "text", a->text },
                                   { "norm", a->norm },
                                   { "owner", typed_number_text(c, a->owner) },
                                   { "starts_on", typed_day_text(c, a->starts_on) },
                                   { "review_on", typed_day_text(c, a->review_on) } };
    struct form_options owners;

    if (!user_may(c, RIGHT_PARTNER_EDIT) || a->ends_on != DAY_NONE)
        return OK;
    TRY(owner_options(c, &owners));
    struct panel_form_of f = { "judge",
                               _("Was it kept?"),
                               _("Save"),
                               NULL,
                               { FORM(judge_fields), .value = judge, .n_values = COUNT(judge) },
                               a->review_on <= c->today };
    TRY(panel_form_add(c, r, p, base, &f, sent));
    f = (struct panel_form_of){ "change",
                                _("Change the agreement"),
                                _("Save"),
                                NULL,
                                { .field = agreement_fields,
                                  .n = AGREEMENT_FIELDS,
                                  .options = &owners,
                                  .n_options = 1,
                                  .value = change,
                                  .n_values = COUNT(change) },
                                false };
    TRY(panel_form_add(c, r, p, base, &f, sent));
    f = (struct panel_form_of){ "end",
                                _("The agreement has ended"),
                                _("Save"),
                                NULL,
                                { FORM(end_fields), .value = judge, .n_values = 2 },
                                false };
    return panel_form_add(c, r, p, base, &f, sent);
}

static const char *detail(const struct ctx *c, const struct happening *h)
{
    return text_is(h->kind, "judged") ? agreement_verdict_name(c, h->number) : NULL;
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    static const struct panel_words words = { agreement_step_name, detail };
    struct panel p = { .facts_title = _("What was agreed") };
    const struct happening *h;
    struct agreement a;
    size_t n;

    TRY(agreement_get(c, r->ids.id[0], &a));
    TRY(frame_fill(c, r, text_made(c, _("Agreement with %s"), a.partner_name), "/partners", &p.frame));
    p.back = text_made(c, "/partners/%lld", (long long)a.partner);
    p.back_label = a.partner_name;
    p.badge = a.ends_on != DAY_NONE ? _("Ended") : agreement_verdict_name(c, a.kept);
    p.look = a.ends_on != DAY_NONE ? "inactive" : verdict_look(a.kept);
    panel_fact_add(&p, _("Agreement"), a.text);
    panel_fact_add(&p, _("Norm"), a.norm);
    panel_fact_add(&p, _("Who looks after it"), a.owner_name);
    panel_fact_add(&p, _("Holds since"), long_day_text(c, a.starts_on));
    panel_fact_add(&p, _("Next review"), a.ends_on != DAY_NONE ? NULL : long_day_text(c, a.review_on));
    panel_fact_add(&p, _("Ended on"), a.ends_on == DAY_NONE ? NULL : long_day_text(c, a.ends_on));
    TRY(agreement_history(c, a.id, &h, &n));
    TRY(panel_steps_fill(c, h, n, &words, &p));
    TRY(forms_add(c, r, &a, sent, &p));
    TRY(panel_news_fill(c, r, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_agreement_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err change_take(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct agreement_typed t = { 0 };
    struct form_options owners;
    struct form form = {
        .field = agreement_fields, .n = AGREEMENT_FIELDS, .options = &owners, .n_options = 1
    };
    int64_t id;

    TRY(owner_options(c, &owners));
    TRY(form_take(c, r, &form, &t, wrong));
    struct agreement_form f = { r->ids.id[0], t.version, INT_NONE,    t.text,
                                t.norm,       t.owner,   t.starts_on, t.review_on };
    return agreement_save(c, &f, &id);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct judge_typed t = { .version = -1 };
    int64_t id = r->ids.id[0];

    if (text_is(r->ids.word, "change"))
        return change_take(c, r, wrong);
    if (text_is(r->ids.word, "end")) {
        TRY(form_read(c, r, end_fields, COUNT(end_fields), &t, wrong));
        return agreement_end(c, id, t.version, t.day);
    }
    if (!text_is(r->ids.word, "judge"))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(form_read(c, r, judge_fields, COUNT(judge_fields), &t, wrong));
    struct agreement_judgement j = { id,    t.version,   t.verdict,
                                     t.day, t.review_on, text_empty(t.remark) ? NULL : t.remark };
    return agreement_judge(c, &j);
}

enum err web_agreement_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    enum err e = save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, "/agreements/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}

/* ── To print or share ────────────────────────────────────────────────────────────────────────────────────
 */

enum err web_agreement_sheet_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct agreement_sheet_page p = { .day = c->today };
    struct agreement_view *row;
    struct agreement *a;
    struct partner k;
    size_t n;

    TRY(partner_get(c, r->ids.id[0], &k));
    TRY(agreement_list(c, k.id, &a, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < n; i++)
        if (a[i].ends_on == DAY_NONE)
            row[p.n++] = (struct agreement_view){ &a[i], agreement_verdict_name(c, a[i].kept) };
    p.row = row;
    p.partner = k.name;
    TRY(frame_fill(c, r, text_made(c, _("Agreements with %s"), k.name), "/partners", &p.frame));
    return agreement_sheet_html(c, &out->body, &p);
}

/* Reviews that are due, or will be within two weeks: mine first when I look after some. */
enum err today_reviews(struct ctx *c, struct today_block *b)
{
    struct agreement *a;
    size_t n;

    b->title = _("Agreements to look at again");
    b->url = "/agreements";
    b->empty = _("No agreement has to be looked at in the next two weeks.");
    TRY(agreement_due(c, c->today + SOON, INT_NONE, &a, &n));
    b->count = (int64_t)n;
    for (size_t i = 0; i < n; i++) {
        struct today_row *row = today_row_add(b);
        bool late = a[i].review_on < c->today;
        if (row == NULL)
            break;
        row->text = a[i].partner_name;
        row->sub = text_made(c, "%s \xc2\xb7 %s", a[i].owner_name, day_text(c, a[i].review_on));
        row->url = text_made(c, "/agreements/%lld", (long long)a[i].id);
        row->badge = late ? _("overdue") : NULL;
        row->look = "warning";
        b->late = b->late || late;
    }
    return OK;
}
