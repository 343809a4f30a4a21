// SPDX-License-Identifier: EUPL-1.2
/* Which indicators there are, who may read them, and what a result says. */
#include "account/indicator.h"

#include "base/text.h"
#include "register/config.h"
#include "register/definition.h"
#include "register/right.h"

#include <math.h>
#include <string.h>

enum err indicators_get(struct ctx *c, const char *own, struct indicators *ret_indicators)
{
    struct condition_setting amount[DEFINITION_AMOUNTS];
    const struct catalogue_settings s = { amount, DEFINITION_AMOUNTS };
    struct definition *row;
    struct definition_fault fault;
    struct part *part;
    size_t n;

    TRY(definition_amounts(c, amount));
    TRY(definition_own(c, own, &row, &n));
    TRY(ctx_alloc(c, catalogue_count + n, sizeof *part, (void *)&part));
    for (size_t i = 0; i < catalogue_count + n; i++) {
        const struct definition *d = i < catalogue_count ? &catalogue[i] : &row[i - catalogue_count];
        if (!part_parse(d, &s, &part[i], &fault)) /* the test of the catalogue finds it first */
            return FAIL(E_CORRUPT, "%s%s %s \"%s\"", d->id, d->part, fault.column, fault.text);
    }
    *ret_indicators = (struct indicators){ part, catalogue_count + n };
    return OK;
}

bool indicator_find(const struct indicators *all, const char *id, size_t *ret_first, size_t *ret_n)
{
    size_t n = 0, first = 0;

    for (size_t i = 0; i < all->n; i++)
        if (text_is(all->part[i].row->id, id) && n++ == 0)
            first = i;
    *ret_first = first;
    *ret_n = n;
    return n > 0;
}

bool indicator_counts(const struct indicators *all, const struct part *p, int32_t day)
{
    if (p->since != DAY_NONE && p->since > day)
        return false;
    for (size_t i = 0; i < all->n; i++) {
        const struct part *o = &all->part[i];
        bool same = text_is(o->row->id, p->row->id) && text_is(o->row->part, p->row->part);
        if (same && o->version > p->version && (o->since == DAY_NONE || o->since <= day))
            return false;
    }
    return true;
}

bool indicator_may_read(const struct ctx *c, const struct part *p)
{
    static const struct {
        enum role role;
        enum reader_bit reader;
    } who[] = { { ROLE_SOCIAL_WORKER, READER_WORKER },
                { ROLE_TEAM_LEAD, READER_TEAM_LEAD },
                { ROLE_QUALITY, READER_QUALITY },
                { ROLE_BOARD, READER_BOARD },
                { ROLE_ACCOUNT_MANAGER, READER_ACCOUNT_MANAGER } };

    if (c->actor == NULL || !role_may(c->actor->role, RIGHT_FIGURES))
        return false;
    if (!p->only || c->actor->role == ROLE_SYSTEM)
        return true;
    for (size_t i = 0; i < COUNT(who); i++)
        if (c->actor->role == who[i].role)
            return (p->readers >> who[i].reader & 1) != 0;
    return false;
}

bool indicator_may_see_small(struct ctx *c, const char *team)
{
    const struct config *k;

    switch (c->actor != NULL ? c->actor->role : ROLES) {
    case ROLE_QUALITY:
    case ROLE_BOARD:
    case ROLE_DPO:
    case ROLE_SYSTEM:
        return true;
    case ROLE_TEAM_LEAD:
    case ROLE_SOCIAL_WORKER:
        return team != NULL && config_get(c, &k) == OK && text_is(config_team_name(k, c->actor->team), team);
    default:
        return false;
    }
}

const char *part_what(const struct ctx *c, const struct part *p)
{
    return c->lang == LANG_NL && p->row->what_nl != NULL ? p->row->what_nl : _(p->row->what);
}

const char *indicator_name(const struct ctx *c, const struct indicators *all, const struct part *p)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct definition *d = all->part[i].row;
        bool named = d->name != NULL && text_is(d->id, p->row->id) &&
                     (all->part[i].version == p->version || p->row->name == NULL);
        if (named)
            return c->lang == LANG_NL && d->name_nl != NULL ? d->name_nl : _(d->name);
    }
    return p->row->id;
}

/* ── What a result says ── */

static bool is_headline(const struct measured *m, const struct figure_value *v)
{
    switch (v->kind) {
    case FIGURE_QUANTILE:
    case FIGURE_NUMBER:
        return m->part->unit != MEASURE_COUNT && fabs(v->at - 0.5) < 1e-9;
    case FIGURE_INCIDENCE:
        return fabs(v->at - 91) < 1e-9; /* 13 weeks */
    case FIGURE_SUM:
        return m->part->calc == CALC_SUM;
    case FIGURE_COUNT:
        return m->part->unit == MEASURE_COUNT && isnan(v->at);
    case FIGURE_RATIO:
        return m->part->calc == CALC_RATIO;
    case FIGURE_MEAN:
    case FIGURE_MAX:
    case FIGURE_QUANTILE_TYPE1:
    case FIGURE_KINDS:
        return false;
    case FIGURE_SHARE:
    case FIGURE_RATE:
    case FIGURE_AVERAGE:
        break;
    }
    return true;
}

const struct figure_value *measured_value(const struct measured *m)
{
    for (size_t i = 0; i < m->figure.values; i++)
        if (is_headline(m, &m->figure.value[i]))
            return &m->figure.value[i];
    return NULL;
}

enum measured_state measured_state(const struct measured *m)
{
    const struct figure_value *v = measured_value(m);

    if (m->figure.no_data)
        return MEASURED_NO_DATA;
    if (m->part->unit != MEASURE_COUNT && m->part->calc != CALC_SUM && m->part->calc != CALC_RATE &&
        m->figure.n < m->part->minimum)
        return MEASURED_FEW;
    return v != NULL && isfinite(v->value) ? MEASURED_VALUE : MEASURED_NONE;
}

enum verdict measured_verdict(const struct measured *m)
{
    const struct part *p = m->part;
    const struct figure_value *v = measured_value(m);
    double lower, upper;

    if (isnan(p->norm) || p->better == BETTER_NEITHER || measured_state(m) != MEASURED_VALUE ||
        m->code != NULL)
        return VERDICT_NONE;
    lower = isnan(v->lower) ? v->value : v->lower;
    upper = isnan(v->upper) ? v->value : v->upper;
    if (p->better == BETTER_HIGHER && p->norm >= 1 &&
        p->unit == MEASURE_SHARE) /* everybody: one miss is one */
        return v->value < 1 ? VERDICT_WORSE : VERDICT_BETTER;
    if (lower > p->norm)
        return p->better == BETTER_HIGHER ? VERDICT_BETTER : VERDICT_WORSE;
    if (upper < p->norm)
        return p->better == BETTER_HIGHER ? VERDICT_WORSE : VERDICT_BETTER;
    return VERDICT_PLAIN;
}

const char *verdict_code(enum verdict v)
{
    static const char *const codes[] = { "none", "plain", "better", "worse" };

    return codes[v];
}
