// SPDX-License-Identifier: EUPL-1.2
/* Writing contacts. */
#include "register/contact.h"

#include "base/text.h"
#include "register/callback_core.h"
#include "register/event.h"
#include "register/request.h"
#include "register/right.h"

#include <stdio.h>

const struct code_name contact_topics[] = {
    { "household", N_("Help at home") },
    { "mobility", N_("Moving about, aids") },
    { "mental", N_("Feeling bad") },
    { "lonely", N_("Being alone, meeting people") },
    { "parenting", N_("Bringing up children") },
    { "youth", N_("Worries about a child or young person") },
    { "school", N_("School") },
    { "divorce", N_("Divorce") },
    { "money", N_("Money and debts") },
    { "housing", N_("Housing") },
    { "relation", N_("Quarrels or violence") },
    { "carer", N_("Caring for someone") },
    { "decision", N_("Decision or letter of the municipality") },
    { "own_request", N_("Own request: how is it going?") },
    { "way", N_("Where do I have to be?") },
    { "other", N_("Something else") },
};
const size_t contact_topic_count = COUNT(contact_topics);
const struct code_name contact_outcomes[] = {
    { "answered", N_("Answered at once") }, { "request", N_("Becomes a request") },
    { "callback", N_("We call back") },     { "referred", N_("Sent on to someone else") },
    { "open", N_("Not answered yet") },
};
const size_t contact_outcome_count = COUNT(contact_outcomes);
const struct code_name contact_askers[] = {
    { "resident", N_("Resident") },  { "carer", N_("Informal carer or family") },
    { "partner", N_("Partner") },    { "provider", N_("Provider of care") },
    { "other", N_("Someone else") },
};
const size_t contact_asker_count = COUNT(contact_askers);
const struct code_name contact_heards[] = {
    { "website", N_("Website") },
    { "flyer", N_("Flyer or poster") },
    { "paper", N_("Newspaper") },
    { "front_office", N_("Desk of the municipality") },
    { "gp", N_("Family doctor") },
    { "school", N_("School") },
    { "partner", N_("Another organisation") },
    { "friends", N_("Family, friends, neighbours") },
    { "social_media", N_("Social media") },
    { "place", N_("Seen in the neighbourhood") },
    { "known", N_("Was helped before") },
    { "other", N_("In another way") },
    { "unknown", N_("Asked, not known") },
};
const size_t contact_heard_count = COUNT(contact_heards);
const struct code_name contact_failures[] = {
    { "decision_late", N_("Decision is late") },
    { "not_called_back", N_("Was not called back") },
    { "letter_unclear", N_("Letter is not clear") },
    { "wrong_information", N_("Wrong information") },
    { "own_question_pending", N_("Own question takes too long") },
    { "passed_around", N_("Was sent from one to another") },
    { "other", N_("Something else went wrong") },
};
const size_t contact_failure_count = COUNT(contact_failures);

/* ── Checks ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_questions(struct ctx *c, const struct contact_form *f)
{
    char field[64];

    if (f->questions == 0 || f->questions > CONTACT_QUESTIONS)
        return FAIL_FIELD("question-0-topic", "%s", _("Choose what the question is about."));
    for (size_t i = 0; i < f->questions; i++) {
        const struct contact_question_form *q = &f->question[i];
        snprintf(field, sizeof field, "question-%zu-topic", i);
        if (!code_known(contact_topics, contact_topic_count, q->topic))
            return FAIL_FIELD(field, "%s", _("Choose what the question is about."));
        snprintf(field, sizeof field, "question-%zu-outcome", i);
        if (!code_known(contact_outcomes, contact_outcome_count, q->outcome))
            return FAIL_FIELD(field, "%s", _("Choose what became of the question."));
        if (text_is(q->outcome, "callback") && f->promise == NULL)
            return FAIL_FIELD("promise", "%s", _("Tick that we call back, or choose another outcome."));
    }
    return OK;
}

static bool is_named(const struct contact_form *f)
{
    return f->person != INT_NONE || !text_empty(f->who.name) || !text_empty(f->who.phone);
}

static enum err check_form(struct ctx *c, const struct contact_form *f)
{
    if (f->occurred_at != TIME_NONE && f->occurred_at > c->now + 60)
        return FAIL_FIELD("date", "%s", _("This date is in the future."));
    if (!code_known(request_channels, request_channel_count, f->channel))
        return FAIL_FIELD("channel", "%s", _("Choose one of the list."));
    if (!code_known(contact_askers, contact_asker_count, f->asker))
        return FAIL_FIELD("asker", "%s", _("Choose who asks."));
    if (f->heard != NULL && !code_known(contact_heards, contact_heard_count, f->heard))
        return FAIL_FIELD("heard", "%s", _("Choose one of the list."));
    if (f->failure != NULL && !code_known(contact_failures, contact_failure_count, f->failure))
        return FAIL_FIELD("failure", "%s", _("Choose one of the list."));
    if (!f->tally && is_named(f) && f->person == INT_NONE && f->safe == NULL)
        return FAIL_FIELD("safe_call", "%s", _("First ask how we can reach this person safely."));
    return check_questions(c, f);
}

/* ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct adding {
    const struct contact_form *f;
    int64_t id;
};

/* The person that the contact is about: known, new, or nobody; with the answers about safe contact. */
static enum err put_person(struct ctx *c, const struct contact_form *f, int64_t *ret_person)
{
    struct identity who = f->who;

    *ret_person = f->person;
    if (f->tally || !is_named(f)) {
        *ret_person = INT_NONE;
        return OK;
    }
    if (f->safe == NULL)
        return OK;
    if (f->person != INT_NONE)
        TRY(person_get(c, f->person, &who));
    TRY(safe_contact_write(c, f->safe, &who.safe_contact));
    return f->person != INT_NONE ? person_change(c, f->person, &who) : person_add(c, &who, ret_person);
}

