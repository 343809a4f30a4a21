// SPDX-License-Identifier: EUPL-1.2
#include "web/forecast.h"
#include "web/expectation_behind.h"
#include "web/site.h"

#include "base/text.h"
#include "register/list_order.h"
#include "web/tpl.h"
#include "web/window_tell.h"

#include <math.h>
#include <stdio.h>

enum { AHEAD_WEEKS = 13, TABLE_WEEKS = 4 };

enum err forecast_list_of(struct ctx *c, const struct req *r, int64_t *ret_list)
{
    const char *text = req_query(r, "list") != NULL ? req_query(r, "list") : req_form(r, "list");
    int64_t asked = INT_NONE, own = INT_NONE;
    const int64_t *list;
    size_t n;

    TRY(expectation_lists(c, &list, &n));
    if (text != NULL && !text_to_int(text, &asked))
        asked = INT_NONE;
    if (c->actor != NULL && c->actor->team != INT_NONE)
        TRY(expectation_list_id(c, c->actor->team, &own));
    TRY(expectation_list_longest(c, ret_list)); /* of who has no list of their own */
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++)
            if (list[i] == (pass == 0 ? own : asked))
                *ret_list = list[i];
    return OK;
}

enum err forecast_tabs(struct ctx *c, const char *path, int64_t current, const struct tab **ret_tab,
                       size_t *ret_n)
{
    const int64_t *list;
    struct tab *tab;
    char url[80];

    TRY(expectation_lists(c, &list, ret_n));
    TRY(ctx_alloc(c, *ret_n + 1, sizeof *tab, (void *)&tab));
    for (size_t i = 0; i < *ret_n; i++) {
        tab[i] = (struct tab){ .count = INT_NONE, .current = list[i] == current };
        TRY(expectation_list_name(c, list[i], &tab[i].label));
        snprintf(url, sizeof url, "%s?list=%lld", path, (long long)list[i]);
        TRY(ctx_copy(c, url, &tab[i].url));
    }
    *ret_tab = tab;
    return OK;
}

/* ── The size of the list ─────────────────────────────────────────────────────────────────────────────────
 */

static const struct expected_size *size_at(const struct expected_list *l, int32_t day)
{
    for (size_t i = 0; i < l->sizes; i++)
        if (l->size[i].day >= day)
            return &l->size[i];
    return NULL;
}

static const char *waiting_text(struct ctx *c, const struct expected_list *l)
{
    return l->waiting == 0   ? _("Now nobody waits.")
           : l->waiting == 1 ? _("Now one person waits.")
                             : filled_text(c, _("Now {1} people wait."), count_text(c, l->waiting), NULL);
}

const char *forecast_few(struct ctx *c, const struct expected_list *l)
{
    int64_t came;

    if (!expectation_few(l, &came))
        return NULL;
    const char *how_many = came == 1 ? _("In the last half year one person asked for help.")
                                     : filled_text(c, _("In the last half year {1} people asked for help."),
                                                   count_text(c, came), NULL);
    return filled_text(c, "{1} {2}", how_many,
                       filled_text(c,
                                   _("That is too few to compute a list with; from {1} on it can be done."),
                                   count_text(c, EXPECTATION_LEAST), NULL));
}

static enum err conclude(struct ctx *c, struct forecast_page *p)
{
    const struct expected_size *s = size_at(&p->list, p->list.day + 7 * AHEAD_WEEKS);
    double now = (double)p->list.waiting;
    const char *means;

    p->few = forecast_few(c, &p->list);
    if (p->few != NULL) {
        p->conclusion = waiting_text(c, &p->list);
        return OK;
    }
    if (s == NULL) {
        p->conclusion = _("How long this list will be cannot be said.");
        return OK;
    }
    means = s->p[3] < now   ? _("In three months the list is probably shorter:") /* in 3 of 4 outcomes */
            : s->p[1] > now ? _("In three months the list is probably longer:")
                            : _("In three months the list can be shorter or longer:");
    const char *range = filled_text(c, _("between {1} and {2} people, in 8 out of 10 cases."),
                                    number_text(c, s->p[0], 0), number_text(c, s->p[4], 0));
    p->conclusion =
        filled_text(c, "{1} {2}", waiting_text(c, &p->list), filled_text(c, "{1} {2}", means, range));
    return OK;
}

static enum err chart_fill(struct ctx *c, struct forecast_page *p)
{
    const struct expected_list *l = &p->list;
    struct chart_point *point;
    double *inner;
    size_t n = 0, now = 0;

