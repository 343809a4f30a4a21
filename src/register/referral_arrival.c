// SPDX-License-Identifier: EUPL-1.2
/* Whether a resident arrived where we brought them. Asked once: a line of help to a partner and our referral
 * to that partner are the same bringing, so what is written down with one of them shows with the other. The
 * source is the event of the request. */
#include "register/course.h"
#include "register/help_line.h"
#include "register/referral_core.h"
#include "register/right.h"

static const struct {
    const char *arrival, *reason, *line; /* of the referral; of its event; of the line of help */
} answers[] = {
    { "yes", "arrived", "arrived" },
    { "no", "not_arrived", "not_arrived" },
    { "unknown", "arrival_unknown", "unknown" },
};

/* ── Asked with the referral ──────────────────────────────────────────────────────────────────────────────
 */

/* The line of help that this referral is; INT_NONE: none. */
static enum err line_of(struct ctx *c, const struct referral *r, int64_t *ret_line)
{
    struct line_partner to = { r->request, r->partner };
    struct course k;

    TRY(course_read(c, r->request, &k));
    return line_to_partner(c, &to, k.event, k.n, ret_line);
}

struct checking {
    int64_t id, version;
    const char *arrival;
    int32_t day;
};

static enum err check(struct ctx *c, void *arg)
{
    const struct checking *k = arg;
    struct sql_referral_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_referral_get(c, k->id, &row));
    struct referral r = REFERRAL(row);
    struct request_change ch = { .id = { r.request }, .version = -1, .e = EVENT_NONE };
    int64_t line;

    if (!r.out)
        return FAIL(E_CONFLICT, "%s", _("This referral came to us: there is no arrival to check."));
    if (k->day < time_nl_day(r.occurred_at))
        return FAIL_FIELD("day", "%s", _("This day is before the referral."));
    h.kind = "checked";
    h.reason = k->arrival;
    h.occurred_at = referral_moment(c, k->day);
    if (h.occurred_at < r.occurred_at)
        h.occurred_at = r.occurred_at;
    TRY(referral_step(c, &r, k->version, &h));
    r.checked_at = h.occurred_at;
    r.arrival = k->arrival;
    TRY(referral_put(c, &r));
    ch.e.kind = KIND_REFERRAL_CHECKED;
    ch.e.occurred_at = h.occurred_at;
    for (size_t i = 0; i < COUNT(answers); i++)
        if (text_is(answers[i].arrival, k->arrival))
            ch.e.reason = answers[i].reason;
    TRY(line_of(c, &r, &line));
    ch.e.number = line;
    ch.e.object = r.id;
    return request_change(c, &ch);
}

enum err referral_check(struct ctx *c, int64_t id, int64_t version, const char *arrival, int32_t day)
{
    struct checking k = { id, version, arrival, day };

    TRY(may(c, RIGHT_CONTACT));
    if (!code_known(referral_arrivals, referral_arrival_count, arrival))
        return FAIL_FIELD("arrival", "%s", _("Choose whether the resident arrived."));
    if (day == DAY_NONE || day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in the day on which you asked, today or earlier."));
    return db_tx(c, check, &k);
}

/* ── Asked with the line of help ──────────────────────────────────────────────────────────────────────────
 */

/* What this event says of the referral; -1: nothing. */
static int said(const struct event *e, const struct sql_referral_sent_row *row, int64_t line)
{
    const char *of_line =
        line != INT_NONE && e->kind == KIND_ARRIVAL_CHECKED ? line_arrival_said(e, line) : NULL;
    bool own = e->kind == KIND_REFERRAL_CHECKED && e->object == row->id;

    for (size_t i = 0; i < COUNT(answers); i++)
        if (!e->undone && ((own && text_is(e->reason, answers[i].reason)) ||
                           (of_line != NULL && text_is(of_line, answers[i].line))))
            return (int)i;
    return -1;
}

static enum err follow_one(struct ctx *c, const struct sql_referral_sent_row *row, const struct event *event,
                           size_t n)
{
    struct line_partner to = { row->request, row->partner };
    struct referral r = { .id = row->id,
                          .person = INT_NONE,
                          .consent = row->consent,
                          .stays = row->stays,
                          .answered_at = row->answered_at,
                          .answer = row->answer,
                          .checked_at = TIME_NONE };
    struct happening h = HAPPENING_NONE;
    int64_t line;

    TRY(line_to_partner(c, &to, event, n, &line));
    for (size_t i = 0; i < n; i++) {
        int answer = said(&event[i], row, line);
        if (answer < 0)
            continue;
        r.checked_at = event[i].occurred_at;
        r.arrival = answers[answer].arrival;
    }
    if (r.checked_at == row->checked_at && text_is(r.arrival, row->arrival))
        return OK;
    h.kind = r.arrival != NULL ? "checked" : "unchecked";
    h.reason = r.arrival;
    h.occurred_at = r.checked_at;
    TRY(referral_step(c, &r, -1, &h));
    return referral_put(c, &r);
}

enum err referral_follow(struct ctx *c, int64_t request, const struct event *event, size_t n)
{
    struct sql_referral_sent_row *row;
    size_t rows;

    TRY(sql_referral_sent(c, request, &row, &rows));
    for (size_t i = 0; i < rows; i++)
        TRY(follow_one(c, &row[i], event, n));
    return OK;
}
