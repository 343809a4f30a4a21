// SPDX-License-Identifier: EUPL-1.2
/* The pages of the legal clocks, over a socket: each step does what it says, a wrong one keeps what was
 * typed, a second person sees what the first did, and nobody writes what is not theirs. */
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "register/law_step.h"
#include "register/session.h"
#include "unit/test.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

struct law_site {
    struct ctx *c;
    struct site *site;
    struct answer a;
    int port;
    char cookie[128], csrf[64];
    struct request_id report, plain;
};

static void ask(struct law_site *s, const char *method, const char *path, const char *body)
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

static bool shows(const struct law_site *s, const char *text)
{
    struct answer a = s->a;

    return strstr(buf_text(&a.body), text) != NULL;
}

static void log_in(struct law_site *s, const char *login)
{
    char body[120];

    s->cookie[0] = s->csrf[0] = '\0';
    snprintf(body, sizeof body, "login=%s&password=a+long+password", login);
    ask(s, "POST", "/login", body);
    const char *set = client_header(&s->a, "Set-Cookie");
    if (!CHECK(set != NULL))
        test_skip("no session");
    snprintf(s->cookie, sizeof s->cookie, "Cookie: %.*s\r\n", (int)strcspn(set, ";"), set);
    ask(s, "GET", "/today", NULL);
    const char *field = strstr(buf_text(&s->a.body), "name=\"csrf\" value=\"");
    if (!CHECK(field != NULL))
        test_skip("no form");
    field += strlen("name=\"csrf\" value=\"");
    snprintf(s->csrf, sizeof s->csrf, "%.*s", (int)strcspn(field, "\""), field);
}

static void account(struct ctx *c, const char *login, enum role role)
{
    struct account_form f = { login, "Naam", "a long password", role, INT_NONE, INT_NONE };
    int64_t id;

    CHECK(account_add(c, &f, &id) == OK);
}

static struct request_id request(struct ctx *c)
{
    struct request_form f = { .person = INT_NONE,
                              .who = { .name = "Trees Proef" },
                              .question = "Hulp in huis",
                              .received = c->today - 60,
                              .channel = "phone",
                              .route = "self",
                              .neighbourhood = INT_NONE,
                              .team = INT_NONE,
                              .urgency = URGENCY_NORMAL,
                              .safety_checked = true };
    struct request_id id = { 0 };

    CHECK(request_add(c, &f, &id) == OK);
    return id;
}

/* The site has the clock of the machine: so have the requests. */
static void begin(struct law_site *s)
{
    struct site_options opt = { .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 3000, .workers = { 1, 2, 1 }, .loops = 1
    };
    struct ctx clock;

    *s = (struct law_site){ .c = test_begin("2024-01-03") };
    ctx_init(&clock, s->c->arena, LANG_NL);
    ctx_set_now(s->c, clock.now);
    account(s->c, "lead", ROLE_TEAM_LEAD);
    account(s->c, "office", ROLE_BACK_OFFICE);
    account(s->c, "board", ROLE_BOARD);
    s->report = request(s->c);
    s->plain = request(s->c);
    opt.store = db_store(s->c->db);
    s->c->lang = LANG_NL; /* of the site */
    if (!CHECK_INT(site_start(s->c, &opt, &http, &s->site), OK))
        test_skip("%s", s->c->err.text);
    s->port = http_port(site_http(s->site));
}

static void end(struct law_site *s)
{
    site_stop(s->site);
    client_free(&s->a);
    test_end(s->c);
}

static void step(struct law_site *s, int64_t request, const char *name, int64_t application, const char *body,
                 int want)
{
    char path[120];

    snprintf(path, sizeof path, "/requests/%lld/law/%s", (long long)request, name);
    if (application > 0)
        snprintf(path + strlen(path), 60, "?application=%lld", (long long)application);
    ask(s, "GET", path, NULL);
    CHECK_INT(s->a.status, want == 403 ? 403 : 200);
    ask(s, "POST", path, body);
    if (!CHECK_INT(s->a.status, want))
        test_check_str(name, "", __FILE__, __LINE__, path);
}

