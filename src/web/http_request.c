// SPDX-License-Identifier: EUPL-1.2
/* One request on its way through the server: head, checks, body, worker, answer. All on the thread of its
 * loop. */
#include "web/http_core.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

void conn_set_state(struct conn *k, enum conn_state state, int64_t ms)
{
    k->state = state;
    k->deadline = http_now_ms() + ms;
}

static void keep_small(struct buf *b)
{
    if (b->cap > KEEP_BUFFER)
        buf_free(b);
    buf_clear(b);
}

static struct exchange *exchange_begin(struct loop *l, struct conn *k)
{
    struct exchange *x = l->spare;

    if (x != NULL)
        l->spare = x->next;
    else
        x = arena_alloc(&l->memory, sizeof *x);
    if (x == NULL)
        return NULL;
    struct buf target = x->target, body = x->body;
    *x = (struct exchange){ .loop = l, .conn = k, .target = target, .body = body };
    k->x = x;
    return x;
}

static void exchange_end(struct exchange *x)
{
    if (x->response != NULL)
        MHD_destroy_response(x->response);
    ready_drop(x->ready);
    if (x->large)
        atomic_fetch_sub(&x->loop->http->large, 1);
    keep_small(&x->target);
    keep_small(&x->body);
    if (x->reply.body.data != NULL)
        page_give(&x->loop->http->pages, &x->reply.body);
    x->conn->x = NULL;
    x->next = x->loop->spare;
    x->loop->spare = x;
}

static struct conn *conn_of(struct MHD_Connection *m)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(m, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info != NULL ? info->socket_context : NULL;
}

/* The request line has been read: the only moment at which the target is still what was sent. */
void *on_target(void *cls, const char *uri, struct MHD_Connection *m)
{
    struct conn *k = conn_of(m);
    struct exchange *x = k != NULL ? exchange_begin(cls, k) : NULL;

    if (x == NULL || uri == NULL)
        return x;
    x->mhd = m;
    x->raw = uri;
    x->raw_len = strlen(uri);
    x->too_long = x->raw_len > REQ_TARGET;
    if (!x->too_long)
        buf_put(&x->target, uri, x->raw_len);
    x->req.target = buf_text(&x->target);
    return x;
}

static enum MHD_Result queue(struct MHD_Connection *m, struct exchange *x, unsigned status,
                             struct MHD_Response *r, size_t len)
{
    conn_set_state(x->conn, CONN_SENDING, x->loop->http->opt.request_ms + (int64_t)(len / LEAST_BYTES_A_MS));
    return MHD_queue_response(m, status, r);
}

static enum MHD_Result refuse(struct MHD_Connection *m, struct exchange *x, unsigned status)
{
    return queue(m, x, status, refusal_of(x->loop->http, status), 0);
}

/* In the middle of a chunked body libmicrohttpd takes no answer any more, so we write it ourselves and hang
 * up. */
