// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "register/batch.h"
#include "register/caseload.h"
#include "register/continuity.h"
#include "register/handover.h"
#include "register/session.h"
#include "unit/staff.h"
#include "unit/test.h"

/* The form of a hand-over as it is proposed. */
struct filled {
    int64_t request[40], version[40], to[40];
    struct handover_form f;
};

static struct handover fill(struct ctx *c, int64_t worker, struct filled *w)
{
    struct handover h = { 0 };

    CHECK(handover_propose(c, worker, &h) == OK);
    for (size_t i = 0; i < h.n; i++) {
        w->request[i] = h.at[i].row.id;
        w->version[i] = h.at[i].row.version;
        w->to[i] = h.at[i].p.colleague[0].k.worker;
    }
    w->f = (struct handover_form){ .worker = worker,
                                   .reason = "left",
                                   .last_day = DAY_NONE,
                                   .seen = h.from.version,
                                   .request = w->request,
                                   .version = w->version,
                                   .to = w->to,
                                   .n = h.n };
    return h;
}

TEST(handover_moves_all_and_the_worker_can_leave)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct filled w;
    struct worker anna;
    struct caseload load;
    struct to_tell *tell;
    int64_t batch;
    size_t n;

    staff_town_make(c, &t);
    for (int i = 0; i < 6; i++)
        staff_case(c, &t, t.anna, WEIGHT_SHORT);
    fill(c, t.anna, &w);
    CHECK_INT((int64_t)w.f.n, 6);
    w.f.last_day = c->today + 10;
    w.f.n = 5; /* one stays behind: nobody may be left without a worker */
    CHECK(handover_save(c, &w.f, &batch) == E_INVALID);
    CHECK_STR(c->err.field, "last_day");
    err_clear(c);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT(load.cases, 6); /* and nothing was done */
    w.f.n = 6;
    CHECK(handover_save(c, &w.f, &batch) == OK);
    CHECK(worker_get(c, t.anna, &anna) == OK);
    CHECK_INT(anna.f.ended, c->today + 10);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT(load.cases, 0);
    int64_t cases = 0;
    int64_t others[] = { t.bram, t.carla };
    for (size_t i = 0; i < COUNT(others); i++) {
        CHECK(caseload_get(c, others[i], &load) == OK);
        cases += load.cases;
    }
    CHECK_INT(cases, 6);
    CHECK(caseload_to_tell(c, &tell, &n) == OK);
    CHECK_INT((int64_t)n, 6);
    CHECK(caseload_told(c, w.request, 6, &batch) == OK);
    CHECK(caseload_to_tell(c, &tell, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    CHECK(batch_undo(c, batch, &n) == OK); /* it was a mistake: they are still to be told */
    CHECK(caseload_to_tell(c, &tell, &n) == OK);
    CHECK_INT((int64_t)n, 6);
    test_end(c);
}

TEST(handover_keeps_discipline_and_who_takes_part)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct filled w;

    staff_town_make(c, &t);
    struct request_id plain = staff_case(c, &t, t.anna, WEIGHT_SHORT),
                      shared = staff_case(c, &t, t.anna, WEIGHT_SHORT);
    CHECK(co_worker_add(c, shared, t.carla, false) == OK);
    struct handover h = fill(c, t.anna, &w);
    for (size_t i = 0; i < h.n; i++) {
        if (w.request[i] == plain.v)
            CHECK_INT(w.to[i], t.bram); /* a social worker, as Anna is */
        else
            CHECK_INT(w.to[i], t.carla); /* another discipline, but the resident knows her: 45 against 40 */
    }
    test_end(c);
}

TEST(handover_is_undone_at_once)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct filled w;
    struct caseload load;
    int64_t batch;
    size_t n;

    staff_town_make(c, &t);
    for (int i = 0; i < 3; i++)
        staff_case(c, &t, t.anna, WEIGHT_HEAVY);
    fill(c, t.anna, &w);
    CHECK(handover_save(c, &w.f, &batch) == OK);
    CHECK(batch_undo(c, batch, &n) == OK);
    CHECK_INT((int64_t)n, 3);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT(load.cases, 3);
    CHECK_INT(load.points, 15);
    test_end(c);
}

/* Undoing must not give cases to somebody who has a last day meanwhile. */
TEST(handover_is_not_undone_to_who_left)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct filled w;
    struct caseload load;
    int64_t batch;
    size_t n;

    staff_town_make(c, &t);
    staff_case(c, &t, t.anna, WEIGHT_HEAVY);
    fill(c, t.anna, &w);
    w.f.last_day = c->today;
    CHECK(handover_save(c, &w.f, &batch) == OK);
    CHECK(batch_undo(c, batch, &n) == E_CONFLICT);
    err_clear(c);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT(load.cases, 0);
    test_end(c);
}

