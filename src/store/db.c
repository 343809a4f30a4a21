// SPDX-License-Identifier: EUPL-1.2
#include "store/db.h"

#include "base/date.h"
#include "base/text.h"
#include "store/engine.h"
#include "store/kept.h"
#include "store/memo.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A register whose key store stayed behind would get an empty one, and everybody in it would look erased. */
static enum err keys_there(struct ctx *c, const char *url)
{
    char keys[sizeof((struct store *)0)->url + 8];

    snprintf(keys, sizeof keys, "%s.keys", url);
    if (access(keys, F_OK) == 0)
        return OK;
    return FAIL(
        E_IO,
        _("The file with the keys of residents, %s, is not there: without it no name and no note can be "
          "read. Put it back beside the register, from the back-up of the keys, and start again."),
        keys);
}

enum err store_open(struct ctx *c, const char *url, bool create, struct store **ret_store)
{
    bool postgres = strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;

    if (strlen(url) >= sizeof((struct store *)0)->url)
        return FAIL(E_REQUEST, _("The name of the register is too long."));
    if (!postgres && !create && access(url, F_OK) != 0)
        return FAIL(E_NOT_FOUND, _("There is no register at %s. Make one with: peil init %s"), url, url);
    if (!postgres && !create)
        TRY(keys_there(c, url));
    struct store *s = calloc(1, sizeof *s);
    if (s == NULL)
        return FAIL(E_NOMEM, "%s", "");
    s->kind = postgres ? DB_POSTGRES : DB_SQLITE;
    text_copy(s->url, sizeof s->url, url);
    enum err e = vault_open_master(c, s, create);
    if (e != OK) {
        free(s);
        err_trace(c, __FILE__, __LINE__);
        return e;
    }
    pthread_rwlock_init(&s->names_lock, NULL);
    pthread_mutex_init(&s->names_fill, NULL);
    pthread_mutex_init(&s->slot_lock, NULL);
    arena_init(&s->slot.arena, (size_t)1 << 30);
    pthread_mutex_init(&s->memo_lock, NULL);
    pthread_mutex_init(&s->log_lock, NULL);
    pthread_mutex_init(&s->kept_lock, NULL);
    pthread_mutex_init(&s->kept_fill, NULL);
    *ret_store = s;
    return OK;
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    store_stop_writer(s);
    vault_close_master(s);
    name_index_free(s);
    pthread_rwlock_destroy(&s->names_lock);
    pthread_mutex_destroy(&s->names_fill);
    pthread_mutex_destroy(&s->slot_lock);
    arena_free(&s->slot.arena);
    pthread_mutex_destroy(&s->memo_lock);
    memo_free(s);
    pthread_mutex_destroy(&s->kept_lock);
    pthread_mutex_destroy(&s->kept_fill);
    kept_free(s);
    pthread_mutex_destroy(&s->log_lock);
    read_log_free(s);
    free(s);
}

enum db_engine_kind store_kind(const struct store *s)
{
    return s->kind;
}

uint64_t store_commits(const struct store *s)
{
    return atomic_load_explicit(&s->commits, memory_order_acquire);
}

enum err db_open(struct ctx *c, struct store *s, struct db **ret_db)
{
    struct db *db = calloc(1, sizeof *db);

    if (db == NULL)
        return FAIL(E_NOMEM, "%s", "");
    db->store = s;
    db->engine = s->kind == DB_SQLITE ? &engine_sqlite : &engine_postgres;
    db->reader = s->writer != NULL;
    enum err e = db->engine->open(c, db);
    if (e != OK) {
        db_close(db);
        err_trace(c, __FILE__, __LINE__);
        return e;
    }
    *ret_db = db;
    return OK;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    if (db->native != NULL)
        db->engine->close(db);
    free(db);
}

struct store *db_store(const struct db *db)
{
    return db->store;
}

static enum err tx_once(struct ctx *c, enum err (*body)(struct ctx *c, void *arg), void *arg)
{
    struct db *db = c->db;

    TRY(db->engine->begin(c, db, true));
    db->tx_depth = 1;
    enum err e = body(c, arg);
    if (e == OK)
        e = db->engine->commit(c, db);
    if (e != OK)
        db->engine->rollback(db);
    db->tx_depth = 0;
    if (e == OK)
        atomic_fetch_add_explicit(&db->store->commits, 1, memory_order_release);
    return e;
}

