// SPDX-License-Identifier: EUPL-1.2
#include "register/history.h"
#include "register/person.h"
#include "unit/test.h"

struct step {
    struct history_of what;
    struct happening h;
    int64_t version;
};

static enum err add(struct ctx *c, void *arg)
{
    struct step *s = arg;

    return history_add(c, &s->what, &s->h, &s->version);
}

static enum err keeper(struct ctx *c, void *arg)
{
    return person_add(c, &(struct identity){ 0 }, arg);
}

TEST(history_is_appended_with_both_times_and_a_sealed_note)
{
    struct ctx *c = test_begin("2024-03-05");
    const struct happening *h;
    int64_t person = INT_NONE;
    size_t n;

    CHECK(db_tx(c, keeper, &person) == OK);
    struct step s = { .what = { "callback", 7, person, -1 }, .h = HAPPENING_NONE };
    s.h.kind = "promised";
    s.h.occurred_at = c->now - 3600;
    s.h.note = "Zoon belt terug";
    CHECK(db_tx(c, add, &s) == OK);
    CHECK_INT(s.version, 1);
    s.h = HAPPENING_NONE;
    s.h.kind = "reached";
    s.what.seen = 1;
    CHECK(db_tx(c, add, &s) == OK);
    CHECK(history_all(c, &s.what, &h, &n) == OK && CHECK_INT((int64_t)n, 2));
    CHECK_STR(h[0].kind, "promised");
    CHECK_STR(h[0].note, "Zoon belt terug");
    CHECK_INT(h[0].recorded_at - h[0].occurred_at, 3600);
    CHECK_STR(h[1].kind, "reached");
    CHECK_INT(h[1].occurred_at, c->now);
    CHECK(h[1].note == NULL);
    test_end(c);
}

TEST(history_refuses_an_old_view_and_the_future)
{
    struct ctx *c = test_begin("2024-03-05");
    struct step s = { .what = { "callback", 7, INT_NONE, 0 }, .h = HAPPENING_NONE };

    s.h.kind = "promised";
    CHECK(db_tx(c, add, &s) == OK);
    CHECK(db_tx(c, add, &s) == E_CONFLICT); /* the view of before the first step */
    err_clear(c);
    s.what.seen = -1;
    s.h.occurred_at = c->now + 3600;
    CHECK(db_tx(c, add, &s) == E_INVALID);
    CHECK_STR(c->err.field, "date");
    err_clear(c);
    CHECK(db_script(c, "UPDATE history SET kind = 'x'", false) != OK);
    err_clear(c);
    test_end(c);
}
