// SPDX-License-Identifier: EUPL-1.2
/* What somebody knows to have changed on a list: written down on the screen, seen by the forecast from that
 * moment on and never before it, and taken back. */
#include "account/expectation_history.h"
#include "account/export_table.h"
#include "forecast/forecast.h"
#include "http/expectation_help.h"
#include "http/visit.h"
#include "register/list_change.h"
#include "register/right.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

/* The history as it was known at the end of a day. */
static struct history known_at(struct ctx *c, int32_t day)
{
    struct expectation_history x = { 0 };

    CHECK_INT(expectation_history_read(c, day, &x), OK);
    return x.h;
}

TEST(list_change_known_from_its_day_on)
{
    struct ctx *c = test_begin("2024-07-01");
    struct list_change_form f = { .what = "starts", .note = "two are ill", .day = test_day("2024-06-03") };
    struct expecting m;
    struct list_change *x;
    int64_t id, again;
    size_t n;

    expecting_list(c, &m);
    f.team = m.team;
    CHECK_INT(list_change_add(c, &f, &id), OK);
    CHECK_INT(list_change_add(c, &f, &again), OK); /* a button pressed twice */
    CHECK_INT(id, again);
    f.note = "something else";
    CHECK_INT(list_change_add(c, &f, &again), E_INVALID); /* not passed over in silence */
    CHECK_STR(c->err.field, "what");
    err_clear(c);
    struct history h = known_at(c, c->today);
    if (CHECK_INT((int64_t)h.changes, 1)) {
        CHECK_INT(h.change[0].at, f.day);
        CHECK_INT(h.change[0].known, c->today);
        CHECK_INT(h.change[0].of_what, HISTORY_STARTS);
        CHECK_INT(h.team[0], h.change[0].team);
    }
    CHECK_INT((int64_t)known_at(c, c->today - 1).changes, 0); /* not written down yet */
    c->today += 9;
    c->now = time_of_nl_day(c->today, 12 * 3600);
    uint64_t mark = history_mark(&h);
    CHECK_INT(list_change_undo(c, id), OK);
    CHECK_INT(list_change_undo(c, id), OK); /* twice is once */
    CHECK_INT(list_change_undo(c, id + 1), E_NOT_FOUND);
    err_clear(c);
    h = known_at(c, c->today);
    CHECK(h.changes == 1 && h.change[0].known_to == c->today - 1); /* of earlier days it is known */
    CHECK(history_mark(&h) != mark);
    CHECK_INT(list_change_all(c, &x, &n), OK);
    CHECK(n == 1 && x[0].undone_at != TIME_NONE);
    CHECK_INT(list_change_add(c, &f, &again), OK); /* what was taken back does not stand in the way */
    test_end(c);
}

static enum err into(struct ctx *c, void *arg, const char *data, size_t len)
{
    (void)c;
    buf_put(arg, data, len);
    return OK;
}

