// SPDX-License-Identifier: EUPL-1.2
/* The pages of staff, allocation, caseload and hand-over lists, over a socket: each form does what it says,
 * keeps what was typed when it is wrong, and a second click does it once. */
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "register/session.h"
#include "unit/staff.h"
#include "unit/test.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

struct staff_site {
    struct ctx *c;
    struct staff_town t;
    struct site *site;
    struct answer a;
    int port;
    char cookie[128], csrf[64];
};

static void ask(struct staff_site *s, const char *method, const char *path, const char *body)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s", method, path, s->cookie);
    if (body != NULL)
        buf_printf(
            &b,
            "Origin: http://localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            "%zu\r\n\r\ncsrf=%s&%s",
            strlen(body) + strlen(s->csrf) + 6, s->csrf, body);
    else
        buf_printf(&b, "\r\n");
    CHECK(client_ask(s->port, buf_text(&b), &s->a));
    buf_free(&b);
}

static bool shows(const struct staff_site *s, const char *text)
{
    struct answer a = s->a;

    return strstr(buf_text(&a.body), text) != NULL;
}

static void log_in(struct staff_site *s, const char *login)
{
    char body[120];

    s->cookie[0] = s->csrf[0] = '\0';
    snprintf(body, sizeof body, "login=%s&password=a+long+password", login);
    ask(s, "POST", "/login", body);
    const char *set = client_header(&s->a, "Set-Cookie");
    if (!CHECK(set != NULL))
        test_skip("no session");
    snprintf(s->cookie, sizeof s->cookie, "Cookie: %.*s\r\n", (int)strcspn(set, ";"), set);
    ask(s, "GET", "/staff", NULL);
    const char *field = strstr(buf_text(&s->a.body), "name=\"csrf\" value=\"");
    if (!CHECK(field != NULL))
        test_skip("no form");
    field += strlen("name=\"csrf\" value=\"");
    snprintf(s->csrf, sizeof s->csrf, "%.*s", (int)strcspn(field, "\""), field);
}

static void begin(struct staff_site *s)
{
    struct site_options opt = { .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 3000, .workers = { 1, 2, 1 }, .loops = 1
    };

    *s = (struct staff_site){ .c = test_begin("2024-01-03") };
    staff_town_make(s->c, &s->t);
    staff_account(s->c, "lead", ROLE_TEAM_LEAD, s->t.oost, INT_NONE);
    staff_account(s->c, "anna", ROLE_SOCIAL_WORKER, s->t.oost, s->t.anna);
    opt.store = db_store(s->c->db);
    s->c->lang = LANG_NL; /* of the site */
    if (!CHECK_INT(site_start(s->c, &opt, &http, &s->site), OK))
        test_skip("%s", s->c->err.text);
    s->port = http_port(site_http(s->site));
}

static void end(struct staff_site *s)
{
    site_stop(s->site);
    client_free(&s->a);
    test_end(s->c);
}

TEST(staff_pages_add_change_and_keep_typed)
{
    struct staff_site s;
    char path[80], body[400];

    begin(&s);
    log_in(&s, "lead");
    snprintf(body, sizeof body, "version=0&name=Emma+Proef&team=%lld&discipline=&fte=2", (long long)s.t.oost);
    ask(&s, "POST", "/staff", body);
    CHECK_INT(s.a.status, 422);
    CHECK(shows(&s, "Emma Proef"));
    snprintf(
        body, sizeof body,
        "version=0&name=Emma+Proef&team=%lld&discipline=social_worker&languages=nl&languages=tr&fte=0%%2C89"
        "&employer_new=LEVgroep&employer_kind=partner",
        (long long)s.t.oost);
    ask(&s, "POST", "/staff", body);
    CHECK_INT(s.a.status, 303);
    snprintf(path, sizeof path, "%s", client_header(&s.a, "Location"));
    ask(&s, "GET", path, NULL);
    CHECK(shows(&s, "Emma Proef") && shows(&s, "0,89") && shows(&s, "LEVgroep") &&
          shows(&s, "Nederlands, Turks"));
    ask(&s, "GET", "/staff", NULL);
    CHECK(shows(&s, "Emma Proef"));
    ask(&s, "GET", "/staff?format=csv", NULL);
    CHECK(shows(&s, "Emma Proef"));
    snprintf(body, sizeof body, "from=1-2-2024&fte=9");
    snprintf(path, sizeof path, "/staff/%lld/fte", (long long)s.t.anna);
    ask(&s, "POST", path, body);
    CHECK_INT(s.a.status, 422);
    CHECK(shows(&s, "value=\"9\""));
    snprintf(path, sizeof path, "/staff/%lld", (long long)s.t.dirk); /* of another team */
    ask(&s, "GET", path, NULL);
    CHECK_INT(s.a.status, 404);
    end(&s);
}

