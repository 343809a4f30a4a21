// SPDX-License-Identifier: EUPL-1.2
/* The inner loops of the month set: each in a plain way (month_kernel.c), which is the definition, and in
 * ways for processors with AVX-512 (month_kernel_wide.c) and AVX2 (month_kernel_256.c) that give the same
 * answers. Only month_set.c and month_standing.c include this. */
#ifndef PEIL_MEASURE_MONTH_KERNEL_H
#define PEIL_MEASURE_MONTH_KERNEL_H

#include "measure/month_set.h"

enum {
    MONTH_WAITS = MONTH_WAIT_MAX + 1,
    MONTH_KIND = MONTH_WAITS + 32, /* bins from one kind to the next; no power of two, as below */
    MONTH_BINS = 8 * MONTH_KIND,
    MONTH_CHUNK = 65535,               /* rows counted at once: a bin has 16 bits */
    MONTH_HIST = MONTH_WAITS + 32,     /* not a power of two: months would share the lines of the cache */
    MONTH_NOWHERE = 0,                 /* the histograms of months come after one that nobody reads */
    MONTH_AFTER = MONTH_NOT_CLOSED + 1 /* months beyond the last one that a damaged row can point at */
};

/* Rows of one group. */
struct month_group {
    const struct month_frame *frame;
    int32_t month;
    const uint16_t *outcome, *rest;
    size_t n; /* at most MONTH_CHUNK */
};
/* What the rows of one group add up to beside the bins. Arrays are by month of the frame. */
struct month_tally {
    uint32_t *in_norm, *closed; /* months + MONTH_AFTER; added to */
    uint32_t direct, reopened;
    uint32_t wait_max; /* no bin beyond it is used; month_count_few leaves it alone */
};

/* `used` says which stretches of 64 days of a histogram may hold something: bit w / 64. What is not marked is
 * zero. */

/* Where the bins of one group go to. Histograms are by days of waiting; all are added to. */
struct month_fold {
    uint16_t *bins;               /* MONTH_BINS; zero again afterwards, but for those who still wait */
    uint32_t (*gone)[MONTH_HIST]; /* of the group: [0] starts, [1] who left */
    uint32_t used;                /* of these two */
    uint32_t (
        *start)[MONTH_HIST]; /* of those who started, by month of the frame; [MONTH_NOWHERE] is never read */
    uint32_t *start_used;
    uint32_t *left; /* who left, by month of the frame */
};

/* The months of a group from its own on, with the bins 0..len-1 that are days of each: `low` to `high`. In a
 * February there are three kinds of rows: who came at the end of a longer month is past it by then. Begin
 * with the month before that of the group. */
struct month_walk {
    int32_t month;
    uint32_t low, high;
    bool short_month; /* a February */
};
static inline bool month_walk_next(const struct month_group *g, uint32_t len, struct month_walk *w)
{
    const int32_t *first = g->frame->first;

    if (++w->month >= g->frame->months)
        return false;
    w->low = (uint32_t)(first[w->month] - first[g->month]);
    w->high = (uint32_t)(first[w->month + 1] - first[g->month]);
    w->high = w->high < len ? w->high : len;
    w->short_month = (g->frame->first_month + w->month) % 12 == 1;
    return w->low < len;
}

struct month_kernel {
    const char *name;
    void (*count)(const struct month_group *g, uint16_t *bins, struct month_tally *tally);
    /* Bins 0..len-1 of each kind may be used. */
    void (*fold)(const struct month_group *g, struct month_fold *f, uint32_t len);
    /* Groups smaller than this are not worth bins that must be swept: month_count_few takes them row by row.
     */
    size_t few;
    void (*move)(uint32_t *to, uint32_t *from, uint32_t used); /* adds, and leaves zeros */
    /* How many values a histogram holds; when that is not 0, quantiles 50, 80 and 90 % of them. n: how many
     * there are, or MONTH_COUNT_THEM. */
    uint32_t (*quantiles)(const uint32_t *hist, uint32_t used, uint32_t n, int32_t ret[3]);
    /* Days at which the curve of n people has come down to 50 % and to 20 %. */
    void (*survival)(const uint32_t *event, const uint32_t *censored, uint32_t used, uint32_t n,
                     int32_t ret[2]);
};
/* Histograms of a calendar year, all cells together. */
struct month_year {
    uint32_t gone[2][MONTH_HIST], start[MONTH_HIST];
};
size_t month_years(const struct month_frame *f);
size_t month_year_at(const struct month_frame *f, int32_t month);
/* The row of a year, when those of its months are there. */
void month_year_finish(const struct month_frame *f, const struct month_kernel *k, const struct month_year *y,
                       size_t year, int32_t (*number)[MONTH_NUMBERS]);
/* The same as count and fold together, straight into the histograms. */
void month_count_few(const struct month_group *g, struct month_fold *f, struct month_tally *tally);
#define MONTH_COUNT_THEM UINT32_MAX
#define MONTH_KM_TOLERANCE 1e-9

#if defined(__x86_64__) && defined(__GNUC__)
#define MONTH_WIDE 1
extern const struct month_kernel month_kernel_wide, month_kernel_256;
#endif

#endif
