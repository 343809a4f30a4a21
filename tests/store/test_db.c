// SPDX-License-Identifier: EUPL-1.2
#include "base/rng.h"
#include "register/config.h"
#include "register/session.h"
#include "store/migrate.h"
#include "store/sql.h"
#include "store/vault.h"
#include "unit/test.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err add_team(struct ctx *c, void *arg)
{
    struct sql_team_insert_row row;

    return sql_team_insert(c, arg, &row);
}

static enum err add_two_then_fail(struct ctx *c, void *arg)
{
    TRY(add_team(c, arg));
    return FAIL(E_INVALID, "%s", "on purpose");
}

static size_t teams(struct ctx *c)
{
    struct sql_team_all_row *row;
    size_t n = 999;

    return sql_team_all(c, &row, &n) == OK ? n : 999;
}

TEST(db_a_failed_transaction_leaves_nothing)
{
    struct ctx *c = test_begin("2024-01-03");
    char one[] = "one";

    CHECK(db_tx(c, add_two_then_fail, one) == E_INVALID);
    err_clear(c);
    CHECK_INT((int64_t)teams(c), 0);
    CHECK(db_tx(c, add_team, one) == OK);
    CHECK(db_tx(c, add_team, one) == E_CONFLICT);
    err_clear(c);
    CHECK_INT((int64_t)teams(c), 1);
    test_end(c);
}

static enum err add_hostile(struct ctx *c, void *arg)
{
    const char *const *text = arg;

    for (size_t i = 0; text[i] != NULL; i++) {
        struct sql_team_insert_row row;
        TRY(sql_team_insert(c, text[i], &row));
    }
    return OK;
}

TEST(db_texts_come_back_as_they_went_in)
{
    static const char *text[] = {
        "'; DROP TABLE team; --", "$1 ?1 :a @b", "naïve \"quoted\" \\ back", "表 😀", " ", "%_", NULL
    };
    struct ctx *c = test_begin("2024-01-03");
    struct sql_team_all_row *row;
    size_t n;

    CHECK(db_tx(c, add_hostile, (void *)text) == OK);
    CHECK(sql_team_all(c, &row, &n) == OK);
    CHECK_INT((int64_t)n, 6);
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        for (size_t k = 0; text[k] != NULL; k++)
            found = found || strcmp(text[k], row[i].name) == 0;
        CHECK(found);
    }
    test_end(c);
}

static enum err change_event(struct ctx *c, void *arg)
{
    (void)arg;
    return db_script(c, "UPDATE event SET kind = 'closed'", false);
}

static enum err add_request_rows(struct ctx *c, void *arg)
{
    struct sql_request_insert_args r = { .person = INT_NONE,
                                         .received_at = c->now,
                                         .recorded_at = c->now,
                                         .neighbourhood = INT_NONE,
                                         .source = INT_NONE };
    struct sql_event_insert_args e = { .seq = 1,
                                       .kind = "registered",
                                       .occurred_at = c->now,
                                       .recorded_at = c->now,
                                       .account = INT_NONE,
                                       .team = INT_NONE,
                                       .worker = INT_NONE,
                                       .urgency = INT_NONE,
                                       .until = TIME_NONE };
    struct sql_request_insert_row added;

    (void)arg;
    TRY(sql_request_insert(c, &r, &added));
    e.request = added.id;
    return sql_event_insert(c, &e);
}

TEST(db_events_cannot_be_changed_or_deleted)
{
    struct ctx *c = test_begin("2024-01-03");

    CHECK(db_tx(c, add_request_rows, NULL) == OK);
    CHECK(db_tx(c, change_event, NULL) != OK);
    err_clear(c);
    CHECK(db_script(c, "DELETE FROM event", false) != OK);
    err_clear(c);
    CHECK(db_script(c, "DELETE FROM request", false) != OK);
    test_end(c);
}

