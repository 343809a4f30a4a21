// SPDX-License-Identifier: EUPL-1.2
#include "measure/clocks.h"

static bool known_by(const int64_t *column, size_t row, int64_t at)
{
    return column != NULL && column[row] != TIME_NONE && column[row] <= at;
}

int64_t clocks_days_between(int64_t from, int64_t to)
{
    return (int64_t)time_nl_day(to) - time_nl_day(from);
}

static int64_t wait_length(const struct extract *x, size_t row, int64_t end, const struct clocks_way *way)
{
    int64_t from = x->received[row];
    int64_t length = way->in_days ? clocks_days_between(from, end) * SECONDS_A_DAY : end - from;

    if (way->net && x->paused != NULL && x->paused[row] > 0)
        length -= way->in_days ? x->paused[row] / SECONDS_A_DAY * SECONDS_A_DAY : x->paused[row];
    return length;
}

/* Sets the length; an end before the start is 0 and a mistake to be counted. */
static void measure(struct clocks_wait *w, const struct extract *x, size_t row, const struct clocks_way *way)
{
    w->length = wait_length(x, row, w->end, way);
    w->negative = w->length < 0;
    if (w->negative)
        w->length = 0;
}

/* The wait ends here when this happened at or before the end known so far. */
static void end_by(struct clocks_wait *w, const int64_t *column, size_t row, enum clocks_state state)
{
    if (!known_by(column, row, w->end))
        return;
    w->state = state;
    w->end = column[row];
}

struct clocks_wait clocks_get_wait(const struct extract *x, size_t row, const struct clocks_way *way)
{
    struct clocks_wait w = { .state = CLOCKS_WAITING, .end = way->at };

    if (x->received[row] > way->at)
        return (struct clocks_wait){ .state = CLOCKS_ABSENT };
    end_by(&w, x->lost, row, CLOCKS_LOST);
    end_by(&w, x->closed, row, CLOCKS_LEFT);
    end_by(&w, x->left, row, CLOCKS_LEFT);
    end_by(&w, x->started, row, CLOCKS_STARTED); /* last: it wins when all are at one moment */
    measure(&w, x, row, way);
    return w;
}

struct clocks_wait clocks_get_completion(const struct extract *x, size_t row, const struct clocks_way *way)
{
    struct clocks_wait w = { .state = CLOCKS_WAITING, .end = way->at };

    if (x->received[row] > way->at)
        return (struct clocks_wait){ .state = CLOCKS_ABSENT };
    end_by(&w, x->lost, row, CLOCKS_LOST);
    end_by(&w, x->closed, row, CLOCKS_CLOSED);
    measure(&w, x, row, &(struct clocks_way){ .at = way->at, .in_days = way->in_days });
    return w;
}

/* The last two-way contact at or before `at`; TIME_NONE when there was none. */
static int64_t last_contact(const struct extract *x, size_t row, int64_t at)
{
    if (x->contact == NULL) {
        int64_t last = x->last_reached[row];
        return last != TIME_NONE && last <= at ? last : TIME_NONE;
    }
    for (size_t i = x->contact_from[row + 1]; i > x->contact_from[row]; i--)
        if (x->contact[i - 1] <= at)
            return x->contact[i - 1];
    return TIME_NONE;
}

int64_t clocks_contact_gap(const struct extract *x, size_t row, int64_t at)
{
    int64_t last = last_contact(x, row, at);

    return clocks_days_between(last != TIME_NONE && last > x->received[row] ? last : x->received[row], at);
}
