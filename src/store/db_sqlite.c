// SPDX-License-Identifier: EUPL-1.2
/* SQLite: a register file in WAL mode with synchronous=FULL, and the key store in a second file of the same
 * kind. The key store commits first: after a power cut a key without a person is harmless, a person without a
 * key is lost. */
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "store/engine.h"
#include "store/sql.h"

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAIN, KEYS, FILES };

/* The steps of a transaction, prepared once like every other statement. */
enum step { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO, STEPS };
static const char *const step_sql[STEPS] = { "BEGIN",         "BEGIN IMMEDIATE", "COMMIT",         "ROLLBACK",
                                             "SAVEPOINT one", "RELEASE one",     "ROLLBACK TO one" };

struct lite {
    sqlite3 *file[FILES];
    bool keys_in_tx;
    int64_t data_version;
    sqlite3_stmt *step[FILES][STEPS];
    sqlite3_stmt *cache[SQL_IDS];
};

static enum err fail(struct ctx *c, sqlite3 *db, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return FAIL(E_BUSY, "%s", _("The register is busy. Please try again."));
    case SQLITE_FULL:
        return FAIL(E_IO, "%s", _("The disk is full. Nothing was stored."));
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
        return FAIL(E_IO, _("The register could not be read or written: %s."), sqlite3_errmsg(db));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return FAIL(E_CORRUPT, "%s", _("The register file is damaged, or it is not a register."));
    case SQLITE_NOMEM:
        return FAIL(E_NOMEM, "%s", "");
    case SQLITE_CONSTRAINT:
        if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY)
            return FAIL(E_CONFLICT, "%s", _("This is in the register already."));
        return FAIL(E_DB, "%s", sqlite3_errmsg(db));
    default:
        return FAIL(E_DB, "%s", sqlite3_errmsg(db));
    }
}

static enum err exec(struct ctx *c, sqlite3 *db, const char *sql)
{
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? OK : fail(c, db, rc);
}

static enum err open_file(struct ctx *c, const char *path, bool reader, sqlite3 **ret_db)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(path, ret_db, flags, NULL);

    if (rc != SQLITE_OK) {
        enum err e = *ret_db != NULL ? fail(c, *ret_db, rc) : FAIL(E_NOMEM, "%s", "");
        sqlite3_close(*ret_db);
        *ret_db = NULL;
        return e;
    }
    sqlite3_extended_result_codes(*ret_db, 1);
    sqlite3_busy_timeout(*ret_db, 5000);
    sqlite3_db_config(*ret_db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    TRY(exec(
        c, *ret_db,
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
        "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"));
    TRY(exec(c, *ret_db,
             reader ? "PRAGMA cache_size=-1500; PRAGMA query_only=ON;" : "PRAGMA cache_size=-8000;"));
    return OK;
}

static enum err lite_open(struct ctx *c, struct db *db)
{
    struct lite *l = calloc(1, sizeof *l);
    char keys[1100];

    if (l == NULL)
        return FAIL(E_NOMEM, "%s", "");
    db->native = l;
    snprintf(keys, sizeof keys, "%s.keys", db->store->url);
    TRY(open_file(c, db->store->url, db->reader, &l->file[MAIN]));
    return open_file(c, keys, db->reader, &l->file[KEYS]);
}

static void lite_close(struct db *db)
{
    struct lite *l = db->native;

    for (size_t i = 0; i < COUNT(l->cache); i++)
        sqlite3_finalize(l->cache[i]);
    for (size_t i = 0; i < FILES; i++) {
        for (size_t j = 0; j < STEPS; j++)
            sqlite3_finalize(l->step[i][j]);
        sqlite3_close(l->file[i]);
    }
    free(l);
}

static enum err prepare(struct ctx *c, struct lite *l, const struct sql_statement *s, sqlite3_stmt **ret_stmt)
{
    sqlite3 *file = l->file[s->keys ? KEYS : MAIN];

