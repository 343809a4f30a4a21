// SPDX-License-Identifier: EUPL-1.2
/* Power cuts, replayed: several people register requests and calls through the register itself, on its
 * group-committing writer, while every write to the disk is recorded. Then the recording is cut at many
 * points, as a failing power supply could have left the files, and each register is opened by the product's
 * own code in a fresh process. Asked of each:
 *   - both files are intact, and everything that belongs together is there or not there together;
 *   - every request and call that had been acknowledged is there;
 *   - every person's identity can be read (the key was on disk before the person).
 * A disk that ignores syncs of the log must be caught: else the test could not fail.
 *
 *     peil-powercut [points] [seed]         ends with "N passed, N failed" */
#include "base/date.h"
#include "base/text.h"
#include "crash/vfs_record.h"
#include "register/request.h"
#include "register/right.h"
#include "store/db.h"
#include "store/migrate.h"

#include <sqlite3.h>

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 8, ROUNDS = 60, MEMORY = 64 << 20, AT_ONCE = 2 };

/* What a resident's request was acknowledged as; `call` is 0 until the call was, too. */
struct acknowledged {
    int64_t id;
    size_t request, call; /* operations recorded at that moment */
};
static struct acknowledged done[WRITERS][ROUNDS];

struct person_at_work {
    struct ctx ctx;
    struct arena arena;
    struct store *store;
    struct actor actor;
    struct scope scope;
    int number;
    pthread_t thread;
};

static _Noreturn void give_up(const struct ctx *c, const char *what)
{
    printf("powercut: %s: %s (%s)\n", what, c->err.text, c->err.trace);
    exit(1);
}

static void begin(struct person_at_work *p, struct store *s)
{
    p->store = s;
    arena_init(&p->arena, MEMORY);
    ctx_init(&p->ctx, &p->arena, LANG_EN);
    ctx_set_now(&p->ctx, time_of_nl_day(date_from_civil(2024, 3, 5), 10 * 3600));
    p->actor =
        (struct actor){ .account = INT_NONE, .role = ROLE_SYSTEM, .team = INT_NONE, .worker = INT_NONE };
    p->scope = scope_of(&p->actor);
    p->ctx.actor = &p->actor;
    p->ctx.scope = &p->scope;
    if (s != NULL && db_open(&p->ctx, s, &p->ctx.db) != OK)
        give_up(&p->ctx, "open");
}

static void end(struct person_at_work *p)
{
    db_close(p->ctx.db);
    arena_free(&p->arena);
}

static void texts(int writer, int round, char name[40], char question[60], char note[60])
{
    snprintf(name, 40, "Resident %c%03d", 'A' + writer, round);
    snprintf(question, 60, "Question %d of %d", round, writer);
    snprintf(note, 60, "Called %d-%d", writer, round);
}

static enum err add_request(struct ctx *c, int writer, int round)
{
    char name[40], question[60], note[60], phone[20];
    struct request_id id;

    texts(writer, round, name, question, note);
    snprintf(phone, sizeof phone, "06%04d%04d", writer, round);
    struct request_form f = { .person = INT_NONE,
                              .who = { .name = name, .phone = phone },
                              .question = question,
                              .received = c->today,
                              .channel = "phone",
                              .route = "self",
                              .neighbourhood = INT_NONE,
                              .team = INT_NONE,
                              .urgency = URGENCY_NORMAL,
                              .safety_checked = true,
                              .why = "ordinary" };
    TRY(request_add(c, &f, &id));
    done[writer][round].id = id.v;
    done[writer][round].request = record_now();
    return OK;
}

static enum err add_call(struct ctx *c, int writer, int round)
{
    char name[40], question[60], note[60];
    struct request_change change = { .id = { done[writer][round].id }, .version = -1, .note = note };

    texts(writer, round, name, question, note);
    change.e = (struct event){ .kind = KIND_CALL_REACHED,
                               .occurred_at = c->now,
                               .account = INT_NONE,
                               .team = INT_NONE,
                               .worker = INT_NONE,
                               .urgency = INT_NONE,
                               .until = TIME_NONE };
    TRY(request_change(c, &change));
    done[writer][round].call = record_now();
    return OK;
}

static void *work(void *arg)
{
    struct person_at_work *p = arg;

    for (int i = 0; i < ROUNDS; i++) {
        struct arena_mark mark = arena_mark(&p->arena);
        if (add_request(&p->ctx, p->number, i) != OK ||
            (i % 2 == 1 && add_call(&p->ctx, p->number, i / 2) != OK))
            give_up(&p->ctx, "work");
        arena_release(&p->arena, mark);
    }
    return NULL;
}

static struct store *open_store(struct person_at_work *p, const char *path, bool create)
{
    struct store *s = NULL;

    begin(p, NULL);
    if (store_open(&p->ctx, path, create, &s) != OK || db_open(&p->ctx, s, &p->ctx.db) != OK ||
        migrate(&p->ctx) != OK)
        give_up(&p->ctx, "start");
    return s;
}

