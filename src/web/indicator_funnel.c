// SPDX-License-Identifier: EUPL-1.2
#include "web/indicator_funnel.h"

#include "web/show.h"

#include <math.h>

static bool has_funnel(const struct part *p)
{
    return p->calc == CALC_SHARE || p->calc == CALC_STOCK_SHARE || p->calc == CALC_POOLED ||
           p->calc == CALC_RATE;
}

/* The value as a share or an event rate, and the size that it stands on. False: it is not shown. */
static bool value_of(const struct measured *m, double *ret_value, double *ret_size)
{
    const struct figure_result *f = &m->figure;

    if (m->code != NULL || measured_state(m) != MEASURED_VALUE || f->n < m->part->minimum)
        return false;
    if (m->part->calc == CALC_RATE) {
        *ret_size = f->value[f->values - 1].value; /* the exposure */
        *ret_value = (double)f->n / *ret_size;
    } else {
        *ret_size = (double)f->n;
        *ret_value = measured_value(m)->value;
    }
    return *ret_size > 0;
}

enum err indicator_funnel_make(struct ctx *c, const struct measured_list *groups,
                               struct indicator_funnel *ret_funnel)
{
    struct indicator_funnel f = { .there = false };
    double *value, *size, *scratch, events = 0, all = 0;
    size_t n = 0;

    *ret_funnel = f;
    if (groups->n == 0 || !has_funnel(groups->row[0].part))
        return OK;
    f.kind = groups->row[0].part->calc == CALC_RATE ? STANDARD_RATE : STANDARD_SHARE;
    TRY(ctx_alloc(c, groups->n, sizeof *value, (void *)&value));
    TRY(ctx_alloc(c, groups->n, sizeof *size, (void *)&size));
    TRY(ctx_alloc(c, 2 * groups->n, sizeof *scratch, (void *)&scratch));
    for (size_t i = 0; i < groups->n; i++) {
        if (!value_of(&groups->row[i], &value[n], &size[n]))
            continue;
        events += value[n] * size[n];
        all += size[n++];
    }
    if (n < OVERDISPERSION_GROUPS_MIN)
        return OK;
    f.target = events / all;
    f.spread = overdispersion_of(f.kind, value, size, n, f.target, OVERDISPERSION_WINSOR, scratch);
    f.there = !isnan(f.spread.phi);
    *ret_funnel = f;
    return OK;
}

static const char *place_of(const struct ctx *c, const struct indicator_funnel *f, const struct measured *m,
                            double tau)
{
    double value, size;
    struct standard_limits k;

    if (!f->there || !value_of(m, &value, &size))
        return "";
    k = overdispersion_funnel(f->kind, f->target, size, tau, STANDARD_WARNING);
    return value > k.upper ? _("higher") : value < k.lower ? _("lower") : _("as expected");
}

const char *indicator_funnel_chance(const struct ctx *c, const struct indicator_funnel *f,
                                    const struct measured *m)
{
    return place_of(c, f, m, 0);
}

const char *indicator_funnel_spread(const struct ctx *c, const struct indicator_funnel *f,
                                    const struct measured *m)
{
    return place_of(c, f, m, f->spread.tau);
}

const char *indicator_funnel_words(struct ctx *c, const struct indicator_funnel *f)
{
    double times = f->kind == STANDARD_SHARE ? 100 : 1000;

    if (!f->there)
        return NULL;
    if (!f->spread.present)
        return _("They do not differ more than chance makes. Outside the limits of 95 percent stands who is "
                 "higher or "
                 "lower.");
    return filled_text(
        c,
        _("They differ more than chance makes (ratio {1}). The last column has room for the usual spread "
          "between them too ({2}). Who is higher or lower there is really different."),
        number_text(c, f->spread.phi, 1),
        filled_text(c, f->kind == STANDARD_SHARE ? _("{1} points") : _("{1} per 1,000"),
                    number_text(c, f->spread.tau * times, 1), ""));
}
