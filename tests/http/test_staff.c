// SPDX-License-Identifier: EUPL-1.2
/* The pages of staff, allocation, caseload and hand-over lists, over a socket: each form does what it says,
 * keeps what was typed when it is wrong, and a second click does it once. */
#include "base/date.h"
#include "base/text.h"
#include "http/visit.h"
#include "register/session.h"
#include "unit/staff.h"

#include <stdio.h>
#include <string.h>

struct staff_site {
    struct ctx *c;
    struct staff_town t;
    struct visit v;
};

static void begin(struct staff_site *s)
{

    *s = (struct staff_site){ .c = test_begin("2024-01-03") };
    staff_town_make(s->c, &s->t);
    staff_account(s->c, "lead", ROLE_TEAM_LEAD, s->t.oost, INT_NONE);
    staff_account(s->c, "anna", ROLE_SOCIAL_WORKER, s->t.oost, s->t.anna);
    s->c->lang = LANG_NL; /* of the site */
    visit_begin(s->c, NULL, &s->v);
}

static void end(struct staff_site *s)
{
    visit_end(&s->v);
    test_end(s->c);
}

TEST(staff_pages_add_change_and_keep_typed)
{
    struct staff_site s;
    char path[80], body[400];

    begin(&s);
    visit_log_in(&s.v, "lead");
    snprintf(body, sizeof body, "version=0&name=Emma+Proef&team=%lld&discipline=&fte=2", (long long)s.t.oost);
    CHECK_INT(visit_ask(&s.v, "/staff", body), 422);
    CHECK(visit_says(&s.v, "Emma Proef"));
    snprintf(
        body, sizeof body,
        "version=0&name=Emma+Proef&team=%lld&discipline=social_worker&languages=nl&languages=tr&fte=0%%2C89"
        "&employer_new=LEVgroep&employer_kind=partner",
        (long long)s.t.oost);
    CHECK_INT(visit_ask(&s.v, "/staff", body), 303);
    snprintf(path, sizeof path, "%s", client_header(&s.v.a, "Location"));
    visit_ask(&s.v, path, NULL);
    CHECK(visit_says(&s.v, "Emma Proef") && visit_says(&s.v, "0,89") && visit_says(&s.v, "LEVgroep") &&
          visit_says(&s.v, "Nederlands, Turks"));
    visit_ask(&s.v, "/staff", NULL);
    CHECK(visit_says(&s.v, "Emma Proef"));
    visit_ask(&s.v, "/staff?format=csv", NULL);
    CHECK(visit_says(&s.v, "Emma Proef"));
    snprintf(body, sizeof body, "from=1-2-2024&fte=9");
    snprintf(path, sizeof path, "/staff/%lld/fte", (long long)s.t.anna);
    CHECK_INT(visit_ask(&s.v, path, body), 422);
    CHECK(visit_says(&s.v, "value=\"9\""));
    snprintf(path, sizeof path, "/staff/%lld", (long long)s.t.dirk); /* of another team */
    CHECK_INT(visit_ask(&s.v, path, NULL), 404);
    end(&s);
}

