// SPDX-License-Identifier: EUPL-1.2
/* The pages of a partner: a light form, a list with four states, one referral. */
#include "base/text.h"
#include "web/options.h"
#include "web/record.h"
#include "web/referral.h"
#include "web/show.h"
#include "web/tpl.h"

#define MENU "/referrals"

static const char *state_look(enum referral_state state)
{
    static const char *const look[REFERRAL_STATES] = { "neutral", "warning", "success", "inactive" };

    return look[state];
}

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Referred on"), DAY),
    SHEET_COLUMN(N_("State"), BADGE),
    SHEET_COLUMN_SUB(N_("Our answer"), TEXT, N_("Answered on")),
};

static enum err list_show(struct ctx *c, const struct req *r, const char *words, struct reply *out)
{
    struct panel_list p = { .search_url = "/referrals/search", .asked = words };
    struct sheet s = {
        .object = "referral", .title = _("My referrals"), .day = c->today, SHEET_COLUMNS(columns)
    };
    struct referral_own *own;
    const char *partner;
    size_t n = 0;

    TRY(referral_own_partner(c, &partner));
    if (c->actor->partner != INT_NONE)
        TRY(referral_own_list(c, words, &own, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, &s, INT_NONE));
        sheet_text(&s, resident_name(c, own[i].name));
        sheet_sub(&s, own[i].number);
        TRY(sheet_link(c, &s, "/referrals/%lld", (long long)own[i].id));
        sheet_day(&s, own[i].day);
        sheet_badge(&s, referral_state_name(c, own[i].state), state_look(own[i].state));
        sheet_text(&s, code_text(c, referral_answers, referral_answer_count, own[i].answer));
        if (own[i].answered != DAY_NONE)
            sheet_sub(&s, day_text(c, own[i].answered));
    }
    s.empty =
        text_empty(partner)
            ? _("This account belongs to no organisation yet. Ask the administrator of the municipality.")
            : _("You see a referral here as long as the resident agrees.");
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    p.lead = partner;
    p.new_url = text_empty(partner) ? NULL : "/referrals/new";
    p.new_label = _("Refer a resident");
    return panel_list_show(c, r, &s, &p, out);
}

enum err web_referrals_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return list_show(c, r, NULL, out);
}

enum err web_referral_search_post(struct ctx *c, const struct req *r, struct reply *out)
{
    const char *words = req_form(r, "q");

    if (text_empty(words))
        return reply_redirect(c, out, "/referrals");
    return list_show(c, r, words, out);
}

/* ── A new one ────────────────────────────────────────────────────────────────────────────────────────────
 */

struct new_typed {
    const char *name, *phone, *address, *question, *safe, *given, *given_by, *how;
    int32_t birth, day, consent_day;
    int64_t neighbourhood;
    bool multi_problem, stays;
};
static const struct code_name safes[] = {
    { "call", N_("Calling is fine") },
    { "silent", N_("Call, but leave no message") },
    { "letter", N_("Only a letter") },
    { "ask", N_("Do not call or write: ask the partner first") },
};
static const struct code_name yes_no[] = { { "yes", N_("Yes") }, { "no", N_("No") } };
static const struct form_field new_fields[] = {
    { FORM_AT(struct new_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name"),
      .group = N_("Who is it about?") },
    { FORM_AT(struct new_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth") },
    { FORM_AT(struct new_typed, phone), .kind = FORM_TEXT, .max = 40, .label = N_("Phone"), .type = "tel",
      .narrow = true },
    { FORM_AT(struct new_typed, address), .kind = FORM_TEXT, .max = 200, .label = N_("Address") },
    { FORM_AT(struct new_typed, neighbourhood), .kind = FORM_PICK, .label = N_("Neighbourhood"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct new_typed, safe), .kind = FORM_CODE, .required = true,
      .label = N_("How may we safely reach the resident?"), FORM_CODE_LIST(safes) },
    { FORM_AT(struct new_typed, question), .kind = FORM_LINES, .required = true, .max = 4000,
      .label = N_("What is the question?"),
      .hint = N_("In the words of the resident. Only what we need to begin."), .group = N_("The question") },
    { FORM_AT(struct new_typed, day), .kind = FORM_DATE, .required = true,
      .label = N_("When did the resident ask you?") },
    { FORM_AT(struct new_typed, multi_problem), .kind = FORM_CHECK,
      .label = N_("There are several problems that hang together") },
    { FORM_AT(struct new_typed, stays), .kind = FORM_CHECK,
      .label = N_("The resident stays with us until you begin") },
    { FORM_AT(struct new_typed, given), .kind = FORM_CODE, .required = true,
      .label = N_("Does the resident agree that you hear how it goes?"),
      .hint = N_("Without consent you do not see the referral any more after sending it."),
      FORM_CODE_LIST(yes_no), .group = N_("Consent of the resident") },
    { FORM_AT(struct new_typed, given_by), .kind = FORM_CODE, .required = true, .label = N_("Who said so?"),
      .codes = consent_givers, .n_codes = &consent_giver_count },
    { FORM_AT(struct new_typed, how), .kind = FORM_CODE, .required = true, .label = N_("How was that said?"),
      .codes = consent_ways, .n_codes = &consent_way_count },
    { FORM_AT(struct new_typed, consent_day), .kind = FORM_DATE, .required = true,
      .label = N_("On which day?") },
};

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    const struct pair value[] = { { "day", typed_day_text(c, c->today) },
                                  { "consent_day", typed_day_text(c, c->today) },
                                  { "safe", "call" } };
    struct record_new_page p = { .action = "/referrals",
                                 .back = "/referrals",
                                 .button = _("Send the referral") };
    struct form_options options;
    struct form form = { FORM(new_fields), .options = &options, .n_options = 1, .value = value,
                         .n_values = COUNT(value) };

    TRY(neighbourhood_options(c, "neighbourhood", &options));
    TRY(frame_fill(c, r, _("Refer a resident"), MENU, &p.frame));
    p.warning = _("Is someone in danger now? Call 112. Advice on violence at home: Veilig Thuis 0800-2000.");
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_referral_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_REFERRAL));
    return new_show(c, r, NULL, out);
}