    if (l->cache[s->id] == NULL) {
        int rc = sqlite3_prepare_v3(file, s->text[DB_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &l->cache[s->id],
                                    NULL);
        if (rc != SQLITE_OK)
            return fail(c, file, rc);
    }
    *ret_stmt = l->cache[s->id];
    return OK;
}

/* `iso` keeps the texts of dates and times until the statement is reset. */
static void bind(sqlite3_stmt *stmt, const struct sql_statement *s, const union sql_value *value,
                 char iso[][24])
{
    for (int i = 0; i < s->params; i++) {
        const union sql_value *v = &value[i];
        if (engine_is_null(s->param[i], v))
            continue; /* bindings were cleared: NULL */
        switch (s->param[i]) {
        case SQL_TEXT:
            sqlite3_bind_text(stmt, i + 1, v->t, -1, SQLITE_STATIC);
            break;
        case SQL_BLOB:
            sqlite3_bind_blob64(stmt, i + 1, v->b.data, v->b.len, SQLITE_STATIC);
            break;
        case SQL_REAL:
            sqlite3_bind_double(stmt, i + 1, v->r);
            break;
        case SQL_DATE:
            date_iso((int32_t)v->i, iso[i]);
            sqlite3_bind_text(stmt, i + 1, iso[i], 10, SQLITE_STATIC);
            break;
        case SQL_TIME:
            time_iso(v->i, iso[i]);
            sqlite3_bind_text(stmt, i + 1, iso[i], 20, SQLITE_STATIC);
            break;
        case SQL_INT:
        case SQL_BOOL:
            sqlite3_bind_int64(stmt, i + 1, v->i);
            break;
        }
    }
}

static void decode_rare(sqlite3_stmt *stmt, int i, const struct sql_column *col, char *row)
{
    void *at = row + col->offset;

    if (sqlite3_column_type(stmt, i) == SQLITE_NULL) {
        engine_put_null(col, row);
    } else if (col->type == SQL_REAL) {
        *(double *)at = sqlite3_column_double(stmt, i);
    } else {
        const void *data = sqlite3_column_blob(stmt, i);
        *(struct blob *)at = (struct blob){ data != NULL ? data : "", (size_t)sqlite3_column_bytes(stmt, i) };
    }
}

/* Asking for the type costs as much as asking for the value, so only a value that could be NULL is asked. */
static enum err decode(struct ctx *c, sqlite3_stmt *stmt, const struct sql_statement *s, char *row)
{
    for (int i = 0; i < s->columns; i++) {
        const struct sql_column *col = &s->column[i];
        void *at = row + col->offset;
        if (col->type == SQL_INT || col->type == SQL_BOOL) {
            int64_t v = sqlite3_column_int64(stmt, i);
            if (v == 0 && sqlite3_column_type(stmt, i) == SQLITE_NULL)
                engine_put_null(col, row);
            else if (col->type == SQL_INT)
                *(int64_t *)at = v;
            else
                *(bool *)at = v != 0;
        } else if (col->type == SQL_REAL || col->type == SQL_BLOB) {
            decode_rare(stmt, i, col, row);
        } else {
            const char *text = (const char *)sqlite3_column_text(stmt, i);
            if (text == NULL)
                engine_put_null(col, row);
            else
                TRY(engine_put_text(c, col, row, text, (size_t)sqlite3_column_bytes(stmt, i)));
        }
    }
    return OK;
}

static enum err step_all(struct ctx *c, sqlite3_stmt *stmt, const struct sql_statement *s,
                         enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    _Alignas(16) char buffer[ROW_MAX];
    int rc;

    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (row == NULL)
            continue;
        TRY(decode(c, stmt, s, buffer));
        TRY(row(c, arg, buffer));
    }
    return rc == SQLITE_DONE ? OK : fail(c, sqlite3_db_handle(stmt), rc);
}

static enum err run_step(struct ctx *c, struct lite *l, int file, enum step step)
{
    sqlite3_stmt **stmt = &l->step[file][step];

