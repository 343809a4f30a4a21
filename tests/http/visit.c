// SPDX-License-Identifier: EUPL-1.2
#include "http/visit.h"

#include <stdio.h>
#include <string.h>

void visit_begin(struct ctx *c, const struct site_as *as, struct visit *ret_visit)
{
    struct site_options opt = { .store = db_store(c->db), .as = as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };

    *ret_visit = (struct visit){ .site = NULL };
    if (!CHECK_INT(site_start(c, &opt, &http, &ret_visit->site), OK))
        test_skip("%s", c->err.text);
    ret_visit->port = http_port(site_http(ret_visit->site));
}

void visit_end(struct visit *v)
{
    site_stop(v->site);
    client_free(&v->a);
}

static void take_csrf(struct visit *v)
{
    static const char before[] = "name=\"csrf\" value=\"";

    CHECK_INT(visit_ask(v, "/help", NULL), 200);
    const char *at = strstr(buf_text(&v->a.body), before);
    if (!CHECK(at != NULL))
        test_skip("no form on the page");
    at += strlen(before);
    snprintf(v->csrf, sizeof v->csrf, "%.*s", (int)strcspn(at, "\""), at);
}

void visit_log_in(struct visit *v, const char *login)
{
    char body[120];

    v->cookie[0] = v->csrf[0] = '\0';
    snprintf(body, sizeof body, "login=%s&password=a+long+password", login);
    CHECK_INT(visit_ask(v, "/login", body), 303);
    const char *set = client_header(&v->a, "Set-Cookie");
    if (!CHECK(set != NULL))
        test_skip("no session");
    snprintf(v->cookie, sizeof v->cookie, "Cookie: %.*s\r\n", (int)strcspn(set, ";"), set);
    take_csrf(v);
}

int visit_ask(struct visit *v, const char *path, const char *body)
{
    struct buf b = { 0 }, form = { 0 };

    if (v->csrf[0] != '\0')
        buf_printf(&form, "csrf=%s&", v->csrf);
    buf_str(&form, body != NULL ? body : "");
    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s", body != NULL ? "POST" : "GET", path, v->cookie);
    if (body != NULL)
        buf_printf(&b,
                   "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                   "Content-Length: %zu\r\n\r\n%s",
                   form.len, buf_text(&form));
    else
        buf_lit(&b, "\r\n");
    CHECK(client_ask(v->port, buf_text(&b), &v->a));
    buf_free(&form);
    buf_free(&b);
    return v->a.status;
}

bool visit_says(const struct visit *v, const char *text)
{
    return v->a.body.len > 0 && memmem(v->a.body.data, v->a.body.len, text, strlen(text)) != NULL;
}