static enum MHD_Result cut(struct exchange *x)
{
    static const char answer[] =
        "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    if (x->loop->http->opt.tls_cert == NULL)
        (void)!send(x->conn->fd, answer, sizeof answer - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    return MHD_NO;
}

/* Who is asking, and over what. Behind a proxy on this machine its last entry counts; earlier ones anyone can
 * write. */
static void set_origin(struct exchange *x)
{
    const struct http_options *opt = &x->loop->http->opt;
    const char *last, *chain = x->req.header[HEADER_FORWARDED_FOR],
                      *proto = x->req.header[HEADER_FORWARDED_PROTO];
    struct in6_addr any;

    x->req.client = x->conn->address;
    x->req.https = opt->tls_cert != NULL;
    if (!opt->behind_proxy || !x->conn->loopback)
        return;
    x->req.https = proto != NULL && strcasecmp(proto, "https") == 0;
    if (chain == NULL)
        return;
    last = strrchr(chain, ',');
    last = last != NULL ? last + 1 : chain;
    last += strspn(last, " \t");
    if (inet_pton(AF_INET, last, &any) == 1 || inet_pton(AF_INET6, last, &any) == 1) {
        text_copy(x->client, sizeof x->client, last);
        x->req.client = x->client;
    }
}

static enum MHD_Result on_head(struct MHD_Connection *m, struct exchange *x, const char *method,
                               const char *version)
{
    unsigned status = guard_request(x, method, version);

    if (status != 0)
        return refuse(m, x, status);
    set_origin(x);
    x->phase = PHASE_BODY;
    return MHD_YES;
}

static enum MHD_Result on_body(struct exchange *x, const char *data, size_t *size)
{
    if (x->body.len + *size > x->body_max)
        return cut(x);
    buf_put(&x->body, data, *size);
    *size = 0;
    return x->body.failed ? MHD_NO : MHD_YES;
}

static enum http_pool pool_of(const struct http *h, const struct req *r)
{
    if (h->opt.pool != NULL)
        return h->opt.pool(h->opt.arg, r);
    return r->method == METHOD_POST ? POOL_WRITE : POOL_READ;
}

/* The request is complete: answered from memory, or handed to a worker while libmicrohttpd forgets the
 * connection. */
static enum MHD_Result on_complete(struct MHD_Connection *m, struct exchange *x)
{
    struct http *h = x->loop->http;
    enum http_pool pool;

    x->req.body = x->body.data;
    x->req.body_len = x->body.len;
    if (h->opt.quick != NULL && !x->chunked && !h->opt.once)
        x->ready = h->opt.quick(h->opt.arg, &x->req);
    if (x->ready != NULL && !x->loop->stopping)
        return queue(m, x, ready_status(x->ready), ready_response(x->ready), ready_size(x->ready));
    ready_drop(x->ready);
    x->ready = NULL;
    pool = pool_of(h, &x->req);
    if (pool == POOL_SLOW && pool_waiting(&h->pool[pool]) + x->loop->batch[pool].n >= h->opt.waiting_max)
        return refuse(m, x, 503);
    x->phase = PHASE_RUNNING;
    x->conn->state = CONN_RUNNING;
    x->queued_ms = http_now_ms();
    MHD_suspend_connection(m);
    x->loop->running++;
    queue_add(&x->loop->batch[pool], x); /* handed over when this turn of the loop ends */
    return MHD_YES;
}

static enum MHD_Result on_done(struct MHD_Connection *m, struct exchange *x)
{
    if (x->ready != NULL)
        return queue(m, x, ready_status(x->ready), ready_response(x->ready), ready_size(x->ready));
    if (x->response == NULL)
        return refuse(m, x, x->reply.status == 503 ? 503 : 500);
    return queue(m, x, (unsigned)x->reply.status, x->response, x->reply.body.len + x->reply.fixed_len);
}

enum MHD_Result on_request(void *cls, struct MHD_Connection *m, const char *url, const char *method,
                           const char *version, const char *data, size_t *size, void **ctx)
{
    struct exchange *x = *ctx;

    (void)cls;
    (void)url;
    if (x == NULL)
        return MHD_NO;
    switch (x->phase) {
    case PHASE_HEADERS:
        return on_head(m, x, method, version);
    case PHASE_BODY:
        return *size > 0 ? on_body(x, data, size) : on_complete(m, x);
    case PHASE_DONE:
        return on_done(m, x);
    case PHASE_RUNNING:
        break;
    }
    return MHD_YES;
}

void on_completed(void *cls, struct MHD_Connection *m, void **ctx, enum MHD_RequestTerminationCode why)
{
    struct loop *l = cls;
    struct exchange *x = *ctx;

    (void)m;
    (void)why;
    if (x == NULL)
        return;
    conn_set_state(x->conn, CONN_READING, l->http->opt.request_ms);
    /* A chunked request is the one kind whose end two programs could see at different places: nothing follows
     * it. */
    if (x->chunked)
        conn_shut(x->conn);
    exchange_end(x);
    *ctx = NULL;
}
