// SPDX-License-Identifier: EUPL-1.2
/* peil stats survival, incidence. */
#include "base/date.h"
#include "base/text.h"
#include "cli/stats_wait.h"
#include "measure/gray.h"

#include <string.h>

/* Either a column with the length, or two with moments. */
static enum err read_columns(struct stats *s, struct wait_question *q)
{
    struct ctx *c = s->c;

    TRY(wait_read_question(s, q));
    TRY(stats_column(s, "--time", false, &q->time));
    TRY(stats_column(s, "--from", q->time == STATS_NONE, &q->from));
    TRY(stats_column(s, "--to", q->time == STATS_NONE, &q->to));
    TRY(stats_column(s, "--until", false, &q->seen));
    TRY(stats_column(s, "--entry", false, &q->entry));
    TRY(stats_column(s, "--count", false, &q->count));
    if (q->time != STATS_NONE && q->from != STATS_NONE)
        return FAIL(E_METHOD, "%s", _("Give --time, or --from and --to, not both."));
    if (q->entry != STATS_NONE && q->time == STATS_NONE)
        return FAIL(E_METHOD, "%s", _("--entry goes with --time; with --from and --to use --since."));
    return OK;
}

struct survival_work {
    struct wait_question q;
    struct survival_sample sample[LOGRANK_GROUPS_MAX];
    size_t samples;
    double ticks;
};

static enum err one_survival(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    struct survival_work *a = arg;
    struct survival_sample sample;
    struct waits w;

    TRY(waits_read(s, r, &a->q, &w));
    TRY(out_survival(s, &w, &a->q, &sample));
    if (a->samples < LOGRANK_GROUPS_MAX)
        a->sample[a->samples] = sample;
    a->samples++;
    a->ticks = w.ticks;
    return OK;
}

/* Of two groups: by how much the quantiles of the second differ from those of the first. */
static enum err two_groups(struct stats *s, const struct survival_work *a)
{
    struct ctx *c = s->c;
    struct survival_quantile v[2 * SURVIVAL_QUANTILES_MAX];

    for (size_t i = 0; i < 2; i++) {
        struct survival_step *step;
        TRY(ctx_alloc(c, a->sample[i].events + 1, sizeof *step, (void *)&step));
        const struct survival_curve k = survival_curve(&a->sample[i], step);
        survival_quantiles(&k, a->q.p, a->q.n_p, &a->q.way, v + i * a->q.n_p);
    }
    out_differences(s, &a->q, v, a->ticks);
    return OK;
}

enum err stats_survival(struct stats *s)
{
    struct ctx *c = s->c;
    struct survival_work a = { 0 };

    TRY(stats_load(s));
    TRY(read_columns(s, &a.q));
    TRY(stats_column(s, "--status", false, &a.q.status));
    TRY(stats_get_words(s, "--event", &a.q.event, &a.q.n_event));
    if ((a.q.status == STATS_NONE) != (a.q.n_event == 0))
        return FAIL(E_METHOD, "%s",
                    _("--status and --event go together: the column, and its values that are events."));
    TRY(stats_each_group(s, one_survival, &a));
    if (s->by && a.samples == 2)
        TRY(two_groups(s, &a));
    if (s->by)
        out_logrank(s, a.sample, a.samples);
    return OK;
}

/* ── Competing ends ───────────────────────────────────────────────────────────────────────────────────────
 */

struct incidence_work {
    struct wait_question q;
    const char **cause, **censored;
    size_t causes, n_censored;
    struct waits group[GRAY_GROUPS_MAX]; /* of which more would not be compared */
    size_t groups;
};

static bool is_censored(const struct incidence_work *a, const char *end)
{
    for (size_t i = 0; i < a->n_censored; i++)
        if (text_is(end, a->censored[i]))
            return true;
    return end == NULL;
}

static enum err read_ends(struct stats *s, const struct stats_rows *r, const struct incidence_work *a,
                          struct waits *w)
{
    struct ctx *c = s->c;

    TRY(waits_read(s, r, &a->q, w));
    for (size_t i = 0; i < w->n; i++)
        if (is_censored(a, w->end[i]))
            w->end[i] = NULL;
    return OK;
}

static enum err one_incidence(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    struct incidence_work *a = arg;
    int64_t ended = 0;
    struct waits w;

    TRY(read_ends(s, r, a, &w));
    if (a->groups < GRAY_GROUPS_MAX)
        a->group[a->groups] = w;
    a->groups++;
    for (size_t i = 0; i < w.n; i++)
        ended += w.end[i] != NULL;
    out_count(s, "n", (int64_t)w.n);
    out_count(s, "censored", (int64_t)w.n - ended);
    out_count(s, "negative", w.negative);
    out_count(s, "unknown", w.unknown);
    out_open(s, "ended");
    for (size_t k = 0; k < a->causes; k++) {
        int64_t n = 0;
        for (size_t i = 0; i < w.n; i++)
            n += text_is(w.end[i], a->cause[k]);
        out_count(s, a->cause[k], n);
    }
    out_close(s);
    return out_incidence(s, &w, &a->q, a->cause, a->causes);
}

/* The different values of the cause, without those that are censorings. */
static enum err find_causes(struct stats *s, struct incidence_work *a)
{
    struct ctx *c = s->c;
    struct stats_rows *value;
    size_t n;

    TRY(stats_split(s, &s->all, a->q.status, &value, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *a->cause, (void *)&a->cause));
    for (size_t i = 0; i < n; i++)
        if (!is_censored(a, value[i].label) && value[i].label[0] != '\0')
            a->cause[a->causes++] = value[i].label;
    if (a->causes > 100)
        return FAIL(E_INVALID, _("The column of the causes has %zu different values; that is too many."),
                    a->causes);
    return OK;
}

enum err stats_incidence(struct stats *s)
{
    struct ctx *c = s->c;
    struct incidence_work a = { 0 };

    TRY(stats_load(s));
    TRY(read_columns(s, &a.q));
    TRY(stats_column(s, "--cause", true, &a.q.status));
    TRY(stats_get_words(s, "--censored", &a.censored, &a.n_censored));
    if (a.n_censored == 0)
        return stats_missing(s, "--censored");
    TRY(find_causes(s, &a));
    TRY(stats_each_group(s, one_incidence, &a));
    return s->by ? out_gray(s, a.group, a.groups, a.cause, a.causes) : OK;
}
