// SPDX-License-Identifier: EUPL-1.2
/* PostgreSQL through libpq: every statement prepared once per connection, values as text, serialisable
 * transactions. The key store is the schema <register's schema>_keys. */
#include "base/buf.h"
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "store/engine.h"
#include "store/sql.h"

#include <libpq-fe.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701 };

struct post {
    PGconn *conn;
    bool prepared[SQL_IDS];
};

static void free_result(PGresult **r)
{
    PQclear(*r);
}
#define RESULT __attribute__((cleanup(free_result))) PGresult *

static void quiet(void *arg, const char *message)
{
    (void)arg;
    (void)message;
}

static enum err fail(struct ctx *c, PGconn *conn, const PGresult *r)
{
    const char *state = r != NULL ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    char text[200];

    text_copy(text, sizeof text, r != NULL ? PQresultErrorMessage(r) : PQerrorMessage(conn));
    text[strcspn(text, "\n")] = '\0';
    if (state == NULL)
        return FAIL(E_IO, _("The register could not be read or written: %s."), text);
    if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
        return FAIL(E_BUSY, "%s", _("The register is busy. Please try again."));
    if (strcmp(state, "23505") == 0)
        return FAIL(E_CONFLICT, "%s", _("This is in the register already."));
    if (strcmp(state, "53100") == 0)
        return FAIL(E_IO, "%s", _("The disk is full. Nothing was stored."));
    return FAIL(E_DB, "%s", text);
}

static enum err exec(struct ctx *c, struct post *p, const char *sql)
{
    RESULT r = PQexec(p->conn, sql);

    return PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK
               ? OK
               : fail(c, p->conn, r);
}

static enum err post_open(struct ctx *c, struct db *db)
{
    struct post *p = calloc(1, sizeof *p);

    if (p == NULL)
        return FAIL(E_NOMEM, "%s", "");
    db->native = p;
    p->conn = PQconnectdb(db->store->url);
    if (PQstatus(p->conn) != CONNECTION_OK)
        return fail(c, p->conn, NULL);
    PQsetNoticeProcessor(p->conn, quiet, NULL);
    return exec(
        c, p,
        "SELECT set_config('search_path', quote_ident(current_schema()) || ',' || "
        "quote_ident(current_schema() || '_keys'), false); SET synchronous_commit = on; SET jit = off;"
        "SET standard_conforming_strings = on; SET client_encoding = 'UTF8'; SET statement_timeout = '60s';");
}

static void post_close(struct db *db)
{
    struct post *p = db->native;

    PQfinish(p->conn);
    free(p);
}

static enum err prepare(struct ctx *c, struct post *p, const struct sql_statement *s)
{
    Oid type[PARAMS_MAX];

    if (p->prepared[s->id])
        return OK;
    for (int i = 0; i < s->params; i++)
        type[i] = s->param[i] == SQL_REAL                             ? OID_FLOAT8
                  : s->param[i] == SQL_BLOB                           ? OID_BYTEA
                  : s->param[i] == SQL_INT || s->param[i] == SQL_BOOL ? OID_INT8
                                                                      : OID_TEXT;
    RESULT r = PQprepare(p->conn, s->name, s->text[DB_POSTGRES], s->params, type);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        return fail(c, p->conn, r);
    p->prepared[s->id] = true;
    return OK;
}

struct bound {
    const char *value[PARAMS_MAX];
    int length[PARAMS_MAX], format[PARAMS_MAX];
    char text[PARAMS_MAX][32];
};

static void bind(const struct sql_statement *s, const union sql_value *value, struct bound *b)
{
    for (int i = 0; i < s->params; i++) {
        const union sql_value *v = &value[i];
        b->format[i] = 0;
        b->length[i] = 0;
        b->value[i] = b->text[i];
        if (engine_is_null(s->param[i], v)) {
            b->value[i] = NULL;
        } else if (s->param[i] == SQL_TEXT) {
            b->value[i] = v->t;
        } else if (s->param[i] == SQL_BLOB) {
            b->value[i] = v->b.data;
            b->length[i] = (int)v->b.len;
            b->format[i] = 1;
        } else if (s->param[i] == SQL_REAL) {
            struct buf number = { NULL, 0, 0, false };
            buf_number(&number, v->r, 17);
            text_copy(b->text[i], sizeof b->text[i], buf_text(&number));
            buf_free(&number);
        } else if (s->param[i] == SQL_DATE) {
            date_iso((int32_t)v->i, b->text[i]);
        } else if (s->param[i] == SQL_TIME) {
            time_iso(v->i, b->text[i]);
        } else {
            snprintf(b->text[i], sizeof b->text[i], "%lld", (long long)v->i);
        }
    }
}

