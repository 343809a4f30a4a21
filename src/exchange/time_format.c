// SPDX-License-Identifier: EUPL-1.2
#include "exchange/time_format.h"

#include "base/date.h"
#include "base/text.h"

#include <string.h>

/* One element at the start of the words, and its letter in the compiled pattern. */
static size_t element_parse(const char *words, bool after_hour, char *ret_letter)
{
    static const struct {
        const char *text;
        char letter;
    } element[] = { { "dd", 'D' }, { "d", 'D' },  { "mm", 'M' }, { "m", 'M' },  { "yyyy", 'Y' },
                    { "yy", 'y' }, { "hh", 'h' }, { "h", 'h' },  { "ss", 's' }, { "am", 'a' } };

    for (size_t i = 0; i < sizeof element / sizeof element[0]; i++) {
        size_t len = strlen(element[i].text);
        if (strncmp(words, element[i].text, len) != 0)
            continue;
        *ret_letter = element[i].letter == 'M' && after_hour ? 'm' : element[i].letter;
        return len;
    }
    return 0;
}

/* Every day part once, and no time part without hours. */
static bool pattern_whole(const char *pattern)
{
    static const char single[] = "DMhmsa";
    size_t years = 0;

    for (const char *p = pattern; *p != '\0'; p++) {
        years += *p == 'Y' || *p == 'y';
        if (strchr(single, *p) != NULL && strchr(p + 1, *p) != NULL)
            return false;
    }
    if (years != 1 || (strchr(pattern, 'D') != NULL && strchr(pattern, 'M') == NULL))
        return false;
    if (strchr(pattern, 'a') != NULL && strchr(pattern, 'h') == NULL)
        return false;
    return (strchr(pattern, 's') == NULL || strchr(pattern, 'm') != NULL) &&
           (strchr(pattern, 'm') == NULL || strchr(pattern, 'h') != NULL);
}

/* What separates the hour from the day goes behind the mark of what may be absent. */
static bool pattern_parse(const char *words, size_t len, char pattern[40])
{
    size_t n = 0, sign = 0;
    bool hour = false;

    for (size_t i = 0; i < len;) {
        char letter = 0;
        size_t taken = element_parse(words + i, hour, &letter);
        if (n > 36 || (taken == 0 && strchr("-/.: TtZ,", words[i]) == NULL))
            return false;
        if (letter == 'h') {
            hour = true;
            memmove(pattern + sign + 1, pattern + sign, n - sign);
            pattern[sign] = '\1';
            n++;
        }
        pattern[n++] = taken ? letter : words[i];
        if (taken)
            sign = n;
        i += taken ? taken : 1;
    }
    pattern[n] = '\0';
    return pattern_whole(pattern);
}

static bool ends_with(const char *words, size_t *len, const char *word)
{
    size_t n = strlen(word);

    if (*len < n || memcmp(words + *len - n, word, n) != 0 || (*len > n && words[*len - n - 1] != ' '))
        return false;
    *len -= n;
    while (*len > 0 && words[*len - 1] == ' ')
        (*len)--;
    return true;
}

bool time_format_parse(const char *words, struct time_format *ret_format)
{
    struct time_format f = { .kind = TIME_ISO };
    size_t len = strlen(words);

    f.utc = ends_with(words, &len, "utc");
    if (!f.utc)
        (void)ends_with(words, &len, "local");
    if (len == 0 || (len == 3 && memcmp(words, "iso", 3) == 0))
        f.kind = TIME_ISO;
    else if (len == 5 && memcmp(words, "epoch", 5) == 0)
        f.kind = TIME_EPOCH;
    else if (len == 8 && memcmp(words, "epoch_ms", 8) == 0)
        f.kind = TIME_EPOCH_MS;
    else if (pattern_parse(words, len, f.pattern))
        f.kind = TIME_PATTERN;
    else
        return false;
    *ret_format = f;
    return true;
}

struct parts {
    int year, month, day, hour, minute, second;
    int half; /* 0: 24 hours; 1 am; 2 pm */
};

