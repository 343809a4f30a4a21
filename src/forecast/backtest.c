// SPDX-License-Identifier: EUPL-1.2
#include "forecast/backtest_core.h"
#include "forecast/order_found.h"

#include <math.h>
#include <string.h>

enum { QUARTER = 13, BACK = 208 /* weeks */, JUDGED_LEAST = 60, JUDGED_ORIGINS = 8 };
#define WAY_HALF_LIFE 26. /* weeks */
#define WAY_BETTER 0.02   /* another way must lose so much less than the first, */
#define WAY_SURE 2.       /* and so many standard errors; */
#define WAY_QUARTER 0.25  /* of one quarter it is at least such a part of the loss */

struct backtest_end backtest_end_of(const struct history *h, const struct backtest_row *r, int32_t at)
{
    const struct history_fact *s = &h->started[r->row], *l = &h->left[r->row];
    struct backtest_end e = { INFINITY, INFINITY };

    if (s->at != TICK_NONE && s->at <= at && s->known <= at)
        e.turn = (double)s->at - r->origin;
    else if (l->at != TICK_NONE && l->at <= at && l->known <= at)
        e.left = (double)l->at - r->origin;
    else if (h->lost != NULL && h->lost[r->row].at != TICK_NONE && h->lost[r->row].at <= at &&
             h->lost[r->row].known <= at)
        e.left = (double)h->lost[r->row].at - r->origin; /* as far as can be told */
    return e;
}

/* ── What earlier windows teach ───────────────────────────────────────────────────────────────────────────
 */

/* The loss within a quarter: outcome and windows beyond it count as the quarter, so that nobody has to be
 * left out for not having started. */
static double quarter_loss(const struct backtest_work *w, const struct window *x, double turn)
{
    int32_t q = QUARTER * w->week;
    struct window c = { x->from < q ? x->from : q, x->middle < q ? x->middle : q, x->to < q ? x->to : q };

    return score_window(&c, fmin(turn, q));
}

static void judge_ways(struct backtest_work *w, int32_t origin)
{
    for (; w->judged < w->n && w->row[w->judged].origin + QUARTER * w->week <= origin; w->judged++) {
        const struct backtest_row *r = &w->row[w->judged];
        struct backtest_end e = backtest_end_of(w->h, r, origin);
        if (r->asked || !isinf(e.left))
            continue;
        if (w->judged_origins == 0 || w->judged_at[w->judged_origins - 1].origin != r->origin)
            w->judged_at[w->judged_origins++].origin = r->origin;
        struct backtest_judged *j = &w->judged_at[w->judged_origins - 1];
        for (size_t i = 0; i < FORECAST_WAYS; i++)
            j->loss[i] += quarter_loss(w, &r->by_way[i], e.turn);
        j->n++;
    }
}

/* How much less another way lost than the first, as a part of its loss, beyond what chance does: weeks that
 * lie within a quarter of each other are about the same turns, so the standard error is that of a mean over
 * time (Newey & West 1987, Econometrica 55:703-708; to compare forecasts: Diebold & Mariano 1995, Journal of
 * Business & Economic Statistics 13:253-263). A few weeks cannot show how much quarters differ, so a quarter
 * counts as uncertain from the start. */
static double gain_of(const struct backtest_work *w, enum forecast_way first, enum forecast_way other,
                      int32_t origin)
{
    double weight[BACK], gain[BACK], n = 0, lost = 0, sum = 0, variance = 0, kept = 0, squares = 0;
    size_t from = w->judged_origins > BACK ? w->judged_origins - BACK : 0, k = w->judged_origins - from;

    for (size_t t = 0; t < k; t++) {
        const struct backtest_judged *j = &w->judged_at[from + t];
        double keep = exp2(-(double)(origin - j->origin) / w->week / WAY_HALF_LIFE);
        weight[t] = keep * j->n;
        gain[t] = keep * (j->loss[first] - j->loss[other]);
        n += weight[t];
        kept += keep;
        squares += keep * keep;
        lost += keep * j->loss[first];
        sum += gain[t];
    }
    for (size_t t = 0; t < k; t++) {
        gain[t] -= sum / n * weight[t];
        variance += gain[t] * gain[t];
        for (size_t l = 1; l < QUARTER && l <= t; l++)
            variance += 2 * (1 - (double)l / QUARTER) * gain[t] * gain[t - l];
    }
    variance += pow(WAY_QUARTER * lost, 2) * fmin(1, QUARTER * squares / (kept * kept));
    return lost > 0 ? (sum - WAY_SURE * sqrt(fmax(variance, 0))) / lost : 0;
}

