// SPDX-License-Identifier: EUPL-1.2
/* The whole way, from bytes on a socket to a page of a register: rights, sessions, forged forms. */
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "register/request.h"
#include "unit/asked.h"
#include "unit/test.h"
#include "web/route.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PASSWORD "a long password"

static int begin(struct ctx *c, const struct site_as *as, struct site **ret_site)
{
    struct site_options opt = { .store = db_store(c->db), .as = as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 3000, .workers = { 1, 2, 1 }, .loops = 1
    };

    if (!CHECK_INT(site_start(c, &opt, &http, ret_site), OK))
        test_skip("%s", c->err.text);
    return http_port(site_http(*ret_site));
}

static void ask(int port, const char *method, const char *path, const char *cookie, const char *more,
                const char *body, struct answer *a)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s", method, path, cookie, more);
    if (body != NULL)
        buf_printf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
                   strlen(body));
    buf_printf(&b, "\r\n%s", body != NULL ? body : "");
    if (!CHECK(client_ask(port, buf_text(&b), a)))
        test_check_str(path, "", __FILE__, __LINE__, "no answer");
    buf_free(&b);
}

/* "/requests/{id}" -> "/requests/1" */
static void sample_path(const char *pattern, char path[128])
{
    size_t n = 0;

    for (const char *p = pattern; *p != '\0'; p++) {
        path[n++] = *p == '{' ? '1' : *p;
        if (*p == '{')
            p = strchr(p, '}');
    }
    path[n] = '\0';
}

static void check_role(struct ctx *c, enum role role)
{
    struct site_as as = { .role = role, .team = INT_NONE, .worker = INT_NONE };
    struct answer a = { 0 };
    struct site *site;
    int port = begin(c, &as, &site);
    size_t n;
    const struct route *r = route_all(&n);

    for (size_t i = 0; i < n; i++) {
        bool is_post = r[i].method == METHOD_POST;
        char path[128], what[200];
        sample_path(r[i].path, path);
        ask(port, is_post ? "POST" : "GET", path, "", "", is_post ? "" : NULL, &a);
        snprintf(what, sizeof what, "%s as %s: %d", r[i].path, role_code(role), a.status);
        test_check(a.status < 500, __FILE__, __LINE__, what);
        test_check((a.status == 403) == !role_may(role, r[i].right), __FILE__, __LINE__, what);
    }
    site_stop(site);
    client_free(&a);
}

/* Every role on every route: refused exactly where it has no right. */
TEST_LONG(site_rights_hold_on_every_route)
{
    struct ctx *c = test_begin("2024-01-03");

    for (enum role role = ROLE_INTAKE; role < ROLE_SYSTEM; role++)
        check_role(c, role);
    test_end(c);
}

TEST(site_strangers_get_the_login_page)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = begin(c, NULL, &site);
    size_t n;
    const struct route *r = route_all(&n);

    for (size_t i = 0; i < n; i++) {
        char path[128];
        if (r[i].right == RIGHT_NONE)
            continue;
        sample_path(r[i].path, path);
        ask(port, r[i].method == METHOD_POST ? "POST" : "GET", path, "Cookie: peil=stolen\r\n", "",
            r[i].method == METHOD_POST ? "" : NULL, &a);
        CHECK_INT(a.status, r[i].method == METHOD_POST ? 401 : 303);
        if (r[i].method == METHOD_GET)
            CHECK_STR(client_header(&a, "Location"), "/login");
    }
    ask(port, "GET", "/nowhere", "", "", NULL, &a);
    CHECK_INT(a.status, 404);
    ask(port, "POST", "/help", "", "", "", &a);
    CHECK_INT(a.status, 405);
    CHECK_STR(client_header(&a, "Allow"), "GET, HEAD");
    ask(port, "DELETE", "/login", "", "", NULL, &a);
    CHECK_INT(a.status, 405);
    CHECK_STR(client_header(&a, "Allow"), "GET, HEAD, POST");
    ask(port, "GET", "/gezond", "", "", NULL, &a);
    CHECK_INT(a.status, 200);
    CHECK(strncmp(buf_text(&a.body), "ok ", 3) == 0);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

