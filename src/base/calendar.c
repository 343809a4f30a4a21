// SPDX-License-Identifier: EUPL-1.2
#include "base/calendar.h"

#include "base/date.h"

#include <assert.h>

enum { FIRST_DAY = -7305, DAYS = 73049 }; /* 1950-01-01 up to and with 2149-12-31 */

int32_t calendar_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
    int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

    return date_from_civil(year, n / 31, n % 31 + 1);
}

int32_t calendar_carnival_monday(int year)
{
    return calendar_easter(year) - 48;
}

/* Birthday of the monarch as it is celebrated: 27 April since 2014 and 30 April since 1949. On a Sunday it is
 * the day before; until 1979 it was the day after. */
static int32_t monarch_day(int year)
{
    int32_t day = date_from_civil(year, 4, year >= 2014 ? 27 : 30);

    if (date_weekday(day) == 7)
        day += year >= 1980 ? -1 : 1;
    return day;
}

void calendar_holidays(int year, int32_t ret_day[HOLIDAYS])
{
    int32_t easter = calendar_easter(year);

    assert(year >= CALENDAR_FIRST_YEAR && year <= CALENDAR_LAST_YEAR);
    ret_day[HOLIDAY_NEW_YEAR] = date_from_civil(year, 1, 1);
    ret_day[HOLIDAY_GOOD_FRIDAY] = easter - 2;
    ret_day[HOLIDAY_EASTER_SUNDAY] = easter;
    ret_day[HOLIDAY_EASTER_MONDAY] = easter + 1;
    ret_day[HOLIDAY_KING] = monarch_day(year);
    ret_day[HOLIDAY_LIBERATION] = date_from_civil(year, 5, 5);
    ret_day[HOLIDAY_ASCENSION] = easter + 39;
    ret_day[HOLIDAY_WHIT_SUNDAY] = easter + 49;
    ret_day[HOLIDAY_WHIT_MONDAY] = easter + 50;
    ret_day[HOLIDAY_CHRISTMAS] = date_from_civil(year, 12, 25);
    ret_day[HOLIDAY_SECOND_CHRISTMAS] = date_from_civil(year, 12, 26);
}

const char *calendar_holiday_name(int32_t day)
{
    static const char *const names[HOLIDAYS] = {
        [HOLIDAY_NEW_YEAR] = N_("New Year's Day"),
        [HOLIDAY_GOOD_FRIDAY] = N_("Good Friday"),
        [HOLIDAY_EASTER_SUNDAY] = N_("Easter Sunday"),
        [HOLIDAY_EASTER_MONDAY] = N_("Easter Monday"),
        [HOLIDAY_KING] = N_("King's Day"),
        [HOLIDAY_LIBERATION] = N_("Liberation Day"),
        [HOLIDAY_ASCENSION] = N_("Ascension Day"),
        [HOLIDAY_WHIT_SUNDAY] = N_("Whit Sunday"),
        [HOLIDAY_WHIT_MONDAY] = N_("Whit Monday"),
        [HOLIDAY_CHRISTMAS] = N_("Christmas Day"),
        [HOLIDAY_SECOND_CHRISTMAS] = N_("Second Day of Christmas"),
    };
    int year = date_to_civil(day).year;
    int32_t days[HOLIDAYS];

    if (year < CALENDAR_FIRST_YEAR || year > CALENDAR_LAST_YEAR)
        return NULL;
    calendar_holidays(year, days);
    for (size_t i = 0; i < HOLIDAYS; i++)
        if (days[i] == day)
            return i == HOLIDAY_KING && year < 2014 ? N_("Queen's Day") : names[i];
    return NULL;
}

static void close_day(struct calendar_days *set, int32_t day)
{
    if (day >= FIRST_DAY && day < FIRST_DAY + DAYS)
        set->open[(day - FIRST_DAY) / 64] &= ~(UINT64_C(1) << ((day - FIRST_DAY) % 64));
}

static bool is_weekday(int64_t day)
{
    return ((day + 3) % 7 + 7) % 7 < 5;
}

static void open_weekdays(struct calendar_days *set)
{
    uint64_t week[7] = { 0 }; /* the 64 days from each day of the week on */

    for (int from = 0; from < 7; from++)
        for (int i = 0; i < 64; i++)
            if (is_weekday(FIRST_DAY + from + i))
                week[from] |= UINT64_C(1) << i;
    for (size_t w = 0; w < CALENDAR_WORDS; w++)
        set->open[w] = week[w * 64 % 7];
    set->open[CALENDAR_WORDS - 1] &= (UINT64_C(1) << (DAYS % 64)) - 1;
}

static void count(struct calendar_days *set)
{
    int32_t n = 0;

    for (size_t w = 0; w < CALENDAR_WORDS; w++) {
        set->before[w] = n;
        n += __builtin_popcountll(set->open[w]);
    }
}

static bool is_closed(const struct calendar_rule *rule, enum holiday_kind kind, int year)
{
    if (kind == HOLIDAY_GOOD_FRIDAY)
        return !rule->good_friday_open;
    if (kind == HOLIDAY_LIBERATION)
        return rule->liberation_day == LIBERATION_DAY_CLOSED ||
               (rule->liberation_day == LIBERATION_DAY_FIVE_YEARS && year % 5 == 0);
    return true;
}

