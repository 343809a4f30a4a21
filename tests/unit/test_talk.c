// SPDX-License-Identifier: EUPL-1.2
#include "unit/case_help.h"
#include "unit/test.h"

#include <string.h>

TEST(talk_first_one_stops_the_waiting)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    struct request r = case_get(&t, id);
    struct talk *talk;
    size_t n;

    CHECK(!r.now.waiting);
    CHECK_INT(r.now.state, STATE_EXPLORING);
    CHECK_INT(r.now.started_at, t.c->now);
    CHECK_INT(r.now.worker, t.worker);
    CHECK_INT(talk_all(t.c, &r, &talk, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(talk[0].first);
    CHECK_STR(talk[0].place, "home");
    CHECK_STR(talk[0].note, "We sat at the kitchen table");
    CHECK_STR(talk[0].next_step, "Write down the debts together");
    CHECK(strstr(talk[0].people, "inwoner") != NULL || strstr(talk[0].people, "resident") != NULL);
    /* the next one is a later talk, and needs no next step */
    case_later(&t, 7);
    struct talk_form f = case_talk_form(&t, id);
    f.next_step = NULL;
    f.place = "phone";
    CHECK_INT(talk_add(t.c, &f), OK);
    r = case_get(&t, id);
    CHECK_INT(talk_all(t.c, &r, &talk, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK(!talk[1].first);
    CHECK(r.now.started_at < t.c->now);
    test_end(t.c);
}

TEST(talk_first_one_must_be_real)
{
    struct case_test t = case_begin();
    struct request_id id = case_request(&t);
    struct {
        struct talk_form f;
        const char *field;
    } bad[7];

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = case_talk_form(&t, id);
    bad[0].f.next_step = "";
    bad[0].field = "next_step";
    bad[1].f.place = "phone";
    bad[1].field = "place";
    bad[2].f.present = 32; /* only another professional */
    bad[2].field = "present";
    bad[3].f.at = t.c->now + SECONDS_A_DAY;
    bad[3].field = "at";
    bad[4].f.at = t.c->now - 30 * SECONDS_A_DAY;
    bad[4].field = "at";
    bad[5].f.next_at = t.c->now - SECONDS_A_DAY;
    bad[5].field = "next_at";
    bad[6].f.at = TIME_NONE;
    bad[6].field = "at";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(talk_add(t.c, &bad[i].f), E_INVALID);
        CHECK_STR(t.c->err.field, bad[i].field);
        err_clear(t.c);
    }
    CHECK(case_get(&t, id).now.waiting);
    test_end(t.c);
}

/* Who talks first with someone whom nobody helps yet, is the one who helps. */
TEST(talk_by_a_worker_before_anyone_allocated)
{
    struct case_test t = case_begin();
    struct request_id id = case_request(&t);
    struct request_change back = { .id = id, .version = -1, .e = EVENT_NONE };

    back.e.kind = KIND_GIVEN_BACK;
    back.e.occurred_at = t.c->now;
    CHECK_INT(request_change(t.c, &back), OK);
    case_as(&t, ROLE_TEAM_LEAD, INT_NONE);
    struct talk_form f = case_talk_form(&t, id);
    CHECK_INT(talk_add(t.c, &f), E_FORBIDDEN);
    err_clear(t.c);
    case_as(&t, ROLE_SOCIAL_WORKER, t.other_worker);
    CHECK_INT(talk_add(t.c, &f), OK);
    struct request r = case_get(&t, id);
    CHECK_INT(r.now.worker, t.other_worker);
    CHECK(r.content && !r.now.waiting);
    test_end(t.c);
}

/* Typed to the minute, on the day on which the request was also given to the worker. */
TEST(talk_earlier_on_the_day_comes_after_what_was_written_down)
{
    struct case_test t = case_begin();
    struct request_id id = case_request(&t);
    struct talk_form f = case_talk_form(&t, id);

    ctx_set_now(t.c, t.c->now + 3600);
    f.at = t.c->now - 2 * 3600; /* before the allocation */
    CHECK_INT(talk_add(t.c, &f), OK);
    CHECK(!case_get(&t, id).now.waiting);
    id = case_request(&t);
    f = case_talk_form(&t, id);
    f.at = t.c->now - SECONDS_A_DAY; /* the day before */
    CHECK_INT(talk_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "at");
    CHECK(strstr(t.c->err.text, "Op de wachtlijst gezet") != NULL ||
          strstr(t.c->err.text, "waiting list") != NULL);
    test_end(t.c);
}

TEST(talk_two_people_at_once_get_a_conflict)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    struct talk_form f = case_talk_form(&t, id);

    f.seen = case_get(&t, id).now.version;
    CHECK_INT(talk_add(t.c, &f), OK);
    CHECK_INT(talk_add(t.c, &f), E_CONFLICT);
    test_end(t.c);
}

TEST(talk_tells_of_supporter_carer_and_choice)
{
    struct case_test t = case_begin();
    struct request_id id = case_request(&t);
    struct talk_form f = case_talk_form(&t, id);
    struct supporter_count *count;
    size_t n;

    f.supporter_told = "understood";
    f.carer = "heavy";
    CHECK_INT(talk_add(t.c, &f), OK);
    struct told_form told = { .request = id,
                              .seen = -1,
                              .day = t.c->today,
                              .supporter_used = "seniors",
                              .choice = "full",
                              .note = "She knows the other one" };
    CHECK_INT(told_add(t.c, &told), OK);
    struct request r = case_get(&t, id);
    struct told now = told_of(&r);
    CHECK_STR(now.supporter_told, "understood");
    CHECK_STR(now.supporter_used, "seniors");
    CHECK_STR(now.carer, "heavy");
    CHECK_STR(now.choice, "full");
    struct told_form none = { .request = id, .seen = -1, .day = t.c->today };
    CHECK_INT(told_add(t.c, &none), E_INVALID);
    err_clear(t.c);
    case_as(&t, ROLE_QUALITY, INT_NONE);
    CHECK_INT(supporter_counts(t.c, t.c->now - SECONDS_A_DAY, t.c->now + 1, &count, &n), OK);
    CHECK_INT((int64_t)n, (int64_t)supporter_kind_count); /* zero rows included */
    int64_t all = 0;
    for (size_t i = 0; i < n; i++)
        all += count[i].requests;
    CHECK_INT(all, 1);
    test_end(t.c);
}

TEST(talk_appointments_and_who_did_not_come)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    struct appointment_form f = { .request = id, .seen = -1, .at = t.c->now - 1, .place = "home" };

    CHECK_INT(appointment_add(t.c, &f), E_INVALID);
    err_clear(t.c);
    f.at = t.c->now + 3600;
    CHECK_INT(appointment_add(t.c, &f), OK);
    struct request r = case_get(&t, id);
    CHECK_INT(appointment_next(&r, t.c->now), f.at);
    ctx_set_now(t.c, t.c->now + 7200);
    struct no_show_form gone = { .request = id, .seen = -1, .day = t.c->today, .by = "us" };
    CHECK_INT(no_show_add(t.c, &gone), OK);
    r = case_get(&t, id);
    CHECK(appointment_next(&r, t.c->now) == TIME_NONE);
    CHECK_STR(r.event[r.events - 1].e.reason, "us");
    test_end(t.c);
}
