// SPDX-License-Identifier: EUPL-1.2
#include "cli/stats_wait.h"

#include "base/date.h"
#include "base/text.h"
#include "measure/compare.h"
#include "measure/quantile.h"

#include <math.h>
#include <string.h>

#define FINE 1e6 /* ticks a unit for times with decimals */
#define LONGEST 1e12
#define PEOPLE_MAX 20000000

static enum err read_way(struct stats *s, struct survival_way *way)
{
    static const char *const scales[] = { "log-log", "log", "plain" }, *const rules[] = { "midpoint",
                                                                                          "step" };
    struct ctx *c = s->c;
    size_t scale, rule;

    TRY(stats_get_choice(s, "--conf", scales, COUNT(scales), &scale));
    TRY(stats_get_choice(s, "--rule", rules, COUNT(rules), &rule));
    *way = (struct survival_way){ scale == 0   ? SURVIVAL_LOG_LOG
                                  : scale == 1 ? SURVIVAL_LOG
                                               : SURVIVAL_PLAIN,
                                  rule == 0 ? SURVIVAL_MIDPOINT : SURVIVAL_STEP, s->level };
    return OK;
}

enum err wait_read_question(struct stats *s, struct wait_question *q)
{
    static const char *const units[] = { "day", "hour", "minute", "second", "week" };
    static const double seconds[] = { SECONDS_A_DAY, 3600, 60, 1, 7 * SECONDS_A_DAY };
    struct ctx *c = s->c;
    size_t unit;

    TRY(read_way(s, &q->way));
    TRY(stats_get_choice(s, "--unit", units, COUNT(units), &unit));
    q->unit = seconds[unit];
    TRY(stats_get_list(s, "--quantiles", 1e-6, 1 - 1e-6, COUNT(q->p), q->p, &q->n_p));
    TRY(stats_get_list(s, "--times", 0, 1e9, COUNT(q->at), q->at, &q->n_at));
    TRY(stats_get_number(s, "--mean", 0, 1e9, NAN, &q->until));
    TRY(stats_get_time(s, "--at", TIME_NONE, &q->now));
    TRY(stats_get_time(s, "--since", TIME_NONE, &q->since));
    if (q->n_p == 0) {
        memcpy(q->p, (double[]){ 0.5, 0.8, 0.9 }, 3 * sizeof q->p[0]);
        q->n_p = 3;
    }
    return OK;
}

enum err waits_room(struct stats *s, size_t n, double ticks, struct waits *w)
{
    struct ctx *c = s->c;

    *w = (struct waits){ .ticks = ticks };
    TRY(ctx_alloc(c, n + 1, sizeof *w->entry, (void *)&w->entry));
    TRY(ctx_alloc(c, n + 1, sizeof *w->time, (void *)&w->time));
    TRY(ctx_alloc(c, n + 1, sizeof *w->end, (void *)&w->end));
    return ctx_alloc(c, n + 1, sizeof *w->signed_units, (void *)&w->signed_units);
}

void waits_add(struct waits *w, int64_t entry, int64_t time, const char *end)
{
    w->entry[w->n] = entry;
    w->time[w->n] = time < 0 ? 0 : time;
    w->end[w->n] = end;
    w->signed_units[w->n++] = (double)time / w->ticks;
    w->negative += time < 0;
    w->late += entry != SURVIVAL_FROM_START;
}

/* ── From a file ──────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *end_of(struct stats *s, size_t row, const struct wait_question *q)
{
    return q->status != STATS_NONE ? stats_cell(s, row, q->status) : "event";
}

/* Two moments: the end, or the moment until which was looked. */
static enum err add_moments(struct stats *s, size_t row, const struct wait_question *q, struct waits *w)
{
    struct ctx *c = s->c;
    int64_t from, to, seen = TIME_NONE, entry = SURVIVAL_FROM_START;

    TRY(stats_time(s, row, q->from, &from));
    TRY(stats_time(s, row, q->to, &to));
    if (q->seen != STATS_NONE)
        TRY(stats_time(s, row, q->seen, &seen));
    if (q->now != TIME_NONE && (to == TIME_NONE || to > q->now)) {
        to = TIME_NONE;
        seen = seen == TIME_NONE || seen > q->now ? q->now : seen;
    }
    if (from == TIME_NONE || (to == TIME_NONE && seen == TIME_NONE) ||
        (q->now != TIME_NONE && from > q->now)) {
        w->unknown++;
        return OK;
    }
    if (q->since != TIME_NONE && from <= q->since) {
        if (to != TIME_NONE && to <= q->since)
            return OK; /* over before anybody looked */
        entry = q->since - from;
    }
    waits_add(w, entry, (to != TIME_NONE ? to : seen) - from, to != TIME_NONE ? end_of(s, row, q) : NULL);
    return OK;
}

