// SPDX-License-Identifier: EUPL-1.2
/* Pages of places, partners and referrals over a socket: what the partner of a withdrawn consent can still
 * reach, what stands in a calendar file, what is kept of a form that was not right. */
#include "base/date.h"
#include "base/text.h"
#include "http/visit.h"
#include "register/presence.h"
#include "register/referral.h"
#include "unit/asked.h"
#include "unit/place_help.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void account(struct ctx *c, const char *login, enum role role, int64_t partner, int64_t team)
{
    struct account_form f = { .login = login,
                              .name = login,
                              .password = VISIT_PASSWORD,
                              .role = role,
                              .team = team,
                              .worker = INT_NONE };
    int64_t id;

    CHECK_INT(account_add(c, &f, &id), OK);
    CHECK_INT(account_bind(c, id, partner), OK);
}

#define REFERRAL                                                                                             \
    "name=Zebedeus+Uniquename&question=Debts&safe=call&day=5-3-2024&given_by=resident&how=spoken&consent_"   \
    "day=5-3-2024"

TEST(place_pages_partner_sees_nothing_after_consent_is_withdrawn)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct visit v;
    static const char *const gone[] = { "/referrals", "/referrals/1", "/referrals?sort=1",
                                        "/referrals?format=csv", "/today" };

    town_make(c, &t);
    account(c, "school", ROLE_PARTNER, t.partner, INT_NONE);
    account(c, "lev", ROLE_PARTNER, t.other, INT_NONE);
    account(c, "nobody", ROLE_PARTNER, INT_NONE, INT_NONE);
    visit_begin(c, NULL, &v);
    visit_log_in(&v, "school");
    CHECK_INT(visit_ask(&v, "/referrals", REFERRAL), 422);
    CHECK(visit_says(&v, "Zebedeus")); /* nothing typed is lost */
    CHECK_INT(visit_ask(&v, "/referrals", REFERRAL "&given=yes"), 303);
    CHECK_INT(visit_ask(&v, "/referrals", NULL), 200);
    CHECK(visit_says(&v, "Zebedeus") && visit_says(&v, "Received"));
    CHECK_INT(visit_ask(&v, "/referrals/1", NULL), 200);
    CHECK_INT(visit_ask(&v, "/referrals/search", "q=zebe"), 200);
    CHECK(visit_says(&v, "Uniquename"));
    CHECK_INT(visit_ask(&v, "/referrals?format=csv", NULL), 403);
    static const char *const ours[] = {
        "/requests/1",           "/referrals/inbox", "/referrals/inbox/1", "/waiting",
        "/requests/1/referrals", "/presence",        "/partners",          "/persons/1"
    };
    for (size_t i = 0; i < COUNT(ours); i++) {
        CHECK(visit_ask(&v, ours[i], NULL) == 403 || v.a.status == 404);
        CHECK(!visit_says(&v, "Zebedeus"));
    }
    visit_log_in(&v, "lev"); /* another organisation, and an account of none */
    CHECK_INT(visit_ask(&v, "/referrals/1", NULL), 404);
    CHECK_INT(visit_ask(&v, "/referrals", NULL), 200);
    CHECK(!visit_says(&v, "Zebedeus"));
    visit_log_in(&v, "nobody");
    CHECK_INT(visit_ask(&v, "/referrals", NULL), 200);
    CHECK(!visit_says(&v, "Zebedeus") && visit_says(&v, "belongs to no organisation"));
    visit_log_in(&v, "school");
    CHECK_INT(
        visit_ask(&v, "/referrals/1/withdraw", "version=1&given_by=resident&how=phone&consent_day=5-3-2024"),
        303);
    for (size_t i = 0; i < COUNT(gone); i++) {
        visit_ask(&v, gone[i], NULL);
        CHECK(!visit_says(&v, "Zebedeus"));
    }
    CHECK_INT(visit_ask(&v, "/referrals/1", NULL), 404);
    CHECK_INT(visit_ask(&v, "/referrals/search", "q=Zebedeus+Uniquename"), 200);
    CHECK(strstr(buf_text(&v.a.body), "Received") == NULL);
    CHECK_INT(
        visit_ask(&v, "/referrals/1/withdraw", "version=2&given_by=resident&how=phone&consent_day=5-3-2024"),
        404);
    visit_end(&v);
    test_end(c);
}

