// SPDX-License-Identifier: EUPL-1.2
/* What SQLite and PostgreSQL each do for store/db.h; seen by the store alone. */
#ifndef PEIL_STORE_ENGINE_H
#define PEIL_STORE_ENGINE_H

#include "store/db.h"
#include "store/name_index.h"
#include "store/slot.h"

#include <pthread.h>
#include <stdatomic.h>

#define ROW_MAX 1024 /* bytes of the widest row struct */
#define PARAMS_MAX 48
#define MASTER_KEY_LEN 32

struct writer;

struct store {
    enum db_engine_kind kind;
    char url[1024];
    char key_path[1100];
    unsigned char *master_key; /* MASTER_KEY_LEN bytes in locked memory */
    struct writer *writer;     /* while it runs */
    _Atomic uint64_t commits;
    struct name_index *names;
    pthread_rwlock_t names_lock;
    atomic_bool names_stop;     /* the server ends: stop filling */
    pthread_mutex_t names_fill; /* one thread brings the index up to date, the others wait for it */
    struct read_log *log;       /* looks not written yet */
    pthread_mutex_t log_lock;
    struct memo_slot *memo;
    pthread_mutex_t memo_lock;
    struct kept *kept; /* of store/kept.h; kept_fill: one thread reads it, the others wait */
    pthread_mutex_t kept_lock, kept_fill;
    struct store_slot slot;
    pthread_mutex_t slot_lock;
};

struct db {
    const struct engine *engine;
    struct store *store;
    bool reader;           /* this connection only reads: writes go to the writer */
    int tx_depth;          /* inside db_tx */
    uint64_t commits_seen; /* store_commits before the data was read */
    bool in_snapshot;      /* between db_read_begin and db_read_end */
    bool snapshot_open;    /* and a statement has been run: the data base holds the snapshot */
    void *native;          /* of the engine */
};

struct engine {
    enum err (*open)(struct ctx *c, struct db *db);
    void (*close)(struct db *db);
    /* Runs a statement; every row is decoded into a row struct on the stack and handed to `row` (NULL: none
     * wanted). */
    enum err (*each)(struct ctx *c, struct db *db, const struct sql_statement *s,
                     const union sql_value *value, enum err (*row)(struct ctx *c, void *arg, const void *r),
                     void *arg);
    enum err (*script)(struct ctx *c, struct db *db, const char *sql, bool keys);
    enum err (*begin)(struct ctx *c, struct db *db, bool write);
    enum err (*commit)(struct ctx *c, struct db *db);
    void (*rollback)(struct db *db);
    /* A part of a transaction that can be undone on its own (group commit). */
    enum err (*savepoint)(struct ctx *c, struct db *db);
    enum err (*release)(struct ctx *c, struct db *db);
    void (*rollback_to)(struct db *db);
    bool (*changed_elsewhere)(struct db *db); /* another connection committed since the last call */
    int tries;                                /* how often a body is run when others are in the way */
};

extern const struct engine engine_sqlite, engine_postgres;

/* Decoding: writes one value into its place in the row struct. `text` may be NULL. */
enum err engine_put_text(struct ctx *c, const struct sql_column *col, void *row, const char *text,
                         size_t len);
void engine_put_null(const struct sql_column *col, void *row);
bool engine_is_null(enum sql_type type, const union sql_value *v);

enum err writer_run(struct ctx *c, struct writer *w, enum err (*body)(struct ctx *c, void *arg),
                    void *arg) MUST_CHECK;

#endif
