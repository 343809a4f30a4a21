// SPDX-License-Identifier: EUPL-1.2
#include "base/rng.h"
#include "register/complaint.h"
#include "register/config.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/test.h"

static struct complaint_form good(struct ctx *c)
{
    return (struct complaint_form){ .person = INT_NONE,
                                    .who = { .name = "Jan de Vries", .phone = "06-55501234" },
                                    .request = INT_NONE,
                                    .about = "Niemand belde terug",
                                    .regime = "awb",
                                    .category = "unreachable",
                                    .team = INT_NONE,
                                    .worker = INT_NONE,
                                    .received = c->today };
}

static struct complaint_id add(struct ctx *c, const struct complaint_form *f)
{
    struct complaint_id id = { 0 };

    CHECK(complaint_add(c, f, &id) == OK);
    return id;
}

static enum err take(struct ctx *c, struct complaint_id id, enum complaint_step step, const char *reason,
                     const char *note)
{
    struct complaint_change ch = { .id = id,
                                   .seen = -1,
                                   .step = step,
                                   .at = TIME_NONE,
                                   .until = TIME_NONE,
                                   .handler = INT_NONE,
                                   .reason = reason,
                                   .note = note };

    if (step == COMPLAINT_TO_COMMITTEE)
        ch.until = c->now + 14 * SECONDS_A_DAY;
    return complaint_change(c, &ch);
}

TEST(complaint_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-03-05");
    struct complaint_form bad[5];
    static const char *const field[] = { "about", "received", "received", "regime", "category" };
    struct complaint_id id;

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i] = good(c);
    bad[0].about = "";
    bad[1].received = c->today + 1;
    bad[2].received = DAY_NONE;
    bad[3].regime = "cao";
    bad[4].category = "";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(complaint_add(c, &bad[i], &id) == E_INVALID);
        CHECK_STR(c->err.field, field[i]);
        err_clear(c);
    }
    test_end(c);
}

