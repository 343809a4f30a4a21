// SPDX-License-Identifier: EUPL-1.2
/* test_begin: a register of its own for each test, on the data base that PEIL_TEST_URL names. */
#include "unit/test.h"

#include "base/date.h"
#include "base/text.h"
#include "register/session.h"
#include "store/migrate.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct fixture {
    struct ctx c;
    struct arena arena;
    struct session session;
    struct store *store;
    char url[1200], schema[40], key[60];
    struct fixture *next; /* of those that are open */
};
static struct fixture *open_fixtures;

static bool on_postgres(void)
{
    const char *url = getenv("PEIL_TEST_URL");

    return url != NULL && strncmp(url, "postgres", 8) == 0;
}

static void run_sql(const char *sql)
{
    PGconn *conn = PQconnectdb(getenv("PEIL_TEST_URL"));
    PGresult *r = PQexec(conn, sql);

    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(conn));
    PQclear(r);
    PQfinish(conn);
}

/* Where registers of tests live: memory where there is room, because a disk that really writes makes tests
 * wait. What must survive a crash is tested on a disk (tests/crash). */
static const char *folder(void)
{
    struct statvfs room;

    if (getenv("TMPDIR") != NULL)
        return getenv("TMPDIR");
    bool fits = statvfs("/dev/shm", &room) == 0 && room.f_bavail * room.f_frsize > (512u << 20);
    return fits && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

/* PostgreSQL: a schema of its own in the one data base. */
static void name_register(struct fixture *f)
{
    static int serial;
    char sql[200];

    serial++;
    if (!on_postgres()) {
        snprintf(f->url, sizeof f->url, "%s/peil-test-%d-%d.db", folder(), (int)getpid(), serial);
        return;
    }
    snprintf(f->key, sizeof f->key, "/tmp/peil-test-%d.key", (int)getpid());
    setenv("PEIL_KEY_FILE", f->key, 1);
    snprintf(f->schema, sizeof f->schema, "t%d_%d", (int)getpid(), serial);
    snprintf(sql, sizeof sql, "CREATE SCHEMA %s", f->schema);
    run_sql(sql);
    snprintf(f->url, sizeof f->url, "%s%soptions=-csearch_path%%3D%s", getenv("PEIL_TEST_URL"),
             strchr(getenv("PEIL_TEST_URL"), '?') != NULL ? "&" : "?", f->schema);
}

static const char *const file_ends[] = { "", ".keys", ".key", "-wal", "-shm", ".keys-wal", ".keys-shm" };
enum { COPIED = 3 }; /* the first of them make a register that is closed */

static void remove_files(const char *url)
{
    char name[1300];

    for (size_t i = 0; i < COUNT(file_ends); i++) {
        snprintf(name, sizeof name, "%s%s", url, file_ends[i]);
        unlink(name);
    }
}

static void remove_register(const struct fixture *f)
{
    char name[1300];

    if (on_postgres()) {
        snprintf(name, sizeof name,
                 "SET client_min_messages = warning; DROP SCHEMA IF EXISTS %s, %s_keys CASCADE", f->schema,
                 f->schema);
        run_sql(name);
        unlink(f->key);
    }
    remove_files(f->url);
}

/* last: the last step of the schema; NULL: all of them. */
static enum err open_register(struct ctx *c, struct fixture *f, const char *last)
{
    enum err e = store_open(c, f->url, true, &f->store);

    if (e == OK)
        e = db_open(c, f->store, &c->db);
    return e == OK ? migrate_until(c, last) : e;
}

/* ── SQLite: the empty register is made once and copied for each test ─────────────────────────────────────
 */

static char template_url[1200];

static void template_remove(void)
{
    remove_files(template_url);
}

static void template_make(struct ctx *c)
{
    struct fixture t = { 0 };

    snprintf(t.url, sizeof t.url, "%s/peil-test-%d-empty.db", folder(), (int)getpid());
    if (open_register(c, &t, NULL) != OK) {
        fprintf(stderr, "test register %s: %s (%s)\n", t.url, c->err.text, c->err.trace);
        exit(1);
    }
    db_close(c->db);
    store_close(t.store);
    c->db = NULL;
    memcpy(template_url, t.url, sizeof template_url);
    atexit(template_remove);
}

static void copy_file(const char *from, const char *to)
{
    static char bytes[1 << 16];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
    ssize_t n = in < 0 || out < 0 ? -1 : 1;

    while (n > 0 && (n = read(in, bytes, sizeof bytes)) > 0)
        n = write(out, bytes, (size_t)n) == n ? n : -1;
    if (n < 0) {
        perror(to);
        exit(1);
    }
    close(in);
    close(out);
}

static void template_copy(struct ctx *c, const struct fixture *f)
{
    char from[1300], to[1300];

    if (template_url[0] == '\0')
        template_make(c);
    for (size_t i = 0; i < COPIED; i++) {
        snprintf(from, sizeof from, "%s%s", template_url, file_ends[i]);
        snprintf(to, sizeof to, "%s%s", f->url, file_ends[i]);
        copy_file(from, to);
    }
}

static struct ctx *begin(const char *day, const char *last)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct ctx *c = &f->c;
    int32_t number = DAY_NONE;

    name_register(f);
    arena_init(&f->arena, 256u << 20);
    ctx_init(c, &f->arena, LANG_EN);
    if (!CHECK(date_scan(day, strlen(day), &number)))
        exit(1);
    ctx_set_now(c, time_of_nl_day(number, 12 * 3600));
    if (!on_postgres() && last == NULL)
        template_copy(c, f);
    if (open_register(c, f, last) != OK) {
        fprintf(stderr, "test register %s: %s (%s)\n", f->url, c->err.text, c->err.trace);
        exit(1);
    }
    session_act_as(c, &f->session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    f->next = open_fixtures;
    open_fixtures = f;
    return c;
}

struct ctx *test_begin(const char *day)
{
    return begin(day, NULL);
}

struct ctx *test_begin_old(const char *day, const char *last)
{
    return begin(day, last);
}

void test_end(struct ctx *c)
{
    struct fixture *f = (struct fixture *)(void *)c, **at = &open_fixtures;

    while (*at != f)
        at = &(*at)->next;
    *at = f->next;
    db_close(c->db);
    store_close(f->store);
    remove_register(f);
    arena_free(&f->arena);
    free(f);
}

void test_end_all(void)
{
    while (open_fixtures != NULL)
        test_end(&open_fixtures->c);
}

const char *test_url(const struct ctx *c)
{
    return ((const struct fixture *)(const void *)c)->url;
}
