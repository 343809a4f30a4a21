// SPDX-License-Identifier: EUPL-1.2
/* How many calls a second one thread registers when each is a transaction with a commit of its own, without
 * server; and how often this disk takes 4 KB and says that it is safe. For tests/bench/writes.sh.
 *     bench_calls REGISTER SECONDS */
#include "register/call_round.h"
#include "register/session.h"
#include "register/waiting_list.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static enum err calls(struct ctx *c, double seconds, double *ret_rate)
{
    struct waiting_filter f = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };
    struct waiting_page p;
    struct session session;
    int64_t n = 0;

    session_act_as(c, &session, ROLE_INTAKE, INT_NONE, INT_NONE);
    TRY(waiting_list_get(c, &f, &p));
    double start = now();
    while (now() - start < seconds) {
        struct arena_mark mark = arena_mark(c->arena);
        struct call_form call = {
            .request = { p.row[(size_t)n % p.n].id }, .version = -1, .day = c->today, .next = c->today + 2
        };
        TRY(call_add(c, &call));
        arena_release(c->arena, mark);
        n++;
    }
    *ret_rate = (double)n / (now() - start);
    return OK;
}

static double device(const char *path, double seconds)
{
    static const char block[4096];
    char name[1200];
    int64_t n = 0;

    snprintf(name, sizeof name, "%s.sync", path);
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    double start = now();
    while (fd >= 0 && now() - start < seconds && write(fd, block, sizeof block) > 0 && fdatasync(fd) == 0)
        n++;
    double took = now() - start;
    close(fd);
    unlink(name);
    return (double)n / took;
}

int main(int argc, char **argv)
{
    double rate = 0, seconds = argc > 2 ? (double)strtol(argv[2], NULL, 10) : 3;
    struct store *store;
    struct arena arena;
    struct ctx c;

    if (argc < 2)
        return fprintf(stderr, "bench_calls REGISTER SECONDS\n"), 2;
    arena_init(&arena, 256u << 20);
    ctx_init(&c, &arena, LANG_EN);
    enum err e = store_open(&c, argv[1], false, &store);
    if (e == OK)
        e = db_open(&c, store, &c.db);
    if (e == OK)
        e = calls(&c, seconds, &rate);
    if (e != OK)
        return fprintf(stderr, "%s (%s)\n", c.err.text, c.err.trace), 1;
    db_close(c.db);
    store_close(store);
    printf("%.0f %.0f\n", rate, device(argv[1], seconds));
    return 0;
}
