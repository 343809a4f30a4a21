// SPDX-License-Identifier: EUPL-1.2
/* One event loop: a libmicrohttpd daemon, the connections it holds, and their deadlines. Everything here runs
 * on the thread of the loop, except loop_wake and loop_finish. */
#include "web/http_core.h"

#include "base/log.h"

#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int64_t http_now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void loop_wake(struct loop *l)
{
    uint64_t one = 1;

    while (write(l->wake_fd, &one, sizeof one) < 0)
        ; /* only a signal can be in the way: the counter never gets full */
}

static void wake_once(struct loop *l)
{
    if (!atomic_exchange_explicit(&l->awake, true, memory_order_acq_rel))
        loop_wake(l);
}

void loop_finish(struct exchange *x, bool more)
{
    struct loop *l = x->loop;
    struct http *h = l->http;
    struct exchange *head = atomic_load_explicit(&l->finished, memory_order_relaxed);

    do
        x->next = head;
    while (!atomic_compare_exchange_weak_explicit(&l->finished, &head, x, memory_order_release,
                                                  memory_order_relaxed));
    unsigned n = atomic_fetch_add_explicit(&l->n_finished, 1, memory_order_relaxed) + 1;
    if (more) {
        if (n >= BATCH) {
            wake_once(l);
            sched_yield();
        }
        return; /* should the next request take long: the loop looks by itself after PATIENCE_MS */
    }
    for (unsigned i = 0; i < h->n_loops; i++)
        if (atomic_load_explicit(&h->loop[i].finished, memory_order_acquire) != NULL)
            wake_once(&h->loop[i]);
}

void conn_shut(struct conn *k)
{
    if (!k->shut)
        shutdown(k->fd, SHUT_RDWR); /* libmicrohttpd sees the end and cleans up */
    k->shut = true;
}

static struct conn *conn_add(struct loop *l)
{
    struct conn *k = l->spare_conn;

    if (k != NULL)
        l->spare_conn = k->next;
    else
        k = arena_alloc(&l->memory, sizeof *k);
    if (k == NULL)
        return NULL;
    *k = (struct conn){ .prev = &l->conns, .next = l->conns.next, .fd = -1 };
    k->next->prev = k;
    l->conns.next = k;
    return k;
}

/* A first look, so that most of what is too much costs nothing; on_connection counts exactly. */
static enum MHD_Result may_connect(void *cls, const struct sockaddr *addr, socklen_t len)
{
    const struct loop *l = cls;
    struct http *h = l->http;
    struct conn who;

    (void)len;
    socket_describe(addr, &who);
    if (atomic_load(&h->connections) >= h->opt.connections)
        return MHD_NO;
    if (h->opt.behind_proxy && who.loopback)
        return MHD_YES;
    return atomic_load(&h->by_address[who.bucket]) < h->opt.per_address ? MHD_YES : MHD_NO;
}

static void count_in(struct http *h, struct conn *k)
{
    unsigned all = atomic_fetch_add(&h->connections, 1);
    unsigned mine = atomic_fetch_add(&h->by_address[k->bucket], 1);

    if (all >= h->opt.connections || (mine >= h->opt.per_address && !(h->opt.behind_proxy && k->loopback)))
        conn_shut(k);
}

