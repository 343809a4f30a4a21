// SPDX-License-Identifier: EUPL-1.2
#include "measure/month_standing.h"

#include "measure/month_kernel.h"

#include <string.h>

/* Counts of one month and cell. */
struct cell {
    uint32_t gone_used, start_used;
    uint32_t inflow, started, closed, left, in_norm, direct, reopened;
};
/* Who still waits, by day of the month of receipt, the last day first: in the order in which they have
 * waited. Apart, because most changes are about others. */
enum { WAITING_LAST = 31 };
struct waiting {
    uint32_t n[WAITING_LAST + 1];
    uint32_t days; /* a bit for each day on which somebody waits, or has waited */
};
struct month_standing {
    const struct month_frame *frame;
    const struct month_kernel *kernel;
    struct month_year *year;
    struct waiting *waiting;     /* by group */
    struct waiting *all_waiting; /* of all cells, by month */
    struct cell *cell;           /* by group */
    uint32_t *gone, *start; /* histograms by group; a month has room for the waits that can occur in it */
    size_t gone_at[MONTH_FRAME_MONTHS], gone_room[MONTH_FRAME_MONTHS];
    size_t start_at[MONTH_FRAME_MONTHS], start_room[MONTH_FRAME_MONTHS];
};

/* Waits of less than `days` days, in whole stretches of 64. */
static size_t room(int32_t days)
{
    return days > MONTH_WAITS ? MONTH_WAITS : ((size_t)days + 63) / 64 * 64;
}

static size_t gone_room(const struct month_frame *f, int32_t m)
{
    return room(f->first[f->months] - f->first[m]);
}

static size_t start_room(const struct month_frame *f, int32_t m)
{
    return room(f->first[m + 1] - f->first[0]);
}

size_t month_standing_size(const struct month_frame *f)
{
    size_t cells = (size_t)f->cells, months = (size_t)f->months, values = 0;

    for (int32_t m = 0; m < f->months; m++)
        values += cells * (2 * gone_room(f, m) + start_room(f, m));
    return sizeof(struct month_standing) + month_years(f) * sizeof(struct month_year) +
           (months + months * cells) * sizeof(struct waiting) + months * cells * sizeof(struct cell) +
           values * sizeof(uint32_t);
}

struct month_standing *month_standing_init(void *memory, const struct month_frame *f,
                                           const struct month_kernel *k)
{
    struct month_standing *s = memory;
    size_t cells = (size_t)f->cells, months = (size_t)f->months, gone = 0, start = 0;

    memset(memory, 0, month_standing_size(f));
    s->frame = f;
    s->kernel = k;
    for (int32_t m = 0; m < f->months; m++) {
        s->gone_at[m] = gone;
        s->start_at[m] = start;
        s->gone_room[m] = gone_room(f, m);
        s->start_room[m] = start_room(f, m);
        gone += cells * 2 * s->gone_room[m];
        start += cells * s->start_room[m];
    }
    s->year = (struct month_year *)(s + 1);
    s->all_waiting = (struct waiting *)(s->year + month_years(f));
    s->waiting = s->all_waiting + months;
    s->cell = (struct cell *)(s->waiting + months * cells);
    s->gone = (uint32_t *)(s->cell + months * cells);
    s->start = s->gone + gone;
    return s;
}

/* Starts of those received in a month; those who left stand `gone_room` further. */
static uint32_t *gone_of(const struct month_standing *s, int32_t month, size_t cell)
{
    return s->gone + s->gone_at[month] + cell * 2 * s->gone_room[month];
}

static uint32_t *start_of(const struct month_standing *s, int32_t month, size_t cell)
{
    return s->start + s->start_at[month] + cell * s->start_room[month];
}

/* A start or a leave: in the month of receipt, in the month where it happened, and in their years. */
static void change_gone(struct month_standing *s, int32_t month, size_t cell, const uint16_t code[2],
                        uint32_t by)
{
    const struct month_frame *f = s->frame;
    uint32_t wait = code[0] & MONTH_WAIT_MAX, kind = code[0] >> 11 & 7, is_left = kind >= MONTH_ROW_LEFT;
    int32_t first = f->first[month] - f->first[0];
    int32_t then = f->month_of[(uint32_t)first + wait] + (int32_t)(kind - is_left * MONTH_ROW_LEFT);
    struct cell *here = s->cell + (size_t)month * (size_t)f->cells + cell;
    struct cell *there = s->cell + (size_t)then * (size_t)f->cells + cell;

    gone_of(s, month, cell)[is_left * s->gone_room[month] + wait] += by;
    here->gone_used |= 1u << (wait >> 6);
    s->year[month_year_at(f, month)].gone[is_left][wait] += by;
    if (is_left) {
        there->left += by;
        return;
    }
    start_of(s, then, cell)[wait] += by;
    there->started += by;
    there->start_used |= 1u << (wait >> 6);
    there->in_norm += wait <= f->limit[first + (code[1] & 31)] ? by : 0;
    s->year[month_year_at(f, then)].start[wait] += by;
}

void month_standing_change(struct month_standing *s, uint32_t group, const uint16_t code[2], int by)
{
    const struct month_frame *f = s->frame;
    int32_t month = (int32_t)group / f->cells, closed = code[1] >> 10;
    struct cell *c = s->cell + group;
    uint32_t n = (uint32_t)by; /* taking away wraps round */

    c->inflow += n;
    c->direct += (code[0] & MONTH_ROW_DIRECT) != 0 ? n : 0;
    c->reopened += (code[0] & MONTH_ROW_REOPENED) != 0 ? n : 0;
    if (closed != MONTH_NOT_CLOSED)
        c[(size_t)closed * (size_t)f->cells].closed += n;
    if ((code[0] >> 11 & 7) < MONTH_ROW_WAITING) {
        change_gone(s, month, group % (uint32_t)f->cells, code, n);
        return;
    }
    struct waiting *both[] = { &s->waiting[group], &s->all_waiting[month] };
    for (size_t i = 0; i < 2; i++) {
        both[i]->n[WAITING_LAST - (code[0] & 31)] += n;
        both[i]->days |= 1u << (code[0] & 31);
    }
}

