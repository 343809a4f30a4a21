// SPDX-License-Identifier: EUPL-1.2
#include "unit/case_help.h"

#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

static enum err add_staff(struct ctx *c, void *arg)
{
    struct case_test *t = arg;
    struct sql_worker_insert_row row;

    TRY(team_find_or_add(c, "Oost", &t->team));
    TRY(sql_worker_insert(c, "Karin", t->team, "sociaal werker", &row));
    t->worker = row.id;
    TRY(sql_worker_insert(c, "Ömer", t->team, "sociaal werker", &row));
    t->other_worker = row.id;
    return OK;
}

void case_as(struct case_test *t, enum role role, int64_t worker)
{
    session_act_as(t->c, &t->as, role, t->team, worker);
}

struct case_test case_begin(void)
{
    struct case_test t = { .c = test_begin("2024-01-03") };

    if (!CHECK_INT(db_tx(t.c, add_staff, &t), OK))
        test_skip("%s", t.c->err.text);
    return t;
}

void case_later(struct case_test *t, int days)
{
    ctx_set_now(t->c, t->c->now + (int64_t)days * SECONDS_A_DAY);
}

struct request_id case_request(struct case_test *t)
{
    struct request_form f = asked(t->c);
    struct request_change give = { .version = -1, .e = EVENT_NONE };
    struct request_id id = { 0 };

    f.who.phone = "06-55501234";
    f.team = t->team;
    f.category = "money";
    case_as(t, ROLE_SYSTEM, INT_NONE);
    CHECK_INT(request_add(t->c, &f, &id), OK);
    give.id = id;
    give.e.kind = KIND_ALLOCATED;
    give.e.occurred_at = t->c->now;
    give.e.worker = t->worker;
    CHECK_INT(request_change(t->c, &give), OK);
    case_as(t, ROLE_SOCIAL_WORKER, t->worker);
    return id;
}

struct talk_form case_talk_form(const struct case_test *t, struct request_id id)
{
    return (struct talk_form){ .request = id,
                               .seen = -1,
                               .at = t->c->now,
                               .worker = INT_NONE,
                               .place = "home",
                               .present = PRESENT_RESIDENT,
                               .note = "We sat at the kitchen table",
                               .next_step = "Write down the debts together",
                               .next_at = TIME_NONE };
}

struct request_id case_talked(struct case_test *t)
{
    struct request_id id = case_request(t);
    struct talk_form f = case_talk_form(t, id);

    if (!CHECK_INT(talk_add(t->c, &f), OK))
        test_skip("%s", t->c->err.text);
    return id;
}

struct plan_form case_plan_form(const struct case_test *t, struct request_id id)
{
    static const struct goal goal[] = {
        { .what = "I open my post again", .for_whom = "resident", .by = DAY_NONE, .score = 3 },
        { .what = "Peace at the table",
          .for_whom = "household",
          .tasks = "Aunt Rita comes on Tuesdays",
          .by = DAY_NONE,
          .score = INT_NONE },
    };

    return (struct plan_form){ .request = id,
                               .seen = -1,
                               .goal = goal,
                               .goals = COUNT(goal),
                               .main = LINE_TEAM,
                               .evaluate_on = t->c->today + 60,
                               .agreed = t->c->today,
                               .given = DAY_NONE };
}

struct request_id case_planned(struct case_test *t)
{
    struct request_id id = case_talked(t);
    struct plan_form f = case_plan_form(t, id);

    if (!CHECK_INT(plan_add(t->c, &f), OK))
        test_skip("%s", t->c->err.text);
    return id;
}

struct closing_form case_closing_form(const struct case_test *t, struct request_id id)
{
    return (struct closing_form){ .request = id,
                                  .seen = -1,
                                  .day = t->c->today,
                                  .reason = "helped",
                                  .where_to = "alone",
                                  .alone = "yes",
                                  .experience = "good",
                                  .end_lines = true,
                                  .unreviewed = true };
}

int64_t case_line(struct case_test *t, struct request_id id, const char *kind)
{
    struct line_form f = { .request = id,
                           .seen = -1,
                           .kind = kind,
                           .partner = INT_NONE,
                           .programme = INT_NONE,
                           .day = t->c->today };
    int64_t line = 0;

    if (!CHECK_INT(line_start(t->c, &f, &line), OK))
        test_skip("%s", t->c->err.text);
    return line;
}

struct request case_get(struct case_test *t, struct request_id id)
{
    struct request r = { 0 };

    if (!CHECK_INT(request_get(t->c, id, &r), OK))
        test_skip("%s", t->c->err.text);
    return r;
}

struct care case_care(struct case_test *t, struct request_id id)
{
    struct request r = case_get(t, id);
    struct care k = { 0 };

    CHECK_INT(care_of(t->c, &r, &k), OK);
    return k;
}