TEST(handover_refuses_wrong_input_and_old_lists)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct filled w;
    struct session s;
    int64_t batch;

    staff_town_make(c, &t);
    struct request_id first = staff_case(c, &t, t.anna, WEIGHT_SHORT);
    staff_case(c, &t, t.anna, WEIGHT_SHORT);
    fill(c, t.anna, &w);
    struct {
        const char *reason;
        int64_t to;
        size_t n;
        const char *field;
    } bad[] = { { "because", t.bram, 2, "reason" },
                { "left", INT_NONE, 2, "to" },
                { "left", t.anna, 2, "to" },
                { "left", t.dirk, 2, "worker" },
                { "left", t.bram, 0, "id" } };
    for (size_t i = 0; i < COUNT(bad); i++) {
        w.f.reason = bad[i].reason;
        w.to[0] = bad[i].to;
        w.f.n = bad[i].n;
        CHECK(handover_save(c, &w.f, &batch) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    fill(c, t.anna, &w);
    CHECK(staff_event(c, first, KIND_NOTE, INT_NONE) == OK); /* somebody worked on it meanwhile */
    CHECK(handover_save(c, &w.f, &batch) == E_CONFLICT);
    err_clear(c);
    struct handover h;
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        session_act_as(c, &s, (enum role)role, t.oost, INT_NONE);
        CHECK((handover_propose(c, t.anna, &h) == OK) == role_may((enum role)role, RIGHT_ALLOCATE));
        err_clear(c);
    }
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.west, INT_NONE);
    CHECK(handover_propose(c, t.anna, &h) == E_NOT_FOUND);
    test_end(c);
}

TEST(caseload_shows_contact_and_what_comes_next)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct caseload load;
    struct session s;

    staff_town_make(c, &t);
    struct request_id id = staff_request(c, &t);
    struct allocation a = { .request = id.v, .version = 4, .worker = t.anna, .weight = WEIGHT_MEDIUM };
    int64_t batch;
    CHECK(allocation_save(c, &a, 1, &batch) == OK);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT((int64_t)load.n, 1);
    CHECK_INT(load.row[0].next_kind, NEXT_ACCEPT);
    CHECK_INT(load.row[0].contact, DAY_NONE);
    CHECK_INT(load.points, 3);
    CHECK_INT(load.room, 20);
    CHECK(staff_event(c, id, KIND_FIRST_TALK, INT_NONE) == OK);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT(load.row[0].contact, c->today);
    CHECK_INT(load.row[0].next_kind, NEXT_NONE);
    CHECK(staff_event(c, id, KIND_PLAN_AGREED, INT_NONE) == OK);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT(load.row[0].next_kind, NEXT_REVIEW);
    CHECK_INT(load.row[0].next, c->today + 90);
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };
    ch.e.kind = KIND_APPOINTMENT;
    ch.e.occurred_at = c->now;
    ch.e.until = c->now + 5 * SECONDS_A_DAY;
    CHECK(request_change(c, &ch) == OK);
    CHECK(caseload_get(c, t.anna, &load) == OK);
    CHECK_INT(load.row[0].next_kind, NEXT_APPOINTMENT);
    CHECK_INT(load.row[0].next, c->today + 5);
    static const struct {
        enum role role;
        bool own, sees;
    } who[] = { { ROLE_SOCIAL_WORKER, true, true },    { ROLE_SOCIAL_WORKER, false, false },
                { ROLE_TEAM_LEAD, false, true },       { ROLE_INTAKE, false, false },
                { ROLE_BOARD, false, false },          { ROLE_QUALITY, false, false },
                { ROLE_ACCOUNT_MANAGER, false, false } };
    for (size_t i = 0; i < COUNT(who); i++) {
        session_act_as(c, &s, who[i].role, t.oost, who[i].own ? t.anna : t.bram);
        CHECK((caseload_get(c, t.anna, &load) == OK) == who[i].sees);
        err_clear(c);
    }
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.oost, INT_NONE);
    struct caseload_line *line;
    size_t n;
    CHECK(caseload_team(c, t.oost, &line, &n) == OK);
    CHECK_INT((int64_t)n, 3);
    for (size_t i = 0; i < n; i++)
        CHECK_INT(line[i].cases, line[i].worker.id == t.anna ? 1 : 0);
    CHECK(caseload_team(c, t.west, &line, &n) == E_NOT_FOUND);
    test_end(c);
}
