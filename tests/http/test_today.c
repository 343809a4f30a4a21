// SPDX-License-Identifier: EUPL-1.2
/* The menu and the page of today: each role gets what it may open, the most urgent work first. */
#include "base/date.h"
#include "base/text.h"
#include "register/complaint.h"
#include "register/incident.h"
#include "register/request.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"
#include "web/nav.h"
#include "web/route.h"
#include "web/today.h"
#include "web/tpl.h"

#include <stdio.h>
#include <string.h>

TEST(nav_entries_are_pages_that_their_right_opens)
{
    size_t n;
    const struct nav_entry *e = nav_all(&n);

    for (size_t i = 0; i < n; i++) {
        const struct route *route;
        struct path_ids ids;
        CHECK_INT(route_find(METHOD_GET, e[i].path, strcspn(e[i].path, "?"), &route, &ids), OK);
        CHECK_INT(route->right, e[i].right);
        CHECK(e[i].section < NAV_SECTIONS);
        for (size_t j = 0; j < i; j++)
            CHECK(!text_is(e[i].path, e[j].path));
    }
}

TEST(nav_shows_a_role_its_own_entries)
{
    struct ctx *c = test_begin("2024-01-03");
    struct nav nav;

    for (enum role role = ROLE_INTAKE; role < ROLE_SYSTEM; role++) {
        struct actor a = {
            .account = INT_NONE, .role = role, .name = "x", .team = INT_NONE, .worker = INT_NONE
        };
        size_t current = 0, links = 0, plain = 0;
        c->actor = &a;
        CHECK_INT(nav_fill(c, "/today", &nav), OK);
        for (size_t g = 0; g < nav.n; g++) {
            CHECK(nav.group[g].n > 0);
            CHECK((nav.group[g].label == NULL) == (g == 0));
            for (size_t i = 0; i < nav.group[g].n; i++)
                current += nav.group[g].link[i].current;
            links += nav.group[g].n;
            plain += nav.group[g].folds && !nav.group[g].open ? 1 : nav.group[g].n;
        }
        CHECK_INT((int64_t)current, 1);
        CHECK(links >= 2);  /* today and help */
        CHECK(plain <= 13); /* what stands in sight: folded sections take one line */
    }
    c->actor = NULL;
    CHECK_INT(nav_fill(c, NULL, &nav), OK);
    CHECK_INT((int64_t)nav.n, 0); /* nobody is logged in */
    test_end(c);
}

static int64_t add(struct ctx *c, const char *name, int32_t received, int64_t urgency)
{
    struct request_id id = { 0 };
    struct request_form f = asked(c);

    f.who.name = name;
    f.question = "help";
    f.received = received;
    f.urgency = urgency;
    f.safety_checked = urgency != URGENCY_UNKNOWN;
    CHECK_INT(request_add(c, &f, &id), OK);
    return id.v;
}

static const char *page_as(struct ctx *c, enum role role)
{
    struct actor a = { .account = INT_NONE, .role = role, .name = "x", .team = INT_NONE, .worker = INT_NONE };
    const struct actor *before = c->actor;
    struct req r = { .method = METHOD_GET, .target = "/today" };
    struct reply out = { 0 };

    c->actor = &a;
    CHECK_INT(req_decode(c, &r), OK);
    reply_clear(&out);
    CHECK_INT(web_today_get(c, &r, &out), OK);
    const char *html = arena_copy(c->arena, buf_text(&out.body), out.body.len);
    buf_free(&out.body);
    c->actor = before;
    return html;
}

#define HAS(html, part) CHECK(strstr((html), (part)) != NULL)
#define HAS_NOT(html, part) CHECK(strstr((html), (part)) == NULL)

/* An alarm that nobody heeded for months says so in days. */
TEST(today_alarm_says_how_long_in_a_fitting_unit)
{
    static const struct {
        int64_t minutes;
        const char *text;
    } row[] = {
        { 1, "1 minute past" },    { 119, "119 minutes past" }, { 120, "2 hours past" },
        { 2879, "47 hours past" }, { 2880, "2 days past" },     { 60 * 24 * 90, "90 days past" },
    };
    struct ctx *c = test_begin_bare();

    for (size_t i = 0; i < COUNT(row); i++) {
        struct urgent_alarm a = { .late = 1, .minutes = row[i].minutes };
        struct buf out = { 0 };
        CHECK_INT(alarm_html(c, &out, &a), OK);
        CHECK(strstr(buf_text(&out), row[i].text) != NULL);
        buf_free(&out);
    }
}

TEST(today_shows_work_first_and_what_is_done_in_a_line)
{
    struct ctx *c = test_begin("2024-03-01");
    struct today_block b = { 0 };

    c->lang = LANG_NL;
    for (int i = 0; i < 7; i++)
        add(c, "Ayşe Kaya", c->today - 40 - i, URGENCY_NORMAL);
    add(c, "Ruud <Smit>", c->today, URGENCY_UNKNOWN);
    CHECK_INT(today_over_norm(c, &b), OK);
    CHECK_INT(b.count, 7);
    CHECK_INT((int64_t)b.n, TODAY_ROWS); /* no more rows than fit */
    const char *lead = page_as(c, ROLE_TEAM_LEAD), *intake = page_as(c, ROLE_INTAKE);
    HAS(lead, "Toon alle 7");
    HAS(lead, "Ruud &lt;Smit&gt;");
    HAS(lead, "Er is geen open spoed.");
    /* the team lead looks at the norm first, intake at whom to call */
    CHECK(strstr(lead, ">Over de afspraak</h2>") < strstr(lead, ">Te bellen</h2>"));
    CHECK(strstr(intake, ">Te bellen</h2>") < strstr(intake, ">Over de afspraak</h2>"));
    HAS_NOT(page_as(c, ROLE_BOARD), "Kaya");
    HAS_NOT(page_as(c, ROLE_PARTNER), "Kaya");
    HAS(page_as(c, ROLE_BOARD), "href=\"/figures?period=12\"");
    HAS_NOT(intake, "/figures?period=12");
    test_end(c);
}

