// SPDX-License-Identifier: EUPL-1.2
#include "register/call_round.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

#define LIST_MAX 1000

struct call_bounds call_bounds_of(const struct config *k, int32_t today)
{
    return (struct call_bounds){
        .heard_before = time_of_nl_day(today - k->contact_days + k->call.soon_days + 1, 0),
        .call_before = time_of_nl_day(today + 1, 0),
    };
}

bool call_is_due(const struct config *k, const struct standing *s, int32_t today)
{
    if (!s->waiting)
        return false;
    if (s->listed || time_nl_day(s->heard_at) + k->contact_days - k->call.soon_days <= today)
        return true;
    return s->call_at != TIME_NONE && time_nl_day(s->call_at) <= today;
}

int64_t call_minutes(const struct config *k, int64_t people)
{
    int64_t share = k->call.share_reached > 0 ? k->call.share_reached : 1;
    int64_t missed = (people * (100 - share) + share / 2) / share;

    return people * k->call.minutes_reached + missed * k->call.minutes_missed;
}

/* A call today happened now; one of an earlier day is put at noon, or right after the request when that is
 * later. */
static int64_t moment(const struct ctx *c, int32_t day)
{
    return day == c->today ? c->now : time_of_nl_day(day, 12 * 3600);
}

enum err call_add(struct ctx *c, const struct call_form *f)
{
    struct request_change ch = { .id = f->request, .version = f->version, .e = EVENT_NONE, .note = f->note };

    if (f->day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in the day of the call."));
    if (f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (f->next != DAY_NONE && f->next < f->day)
        return FAIL_FIELD("next", "%s", _("The next call cannot be before this one."));
    ch.e.kind = f->reached ? KIND_CALL_REACHED : KIND_CALL_ATTEMPTED;
    ch.e.occurred_at = moment(c, f->day);
    ch.e.until = f->next != DAY_NONE ? time_of_nl_day(f->next, 12 * 3600) : TIME_NONE;
    return request_change(c, &ch);
}

struct listing {
    const int64_t *request;
    size_t n;
    bool add;
    int64_t *changed;
    size_t n_changed;
};

static enum err change_list(struct ctx *c, void *arg)
{
    struct listing *l = arg;

    l->n_changed = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct sql_request_get_row row;
        struct request_change ch = { .id = { l->request[i] }, .version = -1, .e = EVENT_NONE };
        TRY(sql_request_get(c, l->request[i], &row));
        if (row.listed == l->add || (l->add && !row.waiting))
            continue;
        ch.e.kind = l->add ? KIND_CALL_LISTED : KIND_CALL_UNLISTED;
        ch.e.occurred_at = c->now;
        TRY(request_change(c, &ch));
        l->changed[l->n_changed++] = l->request[i];
    }
    return OK;
}

static enum err run(struct ctx *c, struct listing *l)
{
    TRY(may(c, RIGHT_CALL));
    if (l->n == 0)
        return FAIL_FIELD("request", "%s", _("First choose one or more residents."));
    if (l->n > LIST_MAX)
        return FAIL_FIELD("request", "%s", _("Choose at most 1,000 residents at once."));
    TRY(ctx_alloc(c, l->n, sizeof *l->changed, (void *)&l->changed));
    return db_tx(c, change_list, l);
}

enum err call_list_add(struct ctx *c, const int64_t *request, size_t n, int64_t **ret_changed, size_t *ret_n)
{
    struct listing l = { .request = request, .n = n, .add = true };

    TRY(run(c, &l));
    *ret_changed = l.changed;
    *ret_n = l.n_changed;
    return OK;
}

enum err call_list_remove(struct ctx *c, const int64_t *request, size_t n, size_t *ret_n)
{
    struct listing l = { .request = request, .n = n };

    TRY(run(c, &l));
    *ret_n = l.n_changed;
    return OK;
}
