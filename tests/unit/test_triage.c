// SPDX-License-Identifier: EUPL-1.2
/* Triage, the urgent path, and the steps of who waits. */
#include "register/batch.h"
#include "register/bridging.h"
#include "register/integrity.h"
#include "register/list_exit.h"
#include "register/resident_pause.h"
#include "register/session.h"
#include "register/triage.h"
#include "register/urgent.h"
#include "register/waiting_list.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <string.h>

static struct request_id add(struct ctx *c, int64_t urgency)
{
    struct request_form f = asked(c);

    f.received = c->today;
    f.urgency = urgency;
    f.safety_checked = urgency != URGENCY_UNKNOWN;
    f.why = "Says so";
    return asked_add(c, &f);
}

static struct triage_form good(struct request_id id)
{
    return (struct triage_form){ .request = id,
                                 .version = -1,
                                 .danger = "no",
                                 .children = "no",
                                 .urgency = URGENCY_NORMAL,
                                 .why = "Stable, the neighbour helps" };
}

static struct standing standing_of(struct ctx *c, struct request_id id)
{
    struct request r = { .events = 0 };

    CHECK(request_get(c, id, &r) == OK);
    return r.now;
}

TEST(triage_saves_nothing_before_the_safety_check)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_id id = add(c, URGENCY_UNKNOWN), judged = add(c, URGENCY_NORMAL);
    int64_t before = standing_of(c, id).version;
    struct {
        struct triage_form f;
        const char *field;
    } bad[9];

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = good(id);
    bad[0].f.danger = NULL, bad[0].field = "danger";
    bad[1].f.danger = "perhaps", bad[1].field = "danger";
    bad[2].f.children = "", bad[2].field = "children";
    bad[3].f.danger = "unsure", bad[3].field = "steps";
    bad[4].f.danger = "yes", bad[4].f.steps = true, bad[4].field = "urgency"; /* danger is an emergency */
    bad[5].f.urgency = URGENCY_UNKNOWN, bad[5].field = "urgency";
    bad[6].f.urgency = URGENCIES, bad[6].field = "urgency";
    bad[7].f.why = " ", bad[7].field = "why";
    bad[8].f.request = judged, bad[8].f.urgency = URGENCY_SOON, bad[8].field = "change";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(triage_add(c, &bad[i].f) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    CHECK_INT(standing_of(c, id).version, before);
    struct triage_form f = good(id);
    CHECK(triage_add(c, &f) == OK);
    CHECK_INT(standing_of(c, id).urgency, URGENCY_NORMAL);
    CHECK_INT(standing_of(c, id).version, before + 2);
    test_end(c);
}

static struct request_form asking(struct ctx *c)
{
    return (struct request_form){ .person = INT_NONE,
                                  .question = "Help",
                                  .received = c->today,
                                  .neighbourhood = INT_NONE,
                                  .team = INT_NONE,
                                  .urgency = URGENCY_NORMAL,
                                  .safety_checked = true };
}

/* Not only this page asks for a reason: so does every other way to a class. */
TEST(triage_needs_a_reason_along_every_way)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_change ch = { .version = -1, .e = EVENT_NONE };
    struct request r;

    for (int64_t u = URGENCY_UNKNOWN; u < URGENCIES; u++) {
        struct request_form f = asking(c);
        bool usual = u == URGENCY_UNKNOWN || u == URGENCY_NORMAL;
        f.urgency = u;
        CHECK_INT(request_add(c, &f, &ch.id), usual ? OK : E_INVALID);
        CHECK_STR(c->err.field, usual ? "" : "why");
        err_clear(c);
        f.why = " ";
        CHECK_INT(request_add(c, &f, &ch.id), usual ? OK : E_INVALID);
        err_clear(c);
        f.why = "The doctor says so";
        CHECK_INT(request_add(c, &f, &ch.id), OK);
    }
    struct request_form f = asking(c);
    f.danger = "yes";
    CHECK_INT(request_add(c, &f, &ch.id), E_INVALID);
    CHECK_STR(c->err.field, "urgency");
    err_clear(c);
    f.danger = "unsure";
    CHECK_INT(request_add(c, &f, &ch.id), OK);
    CHECK_INT(request_get(c, ch.id, &r), OK);
    CHECK_STR(r.event[1].e.reason, "danger_unsure");
    CHECK_STR(r.event[2].e.reason, REASON_USUAL);
    ch.e.kind = KIND_TRIAGED;
    ch.e.urgency = URGENCY_LATER;
    ch.e.occurred_at = c->now;
    CHECK_INT(request_change(c, &ch), E_INVALID);
    err_clear(c);
    ch.e.reason = "better";
    CHECK_INT(request_change(c, &ch), OK);
    test_end(c);
}

