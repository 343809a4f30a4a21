// SPDX-License-Identifier: EUPL-1.2
#include "register/referral.h"

#include "register/call_round.h"
#include "register/partner.h"
#include "store/sql.h"
#include "unit/place_help.h"
#include "unit/test.h"

static struct referral_form good_form(struct ctx *c, const struct town_of_test *t)
{
    return (struct referral_form){ .who = { .name = "Jan de Vries", .phone = "0655501234" },
                                   .question = "Geldzorgen",
                                   .day = c->today,
                                   .neighbourhood = t->brouwhuis,
                                   .multi_problem = true,
                                   .stays = true,
                                   .consent = { true, "resident", "spoken", c->today } };
}

static int64_t refer(struct ctx *c, const struct town_of_test *t, struct session *s, bool consent)
{
    struct referral_form f = good_form(c, t);
    int64_t id = 0;

    act(c, s, ROLE_PARTNER, t->partner, INT_NONE);
    f.consent.given = consent;
    CHECK_INT(referral_add(c, &f, &id), OK);
    return id;
}

TEST(referral_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    int64_t id;

    town_make(c, &t);
    act(c, &s, ROLE_PARTNER, t.partner, INT_NONE);
    struct referral_form good = good_form(c, &t);
    struct {
        struct referral_form f;
        const char *field;
    } bad[] = {
        { good, "name" },     { good, "question" }, { good, "day" },         { good, "day" },
        { good, "given_by" }, { good, "how" },      { good, "consent_day" }, { good, "consent_day" }
    };
    bad[0].f.who = (struct identity){ 0 };
    bad[1].f.question = "";
    bad[2].f.day = DAY_NONE;
    bad[3].f.day = c->today + 1;
    bad[4].f.consent.given_by = "neighbour";
    bad[5].f.consent.how = "";
    bad[6].f.consent.day = DAY_NONE;
    bad[7].f.consent.day = c->today + 1;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(referral_add(c, &bad[i].f, &id), E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    act(c, &s, ROLE_PARTNER, INT_NONE, INT_NONE); /* an account without an organisation */
    CHECK_INT(referral_add(c, &good, &id), E_CONFLICT);
    err_clear(c);
    act(c, &s, ROLE_INTAKE, t.partner, INT_NONE);
    CHECK_INT(referral_add(c, &good, &id), E_FORBIDDEN);
    test_end(c);
}

TEST(referral_makes_a_request_that_waits_since_the_report)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct referral r;
    struct request q;

    town_make(c, &t);
    int64_t id = refer(c, &t, &s, true);
    act(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    CHECK_INT(referral_get(c, id, &r), OK);
    CHECK_STR(r.name, "Jan de Vries");
    CHECK_STR(r.partner_name, "Basisschool De Papieren Boot");
    CHECK(r.multi_problem && r.stays && r.consent && !r.out);
    CHECK_INT(r.due, test_day("2024-03-19")); /* ten working days */
    CHECK_INT(r.first_contact_at, TIME_NONE);
    CHECK_INT(request_get(c, (struct request_id){ r.request }, &q), OK);
    CHECK_STR(q.route, "school");
    CHECK_STR(q.question, "Geldzorgen");
    CHECK_INT(q.now.urgency, URGENCY_UNKNOWN); /* intake judges it */
    CHECK(q.now.waiting);
    CHECK_INT(q.now.team, t.east);
    test_end(c);
}

/* What the partner can reach of a referral: list, search, page. */
static void check_visible(struct ctx *c, const struct town_of_test *t, struct session *s, int64_t id,
                          bool visible)
{
    struct referral_own *row, one;
    size_t n;

    act(c, s, ROLE_PARTNER, t->partner, INT_NONE);
    CHECK_INT(referral_own_list(c, NULL, &row, &n), OK);
    CHECK_INT((int64_t)n, visible);
    CHECK_INT(referral_own_list(c, "jan vries", &row, &n), OK);
    CHECK_INT((int64_t)n, visible);
    CHECK_INT(referral_own_list(c, "2024-1", &row, &n), OK);
    CHECK_INT((int64_t)n, visible);
    CHECK_INT(referral_own_list(c, "piet", &row, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_INT(referral_own_get(c, id, &one), visible ? OK : E_NOT_FOUND);
    err_clear(c);
    act(c, s, ROLE_PARTNER, t->other, INT_NONE); /* another organisation never sees it */
    CHECK_INT(referral_own_list(c, NULL, &row, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_INT(referral_own_get(c, id, &one), E_NOT_FOUND);
    err_clear(c);
}

TEST(referral_is_gone_at_once_when_consent_is_withdrawn)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct referral_own own;
    struct consent_step *step;
    size_t n;

    town_make(c, &t);
    int64_t id = refer(c, &t, &s, true);
    check_visible(c, &t, &s, id, true);
    /* withdrawn at our side */
    act(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    struct consent no = { false, "resident", "phone", c->today };
    CHECK_INT(referral_consent(c, id, 1, &no), OK);
    CHECK_INT(referral_consent(c, id, 1, &no), E_CONFLICT); /* a colleague was first */
    err_clear(c);
    check_visible(c, &t, &s, id, false);
    act(c, &s, ROLE_PARTNER, t.partner, INT_NONE);
    CHECK_INT(referral_own_withdraw(c, id, -1, &no), E_NOT_FOUND);
    err_clear(c);
    /* given again, then withdrawn by the partner */
    act(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    CHECK_INT(referral_consent(c, id, -1, &(struct consent){ true, "resident", "written", c->today }), OK);
    check_visible(c, &t, &s, id, true);
    act(c, &s, ROLE_PARTNER, t.partner, INT_NONE);
    CHECK_INT(referral_own_get(c, id, &own), OK);
    CHECK_INT(referral_own_withdraw(c, id, own.version, &no), OK);
    check_visible(c, &t, &s, id, false);
    act(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    CHECK_INT(referral_consents(c, id, &step, &n), OK);
    CHECK_INT((int64_t)n, 4); /* who, when, how: all of it stays */
    CHECK(step[0].consent.given && !step[1].consent.given && step[2].consent.given && !step[3].consent.given);
    CHECK_STR(step[2].consent.how, "written");
    CHECK(db_script(c, "UPDATE referral_consent SET given = 1", false) != OK);
    err_clear(c);
    test_end(c);
}

TEST(referral_without_consent_is_never_seen_by_the_partner)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct referral *row;
    size_t n;

    town_make(c, &t);
    int64_t id = refer(c, &t, &s, false);
    check_visible(c, &t, &s, id, false);
    act(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE); /* we do, and may not answer */
    CHECK_INT(referral_give_answer(c, &(struct referral_answer){ id, -1, "on_list", NULL, c->today }),
              E_CONFLICT);
    err_clear(c);
    ctx_set_now(c, c->now + 60 * SECONDS_A_DAY);
    struct referral_filter f = { false, c->today - 90, c->today, INT_NONE, REFERRAL_LATE };
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 0); /* no consent is not late */
    test_end(c);
}

static enum err change(struct ctx *c, int64_t request, enum kind kind, int64_t urgency)
{
    struct request_change ch = {
        .id = { request }, .version = -1, .e = EVENT_NONE, .note = "It cannot wait"
    };

    ch.e.kind = kind;
    ch.e.occurred_at = c->now;
    ch.e.urgency = urgency;
    if (kind == KIND_CLOSED)
        ch.e.reason = "helped";
    return request_change(c, &ch);
}

TEST(referral_partner_sees_four_states)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s, system;
    struct referral_own own;
    struct referral r;
    static const struct {
        enum kind kind;
        enum referral_state want;
    } step[] = { { KIND_SAFETY_CHECKED, REFERRAL_RECEIVED }, { KIND_TRIAGED, REFERRAL_WAITING },
                 { KIND_ALLOCATED, REFERRAL_WAITING },       { KIND_FIRST_TALK, REFERRAL_TALKING },
                 { KIND_HELP_STARTED, REFERRAL_TALKING },    { KIND_CLOSED, REFERRAL_CLOSED } };

    town_make(c, &t);
    int64_t id = refer(c, &t, &s, true);
    act(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
    CHECK_INT(referral_get(c, id, &r), OK);
    for (size_t i = 0; i < COUNT(step); i++) {
        act(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
        CHECK_INT(change(c, r.request, step[i].kind, step[i].kind == KIND_TRIAGED ? URGENCY_SOON : INT_NONE),
                  OK);
        act(c, &s, ROLE_PARTNER, t.partner, INT_NONE);
        CHECK_INT(referral_own_get(c, id, &own), OK);
        CHECK_INT(own.state, step[i].want);
    }
    test_end(c);
}

TEST(referral_answer_is_late_after_ten_working_days)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct referral *row, r;
    struct referral_own own;
    struct referral_sum *sum;
    const struct happening *h;
    size_t n;

    town_make(c, &t);
    int64_t id = refer(c, &t, &s, true);
    act(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    struct referral_filter f = { false, c->today - 30, c->today + 60, INT_NONE, REFERRAL_LATE };
    ctx_set_now(c, time_of_nl_day(test_day("2024-03-19"), 12 * 3600));
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 0); /* the last day */
    ctx_set_now(c, time_of_nl_day(test_day("2024-03-20"), 12 * 3600));
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(referral_sums(c, test_day("2024-03-01"), c->today, &sum, &n), OK);
    CHECK_INT(sum[0].open_late, 1); /* open ones count too */
    CHECK_INT(sum[0].contact_days, INT_NONE);
    CHECK_INT(sum[1].all, 0);
    CHECK_INT(referral_get(c, id, &r), OK);
    CHECK_INT(call_add(c, &(struct call_form){ { r.request }, -1, true, c->today, NULL, DAY_NONE }), OK);
    struct referral_answer a = { id, r.version, "on_list", "Gebeld met de school", c->today };
    CHECK_INT(referral_give_answer(c, &(struct referral_answer){ id, -1, "hello", NULL, c->today }),
              E_INVALID);
    err_clear(c);
    CHECK_INT(referral_give_answer(c, &a), OK);
    CHECK_INT(referral_give_answer(c, &a), E_CONFLICT);
    err_clear(c);
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_INT(referral_sums(c, test_day("2024-03-01"), c->today, &sum, &n), OK);
    CHECK_INT(sum[0].late, 1);
    CHECK_INT(sum[0].open_late, 0);
    CHECK_INT(sum[0].contacted, 1);
    CHECK_INT(sum[0].contact_days, 15); /* from the report to the first contact */
    CHECK_INT(referral_get(c, id, &r), OK);
    CHECK_INT(referral_history(c, &r, &h, &n), OK);
    CHECK_STR(h[n - 1].note, "Gebeld met de school");
    act(c, &s, ROLE_PARTNER, t.partner, INT_NONE);
    CHECK_INT(referral_own_get(c, id, &own), OK);
    CHECK_STR(own.answer, "on_list");
    CHECK_INT(own.answered, c->today);
    test_end(c);
}

TEST(referral_partner_goes_on_helping_until_we_begin)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct referral *row;
    size_t n;

    town_make(c, &t);
    refer(c, &t, &s, true);
    act(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
    struct referral_filter f = { false, c->today - 30, c->today + 60, INT_NONE, REFERRAL_STUCK };
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 0);
    ctx_set_now(c, time_of_nl_day(test_day("2024-03-20"), 12 * 3600)); /* over the norm of ten working days */
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(change(c, row[0].request, KIND_ALLOCATED, INT_NONE), OK);
    CHECK_INT(change(c, row[0].request, KIND_FIRST_TALK, INT_NONE), OK);
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 0);
    test_end(c);
}

TEST(referral_to_others_needs_consent_and_is_checked)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct referral *row, r;
    struct request q;
    int64_t id = 0;
    size_t n;

    town_make(c, &t);
    refer(c, &t, &s, true);
    act(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    struct referral_link l = { .request = { 1 },
                               .partner = t.other,
                               .out = true,
                               .warm = true,
                               .day = c->today,
                               .consent = { false, "resident", "spoken", c->today } };
    CHECK_INT(referral_link(c, &l, &id), E_INVALID);
    CHECK_STR(c->err.field, "given");
    err_clear(c);
    l.consent.given = true;
    CHECK_INT(referral_link(c, &l, &id), OK);
    struct referral_filter f = { true, c->today - 30, c->today + 60, INT_NONE, REFERRAL_LATE };
    ctx_set_now(c, time_of_nl_day(test_day("2024-03-19"), 12 * 3600));
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 0); /* 14 days */
    ctx_set_now(c, time_of_nl_day(test_day("2024-03-20"), 12 * 3600));
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(referral_check(c, id, 1, "perhaps", c->today), E_INVALID);
    err_clear(c);
    CHECK_INT(referral_check(c, id, 1, "yes", c->today), OK);
    CHECK_INT(referral_check(c, id, 1, "yes", c->today), E_CONFLICT);
    err_clear(c);
    CHECK_INT(referral_get(c, id, &r), OK);
    CHECK_STR(r.arrival, "yes");
    CHECK(!r.late);
    CHECK_INT(request_get(c, (struct request_id){ 1 }, &q), OK);
    CHECK_INT(q.event[q.events - 1].e.kind, KIND_REFERRAL_CHECKED);
    CHECK_STR(q.event[q.events - 1].e.reason, "arrived");
    /* the partner that it went to sees nothing of it */
    struct referral_own *own;
    act(c, &s, ROLE_PARTNER, t.other, INT_NONE);
    CHECK_INT(referral_own_list(c, NULL, &own, &n), OK);
    CHECK_INT((int64_t)n, 0);
    test_end(c);
}

TEST(referral_of_another_team_is_not_found)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct referral r, *row;
    size_t n;

    town_make(c, &t);
    int64_t id = refer(c, &t, &s, true);
    act(c, &s, ROLE_SOCIAL_WORKER, INT_NONE, t.west);
    CHECK_INT(referral_get(c, id, &r), E_NOT_FOUND);
    err_clear(c);
    CHECK_INT(referral_consent(c, id, -1, &(struct consent){ false, "resident", "phone", c->today }),
              E_NOT_FOUND);
    err_clear(c);
    struct referral_filter f = { false, c->today - 30, c->today, INT_NONE, REFERRAL_ALL };
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 0);
    act(c, &s, ROLE_SOCIAL_WORKER, INT_NONE, t.east);
    CHECK_INT(referral_list(c, &f, &row, &n), OK);
    CHECK_INT((int64_t)n, 1);
    act(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK_INT(referral_list(c, &f, &row, &n), E_FORBIDDEN);
    err_clear(c);
    CHECK_INT(referral_get(c, id, &r), E_FORBIDDEN);
    test_end(c);
}
