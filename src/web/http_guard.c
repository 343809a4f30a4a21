// SPDX-License-Identifier: EUPL-1.2
/* The checks that libmicrohttpd leaves to us: everything that two programs in a row could read in two ways.
 *
 * libmicrohttpd parses in place: it writes NULs over separators and hands out pointers into the one block
 * that holds the head of the request. A NUL that was in the request itself hides what follows it from every
 * text function, so the pieces are laid end to end here: each must start exactly where the one before it
 * stopped. The same walk finds bare line feeds and folded headers. tests/http/test_abuse.c fails when another
 * version parses differently. */
#include "web/http_core.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

enum { HEADERS_MAX = 100, METHOD_LEN = 16 };

struct walk {
    struct exchange *x;
    const char *next; /* where the next header name must start */
    unsigned n;
    bool broken;
};

static const struct {
    const char *name;
    size_t len;
    bool once;
} known[HEADER_COUNT] = {
#define X(code, text, twice_refused) [code] = { text, sizeof text - 1, twice_refused },
    REQ_HEADERS(X)
#undef X
};

static bool is_token(const char *text, size_t len)
{
    static const char others[] = "!#$%&'*+-.^_`|~";

    for (size_t i = 0; i < len; i++) {
        char ch = text[i];
        bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
        if (!letter && (ch == '\0' || strchr(others, ch) == NULL))
            return false;
    }
    return len > 0;
}

static bool is_value(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] < ' ' && text[i] != '\t') || text[i] == 0x7f)
            return false;
    return true;
}

static bool remember(struct req *r, const char *name, size_t len, const char *value)
{
    for (unsigned i = 0; i < HEADER_COUNT; i++) {
        if (len != known[i].len || strncasecmp(name, known[i].name, len) != 0)
            continue;
        if (r->header[i] != NULL && known[i].once)
            return false;
        r->header[i] = value; /* the last one counts: a proxy in front adds its own at the end */
        return true;
    }
    return true;
}

static enum MHD_Result one_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len,
                                  const char *value, size_t value_len)
{
    struct walk *w = cls;

    (void)kind;
    w->broken = true;
    if (name != w->next || ++w->n > HEADERS_MAX || !is_token(name, name_len))
        return MHD_NO;
    if (value == NULL || !is_value(value, value_len) || !remember(&w->x->req, name, name_len, value))
        return MHD_NO;
    w->next = value + value_len + 2; /* over \r\n */
    w->broken = false;
    return MHD_YES;
}

static bool is_host(const char *text)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
    size_t len = strlen(text);

    return len > 0 && len < 256 && text[strspn(text, good)] == '\0';
}

/* How the body is delimited must be beyond doubt. */
static bool framing_is_clear(const struct req *r, const char *version, bool *ret_chunked)
{
    const char *length = r->header[HEADER_CONTENT_LENGTH], *coding = r->header[HEADER_TRANSFER_ENCODING];

    *ret_chunked = coding != NULL;
    if (coding != NULL)
        return length == NULL && strcasecmp(coding, "chunked") == 0 && strcmp(version, "HTTP/1.1") == 0;
    if (length == NULL)
        return true;
    size_t digits = strspn(length, "0123456789");
    return digits > 0 && digits < 19 && length[digits] == '\0';
}

static bool target_is_plain(const char *target)
{
    if (target[0] != '/')
        return false;
    for (const char *s = target; *s != '\0'; s++) {
        if ((unsigned char)*s <= ' ' || (unsigned char)*s >= 0x7f || *s == '#')
            return false;
        if (s[0] == '%' && s[1] == '0' && s[2] == '0')
            return false;
    }
    return true;
}

static enum method method_of(const char *method)
{
    if (strcmp(method, "GET") == 0)
        return METHOD_GET;
    if (strcmp(method, "POST") == 0)
        return METHOD_POST;
    return strcmp(method, "HEAD") == 0 ? METHOD_HEAD : METHOD_OTHER;
}

/* The head must be one unbroken run: method, target, version, headers, empty line. */
static bool lies_end_to_end(struct exchange *x, const char *method, const char *version, size_t head)
{
    size_t method_len = strnlen(method, METHOD_LEN + 1);
    struct walk w = { .x = x, .next = version + strlen(version) + 2 };

    if (method_len > METHOD_LEN || !is_token(method, method_len) || method + method_len + 1 != x->raw)
        return false;
    if (x->raw + x->raw_len + 1 != version)
        return false;
    if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0)
        return false;
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, one_header, &w);
    return !w.broken && w.next + 2 == method + head;
}

/* How long the body may be, and whether it is; one over body_max needs a place among the large ones. */
static unsigned length_allowed(struct exchange *x)
{
    struct http *h = x->loop->http;
    const char *text = x->req.header[HEADER_CONTENT_LENGTH];
    int64_t length = 0;

    x->body_max = h->opt.body_max;
    if (text == NULL)
        return 0;
    if (!text_to_int(text, &length))
        return 413;
    if ((uint64_t)length <= x->body_max)
        return 0;
    if (h->opt.body_more == NULL || (uint64_t)length > h->opt.body_more(h->opt.arg, &x->req))
        return 413;
    if (atomic_fetch_add(&h->large, 1) >= HTTP_LARGE) {
        atomic_fetch_sub(&h->large, 1);
        return 503;
    }
    x->large = true;
    x->body_max = (size_t)length;
    conn_set_state(x->conn, CONN_READING, h->opt.request_ms + length / LEAST_LARGE_BYTES_A_MS);
    return 0;
}

unsigned guard_request(struct exchange *x, const char *method, const char *version)
{
    const struct http_options *opt = &x->loop->http->opt;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    struct req *r = &x->req;

    if (info == NULL || x->raw == NULL)
        return 400;
    if (x->too_long)
        return 414;
    if (info->header_size > opt->header_max)
        return 431;
    if (!lies_end_to_end(x, method, version, info->header_size) || !target_is_plain(r->target))
        return 400;
    if (r->header[HEADER_HOST] == NULL ? strcmp(version, "HTTP/1.1") == 0 : !is_host(r->header[HEADER_HOST]))
        return 400;
    if (!framing_is_clear(r, version, &x->chunked))
        return 400;
    r->method = method_of(method);
    return length_allowed(x);
}
