// SPDX-License-Identifier: EUPL-1.2
/* Settings of the law: what holds now, from when, why, and what held before; a form for each kind of value.
 */
#include "register/law_setting.h"

#include "base/text.h"
#include "register/right.h"
#include "web/setting.h"
#include "web/show.h"
#include "web/tpl.h"

#define BASE "/settings/law"

struct law_typed {
    const char *name, *value, *reason;
    int64_t number, first, second, third, seen;
    int32_t from;
};
static const struct code_name numbers[] = {
    { "law.other_weeks", N_("Decision outside the Social Support Act: weeks") },
    { "law.receipt_days", N_("Receipt confirmed: working days") },
    { "law.provider_weeks", N_("Complaint under the own scheme: weeks") },
    { "law.youth_weeks", N_("Ruling on a complaint about youth help: weeks") },
};
static const struct code_name deciders[] = {
    { "municipality", N_("The municipality") },
    { "us", N_("We, in the name of the municipality (mandate, Wmo 2.6.3)") },
};
#define LAST_FIELDS                                                                                          \
    { FORM_AT(struct law_typed, from), .kind = FORM_DATE, .required = true,                                  \
      .label = N_("From which day?") },                                                                      \
        { FORM_AT(struct law_typed, reason),                                                                 \
          .kind = FORM_LINES,                                                                                \
          .max = 500,                                                                                        \
          .required = true,                                                                                  \
          .label = N_("Why?"),                                                                               \
          .hint = N_("For example the bylaw, or the law that changed.") },                                   \
    {                                                                                                        \
        FORM_AT(struct law_typed, seen), .kind = FORM_INT, .hidden = true, .max = 100000                     \
    }
#define EUROS(member, label_)                                                                                \
    {                                                                                                        \
        FORM_AT(struct law_typed, member), .kind = FORM_INT, .max = 10000, .required = true, .narrow = true, \
                                           .label = (label_)                                                 \
    }
static const struct form_field number_fields[] = {
    { FORM_AT(struct law_typed, name), .kind = FORM_CODE, FORM_CODE_LIST(numbers), .required = true,
      .look = FORM_AS_SELECT, .label = N_("Which term?") },
    { FORM_AT(struct law_typed, number), .kind = FORM_INT, .max = 60, .required = true, .narrow = true,
      .label = N_("How many?") },
    LAST_FIELDS
};
static const struct form_field party_fields[] = { { FORM_AT(struct law_typed, value), .kind = FORM_CODE,
                                                    FORM_CODE_LIST(deciders), .required = true,
                                                    .label = N_("Who decides on applications?") },
                                                  LAST_FIELDS };
static const struct form_field euro_fields[] = { EUROS(first, N_("Euros a day, days 1 to 14")),
                                                 EUROS(second, N_("Euros a day, days 15 to 28")),
                                                 EUROS(third, N_("Euros a day, days 29 to 42")),
                                                 LAST_FIELDS };
static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("What"), TEXT),
    SHEET_COLUMN(N_("Value"), TEXT),
    SHEET_COLUMN(N_("From which day"), TEXT),
    SHEET_COLUMN(N_("Now"), BADGE),
    SHEET_COLUMN(N_("Why"), TEXT),
    SHEET_COLUMN_SUB(N_("Who"), TEXT, N_("When")),
};

static const char *value_text(struct ctx *c, const struct law_setting_row *row)
{
    if (row->of->kind == LAW_SETTING_PARTY)
        return code_text(c, deciders, COUNT(deciders), row->value);
    return text_made(c, "%s %s", row->value, row->of->unit != NULL ? _(row->of->unit) : "");
}

