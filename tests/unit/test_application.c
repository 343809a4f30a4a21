// SPDX-License-Identifier: EUPL-1.2
/* Letters of day 43, and the backlog of decisions: lists and figures over many requests. */
#include "register/application.h"
#include "register/batch.h"
#include "register/late_letter.h"
#include "register/law_setting.h"
#include "register/message.h"
#include "register/session.h"
#include "register/setting.h"
#include "unit/asked.h"
#include "unit/test.h"

#include "base/text.h"

#include <string.h>

static struct request_id ask(struct ctx *c, int32_t received, const char *safe)
{
    struct request_form f = {
        .person = INT_NONE,
        .who = { .name = "Jan de Vries", .address = "Dorpsstraat 1", .safe_contact = safe },
        .question = "Help in the house",
        .received = received,
        .channel = "phone",
        .route = "self",
        .neighbourhood = INT_NONE,
        .team = INT_NONE,
        .urgency = URGENCY_NORMAL,
        .safety_checked = true
    };
    struct request_id id = { 0 };

    CHECK(request_add(c, &f, &id) == OK);
    return id;
}

static int64_t put(struct ctx *c, struct request_id id, enum kind kind, int32_t day, int64_t application,
                   const char *code)
{
    struct law_step s = { .request = id,
                          .version = -1,
                          .kind = kind,
                          .day = day,
                          .application = application,
                          .code = code,
                          .until = kind == KIND_COMPLETION_ASKED ? day + 14 : DAY_NONE,
                          .number = INT_NONE };
    int64_t seq = 0;

    if (!CHECK(law_step_add(c, &s, &seq) == OK))
        CHECK_STR(c->err.text, kind_code(kind));
    return seq;
}

static struct request_id report(struct ctx *c, int32_t received, const char *safe)
{
    struct request_id id = ask(c, received, safe);

    put(c, id, KIND_WMO_REPORTED, DAY_NONE, INT_NONE, NULL);
    return id;
}

static int64_t ready(struct ctx *c)
{
    const struct late_letter *l;
    int64_t total = -1, count = -2;
    size_t n;

    CHECK(late_letter_list(c, &l, &n, &total) == OK);
    CHECK(late_letter_count(c, &count) == OK);
    CHECK_INT(count, total);
    CHECK_INT((int64_t)n, total);
    return total;
}

/* Monday 4 March 2024: six weeks end on Monday 15 April. On the 15th nothing is ready, on the 16th it is. */
TEST(late_letter_is_ready_on_day_43)
{
    struct ctx *c = test_begin("2024-04-15");
    struct request_id id = report(c, date_from_civil(2024, 3, 4), NULL);

    CHECK_INT(ready(c), 0);
    ctx_set_now(c, c->now + SECONDS_A_DAY);
    CHECK_INT(ready(c), 1);
    put(c, id, KIND_ACCOUNT_SENT, c->today, INT_NONE, NULL);
    CHECK_INT(ready(c), 0);
    test_end(c);
}

TEST(late_letter_is_not_for_who_applied_or_ended)
{
    struct ctx *c = test_begin("2024-06-03");
    struct request_id closed = report(c, c->today - 60, NULL), applied = report(c, c->today - 60, NULL);
    struct request_change ch = { .id = closed, .version = -1, .e = EVENT_NONE };

    CHECK_INT(ready(c), 2);
    put(c, applied, KIND_APPLIED, c->today, INT_NONE, "wmo_household");
    CHECK_INT(ready(c), 1);
    ch.e.kind = KIND_CLOSED;
    ch.e.occurred_at = c->now;
    ch.e.reason = "withdrawn";
    CHECK(request_change(c, &ch) == OK);
    CHECK_INT(ready(c), 0);
    test_end(c);
}