/* Every statement prepares and runs on this engine, with nothing known but zeros. */
TEST(db_every_statement_runs)
{
    struct ctx *c = test_begin("2024-01-03");

    for (size_t i = 0; i < SQL_IDS; i++) {
        union sql_value value[64];
        const struct sql_statement *s = sql_all[i];
        CHECK_INT(s->id, (int64_t)i);
        memset(value, 0, sizeof value);
        for (int k = 0; k < s->params; k++) {
            if (s->param[k] == SQL_REAL)
                value[k].r = (double)NAN;
            else if (s->param[k] == SQL_DATE || s->param[k] == SQL_TIME)
                value[k].i = INT_NONE;
        }
        enum err e = db_run(c, s, value);
        /* NULL may break a constraint, which proves that it ran; anything else is a fault in the statement */
        bool constraint =
            e == E_DB &&
            (strstr(c->err.text, "NOT NULL") != NULL || strstr(c->err.text, "not-null") != NULL ||
             strstr(c->err.text, "FOREIGN KEY") != NULL || strstr(c->err.text, "foreign key") != NULL ||
             strstr(c->err.text, "null value") != NULL);
        if (!CHECK(e == OK || constraint))
            fprintf(stderr, "%s: %s\n", s->name, c->err.text);
        err_clear(c);
    }
    test_end(c);
}

TEST(vault_identity_needs_its_own_key)
{
    struct ctx *c = test_begin("2024-01-03");
    struct identity {
        int64_t a, b;
    } id = { 1, 2 };
    struct blob sealed, other;
    const char *text;

    CHECK(vault_add_key(c, id.a) == OK && vault_add_key(c, id.b) == OK);
    CHECK(vault_seal(c, id.a, "Fatima el Amrani", &sealed) == OK);
    CHECK(vault_open(c, id.a, sealed, &text) == OK);
    CHECK_STR(text, "Fatima el Amrani");
    CHECK(vault_open(c, id.b, sealed, &text) == E_CORRUPT);
    err_clear(c);
    for (size_t i = 0; i < sealed.len; i++) { /* every single bit matters */
        unsigned char *copy = (unsigned char *)arena_copy(c->arena, sealed.data, sealed.len);
        copy[i] ^= 1;
        other = (struct blob){ copy, sealed.len };
        CHECK(vault_open(c, id.a, other, &text) == E_CORRUPT);
        err_clear(c);
    }
    for (size_t n = 0; n < sealed.len; n++) {
        CHECK(vault_open(c, id.a, (struct blob){ sealed.data, n }, &text) == E_CORRUPT);
        err_clear(c);
    }
    CHECK(vault_open(c, 99, sealed, &text) == E_NOT_FOUND);
    test_end(c);
}

TEST(vault_key_file_must_be_private)
{
    struct ctx *c = test_begin("2024-01-03");
    struct store *s = NULL;
    char path[1400];

    if (store_kind(db_store(c->db)) != DB_SQLITE) {
        test_end(c);
        test_skip("the key file of PostgreSQL is named by PEIL_KEY_FILE");
    }
    snprintf(path, sizeof path, "%s.key", test_url(c));
    CHECK(chmod(path, 0644) == 0);
    CHECK(store_open(c, test_url(c), false, &s) == E_IO);
    err_clear(c);
    CHECK(chmod(path, 0600) == 0);
    CHECK(store_open(c, test_url(c), false, &s) == OK);
    store_close(s);
    test_end(c);
}

/* A copy without the key store is refused, and gets none: an empty one would make everybody look erased. */
static void without_key_file(struct ctx *c)
{
    struct store *s = NULL;
    char path[1400], away[1410];

    snprintf(path, sizeof path, "%s.keys", test_url(c));
    snprintf(away, sizeof away, "%s.away", path);
    CHECK(rename(path, away) == 0);
    CHECK(store_open(c, test_url(c), false, &s) == E_IO);
    CHECK(strstr(c->err.text, path) != NULL && strstr(c->err.text, "back-up of the keys") != NULL);
    CHECK(access(path, F_OK) != 0);
    err_clear(c);
    CHECK(rename(away, path) == 0);
    CHECK(store_open(c, test_url(c), false, &s) == OK);
    store_close(s);
}

