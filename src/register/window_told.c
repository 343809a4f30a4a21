// SPDX-License-Identifier: EUPL-1.2
#include "register/window_told.h"

#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name window_channels[] = {
    { "call", N_("By phone") },
    { "letter", N_("By letter") },
    { "text", N_("By text message") },
    { "talk", N_("In a conversation") },
    { "page", N_("On the resident's page") },
};
const size_t window_channel_count = COUNT(window_channels);
const struct code_name window_understood[] = {
    { "yes", N_("Yes, it is clear") },
    { "no", N_("No, tell it again next time") },
};
const size_t window_understood_count = COUNT(window_understood);

/* ── Telling ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_said(struct ctx *c, const struct window_said *w)
{
    if (w->scored < 1 || w->hit_rate < 0 || w->hit_rate > 1000)
        return FAIL_FIELD("period", "%s", _("How often such a period is right is not known: tell none."));
    if (w->from > w->middle || w->middle > w->to || w->to - w->from > WINDOW_DAYS_MAX)
        return FAIL_FIELD("period", "%s", _("These dates do not make a period."));
    if (w->made_on > c->today || w->to < w->made_on)
        return FAIL_FIELD("period", "%s", _("This period has passed already."));
    return OK;
}

struct telling {
    const struct window_form *f;
    int64_t seq;
};

static enum err tell(struct ctx *c, void *arg)
{
    struct telling *t = arg;
    const struct window_form *f = t->f;
    const struct window_said *w = &f->said;
    struct request_change ch = { .id = f->request, .version = f->version, .e = EVENT_NONE };

    ch.e.kind = KIND_WINDOW_TOLD;
    ch.e.occurred_at = f->at != TIME_NONE ? f->at : c->now;
    ch.e.until = time_of_nl_day(w->to, 12 * 3600);
    ch.e.number = w->to - w->from;
    ch.e.reason = f->channel;
    TRY(request_append(c, &ch, &t->seq));
    struct sql_told_window_insert_args row = { .request = f->request.v,
                                               .seq = t->seq,
                                               .from_day = w->from,
                                               .middle_day = w->middle,
                                               .to_day = w->to,
                                               .made_on = w->made_on,
                                               .hit_rate = w->hit_rate,
                                               .scored = w->scored,
                                               .channel = f->channel,
                                               .understood = f->understood };
    return sql_told_window_insert(c, &row);
}

enum err window_may(struct ctx *c, const char *channel)
{
    bool written = text_is(channel, "letter") || text_is(channel, "text");

    return written && c->actor != NULL && role_may(c->actor->role, RIGHT_MESSAGE)
               ? OK
               : may(c, request_right(KIND_WINDOW_TOLD));
}

enum err window_tell(struct ctx *c, const struct window_form *f, int64_t *ret_seq)
{
    struct telling t = { .f = f };

    TRY(window_may(c, f->channel));
    TRY(check_said(c, &f->said));
    if (!code_known(window_channels, window_channel_count, f->channel))
        return FAIL_FIELD("channel", "%s", _("Choose how the period was told."));
    if (f->understood != NULL && !code_known(window_understood, window_understood_count, f->understood))
        return FAIL_FIELD("understood", "%s", _("Choose whether it was clear."));
    TRY(db_tx(c, tell, &t));
    *ret_seq = t.seq;
    return OK;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What the event by itself tells, as one of an import does. */
static struct window_told of_event(int64_t request, const struct event *e)
{
    int32_t to = time_nl_day(e->until != TIME_NONE ? e->until : e->occurred_at);
    int32_t from = e->number != INT_NONE && e->number >= 0 && e->number <= WINDOW_DAYS_MAX
                       ? to - (int32_t)e->number
                       : to;

    return (struct window_told){ .request = request,
                                 .seq = e->seq,
                                 .told_at = e->occurred_at,
                                 .recorded_at = e->recorded_at,
                                 .said = { .from = from,
                                           .middle = from + (to - from) / 2,
                                           .to = to,
                                           .made_on = time_nl_day(e->occurred_at) },
                                 .channel = e->reason,
                                 .undone = e->undone };
}

