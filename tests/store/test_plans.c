// SPDX-License-Identifier: EUPL-1.2
/* Every statement, on the data base of this run: it can be run, has the columns of its head, and reads no
 * whole table unless `-- scan: reason` under its head says why. A reason that is not needed is refused too.
 *
 * A whole table is read when a plan goes through it, or through an index, without a condition that the index
 * answers. PostgreSQL is given some rows, and told not to scan tables at all (enable_seqscan), because it
 * would scan every table as small as those of a test; what it then still scans, no index can help. */
#include "base/buf.h"
#include "store/sql.h"
#include "unit/test.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* A failure names the statement and shows its plan. */
static void check_plan(const struct sql_statement *s, bool scans, struct buf *plan)
{
    const char *what = scans ? "an index for every table, or \"-- scan: reason\"" : "a scan, as it says";

    if (!test_check(scans == (s->scan != NULL), s->name, 0, what))
        printf("%s", buf_text(plan));
    buf_free(plan);
}

/* ── SQLite ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static void lite_check(sqlite3 *file, const struct sql_statement *s)
{
    sqlite3_stmt *stmt = NULL;

    test_check(sqlite3_prepare_v2(file, s->text[DB_SQLITE], -1, &stmt, NULL) == SQLITE_OK, s->name, 0,
               sqlite3_errmsg(file));
    if (strncmp(s->text[DB_SQLITE], "PRAGMA", 6) != 0) /* it may give more columns than the head wants */
        test_check_int(sqlite3_column_count(stmt), s->columns, s->name, 0, "columns");
    test_check_int(sqlite3_bind_parameter_count(stmt), s->params, s->name, 0, "parameters");
    sqlite3_finalize(stmt);
}

static void lite_plan(sqlite3 *file, const struct sql_statement *s)
{
    struct buf text = { NULL, 0, 0, false }, plan = { NULL, 0, 0, false };
    sqlite3_stmt *stmt = NULL;
    bool scans = false;

    buf_printf(&text, "EXPLAIN QUERY PLAN %s", s->text[DB_SQLITE]);
    test_check(sqlite3_prepare_v2(file, buf_text(&text), -1, &stmt, NULL) == SQLITE_OK, s->name, 0,
               sqlite3_errmsg(file));
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(stmt, 3);
        buf_printf(&plan, "    %s\n", step);
        scans = scans || (strncmp(step, "SCAN ", 5) == 0 && strcmp(step, "SCAN CONSTANT ROW") != 0 &&
                          strstr(step, "VIRTUAL TABLE") == NULL); /* a list that was handed in (json_each) */
    }
    sqlite3_finalize(stmt);
    buf_free(&text);
    check_plan(s, scans, &plan);
}

