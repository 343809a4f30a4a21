// SPDX-License-Identifier: EUPL-1.2
#include "web/site.h"

#include "base/log.h"
#include "base/text.h"
#include "register/urgent.h"
#include "web/error.h"
#include "web/figures.h"
#include "web/indicator.h"
#include "web/page_cache.h"
#include "web/route.h"
#include "web/sent.h"
#include "web/static.h"
#include "web/team_figures.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { CACHE_BYTES = 8 * 1024 * 1024 };

struct site {
    struct arena memory;
    struct store *store;
    bool quiet, acting;
    struct site_as as;
    enum lang lang; /* of who has not chosen one */
    struct page_cache *cache;
    struct static_files *files;
    struct http *http;
    struct sent *sent;
    struct behind *behind;
    struct kept_files *kept;
    struct extract_behind *extract;
    const struct expectation_behind *expects;
};

const char *visitor_csrf(const struct visitor *v)
{
    return v != NULL && v->logged_in ? v->session.csrf : "";
}

static enum err visitor_find(struct ctx *c, const struct site *s, const struct req *r, struct visitor *v)
{
    const char *token = req_cookie(r, SESSION_COOKIE);
    enum err e;

    c->lang = s->lang; /* of who was here before, maybe not */
    *v = (struct visitor){ .session.csrf = "",
                           .by_command = s->acting,
                           .behind = s->behind,
                           .extract = s->extract,
                           .expects = s->expects,
                           .kept = s->kept };
    if (s->acting) {
        session_act_as(c, &v->session, s->as.role, s->as.team, s->as.worker);
        v->logged_in = true;
        return session_widen(c, &v->session);
    }
    if (text_empty(token))
        return OK;
    e = session_find(c, token, &v->session);
    if (e == E_LOGIN) { /* over: as if there were none */
        err_clear(c);
        return OK;
    }
    TRY(e);
    v->logged_in = true;
    return OK;
}

/* A POST must come from a page of ours. Browsers say so in one of two headers; programs say nothing. */
static bool same_origin(const struct req *r)
{
    const char *fetch = r->header[HEADER_SEC_FETCH_SITE], *origin = r->header[HEADER_ORIGIN];

    if (fetch != NULL)
        return strcmp(fetch, "same-origin") == 0 || strcmp(fetch, "none") == 0;
    if (origin == NULL)
        return true;
    const char *host = strstr(origin, "://");
    return host != NULL && r->header[HEADER_HOST] != NULL &&
           strcasecmp(host + 3, r->header[HEADER_HOST]) == 0;
}

static enum err check_forged(struct ctx *c, const struct req *r, const struct visitor *v)
{
    const char *token = req_form(r, "csrf");

    if (!same_origin(r))
        return FAIL(E_FORBIDDEN, "%s", _("This form came from another website."));
    if (!v->logged_in || (v->by_command && token == NULL))
        return OK;
    if (token == NULL || !text_same_secret(token, v->session.csrf))
        return FAIL(E_FORBIDDEN, "%s", _("This form is too old. Load the page again and send it once more."));
    return OK;
}

/* Everything that a kept page depends on besides the register. False: too long to keep. */
static bool cache_key(struct ctx *c, const struct req *r, const struct visitor *v, char key[PAGE_KEY])
{
    struct urgent_alarm alarm; /* stands on every page and grows with the clock */

    if (urgent_alarm(c, &alarm) != OK) {
        err_clear(c);
        return false;
    }
    int n = snprintf(key, PAGE_KEY, "%d %" PRId32 " %d %" PRId64 ".%" PRId64 " %s %s", (int)c->lang, c->today,
                     r->https, alarm.late, alarm.minutes / 5, visitor_csrf(v), r->target);

    return n > 0 && n < PAGE_KEY && !v->by_command;
}

static enum err handle_kept(struct ctx *c, struct site *s, const struct req *r, struct reply *out)
{
    uint64_t version = store_commits(s->store); /* before the page is made: a later commit makes it old */
    char key[PAGE_KEY];
    bool usable = cache_key(c, r, r->visitor, key);

