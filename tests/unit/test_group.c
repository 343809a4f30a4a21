// SPDX-License-Identifier: EUPL-1.2
#include "register/batch.h"
#include "register/group.h"
#include "unit/case_help.h"
#include "unit/test.h"

static int64_t add_group(struct case_test *t, int64_t capacity)
{
    static const char *const theme[] = { "money", "lonely" };
    struct group_form f = { .name = "Koffie en post",
                            .kind = "course",
                            .team = t->team,
                            .place = "De Vlonder",
                            .theme = theme,
                            .themes = COUNT(theme),
                            .capacity = capacity,
                            .starts = t->c->today,
                            .ends = t->c->today + 70 };
    int64_t id = 0;

    case_as(t, ROLE_SOCIAL_WORKER, t->worker);
    CHECK_INT(group_add(t->c, &f, &id), OK);
    return id;
}

static struct group get(struct case_test *t, int64_t id)
{
    struct group g = { 0 };

    CHECK_INT(group_get(t->c, id, &g), OK);
    return g;
}

TEST(group_as_a_bridge_never_stops_the_waiting)
{
    struct case_test t = case_begin();
    int64_t id = add_group(&t, 10), batch;
    struct request_id a = case_request(&t), b = case_request(&t), helped = case_talked(&t);
    int64_t both[] = { a.v, b.v };
    struct group_join j = { id, both, 2, t.c->today };
    struct participant *p;
    struct group_candidate *c;
    size_t n;
    int64_t others;

    struct group g = get(&t, id);
    CHECK_INT(group_candidates(t.c, &g, &c, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK(c[0].fits);
    CHECK_INT(group_join(t.c, &j, &batch), OK);
    struct request r = case_get(&t, a);
    CHECK(r.now.waiting);
    CHECK(r.now.started_at == TIME_NONE);
    CHECK_INT(group_join(t.c, &j, &batch), E_CONFLICT); /* they take part already */
    err_clear(t.c);
    /* who had a first talk takes part as help */
    struct group_join h = { id, &helped.v, 1, t.c->today };
    CHECK_INT(group_join(t.c, &h, &batch), OK);
    struct care k = case_care(&t, helped);
    CHECK_STR(k.played.main, "group");
    g = get(&t, id);
    CHECK_INT(g.joined, 3);
    CHECK_INT(group_people(t.c, &g, &p, &n, &others), OK);
    CHECK_INT((int64_t)n, 3);
    CHECK(p[0].bridge && p[1].bridge && !p[2].bridge);
    CHECK_STR(p[0].name, "Jan de Vries");
    CHECK_INT(group_candidates(t.c, &g, &c, &n), OK);
    CHECK_INT((int64_t)n, 0);
    test_end(t.c);
}

TEST(group_joining_in_bulk_can_be_undone)
{
    struct case_test t = case_begin();
    int64_t id = add_group(&t, 10), batch;
    struct request_id a = case_request(&t), b = case_request(&t);
    int64_t both[] = { a.v, b.v };
    struct group_join j = { id, both, 2, t.c->today };
    size_t n;

    CHECK_INT(group_join(t.c, &j, &batch), OK);
    CHECK_INT(get(&t, id).joined, 2);
    CHECK_INT(batch_undo(t.c, batch, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_INT(get(&t, id).joined, 0);
    struct request r = case_get(&t, a);
    struct in_group *in;
    CHECK_INT(group_of_request(t.c, &r, &in, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_INT(group_join(t.c, &j, &batch), OK); /* and they can be added again */
    CHECK_INT(get(&t, id).joined, 2);
    test_end(t.c);
}

TEST(group_is_full_or_over)
{
    struct case_test t = case_begin();
    int64_t id = add_group(&t, 1), batch;
    struct request_id a = case_request(&t), b = case_request(&t);
    int64_t both[] = { a.v, b.v };
    struct group_join j = { id, both, 2, t.c->today };

    CHECK_INT(group_join(t.c, &j, &batch), E_INVALID);
    CHECK_STR(t.c->err.field, "request");
    err_clear(t.c);
    CHECK_INT(get(&t, id).joined, 0); /* all or nobody */
    j.n = 0;
    CHECK_INT(group_join(t.c, &j, &batch), E_INVALID);
    err_clear(t.c);
    j.n = 1;
    case_later(&t, 100);
    CHECK_INT(group_join(t.c, &j, &batch), E_CONFLICT);
    test_end(t.c);
}

TEST(group_attendance_and_leaving)
{
    struct case_test t = case_begin();
    int64_t id = add_group(&t, 10), batch, others;
    struct request_id a = case_request(&t), b = case_request(&t);
    int64_t both[] = { a.v, b.v };
    struct group_join j = { id, both, 2, t.c->today };
    struct group_session *s;
    struct participant *p;
    size_t n;

    CHECK_INT(group_join(t.c, &j, &batch), OK);
    struct group g = get(&t, id);
    CHECK_INT(group_people(t.c, &g, &p, &n, &others), OK);
    case_later(&t, 7);
    struct attendance_form f = { id, t.c->today, &p[0].id, 1, 2 };
    CHECK_INT(attendance_add(t.c, &f), OK);
    CHECK_INT(attendance_add(t.c, &f), OK); /* the same day again is a correction */
    struct group_leave l = { id, p[1].id, t.c->today, "stopped" };
    CHECK_INT(group_leave(t.c, &l), OK);
    CHECK_INT(group_leave(t.c, &l), E_CONFLICT);
    err_clear(t.c);
    case_later(&t, 7);
    f.day = t.c->today;
    CHECK_INT(attendance_add(t.c, &f), OK);
    CHECK_INT(group_sessions(t.c, id, &s, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_INT(s[0].absent, 0); /* who left does not count any more */
    CHECK_INT(s[1].absent, 1);
    CHECK_INT(s[1].guests, 2);
    CHECK(case_get(&t, b).now.waiting);
    g = get(&t, id);
    CHECK_INT(g.ended, 1);
    f.day = g.ends + 1;
    CHECK_INT(attendance_add(t.c, &f), E_INVALID);
    test_end(t.c);
}

TEST(group_two_people_at_once_get_a_conflict)
{
    struct case_test t = case_begin();
    int64_t id = add_group(&t, 10);
    struct group g = get(&t, id);
    struct group_form f = { .name = "Anders",
                            .kind = "course",
                            .team = INT_NONE,
                            .place = "De Spoel",
                            .capacity = 8,
                            .starts = g.starts,
                            .ends = g.ends };

    CHECK_INT(group_change(t.c, id, g.version, &f, false), OK);
    CHECK_INT(group_change(t.c, id, g.version, &f, true), E_CONFLICT);
    err_clear(t.c);
    CHECK_STR(get(&t, id).name, "Anders");
    f.capacity = 0;
    CHECK_INT(group_change(t.c, id, g.version + 1, &f, false), E_INVALID);
    CHECK_STR(t.c->err.field, "capacity");
    err_clear(t.c);
    case_as(&t, ROLE_QUALITY, INT_NONE);
    CHECK_INT(group_change(t.c, id, g.version + 1, &f, false), E_FORBIDDEN);
    test_end(t.c);
}
