// SPDX-License-Identifier: EUPL-1.2
/* How long the pages of the figures take to make over one register after each commit, in time of the
 * processor: from the register, and from the extract that follows it. Both must be the same bytes.
 *     bench_figures REGISTER */
#include "base/date.h"
#include "base/text.h"
#include "register/request.h"
#include "register/session.h"
#include "store/sql.h"
#include "web/indicator.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define MEMORY ((size_t)4 << 30)
enum { TURNS = 3 };

static double milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static enum err make(struct ctx *c, struct extract_behind *live, const char *key, struct buf *out,
                     double *ret_ms)
{
    struct arena_mark mark = arena_mark(c->arena);
    double begin = milliseconds();

    buf_clear(out);
    enum err e = indicators_make(c, live, key, out);
    *ret_ms = milliseconds() - begin;
    arena_release(c->arena, mark);
    return e;
}

/* A note with the first request that takes one: a commit that changes no figure much, but may change any. */
static enum err commit(struct ctx *c, int64_t id)
{
    struct request_change ch = { .id = { id }, .version = -1, .e = EVENT_NONE };

    ch.e.kind = KIND_CALL_REACHED;
    ch.e.occurred_at = c->now;
    ch.note = "Bench";
    return request_change(c, &ch);
}

static enum err page(struct ctx *c, struct extract_behind *live, const char *name, const char *key)
{
    struct buf whole = { 0 }, followed = { 0 };
    double best[2] = { 1e9, 1e9 }, ms;
    bool same = true;

    for (int i = 0; i < TURNS; i++) {
        for (int64_t id = 1; commit(c, id) != OK && id < 100000; id++)
            err_clear(c);
        TRY(make(c, live, key, &followed, &ms));
        best[1] = ms < best[1] ? ms : best[1];
        TRY(make(c, NULL, key, &whole, &ms));
        best[0] = ms < best[0] ? ms : best[0];
        same = same && text_is(buf_text(&whole), buf_text(&followed));
    }
    printf("%-10s from the register %7.0f ms, from the extract %7.0f ms%s\n", name, best[0], best[1],
           same ? "" : ", OTHER BYTES");
    buf_free(&whole);
    buf_free(&followed);
    return same ? OK : FAIL(E_CORRUPT, "%s", name);
}

static enum err run(struct ctx *c, struct store *store)
{
    static const char *const id[] = { "T1", "T4", "W1", "W4", "H1", "K1", "K3", "D3" };
    struct extract_behind *live = extract_behind_start(store, NULL);
    struct session session;
    char key[BEHIND_KEY], one[BEHIND_KEY];

    session_act_as(c, &session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    indicators_first_key(c, ROLE_QUALITY, false, key);
    TRY(page(c, live, "front page", key));
    indicators_first_key(c, ROLE_QUALITY, true, key);
    TRY(page(c, live, "today", key));
    for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
        indicators_first_key(c, ROLE_QUALITY, false, key);
        key[0] = 'p';
        snprintf(one, sizeof one, "%.*s%s", (int)strlen(key) - 1, key, id[i]);
        TRY(page(c, live, id[i], one));
    }
    extract_behind_stop(live);
    return OK;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct store *store;
    struct ctx c;

    if (argc < 2)
        return fprintf(stderr, "bench_figures REGISTER\n"), 2;
    arena_init(&arena, MEMORY);
    ctx_init(&c, &arena, LANG_NL);
    enum err e = store_open(&c, argv[1], false, &store);
    if (e == OK)
        e = db_open(&c, store, &c.db);
    if (e == OK)
        e = run(&c, store);
    if (e != OK)
        return fprintf(stderr, "%s (%s)\n", c.err.text, c.err.trace), 1;
    db_close(c.db);
    store_close(store);
    return 0;
}