TEST(today_own_requests_are_of_this_worker)
{
    struct ctx *c = test_begin("2024-03-01");
    struct actor worker = { .account = INT_NONE, .role = ROLE_SOCIAL_WORKER, .name = "x", .team = INT_NONE };
    struct today_block b = { 0 };

    worker.worker = INT_NONE;
    c->actor = &worker;
    CHECK_INT(today_own(c, &b), OK);
    CHECK(b.title == NULL); /* no worker: no block */
    worker.worker = 1;
    CHECK_INT(today_own(c, &b), OK);
    CHECK(b.title != NULL);
    CHECK_INT(b.count, 0);
    worker.role = ROLE_BOARD;
    CHECK_INT(today_own(c, &b), E_FORBIDDEN);
    test_end(c);
}

/* What each role of the table of roles works with, and nothing else (no resident is named to who may not). */
TEST(today_has_work_for_each_role)
{
    static const struct {
        enum role role;
        const char *has[4], *has_not[3];
    } t[] = {
        { ROLE_QUALITY,
          { "Klachten die op antwoord wachten", "Incidenten die nog niet klaar zijn" },
          { "Te bellen" } },
        { ROLE_COMPLAINTS, { "Klachten die op antwoord wachten" }, { "Incidenten die nog niet klaar zijn" } },
        { ROLE_BOARD, { "Incidenten die nog niet klaar zijn" }, { "Klachten die op antwoord wachten" } },
        { ROLE_PARTNER, { "Uw signalen" }, { "Te bellen", "Signalen die op antwoord wachten" } },
        { ROLE_ADVISORY_COUNCIL,
          { "Uw signalen" },
          { "Te bellen", "Signalen die op antwoord wachten", "Uw verwijzingen" } },
        { ROLE_ACCOUNT_MANAGER, { "/figures" }, { "Uw signalen", "Te bellen" } },
        { ROLE_INTAKE, { "Te bellen" }, { "Uw signalen", "Incidenten die nog niet klaar zijn" } },
    };
    struct ctx *c = test_begin("2024-03-01");
    struct incident_form incident = { .about = "Fell",
                                      .kind = incident_kinds[0].code,
                                      .harm = 2,
                                      .calamity = true,
                                      .day = c->today,
                                      .team = INT_NONE };
    struct complaint_form complaint = { .person = INT_NONE,
                                        .who = { .name = "Ayşe Kaya" },
                                        .request = INT_NONE,
                                        .about = "Nobody called",
                                        .regime = "awb",
                                        .category = "waiting",
                                        .channel = "mail",
                                        .team = INT_NONE,
                                        .worker = INT_NONE,
                                        .received = c->today };
    struct complaint_id complaint_id;
    int64_t id;

    c->lang = LANG_NL;
    CHECK_INT(incident_add(c, &incident, &id), OK);
    CHECK_INT(complaint_add(c, &complaint, &complaint_id), OK);
    for (size_t i = 0; i < COUNT(t); i++) {
        const char *html = page_as(c, t[i].role);
        for (size_t k = 0; k < COUNT(t[i].has) && t[i].has[k] != NULL; k++)
            if (!CHECK(strstr(html, t[i].has[k]) != NULL))
                printf("    %s: %s\n", role_code(t[i].role), t[i].has[k]);
        for (size_t k = 0; k < COUNT(t[i].has_not) && t[i].has_not[k] != NULL; k++)
            if (!CHECK(strstr(html, t[i].has_not[k]) == NULL))
                printf("    %s: not %s\n", role_code(t[i].role), t[i].has_not[k]);
        HAS_NOT(html, "Kaya");
    }
    test_end(c);
}

/* The copy that who is complained of gets (Awb 9:9); another worker hears nothing of it. */
TEST(today_complaint_about_the_own_work)
{
    struct ctx *c = test_begin("2024-03-01");
    struct actor worker = { .account = INT_NONE, .role = ROLE_SOCIAL_WORKER, .name = "x", .team = INT_NONE };
    const struct actor *system = c->actor;
    struct sql_worker_insert_row who;
    struct complaint_form f = { .person = INT_NONE,
                                .who = { .name = "Ayşe Kaya" },
                                .request = INT_NONE,
                                .about = "Came too late",
                                .regime = "awb",
                                .category = "treatment",
                                .channel = "mail",
                                .team = INT_NONE,
                                .received = c->today };
    struct complaint_id id;

    CHECK_INT(sql_worker_insert(c, "Karin", INT_NONE, "sociaal werker", &who), OK);
    f.worker = who.id;
    CHECK_INT(complaint_add(c, &f, &id), OK);
    for (int other = 0; other < 2; other++) {
        struct today_block b = { .count = INT_NONE };
        worker.worker = who.id + other;
        c->actor = &worker;
        CHECK_INT(today_about_me(c, &b), OK);
        CHECK_INT(b.title != NULL, other == 0);
        c->actor = system;
    }
    test_end(c);
}