TEST(staff_pages_absence_only_dates)
{
    struct staff_site s;
    char body[200];

    begin(&s);
    visit_log_in(&s.v, "lead");
    snprintf(body, sizeof body, "worker=%lld&kind=sick&from=1-1-2024&until=31-12-2023", (long long)s.t.anna);
    CHECK_INT(visit_ask(&s.v, "/staff/absence", body), 422);
    snprintf(body, sizeof body, "worker=%lld&kind=sick&from=2-1-2024", (long long)s.t.anna);
    CHECK_INT(visit_ask(&s.v, "/staff/absence", body), 303);
    visit_ask(&s.v, "/staff/absence?week=2024-01-03", NULL);
    CHECK(visit_says(&s.v, "Anna") && visit_says(&s.v, "Ziek"));
    visit_log_in(&s.v, "anna");
    visit_ask(&s.v, "/staff/absence?week=2024-01-03", NULL);
    CHECK(visit_says(&s.v, "Anna") && !visit_says(&s.v, ">Bram<")); /* a worker sees the own line */
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
    visit_log_in(&s.v, "lead");
    snprintf(path, sizeof path, "/requests/%lld/allocate", (long long)id.v);
    visit_ask(&s.v, path, NULL);
    CHECK(visit_says(&s.v, "Ruimte bij deze collega") && visit_says(&s.v, "Anna") &&
          !visit_says(&s.v, "Dirk"));
    CHECK_INT(visit_ask(&s.v, path, "version=4&worker=&weight=2&note=Bel+eerst"), 422);
    CHECK(visit_says(&s.v, "Bel eerst"));
    snprintf(body, sizeof body,
             "version=4&worker=%lld&weight=3&once=abcdefghijklmnopqrstuvwxyz0123456789abcdefg",
             (long long)s.t.anna);
    CHECK_INT(visit_ask(&s.v, path, body), 303);
    CHECK_INT(visit_ask(&s.v, path, body), 303); /* the second click */
    CHECK(request_get(s.c, id, &r) == OK);
    CHECK_INT(r.now.version, 5);
    CHECK_INT(r.now.worker, s.t.anna);
    visit_log_in(&s.v, "anna");
    visit_ask(&s.v, "/caseload", NULL);
    CHECK(visit_says(&s.v, "Mijn inwoners") && visit_says(&s.v, "Jan de Vries") && visit_says(&s.v, "Nieuw"));
    snprintf(path, sizeof path, "/requests/%lld/accept", (long long)id.v);
    CHECK_INT(visit_ask(&s.v, path, "version=5"), 303);
    snprintf(path, sizeof path, "/requests/%lld/give-back", (long long)id.v);
    CHECK_INT(visit_ask(&s.v, path, "version=6&reason=other&note="), 422);
    CHECK_INT(visit_ask(&s.v, path, "version=5&reason=no_room&note=Te+vol"), 409); /* saw an old version */
    CHECK(visit_says(&s.v, "Te vol"));
    CHECK_INT(visit_ask(&s.v, path, "version=6&reason=no_room&note=Te+vol"), 303);
    CHECK(request_get(s.c, id, &r) == OK);
    CHECK_INT(r.now.worker, INT_NONE);
    CHECK_INT(visit_ask(&s.v, "/waiting?format=csv", NULL), 403); /* a worker takes no list out */
    end(&s);
}

TEST(staff_pages_bulk_and_handover)
{
    struct staff_site s;
    struct request r;
    char path[120], body[600];

    begin(&s);
    struct request_id a = staff_request(s.c, &s.t), b = staff_request(s.c, &s.t);
    visit_log_in(&s.v, "lead");
    snprintf(body, sizeof body, "id=%lld&id=%lld", (long long)a.v, (long long)b.v);
    CHECK_INT(visit_ask(&s.v, "/waiting/allocate", body), 200);
    CHECK(visit_says(&s.v, "2 inwoners toewijzen"));
    snprintf(body, sizeof body,
             "id=%lld&version-%lld=4&worker-%lld=%lld&weight-%lld=2&id=%lld&version-%lld=4&worker-%lld=0&"
             "weight-%lld=2",
             (long long)a.v, (long long)a.v, (long long)a.v, (long long)s.t.anna, (long long)a.v,
             (long long)b.v, (long long)b.v, (long long)b.v, (long long)b.v);
    CHECK_INT(visit_ask(&s.v, "/waiting/allocate/save", body), 303);
    CHECK(request_get(s.c, b, &r) == OK);
    CHECK_INT(r.now.worker, INT_NONE); /* not now */
    snprintf(path, sizeof path, "/caseload/%lld/handover", (long long)s.t.anna);
    visit_ask(&s.v, path, NULL);
    CHECK(visit_says(&s.v, "Jan de Vries"));
    snprintf(body, sizeof body, "seen=1&id=%lld&version-%lld=5&to-%lld=%lld&reason=&last_day=1-2-2024",
             (long long)a.v, (long long)a.v, (long long)a.v, (long long)s.t.bram);
    CHECK_INT(visit_ask(&s.v, path, body), 422);
    CHECK(visit_says(&s.v, "1-2-2024"));
    snprintf(body, sizeof body, "seen=1&id=%lld&version-%lld=5&to-%lld=%lld&reason=left&last_day=1-2-2024",
             (long long)a.v, (long long)a.v, (long long)a.v, (long long)s.t.bram);
    CHECK_INT(visit_ask(&s.v, path, body), 303);
    CHECK(request_get(s.c, a, &r) == OK);
    CHECK_INT(r.now.worker, s.t.bram);
    visit_ask(&s.v, "/caseload/inform", NULL);
    CHECK(visit_says(&s.v, "Jan de Vries") && visit_says(&s.v, "Bram"));
    snprintf(body, sizeof body, "id=%lld", (long long)a.v);
    CHECK_INT(visit_ask(&s.v, "/caseload/inform", body), 303);
    visit_ask(&s.v, "/caseload/inform", NULL);
    CHECK(!visit_says(&s.v, "Jan de Vries"));
    end(&s);
}