TEST(staff_pages_absence_only_dates)
{
    struct staff_site s;
    char body[200];

    begin(&s);
    log_in(&s, "lead");
    snprintf(body, sizeof body, "worker=%lld&kind=sick&from=1-1-2024&until=31-12-2023", (long long)s.t.anna);
    ask(&s, "POST", "/staff/absence", body);
    CHECK_INT(s.a.status, 422);
    snprintf(body, sizeof body, "worker=%lld&kind=sick&from=2-1-2024", (long long)s.t.anna);
    ask(&s, "POST", "/staff/absence", body);
    CHECK_INT(s.a.status, 303);
    ask(&s, "GET", "/staff/absence?week=2024-01-03", NULL);
    CHECK(shows(&s, "Anna") && shows(&s, "Ziek"));
    log_in(&s, "anna");
    ask(&s, "GET", "/staff/absence?week=2024-01-03", NULL);
    CHECK(shows(&s, "Anna") && !shows(&s, ">Bram<")); /* a worker sees the own line */
    end(&s);
}

/* From the waiting list to a worker, taken, given back; a form that is sent twice has one effect. */
TEST(staff_pages_allocate_accept_give_back)
{
    struct staff_site s;
    struct request r;
    char path[80], body[300];

    begin(&s);
    struct request_id id = staff_request(s.c, &s.t);
    log_in(&s, "lead");
    snprintf(path, sizeof path, "/requests/%lld/allocate", (long long)id.v);
    ask(&s, "GET", path, NULL);
    CHECK(shows(&s, "Ruimte bij deze collega") && shows(&s, "Anna") && !shows(&s, "Dirk"));
    ask(&s, "POST", path, "version=4&worker=&weight=2&note=Bel+eerst");
    CHECK_INT(s.a.status, 422);
    CHECK(shows(&s, "Bel eerst"));
    snprintf(body, sizeof body,
             "version=4&worker=%lld&weight=3&once=abcdefghijklmnopqrstuvwxyz0123456789abcdefg",
             (long long)s.t.anna);
    ask(&s, "POST", path, body);
    CHECK_INT(s.a.status, 303);
    ask(&s, "POST", path, body); /* the second click */
    CHECK_INT(s.a.status, 303);
    CHECK(request_get(s.c, id, &r) == OK);
    CHECK_INT(r.now.version, 5);
    CHECK_INT(r.now.worker, s.t.anna);
    log_in(&s, "anna");
    ask(&s, "GET", "/caseload", NULL);
    CHECK(shows(&s, "Mijn inwoners") && shows(&s, "Jan de Vries") && shows(&s, "Nieuw"));
    snprintf(path, sizeof path, "/requests/%lld/accept", (long long)id.v);
    ask(&s, "POST", path, "version=5");
    CHECK_INT(s.a.status, 303);
    snprintf(path, sizeof path, "/requests/%lld/give-back", (long long)id.v);
    ask(&s, "POST", path, "version=6&reason=other&note=");
    CHECK_INT(s.a.status, 422);
    ask(&s, "POST", path, "version=5&reason=no_room&note=Te+vol"); /* saw an old version */
    CHECK_INT(s.a.status, 409);
    CHECK(shows(&s, "Te vol"));
    ask(&s, "POST", path, "version=6&reason=no_room&note=Te+vol");
    CHECK_INT(s.a.status, 303);
    CHECK(request_get(s.c, id, &r) == OK);
    CHECK_INT(r.now.worker, INT_NONE);
    ask(&s, "GET", "/waiting?format=csv", NULL); /* a worker takes no list out */
    CHECK_INT(s.a.status, 403);
    end(&s);
}

