// SPDX-License-Identifier: EUPL-1.2
/* Every page, comparison and file of every indicator, from the extract that follows the register and from the
 * register itself: the same bytes, for every reader, also after changes. */
#include "account/indicator.h"
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "register/demo.h"
#include "register/merge.h"
#include "register/request.h"
#include "register/session.h"
#include "unit/test.h"
#include "web/indicator.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

struct sides {
    struct ctx *c;
    struct extract_behind *live;
    struct indicators all;
    char days[200]; /* of a comparison */
    size_t pages, refused, bytes;
};

/* The page or file of an address; *ret_status what it came to. */
static void ask(struct sides *s, const char *id, const char *target, struct extract_behind *live,
                struct buf *ret_body, enum err *ret_e)
{
    const struct visitor v = { .extract = live };
    struct req r = { .method = METHOD_GET, .target = target, .visitor = &v };
    struct reply out = { 0 };
    struct ctx *c = s->c;

    CHECK_INT(req_decode(c, &r), OK);
    text_copy(r.ids.word, sizeof r.ids.word, id);
    reply_clear(&out);
    *ret_e = id[0] != '\0' ? web_indicator_get(c, &r, &out) : web_indicators_get(c, &r, &out);
    err_clear(c);
    *ret_body = out.body;
}

static void check_same(struct sides *s, const char *id, const char *query)
{
    struct arena_mark mark = arena_mark(s->c->arena);
    struct buf body[2] = { { 0 }, { 0 } };
    enum err e[2];
    char target[300];

    snprintf(target, sizeof target, "/indicators%s%s?%s", id[0] != '\0' ? "/" : "", id, query);
    ask(s, id, target, s->live, &body[0], &e[0]);
    ask(s, id, target, NULL, &body[1], &e[1]);
    CHECK_INT(e[0], e[1]);
    if (!CHECK(body[0].len == body[1].len && strcmp(buf_text(&body[0]), buf_text(&body[1])) == 0))
        fprintf(stderr, "  %s: other bytes\n", target);
    s->pages += e[0] == OK;
    s->refused += e[0] == E_NOT_FOUND || e[0] == E_FORBIDDEN;
    s->bytes += body[0].len;
    buf_free(&body[0]);
    buf_free(&body[1]);
    arena_release(s->c->arena, mark);
}

/* As this reader: the front page, and every step-th indicator with its comparison and file. */
static void walk(struct sides *s, enum role role, int64_t team, size_t from, size_t step)
{
    const struct actor *actor = s->c->actor;
    const struct scope *scope = s->c->scope;
    struct session session;
    size_t seen = 0;

    session_act_as(s->c, &session, role, team, INT_NONE);
    check_same(s, "", "period=12");
    check_same(s, "", "team=1");
    check_same(s, "", "period=12&format=csv");
    for (size_t i = 0; i < s->all.n; i++) {
        const struct part *p = &s->all.part[i];
        if (!p->first || !indicator_counts(&s->all, p, s->c->today) || seen++ % step != from)
            continue;
        check_same(s, p->row->id, s->days); /* the page, with two periods side by side */
        check_same(s, p->row->id, "period=12&format=csv");
    }
    s->c->actor = actor;
    s->c->scope = scope;
}

static void begin(struct sides *s)
{
    struct demo_options o = { .seed = 11, .scale = 0.1, .password = "not-a-secret-at-all" };
    struct demo_made made;
    char day[4][16];

    *s = (struct sides){ .c = test_begin("2024-07-01") };
    o.to = s->c->today - 1;
    o.from = o.to - 400;
    CHECK_INT(demo_make(s->c, &o, &made), OK);
    CHECK_INT(indicators_get(s->c, "", &s->all), OK);
    const int32_t at[] = { o.from + 30, o.from + 150, o.from + 151, o.to };
    for (size_t i = 0; i < COUNT(at); i++) {
        struct civil k = date_to_civil(at[i]);
        snprintf(day[i], sizeof day[i], "%d-%d-%d", k.day, k.month, k.year);
    }
    snprintf(s->days, sizeof s->days, "period=12&from=%s&to=%s&then_from=%s&then_to=%s", day[0], day[1],
             day[2], day[3]);
    s->live = extract_behind_start(db_store(s->c->db), NULL);
    CHECK(s->live != NULL);
}

