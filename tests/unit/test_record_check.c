// SPDX-License-Identifier: EUPL-1.2
/* One value of each kind of record is changed behind the register's back; the check finds it and names it. */
#include "register/agreement.h"
#include "register/callback.h"
#include "register/complaint.h"
#include "register/demo.h"
#include "register/incident.h"
#include "register/integrity.h"
#include "register/phone.h"
#include "register/request.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

static struct ctx *small_town(void)
{
    struct ctx *c = test_begin("2024-04-01");
    struct demo_options o = {
        .seed = 3, .from = c->today - 91, .to = c->today - 1, .scale = .12, .password = "not-a-secret-at-all"
    };
    struct phone_count_form count = { .day = c->today,
                                      .half_hour = 20,
                                      .offered = 7,
                                      .answered = 6,
                                      .abandoned = 1,
                                      .in_time = 5,
                                      .seconds = 90 };
    struct complaint_form complaint = { .person = INT_NONE,
                                        .who = { .name = "Jan" },
                                        .request = INT_NONE,
                                        .about = "Nobody called",
                                        .regime = "awb",
                                        .category = "waiting",
                                        .channel = "mail",
                                        .team = INT_NONE,
                                        .worker = INT_NONE,
                                        .received = c->today };
    struct incident_form incident = {
        .about = "Fell", .kind = incident_kinds[0].code, .harm = 2, .day = c->today, .team = INT_NONE
    };
    struct callback_promise promise = { .person = INT_NONE,
                                        .who = { .name = "Jan", .phone = "06-55501234" },
                                        .request = INT_NONE,
                                        .contact = INT_NONE,
                                        .missed = INT_NONE,
                                        .promised_at = TIME_NONE,
                                        .by_day = DAY_NONE,
                                        .owner = INT_NONE };
    struct agreement_form agreement = { .id = INT_NONE,
                                        .partner = 1,
                                        .text = "Call back",
                                        .norm = "2 days",
                                        .owner = 1,
                                        .starts_on = c->today,
                                        .review_on = c->today + 90 };
    struct complaint_id complaint_id;
    struct demo_made made;
    int64_t id;

    if (!CHECK_INT(demo_make(c, &o, &made), OK) || !CHECK_INT(phone_count_add(c, &count), OK) ||
        !CHECK_INT(complaint_add(c, &complaint, &complaint_id), OK) ||
        !CHECK_INT(incident_add(c, &incident, &id), OK) || !CHECK_INT(callback_add(c, &promise, &id), OK) ||
        !CHECK_INT(agreement_save(c, &agreement, &id), OK))
        test_skip("%s", c->err.text);
    return c;
}

/* `of`: which record; its id is read back from what the check names. */
static const struct flip {
    const char *kind, *set, *of;
} flips[] = {
    { "complaint", "state = 'committee'", "(SELECT max(id) FROM complaint)" },
    { "complaint", "category = 'other_one'", "(SELECT min(id) FROM complaint)" },
    { "complaint", "version = version + 1", "(SELECT min(id) FROM complaint)" },
    { "signal", "severity = severity + 1", "(SELECT min(id) FROM signal)" },
    { "signal", "closed_at = '2024-03-30T10:00:00Z'",
      "(SELECT max(id) FROM signal WHERE closed_at IS NULL)" },
    { "incident", "state = 'done_it'", "(SELECT min(id) FROM incident)" },
    { "incident", "told_at = '2024-03-30T10:00:00Z'",
      "(SELECT max(id) FROM incident WHERE told_at IS NULL)" },
    { "callback", "attempts = attempts + 1", "(SELECT min(id) FROM callback)" },
    { "callback", "done_at = '2024-03-30T10:00:00Z'", "(SELECT max(id) FROM callback WHERE state = 'open')" },
    { "callback", "state = 'open'", "(SELECT min(id) FROM callback WHERE state = 'reached')" },
    { "contact", "withdrawn = 1", "(SELECT min(id) FROM contact)" },
    { "household", "version = version - 1", "(SELECT min(id) FROM household)" },
    { "network", "told = 'other'", "(SELECT min(id) FROM network)" },
    { "network", "version = 7", "(SELECT max(id) FROM network)" },
    { "access_claim", "ended_at = '2024-03-30T10:00:00Z'", "(SELECT min(id) FROM access_claim)" },
    { "referral", "consent = 1 - consent", "(SELECT min(id) FROM referral)" },
    { "referral", "arrival = 'perhaps'", "(SELECT max(id) FROM referral)" },
    { "referral", "answered_at = '2024-03-30T10:00:01Z'", "(SELECT min(id) FROM referral)" },
    { "transfer_member", "outcome = 'moved_on'", "(SELECT min(id) FROM transfer_member)" },
    { "transfer_member", "agreed_team = '2024-01-03'", "(SELECT max(id) FROM transfer_member)" },
    { "transfer_member", "version = version - 1", "(SELECT max(id) FROM transfer_member)" },
    { "partner", "stage = 'stranger'", "(SELECT min(id) FROM partner)" },
    { "partner", "ended_on = '2024-03-01'", "(SELECT max(id) FROM partner)" },
    { "agreement", "kept = 2", "(SELECT min(id) FROM agreement)" },
    { "place", "opened_on = '2024-03-03'", "(SELECT min(id) FROM place)" },
    { "walk_in_hour", "version = 4", "(SELECT min(id) FROM walk_in_hour)" },
    { "presence", "questions = questions + 1", "(SELECT min(id) FROM presence)" },
    { "presence", "state = 'promised'", "(SELECT min(id) FROM presence WHERE state = 'held')" },
    { "group_programme", "stopped = 1", "(SELECT min(id) FROM group_programme)" },
    { "worker", "team = NULL", "(SELECT min(id) FROM worker WHERE team IS NOT NULL)" },
    { "worker", "ended_on = '2024-03-01'", "(SELECT min(id) FROM worker WHERE ended_on IS NULL)" },
    { "absence", "removed = 1", "(SELECT min(id) FROM absence)" },
    { "absence", "from_day = '2024-01-02'", "(SELECT max(id) FROM absence)" },
};

