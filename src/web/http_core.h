// SPDX-License-Identifier: EUPL-1.2
/* What the files of the HTTP server share; for nobody else. */
#ifndef PEIL_WEB_HTTP_CORE_H
#define PEIL_WEB_HTTP_CORE_H

#include "web/http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
    ADDRESS_BUCKETS = 4096,
    KEEP_BUFFER = 64 * 1024,
    KEEP_PAGE = 128 * 1024,
    KEEP_PAGES = 64,
    ADDRESS_TEXT = 48,
    LEAST_BYTES_A_MS = 16,
    LEAST_LARGE_BYTES_A_MS = 128, /* a megabit a second, of a file that comes in */
    LOOP_MEMORY = 256 << 20,
    BATCH = 8,
    PATIENCE_MS = 2,
    PATIENCE_MAX_MS = 16,
    CHECK_MS = 250,
    CHECK_SOON_MS = 50
};

/* What one connection is doing decides which deadline it has. */
enum conn_state { CONN_READING, CONN_RUNNING, CONN_SENDING };

struct conn {
    struct conn *prev, *next; /* all connections of the loop; also the list of spare ones */
    int fd;
    enum conn_state state;
    int64_t deadline;   /* milliseconds of the monotonic clock; none while CONN_RUNNING */
    struct exchange *x; /* the request that has begun, if any */
    unsigned bucket;
    bool shut, loopback;
    char address[ADDRESS_TEXT];
};

enum phase { PHASE_HEADERS, PHASE_BODY, PHASE_RUNNING, PHASE_DONE };

/* One request and its answer. From a list of spares of the loop, so that buffers are used again. */
struct exchange {
    struct exchange *next; /* in the queue of a pool, the list of finished ones, or of spares */
    int64_t queued_ms;
    struct loop *loop;
    struct conn *conn;
    struct MHD_Connection *mhd;
    enum phase phase;
    bool chunked, too_long, large; /* large: one of http.large */
    const char *raw;               /* where libmicrohttpd keeps the target; it changes it while parsing */
    size_t raw_len;
    size_t body_max; /* of this request */
    struct buf target, body;
    char client[ADDRESS_TEXT];
    struct req req;
    struct reply reply;
    struct MHD_Response *response; /* made by the worker */
    struct ready *ready;
};

/* First in, first out. */
struct queue {
    struct exchange *first, *last;
    unsigned n;
};

struct loop {
    struct http *http;
    struct MHD_Daemon *daemon;
    pthread_t thread;
    int epoll_fd, wake_fd, listen_fd;
    _Atomic(struct exchange *) finished; /* pushed by workers, newest first */
    atomic_uint n_finished;
    atomic_bool awake;              /* has been told that there are finished ones */
    struct queue batch[POOL_COUNT]; /* complete since the last turn, not yet handed over */
    unsigned running;               /* requests that workers have */
    int patience_ms;                /* how long to wait for workers before looking again */
    _Atomic int adopt_fd;           /* a socket to take over, or -1 */
    struct arena memory;            /* of conns and exchanges; used by this thread only */
    struct conn conns;              /* head of the ring of open connections */
    struct conn *spare_conn;
    struct exchange *spare;
    int64_t next_check; /* when deadlines are looked at again */
    bool stopping;
    int64_t stop_at;
};

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct queue queue;
    unsigned idle, called; /* workers that sleep; of those told to wake up, how many have not yet done so */
    unsigned busy_wanted;  /* wake no more than this many at once unless requests have to wait */
    unsigned n;
    bool stop;
    struct http_worker *worker;
    pthread_t *thread;
};

/* Buffers of pages that were sent. The last one back is the first one out: it is still in the cache of the
 * core. */
struct pages {
    pthread_mutex_t lock;
    struct buf spare[KEEP_PAGES];
    unsigned n;
};

struct http {
    struct http_options opt;
    struct pages pages;
    struct arena memory;
    struct loop *loop;
    unsigned n_loops;
    struct pool pool[POOL_COUNT];
    struct MHD_Response *refusal[6];
    atomic_uint connections, next_loop,
        large; /* large: bodies over body_max that are arriving or worked on */
    atomic_ushort by_address[ADDRESS_BUCKETS];
    atomic_bool stopping;
    int port;
    char url[96];
};

int64_t http_now_ms(void);
unsigned http_cores(void);

/* http_guard.c: checks the head of a request and fills req.header; the status to refuse with, or 0. */
unsigned guard_request(struct exchange *x, const char *method, const char *version);

/* http_reply.c */
struct MHD_Response *response_make(const struct reply *r, bool https, bool close);
struct MHD_Response *ready_response(const struct ready *a);
unsigned ready_status(const struct ready *a);
void page_take(struct pages *p, struct buf *ret_page); /* empty */
void page_give(struct pages *p, struct buf *page);     /* leaves an empty one without memory */
void pages_free(struct pages *p);
bool refusals_make(struct http *h);
void refusals_free(struct http *h);
struct MHD_Response *refusal_of(const struct http *h, unsigned status);

/* http_socket.c: one listening socket per loop. */
enum err socket_listen(struct ctx *c, struct http *h) MUST_CHECK;
/* The text of an address without port, its bucket for counting, and whether it is this machine. */
void socket_describe(const struct sockaddr *sa, struct conn *to);

/* http_pool.c */
bool pool_start(struct http *h, struct pool *p, enum http_pool kind);
void pool_stop(struct pool *p);
void queue_add(struct queue *q, struct exchange *x);
void pool_push(struct pool *p, struct queue *batch); /* empties it */
void pool_hurry(struct pool *p);                     /* another worker when requests wait too long */
unsigned pool_waiting(struct pool *p);

/* http_request.c: what libmicrohttpd calls for a request */
void *on_target(void *cls, const char *uri, struct MHD_Connection *m);
enum MHD_Result on_request(void *cls, struct MHD_Connection *m, const char *url, const char *method,
                           const char *version, const char *data, size_t *size, void **ctx);
void on_completed(void *cls, struct MHD_Connection *m, void **ctx, enum MHD_RequestTerminationCode why);

/* http_loop.c */
enum err loop_start(struct ctx *c, struct loop *l) MUST_CHECK;
void loop_stop(struct loop *l); /* after http.stopping was set; waits until its connections are gone */
void conn_set_state(struct conn *k, enum conn_state state, int64_t ms);
void conn_shut(struct conn *k);
void loop_wake(struct loop *l);
/* A worker gives it back. `more`: it has something else to do at once; then the loop is told of several
 * together. */
void loop_finish(struct exchange *x, bool more);

#endif
