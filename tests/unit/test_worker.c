// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "register/call_round.h"
#include "register/fte.h"
#include "register/right.h"
#include "register/session.h"
#include "register/vacancy.h"
#include "register/worker.h"
#include "store/sql.h"
#include "unit/staff.h"
#include "unit/test.h"

TEST(worker_every_version_is_kept)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct worker w;
    struct worker_version *v;
    size_t n;

    staff_town_make(c, &t);
    CHECK(worker_get(c, t.anna, &w) == OK);
    CHECK_INT(w.version, 1);
    w.f.languages = "nl tr";
    CHECK(worker_change(c, t.anna, 1, &w.f) == OK);
    CHECK(worker_change(c, t.anna, 1, &w.f) == E_CONFLICT); /* someone saw the old version */
    err_clear(c);
    CHECK(worker_get(c, t.anna, &w) == OK);
    CHECK_INT(w.version, 2);
    CHECK(codes_have(w.f.languages, "tr"));
    CHECK(!codes_have(w.f.languages, "t"));
    CHECK(worker_versions(c, t.anna, &v, &n) == OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_STR(v[0].f.languages, "nl");
    CHECK_STR(v[1].f.languages, "nl tr");
    test_end(c);
}

TEST(worker_refuses_wrong_facts)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct session s;
    struct worker w;
    int64_t id;

    staff_town_make(c, &t);
    CHECK(worker_get(c, t.anna, &w) == OK);
    struct {
        struct worker_facts f;
        int64_t fte;
        const char *field;
    } bad[] = { { w.f, 100, "name" }, { w.f, 151, "fte" }, { w.f, 100, "room" }, { w.f, 100, "ended" } };
    bad[0].f.name = "";
    bad[2].f.room = 201;
    bad[3].f.started = c->today;
    bad[3].f.ended = c->today - 1;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(worker_add(c, &bad[i].f, bad[i].fte, &id) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.west, INT_NONE);
    CHECK(worker_get(c, t.anna, &w) == E_NOT_FOUND); /* of team Oost */
    err_clear(c);
    struct worker_facts f = bad[1].f;
    CHECK(worker_add(c, &f, 100, &id) == E_INVALID); /* into another team */
    CHECK_STR(c->err.field, "team");
    test_end(c);
}

/* Nobody is left without a worker. */
TEST(worker_with_open_cases_cannot_leave)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct worker w;

    staff_town_make(c, &t);
    staff_case(c, &t, t.anna, WEIGHT_SHORT);
    CHECK(worker_get(c, t.anna, &w) == OK);
    w.f.ended = c->today + 30;
    CHECK(worker_change(c, t.anna, w.version, &w.f) == E_INVALID);
    CHECK_STR(c->err.field, "ended");
    err_clear(c);
    CHECK(worker_get(c, t.bram, &w) == OK);
    w.f.ended = c->today + 30;
    CHECK(worker_change(c, t.bram, w.version, &w.f) == OK);
    test_end(c);
}

TEST(worker_roles_see_what_they_may)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct session s;
    struct worker *w, one;
    struct retention kept;
    size_t n;

    staff_town_make(c, &t);
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        session_act_as(c, &s, (enum role)role, t.oost, INT_NONE);
        bool sees = role_may((enum role)role, RIGHT_STAFF);
        CHECK((worker_all(c, INT_NONE, &w, &n) == OK) == sees);
        err_clear(c);
        CHECK((worker_retention(c, c->today, &kept) == OK) == sees);
        err_clear(c);
        if (worker_get(c, t.anna, &one) == OK) {
            CHECK((worker_change(c, t.anna, one.version, &one.f) == OK) ==
                  role_may((enum role)role, RIGHT_STAFF_EDIT));
            err_clear(c);
        }
        err_clear(c);
    }
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.oost, t.anna);
    CHECK(worker_all(c, INT_NONE, &w, &n) == OK);
    CHECK_INT((int64_t)n, 3); /* the own team only */
    test_end(c);
}

TEST(worker_links_one_account)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct login_name *a;
    int64_t lea, kim;
    size_t n;

    staff_town_make(c, &t);
    lea = staff_account(c, "lea", ROLE_SOCIAL_WORKER, t.oost, INT_NONE);
    kim = staff_account(c, "kim", ROLE_SOCIAL_WORKER, t.oost, INT_NONE);
    CHECK(worker_link(c, t.anna, lea) == OK);
    CHECK(worker_link(c, t.bram, lea) == E_INVALID);
    err_clear(c);
    CHECK(worker_link(c, t.anna, kim) == OK); /* lets go of lea */
    CHECK(worker_accounts(c, &a, &n) == OK);
    for (size_t i = 0; i < n; i++)
        CHECK_INT(a[i].worker, a[i].id == kim ? t.anna : INT_NONE);
    test_end(c);
}

/* The hours of a day, against a slow count: every row of every worker, day by day. */
static int64_t slow_fte(const struct fte_book *b, int64_t team, int32_t day, bool present)
{
    int64_t sum = 0;

    for (size_t i = 0; i < b->workers; i++) {
        const struct worker *w = &b->worker[i];
        int64_t fte = 0;
        int32_t last = INT32_MIN;
        bool away = false;
        if (w->f.team != team || (w->f.started != DAY_NONE && day < w->f.started) ||
            (w->f.ended != DAY_NONE && day > w->f.ended))
            continue;
        for (size_t k = 0; k < b->rows; k++)
            if (b->row[k].worker == w->id && b->row[k].from <= day && b->row[k].from >= last) {
                last = b->row[k].from;
                fte = b->row[k].fte;
            }
        for (size_t k = 0; k < b->absences; k++)
            away = away || (b->absence[k].worker == w->id && absence_covers(&b->absence[k], day, b->today));
        sum += present && away ? 0 : fte;
    }
    return sum;
}

