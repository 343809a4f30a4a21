// SPDX-License-Identifier: EUPL-1.2
/* The blocks of today about the waiting list and the own requests. */
#include "base/text.h"
#include "register/own_request.h"
#include "register/waiting_list.h"
#include "web/show.h"
#include "web/today.h"
#include "web/tpl_rt.h"

static const char *const urgency_look[] = { "inactive", "inactive", "neutral", "warning", "danger" };

static const char *look_of(int64_t urgency)
{
    return urgency >= 0 && urgency < (int64_t)COUNT(urgency_look) ? urgency_look[urgency] : "inactive";
}

/* "2024-12 · West · waits 14 days" */
static enum err line_of(struct ctx *c, const char *number, const char *where, const char *what,
                        const char **ret_text)
{
    struct buf b = { 0 };

    buf_str(&b, number);
    if (!text_empty(where)) {
        buf_lit(&b, " \xc2\xb7 ");
        buf_str(&b, where);
    }
    if (!text_empty(what)) {
        buf_lit(&b, " \xc2\xb7 ");
        buf_str(&b, what);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

static enum err request_url(struct ctx *c, int64_t id, const char **ret_url)
{
    char url[48] = "/requests/";

    *text_put_int(url + 10, id) = '\0';
    return ctx_copy(c, url, ret_url);
}

static const char *filled(struct ctx *c, const char *text, int64_t number)
{
    struct tpl_arg arg = tpl_arg_int(number);
    struct buf b = { 0 };
    const char *made = "";

    tpl_slots(&b, TPL_HTML, text, &arg, 1);
    if (ctx_copy(c, buf_text(&b), &made) != OK)
        made = "";
    buf_free(&b);
    return made;
}

static const char *waits(struct ctx *c, int64_t days)
{
    return filled(c, days == 1 ? _("waits {1} day") : _("waits {1} days"), days);
}

static const char *silent(struct ctx *c, int64_t days)
{
    return filled(c, days == 1 ? _("spoken {1} day ago") : _("spoken {1} days ago"), days);
}

/* The first rows of a part of the list. */
static enum err part_fill(struct ctx *c, const struct waiting_filter *f, bool calls, struct today_block *b)
{
    struct waiting_page page;

    TRY(waiting_list_get(c, f, &page));
    b->count = page.total;
    for (size_t i = 0; i < page.n && i < TODAY_ROWS; i++) {
        const struct waiting *w = &page.row[i];
        struct today_row *row = today_row_add(b);
        row->text = resident_name(c, w->name);
        row->badge = urgency_name(c, w->urgency);
        row->look = look_of(w->urgency);
        TRY(request_url(c, w->id, &row->url));
        TRY(line_of(c, w->number, w->neighbourhood,
                    calls ? silent(c, w->clocks.silent_days) : waits(c, w->clocks.gross_days), &row->sub));
    }
    return OK;
}

static struct waiting_filter part_of(enum waiting_part part, enum waiting_sort sort, int64_t urgency)
{
    return (struct waiting_filter){
        .team = INT_NONE, .neighbourhood = INT_NONE, .urgency = urgency, .part = part, .sort = sort, .page = 1
    };
}

enum err today_unjudged(struct ctx *c, struct today_block *b)
{
    struct waiting_filter f = part_of(WAITING_ALL, WAITING_BY_RECEIVED, URGENCY_UNKNOWN);

    b->title = _("Not judged yet");
    b->url = "/waiting?urgency=0&order=received";
    b->empty = _("The urgency of every request is known.");
    return part_fill(c, &f, false, b);
}

enum err today_to_call(struct ctx *c, struct today_block *b)
{
    struct waiting_filter f = part_of(WAITING_TO_CALL, WAITING_BY_HEARD, INT_NONE);

    b->title = _("To call");
    b->url = "/calls";
    b->empty = _("Everyone who waits was called in time.");
    return part_fill(c, &f, true, b);
}

enum err today_call_list(struct ctx *c, struct today_block *b)
{
    struct waiting_filter f = part_of(WAITING_LISTED, WAITING_BY_HEARD, INT_NONE);

    b->title = _("On the call list");
    b->url = "/waiting?tab=listed&order=heard";
    b->empty = _("The call list is empty.");
    return part_fill(c, &f, true, b);
}

enum err today_over_norm(struct ctx *c, struct today_block *b)
{
    struct waiting_filter f = part_of(WAITING_OVER_NORM, WAITING_BY_ORDER, INT_NONE);

    b->title = _("Over the agreed time");
    b->url = "/waiting?tab=over";
    b->empty = _("Nobody waits longer than agreed.");
    b->late = true;
    return part_fill(c, &f, false, b);
}

enum err today_own(struct ctx *c, struct today_block *b)
{
    struct own_request *own;
    size_t n;

    if (c->actor->worker == INT_NONE) /* not someone who helps residents */
        return OK;
    b->title = _("My residents");
    b->url = "/caseload";
    b->empty = _("You have no open requests.");
    TRY(own_request_list(c, TODAY_ROWS, &own, &n, &b->count));
    for (size_t i = 0; i < n; i++) {
        struct today_row *row = today_row_add(b);
        row->text = resident_name(c, own[i].name);
        row->badge = urgency_name(c, own[i].urgency);
        row->look = look_of(own[i].urgency);
        TRY(request_url(c, own[i].id, &row->url));
        TRY(line_of(c, own[i].number, state_name(c, own[i].state), day_text(c, own[i].received), &row->sub));
    }
    return OK;
}