static const char *or_null(const char *text)
{
    return text_empty(text) ? NULL : text;
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *wrong, bool *ret_given)
{
    struct form_options options;
    struct form form = { FORM(new_fields), .options = &options, .n_options = 1 };
    struct new_typed t = { 0 };
    char iso[11];
    int64_t id;

    TRY(neighbourhood_options(c, "neighbourhood", &options));
    TRY(form_take(c, r, &form, &t, wrong));
    if (t.birth != DAY_NONE && t.birth > c->today)
        return FAIL_FIELD("birth", "%s", _("This date is in the future."));
    date_iso(t.birth, iso);
    *ret_given = text_is(t.given, "yes");
    struct referral_form f = { .who = { .name = or_null(t.name),
                                        .birth = t.birth == DAY_NONE ? NULL : iso,
                                        .phone = or_null(t.phone),
                                        .address = or_null(t.address),
                                        .safe_contact = t.safe },
                               .question = t.question,
                               .day = t.day,
                               .neighbourhood = t.neighbourhood,
                               .multi_problem = t.multi_problem,
                               .stays = t.stays,
                               .consent = { *ret_given, t.given_by, t.how, t.consent_day } };
    return referral_add(c, &f, &id);
}

enum err web_referral_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    bool given = false;
    enum err e = new_save(c, r, &wrong, &given);

    if (e == OK)
        return reply_redirect(c, out, "/referrals?done=%s", given ? "referred" : "referred_unseen");
    TRY(wrong_take(c, e, out, &wrong));
    return new_show(c, r, &wrong, out);
}

/* ── One ──────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct withdraw_typed {
    int64_t version;
    const char *given_by, *how;
    int32_t consent_day;
};
static const struct form_field withdraw_fields[] = {
    { FORM_AT(struct withdraw_typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct withdraw_typed, given_by), .kind = FORM_CODE, .required = true,
      .label = N_("Who said so?"), .codes = consent_givers, .n_codes = &consent_giver_count },
    { FORM_AT(struct withdraw_typed, how), .kind = FORM_CODE, .required = true,
      .label = N_("How was that said?"), .codes = consent_ways, .n_codes = &consent_way_count },
    { FORM_AT(struct withdraw_typed, consent_day), .kind = FORM_DATE, .required = true,
      .label = N_("On which day?") },
};

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    struct panel p = { .back = "/referrals",
                       .back_label = _("My referrals"),
                       .facts_title = _("How it stands") };
    struct referral_own own;

    TRY(referral_own_get(c, r->ids.id[0], &own));
    TRY(frame_fill(c, r, resident_name(c, own.name), MENU, &p.frame));
    p.badge = referral_state_name(c, own.state);
    p.look = state_look(own.state);
    panel_fact_add(&p, _("Number"), own.number);
    panel_fact_add(&p, _("Referred on"), long_day_text(c, own.day));
    panel_fact_add(&p, _("State"), p.badge);
    panel_fact_add(&p, _("Our answer"),
                   own.answered == DAY_NONE
                       ? _("Not yet")
                       : code_text(c, referral_answers, referral_answer_count, own.answer));
    panel_fact_add(&p, _("Answered on"), own.answered == DAY_NONE ? NULL : long_day_text(c, own.answered));
    panel_fact_add(&p, _("Several problems"), own.multi_problem ? _("Yes") : NULL);
    panel_fact_add(&p, _("Stays with you until we begin"), own.stays ? _("Yes") : NULL);
    const struct pair value[] = { { "version", typed_number_text(c, own.version) },
                                  { "consent_day", typed_day_text(c, c->today) } };
    struct panel_form_of f = {
        "withdraw",
        _("The resident does not agree any more"),
        _("Withdraw consent"),
        _("From then on you do not see this referral any more. We go on helping the resident."),
        { FORM(withdraw_fields), .value = value, .n_values = COUNT(value) },
        false
    };
    TRY(panel_form_add(c, r, &p, text_made(c, "/referrals/%lld", (long long)own.id), &f, sent));
    return panel_html(c, &out->body, &p);
}

enum err web_referral_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err withdraw(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct withdraw_typed t = { 0 };
    struct referral_own own;

    TRY(referral_own_get(c, r->ids.id[0], &own)); /* nothing is said about what is not seen */
    TRY(form_read(c, r, withdraw_fields, COUNT(withdraw_fields), &t, wrong));
    struct consent k = { false, t.given_by, t.how, t.consent_day };
    return referral_own_withdraw(c, own.id, t.version, &k);
}

enum err web_referral_withdraw_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = "withdraw" };
    enum err e = withdraw(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, "/referrals?done=consent_withdrawn");
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}
