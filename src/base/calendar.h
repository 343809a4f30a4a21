// SPDX-License-Identifier: EUPL-1.2
/* Working days and legal terms in the Netherlands (Algemene termijnenwet, Atw).
 *
 * There are two sets of days, because the law and a contract count differently:
 *  - legal: every day but Saturday, Sunday and the recognised holidays of Atw art. 3 (5 May every year, Good
 *    Friday equated). Terms that a law sets end on such a day.
 *  - working: what a norm in working days counts. Weekends and holidays are closed too, but whether Good
 * Friday and 5 May are is a choice, and local closing days (carnival in the south) come on top. The caller
 * owns the calendar (27 kB, no pointers: it may be copied); after calendar_init it is only read. It knows
 * 1950..2149; outside those years only weekends are closed. */
#ifndef PEIL_BASE_CALENDAR_H
#define PEIL_BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALENDAR_FIRST_YEAR = 1950, CALENDAR_LAST_YEAR = 2149, CALENDAR_WORDS = 1142 };

/* Whether offices are closed on 5 May. */
enum liberation_day { LIBERATION_DAY_CLOSED, LIBERATION_DAY_FIVE_YEARS, LIBERATION_DAY_OPEN };

struct calendar_rule {
    bool good_friday_open;
    enum liberation_day liberation_day;
    const int32_t *closing; /* local closing days, in any order; not needed after calendar_init */
    size_t n_closing;
    const int32_t
        *equated; /* days that a royal decree equates with holidays (Atw art. 3(3)); legal days only */
    size_t n_equated;
};

/* One bit a day, set when it counts, and how many are set before each word. */
struct calendar_days {
    uint64_t open[CALENDAR_WORDS];
    int32_t before[CALENDAR_WORDS];
};
struct calendar {
    struct calendar_days working, legal;
};

void calendar_init(struct calendar *k, const struct calendar_rule *rule);

bool calendar_is_working(const struct calendar *k, int32_t day);
/* The nth working day after `day`; n = -1 is the last one before it; n = 0 is `day` itself or, when that is
 * closed, the first working day after it. DAY_NONE when `day` is. */
int32_t calendar_add_working(const struct calendar *k, int32_t day, int32_t n);
/* How many working days lie after `from` up to and with `to`: what is received today is 0 working days old.
 * Negative when `to` is before `from`. Both must be known. */
int32_t calendar_working_between(const struct calendar *k, int32_t from, int32_t to);

/* Last day of a legal term that would end on `day` (Atw art. 1(1)): the first day from there that is no
 * Saturday, Sunday or recognised holiday. Not for terms counted back from an event (art. 1(2)). */
int32_t calendar_legal_end(const struct calendar *k, int32_t day);

/* The last two are no units of the Atw: norms and agreements count in them (register/term.h). */
enum term_unit { TERM_DAYS, TERM_WEEKS, TERM_MONTHS, TERM_YEARS, TERM_WORKING_DAYS, TERM_HOURS };
/* Last day of a legal term of `amount` units that starts to run after the day `from`. A term of at least
 * three days holds at least two legal days (art. 2); then art. 1. Terms of more than 90 days, twelve weeks or
 * three months and terms in years are not extended (art. 4(a)); neither are terms in hours, which are no
 * days: they do not come here. */
int32_t calendar_legal_term(const struct calendar *k, int32_t from, int amount, enum term_unit unit);

/* Easter Sunday in the Gregorian calendar, 1583 and later (Meeus/Jones/Butcher: J. Meeus, Astronomical
 * Algorithms, 2nd ed. 1998, p. 67). */
int32_t calendar_easter(int year);
/* Monday of carnival: 48 days before Easter. */
int32_t calendar_carnival_monday(int year);

enum holiday_kind {
    HOLIDAY_NEW_YEAR,
    HOLIDAY_GOOD_FRIDAY,
    HOLIDAY_EASTER_SUNDAY,
    HOLIDAY_EASTER_MONDAY,
    HOLIDAY_KING, /* the Queen's until 2013 */
    HOLIDAY_LIBERATION,
    HOLIDAY_ASCENSION,
    HOLIDAY_WHIT_SUNDAY,
    HOLIDAY_WHIT_MONDAY,
    HOLIDAY_CHRISTMAS,
    HOLIDAY_SECOND_CHRISTMAS,
    HOLIDAYS
};
/* The day of each kind in a year of the calendar. In some years two kinds share a day (Ascension and 5 May
 * 2016). */
void calendar_holidays(int year, int32_t ret_day[HOLIDAYS]);
/* English name of the holiday on that day, to be translated; NULL when it is none. */
const char *calendar_holiday_name(int32_t day);

#endif
