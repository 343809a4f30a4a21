// SPDX-License-Identifier: EUPL-1.2
/* Sealing on the screen: asked once and explained, by who may; a second person signs with the own password;
 * errata beside it. */
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "register/session.h"
#include "unit/test.h"
#include "web/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct desk {
    struct ctx *c;
    struct site *site;
    struct answer a;
    int port;
    char cookie[128], csrf[64], folder[40], key[60];
};

static void ask(struct desk *d, const char *path, const char *body)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s", body != NULL ? "POST" : "GET", path, d->cookie);
    if (body != NULL)
        buf_printf(
            &b,
            "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            "%zu\r\n\r\ncsrf=%s&%s",
            strlen(body) + strlen(d->csrf) + 6, d->csrf, body);
    else
        buf_printf(&b, "\r\n");
    CHECK(client_ask(d->port, buf_text(&b), &d->a));
    buf_free(&b);
}

static bool shows(struct desk *d, const char *text)
{
    return strstr(buf_text(&d->a.body), text) != NULL;
}

static void log_in(struct desk *d, const char *login)
{
    char body[120];

    d->cookie[0] = d->csrf[0] = '\0';
    snprintf(body, sizeof body, "login=%s&password=a+long+password", login);
    ask(d, "/login", body);
    const char *set = client_header(&d->a, "Set-Cookie");
    if (!CHECK(set != NULL))
        test_skip("no session");
    snprintf(d->cookie, sizeof d->cookie, "Cookie: %.*s\r\n", (int)strcspn(set, ";"), set);
    ask(d, "/baselines", NULL);
    const char *field = strstr(buf_text(&d->a.body), "name=\"csrf\" value=\"");
    if (!CHECK(field != NULL))
        test_skip("no form");
    field += strlen("name=\"csrf\" value=\"");
    snprintf(d->csrf, sizeof d->csrf, "%.*s", (int)strcspn(field, "\""), field);
}

static void begin(struct desk *d)
{
    static const struct {
        const char *login;
        enum role role;
    } who[] = { { "kim", ROLE_QUALITY },
                { "bas", ROLE_BOARD },
                { "ans", ROLE_ACCOUNT_MANAGER },
                { "tom", ROLE_TEAM_LEAD } };
    struct site_options opt = { .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };

    *d = (struct desk){ .c = test_begin("2024-01-03"), .folder = "/tmp/peil-desk-XXXXXX" };
    CHECK(mkdtemp(d->folder) != NULL);
    snprintf(d->key, sizeof d->key, "%s/key", d->folder);
    setenv("PEIL_BASELINES", d->folder, 1);
    setenv("PEIL_SIGN_KEY", d->key, 1);
    ctx_set_now(d->c, time(NULL));
    for (size_t i = 0; i < COUNT(who); i++) {
        struct account_form f = { who[i].login, who[i].login, "a long password",
                                  who[i].role,  INT_NONE,     INT_NONE };
        int64_t id;
        CHECK_INT(account_add(d->c, &f, &id), OK);
    }
    opt.store = db_store(d->c->db);
    d->c->lang = LANG_EN;
    if (!CHECK_INT(site_start(d->c, &opt, &http, &d->site), OK))
        test_skip("%s", d->c->err.text);
    d->port = http_port(site_http(d->site));
}

static void end(struct desk *d)
{
    static const char *const files[] = {
        "0001.notes/0001.note", "0001.notes/0002.note", "0001.notes", "0001.peil", "key", ""
    };
    char path[80];

    site_stop(d->site);
    client_free(&d->a);
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", d->folder, files[i]);
        CHECK_INT(remove(path), 0);
    }
    unsetenv("PEIL_BASELINES");
    unsetenv("PEIL_SIGN_KEY");
    test_end(d->c);
}

static void typed_day(int32_t day, char text[16])
{
    struct civil k = date_to_civil(day);

    snprintf(text, 16, "%d-%d-%d", k.day, k.month, k.year);
}

TEST(baseline_change_seal_sign_and_erratum_on_the_screen)
{
    char at[16], from[16], body[300];
    struct desk d;

    begin(&d);
    typed_day(d.c->today - 1, at);
    typed_day(d.c->today - 90, from);
    log_in(&d, "tom");
    CHECK(!shows(&d, "href=\"/baselines/new\""));
    ask(&d, "/baselines/new", NULL);
    CHECK_INT(d.a.status, 403);
    log_in(&d, "kim");
    CHECK(shows(&d, "href=\"/baselines/new\""));
    ask(&d, "/baselines/new", NULL);
    CHECK(shows(&d, "This freezes all figures") &&
          shows(&d, "I understand that nobody can change or undo this"));
    snprintf(body, sizeof body, "name=Nulmeting&at=%s&from=%s&to=%s", at, from, at);
    ask(&d, "/baselines", body); /* without the tick nothing happens, and what was typed stays */
    CHECK_INT(d.a.status, 422);
    CHECK(shows(&d, from) && shows(&d, "Nulmeting"));
    snprintf(body, sizeof body, "name=Nulmeting&at=%s&from=%s&to=%s&sure=1", at, at, from);
    ask(&d, "/baselines", body);
    CHECK_INT(d.a.status, 422);
    snprintf(body, sizeof body, "name=Nulmeting&at=%s&from=%s&to=%s&sure=1", at, from, at);
    ask(&d, "/baselines", body);
    CHECK_INT(d.a.status, 303);
    ask(&d, "/baselines/1", NULL);
    CHECK(shows(&d, "Sealed by") && shows(&d, "kim (Quality officer)") &&
          !shows(&d, "href=\"/baselines/1/sign\""));
    ask(&d, "/baselines/1/sign", "password=a+long+password"); /* who sealed it is one person */
    CHECK_INT(d.a.status, 409);
    log_in(&d, "ans");
    ask(&d, "/baselines/1", NULL);
    CHECK(shows(&d, "href=\"/baselines/1/sign\"") && !shows(&d, "/errata/new"));
    ask(&d, "/baselines/1/sign", "password=something+else");
    CHECK_INT(d.a.status, 422);
    ask(&d, "/baselines/1/sign", "password=a+long+password");
    CHECK_INT(d.a.status, 303);
    ask(&d, "/baselines/1/errata", "about=T1&was=1&is=2&why=x");
    CHECK_INT(d.a.status, 403);
    log_in(&d, "bas");
    ask(&d, "/baselines/1/errata", "about=T1&was=80&is=81&why=");
    CHECK_INT(d.a.status, 422);
    ask(&d, "/baselines/1/errata", "about=T1&was=80&is=81&why=Two+days+were+missing");
    CHECK_INT(d.a.status, 303);
    ask(&d, "/baselines/1?table=notes", NULL);
    CHECK(shows(&d, "ans (Account manager)") && shows(&d, "the signature is right") &&
          shows(&d, "Two days were missing") && shows(&d, "bas (Board)"));
    end(&d);
}
