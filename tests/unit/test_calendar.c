// SPDX-License-Identifier: EUPL-1.2
#include "base/calendar.h"
#include "base/date.h"
#include "base/rng.h"
#include "unit/test.h"

#include <stdlib.h>

static int32_t day_of(int year, int month, int day)
{
    return date_from_civil(year, month, day);
}

TEST(calendar_easter_published)
{
    /* The examples of Meeus 1998 ch. 8, both ends (22 March, 25 April), and the years the register will see.
     */
    static const int t[][3] = {
        { 1583, 4, 10 }, { 1761, 3, 22 }, { 1818, 3, 22 }, { 1886, 4, 25 }, { 1943, 4, 25 }, { 1954, 4, 18 },
        { 1981, 4, 19 }, { 1991, 3, 31 }, { 1992, 4, 19 }, { 1993, 4, 11 }, { 1994, 4, 3 },  { 1995, 4, 16 },
        { 1996, 4, 7 },  { 1997, 3, 30 }, { 1998, 4, 12 }, { 1999, 4, 4 },  { 2000, 4, 23 }, { 2008, 3, 23 },
        { 2010, 4, 4 },  { 2011, 4, 24 }, { 2012, 4, 8 },  { 2013, 3, 31 }, { 2014, 4, 20 }, { 2015, 4, 5 },
        { 2016, 3, 27 }, { 2017, 4, 16 }, { 2018, 4, 1 },  { 2019, 4, 21 }, { 2020, 4, 12 }, { 2021, 4, 4 },
        { 2022, 4, 17 }, { 2023, 4, 9 },  { 2024, 3, 31 }, { 2025, 4, 20 }, { 2026, 4, 5 },  { 2027, 3, 28 },
        { 2028, 4, 16 }, { 2029, 4, 1 },  { 2030, 4, 21 }, { 2038, 4, 25 }, { 2049, 4, 18 }, { 2076, 4, 19 },
        { 2285, 3, 22 },
    };

    for (size_t i = 0; i < COUNT(t); i++)
        CHECK_INT(calendar_easter(t[i][0]), day_of(t[i][0], t[i][1], t[i][2]));
}

/* The rule itself: the Sunday after the church's full moon on or after 21 March (Knuth, The Art of Computer
 * Programming 1.3.2, exercise 14: golden number, century, corrections, epact). */
static int32_t easter_slow(int year)
{
    int golden = year % 19 + 1, century = year / 100 + 1, epact;
    int32_t moon;

    epact = (11 * golden + 20 + (8 * century + 5) / 25 - 5 - (3 * century / 4 - 12)) % 30;
    if (epact < 0)
        epact += 30;
    if (epact == 24 || (epact == 25 && golden > 11))
        epact++;
    moon = day_of(year, 3, 1) + 44 - epact - 1;
    if (moon < day_of(year, 3, 21))
        moon += 30;
    do
        moon++;
    while (date_weekday(moon) != 7);
    return moon;
}

TEST(calendar_easter_like_the_slow_way)
{
    for (int year = 1583; year < 10000; year++)
        if (!CHECK_INT(calendar_easter(year), easter_slow(year)))
            return;
}

TEST(calendar_holidays_2022_to_2026)
{
    static const struct {
        int year, days[HOLIDAYS][2];
    } t[] = {
        { 2022,
          { { 1, 1 },
            { 4, 15 },
            { 4, 17 },
            { 4, 18 },
            { 4, 27 },
            { 5, 5 },
            { 5, 26 },
            { 6, 5 },
            { 6, 6 },
            { 12, 25 },
            { 12, 26 } } },
        { 2023,
          { { 1, 1 },
            { 4, 7 },
            { 4, 9 },
            { 4, 10 },
            { 4, 27 },
            { 5, 5 },
            { 5, 18 },
            { 5, 28 },
            { 5, 29 },
            { 12, 25 },
            { 12, 26 } } },
        { 2024,
          { { 1, 1 },
            { 3, 29 },
            { 3, 31 },
            { 4, 1 },
            { 4, 27 },
            { 5, 5 },
            { 5, 9 },
            { 5, 19 },
            { 5, 20 },
            { 12, 25 },
            { 12, 26 } } },
        { 2025,
          { { 1, 1 },
            { 4, 18 },
            { 4, 20 },
            { 4, 21 },
            { 4, 26 },
            { 5, 5 },
            { 5, 29 },
            { 6, 8 },
            { 6, 9 },
            { 12, 25 },
            { 12, 26 } } },
        { 2026,
          { { 1, 1 },
            { 4, 3 },
            { 4, 5 },
            { 4, 6 },
            { 4, 27 },
            { 5, 5 },
            { 5, 14 },
            { 5, 24 },
            { 5, 25 },
            { 12, 25 },
            { 12, 26 } } },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        int32_t days[HOLIDAYS];

        calendar_holidays(t[i].year, days);
        for (size_t h = 0; h < HOLIDAYS; h++)
            CHECK_INT(days[h], day_of(t[i].year, t[i].days[h][0], t[i].days[h][1]));
    }
}