static enum err run_tx(struct ctx *c, enum err (*body)(struct ctx *c, void *arg), void *arg)
{
    struct db *db = c->db;
    enum err e = OK;

    if (db->tx_depth > 0)
        return body(c, arg);
    if (db->reader && db->store->writer != NULL && (db->store->kind == DB_SQLITE || db->in_snapshot))
        return writer_run(c, db->store->writer, body, arg);
    if (db->in_snapshot)
        return FAIL(E_DB, "%s", "a write inside db_read");
    for (int i = 0; i < db->engine->tries; i++) {
        e = tx_once(c, body, arg);
        if (e != E_BUSY)
            return e;
        if (i + 1 < db->engine->tries) {
            err_clear(c);
            usleep((useconds_t)(1000 << i));
        }
    }
    return e;
}

/* The body of a form that counts once. */
struct once {
    enum err (*body)(struct ctx *c, void *arg);
    void *arg;
    const char *token;
};

static enum err run_once(struct ctx *c, void *arg)
{
    const struct once *o = arg;
    struct sql_once_put_row *row;
    size_t n;

    TRY(sql_once_put(c, o->token, c->now, &row, &n));
    if (n == 0)
        return FAIL(E_TWICE, "%s", _("This form was sent before. It has counted once."));
    return o->body(c, o->arg);
}

enum err db_tx(struct ctx *c, enum err (*body)(struct ctx *c, void *arg), void *arg)
{
    struct once once = { body, arg, c->once };

    if (c->db->tx_depth > 0 || c->once == NULL)
        return run_tx(c, body, arg);
    c->once = NULL; /* transactions inside belong to it */
    enum err e = run_tx(c, run_once, &once);
    if (e != OK)
        c->once = once.token;
    return e;
}

static bool is_one_moment(const struct db *db)
{
    return db->tx_depth > 0 || db->in_snapshot;
}

static void snapshot_begin(struct db *db)
{
    db->commits_seen = store_commits(db->store);
    db->in_snapshot = true;
}

enum err db_read(struct ctx *c, enum err (*body)(struct ctx *c, void *arg), void *arg)
{
    if (is_one_moment(c->db))
        return body(c, arg);
    snapshot_begin(c->db);
    enum err e = body(c, arg);
    db_read_end(c);
    return e;
}

enum err db_read_begin(struct ctx *c)
{
    if (!is_one_moment(c->db) && c->db->store->writer != NULL)
        snapshot_begin(c->db);
    return OK;
}

void db_read_end(struct ctx *c)
{
    struct db *db = c->db;

    if (db != NULL && db->snapshot_open)
        db->engine->rollback(db);
    if (db != NULL)
        db->in_snapshot = db->snapshot_open = false;
}

enum err db_script(struct ctx *c, const char *sql, bool keys)
{
    return c->db->engine->script(c, c->db, sql, keys);
}

static enum err each(struct ctx *c, const struct sql_statement *s, const union sql_value *value,
                     enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    if (c->db == NULL)
        return FAIL(E_DB, "%s", "");
    if (s->writes && c->db->reader && c->db->tx_depth == 0)
        return FAIL(E_DB, "%s outside db_tx", s->name);
    if (c->db->in_snapshot &&
        !c->db->snapshot_open) { /* the first statement opens it; many pages need none */
        TRY(c->db->engine->begin(c, c->db, false));
        c->db->snapshot_open = true;
    }
    return c->db->engine->each(c, c->db, s, value, row, arg);
}

enum err db_run(struct ctx *c, const struct sql_statement *s, const union sql_value *value)
{
    return each(c, s, value, NULL, NULL);
}

enum err db_each(struct ctx *c, const struct sql_statement *s, const union sql_value *value,
                 enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    return each(c, s, value, row, arg);
}

/* Rows that stay: the struct goes into a growing array, its texts and blobs into the arena. */
struct collect {
    const struct sql_statement *s;
    char *rows;
    size_t n, room;
};

