// SPDX-License-Identifier: EUPL-1.2
/* What the back-test comes to: who is scored, with what weight, and the sums. */
#include "forecast/backtest_core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ── Those who stayed weigh for those who left ────────────────────────────────────────────────────────────
 */

struct life {
    double time;
    bool left;
};

static int by_time(const void *pa, const void *pb)
{
    const struct life *a = pa, *b = pb;

    if (a->time < b->time || b->time < a->time)
        return a->time < b->time ? -1 : 1;
    return (int)a->left - (int)b->left;
}

/* Kaplan-Meier of leaving: times, and the part that stays after them. */
struct staying {
    double *time, *part;
    size_t n;
};

static bool staying_of(struct backtest_work *w, struct staying *s)
{
    struct life *life = arena_array(&w->scratch, w->n + 1, sizeof *life);
    double part = 1;

    *s = (struct staying){ .time = arena_array(&w->scratch, w->n + 1, sizeof *s->time),
                           .part = arena_array(&w->scratch, w->n + 1, sizeof *s->part) };
    if (life == NULL || s->time == NULL || s->part == NULL)
        return false;
    for (size_t i = 0; i < w->n; i++) {
        struct backtest_end e = backtest_end_of(w->h, &w->row[i], w->how->until);
        life[i].time = fmin(fmin(e.turn, e.left), (double)w->how->until - w->row[i].origin);
        life[i].left = !isinf(e.left);
    }
    qsort(life, w->n, sizeof *life, by_time);
    for (size_t i = 0; i < w->n; i++)
        if (life[i].left) {
            part *= 1 - 1 / (double)(w->n - i);
            s->time[s->n] = life[i].time;
            s->part[s->n++] = part;
        }
    return true;
}

/* The chance to stay until just before `time`. */
static double stays(const struct staying *s, double time)
{
    size_t low = 0, high = s->n;

    while (low < high) {
        size_t half = (low + high) / 2;
        if (s->time[half] < time)
            low = half + 1;
        else
            high = half;
    }
    return low == 0 ? 1 : s->part[low - 1];
}

/* ── Sums ─────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct sums {
    struct score every, first, last, rival[RIVALS], asked, asked_rival[RIVALS];
    size_t open, left, missed, withdrawn;
};

/* A window is scored when its end has passed and it is known whether the turn had come by then. */
static void set_outcome(const struct backtest_work *w, const struct staying *s, struct backtest_row *r,
                        struct sums *sums)
{
    struct backtest_end e = backtest_end_of(w->h, r, w->how->until);

    bool counts = r->asked == w->how->newcomers;

    r->turn = e.turn;
    if (!backtest_scores(w, r->origin))
        return;
    if (r->window.to >= WINDOW_LATER || (int64_t)r->origin + r->window.to > w->how->until) {
        sums->open += counts;
        return;
    }
    if (!isinf(e.left) && e.left <= r->window.to) {
        sums->left += counts;
        return;
    }
    r->scored = true;
    double last = (double)w->how->until + 1 - r->origin;
    r->weight.held = 1 / fmax(0.2, stays(s, fmin(e.turn, r->window.to + 1)));
    r->weight.far = isinf(e.left) ? 1 / fmax(0.2, stays(s, fmin(e.turn, last))) : 0;
    sums->missed += counts && isinf(e.turn);
    sums->withdrawn += counts && !r->told;
}

static void add_scores(const struct backtest_work *w, const struct backtest_row *r, struct sums *s)
{
    /* A turn that has not come: what is known of it is that it is later. */
    double turn = isinf(r->turn) ? (double)w->how->until + 1 - r->origin : r->turn, crps = (double)r->crps;
    struct score_weight rival = { r->weight.far, r->weight.far }; /* their windows end on other days */

    score_add(r->asked ? &s->asked : &s->every, &r->window, turn, crps, r->weight);
    for (size_t k = 0; k < RIVALS; k++)
        score_add(r->asked ? &s->asked_rival[k] : &s->rival[k], &r->rival[k], turn, NAN, rival);
    if (r->first)
        score_add(&s->first, &r->window, turn, crps, r->weight);
    if (r->last)
        score_add(&s->last, &r->window, turn, crps, r->weight);
}

static struct backtest_part part_of(const struct sums *s)
{
    struct backtest_part p = { .every = score_mean(&s->every),
                               .first = score_mean(&s->first),
                               .last = score_mean(&s->last),
                               .asked = score_mean(&s->asked),
                               .open = s->open,
                               .left = s->left,
                               .missed = s->missed,
                               .withdrawn = s->withdrawn };

    for (size_t k = 0; k < RIVALS; k++) {
        p.rival[k] = score_mean(&s->rival[k]);
        p.asked_rival[k] = score_mean(&s->asked_rival[k]);
    }
    return p;
}

/* The first and the last window of everybody, of those given at origins. */
static bool set_ends(struct backtest_work *w)
{
    uint32_t *last = arena_array(&w->scratch, w->h->n + 1, sizeof *last); /* place + 1 */

    if (last == NULL)
        return false;
    for (size_t i = 0; i < w->n; i++) {
        struct backtest_row *r = &w->row[i];
        if (r->asked || !backtest_scores(w, r->origin))
            continue;
        r->first = last[r->row] == 0;
        if (last[r->row] > 0)
            w->row[last[r->row] - 1].last = false;
        r->last = true;
        last[r->row] = (uint32_t)i + 1;
    }
    return true;
}

bool backtest_count(struct backtest_work *w, struct backtest *ret)
{
    size_t streams = w->how->forecast.estimate.order->streams;
    struct sums *sums = arena_array(&w->scratch, streams + 1, sizeof *sums); /* the last: all */
    struct backtest b = { .row = w->row,
                          .n = w->n,
                          .origins = w->origins,
                          .streams = streams,
                          .calibration = w->c,
                          .withdrawals = w->withdrawals,
                          .withdrawn_at = w->withdrawn_at };
    struct staying s;
    double pits = 0;

    if (sums == NULL || !staying_of(w, &s) || !set_ends(w))
        return false;
    for (size_t i = 0; i < w->n; i++) {
        struct backtest_row *r = &w->row[i];
        struct sums *one = &sums[r->stream], before = *one;
        set_outcome(w, &s, r, one);
        sums[streams].open += one->open - before.open;
        sums[streams].left += one->left - before.left;
        sums[streams].missed += one->missed - before.missed;
        sums[streams].withdrawn += one->withdrawn - before.withdrawn;
        if (!r->scored)
            continue;
        add_scores(w, r, one);
        add_scores(w, r, &sums[streams]);
        if (!isnan(r->pit)) {
            b.pit[r->pit < 1 ? (size_t)(r->pit * 10) : 9] += r->weight.far;
            pits += r->weight.far;
        }
    }
    for (size_t k = 0; k < 10 && pits > 0; k++)
        b.pit[k] /= pits;
    for (size_t k = 0; k < streams; k++)
        b.stream[k] = part_of(&sums[k]);
    b.all = part_of(&sums[streams]);
    memcpy(b.way, w->way, sizeof b.way);
    *ret = b;
    return true;
}