TEST(list_change_refuses)
{
    struct ctx *c = test_begin("2024-07-01");
    struct expecting m;
    int64_t id;

    expecting_list(c, &m);
    struct {
        struct list_change_form f;
        const char *field;
    } wrong[] = {
        { { m.team, "weather", "x", c->today }, "what" },
        { { m.team, "help", "x", c->today + 1 }, "day" },
        { { m.team, "help", "x", c->today - 4 * 365 }, "day" },
        { { m.team, "help", "x", DAY_NONE }, "day" },
        { { m.team, "help", "", c->today }, "note" },
        { { m.team + 99, "help", "x", c->today }, "team" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_INT(list_change_add(c, &wrong[i].f, &id), E_INVALID);
        CHECK_STR(c->err.field, wrong[i].field);
        err_clear(c);
    }
    struct actor lead = { .account = INT_NONE, .role = ROLE_TEAM_LEAD, .team = m.team + 99 };
    c->actor = &lead; /* of another team */
    CHECK_INT(list_change_add(c, &(struct list_change_form){ m.team, "help", "x", c->today }, &id),
              E_FORBIDDEN);
    err_clear(c);
    lead.team = m.team;
    CHECK_INT(list_change_add(c, &(struct list_change_form){ INT_NONE, "help", "x", c->today }, &id),
              E_FORBIDDEN);
    err_clear(c);
    CHECK_INT(list_change_add(c, &(struct list_change_form){ m.team, "help", "x", c->today }, &id), OK);
    lead.role = ROLE_BOARD;
    CHECK_INT(list_change_undo(c, id), E_FORBIDDEN);
    err_clear(c);
    test_end(c);
}

TEST(list_change_of_the_city_is_for_each_of_its_teams)
{
    struct ctx *c = test_begin("2024-07-01");
    struct expecting m;
    struct actor lead = { .account = INT_NONE, .role = ROLE_TEAM_LEAD };
    struct list_change_form f = { INT_NONE, "starts", "griepgolf", c->today };
    int64_t id;

    expecting_list(c, &m);
    struct list_change_form old = { m.team, "help", "from before there was one list", c->today };
    int64_t before;
    CHECK_INT(list_change_add(c, &old, &before), OK);
    CHECK(setting_put(c, "list.of", "city") == OK);
    lead.team = m.team + 1;
    c->actor = &lead;
    CHECK_INT(list_change_undo(c, before), OK); /* it is of the one list now */
    lead.team = m.team;
    CHECK_INT(list_change_add(c, &f, &id), OK);
    CHECK_INT(list_change_undo(c, id), OK);
    f.team = m.team; /* named with its team, it is of the list that the team is in */
    CHECK_INT(list_change_add(c, &f, &id), OK);
    struct list_change *x;
    size_t n;
    CHECK_INT(list_change_all(c, &x, &n), OK);
    CHECK(n == 3 && x[0].id == id && x[0].team == INT_NONE);
    f.team = m.team + 99;
    CHECK(list_change_add(c, &f, &id) != OK);
    err_clear(c);
    lead.role = ROLE_BOARD;
    f.team = INT_NONE;
    CHECK_INT(list_change_add(c, &f, &id), E_FORBIDDEN);
    err_clear(c);
    test_end(c);
}

TEST(list_change_goes_out_without_its_note)
{
    struct ctx *c = test_begin("2024-07-01");
    struct export_sink to = { false, into, NULL };
    struct buf out = { 0 };
    struct expecting m;
    int64_t id;

    to.arg = &out;
    expecting_list(c, &m);
    struct list_change_form f = { m.team, "starts", "Jan is ziek", c->today - 7 };
    CHECK_INT(list_change_add(c, &f, &id), OK);
    CHECK_INT(export_table(c, "changes", &to), OK);
    CHECK(strstr(buf_text(&out), "id,team,what,from_day,recorded_at,undone_at\n1,") != NULL);
    CHECK(strstr(buf_text(&out), ",starts,2024-06-24,") != NULL);
    CHECK(strstr(buf_text(&out), "Jan") == NULL);
    buf_free(&out);
    test_end(c);
}

TEST(forecast_change_page)
{
    struct ctx *c = test_begin("2024-07-01");
    struct expecting m;
    struct visit v;
    char path[80], undo[80], body[400];

    expecting_list(c, &m);
    struct site_as as = { .role = ROLE_TEAM_LEAD, .team = m.team, .worker = INT_NONE };
    snprintf(path, sizeof path, "/forecast/change?list=%lld", (long long)m.team);
    visit_begin(c, &as, &v);
    CHECK_INT(visit_ask(&v, "/forecast/change", NULL), 200); /* before any expectation was made */
    CHECK(visit_says(&v, path));
    visit_end(&v);
    expecting_make(c);
    visit_begin(c, &as, &v);
    CHECK_INT(visit_ask(&v, "/forecast", NULL), 200);
    CHECK(visit_says(&v, path));
    CHECK_INT(visit_ask(&v, path, NULL), 200);
    CHECK(!visit_says(&v, "name=\"all\"")); /* of the own list only */
    CHECK_INT(visit_ask(&v, path, "what=starts&day=1-1-2030&note=Twee+zieken"), 422);
    CHECK(visit_says(&v, "Twee zieken") && visit_says(&v, "1-1-2030")); /* what was typed stays */
    CHECK_INT(visit_ask(&v, path, "what=starts&day=3-6-2024&note=%3Cb%3ETwee+zieken"), 303);
    CHECK_INT(visit_ask(&v, "/forecast?done=changed", NULL), 200);
    CHECK(visit_says(&v, "&lt;b&gt;Twee zieken") && !visit_says(&v, "<b>Twee"));
    const char *at = strstr(buf_text(&v.a.body), "action=\"/forecast/change/");
    if (CHECK(at != NULL)) {
        snprintf(undo, sizeof undo, "%.*s", (int)strcspn(at + 8, "\""), at + 8);
        snprintf(body, sizeof body, "list=%lld", (long long)m.team);
        CHECK_INT(visit_ask(&v, undo, body), 303);
        CHECK_INT(visit_ask(&v, "/forecast", NULL), 200);
        CHECK(!visit_says(&v, "Twee zieken"));
    }
    visit_end(&v);
    as.role = ROLE_BOARD; /* sees the forecast, and writes nothing down */
    visit_begin(c, &as, &v);
    CHECK_INT(visit_ask(&v, "/forecast", NULL), 200);
    CHECK(!visit_says(&v, "/forecast/change"));
    CHECK_INT(visit_ask(&v, path, NULL), 403);
    visit_end(&v);
    test_end(c);
}