/* One day after the other, where waits are too long to be told apart. */
static uint32_t censor_days(const struct waiting *w, int32_t shortest, uint32_t *left, uint32_t by)
{
    uint32_t used = 0;

    for (int32_t i = 0; i <= WAITING_LAST; i++) {
        int32_t wait = shortest + i;
        if (w->n[i] == 0)
            continue;
        wait = wait > MONTH_WAIT_MAX ? MONTH_WAIT_MAX : wait;
        left[wait] += by * w->n[i]; /* taking away wraps round */
        used |= 1u << (wait >> 6);
    }
    return used;
}

/* Who still waits is censored on the last day: put in for the figures, and taken out again. `left` lies
 * behind the starts of the same people: on days that have not come nobody waits, and adding 0 there changes
 * nothing.
 */
static inline uint32_t censor(const struct month_frame *f, int32_t month, const struct waiting *w,
                              uint32_t *left, bool put)
{
    int32_t shortest = f->last_day - f->first[month] - WAITING_LAST;

    if (w->days == 0)
        return 0;
    if (shortest + WAITING_LAST > MONTH_WAIT_MAX)
        return censor_days(w, shortest, left, put ? 1 : UINT32_MAX);
    const uint32_t *restrict n = w->n;
    uint32_t *restrict to = left + shortest;
    for (int i = 0; i <= WAITING_LAST; i++)
        to[i] = put ? to[i] + n[i] : to[i] - n[i];
    return 1u << ((shortest > 0 ? shortest : 0) >> 6) | 1u << ((shortest + WAITING_LAST) >> 6);
}

uint32_t month_standing_days(const struct month_standing *s, int32_t month, size_t cell, uint32_t *events,
                             uint32_t *censored)
{
    size_t at = (size_t)month * (size_t)s->frame->cells + cell;
    const uint32_t *gone = gone_of(s, month, cell), *left = gone + s->gone_room[month];
    const struct waiting *w = &s->waiting[at];

    if (s->cell[at].inflow == 0)
        return 0;
    for (uint32_t used = s->cell[at].gone_used; used != 0; used &= used - 1) {
        size_t first = (size_t)__builtin_ctz(used) * 64;
        for (size_t i = first; i < first + 64; i++) {
            events[i] += gone[i];
            censored[i] += left[i];
        }
    }
    for (int32_t i = 0; i <= WAITING_LAST; i++) {
        int32_t wait = s->frame->last_day - s->frame->first[month] - WAITING_LAST + i;
        if (w->n[i] > 0)
            censored[wait > MONTH_WAIT_MAX ? MONTH_WAIT_MAX : wait] += w->n[i];
    }
    return s->cell[at].inflow;
}

static void refresh_cell(struct month_standing *s, int32_t month, size_t cell, int32_t open, int32_t *number)
{
    size_t at = (size_t)month * (size_t)s->frame->cells + cell;
    const struct cell *c = s->cell + at;
    uint32_t *gone = gone_of(s, month, cell), *left = gone + s->gone_room[month];

    for (size_t i = 0; i < MONTH_NUMBERS; i++)
        number[i] = MONTH_NO_DATA;
    if (c->inflow > 0) {
        uint32_t used = c->gone_used | censor(s->frame, month, s->waiting + at, left, true);
        s->kernel->survival(gone, left, used, c->inflow, number + MONTH_KM50);
        censor(s->frame, month, s->waiting + at, left, false);
    }
    s->kernel->quantiles(start_of(s, month, cell), c->start_used, c->started, number + MONTH_MEDIAN);
    number[MONTH_STARTED] = (int32_t)c->started;
    number[MONTH_INFLOW] = (int32_t)c->inflow;
    number[MONTH_CLOSED] = (int32_t)c->closed;
    number[MONTH_WITHDRAWN] = (int32_t)c->left;
    number[MONTH_IN_NORM] = (int32_t)c->in_norm;
    number[MONTH_DIRECT] = (int32_t)c->direct;
    number[MONTH_REOPENED] = (int32_t)c->reopened;
    number[MONTH_OPEN] = open + number[MONTH_INFLOW] - number[MONTH_STARTED] - number[MONTH_WITHDRAWN];
}

void month_standing_month(struct month_standing *s, int32_t month, int32_t (*number)[MONTH_NUMBERS])
{
    size_t cells = (size_t)s->frame->cells, at = (size_t)month * cells;

    for (size_t c = 0; c < cells; c++)
        refresh_cell(s, month, c, month > 0 ? number[at - cells + c][MONTH_OPEN] : 0, number[at + c]);
}

void month_standing_all(struct month_standing *s, int32_t (*number)[MONTH_NUMBERS])
{
    const struct month_frame *f = s->frame;

    for (int32_t m = 0; m < f->months; m++) {
        month_standing_month(s, m, number);
        censor(f, m, &s->all_waiting[m], s->year[month_year_at(f, m)].gone[1], true);
    }
    for (size_t y = 0; y < month_years(f); y++)
        month_year_finish(f, s->kernel, &s->year[y], y, number);
    for (int32_t m = 0; m < f->months; m++)
        censor(f, m, &s->all_waiting[m], s->year[month_year_at(f, m)].gone[1], false);
}