static enum err rows_add(struct ctx *c, const struct law_setting_row *row, size_t n, struct panel *p)
{
    struct sheet *s;

    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "law_setting",
                         .title = _("Terms of the law"),
                         .empty = _("Nothing was changed yet."),
                         .day = c->today,
                         SHEET_COLUMNS(columns) };
    for (size_t i = 0; i < n; i++) {
        bool later = row[i].from != DAY_NONE && row[i].from > c->today;
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, _(row[i].of->label));
        sheet_text(s, value_text(c, &row[i]));
        sheet_text(s, row[i].from == DAY_NONE ? _("from the start") : day_text(c, row[i].from));
        sheet_badge(s,
                    row[i].now ? _("Holds now")
                    : later    ? _("Holds later")
                               : _("Held before"),
                    row[i].now ? "success"
                    : later    ? "neutral"
                               : "inactive");
        sheet_text(s, row[i].reason);
        sheet_text(s, row[i].who);
        sheet_sub(s, row[i].recorded_at == TIME_NONE ? NULL : typed_moment_text(c, row[i].recorded_at));
    }
    return panel_sheet_add(c, p, _("What holds, from when"), s);
}

static enum err forms_add(struct ctx *c, const struct req *r, const struct panel_sent *sent, int64_t seen,
                          struct panel *p)
{
    const struct pair value[] = { { "seen", typed_number_text(c, seen) },
                                  { "from", typed_day_text(c, c->today) } };
    struct panel_form_of number = { "number",
                                    _("Another term"),
                                    _("Save"),
                                    NULL,
                                    { FORM(number_fields), .value = value, .n_values = COUNT(value) },
                                    false };
    struct panel_form_of party = { "party",
                                   _("Somebody else decides"),
                                   _("Save"),
                                   NULL,
                                   { FORM(party_fields), .value = value, .n_values = COUNT(value) },
                                   false };
    struct panel_form_of euros = { "euros",
                                   _("Another penalty"),
                                   _("Save"),
                                   _("For penalties that begin on or after that day."),
                                   { FORM(euro_fields), .value = value, .n_values = COUNT(value) },
                                   false };

    TRY(panel_form_add(c, r, p, BASE, &number, sent));
    TRY(panel_form_add(c, r, p, BASE, &party, sent));
    return panel_form_add(c, r, p, BASE, &euros, sent);
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    struct panel p = { .back = "/settings", .back_label = _("Settings") };
    const struct law_setting_row *row;
    int64_t seen;
    size_t n;

    TRY(law_setting_rows(c, &row, &n, &seen));
    TRY(frame_fill(c, r, _("Terms of the law"), "/settings", &p.frame));
    p.lead = _("A change holds from its day on. A term that began before that day keeps its length. "
               "Nothing is thrown away.");
    TRY(rows_add(c, row, n, &p));
    TRY(forms_add(c, r, sent, seen, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_law_settings_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct law_typed t = { .from = DAY_NONE };
    const char *code = r->ids.word;
    bool euros = text_is(code, "euros"), party = text_is(code, "party");
    struct form form = { .field = euros   ? euro_fields
                                  : party ? party_fields
                                          : number_fields,
                         .n = euros   ? COUNT(euro_fields)
                              : party ? COUNT(party_fields)
                                      : COUNT(number_fields) };

    TRY(may(c, RIGHT_SETTINGS));
    if (!euros && !party && !text_is(code, "number"))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(form_take(c, r, &form, &t, wrong));
    struct law_setting_form f = { .name = euros   ? "law.penalty"
                                          : party ? "law.decides"
                                                  : t.name,
                                  .value = party ? t.value : typed_number_text(c, t.number),
                                  .reason = t.reason,
                                  .from = t.from,
                                  .seen = t.seen };
    if (euros)
        f.value = text_made(c, "%lld %lld %lld", (long long)t.first, (long long)t.second, (long long)t.third);
    return law_setting_add(c, &f);
}

/* The register says "value"; on the page that is the field of this form. */
static void name_field(const char *code, struct form_errors *wrong)
{
    if (text_is(code, "party"))
        return;
    for (size_t i = 0; i < wrong->n; i++)
        if (text_is(wrong->at[i].field, "value"))
            wrong->at[i].field = text_is(code, "euros") ? "first" : "number";
}

enum err web_law_settings_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    enum err e = save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, BASE "?done=saved");
    TRY(wrong_take(c, e, out, &sent.wrong));
    name_field(sent.code, &sent.wrong);
    return show(c, r, &sent, out);
}
