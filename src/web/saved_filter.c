// SPDX-License-Identifier: EUPL-1.2
#include "web/saved_filter.h"

#include "base/text.h"
#include "register/session.h"
#include "web/route.h"
#include "web/tpl.h"

#include <string.h>

/* What is not the filter: the page number, a file, and what was just done. */
static bool is_filter(const char *name)
{
    static const char *const not [] = { "page", "format", "done", "batch", "put", "kept" };

    for (size_t i = 0; i < COUNT(not ); i++)
        if (text_is(name, not [i]))
            return false;
    return true;
}

/* "tab=over&team=3": what is chosen, without what is empty. */
static enum err query_of(struct ctx *c, const struct req *r, const char **ret_query)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < r->query.n; i++) {
        if (!is_filter(r->query.at[i].name) || text_empty(r->query.at[i].value))
            continue;
        if (b.len > 0)
            buf_char(&b, '&');
        buf_url_part(&b, r->query.at[i].name);
        buf_char(&b, '=');
        buf_url_part(&b, r->query.at[i].value);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_query);
    buf_free(&b);
    return e;
}

static enum err url_of(struct ctx *c, const char *page, const char *query, const char **ret_url)
{
    struct buf b = { 0 };

    buf_str(&b, page);
    if (!text_empty(query)) {
        buf_char(&b, '?');
        buf_str(&b, query);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

static enum err shared_label(struct ctx *c, const struct saved_filter *f, const char **ret_label)
{
    struct buf b = { 0 };

    *ret_label = f->name;
    if (f->own)
        return OK;
    buf_str(&b, f->name);
    buf_lit(&b, " (");
    buf_str(&b, f->who);
    buf_char(&b, ')');
    enum err e = ctx_copy(c, buf_text(&b), ret_label);
    buf_free(&b);
    return e;
}

enum err saved_tabs_fill(struct ctx *c, const struct req *r, struct saved_tabs *ret_tabs)
{
    struct saved_tabs t = { .page = r->path, .csrf = visitor_csrf(r->visitor) };
    struct saved_filter *f = NULL;
    struct tab *tab;
    size_t n;

    TRY(query_of(c, r, &t.query));
    TRY(saved_filter_list(c, r->path, &f, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *tab, (void *)&tab));
    t.may_save =
        c->actor != NULL && c->actor->account != INT_NONE && t.query[0] != '\0' && r->method != METHOD_POST;
    t.may_share = c->actor != NULL && c->actor->team != INT_NONE;
    tab[t.n++] = (struct tab){ _("Everything"), r->path, INT_NONE, t.query[0] == '\0' };
    for (size_t i = 0; i < n; i++) {
        struct tab *to = &tab[t.n++];
        to->count = INT_NONE;
        to->current = text_is(f[i].query, t.query);
        t.may_save = t.may_save && !to->current;
        t.manage = t.manage || f[i].own;
        TRY(shared_label(c, &f[i], &to->label));
        TRY(url_of(c, r->path, f[i].query, &to->url));
    }
    t.tab = tab;
    if (n == 0)
        t.n = 0;
    session_random(t.once);
    *ret_tabs = t;
    return OK;
}

/* ── Adding, renaming, removing ───────────────────────────────────────────────────────────────────────────
 */

struct filter_typed {
    const char *page, *query, *name;
    bool shared;
};
static const struct form_field fields[] = {
    { FORM_AT(struct filter_typed, page), .kind = FORM_TEXT, .required = true, .hidden = true },
    { FORM_AT(struct filter_typed, query), .kind = FORM_TEXT, .max = FILTER_QUERY, .hidden = true },
    { FORM_AT(struct filter_typed, name), .kind = FORM_TEXT, .required = true, .max = FILTER_NAME,
      .label = N_("Name of the filter"), .hint = N_("For example: urgent, West") },
    { FORM_AT(struct filter_typed, shared), .kind = FORM_CHECK, .label = N_("Also for my team") },
};

/* One of our own pages that this user may open; the query of an address and nothing else. */
static enum err check_place(struct ctx *c, const struct filter_typed *t)
{
    const struct route *route;
    struct path_ids ids;

    if (route_find(METHOD_GET, t->page, strlen(t->page), &route, &ids) != OK || !user_may(c, route->right))
        return FAIL(E_REQUEST, "%s", _("Something in this form is not right."));
    for (const char *s = t->query; *s != '\0'; s++)
        if (strchr("=&%._~-", *s) == NULL && !(*s >= '0' && *s <= '9') &&
            !((*s | 0x20) >= 'a' && (*s | 0x20) <= 'z'))
            return FAIL(E_REQUEST, "%s", _("Something in this form is not right."));
    return OK;
}

/* The page with all own filters; with a form when there is one to fill in. */
static enum err show(struct ctx *c, const struct req *r, struct saved_filter_page *p, const struct form *form,
                     const struct form_errors *wrong, struct reply *out)
{
    struct saved_filter *f;

    TRY(frame_fill(c, r, _("Saved filters"), NULL, &p->frame));
    TRY(saved_filter_own(c, &f, &p->n));
    p->filter = f;
    if (form != NULL)
        TRY(form_view_fill(c, r, form, wrong, &p->form));
    return saved_filters_html(c, &out->body, p);
}

enum err web_saved_filters_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct saved_filter_page p = { .id = 0 };

    return show(c, r, &p, NULL, NULL, out);
}

enum err web_saved_filter_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct saved_filter_page p = { .id = r->ids.id[0] };
    struct saved_filter f;

    TRY(saved_filter_get(c, p.id, &f));
    const struct pair value[] = {
        { "page", f.page }, { "query", f.query }, { "name", f.name }, { "shared", f.shared ? "on" : "" }
    };
    struct form form = { FORM(fields), .value = value, .n_values = COUNT(value) };
    return show(c, r, &p, &form, NULL, out);
}

enum err web_saved_filter_open_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct saved_filter f;
    const char *url;

    TRY(saved_filter_get(c, r->ids.id[0], &f));
    TRY(url_of(c, f.page, f.query, &url));
    return reply_redirect(c, out, "%s", url);
}

static enum err save(struct ctx *c, const struct req *r, int64_t id, struct filter_typed *t,
                     struct form_errors *errors)
{
    TRY(form_read(c, r, fields, COUNT(fields), t, errors));
    TRY(check_place(c, t));
    struct saved_filter f = {
        .id = id, .page = t->page, .query = t->query, .name = t->name, .shared = t->shared
    };
    return id == INT_NONE ? saved_filter_add(c, &f, &id) : saved_filter_change(c, &f);
}

static enum err save_or_show(struct ctx *c, const struct req *r, int64_t id, struct reply *out)
{
    struct saved_filter_page p = { .id = id };
    struct form form = { FORM(fields) };
    struct form_errors errors = { 0 };
    struct filter_typed t = { 0 };
    enum err e = save(c, r, id, &t, &errors);
    const char *url;

    if (e == OK && id != INT_NONE)
        return reply_redirect(c, out, "/filters?done=filter");
    if (e == OK) {
        TRY(url_of(c, t.page, t.query, &url));
        return reply_redirect(c, out, "%s&done=filter", url);
    }
    TRY(wrong_take(c, e, out, &errors));
    return show(c, r, &p, &form, &errors, out);
}

enum err web_saved_filter_add_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return save_or_show(c, r, INT_NONE, out);
}

enum err web_saved_filter_change_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return save_or_show(c, r, r->ids.id[0], out);
}

enum err web_saved_filter_remove_post(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(saved_filter_remove(c, r->ids.id[0]));
    return reply_redirect(c, out, "/filters?done=unfilter");
}
