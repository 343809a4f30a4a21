// SPDX-License-Identifier: EUPL-1.2
/* Taking back: one event by a KIND_UNDONE, an action on many by its batch, a form that is sent twice. */
#include "register/batch.h"
#include "register/integrity.h"
#include "register/request.h"
#include "register/session.h"
#include "unit/asked.h"
#include "unit/test.h"

static struct request_id add(struct ctx *c, const char *name)
{
    struct request_form f = asked(c);

    f.who.name = name;
    f.question = "Geldzorgen";
    return asked_add(c, &f);
}

static struct request_change change(struct ctx *c, struct request_id id, enum kind kind)
{
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };

    ch.e.kind = kind;
    ch.e.occurred_at = c->now;
    return ch;
}

static enum err undo_one(struct ctx *c, struct request_id id, int64_t seq)
{
    struct request_change ch = change(c, id, KIND_UNDONE);

    ch.e.number = seq;
    return request_change(c, &ch);
}

TEST(batch_undone_event_leaves_everything_as_before)
{
    struct ctx *c = test_begin("2024-03-05");
    struct request_id id = add(c, "Jan de Vries");
    struct request before, after;
    int64_t seq;

    CHECK(request_get(c, id, &before) == OK);
    struct request_change talk = change(c, id, KIND_FIRST_TALK);
    talk.note = "Op het verkeerde dossier";
    CHECK(request_append(c, &talk, &seq) == OK);
    CHECK(undo_one(c, id, seq) == OK);
    CHECK(request_get(c, id, &after) == OK);
    CHECK_INT(after.now.state, before.now.state);
    CHECK_INT(after.now.started_at, TIME_NONE);
    CHECK_INT(after.now.heard_at, before.now.heard_at);
    CHECK(after.now.waiting);
    CHECK_INT((int64_t)after.events, (int64_t)before.events + 2); /* both stay to be seen */
    /* taking back the taking back: the talk counts again */
    CHECK(undo_one(c, id, seq + 1) == OK);
    CHECK(request_get(c, id, &after) == OK);
    CHECK_INT(after.now.started_at, c->now);
    struct integrity r;
    CHECK(integrity_check(c, &r) == OK);
    CHECK_INT(r.different, 0);
    test_end(c);
}

TEST(batch_what_cannot_be_taken_back_is_refused)
{
    struct ctx *c = test_begin("2024-03-05");
    struct request_id id = add(c, "Jan de Vries");
    int64_t paused;
    struct request_change pause = change(c, id, KIND_PAUSED), resume = change(c, id, KIND_RESUMED);

    CHECK(undo_one(c, id, 1) == E_CONFLICT); /* that someone asked stays true */
    err_clear(c);
    CHECK(undo_one(c, id, 99) == E_CONFLICT);
    err_clear(c);
    CHECK(request_append(c, &pause, &paused) == OK);
    CHECK(request_change(c, &resume) == OK);
    CHECK(undo_one(c, id, paused) == E_CONFLICT); /* the end of the pause depends on it */
    err_clear(c);
    test_end(c);
}

struct bulk {
    struct request_id id[3];
    int64_t batch;
};

static enum err list_all(struct ctx *c, void *arg)
{
    struct bulk *b = arg;
    int64_t seq;

    TRY(batch_begin(c, "call_list", &b->batch));
    for (size_t i = 0; i < COUNT(b->id); i++) {
        struct request_change ch = change(c, b->id[i], KIND_CALL_LISTED);
        TRY(request_append(c, &ch, &seq));
        TRY(batch_put(c, b->batch, b->id[i].v, seq));
    }
    return OK;
}

TEST(batch_takes_back_all_or_nothing)
{
    struct ctx *c = test_begin("2024-03-05");
    struct bulk b = { .id = { add(c, "A"), add(c, "B"), add(c, "C") } };
    struct request r;
    bool can = false;
    size_t n;

    CHECK(db_tx(c, list_all, &b) == OK);
    CHECK(batch_can_undo(c, b.batch, &can) == OK && can);
    CHECK(batch_undo(c, b.batch, &n) == OK && n == 3);
    for (size_t i = 0; i < COUNT(b.id); i++)
        CHECK(request_get(c, b.id[i], &r) == OK && !r.now.listed);
    CHECK(batch_undo(c, b.batch, &n) == E_CONFLICT); /* once */
    err_clear(c);
    CHECK(batch_can_undo(c, b.batch, &can) == OK && !can);
    CHECK(db_tx(c, list_all, &b) == OK);
    ctx_set_now(c, c->now + 11 * 3600);
    CHECK(batch_undo(c, b.batch, &n) == E_CONFLICT); /* the next day */
    err_clear(c);
    CHECK(batch_undo(c, 12345, &n) == E_NOT_FOUND);
    err_clear(c);
    test_end(c);
}

static enum err count_up(struct ctx *c, void *arg)
{
    struct request_id *id = arg;
    struct request_change ch = change(c, *id, KIND_NOTE);

    return request_change(c, &ch);
}

TEST(batch_form_that_is_sent_twice_counts_once)
{
    struct ctx *c = test_begin("2024-03-05");
    struct request_id id = add(c, "Jan de Vries");
    struct request r;

    CHECK(request_get(c, id, &r) == OK);
    size_t before = r.events;
    c->once = "token-of-one-form";
    CHECK(db_tx(c, count_up, &id) == OK);
    c->once = "token-of-one-form";
    CHECK(db_tx(c, count_up, &id) == E_TWICE);
    err_clear(c);
    /* a form that failed can be sent again */
    struct request_id nobody = { 999 };
    c->once = "another-form";
    CHECK(db_tx(c, count_up, &nobody) == E_NOT_FOUND);
    err_clear(c);
    CHECK_STR(c->once, "another-form");
    CHECK(db_tx(c, count_up, &id) == OK);
    c->once = NULL;
    CHECK(request_get(c, id, &r) == OK);
    CHECK_INT((int64_t)r.events, (int64_t)before + 2);
    test_end(c);
}
