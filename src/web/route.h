// SPDX-License-Identifier: EUPL-1.2
/* The one table of what this site has: method, path, handler, right, form. The dispatcher, `peil routes`, the
 * documentation and the test that tries every wrong role read it. Add a page here and nowhere else. */
#ifndef PEIL_WEB_ROUTE_H
#define PEIL_WEB_ROUTE_H

#include "register/right.h"
#include "web/form.h"
#include "web/reply.h"
#include "web/req.h"

enum route_kind {
    ROUTE_PAGE,   /* HTML for this user */
    ROUTE_KEPT,   /* HTML that may be kept until the register changes; the handler sets reply.keep */
    ROUTE_FILE,   /* a download */
    ROUTE_ACTION, /* changes something, then redirects */
    ROUTE_SLOW,   /* takes long in itself (password hashing): on workers of its own */
    ROUTE_UPLOAD, /* the same, and its form may bring files (site.h: SITE_UPLOAD) */
};

struct route {
    enum method method; /* METHOD_GET (also answers HEAD) or METHOD_POST */
    const char *path; /* "/requests/{id}/calls"; {id}: a number from 1, {word}: a name, see struct path_ids */
    enum err (*handle)(struct ctx *c, const struct req *r, struct reply *out);
    enum right right;
    enum route_kind kind;
    const struct form_field *field; /* what the form may hold; NULL: the handler reads it itself */
    size_t n_fields;
};

const struct route *route_all(size_t *ret_n);
/* Finds the route of a decoded path; `len` of it is looked at. E_NOT_FOUND, or E_METHOD when the path exists
 * with the other method. Allocates nothing and records no failure. */
enum err route_find(enum method method, const char *path, size_t len, const struct route **ret_route,
                    struct path_ids *ret_ids) MUST_CHECK;
/* The same in a table of one's own, for tests. */
enum err route_find_in(const struct route *routes, size_t n, enum method method, const char *path, size_t len,
                       const struct route **ret_route, struct path_ids *ret_ids) MUST_CHECK;
const char *route_kind_code(enum route_kind kind);

#endif
