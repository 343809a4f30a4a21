// SPDX-License-Identifier: EUPL-1.2
/* Contacts and call-backs: what is asked first, who sees what, and one effect of each step. */
#include "base/text.h"
#include "register/call_round.h"
#include "register/contact.h"
#include "register/request.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <stdio.h>

#include <string.h>

static const struct safe_contact safe = { .way = { SAFE_YES, SAFE_NO, SAFE_NO, SAFE_NO, SAFE_YES },
                                          .from = -1,
                                          .to = -1 };

static struct contact_form good_form(void)
{
    return (struct contact_form){ .person = INT_NONE,
                                  .who = { .name = "Truus Bakker", .phone = "0492-555123" },
                                  .safe = &safe,
                                  .occurred_at = TIME_NONE,
                                  .channel = "phone",
                                  .asker = "resident",
                                  .heard = "gp",
                                  .neighbourhood = INT_NONE,
                                  .session = INT_NONE,
                                  .question = { { "money", "answered", "Told about the help desk" },
                                                { "housing", "request", "Has to leave the house" } },
                                  .questions = 2 };
}

static struct callback_promise good_promise(void)
{
    return (struct callback_promise){ .person = INT_NONE,
                                      .who = { .name = "Jan", .phone = "0655512345" },
                                      .request = INT_NONE,
                                      .contact = INT_NONE,
                                      .missed = INT_NONE,
                                      .promised_at = TIME_NONE,
                                      .by_day = DAY_NONE,
                                      .owner = INT_NONE,
                                      .note = "About the letter" };
}

TEST(contact_is_read_back_whole)
{
    struct ctx *c = test_begin("2024-01-03");
    struct contact_form f = good_form();
    struct contact k;
    struct identity who;
    int64_t id;

    CHECK(contact_add(c, &f, &id) == OK);
    CHECK(contact_get(c, id, &k) == OK);
    CHECK_STR(k.name, "Truus Bakker");
    CHECK_INT((int64_t)k.questions, 2);
    CHECK_STR(k.question[0].text, "Told about the help desk");
    CHECK_STR(k.question[1].outcome, "request");
    CHECK_INT(k.question[1].request, INT_NONE);
    CHECK(person_get(c, k.person, &who) == OK);
    CHECK_STR(who.safe_contact, "1:ynnny:-:-:");
    test_end(c);
}

