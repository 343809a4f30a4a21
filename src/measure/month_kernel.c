// SPDX-License-Identifier: EUPL-1.2
/* The plain way to count. */
#include "measure/month_kernel.h"

#include <string.h>

static void count_plain(const struct month_group *g, uint16_t *bins, struct month_tally *tally)
{
    int32_t start = g->frame->first[g->month] - g->frame->first[0];
    const uint16_t *limit = g->frame->limit + start;
    const uint8_t *month_of =
        g->frame->month_of + start; /* of somebody who came on the first, by days of waiting */

    for (size_t i = 0; i < g->n; i++) {
        uint32_t wait = g->outcome[i] & MONTH_WAIT_MAX, kind = g->outcome[i] >> 11 & 7;

        bins[kind * MONTH_KIND + wait]++;
        tally->direct += g->outcome[i] >> 14 & 1;
        tally->reopened += g->outcome[i] >> 15;
        tally->closed[g->month + (g->rest[i] >> 10)]++;
        tally->wait_max = wait > tally->wait_max ? wait : tally->wait_max;
        if (kind < MONTH_ROW_LEFT)
            tally->in_norm[month_of[wait] + kind] += wait <= limit[g->rest[i] & 31];
    }
}

void month_count_few(const struct month_group *g, struct month_fold *f, struct month_tally *tally)
{
    int32_t first = g->frame->first[g->month] - g->frame->first[0];
    const uint16_t *limit = g->frame->limit + first;
    const uint8_t *month_of = g->frame->month_of + first;
    uint32_t *closed = tally->closed + g->month, *in_norm = tally->in_norm, *left = f->left;
    uint32_t *start_used = f->start_used, used = 0, flags = 0;
    uint32_t(*gone)[MONTH_HIST] = f->gone, (*start)[MONTH_HIST] = f->start;

    for (size_t i = 0; i < g->n; i++) {
        uint32_t row = g->outcome[i], rest = g->rest[i], wait = row & MONTH_WAIT_MAX, kind = row >> 11 & 7;

        flags += (row >> 14 & 1) | row >> 15 << 16; /* n is less than 2^16 */
        closed[rest >> 10]++;
        if (kind >= MONTH_ROW_WAITING) {
            f->bins[kind * MONTH_KIND + wait]++;
            continue;
        }
        uint32_t is_left = kind >= MONTH_ROW_LEFT, month = month_of[wait] + kind - is_left * MONTH_ROW_LEFT;

        gone[is_left][wait]++; /* no branch here: nobody can predict who starts and who leaves */
        start[is_left ? MONTH_NOWHERE : month + 1][wait]++;
        start_used[month] |= 1u << (wait >> 6);
        used |= 1u << (wait >> 6);
        left[month] += is_left;
        in_norm[month] += !is_left & (wait <= limit[rest & 31]);
    }
    f->used |= used;
    tally->direct += flags & 0xffff;
    tally->reopened += flags >> 16;
}

static void fold_plain(const struct month_group *g, struct month_fold *f, uint32_t len)
{
    const uint8_t *month_of = g->frame->month_of + (g->frame->first[g->month] - g->frame->first[0]);

    for (uint32_t kind = 0; kind < MONTH_ROW_WAITING; kind++) {
        uint16_t *bins = f->bins + (size_t)kind * MONTH_KIND;
        uint32_t is_left = kind >= MONTH_ROW_LEFT, later = kind - is_left * MONTH_ROW_LEFT;

        for (uint32_t wait = 0; wait < len; wait++) {
            uint32_t n = bins[wait], month = month_of[wait] + later;

            if (n == 0)
                continue;
            bins[wait] = 0;
            f->used |= 1u << (wait >> 6);
            f->gone[is_left][wait] += n;
            if (is_left) {
                f->left[month] += n;
                continue;
            }
            f->start[month + 1][wait] += n;
            f->start_used[month] |= 1u << (wait >> 6);
        }
    }
}

/* The first day of the first stretch of 64 days that is marked; MONTH_WAITS when none is left. */
static size_t next_stretch(uint32_t *used)
{
    size_t stretch = 0;

    if (*used == 0)
        return MONTH_WAITS;
    while ((*used >> stretch & 1) == 0)
        stretch++;
    *used &= *used - 1;
    return stretch * 64;
}

static void move_plain(uint32_t *to, uint32_t *from, uint32_t used)
{
    for (size_t at; (at = next_stretch(&used)) < MONTH_WAITS;)
        for (size_t i = at; i < at + 64; i++) {
            to[i] += from[i];
            from[i] = 0;
        }
}

static uint32_t quantiles_plain(const uint32_t *hist, uint32_t used, uint32_t n, int32_t ret[3])
{
    static const uint32_t percent[] = { 50, 80, 90 };
    uint64_t cum = hist[0];
    int32_t day = 0;

    if (n == MONTH_COUNT_THEM) {
        n = 0;
        for (size_t at; (at = next_stretch(&used)) < MONTH_WAITS;)
            for (size_t i = at; i < at + 64; i++)
                n += hist[i];
    }
    for (size_t i = 0; i < 3 && n > 0; i++) {
        while (100 * cum < (uint64_t)percent[i] * n)
            cum += hist[++day];
        ret[i] = day;
    }
    return n;
}

static void survival_plain(const uint32_t *event, const uint32_t *censored, uint32_t used, uint32_t n,
                           int32_t ret[2])
{
    double s = 1;
    size_t reached = 0;

    ret[0] = ret[1] = MONTH_NO_DATA;
    for (size_t at; (at = next_stretch(&used)) < MONTH_WAITS;)
        for (size_t day = at; day < at + 64; day++) {
            if (event[day] > 0) {
                s *= (double)(n - event[day]) / n;
                while (reached < 2 && s <= (reached == 0 ? 0.5 : 0.2) + MONTH_KM_TOLERANCE)
                    ret[reached++] = (int32_t)day;
                if (reached == 2)
                    return;
            }
            n -= event[day] + censored[day];
        }
}

const struct month_kernel month_kernel_plain = { "plain",    count_plain,     fold_plain,    512,
                                                 move_plain, quantiles_plain, survival_plain };

const struct month_kernel *month_kernel_with(enum month_with with)
{
#ifdef MONTH_WIDE
    __builtin_cpu_init();
    bool common =
        __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");

    if (with <= MONTH_512 && common && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq"))
        return &month_kernel_wide;
    if (with <= MONTH_256 && common && __builtin_cpu_supports("avx2"))
        return &month_kernel_256;
#endif
    return &month_kernel_plain;
}

const struct month_kernel *month_kernel_best(void)
{
    return month_kernel_with(MONTH_FASTEST);
}

const char *month_kernel_name(const struct month_kernel *k)
{
    return k->name;
}