static enum err put_questions(struct ctx *c, const struct contact_form *f, int64_t contact, int64_t keeper)
{
    for (size_t i = 0; i < f->questions; i++) {
        const struct contact_question_form *q = &f->question[i];
        struct blob text = { NULL, 0 };
        if (keeper != INT_NONE)
            TRY(note_seal(c, keeper, q->text, &text));
        struct sql_contact_question_insert_args row = { contact,    (int64_t)i + 1, q->topic,
                                                        q->outcome, INT_NONE,       text };
        TRY(sql_contact_question_insert(c, &row));
    }
    return OK;
}

static enum err put_promise(struct ctx *c, const struct contact_form *f, int64_t contact, int64_t person)
{
    struct callback_promise p;
    int64_t id;

    if (f->promise == NULL)
        return OK;
    p = *f->promise;
    p.contact = contact;
    p.person = person;
    p.promised_at = f->occurred_at;
    if (text_empty(p.topic))
        p.topic = f->question[0].topic;
    return callback_put(c, &p, &id);
}

static enum err insert(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    const struct contact_form *f = a->f;
    struct sql_contact_insert_row added;
    struct happening step = HAPPENING_NONE;
    bool texts = false;
    int64_t person, keeper;

    TRY(put_person(c, f, &person));
    for (size_t i = 0; i < f->questions && !f->tally; i++)
        texts = texts || !text_empty(f->question[i].text);
    keeper = person;
    if (keeper == INT_NONE && texts) /* words of someone without a name */
        TRY(person_add(c, &(struct identity){ 0 }, &keeper));
    step.occurred_at = f->occurred_at == TIME_NONE ? c->now : f->occurred_at;
    struct sql_contact_insert_args row = { step.occurred_at, c->now,           c->actor->account,
                                           c->actor->team,   f->neighbourhood, person,
                                           keeper,           f->channel,       f->asker,
                                           f->tally,         f->heard,         f->referrer,
                                           f->failure,       f->session };
    TRY(sql_contact_insert(c, &row, &added));
    TRY(put_questions(c, f, added.id, f->tally ? INT_NONE : keeper));
    step.kind = "logged";
    struct history_of what = { "contact", added.id, keeper, 0 };
    TRY(history_add(c, &what, &step, NULL));
    TRY(put_promise(c, f, added.id, person));
    a->id = added.id;
    return OK;
}

enum err contact_add(struct ctx *c, const struct contact_form *f, int64_t *ret_id)
{
    struct adding a = { .f = f };

    TRY(may(c, RIGHT_CONTACT));
    TRY(check_form(c, f));
    if (f->person != INT_NONE)
        TRY(person_visible(c, f->person));
    if (f->promise != NULL) {
        struct callback_promise p = *f->promise;
        p.person = f->person;
        p.who = f->who;
        TRY(callback_check(c, &p));
    }
    TRY(db_tx(c, insert, &a));
    *ret_id = a.id;
    return OK;
}

/* ── Afterwards ───────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err settle(struct ctx *c, void *arg)
{
    const struct contact_settle *s = arg;
    struct happening step = HAPPENING_NONE;
    struct sql_contact_questions_row *q;
    struct sql_contact_get_row row;
    size_t n;

    TRY(sql_contact_get(c, c->scope->all, c->scope->team, c->actor->account, s->contact, &row));
    TRY(sql_contact_questions(c, s->contact, &q, &n));
    if (s->seq < 1 || s->seq > (int64_t)n)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this question."));
    q += s->seq - 1;
    bool waits = text_is(q->outcome, "open") || (text_is(q->outcome, "request") && q->request == INT_NONE);
    if (!waits || row.withdrawn)
        return FAIL(E_CONFLICT, "%s", _("Someone else dealt with this question already."));
    step.kind = "settled";
    step.number = s->seq;
    step.reason = s->outcome;
    if (row.keeper == INT_NONE && !text_empty(s->note))
        return FAIL_FIELD("note", "%s", _("No text can be kept with a question that was only counted."));
    step.note = s->note;
    struct history_of what = { "contact", s->contact, row.keeper, -1 };
    TRY(history_add(c, &what, &step, NULL));
    return sql_contact_question_put(c, s->contact, s->seq, s->outcome, s->request);
}

enum err contact_question_settle(struct ctx *c, const struct contact_settle *s)
{
    struct contact_settle copy = *s;

    TRY(may(c, RIGHT_CONTACT));
    if (!code_known(contact_outcomes, contact_outcome_count, s->outcome) || text_is(s->outcome, "open"))
        return FAIL_FIELD("outcome", "%s", _("Choose what became of the question."));
    return db_tx(c, settle, &copy);
}

static enum err withdraw(struct ctx *c, void *arg)
{
    const int64_t *id = arg;
    struct happening step = HAPPENING_NONE;
    struct sql_contact_get_row row;

    TRY(sql_contact_get(c, c->scope->all, c->scope->team, c->actor->account, *id, &row));
    if (row.withdrawn)
        return FAIL(E_CONFLICT, "%s", _("This contact has been taken back already."));
    step.kind = "withdrawn";
    struct history_of what = { "contact", *id, row.keeper, -1 };
    TRY(history_add(c, &what, &step, NULL));
    return sql_contact_withdraw(c, *id);
}

enum err contact_withdraw(struct ctx *c, int64_t id)
{
    TRY(may(c, RIGHT_CONTACT));
    return db_tx(c, withdraw, &id);
}
