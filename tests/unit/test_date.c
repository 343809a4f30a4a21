// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "base/text.h"
#include "unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

TEST(date_known_days)
{
    CHECK_INT(date_from_civil(1970, 1, 1), 0);
    CHECK_INT(date_from_civil(2000, 3, 1), 11017);
    CHECK_INT(date_from_civil(1969, 12, 31), -1);
    CHECK_INT(date_from_civil(0, 3, 1), -719468);
    CHECK_INT(date_from_civil(-4, 2, 29), date_from_civil(-4, 3, 1) - 1);
    CHECK_INT(date_weekday(0), 4);
    CHECK_INT(date_weekday(date_from_civil(2026, 3, 18)), 3);
    CHECK_INT(date_weekday(INT32_MIN), 7 - (int)(((int64_t)INT32_MAX + 1 - 3 - 1 + 7) % 7));
}

/* 400 years, day by day, counted with nothing but the lengths of the months. */
TEST(date_round_trip_400_years)
{
    int32_t day = date_from_civil(1600, 1, 1);
    int weekday = 6; /* 1 January 1600 was a Saturday */
    int64_t n = 0;

    for (int year = 1600; year < 2000; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int months[] = { 31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= months[m - 1]; d++, day++, n++, weekday = weekday % 7 + 1) {
                struct civil back = date_to_civil(day);

                if (back.year != year || back.month != m || back.day != d || date_weekday(day) != weekday ||
                    date_from_civil(year, m, d) != day || !date_valid(year, m, d)) {
                    CHECK_INT(year * 10000 + m * 100 + d, 0);
                    return;
                }
            }
    }
    CHECK_INT(n, 146097);
    CHECK_INT(day, date_from_civil(2000, 1, 1));
}

TEST(date_extremes_come_back)
{
    static const int32_t days[] = { INT32_MIN, INT32_MIN + 1, -719469, -719468, INT32_MAX };

    for (size_t i = 0; i < COUNT(days); i++) {
        struct civil d = date_to_civil(days[i]);

        CHECK_INT(date_from_civil(d.year, d.month, d.day), days[i]);
    }
}

TEST(date_valid_days)
{
    CHECK(date_valid(2024, 2, 29));
    CHECK(date_valid(2000, 2, 29));
    CHECK(!date_valid(1900, 2, 29));
    CHECK(!date_valid(2023, 2, 29));
    CHECK(!date_valid(2023, 4, 31));
    CHECK(!date_valid(2023, 0, 1));
    CHECK(!date_valid(2023, 13, 1));
    CHECK(!date_valid(2023, 1, 0));
    CHECK(!date_valid(999, 12, 31));
    CHECK(date_valid(1000, 1, 1) && date_valid(9999, 12, 31));
    CHECK(!date_valid(10000, 1, 1));
}

TEST(date_add_months_ends)
{
    static const struct {
        int32_t from[3], want[3];
        int months;
    } t[] = {
        { { 2024, 1, 31 }, { 2024, 2, 29 }, 1 },   { { 2023, 1, 31 }, { 2023, 2, 28 }, 1 },
        { { 2024, 2, 29 }, { 2025, 2, 28 }, 12 },  { { 2024, 3, 31 }, { 2024, 2, 29 }, -1 },
        { { 2024, 1, 15 }, { 2023, 12, 15 }, -1 }, { { 2024, 12, 31 }, { 2025, 6, 30 }, 6 },
        { { 2024, 5, 10 }, { 2024, 5, 10 }, 0 },   { { 2024, 1, 1 }, { 2022, 12, 1 }, -13 },
    };

    for (size_t i = 0; i < COUNT(t); i++)
        CHECK_INT(date_add_months(date_from_civil(t[i].from[0], t[i].from[1], t[i].from[2]), t[i].months),
                  date_from_civil(t[i].want[0], t[i].want[1], t[i].want[2]));
    CHECK_INT(date_add_months(DAY_NONE, 3), DAY_NONE);
}

TEST(date_scan_is_strict)
{
    static const char *const bad[] = { "",           "2024-1-31",  "2024-01-3",  "2024-01-311", "2024/01/31",
                                       "31-01-2024", "2024-02-30", "2024-13-01", "2024-00-10",  "0999-01-01",
                                       " 2024-01-1", "2024-01-0x", "+024-01-01", "2024-01-31 " };
    int32_t day = 77;

    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!date_scan(bad[i], strlen(bad[i]), &day));
    CHECK_INT(day, 77);
    CHECK(date_scan("2024-01-31", 10, &day));
    CHECK_INT(day, date_from_civil(2024, 1, 31));
    CHECK(date_scan("2024-01-31T12:00", 10, &day)); /* len decides, not a NUL */
}