static enum err keep_texts(struct ctx *c, const struct sql_statement *s, char *row)
{
    for (int i = 0; i < s->columns; i++) {
        void *at = row + s->column[i].offset;
        if (s->column[i].type == SQL_TEXT) {
            const char **text = at;
            if (*text != NULL)
                TRY(ctx_copy(c, *text, text));
        } else if (s->column[i].type == SQL_BLOB) {
            struct blob *b = at;
            if (b->data == NULL)
                continue;
            b->data = arena_copy(c->arena, b->data, b->len);
            if (b->data == NULL)
                return FAIL(E_NOMEM, "%s", "");
        }
    }
    return OK;
}

static enum err collect_row(struct ctx *c, void *arg, const void *row)
{
    struct collect *k = arg;
    size_t size = k->s->row_size;

    if (k->n == k->room) {
        size_t room = k->room > 0 ? k->room * 2 : 8;
        char *rows;
        TRY(ctx_alloc(c, room, size, (void *)&rows));
        if (k->n > 0)
            memcpy(rows, k->rows, k->n * size);
        k->rows = rows;
        k->room = room;
    }
    char *to = k->rows + k->n * size;
    memcpy(to, row, size);
    TRY(keep_texts(c, k->s, to));
    k->n++;
    return OK;
}

enum err db_rows(struct ctx *c, const struct sql_statement *s, const union sql_value *value, void **ret_rows,
                 size_t *ret_n)
{
    struct collect k = { .s = s };

    TRY(each(c, s, value, collect_row, &k));
    *ret_rows = k.rows;
    *ret_n = k.n;
    return OK;
}

enum err db_one(struct ctx *c, const struct sql_statement *s, const union sql_value *value, void *ret_row)
{
    struct collect k = { .s = s };

    TRY(each(c, s, value, collect_row, &k));
    if (k.n == 0)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    memcpy(ret_row, k.rows, s->row_size);
    return OK;
}

bool engine_is_null(enum sql_type type, const union sql_value *v)
{
    switch (type) {
    case SQL_TEXT:
        return v->t == NULL;
    case SQL_BLOB:
        return v->b.data == NULL;
    case SQL_REAL:
        return isnan(v->r);
    case SQL_BOOL:
        return false;
    default:
        return v->i == INT_NONE;
    }
}

void engine_put_null(const struct sql_column *col, void *row)
{
    void *at = (char *)row + col->offset;

    switch (col->type) {
    case SQL_TEXT:
        *(const char **)at = NULL;
        break;
    case SQL_BLOB:
        *(struct blob *)at = (struct blob){ NULL, 0 };
        break;
    case SQL_REAL:
        *(double *)at = (double)NAN;
        break;
    case SQL_BOOL:
        *(bool *)at = false;
        break;
    case SQL_DATE:
        *(int32_t *)at = DAY_NONE;
        break;
    case SQL_INT:
    case SQL_TIME:
        *(int64_t *)at = INT_NONE;
        break;
    }
}

enum err engine_put_text(struct ctx *c, const struct sql_column *col, void *row, const char *text, size_t len)
{
    void *at = (char *)row + col->offset;
    int64_t i = 0;

    switch (col->type) {
    case SQL_TEXT:
        *(const char **)at = text;
        return OK;
    case SQL_DATE:
        if (!date_scan(text, len, at))
            return FAIL(E_CORRUPT, _("The register holds \"%s\" where a date should be."), text);
        return OK;
    case SQL_TIME:
        if (!time_scan(text, len, false, at))
            return FAIL(E_CORRUPT, _("The register holds \"%s\" where a time should be."), text);
        return OK;
    case SQL_REAL:
        if (!text_to_double(text, len, at))
            return FAIL(E_CORRUPT, _("The register holds \"%s\" where a number should be."), text);
        return OK;
    default:
        if (!text_to_int(text, &i))
            return FAIL(E_CORRUPT, _("The register holds \"%s\" where a number should be."), text);
        if (col->type == SQL_BOOL)
            *(bool *)at = i != 0;
        else
            *(int64_t *)at = i;
        return OK;
    }
}

struct store_slot *store_slot_lock(struct store *s)
{
    pthread_mutex_lock(&s->slot_lock);
    return &s->slot;
}

void store_slot_unlock(struct store *s)
{
    pthread_mutex_unlock(&s->slot_lock);
}