struct trying {
    char sql[400];
    bool requests;
    struct integrity found;
};

/* Never stored: the body ends with an error. */
static enum err flip(struct ctx *c, void *arg)
{
    struct trying *t = arg;

    TRY(db_script(c, t->sql, false));
    if (t->requests)
        TRY(integrity_check(c, &t->found));
    else
        TRY(record_check(c, &t->found.records));
    return FAIL(E_CONFLICT, "%s", "");
}

static void check_found(struct ctx *c, struct trying *t, const char *kind)
{
    CHECK_INT(db_tx(c, flip, t), E_CONFLICT);
    err_clear(c);
    if (!CHECK_INT(t->found.records.different, 1) || !CHECK_STR(t->found.records.wrong[0].kind, kind))
        printf("    %s\n", t->sql);
    CHECK_INT((int64_t)t->found.records.named, 1);
}

TEST_LONG(record_check_finds_what_does_not_follow_from_its_history)
{
    struct ctx *c = small_town();
    struct trying t = { 0 };

    CHECK_INT(integrity_check(c, &t.found), OK);
    CHECK_INT(t.found.records.different, 0);
    CHECK(t.found.records.records > 500);
    for (size_t i = 0; i < COUNT(flips); i++) {
        snprintf(t.sql, sizeof t.sql, "UPDATE %s SET %s WHERE id = %s", flips[i].kind, flips[i].set,
                 flips[i].of);
        check_found(c, &t, flips[i].kind);
    }
    snprintf(t.sql, sizeof t.sql, "UPDATE phone_count SET offered = 8");
    check_found(c, &t, "phone_count");
    snprintf(t.sql, sizeof t.sql,
             "UPDATE household_member SET starts_on = '2019-01-01' WHERE id = (SELECT min(id) FROM "
             "household_member)");
    check_found(c, &t, "household");
    snprintf(t.sql, sizeof t.sql, "DELETE FROM access_block");
    CHECK_INT(db_tx(c, flip, &t), E_CONFLICT);
    err_clear(c);
    CHECK(t.found.records.different > 0);
    CHECK_INT(integrity_check(c, &t.found), OK); /* nothing of it stayed */
    CHECK_INT(t.found.records.different, 0);
    test_end(c);
}

/* Of requests: also that nobody is forgotten, and who it is about. */
TEST_LONG(record_check_finds_requests_that_stand_wrong)
{
    static const char *const change[] = {
        "UPDATE standing SET accepted = 1 - accepted WHERE request = (SELECT max(request) FROM standing)",
        "UPDATE standing SET person = NULL WHERE request = (SELECT max(request) FROM standing)",
        "UPDATE standing SET neighbourhood = 99 WHERE request = (SELECT min(s.request) FROM standing s)",
        "DELETE FROM standing WHERE request = (SELECT max(s.request) FROM standing s)",
        "UPDATE care SET lines = lines + 1 WHERE request = (SELECT max(request) FROM care)",
        "UPDATE law SET running = 1 - running WHERE request = (SELECT max(request) FROM law)",
    };
    struct ctx *c = small_town();
    struct trying t = { .requests = true };

    for (size_t i = 0; i < COUNT(change); i++) {
        snprintf(t.sql, sizeof t.sql, "%s", change[i]);
        CHECK_INT(db_tx(c, flip, &t), E_CONFLICT);
        err_clear(c);
        CHECK_INT(t.found.different, 1);
        CHECK(t.found.first_wrong > 0);
    }
    test_end(c);
}