    if (usable)
        out->ready = page_cache_find(s->cache, key, version);
    if (out->ready != NULL)
        return OK;
    TRY(r->route->handle(c, r, out));
    if (!usable || !out->keep || out->status != 200)
        return OK;
    struct reply copy = *out;
    if (r->https)
        reply_header(&copy, "Strict-Transport-Security", "max-age=31536000");
    struct ready *page = ready_make(&copy);
    if (page != NULL)
        page_cache_put(s->cache, key, version, page);
    ready_drop(page);
    return OK;
}

/* The handler of a form. A form that was sent twice gets the answer of its first time. */
static enum err handle_form(struct ctx *c, struct site *s, const struct req *r, struct reply *out)
{
    const char *token = req_form(r, "once");
    char to[SENT_LOCATION];
    enum err e = r->route->handle(c, r, out);

    if (token == NULL)
        return e;
    if (e == OK && out->status == 303)
        sent_put(s->sent, token, reply_location(out));
    if (e != E_TWICE || !sent_wait(s->sent, token, to))
        return e;
    err_clear(c);
    reply_clear(out);
    return reply_redirect(c, out, "%s", to);
}

static enum err dispatch(struct ctx *c, struct site *s, struct req *r, struct visitor *v, struct reply *out)
{
    enum err e;

    r->visitor = v;
    TRY(req_decode(c, r));
    TRY(visitor_find(c, s, r, v));
    e = route_find(r->method, r->path, strlen(r->path), &r->route, &r->ids);
    if (e != OK)
        return FAIL(e, "%s", _(err_text(e)));
    TRY(may(c, r->route->right));
    if (r->method == METHOD_POST) {
        TRY(check_forged(c, r, v));
        c->once = req_form(r, "once");
    } else
        TRY(db_read_begin(c)); /* all lists and figures of one page are of one moment */
    if (r->route->kind == ROUTE_KEPT)
        return handle_kept(c, s, r, out);
    if (r->method == METHOD_POST)
        return handle_form(c, s, r, out);
    return r->route->handle(c, r, out);
}

static void log_failure(const struct ctx *c, const struct req *r, enum err e)
{
    if (err_status(e) >= 500)
        log_line(LOG_ERROR, "%s: %s: %s", r->route != NULL ? r->route->path : "-", c->err.text, c->err.trace);
}

