// SPDX-License-Identifier: EUPL-1.2
/* The dispatcher: from a request to an answer. Route, session, right, forged-form check, page cache, handler,
 * error page, and one line in the log, always in that order and for every page. */
#ifndef PEIL_WEB_SITE_H
#define PEIL_WEB_SITE_H

#include "register/session.h"
#include "web/behind.h"
#include "web/expectation_behind.h"
#include "web/extract_behind.h"
#include "web/http.h"
#include "web/kept_file.h"

/* The most bytes of a form with a file in it. */
enum { SITE_UPLOAD = 8 * 1024 * 1024 };

struct visitor {
    struct session session;
    bool logged_in, by_command;     /* by_command: `peil http --as`, no browser that could be tricked */
    struct behind *behind;          /* parts of pages that take long; NULL: none are kept */
    struct kept_files *kept;        /* files that were tried and may be imported next */
    struct extract_behind *extract; /* what figures are made of, kept up to date; NULL: read each time */
    const struct expectation_behind *expects; /* makes what is expected; NULL: nobody does */
};

/* What the command line may ask for: everyone acts as this role. */
struct site_as {
    enum role role;
    int64_t team, worker; /* INT_NONE: none */
};

struct site_options {
    struct store *store;
    const struct site_as *as;                 /* NULL: sessions */
    bool quiet;                               /* no line for each request */
    size_t cache_bytes;                       /* of pages; 0: 8 MiB */
    const struct expectation_behind *expects; /* NULL: periods are made elsewhere */
    const char *extract; /* a file that is kept up to date (register/extract_keep.h); NULL: none */
};

struct site;

/* Starts a server for this register, and its writer when there is none yet; fills the hooks in `http` and
 * leaves its other options as they are. */
enum err site_start(struct ctx *c, const struct site_options *opt, const struct http_options *http,
                    struct site **ret_site) MUST_CHECK;
void site_stop(struct site *s);
/* Has the figures of a team (0: all) made before anybody asks for them. */
void site_want_team(struct site *s, int64_t team);
/* The core figures of those who begin with them. */
void site_want_figures(const struct ctx *c, struct site *s);
struct http *site_http(struct site *s);

#endif
