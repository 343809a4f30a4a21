// SPDX-License-Identifier: EUPL-1.2
/* Promising a call-back, and what comes of it. */
#include "register/callback.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/call_round.h"
#include "register/callback_core.h"
#include "register/event.h"
#include "register/phone_number.h"
#include "register/right.h"

#include <string.h>

int32_t callback_due(const struct config *k, int64_t promised_at, int32_t by_day)
{
    return by_day != DAY_NONE
               ? by_day
               : calendar_add_working(&k->calendar, time_nl_day(promised_at), k->callback_days);
}

/* Name and number of someone who is not registered stand before the note. */
static enum err seal_text(struct ctx *c, int64_t keeper, const struct callback_promise *p,
                          struct blob *ret_sealed)
{
    const char *part[CALLBACK_PARTS] = { p->who.name, p->who.phone, p->note };
    struct buf b = { 0 };
    bool any = false;

    for (size_t i = 0; i < CALLBACK_PARTS; i++) {
        if (p->person == INT_NONE || i == CALLBACK_NOTE)
            buf_str(&b, part[i]);
        if (i + 1 < CALLBACK_PARTS)
            buf_char(&b, CALLBACK_SEPARATOR);
        any = any || !text_empty(part[i]);
    }
    *ret_sealed = (struct blob){ NULL, 0 };
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : OK;
    if (e == OK && any)
        e = note_seal(c, keeper, buf_text(&b), ret_sealed);
    buf_free(&b);
    return e;
}

enum err callback_put(struct ctx *c, const struct callback_promise *p, int64_t *ret_id)
{
    struct happening step = HAPPENING_NONE;
    struct sql_callback_insert_row added;
    int64_t keeper = p->person;
    struct blob text;

    if (keeper == INT_NONE)
        TRY(person_add(c, &(struct identity){ 0 }, &keeper));
    TRY(seal_text(c, keeper, p, &text));
    step.kind = "promised";
    step.occurred_at = p->promised_at == TIME_NONE ? c->now : p->promised_at;
    struct sql_callback_insert_args row = {
        p->person, keeper,           p->request, p->contact,
        p->missed, step.occurred_at, c->now,     c->actor->account,
        p->owner,  c->actor->team,   p->by_day,  text_empty(p->topic) ? NULL : p->topic,
        text
    };
    TRY(sql_callback_insert(c, &row, &added));
    struct history_of what = { "callback", added.id, keeper, 0 };
    TRY(history_add(c, &what, &step, NULL));
    *ret_id = added.id;
    return OK;
}

/* ── Promising one ────────────────────────────────────────────────────────────────────────────────────────
 */

struct promising {
    const struct callback_promise *p;
    int64_t id;
};

static enum err put_promise(struct ctx *c, void *arg)
{
    struct promising *g = arg;

    return callback_put(c, g->p, &g->id);
}

enum err callback_check(struct ctx *c, const struct callback_promise *p)
{
    struct identity who = p->who;

    if (p->person != INT_NONE) {
        TRY(person_visible(c, p->person));
        TRY(person_get(c, p->person, &who));
    }
    if (text_empty(who.phone) && p->missed == INT_NONE)
        return FAIL_FIELD("phone", "%s", _("Fill in the number that we can call back."));
    if (p->by_day != DAY_NONE && p->by_day < c->today)
        return FAIL_FIELD("by_day", "%s", _("This date is in the past."));
    if (p->promised_at != TIME_NONE && p->promised_at > c->now)
        return FAIL_FIELD("promised_at", "%s", _("This date is in the future."));
    return OK;
}

enum err callback_add(struct ctx *c, const struct callback_promise *p, int64_t *ret_id)
{
    struct promising g = { .p = p };

    TRY(may(c, RIGHT_CONTACT));
    TRY(callback_check(c, p));
    TRY(db_tx(c, put_promise, &g));
    *ret_id = g.id;
    return OK;
}

/* ── What came of it ──────────────────────────────────────────────────────────────────────────────────────
 */

static const struct {
    const char *kind;
    enum callback_state then;
} results[] = {
    [CALL_RESULT_REACHED] = { "reached", CALLBACK_REACHED },
    [CALL_RESULT_NOT_REACHED] = { "not_reached", CALLBACK_OPEN },
    [CALL_RESULT_UNREACHABLE] = { "unreachable", CALLBACK_UNREACHABLE },
    [CALL_RESULT_WITHDRAWN] = { "withdrawn", CALLBACK_WITHDRAWN },
};

