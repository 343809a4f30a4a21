// SPDX-License-Identifier: EUPL-1.2
/* kill -9 under load: the real server on a real register, people who register requests over HTTP as fast as
 * they can, and in the middle of it SIGKILL. Afterwards every request for which a browser saw the answer must
 * be in the register with its resident's name and question, both files must be intact, and `peil check` must
 * be content.
 *
 *     peil-kill9 PEIL [rounds]              PEIL is the program; ends with "N passed, N failed" */
#include "base/buf.h"
#include "base/text.h"
#include "crash/client.h"
#include "register/request.h"
#include "register/session.h"
#include "store/db.h"
#include "store/migrate.h"

#include <sqlite3.h>

#include <arpa/inet.h>
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PEOPLE = 8,
    LOAD_MS = 300,
    START_MS = 5000,
    ROUNDS_A_REGISTER = 20, /* then a new one, so that the checks stay quick */
    MEMORY = 256 << 20,
    DONE_MAX = 20000, /* acknowledged in one round by one person */
};

static const char login[] = "intake", password[] = "a long sentence for the test";

struct person {
    pthread_t thread;
    struct client client;
    int round, number;
    const atomic_bool *stop;
    int64_t *id; /* of acknowledged requests, in the order sent */
    size_t done, refused;
};

struct run {
    const char *peil, *folder;
    char path[300];
    int port, round;
    pid_t server;
    char cookie[400], csrf[200];
    size_t acknowledged, lost, damaged;
};

static _Noreturn void give_up(const char *what, const char *more)
{
    printf("kill9: %s: %s\n", what, more);
    exit(1);
}

static void sleep_ms(long ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

    nanosleep(&t, NULL);
}

static void texts(int round, int person, size_t i, char name[60], char question[60])
{
    snprintf(name, 60, "Resident %d-%d-%zu", round, person, i);
    snprintf(question, 60, "Question %zu <of> %d & %d", i, person, round);
}

/* ---- the register and the server ---- */

struct desk {
    struct arena arena;
    struct ctx ctx;
    struct session session;
    struct store *store;
};

static bool open_desk(struct desk *d, const char *path, bool create)
{
    *d = (struct desk){ 0 };
    arena_init(&d->arena, MEMORY);
    ctx_init(&d->ctx, &d->arena, LANG_EN);
    session_act_as(&d->ctx, &d->session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    return store_open(&d->ctx, path, create, &d->store) == OK &&
           db_open(&d->ctx, d->store, &d->ctx.db) == OK && migrate(&d->ctx) == OK;
}

static void close_desk(struct desk *d)
{
    db_close(d->ctx.db);
    store_close(d->store);
    arena_free(&d->arena);
}

static void new_register(struct run *r)
{
    struct desk d;
    struct account_form f = { .login = login,
                              .name = "Intake",
                              .password = password,
                              .role = ROLE_INTAKE,
                              .team = INT_NONE,
                              .worker = INT_NONE };
    int64_t account;

    snprintf(r->path, sizeof r->path, "%s/register-%d.db", r->folder, r->round);
    if (!open_desk(&d, r->path, true) || account_add(&d.ctx, &f, &account) != OK)
        give_up("new register", d.ctx.err.text);
    close_desk(&d);
    r->cookie[0] = '\0';
}

static int free_port(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET };
    socklen_t len = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&at, sizeof at) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        give_up("no free port", "");
    close(fd);
    return ntohs(at.sin_port);
}

static void start_server(struct run *r)
{
    char listen[40], log[260];
    struct client k;

    r->port = free_port();
    snprintf(listen, sizeof listen, "127.0.0.1:%d", r->port);
    snprintf(log, sizeof log, "%s/server.log", r->folder);
    fflush(stdout);
    r->server = fork();
    if (r->server == 0) {
        if (freopen(log, "a", stderr) != NULL && freopen("/dev/null", "w", stdout) != NULL)
            execl(r->peil, r->peil, "serve", r->path, "--listen", listen, (char *)NULL);
        _exit(127);
    }
    client_init(&k, r->port);
    for (int waited = 0; client_get(&k, "/login") != 200; waited += 5) {
        if (waited > START_MS || waitpid(r->server, NULL, WNOHANG) != 0)
            give_up("the server did not start on", r->path);
        sleep_ms(5);
    }
    if (r->cookie[0] == '\0') {
        if (!client_login(&k, login, password))
            give_up("login failed", buf_text(&k.in));
        text_copy(r->cookie, sizeof r->cookie, k.cookie);
        text_copy(r->csrf, sizeof r->csrf, k.csrf);
    }
    client_close(&k);
}

/* ---- the load ---- */

static void one_form(struct person *p, struct buf *form)
{
    char name[60], question[60];

    texts(p->round, p->number, p->done, name, question);
    buf_clear(form);
    buf_lit(form, "name=");
    buf_url_part(form, name);
    buf_lit(form, "&question=");
    buf_url_part(form, question);
    buf_lit(form, "&received=2024-01-03&channel=phone&route=self&neighbourhood=&danger=no&urgency=2&why="
                  "ordinary&safe_call=yes");
    buf_lit(form, "&birth=&phone=");
}

static void *work(void *arg)
{
    struct person *p = arg;
    struct buf form = { NULL, 0, 0, false };
    int64_t id;

    while (!atomic_load(p->stop) && p->done < DONE_MAX) {
        one_form(p, &form);
        int status = client_post(&p->client, "/requests", buf_text(&form));
        if (status == 0)
            break;
        const char *number =
            strncmp(p->client.location, "/requests/", 10) == 0 ? p->client.location + 10 : "";
        char digits[20];
        text_copy(digits, sizeof digits, number);
        digits[strspn(digits, "0123456789")] = '\0';
        if (status == 303 && text_to_int(digits, &id))
            p->id[p->done++] = id;
        else
            p->refused++;
    }
    buf_free(&form);
    return NULL;
}

