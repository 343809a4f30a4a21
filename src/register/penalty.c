// SPDX-License-Identifier: EUPL-1.2
#include "register/penalty.h"

#include "base/text.h"

#include <string.h>

static const char *skip_blanks(const char *p)
{
    while (*p == ' ')
        p++;
    return p;
}

/* One whole number; NULL when there is none. */
static const char *read_number(const char *p, int64_t *ret_value)
{
    char digits[12];
    size_t n = 0;

    p = skip_blanks(p);
    while (p[n] >= '0' && p[n] <= '9' && n + 1 < sizeof digits) {
        digits[n] = p[n];
        n++;
    }
    digits[n] = '\0';
    return n > 0 && text_to_int(digits, ret_value) ? p + n : NULL;
}

bool penalty_rates_parse(const char *text, struct penalty_rates *ret_rates)
{
    struct penalty_rates r = { .n = 0 };
    const char *p = text;

    while (p != NULL && r.n < PENALTY_RATES) {
        struct penalty_rate *rate = &r.rate[r.n];
        p = skip_blanks(p);
        if (strlen(p) < 10 || !date_scan(p, 10, &rate->from))
            return false;
        if (r.n > 0 && rate->from <= r.rate[r.n - 1].from)
            return false;
        if ((p = read_number(p + 10, &rate->first)) == NULL || (p = read_number(p, &rate->second)) == NULL ||
            (p = read_number(p, &rate->third)) == NULL)
            return false;
        r.n++;
        p = skip_blanks(p);
        if (*p == '\0') {
            *ret_rates = r;
            return true;
        }
        p = *p == ',' ? p + 1 : NULL;
    }
    return false;
}

int64_t penalty_euros(const struct penalty_rates *rates, int32_t first, int64_t days)
{
    const struct penalty_rate *rate = &rates->rate[0];
    int64_t a = days < PENALTY_STEP ? days : PENALTY_STEP;
    int64_t b = days - a < PENALTY_STEP ? days - a : PENALTY_STEP;

    for (size_t i = 1; i < rates->n && rates->rate[i].from <= first; i++)
        rate = &rates->rate[i];
    return a * rate->first + b * rate->second + (days - a - b) * rate->third;
}

struct penalty penalty_of(const struct calendar *k, const struct penalty_rates *rates, int32_t due,
                          int32_t notice, int32_t stop, int32_t today)
{
    struct penalty p = { .early = notice <= due, .first = DAY_NONE, .last = DAY_NONE, .final = DAY_NONE };
    int32_t end = stop != DAY_NONE && stop <= today ? stop - 1 : today;

    if (p.early)
        return p;
    /* Two weeks of the law, so moved from a weekend (Atw 1); the 42 days are not (Awb 4:17(1)). */
    int32_t first = calendar_legal_term(k, notice, 2, TERM_WEEKS) + 1;
    p.final = first + PENALTY_DAYS - 1;
    if (end < first)
        return p;
    p.first = first;
    p.last = end < p.final ? end : p.final;
    p.days = p.last - first + 1;
    p.euros = penalty_euros(rates, first, p.days);
    p.running = end == today && p.last < p.final && !(stop != DAY_NONE && stop <= today);
    return p;
}
