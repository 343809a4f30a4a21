// SPDX-License-Identifier: EUPL-1.2
#include "account/indicator_series.h"

#include "base/text.h"
#include "measure/compare.h"
#include "measure/control_chart.h"
#include "register/care.h"
#include "register/complaint.h"
#include "register/contact.h"
#include "register/evaluation.h"
#include "register/group.h"
#include "register/incident.h"
#include "register/law.h"
#include "register/outside_record.h"
#include "register/partner.h"
#include "register/request.h"
#include "register/worker.h"

#include <math.h>

static bool is_share(const struct part *p)
{
    return p->calc == CALC_SHARE || p->calc == CALC_PEOPLE || p->calc == CALC_POOLED ||
           p->calc == CALC_STOCK_SHARE || p->calc == CALC_MIX;
}

static void limits(struct indicator_series *s)
{
    const struct part *p = s->month[0]->part;
    double value[SERIES_MAX], size[SERIES_MAX], point[SERIES_MAX], sigma[SERIES_MAX];
    uint8_t flag[SERIES_MAX];
    struct chart_series in = { .kind = is_share(p) ? CHART_P_PRIME : CHART_XMR,
                               .value = value,
                               .denominator = is_share(p) ? size : NULL,
                               .n = s->n };
    struct chart k = { .point = point, .lower = s->lower, .upper = s->upper, .sigma = sigma };

    for (size_t i = 0; i < s->n; i++) {
        bool known = !isnan(s->value[i]);
        size[i] = known ? (double)s->month[i]->figure.n : NAN;
        value[i] = known && is_share(p) ? (double)s->month[i]->figure.events : s->value[i];
    }
    chart_limits(&in, &k);
    chart_signals(&k, s->n, CHART_RULES_NHS, flag);
    s->centre = k.centre;
    for (size_t i = 0; i < s->n; i++) {
        s->signal[i] = flag[i] != 0;
        if (s->lower[i] < 0) /* what is counted is never less than nothing */
            s->lower[i] = p->unit == MEASURE_NUMBER || p->unit == MEASURE_POINTS ? s->lower[i] : 0;
    }
}

void indicator_series_fill(const struct measured *row, size_t n, struct indicator_series *ret_series)
{
    struct indicator_series s = { .centre = NAN };

    for (size_t i = 0; i < n; i++) {
        if (row[i].code != NULL)
            continue;
        if (s.n == SERIES_MAX) { /* the last ones */
            for (size_t k = 1; k < SERIES_MAX; k++)
                s.month[k - 1] = s.month[k];
            s.n--;
        }
        s.month[s.n++] = &row[i];
    }
    for (size_t i = 0; i < s.n; i++) {
        s.value[i] = measured_state(s.month[i]) == MEASURED_VALUE ? measured_value(s.month[i])->value : NAN;
        s.lower[i] = s.upper[i] = NAN;
        s.signal[i] = false;
        s.known += isnan(s.value[i]) ? 0 : 1;
    }
    if (s.known >= SERIES_MIN)
        limits(&s);
    *ret_series = s;
}

const char *indicator_code_name(const struct ctx *c, const char *code)
{
    const struct {
        const struct code_name *list;
        size_t n;
    } lists[] = {
        { contact_failures, contact_failure_count },
        { line_kinds, line_kind_count },
        { request_routes, request_route_count },
        { request_channels, request_channel_count },
        { complaint_categories, complaint_category_count },
        { incident_kinds, incident_kind_count },
        { partner_kinds, partner_kind_count },
        { worker_disciplines, worker_discipline_count },
        { group_kinds, group_kind_count },
        { life_areas, life_area_count },
        { experience_questions, experience_question_count },
    };
    const struct law_provision *provision;
    int64_t urgency;

    if (code == NULL)
        return _("unknown");
    if (urgency_find(code, &urgency))
        return urgency_name(c, urgency);
    for (size_t i = 0; i < COUNT(lists); i++)
        if (code_known(lists[i].list, lists[i].n, code))
            return code_text(c, lists[i].list, lists[i].n, code);
    return law_provision_find(code, &provision) ? _(provision->name) : reason_name(c, code);
}

struct difference indicator_difference(const struct measured *before, const struct measured *after)
{
    struct difference d = { DIFFERENCE_NONE, NAN, NAN, NAN };
    const struct figure_value *a, *b;
    struct interval i;

    if (before == NULL || after == NULL || measured_state(before) != MEASURED_VALUE ||
        measured_state(after) != MEASURED_VALUE)
        return d;
    a = measured_value(before);
    b = measured_value(after);
    if (is_share(after->part)) {
        i = compare_shares(before->figure.events, before->figure.n, after->figure.events, after->figure.n,
                           0.95);
        return (struct difference){ DIFFERENCE_SHARE, i.value, i.lower, i.upper };
    }
    if (after->part->calc == CALC_COUNT || after->part->calc == CALC_RATE) {
        double days_before = (double)(before->to - before->from),
               days_after = (double)(after->to - after->from);
        if (after->part->calc == CALC_RATE) {
            days_before = before->figure.value[before->figure.values - 1].value;
            days_after = after->figure.value[after->figure.values - 1].value;
        }
        i = compare_rates(before->figure.n, days_before, after->figure.n, days_after, 0.95);
        return (struct difference){ DIFFERENCE_RATIO, i.value, i.lower, i.upper };
    }
    const struct compare_value x = { { a->value, a->lower, a->upper }, a->df_lower, a->df_upper },
                               y = { { b->value, b->lower, b->upper }, b->df_lower, b->df_upper };
    i = compare_values(&x, &y, 0.95);
    return (struct difference){ isnan(i.lower) ? DIFFERENCE_PLAIN : DIFFERENCE_VALUE, i.value, i.lower,
                                i.upper };
}