static void load_and_kill(struct run *r, struct person *person)
{
    atomic_bool stop = false;

    for (int i = 0; i < PEOPLE; i++) {
        struct person *p = &person[i];
        p->round = r->round;
        p->number = i;
        p->done = p->refused = 0;
        p->stop = &stop;
        client_init(&p->client, r->port);
        text_copy(p->client.cookie, sizeof p->client.cookie, r->cookie);
        text_copy(p->client.csrf, sizeof p->client.csrf, r->csrf);
        pthread_create(&p->thread, NULL, work, p);
    }
    sleep_ms(LOAD_MS + r->round % 17);
    kill(r->server, SIGKILL);
    waitpid(r->server, NULL, 0);
    atomic_store(&stop, true);
    for (int i = 0; i < PEOPLE; i++) {
        pthread_join(person[i].thread, NULL);
        if (person[i].refused > 0)
            give_up("the server refused a form", buf_text(&person[i].client.in));
        client_close(&person[i].client);
        r->acknowledged += person[i].done;
    }
}

/* ---- what is left ---- */

static bool whole(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    bool good = sqlite3_open(path, &db) == SQLITE_OK &&
                sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL) == SQLITE_OK &&
                sqlite3_step(stmt) == SQLITE_ROW && text_is((const char *)sqlite3_column_text(stmt, 0), "ok");

    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return good;
}

static bool content(const struct run *r)
{
    int status;

    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stdout) != NULL)
            execl(r->peil, r->peil, "check", r->path, (char *)NULL);
        _exit(127);
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void look_for(struct run *r, struct desk *d, const struct person *p, size_t i)
{
    char name[60], question[60];
    struct arena_mark mark = arena_mark(&d->arena);
    struct request found;

    texts(p->round, p->number, i, name, question);
    if (request_get(&d->ctx, (struct request_id){ p->id[i] }, &found) != OK ||
        !text_is(found.who.name, name) || !text_is(found.question, question)) {
        printf("kill9: round %d: request %lld of %s was acknowledged and is not there: %s\n", r->round,
               (long long)p->id[i], name, d->ctx.err.text);
        err_clear(&d->ctx);
        r->lost++;
    }
    arena_release(&d->arena, mark);
}

static void examine(struct run *r, const struct person *person)
{
    char keys[320];
    struct desk d;

    snprintf(keys, sizeof keys, "%s.keys", r->path);
    if (!open_desk(&d, r->path, false)) {
        printf("kill9: round %d: %s\n", r->round, d.ctx.err.text);
        r->damaged++;
        r->lost += person[0].done;
    } else {
        for (int i = 0; i < PEOPLE; i++)
            for (size_t j = 0; j < person[i].done; j++)
                look_for(r, &d, &person[i], j);
    }
    close_desk(&d);
    if (!whole(r->path) || !whole(keys) || !content(r)) {
        printf("kill9: round %d: %s is damaged or peil check is not content\n", r->round, r->path);
        r->damaged++;
    }
}

static void clean(const char *folder, const char *begins)
{
    char path[600];
    DIR *d = opendir(folder);

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.' && strncmp(e->d_name, begins, strlen(begins)) == 0) {
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            remove(path);
        }
    if (d != NULL)
        closedir(d);
}

static int report(const struct run *r, int rounds)
{
    const struct {
        const char *what;
        bool good;
    } check[] = {
        { "no acknowledged request lost", r->lost == 0 },
        { "every register intact", r->damaged == 0 },
        { "there was load", r->acknowledged >= (size_t)rounds * 10 },
    };
    int bad = 0;

    printf("%d kills, %zu acknowledged requests, %zu lost, %zu registers damaged\n", rounds, r->acknowledged,
           r->lost, r->damaged);
    for (size_t i = 0; i < COUNT(check); i++)
        if (!check[i].good) {
            printf("FAILED: %s\n", check[i].what);
            bad++;
        }
    printf("%d passed, %d failed\n", (int)COUNT(check) - bad, bad);
    return bad > 0;
}

int main(int argc, char **argv)
{
    const char *base = getenv("TMPDIR");
    int64_t rounds = 10;
    char folder[200];
    struct person person[PEOPLE];

    if (argc < 2 || (argc > 2 && (!text_to_int(argv[2], &rounds) || rounds < 1))) {
        fprintf(stderr, "usage: peil-kill9 PEIL [rounds]\n");
        return 2;
    }
    snprintf(folder, sizeof folder, "%s/peil-kill9.XXXXXX", base != NULL ? base : "/tmp");
    if (mkdtemp(folder) == NULL)
        give_up("no folder", folder);
    struct run r = { .peil = argv[1], .folder = folder };
    for (int i = 0; i < PEOPLE; i++)
        if ((person[i].id = calloc(DONE_MAX, sizeof *person[i].id)) == NULL)
            give_up("no memory", "");
    for (r.round = 0; r.round < rounds; r.round++) {
        if (r.round % ROUNDS_A_REGISTER == 0) {
            clean(folder, "register-");
            new_register(&r);
        }
        start_server(&r);
        load_and_kill(&r, person);
        examine(&r, person);
    }
    for (int i = 0; i < PEOPLE; i++)
        free(person[i].id);
    if (r.lost + r.damaged == 0) {
        clean(folder, "");
        rmdir(folder);
    } else {
        printf("kill9: the last register and the log of its server are in %s\n", folder);
    }
    return report(&r, (int)rounds);
}
