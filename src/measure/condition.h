// SPDX-License-Identifier: EUPL-1.2
/* Conditions on facts, in words: what the columns `of` and `yes` of the catalogue of indicators say.
 *
 *     answered waited<=$phone            both hold: answered, within the seconds of the setting
 *     !withdrawn end<=due                not withdrawn, and done in time
 *     kind=waiting|treatment             one of these codes
 *     received..triaged<=1wd             from one moment to the other at most a working day
 *     direct|indirect                    one of these marks
 *
 * A condition is a list of terms with blanks between; all must hold. A term is
 *     mark, or mark|mark ...             see FACT_MARK_LIST
 *     code=text, or code=text|text       team, kind, cause ... with a text of the register
 *     column OP value                    <= < >= > or =; the value a number, a length, another column, `now`
 *                                        or a setting ($phone)
 *     column..column OP length           time between two moments; `now` may be the second
 * and `!` before it turns it round. Lengths: 30s, 5min, 2h, 14d (calendar days), 2wd (working days), 6w,
 * 6mo. A length in d, wd, w or mo ends at the end of that Dutch day.
 *
 * Not known is not false: what must happen before a moment that still lies ahead is open, also when it
 * happened early: a share of those who were early, without the others who still have time, would be too good.
 */
#ifndef PEIL_MEASURE_CONDITION_H
#define PEIL_MEASURE_CONDITION_H

#include "base/calendar.h"
#include "measure/facts.h"

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_OPEN };

enum condition_unit {
    UNIT_NONE,
    UNIT_SECONDS,
    UNIT_MINUTES,
    UNIT_HOURS,
    UNIT_DAYS,
    UNIT_WORKING_DAYS,
    UNIT_WEEKS,
    UNIT_MONTHS,
};
struct condition_length {
    int64_t amount;
    enum condition_unit unit;
};
/* What a setting of the municipality says: $phone. */
struct condition_setting {
    const char *name;
    struct condition_length length;
};

enum condition_operator { OP_MOST, OP_LESS, OP_LEAST, OP_MORE, OP_IS };
enum condition_kind { TERM_MARKS, TERM_CODE, TERM_COLUMN, TERM_BETWEEN };
#define CONDITION_NOW FACT_COLUMNS /* in the place of a column: the reference time */

struct condition_term {
    enum condition_kind kind;
    bool negated;
    uint64_t marks;
    enum fact_code code;
    const char *text; /* TERM_CODE: "waiting|treatment", text_len bytes */
    size_t text_len;
    enum condition_operator op;
    int column, other;              /* enum fact_column or CONDITION_NOW; other -1: a length or number */
    struct condition_length length; /* of a setting too, after condition_parse */
};
#define CONDITION_TERMS 6
struct condition {
    struct condition_term term[CONDITION_TERMS];
    size_t n;
};

/* Reads a condition. The text must stay. False: *ret_wrong is where the first term begins that cannot be
 * read; a setting that is not in the list is wrong too. "" is always true. */
bool condition_parse(const char *text, const struct condition_setting *setting, size_t settings,
                     struct condition *ret_condition, const char **ret_wrong);
/* Reads "14d" or "$phone" up to a blank or the end. */
bool condition_length_parse(const char *text, size_t len, const struct condition_setting *setting,
                            size_t settings, struct condition_length *ret_length);

/* Codes of a condition as they are numbered in these facts: condition_bind before condition_test. A text that
 * nobody has matches nothing. */
#define CONDITION_CODES 32 /* texts of one term; more cannot be read */
struct condition_bound {
    const struct condition *condition;
    int32_t code[CONDITION_TERMS][CONDITION_CODES]; /* the codes that match */
    size_t codes[CONDITION_TERMS];
};
void condition_bind(const struct condition *k, const struct facts *f, struct condition_bound *ret_bound);

struct condition_view {
    const struct fact_rows *rows;
    const struct calendar *calendar;
    int64_t at; /* reference time: nothing after it is known */
};
enum truth condition_test(const struct condition_bound *b, const struct condition_view *v, size_t row);

/* A moment of a row; TIME_NONE when the set has no such column, or it lies after the reference time (an
 * agreed moment such as `due` may). */
int64_t condition_moment(const struct condition_view *v, int column, size_t row);
/* The last moment within a length that begins at `from`. */
int64_t condition_end(const struct calendar *k, int64_t from, const struct condition_length *length);

#endif