/* From the report to a decision with a suspension, by two people. */
TEST(law_pages_report_to_decision)
{
    char day[16], later[16], body[200];
    struct law_site s;

    begin(&s);
    struct civil d = date_to_civil(s.c->today - 8), u = date_to_civil(s.c->today + 6);
    snprintf(day, sizeof day, "%d-%d-%d", d.day, d.month, d.year);
    snprintf(later, sizeof later, "%d-%d-%d", u.day, u.month, u.year);
    log_in(&s, "lead");
    step(&s, s.report.v, "wmo_reported", 0, "version=4&note=", 303);
    ask(&s, "GET", "/law/letters", NULL); /* asked sixty days ago: the letter is ready by itself */
    CHECK(shows(&s, "Trees Proef") && shows(&s, "name=\"request\""));
    ask(&s, "GET", "/today", NULL);
    CHECK(shows(&s, "De zes weken zijn voorbij. De brief staat klaar."));
    snprintf(body, sizeof body, "version=5&pick=1&day=%s&note=", day);
    step(&s, s.report.v, "applied", 0, body, 303);
    ask(&s, "GET", "/requests/1/law", NULL);
    CHECK(shows(&s, "Hulp bij het huishouden (Wmo)") && !shows(&s, "/law/decided"));
    step(&s, s.report.v, "decided", 6, "version=6", 403); /* a team lead decides nothing */

    log_in(&s, "office");
    ask(&s, "GET", "/decisions", NULL);
    CHECK(shows(&s, "Trees Proef") && shows(&s, "Hulp bij het huishouden"));
    snprintf(body, sizeof body, "version=6&day=%s&until=&note=Kopie+identiteitsbewijs", day);
    step(&s, s.report.v, "completion_asked", 6, body, 422); /* the letter names no last day */
    CHECK(shows(&s, "Kopie identiteitsbewijs") && shows(&s, day));
    snprintf(body, sizeof body, "version=6&day=%s&until=%s&note=Kopie", day, later);
    step(&s, s.report.v, "completion_asked", 6, body, 303);
    ask(&s, "GET", "/decisions?tab=still", NULL);
    CHECK(shows(&s, "Trees Proef") && shows(&s, "de inwoner"));
    step(&s, s.report.v, "decided", 6, "version=6&code=granted&day=1-1-2020&until=&note=", 422);
    step(&s, s.report.v, "decided", 6, "version=6&code=nonsense&day=1-1-2020&until=&note=", 422);
    snprintf(body, sizeof body, "version=6&code=granted&day=%s&until=&note=Mooi", day);
    step(&s, s.report.v, "decided", 6, body, 409); /* someone asked to complete it since this user looked */
    CHECK(shows(&s, "Mooi") && shows(&s, "Gevraagd om de aanvraag aan te vullen"));
    snprintf(body, sizeof body, "version=7&code=granted&day=%s&until=&note=", day);
    step(&s, s.report.v, "decided", 6, body, 303);
    ask(&s, "GET", "/requests/1/law", NULL);
    CHECK(shows(&s, "Toegekend") && shows(&s, "Awb 4:15(1)(a)") && shows(&s, "/law/objected?application=6"));
    ask(&s, "GET", "/decisions", NULL);
    CHECK(shows(&s, "Geen aanvraag wacht op een besluit."));
    /* a mistake: the decision is taken back by who wrote it; what it rests on is not */
    ask(&s, "POST", "/requests/1/law/undone", "version=8&number=7");
    CHECK_INT(s.a.status, 303);
    ask(&s, "POST", "/requests/1/law/undone", "version=8&number=8");
    CHECK_INT(s.a.status, 409); /* seen before the other was taken back */
    ask(&s, "POST", "/requests/1/law/undone", "version=9&number=8");
    CHECK_INT(s.a.status, 303);
    ask(&s, "GET", "/decisions", NULL);
    CHECK(shows(&s, "Trees Proef"));
    ask(&s, "POST", "/requests/1/law/undone", "version=10&number=6");
    CHECK_INT(s.a.status, 403); /* the team wrote that */
    end(&s);
}

