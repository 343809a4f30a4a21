// SPDX-License-Identifier: EUPL-1.2
/* The HTTP server: libmicrohttpd driven by event loops of our own.
 *
 * One loop per core, each with its own libmicrohttpd daemon and its own listening socket (SO_REUSEPORT). A
 * loop only reads, checks, sends and closes; a complete request is handed to a pool of workers, where
 * handlers may wait for the data base or hash a password, and comes back finished. libmicrohttpd's own epoll
 * thread is not used: it waits for new events, with the full time-out, before it handles a batch of exactly
 * 128 ready connections (0.9.75, daemon.c, MHD_epoll), so 256 busy connections come to a halt.
 *
 * What is refused before a handler sees it, always with 400 and an end to the connection: Host missing or
 * given twice, Content-Length twice, not all digits, or together with Transfer-Encoding, any
 * Transfer-Encoding but "chunked", a header name that is not a token, control characters or NUL anywhere,
 * folded headers, bare line feeds, targets that are not visible ASCII starting with '/', and %00. Larger than
 * allowed: 413, 414, 431. A request must be complete within `request_ms` of the connection or of the last
 * answer, whatever trickles in; an answer must be taken at 16 KB/s. */
#ifndef PEIL_WEB_HTTP_H
#define PEIL_WEB_HTTP_H

#include "base/arena.h"
#include "base/ctx.h"
#include "web/reply.h"
#include "web/req.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http; /* one running server */

/* Who does the work: reading pages (about as many as there are cores), writes (many: they wait together for
 * one group commit), and what takes long in itself, such as password hashing, so that it cannot hold up the
 * rest. */
enum http_pool { POOL_READ, POOL_WRITE, POOL_SLOW, POOL_COUNT };

struct http_worker {
    struct ctx ctx; /* made new for every request: arena empty, clock set, c->db = db */
    struct arena arena;
    struct db *db; /* what thread_start opened; NULL before */
    struct http *http;
    enum http_pool pool;
    unsigned index; /* in its pool, from 0 */
};

enum { HTTP_LARGE = 2 };

struct http_options {
    const char *listen; /* "127.0.0.1:8080", "[::1]:8080", "*:8080"; port 0 takes a free one; NULL: none */
    unsigned loops;     /* 0: one per core, 4 at most */
    unsigned workers[POOL_COUNT];   /* 0: twice the cores, 16, 2 */
    unsigned waiting_max;           /* requests that may wait for the slow pool before 503; 0: 64 */
    unsigned request_ms;            /* 0: 10,000 */
    unsigned stop_ms;               /* how long running requests may take when stopping; 0: 10,000 */
    size_t body_max;                /* 0: 1 MiB */
    size_t header_max;              /* request line and headers; 0: 8 KiB */
    unsigned connections;           /* together; 0: 8,192 */
    unsigned per_address;           /* from one address (IPv6: one /64); 0: 2,048 */
    size_t arena_max;               /* memory of one request; 0: 64 MiB */
    const char *tls_cert, *tls_key; /* PEM text, both or neither */
    bool behind_proxy;              /* believe X-Forwarded-For and -Proto from a loopback address */
    int64_t clock_shift;            /* seconds that this server's clock is ahead; only tests set it */
    bool once;                      /* end each connection after one answer (command line) */
    enum lang lang;

    /* Fills the answer. Runs on a worker. */
    void (*handle)(struct http_worker *w, struct req *r, struct reply *out);
    /* May answer at once, on the loop, from what is ready in memory; NULL: to a worker. May itself be NULL.
     */
    struct ready *(*quick)(void *arg, const struct req *r);
    /* The most bytes that the body of this request may have, when that is more than body_max: the page takes
     * files. Its length must be told in advance, and at most HTTP_LARGE such bodies arrive at the same time,
     * the next gets 503. NULL: none. Looks at the request only, on the loop. */
    size_t (*body_more)(void *arg, const struct req *r);
    /* Which pool; NULL: POOL_WRITE for POST, else POOL_READ. Looks at the request only. */
    enum http_pool (*pool)(void *arg, const struct req *r);
    /* Before the first request of a worker; false: this request gets 503 and it is tried again at the next
     * one. */
    bool (*thread_start)(struct http_worker *w);
    void (*thread_stop)(struct http_worker *w);
    void *arg;
};

/* Starts all threads; returns when connections are accepted. The strings in the options may go afterwards.
 * E_IO with a clear text when the address is in use or cannot be had, or the certificate is not right. */
enum err http_start(struct ctx *c, const struct http_options *opt, struct http **ret_http) MUST_CHECK;
/* Accepts nothing new, closes idle connections, lets running requests finish (stop_ms), then frees
 * everything. */
void http_stop(struct http *h);
/* Blocks until SIGTERM or SIGINT. Call http_signals before any thread is started. */
void http_signals(void);
int http_wait_signal(void);

void *http_arg(const struct http *h);
int http_port(const struct http *h);
/* "http://127.0.0.1:8080" */
const char *http_url(const struct http *h);
unsigned http_connections(const struct http *h); /* open now */
/* Gives a connected socket to the server as if it had been accepted; the server closes it. */
enum err http_adopt(struct ctx *c, struct http *h, int fd) MUST_CHECK;

/* An answer made once and given many times: holds its own copy of the body unless that is `fixed`.
 * NULL when memory is short. Safe between threads; starts with one hold. */
struct ready *ready_make(const struct reply *r);
struct ready *ready_hold(struct ready *a);
void ready_drop(struct ready *a);
size_t ready_size(const struct ready *a); /* bytes of memory, about */

#endif
