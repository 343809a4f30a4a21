// SPDX-License-Identifier: EUPL-1.2
#include "register/presence.h"

#include "register/signal.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/place_help.h"
#include "unit/test.h"

#include <string.h>

static void at(struct ctx *c, const char *iso)
{
    ctx_set_now(c, time_of_nl_day(test_day(iso), 12 * 3600));
}

/* Tuesdays from 13:30 to 15:00 at the school. */
static int64_t tuesdays(struct ctx *c, const struct town_of_test *t, int64_t every)
{
    struct walk_in_hour h = { .id = INT_NONE,
                              .place = t->school,
                              .team = INT_NONE,
                              .weekday = 2,
                              .starts = 810,
                              .ends = 900,
                              .every_weeks = every,
                              .first_day = c->today,
                              .last_day = DAY_NONE };
    int64_t id = 0;

    CHECK_INT(hour_save(c, &h, &id), OK);
    return id;
}

TEST(presence_plan_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    int64_t id;

    town_make(c, &t);
    struct walk_in_hour good = { .id = INT_NONE,
                                 .place = t.school,
                                 .team = INT_NONE,
                                 .weekday = 2,
                                 .starts = 810,
                                 .ends = 900,
                                 .every_weeks = 1,
                                 .first_day = c->today,
                                 .last_day = DAY_NONE };
    struct {
        struct walk_in_hour h;
        const char *field;
    } bad[] = { { good, "weekday" },   { good, "starts" },   { good, "ends" },       { good, "ends" },
                { good, "first_day" }, { good, "last_day" }, { good, "every_weeks" } };
    bad[0].h.weekday = 8;
    bad[1].h.starts = INT_NONE;
    bad[2].h.ends = 810;
    bad[3].h.ends = 1441;
    bad[4].h.first_day = c->today - 1;
    bad[5].h.last_day = c->today - 1;
    bad[6].h.every_weeks = 0;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(hour_save(c, &bad[i].h, &id), E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

/* Holidays, closing days and breaks of the place take a session away; every other week counts from the first.
 */
TEST(presence_sessions_follow_from_the_plan)
{
    struct ctx *c = test_begin("2024-04-23"); /* a Tuesday */
    struct town_of_test t;
    struct presence *row;
    size_t n;

    town_make(c, &t);
    int64_t weekly = tuesdays(c, &t, 1), other = tuesdays(c, &t, 2);
    struct walk_in_hour monday = { .id = INT_NONE,
                                   .place = t.location,
                                   .team = INT_NONE,
                                   .weekday = 1,
                                   .starts = 540,
                                   .ends = 600,
                                   .every_weeks = 1,
                                   .first_day = c->today,
                                   .last_day = DAY_NONE };
    int64_t id;
    CHECK_INT(hour_save(c, &monday, &id), OK);
    CHECK_INT(place_break_add(c, &(struct place_break){ 0, t.school, test_day("2024-04-29"),
                                                        test_day("2024-05-03"), "Meivakantie" }),
              OK);
    CHECK_INT(closing_day_add(c, test_day("2024-05-27"), "Schoonmaak"), OK);
    CHECK_INT(presence_list(c,
                            &(struct presence_filter){ test_day("2024-04-23"), test_day("2024-05-28"),
                                                       INT_NONE, INT_NONE },
                            &row, &n),
              OK);
    int64_t weeks = 0, fortnights = 0, mondays = 0;
    for (size_t i = 0; i < n; i++) {
        CHECK_STR(row[i].state, PRESENCE_PROMISED);
        weeks += row[i].hour == weekly;
        fortnights += row[i].hour == other;
        mondays += row[i].hour == id;
        CHECK(row[i].day != test_day("2024-04-30")); /* break of the school */
        CHECK(row[i].day != test_day("2024-05-20") &&
              row[i].day != test_day("2024-05-27")); /* Whit Monday, closing day */
    }
    CHECK_INT(weeks, 5);      /* 23 April, 7, 14, 21, 28 May */
    CHECK_INT(fortnights, 3); /* 23 April, 7, 21 May */
    CHECK_INT(mondays, 3);    /* 29 April, 6 and 13 May */
    test_end(c);
}

/* A changed plan leaves what was promised before. */
TEST(presence_changed_plan_keeps_the_past)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct presence *row;
    size_t n;
    int64_t id, hour;

    town_make(c, &t);
    hour = tuesdays(c, &t, 1);
    at(c, "2024-03-19");
    struct walk_in_hour h = { .id = hour,
                              .version = 1,
                              .place = t.school,
                              .team = INT_NONE,
                              .weekday = 4,
                              .starts = 600,
                              .ends = 660,
                              .every_weeks = 1,
                              .first_day = c->today,
                              .last_day = DAY_NONE };
    CHECK_INT(hour_save(c, &h, &id), OK);
    CHECK_INT(hour_save(c, &h, &id), E_CONFLICT);
    err_clear(c);
    CHECK_INT(presence_list(c,
                            &(struct presence_filter){ test_day("2024-03-04"), test_day("2024-03-29"),
                                                       t.school, INT_NONE },
                            &row, &n),
              OK);
    CHECK_INT((int64_t)n, 4); /* Tuesdays 5 and 12, Thursdays 21 and 28 */
    CHECK_INT(row[0].day, test_day("2024-03-05"));
    CHECK_INT(row[2].day, test_day("2024-03-21"));
    CHECK_INT(hour_end(c, id, 1, test_day("2024-03-18")), E_INVALID); /* the past stays */
    test_end(c);
}

TEST(presence_tally_counts_and_takes_back)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct presence p;
    struct question *q;
    int64_t id = 0, again = 0;
    size_t n;

    town_make(c, &t);
    int64_t hour = tuesdays(c, &t, 1);
    CHECK_INT(presence_open(c, hour, c->today + 1, &id), E_CONFLICT); /* a Wednesday */
    err_clear(c);
    CHECK_INT(presence_open(c, hour, c->today, &id), OK);
    CHECK_INT(presence_open(c, hour, c->today, &again), OK);
    CHECK_INT(id, again);
    CHECK_INT(question_add(c, id, "request", NULL), E_INVALID);
    err_clear(c);
    CHECK_INT(question_add(c, id, "solved", "nonsense"), E_INVALID);
    err_clear(c);
    CHECK_INT(question_undo(c, id), E_CONFLICT);
    err_clear(c);
    CHECK_INT(question_add(c, id, "solved", "money"), OK);
    CHECK_INT(question_add(c, id, "unhandled", NULL), OK);
    CHECK_INT(question_add(c, id, "unhandled", "housing"), OK);
    CHECK_INT(question_undo(c, id), OK);
    CHECK_INT(presence_get(c, id, &p), OK);
    CHECK_STR(p.state, PRESENCE_OPEN);
    CHECK_INT(p.questions, 2);
    CHECK_INT(p.solved, 1);
    CHECK_INT(p.unhandled, 1);
    CHECK_INT(question_undo(c, id), OK);
    CHECK_INT(question_undo(c, id), OK);
    CHECK_INT(question_undo(c, id), E_CONFLICT);
    err_clear(c);
    CHECK_INT(question_all(c, id, &q, &n), OK);
    CHECK_INT((int64_t)n, 3);
    CHECK(q[0].undone && q[1].undone && q[2].undone);
    CHECK_INT(presence_get(c, id, &p), OK);
    CHECK_INT(p.questions, 0);
    test_end(c);
}

