// SPDX-License-Identifier: EUPL-1.2
/* Sealing a baseline, co-signing it, and putting an erratum beside it. */
#include "account/baseline_note.h"
#include "base/date.h"
#include "base/text.h"
#include "register/password.h"
#include "web/baseline.h"
#include "web/form_page.h"
#include "web/show.h"

#define MENU "/baselines"

/* ── Sealing ── */

struct seal_typed {
    const char *name;
    int32_t at, from, to;
    bool sure;
};
static const struct form_field seal_fields[] = {
    { FORM_AT(struct seal_typed, name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("What is it called?"), .first = true },
    { FORM_AT(struct seal_typed, at), .kind = FORM_DATE, .required = true, .label = N_("Reference date"),
      .hint = N_("Everything that was known at the end of that day.") },
    { FORM_AT(struct seal_typed, from), .kind = FORM_DATE, .required = true, .narrow = true,
      .label = N_("Figures of the period from") },
    { FORM_AT(struct seal_typed, to), .kind = FORM_DATE, .required = true, .narrow = true,
      .label = N_("up to and including") },
    { FORM_AT(struct seal_typed, sure), .kind = FORM_CHECK, .required = true,
      .label = N_("I understand that nobody can change or undo this") },
};

static enum err seal_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    int32_t yesterday = c->today - 1;
    struct pair value[] = { { "name", _("Baseline") },
                            { "at", typed_day_text(c, yesterday) },
                            { "from", typed_day_text(c, date_add_months(c->today, -12)) },
                            { "to", typed_day_text(c, yesterday) } };
    struct form form = { FORM(seal_fields), .value = value, .n_values = COUNT(value) };
    struct form_page page = {
        .title = _("Seal a baseline"),
        .menu = MENU,
        .lead = _(
            "This freezes all figures with their n and interval, for everybody and for each team; their "
            "definitions; norms and settings; inhabitants; staff hours; days on which nobody works; what is "
            "missing; and the rows behind them, without persons. It is signed with the key of this "
            "register."),
        .warning = _("A sealed baseline can never be changed, not by anybody. A mistake can only be put "
                     "beside it as an "
                     "erratum."),
        .action = "/baselines",
        .button = _("Seal it"),
        .back = MENU
    };

    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_baseline_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return seal_show(c, r, NULL, out);
}

static enum err seal_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_number)
{
    struct form form = { FORM(seal_fields) };
    struct seal_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, errors));
    if (!t.sure)
        return FAIL_FIELD("sure", "%s", _("Tick this to go on."));
    if (t.at >= c->today)
        return FAIL_FIELD("at", "%s", _("A baseline is about a day that is over."));
    if (t.from > t.to || t.to > t.at)
        return FAIL_FIELD("from", "%s", _("The period must lie before the moment of the baseline."));
    const struct baseline_form f = { .name = t.name,
                                     .at = time_of_nl_day(t.at + 1, 0),
                                     .from = time_of_nl_day(t.from, 0),
                                     .to = time_of_nl_day(t.to + 1, 0) };
    return baseline_seal(c, &f, ret_number);
}

enum err web_baseline_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t number = 0;
    enum err e = seal_save(c, r, &errors, &number);
    const char *path;

    if (e == OK) {
        TRY(path_of(c, "/baselines/{}?done=saved", number, &path));
        return reply_redirect(c, out, "%s", path);
    }
    TRY(wrong_take(c, e, out, &errors));
    return seal_show(c, r, &errors, out);
}

/* ── The second signature ── */

struct sign_typed {
    const char *password;
};
static const struct form_field sign_fields[] = {
    { FORM_AT(struct sign_typed, password), .kind = FORM_TEXT, .required = true, .narrow = true,
      .max = PASSWORD_MAX, .type = "password", .autocomplete = "current-password", .first = true,
      .label = N_("Your password") },
};