TEST(calendar_birthday_of_the_monarch)
{
    static const int t[][3] = { { 1978, 5, 1 },  { 1979, 4, 30 }, { 1989, 4, 29 }, { 1995, 4, 29 },
                                { 2006, 4, 29 }, { 2013, 4, 30 }, { 2014, 4, 26 }, { 2015, 4, 27 },
                                { 2019, 4, 27 }, { 2025, 4, 26 }, { 2031, 4, 26 } };
    int32_t days[HOLIDAYS];

    for (size_t i = 0; i < COUNT(t); i++) {
        calendar_holidays(t[i][0], days);
        CHECK_INT(days[HOLIDAY_KING], day_of(t[i][0], t[i][1], t[i][2]));
    }
}

TEST(calendar_holiday_names)
{
    CHECK_STR(calendar_holiday_name(day_of(2024, 4, 27)), "King's Day");
    CHECK_STR(calendar_holiday_name(day_of(2012, 4, 30)), "Queen's Day");
    CHECK_STR(calendar_holiday_name(day_of(2024, 5, 9)), "Ascension Day");
    CHECK_STR(calendar_holiday_name(day_of(2016, 5, 5)), "Liberation Day"); /* and Ascension Day */
    CHECK_STR(calendar_holiday_name(day_of(2024, 12, 26)), "Second Day of Christmas");
    CHECK_STR(calendar_holiday_name(day_of(2024, 12, 27)), NULL);
    CHECK_STR(calendar_holiday_name(day_of(1949, 12, 25)), NULL);
    CHECK_STR(calendar_holiday_name(day_of(2150, 1, 1)), NULL);
    CHECK_STR(calendar_holiday_name(DAY_NONE), NULL);
}

TEST(calendar_carnival)
{
    CHECK_INT(calendar_carnival_monday(2022), day_of(2022, 2, 28));
    CHECK_INT(calendar_carnival_monday(2023), day_of(2023, 2, 20));
    CHECK_INT(calendar_carnival_monday(2024), day_of(2024, 2, 12));
    CHECK_INT(calendar_carnival_monday(2025), day_of(2025, 3, 3));
    CHECK_INT(calendar_carnival_monday(2026), day_of(2026, 2, 16));
}

/* Helmond: carnival Monday and Tuesday closed, Good Friday and (outside jubilee years) 5 May open. */
static void init_helmond(struct calendar *k)
{
    int32_t closing[2 * 200];
    struct calendar_rule rule = { .good_friday_open = true,
                                  .liberation_day = LIBERATION_DAY_FIVE_YEARS,
                                  .closing = closing };

    for (int year = 1950; year < 2150; year++) {
        closing[rule.n_closing++] = calendar_carnival_monday(year);
        closing[rule.n_closing++] = calendar_carnival_monday(year) + 1;
    }
    calendar_init(k, &rule);
}

/* The same rule said again, for one day. */
static bool working_slow(int32_t day)
{
    struct civil d = date_to_civil(day);
    int since_easter = day - easter_slow(d.year), king = d.year >= 2014 ? 27 : 30;

    if (date_weekday(day) > 5)
        return false;
    if ((d.month == 1 && d.day == 1) || (d.month == 12 && (d.day == 25 || d.day == 26)))
        return false;
    if (d.month == 5 && d.day == 5 && d.year % 5 == 0)
        return false;
    if (d.month == 4 && d.day == king) /* when it is a Sunday, the Saturday before is closed anyway */
        return false;
    return since_easter != 1 && since_easter != 39 && since_easter != 50 && since_easter != -48 &&
           since_easter != -47;
}

TEST(calendar_working_days_like_the_slow_way)
{
    struct calendar k;
    int32_t first = day_of(1980, 1, 1), last = day_of(2149, 12, 31), n = 0;

    init_helmond(&k);
    for (int32_t day = first; day <= last; day++) {
        bool working = working_slow(day);

        n += working;
        if (!CHECK_INT(calendar_is_working(&k, day), working) ||
            !CHECK_INT(calendar_working_between(&k, first - 1, day), n) ||
            !CHECK_INT(calendar_working_between(&k, day, first - 1), -n)) {
            CHECK_INT(day, 0);
            return;
        }
        if (working && !CHECK_INT(calendar_add_working(&k, first - 1, n), day))
            return;
    }
}

