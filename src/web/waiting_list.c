// SPDX-License-Identifier: EUPL-1.2
#include "web/waiting_list.h"

#include "account/expectation.h"
#include "base/text.h"
#include "register/call_round.h"
#include "web/options.h"
#include "web/sheet_view.h"
#include "web/tpl.h"

#include <string.h>

static const char *const part_code[WAITING_PARTS] = { "all", "call", "listed", "over", "parked" };
static const char *const part_label[WAITING_PARTS] = { N_("Everyone who waits"), N_("To call"),
                                                       N_("On the call list"), N_("Over the agreed time"),
                                                       N_("Parked") };
static const char *const sort_code[WAITING_SORTS] = { "order", "received", "newest", "heard" };

const char *waiting_part_name(const struct ctx *c, enum waiting_part part)
{
    return _(part_label[part]);
}

static size_t code_find(const char *const *code, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(code[i], text))
            return i;
    return 0;
}

static int64_t query_number(const struct req *r, const char *name, int64_t least, int64_t otherwise)
{
    const char *text = req_query(r, name);
    int64_t v;

    return text != NULL && text_to_int(text, &v) && v >= least ? v : otherwise;
}

static struct waiting_filter filter_read(const struct req *r)
{
    return (struct waiting_filter){
        .team = query_number(r, "team", 1, INT_NONE),
        .neighbourhood = query_number(r, "neighbourhood", 1, INT_NONE),
        .urgency = query_number(r, "urgency", URGENCY_UNKNOWN, INT_NONE),
        .part = (enum waiting_part)code_find(part_code, WAITING_PARTS, req_query(r, "tab")),
        .sort = (enum waiting_sort)code_find(sort_code, WAITING_SORTS, req_query(r, "order")),
        .page = query_number(r, "page", 1, 1),
    };
}

static void put_number(struct buf *b, const char *name, int64_t v, int64_t usual)
{
    if (v == usual)
        return;
    buf_char(b, memchr(b->data, '?', b->len) == NULL ? '?' : '&');
    buf_str(b, name);
    buf_char(b, '=');
    buf_int(b, v);
}

static void put_code(struct buf *b, const char *name, const char *code)
{
    buf_char(b, memchr(b->data, '?', b->len) == NULL ? '?' : '&');
    buf_str(b, name);
    buf_char(b, '=');
    buf_str(b, code);
}