/* At least one digit, at most `most`. */
static bool digits_scan(const char **p, const char *end, int most, int *ret_value)
{
    int v = 0, n = 0;

    for (; n < most && *p < end && **p >= '0' && **p <= '9'; n++)
        v = v * 10 + *(*p)++ - '0';
    *ret_value = v;
    return n > 0;
}

static bool half_scan(const char **p, const char *end, int *ret_half)
{
    const char *t = *p;

    if (end - t < 2 || (t[1] | 0x20) != 'm' || ((t[0] | 0x20) != 'a' && (t[0] | 0x20) != 'p'))
        return false;
    *ret_half = (t[0] | 0x20) == 'a' ? 1 : 2;
    *p += 2;
    return true;
}

static bool part_scan(char letter, const char **p, const char *end, struct parts *t)
{
    const char *start = *p;

    switch (letter) {
    case 'D':
        return digits_scan(p, end, 2, &t->day);
    case 'M':
        return digits_scan(p, end, 2, &t->month);
    case 'Y':
        return digits_scan(p, end, 4, &t->year) && *p - start == 4;
    case 'y':
        if (!digits_scan(p, end, 2, &t->year) || *p - start != 2)
            return false;
        t->year += t->year < 70 ? 2000 : 1900;
        return true;
    case 'h':
        return digits_scan(p, end, 2, &t->hour);
    case 'm':
        return digits_scan(p, end, 2, &t->minute) && *p - start == 2;
    case 's':
        return digits_scan(p, end, 2, &t->second) && *p - start == 2;
    case 'a':
        return half_scan(p, end, &t->half);
    default:
        if (*p >= end || **p != letter)
            return false;
        (*p)++;
        return true;
    }
}

/* The seconds with the sign before them may be absent. */
static bool rest_is_seconds(const char *pattern)
{
    return strchr(pattern, 's') != NULL && strpbrk(pattern, "DMYyhm") == NULL;
}

static bool parts_scan(const char *pattern, const char *p, const char *end, struct parts *t)
{
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == '\1') {
            if (p == end)
                return true;
            continue;
        }
        if (rest_is_seconds(pattern) && *pattern != 's' && (p == end || *p != *pattern)) {
            pattern = strchr(pattern, 's');
            continue;
        }
        if (!part_scan(*pattern, &p, end, t))
            return false;
    }
    return p == end;
}

static bool pattern_scan(const struct time_format *f, const char *text, size_t len, int64_t *ret_time)
{
    struct parts t = { .month = 1, .day = 1 };
    int32_t day;
    int second;

    if (!parts_scan(f->pattern, text, text + len, &t))
        return false;
    if (t.half != 0 && (t.hour < 1 || t.hour > 12))
        return false;
    if (t.half != 0)
        t.hour = t.hour % 12 + (t.half == 2 ? 12 : 0);
    if (!date_valid(t.year, t.month, t.day) || t.hour > 23 || t.minute > 59 || t.second > 59)
        return false;
    day = date_from_civil(t.year, t.month, t.day);
    second = t.hour * 3600 + t.minute * 60 + t.second;
    *ret_time = f->utc ? (int64_t)day * SECONDS_A_DAY + second : time_of_nl_day(day, second);
    return true;
}

static bool epoch_scan(const char *text, size_t len, int64_t divide, int64_t *ret_time)
{
    int64_t v;

    if (len == 0 || len > 18 || !text_to_int(text, &v))
        return false;
    v = v >= 0 ? v / divide : -((-v + divide - 1) / divide);
    if (v < (int64_t)date_from_civil(1000, 1, 1) * SECONDS_A_DAY ||
        v >= (int64_t)date_from_civil(9999, 12, 31) * SECONDS_A_DAY)
        return false;
    *ret_time = v;
    return true;
}

bool time_format_scan(const struct time_format *f, const char *text, size_t len, int64_t *ret_time)
{
    switch (f->kind) {
    case TIME_ISO:
        return time_scan(text, len, !f->utc, ret_time);
    case TIME_EPOCH:
        return epoch_scan(text, len, 1, ret_time);
    case TIME_EPOCH_MS:
        return epoch_scan(text, len, 1000, ret_time);
    case TIME_PATTERN:
        break;
    }
    return pattern_scan(f, text, len, ret_time);
}