/* Logs in and gives the cookie header and the token that forms must bring back. */
static void log_in(struct ctx *c, int port, char cookie[128], char csrf[64], struct answer *a)
{
    ask(port, "POST", "/login", "", "Origin: http://localhost\r\n", "login=lea&password=a+long+password", a);
    CHECK_INT(a->status, 303);
    const char *set = client_header(a, "Set-Cookie");
    if (!CHECK(set != NULL && strncmp(set, "peil=", 5) == 0))
        test_skip("no session");
    CHECK(strstr(set, "HttpOnly") != NULL && strstr(set, "SameSite=Lax") != NULL);
    snprintf(cookie, 128, "Cookie: %.*s\r\n", (int)strcspn(set, ";"), set);
    ask(port, "GET", "/help", cookie, "", NULL, a);
    CHECK_INT(a->status, 200);
    const char *field = strstr(buf_text(&a->body), "name=\"csrf\" value=\"");
    if (!CHECK(field != NULL))
        test_skip("no form on the page");
    field += strlen("name=\"csrf\" value=\"");
    snprintf(csrf, 64, "%.*s", (int)strcspn(field, "\""), field);
    (void)c;
}

static void begin_with_account(struct ctx **ret_c, struct site **ret_site, int *ret_port)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t id;
    struct account_form f = { .login = "lea",
                              .name = "Lea",
                              .password = PASSWORD,
                              .role = ROLE_TEAM_LEAD,
                              .team = INT_NONE,
                              .worker = INT_NONE };

    if (!CHECK_INT(account_add(c, &f, &id), OK))
        test_skip("%s", c->err.text);
    *ret_port = begin(c, NULL, ret_site);
    *ret_c = c;
}

TEST(site_session_from_login_to_logout)
{
    struct answer a = { 0 };
    struct site *site;
    struct ctx *c;
    char cookie[128], csrf[64], body[128];
    int port;

    begin_with_account(&c, &site, &port);
    ask(port, "POST", "/login", "", "", "login=lea&password=wrong", &a);
    CHECK_INT(a.status, 422);
    CHECK(client_header(&a, "Set-Cookie") == NULL);
    CHECK(strstr(buf_text(&a.body), "lea") != NULL); /* nothing typed is lost */
    log_in(c, port, cookie, csrf, &a);
    ask(port, "GET", "/waiting", cookie, "", NULL, &a);
    CHECK_INT(a.status, 200);
    snprintf(body, sizeof body, "csrf=%s", csrf);
    ask(port, "POST", "/logout", cookie, "", body, &a);
    CHECK_INT(a.status, 303);
    ask(port, "GET", "/waiting", cookie, "", NULL, &a);
    CHECK_INT(a.status, 303);
    CHECK_STR(client_header(&a, "Location"), "/login");
    site_stop(site);
    client_free(&a);
    test_end(c);
}

/* The page to log in is kept for everyone: it holds no token of a form that counts once, which only the first
 * of two people could use. */
TEST(site_two_people_log_in_with_one_page)
{
    const char *body = "login=lea&password=a+long+password";
    struct answer a = { 0 };
    struct site *site;
    struct ctx *c;
    int port;

    begin_with_account(&c, &site, &port);
    ask(port, "GET", "/login", "", "", NULL, &a);
    CHECK_INT(a.status, 200);
    CHECK(strstr(buf_text(&a.body), "name=\"password\"") != NULL &&
          strstr(buf_text(&a.body), "\"once\"") == NULL);
    for (int i = 0; i < 2; i++) {
        ask(port, "POST", "/login", "", "", body, &a);
        CHECK_INT(a.status, 303);
        CHECK(client_header(&a, "Set-Cookie") != NULL);
    }
    site_stop(site);
    client_free(&a);
    test_end(c);
}

