// SPDX-License-Identifier: EUPL-1.2
#include "base/rng.h"
#include "register/integrity.h"
#include "unit/case_help.h"
#include "unit/test.h"

#include <string.h>

#define DAY(n) ((int64_t)(n)*SECONDS_A_DAY)

static struct event at(enum kind kind, int64_t seq, int64_t object, int64_t number)
{
    struct event e = EVENT_NONE;

    e.kind = kind;
    e.seq = seq;
    e.occurred_at = DAY(seq);
    e.object = object;
    e.number = number;
    return e;
}

/* Three lines 1, 2, 3 that start at events 3, 4, 5. */
static struct care_played play(struct event *more, size_t n, struct line_played line[3])
{
    static const char *const kind[] = { "team", "general", "specialist" };
    struct event event[20] = { at(KIND_REGISTERED, 1, INT_NONE, INT_NONE),
                               at(KIND_FIRST_TALK, 2, INT_NONE, INT_NONE) };
    struct care_played out;

    for (size_t i = 0; i < n; i++)
        event[i + 2] = more[i];
    for (int i = 0; i < 3; i++)
        line[i] = (struct line_played){ .id = i + 1, .seq = i + 3, .kind = kind[i] };
    care_play(event, n + 2, line, 3, NULL, 0, &out);
    return out;
}

TEST(care_the_first_line_is_the_main_line_until_another_is_named)
{
    struct event e[] = { at(KIND_HELP_STARTED, 3, INT_NONE, 0), at(KIND_HELP_STARTED, 4, INT_NONE, 0),
                         at(KIND_HELP_STARTED, 5, INT_NONE, 1), at(KIND_MAIN_LINE, 6, 2, INT_NONE),
                         at(KIND_HELP_ENDED, 7, 2, INT_NONE),   at(KIND_HELP_ENDED, 8, 1, INT_NONE),
                         at(KIND_HELP_ENDED, 9, 3, INT_NONE) };
    static const char *const main[] = { "team", "team",       "specialist", "general",
                                        "team", "specialist", "specialist" };
    static const size_t open[] = { 1, 2, 3, 3, 2, 1, 0 };
    struct line_played line[3];

    for (size_t n = 1; n <= COUNT(e); n++) {
        struct care_played p = play(e, n, line);
        CHECK_STR(p.main, main[n - 1]);
        CHECK_INT((int64_t)p.open, (int64_t)open[n - 1]);
        CHECK_INT(line[0].main + line[1].main + line[2].main, 1);
    }
}

/* Whatever happens: while help runs exactly one open line is the main line. */
TEST(care_always_has_one_main_line_while_help_runs)
{
    struct rng r;

    rng_seed(&r, 7);
    for (int round = 0; round < 2000; round++) {
        struct event e[12];
        struct line_played line[3];
        size_t n = 0;
        for (int64_t seq = 3; seq < 15; seq++) {
            int64_t id = 1 + (int64_t)(rng_next(&r) % 3);
            enum kind kind = seq < 6                 ? KIND_HELP_STARTED
                             : rng_next(&r) % 2 == 0 ? KIND_MAIN_LINE
                                                     : KIND_HELP_ENDED;
            e[n] = at(kind, seq, kind == KIND_HELP_STARTED ? INT_NONE : id, (int64_t)(rng_next(&r) % 2));
            e[n].undone = rng_next(&r) % 6 == 0;
            n++;
        }
        struct care_played p = play(e, n, line);
        size_t mains = 0, open = 0;
        for (int i = 0; i < 3; i++) {
            bool runs = !line[i].undone && line[i].started_at != TIME_NONE && line[i].ended_at == TIME_NONE;
            open += runs;
            mains += runs && line[i].main;
        }
        CHECK_INT((int64_t)p.open, (int64_t)open);
        CHECK_INT((int64_t)mains, open > 0);
    }
}

TEST(care_direct_help_is_decided_by_one_rule)
{
    static const struct {
        bool talked, planned;
        const char *main, *reason, *direct;
    } rule[] = {
        { true, true, "team", "helped", "yes" },      { true, true, "group", "helped", "yes" },
        { true, true, "informal", "helped", "no" },   { true, true, "general", "helped", "no" },
        { true, true, "specialist", "helped", "no" }, { true, true, "elsewhere", "elsewhere", "no" },
        { true, true, NULL, "helped", "yes" },        { true, false, NULL, "helped", "yes" },
        { true, false, NULL, "withdrawn", "none" },   { true, true, NULL, "moved", "none" },
        { false, false, NULL, "solved", "none" },     { false, false, NULL, "helped", "none" },
        { true, false, "team", "withdrawn", "yes" },
    };

    for (size_t i = 0; i < COUNT(rule); i++) {
        struct care_played p = { .talked = rule[i].talked, .planned = rule[i].planned, .main = rule[i].main };
        CHECK_STR(direct_by_rule(&p, rule[i].reason), rule[i].direct);
    }
}