TEST(law_pages_letters_are_printed_and_sent_once)
{
    struct law_site s;

    begin(&s);
    log_in(&s, "lead");
    step(&s, s.report.v, "wmo_reported", 0, "version=4&note=", 303);
    ask(&s, "POST", "/law/letters/print", "x=1");
    CHECK_INT(s.a.status, 200);
    CHECK(shows(&s, "Trees Proef") && shows(&s, "zes weken") && shows(&s, "Deze brief is vandaag verstuurd"));
    ask(&s, "GET", "/requests/1/law/letter", NULL);
    CHECK_INT(s.a.status, 200);
    ask(&s, "GET", "/requests/2/law/letter", NULL); /* no report */
    CHECK_INT(s.a.status, 404);
    ask(&s, "POST", "/law/letters/sent", "x=1");
    CHECK_INT(s.a.status, 422);
    CHECK(shows(&s, "Kies eerst een of meer brieven."));
    ask(&s, "POST", "/law/letters/sent", "request=1");
    CHECK_INT(s.a.status, 303);
    ask(&s, "GET", client_header(&s.a, "Location"), NULL);
    CHECK(shows(&s, "De brieven staan op verstuurd.") && shows(&s, "Er staat geen brief klaar."));
    ask(&s, "POST", "/law/letters/print", "x=1");
    CHECK_INT(s.a.status, 404);
    end(&s);
}

TEST(law_pages_are_not_for_everyone)
{
    static const char *const pages[] = {
        "/requests/1/law", "/requests/1/law/applied", "/requests/1/law/letter", "/law/letters", "/law/terms",
        "/decisions"
    };
    struct law_site s;

    begin(&s);
    log_in(&s, "board");
    for (size_t i = 0; i < COUNT(pages); i++) {
        ask(&s, "GET", pages[i], NULL);
        CHECK_INT(s.a.status, 403);
    }
    log_in(&s, "office"); /* nothing of this request is the municipality's yet */
    ask(&s, "GET", "/requests/1/law", NULL);
    CHECK_INT(s.a.status, 404);
    ask(&s, "GET", "/law/terms", NULL);
    CHECK_INT(s.a.status, 200);
    log_in(&s, "lead");
    ask(&s, "GET", "/decisions", NULL);
    CHECK_INT(s.a.status, 403);
    ask(&s, "GET", "/requests/1/law/nonsense", NULL);
    CHECK_INT(s.a.status, 404);
    ask(&s, "GET", "/requests/1/law/applied?application=99", NULL);
    CHECK_INT(s.a.status, 200);
    ask(&s, "GET", "/law/terms?tab=all&format=csv", NULL);
    CHECK_INT(s.a.status, 200);
    end(&s);
}

/* Terms of the law: with a day and a reason, what held before stays on the page. */
TEST(law_pages_settings)
{
    char body[200], day[24];
    struct law_site s;

    begin(&s);
    log_in(&s, "lead");
    ask(&s, "GET", "/settings/law", NULL);
    CHECK_INT(s.a.status, 403);
    log_in(&s, "board");
    ask(&s, "GET", "/settings/law", NULL);
    CHECK_INT(s.a.status, 200);
    CHECK(shows(&s, "8 weken") && shows(&s, "Geldt nu"));
    date_iso(s.c->today, day);
    snprintf(body, sizeof body, "name=law.other_weeks&number=6&from=%s&reason=&seen=0", day);
    ask(&s, "POST", "/settings/law/number", body);
    CHECK_INT(s.a.status, 422);
    snprintf(body, sizeof body, "name=law.other_weeks&number=6&from=%s&reason=Verordening+2024&seen=0", day);
    ask(&s, "POST", "/settings/law/number", body);
    CHECK_INT(s.a.status, 303);
    ask(&s, "POST", "/settings/law/number", body); /* an old page */
    CHECK_INT(s.a.status, 409);
    CHECK(shows(&s, "Verordening 2024"));
    snprintf(body, sizeof body, "first=25&second=40&third=50&from=%s&reason=Wetswijziging&seen=1", day);
    ask(&s, "POST", "/settings/law/euros", body);
    CHECK_INT(s.a.status, 303);
    snprintf(body, sizeof body, "value=us&from=%s&reason=Mandaat&seen=2", day);
    ask(&s, "POST", "/settings/law/party", body);
    CHECK_INT(s.a.status, 303);
    ask(&s, "POST", "/settings/law/nonsense", body);
    CHECK_INT(s.a.status, 404);
    ask(&s, "GET", "/settings/law", NULL);
    CHECK(shows(&s, "6 weken") && shows(&s, "Gold eerder") && shows(&s, "25 40 50") && shows(&s, "Mandaat"));
    end(&s);
}