static void on_connection(void *cls, struct MHD_Connection *m, void **ctx,
                          enum MHD_ConnectionNotificationCode what)
{
    struct loop *l = cls;
    struct conn *k = *ctx;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        k = conn_add(l);
        *ctx = k;
        if (k == NULL)
            return;
        socket_describe(MHD_get_connection_info(m, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr, k);
        k->fd = MHD_get_connection_info(m, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        conn_set_state(k, CONN_READING, l->http->opt.request_ms);
        count_in(l->http, k);
    } else if (k != NULL) {
        atomic_fetch_sub(&l->http->connections, 1);
        atomic_fetch_sub(&l->http->by_address[k->bucket], 1);
        k->prev->next = k->next;
        k->next->prev = k->prev;
        k->next = l->spare_conn;
        l->spare_conn = k;
        *ctx = NULL;
    }
}

/* The other side has hung up and nothing of what it sent is left to read. libmicrohttpd can miss this when
 * the end arrives together with data, because it asks epoll for changes only. */
static bool is_abandoned(const struct conn *k)
{
    char byte;

    return k->state == CONN_READING && recv(k->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* Looks at all connections a few times a second: a thousand of them take well under a millisecond. */
static void check_deadlines(struct loop *l)
{
    int64_t now = http_now_ms();

    if (now < l->next_check)
        return;
    l->next_check = now + (l->stopping || l->http->opt.request_ms < 4000 ? CHECK_SOON_MS : CHECK_MS);
    for (struct conn *k = l->conns.next; k != &l->conns; k = k->next) {
        bool idle = k->state == CONN_READING && k->x == NULL;
        if (k->shut || k->state == CONN_RUNNING)
            continue;
        if (now >= k->deadline || (l->stopping && (idle || now >= l->stop_at)) || is_abandoned(k))
            conn_shut(k);
    }
}

static void resume_finished(struct loop *l)
{
    atomic_exchange_explicit(&l->awake, false, memory_order_acq_rel);
    atomic_store_explicit(&l->n_finished, 0, memory_order_relaxed);
    struct exchange *x = atomic_exchange_explicit(&l->finished, NULL, memory_order_acquire), *in_order = NULL,
                    *next;

    for (; x != NULL; x = next) {
        next = x->next;
        x->next = in_order;
        in_order = x;
    }
    for (x = in_order; x != NULL; x = next) {
        next = x->next;
        x->phase = PHASE_DONE;
        l->running--;
        l->patience_ms = PATIENCE_MS;
        MHD_resume_connection(x->mhd);
    }
}

static void adopt(struct loop *l)
{
    int fd = atomic_exchange(&l->adopt_fd, -1);
    struct sockaddr none = { .sa_family = AF_UNIX };

    if (fd >= 0 && MHD_add_connection(l->daemon, fd, &none, sizeof none) != MHD_YES)
        log_line(LOG_WARN, "a connection could not be taken over");
}

static void begin_stop(struct loop *l)
{
    int fd = MHD_quiesce_daemon(l->daemon);

    if (fd >= 0)
        close(fd);
    l->stopping = true;
    l->stop_at = http_now_ms() + l->http->opt.stop_ms;
    l->next_check = 0;
}

static void hand_over(struct loop *l)
{
    for (unsigned i = 0; i < POOL_COUNT; i++)
        pool_push(&l->http->pool[i], &l->batch[i]);
}

/* Until when nothing has to be done here by itself; -1: for ever. */
static int quiet_ms(struct loop *l)
{
    int64_t left = l->next_check - http_now_ms();

    if (l->conns.next == &l->conns)
        return l->stopping ? 0 : -1;
    if (l->running > 0 && left > l->patience_ms)
        left = l->patience_ms;
    return left > 0 ? (int)left : 0;
}

static void wait_for_work(struct loop *l)
{
    struct pollfd fds[] = { { .fd = l->epoll_fd, .events = POLLIN }, { .fd = l->wake_fd, .events = POLLIN } };
    MHD_UNSIGNED_LONG_LONG ms = 0;
    uint64_t count;

    if (MHD_get_timeout(l->daemon, &ms) == MHD_YES && ms == 0)
        return;
    int n = poll(fds, COUNT(fds), quiet_ms(l));
    if (n > 0 && (fds[1].revents & POLLIN) != 0)
        (void)!read(l->wake_fd, &count, sizeof count);
    if (n == 0 && l->running > 0) {
        l->patience_ms = l->patience_ms < PATIENCE_MAX_MS ? l->patience_ms * 2 : PATIENCE_MAX_MS;
        for (unsigned i = 0; i < POOL_COUNT; i++)
            pool_hurry(&l->http->pool[i]);
    }
}

static void *loop_run(void *arg)
{
    struct loop *l = arg;

    pthread_setname_np(pthread_self(), "peil-loop");
    while (!l->stopping || l->conns.next != &l->conns) {
        if (!l->stopping && atomic_load(&l->http->stopping))
            begin_stop(l);
        adopt(l);
        resume_finished(l);
        MHD_run(l->daemon);
        hand_over(l);
        check_deadlines(l);
        wait_for_work(l);
    }
    MHD_stop_daemon(l->daemon);
    return NULL;
}

/* req_decode does it, from what was sent. */
static size_t keep_escapes(void *cls, struct MHD_Connection *m, char *text)
{
    (void)cls;
    (void)m;
    return strlen(text);
}

static struct MHD_Daemon *start_daemon(struct loop *l)
{
    const struct http_options *opt = &l->http->opt;
    unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;
    /* Deadlines, limits and escapes are ours: no time-out, more connections than we let in, no unescaping. */
    struct MHD_OptionItem more[] = {
        { l->listen_fd >= 0 ? MHD_OPTION_LISTEN_SOCKET : MHD_OPTION_END, l->listen_fd, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    union {
        const char *in;
        void *out;
    } key = { .in = opt->tls_key }, cert = { .in = opt->tls_cert };
    struct MHD_OptionItem tls[] = {
        { opt->tls_cert != NULL ? MHD_OPTION_HTTPS_MEM_KEY : MHD_OPTION_END, 0, key.out },
        { MHD_OPTION_HTTPS_MEM_CERT, 0, cert.out },
        { MHD_OPTION_END, 0, NULL },
    };

    flags |= l->listen_fd < 0 ? MHD_USE_NO_LISTEN_SOCKET : 0;
    flags |= opt->tls_cert != NULL ? MHD_USE_TLS : 0;
    return MHD_start_daemon(
        flags, 0, may_connect, l, on_request, l, MHD_OPTION_NOTIFY_COMPLETED, on_completed, l,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, l, MHD_OPTION_URI_LOG_CALLBACK, on_target, l,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        opt->header_max + 8192, MHD_OPTION_CONNECTION_LIMIT, opt->connections + 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_ARRAY, more, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

enum err loop_start(struct ctx *c, struct loop *l)
{
    const union MHD_DaemonInfo *info;

    l->conns.prev = l->conns.next = &l->conns;
    l->patience_ms = PATIENCE_MS;
    arena_init(&l->memory, LOOP_MEMORY);
    l->wake_fd = eventfd(0, EFD_CLOEXEC);
    if (l->wake_fd < 0)
        return FAIL(E_IO, "eventfd");
    l->daemon = start_daemon(l);
    if (l->daemon == NULL)
        return FAIL(E_IO, _("The web server could not be started. Is the certificate right?"));
    info = MHD_get_daemon_info(l->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    l->epoll_fd = info->epoll_fd;
    if (pthread_create(&l->thread, NULL, loop_run, l) != 0) {
        MHD_stop_daemon(l->daemon);
        l->daemon = NULL;
        return FAIL(E_IO, "pthread_create");
    }
    return OK;
}

void loop_stop(struct loop *l)
{
    if (l->daemon != NULL) {
        loop_wake(l);
        pthread_join(l->thread, NULL);
    }
    if (l->wake_fd >= 0)
        close(l->wake_fd);
    for (struct exchange *x = l->spare; x != NULL; x = x->next) {
        buf_free(&x->target);
        buf_free(&x->body);
    }
    arena_free(&l->memory);
}