/* The server has the clock of the machine: these tests live today. */
static struct ctx *begin_today(void)
{
    char day[11];

    date_iso(time_nl_day(time(NULL)), day);
    return test_begin(day);
}

/* "DTSTART:20240305T123000Z" */
static const char *starts_at(char text[40], int64_t time)
{
    char iso[21];
    size_t n = 8;

    time_iso(time, iso);
    memcpy(text, "DTSTART:", n);
    for (const char *p = iso; *p != '\0'; p++)
        if (*p != '-' && *p != ':')
            text[n++] = *p;
    text[n] = '\0';
    return text;
}

/* A calendar file tells when and where, for everyone, and whom to expect of nobody. */
TEST(place_pages_calendar_file_is_public_and_names_nobody)
{
    struct ctx *c = begin_today();
    char text[40], uid[60] = "UID:hour-1-";
    struct town_of_test t;
    struct visit v;
    struct request_id request;
    int64_t hour, id, same;

    town_make(c, &t);
    struct walk_in_hour h = { .id = INT_NONE,
                              .place = t.school,
                              .team = INT_NONE,
                              .weekday = date_weekday(c->today),
                              .starts = 810,
                              .ends = 900,
                              .every_weeks = 1,
                              .first_day = c->today,
                              .last_day = c->today + 20 };
    CHECK_INT(hour_save(c, &h, &hour), OK);
    CHECK_INT(presence_open(c, hour, c->today, &id), OK);
    struct request_form f = asked(c);

    f.who.name = "Zebedeus Uniquename";
    f.question = "Debts";
    f.received = c->today;
    CHECK_INT(question_to_request(c, id, &f, &request), OK);
    CHECK_INT(presence_open(c, hour, c->today + 7, &id), OK);
    CHECK_INT(
        presence_call_off(c, &(struct presence_off){ id, -1, "ill", "us", TIME_NONE, DAY_NONE, 0, 0 }, &same),
        OK);
    visit_begin(c, NULL, &v); /* nobody is logged in */
    CHECK_INT(visit_ask(&v, "/presence.ics", NULL), 200);
    CHECK_STR(client_header(&v.a, "Content-Type"), "text/calendar; charset=utf-8");
    CHECK(visit_says(&v, "BEGIN:VCALENDAR") &&
          visit_says(&v, starts_at(text, time_of_nl_day(c->today, 810 * 60))) &&
          visit_says(&v, "De Papieren Boot"));
    date_iso(c->today + 7, uid + strlen(uid));
    CHECK(visit_says(&v, "STATUS:CANCELLED") && visit_says(&v, uid));
    CHECK(!visit_says(&v, "Zebedeus") && !visit_says(&v, "Debts") && !visit_says(&v, "Wil Werker"));
    CHECK_INT(visit_ask(&v, "/presence.ics?team=2", NULL), 200);
    CHECK(!visit_says(&v, "De Papieren Boot"));
    CHECK_INT(visit_ask(&v, "/presence", NULL), 303); /* the pages themselves ask to log in */
    visit_end(&v);
    test_end(c);
}

static enum err appointment(struct ctx *c, void *arg)
{
    const int64_t *id = arg;
    struct request_change ch = {
        .id = { id[0] }, .version = -1, .e = EVENT_NONE, .note = "at the house of Zebedeus"
    };

    ch.e.kind = KIND_ALLOCATED;
    ch.e.worker = id[1];
    ch.e.occurred_at = c->now;
    TRY(request_change(c, &ch));
    ch.e = EVENT_NONE;
    ch.e.kind = KIND_APPOINTMENT;
    ch.e.occurred_at = c->now;
    ch.e.until = c->now + SECONDS_A_DAY;
    return request_change(c, &ch);
}

