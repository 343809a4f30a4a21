// SPDX-License-Identifier: EUPL-1.2
#include "register/incident.h"
#include "register/session.h"
#include "register/signal.h"
#include "unit/test.h"

static struct signal_form good(void)
{
    return (struct signal_form){ .about = "Het spreekuur ging weer niet door",
                                 .topic = "walk_in",
                                 .source = "partner",
                                 .teller = "School De Klimboom",
                                 .severity = 2,
                                 .neighbourhood = INT_NONE,
                                 .team = INT_NONE,
                                 .place = INT_NONE };
}

static int64_t add(struct ctx *c, const char *teller, int64_t severity)
{
    struct signal_form f = good();
    int64_t id = 0;

    f.teller = teller;
    f.severity = severity;
    CHECK(signal_add(c, &f, &id) == OK);
    return id;
}

TEST(signal_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-03-05");
    struct signal_form bad[4] = { good(), good(), good(), good() };
    static const char *const field[] = { "about", "topic", "source", "severity" };
    int64_t id;

    bad[0].about = "";
    bad[1].topic = "x";
    bad[2].source = NULL;
    bad[3].severity = 5;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(signal_add(c, &bad[i], &id) == E_INVALID);
        CHECK_STR(c->err.field, field[i]);
        err_clear(c);
    }
    test_end(c);
}

TEST(signal_one_loud_voice_counts_once)
{
    struct ctx *c = test_begin("2024-03-05");
    struct signal_view v;

    for (int i = 0; i < 4; i++)
        add(c, "School De Klimboom", 2);
    int64_t id = add(c, "school de klimboom ", 2);
    CHECK(signal_get(c, id, &v) == OK);
    CHECK_INT(v.reporters, 1);
    id = add(c, "Bibliotheek", 2);
    CHECK(signal_get(c, id, &v) == OK);
    CHECK_INT(v.reporters, 2);
    CHECK_STR(v.about, "Het spreekuur ging weer niet door");
    ctx_set_now(c, c->now + 92 * SECONDS_A_DAY);
    id = add(c, "Huisarts", 2);
    CHECK(signal_get(c, id, &v) == OK);
    CHECK_INT(v.reporters, 1); /* the others are more than 91 days ago */
    test_end(c);
}

/* Tuesday 5 March 2024: danger today, serious Tuesday 12 March, others 15 working days: 26 March. */
TEST(signal_is_answered_within_its_term)
{
    struct ctx *c = test_begin("2024-03-05");
    static const char *const due[] = { "2024-03-26", "2024-03-26", "2024-03-12", "2024-03-05" };
    struct signal_view v;
    char day[11];

    for (int64_t s = 1; s <= 4; s++) {
        int64_t id = add(c, "", s);
        CHECK(signal_get(c, id, &v) == OK);
        date_iso(v.due, day);
        CHECK_STR(day, due[s - 1]);
        struct signal_change ch = { .id = id, .seen = 1, .step = SIGNAL_CLOSED_STEP };
        CHECK(signal_change(c, &ch) == E_CONFLICT); /* not answered */
        err_clear(c);
        ch.step = SIGNAL_JUDGED_STEP;
        ch.severity = 3;
        ch.verdict = "watch";
        CHECK(signal_change(c, &ch) == OK);
        CHECK(signal_change(c, &ch) == E_CONFLICT); /* an old view */
        err_clear(c);
        ch.seen = 2;
        ch.step = SIGNAL_ANSWERED_STEP;
        CHECK(signal_change(c, &ch) == E_INVALID); /* an answer without words */
        err_clear(c);
        ch.note = "Wij plannen een uur extra";
        CHECK(signal_change(c, &ch) == OK);
        CHECK(signal_get(c, id, &v) == OK);
        CHECK_INT(v.severity, 3);
        CHECK_INT(v.due, DAY_NONE);
        CHECK_STR(v.now.verdict, "watch");
    }
    test_end(c);
}

