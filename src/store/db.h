// SPDX-License-Identifier: EUPL-1.2
/* The data base: one interface, SQLite and PostgreSQL behind it.
 *
 * A store is one register, opened once by a process. A db is one connection to it, used by one thread at a
 * time; it hangs in the context. Statements are the typed functions of store/sql.h, made by mksql from
 * store/sql/<concept>.sql.
 *
 * Unknown values: INT_NONE, DAY_NONE, TIME_NONE, NULL text, NULL blob data and NaN stand for SQL's NULL, both
 * ways. Errors: E_CONFLICT for a unique key that exists, E_BUSY when the register is locked too long, E_IO
 * for a full disk or unreadable file, E_CORRUPT for a damaged one, else E_DB.
 */
#ifndef PEIL_STORE_DB_H
#define PEIL_STORE_DB_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct db;

struct blob {
    const void *data;
    size_t len;
};

enum db_engine_kind { DB_SQLITE, DB_POSTGRES };

/* What a user may see of residents: bound into every statement that holds @visible (see tools/mksql.c). */
struct scope {
    int64_t all;    /* 1: the whole register but what is sealed; 2: also that */
    int64_t team;   /* else: the requests of this team (INT_NONE: no team) */
    int64_t worker; /* and the ones of this worker, also sealed ones (INT_NONE: nobody) */
    int64_t office; /* 1: and what the back office of the municipality has to do with; 2: and whoever waits */
    int64_t account; /* whose grants and blocks count; INT_NONE when there are none */
    int64_t grants;  /* 1: some requests are opened to this account for a time (access_grant) */
    int64_t blocks;  /* 1: some persons are never shown to this account (access_block) */
};

/* What mksql generates for each statement. */
enum sql_type { SQL_INT, SQL_TEXT, SQL_REAL, SQL_DATE, SQL_TIME, SQL_BOOL, SQL_BLOB };
union sql_value {
    int64_t i; /* also dates, times, bools */
    double r;
    const char *t;
    struct blob b;
};
struct sql_column {
    enum sql_type type;
    size_t offset; /* in the row struct */
};
struct sql_statement {
    int id;
    const char *name;
    const char *text[2]; /* by enum db_engine_kind */
    int params, columns;
    bool keys;        /* runs on the key store */
    bool writes;      /* refused by a connection that reads, outside db_tx */
    const char *scan; /* why it may read a whole table; NULL: it may not (tests/store/test_plans.c) */
    const enum sql_type *param;
    const struct sql_column *column;
    size_t row_size;
};

/* Opens a register: a file path (SQLite) or a postgresql:// URL. With `create` an absent SQLite file is made,
 * with its key store and master key; without, an absent register is E_NOT_FOUND. Migrations are not run
 * (store/migrate.h). */
enum err store_open(struct ctx *c, const char *url, bool create, struct store **ret_store) MUST_CHECK;
void store_close(struct store *s); /* after all its connections */
enum db_engine_kind store_kind(const struct store *s);
/* Goes up with every commit of this process, and within half a second of one by another process (while the
 * writer runs). Pages that are the same for everyone are kept until it changes. */
uint64_t store_commits(const struct store *s);

/* SQLite: starts the one writing connection. From then on every db_tx of every thread goes through it, and
 * transactions that wait at the same time share one commit (group commit). On PostgreSQL it does nothing. */
enum err store_start_writer(struct ctx *c, struct store *s) MUST_CHECK;
void store_stop_writer(struct store *s);

/* A connection for this thread. Reading ones refuse to write outside db_tx once the writer runs. */
enum err db_open(struct ctx *c, struct store *s, struct db **ret_db) MUST_CHECK;
void db_close(struct db *db);
struct store *db_store(const struct db *db);

/* A form counts once: with c->once set, the first transaction also stores that token, and one that was stored
 * before fails with E_TWICE. Runs the body in one transaction: all of it is stored and on disk when this
 * returns OK, or nothing. The body is run again when another transaction was in the way, so it touches
 * nothing but the data base. Inside a body, db_tx joins. */
enum err db_tx(struct ctx *c, enum err (*body)(struct ctx *c, void *arg), void *arg) MUST_CHECK;
/* Runs the body as one read: all its statements see the same state, whoever writes meanwhile. Inside a
 * transaction or another read it joins. The body writes nothing: without a writer, where reading and writing
 * share the connection, that is E_DB. */
enum err db_read(struct ctx *c, enum err (*body)(struct ctx *c, void *arg), void *arg) MUST_CHECK;
/* The same for a page, until db_read_end. Does nothing inside a transaction, and without a writer. */
enum err db_read_begin(struct ctx *c) MUST_CHECK;
void db_read_end(struct ctx *c);
/* Several statements at once, without parameters or results, on the register or its key store. For the store
 * alone. */
enum err db_script(struct ctx *c, const char *sql, bool keys) MUST_CHECK;

/* The four forms that generated code calls. In db_each the callback must not use the data base, and texts
 * live until it returns; in the others results live in the arena. */
enum err db_run(struct ctx *c, const struct sql_statement *s, const union sql_value *value) MUST_CHECK;
enum err db_rows(struct ctx *c, const struct sql_statement *s, const union sql_value *value, void **ret_rows,
                 size_t *ret_n) MUST_CHECK;
enum err db_one(struct ctx *c, const struct sql_statement *s, const union sql_value *value,
                void *ret_row) MUST_CHECK;
enum err db_each(struct ctx *c, const struct sql_statement *s, const union sql_value *value,
                 enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg) MUST_CHECK;

#endif