TEST(care_main_line_at_plan_and_at_closing_are_both_kept)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct closing z;
    bool found;

    int64_t own = case_line(&t, id, "team");
    int64_t special = case_line(&t, id, "specialist");
    CHECK_INT(line_make_main(t.c, id, -1, special), OK);
    case_later(&t, 70);
    struct closing_form f = case_closing_form(&t, id);
    CHECK_INT(closing_add(t.c, &f), OK);
    struct request r = case_get(&t, id);
    CHECK_INT(closing_get(t.c, &r, &z, &found), OK);
    CHECK(found);
    CHECK_STR(z.main_planned, "team");
    CHECK_STR(z.main_closed, "specialist");
    CHECK_STR(z.direct, "no");
    struct care k = case_care(&t, id);
    CHECK_INT((int64_t)k.played.open, 0);
    CHECK(k.line[0].id == own && k.line[0].ended_at != TIME_NONE);
    test_end(t.c);
}

/* What is stored follows from the events, also after one was taken back. */
TEST(care_is_checked_and_follows_what_is_taken_back)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct integrity check;

    case_line(&t, id, "general");
    struct request r = case_get(&t, id);
    struct request_change undo = { .id = id, .version = -1, .e = EVENT_NONE };
    undo.e.kind = KIND_UNDONE;
    undo.e.occurred_at = t.c->now;
    for (size_t i = 0; i < r.events; i++)
        if (r.event[i].e.kind == KIND_HELP_STARTED)
            undo.e.number = r.event[i].e.seq;
    CHECK_INT((int64_t)case_care(&t, id).played.open, 1);
    CHECK_INT(request_change(t.c, &undo), OK);
    struct care k = case_care(&t, id);
    CHECK_INT((int64_t)k.played.open, 0);
    CHECK(k.line[0].undone);
    CHECK(k.played.referred_at == TIME_NONE);
    case_as(&t, ROLE_SYSTEM, INT_NONE);
    CHECK_INT(integrity_check(t.c, &check), OK);
    CHECK_INT(check.different, 0);
    CHECK_INT(db_script(t.c, "UPDATE care SET main = 'group'", false), OK);
    CHECK_INT(integrity_check(t.c, &check), OK);
    CHECK_INT(check.different, 1);
    test_end(t.c);
}

/* The content of a case is for its worker: a colleague, intake and quality write nothing in it. */
TEST(care_is_written_only_by_who_works_on_the_case)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    struct plan_form f = case_plan_form(&t, id);
    struct told_form heavy = { .request = id, .seen = -1, .day = t.c->today, .carer = "heavy" };
    struct talk *talk;
    size_t n;

    CHECK_INT(told_add(t.c, &heavy), OK);
    struct request own = case_get(&t, id);
    CHECK_STR(told_of(&own).carer, "heavy");

    case_as(&t, ROLE_SOCIAL_WORKER, t.other_worker);
    CHECK_INT(plan_add(t.c, &f), E_FORBIDDEN);
    CHECK(strstr(t.c->err.text, "reason") != NULL);
    err_clear(t.c);
    struct request r = case_get(&t, id);
    CHECK(!r.content);
    CHECK_INT(talk_all(t.c, &r, &talk, &n), OK);
    CHECK_INT((int64_t)n, 0);
    for (size_t i = 0; i < r.events; i++)
        CHECK(r.event[i].e.kind != KIND_FIRST_TALK || (r.event[i].note == NULL && r.event[i].withheld));
    /* nor how the carer is doing */
    struct told told = told_of(&r);
    CHECK(told.carer == NULL);
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        case_as(&t, (enum role)role, INT_NONE);
        CHECK_INT(plan_add(t.c, &f), E_FORBIDDEN);
        err_clear(t.c);
    }
    case_as(&t, ROLE_SOCIAL_WORKER, t.worker);
    CHECK_INT(plan_add(t.c, &f), OK);
    test_end(t.c);
}
