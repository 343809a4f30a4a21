// SPDX-License-Identifier: EUPL-1.2
/* What results look like: numbers with their unit, how sure, and what may not be shown. */
#include "base/text.h"
#include "web/indicator.h"
#include "web/indicator_words.h"
#include "web/show.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *unit_text(struct ctx *c, const struct part *p, double v)
{
    switch (p->unit) {
    case MEASURE_SHARE:
        return percent_text(c, v);
    case MEASURE_COUNT:
        return count_text(c, llround(v));
    case MEASURE_DAYS:
        return filled_text(c, llabs(llround(v)) == 1 ? _("{1} day") : _("{1} days"), number_text(c, v, 0),
                           "");
    case MEASURE_SECONDS:
        return filled_text(c, _("{1} seconds"), number_text(c, v, 0), "");
    case MEASURE_HOURS:
        return filled_text(c, llround(v) == 1 ? _("{1} hour") : _("{1} hours"), number_text(c, v, 0), "");
    case MEASURE_PER_1000:
        return filled_text(c, _("{1} per 1,000"), number_text(c, v, 1), "");
    case MEASURE_POINTS:
        return filled_text(c, _("{1} points"), number_text(c, v, 2), "");
    case MEASURE_PER_WORKER:
        return filled_text(c, _("{1} requests per full-time worker"), number_text(c, v, 1), "");
    case MEASURE_PER_HOUR:
        return filled_text(c, _("{1} per hour"), number_text(c, v, 2), "");
    case MEASURE_NUMBER:
    case MEASURE_UNITS:
        break;
    }
    return number_text(c, v, p->calc == CALC_SUM ? 0 : 2);
}

/* Without its unit, for the first of two numbers. */
static const char *bare_text(struct ctx *c, const struct part *p, double v)
{
    switch (p->unit) {
    case MEASURE_SHARE:
        return number_text(c, v * 100, 0);
    case MEASURE_DAYS:
    case MEASURE_SECONDS:
    case MEASURE_HOURS:
        return number_text(c, v, 0);
    case MEASURE_PER_1000:
    case MEASURE_PER_WORKER:
        return number_text(c, v, 1);
    case MEASURE_POINTS:
    case MEASURE_PER_HOUR:
        return number_text(c, v, 2);
    case MEASURE_COUNT:
    case MEASURE_NUMBER:
    case MEASURE_UNITS:
        break;
    }
    return unit_text(c, p, v);
}

/* A count that could point at somebody is not shown to everybody. */
static bool is_hidden(const struct measured *m, bool small)
{
    bool counts = m->part->unit == MEASURE_COUNT || m->part->calc == CALC_RATE;

    if (small)
        return false;
    return counts ? m->figure.n > 0 && m->figure.n < FEW : false;
}

const char *measured_text(struct ctx *c, const struct measured *m, bool small)
{
    if (measured_state(m) != MEASURED_VALUE || is_hidden(m, small))
        return "";
    return unit_text(c, m->part, measured_value(m)->value);
}

const char *measured_why(const struct ctx *c, const struct measured *m, bool small)
{
    switch (measured_state(m)) {
    case MEASURED_NO_DATA:
        return _("No data about this period");
    case MEASURED_FEW:
        return m->figure.n == 0 ? _("Nothing in this period") : _("Too few to say");
    case MEASURED_NONE:
        return m->figure.n == 0 ? _("Nobody in this period") : _("Not reached yet");
    case MEASURED_VALUE:
        break;
    }
    return is_hidden(m, small) ? _("Fewer than 5, not shown") : "";
}

const char *measured_between(struct ctx *c, const struct measured *m, bool small)
{
    const struct figure_value *v = measured_value(m);

    if (measured_state(m) != MEASURED_VALUE || is_hidden(m, small) || v == NULL || !isfinite(v->lower))
        return "";
    if (!isfinite(v->upper))
        return filled_text(c, _("at least {1}"), unit_text(c, m->part, v->lower), "");
    return filled_text(c, _("{1} to {2}"), bare_text(c, m->part, v->lower), unit_text(c, m->part, v->upper));
}

const char *measured_not_by(const struct ctx *c)
{
    return _("Cannot be told apart by what you chose");
}

const char *measured_count(struct ctx *c, const struct measured *m, bool small)
{
    if (m->figure.no_data)
        return "";
    if (!small && m->figure.n > 0 && m->figure.n < FEW)
        return _("fewer than 5");
    return count_text(c, m->figure.n);
}

static void verdict_fill(struct ctx *c, const struct measured *m, bool shown, struct indicator_card *k)
{
    enum verdict v = measured_verdict(m);

    k->look = v == VERDICT_WORSE ? "worse" : v == VERDICT_BETTER ? "better" : "plain";
    k->mark = v == VERDICT_WORSE ? "◆" : v == VERDICT_BETTER ? "●" : "○";
    k->verdict = isnan(m->part->norm) ? _("no agreed number")
                                      : agreement_text(c, shown && v != VERDICT_NONE ? k->look : NULL,
                                                       definition_norm(c, m->part));
}

/* "36 days; how sure: 29 to 42 days; n = 1.698" */
static const char *note(struct ctx *c, const struct measured *m, bool small)
{
    const char *n = measured_count(c, m, small), *between = measured_between(c, m, small), *text;

    if (m->figure.no_data)
        return filled_text(c, _("n = {1}"), "–", "");
    text = between[0] != '\0' ? filled_text(c, _("how sure: {1}; n = {2}"), between, n)
                              : filled_text(c, _("n = {1}"), n, "");
    if (m->figure.censored > 0 && m->part->calc != CALC_FIGURE && m->part->calc != CALC_TIME)
        text = filled_text(c, _("{1}; not yet to be said of {2}"), text, count_text(c, m->figure.censored));
    return text;
}

void indicator_card_fill(struct ctx *c, const struct indicator_measuring *g, const struct measured *m,
                         struct indicator_card *ret_card)
{
    char version[24];
    const char *url = "", *definition = "";

    snprintf(version, sizeof version, "%d", m->part->version);
    if (ctx_copy(c, m->part->row->id, &url) != OK)
        url = "";
    definition = filled_text(c, _("{1}, version {2}"), url, version);
    *ret_card = (struct indicator_card){ .id = m->part->row->id,
                                         .label = indicator_name(c, &g->all, m->part),
                                         .what = part_what(c, m->part),
                                         .value = measured_text(c, m, g->small),
                                         .unit = "",
                                         .why = measured_why(c, m, g->small),
                                         .note = note(c, m, g->small),
                                         .definition = definition };
    verdict_fill(c, m, ret_card->value[0] != '\0', ret_card);
}
