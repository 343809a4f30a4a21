// SPDX-License-Identifier: EUPL-1.2
/* What is read once for all readers (store/kept.h) is never older than what was written, and stays as it was
 * for who holds it. */
#include "store/kept.h"

#include "register/request.h"
#include "register/session.h"
#include "unit/test.h"

#include <pthread.h>

struct reading {
    int times;
    enum err fails;
};

static enum err count_teams(struct ctx *c, void *arg, void **ret_value)
{
    struct reading *r = arg;
    const struct config *k;
    int64_t *n;

    r->times++;
    if (r->fails != OK)
        return FAIL(r->fails, "%s", "");
    TRY(ctx_alloc(c, 1, sizeof *n, (void *)&n));
    config_changed(c);
    TRY(config_get(c, &k));
    *n = (int64_t)k->teams;
    *ret_value = n;
    return OK;
}

static enum err add_team(struct ctx *c, void *arg)
{
    int64_t id;

    return team_find_or_add(c, arg, &id);
}

static int64_t hold(struct ctx *c, struct reading *r, int64_t key, struct kept **ret_kept)
{
    struct kept_how how = { .key = &key, .key_len = sizeof key, .read = count_teams, .arg = r };
    void *value = NULL;

    if (!CHECK_INT(kept_hold(c, &how, ret_kept, &value), OK))
        return -1;
    return *(const int64_t *)value;
}

TEST(kept_is_read_once_until_something_is_written)
{
    struct ctx *c = test_begin("2024-01-03");
    bool sqlite = store_kind(db_store(c->db)) == DB_SQLITE;
    struct db *own = c->db, *db = NULL;
    struct reading r = { 0 };
    struct kept *first, *second, *other;
    struct store *s;

    CHECK(hold(c, &r, 1, &first) == 0 && first == NULL); /* no server: of this context alone */
    CHECK(store_open(c, test_url(c), false, &s) == OK && store_start_writer(c, s) == OK &&
          db_open(c, s, &db) == OK);
    c->db = db;
    r.times = 0;
    CHECK_INT(hold(c, &r, 1, &first), 0);
    CHECK_INT(hold(c, &r, 1, &second), 0);
    CHECK_INT(r.times, sqlite ? 1 : 2);
    CHECK(first == second && (first != NULL) == sqlite);
    kept_drop(c, second);
    char name[] = "North";
    CHECK_INT(db_tx(c, add_team, name), OK);
    CHECK_INT(hold(c, &r, 1, &second), 1);
    CHECK(!sqlite || second != first); /* who holds the old one keeps it */
    CHECK_INT(hold(c, &r, 2, &other), 1);
    CHECK_INT(r.times, sqlite ? 3 : 4);
    kept_drop(c, first);
    kept_drop(c, second);
    kept_drop(c, other);
    r.fails = E_BUSY;
    struct kept_how how = { .key = "no", .key_len = 2, .read = count_teams, .arg = &r };
    void *value;
    CHECK_INT(kept_hold(c, &how, &first, &value), E_BUSY);
    CHECK(first == NULL);
    err_clear(c);
    r.fails = OK;
    CHECK_INT(hold(c, &r, 2, &first), 1); /* a failure leaves what was there */
    CHECK_INT(r.times, sqlite ? 4 : 6);
    kept_drop(c, first);
    db_close(db);
    c->db = own;
    store_close(s);
    test_end(c);
}

struct reader {
    struct store *s;
    struct reading *r;
    int64_t got;
    bool kept;
};

static void *read_beside(void *arg)
{
    struct reader *w = arg;
    struct arena arena;
    struct ctx c;

    arena_init(&arena, 1 << 20);
    ctx_init(&c, &arena, LANG_EN);
    if (db_open(&c, w->s, &c.db) == OK) {
        struct kept *k = NULL;
        w->got = hold(&c, w->r, 7, &k);
        w->kept = k != NULL;
        kept_drop(&c, k);
        db_close(c.db);
    }
    arena_free(&arena);
    return NULL;
}

TEST(kept_is_read_once_by_all_who_ask_at_once)
{
    struct ctx *c = test_begin("2024-01-03");
    struct reader w[6];
    struct reading r = { 0 };
    pthread_t thread[6];
    struct store *s;

    if (store_kind(db_store(c->db)) != DB_SQLITE) /* there everybody reads alone */
        test_skip("SQLite alone");
    CHECK(store_open(c, test_url(c), false, &s) == OK && store_start_writer(c, s) == OK);
    for (int i = 0; i < 6; i++) {
        w[i] = (struct reader){ .s = s, .r = &r, .got = -1 };
        CHECK(pthread_create(&thread[i], NULL, read_beside, &w[i]) == 0);
    }
    for (int i = 0; i < 6; i++) {
        pthread_join(thread[i], NULL);
        CHECK(w[i].got == 0 && w[i].kept);
    }
    CHECK_INT(r.times, 1);
    store_close(s);
    test_end(c);
}