/* The messages of a request that count, or that were taken back. */
static int64_t messages(struct ctx *c, int64_t request, bool taken_back)
{
    struct message *m;
    int64_t found = 0;
    size_t n;

    if (!CHECK(message_of_request(c, (struct request_id){ request }, &m, &n) == OK))
        return -1;
    for (size_t i = 0; i < n; i++)
        found += m[i].taken_back == taken_back;
    return found;
}

static int64_t not_informed(struct ctx *c)
{
    struct not_informed *row;
    size_t n;

    return CHECK(message_not_informed(c, &row, &n) == OK) ? (int64_t)n : -1;
}

/* Sent in one batch, with the text in the log; taken back, it is ready again. */
TEST(late_letter_sent_and_taken_back)
{
    struct ctx *c = test_begin("2024-06-03");
    int64_t ids[] = { report(c, c->today - 60, NULL).v, report(c, c->today - 50, NULL).v }, batch;
    const struct late_letter *l;
    struct message *m;
    size_t n;

    CHECK(late_letter_print(c, NULL, 0, &l, &n) == OK);
    CHECK_INT((int64_t)n, 2);
    CHECK(l[0].text.complete && l[0].text.n >= 2);
    CHECK(late_letter_print(c, ids + 1, 1, &l, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(late_letter_sent(c, ids, 2, &batch, &n) == OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_INT(ready(c), 0);
    CHECK(message_of_request(c, (struct request_id){ ids[0] }, &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(strstr(m[0].text, "zes weken") != NULL);
    CHECK(late_letter_print(c, NULL, 0, &l, &n) == E_NOT_FOUND);
    err_clear(c);
    CHECK(late_letter_sent(c, ids, 2, &batch, &n) == OK); /* once is enough */
    CHECK_INT((int64_t)n, 0);
    CHECK(late_letter_sent(c, ids, 0, &batch, &n) == E_INVALID);
    test_end(c);
}

TEST(late_letter_can_be_taken_back)
{
    struct ctx *c = test_begin("2024-06-03");
    int64_t id = report(c, c->today - 60, NULL).v, batch;
    struct account_form f = { "lead", "Naam", "een lang wachtwoord", ROLE_TEAM_LEAD, INT_NONE, INT_NONE };
    struct session s;
    int64_t account;
    size_t n;

    CHECK(account_add(c, &f, &account) == OK);
    CHECK(session_login(c, "lead", "een lang wachtwoord", &s) == OK);
    CHECK(late_letter_sent(c, &id, 1, &batch, &n) == OK);
    CHECK_INT(ready(c), 0);
    CHECK_INT(messages(c, id, false), 1);
    CHECK_INT(not_informed(c), 0);
    CHECK(batch_undo(c, batch, &n) == OK);
    CHECK_INT(ready(c), 1);
    CHECK_INT(messages(c, id, false), 0); /* shown as taken back, and it informs nobody */
    CHECK_INT(messages(c, id, true), 1);
    CHECK_INT(not_informed(c), 1);
    CHECK(late_letter_sent(c, &id, 1, &batch, &n) == OK); /* in the same second: the other message stays */
    CHECK_INT(messages(c, id, false), 1);
    CHECK_INT(messages(c, id, true), 1);
    CHECK_INT(not_informed(c), 0);
    test_end(c);
}

/* A letter from the page of the request; who takes the event back, and takes that back again. */
TEST(late_letter_of_the_request_follows_its_event)
{
    struct ctx *c = test_begin("2024-06-03");
    struct request_id id = report(c, c->today - 60, NULL);
    static const struct {
        const char *kind;
        enum kind event;
    } t[] = { { "six-weeks", KIND_LATE_LETTER }, { "received", KIND_INFORMED } };

    for (size_t i = 0; i < COUNT(t); i++) {
        struct message_form m = { .request = id, .kind = t[i].kind, .way = "letter", .at = TIME_NONE };
        struct request_change undo = { .id = id, .version = -1, .e = EVENT_NONE };
        struct request r;
        int64_t message;
        CHECK(message_add(c, &m, &message) == OK);
        CHECK(request_get(c, id, &r) == OK);
        for (size_t k = 0; k < r.events; k++)
            if (r.event[k].e.kind == t[i].event)
                undo.e.number = r.event[k].e.seq;
        undo.e.kind = KIND_UNDONE;
        undo.e.occurred_at = c->now;
        CHECK(request_append(c, &undo, &undo.e.number) == OK);
        CHECK_INT(messages(c, id.v, true), 1);
        CHECK(request_append(c, &undo, &undo.e.number) == OK);
        CHECK_INT(messages(c, id.v, true), 0);
        CHECK_INT(messages(c, id.v, false), (int64_t)i + 1);
    }
    test_end(c);
}

/* Who is not safe with a letter in the house gets none. */
TEST(late_letter_safe_contact_is_binding)
{
    struct ctx *c = test_begin("2024-06-03");
    int64_t id = report(c, c->today - 60, "ask").v, batch;
    const struct late_letter *l;
    int64_t total;
    size_t n;

    CHECK(late_letter_list(c, &l, &n, &total) == OK);
    CHECK_INT(total, 1);
    CHECK(l[0].letter == SAFE_STOP && l[0].warning[0] != '\0');
    CHECK(late_letter_print(c, NULL, 0, &l, &n) == E_NOT_FOUND);
    err_clear(c);
    CHECK(late_letter_sent(c, &id, 1, &batch, &n) == E_INVALID);
    err_clear(c);
    CHECK_INT(ready(c), 1); /* all or none */
    test_end(c);
}

TEST(late_letter_rights)
{
    static const struct {
        enum role role;
        enum err want;
    } t[] = { { ROLE_INTAKE, OK },           { ROLE_TEAM_LEAD, OK },
              { ROLE_BACK_OFFICE, OK },      { ROLE_QUALITY, E_FORBIDDEN },
              { ROLE_BOARD, E_FORBIDDEN },   { ROLE_ACCOUNT_MANAGER, E_FORBIDDEN },
              { ROLE_PARTNER, E_FORBIDDEN }, { ROLE_COMPLAINTS, E_FORBIDDEN } };
    struct ctx *c = test_begin("2024-06-03");
    struct session s;

    report(c, c->today - 60, NULL);
    for (size_t i = 0; i < COUNT(t); i++) {
        const struct late_letter *l;
        struct open_decision *open;
        int64_t total;
        size_t n;
        session_act_as(c, &s, t[i].role, INT_NONE, INT_NONE);
        CHECK_INT(late_letter_list(c, &l, &n, &total), t[i].want);
        if (t[i].want == OK) /* the back office has nothing to do with it yet */
            CHECK_INT(total, t[i].role == ROLE_BACK_OFFICE ? 0 : 1);
        err_clear(c);
        CHECK_INT(open_decisions(c, &open, &n), t[i].want);
        err_clear(c);
    }
    session_act_as(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
    test_end(c);
}

/* D3: kept, late, open, and what ended before its six weeks does not count. */
TEST(late_letter_research_counts)
{
    struct ctx *c = test_begin("2024-07-01");
    struct request_id kept = report(c, c->today - 80, NULL), late = report(c, c->today - 80, NULL);
    struct request_id ended = report(c, c->today - 80, NULL);
    struct request_change ch = { .id = ended, .version = -1, .e = EVENT_NONE };
    struct research_count r;

    report(c, c->today - 80, NULL);
    report(c, c->today - 20, NULL);  /* its six weeks run */
    report(c, c->today - 400, NULL); /* long ago */
    put(c, kept, KIND_ACCOUNT_SENT, c->today - 50, INT_NONE, NULL);
    put(c, late, KIND_ACCOUNT_SENT, c->today - 20, INT_NONE, NULL);
    ch.e.kind = KIND_CLOSED;
    ch.e.reason = "moved";
    ch.e.occurred_at = c->now - 60 * SECONDS_A_DAY;
    CHECK(request_change(c, &ch) == OK || c->err.code == E_CONFLICT);
    err_clear(c);
    CHECK(research_count_get(c, &r) == OK);
    CHECK_INT(r.kept, 1);
    CHECK_INT(r.late, 1);
    CHECK_INT(r.due, r.kept + r.late + r.open);
    CHECK_INT(r.open + r.dropped, 2);
    test_end(c);
}

/* ── Decisions ────────────────────────────────────────────────────────────────────────────────────────────
 */

static void call_about_decision(struct ctx *c, int64_t at)
{
    struct contact_form f = asked_call("decision", at);
    int64_t id;

    f.failure = "decision_late";
    if (!CHECK(contact_add(c, &f, &id) == OK))
        CHECK_STR(c->err.text, c->err.field);
}

TEST(application_backlog_and_figures)
{
    struct ctx *c = test_begin("2024-07-01");
    int32_t today = c->today;
    struct decision_figures f;
    struct open_decision *open;
    size_t n;

    struct request_id late = ask(c, today - 90, NULL), still = report(c, today - 40, NULL);
    struct request_id done = ask(c, today - 80, NULL), objects = ask(c, today - 90, NULL);
    int64_t a = put(c, late, KIND_APPLIED, today - 70, INT_NONE, "youth_treatment");
    put(c, late, KIND_DEFAULT_NOTICE, today - 5, a, NULL);
    put(c, still, KIND_ACCOUNT_SENT, today - 12, INT_NONE, NULL);
    int64_t b = put(c, still, KIND_APPLIED, today - 10, INT_NONE, "wmo_household");
    put(c, still, KIND_COMPLETION_ASKED, today - 6, b, NULL);
    int64_t d = put(c, done, KIND_APPLIED, today - 60, INT_NONE, "youth_guidance");
    put(c, done, KIND_DECIDED, today - 30, d, "granted");
    int64_t o = put(c, objects, KIND_APPLIED, today - 85, INT_NONE, "youth_guidance");
    put(c, objects, KIND_DECIDED, today - 20, o, "refused");
    put(c, objects, KIND_OBJECTED, today - 3, o, NULL);
    call_about_decision(c, c->now - 3 * SECONDS_A_DAY);
    call_about_decision(c, c->now - 10 * SECONDS_A_DAY);

    CHECK(open_decisions(c, &open, &n) == OK);
    CHECK_INT((int64_t)n, 3);
    CHECK_INT(open[0].request, late.v); /* the earliest last day first */
    CHECK(open[0].term.overdue && open[0].notice_at != TIME_NONE && !open[0].penalty.early);
    CHECK_INT(open[1].request, still.v);
    CHECK(open[1].term.now.still && open[1].term.now.acts == PARTY_RESIDENT);
    CHECK_STR(open[1].ground, "completion");
    CHECK(open[2].objection);
    CHECK(decision_figures_get(c, open, n, &f) == OK);
    CHECK_INT(f.owner, PARTY_MUNICIPALITY);
    CHECK_INT(f.open, 2);
    CHECK_INT(f.over, 1);
    CHECK_INT(f.still, 1);
    CHECK_INT(f.objections, 1);
    CHECK_INT(f.notices, 1);
    CHECK_INT(f.oldest, 70);
    CHECK_INT(f.decided, 2);
    CHECK_INT(f.in_term, 1); /* 85 - 20 days are more than eight weeks */
    CHECK_INT(f.weeks_of_work, 2 * 13 * 100 / 2);
    CHECK_INT(f.days[PARTY_RESIDENT], 6);
    CHECK_INT(f.days[PARTY_MUNICIPALITY], 70 + 4);
    CHECK_INT(f.days_still, 6);
    CHECK_INT(f.ground[0], 1);
    int64_t calls = 0, applied = 0, decided = 0;
    for (int i = 0; i < DECISION_WEEKS; i++) {
        calls += f.week[i].calls;
        applied += f.week[i].applied;
        decided += f.week[i].decided;
    }
    CHECK_INT(calls, 2);
    CHECK_INT(applied, 4);
    CHECK_INT(decided, 2);
    CHECK_INT(f.week[DECISION_WEEKS - 1].open, 2);
    test_end(c);
}

/* Whose clock it is follows the setting; a bylaw may set the weeks. */
TEST(application_options)
{
    struct ctx *c = test_begin("2024-07-01");
    struct request_id id = ask(c, c->today - 70, NULL);
    struct open_decision *open;
    struct law_options o;
    size_t n;

    put(c, id, KIND_APPLIED, c->today - 50, INT_NONE, "youth_guidance");
    CHECK(open_decisions(c, &open, &n) == OK);
    CHECK(!open[0].term.overdue && open[0].term.now.acts == PARTY_MUNICIPALITY);
    CHECK(setting_put(c, "law.decides", "us") == OK);
    CHECK(setting_put(c, "law.other_weeks", "6") == OK);
    CHECK(open_decisions(c, &open, &n) == OK);
    CHECK(open[0].term.overdue && open[0].term.now.acts == PARTY_US);
    CHECK(setting_put(c, "law.other_weeks", "nonsense") == OK);
    CHECK(law_options_get(c, &o) == OK);
    CHECK_INT(o.other_weeks, 8);
    CHECK(setting_put(c, "law.penalty", "nonsense") == OK);
    CHECK(law_options_get(c, &o) == E_CORRUPT);
    test_end(c);
}

/* What ends soon: for a worker the own requests, for the back office the decisions. */
TEST(application_due_terms)
{
    struct ctx *c = test_begin("2024-07-01");
    struct request_id id = report(c, c->today - 40, NULL); /* its six weeks end within days */
    struct due_term *due;
    struct session s;
    size_t n;

    put(c, id, KIND_INFORMED, c->today - 39, INT_NONE, NULL);
    CHECK(due_terms(c, INT_NONE, c->today + 7, &due, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(due[0].term.kind, LAW_RESEARCH);
    CHECK(due_terms(c, INT_NONE, c->today - 1, &due, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    CHECK(due_terms(c, 12345, c->today + 7, &due, &n) == OK); /* a worker who has nobody */
    CHECK_INT((int64_t)n, 0);
    put(c, id, KIND_ACCOUNT_SENT, c->today - 20, INT_NONE, NULL);
    put(c, id, KIND_APPLIED, c->today - 12, INT_NONE, "wmo_transport");
    session_act_as(c, &s, ROLE_BACK_OFFICE, INT_NONE, INT_NONE);
    CHECK(due_terms(c, INT_NONE, c->today + 7, &due, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(due[0].term.kind, LAW_DECISION_WMO);
    session_act_as(c, &s, ROLE_QUALITY, INT_NONE, INT_NONE);
    CHECK(due_terms(c, INT_NONE, c->today + 7, &due, &n) == E_FORBIDDEN);
    err_clear(c);
    session_act_as(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
    test_end(c);
}

static struct law_setting_form choose(struct ctx *c, const char *name, const char *value, int32_t from)
{
    (void)c;
    return (struct law_setting_form){
        .name = name, .value = value, .reason = "New bylaw", .from = from, .seen = -1
    };
}

/* A term keeps the length of the day on which it began; what held before stays on the page. */
TEST(application_terms_follow_the_setting_of_their_day)
{
    struct ctx *c = test_begin("2024-06-03");
    struct request_id before = report(c, c->today - 90, NULL), after = report(c, c->today - 90, NULL);
    struct law_setting_form f = choose(c, "law.other_weeks", "4", c->today - 30);
    const struct law_setting_row *row;
    struct open_decision *open;
    struct law_options o;
    int64_t seen;
    size_t n;

    put(c, before, KIND_APPLIED, c->today - 50, INT_NONE, "youth_guidance");
    put(c, after, KIND_APPLIED, c->today - 30, INT_NONE, "youth_guidance");
    CHECK_INT(law_setting_add(c, &f), OK);
    f = choose(c, "law.decides", "us", c->today - 30);
    CHECK_INT(law_setting_add(c, &f), OK);
    CHECK_INT(open_decisions(c, &open, &n), OK);
    CHECK_INT((int64_t)n, 2);
    for (size_t i = 0; i < n; i++) {
        bool old = open[i].request == before.v;
        CHECK_INT(open[i].term.term.length.amount, old ? 8 : 4);
        CHECK_INT(open[i].term.now.acts, old ? PARTY_MUNICIPALITY : PARTY_US);
    }
    f = choose(c, "law.other_weeks", "6", c->today - 30); /* corrects the same day */
    CHECK_INT(law_setting_add(c, &f), OK);
    f = choose(c, "law.other_weeks", "3", c->today + 10);
    CHECK_INT(law_setting_add(c, &f), OK);
    CHECK_INT(law_options_get(c, &o), OK);
    CHECK_INT(law_length(&o, LAW_DECISION_OTHER, c->today).amount, 6);
    CHECK_INT(law_length(&o, LAW_DECISION_OTHER, c->today + 10).amount, 3);
    CHECK_INT(law_length(&o, LAW_DECISION_WMO, c->today + 10).amount, 2);
    CHECK_INT(law_setting_rows(c, &row, &n, &seen), OK);
    CHECK_INT(seen, 4);
    CHECK_INT((int64_t)n, (int64_t)law_setting_count + 4);
    for (size_t i = 0, now = 0; i < n; i++) {
        now += row[i].now;
        if (row[i].now && text_is(row[i].of->name, "law.other_weeks"))
            CHECK_STR(row[i].value, "6");
        if (i + 1 == n)
            CHECK_INT((int64_t)now, (int64_t)law_setting_count);
    }
    test_end(c);
}

TEST(application_settings_of_the_law_are_checked)
{
    struct ctx *c = test_begin("2024-06-03");
    struct {
        struct law_setting_form f;
        const char *field;
    } bad[] = { { choose(c, "law.other", "4", c->today), "name" },
                { choose(c, "law.other_weeks", "0", c->today), "value" },
                { choose(c, "law.other_weeks", "53", c->today), "value" },
                { choose(c, "law.decides", "somebody", c->today), "value" },
                { choose(c, "law.penalty", "23 35", c->today), "value" },
                { choose(c, "law.penalty", "23 35 45 55", c->today), "value" },
                { choose(c, "law.other_weeks", "4", DAY_NONE), "from" },
                { choose(c, "law.other_weeks", "4", c->today - 400), "from" },
                { choose(c, "law.other_weeks", "4", c->today), "reason" } };
    struct law_setting_form f = choose(c, "law.penalty", "25 40 50", c->today);
    struct setting_changed *told;
    struct law_options o;
    struct session s;
    size_t n;

    bad[COUNT(bad) - 1].f.reason = " ";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(law_setting_add(c, &bad[i].f), E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    f.seen = 1; /* somebody else was first */
    CHECK_INT(law_setting_add(c, &f), E_CONFLICT);
    err_clear(c);
    f.seen = 0;
    CHECK_INT(law_setting_add(c, &f), OK);
    CHECK_INT(law_options_get(c, &o), OK);
    CHECK_INT(penalty_euros(&o.penalty, c->today, 1), 25);
    CHECK_INT(penalty_euros(&o.penalty, c->today - 1, 1), 23);
    CHECK_INT(setting_news(c, 1, &told, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(told[0].new_value, "25 40 50");
    session_act_as(c, &s, ROLE_TEAM_LEAD, INT_NONE, INT_NONE);
    CHECK_INT(law_setting_add(c, &f), E_FORBIDDEN);
    test_end(c);
}