TEST(staff_pages_transition_list)
{
    struct staff_site s;
    char path[120];

    begin(&s);
    visit_log_in(&s.v, "lead");
    CHECK_INT(visit_ask(&s.v, "/transfers", "name=Lijst&from=De+Zijde&to=Wij&starts=1-12-2023&due=1-12-2023"),
              422);
    CHECK(visit_says(&s.v, "De Zijde"));
    CHECK_INT(visit_ask(&s.v, "/transfers", "name=Lijst&from=De+Zijde&to=Wij&starts=1-12-2023&due=30-6-2024"),
              303);
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add",
                        "step=dry&csv=naam%3Bgevraagd%0AKees+Proef%3B1-11-2023%0AFout%3B31-2-2023"),
              200);
    CHECK(visit_says(&s.v, "er is niets bewaard") && visit_says(&s.v, "Regel 3") &&
          visit_says(&s.v, "Kees Proef"));
    visit_ask(&s.v, "/transfers/1/add", "step=add&csv=naam%3Bgevraagd%0AKees+Proef%3B1-11-2023");
    CHECK(visit_says(&s.v, "1 inwoner is toegevoegd"));
    visit_ask(&s.v, "/transfers/1", NULL);
    CHECK(visit_says(&s.v, "Kees Proef") && visit_says(&s.v, "1 van 1 inwoners"));
    const char *link = strstr(buf_text(&s.v.a.body), "/transfers/members/");
    if (link == NULL)
        link = "not there";
    snprintf(path, sizeof path, "%.*s", (int)strcspn(link, "\""), link);
    CHECK_INT(
        visit_ask(&s.v, path,
                  "version=1&original=1-11-2023&outcome=transferred&outcome_on=2-1-2024&note=Samen+bezocht"),
        422); /* nobody agreed */
    CHECK(visit_says(&s.v, "Samen bezocht"));
    CHECK_INT(
        visit_ask(&s.v, path,
                  "version=1&original=1-11-2023&agreed_resident=20-12-2023&agreed_provider=20-12-2023&agreed_"
                  "team=21-"
                  "12-2023"
                  "&informed=22-12-2023&outcome=transferred&outcome_on=2-1-2024&kept=yes&note=Samen+bezocht"),
        303);
    visit_ask(&s.v, "/transfers/1", NULL);
    CHECK(visit_says(&s.v, "Iedereen op deze lijst heeft een uitkomst"));
    visit_ask(&s.v, path, NULL);
    CHECK(visit_says(&s.v, "Samen bezocht") && visit_says(&s.v, "Uitkomst vastgelegd"));
    end(&s);
}

/* One resident typed by hand; what is wrong stands at its field, and what was typed stays. */
TEST(staff_pages_transition_one_resident)
{
    struct staff_site s;

    begin(&s);
    visit_log_in(&s.v, "lead");
    visit_ask(&s.v, "/transfers", "name=Lijst&from=De+Zijde&to=Wij&starts=1-12-2023&due=30-6-2024");
    visit_ask(&s.v, "/transfers/1/add", NULL);
    CHECK(visit_says(&s.v, "/transfers/1/add/one"));
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add/one", NULL), 200);
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add/one", "name=Kees+Proef&key=SZ-7&original="), 422);
    CHECK(visit_says(&s.v, "Kees Proef") && visit_says(&s.v, "SZ-7"));
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add/one", "request=2023-99999&original=1-11-2023"), 422);
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add/one", "request=abc&original=1-11-2023"), 422);
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add/one", "original=1-11-2023"), 422); /* nobody */
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add/one",
                        "name=Kees+Proef&key=SZ-7&birth=3-3-1951&phone=06-55501234&original=1-11-2023&waits_"
                        "until=1-2-2024"),
              303);
    CHECK_INT(visit_ask(&s.v, "/transfers/1/add/one", "name=Kees+Proef&key=SZ-7&original=1-11-2023"),
              422); /* on the list already */
    visit_ask(&s.v, "/transfers/1?tab=all", NULL);
    CHECK(visit_says(&s.v, "Kees Proef") && visit_says(&s.v, "1 van 1 inwoners"));
    end(&s);
}