TEST(worker_fte_of_a_day_is_the_slow_sum)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct fte_book book;
    struct absence_form away = { .kind = "sick", .until = DAY_NONE, .ended = DAY_NONE };
    int64_t id;

    staff_town_make(c, &t);
    CHECK(fte_add(c, t.anna, c->today - 60, 80) == OK);
    CHECK(fte_add(c, t.anna, c->today - 20, 60) == OK);
    CHECK(fte_add(c, t.anna, c->today - 60, 70) == OK); /* corrects the first */
    CHECK(fte_add(c, t.bram, c->today - 40, 0) == OK);
    away.worker = t.anna;
    away.from = c->today - 30;
    away.ended = c->today - 25;
    CHECK(absence_add(c, &away, &id) == OK);
    away.worker = t.carla;
    away.from = c->today - 3;
    away.ended = DAY_NONE;
    CHECK(absence_add(c, &away, &id) == OK);
    CHECK(fte_book_read(c, c->today - 100, c->today + 20, &book) == OK);
    int64_t seen = 0;
    for (int32_t d = c->today - 100; d < c->today + 20; d++) {
        struct fte_day day = fte_of_day(&book, t.oost, d);
        CHECK_INT(day.actual, slow_fte(&book, t.oost, d, false));
        CHECK_INT(day.present, slow_fte(&book, t.oost, d, true));
        seen += day.actual != day.present;
    }
    CHECK_INT(seen, 6 + 4);
    CHECK_INT(fte_of_worker(&book, t.anna, c->today - 30), 70);
    CHECK_INT(fte_of_worker(&book, t.anna, c->today), 60);
    test_end(c);
}

TEST(worker_hours_are_checked)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    int64_t fte;

    staff_town_make(c, &t);
    CHECK(fte_add(c, t.anna, DAY_NONE, 80) == E_INVALID);
    CHECK_STR(c->err.field, "from");
    err_clear(c);
    CHECK(fte_add(c, t.anna, c->today, 151) == E_INVALID);
    CHECK_STR(c->err.field, "fte");
    err_clear(c);
    CHECK(fte_established(c, INT_NONE, c->today, &fte) == OK);
    CHECK_INT(fte, INT_NONE); /* never agreed: not zero */
    CHECK(fte_establish(c, t.oost, c->today - 10, 1250) == OK);
    CHECK(fte_establish(c, t.oost, c->today + 10, 1300) == OK);
    CHECK(fte_establish(c, t.west, c->today - 10, 200) == OK);
    CHECK(fte_established(c, t.oost, c->today, &fte) == OK);
    CHECK_INT(fte, 1250);
    CHECK(fte_established(c, INT_NONE, c->today, &fte) == OK);
    CHECK_INT(fte, 1450);
    test_end(c);
}

TEST(worker_retention_counts_asked_and_moved)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct retention r;
    struct worker w;

    staff_town_make(c, &t);
    static const char *const code[] = { "moved", "declined", "moved" };
    int64_t id[] = { t.anna, t.bram, t.carla };
    for (size_t i = 0; i < COUNT(id); i++) {
        CHECK(worker_get(c, id[i], &w) == OK);
        w.f.takeover = code[i];
        CHECK(worker_change(c, id[i], w.version, &w.f) == OK);
    }
    CHECK(worker_retention(c, c->today, &r) == OK);
    CHECK_INT(r.asked, 3);
    CHECK_INT(r.moved, 2);
    CHECK_INT(r.asked_fte, 280);
    CHECK_INT(r.moved_fte, 180);
    CHECK_INT(r.year_ago, 4); /* all of the small town began two years ago */
    CHECK_INT(r.still, 4);
    CHECK_INT(r.moved_before, 2);
    CHECK_INT(r.moved_stayed, 2);
    CHECK_INT(r.arrived, 1); /* who declined never came */
    CHECK_INT(r.arrived_stayed, 1);
    CHECK(worker_get(c, t.anna, &w) == OK); /* left before twelve months were over */
    w.f.ended = date_add_months(w.f.started, 12) - 1;
    CHECK(worker_change(c, t.anna, w.version, &w.f) == OK);
    CHECK(worker_retention(c, c->today, &r) == OK);
    CHECK_INT(r.moved_before, 2);
    CHECK_INT(r.moved_stayed, 1);
    CHECK(worker_retention(c, date_add_months(w.f.started, 12) - 1, &r) == OK);
    CHECK_INT(r.moved_before + r.arrived, 0); /* nobody has been here for a year on that day */
    test_end(c);
}

TEST(vacancy_opens_and_closes_once)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct vacancy *v;
    int64_t id;
    size_t n;

    staff_town_make(c, &t);
    struct vacancy_form f = {
        .team = t.oost, .fte = 90, .discipline = "family_coach", .opened = c->today + 1
    };
    CHECK(vacancy_add(c, &f, &id) == E_INVALID);
    CHECK_STR(c->err.field, "opened");
    err_clear(c);
    f.opened = c->today - 70;
    CHECK(vacancy_add(c, &f, &id) == OK);
    CHECK(vacancy_close(c, id, 1, c->today - 71, "filled") == E_INVALID);
    err_clear(c);
    CHECK(vacancy_close(c, id, 1, c->today, "filled") == OK);
    CHECK(vacancy_close(c, id, 1, c->today, "filled") == E_CONFLICT);
    err_clear(c);
    CHECK(vacancy_all(c, t.oost, &v, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(v[0].outcome, "filled");
    CHECK(vacancy_all(c, t.west, &v, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    test_end(c);
}
