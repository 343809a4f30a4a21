// SPDX-License-Identifier: EUPL-1.2
#include "stat/oracle.h"

#include "base/text.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* lo95 and hi95, with or without the name of the scale. */
static enum survival_scale scale_of(const char *metric, enum survival_scale otherwise)
{
    if (strstr(metric, "_log-log") != NULL)
        return SURVIVAL_LOG_LOG;
    return strstr(metric, "_log") != NULL ? SURVIVAL_LOG : otherwise;
}

static double side(const char *metric, double value, double lower, double upper)
{
    if (strstr(metric, "_lo95") != NULL)
        return lower;
    return strstr(metric, "_hi95") != NULL ? upper : value;
}

/* The same figure from the curve; false when the metric is about something else. */
static bool figure_of(const struct oracle *o, const struct survival_curve *k, const char *metric, double *ret)
{
    struct survival_way way = { .scale = scale_of(metric, o->scale) };
    double p, t, se;
    struct survival_quantile q;
    struct survival_point at;

    if (sscanf(metric, "km_p%lf_", &p) == 1) {
        p /= 100;
        survival_quantiles(k, &p, 1, &way, &q);
        *ret = side(metric, q.value, q.lower, q.upper) / o->unit;
    } else if (sscanf(metric, "S_day%lf", &t) == 1 || sscanf(metric, "S_%lf", &t) == 1) {
        at = survival_at(k, (int64_t)(t * o->unit), &way);
        *ret = strstr(metric, "_se") != NULL ? at.se : side(metric, at.survival, at.lower, at.upper);
    } else if (sscanf(metric, "share_closed_within_%lf_", &t) == 1 ||
               sscanf(metric, "km_share_within_%lf_", &t) == 1) {
        *ret = 1 - survival_at(k, (int64_t)(t * o->unit), &way).survival;
    } else if (sscanf(metric, "rmst_%lf", &t) == 1) {
        survival_mean(k, (int64_t)(t * o->unit), ret, &se);
        *ret = (strstr(metric, "_se") != NULL ? se : *ret) / o->unit;
    } else if (text_is(metric, "n")) {
        *ret = (double)k->n;
    } else if (text_is(metric, "events") || text_is(metric, "closed")) {
        *ret = (double)k->events;
    } else if (text_is(metric, "open")) {
        *ret = (double)(k->n - k->events);
    } else {
        return false;
    }
    return true;
}

int oracle_check(const struct oracle *o, const struct survival_curve *k)
{
    const struct csv *t = o->expected;
    size_t d = csv_column(t, "dataset"), g = csv_column(t, "group"), m = csv_column(t, "metric"),
           v = csv_column(t, "value");
    int checked = 0;

    for (size_t i = 0; i < t->rows; i++) {
        double got, want = csv_real(csv_cell(t, i, v));
        const char *metric = csv_cell(t, i, m);

        if (!text_is(csv_cell(t, i, d), o->data_set) || !text_is(csv_cell(t, i, g), o->group) ||
            !figure_of(o, k, metric, &got))
            continue;
        checked++;
        if (isnan(want))
            test_check(isnan(got), o->group, (int)i + 2, metric);
        else
            test_check_near(got, want, 1e-6, o->group, (int)i + 2, metric);
    }
    return checked;
}

struct survival_sample sample_room(struct ctx *c, size_t n)
{
    struct survival_sample s = { .key = arena_array(c->arena, n + 1, sizeof(uint64_t)),
                                 .entry = arena_array(c->arena, n + 1, sizeof(uint64_t)) };

    if (s.key == NULL || s.entry == NULL)
        test_skip("no memory for %zu observations", n);
    return s;
}

struct survival_curve sample_curve(struct ctx *c, struct survival_sample *s)
{
    uint64_t *scratch = arena_array(c->arena, s->n + 1, sizeof *scratch);
    struct survival_step *step = arena_array(c->arena, s->events + 1, sizeof *step);

    if (scratch == NULL || step == NULL)
        test_skip("no memory for %zu observations", s->n);
    survival_sort(s, scratch);
    return survival_curve(s, step);
}
