// SPDX-License-Identifier: EUPL-1.2
/* Intake: everything in one step, or nothing; safe contact first. */
#include "base/text.h"
#include "register/contact.h"
#include "register/intake.h"
#include "register/session.h"
#include "unit/test.h"

static const struct safe_contact safe = { .way = { SAFE_YES, SAFE_NO, SAFE_NO, SAFE_NO, SAFE_YES },
                                          .from = -1,
                                          .to = -1 };

static struct intake_form good_form(struct ctx *c)
{
    return (struct intake_form){ .request = { .person = INT_NONE,
                                              .who = { .name = "Truus Bakker" },
                                              .question = "Help at home",
                                              .received = c->today - 2,
                                              .channel = "phone",
                                              .route = "gp",
                                              .neighbourhood = INT_NONE,
                                              .team = INT_NONE,
                                              .urgency = URGENCY_NORMAL,
                                              .safety_checked = true },
                                 .facts = { .home = "alone",
                                            .children = "unneeded",
                                            .interpreter = "tr",
                                            .consent = "yes",
                                            .wait_until = DAY_NONE,
                                            .referrer = "Dokter Jansen" },
                                 .safe = &safe,
                                 .contact = INT_NONE,
                                 .question = INT_NONE };
}

static bool has_event(const struct request *q, enum kind kind)
{
    for (size_t i = 0; i < q->events; i++)
        if (q->event[i].e.kind == kind)
            return true;
    return false;
}

TEST(intake_is_read_back_whole)
{
    struct ctx *c = test_begin("2024-01-10");
    struct intake_form f = good_form(c);
    struct request_id id;
    struct intake k;
    struct request q;
    bool any;

    f.facts.wmo = "yes";
    f.facts.wait_until = c->today + 14;
    CHECK(intake_add(c, &f, &id) == OK);
    CHECK(request_get(c, id, &q) == OK);
    CHECK_STR(q.who.safe_contact, "1:ynnny:-:-:");
    CHECK(has_event(&q, KIND_WMO_REPORTED));
    CHECK_INT(q.now.state, STATE_PAUSED);
    CHECK(intake_get(c, &q, &k, &any) == OK);
    CHECK(any);
    CHECK_STR(k.home, "alone");
    CHECK_STR(k.children, "unneeded");
    CHECK_STR(k.interpreter, "tr");
    CHECK_STR(k.referrer, "Dokter Jansen");
    CHECK(k.carer == NULL && k.note == NULL);
    CHECK_INT(k.wait_until, c->today + 14);
    test_end(c);
}

TEST(intake_asks_safe_contact_first)
{
    struct ctx *c = test_begin("2024-01-10");
    struct intake_form f = good_form(c);
    struct request_id id;

    f.safe = NULL;
    CHECK(intake_add(c, &f, &id) == E_INVALID);
    CHECK_STR(c->err.field, "safe_call");
    err_clear(c);
    f.request.who.name = NULL; /* who stays anonymous cannot be endangered by us */
    CHECK(intake_add(c, &f, &id) == OK);
    f = good_form(c);
    f.facts.wait_until = c->today;
    CHECK(intake_add(c, &f, &id) == E_INVALID);
    CHECK_STR(c->err.field, "wait_until");
    test_end(c);
}

/* A call with a question becomes a request; the question has that outcome once, and nothing is typed twice.
 */
TEST(intake_from_a_contact)
{
    struct ctx *c = test_begin("2024-01-10");
    struct contact_form cf = { .person = INT_NONE,
                               .who = { .name = "Truus Bakker", .phone = "0492555123" },
                               .safe = &safe,
                               .occurred_at = TIME_NONE,
                               .channel = "phone",
                               .asker = "resident",
                               .neighbourhood = INT_NONE,
                               .session = INT_NONE,
                               .question = { { "household", "request", "Cannot clean any more" } },
                               .questions = 1 };
    struct intake_form f = good_form(c);
    struct request_id id;
    struct contact k;
    struct request q;

    CHECK(contact_add(c, &cf, &f.contact) == OK);
    CHECK(contact_get(c, f.contact, &k) == OK);
    f.question = 1;
    f.request.person = k.person;
    f.safe = NULL; /* was asked in the call */
    CHECK(intake_add(c, &f, &id) == OK);
    CHECK(request_get(c, id, &q) == OK);
    CHECK_INT(q.person, k.person);
    CHECK(contact_get(c, f.contact, &k) == OK);
    CHECK_INT(k.question[0].request, id.v);
    CHECK(intake_add(c, &f, &id) == E_CONFLICT); /* someone else wrote it already: nothing is stored */
    err_clear(c);
    struct person_match *m;
    size_t n;
    CHECK(person_search(c, "bakker", &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    test_end(c);
}

TEST(intake_of_a_person_who_may_not_be_seen)
{
    struct ctx *c = test_begin("2024-01-10");
    const struct actor *me = c->actor;
    const struct scope *all = c->scope;
    struct intake_form f = good_form(c);
    struct session session;
    struct request_id id;
    struct request q;

    CHECK(intake_add(c, &f, &id) == OK);
    CHECK(request_get(c, id, &q) == OK);
    f.request.person = q.person;
    session_act_as(c, &session, ROLE_SOCIAL_WORKER, 99, INT_NONE);
    CHECK(intake_add(c, &f, &id) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &session, ROLE_BOARD, INT_NONE, INT_NONE);
    CHECK(intake_add(c, &f, &id) == E_FORBIDDEN);
    err_clear(c);
    c->actor = me;
    c->scope = all;
    test_end(c);
}
