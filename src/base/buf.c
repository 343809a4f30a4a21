// SPDX-License-Identifier: EUPL-1.2
#include "base/buf.h"

#include "base/clocale.h"
#include "base/date.h"
#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_free(struct buf *b)
{
    free(b->data);
    *b = (struct buf){ .data = NULL };
}

/* Nothing is kept after a failure: with no room at all every later write comes back here. */
static bool fail(struct buf *b)
{
    buf_free(b);
    b->failed = true;
    return false;
}

bool buf_reserve(struct buf *b, size_t more)
{
    size_t cap = b->cap > 0 ? b->cap : 256;
    char *data;

    if (b->failed)
        return false;
    if (b->cap - b->len > more)
        return true;
    if (more > SIZE_MAX / 4 || b->len > SIZE_MAX / 4)
        return fail(b);
    while (cap - b->len <= more)
        cap *= 2;
    data = realloc(b->data, cap);
    if (data == NULL)
        return fail(b);
    b->data = data;
    b->cap = cap;
    return true;
}

void buf_str(struct buf *b, const char *text)
{
    if (text != NULL)
        buf_put(b, text, strlen(text));
}

/* Digits of v before `end`; returns where they start. */
static char *digits_before(char *end, uint64_t v)
{
    do {
        *--end = (char)('0' + v % 10);
        v /= 10;
    } while (v > 0);
    return end;
}

void buf_int(struct buf *b, int64_t v)
{
    char text[24];

    buf_put(b, text, (size_t)(text_put_int(text, v) - text));
}

/* Writes n / 10^decimals. */
static void put_scaled(struct buf *b, bool minus, uint64_t n, int decimals, char point)
{
    char text[40], *end = text + sizeof text, *p = digits_before(end, n);

    while (end - p <= decimals)
        *--p = '0';
    if (minus && n > 0)
        buf_char(b, '-');
    buf_put(b, p, (size_t)(end - p - decimals));
    if (decimals > 0) {
        buf_char(b, point);
        buf_put(b, end - decimals, (size_t)decimals);
    }
}

/* Like vsnprintf in the C locale. */
__attribute__((format(printf, 3, 0))) static int plain_vprintf(char *to, size_t size, const char *format,
                                                               va_list ap)
{
    locale_t before = uselocale(clocale());
    int n = vsnprintf(to, size, format, ap);

    uselocale(before);
    return n;
}

__attribute__((format(printf, 3, 4))) static int plain_printf(char *to, size_t size, const char *format, ...)
{
    va_list ap;
    int n;

    va_start(ap, format);
    n = plain_vprintf(to, size, format, ap);
    va_end(ap);
    return n;
}

/* Numbers with too many digits for the fast way: all their digits (30 after the point are exact there),
 * rounded as text. */
static void put_large(struct buf *b, double v, int decimals, char point)
{
    char text[400];
    int len = plain_printf(text, sizeof text, "%.30f", fabs(v));
    int cut = len - 30 + decimals; /* the first digit that goes away */
    bool carry = text[cut] >= '5';
    int i = cut - 1;

    for (; carry && i >= 0; i--) {
        if (text[i] == '.')
            continue;
        carry = text[i] == '9';
        text[i] = (char)(carry ? '0' : text[i] + 1);
    }
    buf_str(b, v < 0 ? "-" : "");
    buf_str(b, carry ? "1" : "");
    buf_put(b, text, (size_t)(len - 31));
    if (decimals > 0) {
        buf_char(b, point);
        buf_put(b, text + len - 30, (size_t)decimals);
    }
}

void buf_fixed(struct buf *b, double v, int decimals, char point)
{
    static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
    double a = fabs(v), scale, scaled, rest, whole;

    if (!isfinite(v)) {
        buf_char(b, '-');
        return;
    }
    decimals = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
    scale = tens[decimals];
    scaled = a * scale;
    if (scaled >= 0x1p52) { /* halves no longer fit beside the whole */
        put_large(b, v, decimals, point);
        return;
    }
    /* a * scale = scaled + rest exactly: 1.115 lies below the half although scaled says 111.5. */
    rest = fma(a, scale, -scaled);
    whole = floor(scaled);
    if (scaled - whole > 0.5 || (!(scaled - whole < 0.5) && rest >= 0))
        whole++;
    put_scaled(b, v < 0, (uint64_t)whole, decimals, point);
}

void buf_number(struct buf *b, double v, int digits)
{
    char text[64];
    double wanted, got;

    if (!isfinite(v)) {
        buf_lit(b, "null");
        return;
    }
    if (digits >= 15 && fabs(v) < 1e15 && v == trunc(v)) {
        buf_int(b, (int64_t)v);
        return;
    }
    digits = digits < 1 ? 1 : digits > 17 ? 17 : digits;
    plain_printf(text, sizeof text, "%.*g", digits, v);
    if (digits > 15) { /* 0.1, not 0.10000000000000001: fewer digits when they mean the same number */
        wanted = strtod_l(text, NULL, clocale());
        for (int fewer = 15; fewer < digits; fewer++) {
            plain_printf(text, sizeof text, "%.*g", fewer, v);
            got = strtod_l(text, NULL, clocale());
            if (!(got < wanted) && !(got > wanted))
                break;
            plain_printf(text, sizeof text, "%.*g", digits, v);
        }
    }
    buf_str(b, text);
}

void buf_pad(struct buf *b, size_t from, size_t width)
{
    do
        buf_char(b, ' ');
    while (b->len < from + width && !b->failed);
}

void buf_date(struct buf *b, int32_t day)
{
    char text[11];

    date_iso(day, text);
    buf_str(b, text);
}

void buf_time(struct buf *b, int64_t time)
{
    char text[21];

    time_iso(time, text);
    buf_str(b, text);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list ap, again;
    int n;

    va_start(ap, format);
    va_copy(again, ap);
    if (buf_reserve(b, 128)) {
        n = plain_vprintf(b->data + b->len, b->cap - b->len, format, ap);
        if (n < 0)
            fail(b);
        else if ((size_t)n < b->cap - b->len)
            b->len += (size_t)n;
        else if (buf_reserve(b, (size_t)n)) {
            plain_vprintf(b->data + b->len, b->cap - b->len, format, again);
            b->len += (size_t)n;
        }
    }
    va_end(again);
    va_end(ap);
}

const char *buf_text(struct buf *b)
{
    if (b->data == NULL)
        return "";
    b->data[b->len] = '\0';
    return b->data;
}