static void lite_plans(const char *url)
{
    char keys[1300];
    sqlite3 *file = NULL, *key_file = NULL;

    snprintf(keys, sizeof keys, "%s.keys", url);
    CHECK(sqlite3_open_v2(url, &file, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
    CHECK(sqlite3_open_v2(keys, &key_file, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
    for (size_t i = 0; i < SQL_IDS; i++) {
        lite_check(sql_all[i]->keys ? key_file : file, sql_all[i]);
        lite_plan(sql_all[i]->keys ? key_file : file, sql_all[i]);
    }
    sqlite3_close(file);
    sqlite3_close(key_file);
}

/* ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────────────
 */

static PGresult *post_run(PGconn *conn, const char *text, const char *name)
{
    PGresult *r = PQexec(conn, text);
    ExecStatusType status = PQresultStatus(r);

    test_check(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK, name, 0, PQerrorMessage(conn));
    return r;
}

/* The same types as the product gives (store/db_postgres.c). */
static void post_prepare(PGconn *conn, const struct sql_statement *s)
{
    Oid type[64];

    for (int i = 0; i < s->params; i++)
        type[i] = s->param[i] == SQL_REAL                             ? 701
                  : s->param[i] == SQL_BLOB                           ? 17
                  : s->param[i] == SQL_INT || s->param[i] == SQL_BOOL ? 20
                                                                      : 25;
    PGresult *r = PQprepare(conn, s->name, s->text[DB_POSTGRES], s->params, type);
    test_check(PQresultStatus(r) == PGRES_COMMAND_OK, s->name, 0, PQerrorMessage(conn));
    PQclear(r);
    r = PQdescribePrepared(conn, s->name);
    test_check_int(PQnfields(r), s->columns, s->name, 0, "columns");
    test_check_int(PQnparams(r), s->params, s->name, 0, "parameters");
    PQclear(r);
}

/* Whether line i of a plan begins a scan that no condition limits. The lines of a node reach up to the next
 * one. */
static bool post_scans(const PGresult *r, int i)
{
    const char *line = PQgetvalue(r, i, 0);

    if (strstr(line, "Seq Scan on ") != NULL)
        return true;
    if (strstr(line, "Index Scan ") == NULL && strstr(line, "Index Only Scan ") == NULL)
        return false;
    for (i++; i < PQntuples(r) && strstr(PQgetvalue(r, i, 0), "->") == NULL; i++)
        if (strstr(PQgetvalue(r, i, 0), "Index Cond:") != NULL)
            return false;
    return true;
}

static void post_plan(PGconn *conn, const struct sql_statement *s)
{
    struct buf text = { NULL, 0, 0, false }, plan = { NULL, 0, 0, false };
    bool scans = false;

    buf_printf(&text, "EXPLAIN (COSTS OFF) EXECUTE %s", s->name);
    for (int i = 0; i < s->params; i++)
        buf_str(&text, i == 0 ? "(NULL" : ", NULL");
    buf_str(&text, s->params > 0 ? ")" : "");
    PGresult *r = post_run(conn, buf_text(&text), s->name);
    for (int i = 0; i < PQntuples(r); i++) {
        buf_printf(&plan, "    %s\n", PQgetvalue(r, i, 0));
        scans = scans || post_scans(r, i);
    }
    PQclear(r);
    buf_free(&text);
    check_plan(s, scans, &plan);
}

/* Enough requests for the planner to prefer one index to another: one in four waits, each person has two. */
static const char post_fill[] =
    "INSERT INTO person (id, created_at) SELECT g, '2024-01-01' FROM generate_series(1, 2000) g;"
    "INSERT INTO request (id, person, received_at, recorded_at) SELECT g, (g + 1) / 2, '2024-01-01', "
    "'2024-01-01' FROM generate_series(1, 4000) g;"
    "INSERT INTO standing (request, version, state, waiting, person, urgency, received_at, heard_at, "
    "attempts, "
    "listed) SELECT g, 1, 'waiting', CASE WHEN g % 4 = 0 THEN 1 ELSE 0 END, (g + 1) / 2, g % 4, "
    "'2024-01-01', "
    "'2024-01-01', 0, 0 FROM generate_series(1, 4000) g;"
    "ANALYZE person; ANALYZE request; ANALYZE standing; SET enable_seqscan = off; "
    "SET plan_cache_mode = force_generic_plan";

static void post_plans(const char *url)
{
    PGconn *conn = PQconnectdb(url);

    if (!CHECK(PQstatus(conn) == CONNECTION_OK))
        return;
    PQclear(post_run(conn,
                     "SELECT set_config('search_path', quote_ident(current_schema()) || ',' || "
                     "quote_ident(current_schema() || '_keys'), false)",
                     "search_path"));
    PQclear(post_run(conn, post_fill, "filling"));
    for (size_t i = 0; i < SQL_IDS; i++) {
        post_prepare(conn, sql_all[i]);
        post_plan(conn, sql_all[i]);
    }
    PQfinish(conn);
}

TEST(plans_of_every_statement)
{
    struct ctx *c = test_begin("2024-01-03");

    if (store_kind(db_store(c->db)) == DB_POSTGRES)
        post_plans(test_url(c));
    else
        lite_plans(test_url(c));
    test_end(c);
}

/* ── Running them ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err ignore(struct ctx *c, void *arg, const void *r)
{
    (void)c;
    (void)r;
    ++*(int *)arg;
    return OK;
}

/* With some value of each type, in an empty register. */
static enum err run(struct ctx *c, void *arg)
{
    const struct sql_statement *s = arg;
    union sql_value value[64];
    int rows = 0;

    for (int i = 0; i < s->params; i++)
        value[i] = s->param[i] == SQL_TEXT   ? (union sql_value){ .t = "some" }
                   : s->param[i] == SQL_BLOB ? (union sql_value){ .b = { "seal", 4 } }
                   : s->param[i] == SQL_REAL ? (union sql_value){ .r = 0.5 }
                                             : (union sql_value){ .i = 1 };
    return db_each(c, s, value, ignore, &rows);
}

/* A row may be refused because what it points to is not there, or a code is none; nothing else may go wrong.
 */
TEST(plans_statements_run)
{
    struct ctx *c = test_begin("2024-01-03");

    for (size_t i = 0; i < SQL_IDS; i++) {
        union {
            const struct sql_statement *s;
            void *arg;
        } statement = { .s = sql_all[i] };
        enum err e = db_tx(c, run, statement.arg);
        bool fine = e == OK || strstr(c->err.text, "foreign key") != NULL ||
                    strstr(c->err.text, "FOREIGN KEY") != NULL ||
                    strstr(c->err.text, "check constraint") != NULL ||
                    strstr(c->err.text, "CHECK constraint") != NULL;

        test_check(fine, sql_all[i]->name, 0, c->err.text);
        err_clear(c);
    }
    test_end(c);
}