/* Received on Tuesday 5 March 2024: six weeks is 16 April; ten with a committee 14 May; four more 14 May. */
TEST(complaint_terms_follow_the_rules)
{
    static const struct {
        const char *regime;
        enum complaint_step step[3];
        size_t n;
        const char *due;
    } cases[] = {
        { "awb", { COMPLAINT_RECEIVED }, 0, "2024-04-16" },
        { "awb", { COMPLAINT_TO_COMMITTEE }, 1, "2024-05-14" },
        { "awb", { COMPLAINT_EXTENDED }, 1, "2024-05-14" },
        { "awb", { COMPLAINT_TO_COMMITTEE, COMPLAINT_EXTENDED }, 2, "2024-06-11" },
        { "provider", { COMPLAINT_RECEIVED }, 0, "2024-04-16" },
        { "youth", { COMPLAINT_RECEIVED }, 0, "2024-04-16" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c = test_begin("2024-03-05");
        struct complaint_form f = good(c);
        struct complaint p;
        char day[11];

        f.regime = cases[i].regime;
        struct complaint_id id = add(c, &f);
        for (size_t k = 0; k < cases[i].n; k++)
            CHECK(take(c, id, cases[i].step[k], NULL, NULL) == OK);
        if (CHECK(complaint_get(c, id, &p) == OK) && CHECK_INT((int64_t)p.terms, 1)) {
            date_iso(p.term[0].now.due, day);
            CHECK_STR(day, cases[i].due);
        }
        test_end(c);
    }
}

/* Youth Act: after the ruling of the committee one month to say what follows from it. */
TEST(complaint_youth_has_a_second_term)
{
    struct ctx *c = test_begin("2024-03-05");
    struct complaint_form f = good(c);
    struct complaint p;

    f.regime = "youth";
    struct complaint_id id = add(c, &f);
    CHECK(take(c, id, COMPLAINT_TO_COMMITTEE, NULL, NULL) == OK);
    ctx_set_now(c, c->now + 20 * SECONDS_A_DAY);
    CHECK(take(c, id, COMPLAINT_RULED, "upheld", "Gegrond") == OK);
    CHECK(complaint_get(c, id, &p) == OK);
    CHECK_INT((int64_t)p.terms, 2);
    CHECK_INT(p.term[1].now.verdict, TERM_KEPT);
    CHECK_INT(p.term[0].now.verdict, TERM_RUNNING);
    CHECK_INT(p.term[0].now.due, date_from_civil(2024, 4, 25));
    CHECK(take(c, id, COMPLAINT_ANSWERED, NULL, "Er komt een maatregel") == OK);
    CHECK(complaint_get(c, id, &p) == OK);
    CHECK_INT(p.term[0].now.verdict, TERM_KEPT);
    test_end(c);
}

TEST(complaint_closing_says_whether_the_committee_dealt_with_it)
{
    struct ctx *c = test_begin("2024-03-05");
    struct complaint_form f = good(c);
    struct complaint_id id = add(c, &f);
    struct complaint p;

    CHECK(take(c, id, COMPLAINT_CLOSED_STEP, NULL, NULL) == E_INVALID); /* committee not said */
    err_clear(c);
    CHECK(take(c, id, COMPLAINT_DECIDED_STEP, "solved", NULL) == E_INVALID); /* no judgement */
    CHECK_STR(c->err.field, "outcome");
    err_clear(c);
    CHECK(take(c, id, COMPLAINT_HEARD, NULL, "Gesproken op kantoor") == OK);
    CHECK(take(c, id, COMPLAINT_DECIDED_STEP, "partly", NULL) == OK);
    CHECK(take(c, id, COMPLAINT_CLOSED_STEP, NULL, NULL) == E_INVALID);
    err_clear(c);
    CHECK(take(c, id, COMPLAINT_NO_COMMITTEE, "later", NULL) == E_INVALID);
    err_clear(c);
    CHECK(take(c, id, COMPLAINT_NO_COMMITTEE, "light", NULL) == OK);
    CHECK(take(c, id, COMPLAINT_CLOSED_STEP, NULL, NULL) == OK);
    CHECK(take(c, id, COMPLAINT_HEARD, NULL, NULL) == E_CONFLICT); /* over */
    err_clear(c);
    CHECK(complaint_get(c, id, &p) == OK);
    CHECK_INT(p.now.state, COMPLAINT_CLOSED);
    CHECK_STR(p.now.committee, "light");
    CHECK_STR(p.now.outcome, "partly");
    CHECK_STR(p.about, "Niemand belde terug");
    CHECK_STR(p.step[1].note, "Gesproken op kantoor");
    test_end(c);
}

TEST(complaint_second_editor_is_told)
{
    struct ctx *c = test_begin("2024-03-05");
    struct complaint_form f = good(c);
    struct complaint_change ch = {
        .id = add(c, &f), .seen = 1, .step = COMPLAINT_ACKNOWLEDGED, .at = TIME_NONE, .until = TIME_NONE
    };

    CHECK(complaint_change(c, &ch) == OK);
    CHECK(complaint_change(c, &ch) == E_CONFLICT);
    err_clear(c);
    test_end(c);
}

static enum err configure(struct ctx *c, void *arg)
{
    int64_t *id = arg;
    struct sql_worker_insert_row w;

    TRY(team_find_or_add(c, "Oost", &id[0]));
    TRY(team_find_or_add(c, "West", &id[1]));
    TRY(sql_worker_insert(c, "Lea", id[0], NULL, &w));
    id[2] = w.id;
    TRY(sql_worker_insert(c, "Bo", id[0], NULL, &w));
    id[3] = w.id;
    return OK;
}

/* Role by role: what is seen of a complaint about worker Lea of team Oost, first running, then closed. */
TEST(complaint_each_role_sees_its_part)
{
    enum { OOST, WEST, LEA, BO };
    static const struct {
        enum role role;
        int team, worker; /* indexes above; -1: none */
        enum complaint_view running, closed;
    } cases[] = {
        { ROLE_COMPLAINTS, -1, -1, COMPLAINT_WHOLE, COMPLAINT_WHOLE },
        { ROLE_QUALITY, -1, -1, COMPLAINT_NAMELESS, COMPLAINT_NAMELESS },
        { ROLE_TEAM_LEAD, OOST, -1, COMPLAINT_HIDDEN, COMPLAINT_NAMELESS },
        { ROLE_TEAM_LEAD, WEST, -1, COMPLAINT_HIDDEN, COMPLAINT_HIDDEN },
        { ROLE_SOCIAL_WORKER, OOST, LEA, COMPLAINT_ABOUT_ME, COMPLAINT_ABOUT_ME },
        { ROLE_SOCIAL_WORKER, OOST, BO, COMPLAINT_HIDDEN, COMPLAINT_HIDDEN },
        { ROLE_INTAKE, -1, -1, COMPLAINT_HIDDEN, COMPLAINT_HIDDEN },
        { ROLE_ACCOUNT_MANAGER, -1, -1, COMPLAINT_HIDDEN, COMPLAINT_HIDDEN },
        { ROLE_BOARD, -1, -1, COMPLAINT_HIDDEN, COMPLAINT_HIDDEN },
    };
    struct ctx *c = test_begin("2024-03-05");
    struct session s;
    int64_t id[4];

    CHECK(db_tx(c, configure, id) == OK);
    struct complaint_form f = good(c);
    f.team = id[OOST];
    f.worker = id[LEA];
    struct complaint_id complaint = add(c, &f);
    for (int closed = 0; closed < 2; closed++) {
        session_act_as(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
        if (closed) {
            CHECK(take(c, complaint, COMPLAINT_SOLVED, NULL, "Excuses aangeboden") == OK);
            CHECK(take(c, complaint, COMPLAINT_NO_COMMITTEE, "solved", NULL) == OK);
            CHECK(take(c, complaint, COMPLAINT_CLOSED_STEP, NULL, NULL) == OK);
        }
        for (size_t i = 0; i < COUNT(cases); i++) {
            struct complaint p = { .view = COMPLAINT_HIDDEN };
            enum complaint_view want = closed ? cases[i].closed : cases[i].running;
            session_act_as(c, &s, cases[i].role, cases[i].team >= 0 ? id[cases[i].team] : INT_NONE,
                           cases[i].worker >= 0 ? id[cases[i].worker] : INT_NONE);
            if (complaint_get(c, complaint, &p) != OK)
                p.view = COMPLAINT_HIDDEN;
            err_clear(c);
            if (!CHECK_INT(p.view, want))
                test_check_str(role_code(cases[i].role), "", __FILE__, __LINE__, "role");
            if (p.view != COMPLAINT_HIDDEN) {
                CHECK((p.name != NULL) == (p.view == COMPLAINT_WHOLE));
                CHECK((p.about != NULL) == (p.view != COMPLAINT_HIDDEN));
                for (size_t k = 0; k < p.steps; k++)
                    CHECK(p.view == COMPLAINT_WHOLE || p.step[k].note == NULL);
            }
            struct complaint_row *row;
            struct complaint_filter filter = { .from = c->today - 30, .to = c->today, .page = 1 };
            size_t n = 0;
            if (complaint_list(c, &filter, &row, &n) != OK)
                n = 0;
            err_clear(c);
            CHECK_INT((int64_t)n, want != COMPLAINT_HIDDEN);
        }
    }
    test_end(c);
}

/* The projection in the table is what the steps say, after any order of steps. */
TEST(complaint_projection_follows_the_steps)
{
    struct ctx *c = test_begin("2024-03-05");
    struct rng r;

    rng_seed(&r, 7);
    for (int i = 0; i < 20; i++) {
        struct complaint_form f = good(c);
        struct complaint_id id = add(c, &f);
        struct sql_complaint_get_row row;
        struct complaint p;
        for (int k = 0; k < 15; k++) {
            enum complaint_step step = (enum complaint_step)(1 + rng_below(&r, COMPLAINT_STEPS - 1));
            const char *reason = step == COMPLAINT_CATEGORISED    ? "waiting"
                                 : step == COMPLAINT_NO_COMMITTEE ? "light"
                                                                  : "upheld";
            if (step != COMPLAINT_HANDLER)
                (void)!take(c, id, step, reason, "x");
            err_clear(c);
        }
        CHECK(complaint_get(c, id, &p) == OK);
        CHECK(sql_complaint_get(c, id.v, &row) == OK);
        CHECK_STR(row.state, complaint_steps.state[p.now.state].code);
        CHECK_STR(row.category, p.now.category);
        CHECK(text_is(row.committee, p.now.committee) || (row.committee == NULL && p.now.committee == NULL));
        CHECK_INT(row.closed_at, p.now.closed_at);
        CHECK_INT(row.version, p.now.version);
    }
    test_end(c);
}