/* The address of a list; `put` are people who were just put on the call list. */
static enum err list_url(struct ctx *c, const char *path, const struct waiting_filter *f, const int64_t *put,
                         size_t n, const char **ret_url)
{
    struct buf b = { 0 };
    enum err e;

    buf_str(&b, path);
    if (f->part != WAITING_ALL)
        put_code(&b, "tab", part_code[f->part]);
    put_number(&b, "team", f->team, INT_NONE);
    put_number(&b, "neighbourhood", f->neighbourhood, INT_NONE);
    put_number(&b, "urgency", f->urgency, INT_NONE);
    if (f->sort != WAITING_BY_ORDER)
        put_code(&b, "order", sort_code[f->sort]);
    put_number(&b, "page", f->page, 1);
    for (size_t i = 0; i < n; i++) {
        if (i == 0)
            put_code(&b, "put", "");
        else
            buf_char(&b, '.');
        buf_int(&b, put[i]);
    }
    e = ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

static enum err page_url(struct ctx *c, void *arg, int64_t page, const char **ret_url)
{
    struct waiting_filter f = *(const struct waiting_filter *)arg;

    f.page = page;
    return list_url(c, "/waiting", &f, NULL, 0, ret_url);
}

static enum err tab_add(struct ctx *c, const struct waiting_filter *to, const char *label, int64_t count,
                        bool current, struct waiting_list_page *p)
{
    struct tab *t = &p->tab[p->tabs++];

    *t = (struct tab){ .label = label, .count = count, .current = current };
    return list_url(c, "/waiting", to, NULL, 0, &t->url);
}

/* The parts of the list under the same filters, and the own team for who sees more than that. */
static enum err tabs_fill(struct ctx *c, const struct waiting_filter *f, const struct waiting_page *list,
                          struct waiting_list_page *p)
{
    bool teams = c->scope->all && c->actor->team != INT_NONE;
    bool mine = teams && f->team == c->actor->team;
    struct waiting_filter to = *f;

    to.page = 1;
    for (size_t i = 0; i < WAITING_PARTS; i++) {
        bool all = i == WAITING_ALL;
        to.part = (enum waiting_part)i;
        to.team = all && mine ? INT_NONE : f->team;
        TRY(tab_add(c, &to, _(part_label[i]), all && mine ? INT_NONE : list->part[i],
                    f->part == to.part && !(all && mine), p));
        if (all && teams) {
            to.team = c->actor->team;
            TRY(tab_add(c, &to, _("My team"), mine ? list->part[i] : INT_NONE, mine && f->part == to.part,
                        p));
        }
    }
    return OK;
}

static enum err columns_fill(struct ctx *c, const struct waiting_filter *f, struct waiting_list_page *p)
{
    static const struct {
        const char *label;
        enum waiting_sort sort, again; /* again: a second click */
    } column[WAITING_COLUMNS] = { { N_("Urgency"), WAITING_BY_ORDER, WAITING_BY_ORDER },
                                  { N_("Waits since"), WAITING_BY_RECEIVED, WAITING_BY_NEWEST },
                                  { N_("Last spoken"), WAITING_BY_HEARD, WAITING_BY_HEARD } };

    for (size_t i = 0; i < WAITING_COLUMNS; i++) {
        struct waiting_filter to = *f;
        bool current = f->sort == column[i].sort || f->sort == column[i].again;
        bool down = f->sort == WAITING_BY_ORDER || f->sort == WAITING_BY_NEWEST;
        to.sort = f->sort == column[i].sort ? column[i].again : column[i].sort;
        to.page = 1;
        p->column[i].label = _(column[i].label);
        p->column[i].arrow = !current ? NULL : down ? "descending" : "ascending";
        TRY(list_url(c, "/waiting", &to, NULL, 0, &p->column[i].url));
    }
    return OK;
}

static enum err choices_fill(struct ctx *c, const struct waiting_filter *f, struct waiting_list_page *p)
{
    struct option_id class[URGENCIES];
    const struct form_options classes = { "urgency", class, COUNT(class) };

    for (int64_t u = URGENCY_EMERGENCY, i = 0; u >= URGENCY_UNKNOWN; u--, i++)
        class[i] = (struct option_id){ u, urgency_name(c, u) };
    TRY(team_choice(c, f->team, &p->team));
    TRY(neighbourhood_choice(c, "neighbourhood", f->neighbourhood, &p->neighbourhood));
    return options_choice(c, &classes, _("Urgency"), _("All"), f->urgency, &p->urgency);
}

/* "12.15.18": the ids of people who were just put on the call list. Anything else is nobody. */
static enum err put_read(struct ctx *c, const char *text, struct waiting_list_page *p)
{
    int64_t *id;

    if (text_empty(text) || strlen(text) > 2000)
        return OK;
    TRY(ctx_alloc(c, strlen(text), sizeof *id, (void *)&id));
    for (const char *s = text; *s != '\0'; s += *s == '.') {
        char one[24];
        size_t len = strcspn(s, ".");
        if (len == 0 || len >= sizeof one)
            return OK;
        memcpy(one, s, len);
        one[len] = '\0';
        if (!text_to_int(one, &id[p->n_put]))
            return OK;
        p->n_put++;
        s += len;
    }
    p->put = id;
    return OK;
}

static enum err list_fill(struct ctx *c, const struct req *r, const struct waiting_filter *f,
                          const struct waiting_page *list, struct waiting_list_page *p)
{
    bool calls = f->part == WAITING_TO_CALL || f->part == WAITING_LISTED;

    TRY(frame_fill(c, r, calls ? _("Call round") : _("Waiting list"), calls ? "/calls" : "/waiting",
                   &p->frame));
    TRY(list_url(c, "/waiting/listed", f, NULL, 0, &p->put_url));
    TRY(list_url(c, "/waiting/listed/undo", f, NULL, 0, &p->undo_url));
    TRY(tabs_fill(c, f, list, p));
    TRY(columns_fill(c, f, p));
    TRY(choices_fill(c, f, p));
    TRY(rule_news_fill(c, RULE_NEWS_DAYS, RULE_NEWS, &p->news, &p->n_news));
    p->day = c->today;
    p->tab_code = part_code[f->part];
    p->order_code = sort_code[f->sort];
    p->filtered = f->part != WAITING_ALL || f->team != INT_NONE || f->neighbourhood != INT_NONE ||
                  f->urgency != INT_NONE || f->page > 1;
    p->row = list->row;
    p->n = list->n;
    p->total = list->total;
    p->first = (f->page - 1) * WAITING_PAGE + 1;
    p->may_call = user_may(c, RIGHT_CALL);
    p->may_allocate = user_may(c, RIGHT_ALLOCATE);
    p->may_register = p->frame.may_register;
    p->may_import = user_may(c, RIGHT_IMPORT);
    return OK;
}

static enum err expected_fill(struct ctx *c, const struct waiting_filter *f, struct waiting_list_page *p)
{
    const struct expected_row *row;
    struct expected_cell *cell;
    size_t n;

    TRY(expectation_waiting(c, f->team, &row, &n));
    TRY(ctx_alloc(c, p->n + 1, sizeof *cell, (void *)&cell));
    for (size_t i = 0; i < p->n; i++) {
        struct expectation e = expectation_find(row, n, p->row[i].id);
        cell[i].from = e.state == EXPECTATION_TOLD ? e.said.from : DAY_NONE;
        cell[i].to = e.state == EXPECTATION_TOLD ? e.said.to : DAY_NONE;
        TRY(expectation_short(c, &e, &cell[i].text));
        TRY(expectation_sure(c, &e, &cell[i].sure));
    }
    p->expected = cell;
    return OK;
}

enum err web_waiting_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct waiting_filter f = filter_read(r);
    struct waiting_page list;
    struct waiting_list_page p = { 0 };

    if (sheet_is_file(r))
        return waiting_export(c, r, &f, out);
    TRY(waiting_list_get(c, &f, &list));
    TRY(list_fill(c, r, &f, &list, &p));
    TRY(expected_fill(c, &f, &p));
    TRY(waiting_filter_text(c, &f, &p.filter));
    TRY(saved_tabs_fill(c, r, &p.saved));
    if (user_may(c, RIGHT_EXPORT)) {
        TRY(query_url(c, r, "format", "csv", &p.csv_url));
        TRY(query_url(c, r, "format", "xlsx", &p.xlsx_url));
    }
    TRY(pages_fill(c, f.page, list.pages, page_url, &f, &p.pages));
    TRY(put_read(c, req_query(r, "put"), &p));
    return waiting_list_html(c, &out->body, &p);
}