/* The register exists, as `peil init` leaves it; then a day of work on it is recorded. */
static void record_work(const char *path)
{
    struct person_at_work starter, p[WRITERS];

    struct store *s = open_store(&starter, path, true);
    end(&starter);
    store_close(s);
    record_start(path);
    s = open_store(&starter, path, false);
    end(&starter);
    if (store_start_writer(&starter.ctx, s) != OK)
        give_up(&starter.ctx, "writer");
    for (int i = 0; i < WRITERS; i++) {
        p[i].number = i;
        begin(&p[i], s);
        pthread_create(&p[i].thread, NULL, work, &p[i]);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(p[i].thread, NULL);
        end(&p[i]);
    }
    store_close(s);
    record_stop();
}

/* ---- after the cut, in a process of its own ---- */

enum verdict { GOOD, LOST, CORRUPT, UNREADABLE, VERDICTS };

static bool says(sqlite3 *db, const char *sql, const char *want)
{
    sqlite3_stmt *stmt = NULL;
    bool same = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
                sqlite3_step(stmt) == SQLITE_ROW && text_is((const char *)sqlite3_column_text(stmt, 0), want);

    if (!same)
        printf("powercut: %s: %s\n", sql,
               stmt != NULL ? (const char *)sqlite3_column_text(stmt, 0) : sqlite3_errmsg(db));
    sqlite3_finalize(stmt);
    return same;
}

/* Files intact; nothing there by half. */
static bool intact(const char *path)
{
    static const char *const whole[] = {
        "SELECT count(*) FROM pragma_foreign_key_check",
        "SELECT count(*) FROM request r WHERE NOT EXISTS (SELECT 1 FROM standing s WHERE s.request = r.id)",
        "SELECT count(*) FROM standing s WHERE s.version <> (SELECT count(*) FROM event e WHERE e.request = "
        "s.request)",
        "SELECT count(*) FROM event e WHERE e.seq > (SELECT count(*) FROM event x WHERE x.request = "
        "e.request)",
        "SELECT count(*) FROM person p WHERE NOT EXISTS (SELECT 1 FROM identity i WHERE i.person = p.id)",
    };
    sqlite3 *db = NULL, *keys = NULL;
    char name[600];

    snprintf(name, sizeof name, "%s.keys", path);
    sqlite3_open(path, &db);
    sqlite3_open(name, &keys);
    bool good = says(db, "PRAGMA integrity_check", "ok") && says(keys, "PRAGMA integrity_check", "ok");
    for (size_t i = 0; good && i < COUNT(whole); i++)
        good = says(db, whole[i], "0");
    sqlite3_close(db);
    sqlite3_close(keys);
    return good;
}

static enum verdict find(struct ctx *c, int writer, int round, size_t point)
{
    const struct acknowledged *a = &done[writer][round];
    char name[40], question[60], note[60];
    struct request r;

    texts(writer, round, name, question, note);
    if (request_get(c, (struct request_id){ a->id }, &r) != OK)
        return LOST;
    if (!text_is(r.who.name, name) || !text_is(r.question, question))
        return UNREADABLE;
    if (a->call == 0 || a->call > point)
        return GOOD;
    for (size_t i = 0; i < r.events; i++)
        if (r.event[i].e.kind == KIND_CALL_REACHED && text_is(r.event[i].note, note))
            return GOOD;
    return LOST;
}