enum err window_told_all(struct ctx *c, const struct request *q, const struct window_told **ret_told,
                         size_t *ret_n)
{
    struct sql_told_window_all_row *row;
    struct window_told *told;
    size_t rows, n = 0;

    TRY(sql_told_window_all(c, q->id.v, &row, &rows));
    TRY(ctx_alloc(c, q->events + 1, sizeof *told, (void *)&told));
    for (size_t i = 0; i < q->events; i++) {
        const struct event *e = &q->event[i].e;
        if (e->kind != KIND_WINDOW_TOLD)
            continue;
        struct window_told *t = &told[n++];
        *t = of_event(q->id.v, e);
        t->who = q->event[i].who;
        for (size_t k = 0; k < rows; k++)
            if (row[k].seq == e->seq) {
                t->said = (struct window_said){ row[k].from_day, row[k].middle_day, row[k].to_day,
                                                row[k].made_on,  row[k].hit_rate,   row[k].scored };
                t->channel = row[k].channel;
                t->understood = row[k].understood;
            }
    }
    *ret_told = told;
    *ret_n = n;
    return OK;
}

const struct window_told *window_told_last(const struct window_told *told, size_t n)
{
    while (n > 0 && told[n - 1].undone)
        n--;
    return n > 0 ? &told[n - 1] : NULL;
}

enum err window_waiting_list(struct ctx *c, int64_t team, const struct window_waiting **ret_row,
                             size_t *ret_n)
{
    struct sql_told_waiting_row *r;
    struct window_waiting *w;
    size_t n;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(sql_told_waiting(c, team, &r, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *w, (void *)&w));
    for (size_t i = 0; i < n; i++) {
        struct event e = {
            .seq = r[i].seq, .occurred_at = r[i].occurred_at, .until = r[i].until, .number = r[i].number
        };
        w[i] = (struct window_waiting){ .request = r[i].request,
                                        .person = r[i].person,
                                        .urgency = r[i].urgency,
                                        .team = r[i].team,
                                        .received_at = r[i].received_at,
                                        .times = r[i].times,
                                        .told = of_event(r[i].request, &e) };
        if (r[i].channel == NULL)
            continue;
        w[i].told.said = (struct window_said){ r[i].from_day, r[i].middle_day, r[i].to_day,
                                               r[i].made_on,  r[i].hit_rate,   r[i].scored };
        w[i].told.channel = r[i].channel;
        w[i].told.understood = r[i].understood;
    }
    *ret_row = w;
    *ret_n = n;
    return OK;
}

const struct window_waiting *window_waiting_find(const struct window_waiting *row, size_t n, int64_t request)
{
    size_t low = 0;

    while (low < n) {
        size_t middle = low + (n - low) / 2;
        if (row[middle].request == request)
            return &row[middle];
        if (row[middle].request < request)
            low = middle + 1;
        else
            n = middle;
    }
    return NULL;
}

/* ── Which one holds ──────────────────────────────────────────────────────────────────────────────────────
 */

static int64_t holds(const struct event *event, size_t n, int64_t *ret_times)
{
    int64_t seq = 0;

    *ret_times = 0;
    for (size_t i = 0; i < n; i++) {
        if (event[i].kind != KIND_WINDOW_TOLD || event[i].undone)
            continue;
        seq = event[i].seq;
        ++*ret_times;
    }
    return seq;
}

static bool any_told(const struct event *event, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (event[i].kind == KIND_WINDOW_TOLD)
            return true;
    return false;
}

enum err window_told_put(struct ctx *c, int64_t request, const struct event *event, size_t n)
{
    int64_t times, seq = holds(event, n, &times);

    return any_told(event, n) ? sql_told_now_put(c, request, seq, times) : OK;
}

enum err window_told_same(struct ctx *c, int64_t request, const struct event *event, size_t n, bool *ret_same)
{
    struct sql_told_now_get_row *row;
    struct sql_told_window_all_row *told;
    int64_t times, seq = holds(event, n, &times);
    size_t rows, versions;

    TRY(sql_told_now_get(c, request, &row, &rows));
    TRY(sql_told_window_all(c, request, &told, &versions));
    *ret_same = any_told(event, n) ? rows == 1 && row[0].seq == seq && row[0].times == times : rows == 0;
    for (size_t i = 0; i < versions; i++) {
        const struct event *e = NULL;
        for (size_t k = 0; k < n; k++)
            if (event[k].seq == told[i].seq && event[k].kind == KIND_WINDOW_TOLD)
                e = &event[k];
        *ret_same = *ret_same && e != NULL && e->until != TIME_NONE &&
                    time_nl_day(e->until) == told[i].to_day &&
                    e->number == told[i].to_day - told[i].from_day && text_is(e->reason, told[i].channel);
    }
    return OK;
}