    TRY(ctx_alloc(c, l->sizes + 1, sizeof *point, (void *)&point));
    TRY(ctx_alloc(c, 2 * l->sizes + 2, sizeof *inner, (void *)&inner));
    for (size_t i = 0; i < l->sizes && l->size[i].day <= l->day + 26 * 7; i++) {
        const struct expected_size *s = &l->size[i];
        point[n] = (struct chart_point){
            .label = day_text(c, s->day), .value = s->p[2], .lower = NAN, .upper = NAN
        };
        inner[2 * n] = inner[2 * n + 1] = NAN;
        if (s->day <= l->day)
            now = n;
        if (s->day + 7 > l->day) { /* from this week on it is an expectation */
            point[n].lower = s->p[0];
            point[n].upper = s->p[4];
            inner[2 * n] = s->p[1];
            inner[2 * n + 1] = s->p[3];
        }
        n++;
    }
    p->chart = (struct chart){ .id = "size",
                               .title = _("How many people wait"),
                               .description = p->conclusion,
                               .point = point,
                               .n = n,
                               .inner = inner,
                               .now_name = _("now"),
                               .now = now,
                               .norm = { NULL, NAN },
                               .centre = { NULL, NAN },
                               .lower = { NULL, NAN },
                               .upper = { NULL, NAN },
                               .lower_is_better = true };
    return OK;
}

static enum err table_fill(struct ctx *c, struct forecast_page *p)
{
    const struct expected_list *l = &p->list;
    struct expected_size *size;

    TRY(ctx_alloc(c, l->sizes + 1, sizeof *size, (void *)&size));
    for (size_t i = 0, ahead = 0; i < l->sizes; i++) {
        if (l->size[i].day <= l->day)
            continue;
        if (ahead++ % TABLE_WEEKS == 0 && ahead <= 26)
            size[p->sizes++] = l->size[i];
    }
    p->size = size;
    return OK;
}

/* ── Who asks now ─────────────────────────────────────────────────────────────────────────────────────────
 */

enum err newcomer_views(struct ctx *c, const struct expected_list *l, struct newcomer_view *ret_view,
                        size_t *ret_n)
{
    struct turn_stream s[TURN_STREAMS];
    size_t streams = turn_streams(s);

    *ret_n = 0;
    for (size_t i = 0; i < l->newcomers; i++) {
        const struct expected_row *r = &l->newcomer[i];
        if (r->stream < 0 || (size_t)r->stream >= streams || s[r->stream].urgency == URGENCY_UNKNOWN)
            continue;
        struct newcomer_view *v = &ret_view[(*ret_n)++];
        const char *urgency = urgency_name(c, s[r->stream].urgency);
        v->class = s[r->stream].wmo ? filled_text(c, _("{1}, Wmo report"), urgency, NULL) : urgency;
        TRY(window_short(c, &r->e, &v->text));
        TRY(expectation_sure(c, &r->e, &v->sure));
    }
    return OK;
}

/* How far the making is. When a look back is under way that takes the time; without one it is over at once.
 */
static enum err far_fill(struct ctx *c, const struct expectation_behind *b, const char **ret_far)
{
    struct expectation_far k = expectation_behind_far(b);
    char ready[24], lists[24], back[24], weeks[24];

    if (k.lists == 0 || k.weeks == 0 || k.ready >= k.lists)
        return OK;
    *text_put_int(ready, (int64_t)k.ready) = '\0';
    *text_put_int(lists, (int64_t)k.lists) = '\0';
    *text_put_int(back, (int64_t)k.back) = '\0';
    *text_put_int(weeks, (int64_t)k.weeks) = '\0';
    const char *first = filled_text(c, _("Ready: {1} of {2} lists."), ready, lists),
               *second = filled_text(c, _("Of the next, {1} of {2} weeks have been looked back over."), back,
                                     weeks);
    *ret_far = filled_text(c, "{1} {2}", first, second);
    return OK;
}

enum err web_forecast_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct forecast_page p = { .conclusion = "", .second = "", .order = "", .far = "" };
    int64_t list;

    TRY(may(c, RIGHT_FIGURES));
    TRY(frame_fill(c, r, _("What to expect"), "/forecast", &p.frame));
    TRY(forecast_list_of(c, r, &list));
    TRY(expectation_making(c, &p.making));
    if (r->visitor != NULL)
        TRY(far_fill(c, r->visitor->expects, &p.far));
    if (list != INT_NONE) {
        TRY(expectation_list_get(c, list, &p.list));
        p.there = p.list.there;
        TRY(forecast_tabs(c, "/forecast", p.list.list, &p.tab, &p.tabs));
        TRY(conclude(c, &p));
        TRY(chart_fill(c, &p));
        TRY(table_fill(c, &p));
        TRY(newcomer_views(c, &p.list, p.newcomer, &p.newcomers));
        forecast_drivers_fill(c, &p);
        TRY(forecast_changes_fill(c, &p));
        TRY(expectation_order_of(c, list, &p.order));
    }
    return forecast_html(c, &out->body, &p);
}
