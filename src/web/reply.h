// SPDX-License-Identifier: EUPL-1.2
/* One answer, as handlers fill it. It starts as 200, text/html, empty; the server adds the security headers,
 * Date and length, and `Cache-Control: no-store` unless the handler set one of its own. */
#ifndef PEIL_WEB_REPLY_H
#define PEIL_WEB_REPLY_H

#include "base/buf.h"
#include "web/req.h"

enum { REPLY_HEADERS = 12 };

struct ready; /* an answer that is made once and given many times */

struct reply {
    int status;
    const char *content_type; /* NULL: no body */
    struct buf body;          /* belongs to the server, which uses it again; handlers write into it */
    const void *fixed;        /* instead of body: bytes that live as long as the program */
    size_t fixed_len;
    struct pair header[REPLY_HEADERS]; /* texts live in the context's arena or for ever */
    size_t n_headers;
    bool keep;           /* the same for everyone who may see it: the page cache may keep it */
    bool close;          /* end the connection after this answer */
    struct ready *ready; /* instead of all of the above; one hold on it, which the server drops */
};

/* Empty, 200, HTML; the memory of the body stays. */
void reply_clear(struct reply *out);
/* Nothing when there are REPLY_HEADERS already. A control character in the value is a programming mistake. */
void reply_header(struct reply *out, const char *name, const char *value);
/* 303 See Other to a path of our own (must start with a single '/'). Write ids into it, never typed text:
 * texts go through buf_url_part. */
enum err reply_redirect(struct ctx *c, struct reply *out, const char *format, ...) MUST_CHECK
    __attribute__((format(printf, 3, 4)));
/* Where a redirect leads; NULL when there is none. */
const char *reply_location(const struct reply *out);
/* A cookie that scripts and other sites do not get (HttpOnly, SameSite=Lax, Secure with https).
 * seconds: how long it lives; 0 until the browser closes; < 0 takes it away. */
enum err reply_cookie(struct ctx *c, const struct req *r, struct reply *out, const char *name,
                      const char *value, int64_t seconds) MUST_CHECK;
/* A file to save: content type and "Content-Disposition: attachment" with that name (ASCII letters, digits, .
 * _ -). */
enum err reply_file(struct ctx *c, struct reply *out, const char *content_type, const char *name) MUST_CHECK;
/* Plain text, for health, errors before a page is possible, and the command line. */
void reply_text(struct reply *out, int status, const char *text);

#endif
