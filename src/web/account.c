// SPDX-License-Identifier: EUPL-1.2
#include "web/account.h"

#include "base/text.h"
#include "register/password.h"
#include "web/tpl.h"

struct language_typed {
    int64_t language;
};
static const char *const languages[] = { "nl", "en", NULL };
/* In their own words: who cannot read this page finds the way. */
static const char *const language_names[] = { "Nederlands", "English", NULL };
static const struct form_field language_fields[] = {
    { FORM_AT(struct language_typed, language), .kind = FORM_CHOICE, .required = true, .choice = languages,
      .choice_label = language_names, .label = N_("Language of the screens") },
};

struct password_typed {
    const char *old, *password, *again;
};
static const struct form_field password_fields[] = {
    { FORM_AT(struct password_typed, old), .kind = FORM_TEXT, .required = true, .narrow = true,
      .max = PASSWORD_MAX, .type = "password", .autocomplete = "current-password",
      .label = N_("Present password") },
    { FORM_AT(struct password_typed, password), .kind = FORM_TEXT, .required = true, .narrow = true,
      .max = PASSWORD_MAX, .type = "password", .autocomplete = "new-password", .label = N_("New password"),
      .hint = N_("At least 12 characters. A sentence is easy to remember.") },
    { FORM_AT(struct password_typed, again), .kind = FORM_TEXT, .required = true, .narrow = true,
      .max = PASSWORD_MAX, .type = "password", .autocomplete = "new-password",
      .label = N_("New password again") },
};

/* wrong: what was wrong with the one form or the other; NULL for a form that was not sent. */
static enum err show(struct ctx *c, const struct req *r, const struct form_errors *language,
                     const struct form_errors *password, struct reply *out)
{
    struct account_page p = { 0 };
    const struct pair value[] = { { "language", c->lang == LANG_EN ? "en" : "nl" } };
    struct form one = { FORM(language_fields), .value = value, .n_values = 1 },
                two = { FORM(password_fields) };

    TRY(own_account_get(c, &p.own));
    TRY(frame_fill(c, r, _("My account"), "/account", &p.frame));
    p.role = role_name(c, p.own.role);
    TRY(form_view_fill(c, r, &one, language, &p.language));
    TRY(form_view_fill(c, r, &two, password, &p.password));
    return account_html(c, &out->body, &p);
}

enum err web_account_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, NULL, out);
}

enum err web_account_language_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    struct language_typed t = { 0 };
    enum err e = form_read(c, r, language_fields, COUNT(language_fields), &t, &errors);

    if (e == OK)
        e = own_account_set_language(c, t.language == 1 ? LANG_EN : LANG_NL);
    if (e == OK)
        return reply_redirect(c, out, "/account?done=language");
    TRY(wrong_take(c, e, out, &errors));
    return show(c, r, &errors, NULL, out);
}

enum err web_account_password_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    struct password_typed t = { 0 };
    enum err e = form_read(c, r, password_fields, COUNT(password_fields), &t, &errors);

    if (e == OK) {
        const char *token = req_cookie(r, SESSION_COOKIE);
        struct password_change change = { t.old, t.password, t.again, token != NULL ? token : "" };
        e = own_account_set_password(c, &change);
    }
    if (e == OK)
        return reply_redirect(c, out, "/account?done=password");
    if (e == E_BUSY)
        e = E_CONFLICT;
    TRY(wrong_take(c, e, out, &errors));
    return show(c, r, NULL, &errors, out);
}