/* Worse while waiting: the old class stays in the events, and the reason says so. */
TEST(triage_keeps_the_class_before)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_id id = add(c, URGENCY_NORMAL);
    struct triage_form f = good(id);
    struct request r;

    f.urgency = URGENCY_SOON;
    f.change = "worse";
    CHECK(triage_add(c, &f) == OK);
    CHECK(request_get(c, id, &r) == OK);
    size_t found = 0;
    for (size_t i = 0; i < r.events; i++)
        if (r.event[i].e.kind == KIND_TRIAGED) {
            found++;
            CHECK_INT(r.event[i].e.urgency, found == 1 ? URGENCY_NORMAL : URGENCY_SOON);
            CHECK_STR(r.event[i].e.reason, found == 1 ? NULL : "worse");
            CHECK(r.event[i].note != NULL);
        }
    CHECK_INT((int64_t)found, 2);
    f.version = 1; /* an old page */
    CHECK(triage_add(c, &f) == E_CONFLICT);
    err_clear(c);
    struct session s;
    session_act_as(c, &s, ROLE_QUALITY, INT_NONE, INT_NONE);
    CHECK(triage_add(c, &f) == E_FORBIDDEN);
    test_end(c);
}

TEST(triage_criteria_can_be_set)
{
    struct ctx *c = test_begin("2024-01-03");
    const char *text;

    for (int64_t u = URGENCY_LATER; u < URGENCIES; u++) {
        CHECK(triage_criteria(c, u, &text) == OK);
        CHECK(strlen(text) > 20);
    }
    CHECK(setting_put(c, "criteria.soon", "Ours.") == OK);
    CHECK(triage_criteria(c, URGENCY_SOON, &text) == OK);
    CHECK_STR(text, "Ours.");
    test_end(c);
}

static struct config office(void)
{
    struct config k = { .urgent = { .minutes = 120, .office_from = 510, .office_to = 1020 } };

    calendar_init(&k.calendar, &(struct calendar_rule){ 0 });
    return k;
}

TEST(urgent_due_is_two_office_hours_and_the_same_day)
{
    struct config k = office();
    static const struct {
        int day, hour, minute, due_day, due_hour, due_minute, due_second;
    } row[] = {
        { 8, 9, 0, 8, 11, 0, 0 },      { 8, 6, 0, 8, 10, 30, 0 },   { 8, 15, 0, 8, 17, 0, 0 },
        { 8, 15, 1, 8, 23, 59, 59 }, /* the office closes before two hours have passed: still today */
        { 8, 16, 55, 8, 23, 59, 59 },  { 8, 19, 0, 8, 23, 59, 59 }, { 8, 23, 50, 9, 1, 50, 0 },
        { 13, 14, 0, 13, 23, 59, 59 }, /* a Saturday */
    };

    for (size_t i = 0; i < COUNT(row); i++) {
        int64_t since =
            time_of_nl_day(date_from_civil(2024, 1, row[i].day), row[i].hour * 3600 + row[i].minute * 60);
        int64_t due = time_of_nl_day(date_from_civil(2024, 1, row[i].due_day),
                                     row[i].due_hour * 3600 + row[i].due_minute * 60 + row[i].due_second);
        CHECK_INT(urgent_due(&k, since), due);
    }
}

