// SPDX-License-Identifier: EUPL-1.2
/* One partner: contact persons, agreements, stages, and the forms that change it. */
#include "base/text.h"
#include "web/options.h"
#include "web/partner.h"
#include "web/show.h"
#include "web/tpl.h"

struct typed {
    int64_t version, contact;
    const char *name, *kind, *stage, *contact_name, *function, *phone, *email;
    int32_t day;
    struct form_ids neighbourhood;
};
static const struct form_field change_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Name of the organisation") },
    { FORM_AT(struct typed, kind), .kind = FORM_CODE, .required = true, .label = N_("Kind of organisation"),
      .codes = partner_kinds, .n_codes = &partner_kind_count },
    { FORM_AT(struct typed, neighbourhood), .kind = FORM_IDS, .label = N_("Neighbourhoods"),
      .hint = N_("None: the whole municipality.") },
};
static const struct form_field stage_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, stage), .kind = FORM_CODE, .required = true, .label = N_("Stage"),
      .codes = partner_stages, .n_codes = &partner_stage_count },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("Since which day?") },
};
static const struct form_field end_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("Since which day?") },
};
static const struct form_field contact_fields[] = {
    { FORM_AT(struct typed, contact_name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Name") },
    { FORM_AT(struct typed, function), .kind = FORM_TEXT, .max = 120, .label = N_("Function") },
    { FORM_AT(struct typed, phone), .kind = FORM_TEXT, .max = 40, .label = N_("Phone"), .type = "tel",
      .narrow = true },
    { FORM_AT(struct typed, email), .kind = FORM_TEXT, .max = 120, .label = N_("E-mail"), .type = "email",
      .narrow = true },
};
static const struct form_field contact_end_fields[] = {
    { FORM_AT(struct typed, contact), .kind = FORM_PICK, .required = true, .label = N_("Who?"),
      .look = FORM_AS_SELECT },
};
static const struct {
    const char *code;
    struct form form;
} forms[] = {
    { "change", { FORM(change_fields) } },
    { "stage", { FORM(stage_fields) } },
    { "end", { FORM(end_fields) } },
    { "contact", { FORM(contact_fields) } },
    { "contact_end", { FORM(contact_end_fields) } },
};

/* What can be picked in the forms: neighbourhoods, contact persons. */
static enum err picks_fill(struct ctx *c, const struct partner *k, struct form_options options[2])
{
    struct option_id *option;
    struct partner_contact *contact;
    size_t n;

    TRY(neighbourhood_options(c, "neighbourhood", &options[0]));
    TRY(partner_contacts(c, k, &contact, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        option[i] = (struct option_id){ contact[i].id, contact[i].name };
    options[1] = (struct form_options){ "contact", option, n };
    return OK;
}

/* ── Lists on the page ────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column contact_columns[] = {
    SHEET_COLUMN_SUB(N_("Name"), TEXT, N_("Function")),
    SHEET_COLUMN(N_("Phone"), TEXT),
    SHEET_COLUMN(N_("E-mail"), TEXT),
    SHEET_COLUMN(N_("Since"), DAY),
};

static enum err contacts_add(struct ctx *c, const struct partner *k, struct panel *p)
{
    struct partner_contact *contact;
    struct sheet *s;
    size_t n;

    if (!user_may(c, RIGHT_PARTNER_EDIT) && !user_may(c, RIGHT_CONTACT))
        return OK;
    TRY(partner_contacts(c, k, &contact, &n));
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "partner_contact",
                         .empty = _("No contact persons yet."),
                         .day = c->today,
                         SHEET_COLUMNS(contact_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, contact[i].name);
        sheet_sub(s, contact[i].function);
        sheet_text(s, contact[i].phone);
        sheet_text(s, contact[i].email);
        sheet_day(s, contact[i].added_on);
    }
    return panel_sheet_add(c, p, _("Contact persons"), s);
}

static const struct sheet_column agreement_columns[] = {
    SHEET_COLUMN_SUB(N_("Agreement"), TEXT, N_("Norm")),
    SHEET_COLUMN_SUB(N_("Judgement"), BADGE, N_("Judged on")),
    SHEET_COLUMN(N_("Next review"), DAY),
};

static enum err agreements_add(struct ctx *c, int64_t partner, struct panel *p)
{
    struct agreement *a;
    struct sheet *s;
    size_t n;

    TRY(agreement_list(c, partner, &a, &n));
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "agreement",
                         .empty = _("No agreements yet."),
                         .day = c->today,
                         SHEET_COLUMNS(agreement_columns) };
    for (size_t i = 0; i < n; i++) {
        bool ended = a[i].ends_on != DAY_NONE;
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, a[i].text);
        sheet_sub(s, a[i].norm);
        TRY(sheet_link(c, s, "/agreements/%lld", (long long)a[i].id));
        sheet_badge(s, ended ? _("Ended") : agreement_verdict_name(c, a[i].kept),
                    ended ? "inactive" : verdict_look(a[i].kept));
        if (a[i].judged_on != DAY_NONE)
            sheet_sub(s, day_text(c, a[i].judged_on));
        sheet_day(s, ended ? DAY_NONE : a[i].review_on);
    }
    return panel_sheet_add(c, p, _("Agreements"), s);
}

/* ── Forms on the page ────────────────────────────────────────────────────────────────────────────────────
 */

static enum err change_form_add(struct ctx *c, const struct req *r, const struct partner *k,
                                const struct form_options *options, const struct panel_sent *sent,
                                struct panel *p)
{
    struct partner_area *area;
    struct pair *value;
    size_t n, v = 0;

    TRY(partner_areas(c, k->id, &area, &n));
    TRY(ctx_alloc(c, n + 3, sizeof *value, (void *)&value));
    value[v++] = (struct pair){ "version", typed_number_text(c, k->version) };
    value[v++] = (struct pair){ "name", k->name };
    value[v++] = (struct pair){ "kind", k->kind };
    for (size_t i = 0; i < n; i++)
        value[v++] = (struct pair){ "neighbourhood", typed_number_text(c, area[i].neighbourhood) };
    struct panel_form_of f = { "change",
                               _("Change this partner"),
                               _("Save"),
                               NULL,
                               { FORM(change_fields), .options = options, .n_options = 2, .value = value,
                                 .n_values = v },
                               false };
    return panel_form_add(c, r, p, text_made(c, "/partners/%lld", (long long)k->id), &f, sent);
}

static enum err agreement_form_add(struct ctx *c, const struct req *r, const struct partner *k,
                                   const struct panel_sent *sent, struct panel *p)
{
    const struct pair value[] = { { "version", "0" },
                                  { "starts_on", typed_day_text(c, c->today) },
                                  { "review_on", typed_day_text(c, date_add_months(c->today, 6)) } };
    struct form_options owners;

    TRY(owner_options(c, &owners));
    struct panel_form_of f = { "agreement",
                               _("New agreement"),
                               _("Save"),
                               _("Partners and the public may read this: name no resident."),
                               { .field = agreement_fields,
                                 .n = AGREEMENT_FIELDS,
                                 .options = &owners,
                                 .n_options = 1,
                                 .value = value,
                                 .n_values = COUNT(value) },
                               false };
    return panel_form_add(c, r, p, text_made(c, "/partners/%lld", (long long)k->id), &f, sent);
}

static enum err forms_add(struct ctx *c, const struct req *r, const struct partner *k,
                          const struct panel_sent *sent, struct panel *p)
{
    const char *base = text_made(c, "/partners/%lld", (long long)k->id);
    const struct pair value[] = { { "version", typed_number_text(c, k->version) },
                                  { "day", typed_day_text(c, c->today) } };
    struct form_options options[2];

    if (!user_may(c, RIGHT_PARTNER_EDIT) || k->ended_on != DAY_NONE)
        return OK;
    TRY(picks_fill(c, k, options));
    struct panel_form_of stage = {
        "stage", _("Next stage"), _("Save"), NULL, { FORM(stage_fields), .value = value, .n_values = 2 },
        false
    };
    struct panel_form_of contact = { "contact", _("New contact person"),  _("Save"),
                                     NULL,      { FORM(contact_fields) }, false };
    struct panel_form_of gone = { "contact_end",
                                  _("A contact person has left"),
                                  _("Take away"),
                                  NULL,
                                  { FORM(contact_end_fields), .options = options, .n_options = 2 },
                                  false };
    struct panel_form_of end = { "end",
                                 _("We do not work together any more"),
                                 _("Save"),
                                 _("Accounts of this partner can refer nobody any more."),
                                 { FORM(end_fields), .value = value, .n_values = 2 },
                                 false };
    TRY(agreement_form_add(c, r, k, sent, p));
    TRY(panel_form_add(c, r, p, base, &stage, sent));
    TRY(panel_form_add(c, r, p, base, &contact, sent));
    if (options[1].n > 0)
        TRY(panel_form_add(c, r, p, base, &gone, sent));
    TRY(change_form_add(c, r, k, options, sent, p));
    return panel_form_add(c, r, p, base, &end, sent);
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *detail(const struct ctx *c, const struct happening *h)
{
    return text_is(h->kind, "stage") ? partner_stage_name(c, h->reason) : NULL;
}

static enum err facts_add(struct ctx *c, const struct partner *k, struct panel *p)
{
    struct partner_area *area;
    struct buf b = { 0 };
    const char *areas;
    size_t n;

    TRY(partner_areas(c, k->id, &area, &n));
    for (size_t i = 0; i < n; i++) {
        buf_str(&b, i > 0 ? ", " : "");
        buf_str(&b, area[i].name);
    }
    enum err e = ctx_copy(c, n > 0 ? buf_text(&b) : _("The whole municipality"), &areas);
    buf_free(&b);
    TRY(e);
    p->facts_title = _("About this partner");
    panel_fact_add(p, _("Kind"), partner_kind_name(c, k->kind));
    panel_fact_add(p, _("Stage"), partner_stage_name(c, k->stage));
    panel_fact_add(p, _("Neighbourhoods"), areas);
    panel_fact_add(p, _("Ended on"), k->ended_on == DAY_NONE ? NULL : long_day_text(c, k->ended_on));
    return OK;
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    static const struct panel_words words = { partner_step_name, detail };
    struct panel p = { .back = "/partners", .back_label = _("Partners") };
    const struct happening *h;
    struct partner k;
    size_t n;

    TRY(partner_get(c, r->ids.id[0], &k));
    TRY(frame_fill(c, r, k.name, "/partners", &p.frame));
    p.badge = k.ended_on != DAY_NONE ? _("Ended") : partner_stage_name(c, k.stage);
    p.look = k.ended_on != DAY_NONE ? "inactive" : text_is(k.stage, "agreed") ? "success" : "neutral";
    TRY(panel_link_add(c, &p, _("Agreements on one page"), "/partners/%lld/agreements", (long long)k.id));
    if (user_may(c, RIGHT_CONTACT))
        TRY(panel_link_add(c, &p, _("Referrals"), "/referrals/inbox?part=all&partner=%lld", (long long)k.id));
    TRY(facts_add(c, &k, &p));
    TRY(agreements_add(c, k.id, &p));
    TRY(contacts_add(c, &k, &p));
    TRY(partner_history(c, &k, &h, &n));
    TRY(panel_steps_fill(c, h, n, &words, &p));
    TRY(forms_add(c, r, &k, sent, &p));
    TRY(panel_news_fill(c, r, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_partner_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err typed_save(struct ctx *c, int64_t id, const char *code, const struct typed *t)
{
    struct partner_form f = { id, t->version, t->name, t->kind, t->neighbourhood.id, t->neighbourhood.n };
    struct partner_contact k = {
        .name = t->contact_name, .function = t->function, .phone = t->phone, .email = t->email
    };
    int64_t same;

    if (text_is(code, "change"))
        return partner_save(c, &f, &same);
    if (text_is(code, "stage"))
        return partner_reach(c, &(struct partner_step){ id, t->version, t->stage, t->day });
    if (text_is(code, "end"))
        return partner_end(c, id, t->version, t->day);
    return text_is(code, "contact") ? partner_contact_add(c, id, &k) : partner_contact_end(c, id, t->contact);
}

static enum err agreement_take(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct agreement_typed t = { 0 };
    struct form_options owners;
    struct form form = {
        .field = agreement_fields, .n = AGREEMENT_FIELDS, .options = &owners, .n_options = 1
    };
    int64_t id;

    TRY(owner_options(c, &owners));
    TRY(form_take(c, r, &form, &t, wrong));
    struct agreement_form f = {
        INT_NONE, -1, r->ids.id[0], t.text, t.norm, t.owner, t.starts_on, t.review_on
    };
    return agreement_save(c, &f, &id);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form_options options[2];
    struct typed t = { .version = -1 };
    struct partner k;

    TRY(partner_get(c, r->ids.id[0], &k));
    if (text_is(r->ids.word, "agreement"))
        return agreement_take(c, r, wrong);
    TRY(picks_fill(c, &k, options));
    for (size_t i = 0; i < COUNT(forms); i++) {
        struct form form = forms[i].form;
        if (!text_is(forms[i].code, r->ids.word))
            continue;
        form.options = options;
        form.n_options = COUNT(options);
        TRY(form_take(c, r, &form, &t, wrong));
        return typed_save(c, k.id, r->ids.word, &t);
    }
    return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
}

enum err web_partner_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    enum err e = save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, "/partners/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}
