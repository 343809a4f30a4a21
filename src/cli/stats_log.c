// SPDX-License-Identifier: EUPL-1.2
/* peil stats log: cases and events of an event log, its throughput, and the wait from one activity to
 * another. */
#include "base/date.h"
#include "base/text.h"
#include "cli/stats_wait.h"
#include "measure/quantile.h"

#include <math.h>
#include <string.h>

struct log {
    struct wait_question q;
    size_t cases, activity, time; /* columns */
    const char *start;
    const char **stop, **leave;
    size_t stops, leaves;
    int64_t *at; /* of each row of the file */
};

static bool is_one_of(const char *text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(text, list[i]))
            return true;
    return false;
}

/* What is known of one case at the reference time. */
struct way {
    int64_t first, last, start, end;
    const char *how; /* the activity that ended the wait */
};

/* Also an end before the start counts, as 0: a mistake in the log that has to show. */
static struct way read_case(const struct stats *s, const struct log *g, const struct stats_rows *r)
{
    struct way w = { TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE, NULL };

    for (size_t i = 0; i < r->n; i++) {
        const char *activity = stats_cell(s, r->row[i], g->activity);
        int64_t t = g->at[r->row[i]];

        if (w.first == TIME_NONE || t < w.first)
            w.first = t;
        if (w.last == TIME_NONE || t > w.last)
            w.last = t;
        if (g->start != NULL && text_is(activity, g->start) && (w.start == TIME_NONE || t < w.start))
            w.start = t;
        if ((is_one_of(activity, g->stop, g->stops) || is_one_of(activity, g->leave, g->leaves)) &&
            (w.end == TIME_NONE || t < w.end || (t == w.end && is_one_of(activity, g->stop, g->stops)))) {
            w.end = t;
            w.how = activity;
        }
    }
    return w;
}

static void add_wait(const struct log *g, const struct way *w, struct waits *ret)
{
    int64_t entry = SURVIVAL_FROM_START, seen = g->q.now != TIME_NONE ? g->q.now : w->last;

    if (w->start == TIME_NONE) {
        ret->unknown++;
        return;
    }
    if (g->q.since != TIME_NONE && w->start <= g->q.since) {
        if (w->end != TIME_NONE && w->end <= g->q.since)
            return;
        entry = g->q.since - w->start;
    }
    waits_add(ret, entry, (w->end != TIME_NONE ? w->end : seen) - w->start, w->how);
}

static void out_throughput(struct stats *s, const struct log *g, int64_t *seconds, size_t n)
{
    double unit = g->q.unit, sum = 0;
    char name[24];

    for (size_t i = 0; i < n; i++)
        sum += (double)seconds[i];
    out_open(s, "throughput");
    out_number(s, "mean", n > 0 ? sum / (double)n / unit : NAN);
    for (size_t i = 0; i < g->q.n_p; i++) {
        snprintf(name, sizeof name, "p%d", (int)lround(g->q.p[i] * 100));
        out_number(s, name, quantile_select(seconds, n, g->q.p[i], QUANTILE_TYPE_7) / unit);
    }
    for (size_t i = 0; i < g->q.n_p; i++) {
        snprintf(name, sizeof name, "p%d_type1", (int)lround(g->q.p[i] * 100));
        out_number(s, name, quantile_select(seconds, n, g->q.p[i], QUANTILE_TYPE_1) / unit);
    }
    out_close(s);
}

static enum err out_wait(struct stats *s, struct log *g, const struct waits *w)
{
    struct ctx *c = s->c;
    struct survival_sample sample;
    const char **cause;

    g->q.event = g->stop;
    g->q.n_event = g->stops;
    out_open(s, "wait");
    TRY(out_survival(s, w, &g->q, &sample));
    out_close(s);
    if (g->leaves == 0 || g->q.n_at == 0)
        return OK;
    TRY(ctx_alloc(c, g->stops + g->leaves, sizeof *cause, (void *)&cause));
    memcpy(cause, g->stop, g->stops * sizeof *cause);
    memcpy(cause + g->stops, g->leave, g->leaves * sizeof *cause);
    out_open(s, "ended");
    for (size_t k = 0; k < g->stops + g->leaves; k++) {
        int64_t n = 0;
        for (size_t i = 0; i < w->n; i++)
            n += text_is(w->end[i], cause[k]);
        out_count(s, cause[k], n);
    }
    out_close(s);
    return out_incidence(s, w, &g->q, cause, g->stops + g->leaves);
}

/* The events that are known at the reference time. */
static enum err known_rows(struct stats *s, const struct log *g, const struct stats_rows *r,
                           struct stats_rows *ret)
{
    struct ctx *c = s->c;

    *ret = (struct stats_rows){ .label = r->label };
    TRY(ctx_alloc(c, r->n + 1, sizeof *ret->row, (void *)&ret->row));
    for (size_t i = 0; i < r->n; i++) {
        int64_t t = g->at[r->row[i]];
        if (t != TIME_NONE && (g->q.now == TIME_NONE || t <= g->q.now))
            ret->row[ret->n++] = r->row[i];
    }
    return OK;
}

static enum err one_log(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    struct log *g = arg;
    struct stats_rows known, *cases, *activities;
    size_t n_case, n_activity;
    int64_t *seconds;
    struct waits w;

    TRY(known_rows(s, g, r, &known));
    TRY(stats_split(s, &known, g->cases, &cases, &n_case));
    TRY(stats_split(s, &known, g->activity, &activities, &n_activity));
    TRY(ctx_alloc(c, n_case + 1, sizeof *seconds, (void *)&seconds));
    TRY(waits_room(s, n_case, g->q.unit, &w));
    for (size_t i = 0; i < n_case; i++) {
        struct way way = read_case(s, g, &cases[i]);
        seconds[i] = way.last - way.first;
        if (g->start != NULL)
            add_wait(g, &way, &w);
    }
    out_count(s, "cases", (int64_t)n_case);
    out_count(s, "events", (int64_t)known.n);
    out_count(s, "activities", (int64_t)n_activity);
    out_throughput(s, g, seconds, n_case);
    return g->start != NULL ? out_wait(s, g, &w) : OK;
}

enum err stats_log(struct stats *s)
{
    struct ctx *c = s->c;
    struct log g = { .start = cli_option(s->k, "--start") };

    TRY(stats_load(s));
    TRY(wait_read_question(s, &g.q));
    TRY(stats_column(s, "--case", true, &g.cases));
    TRY(stats_column(s, "--activity", true, &g.activity));
    TRY(stats_column(s, "--time", true, &g.time));
    TRY(stats_get_words(s, "--stop", &g.stop, &g.stops));
    TRY(stats_get_words(s, "--exit", &g.leave, &g.leaves));
    if ((g.start == NULL) != (g.stops == 0))
        return FAIL(E_METHOD, "%s", _("--start and --stop go together."));
    TRY(ctx_alloc(c, s->t.rows + 1, sizeof *g.at, (void *)&g.at));
    for (size_t i = 0; i < s->all.n; i++)
        TRY(stats_time(s, s->all.row[i], g.time, &g.at[s->all.row[i]]));
    return stats_each_group(s, one_log, &g);
}