static void allow(struct reply *out, const struct req *r)
{
    struct path_ids ids;
    const struct route *route;
    bool get = route_find(METHOD_GET, r->path, strlen(r->path), &route, &ids) == OK;
    bool post = route_find(METHOD_POST, r->path, strlen(r->path), &route, &ids) == OK;

    reply_header(out, "Allow", get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST");
}

/* The page that says what went wrong; plain text when even that cannot be made. */
static void answer_failure(struct ctx *c, const struct req *r, struct reply *out, enum err e)
{
    log_failure(c, r, e);
    reply_clear(out);
    out->status = err_status(e);
    if (web_error(c, r, out) != OK || out->body.failed) {
        reply_clear(out);
        reply_text(out, err_status(e), err_text(e));
    }
    if (e == E_METHOD && r->path != NULL)
        allow(out, r);
    if (e == E_BUSY)
        reply_header(out, "Retry-After", "5");
}

static int64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Without the query: a name or a search could stand in it. */
static void log_request(const struct req *r, const struct reply *out, int64_t begin_us)
{
    static const char *const methods[] = { "GET", "HEAD", "POST", "?" };
    int len = (int)strcspn(r->target, "?");

    log_line(LOG_INFO, "%s %.*s %d %zu %" PRId64 " us", methods[r->method], len < 200 ? len : 200, r->target,
             out->status, out->ready != NULL ? ready_size(out->ready) : out->body.len + out->fixed_len,
             now_us() - begin_us);
}

static void site_handle(struct http_worker *w, struct req *r, struct reply *out)
{
    struct site *s = http_arg(w->http);
    struct ctx *c = &w->ctx;
    int64_t begin = now_us();
    struct visitor v = { .session.csrf = "" };
    enum err e = dispatch(c, s, r, &v, out);

    db_read_end(c);
    if (e != OK)
        answer_failure(c, r, out, e);
    if (!s->quiet)
        log_request(r, out, begin);
}

static struct ready *site_quick(void *arg, const struct req *r)
{
    const struct site *s = arg;

    return static_find(s->files, r);
}

static enum http_pool site_pool(void *arg, const struct req *r)
{
    const struct route *route;
    struct path_ids ids;

    (void)arg;
    if (route_find(r->method, r->target, strcspn(r->target, "?"), &route, &ids) == OK &&
        (route->kind == ROUTE_SLOW || route->kind == ROUTE_UPLOAD))
        return POOL_SLOW;
    return r->method == METHOD_POST ? POOL_WRITE : POOL_READ;
}

static size_t site_body_more(void *arg, const struct req *r)
{
    const struct route *route;
    struct path_ids ids;

    (void)arg;
    return route_find(r->method, r->target, strcspn(r->target, "?"), &route, &ids) == OK &&
                   route->kind == ROUTE_UPLOAD
               ? SITE_UPLOAD
               : 0;
}

static bool worker_begin(struct http_worker *w)
{
    struct site *s = http_arg(w->http);

    return db_open(&w->ctx, s->store, &w->db) == OK;
}

static void worker_end(struct http_worker *w)
{
    db_close(w->db);
}

static enum err part_make(struct ctx *c, void *arg, const char *key, struct buf *out)
{
    struct site *s = arg;

    if (indicators_key(key))
        return indicators_make(c, s->extract, key, out);
    bool team = strncmp(key, TEAM_COUNTS, strlen(TEAM_COUNTS)) == 0;

    return team ? team_counts_make(c, key, out) : figures_make(c, s->extract, key, out);
}

static enum err start(struct ctx *c, struct site *s, const struct site_options *opt,
                      const struct http_options *http)
{
    struct http_options o = *http;

    TRY(store_start_writer(c, s->store));
    s->cache = page_cache_make(opt->cache_bytes > 0 ? opt->cache_bytes : CACHE_BYTES);
    s->files = static_make();
    s->sent = sent_make(&s->memory);
    s->kept = kept_files_make(&s->memory);
    if (s->cache == NULL || s->files == NULL || s->sent == NULL || s->kept == NULL)
        return FAIL(E_NOMEM, "%s", "");
    if (!s->acting) {
        s->extract = extract_behind_start(s->store, opt->extract);
        s->behind = behind_start(s->store, part_make, s);
    }
    o.handle = site_handle;
    o.quick = site_quick;
    o.pool = site_pool;
    o.body_more = site_body_more;
    o.thread_start = worker_begin;
    o.thread_stop = worker_end;
    o.lang = c->lang;
    o.arg = s;
    return http_start(c, &o, &s->http);
}

void site_want_team(struct site *s, int64_t team)
{
    char key[BEHIND_KEY];

    team_counts_key(team, key);
    behind_want(s->behind, LANG_NL, key);
}

void site_want_figures(const struct ctx *c, struct site *s)
{
    static const enum role readers[] = { ROLE_BOARD, ROLE_ACCOUNT_MANAGER, ROLE_QUALITY };
    char key[BEHIND_KEY];

    for (size_t i = 0; i < COUNT(readers); i++)
        for (int today = 0; today < 2; today++) {
            indicators_first_key(c, readers[i], today == 1, key);
            if (today == 0 || readers[i] != ROLE_QUALITY)
                behind_want(s->behind, LANG_NL, key);
        }
}

enum err site_start(struct ctx *c, const struct site_options *opt, const struct http_options *http,
                    struct site **ret_site)
{
    struct arena memory;
    struct site *s;

    arena_init(&memory, (size_t)1 << 18);
    s = arena_alloc(&memory, sizeof *s);
    if (s == NULL)
        return FAIL(E_NOMEM, "%s", "");
    *s = (struct site){ .memory = memory,
                        .store = opt->store,
                        .quiet = opt->quiet,
                        .lang = c->lang,
                        .acting = opt->as != NULL,
                        .expects = opt->expects };
    if (opt->as != NULL)
        s->as = *opt->as;
    enum err e = start(c, s, opt, http);
    if (e != OK) {
        site_stop(s);
        err_trace(c, __FILE__, __LINE__);
        return e;
    }
    *ret_site = s;
    return OK;
}

void site_stop(struct site *s)
{
    struct arena memory;

    if (s == NULL)
        return;
    http_stop(s->http);
    behind_stop(s->behind);
    extract_behind_stop(s->extract);
    page_cache_free(s->cache);
    static_free(s->files);
    sent_free(s->sent);
    kept_files_free(s->kept);
    memory = s->memory;
    arena_free(&memory);
}

struct http *site_http(struct site *s)
{
    return s->http;
}
