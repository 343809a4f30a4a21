// SPDX-License-Identifier: EUPL-1.2
/* The month set against SQL (tests/bench/peers/month_set.sql), on SQLite and, when the tests run on it,
 * PostgreSQL. */
#include "base/buf.h"
#include "base/date.h"
#include "measure/month_set.h"
#include "stat/month_data.h"
#include "unit/test.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 20000, NORM = 10 };

static void put_day(struct buf *b, const char *before, int32_t day)
{
    buf_str(b, before);
    if (day == DAY_NONE)
        buf_lit(b, "NULL");
    else
        buf_int(b, day);
}

/* The tables of the query, as one script. */
static void put_tables(struct buf *b, const struct month_frame *f, const struct month_row *row)
{
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    buf_str(b, "CREATE TEMPORARY TABLE request (received int, started int, left_at int, closed int, cell "
               "int, direct int,"
               " reopened int); CREATE TEMPORARY TABLE calendar (day int, month int, year int, working int);"
               " CREATE TEMPORARY TABLE frame (months int, cells int, last_day int, norm int);");
    buf_printf(b, "INSERT INTO frame VALUES (%d, %d, %d, %d);", f->months, f->cells, f->last_day, NORM);
    for (int32_t day = f->first[0]; day <= f->last_day; day++)
        buf_printf(b, "%s(%d, %d, %d, %d)", day == f->first[0] ? "INSERT INTO calendar VALUES " : ", ", day,
                   f->month_of[day - f->first[0]], date_to_civil(day).year - f->first_year,
                   calendar_working_between(&k, f->first[0] - 1, day));
    for (size_t i = 0; i < ROWS; i++) {
        const struct month_row *r = &row[i];
        put_day(b, i % 1000 == 0 ? "; INSERT INTO request VALUES (" : ", (", r->received);
        put_day(b, ", ", r->started <= f->last_day ? r->started : DAY_NONE);
        put_day(b, ", ", r->left <= f->last_day ? r->left : DAY_NONE);
        put_day(b, ", ", r->closed <= f->last_day ? r->closed : DAY_NONE);
        buf_printf(b, ", %d, %d, %d)", r->cell, r->direct, r->reopened);
    }
}

/* Ours. */
static int32_t (*count(const struct month_frame *f, struct month_row *row))[MONTH_NUMBERS]
{
    static uint32_t group[ROWS], from[48 * MONTH_DATA_CELLS + 2];
    static uint16_t code[ROWS][2], outcome[ROWS], rest[ROWS];
    struct month_rows rows = { f, outcome, rest, from };
    int32_t(*number)[MONTH_NUMBERS] = calloc(month_set_rows(f), sizeof *number);
    void *work = calloc(1, month_work_size(f));
    struct month_data d;
    struct month_set set;
    bool clipped = false;

    month_data_begin(&d, 20, ROWS);
    for (size_t i = 0; month_data_next(&d, &row[i]); i++)
        CHECK(month_row_pack(f, &row[i], &group[i], code[i], &clipped) == MONTH_ROW_OK);
    month_rows_sort(f, ROWS, group, (const uint16_t(*)[2])code, from, outcome, rest);
    month_set_begin(&set, &rows, month_kernel_best(), number);
    month_set_work(&set, work);
    month_set_end(&set, &work, 1);
    free(work);
    CHECK(!clipped);
    return number;
}

/* Compares one row of SQL with ours; returns how many numbers differ. */
static size_t compare(const char *const cell[1 + MONTH_NUMBERS], int32_t (*number)[MONTH_NUMBERS])
{
    long g = strtol(cell[0], NULL, 10);
    size_t n = 0;

    for (size_t i = 0; i < MONTH_NUMBERS; i++)
        n += strtol(cell[1 + i], NULL, 10) != number[g][i];
    return n;
}

static void check_sqlite(const char *tables, const char *query, int32_t (*number)[MONTH_NUMBERS], size_t want)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    size_t rows = 0, wrong = 0;

    CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, tables, NULL, NULL, NULL) == SQLITE_OK);
    CHECK(sqlite3_prepare_v2(db, query, -1, &s, NULL) == SQLITE_OK);
    for (; sqlite3_step(s) == SQLITE_ROW; rows++) {
        const char *cell[1 + MONTH_NUMBERS];
        for (int i = 0; i <= MONTH_NUMBERS; i++)
            cell[i] = (const char *)sqlite3_column_text(s, i);
        wrong += compare(cell, number);
    }
    CHECK_INT((int64_t)rows, (int64_t)want);
    CHECK_INT((int64_t)wrong, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

static void check_postgres(const char *url, const char *tables, const char *query,
                           int32_t (*number)[MONTH_NUMBERS], size_t want)
{
    PGconn *db = PQconnectdb(url);
    PGresult *r = PQexec(db, tables);
    size_t wrong = 0;

    CHECK_STR(PQresultErrorMessage(r), "");
    PQclear(r);
    r = PQexec(db, query);
    CHECK_STR(PQresultErrorMessage(r), "");
    CHECK_INT(PQntuples(r), (int64_t)want);
    for (int row = 0; row < PQntuples(r); row++) {
        const char *cell[1 + MONTH_NUMBERS];
        for (int i = 0; i <= MONTH_NUMBERS; i++)
            cell[i] = PQgetvalue(r, row, i);
        wrong += compare(cell, number);
    }
    CHECK_INT((int64_t)wrong, 0);
    PQclear(r);
    PQfinish(db);
}

TEST_LONG(month_set_like_sql)
{
    static struct month_row row[ROWS + 1];
    static struct month_frame f;
    const char *url = getenv("PEIL_TEST_URL"), *query = test_read_file("tests/bench/peers/month_set.sql");
    struct buf tables = { 0 };

    month_data_frame(&f);
    int32_t(*number)[MONTH_NUMBERS] = count(&f, row);
    put_tables(&tables, &f, row);
    check_sqlite(buf_text(&tables), query, number, month_set_rows(&f));
    if (url != NULL && strncmp(url, "postgresql:", 11) == 0)
        check_postgres(url, buf_text(&tables), query, number, month_set_rows(&f));
    buf_free(&tables);
    free(number);
}