TEST(place_pages_own_appointments_are_neutral)
{
    struct ctx *c = begin_today();
    char text[40];
    struct town_of_test t;
    struct visit v;
    struct request_id request;

    town_make(c, &t);
    struct request_form f = asked(c);

    f.who.name = "Zebedeus Uniquename";
    f.question = "Debts";
    f.received = c->today;
    f.neighbourhood = t.brouwhuis;
    CHECK_INT(request_add(c, &f, &request), OK);
    int64_t ids[] = { request.v, t.worker };
    CHECK_INT(db_tx(c, appointment, ids), OK);
    struct site_as own = { .role = ROLE_SOCIAL_WORKER, .team = t.east, .worker = t.worker };
    visit_begin(c, &own, &v);
    CHECK_INT(visit_ask(&v, "/appointments.ics", NULL), 200);
    CHECK(visit_says(&v, starts_at(text, c->now + SECONDS_A_DAY)));
    CHECK(visit_says(&v, "SUMMARY:Talk") || visit_says(&v, "SUMMARY:Gesprek"));
    CHECK(!visit_says(&v, "Zebedeus") && !visit_says(&v, "-1\r\n") && !visit_says(&v, "house"));
    visit_end(&v);
    struct site_as other = { .role = ROLE_SOCIAL_WORKER, .team = t.east, .worker = t.worker + 1 };
    visit_begin(c, &other, &v);
    CHECK_INT(visit_ask(&v, "/appointments.ics", NULL), 200);
    CHECK(!visit_says(&v, "VEVENT"));
    visit_end(&v);
    test_end(c);
}

/* Two people change a place; the second keeps what was typed and is told. */
TEST(place_pages_second_of_two_editors_keeps_what_was_typed)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct visit v;
    char rest[200];

    town_make(c, &t);
    account(c, "lead", ROLE_TEAM_LEAD, INT_NONE, t.east);
    visit_begin(c, NULL, &v);
    visit_log_in(&v, "lead");
    snprintf(rest, sizeof rest,
             "version=1&name=De+Papieren+Boot&kind=school&neighbourhood=%lld&team=&partner=&address=First",
             (long long)t.brouwhuis);
    CHECK_INT(visit_ask(&v, "/places/1/change", rest), 303);
    snprintf(rest, sizeof rest,
             "version=1&name=De+Papieren+Boot&kind=school&neighbourhood=%lld&team=&partner=&address=Second",
             (long long)t.brouwhuis);
    CHECK_INT(visit_ask(&v, "/places/1/change", rest), 409);
    CHECK(visit_says(&v, "Someone else changed this") && visit_says(&v, "value=\"Second\"") &&
          visit_says(&v, "First"));
    CHECK_INT(visit_ask(&v, "/places/1/nonsense", rest), 404);
    CHECK_INT(visit_ask(&v, "/places/1/hour",
                        "version=0&weekday=2&starts=25:00&ends=&every_weeks=1&first_day=5-3-2024"),
              422);
    CHECK(visit_says(&v, "25:00"));
    CHECK_INT(visit_ask(&v, "/places?format=csv", NULL), 200);
    CHECK(visit_says(&v, "De Papieren Boot"));
    visit_end(&v);
    test_end(c);
}

/* Numbers for the account manager: no names, no small parts. */
TEST(place_pages_account_manager_sees_no_persons)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct visit v;
    struct session s, system;
    struct referral_form f = { .who = { .name = "Zebedeus Uniquename" },
                               .question = "Debts",
                               .day = c->today,
                               .neighbourhood = INT_NONE,
                               .consent = { true, "resident", "spoken", c->today } };
    int64_t id;
    static const char *const pages[] = {
        "/presence",        "/presence/sums",      "/presence/neighbourhoods",
        "/places",          "/places/1",           "/places/months",
        "/partners",        "/partners/1",         "/partners/1/agreements",
        "/partners/stages", "/partners/referrals", "/agreements"
    };

    town_make(c, &t);
    act(c, &s, ROLE_PARTNER, t.partner, INT_NONE);
    CHECK_INT(referral_add(c, &f, &id), OK);
    act(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
    struct site_as as = { .role = ROLE_ACCOUNT_MANAGER, .team = INT_NONE, .worker = INT_NONE };
    visit_begin(c, &as, &v);
    for (size_t i = 0; i < COUNT(pages); i++) {
        CHECK_INT(visit_ask(&v, pages[i], NULL), 200);
        CHECK(!visit_says(&v, "Zebedeus") && !visit_says(&v, "/requests/") &&
              !visit_says(&v, "/referrals/inbox"));
    }
    visit_end(&v);
    test_end(c);
}
