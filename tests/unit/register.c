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
    char url[1200], database[40], key[60];
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

/* The address of another data base on the server of PEIL_TEST_URL. */
static void address_of(const char *database, char *ret, size_t size)
{
    const char *url = getenv("PEIL_TEST_URL"), *host = strstr(url, "://"), *name = NULL;

    if (host != NULL)
        name = strchr(host + 3, '/');
    if (name == NULL) {
        fprintf(stderr, "PEIL_TEST_URL names no data base: %s\n", url);
        exit(1);
    }
    snprintf(ret, size, "%.*s/%s%s", (int)(name - url), url, database, name + strcspn(name, "?"));
}

/* PostgreSQL: a data base of its own for each test; one key file for each. */
static void name_register(struct fixture *f, const char *what)
{
    if (!on_postgres()) {
        snprintf(f->url, sizeof f->url, "%s/peil-test-%d-%s.db", folder(), (int)getpid(), what);
        return;
    }
    snprintf(f->key, sizeof f->key, "/tmp/peil-test-%d.key", (int)getpid());
    setenv("PEIL_KEY_FILE", f->key, 1);
    snprintf(f->database, sizeof f->database, "peil_test_%d_%s", (int)getpid(), what);
    address_of(f->database, f->url, sizeof f->url);
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
    char sql[120];

    if (on_postgres()) {
        snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s WITH (FORCE)", f->database);
        run_sql(sql);
    } else {
        remove_files(f->url);
    }
}

/* last: the last step of the schema; NULL: all of them. */
static enum err open_register(struct ctx *c, struct fixture *f, const char *last)
{
    enum err e = store_open(c, f->url, true, &f->store);

    if (e == OK)
        e = db_open(c, f->store, &c->db);
    return e == OK ? migrate_until(c, last) : e;
}

/* ── The empty register is made once and copied for each test ─────────────────────────────────────────────
 */

static struct fixture empty;

static void empty_remove(void)
{
    remove_register(&empty);
    if (empty.key[0] != '\0')
        unlink(empty.key);
}

static void create_database(const char *name, const char *from)
{
    char sql[160];

    snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", name, from);
    run_sql(sql);
}

static void empty_make(struct ctx *c)
{
    name_register(&empty, "empty");
    atexit(empty_remove);
    if (on_postgres())
        create_database(empty.database, "template0");
    if (open_register(c, &empty, NULL) != OK) {
        fprintf(stderr, "test register %s: %s (%s)\n", empty.url, c->err.text, c->err.trace);
        exit(1);
    }
    db_close(c->db);
    store_close(empty.store);
    c->db = NULL;
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

static void copy_files(const char *url)
{
    char from[1300], to[1300];

    for (size_t i = 0; i < COPIED; i++) {
        snprintf(from, sizeof from, "%s%s", empty.url, file_ends[i]);
        snprintf(to, sizeof to, "%s%s", url, file_ends[i]);
        copy_file(from, to);
    }
}

/* last: the register of an earlier version, which starts with nothing. */
static void make_register(struct ctx *c, struct fixture *f, const char *last)
{
    static int serial;
    char name[16];

    if (empty.url[0] == '\0')
        empty_make(c);
    snprintf(name, sizeof name, "%d", ++serial);
    name_register(f, name);
    if (on_postgres())
        create_database(f->database, last == NULL ? empty.database : "template0");
    else if (last == NULL)
        copy_files(f->url);
}

static struct ctx *begin(const char *day, const char *last)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct ctx *c = &f->c;
    int32_t number = DAY_NONE;

    arena_init(&f->arena, 256u << 20);
    ctx_init(c, &f->arena, LANG_EN);
    if (!CHECK(date_scan(day, strlen(day), &number)))
        exit(1);
    ctx_set_now(c, time_of_nl_day(number, 12 * 3600));
    make_register(c, f, last);
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