int64_t wait_ticks(double v, double ticks)
{
    return (int64_t)llround(v * ticks);
}

static enum err add_length(struct stats *s, size_t row, const struct wait_question *q, struct waits *w)
{
    struct ctx *c = s->c;
    double time, entry = NAN;

    TRY(stats_number(s, row, q->time, &time));
    if (q->entry != STATS_NONE)
        TRY(stats_number(s, row, q->entry, &entry));
    if (isnan(time) || fabs(time) > LONGEST || fabs(entry) > LONGEST) {
        w->unknown++;
        return OK;
    }
    waits_add(w, isnan(entry) ? SURVIVAL_FROM_START : wait_ticks(entry, w->ticks), wait_ticks(time, w->ticks),
              end_of(s, row, q));
    return OK;
}

/* Whole numbers stay whole; the others get six decimals. */
static enum err find_ticks(struct stats *s, const struct stats_rows *r, const struct wait_question *q,
                           double *ret_ticks)
{
    struct ctx *c = s->c;
    double v;

    *ret_ticks = 1;
    for (size_t i = 0; i < r->n; i++)
        for (int k = 0; k < 2; k++) {
            size_t column = k == 0 ? q->time : q->entry;
            if (column == STATS_NONE)
                continue;
            TRY(stats_number(s, r->row[i], column, &v));
            if (v != floor(v) && !isnan(v))
                *ret_ticks = FINE;
        }
    return OK;
}

/* How many people each row stands for: one, or what --count says, such as the days of a histogram. */
static enum err read_counts(struct stats *s, const struct stats_rows *r, const struct wait_question *q,
                            double **ret_count, size_t *ret_people)
{
    struct ctx *c = s->c;
    double *count = NULL, people = (double)r->n;

    if (q->count != STATS_NONE) {
        TRY(stats_numbers(s, r, q->count, &count));
        people = 0;
        for (size_t i = 0; i < r->n; i++) {
            if (!(count[i] >= 0 && count[i] <= PEOPLE_MAX) || count[i] != floor(count[i]))
                return FAIL(E_INVALID,
                            _("Line %lld, column \"%s\": a number of people is whole and not below 0."),
                            (long long)s->t.line[r->row[i]], s->t.name[q->count]);
            people += count[i];
        }
    }
    if (people > PEOPLE_MAX)
        return FAIL(E_INVALID, _("More than %d people is too many for this command."), PEOPLE_MAX);
    *ret_count = count;
    *ret_people = (size_t)people;
    return OK;
}

enum err waits_read(struct stats *s, const struct stats_rows *r, const struct wait_question *q,
                    struct waits *w)
{
    struct ctx *c = s->c;
    double ticks = q->unit, *count;
    size_t people;

    if (q->time != STATS_NONE)
        TRY(find_ticks(s, r, q, &ticks));
    TRY(read_counts(s, r, q, &count, &people));
    TRY(waits_room(s, people, ticks, w));
    for (size_t i = 0; i < r->n; i++) {
        size_t copies = count != NULL ? (size_t)count[i] : 1;
        for (size_t k = 0; k < copies; k++)
            TRY(q->time != STATS_NONE ? add_length(s, r->row[i], q, w) : add_moments(s, r->row[i], q, w));
    }
    return OK;
}

/* ── What is printed ──────────────────────────────────────────────────────────────────────────────────────
 */

static bool is_event(const struct wait_question *q, const char *end)
{
    for (size_t i = 0; i < q->n_event; i++)
        if (text_is(end, q->event[i]))
            return true;
    return end != NULL && q->n_event == 0;
}

static void out_quantiles(struct stats *s, const struct survival_curve *k, const struct wait_question *q,
                          double ticks)
{
    struct survival_quantile v[SURVIVAL_QUANTILES_MAX];

    survival_quantiles(k, q->p, q->n_p, &q->way, v);
    out_open_rows(s, "quantiles");
    for (size_t i = 0; i < q->n_p; i++) {
        out_open(s, NULL);
        out_number(s, "p", q->p[i]);
        out_number(s, "value", v[i].value / ticks);
        out_number(s, "lower", v[i].lower / ticks);
        out_number(s, "upper", v[i].upper / ticks);
        out_close(s);
    }
    out_close_rows(s);
}

static struct compare_value in_units(const struct survival_quantile *v, double ticks)
{
    return (
        struct compare_value){ { v->value / ticks, v->lower / ticks, v->upper / ticks }, v->below, v->above };
}

void out_differences(struct stats *s, const struct wait_question *q, const struct survival_quantile *v,
                     double ticks)
{
    const struct survival_quantile *w = v + q->n_p;

    out_open_rows(s, "differences");
    for (size_t i = 0; i < q->n_p; i++) {
        const struct compare_value before = in_units(&v[i], ticks), after = in_units(&w[i], ticks);
        struct interval d = compare_values(&before, &after, q->way.level > 0 ? q->way.level : 0.95);
        out_open(s, NULL);
        out_number(s, "p", q->p[i]);
        out_number(s, "value", d.value);
        out_number(s, "lower", d.lower);
        out_number(s, "upper", d.upper);
        out_close(s);
    }
    out_close_rows(s);
}