/* The same call counts for the call round of the request that it belongs to. */
static enum err call_of_request(struct ctx *c, const struct sql_callback_get_row *b, bool reached)
{
    struct sql_request_get_row request;

    if (b->request == INT_NONE || !role_may(c->actor->role, RIGHT_CALL))
        return OK;
    enum err e = sql_request_get(c, b->request, &request);
    if (e == E_NOT_FOUND) { /* seen by someone else */
        err_clear(c);
        return OK;
    }
    TRY(e);
    if (!request.waiting)
        return OK;
    return call_add(c, &(struct call_form){ .request = { b->request },
                                            .version = -1,
                                            .reached = reached,
                                            .day = c->today,
                                            .next = DAY_NONE });
}

static enum err check_attempt(struct ctx *c, const struct callback_attempt *a,
                              const struct sql_callback_get_row *b)
{
    if (!text_is(b->state, callback_state_code(CALLBACK_OPEN)))
        return FAIL(E_CONFLICT, "%s", _("This call-back has been done already."));
    if (a->result == CALL_RESULT_UNREACHABLE && b->attempts < CALLBACK_ATTEMPTS)
        return FAIL_FIELD("result", "%s",
                          _("Try at least three times, on different days, before you end this call-back."));
    if (a->result == CALL_RESULT_WITHDRAWN && text_empty(a->note))
        return FAIL_FIELD("note", "%s", _("Write down why this call-back is no longer needed."));
    return OK;
}

static enum err put_attempt(struct ctx *c, void *arg)
{
    const struct callback_attempt *a = arg;
    struct happening step = HAPPENING_NONE;
    struct sql_callback_get_row b;
    int64_t version;

    TRY(sql_callback_get(c, c->scope->all, c->scope->team, c->actor->account, a->id, &b));
    TRY(check_attempt(c, a, &b));
    step.kind = results[a->result].kind;
    step.note = a->note;
    struct history_of what = { "callback", a->id, b.keeper, a->seen };
    TRY(history_add(c, &what, &step, &version));
    bool called = a->result == CALL_RESULT_REACHED || a->result == CALL_RESULT_NOT_REACHED;
    bool done = a->result != CALL_RESULT_NOT_REACHED;
    struct sql_callback_put_args row = { a->id,
                                         callback_state_code(results[a->result].then),
                                         b.attempts + (a->result == CALL_RESULT_NOT_REACHED),
                                         called ? c->now : b.tried_at,
                                         done ? c->now : TIME_NONE,
                                         b.owner,
                                         version };
    TRY(sql_callback_put(c, &row));
    return called ? call_of_request(c, &b, a->result == CALL_RESULT_REACHED) : OK;
}

enum err callback_try(struct ctx *c, const struct callback_attempt *a)
{
    struct callback_attempt copy = *a;

    TRY(may(c, RIGHT_CONTACT));
    return db_tx(c, put_attempt, &copy);
}

struct giving {
    int64_t id, seen, owner;
};

static enum err put_owner(struct ctx *c, void *arg)
{
    const struct giving *g = arg;
    struct happening step = HAPPENING_NONE;
    struct sql_callback_get_row b;
    int64_t version;

    TRY(sql_callback_get(c, c->scope->all, c->scope->team, c->actor->account, g->id, &b));
    if (!text_is(b.state, callback_state_code(CALLBACK_OPEN)))
        return FAIL(E_CONFLICT, "%s", _("This call-back has been done already."));
    step.kind = "given";
    step.number = g->owner;
    struct history_of what = { "callback", g->id, b.keeper, g->seen };
    TRY(history_add(c, &what, &step, &version));
    struct sql_callback_put_args row = {
        g->id, b.state, b.attempts, b.tried_at, b.done_at, g->owner, version
    };
    return sql_callback_put(c, &row);
}

enum err callback_give(struct ctx *c, int64_t id, int64_t seen, int64_t owner)
{
    struct giving g = { id, seen, owner };

    TRY(may(c, RIGHT_CONTACT));
    return db_tx(c, put_owner, &g);
}
