// SPDX-License-Identifier: EUPL-1.2
/* One request, as handlers see it.
 *
 * The server (http.h) fills the outer part: method, target, headers, body, where it came from. req_decode
 * then reads path, query, form and cookies from it into the arena of the context. Whatever comes in is
 * hostile: after req_decode every text is valid UTF-8 without control characters; only values of a form may
 * hold \n and \t (\r\n becomes \n). Everything lives until the answer has been given. */
#ifndef PEIL_WEB_REQ_H
#define PEIL_WEB_REQ_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };

/* The headers that the program reads; all others are checked and forgotten. `once`: twice is refused. */
#define REQ_HEADERS(X)                                                                                       \
    X(HEADER_HOST, "Host", true)                                                                             \
    X(HEADER_CONTENT_LENGTH, "Content-Length", true)                                                         \
    X(HEADER_TRANSFER_ENCODING, "Transfer-Encoding", true)                                                   \
    X(HEADER_CONTENT_TYPE, "Content-Type", true)                                                             \
    X(HEADER_COOKIE, "Cookie", true)                                                                         \
    X(HEADER_ORIGIN, "Origin", true)                                                                         \
    X(HEADER_SEC_FETCH_SITE, "Sec-Fetch-Site", true)                                                         \
    X(HEADER_AUTHORIZATION, "Authorization", true)                                                           \
    X(HEADER_IF_NONE_MATCH, "If-None-Match", false)                                                          \
    X(HEADER_ACCEPT_ENCODING, "Accept-Encoding", false)                                                      \
    X(HEADER_ACCEPT_LANGUAGE, "Accept-Language", false)                                                      \
    X(HEADER_FORWARDED_FOR, "X-Forwarded-For", false)                                                        \
    X(HEADER_FORWARDED_PROTO, "X-Forwarded-Proto", false)
enum header {
#define X(code, name, once) code,
    REQ_HEADERS(X)
#undef X
        HEADER_COUNT
};

struct pair {
    const char *name, *value;
};
struct pairs {
    struct pair *at;
    size_t n;
};

/* What the braces of a route's pattern matched: "/requests/{id}/calls/{id}", "/static/{word}". */
enum { PATH_IDS = 3 };
struct path_ids {
    int64_t id[PATH_IDS]; /* from 1 */
    size_t n;
    char word[96]; /* letters, digits, '.', '_', '-'; never starts with a dot */
};

/* A file that came with a form (multipart/form-data). What is in it is hostile as ever; the name is only for
 * showing: without folders, without control characters, "" never. */
struct req_file {
    const char *field, *name;
    const char *data; /* not ended by a NUL; as long as the request */
    size_t len;
};

struct route;
struct visitor; /* who is asking (site.h) */

#define SESSION_COOKIE "peil"
/* What every form of this visitor must bring back, in the field "csrf"; "" when nobody is logged in. */
const char *visitor_csrf(const struct visitor *v);

enum { REQ_PAIRS = 2000, REQ_PATH = 1024, REQ_TARGET = 4096, REQ_VALUE = 256 * 1024, REQ_FILES = 4 };

struct req {
    /* from the server */
    enum method method;
    const char *target;               /* "/path?query" as it came, visible ASCII only */
    const char *header[HEADER_COUNT]; /* NULL when absent */
    const char *body;                 /* not ended by a NUL; NULL when empty */
    size_t body_len;
    const char *client; /* address of who is asking, for the log of logins and limits */
    bool https;
    /* from req_decode */
    const char *path;   /* decoded, starts with '/' */
    const char *search; /* the query as it came, without '?'; "" when there is none */
    struct pairs query, form, cookie;
    struct req_file file[REQ_FILES];
    size_t n_files;
    /* from the dispatcher */
    const struct route *route;
    struct path_ids ids;
    const struct visitor *visitor;
};

/* Reads path, query, cookies and the form: application/x-www-form-urlencoded, or multipart/form-data with its
 * files. E_REQUEST for what is not valid, E_TOO_LARGE for more than REQ_PAIRS fields, REQ_FILES files or a
 * value over REQ_VALUE. */
enum err req_decode(struct ctx *c, struct req *r) MUST_CHECK;
/* Its part for multipart/form-data (RFC 7578), for req_decode. Strict: every part begins with its line
 * "Content-Disposition: form-data", lines end in CRLF, nothing stands before the first or after the last. */
bool req_is_multipart(const char *content_type);
enum err req_multipart(struct ctx *c, struct req *r) MUST_CHECK;
/* One value that is not url-encoded: checked, \r\n becomes \n with `lines`, copied. */
enum err req_text(struct ctx *c, const char *text, size_t len, bool lines, const char **ret_text) MUST_CHECK;

/* The first value of that name; NULL when absent. */
const char *req_query(const struct req *r, const char *name);
const char *req_form(const struct req *r, const char *name);
const char *req_cookie(const struct req *r, const char *name);
/* The file of that field; NULL when none was chosen. */
const struct req_file *req_file(const struct req *r, const char *name);

#endif