static void out_times(struct stats *s, const struct survival_curve *k, const struct wait_question *q,
                      double ticks)
{
    out_open_rows(s, "at");
    for (size_t i = 0; i < q->n_at; i++) {
        struct survival_point v = survival_at(k, wait_ticks(q->at[i], ticks), &q->way);
        out_open(s, NULL);
        out_number(s, "t", q->at[i]);
        out_number(s, "survival", v.survival);
        out_number(s, "se", v.se);
        out_number(s, "lower", v.lower);
        out_number(s, "upper", v.upper);
        out_close(s);
    }
    out_close_rows(s);
}

/* Only those who were seen to the end: biased, as the long waits are missing. As it stands in the file, also
 * below 0. */
static enum err out_completed(struct stats *s, const struct waits *w, const struct wait_question *q)
{
    struct ctx *c = s->c;
    int64_t *v;
    double sum = 0;
    size_t n = 0;

    TRY(ctx_alloc(c, w->n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < w->n; i++)
        if (is_event(q, w->end[i])) {
            v[n++] = wait_ticks(w->signed_units[i], w->ticks);
            sum += w->signed_units[i];
        }
    out_open(s, "completed");
    out_bool(s, "biased", true);
    out_count(s, "n", (int64_t)n);
    out_number(s, "mean", n > 0 ? sum / (double)n : NAN);
    out_open_rows(s, "quantiles");
    for (size_t i = 0; i < q->n_p; i++) {
        out_open(s, NULL);
        out_number(s, "p", q->p[i]);
        out_number(s, "type7", quantile_select(v, n, q->p[i], QUANTILE_TYPE_7) / w->ticks);
        out_number(s, "type1", quantile_select(v, n, q->p[i], QUANTILE_TYPE_1) / w->ticks);
        out_close(s);
    }
    out_close_rows(s);
    out_close(s);
    return OK;
}

static void out_mean(struct stats *s, const struct survival_curve *k, const struct wait_question *q,
                     double ticks)
{
    double mean, se;

    if (isnan(q->until))
        return;
    survival_mean(k, wait_ticks(q->until, ticks), &mean, &se);
    out_open(s, "mean");
    out_number(s, "until", q->until);
    out_number(s, "value", mean / ticks);
    out_number(s, "se", se / ticks);
    out_close(s);
}

enum err out_survival(struct stats *s, const struct waits *w, const struct wait_question *q,
                      struct survival_sample *sample)
{
    struct ctx *c = s->c;
    struct survival_step *step;
    struct survival_curve k;
    uint64_t *scratch;

    *sample = (struct survival_sample){ 0 };
    TRY(ctx_alloc(c, w->n + 1, sizeof *sample->key, (void *)&sample->key));
    TRY(ctx_alloc(c, w->n + 1, sizeof *sample->entry, (void *)&sample->entry));
    TRY(ctx_alloc(c, w->n + 1, sizeof *scratch, (void *)&scratch));
    for (size_t i = 0; i < w->n; i++)
        survival_add(sample, w->entry[i], w->time[i], is_event(q, w->end[i]));
    survival_sort(sample, scratch);
    TRY(ctx_alloc(c, sample->events + 1, sizeof *step, (void *)&step));
    k = survival_curve(sample, step);
    out_count(s, "n", (int64_t)k.n);
    out_count(s, "events", (int64_t)k.events);
    out_count(s, "censored", (int64_t)(k.n - k.events));
    out_count(s, "negative", w->negative);
    out_count(s, "late", (int64_t)sample->n_entry);
    out_count(s, "dropped", (int64_t)sample->dropped);
    out_count(s, "unknown", w->unknown);
    out_number(s, "last", k.last < 0 ? NAN : (double)k.last / w->ticks);
    out_quantiles(s, &k, q, w->ticks);
    out_times(s, &k, q, w->ticks);
    out_mean(s, &k, q, w->ticks);
    return out_completed(s, w, q);
}

void out_test(struct stats *s, const char *name, const struct logrank *l)
{
    out_open(s, name);
    out_number(s, "chisq", l->chisq);
    out_count(s, "df", l->df);
    out_number(s, "p", l->p);
    out_close(s);
}

void out_logrank(struct stats *s, const struct survival_sample *sample, size_t groups)
{
    struct logrank l = { NAN, NAN, 0 };

    if (groups <= LOGRANK_GROUPS_MAX)
        l = survival_logrank(sample, groups, NULL, NULL);
    out_test(s, "logrank", &l);
}