    if (*stmt == NULL && sqlite3_prepare_v3(l->file[file], step_sql[step], -1, SQLITE_PREPARE_PERSISTENT,
                                            stmt, NULL) != SQLITE_OK)
        return fail(c, l->file[file], sqlite3_errcode(l->file[file]));
    int rc = sqlite3_step(*stmt);
    sqlite3_reset(*stmt);
    return rc == SQLITE_DONE ? OK : fail(c, l->file[file], rc);
}

static enum err lite_each(struct ctx *c, struct db *db, const struct sql_statement *s,
                          const union sql_value *value,
                          enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    struct lite *l = db->native;
    char iso[PARAMS_MAX][24];
    sqlite3_stmt *stmt = NULL;

    if (s->keys && db->tx_depth > 0 && !l->keys_in_tx) {
        TRY(run_step(c, l, KEYS, BEGIN_WRITE));
        l->keys_in_tx = true;
    }
    TRY(prepare(c, l, s, &stmt));
    bind(stmt, s, value, iso);
    enum err e = step_all(c, stmt, s, row, arg);
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
    return e;
}

static enum err lite_script(struct ctx *c, struct db *db, const char *sql, bool keys)
{
    struct lite *l = db->native;

    return exec(c, l->file[keys ? KEYS : MAIN], sql);
}

static enum err lite_begin(struct ctx *c, struct db *db, bool write)
{
    return run_step(c, db->native, MAIN, write ? BEGIN_WRITE : BEGIN_READ);
}

static enum err lite_commit(struct ctx *c, struct db *db)
{
    struct lite *l = db->native;

    if (l->keys_in_tx) {
        TRY(run_step(c, l, KEYS, COMMIT));
        l->keys_in_tx = false;
    }
    return run_step(c, l, MAIN, COMMIT);
}

static void lite_rollback(struct db *db)
{
    struct lite *l = db->native;
    struct ctx quiet = { .lang = LANG_EN };

    /* after a failed COMMIT SQLite may have rolled back by itself */
    if (l->keys_in_tx && !sqlite3_get_autocommit(l->file[KEYS]) && run_step(&quiet, l, KEYS, ROLLBACK) != OK)
        log_line(LOG_WARN, "key store: %s", quiet.err.text);
    l->keys_in_tx = false;
    if (!sqlite3_get_autocommit(l->file[MAIN]) && run_step(&quiet, l, MAIN, ROLLBACK) != OK)
        log_line(LOG_WARN, "register: %s", quiet.err.text);
}

static enum err lite_savepoint(struct ctx *c, struct db *db)
{
    return run_step(c, db->native, MAIN, SAVEPOINT);
}

static enum err lite_release(struct ctx *c, struct db *db)
{
    return run_step(c, db->native, MAIN, RELEASE);
}

/* Keys made inside the part that is undone stay behind: a key without a person, which the next person with
 * that id replaces (vault_add_key). */
static void lite_rollback_to(struct db *db)
{
    struct lite *l = db->native;
    struct ctx quiet = { .lang = LANG_EN };

    if (run_step(&quiet, l, MAIN, ROLLBACK_TO) != OK || run_step(&quiet, l, MAIN, RELEASE) != OK)
        log_line(LOG_WARN, "register: %s", quiet.err.text);
}

static bool lite_changed_elsewhere(struct db *db)
{
    struct lite *l = db->native;
    sqlite3_stmt *stmt = NULL;
    int64_t version = l->data_version;

    if (sqlite3_prepare_v2(l->file[MAIN], "PRAGMA data_version", -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        version = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    bool changed = version != l->data_version;
    l->data_version = version;
    return changed;
}

const struct engine engine_sqlite = {
    .open = lite_open,
    .close = lite_close,
    .each = lite_each,
    .script = lite_script,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .savepoint = lite_savepoint,
    .release = lite_release,
    .rollback_to = lite_rollback_to,
    .changed_elsewhere = lite_changed_elsewhere,
    .tries = 3,
};