static enum forecast_way best_way(const struct backtest_work *w, enum forecast_way first, int32_t origin)
{
    enum forecast_way best = first;
    double most = WAY_BETTER;

    if (w->how->one_way)
        return w->how->way;
    if (w->judged < JUDGED_LEAST || w->judged_origins < JUDGED_ORIGINS)
        return first;
    for (enum forecast_way i = 0; i < FORECAST_WAYS; i++) {
        double gain = i == first || (i == FORECAST_WAIT && w->followed) ? 0 : gain_of(w, first, i, origin);
        if (gain > most) {
            most = gain;
            best = i;
        }
    }
    return best;
}

/* Whose turn came or who left since the origin before. What is known once stays known, so only rows that are
 * still open are looked at. */
static void learn(struct backtest_work *w, int32_t origin)
{
    size_t kept = 0;

    for (size_t k = 0; k < w->opens; k++) {
        uint32_t i = w->open[k];
        const struct backtest_row *r = &w->row[i];
        struct backtest_end e = backtest_end_of(w->h, r, origin);

        if (!r->asked) {
            w->left += !isinf(e.left);
            w->risk += w->step;
            if (!isinf(e.turn))
                rivals_learn(w->rivals, (size_t)r->stream, r->rival, e.turn);
        }
        if (isinf(e.turn) && isinf(e.left))
            w->open[kept++] = i;
        else
            backtest_outcome_ends(w, i, &e);
    }
    w->opens = kept;
}

static bool calibrate(struct backtest_work *w, int32_t origin)
{
    bool told = w->c.all.told;

    if (!backtest_outcomes_weigh(w, w->c.way, origin) ||
        !calibration_step(w->outcome, w->n, w->how->forecast.estimate.order->streams, origin, w->week,
                          &w->scratch, &w->c))
        return false;
    if (told && !w->c.all.told && backtest_scores(w, origin) && w->withdrawals++ == 0)
        w->withdrawn_at = origin;
    if (w->how->plain) {
        w->c.all.factor = (struct window_factor){ 1, 1 };
        for (size_t s = 0; s < HISTORY_STREAMS_MAX; s++)
            w->c.stream[s].factor = w->c.all.factor;
    }
    return true;
}

/* ── One origin ───────────────────────────────────────────────────────────────────────────────────────────
 */

static void *more_room(const struct backtest_work *w, size_t room, const void *old, size_t n, size_t size)
{
    void *more = arena_array(w->a, room, size);

    if (more != NULL && n > 0)
        memcpy(more, old, n * size);
    return more;
}

static struct backtest_row *add_row(struct backtest_work *w)
{
    if (w->n == w->room) {
        size_t room = w->room == 0 ? 4096 : w->room * 2;
        struct backtest_row *row = more_room(w, room, w->row, w->n, sizeof *row);
        struct outcome *outcome = more_room(w, room, w->outcome, w->n, sizeof *outcome);
        uint32_t *open = more_room(w, room, w->open, w->opens, sizeof *open);
        if (row == NULL || outcome == NULL || open == NULL)
            return NULL;
        w->row = row;
        w->outcome = outcome;
        w->open = open;
        w->room = room;
    }
    w->row[w->n] = (struct backtest_row){ .crps = NAN, .pit = NAN };
    return &w->row[w->n++];
}

/* Its windows are there: from now on it is looked at. */
static void open_row(struct backtest_work *w, const struct backtest_row *r)
{
    uint32_t i = (uint32_t)(r - w->row);

    w->open[w->opens++] = i;
    backtest_outcome_begins(w, i);
}

/* The scores of the whole distribution need its counts, which do not stay. */
static void score_counts(const struct backtest_work *w, const struct forecast *f, size_t i,
                         struct backtest_row *r)
{
    const uint32_t *count = &f->count[i * ((size_t)f->days + 1)];
    double turn = backtest_end_of(w->h, r, w->how->until).turn;
    struct rng u;