/* The store without its table: on PostgreSQL a schema that was not put back, in a file an empty one. */
static void without_key_table(struct ctx *c, const char *lose, const char *put_back)
{
    struct sql_key_store_row keys;

    CHECK_INT(db_script(c, lose, true), OK);
    CHECK_INT(migrate(c), E_IO);
    CHECK(strstr(c->err.text, "person_key") != NULL && strstr(c->err.text, "back-up of the keys") != NULL);
    err_clear(c);
    CHECK_INT(sql_key_store(c, &keys), OK);
    CHECK(!keys.found); /* and none was made */
    CHECK_INT(db_script(c, put_back, true), OK);
    CHECK_INT(migrate(c), OK);
}

TEST(vault_key_store_must_be_there)
{
    struct ctx *c = test_begin("2024-01-03");
    bool postgres = store_kind(db_store(c->db)) == DB_POSTGRES;
    const char *name;
    struct blob box;

    CHECK_INT(vault_add_key(c, 1), OK);
    CHECK_INT(vault_seal(c, 1, "Jan Jansen", &box), OK);
    if (!postgres)
        without_key_file(c);
    if (postgres)
        without_key_table(c, "ALTER SCHEMA public_keys RENAME TO away",
                          "ALTER SCHEMA away RENAME TO public_keys");
    else
        without_key_table(c, "ALTER TABLE person_key RENAME TO away",
                          "ALTER TABLE away RENAME TO person_key");
    CHECK_INT(vault_open(c, 1, box, &name), OK);
    CHECK_STR(name, "Jan Jansen");
    test_end(c);
}

/* Many threads, one writer: every transaction that was acknowledged is there, and a failing one harms nobody.
 */
struct load {
    struct store *store;
    int number, acknowledged;
};

static enum err add_setting(struct ctx *c, void *arg)
{
    const char *name = arg;

    TRY(sql_setting_put(c, name, "1"));
    if (strchr(name, '7') != NULL)
        return FAIL(E_INVALID, "%s", "on purpose");
    return OK;
}

static void *write_many(void *arg)
{
    struct load *l = arg;
    struct arena a;
    struct ctx c;
    char name[40];

    arena_init(&a, 8u << 20);
    ctx_init(&c, &a, LANG_EN);
    if (db_open(&c, l->store, &c.db) != OK)
        return NULL;
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "t%c-%d", 'a' + l->number, i);
        enum err e = db_tx(&c, add_setting, name);
        l->acknowledged += e == OK;
        err_clear(&c);
    }
    db_close(c.db);
    arena_free(&a);
    return NULL;
}

TEST(db_writer_groups_and_isolates)
{
    struct ctx *c = test_begin("2024-01-03");
    struct load load[8];
    pthread_t thread[8];
    struct store *s;
    struct sql_setting_all_row *row;
    size_t n;
    int want = 0;

    CHECK(store_open(c, test_url(c), false, &s) == OK);
    CHECK(store_start_writer(c, s) == OK);
    uint64_t before = store_commits(s);
    for (int i = 0; i < 8; i++) {
        load[i] = (struct load){ s, i, 0 };
        pthread_create(&thread[i], NULL, write_many, &load[i]);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(thread[i], NULL);
        want += load[i].acknowledged;
    }
    CHECK(store_commits(s) > before);
    store_close(s);
    CHECK_INT(want, 8 * 36); /* 40 each, without 7, 17, 27 and 37 */
    CHECK(sql_setting_all(c, &row, &n) == OK);
    CHECK_INT((int64_t)n, want);
    test_end(c);
}

/* On both data bases: what a page writes goes through db_tx, or nobody would hear of the commit. */
TEST(db_reader_refuses_to_write_outside_a_transaction)
{
    struct ctx *c = test_begin("2024-01-03");
    struct sql_setting_all_row *row;
    struct db *own = c->db, *reader;
    struct store *s;
    char name[] = "t-1";
    size_t n;

    CHECK(store_open(c, test_url(c), false, &s) == OK && store_start_writer(c, s) == OK);
    if (CHECK(db_open(c, s, &reader) == OK)) {
        c->db = reader;
        CHECK_INT(sql_setting_put(c, name, "1"), E_DB);
        CHECK(strstr(c->err.text, "setting_put") != NULL);
        err_clear(c);
        CHECK_INT(db_tx(c, add_setting, name), OK);
        CHECK(sql_setting_all(c, &row, &n) == OK && n == 1);
        c->db = own;
        db_close(reader);
    }
    store_close(s);
    test_end(c);
}
