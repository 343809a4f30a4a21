// SPDX-License-Identifier: EUPL-1.2
/* Days and times without the C library's locale and time zone.
 * A day is an int32_t: days since 1970-01-01 (proleptic Gregorian). A time is an int64_t: seconds since
 * 1970-01-01T00:00:00Z. Unknown is DAY_NONE / TIME_NONE, which the store writes as NULL.
 * Algorithms: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021), days_from_civil. */
#ifndef PEIL_BASE_DATE_H
#define PEIL_BASE_DATE_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DAY_NONE INT32_MIN
#define TIME_NONE INT64_MIN
#define SECONDS_A_DAY 86400

struct civil {
    int year, month, day; /* month and day from 1 */
};

int32_t date_from_civil(int year, int month, int day); /* fields must be valid */
struct civil date_to_civil(int32_t day);
int date_weekday(int32_t day);                    /* 1 Monday .. 7 Sunday (ISO 8601) */
bool date_valid(int year, int month, int day);    /* years 1000..9999 */
int32_t date_add_months(int32_t day, int months); /* the last day of the month when it is shorter */

/* Reads exactly "2024-01-31"; the whole text must match. */
bool date_scan(const char *text, size_t len, int32_t *ret_day);
/* Reads "2024-01-31", "2024-01-31T12:00[:00[.123]][Z|+01:00]" or with a space for the T. Without a zone:
 * Dutch local time if `local`, else UTC. A bare date is midnight. Parts of a second are dropped. */
bool time_scan(const char *text, size_t len, bool local, int64_t *ret_time);
/* As a person types it: "31-1-2024", "31/01/2024", "31.1.2024", "31 1 2024", "2024-01-31". Fails with a field
 * error on `field`. */
enum err date_parse(struct ctx *c, const char *field, const char *text, int32_t *ret_day) MUST_CHECK;

/* Seconds that Dutch civil time is ahead of UTC at this moment: 3600, or 7200 in summer (Directive
 * 2000/84/EC; until 1995 summer ended in September; before 1981 always 3600). */
int time_nl_offset(int64_t time);
int32_t time_nl_day(int64_t time); /* day number in the Netherlands */
int time_nl_second(int64_t time);  /* seconds since midnight there */
/* Moment of that Dutch clock time: the first of the two in October, an hour later for the hour that March
 * skips. */
int64_t time_of_nl_day(int32_t day, int second);

/* Writes "2024-01-31" (11 bytes with NUL) / "2024-01-31T12:00:00Z" (21 bytes with NUL); years 1000..9999,
 * "" outside them and for DAY_NONE / TIME_NONE. */
void date_iso(int32_t day, char text[11]);
void time_iso(int64_t time, char text[21]);

#endif
