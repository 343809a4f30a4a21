// SPDX-License-Identifier: EUPL-1.2
/* Phone figures: adding up. */
#include "register/phone.h"

#include "base/text.h"
#include "register/history.h"

#include "register/right.h"
#include "store/sql.h"

#include <stdlib.h>

static enum err may_see(struct ctx *c)
{
    return role_may(c->actor->role, RIGHT_CONTACT) ? OK : may(c, RIGHT_FIGURES);
}

/* ── Calls of the exchange ────────────────────────────────────────────────────────────────────────────────
 */

/* Seconds until answered, to find the middle one. */
struct waits {
    int64_t *at;
    size_t n, room;
};

struct adding {
    struct phone_sum *sum; /* one for each half hour, or only one */
    bool by_half_hour;
    struct waits waits;
    int norm;
};

static enum err keep_wait(struct ctx *c, struct waits *w, int64_t seconds)
{
    if (w->n == w->room) {
        size_t room = w->room > 0 ? w->room * 2 : 1024;
        int64_t *at;
        TRY(ctx_alloc(c, room, sizeof *at, (void *)&at));
        for (size_t i = 0; i < w->n; i++)
            at[i] = w->at[i];
        w->at = at;
        w->room = room;
    }
    w->at[w->n++] = seconds;
    return OK;
}

static enum err add_call(struct ctx *c, void *arg, const struct sql_phone_call_between_row *row)
{
    struct adding *a = arg;
    struct phone_sum *s = &a->sum[a->by_half_hour ? time_nl_second(row->offered_at) / 1800 : 0];

    s->offered++;
    if (row->abandoned) {
        s->abandoned++;
        s->missed += row->seconds > PHONE_SHORT;
        return OK;
    }
    s->answered++;
    s->in_time += row->seconds <= a->norm;
    s->seconds += row->seconds;
    return keep_wait(c, &a->waits, row->seconds);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

/* The smallest wait that at least this share had or bettered. */
static int64_t part_of(const struct waits *w, size_t hundredths)
{
    size_t rank = (w->n * hundredths + 99) / 100;

    return w->n == 0 ? INT_NONE : w->at[rank > 0 ? rank - 1 : 0];
}

static void close_waits(struct waits *w, struct phone_sum *sum)
{
    if (w->n > 0)
        qsort(w->at, w->n, sizeof *w->at, by_value);
    sum->p50 = part_of(w, 50);
    sum->p90 = part_of(w, 90);
}

/* ── Counted by hand ──────────────────────────────────────────────────────────────────────────────────────
 */

static int64_t plus(int64_t a, int64_t b)
{
    return a == INT_NONE || b == INT_NONE ? INT_NONE : a + b;
}

static void add_sum(struct phone_sum *to, const struct phone_sum *s)
{
    if (s->offered == 0)
        return;
    to->offered += s->offered;
    to->answered += s->answered;
    to->abandoned += s->abandoned;
    to->missed += s->missed;
    to->in_time = plus(to->in_time, s->in_time);
    to->seconds = plus(to->seconds, s->seconds);
    to->by_hand = to->by_hand || s->by_hand;
}

static struct phone_sum sum_of_count(const struct sql_phone_count_between_row *row)
{
    return (struct phone_sum){ .offered = row->offered,
                               .answered = row->answered,
                               .abandoned = row->abandoned,
                               .missed = row->abandoned,
                               .in_time = row->in_time,
                               .seconds = row->seconds,
                               .p50 = INT_NONE,
                               .p90 = INT_NONE,
                               .by_hand = true };
}

enum err phone_day_get(struct ctx *c, int32_t day, struct phone_day *ret_day)
{
    struct phone_sum half[PHONE_HALF_HOURS] = { 0 };
    int64_t version[PHONE_HALF_HOURS] = { 0 };
    struct adding a = { .sum = half, .by_half_hour = true };
    struct sql_phone_count_between_row *count;
    struct phone_day d = { .n = 0 };
    const struct config *k;
    size_t n;