/* Registered at 16:55: open at once, an alarm within five minutes after the norm, silent after the action. */
TEST(urgent_alarm_sounds_until_someone_acts)
{
    struct ctx *c = test_begin("2024-01-03");
    struct urgent_alarm a;
    const struct urgent *u;
    struct session s;
    size_t n;

    ctx_set_now(c, time_of_nl_day(c->today, 16 * 3600 + 55 * 60));
    struct request_id id = add(c, URGENCY_EMERGENCY), normal = add(c, URGENCY_NORMAL);
    CHECK(urgent_alarm(c, &a) == OK);
    CHECK(a.open == 1 && a.late == 0);
    CHECK(urgent_list(c, &u, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(!u[0].late && u[0].protected_at == TIME_NONE);
    ctx_set_now(c, u[0].due + 60);
    CHECK(urgent_alarm(c, &a) == OK);
    CHECK_INT(a.late, 1);
    CHECK_INT(a.first, id.v);
    CHECK_INT(a.minutes, 1);
    session_act_as(c, &s, ROLE_BOARD, INT_NONE, INT_NONE);
    CHECK(urgent_alarm(c, &a) == OK);
    CHECK_INT(a.late, 0);
    session_act_as(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    struct protect_form p = { .request = id, .version = -1, .at = TIME_NONE, .what = "", .worker = INT_NONE };
    CHECK(urgent_protect(c, &p) == E_INVALID);
    CHECK_STR(c->err.field, "what");
    err_clear(c);
    p.what = "A safe place for tonight";
    CHECK(urgent_protect(c, &p) == OK);
    CHECK(urgent_alarm(c, &a) == OK);
    CHECK(a.open == 0 && a.late == 0);
    CHECK(urgent_list(c, &u, &n) == OK);
    CHECK(n == 1 && u[0].late && u[0].protected_at == c->now); /* still waits for a first talk */
    CHECK(standing_of(c, normal).urgent_at == TIME_NONE);
    test_end(c);
}

/* The form knows minutes: acted on in the minute in which the telephone rang is not before it rang. */
TEST(urgent_action_within_the_same_minute)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t minute = time_of_nl_day(c->today, 16 * 3600 + 55 * 60);

    ctx_set_now(c, minute + 40);
    struct request_id id = add(c, URGENCY_EMERGENCY);
    struct protect_form p = {
        .request = id, .version = -1, .at = minute - 60, .what = "Police called", .worker = INT_NONE
    };
    CHECK(urgent_protect(c, &p) == E_INVALID);
    err_clear(c);
    p.at = minute;
    CHECK(urgent_protect(c, &p) == OK);
    CHECK_INT(standing_of(c, id).protected_at, minute + 40);
    test_end(c);
}

/* Found to be an emergency while waiting: the clock runs from there, and asks for an action of its own. */
TEST(urgent_clock_starts_when_it_became_one)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_id id = add(c, URGENCY_EMERGENCY);
    struct protect_form p = {
        .request = id, .version = -1, .at = TIME_NONE, .what = "Police", .worker = INT_NONE
    };
    struct triage_form f = good(id);

    CHECK_INT(standing_of(c, id).urgent_at, standing_of(c, id).received_at);
    CHECK(urgent_protect(c, &p) == OK);
    f.change = "better";
    ctx_set_now(c, c->now + SECONDS_A_DAY);
    CHECK(triage_add(c, &f) == OK);
    CHECK(standing_of(c, id).urgent_at == TIME_NONE);
    ctx_set_now(c, c->now + 3 * SECONDS_A_DAY);
    f.urgency = URGENCY_EMERGENCY;
    f.change = "worse";
    CHECK(triage_add(c, &f) == OK);
    CHECK_INT(standing_of(c, id).urgent_at, c->now);
    CHECK(standing_of(c, id).protected_at == TIME_NONE);
    test_end(c);
}

/* ── Steps of who waits ───────────────────────────────────────────────────────────────────────────────────
 */

TEST(pause_until_a_day_at_the_residents_wish)
{
    struct ctx *c = test_begin("2024-01-03");
    struct waiting_filter parked = { INT_NONE, INT_NONE, INT_NONE, WAITING_PARKED, WAITING_BY_ORDER, 1 };
    int64_t id[3] = { add(c, URGENCY_NORMAL).v, add(c, URGENCY_NORMAL).v, add(c, URGENCY_NORMAL).v }, batch;
    struct pause_form f = { id, 3, -1, "no_room", c->today + 10, NULL };
    struct waiting_page p;
    size_t n;

    CHECK(pause_add(c, &f, &batch) == E_INVALID); /* own capacity is no reason */
    CHECK_STR(c->err.field, "reason");
    err_clear(c);
    f.reason = "hospital";
    f.until = c->today;
    CHECK(pause_add(c, &f, &batch) == E_INVALID);
    CHECK_STR(c->err.field, "until");
    err_clear(c);
    f.until = c->today + 10;
    CHECK(pause_add(c, &f, &batch) == OK);
    CHECK(waiting_list_get(c, &parked, &p) == OK);
    CHECK(p.total == 3 && p.again == 0 && p.row[0].parked == f.until && !p.row[0].again);
    CHECK(pause_add(c, &f, &batch) == E_CONFLICT); /* paused already: nobody is paused twice */
    CHECK(strstr(c->err.text, "2024-") != NULL);
    err_clear(c);
    ctx_set_now(c, time_of_nl_day(c->today + 10, 8 * 3600));
    CHECK(waiting_list_get(c, &parked, &p) == OK);
    CHECK(p.total == 3 && p.again == 3 && p.row[0].again); /* by itself, on the day */
    CHECK_INT(p.row[0].clocks.gross_days, 9);
    CHECK_INT(p.row[0].clocks.net_days, 0);
    CHECK(pause_end(c, (struct request_id){ id[0] }, -1, &batch) == OK);
    CHECK(waiting_list_get(c, &parked, &p) == OK);
    CHECK_INT(p.total, 2);
    CHECK(batch_undo(c, batch, &n) == OK);
    CHECK(waiting_list_get(c, &parked, &p) == OK);
    CHECK_INT(p.total, 3);
    test_end(c);
}

/* Many at once: all or none, and undone at once. */
TEST(bridging_never_stops_the_waiting)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t id[2] = { add(c, URGENCY_NORMAL).v, add(c, URGENCY_LATER).v }, batch;
    struct bridge_form f = { id, 2, -1, "group", true, "Walking group" };
    struct standing s;
    size_t n;

    CHECK(bridge_add(c, &f, &batch) == OK);
    s = standing_of(c, (struct request_id){ id[1] });
    CHECK(s.waiting && s.state == STATE_WAITING && s.bridged == BRIDGE_ACCEPTED);
    CHECK_STR(s.bridge, "group");
    CHECK(batch_undo(c, batch, &n) == OK);
    CHECK_INT((int64_t)n, 4);
    s = standing_of(c, (struct request_id){ id[1] });
    CHECK(s.bridged == BRIDGE_NONE && s.bridge == NULL);
    int64_t wrong[2] = { id[0], 999 };
    f.request = wrong;
    CHECK(bridge_add(c, &f, &batch) == E_NOT_FOUND);
    err_clear(c);
    CHECK(standing_of(c, (struct request_id){ id[0] }).bridged == BRIDGE_NONE);
    f.request = id;
    f.kind = "";
    CHECK(bridge_add(c, &f, &batch) == E_INVALID);
    test_end(c);
}