TEST(time_scan_forms)
{
    static const struct {
        const char *text, *utc, *local;
    } t[] = {
        { "2024-01-31", "2024-01-31T00:00:00Z", "2024-01-30T23:00:00Z" },
        { "2024-07-31", "2024-07-31T00:00:00Z", "2024-07-30T22:00:00Z" },
        { "2024-01-31T12:34", "2024-01-31T12:34:00Z", "2024-01-31T11:34:00Z" },
        { "2024-01-31 12:34:56", "2024-01-31T12:34:56Z", "2024-01-31T11:34:56Z" },
        { "2024-01-31T12:34:56.999", "2024-01-31T12:34:56Z", "2024-01-31T11:34:56Z" },
        { "2024-01-31T12:34:56Z", "2024-01-31T12:34:56Z", "2024-01-31T12:34:56Z" },
        { "2024-01-31T12:34:56.123456+01:00", "2024-01-31T11:34:56Z", "2024-01-31T11:34:56Z" },
        { "2024-01-01T00:30+05:30", "2023-12-31T19:00:00Z", "2023-12-31T19:00:00Z" },
        { "2023-12-31 23:59-01:00", "2024-01-01T00:59:00Z", "2024-01-01T00:59:00Z" },
        { "1960-05-05T00:00:01Z", "1960-05-05T00:00:01Z", "1960-05-05T00:00:01Z" },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        int64_t time = 0;
        char text[21];

        CHECK(time_scan(t[i].text, strlen(t[i].text), false, &time));
        time_iso(time, text);
        CHECK_STR(text, t[i].utc);
        CHECK(time_scan(t[i].text, strlen(t[i].text), true, &time));
        time_iso(time, text);
        CHECK_STR(text, t[i].local);
    }
}

TEST(time_scan_refuses)
{
    static const char *const bad[] = {
        "",
        "2024-01-31T",
        "2024-01-31T1:00",
        "2024-01-31T24:00",
        "2024-01-31T12:60",
        "2024-01-31T12:00:60",
        "2024-01-31T12:00:5",
        "2024-01-31T12:00:00.",
        "2024-01-31T12:00:00.x",
        "2024-01-31T12:00:00z",
        "2024-01-31T12:00:00+1:00",
        "2024-01-31T12:00:00+19:00",
        "2024-01-31T12:00:00+01:60",
        "2024-01-31x12:00",
        "2024-02-30T12:00:00Z",
        "2024-01-31T12:00:00Z ",
        "2024-01-31T-1:00",
        "2024-01-31T12:00 +01:00",
        "2024-01-31Z2",
        "9999-12-31T23:59:59-14:00",
        "1000-01-01T00:00:00+01:00",
    };
    int64_t time = 5;

    for (size_t i = 0; i < COUNT(bad); i++)
        if (!CHECK(!time_scan(bad[i], strlen(bad[i]), false, &time)))
            CHECK_STR(bad[i], "");
    CHECK_INT(time, 5);
}

TEST(date_parse_as_typed)
{
    static const char *const good[] = { "31-1-2024", "31/01/2024", " 31 1 2024 ",
                                        "31.1.2024", "2024-01-31", "2024-1-31\t" };
    static const struct {
        const char *text, *says;
    } bad[] = {
        { NULL, "Fill in a date" },    { "", "Fill in a date" },        { "  ", "Fill in a date" },
        { "30-2-2024", "not exist" },  { "32-1-2024", "not exist" },    { "1-13-2024", "not exist" },
        { "1-1-24", "four digits" },   { "31-1", "not a date" },        { "31 januari 2024", "not a date" },
        { "1-1-2024x", "not a date" }, { "1--1-2024", "not a date" },   { "1-1-20244", "not a date" },
        { "1-1-0000", "not exist" },   { "<b>1-1-2024", "not a date" }, { "2024-01-2024", "not exist" },
        { "1-2024-1", "four digits" }, { "1-0001-2024", "not exist" },
    };
    int32_t day = 77;

    for (size_t i = 0; i < COUNT(good); i++) {
        struct ctx *c = test_begin_bare();

        CHECK_INT(date_parse(c, "received", good[i], &day), OK);
        CHECK_INT(day, date_from_civil(2024, 1, 31));
    }
    day = 77;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin_bare();

        CHECK_INT(date_parse(c, "received", bad[i].text, &day), E_INVALID);
        CHECK_STR(c->err.field, "received");
        if (!CHECK(strstr(c->err.text, bad[i].says) != NULL))
            CHECK_STR(c->err.text, bad[i].text);
    }
    CHECK_INT(day, 77);
}