    TRY(may_see(c));
    TRY(config_get(c, &k));
    a.norm = k->phone_seconds;
    TRY(sql_phone_call_between_each(c, time_of_nl_day(day, 0), time_of_nl_day(day + 1, 0), add_call, &a));
    TRY(sql_phone_count_between(c, day, day + 1, &count, &n));
    for (size_t i = 0; i < n; i++) {
        version[count[i].half_hour] = count[i].version;
        if (half[count[i].half_hour].offered == 0)
            half[count[i].half_hour] = sum_of_count(&count[i]);
    }
    for (int i = 0; i < PHONE_HALF_HOURS; i++) {
        if (half[i].offered == 0 && version[i] == 0)
            continue;
        half[i].p50 = half[i].p90 = INT_NONE;
        d.row[d.n++] = (struct phone_half_hour){ i, half[i], version[i] };
        add_sum(&d.sum, &half[i]);
    }
    close_waits(&a.waits, &d.sum);
    *ret_day = d;
    return OK;
}

/* A period day by day would read each call anyway: one walk over the calls, then the counts of half hours in
 * which the exchange reported nothing. */
enum err phone_period_get(struct ctx *c, int32_t from, int32_t to, struct phone_sum *ret_sum)
{
    struct phone_sum sum = { 0 };
    struct adding a = { .sum = &sum };
    struct sql_phone_count_between_row *count;
    const struct config *k;
    size_t n;

    TRY(may_see(c));
    TRY(config_get(c, &k));
    a.norm = k->phone_seconds;
    TRY(sql_phone_call_between_each(c, time_of_nl_day(from, 0), time_of_nl_day(to + 1, 0), add_call, &a));
    TRY(sql_phone_count_between(c, from, to + 1, &count, &n));
    for (size_t i = 0; i < n; i++) {
        struct sql_phone_any_row any;
        int64_t begin = time_of_nl_day(count[i].day, (int)count[i].half_hour * 1800);
        TRY(sql_phone_any(c, begin, begin + 1800, &any));
        struct phone_sum one = sum_of_count(&count[i]);
        if (any.n == 0)
            add_sum(&sum, &one);
    }
    close_waits(&a.waits, &sum);
    *ret_sum = sum;
    return OK;
}

/* ── Counting ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_count(struct ctx *c, const struct phone_count_form *f)
{
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s",
                          f->day == DAY_NONE ? _("Fill in a day.") : _("This date is in the future."));
    if (f->half_hour < 0 || f->half_hour >= PHONE_HALF_HOURS)
        return FAIL_FIELD("half_hour", "%s", _("Choose a half hour."));
    if (f->offered == INT_NONE || f->answered == INT_NONE)
        return FAIL_FIELD(f->offered == INT_NONE ? "offered" : "answered", "%s",
                          _("Fill in a whole number."));
    if (f->answered > f->offered)
        return FAIL_FIELD("answered", "%s", _("These are more calls than came in."));
    if (f->answered + f->abandoned != f->offered)
        return FAIL_FIELD("abandoned", "%s",
                          _("Answered and hung up together must be the calls that came in."));
    if (f->in_time != INT_NONE && f->in_time > f->answered)
        return FAIL_FIELD("in_time", "%s", _("These are more calls than were answered."));
    return OK;
}

static enum err put_count(struct ctx *c, void *arg)
{
    const struct phone_count_form *f = arg;
    struct happening step = HAPPENING_NONE;
    int64_t version;

    step.kind = "counted";
    step.number = f->offered;
    /* the number of the half hour since 1970: an id of its own */
    struct history_of what = { "phone_count", (int64_t)f->day * PHONE_HALF_HOURS + f->half_hour, INT_NONE,
                               f->seen };
    TRY(history_add(c, &what, &step, &version));
    struct sql_phone_count_put_args row = { f->day,       f->half_hour, f->offered, f->answered,
                                            f->abandoned, f->in_time,   f->seconds, c->actor->account,
                                            c->now,       version };
    return sql_phone_count_put(c, &row);
}

enum err phone_count_add(struct ctx *c, const struct phone_count_form *f)
{
    struct phone_count_form copy = *f;

    TRY(may(c, RIGHT_CONTACT));
    if (copy.abandoned == INT_NONE && copy.offered != INT_NONE && copy.answered != INT_NONE)
        copy.abandoned = copy.offered - copy.answered;
    TRY(check_count(c, &copy));
    return db_tx(c, put_count, &copy);
}