    if (isinf(turn))
        turn = (double)w->how->until + 1 - r->origin;
    uint32_t place = w->h->place != NULL ? w->h->place[r->row] : r->row;
    rng_seed(&u, (uint64_t)place << 32 ^ (uint32_t)r->origin);
    r->crps = (float)score_crps(count, f->days, turn);
    r->pit = (float)score_pit(count, f->days, (int32_t)turn, rng_unit(&u));
}

static bool add_rows(struct backtest_work *w, const struct forecast f[FORECAST_WAYS], enum forecast_way way,
                     int32_t origin)
{
    for (size_t i = 0; i < f[way].n; i++) {
        struct backtest_row *r = add_row(w);
        uint32_t row = f[way].row[i];
        if (r == NULL)
            return false;
        r->row = row;
        r->origin = origin;
        r->stream = f[way].stream[i];
        r->team = w->h->team[row];
        r->told = w->c.stream[r->stream].told;
        for (size_t k = 0; k < FORECAST_WAYS; k++)
            r->by_way[k] = f[k].raw[i];
        r->window = window_widen(&f[way].raw[i], &w->c.stream[r->stream].factor);
        rivals_window(w->rivals, (size_t)r->stream, origin - w->h->received[row].at, i, r->rival);
        if (f[way].count != NULL)
            score_counts(w, &f[way], i, r);
        open_row(w, r);
    }
    return true;
}

/* Who asks until the next origin gets what is known at this one. */
static bool add_newcomers(struct backtest_work *w, const struct forecast f[FORECAST_WAYS],
                          enum forecast_way way, int32_t origin)
{
    const struct history *h = w->h;
    int team = w->how->forecast.estimate.team;

    for (size_t i = 0; w->how->newcomers && i < h->n; i++) {
        int32_t at = h->received[i].at;
        if (at <= origin || at > origin + w->step || at > w->how->until || h->stream[i] < 0 ||
            (team >= 0 && h->team[i] != team))
            continue;
        struct backtest_row *r = add_row(w);
        if (r == NULL)
            return false;
        r->row = (uint32_t)i;
        r->origin = at;
        r->stream = h->stream[i];
        r->team = h->team[i];
        r->asked = true;
        r->told = w->c.stream[r->stream].told;
        for (size_t k = 0; k < FORECAST_WAYS; k++)
            r->by_way[k] = f[k].newcomer[r->stream];
        r->window = window_widen(&r->by_way[way], &w->c.stream[r->stream].factor);
        rivals_window(w->rivals, (size_t)r->stream, -1, f[way].n, r->rival);
        open_row(w, r);
    }
    return true;
}

static bool has_staff(const struct backtest_work *w)
{
    return w->h->worker_of != NULL && w->h->ticks_a_day == 1;
}

/* Ways that are not used are followed with fewer runs: enough to see which is better. */
static bool forecast_ways(struct backtest_work *w, int32_t origin, enum forecast_way way,
                          struct forecast f[FORECAST_WAYS])
{
    struct forecast_how how = w->how->forecast;
    bool all = !w->how->one_way, staff = has_staff(w);

    struct estimate_base *base = NULL;

    how.calibration = NULL;
    how.newcomer = w->how->newcomers;
    how.base = &base;
    how.estimate.order = &w->order;
    how.estimate.kept = w->kept;
    if (!forecast_by(&w->seen, origin, &how, way, &w->scratch, &f[way]))
        return false;
    how.replications = how.replications > 1600 || how.replications == 0 ? 200 : how.replications / 8 + 1;
    for (enum forecast_way k = 0; k < FORECAST_WAYS; k++) {
        if (k == way)
            continue;
        f[k] = f[way];
        if (k == FORECAST_WAIT && w->followed)
            continue;
        if (all && (k != FORECAST_STAFF || staff) &&
            !forecast_by(&w->seen, origin, &how, k, &w->scratch, &f[k]))
            return false;
    }
    return true;
}