static int32_t add_slow(const struct calendar *k, int32_t day, int n)
{
    int step = n < 0 ? -1 : 1;

    if (n == 0)
        while (!calendar_is_working(k, day))
            day++;
    for (; n != 0; n -= step)
        do
            day += step;
        while (!calendar_is_working(k, day));
    return day;
}

TEST(calendar_add_working_like_the_slow_way)
{
    struct calendar k;
    struct rng r;

    init_helmond(&k);
    rng_seed(&r, 8);
    for (int i = 0; i < 20000; i++) { /* also across both ends of the years that it knows */
        int32_t day = day_of(i % 2 ? 1949 : 2148, 1, 1) + (int32_t)rng_below(&r, 1000);
        int n = (int)rng_below(&r, 601) - 300;
        int32_t to = calendar_add_working(&k, day, n);

        if (!CHECK_INT(to, add_slow(&k, day, n)))
            return;
        if (n > 0)
            CHECK_INT(calendar_working_between(&k, day, to), n);
    }
    CHECK_INT(calendar_add_working(&k, DAY_NONE, 3), DAY_NONE);
    CHECK_INT(calendar_add_working(&k, day_of(9999, 12, 31), INT32_MAX), DAY_NONE);
}

TEST(calendar_ten_working_days)
{
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ .good_friday_open = true });
    /* Received Thursday 21 March 2024: Easter Monday lies in between. */
    CHECK_INT(calendar_add_working(&k, day_of(2024, 3, 21), 10), day_of(2024, 4, 5));
    calendar_init(&k, &(struct calendar_rule){ .good_friday_open = false });
    CHECK_INT(calendar_add_working(&k, day_of(2024, 3, 21), 10), day_of(2024, 4, 8));
    CHECK_INT(calendar_working_between(&k, day_of(2023, 12, 31), day_of(2024, 12, 31)), 262 - 7);
    CHECK_INT(calendar_add_working(&k, day_of(2024, 12, 25), 0), day_of(2024, 12, 27));
    CHECK_INT(calendar_add_working(&k, day_of(2024, 12, 27), -1), day_of(2024, 12, 24));
}

TEST(calendar_liberation_day_is_a_choice)
{
    static const struct {
        enum liberation_day rule;
        bool working_2023, working_2025;
    } t[] = { { LIBERATION_DAY_CLOSED, false, false },
              { LIBERATION_DAY_FIVE_YEARS, true, false },
              { LIBERATION_DAY_OPEN, true, true } };

    for (size_t i = 0; i < COUNT(t); i++) {
        struct calendar k;

        calendar_init(&k, &(struct calendar_rule){ .liberation_day = t[i].rule });
        CHECK_INT(calendar_is_working(&k, day_of(2023, 5, 5)), t[i].working_2023);
        CHECK_INT(calendar_is_working(&k, day_of(2025, 5, 5)), t[i].working_2025);
        CHECK(!calendar_is_working(&k, day_of(2016, 5, 5))); /* Ascension Day too */
        /* The law counts it every year. */
        CHECK_INT(calendar_legal_end(&k, day_of(2023, 5, 5)), day_of(2023, 5, 8));
    }
}

TEST(calendar_legal_end_of_terms)
{
    struct calendar k;
    const int32_t carnival[] = { day_of(2024, 2, 12) };

    calendar_init(&k,
                  &(struct calendar_rule){ .good_friday_open = true, .closing = carnival, .n_closing = 1 });
    CHECK_INT(calendar_legal_end(&k, day_of(2024, 3, 29)),
              day_of(2024, 4, 2)); /* Good Friday to Easter Tuesday */
    CHECK_INT(calendar_legal_end(&k, day_of(2024, 3, 28)), day_of(2024, 3, 28));
    CHECK_INT(calendar_legal_end(&k, day_of(2024, 12, 25)), day_of(2024, 12, 27));
    CHECK_INT(calendar_legal_end(&k, day_of(2025, 4, 26)), day_of(2025, 4, 28)); /* King's Day on Saturday */
    CHECK_INT(calendar_legal_end(&k, day_of(2024, 2, 12)),
              day_of(2024, 2, 12)); /* carnival is no legal holiday */
    CHECK_INT(calendar_legal_end(&k, DAY_NONE), DAY_NONE);
}