TEST(staff_pages_bulk_and_handover)
{
    struct staff_site s;
    struct request r;
    char path[120], body[600];

    begin(&s);
    struct request_id a = staff_request(s.c, &s.t), b = staff_request(s.c, &s.t);
    log_in(&s, "lead");
    snprintf(body, sizeof body, "id=%lld&id=%lld", (long long)a.v, (long long)b.v);
    ask(&s, "POST", "/waiting/allocate", body);
    CHECK_INT(s.a.status, 200);
    CHECK(shows(&s, "2 inwoners toewijzen"));
    snprintf(body, sizeof body,
             "id=%lld&version-%lld=4&worker-%lld=%lld&weight-%lld=2&id=%lld&version-%lld=4&worker-%lld=0&"
             "weight-%lld=2",
             (long long)a.v, (long long)a.v, (long long)a.v, (long long)s.t.anna, (long long)a.v,
             (long long)b.v, (long long)b.v, (long long)b.v, (long long)b.v);
    ask(&s, "POST", "/waiting/allocate/save", body);
    CHECK_INT(s.a.status, 303);
    CHECK(request_get(s.c, b, &r) == OK);
    CHECK_INT(r.now.worker, INT_NONE); /* not now */
    snprintf(path, sizeof path, "/caseload/%lld/handover", (long long)s.t.anna);
    ask(&s, "GET", path, NULL);
    CHECK(shows(&s, "Jan de Vries"));
    snprintf(body, sizeof body, "seen=1&id=%lld&version-%lld=5&to-%lld=%lld&reason=&last_day=1-2-2024",
             (long long)a.v, (long long)a.v, (long long)a.v, (long long)s.t.bram);
    ask(&s, "POST", path, body);
    CHECK_INT(s.a.status, 422);
    CHECK(shows(&s, "1-2-2024"));
    snprintf(body, sizeof body, "seen=1&id=%lld&version-%lld=5&to-%lld=%lld&reason=left&last_day=1-2-2024",
             (long long)a.v, (long long)a.v, (long long)a.v, (long long)s.t.bram);
    ask(&s, "POST", path, body);
    CHECK_INT(s.a.status, 303);
    CHECK(request_get(s.c, a, &r) == OK);
    CHECK_INT(r.now.worker, s.t.bram);
    ask(&s, "GET", "/caseload/inform", NULL);
    CHECK(shows(&s, "Jan de Vries") && shows(&s, "Bram"));
    snprintf(body, sizeof body, "id=%lld", (long long)a.v);
    ask(&s, "POST", "/caseload/inform", body);
    CHECK_INT(s.a.status, 303);
    ask(&s, "GET", "/caseload/inform", NULL);
    CHECK(!shows(&s, "Jan de Vries"));
    end(&s);
}