/* The chosen boxes of a list. */
static enum err chosen_read(struct ctx *c, const struct req *r, int64_t **ret_id, size_t *ret_n)
{
    size_t n = 0;

    TRY(ctx_alloc(c, r->form.n + 1, sizeof **ret_id, (void *)ret_id));
    for (size_t i = 0; i < r->form.n; i++)
        if (text_is(r->form.at[i].name, "id") && text_to_int(r->form.at[i].value, &(*ret_id)[n]))
            n++;
    *ret_n = n;
    return OK;
}

/* Back to the list at `url`, which says what was done. */
static enum err list_done(struct ctx *c, struct reply *out, const char *url, const char *done)
{
    return reply_redirect(c, out, "%s%cdone=%s", url, strchr(url, '?') == NULL ? '?' : '&', done);
}

enum err web_call_list_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct waiting_filter f = filter_read(r);
    int64_t *id, *put;
    size_t n, n_put;
    const char *url;

    TRY(chosen_read(c, r, &id, &n));
    TRY(call_list_add(c, id, n, &put, &n_put));
    TRY(list_url(c, "/waiting", &f, put, n_put, &url));
    return n_put > 0 || n == 0 ? reply_redirect(c, out, "%s", url) : list_done(c, out, url, "listed_before");
}

enum err web_call_list_undo_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct waiting_filter f = filter_read(r);
    int64_t *id;
    size_t n, n_done;
    const char *url;

    TRY(chosen_read(c, r, &id, &n));
    TRY(call_list_remove(c, id, n, &n_done));
    TRY(list_url(c, "/waiting", &f, NULL, 0, &url));
    return list_done(c, out, url, "unlisted");
}