/* The longest extension: Ascension on 7 May, with the Monday before 5 May, the Wednesday between and the
 * Friday after equated by decree. A term that ends on Saturday 2 May runs until Monday 11 May. */
TEST(calendar_days_equated_by_decree)
{
    struct calendar k;
    int year = 2026;
    int32_t equated[3];

    while (calendar_easter(year) != day_of(year, 3, 29))
        year++;
    equated[0] = day_of(year, 5, 8);
    equated[1] = day_of(year, 5, 6);
    equated[2] = day_of(year, 5, 4);
    calendar_init(&k, &(struct calendar_rule){ .equated = equated, .n_equated = 3 });
    CHECK_INT(date_weekday(day_of(year, 5, 2)), 6);
    CHECK_INT(calendar_legal_end(&k, day_of(year, 5, 2)), day_of(year, 5, 11));
    CHECK(calendar_is_working(&k, day_of(year, 5, 6))); /* the decree is about terms, not about offices */
}

TEST(calendar_legal_terms)
{
    static const struct {
        int from[3], amount;
        enum term_unit unit;
        int want[3];
    } t[] = {
        /* art. 1: six weeks of the Wmo, ending on Whit Monday */
        { { 2024, 4, 8 }, 6, TERM_WEEKS, { 2024, 5, 21 } },
        { { 2024, 4, 9 }, 6, TERM_WEEKS, { 2024, 5, 21 } },
        /* three days from Wednesday before Whitsun: Thursday and Friday are two, then art. 1 */
        { { 2024, 5, 15 }, 3, TERM_DAYS, { 2024, 5, 21 } },
        /* art. 2: Friday to Easter Monday hold no working day, so until the second one after them */
        { { 2024, 3, 28 }, 3, TERM_DAYS, { 2024, 4, 3 } },
        { { 2024, 3, 28 }, 4, TERM_DAYS, { 2024, 4, 3 } },
        { { 2024, 3, 28 }, 6, TERM_DAYS, { 2024, 4, 3 } },
        /* two days are too short for art. 2 */
        { { 2024, 3, 28 }, 2, TERM_DAYS, { 2024, 4, 2 } },
        /* art. 4: what is long runs out on its own day, be it Saturday or holiday */
        { { 2024, 1, 6 }, 12, TERM_WEEKS, { 2024, 4, 2 } },
        { { 2024, 1, 6 }, 13, TERM_WEEKS, { 2024, 4, 6 } },
        { { 2024, 1, 2 }, 90, TERM_DAYS, { 2024, 4, 2 } },
        { { 2024, 1, 1 }, 91, TERM_DAYS, { 2024, 4, 1 } },
        { { 2024, 1, 1 }, 3, TERM_MONTHS, { 2024, 4, 2 } },
        { { 2023, 12, 1 }, 4, TERM_MONTHS, { 2024, 4, 1 } },
        { { 2023, 4, 1 }, 1, TERM_YEARS, { 2024, 4, 1 } },
        { { 2024, 1, 31 }, 1, TERM_MONTHS, { 2024, 2, 29 } },
    };
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ .good_friday_open = true });
    for (size_t i = 0; i < COUNT(t); i++) {
        int32_t end =
            calendar_legal_term(&k, day_of(t[i].from[0], t[i].from[1], t[i].from[2]), t[i].amount, t[i].unit);

        if (!CHECK_INT(end, day_of(t[i].want[0], t[i].want[1], t[i].want[2])))
            CHECK_INT((int64_t)i, -1);
    }
    CHECK_INT(calendar_legal_term(&k, DAY_NONE, 6, TERM_WEEKS), DAY_NONE);
}

TEST(calendar_ignores_closing_days_outside_its_years)
{
    const int32_t days[] = {
        INT32_MIN,         INT32_MAX, day_of(1949, 12, 30), day_of(2150, 1, 1), day_of(2149, 12, 31),
        day_of(2024, 6, 4)
    };
    struct calendar k;

    calendar_init(&k,
                  &(struct calendar_rule){
                      .closing = days, .n_closing = COUNT(days), .equated = days, .n_equated = COUNT(days) });
    CHECK(!calendar_is_working(&k, day_of(2024, 6, 4)));
    CHECK(!calendar_is_working(&k, day_of(2149, 12, 31)));
    CHECK(calendar_is_working(&k, day_of(2150, 1, 1)));
    CHECK(calendar_is_working(&k, day_of(1949, 12, 30)));
    CHECK_INT(calendar_add_working(&k, day_of(2149, 12, 30), 1), day_of(2150, 1, 1));
}
