// SPDX-License-Identifier: EUPL-1.2
/* The pages of the legal clocks, over a socket: each step does what it says, a wrong one keeps what was
 * typed, a second person sees what the first did, and nobody writes what is not theirs. */
#include "base/date.h"
#include "base/text.h"
#include "http/visit.h"
#include "register/law_step.h"
#include "register/session.h"
#include "unit/asked.h"

#include <stdio.h>
#include <string.h>

struct law_site {
    struct ctx *c;
    struct visit v;
    struct request_id report, plain;
};

static void account(struct ctx *c, const char *login, enum role role)
{
    struct account_form f = { login, "Naam", "a long password", role, INT_NONE, INT_NONE };
    int64_t id;

    CHECK(account_add(c, &f, &id) == OK);
}

static struct request_id request(struct ctx *c)
{
    struct request_form f = asked(c);

    f.who.name = "Trees Proef";
    f.question = "Hulp in huis";
    f.received = c->today - 60;
    return asked_add(c, &f);
}

/* The site has the clock of the machine: so have the requests. */
static void begin(struct law_site *s)
{
    struct ctx clock;

    *s = (struct law_site){ .c = test_begin("2024-01-03") };
    ctx_init(&clock, s->c->arena, LANG_NL);
    ctx_set_now(s->c, clock.now);
    account(s->c, "lead", ROLE_TEAM_LEAD);
    account(s->c, "office", ROLE_BACK_OFFICE);
    account(s->c, "board", ROLE_BOARD);
    s->report = request(s->c);
    s->plain = request(s->c);
    s->c->lang = LANG_NL; /* of the site */
    visit_begin(s->c, NULL, &s->v);
}

static void end(struct law_site *s)
{
    visit_end(&s->v);
    test_end(s->c);
}

static void step(struct law_site *s, int64_t request, const char *name, int64_t application, const char *body,
                 int want)
{
    char path[120];

    snprintf(path, sizeof path, "/requests/%lld/law/%s", (long long)request, name);
    if (application > 0)
        snprintf(path + strlen(path), 60, "?application=%lld", (long long)application);
    visit_ask(&s->v, path, NULL);
    CHECK_INT(s->v.a.status, want == 403 ? 403 : 200);
    visit_ask(&s->v, path, body);
    if (!CHECK_INT(s->v.a.status, want))
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
    visit_log_in(&s.v, "lead");
    step(&s, s.report.v, "wmo_reported", 0, "version=4&note=", 303);
    visit_ask(&s.v, "/law/letters", NULL); /* asked sixty days ago: the letter is ready by itself */
    CHECK(visit_says(&s.v, "Trees Proef") && visit_says(&s.v, "name=\"request\""));
    visit_ask(&s.v, "/today", NULL);
    CHECK(visit_says(&s.v, "De zes weken zijn voorbij. De brief staat klaar."));
    snprintf(body, sizeof body, "version=5&pick=1&day=%s&note=", day);
    step(&s, s.report.v, "applied", 0, body, 303);
    visit_ask(&s.v, "/requests/1/law", NULL);
    CHECK(visit_says(&s.v, "Hulp bij het huishouden (Wmo)") && !visit_says(&s.v, "/law/decided"));
    step(&s, s.report.v, "decided", 6, "version=6", 403); /* a team lead decides nothing */

    visit_log_in(&s.v, "office");
    visit_ask(&s.v, "/decisions", NULL);
    CHECK(visit_says(&s.v, "Trees Proef") && visit_says(&s.v, "Hulp bij het huishouden"));
    snprintf(body, sizeof body, "version=6&day=%s&until=&note=Kopie+identiteitsbewijs", day);
    step(&s, s.report.v, "completion_asked", 6, body, 422); /* the letter names no last day */
    CHECK(visit_says(&s.v, "Kopie identiteitsbewijs") && visit_says(&s.v, day));
    snprintf(body, sizeof body, "version=6&day=%s&until=%s&note=Kopie", day, later);
    step(&s, s.report.v, "completion_asked", 6, body, 303);
    visit_ask(&s.v, "/decisions?tab=still", NULL);
    CHECK(visit_says(&s.v, "Trees Proef") && visit_says(&s.v, "de inwoner"));
    step(&s, s.report.v, "decided", 6, "version=6&code=granted&day=1-1-2020&until=&note=", 422);
    step(&s, s.report.v, "decided", 6, "version=6&code=nonsense&day=1-1-2020&until=&note=", 422);
    snprintf(body, sizeof body, "version=6&code=granted&day=%s&until=&note=Mooi", day);
    step(&s, s.report.v, "decided", 6, body, 409); /* someone asked to complete it since this user looked */
    CHECK(visit_says(&s.v, "Mooi") && visit_says(&s.v, "Gevraagd om de aanvraag aan te vullen"));
    snprintf(body, sizeof body, "version=7&code=granted&day=%s&until=&note=", day);
    step(&s, s.report.v, "decided", 6, body, 303);
    visit_ask(&s.v, "/requests/1/law", NULL);
    CHECK(visit_says(&s.v, "Toegekend") && visit_says(&s.v, "Awb 4:15(1)(a)") &&
          visit_says(&s.v, "/law/objected?application=6"));
    visit_ask(&s.v, "/decisions", NULL);
    CHECK(visit_says(&s.v, "Geen aanvraag wacht op een besluit."));
    /* a mistake: the decision is taken back by who wrote it; what it rests on is not */
    CHECK_INT(visit_ask(&s.v, "/requests/1/law/undone", "version=8&number=7"), 303);
    CHECK_INT(visit_ask(&s.v, "/requests/1/law/undone", "version=8&number=8"),
              409); /* seen before the other was taken back */
    CHECK_INT(visit_ask(&s.v, "/requests/1/law/undone", "version=9&number=8"), 303);
    visit_ask(&s.v, "/decisions", NULL);
    CHECK(visit_says(&s.v, "Trees Proef"));
    CHECK_INT(visit_ask(&s.v, "/requests/1/law/undone", "version=10&number=6"),
              403); /* the team wrote that */
    end(&s);
}