/* Also those that nobody was told about yet: a person who is there can be read. */
static enum verdict read_everybody(struct ctx *c, const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    enum verdict v = GOOD;

    sqlite3_open(path, &db);
    if (sqlite3_prepare_v2(db, "SELECT id FROM person", -1, &stmt, NULL) != SQLITE_OK)
        v = CORRUPT;
    while (v == GOOD && sqlite3_step(stmt) == SQLITE_ROW) {
        struct arena_mark mark = arena_mark(c->arena);
        struct identity who;
        if (person_get(c, sqlite3_column_int64(stmt, 0), &who) != OK || text_empty(who.name))
            v = UNREADABLE;
        arena_release(c->arena, mark);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return v;
}

static enum verdict examine(const char *path, size_t point)
{
    struct person_at_work p;
    enum verdict v = GOOD;
    struct store *s = NULL;

    begin(&p, NULL);
    if (store_open(&p.ctx, path, false, &s) != OK || db_open(&p.ctx, s, &p.ctx.db) != OK ||
        migrate(&p.ctx) != OK)
        v = CORRUPT;
    for (int i = 0; v == GOOD && i < WRITERS; i++)
        for (int j = 0; v == GOOD && j < ROUNDS && done[i][j].request <= point; j++) {
            struct arena_mark mark = arena_mark(&p.arena);
            v = find(&p.ctx, i, j, point);
            arena_release(&p.arena, mark);
        }
    if (v == GOOD)
        v = read_everybody(&p.ctx, path);
    if (v != GOOD)
        printf("powercut: cut at %zu: %s %s\n", point, p.ctx.err.text, p.ctx.err.trace);
    end(&p);
    store_close(s);
    return v == GOOD && !intact(path) ? CORRUPT : v;
}

/* ---- many cuts ---- */

struct series {
    const char *folder;
    bool deaf;
    size_t points;
    uint64_t seed;
    size_t verdict[VERDICTS], died, unsynced;
    pid_t child[AT_ONCE];
};

/* Waits for one process and tells which place it had. */
static size_t collect(struct series *s)
{
    int status;
    pid_t pid = wait(&status);

    if (WIFEXITED(status) && WEXITSTATUS(status) < VERDICTS)
        s->verdict[WEXITSTATUS(status)]++;
    else
        s->died++;
    for (size_t i = 0; i < AT_ONCE; i++)
        if (s->child[i] == pid)
            return i;
    give_up(&(struct ctx){ .lang = LANG_EN }, "unknown process");
}

static _Noreturn void examine_and_exit(const struct series *s, const char *path, size_t point)
{
    if (s->deaf && freopen("/dev/null", "w", stdout) == NULL)
        _exit(VERDICTS);
    enum verdict v = examine(path, point);
    fflush(stdout);
    _exit((int)v);
}

static void cut_many(struct series *s)
{
    struct replay *r = replay_begin(s->deaf);
    size_t all = record_now();
    char path[400];

    for (size_t i = 0; i < s->points; i++) {
        size_t unsynced, point = (size_t)((double)(i + 1) / (double)s->points * (double)all);
        size_t place = i < AT_ONCE ? i : collect(s);
        struct rng rng;
        rng_seed(&rng, s->seed * 1000003 + i);
        snprintf(path, sizeof path, "%s/%zu.db", s->folder, place);
        replay_cut(r, point, &rng, path, &unsynced);
        s->unsynced += unsynced;
        fflush(stdout);
        s->child[place] = fork();
        if (s->child[place] == 0)
            examine_and_exit(s, path, point);
    }
    for (size_t i = 0; i < AT_ONCE; i++)
        s->child[collect(s)] = 0;
    replay_end(r);
}

static int report(const struct series *s, const struct series *deaf)
{
    size_t bad = 0, passed = 0;
    const struct {
        const char *what;
        bool good;
    } check[] = {
        { "no acknowledged write lost", s->verdict[LOST] == 0 },
        { "no register corrupt", s->verdict[CORRUPT] == 0 && s->died == 0 },
        { "every identity readable", s->verdict[UNREADABLE] == 0 },
        { "a disk that ignores syncs is noticed", deaf->verdict[GOOD] < deaf->points },
    };

    printf("%zu cuts in %zu writes, %zu truncations, %zu syncs; %.1f operations unsynced at a cut\n",
           s->points, record_count(RECORD_WRITE), record_count(RECORD_TRUNCATE), record_count(RECORD_SYNC),
           (double)s->unsynced / (double)s->points);
    printf("lost %zu, corrupt %zu, unreadable %zu, died %zu\n", s->verdict[LOST], s->verdict[CORRUPT],
           s->verdict[UNREADABLE], s->died);
    printf("on a disk that ignores syncs: %zu of %zu cuts noticed\n", deaf->points - deaf->verdict[GOOD],
           deaf->points);
    for (size_t i = 0; i < COUNT(check); i++) {
        if (!check[i].good)
            printf("FAILED: %s\n", check[i].what);
        passed += check[i].good;
        bad += !check[i].good;
    }
    printf("%zu passed, %zu failed\n", passed, bad);
    return bad > 0;
}

static void clean(const char *folder)
{
    char path[400];
    DIR *d = opendir(folder);

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (e->d_name[0] != '.')
            remove(path);
    }
    if (d != NULL)
        closedir(d);
    rmdir(folder);
}

int main(int argc, char **argv)
{
    int64_t points = 300, seed = 1;
    char folder[] = "/dev/shm/peil-powercut.XXXXXX", path[100], key[120];

    if ((argc > 1 && !text_to_int(argv[1], &points)) || (argc > 2 && !text_to_int(argv[2], &seed)) ||
        points < 20) {
        fprintf(stderr, "usage: peil-powercut [points >= 20] [seed]\n");
        return 2;
    }
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        return 1;
    }
    snprintf(path, sizeof path, "%s/work.db", folder);
    snprintf(key, sizeof key, "%s/work.db.key", folder);
    record_work(path);
    setenv("PEIL_KEY_FILE", key, 1);
    struct series real = { .folder = folder, .points = (size_t)points, .seed = (uint64_t)seed };
    struct series deaf = {
        .folder = folder, .points = (size_t)points / 20, .seed = (uint64_t)seed, .deaf = true
    };
    cut_many(&real);
    cut_many(&deaf);
    clean(folder);
    return report(&real, &deaf);
}
