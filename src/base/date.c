// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"

#include "base/text.h"

#include <assert.h>

enum { YEAR_FIRST = 1000, YEAR_LAST = 9999 };

/* Days since 1970-01-01; the year begins in March so that the leap day comes last. */
int32_t date_from_civil(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    assert(month >= 1 && month <= 12);
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

/* Neri & Schneider, "Euclidean affine functions and their application to calendar algorithms", Software:
 * Practice and Experience 53 (2023), figure 12: divisions by constants become multiplications. The days are
 * counted from 1 March of a year long before any that an int32_t can name, a multiple of 400 years back. */
struct civil date_to_civil(int32_t day)
{
    enum { ERAS = 14700, ERA_DAYS = 146097 };
    uint64_t from_start = (uint64_t)((int64_t)day + 719468 + (int64_t)ERAS * ERA_DAYS) * 4 + 3;
    uint64_t century = from_start / ERA_DAYS;
    uint32_t in_century = (uint32_t)(from_start % ERA_DAYS) | 3; /* quarter days */
    uint64_t scaled = (uint64_t)2939745 * in_century;
    int64_t year = (int64_t)(100 * century + (scaled >> 32)) - (int64_t)ERAS * 400;
    uint32_t in_year = (uint32_t)scaled / 2939745 / 4;
    uint32_t month = 2141 * in_year + 197913; /* and the day in its lower half */
    bool next = in_year >= 306;               /* January and February belong to the year before */

    return (struct civil){
        .year = (int)(year + next),
        .month = (int)(month >> 16) - (next ? 12 : 0),
        .day = (int)((month & 0xffff) / 2141) + 1,
    };
}

int date_weekday(int32_t day)
{
    int64_t since_monday = ((int64_t)day + 3) % 7; /* 1970-01-01 was a Thursday */

    return (int)(since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

/* The week belongs to the year of its Thursday. */
static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        return 29;
    return days[month - 1];
}

bool date_valid(int year, int month, int day)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

int32_t date_add_months(int32_t day, int months)
{
    struct civil d = date_to_civil(day);
    int64_t total, year;
    int month, last;

    if (day == DAY_NONE)
        return DAY_NONE;
    total = (int64_t)d.year * 12 + d.month - 1 + months;
    year = (total >= 0 ? total : total - 11) / 12;
    month = (int)(total - year * 12) + 1;
    last = days_in_month((int)year, month);
    return date_from_civil((int)year, month, d.day < last ? d.day : last);
}

/* Exactly `width` digits; -1 when there is something else. */
static int digits(const char *p, int width)
{
    int v = 0;

    for (int i = 0; i < width; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

bool date_scan(const char *text, size_t len, int32_t *ret_day)
{
    int year, month, day;

    if (len != 10 || text[4] != '-' || text[7] != '-')
        return false;
    year = digits(text, 4);
    month = digits(text + 5, 2);
    day = digits(text + 8, 2);
    if (!date_valid(year, month, day))
        return false;
    *ret_day = date_from_civil(year, month, day);
    return true;
}

/* The part after the date: "12:00[:00[.123]]". Returns the number of bytes read, 0 when it is no clock time.
 */
static size_t scan_clock(const char *p, size_t len, int *ret_second)
{
    size_t at = 5;
    int hour, minute, second = 0;

    if (len < 5 || p[2] != ':')
        return 0;
    hour = digits(p, 2);
    minute = digits(p + 3, 2);
    if (len > at && p[at] == ':') {
        if (len < 8)
            return 0;
        second = digits(p + 6, 2);
        at = 8;
        if (len > at + 1 && p[at] == '.' && digits(p + at + 1, 1) >= 0)
            for (at++; at < len && digits(p + at, 1) >= 0; at++)
                ;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return 0;
    *ret_second = hour * 3600 + minute * 60 + second;
    return at;
}

/* "Z" or "+01:00": seconds ahead of UTC. */
static bool scan_zone(const char *p, size_t len, int *ret_ahead)
{
    int hour, minute;

    if (len == 1 && p[0] == 'Z') {
        *ret_ahead = 0;
        return true;
    }
    if (len != 6 || (p[0] != '+' && p[0] != '-') || p[3] != ':')
        return false;
    hour = digits(p + 1, 2);
    minute = digits(p + 4, 2);
    if (hour < 0 || hour > 18 || minute < 0 || minute > 59)
        return false;
    *ret_ahead = (hour * 3600 + minute * 60) * (p[0] == '-' ? -1 : 1);
    return true;
}

bool time_scan(const char *text, size_t len, bool local, int64_t *ret_time)
{
    int32_t day;
    int second = 0, ahead = 0;
    size_t at = 10, clock;
    int64_t time;

    if (len < 10 || !date_scan(text, 10, &day))
        return false;
    if (len > 10) {
        if (text[10] != 'T' && text[10] != ' ')
            return false;
        clock = scan_clock(text + 11, len - 11, &second);
        if (clock == 0)
            return false;
        at = 11 + clock;
    }
    if (at < len) {
        if (!scan_zone(text + at, len - at, &ahead))
            return false;
        time = (int64_t)day * SECONDS_A_DAY + second - ahead;
    } else {
        time = local ? time_of_nl_day(day, second) : (int64_t)day * SECONDS_A_DAY + second;
    }
    if (time < (int64_t)date_from_civil(YEAR_FIRST, 1, 1) * SECONDS_A_DAY ||
        time >= (int64_t)date_from_civil(YEAR_LAST + 1, 1, 1) * SECONDS_A_DAY)
        return false; /* the zone moved it out of the years that we can write */
    *ret_time = time;
    return true;
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

/* Up to three numbers with one separator of "-/. " between them; returns how many bytes each has, 0 when
 * wrong. */
static bool scan_typed(const char *p, int part[3], int width[3])
{
    for (int i = 0; i < 3; i++) {
        part[i] = width[i] = 0;
        while (*p >= '0' && *p <= '9' && width[i] < 4) {
            part[i] = part[i] * 10 + (*p++ - '0');
            width[i]++;
        }
        if (width[i] == 0)
            return false;
        if (i < 2) {
            if (*p != '-' && *p != '/' && *p != '.' && *p != ' ')
                return false;
            p++;
        }
    }
    while (is_blank(*p))
        p++;
    return *p == '\0';
}

enum err date_parse(struct ctx *c, const char *field, const char *text, int32_t *ret_day)
{
    int part[3], width[3], year, day;

    if (text == NULL)
        text = "";
    while (is_blank(*text))
        text++;
    if (*text == '\0')
        return FAIL_FIELD(field, _("Fill in a date, for example 31-1-2024."));
    if (!scan_typed(text, part, width))
        return FAIL_FIELD(field, _("This is not a date. Write day, month and year, for example 31-1-2024."));
    if (width[0] < 4 && width[2] < 4)
        return FAIL_FIELD(field, _("Write the year with four digits, for example 31-1-2024."));
    year = width[0] == 4 ? part[0] : part[2];
    day = width[0] == 4 ? part[2] : part[0];
    if (!date_valid(year, part[1], day) || width[1] > 2 || (width[0] == 4 && width[2] > 2))
        return FAIL_FIELD(field, _("This date does not exist. Check day, month and year."));
    *ret_day = date_from_civil(year, part[1], day);
    return OK;
}

/* The moment in `year` at which the clock changes: 01:00 UTC on the last Sunday of the month. */
static int64_t clock_change(int year, int month)
{
    int32_t last = date_from_civil(year, month, days_in_month(year, month));

    return (int64_t)(last - date_weekday(last) % 7) * SECONDS_A_DAY + 3600;
}

static int32_t utc_day(int64_t time)
{
    int64_t day = time / SECONDS_A_DAY - (time % SECONDS_A_DAY < 0);

    assert(day > INT32_MIN && day <= INT32_MAX);
    return (int32_t)day;
}

int time_nl_offset(int64_t time)
{
    struct civil d = date_to_civil(utc_day(time));
    int last = d.year < 1996 ? 9 : 10; /* the month in which summer time ends */

    if (d.year < 1981) /* before the European rule; no moment of the register lies there */
        return 3600;
    if (d.month == 3)
        return time >= clock_change(d.year, 3) ? 7200 : 3600;
    if (d.month == last)
        return time < clock_change(d.year, last) ? 7200 : 3600;
    return d.month > 3 && d.month < last ? 7200 : 3600;
}

int32_t time_nl_day(int64_t time)
{
    return time == TIME_NONE ? DAY_NONE : utc_day(time + time_nl_offset(time));
}

int time_nl_second(int64_t time)
{
    int64_t local = time + time_nl_offset(time);

    return (int)(local - (int64_t)utc_day(local) * SECONDS_A_DAY);
}

/* A clock time that comes twice (October) is the first one; one that is skipped (March) moves an hour on. */
int64_t time_of_nl_day(int32_t day, int second)
{
    int64_t local = (int64_t)day * SECONDS_A_DAY + second;

    if (day == DAY_NONE)
        return TIME_NONE;
    return time_nl_offset(local - 7200) == 7200 ? local - 7200 : local - 3600;
}

static char *put_digits(char *p, int v, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        p[i] = (char)('0' + v % 10);
        v /= 10;
    }
    return p + width;
}

void date_iso(int32_t day, char text[11])
{
    struct civil d = date_to_civil(day);
    char *p = text;

    if (d.year >= YEAR_FIRST && d.year <= YEAR_LAST) {
        p = put_digits(p, d.year, 4);
        *p++ = '-';
        p = put_digits(p, d.month, 2);
        *p++ = '-';
        p = put_digits(p, d.day, 2);
    }
    *p = '\0';
}

void time_iso(int64_t time, char text[21])
{
    int64_t limit = (int64_t)INT32_MAX * SECONDS_A_DAY;
    int32_t day = time > -limit && time < limit ? utc_day(time) : DAY_NONE;
    int second;
    char *p = text + 10;

    date_iso(day, text);
    if (text[0] == '\0')
        return;
    second = (int)(time - (int64_t)day * SECONDS_A_DAY);
    *p++ = 'T';
    p = put_digits(p, second / 3600, 2);
    *p++ = ':';
    p = put_digits(p, second / 60 % 60, 2);
    *p++ = ':';
    p = put_digits(p, second % 60, 2);
    *p++ = 'Z';
    *p = '\0';
}
