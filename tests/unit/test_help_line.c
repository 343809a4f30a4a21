// SPDX-License-Identifier: EUPL-1.2
#include "register/due.h"
#include "register/integrity.h"
#include "register/partner.h"
#include "register/referral.h"
#include "unit/case_help.h"
#include "unit/test.h"

TEST(help_line_starts_after_the_first_talk)
{
    struct case_test t = case_begin();
    struct request_id waiting = case_request(&t), id = case_talked(&t);
    struct line_form f = { .request = waiting,
                           .seen = -1,
                           .kind = "team",
                           .partner = INT_NONE,
                           .programme = INT_NONE,
                           .day = t.c->today };
    int64_t line;

    CHECK_INT(line_start(t.c, &f, &line), E_CONFLICT);
    err_clear(t.c);
    CHECK(case_get(&t, waiting).now.waiting);
    f.request = id;
    f.day = t.c->today - 2;
    CHECK_INT(line_start(t.c, &f, &line), E_INVALID);
    CHECK_STR(t.c->err.field, "day");
    err_clear(t.c);
    f.day = t.c->today;
    f.kind = "";
    CHECK_INT(line_start(t.c, &f, &line), E_INVALID);
    CHECK_STR(t.c->err.field, "kind");
    test_end(t.c);
}

TEST(help_line_ends_once_with_a_reason)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    int64_t line = case_line(&t, id, "team");
    struct line_end e = { id, -1, line, t.c->today, "" };

    CHECK_INT(line_stop(t.c, &e), E_INVALID);
    err_clear(t.c);
    e.reason = "goals_reached";
    CHECK_INT(line_stop(t.c, &e), OK);
    CHECK_INT(line_stop(t.c, &e), E_CONFLICT);
    err_clear(t.c);
    e.line = 999;
    CHECK_INT(line_stop(t.c, &e), E_NOT_FOUND);
    err_clear(t.c);
    CHECK_INT(line_make_main(t.c, id, -1, line), E_CONFLICT);
    test_end(t.c);
}

TEST(help_line_that_sends_on_is_followed_until_arrival)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    int64_t line = case_line(&t, id, "general"), n[DUE_KINDS];
    struct help_line *all;
    struct care k;
    size_t lines;

    struct request r = case_get(&t, id);
    CHECK_INT(care_of(t.c, &r, &k), OK);
    CHECK_INT(line_all(t.c, &r, &k, &all, &lines), OK);
    CHECK_INT(all[0].arrival_by, t.c->today + 14);
    case_later(&t, 13);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 0);
    case_later(&t, 1);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 1);
    struct line_arrival a = { id, -1, line, "arrived", "Had the first talk there" };
    CHECK_INT(line_arrived(t.c, &a), OK);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 0);
    case_line(&t, id, "team"); /* our own help needs no such question */
    case_later(&t, 30);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 0);
    test_end(t.c);
}

/* ── Brought to a partner: asked once ─────────────────────────────────────────────────────────────────────
 */

struct bringing {
    struct case_test t;
    struct request_id id;
    int64_t line, referral, partner;
};

/* The session of the test stands in it, so it stays where it is. */
static void bring(struct bringing *b)
{
    struct partner_form welfare = { .id = INT_NONE, .name = "LEVgroep", .kind = "welfare" };

    b->t = case_begin();
    struct ctx *c = b->t.c;
    b->id = case_talked(&b->t);
    case_as(&b->t, ROLE_SYSTEM, INT_NONE);
    CHECK_INT(partner_save(c, &welfare, &b->partner), OK);
    struct line_form f = { .request = b->id,
                           .seen = -1,
                           .kind = "general",
                           .partner = b->partner,
                           .programme = INT_NONE,
                           .day = c->today };
    struct referral_link l = { .request = b->id,
                               .partner = b->partner,
                               .out = true,
                               .day = c->today,
                               .consent = { true, "resident", "spoken", c->today } };
    if (!CHECK_INT(line_start(c, &f, &b->line), OK) || !CHECK_INT(referral_link(c, &l, &b->referral), OK))
        test_skip("%s", c->err.text);
    case_later(&b->t, 15);
}

static void check_both(struct bringing *b, const char *line, const char *referral)
{
    int64_t due[DUE_KINDS];
    struct help_line *all;
    struct referral r;
    struct care k;
    size_t n;

    struct request q = case_get(&b->t, b->id);
    CHECK_INT(care_of(b->t.c, &q, &k), OK);
    CHECK_INT(line_all(b->t.c, &q, &k, &all, &n), OK);
    CHECK_STR(all[0].is.arrival, line);
    CHECK_INT(referral_get(b->t.c, b->referral, &r), OK);
    CHECK_STR(r.arrival, referral);
    CHECK_INT(r.checked_at != TIME_NONE, referral != NULL);
    CHECK_INT(r.late, referral == NULL);
    CHECK_INT(due_counts(b->t.c, INT_NONE, INT_NONE, due), OK);
    CHECK_INT(due[DUE_ARRIVAL], referral == NULL);
}

static void take_back(struct bringing *b)
{
    struct request q = case_get(&b->t, b->id);
    struct request_change undo = { .id = b->id, .version = -1, .e = EVENT_NONE };

    undo.e.kind = KIND_UNDONE;
    undo.e.occurred_at = b->t.c->now;
    undo.e.number = q.now.version;
    CHECK_INT(request_change(b->t.c, &undo), OK);
}

TEST(help_line_and_referral_are_asked_once)
{
    struct bringing b;
    struct integrity sound;

    bring(&b);
    check_both(&b, NULL, NULL);
    struct line_arrival a = { b.id, -1, b.line, "not_arrived", NULL };
    CHECK_INT(line_arrived(b.t.c, &a), OK);
    check_both(&b, "not_arrived", "no");
    take_back(&b);
    check_both(&b, NULL, NULL);
    CHECK_INT(referral_check(b.t.c, b.referral, -1, "unknown", b.t.c->today), OK);
    check_both(&b, "unknown", "unknown");
    case_later(&b.t, 1);
    CHECK_INT(referral_check(b.t.c, b.referral, -1, "yes", b.t.c->today), OK);
    check_both(&b, "arrived", "yes");
    take_back(&b);
    check_both(&b, "unknown", "unknown");
    case_as(&b.t, ROLE_SYSTEM, INT_NONE);
    CHECK_INT(integrity_check(b.t.c, &sound), OK);
    CHECK_INT(sound.different + sound.records.different, 0);
    test_end(b.t.c);
}

/* Another partner is another bringing. */
TEST(help_line_of_another_partner_stays_apart)
{
    struct bringing b;
    bring(&b);
    struct line_form f = { .request = b.id,
                           .seen = -1,
                           .kind = "specialist",
                           .partner = INT_NONE,
                           .programme = INT_NONE,
                           .day = b.t.c->today };
    int64_t other;

    CHECK_INT(line_start(b.t.c, &f, &other), OK);
    struct line_arrival a = { b.id, -1, other, "arrived", NULL };
    CHECK_INT(line_arrived(b.t.c, &a), OK);
    check_both(&b, NULL, NULL);
    test_end(b.t.c);
}
