// SPDX-License-Identifier: EUPL-1.2
/* One referral as we see it, and those of one request. */
#include "base/text.h"
#include "register/config.h"
#include "web/place.h"
#include "web/referral.h"
#include "web/show.h"
#include "web/tpl.h"

struct typed {
    int64_t version, partner;
    const char *answer, *note, *given, *given_by, *how, *arrival;
    int32_t day, consent_day;
    bool warm, multi_problem, stays;
};
static const struct code_name yes_no[] = { { "yes", N_("Yes") }, { "no", N_("No") } };
#define WHO_SAID                                                                                             \
    { FORM_AT(struct typed, given_by), .kind = FORM_CODE,       .required = true,                            \
      .label = N_("Who said so?"),     .codes = consent_givers, .n_codes = &consent_giver_count },           \
        { FORM_AT(struct typed, how),        .kind = FORM_CODE,     .required = true,                        \
          .label = N_("How was that said?"), .codes = consent_ways, .n_codes = &consent_way_count },         \
    {                                                                                                        \
        FORM_AT(struct typed, consent_day), .kind = FORM_DATE, .required = true,                             \
                                            .label = N_("On which day?")                                     \
    }
static const struct form_field answer_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, answer), .kind = FORM_CODE, .required = true,
      .label = N_("What did you tell the referrer?"), .codes = referral_answers,
      .n_codes = &referral_answer_count },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?") },
    { FORM_AT(struct typed, note), .kind = FORM_LINES, .max = 1000, .label = N_("Note"),
      .hint = N_("The partner does not see this.") },
};
static const struct form_field consent_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, given), .kind = FORM_CODE, .required = true,
      .label = N_("May the referrer know how it goes?"), FORM_CODE_LIST(yes_no) },
    WHO_SAID,
};
static const struct form_field check_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, arrival), .kind = FORM_CODE, .required = true,
      .label = N_("Did the resident arrive?"), .codes = referral_arrivals,
      .n_codes = &referral_arrival_count },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true,
      .label = N_("On which day did you ask?") },
};
static const struct form_field in_fields[] = {
    { FORM_AT(struct typed, partner), .kind = FORM_PICK, .required = true,
      .label = N_("Who referred the resident?"), .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("Referred on") },
    { FORM_AT(struct typed, multi_problem), .kind = FORM_CHECK,
      .label = N_("There are several problems that hang together") },
    { FORM_AT(struct typed, stays), .kind = FORM_CHECK,
      .label = N_("The resident stays with the partner until we begin") },
    { FORM_AT(struct typed, given), .kind = FORM_CODE, .required = true,
      .label = N_("May the referrer know how it goes?"), FORM_CODE_LIST(yes_no) },
    WHO_SAID,
};
static const struct form_field out_fields[] = {
    { FORM_AT(struct typed, partner), .kind = FORM_PICK, .required = true, .label = N_("To which partner?"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("Brought on") },
    { FORM_AT(struct typed, warm), .kind = FORM_CHECK, .label = N_("In person, with the resident") },
    { FORM_AT(struct typed, note), .kind = FORM_LINES, .max = 1000, .label = N_("Note") },
    { FORM_AT(struct typed, given), .kind = FORM_CODE, .required = true,
      .label = N_("Does the resident agree that we tell the partner?"), FORM_CODE_LIST(yes_no) },
    WHO_SAID,
};

/* ── One referral ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err forms_add(struct ctx *c, const struct req *r, const struct referral *x,
                          const struct panel_sent *sent, struct panel *p)
{
    const char *base = text_made(c, "/referrals/inbox/%lld", (long long)x->id);
    const struct pair value[] = { { "version", typed_number_text(c, x->version) },
                                  { "day", typed_day_text(c, c->today) },
                                  { "consent_day", typed_day_text(c, c->today) } };
    struct panel_form_of answer = { "answer",
                                    _("Answer the referrer"),
                                    _("Save"),
                                    NULL,
                                    { FORM(answer_fields), .value = value, .n_values = COUNT(value) },
                                    x->answered_at == TIME_NONE };
    struct panel_form_of consent = {
        "consent",
        _("Consent of the resident"),
        _("Save"),
        _("Without consent the partner does not see this referral any more, at once."),
        { FORM(consent_fields), .value = value, .n_values = COUNT(value) },
        false
    };
    struct panel_form_of check = { "check",
                                   _("Did the resident arrive?"),
                                   _("Save"),
                                   NULL,
                                   { FORM(check_fields), .value = value, .n_values = COUNT(value) },
                                   x->checked_at == TIME_NONE };

    if (x->out)
        return panel_form_add(c, r, p, base, &check, sent);
    if (x->consent)
        TRY(panel_form_add(c, r, p, base, &answer, sent));
    return panel_form_add(c, r, p, base, &consent, sent);
}

static const struct sheet_column consent_columns[] = {
    SHEET_COLUMN(N_("Day"), DAY),           SHEET_COLUMN(N_("Agrees"), CHECK),
    SHEET_COLUMN(N_("Who said so"), TEXT),  SHEET_COLUMN(N_("How"), TEXT),
    SHEET_COLUMN(N_("Entered on"), MOMENT), SHEET_COLUMN(N_("Entered by"), TEXT),
};

static enum err consents_add(struct ctx *c, int64_t id, struct panel *p)
{
    struct consent_step *k;
    struct sheet *s;
    size_t n;

    TRY(referral_consents(c, id, &k, &n));
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "consent", .day = c->today, SHEET_COLUMNS(consent_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_day(s, k[i].consent.day);
        sheet_check(s, k[i].consent.given);
        sheet_text(s, code_text(c, consent_givers, consent_giver_count, k[i].consent.given_by));
        sheet_text(s, code_text(c, consent_ways, consent_way_count, k[i].consent.how));
        sheet_moment(s, k[i].recorded_at);
        sheet_text(s, k[i].who);
    }
    return panel_sheet_add(c, p, _("Consent of the resident"), s);
}

static void in_facts_add(struct ctx *c, const struct referral *x, struct panel *p)
{
    panel_fact_add(p, _("Consent"), x->consent ? _("Yes") : _("No: tell the partner nothing"));
    panel_fact_add(p, _("Several problems"), x->multi_problem ? _("Yes") : _("No"));
    panel_fact_add(p, _("Stays with the partner until we begin"), x->stays ? _("Yes") : _("No"));
    panel_fact_add(p, _("First contact"),
                   x->first_contact_at == TIME_NONE ? _("Not yet")
                                                    : long_day_text(c, time_nl_day(x->first_contact_at)));
    if (x->answered_at != TIME_NONE) {
        panel_fact_add(p, _("Answer"), code_text(c, referral_answers, referral_answer_count, x->answer));
        panel_fact_add(p, _("Answered on"), long_day_text(c, time_nl_day(x->answered_at)));
    } else if (x->consent) {
        panel_fact_add(p, _("Answer before"), long_day_text(c, x->due));
    }
}

static enum err facts_add(struct ctx *c, const struct referral *x, struct panel *p)
{
    const struct config *k;

    TRY(config_get(c, &k));
    p->facts_title = x->out ? _("Brought to a partner") : _("Referred to us");
    TRY(panel_fact_link(c, p, _("Request"), x->number, "/requests/%lld", (long long)x->request));
    TRY(panel_fact_link(c, p, _("Partner"), x->partner_name, "/partners/%lld", (long long)x->partner));
    panel_fact_add(p, _("Team"), config_team_name(k, x->team));
    panel_fact_add(p, _("Who has it"), x->worker_name);
    panel_fact_add(p, x->out ? _("Brought on") : _("Referred on"),
                   long_day_text(c, time_nl_day(x->occurred_at)));
    if (!x->out) {
        in_facts_add(c, x, p);
        return OK;
    }
    panel_fact_add(p, _("In person"), x->warm ? _("Yes") : _("No"));
    panel_fact_add(p, _("Arrived"),
                   x->checked_at == TIME_NONE
                       ? _("Not asked yet")
                       : code_text(c, referral_arrivals, referral_arrival_count, x->arrival));
    panel_fact_add(p, _("Ask before"), x->checked_at == TIME_NONE ? long_day_text(c, x->due) : NULL);
    return OK;
}

static const char *detail(const struct ctx *c, const struct happening *h)
{
    if (text_is(h->kind, "answered"))
        return code_text(c, referral_answers, referral_answer_count, h->reason);
    if (text_is(h->kind, "checked"))
        return code_text(c, referral_arrivals, referral_arrival_count, h->reason);
    return NULL;
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    static const struct panel_words words = { referral_step_name, detail };
    struct panel p = { .back = "/referrals/inbox", .back_label = _("Referrals") };
    const struct happening *h;
    struct referral x;
    size_t n;

    TRY(referral_get(c, r->ids.id[0], &x));
    TRY(frame_fill(c, r, resident_name(c, x.name), "/referrals/inbox", &p.frame));
    p.badge = x.late ? _("too late") : x.stuck ? _("Waits at the partner") : state_name(c, x.state);
    p.look = x.late ? "danger" : x.stuck ? "warning" : "neutral";
    TRY(facts_add(c, &x, &p));
    TRY(consents_add(c, x.id, &p));
    TRY(referral_history(c, &x, &h, &n));
    TRY(panel_steps_fill(c, h, n, &words, &p));
    TRY(forms_add(c, r, &x, sent, &p));
    TRY(panel_news_fill(c, r, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_inbox_page_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct typed t = { .version = -1 };
    int64_t id = r->ids.id[0];

    if (text_is(r->ids.word, "answer")) {
        TRY(form_read(c, r, answer_fields, COUNT(answer_fields), &t, wrong));
        struct referral_answer a = { id, t.version, t.answer, text_empty(t.note) ? NULL : t.note, t.day };
        return referral_give_answer(c, &a);
    }
    if (text_is(r->ids.word, "consent")) {
        TRY(form_read(c, r, consent_fields, COUNT(consent_fields), &t, wrong));
        struct consent k = { text_is(t.given, "yes"), t.given_by, t.how, t.consent_day };
        return referral_consent(c, id, t.version, &k);
    }
    if (!text_is(r->ids.word, "check"))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(form_read(c, r, check_fields, COUNT(check_fields), &t, wrong));
    return referral_check(c, id, t.version, t.arrival, t.day);
}

enum err web_inbox_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    enum err e = save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, "/referrals/inbox/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}

/* ── Of one request ───────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column request_columns[] = {
    SHEET_COLUMN(N_("Partner"), TEXT),
    SHEET_COLUMN(N_("Direction"), TEXT),
    SHEET_COLUMN(N_("Day"), DAY),
    SHEET_COLUMN(N_("Consent"), CHECK),
    SHEET_COLUMN(N_("Answer or arrival"), TEXT),
};

static enum err list_add(struct ctx *c, struct request_id request, struct panel *p)
{
    struct referral *x;
    struct sheet *s;
    size_t n;

    TRY(referral_of_request(c, request, &x, &n));
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "referral",
                         .empty = _("No referrals of this request."),
                         .day = c->today,
                         SHEET_COLUMNS(request_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, x[i].partner_name);
        TRY(sheet_link(c, s, "/referrals/inbox/%lld", (long long)x[i].id));
        sheet_text(s, x[i].out ? _("to the partner") : _("to us"));
        sheet_day(s, time_nl_day(x[i].occurred_at));
        sheet_check(s, x[i].consent);
        sheet_text(s, x[i].out ? code_text(c, referral_arrivals, referral_arrival_count, x[i].arrival)
                               : code_text(c, referral_answers, referral_answer_count, x[i].answer));
    }
    return panel_sheet_add(c, p, _("Referrals"), s);
}

static enum err request_show(struct ctx *c, const struct req *r, const struct panel_sent *sent,
                             struct reply *out)
{
    const struct pair value[] = { { "day", typed_day_text(c, c->today) },
                                  { "consent_day", typed_day_text(c, c->today) } };
    struct panel p = { 0 };
    struct form_options partners;
    struct request q;

    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(frame_fill(c, r, text_empty(q.who.name) ? q.number : q.who.name, "/referrals/inbox", &p.frame));
    p.back = text_made(c, "/requests/%lld", (long long)q.id.v);
    p.back_label = text_made(c, _("Request %s"), q.number);
    p.lead = _("Referrals");
    TRY(list_add(c, q.id, &p));
    TRY(partner_options(c, "partner", &partners));
    struct panel_form_of f = { "out",
                               _("Bring the resident to a partner"),
                               _("Save"),
                               _("Best in person. Within 14 days you ask whether the resident arrived."),
                               { FORM(out_fields), .options = &partners, .n_options = 1, .value = value,
                                 .n_values = 2 },
                               false };
    const char *base = text_made(c, "/requests/%lld/referrals", (long long)q.id.v);
    TRY(panel_form_add(c, r, &p, base, &f, sent));
    f = (struct panel_form_of){ "in",
                                _("A partner referred this resident"),
                                _("Save"),
                                NULL,
                                { FORM(in_fields), .options = &partners, .n_options = 1, .value = value,
                                  .n_values = 2 },
                                false };
    TRY(panel_form_add(c, r, &p, base, &f, sent));
    return panel_html(c, &out->body, &p);
}

enum err web_request_referrals_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return request_show(c, r, NULL, out);
}

static enum err link_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    bool is_out = text_is(r->ids.word, "out");
    struct form_options partners;
    struct form in = { FORM(in_fields), .options = &partners, .n_options = 1 },
                to = { FORM(out_fields), .options = &partners, .n_options = 1 };
    struct typed t = { .version = -1 };
    int64_t id;

    if (!is_out && !text_is(r->ids.word, "in"))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(partner_options(c, "partner", &partners));
    TRY(form_take(c, r, is_out ? &to : &in, &t, wrong));
    struct referral_link l = { .request = { r->ids.id[0] },
                               .partner = t.partner,
                               .out = is_out,
                               .warm = t.warm,
                               .multi_problem = t.multi_problem,
                               .stays = t.stays,
                               .day = t.day,
                               .consent = { text_is(t.given, "yes"), t.given_by, t.how, t.consent_day },
                               .note = text_empty(t.note) ? NULL : t.note };
    return referral_link(c, &l, &id);
}

enum err web_request_referrals_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    enum err e = link_save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld/referrals?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &sent.wrong));
    return request_show(c, r, &sent, out);
}