TEST(law_pages_letters_are_printed_and_sent_once)
{
    struct law_site s;

    begin(&s);
    visit_log_in(&s.v, "lead");
    step(&s, s.report.v, "wmo_reported", 0, "version=4&note=", 303);
    CHECK_INT(visit_ask(&s.v, "/law/letters/print", "x=1"), 200);
    CHECK(visit_says(&s.v, "Trees Proef") && visit_says(&s.v, "zes weken") &&
          visit_says(&s.v, "Deze brief is vandaag verstuurd"));
    CHECK_INT(visit_ask(&s.v, "/requests/1/law/letter", NULL), 200);
    CHECK_INT(visit_ask(&s.v, "/requests/2/law/letter", NULL), 404); /* no report */
    CHECK_INT(visit_ask(&s.v, "/law/letters/sent", "x=1"), 422);
    CHECK(visit_says(&s.v, "Kies eerst een of meer brieven."));
    CHECK_INT(visit_ask(&s.v, "/law/letters/sent", "request=1"), 303);
    visit_ask(&s.v, client_header(&s.v.a, "Location"), NULL);
    CHECK(visit_says(&s.v, "De brieven staan op verstuurd.") &&
          visit_says(&s.v, "Er staat geen brief klaar."));
    CHECK_INT(visit_ask(&s.v, "/law/letters/print", "x=1"), 404);
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
    visit_log_in(&s.v, "board");
    for (size_t i = 0; i < COUNT(pages); i++) {
        visit_ask(&s.v, pages[i], NULL);
        CHECK_INT(s.v.a.status, 403);
    }
    visit_log_in(&s.v, "office"); /* nothing of this request is the municipality's yet */
    CHECK_INT(visit_ask(&s.v, "/requests/1/law", NULL), 404);
    CHECK_INT(visit_ask(&s.v, "/law/terms", NULL), 200);
    visit_log_in(&s.v, "lead");
    CHECK_INT(visit_ask(&s.v, "/decisions", NULL), 403);
    CHECK_INT(visit_ask(&s.v, "/requests/1/law/nonsense", NULL), 404);
    CHECK_INT(visit_ask(&s.v, "/requests/1/law/applied?application=99", NULL), 200);
    CHECK_INT(visit_ask(&s.v, "/law/terms?tab=all&format=csv", NULL), 200);
    end(&s);
}

/* Terms of the law: with a day and a reason, what held before stays on the page. */
TEST(law_pages_settings)
{
    char body[200], day[24];
    struct law_site s;

    begin(&s);
    visit_log_in(&s.v, "lead");
    CHECK_INT(visit_ask(&s.v, "/settings/law", NULL), 403);
    visit_log_in(&s.v, "board");
    CHECK_INT(visit_ask(&s.v, "/settings/law", NULL), 200);
    CHECK(visit_says(&s.v, "8 weken") && visit_says(&s.v, "Geldt nu"));
    date_iso(s.c->today, day);
    snprintf(body, sizeof body, "name=law.other_weeks&number=6&from=%s&reason=&seen=0", day);
    CHECK_INT(visit_ask(&s.v, "/settings/law/number", body), 422);
    snprintf(body, sizeof body, "name=law.other_weeks&number=6&from=%s&reason=Verordening+2024&seen=0", day);
    CHECK_INT(visit_ask(&s.v, "/settings/law/number", body), 303);
    CHECK_INT(visit_ask(&s.v, "/settings/law/number", body), 409); /* an old page */
    CHECK(visit_says(&s.v, "Verordening 2024"));
    snprintf(body, sizeof body, "first=25&second=40&third=50&from=%s&reason=Wetswijziging&seen=1", day);
    CHECK_INT(visit_ask(&s.v, "/settings/law/euros", body), 303);
    snprintf(body, sizeof body, "value=us&from=%s&reason=Mandaat&seen=2", day);
    CHECK_INT(visit_ask(&s.v, "/settings/law/party", body), 303);
    CHECK_INT(visit_ask(&s.v, "/settings/law/nonsense", body), 404);
    visit_ask(&s.v, "/settings/law", NULL);
    CHECK(visit_says(&s.v, "6 weken") && visit_says(&s.v, "Gold eerder") && visit_says(&s.v, "25 40 50") &&
          visit_says(&s.v, "Mandaat"));
    end(&s);
}