/* Every POST of the table: without the token, with another one, from another website. */
TEST(site_forged_forms_are_refused)
{
    static const char *const elsewhere[] = { "Origin: http://evil\r\n", "Origin: null\r\n",
                                             "Sec-Fetch-Site: cross-site\r\n",
                                             "Sec-Fetch-Site: same-site\r\n",
                                             "Origin: http://localhost.evil\r\n" };
    struct answer a = { 0 };
    struct site *site;
    struct ctx *c;
    char cookie[128], csrf[64], right[128], wrong[128];
    int port;
    size_t n;
    const struct route *r = route_all(&n);

    begin_with_account(&c, &site, &port);
    log_in(c, port, cookie, csrf, &a);
    snprintf(right, sizeof right, "csrf=%s", csrf);
    snprintf(wrong, sizeof wrong, "csrf=%sx", csrf);
    for (size_t i = 0; i < n; i++) {
        char path[128];
        sample_path(r[i].path, path);
        if (r[i].method != METHOD_POST)
            continue;
        ask(port, "POST", path, cookie, "", "", &a);
        CHECK_INT(a.status, 403);
        ask(port, "POST", path, cookie, "", wrong, &a);
        CHECK_INT(a.status, 403);
        for (size_t k = 0; k < COUNT(elsewhere); k++) {
            ask(port, "POST", path, cookie, elsewhere[k], right, &a);
            CHECK_INT(a.status, 403);
        }
    }
    ask(port, "POST", "/login", "", elsewhere[0], "login=lea&password=a+long+password",
        &a); /* nobody is logged in by others */
    CHECK_INT(a.status, 403);
    ask(port, "POST", "/search", cookie, "Origin: http://localhost\r\n", right, &a);
    CHECK(a.status != 403);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

TEST(site_kept_pages_belong_to_one_session)
{
    struct answer a = { 0 };
    struct site *site;
    struct ctx *c;
    char one[128], two[128], csrf_one[64], csrf_two[64];
    int port;

    begin_with_account(&c, &site, &port);
    log_in(c, port, one, csrf_one, &a);
    log_in(c, port, two, csrf_two, &a);
    CHECK(strcmp(csrf_one, csrf_two) != 0);
    for (int i = 0; i < 3; i++) {
        ask(port, "GET", "/help", i % 2 == 0 ? one : two, "", NULL, &a);
        CHECK(strstr(buf_text(&a.body), i % 2 == 0 ? csrf_one : csrf_two) != NULL);
        CHECK(strstr(buf_text(&a.body), i % 2 == 0 ? csrf_two : csrf_one) == NULL);
    }
    site_stop(site);
    client_free(&a);
    test_end(c);
}

TEST(site_gives_the_waiting_list_as_a_file)
{
    struct ctx *c = test_begin("2024-01-03");
    struct site_as lead = { .role = ROLE_TEAM_LEAD, .team = INT_NONE, .worker = INT_NONE };
    struct site_as worker = { .role = ROLE_SOCIAL_WORKER, .team = INT_NONE, .worker = INT_NONE };
    struct answer a = { 0 };
    struct site *site;
    int port = begin(c, &lead, &site);

    ask(port, "GET", "/waiting?tab=over&urgency=2&format=csv", "", "", NULL, &a);
    CHECK_INT(a.status, 200);
    CHECK_STR(client_header(&a, "Content-Type"), "text/csv; charset=utf-8");
    CHECK_STR(client_header(&a, "Cache-Control"), "no-store");
    CHECK(strstr(buf_text(&a.body), "Over the agreed time; Urgency: Normal") != NULL);
    ask(port, "GET", "/waiting?format=xlsx", "", "", NULL, &a);
    CHECK_INT(a.status, 200);
    CHECK(strncmp(buf_text(&a.body), "PK", 2) == 0);
    ask(port, "GET", "/waiting?format=exe", "", "", NULL, &a);
    CHECK_INT(a.status, 400);
    site_stop(site);
    port = begin(c, &worker, &site);
    ask(port, "GET", "/waiting?format=csv", "", "", NULL, &a);
    CHECK_INT(a.status, 403);
    ask(port, "GET", "/waiting", "", "", NULL, &a);
    CHECK_INT(a.status, 200);
    CHECK(strstr(buf_text(&a.body), "format=csv") == NULL);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

/* A button that is pressed twice: one call in the register, and both answers lead to the same page. */
TEST(site_a_form_sent_twice_counts_once)
{
    struct answer a = { 0 };
    struct site *site;
    struct ctx *c;
    char cookie[128], csrf[64], path[64], body[200], where[100];
    struct request_id id = { 0 };
    struct request before, after;
    int port;

    begin_with_account(&c, &site, &port);
    struct request_form f = asked(c);

    f.who.name = "Jan";
    f.question = "Vraag";
    f.received = c->today - 2;
    f.urgency = URGENCY_UNKNOWN;
    f.safety_checked = false;
    CHECK(request_add(c, &f, &id) == OK && request_get(c, id, &before) == OK);
    log_in(c, port, cookie, csrf, &a);
    snprintf(path, sizeof path, "/requests/%d/calls", (int)id.v);
    snprintf(body, sizeof body, "csrf=%s&once=abcdefghij&result=reached&next=1-1-2030&version=%d", csrf,
             (int)before.events);
    ask(port, "POST", path, cookie, "", body, &a);
    CHECK_INT(a.status, 303);
    snprintf(where, sizeof where, "%.99s", client_header(&a, "Location"));
    ask(port, "POST", path, cookie, "", body, &a);
    CHECK_INT(a.status, 303);
    CHECK_STR(client_header(&a, "Location"), where);
    CHECK(request_get(c, id, &after) == OK);
    CHECK_INT((int64_t)after.events, (int64_t)before.events + 1);
    site_stop(site);
    client_free(&a);
    test_end(c);
}
