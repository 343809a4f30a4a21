// SPDX-License-Identifier: EUPL-1.2
/* Starting and stopping; the work is in http_loop.c, http_request.c and http_pool.c. */
#include "web/http_core.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { LOOPS_MAX = 4 };

/* The cores that this process may use, which can be fewer than the machine has. */
unsigned http_cores(void)
{
    cpu_set_t mine;

    return sched_getaffinity(0, sizeof mine, &mine) == 0 && CPU_COUNT(&mine) > 0 ? (unsigned)CPU_COUNT(&mine)
                                                                                 : 1;
}

/* What is not given. */
static void set_defaults(struct http_options *o)
{
    unsigned cores = http_cores();

#define DEFAULT(field, value) o->field = o->field != 0 ? o->field : (value)
    DEFAULT(loops, cores < LOOPS_MAX ? cores : LOOPS_MAX);
    DEFAULT(workers[POOL_READ], cores * 2);
    DEFAULT(workers[POOL_WRITE], 16);
    DEFAULT(workers[POOL_SLOW], 2);
    DEFAULT(waiting_max, 64);
    DEFAULT(request_ms, 10000);
    DEFAULT(stop_ms, 10000);
    DEFAULT(body_max, 1024 * 1024);
    DEFAULT(header_max, 8 * 1024);
    DEFAULT(connections, 8192);
    DEFAULT(per_address, 2048);
    DEFAULT(arena_max, 64 * 1024 * 1024);
#undef DEFAULT
}

/* As many descriptors as connections, when the system lets us. */
static void raise_files(unsigned connections)
{
    struct rlimit r;

    if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur >= connections + 256)
        return;
    r.rlim_cur = r.rlim_max < connections + 256 ? r.rlim_max : connections + 256;
    setrlimit(RLIMIT_NOFILE, &r);
}

static enum err copy_options(struct ctx *c, struct http *h)
{
    const char **text[] = { &h->opt.listen, &h->opt.tls_cert, &h->opt.tls_key };

    for (size_t i = 0; i < COUNT(text); i++) {
        if (*text[i] == NULL)
            continue;
        *text[i] = arena_copy(&h->memory, *text[i], strlen(*text[i]));
        if (*text[i] == NULL)
            return FAIL(E_NOMEM, "%s", "");
    }
    return OK;
}

static enum err start_all(struct ctx *c, struct http *h)
{
    h->loop = arena_array(&h->memory, h->opt.loops, sizeof *h->loop);
    if (h->loop == NULL || !refusals_make(h))
        return FAIL(E_NOMEM, "%s", "");
    h->n_loops = h->opt.loops;
    for (unsigned i = 0; i < h->n_loops; i++) {
        h->loop[i].http = h;
        h->loop[i].listen_fd = h->loop[i].wake_fd = -1;
        atomic_init(&h->loop[i].adopt_fd, -1);
    }
    TRY(copy_options(c, h));
    if (h->opt.listen != NULL)
        TRY(socket_listen(c, h));
    for (unsigned i = 0; i < POOL_COUNT; i++)
        if (!pool_start(h, &h->pool[i], (enum http_pool)i))
            return FAIL(E_NOMEM, "%s", _("The web server could not start its threads."));
    for (unsigned i = 0; i < h->n_loops; i++)
        TRY(loop_start(c, &h->loop[i]));
    return OK;
}

enum err http_start(struct ctx *c, const struct http_options *opt, struct http **ret_http)
{
    struct arena memory;
    struct http *h;
    sigset_t all, before;

    arena_init(&memory, (size_t)16 << 20);
    h = arena_alloc(&memory, sizeof *h);
    if (h == NULL)
        return FAIL(E_NOMEM, "%s", "");
    h->memory = memory;
    h->opt = *opt;
    pthread_mutex_init(&h->pages.lock, NULL);
    set_defaults(&h->opt);
    raise_files(h->opt.connections);
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all,
                    &before); /* no thread of ours is disturbed by a signal, SIGPIPE included */
    enum err e = start_all(c, h);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (e != OK) {
        http_stop(h);
        err_trace(c, __FILE__, __LINE__);
        return e;
    }
    *ret_http = h;
    return OK;
}

void http_stop(struct http *h)
{
    struct arena memory;

    if (h == NULL)
        return;
    atomic_store(&h->stopping, true);
    for (unsigned i = 0; i < h->n_loops; i++)
        if (h->loop[i].daemon != NULL)
            loop_wake(&h->loop[i]);
    for (unsigned i = 0; i < h->n_loops; i++)
        loop_stop(&h->loop[i]);
    for (unsigned i = 0; i < POOL_COUNT; i++)
        if (h->pool[i].worker != NULL)
            pool_stop(&h->pool[i]);
    refusals_free(h);
    pages_free(&h->pages);
    pthread_mutex_destroy(&h->pages.lock);
    memory = h->memory;
    arena_free(&memory);
}

static void stop_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
}

void http_signals(void)
{
    sigset_t set;

    stop_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int http_wait_signal(void)
{
    sigset_t set;
    int got = 0;

    stop_signals(&set);
    while (sigwait(&set, &got) != 0)
        ;
    return got;
}

void *http_arg(const struct http *h)
{
    return h->opt.arg;
}

int http_port(const struct http *h)
{
    return h->port;
}

const char *http_url(const struct http *h)
{
    return h->url;
}

unsigned http_connections(const struct http *h)
{
    return atomic_load(&h->connections);
}

enum err http_adopt(struct ctx *c, struct http *h, int fd)
{
    struct loop *l = &h->loop[atomic_fetch_add(&h->next_loop, 1) % h->n_loops];
    int none = -1;

    if (!atomic_compare_exchange_strong(&l->adopt_fd, &none, fd))
        return FAIL(E_BUSY, "%s", "");
    loop_wake(l);
    return OK;
}
