// SPDX-License-Identifier: EUPL-1.2
#include "web/http_core.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* The same on every answer, whatever it is. */
static const struct pair security[] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
      "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
};

static const struct {
    unsigned status;
    const char *text;
} refusals[] = {
    { 400, "400 We cannot read this request.\n" }, { 413, "413 This is too large.\n" },
    { 414, "414 This address is too long.\n" },    { 431, "431 The headers are too large.\n" },
    { 503, "503 Busy. Please try again.\n" },      { 500, "500 Something went wrong on our side.\n" },
};
static_assert(COUNT(refusals) == COUNT(((struct http *)0)->refusal), "one answer each");

static bool has_header(const struct reply *r, const char *name)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcasecmp(r->header[i].name, name) == 0)
            return true;
    return false;
}

static bool add_headers(struct MHD_Response *m, const struct reply *r, bool https, bool close)
{
    bool ok = true;

    for (size_t i = 0; i < COUNT(security); i++)
        ok = ok && MHD_add_response_header(m, security[i].name, security[i].value) == MHD_YES;
    for (size_t i = 0; i < r->n_headers; i++)
        ok = ok && MHD_add_response_header(m, r->header[i].name, r->header[i].value) == MHD_YES;
    if (r->content_type != NULL)
        ok = ok && MHD_add_response_header(m, "Content-Type", r->content_type) == MHD_YES;
    if (!has_header(r, "Cache-Control"))
        ok = ok && MHD_add_response_header(m, "Cache-Control", "no-store") == MHD_YES;
    if (https)
        ok = ok && MHD_add_response_header(m, "Strict-Transport-Security", "max-age=31536000") == MHD_YES;
    if (r->close || close)
        ok = ok && MHD_add_response_header(m, "Connection", "close") == MHD_YES;
    return ok;
}

/* The body is not copied: it must stay until the answer has been sent. */
static struct MHD_Response *make(const struct reply *r, const void *body, size_t len, bool https, bool close)
{
    union {
        const void *in;
        void *out;
    } bytes = { .in = len > 0 ? body : "" }; /* libmicrohttpd takes it without const but does not write */
    struct MHD_Response *m = MHD_create_response_from_buffer(len, bytes.out, MHD_RESPMEM_PERSISTENT);

    if (m == NULL)
        return NULL;
    if (!add_headers(m, r, https, close)) {
        MHD_destroy_response(m);
        return NULL;
    }
    return m;
}

struct MHD_Response *response_make(const struct reply *r, bool https, bool close)
{
    if (r->fixed != NULL)
        return make(r, r->fixed, r->fixed_len, https, close);
    if (r->body.failed)
        return NULL;
    return make(r, r->body.data, r->body.len, https, close);
}

struct ready {
    atomic_uint holds;
    unsigned status;
    struct arena memory; /* of this struct and of the body */
    struct MHD_Response *response;
};

static void ready_free(struct ready *a)
{
    struct arena memory = a->memory;

    if (a->response != NULL)
        MHD_destroy_response(a->response);
    arena_free(&memory);
}

struct ready *ready_make(const struct reply *r)
{
    struct reply copy = *r;
    struct arena memory;
    struct ready *a;

    if (r->ready != NULL)
        return ready_hold(r->ready);
    arena_init(&memory, SIZE_MAX / 2);
    a = r->body.failed ? NULL : arena_alloc(&memory, sizeof *a);
    if (a == NULL)
        return NULL;
    if (r->fixed == NULL) {
        copy.fixed = arena_copy(&memory, r->body.data, r->body.len);
        copy.fixed_len = r->body.len;
    }
    a->holds = 1;
    a->status = (unsigned)r->status;
    a->memory = memory;
    if (copy.fixed != NULL)
        a->response = make(&copy, copy.fixed, copy.fixed_len, false, false);
    if (a->response == NULL) {
        ready_free(a);
        return NULL;
    }
    return a;
}

struct ready *ready_hold(struct ready *a)
{
    atomic_fetch_add_explicit(&a->holds, 1, memory_order_relaxed);
    return a;
}

void ready_drop(struct ready *a)
{
    if (a != NULL && atomic_fetch_sub_explicit(&a->holds, 1, memory_order_acq_rel) == 1)
        ready_free(a);
}

size_t ready_size(const struct ready *a)
{
    return a->memory.used + 2048; /* about 2 KB of headers inside libmicrohttpd */
}

struct MHD_Response *ready_response(const struct ready *a)
{
    return a->response;
}

unsigned ready_status(const struct ready *a)
{
    return a->status;
}

void page_take(struct pages *p, struct buf *ret_page)
{
    *ret_page = (struct buf){ .data = NULL };
    pthread_mutex_lock(&p->lock);
    if (p->n > 0)
        *ret_page = p->spare[--p->n];
    pthread_mutex_unlock(&p->lock);
}

void page_give(struct pages *p, struct buf *page)
{
    buf_clear(page);
    pthread_mutex_lock(&p->lock);
    if (page->data != NULL && page->cap <= KEEP_PAGE && p->n < KEEP_PAGES) {
        p->spare[p->n++] = *page;
        *page = (struct buf){ .data = NULL };
    }
    pthread_mutex_unlock(&p->lock);
    buf_free(page);
}

void pages_free(struct pages *p)
{
    while (p->n > 0)
        buf_free(&p->spare[--p->n]);
}

bool refusals_make(struct http *h)
{
    for (size_t i = 0; i < COUNT(refusals); i++) {
        struct reply r = { .content_type = "text/plain; charset=utf-8", .close = true };
        if (refusals[i].status == 503)
            reply_header(&r, "Retry-After", "5");
        h->refusal[i] = make(&r, refusals[i].text, strlen(refusals[i].text), false, false);
        if (h->refusal[i] == NULL)
            return false;
    }
    return true;
}

void refusals_free(struct http *h)
{
    for (size_t i = 0; i < COUNT(h->refusal); i++)
        if (h->refusal[i] != NULL)
            MHD_destroy_response(h->refusal[i]);
}

struct MHD_Response *refusal_of(const struct http *h, unsigned status)
{
    for (size_t i = 0; i < COUNT(refusals); i++)
        if (refusals[i].status == status)
            return h->refusal[i];
    return h->refusal[COUNT(refusals) - 1];
}