static int hex(char ch)
{
    return ch <= '9' ? ch - '0' : ch - 'a' + 10;
}

/* bytea comes as \x0123...; decoded in place, the text belongs to the result. */
static struct blob decode_bytea(char *text, int len)
{
    unsigned char *out = (unsigned char *)text;
    size_t n = len >= 2 ? (size_t)(len - 2) / 2 : 0;

    for (size_t i = 0; i < n; i++)
        out[i] = (unsigned char)(hex(text[2 + 2 * i]) << 4 | hex(text[3 + 2 * i]));
    return (struct blob){ text, n };
}

static enum err hand_over(struct ctx *c, const PGresult *r, const struct sql_statement *s,
                          enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    _Alignas(16) char buffer[ROW_MAX];

    for (int k = 0; k < PQntuples(r); k++) {
        for (int i = 0; i < s->columns; i++) {
            const struct sql_column *col = &s->column[i];
            if (PQgetisnull(r, k, i))
                engine_put_null(col, buffer);
            else if (col->type == SQL_BLOB)
                *(struct blob *)(void *)(buffer + col->offset) =
                    decode_bytea(PQgetvalue(r, k, i), PQgetlength(r, k, i));
            else
                TRY(engine_put_text(c, col, buffer, PQgetvalue(r, k, i), (size_t)PQgetlength(r, k, i)));
        }
        TRY(row(c, arg, buffer));
    }
    return OK;
}

static enum err post_each(struct ctx *c, struct db *db, const struct sql_statement *s,
                          const union sql_value *value,
                          enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    struct post *p = db->native;
    struct bound b;
    enum err e = OK;

    TRY(prepare(c, p, s));
    bind(s, value, &b);
    if (!PQsendQueryPrepared(p->conn, s->name, s->params, b.value, b.length, b.format, 0))
        return fail(c, p->conn, NULL);
    if (row != NULL)
        PQsetSingleRowMode(p->conn);
    for (;;) {
        RESULT r = PQgetResult(p->conn);
        if (r == NULL)
            return e;
        ExecStatusType status = PQresultStatus(r);
        if (e != OK)
            continue; /* the rest is read and dropped */
        if (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK)
            e = row != NULL ? hand_over(c, r, s, row, arg) : OK;
        else if (status != PGRES_COMMAND_OK)
            e = fail(c, p->conn, r);
    }
}

static enum err post_script(struct ctx *c, struct db *db, const char *sql, bool keys)
{
    (void)keys; /* the script itself goes to the schema of the key store */
    return exec(c, db->native, sql);
}

static enum err post_begin(struct ctx *c, struct db *db, bool write)
{
    return exec(c, db->native,
                write ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                      : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

static enum err post_commit(struct ctx *c, struct db *db)
{
    return exec(c, db->native, "COMMIT");
}

static void post_rollback(struct db *db)
{
    struct ctx silent = { .lang = LANG_EN };

    if (exec(&silent, db->native, "ROLLBACK") != OK)
        log_line(LOG_WARN, "register: %s", silent.err.text);
}

static enum err post_savepoint(struct ctx *c, struct db *db)
{
    return exec(c, db->native, "SAVEPOINT one");
}

static enum err post_release(struct ctx *c, struct db *db)
{
    return exec(c, db->native, "RELEASE one");
}

static void post_rollback_to(struct db *db)
{
    struct ctx silent = { .lang = LANG_EN };

    if (exec(&silent, db->native, "ROLLBACK TO one; RELEASE one") != OK)
        log_line(LOG_WARN, "register: %s", silent.err.text);
}

static bool post_changed_elsewhere(struct db *db)
{
    (void)db;
    return true;
}

const struct engine engine_postgres = {
    .open = post_open,
    .close = post_close,
    .each = post_each,
    .script = post_script,
    .begin = post_begin,
    .commit = post_commit,
    .rollback = post_rollback,
    .savepoint = post_savepoint,
    .release = post_release,
    .rollback_to = post_rollback_to,
    .changed_elsewhere = post_changed_elsewhere,
    .tries = 8,
};