TEST(contact_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-01-03");
    struct {
        struct contact_form f;
        const char *field;
    } bad[7];
    int64_t id;

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = good_form();
    bad[0].f.safe = NULL; /* a name without having asked what is safe */
    bad[0].field = "safe_call";
    bad[1].f.questions = 0;
    bad[1].field = "question-0-topic";
    bad[2].f.question[1].topic = "weather";
    bad[2].field = "question-1-topic";
    bad[3].f.question[0].outcome = "";
    bad[3].field = "question-0-outcome";
    bad[4].f.question[0].outcome = "callback"; /* promised, but nowhere to be found again */
    bad[4].field = "promise";
    bad[5].f.failure = "rain";
    bad[5].field = "failure";
    bad[6].f.occurred_at = c->now + 3600;
    bad[6].field = "date";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(contact_add(c, &bad[i].f, &id) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

TEST(contact_may_be_anonymous_or_only_counted)
{
    struct ctx *c = test_begin("2024-01-03");
    struct contact_form f = good_form();
    struct contact k;
    int64_t id;

    f.who = (struct identity){ 0 };
    f.safe = NULL;
    CHECK(contact_add(c, &f, &id) == OK);
    CHECK(contact_get(c, id, &k) == OK);
    CHECK_INT(k.person, INT_NONE);
    CHECK_STR(k.question[0].text, "Told about the help desk"); /* the words are kept, sealed */
    f.tally = true;
    CHECK(contact_add(c, &f, &id) == OK);
    CHECK(contact_get(c, id, &k) == OK);
    CHECK_INT(k.keeper, INT_NONE);
    CHECK_STR(k.question[0].text, "");
    test_end(c);
}

/* The words of a caller are nowhere in the register's files. */
TEST(contact_words_are_not_in_the_file)
{
    struct ctx *c = test_begin("2024-01-03");
    struct contact_form f = good_form();
    struct callback_promise p = good_promise();
    int64_t id;

    if (store_kind(db_store(c->db)) != DB_SQLITE) {
        test_end(c);
        test_skip("reads the files of SQLite");
    }
    f.who.name = "Zebedeus Uniquename";
    f.question[0].text = "Verysecretanswer";
    CHECK(contact_add(c, &f, &id) == OK);
    p.who.name = "Melchiorusson";
    p.note = "Verysecretnote";
    CHECK(callback_add(c, &p, &id) == OK);
    CHECK(db_script(c, "PRAGMA wal_checkpoint(TRUNCATE)", false) == OK);
    const char *all = test_url(c);
    FILE *file = fopen(all, "rb");
    static char bytes[4 << 20];
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    CHECK(n > 1000);
    CHECK(memmem(bytes, n, "Zebedeus", 8) == NULL);
    CHECK(memmem(bytes, n, "Verysecret", 10) == NULL);
    CHECK(memmem(bytes, n, "Melchior", 8) == NULL);
    CHECK(memmem(bytes, n, "555123", 6) == NULL);
    test_end(c);
}

TEST(contact_question_is_settled_once)
{
    struct ctx *c = test_begin("2024-01-03");
    struct contact_form f = good_form();
    struct contact_waiting *open;
    int64_t id;
    size_t n;

    f.question[0].outcome = "open";
    f.asker = "provider";
    CHECK(contact_add(c, &f, &id) == OK);
    CHECK(contact_open(c, "provider", &open, &n) == OK);
    CHECK_INT((int64_t)n, 2);
    struct contact_settle s = { .contact = id, .seq = 1, .outcome = "answered", .request = INT_NONE };
    CHECK(contact_question_settle(c, &s) == OK);
    CHECK(contact_question_settle(c, &s) == E_CONFLICT);
    err_clear(c);
    s.seq = 3;
    CHECK(contact_question_settle(c, &s) == E_NOT_FOUND);
    err_clear(c);
    CHECK(contact_open(c, NULL, &open, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(contact_withdraw(c, id) == OK);
    CHECK(contact_open(c, NULL, &open, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    CHECK(contact_withdraw(c, id) == E_CONFLICT);
    test_end(c);
}

static enum err add_team(struct ctx *c, void *arg)
{
    return team_find_or_add(c, "Oost", arg);
}

TEST(contact_is_seen_by_intake_and_the_own_team_only)
{
    struct ctx *c = test_begin("2024-01-03");
    const struct actor *me = c->actor;
    const struct scope *all = c->scope;
    struct contact_form f = good_form();
    struct session session;
    struct contact k;
    struct person_match *m;
    int64_t id, team;
    size_t n;

    CHECK(db_tx(c, add_team, &team) == OK);
    CHECK(contact_add(c, &f, &id) == OK);
    session_act_as(c, &session, ROLE_INTAKE, INT_NONE, INT_NONE);
    CHECK(contact_get(c, id, &k) == OK);
    CHECK(person_search(c, "bakker", &m, &n) == OK);
    CHECK_INT((int64_t)n, 1); /* known from a contact alone */
    session_act_as(c, &session, ROLE_SOCIAL_WORKER, team, INT_NONE);
    CHECK(contact_get(c, id, &k) == E_NOT_FOUND);
    err_clear(c);
    CHECK(person_search(c, "bakker", &m, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    f.person = k.person;
    f.who = (struct identity){ 0 };
    CHECK(contact_add(c, &f, &id) == E_NOT_FOUND); /* a number that was guessed opens nobody */
    err_clear(c);
    f = good_form();
    CHECK(contact_add(c, &f, &id) == OK);
    CHECK(contact_get(c, id, &k) == OK);
    session_act_as(c, &session, ROLE_BOARD, INT_NONE, INT_NONE);
    CHECK(contact_get(c, id, &k) == E_FORBIDDEN);
    err_clear(c);
    CHECK(contact_add(c, &f, &id) == E_FORBIDDEN);
    err_clear(c);
    c->actor = me;
    c->scope = all;
    test_end(c);
}

/* ── Call-backs ───────────────────────────────────────────────────────────────────────────────────────────
 */

TEST(callback_last_day_is_two_working_days_or_as_agreed)
{
    struct ctx *c = test_begin("2024-03-28"); /* Thursday before Easter */
    struct callback_promise p = good_promise();
    struct callback *b;
    int64_t id;
    size_t n;

    CHECK(callback_add(c, &p, &id) == OK);
    p.by_day = date_from_civil(2024, 3, 29);
    CHECK(callback_add(c, &p, &id) == OK);
    CHECK(callback_open(c, &b, &n) == OK);
    if (CHECK_INT((int64_t)n, 2)) {
        CHECK_INT(b[0].due, date_from_civil(2024, 3, 29));
        CHECK_INT(b[1].due, date_from_civil(2024, 4, 3)); /* Good Friday and Easter Monday are closed */
        CHECK_STR(b[0].name, "Jan");
        CHECK_STR(b[0].phone, "0655512345");
        CHECK_STR(b[0].note, "About the letter");
        CHECK(!b[0].late);
    }
    ctx_set_now(c, c->now + 7 * 86400);
    CHECK(callback_open(c, &b, &n) == OK);
    CHECK(b[0].late && b[1].late);
    p.by_day = c->today - 1;
    CHECK(callback_add(c, &p, &id) == E_INVALID);
    CHECK_STR(c->err.field, "by_day");
    err_clear(c);
    p = good_promise();
    p.who.phone = NULL;
    CHECK(callback_add(c, &p, &id) == E_INVALID);
    CHECK_STR(c->err.field, "phone");
    test_end(c);
}

TEST(callback_attempts_and_results)
{
    struct ctx *c = test_begin("2024-01-03");
    struct callback_promise p = good_promise();
    struct callback_attempt a = { .seen = 1, .result = CALL_RESULT_UNREACHABLE };
    struct callback_figures fig;
    const struct happening *h;
    struct callback b;
    size_t n;

    CHECK(callback_add(c, &p, &a.id) == OK);
    CHECK(callback_try(c, &a) == E_INVALID); /* not tried yet */
    err_clear(c);
    a.result = CALL_RESULT_NOT_REACHED;
    for (int i = 0; i < 3; i++) {
        CHECK(callback_try(c, &a) == OK);
        a.seen++;
    }
    CHECK_INT(a.seen, 4);
    a.seen = 2;
    CHECK(callback_try(c, &a) == E_CONFLICT); /* someone else called in the meantime */
    err_clear(c);
    a.seen = 4;
    a.result = CALL_RESULT_WITHDRAWN;
    CHECK(callback_try(c, &a) == E_INVALID);
    CHECK_STR(c->err.field, "note");
    err_clear(c);
    a.result = CALL_RESULT_UNREACHABLE;
    CHECK(callback_try(c, &a) == OK);
    CHECK(callback_get(c, a.id, &b) == OK);
    CHECK_INT(b.state, CALLBACK_UNREACHABLE);
    CHECK_INT(b.attempts, 3);
    CHECK(callback_history(c, &b, &h, &n) == OK);
    CHECK_INT((int64_t)n, 5);
    a.seen = b.version;
    CHECK(callback_try(c, &a) == E_CONFLICT);
    err_clear(c);
    CHECK(callback_figures(c, c->now - 86400, c->now + 86400, &fig) == OK);
    CHECK_INT(fig.promised, 1);
    CHECK_INT(fig.unreachable, 1);
    CHECK_INT(fig.open, 0);
    test_end(c);
}

/* Reached: the call counts for the call round of the request too, so that nobody types it twice. */
TEST(callback_reached_resets_the_silence_of_its_request)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_form rf = asked(c);
    struct callback_promise p = good_promise();
    struct callback_attempt a = { .seen = 1, .result = CALL_RESULT_REACHED };
    struct request_id id;
    struct request q;

    rf.who.name = "Jan Jansen";
    rf.who.phone = "0655512345";
    rf.question = "Money";
    rf.received = c->today - 5;
    CHECK(request_add(c, &rf, &id) == OK);
    CHECK(request_get(c, id, &q) == OK);
    p.person = q.person;
    p.request = id.v;
    CHECK(callback_add(c, &p, &a.id) == OK);
    int64_t before = q.now.heard_at;
    CHECK(callback_try(c, &a) == OK);
    CHECK(request_get(c, id, &q) == OK);
    CHECK(q.now.heard_at > before);
    test_end(c);
}