static bool run_origin(struct backtest_work *w, int32_t origin, enum forecast_way first)
{
    struct forecast f[FORECAST_WAYS];
    struct view v = view_of(&w->seen, origin, w->how->forecast.estimate.team, &w->scratch);

    learn(w, origin);
    judge_ways(w, origin);
    w->c.way = best_way(w, first, origin);
    if (!calibrate(w, origin) || !rivals_fit(&v, w->how->forecast.estimate.order->streams, w->rivals) ||
        !forecast_ways(w, origin, w->c.way, f) || !add_rows(w, f, w->c.way, origin) ||
        !add_newcomers(w, f, w->c.way, origin))
        return false;
    w->way[w->c.way] += backtest_scores(w, origin);
    w->origins += backtest_scores(w, origin);
    return true;
}

/* Once a quarter: in which order it was followed lately, and what follows from that. */
static bool look_at_list(struct backtest_work *w, int32_t origin, enum forecast_way *ret_first)
{
    struct estimate_how how = w->how->forecast.estimate;
    int32_t days;

    if (!forecast_order(&w->seen, origin, &how, w->a, &w->order, &days))
        return false;
    struct view v = view_of(&w->seen, origin, how.team, &w->scratch);
    double share = order_share(&v, &w->order);
    w->followed = share <= ORDER_WELL && has_staff(w);
    *ret_first = forecast_way_of_share(share, &v, &how);
    return true;
}

/* Frozen parameters may be those of a later day. */
static struct history seen_at(const struct backtest_work *w, int32_t origin)
{
    const struct estimate_how *e = &w->how->forecast.estimate;

    return history_until(w->h, w->last, e->frozen && e->frozen_at > origin ? e->frozen_at : origin);
}

/* The memory of an origin stays for the next: where it did not fit in one block, a larger one. */
static struct arena_mark origin_end(struct backtest_work *w, struct arena_mark mark)
{
    size_t used = w->scratch.used;

    if (w->scratch.top == mark.block) {
        arena_release(&w->scratch, mark);
        return mark;
    }
    arena_free(&w->scratch);
    return arena_mark_room(&w->scratch, used + used / 4);
}

static bool run_all(struct backtest_work *w)
{
    enum forecast_way first = FORECAST_WAIT;
    struct arena_mark mark = arena_mark(&w->scratch);
    size_t k = 0;

    for (int64_t origin = w->how->first; origin <= w->how->last; origin += w->step, k++) {
        if (w->how->stop != NULL && atomic_load(w->how->stop))
            return false;
        w->seen = seen_at(w, (int32_t)origin);
        if (k % QUARTER == 0 && !look_at_list(w, (int32_t)origin, &first))
            return false;
        if (k == 0)
            calibration_start(first, &w->c);
        if (!run_origin(w, (int32_t)origin, first))
            return false;
        mark = origin_end(w, mark);
        if (w->how->done != NULL)
            atomic_fetch_add(w->how->done, 1);
    }
    return true;
}

static int32_t step_of(const struct history *h, const struct backtest_how *how)
{
    return how->step > 0 ? how->step : 7 * h->ticks_a_day;
}

size_t backtest_origins(const struct history *h, const struct backtest_how *how)
{
    return how->last < how->first ? 0 : (size_t)(((int64_t)how->last - how->first) / step_of(h, how) + 1);
}

bool backtest_run(const struct history *h, const struct backtest_how *how, struct arena *a,
                  struct backtest *ret_backtest)
{
    struct backtest_work w = { .h = h,
                               .how = how,
                               .a = a,
                               .week = 7 * h->ticks_a_day,
                               .step = step_of(h, how),
                               .withdrawn_at = TICK_NONE };

    arena_init(&w.scratch, a->ceiling);
    calibration_start(FORECAST_RATE, &w.c);
    w.rivals = arena_alloc(a, sizeof *w.rivals);
    w.judged_at = arena_array(a, (size_t)fmax(0, (double)how->last - how->first) / (size_t)w.step + 2,
                              sizeof *w.judged_at);
    w.last = history_last(h, a);
    w.kept = duration_kept_make(a);
    bool ok = w.rivals != NULL && w.judged_at != NULL && w.kept != NULL && w.last != NULL && run_all(&w) &&
              backtest_count(&w, ret_backtest);
    arena_free(&w.scratch);
    return ok;
}
