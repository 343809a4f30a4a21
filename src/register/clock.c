// SPDX-License-Identifier: EUPL-1.2
#include "register/clock.h"

#include "base/date.h"

static int64_t whole_days(int64_t from, int64_t to)
{
    return to > from ? (to - from) / SECONDS_A_DAY : 0;
}

int32_t clock_norm_day(const struct config *k, int64_t urgency, int32_t asked)
{
    int days = k->norm_days[urgency >= 0 && urgency < URGENCIES ? urgency : URGENCY_UNKNOWN];

    /* "The same day" holds on Saturday too; other norms count working days after the day of asking. */
    return days == 0 ? asked : calendar_add_working(&k->calendar, asked, days);
}

int64_t clock_norm_cutoff(const struct config *k, int64_t urgency, int32_t today)
{
    int32_t day = today - 1; /* the newest day of asking that may be over its norm */

    while (clock_norm_day(k, urgency, day) >= today)
        day--;
    return time_of_nl_day(day + 1, 0);
}

struct clocks clocks_of(const struct config *k, const struct standing *s, int64_t now)
{
    struct clocks r = { .asked_day = time_nl_day(s->received_at),
                        .running = s->waiting,
                        .call_before = DAY_NONE };
    int64_t stop = s->started_at != TIME_NONE ? s->started_at : s->ended_at != TIME_NONE ? s->ended_at : now;
    int64_t paused = s->paused_seconds;
    int32_t stop_day = time_nl_day(stop);

    if (s->paused_at != TIME_NONE && stop > s->paused_at)
        paused += stop - s->paused_at;
    r.gross_days = whole_days(s->received_at, stop);
    r.net_days = whole_days(s->received_at + paused, stop);
    r.norm_day = clock_norm_day(k, s->urgency, r.asked_day);
    r.over_norm = stop_day > r.norm_day && (s->started_at != TIME_NONE || s->waiting);
    if (s->waiting) {
        r.silent_days = whole_days(s->heard_at, now);
        r.call_before = time_nl_day(s->heard_at) + k->contact_days;
        r.silent_too_long = (stop == now ? stop_day : time_nl_day(now)) > r.call_before;
    }
    return r;
}
