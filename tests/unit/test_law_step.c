// SPDX-License-Identifier: EUPL-1.2
#include "register/integrity.h"
#include "register/law_step.h"
#include "register/right.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include "base/rng.h"

static struct request_id ask(struct ctx *c, int32_t received)
{
    struct request_form f = asked(c);

    f.question = "Help in the house";
    f.received = received;
    return asked_add(c, &f);
}

static struct law_step step(struct request_id id, enum kind kind, int32_t day, int64_t application)
{
    return (struct law_step){ .request = id,
                              .version = -1,
                              .kind = kind,
                              .day = day,
                              .application = application,
                              .until = DAY_NONE,
                              .number = INT_NONE };
}

static enum err add(struct ctx *c, struct law_step s, const char *code, int32_t until, int64_t number,
                    int64_t *seq)
{
    err_clear(c);
    s.code = code;
    s.until = until;
    s.number = number;
    return law_step_add(c, &s, seq);
}

static struct law_file file_of(struct ctx *c, struct request_id id)
{
    struct law_file f = { .terms = 0 };
    struct request r;

    CHECK(request_get(c, id, &r) == OK);
    CHECK(law_file_get(c, &r, &f) == OK);
    return f;
}

/* From report to decision, as the screens do it. */
TEST(law_step_whole_track)
{
    struct ctx *c = test_begin("2024-07-01");
    int32_t asked = date_from_civil(2024, 3, 4);
    struct request_id id = ask(c, asked);
    int64_t seq = 0, applied = 0, paused = 0;

    CHECK(add(c, step(id, KIND_WMO_REPORTED, DAY_NONE, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) == OK);
    struct law_file f = file_of(c, id);
    CHECK_INT(time_nl_day(f.law.reported_at), asked); /* from the asking, not from the typing */
    CHECK_INT(f.law.stage, STAGE_OPEN);
    CHECK(f.term[0].kind == LAW_RECEIPT && f.term[0].overdue && f.term[1].overdue);
    CHECK(add(c, step(id, KIND_LATE_LETTER, asked + 43, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) == OK);
    CHECK(add(c, step(id, KIND_APPLIED, asked + 50, INT_NONE), "wmo_household", DAY_NONE, INT_NONE,
              &applied) == OK);
    CHECK(add(c, step(id, KIND_COMPLETION_ASKED, asked + 52, applied), NULL, asked + 66, INT_NONE, &paused) ==
          OK);
    CHECK(add(c, step(id, KIND_COMPLETED, asked + 60, applied), NULL, DAY_NONE, paused, &seq) == OK);
    CHECK(add(c, step(id, KIND_DECIDED, asked + 70, applied), "granted", DAY_NONE, INT_NONE, &seq) == OK);
    f = file_of(c, id);
    CHECK_INT(f.law.stage, STAGE_DECIDED);
    for (size_t i = 0; i < f.terms; i++)
        if (f.term[i].kind == LAW_DECISION_WMO) {
            CHECK_INT(f.term[i].now.verdict, TERM_KEPT);
            CHECK_INT(f.term[i].now.party[PARTY_RESIDENT], 7);
        }
    struct integrity checked;
    CHECK(integrity_check(c, &checked) == OK);
    CHECK_INT(checked.different, 0);
    test_end(c);
}

TEST(law_step_refuses_wrong_input)
{
    struct ctx *c = test_begin("2024-04-01");
    int32_t asked = date_from_civil(2024, 3, 4);
    struct request_id id = ask(c, asked);
    int64_t seq, applied = 0;

    CHECK(add(c, step(id, KIND_APPLIED, asked, INT_NONE), "wmo_household", DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK_STR(c->err.field, "code"); /* no report yet */
    CHECK(add(c, step(id, KIND_WMO_REPORTED, DAY_NONE, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) == OK);
    CHECK(add(c, step(id, KIND_WMO_REPORTED, DAY_NONE, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) ==
          E_CONFLICT);
    CHECK(add(c, step(id, KIND_APPLIED, c->today, INT_NONE), "wmo_household", DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK_STR(c->err.field, "day"); /* four weeks, and no research */
    CHECK(add(c, step(id, KIND_LATE_LETTER, c->today, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK(add(c, step(id, KIND_ACCOUNT_SENT, c->today + 1, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK(add(c, step(id, KIND_ACCOUNT_SENT, asked - 1, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK(add(c, step(id, KIND_ACCOUNT_SENT, DAY_NONE, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK(add(c, step(id, KIND_ACCOUNT_SENT, c->today - 5, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) == OK);
    CHECK(add(c, step(id, KIND_APPLIED, c->today - 3, INT_NONE), "nonsense", DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK_STR(c->err.field, "code");
    CHECK(add(c, step(id, KIND_APPLIED, c->today - 3, INT_NONE), "wmo_household", DAY_NONE, INT_NONE,
              &applied) == OK);
    CHECK(add(c, step(id, KIND_DECIDED, c->today - 4, applied), "granted", DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK_STR(c->err.field, "day"); /* before the application */
    CHECK(add(c, step(id, KIND_DECIDED, c->today, applied + 100), "granted", DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK_STR(c->err.field, "application");
    CHECK(add(c, step(id, KIND_COMPLETION_ASKED, c->today - 1, applied), NULL, DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK_STR(c->err.field, "until");
    CHECK(add(c, step(id, KIND_COMPLETION_ASKED, c->today - 1, applied), NULL, c->today - 1, INT_NONE,
              &seq) == E_INVALID);
    CHECK(add(c, step(id, KIND_PENALTY_PAID, c->today, applied), NULL, DAY_NONE, INT_NONE, &seq) ==
          E_INVALID);
    CHECK_STR(c->err.field, "number");
    CHECK(add(c, step(id, KIND_COMPLETED, c->today, applied), NULL, DAY_NONE, 3, &seq) == E_CONFLICT);
    CHECK(add(c, step(id, KIND_CLOSED, c->today, applied), NULL, DAY_NONE, INT_NONE, &seq) == E_REQUEST);
    test_end(c);
}

/* An emergency does not wait for the research (Wmo 2.3.3). */
TEST(law_step_emergency_may_apply_at_once)
{
    struct ctx *c = test_begin("2024-04-01");
    struct request_id id = ask(c, c->today);
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };
    int64_t seq;

    CHECK(add(c, step(id, KIND_WMO_REPORTED, DAY_NONE, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) == OK);
    ch.e.kind = KIND_TRIAGED;
    ch.e.urgency = URGENCY_EMERGENCY;
    ch.note = "No place to sleep tonight";
    ch.e.occurred_at = c->now;
    CHECK(request_change(c, &ch) == OK);
    CHECK(add(c, step(id, KIND_APPLIED, c->today, INT_NONE), "wmo_shelter", DAY_NONE, INT_NONE, &seq) == OK);
    test_end(c);
}

/* A mistake is taken back; what came after it goes first. */
TEST(law_step_is_taken_back)
{
    struct ctx *c = test_begin("2024-04-01");
    struct request_id id = ask(c, c->today - 20);
    int64_t seq, applied = 0, decided = 0;
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };

    CHECK(add(c, step(id, KIND_APPLIED, c->today - 10, INT_NONE), "youth_treatment", DAY_NONE, INT_NONE,
              &applied) == OK);
    CHECK(add(c, step(id, KIND_DECIDED, c->today - 2, applied), "refused", DAY_NONE, INT_NONE, &decided) ==
          OK);
    ch.e.kind = KIND_UNDONE;
    ch.e.occurred_at = c->now;
    ch.e.number = applied;
    CHECK(request_change(c, &ch) == E_CONFLICT);
    err_clear(c);
    ch.e.number = decided;
    CHECK(request_change(c, &ch) == OK);
    CHECK_INT(file_of(c, id).law.stage, STAGE_APPLIED);
    CHECK(add(c, step(id, KIND_DECIDED, c->today - 2, applied), "granted", DAY_NONE, INT_NONE, &seq) == OK);
    CHECK_STR(file_of(c, id).law.application[0].result, "granted");
    test_end(c);
}

TEST(law_step_two_people_at_once_get_a_conflict)
{
    struct ctx *c = test_begin("2024-04-01");
    struct request_id id = ask(c, c->today - 20);
    struct law_step s = step(id, KIND_APPLIED, c->today, INT_NONE);
    int64_t seq;

    s.version = 4;
    s.code = "youth_treatment";
    CHECK(law_step_add(c, &s, &seq) == OK);
    CHECK(law_step_add(c, &s, &seq) == E_CONFLICT);
    err_clear(c);
    s.version = 5;
    CHECK(law_step_add(c, &s, &seq) == OK);
    test_end(c);
}

/* Who may write which step; the back office sees a request from the account of the research on. */
TEST(law_step_rights)
{
    static const struct {
        enum role role;
        bool report, account, decide;
    } t[] = {
        { ROLE_INTAKE, true, true, false },    { ROLE_SOCIAL_WORKER, true, true, false },
        { ROLE_TEAM_LEAD, true, true, false }, { ROLE_BACK_OFFICE, false, false, true },
        { ROLE_QUALITY, false, false, false }, { ROLE_COMPLAINTS, false, false, false },
        { ROLE_BOARD, false, false, false },   { ROLE_ACCOUNT_MANAGER, false, false, false },
        { ROLE_PARTNER, false, false, false }, { ROLE_ADVISORY_COUNCIL, false, false, false },
        { ROLE_DPO, false, false, false },     { ROLE_ADMIN, false, false, false },
    };
    struct ctx *c = test_begin("2024-04-01");
    struct session session, system;
    int64_t seq, applied;

    session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
    for (size_t i = 0; i < COUNT(t); i++) {
        session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
        struct request_id id = ask(c, c->today - 20);
        session_act_as(c, &session, t[i].role, INT_NONE, INT_NONE);
        bool can =
            add(c, step(id, KIND_WMO_REPORTED, DAY_NONE, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) == OK;
        if (t[i].role != ROLE_SOCIAL_WORKER) /* without a team: nobody is in scope */
            CHECK_INT(can, t[i].report);
        session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
        if (!can)
            CHECK(add(c, step(id, KIND_WMO_REPORTED, DAY_NONE, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) ==
                  OK);
        CHECK(add(c, step(id, KIND_ACCOUNT_SENT, c->today - 5, INT_NONE), NULL, DAY_NONE, INT_NONE, &seq) ==
              OK);
        CHECK(add(c, step(id, KIND_APPLIED, c->today - 3, INT_NONE), "wmo_household", DAY_NONE, INT_NONE,
                  &applied) == OK);
        session_act_as(c, &session, t[i].role, INT_NONE, INT_NONE);
        can = add(c, step(id, KIND_DECIDED, c->today, applied), "granted", DAY_NONE, INT_NONE, &seq) == OK;
        CHECK_INT(can, t[i].decide);
        err_clear(c);
    }
    session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
    test_end(c);
}

/* Whatever is written down in whatever order: the stored track is the one that the events give. */
TEST(law_step_projection_like_the_events)
{
    static const enum kind kinds[] = {
        KIND_WMO_REPORTED, KIND_WMO_RESEARCHED, KIND_ACCOUNT_SENT,      KIND_LATE_LETTER, KIND_APPLIED,
        KIND_SUSPENDED,    KIND_RUNS_AGAIN,     KIND_DECIDED,           KIND_DECIDED,     KIND_DEFAULT_NOTICE,
        KIND_OBJECTED,     KIND_EXTENDED,       KIND_OBJECTION_DECIDED, KIND_UNDONE,      KIND_CLOSED,
    };
    struct ctx *c = test_begin("2024-07-01");
    struct integrity checked;
    struct rng r;
    int64_t stored = 0;

    rng_seed(&r, 5);
    for (int turn = 0; turn < 100; turn++) {
        struct request_id id = ask(c, c->today - 150);
        int64_t applied = 6, paused = 7;
        for (int i = 0; i < 14; i++) {
            struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };
            int64_t seq;
            ch.e.kind = i == 0 ? KIND_WMO_REPORTED : kinds[rng_below(&r, COUNT(kinds))];
            ch.e.occurred_at = c->now - (int64_t)rng_below(&r, 140) * SECONDS_A_DAY;
            ch.e.object = applied;
            ch.e.number = ch.e.kind == KIND_RUNS_AGAIN ? paused : 5 + (int64_t)rng_below(&r, 6);
            ch.e.reason = ch.e.kind == KIND_APPLIED ? law_provisions[rng_below(&r, law_provision_count)].code
                          : ch.e.kind == KIND_SUSPENDED ? law_grounds[rng_below(&r, law_ground_count)].code
                          : ch.e.kind == KIND_DECIDED   ? "granted"
                                                        : "withdrawn";
            enum err e = request_append(c, &ch, &seq);
            CHECK(e == OK || e == E_CONFLICT || e == E_INVALID);
            err_clear(c);
            stored += e == OK;
            if (e == OK && ch.e.kind == KIND_APPLIED)
                applied = seq;
            if (e == OK && ch.e.kind == KIND_SUSPENDED)
                paused = seq;
        }
    }
    CHECK(stored > 120);
    CHECK(integrity_check(c, &checked) == OK);
    CHECK_INT(checked.different, 0);
    CHECK_INT(checked.requests, 100);
    test_end(c);
}