TEST(staff_pages_transition_list)
{
    struct staff_site s;
    char path[120];

    begin(&s);
    log_in(&s, "lead");
    ask(&s, "POST", "/transfers", "name=Lijst&from=De+Zijde&to=Wij&starts=1-12-2023&due=1-12-2023");
    CHECK_INT(s.a.status, 422);
    CHECK(shows(&s, "De Zijde"));
    ask(&s, "POST", "/transfers", "name=Lijst&from=De+Zijde&to=Wij&starts=1-12-2023&due=30-6-2024");
    CHECK_INT(s.a.status, 303);
    ask(&s, "POST", "/transfers/1/add",
        "step=dry&csv=naam%3Bgevraagd%0AKees+Proef%3B1-11-2023%0AFout%3B31-2-2023");
    CHECK_INT(s.a.status, 200);
    CHECK(shows(&s, "er is niets bewaard") && shows(&s, "Regel 3") && shows(&s, "Kees Proef"));
    ask(&s, "POST", "/transfers/1/add", "step=add&csv=naam%3Bgevraagd%0AKees+Proef%3B1-11-2023");
    CHECK(shows(&s, "1 inwoner is toegevoegd"));
    ask(&s, "GET", "/transfers/1", NULL);
    CHECK(shows(&s, "Kees Proef") && shows(&s, "1 van 1 inwoners"));
    const char *link = strstr(buf_text(&s.a.body), "/transfers/members/");
    if (link == NULL)
        link = "not there";
    snprintf(path, sizeof path, "%.*s", (int)strcspn(link, "\""), link);
    ask(&s, "POST", path,
        "version=1&original=1-11-2023&outcome=transferred&outcome_on=2-1-2024&note=Samen+bezocht");
    CHECK_INT(s.a.status, 422); /* nobody agreed */
    CHECK(shows(&s, "Samen bezocht"));
    ask(&s, "POST", path,
        "version=1&original=1-11-2023&agreed_resident=20-12-2023&agreed_provider=20-12-2023&agreed_team=21-"
        "12-2023"
        "&informed=22-12-2023&outcome=transferred&outcome_on=2-1-2024&kept=yes&note=Samen+bezocht");
    CHECK_INT(s.a.status, 303);
    ask(&s, "GET", "/transfers/1", NULL);
    CHECK(shows(&s, "Iedereen op deze lijst heeft een uitkomst"));
    ask(&s, "GET", path, NULL);
    CHECK(shows(&s, "Samen bezocht") && shows(&s, "Uitkomst vastgelegd"));
    end(&s);
}

/* One resident typed by hand; what is wrong stands at its field, and what was typed stays. */
TEST(staff_pages_transition_one_resident)
{
    struct staff_site s;

    begin(&s);
    log_in(&s, "lead");
    ask(&s, "POST", "/transfers", "name=Lijst&from=De+Zijde&to=Wij&starts=1-12-2023&due=30-6-2024");
    ask(&s, "GET", "/transfers/1/add", NULL);
    CHECK(shows(&s, "/transfers/1/add/one"));
    ask(&s, "GET", "/transfers/1/add/one", NULL);
    CHECK_INT(s.a.status, 200);
    ask(&s, "POST", "/transfers/1/add/one", "name=Kees+Proef&key=SZ-7&original=");
    CHECK_INT(s.a.status, 422);
    CHECK(shows(&s, "Kees Proef") && shows(&s, "SZ-7"));
    ask(&s, "POST", "/transfers/1/add/one", "request=2023-99999&original=1-11-2023");
    CHECK_INT(s.a.status, 422);
    ask(&s, "POST", "/transfers/1/add/one", "request=abc&original=1-11-2023");
    CHECK_INT(s.a.status, 422);
    ask(&s, "POST", "/transfers/1/add/one", "original=1-11-2023"); /* nobody */
    CHECK_INT(s.a.status, 422);
    ask(&s, "POST", "/transfers/1/add/one",
        "name=Kees+Proef&key=SZ-7&birth=3-3-1951&phone=06-55501234&original=1-11-2023&waits_until=1-2-2024");
    CHECK_INT(s.a.status, 303);
    ask(&s, "POST", "/transfers/1/add/one", "name=Kees+Proef&key=SZ-7&original=1-11-2023");
    CHECK_INT(s.a.status, 422); /* on the list already */
    ask(&s, "GET", "/transfers/1?tab=all", NULL);
    CHECK(shows(&s, "Kees Proef") && shows(&s, "1 van 1 inwoners"));
    end(&s);
}