static int64_t at(const char *text)
{
    int64_t time = TIME_NONE;

    CHECK(time_scan(text, strlen(text), false, &time));
    return time;
}

TEST(time_nl_transitions)
{
    static const struct {
        const char *summer, *winter; /* the first second of each */
    } t[] = {
        { "2022-03-27T01:00:00Z", "2022-10-30T01:00:00Z" },
        { "2023-03-26T01:00:00Z", "2023-10-29T01:00:00Z" },
        { "2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z" },
        { "2025-03-30T01:00:00Z", "2025-10-26T01:00:00Z" },
        { "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z" },
        { "1995-03-26T01:00:00Z", "1995-09-24T01:00:00Z" },
        { "1996-03-31T01:00:00Z", "1996-10-27T01:00:00Z" },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        CHECK_INT(time_nl_offset(at(t[i].summer) - 1), 3600);
        CHECK_INT(time_nl_offset(at(t[i].summer)), 7200);
        CHECK_INT(time_nl_offset(at(t[i].winter) - 1), 7200);
        CHECK_INT(time_nl_offset(at(t[i].winter)), 3600);
    }
    CHECK_INT(time_nl_offset(at("1960-07-01")), 3600);
}

TEST(time_nl_day_and_second)
{
    char text[21];

    CHECK_INT(time_nl_day(at("2024-06-30T21:59:59Z")), date_from_civil(2024, 6, 30));
    CHECK_INT(time_nl_day(at("2024-06-30T22:00:00Z")), date_from_civil(2024, 7, 1));
    CHECK_INT(time_nl_day(at("2023-12-31T22:59:59Z")), date_from_civil(2023, 12, 31));
    CHECK_INT(time_nl_day(at("2023-12-31T23:00:00Z")), date_from_civil(2024, 1, 1));
    CHECK_INT(time_nl_second(at("2023-12-31T23:00:00Z")), 0);
    CHECK_INT(time_nl_second(at("1965-05-05T22:59:59Z")), 86399);
    CHECK_INT(time_nl_day(TIME_NONE), DAY_NONE);
    CHECK_INT(time_of_nl_day(DAY_NONE, 0), TIME_NONE);
    /* 02:30 does not exist on 31 March and comes twice on 27 October. */
    time_iso(time_of_nl_day(date_from_civil(2024, 3, 31), 9000), text);
    CHECK_STR(text, "2024-03-31T01:30:00Z");
    time_iso(time_of_nl_day(date_from_civil(2024, 10, 27), 9000), text);
    CHECK_STR(text, "2024-10-27T00:30:00Z");
    /* Every other quarter of an hour of the year comes back. */
    for (int32_t day = date_from_civil(2024, 1, 1); day < date_from_civil(2025, 1, 1); day++)
        for (int second = 0; second < SECONDS_A_DAY; second += 900) {
            int64_t time = time_of_nl_day(day, second);

            if (day == date_from_civil(2024, 3, 31) && second >= 7200 && second < 10800)
                continue;
            if (!CHECK_INT(time_nl_day(time), day) || !CHECK_INT(time_nl_second(time), second))
                return;
        }
}

TEST(time_nl_like_the_zone_files)
{
    const char *zone = getenv("TZ");
    char *before = zone != NULL ? strdup(zone) : NULL;
    int64_t wrong = 0;

    if (access("/usr/share/zoneinfo/Europe/Amsterdam", R_OK) != 0)
        test_skip("no zone files (tzdata) on this machine");
    setenv("TZ", "Europe/Amsterdam", 1);
    tzset();
    for (int64_t time = at("1981-01-01"); time < at("2037-12-31"); time += 1800) {
        time_t t = (time_t)time;
        struct tm tm;

        localtime_r(&t, &tm);
        wrong += tm.tm_gmtoff != time_nl_offset(time);
    }
    if (before != NULL)
        setenv("TZ", before, 1);
    else
        unsetenv("TZ");
    tzset();
    free(before);
    CHECK_INT(wrong, 0);
}

TEST(time_iso_limits)
{
    char text[21];

    time_iso(at("9999-12-31T23:59:59Z"), text);
    CHECK_STR(text, "9999-12-31T23:59:59Z");
    time_iso(at("9999-12-31T23:59:59Z") + 1, text);
    CHECK_STR(text, "");
    time_iso(INT64_MAX, text);
    CHECK_STR(text, "");
    time_iso(TIME_NONE, text);
    CHECK_STR(text, "");
    date_iso(DAY_NONE, text);
    CHECK_STR(text, "");
    date_iso(date_from_civil(1000, 1, 1), text);
    CHECK_STR(text, "1000-01-01");
}
