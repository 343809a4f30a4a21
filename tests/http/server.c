// SPDX-License-Identifier: EUPL-1.2
#include "http/server.h"

#include "base/text.h"
#include "unit/test.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

static int64_t number_in(const struct req *r, const char *name)
{
    const char *text = req_query(r, name);
    int64_t n = 0;

    return text != NULL && text_to_int(text, &n) ? n : 0;
}

static void fill(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_char(b, (char)('a' + i % 26));
}

static enum err answer(struct ctx *c, struct req *r, struct reply *out)
{
    TRY(req_decode(c, r));
    if (text_is(r->path, "/hello")) {
        fill(&out->body, 1024);
    } else if (text_is(r->path, "/page")) {
        fill(&out->body, 9600);
    } else if (text_is(r->path, "/slow") || text_is(r->path, "/hash")) {
        usleep((useconds_t)number_in(r, "ms") * 1000);
        buf_lit(&out->body, "done");
    } else if (text_is(r->path, "/big")) {
        fill(&out->body, (size_t)number_in(r, "kb") * 1024);
    } else if (text_is(r->path, "/echo")) {
        buf_put(&out->body, r->body, r->body_len);
    } else if (text_is(r->path, "/who")) {
        buf_printf(&out->body, "%s %s", r->client, r->https ? "https" : "http");
    } else if (text_is(r->path, "/empty")) {
        out->status = 204;
        out->content_type = NULL;
    } else if (text_is(r->path, "/go")) {
        TRY(reply_redirect(c, out, "/hello?id=%d", 7));
    } else {
        return FAIL(E_NOT_FOUND, "%s", "");
    }
    return OK;
}

static void handle(struct http_worker *w, struct req *r, struct reply *out)
{
    struct test_server *s = http_arg(w->http);
    enum err e = answer(&w->ctx, r, out);

    atomic_fetch_add(&s->handled, 1);
    if (e != OK)
        reply_text(out, err_status(e), err_text(e));
}

static struct ready *quick(void *arg, const struct req *r)
{
    struct test_server *s = arg;

    return strncmp(r->target, "/static/", 8) == 0 ? ready_hold(s->quick) : NULL;
}

static enum http_pool pool(void *arg, const struct req *r)
{
    (void)arg;
    return strncmp(r->target, "/hash", 5) == 0 ? POOL_SLOW
           : r->method == METHOD_POST          ? POOL_WRITE
                                               : POOL_READ;
}

static bool begin_worker(struct http_worker *w)
{
    struct test_server *s = http_arg(w->http);

    atomic_fetch_add(&s->started, 1);
    w->db = (struct db *)(void *)w; /* never used as one: only says that it was started */
    return true;
}

static void end_worker(struct http_worker *w)
{
    struct test_server *s = http_arg(w->http);

    if (w->db != NULL)
        atomic_fetch_add(&s->stopped, 1);
}

void server_begin(struct ctx *c, struct test_server *s, const struct http_options *opt)
{
    struct http_options o = opt != NULL ? *opt : (struct http_options){ .request_ms = 2000 };
    struct reply r = { .status = 200, .content_type = "text/css", .fixed = "p{}", .fixed_len = 3 };

    *s = (struct test_server){ .quick = ready_make(&r) };
    o.listen = o.listen != NULL ? o.listen : "127.0.0.1:0";
    o.handle = handle;
    o.quick = quick;
    o.pool = pool;
    o.thread_start = begin_worker;
    o.thread_stop = end_worker;
    o.arg = s;
    if (!CHECK_INT(http_start(c, &o, &s->http), OK)) {
        test_skip("no server: %s", c->err.text);
        return;
    }
    s->port = http_port(s->http);
}

void server_end(struct test_server *s)
{
    http_stop(s->http);
    ready_drop(s->quick);
    CHECK_INT(atomic_load(&s->started), atomic_load(&s->stopped));
}

int open_files(void)
{
    DIR *d = opendir("/proc/self/fd");
    int n = 0;

    while (d != NULL && readdir(d) != NULL)
        n++;
    if (d != NULL)
        closedir(d);
    return n - 3; /* ".", "..", and the directory itself */
}