static void attempt(struct ctx *c, struct request_id id)
{
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };

    ch.e.kind = KIND_CALL_ATTEMPTED;
    ch.e.occurred_at = c->now;
    CHECK(request_change(c, &ch) == OK);
}

TEST(list_exit_needs_a_reason_and_unreachable_a_team_lead)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_id id = add(c, URGENCY_NORMAL);
    struct exit_form f = { id, -1, NULL, NULL };
    struct session s;
    int64_t batch;
    size_t n;

    CHECK(list_exit_add(c, &f, &batch) == E_INVALID);
    CHECK_STR(c->err.field, "reason");
    err_clear(c);
    struct request_change bare = { .id = id, .version = -1, .e = EVENT_NONE };
    bare.e.kind = KIND_CLOSED;
    bare.e.occurred_at = c->now;
    CHECK(request_change(c, &bare) == E_INVALID); /* whichever way it comes */
    err_clear(c);
    f.reason = "unreachable";
    session_act_as(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    CHECK(list_exit_add(c, &f, &batch) == E_FORBIDDEN);
    err_clear(c);
    session_act_as(c, &s, ROLE_TEAM_LEAD, INT_NONE, INT_NONE);
    for (int i = 0; i < 3; i++) /* three on one day are not enough */
        attempt(c, id);
    CHECK(list_exit_letter(c, id, -1) == OK);
    CHECK(list_exit_add(c, &f, &batch) == E_INVALID);
    err_clear(c);
    ctx_set_now(c, c->now + SECONDS_A_DAY);
    attempt(c, id);
    CHECK(list_exit_add(c, &f, &batch) == OK);
    CHECK(!standing_of(c, id).waiting);
    CHECK_STR(standing_of(c, id).left_reason, "unreachable");
    CHECK(batch_undo(c, batch, &n) == OK);
    CHECK(standing_of(c, id).waiting && standing_of(c, id).left_at == TIME_NONE);
    struct request_change reached = bare;
    reached.e.kind = KIND_CALL_REACHED;
    reached.e.occurred_at = c->now;
    CHECK(request_change(c, &reached) == OK); /* spoken: the tries begin again */
    CHECK(list_exit_add(c, &f, &batch) == E_INVALID);
    err_clear(c);
    ctx_set_now(c, c->now + SECONDS_A_DAY);
    attempt(c, id);
    ctx_set_now(c, c->now + SECONDS_A_DAY);
    attempt(c, id);
    attempt(c, id);
    CHECK(list_exit_add(c, &f, &batch) == E_INVALID); /* no letter yet */
    err_clear(c);
    struct integrity check;
    CHECK(integrity_check(c, &check) == OK);
    CHECK_INT(check.different, 0);
    test_end(c);
}