void calendar_init(struct calendar *k, const struct calendar_rule *rule)
{
    static_assert(CALENDAR_WORDS == DAYS / 64 + 1, "one bit a day");
    int32_t days[HOLIDAYS];

    open_weekdays(&k->working);
    open_weekdays(&k->legal);
    for (int year = CALENDAR_FIRST_YEAR; year <= CALENDAR_LAST_YEAR; year++) {
        calendar_holidays(year, days);
        for (enum holiday_kind i = 0; i < HOLIDAYS; i++) {
            close_day(&k->legal, days[i]);
            if (is_closed(rule, i, year))
                close_day(&k->working, days[i]);
        }
    }
    for (size_t i = 0; i < rule->n_closing; i++)
        close_day(&k->working, rule->closing[i]);
    for (size_t i = 0; i < rule->n_equated; i++)
        close_day(&k->legal, rule->equated[i]);
    count(&k->working);
    count(&k->legal);
}

/* Weekdays since Monday 1969-12-29 before `day`. */
static int64_t weekdays_before(int64_t day)
{
    int64_t since = day + 3, week = (since >= 0 ? since : since - 6) / 7, rest = since - week * 7;

    return week * 5 + (rest < 5 ? rest : 5);
}

static int64_t total(const struct calendar_days *set)
{
    return set->before[CALENDAR_WORDS - 1] + __builtin_popcountll(set->open[CALENDAR_WORDS - 1]);
}

/* Open days from FIRST_DAY up to but without `day`; negative before FIRST_DAY. */
static int64_t open_before(const struct calendar_days *set, int64_t day)
{
    int64_t i = day - FIRST_DAY;

    if (i < 0)
        return weekdays_before(day) - weekdays_before(FIRST_DAY);
    if (i >= DAYS)
        return total(set) + weekdays_before(day) - weekdays_before(FIRST_DAY + DAYS);
    return set->before[i / 64] + __builtin_popcountll(set->open[i / 64] & ((UINT64_C(1) << (i % 64)) - 1));
}

/* The weekday that has n weekdays before it, from 1969-12-29 on. */
static int64_t weekday_at(int64_t n)
{
    int64_t week = (n >= 0 ? n : n - 4) / 5;

    return week * 7 + (n - week * 5) - 3;
}

/* The open day that has n open days before it (as open_before counts). */
static int64_t open_at(const struct calendar_days *set, int64_t n)
{
    size_t low = 0, high = CALENDAR_WORDS - 1;
    uint64_t word;

    if (n < 0)
        return weekday_at(n + weekdays_before(FIRST_DAY));
    if (n >= total(set))
        return weekday_at(n - total(set) + weekdays_before(FIRST_DAY + DAYS));
    while (low < high) { /* the last word with at most n before it */
        size_t middle = (low + high + 1) / 2;

        if (set->before[middle] <= n)
            low = middle;
        else
            high = middle - 1;
    }
    word = set->open[low];
    for (int64_t skip = n - set->before[low]; skip > 0; skip--)
        word &= word - 1;
    return FIRST_DAY + (int64_t)low * 64 + __builtin_ctzll(word);
}

static int32_t narrow(int64_t day)
{
    return day > INT32_MIN && day <= INT32_MAX ? (int32_t)day : DAY_NONE;
}

/* The first open day from `day` on. */
static int64_t open_from(const struct calendar_days *set, int64_t day)
{
    return open_at(set, open_before(set, day));
}

bool calendar_is_working(const struct calendar *k, int32_t day)
{
    int64_t i = (int64_t)day - FIRST_DAY;

    if (i < 0 || i >= DAYS)
        return is_weekday(day);
    return (k->working.open[i / 64] >> (i % 64) & 1) != 0;
}

int32_t calendar_add_working(const struct calendar *k, int32_t day, int32_t n)
{
    int64_t at;

    if (day == DAY_NONE)
        return DAY_NONE;
    at = n > 0 ? open_before(&k->working, (int64_t)day + 1) + n - 1 : open_before(&k->working, day) + n;
    return narrow(open_at(&k->working, at));
}

int32_t calendar_working_between(const struct calendar *k, int32_t from, int32_t to)
{
    assert(from != DAY_NONE && to != DAY_NONE);
    return (int32_t)(open_before(&k->working, (int64_t)to + 1) - open_before(&k->working, (int64_t)from + 1));
}

int32_t calendar_legal_end(const struct calendar *k, int32_t day)
{
    return day == DAY_NONE ? DAY_NONE : narrow(open_from(&k->legal, day));
}

int32_t calendar_legal_term(const struct calendar *k, int32_t from, int amount, enum term_unit unit)
{
    static const int days[] = { [TERM_DAYS] = 1, [TERM_WEEKS] = 7 };
    static const int longest[] = { [TERM_DAYS] = 90, [TERM_WEEKS] = 12, [TERM_MONTHS] = 3, [TERM_YEARS] = 0 };
    int64_t end, open;

    assert(amount > 0 && unit <= TERM_YEARS);
    if (from == DAY_NONE)
        return DAY_NONE;
    if (unit == TERM_MONTHS || unit == TERM_YEARS)
        end = date_add_months(from, unit == TERM_YEARS ? 12 * amount : amount);
    else
        end = from + (int64_t)days[unit] * amount;
    if (amount > longest[unit])
        return narrow(end);
    open = open_before(&k->legal, (int64_t)from + 1);
    if (end - from >= 3 && open_before(&k->legal, end + 1) - open < 2)
        end = open_at(&k->legal, open + 1); /* the second open day after `from` */
    return narrow(open_from(&k->legal, end));
}
