// SPDX-License-Identifier: EUPL-1.2
/* How a column writes a time, in words that an analyst reads:
 *     iso                     2024-01-31, 2024-01-31T12:00:00+01:00 (the default)
 *     dd-mm-yyyy hh:mm:ss     any order of dd mm yyyy yy hh mm ss and am, with the signs in between as they
 * stand epoch, epoch_ms         seconds or milliseconds since 1970-01-01T00:00:00Z followed by `utc`, or
 * `local` for Dutch civil time (the default where the text itself names no zone). `mm` after `hh` is minutes.
 * Days, months and hours may miss their first zero; the time part may be absent (midnight), and so may the
 * seconds. `yy` is 1970..2069. */
#ifndef PEIL_EXCHANGE_TIME_FORMAT_H
#define PEIL_EXCHANGE_TIME_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum time_format_kind { TIME_ISO, TIME_EPOCH, TIME_EPOCH_MS, TIME_PATTERN };

struct time_format {
    enum time_format_kind kind;
    bool utc;
    char pattern[40]; /* D M Y y h m s a, other characters as they are; the part after \1 may be absent */
};

/* Reads the words after the colon of a mapping, such as "dd-mm-yyyy hh:mm utc"; false when they make no
 * sense. */
bool time_format_parse(const char *words, struct time_format *ret_format);
/* A time in that format; false when the text does not fit or no such day exists. */
bool time_format_scan(const struct time_format *f, const char *text, size_t len, int64_t *ret_time);

#endif
