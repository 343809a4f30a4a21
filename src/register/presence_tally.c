// SPDX-License-Identifier: EUPL-1.2
/* The tally of a session: how many questions, and what became of each. */
#include "base/text.h"
#include "register/contact.h"
#include "register/presence_core.h"
#include "register/right.h"

#define QUESTION_UNDONE "undone"
#define TALLY_DAYS 60 /* that a forgotten question may be added later */

const struct code_name question_outcomes[] = {
    { QUESTION_SOLVED, N_("Solved on the spot") },
    { QUESTION_REQUEST, N_("Became a request") },
    { QUESTION_UNHANDLED, N_("Did not fit: no time or nobody for it") },
};
const size_t question_outcome_count = COUNT(question_outcomes);
struct tallying {
    int64_t presence;
    const char *outcome, *topic;
    const struct request_form *form; /* of a request; else NULL */
    struct request_id request;
};

/* A session that still takes questions. The first one opens it. */
static enum err take_session(struct ctx *c, int64_t id, struct presence *p)
{
    struct sql_presence_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_presence_get(c, id, &row));
    *p = PRESENCE(row);
    if (text_is(p->state, PRESENCE_CANCELLED) || text_is(p->state, PRESENCE_MOVED))
        return FAIL(E_CONFLICT, _("This is not possible: the session is \"%s\"."),
                    presence_state_name(c, p->state));
    if (p->day > c->today)
        return FAIL(E_CONFLICT, "%s", _("This session is still to come."));
    if (p->day < c->today - TALLY_DAYS)
        return FAIL(E_CONFLICT, "%s", _("This session is too long ago to count questions."));
    if (!text_is(p->state, PRESENCE_PROMISED))
        return OK;
    h.kind = PRESENCE_OPEN;
    TRY(presence_step(c, p, -1, &h));
    p->state = PRESENCE_OPEN;
    return presence_put(c, p);
}

/* Now, or in the middle of a session of an earlier day. */
static int64_t asked_at(const struct ctx *c, const struct presence *p)
{
    return p->day == c->today ? c->now : time_of_nl_day(p->day, (int)(p->starts + p->ends) * 30);
}

static enum err insert_question(struct ctx *c, const struct tallying *t, const struct presence *p)
{
    struct sql_presence_question_insert_row added;
    struct sql_presence_question_insert_args row = { .presence = p->id,
                                                     .outcome = t->outcome,
                                                     .topic = t->topic,
                                                     .request = t->form != NULL ? t->request.v : INT_NONE,
                                                     .undoes = INT_NONE,
                                                     .occurred_at = asked_at(c, p),
                                                     .recorded_at = c->now,
                                                     .account = c->actor->account };

    TRY(sql_presence_question_insert(c, &row, &added));
    TRY(sql_presence_count(c, p->id));
    return presence_raise(c, p->id);
}

static enum err add(struct ctx *c, void *arg)
{
    struct tallying *t = arg;
    struct presence p;

    TRY(take_session(c, t->presence, &p));
    return insert_question(c, t, &p);
}

static bool topic_known(const char *code)
{
    for (size_t i = 0; i < contact_topic_count; i++)
        if (text_is(contact_topics[i].code, code))
            return true;
    return false;
}

enum err question_add(struct ctx *c, int64_t presence, const char *outcome, const char *topic)
{
    struct tallying t = { .presence = presence,
                          .outcome = outcome,
                          .topic = text_empty(topic) ? NULL : topic };

    TRY(may(c, RIGHT_CONTACT));
    if (!text_is(outcome, QUESTION_SOLVED) && !text_is(outcome, QUESTION_UNHANDLED))
        return FAIL_FIELD("outcome", "%s", _("Choose what became of the question."));
    if (t.topic != NULL && !topic_known(t.topic))
        return FAIL_FIELD("topic", "%s", _("Choose one of the list."));
    return db_tx(c, add, &t);
}

static enum err add_request(struct ctx *c, void *arg)
{
    struct tallying *t = arg;
    struct presence p;
    struct request_form f = *t->form;

    TRY(take_session(c, t->presence, &p));
    f.received = p.day;
    f.route = "outreach";
    f.channel = "visit";
    if (f.neighbourhood == INT_NONE)
        f.neighbourhood = p.neighbourhood;
    TRY(request_add(c, &f, &t->request));
    return insert_question(c, t, &p);
}

enum err question_to_request(struct ctx *c, int64_t presence, const struct request_form *f,
                             struct request_id *ret_id)
{
    struct tallying t = { .presence = presence, .outcome = QUESTION_REQUEST, .form = f };

    TRY(may(c, RIGHT_CONTACT));
    TRY(db_tx(c, add_request, &t));
    *ret_id = t.request;
    return OK;
}

enum err question_all(struct ctx *c, int64_t presence, struct question **ret_question, size_t *ret_n)
{
    struct sql_presence_questions_row *row;
    struct question *q;
    size_t n, kept = 0;
    bool linked = c->actor != NULL && role_may(c->actor->role, RIGHT_REQUEST);

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_presence_questions(c, presence, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *q, (void *)&q));
    for (size_t i = 0; i < n; i++) {
        if (text_is(row[i].outcome, QUESTION_UNDONE)) {
            for (size_t k = 0; k < kept; k++)
                q[k].undone = q[k].undone || q[k].seq == row[i].undoes;
            continue;
        }
        q[kept++] = (struct question){ .seq = row[i].seq,
                                       .outcome = row[i].outcome,
                                       .topic = row[i].topic,
                                       .request = linked ? row[i].request : INT_NONE,
                                       .occurred_at = row[i].occurred_at };
    }
    *ret_question = q;
    *ret_n = kept;
    return OK;
}

static enum err undo(struct ctx *c, void *arg)
{
    struct tallying *t = arg;
    struct presence p;
    struct question *q, *last = NULL;
    struct sql_presence_question_insert_row added;
    size_t n;

    TRY(take_session(c, t->presence, &p));
    TRY(question_all(c, t->presence, &q, &n));
    for (size_t i = 0; i < n; i++)
        if (!q[i].undone)
            last = &q[i];
    if (last == NULL)
        return FAIL(E_CONFLICT, "%s", _("There is no question to take back."));
    if (text_is(last->outcome, QUESTION_REQUEST))
        return FAIL(E_CONFLICT, "%s", _("This question is a request now: close or correct the request."));
    struct sql_presence_question_insert_args row = { .presence = p.id,
                                                     .outcome = QUESTION_UNDONE,
                                                     .request = INT_NONE,
                                                     .undoes = last->seq,
                                                     .occurred_at = c->now,
                                                     .recorded_at = c->now,
                                                     .account = c->actor->account };
    TRY(sql_presence_question_insert(c, &row, &added));
    TRY(sql_presence_count(c, p.id));
    return presence_raise(c, p.id);
}

enum err question_undo(struct ctx *c, int64_t presence)
{
    struct tallying t = { .presence = presence };

    TRY(may(c, RIGHT_CONTACT));
    return db_tx(c, undo, &t);
}