static void end(struct sides *s)
{
    extract_behind_stop(s->live);
    test_end(s->c);
}

TEST(indicator_live_is_every_page_of_the_register)
{
    struct sides s;

    begin(&s);
    walk(&s, ROLE_QUALITY, INT_NONE, 0, 1);
    CHECK(s.pages >= 2 + CATALOGUE_INDICATORS);
    size_t pages = s.pages;
    walk(&s, ROLE_TEAM_LEAD, 1, 0, 1); /* who may take them out as a file */
    CHECK(s.pages - pages > 2 * (CATALOGUE_INDICATORS - 3));
    CHECK(s.bytes > 1000000);
    end(&s);
}

/* Nobody gets to see more: an account manager no small numbers, an intake worker nothing at all. */
TEST(indicator_live_is_the_same_for_every_reader)
{
    static const enum role role[] = { ROLE_TEAM_LEAD,       ROLE_SOCIAL_WORKER, ROLE_BOARD,
                                      ROLE_ACCOUNT_MANAGER, ROLE_DPO,           ROLE_INTAKE };
    struct sides s;

    begin(&s);
    for (size_t i = 0; i < COUNT(role); i++)
        walk(&s, role[i], i < 2 ? 1 : INT_NONE, i, 8);
    CHECK(s.pages > 30 && s.refused > 10);
    end(&s);
}

static size_t change(struct sides *s, const struct event *e, const char *note, int64_t first)
{
    size_t done = 0;

    for (int64_t id = first; id < first + 60 && done < 5; id++) {
        struct request_change ch = { .id = { id }, .version = -1, .e = *e, .note = note };
        done += request_change(s->c, &ch) == OK;
        err_clear(s->c);
    }
    return done;
}

/* Somebody asks again, and the two become one. */
static size_t join(struct sides *s)
{
    struct request_id id;
    struct request r;
    int64_t kept;
    size_t done = 0;

    for (int64_t one = 1; one < 60 && done < 2; one++) {
        if (request_get(s->c, (struct request_id){ one }, &r) != OK)
            continue;
        struct request_form f = { .person = r.person,
                                  .question = "The same again",
                                  .received = s->c->today,
                                  .channel = "phone",
                                  .route = "self",
                                  .neighbourhood = INT_NONE,
                                  .team = 1,
                                  .urgency = URGENCY_NORMAL,
                                  .safety_checked = true };
        if (!CHECK_INT(request_add(s->c, &f, &id), OK))
            return done;
        const struct merge_form m = { one, id.v, -1, -1, NULL };
        done += merge_add(s->c, &m, &kept) == OK;
        err_clear(s->c);
    }
    err_clear(s->c);
    return done;
}

TEST(indicator_live_follows_what_changes)
{
    struct event call = EVENT_NONE, closed = EVENT_NONE, undone = EVENT_NONE, worse = EVENT_NONE;
    size_t changed[5];
    struct sides s;

    begin(&s);
    walk(&s, ROLE_BOARD, INT_NONE, 0, 31);
    call.kind = KIND_CALL_REACHED;
    closed.kind = KIND_CLOSED;
    closed.reason = "helped";
    worse.kind = KIND_TRIAGED;
    worse.urgency = URGENCY_SOON;
    undone.kind = KIND_UNDONE;
    call.occurred_at = closed.occurred_at = worse.occurred_at = undone.occurred_at = s.c->now;
    changed[0] = change(&s, &call, "Called", 100);
    changed[1] = change(&s, &worse, "Worse", 60);
    walk(&s, ROLE_QUALITY, INT_NONE, 1, 9);
    changed[2] = change(&s, &closed, "Closed", 1);
    ctx_set_now(s.c, s.c->now + 3 * SECONDS_A_DAY); /* who waits has waited longer, appointments were */
    walk(&s, ROLE_QUALITY, INT_NONE, 2, 9);
    undone.number = 3;
    undone.occurred_at = s.c->now;
    changed[3] = change(&s, &undone, "A mistake", 1);
    changed[4] = join(&s);
    walk(&s, ROLE_QUALITY, INT_NONE, 3, 9);
    for (size_t i = 0; i < COUNT(changed); i++)
        if (!CHECK(changed[i] > 0))
            fprintf(stderr, "  change %zu\n", i);
    end(&s);
}