static struct presence_result result(const struct town_of_test *t, int64_t id, int64_t version)
{
    return (struct presence_result){ .id = id,
                                     .version = version,
                                     .held_from = 815,
                                     .held_to = 900,
                                     .visitors = 6,
                                     .worker = &t->worker,
                                     .workers = 1 };
}

TEST(presence_with_unhandled_questions_raises_a_signal)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct presence p;
    struct unhandled *u;
    struct signal_view s;
    int64_t id = 0, first, begin = c->now;
    size_t n;

    town_make(c, &t);
    int64_t hour = tuesdays(c, &t, 1);
    CHECK_INT(presence_open(c, hour, c->today, &id), OK);
    CHECK_INT(question_add(c, id, "unhandled", NULL), OK);
    CHECK_INT(presence_unhandled(c, begin, &u, &n), OK);
    CHECK_INT((int64_t)n, 0); /* only when the session is over */
    CHECK_INT(presence_get(c, id, &p), OK);
    struct presence_result r = result(&t, id, p.version);
    CHECK_INT(presence_hold(c, &r), OK);
    CHECK_INT(presence_hold(c, &r), E_CONFLICT);
    err_clear(c);
    CHECK_INT(question_add(c, id, "unhandled", NULL), OK); /* one that was forgotten: the same signal */
    CHECK_INT(presence_unhandled(c, begin, &u, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(u[0].unhandled, 2);
    CHECK_STR(u[0].place_name, "De Papieren Boot");
    first = u[0].signal;
    CHECK_INT(signal_get(c, first, &s), OK);
    CHECK_STR(s.topic, "walk_in");
    CHECK_INT(s.neighbourhood, t.brouwhuis);
    CHECK_STR(
        s.about,
        "1 of 1 questions did not fit in the consultation hour of Tuesday 5 March 2024 at De Papieren Boot.");
    CHECK_INT(s.now.state, SIGNAL_OPEN);
    size_t steps = s.steps;
    at(c, "2024-03-12"); /* a week later again: a note with the same signal */
    CHECK_INT(presence_open(c, hour, c->today, &id), OK);
    CHECK_INT(question_add(c, id, "unhandled", NULL), OK);
    r = result(&t, id, -1);
    CHECK_INT(presence_hold(c, &r), OK);
    CHECK_INT(presence_unhandled(c, begin, &u, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_INT(u[1].signal, first);
    CHECK_INT(signal_get(c, first, &s), OK);
    CHECK_INT((int64_t)s.steps, (int64_t)steps + 1);
    at(c, "2024-03-19"); /* everything fitted: no signal */
    CHECK_INT(presence_open(c, hour, c->today, &id), OK);
    CHECK_INT(question_add(c, id, "solved", NULL), OK);
    r = result(&t, id, -1);
    CHECK_INT(presence_hold(c, &r), OK);
    CHECK_INT(presence_unhandled(c, begin, &u, &n), OK);
    CHECK_INT((int64_t)n, 2);
    test_end(c);
}

TEST(presence_result_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    int64_t id = 0;

    town_make(c, &t);
    CHECK_INT(presence_open(c, tuesdays(c, &t, 1), c->today, &id), OK);
    struct presence_result good = result(&t, id, -1);
    struct {
        struct presence_result r;
        const char *field;
    } bad[] = { { good, "held_from" }, { good, "held_to" }, { good, "visitors" }, { good, "worker" } };
    bad[0].r.held_from = INT_NONE;
    bad[1].r.held_to = good.held_from;
    bad[2].r.visitors = INT_NONE;
    bad[3].r.workers = 0;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(presence_hold(c, &bad[i].r), E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

TEST(presence_question_becomes_a_request_of_that_day)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct presence p;
    struct request r;
    struct request_id id = { 0 };
    struct question *q;
    struct session s;
    int64_t session = 0;
    size_t n;

    town_make(c, &t);
    CHECK_INT(presence_open(c, tuesdays(c, &t, 1), c->today, &session), OK);
    at(c, "2024-03-08"); /* typed on Friday, asked on Tuesday */
    struct request_form f = asked(c);

    f.received = c->today;
    CHECK_INT(question_to_request(c, session, &f, &id), OK);
    CHECK_INT(request_get(c, id, &r), OK);
    CHECK_STR(r.route, "outreach");
    CHECK_INT(time_nl_day(r.now.received_at), test_day("2024-03-05"));
    CHECK_INT(r.neighbourhood, t.brouwhuis);
    CHECK_INT(r.now.team, t.east);
    CHECK_INT(presence_get(c, session, &p), OK);
    CHECK_INT(p.requests, 1);
    CHECK_INT(question_undo(c, session), E_CONFLICT); /* a request is not taken back by the tally */
    err_clear(c);
    f.question = "";
    CHECK_INT(question_to_request(c, session, &f, &id), E_INVALID); /* all or nothing */
    err_clear(c);
    CHECK_INT(presence_get(c, session, &p), OK);
    CHECK_INT(p.questions, 1);
    act(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK_INT(question_all(c, session, &q, &n), OK);
    CHECK_INT(q[0].request, INT_NONE); /* sees sums, no way to a person */
    CHECK_INT(question_add(c, session, "solved", NULL), E_FORBIDDEN);
    test_end(c);
}

TEST(presence_sums_tell_held_from_promised)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct presence_sum *sum;
    int64_t id = 0;
    size_t n;

    town_make(c, &t);
    int64_t hour = tuesdays(c, &t, 1);
    CHECK_INT(presence_open(c, hour, c->today, &id), OK);
    struct presence_result r = result(&t, id, -1);
    CHECK_INT(question_add(c, id, "unhandled", NULL), OK);
    CHECK_INT(presence_hold(c, &r), OK);
    at(c, "2024-03-12");
    CHECK_INT(presence_open(c, hour, c->today, &id), OK);
    struct presence_off off = { id, -1, "ill", "us", c->now, DAY_NONE, INT_NONE, INT_NONE };
    CHECK_INT(presence_call_off(c, &off, &id), OK);
    CHECK_INT(presence_hold(c, &(struct presence_result){ id, -1, 810, 900, 1, &t.worker, 1 }), E_CONFLICT);
    err_clear(c);
    CHECK_INT(question_add(c, id, "solved", NULL), E_CONFLICT);
    err_clear(c);
    at(c, "2024-03-20"); /* nothing was written down about the 19th */
    CHECK_INT(presence_by_place(c, test_day("2024-03-01"), test_day("2024-03-31"), &sum, &n), OK);
    const struct presence_sum *s = sum[0].id == t.school ? &sum[0] : &sum[1];
    CHECK_INT(s->promised, 3);
    CHECK_INT(s->promised_minutes, 270);
    CHECK_INT(s->held, 1);
    CHECK_INT(s->held_minutes, 85);
    CHECK_INT(s->worker_minutes, 85);
    CHECK_INT(s->cancelled_minutes, 90);
    CHECK_INT(s->unknown_minutes, 90);
    CHECK_INT(s->visitors, 6);
    CHECK_INT(s->unhandled, 1);
    CHECK_INT(presence_by_neighbourhood(c, test_day("2024-03-01"), test_day("2024-03-31"), &sum, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_STR(sum[0].name, "De Fonkel"); /* nobody was there: on top */
    CHECK_INT(sum[0].held_minutes, 0);
    test_end(c);
}

static enum err set_inhabitants(struct ctx *c, void *arg)
{
    const struct town_of_test *t = arg;

    TRY(sql_neighbourhood_put(c, t->brouwhuis, "Brouwhuis", t->east, 1000));
    return sql_neighbourhood_put(c, t->fonkel, "De Fonkel", t->west, 500);
}

/* People count where they live; few are not told to who has nothing to do with residents. */
TEST(presence_reach_counts_people_where_they_live)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct presence_sum *sum;
    struct session s;
    struct request_id id;
    size_t n;

    town_make(c, &t);
    CHECK_INT(db_tx(c, set_inhabitants, &t), OK);
    config_changed(c);
    struct request_form f = asked(c);

    f.who.name = "Jan";
    f.question = "Money";
    f.received = c->today - 1;
    f.neighbourhood = t.brouwhuis;
    for (int i = 0; i < 8; i++)
        CHECK_INT(request_add(c, &f, &id), OK);
    f.neighbourhood = t.fonkel;
    CHECK_INT(request_add(c, &f, &id), OK);
    CHECK_INT(presence_by_neighbourhood(c, c->today - 30, c->today, &sum, &n), OK);
    CHECK_INT(sum[0].id, t.brouwhuis); /* nobody present in either: the larger one first */
    CHECK_INT(sum[0].asked, 8);
    CHECK_NEAR(sum[0].per_thousand, 8.0, 1e-9);
    CHECK_NEAR(sum[0].lower, 4.06, 0.01); /* Wilson, by hand: 8 of 1,000 */
    CHECK_NEAR(sum[0].upper, 15.7, 0.01);
    CHECK_INT(sum[1].asked, 1);
    act(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK_INT(presence_by_neighbourhood(c, c->today - 30, c->today, &sum, &n), OK);
    CHECK_INT(sum[0].asked, 8);
    CHECK_INT(sum[1].asked, INT_NONE);
    test_end(c);
}

TEST(presence_moved_session_is_another_one)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct presence p, to;
    int64_t id = 0, moved = 0;

    town_make(c, &t);
    CHECK_INT(presence_open(c, tuesdays(c, &t, 1), c->today, &id), OK);
    struct presence_off off = { id, 1, "no_room", "place", TIME_NONE, c->today + 2, 600, 660 };
    CHECK_INT(
        presence_call_off(c, &(struct presence_off){ id, 1, "x", "us", TIME_NONE, DAY_NONE, 0, 0 }, &moved),
        E_INVALID);
    CHECK_STR(c->err.field, "reason");
    err_clear(c);
    CHECK_INT(presence_call_off(c, &off, &moved), OK);
    CHECK_INT(presence_call_off(c, &off, &moved), E_CONFLICT);
    err_clear(c);
    CHECK_INT(presence_get(c, id, &p), OK);
    CHECK_STR(p.state, PRESENCE_MOVED);
    CHECK_INT(p.moved_to, moved);
    CHECK_INT(presence_get(c, moved, &to), OK);
    CHECK_INT(to.day, c->today + 2);
    CHECK_INT(to.hour, INT_NONE);
    test_end(c);
}

/* The register itself keeps the tally. */
TEST(presence_tally_is_only_appended)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    int64_t id = 0;

    town_make(c, &t);
    CHECK_INT(presence_open(c, tuesdays(c, &t, 1), c->today, &id), OK);
    CHECK_INT(question_add(c, id, "solved", NULL), OK);
    CHECK(db_script(c, "UPDATE presence_question SET outcome = 'unhandled'", false) != OK);
    err_clear(c);
    CHECK(db_script(c, "DELETE FROM presence_question", false) != OK);
    err_clear(c);
    test_end(c);
}
