// SPDX-License-Identifier: EUPL-1.2
#include "web/login.h"

#include "register/session.h"
#include "web/tpl.h"

enum err web_home_get(struct ctx *c, const struct req *r, struct reply *out)
{
    (void)r;
    return reply_redirect(c, out, "/today");
}

static enum err login_show(struct ctx *c, const struct req *r, struct form_errors wrong, struct reply *out)
{
    struct login_page p = { .wrong = wrong };

    TRY(frame_fill(c, r, _("Log in"), NULL, &p.frame));
    p.login = (struct field){ .name = "login",
                              .label = _("User name"),
                              .value = req_form(r, "login"),
                              .autocomplete = "username",
                              .required = true };
    p.password = (struct field){ .name = "password",
                                 .label = _("Password"),
                                 .type = "password",
                                 .autocomplete = "current-password",
                                 .required = true };
    return login_html(c, &out->body, &p);
}

enum err web_login_get(struct ctx *c, const struct req *r, struct reply *out)
{
    out->keep = true; /* the same for everyone who is not logged in */
    return login_show(c, r, (struct form_errors){ 0 }, out);
}

enum err web_login_post(struct ctx *c, const struct req *r, struct reply *out)
{
    const char *login = req_form(r, "login"), *password = req_form(r, "password");
    struct form_errors errors = { 0 };
    struct session s;
    enum err e = session_login(c, login == NULL ? "" : login, password == NULL ? "" : password, &s);

    if (e == OK) {
        TRY(reply_cookie(c, r, out, SESSION_COOKIE, s.token, (int64_t)SESSION_HOURS * 3600));
        return reply_redirect(c, out, "/");
    }
    if (e == E_BUSY)
        e = E_CONFLICT;
    TRY(wrong_take(c, e, out, &errors));
    return login_show(c, r, errors, out);
}

enum err web_logout_post(struct ctx *c, const struct req *r, struct reply *out)
{
    const char *token = req_cookie(r, SESSION_COOKIE);

    if (token != NULL)
        TRY(session_logout(c, token));
    TRY(reply_cookie(c, r, out, SESSION_COOKIE, "", -1));
    return reply_redirect(c, out, "/login?done=logout");
}
