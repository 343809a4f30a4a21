// SPDX-License-Identifier: EUPL-1.2
/* The parameters of the made-up municipality and how they move: a start with a list taken over, too few
 * people at first, more presence in the neighbourhoods, and at last more time for residents. docs/demo.md has
 * the same in a table. */
#include "forecast/town_core.h"

#include <math.h>

const uint8_t town_hood_team[TOWN_HOODS] = { 0, 0, 2, 2, 2, 3, 3, 1, 1, 1, 1, 1 };
const double town_hood_weekly[TOWN_HOODS] = { 9.9, 4.6, 7.9, 6.1, 5.2, 6.6, 1.3, 5.4, 2.8, 2.2, 1.8, 0.2 };
const double town_work_hours[TOWN_WORKS] = { 4, 14, 38, 95 };
const double town_work_weeks[TOWN_WORKS] = { 2, 10, 28, 65 };

struct point {
    double month, value;
};

/* Straight lines between the points; flat outside them. */
static double on_line(const struct point *p, size_t n, double month)
{
    if (month <= p[0].month)
        return p[0].value;
    for (size_t i = 1; i < n; i++)
        if (month < p[i].month)
            return p[i - 1].value +
                   (p[i].value - p[i - 1].value) * (month - p[i - 1].month) / (p[i].month - p[i - 1].month);
    return p[n - 1].value;
}

/* The value of the last point that has been reached. */
static double on_steps(const struct point *p, size_t n, double month)
{
    size_t i = 0;

    while (i + 1 < n && month >= p[i + 1].month)
        i++;
    return p[i].value;
}

double town_month(const struct town_param *p, int32_t day)
{
    struct civil from = date_to_civil(p->from), at = date_to_civil(day);

    return 12.0 * (at.year - from.year) + (at.month - from.month) + (at.day - from.day) / 30.4;
}

static int season(int32_t day)
{
    return date_to_civil(day).month - 1;
}

double town_arrival_factor(const struct town_param *p, int32_t day)
{
    static const double of_month[12] = { 1.12, 1.00, 1.08, .97, .90, 1.03, .86, .74, 1.13, 1.08, 1.12, .86 };
    static const double of_weekday[8] = { 0, 1.25, 1.10, .95, .95, .75, .04, .03 };
    int32_t carnival = calendar_carnival_monday(date_to_civil(day).year);
    double f = of_month[season(day)] * of_weekday[date_weekday(day)];

    if (day < p->from + 70)
        f *= 1.25;
    if (town_month(p, day) >= 30)
        f *= 1.07;
    if (day == carnival || day == carnival + 1 ||
        (date_weekday(day) <= 5 && !calendar_is_working(p->calendar, day)))
        f *= 0.25;
    return f;
}

double town_team_fte(const struct town_param *p, int team, int32_t day)
{
    static const struct point fte[] = { { 0, 42 },  { 2, 46 },  { 6, 61 }, { 12, 65 },
                                        { 18, 66 }, { 24, 66 }, { 30, 68 } };
    static const double first[TOWN_TEAMS] = { .30, .27, .31, .12 },
                        later[TOWN_TEAMS] = { .267, .228, .356, .149 };
    double month = town_month(p, day), moved = on_line((struct point[]){ { 6, 0 }, { 13, 1 } }, 2, month);

    return p->scale * on_line(fte, COUNT(fte), month) * (first[team] + (later[team] - first[team]) * moved);
}

double town_team_hours(const struct town_param *p, int team, int32_t day)
{
    static const double absent[12] = { 9.5, 10, 9, 7.5, 7, 6.5, 6, 6, 7, 8, 9, 9 },
                        on_leave[12] = { 6, 10, 6, 11, 16, 8, 22, 27, 8, 11, 6, 15 };
    static const struct point with_residents[] = {
        { 0, .57 }, { 6, .55 }, { 12, TOWN_SHARE_2023 }, { 27, TOWN_SHARE_2024 }
    };
    double month = town_month(p, day), ill = absent[season(day)] + (month < 3 ? 5 : 0);

    double settled = fmin(1, TOWN_SETTLING + (1 - TOWN_SETTLING) * (day - p->from) / TOWN_SETTLING_DAYS);

    return TOWN_HOURS_A_WEEK * settled * town_team_fte(p, team, day) *
           on_steps(with_residents, COUNT(with_residents), month) * (1 - ill / 100) *
           (1 - on_leave[season(day)] / 100);
}

double town_direct_share(double month)
{
    static const struct point share[] = { { 1, .34 }, { 12, .48 }, { 15, .54 }, { 24, .56 }, { 29, .61 } };

    return on_line(share, COUNT(share), month);
}

double town_call_share(double month)
{
    static const struct point kept[] = { { 0, .80 }, { 6, .62 }, { 12, .48 }, { 27, .90 } };

    return on_steps(kept, COUNT(kept), month);
}

/* Monday of the week of a day in a year. */
static int32_t monday(int year, int month, int day)
{
    int32_t d = date_from_civil(year, month, day);

    return d - date_weekday(d) + 1;
}

bool town_school_holiday(int32_t day)
{
    int year = date_to_civil(day).year;
    int32_t carnival = calendar_carnival_monday(year);
    const struct {
        int32_t from;
        int weeks;
    } holiday[] = { { monday(year, 1, 1), 1 },   { carnival, 1 },
                    { monday(year, 4, 28), 2 },  { monday(year, 7, 18), 6 },
                    { monday(year, 10, 16), 1 }, { monday(year, 12, 25), 2 } };

    for (size_t i = 0; i < COUNT(holiday); i++)
        if (day >= holiday[i].from && day < holiday[i].from + 7 * holiday[i].weeks)
            return true;
    return false;
}

int64_t town_moment(struct rng *r, int32_t day, int from, int to)
{
    return time_of_nl_day(day, from + 300 * (int)rng_below(r, (uint64_t)(to - from) / 300 + 1));
}
