// SPDX-License-Identifier: EUPL-1.2
/* Competing ends: what peil stats incidence and log print about them. */
#include "base/sort.h"
#include "base/text.h"
#include "cli/stats_wait.h"
#include "measure/gray.h"

#include <math.h>

#define CURVE_TIMES_MAX 20000

struct curve_times {
    int64_t *at; /* ticks */
    size_t n;
};

/* The shares by the times asked for; without any by every time at which something ended. */
static void out_cause(struct stats *s, const char *cause, const struct incidence_sample *sample,
                      const struct wait_question *q, const struct curve_times *t, double ticks)
{
    struct incidence_point v[INCIDENCE_TIMES_MAX];

    out_open_rows(s, cause);
    for (size_t from = 0; from < t->n; from += INCIDENCE_TIMES_MAX) {
        size_t n = t->n - from < INCIDENCE_TIMES_MAX ? t->n - from : INCIDENCE_TIMES_MAX;
        incidence_at(sample, t->at + from, n, &q->way, v);
        for (size_t i = 0; i < n; i++) {
            bool known = !v[i].beyond;
            out_open(s, NULL);
            out_number(s, "t", (double)t->at[from + i] / ticks);
            out_number(s, "value", known ? v[i].value : NAN);
            out_number(s, "se_aalen", known ? v[i].se_aalen : NAN);
            out_number(s, "se", known ? v[i].se : NAN);
            out_number(s, "lower", known ? v[i].lower : NAN);
            out_number(s, "upper", known ? v[i].upper : NAN);
            out_close(s);
        }
    }
    out_close_rows(s);
}

/* The different times at which something ended, in order. */
static enum err find_times(struct stats *s, const struct waits *w, const struct wait_question *q,
                           struct curve_times *ret)
{
    struct ctx *c = s->c;
    uint64_t *time, *scratch;
    size_t n = 0, different = 0;

    TRY(ctx_alloc(c, w->n + INCIDENCE_TIMES_MAX, sizeof *ret->at, (void *)&ret->at));
    ret->n = q->n_at;
    for (size_t i = 0; i < q->n_at; i++)
        ret->at[i] = wait_ticks(q->at[i], w->ticks);
    if (q->n_at > 0)
        return OK;
    TRY(ctx_alloc(c, w->n + 1, sizeof *time, (void *)&time));
    TRY(ctx_alloc(c, w->n + 1, sizeof *scratch, (void *)&scratch));
    for (size_t i = 0; i < w->n; i++)
        if (w->end[i] != NULL)
            time[n++] = (uint64_t)w->time[i];
    sort_u64(time, scratch, n);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || time[i] != time[i - 1])
            ret->at[different++] = (int64_t)time[i];
    ret->n = different;
    if (different > CURVE_TIMES_MAX)
        return FAIL(E_INVALID, _("The whole curve has %zu steps; ask for some times with --times 30,90."),
                    different);
    return OK;
}

static enum err incidence_room(struct stats *s, size_t n, struct incidence_sample *ret,
                               uint64_t **ret_scratch)
{
    struct ctx *c = s->c;

    *ret = (struct incidence_sample){ 0 };
    TRY(ctx_alloc(c, n + 1, sizeof *ret->key, (void *)&ret->key));
    TRY(ctx_alloc(c, n + 1, sizeof *ret->entry, (void *)&ret->entry));
    return ctx_alloc(c, n + 1, sizeof **ret_scratch, (void *)ret_scratch);
}

/* The waits as they look for one cause. */
static void take_cause(const struct waits *w, const char *cause, struct incidence_sample *sample,
                       uint64_t *scratch)
{
    sample->n = sample->n_entry = sample->cause = sample->other = sample->dropped = 0;
    for (size_t i = 0; i < w->n; i++)
        incidence_add(sample, w->entry[i], w->time[i],
                      w->end[i] == NULL           ? INCIDENCE_OPEN
                      : text_is(w->end[i], cause) ? INCIDENCE_CAUSE
                                                  : INCIDENCE_OTHER);
    incidence_sort(sample, scratch);
}

enum err out_incidence(struct stats *s, const struct waits *w, const struct wait_question *q,
                       const char *const *cause, size_t causes)
{
    struct ctx *c = s->c;
    struct incidence_sample sample;
    struct curve_times times;
    uint64_t *scratch;

    TRY(find_times(s, w, q, &times));
    TRY(incidence_room(s, w->n, &sample, &scratch));
    out_open(s, "causes");
    for (size_t k = 0; k < causes; k++) {
        take_cause(w, cause[k], &sample, scratch);
        out_cause(s, cause[k], &sample, q, &times, w->ticks);
    }
    out_close(s);
    return OK;
}

enum err out_gray(struct stats *s, const struct waits *group, size_t groups, const char *const *cause,
                  size_t causes)
{
    struct ctx *c = s->c;
    struct incidence_sample sample[GRAY_GROUPS_MAX];
    uint64_t *scratch[GRAY_GROUPS_MAX];

    if (groups > GRAY_GROUPS_MAX)
        return OK;
    for (size_t g = 0; g < groups; g++)
        TRY(incidence_room(s, group[g].n, &sample[g], &scratch[g]));
    out_open(s, "gray");
    for (size_t k = 0; k < causes; k++) {
        struct logrank l;
        for (size_t g = 0; g < groups; g++)
            take_cause(&group[g], cause[k], &sample[g], scratch[g]);
        l = gray_compare(sample, groups);
        out_test(s, cause[k], &l);
    }
    out_close(s);
    return OK;
}