TEST(signal_of_others_is_not_for_partners)
{
    struct ctx *c = test_begin("2024-03-05");
    struct account_form a = { "school", "School", "een lang wachtwoord", ROLE_PARTNER, INT_NONE, INT_NONE };
    struct signal_filter f = { .open = true, .severity = INT_NONE };
    struct signal_view *list, v;
    struct session s;
    int64_t account, other = add(c, "", 2);
    size_t n;

    CHECK(account_add(c, &a, &account) == OK);
    CHECK(session_login(c, "school", "een lang wachtwoord", &s) == OK);
    CHECK(signal_get(c, other, &v) == E_NOT_FOUND);
    err_clear(c);
    int64_t own = add(c, "", 3);
    CHECK(signal_get(c, own, &v) == OK);
    CHECK(signal_list(c, &f, &list, &n) == OK && n == 1 && list[0].id == own);
    struct signal_change ch = { .id = own, .seen = -1, .step = SIGNAL_ANSWERED_STEP, .note = "zelf" };
    CHECK(signal_change(c, &ch) == E_FORBIDDEN);
    err_clear(c);
    ch.step = SIGNAL_NOTE;
    CHECK(signal_change(c, &ch) == E_FORBIDDEN);
    err_clear(c);
    session_act_as(c, &s, ROLE_ADVISORY_COUNCIL, INT_NONE, INT_NONE);
    CHECK(signal_list(c, &f, &list, &n) == OK && n == 0);
    session_act_as(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK(signal_list(c, &f, &list, &n) == E_FORBIDDEN);
    err_clear(c);
    test_end(c);
}

TEST(incident_calamity_is_told_before_it_is_closed)
{
    struct ctx *c = test_begin("2024-03-05");
    struct incident_form f = { "Kind zonder toezicht", "safety_child", 3, true, c->today, INT_NONE };
    struct incident v;
    int64_t id;

    CHECK(incident_add(c, &f, &id) == OK);
    CHECK(incident_get(c, id, &v) == OK);
    CHECK_INT((int64_t)v.terms, 2);
    CHECK_INT(v.term[1].due, c->today + 56);
    static const enum incident_step order[] = { INCIDENT_STARTED, INCIDENT_FOUND, INCIDENT_CLOSED_STEP,
                                                INCIDENT_SUPERVISOR, INCIDENT_CLOSED_STEP };
    static const enum err want[] = { OK, OK, E_INVALID, OK, OK };
    for (size_t i = 0; i < COUNT(order); i++) {
        struct incident_change ch = { id, -1, order[i], TIME_NONE, "Onderzocht" };
        CHECK_INT(incident_change(c, &ch), want[i]);
        err_clear(c);
    }
    CHECK(incident_get(c, id, &v) == OK);
    CHECK_INT(v.now.state, INCIDENT_CLOSED);
    CHECK(!v.term[0].running && !v.term[0].late);
    test_end(c);
}

TEST(incident_is_seen_by_who_reported_it_and_who_handles_it)
{
    struct ctx *c = test_begin("2024-03-05");
    struct account_form a = { "lea", "Lea", "een lang wachtwoord", ROLE_SOCIAL_WORKER, INT_NONE, INT_NONE };
    struct incident_form f = { "Brief naar verkeerd adres", "privacy", 1, false, c->today, INT_NONE };
    struct incident *list, v;
    struct session s;
    int64_t account, id, own;
    size_t n;

    CHECK(incident_add(c, &f, &id) == OK);
    CHECK(account_add(c, &a, &account) == OK);
    CHECK(session_login(c, "lea", "een lang wachtwoord", &s) == OK);
    CHECK(incident_get(c, id, &v) == E_NOT_FOUND);
    err_clear(c);
    CHECK(incident_add(c, &f, &own) == OK);
    CHECK(incident_list(c, true, 0, 0, &list, &n) == OK && n == 1 && list[0].id == own);
    struct incident_change ch = { own, -1, INCIDENT_NOTE, TIME_NONE, "x" };
    CHECK(incident_change(c, &ch) == E_FORBIDDEN);
    err_clear(c);
    session_act_as(c, &s, ROLE_QUALITY, INT_NONE, INT_NONE);
    CHECK(incident_list(c, true, 0, 0, &list, &n) == OK && n == 2);
    test_end(c);
}