static enum err named_page(struct ctx *c, const struct req *r, const char *format, struct form_page *page,
                           const struct form *form, const struct form_errors *wrong, struct reply *out)
{
    struct baseline b;

    TRY(baseline_open(c, r->ids.id[0], &b));
    page->title = filled_text(c, page->title, b.name, "");
    baseline_close(&b);
    page->menu = MENU;
    TRY(path_of(c, format, r->ids.id[0], &page->action));
    TRY(path_of(c, "/baselines/{}", r->ids.id[0], &page->back));
    return form_page_show(c, r, page, form, wrong, out);
}

static enum err sign_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct form form = { FORM(sign_fields) };
    struct form_page page = {
        .title = _("Co-sign {1}"),
        .lead = _(
            "You sign that this is the baseline you agree to. Your signature is made with your own password: "
            "nobody else can make it, and everybody can check it. It stands beside the baseline with your "
            "name, "
            "role and the moment."),
        .button = _("Sign")
    };

    return named_page(c, r, "/baselines/{}/sign", &page, &form, wrong, out);
}

enum err web_baseline_sign_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return sign_show(c, r, NULL, out);
}

static enum err sign_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(sign_fields) };
    struct sign_typed t = { 0 };
    struct baseline b;

    TRY(form_take(c, r, &form, &t, errors));
    TRY(baseline_open(c, r->ids.id[0], &b));
    enum err e = baseline_cosign(c, &b, t.password);
    baseline_close(&b);
    return e;
}

static enum err back_to(struct ctx *c, const struct req *r, struct reply *out)
{
    const char *path;

    TRY(path_of(c, "/baselines/{}?table=notes&done=saved", r->ids.id[0], &path));
    return reply_redirect(c, out, "%s", path);
}

enum err web_baseline_sign_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = sign_save(c, r, &errors);

    if (e == OK)
        return back_to(c, r, out);
    TRY(wrong_take(c, e, out, &errors));
    return sign_show(c, r, &errors, out);
}

/* ── Errata ── */

static const struct form_field erratum_fields[] = {
    { FORM_AT(struct baseline_erratum, about), .kind = FORM_TEXT, .required = true, .max = 200, .first = true,
      .label = N_("What is it about?"),
      .hint = N_("A figure and its code, a line of a table. No names of residents.") },
    { FORM_AT(struct baseline_erratum, was), .kind = FORM_TEXT, .max = 200, .narrow = true,
      .label = N_("As it was sealed") },
    { FORM_AT(struct baseline_erratum, is), .kind = FORM_TEXT, .max = 200, .narrow = true,
      .label = N_("As it should have been") },
    { FORM_AT(struct baseline_erratum, why), .kind = FORM_LINES, .required = true, .max = 2000,
      .label = N_("Why?") },
};

static enum err erratum_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct reply *out)
{
    struct form form = { FORM(erratum_fields) };
    struct form_page page = { .title = _("Erratum beside {1}"),
                              .lead = _("The baseline stays as it was sealed. The erratum gets a number, the "
                                        "day and your name, and stands "
                                        "beside it for good."),
                              .button = _("Put it beside the baseline") };

    return named_page(c, r, "/baselines/{}/errata", &page, &form, wrong, out);
}

enum err web_baseline_erratum_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return erratum_show(c, r, NULL, out);
}

static enum err erratum_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(erratum_fields) };
    struct baseline_erratum t = { 0 };
    struct baseline b;
    int64_t number;

    TRY(form_take(c, r, &form, &t, errors));
    TRY(baseline_open(c, r->ids.id[0], &b));
    enum err e = baseline_erratum_add(c, &b, &t, &number);
    baseline_close(&b);
    return e;
}

enum err web_baseline_erratum_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = erratum_save(c, r, &errors);

    if (e == OK)
        return back_to(c, r, out);
    TRY(wrong_take(c, e, out, &errors));
    return erratum_show(c, r, &errors, out);
}
