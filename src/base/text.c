// SPDX-License-Identifier: EUPL-1.2
#include "base/text.h"

#include "base/clocale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two bytes a character, blank where a letter stays as it is: the compatibility decomposition of Unicode 15
 * without its marks, in lower case, and the usual spelling of letters without decomposition (ø o, ß ss, þ th,
 * ŋ ng). */
static const char latin[] =            /* U+00C0..U+024F */
    "a a a a a a aec e e e e i i i i " /* U+00C0 */
    "d n o o o o o   o u u u u y thss" /* U+00D0 */
    "a a a a a a aec e e e e i i i i " /* U+00E0 */
    "d n o o o o o   o u u u u y thy " /* U+00F0 */
    "a a a a a a c c c c c c c c d d " /* U+0100 */
    "d d e e e e e e e e e e g g g g " /* U+0110 */
    "g g g g h h h h i i i i i i i i " /* U+0120 */
    "i i ijijj j k k k l l l l l l l " /* U+0130 */
    "l l l n n n n n n n ngngo o o o " /* U+0140 */
    "o o oeoer r r r r r s s s s s s " /* U+0150 */
    "s s t t t t t t u u u u u u u u " /* U+0160 */
    "u u u u w w y y y z z z z z z s " /* U+0170 */
    "b                           e e " /* U+0180 */
    "  f f         i                 " /* U+0190 */
    "o o                           u " /* U+01A0 */
    "u         z z                   " /* U+01B0 */
    "        dzdzdzljljljnjnjnja a i " /* U+01C0 */
    "i o o u u u u u u u u u u e a a " /* U+01D0 */
    "a a aeaeg g g g k k o o o o     " /* U+01E0 */
    "j dzdzdzg g     n n a a aeaeo o " /* U+01F0 */
    "a a a a e e e e i i i i o o o o " /* U+0200 */
    "r r r r u u u u s s t t     h h " /* U+0210 */
    "        z z a a e e o o o o o o " /* U+0220 */
    "o o y y       j                 " /* U+0230 */
    "      b u                       " /* U+0240 */;
static const char latin_more[] =       /* U+1E00..U+1EFF */
    "a a b b b b b b c c d d d d d d " /* U+1E00 */
    "d d d d e e e e e e e e e e f f " /* U+1E10 */
    "g g h h h h h h h h h h i i i i " /* U+1E20 */
    "k k k k k k l l l l l l l l m m " /* U+1E30 */
    "m m m m n n n n n n n n o o o o " /* U+1E40 */
    "o o o o p p p p r r r r r r r r " /* U+1E50 */
    "s s s s s s s s s s t t t t t t " /* U+1E60 */
    "t t u u u u u u u u u u v v v v " /* U+1E70 */
    "w w w w w w w w w w x x x x y y " /* U+1E80 */
    "z z z z z z h t w y a s s s ss  " /* U+1E90 */
    "a a a a a a a a a a a a a a a a " /* U+1EA0 */
    "a a a a a a a a e e e e e e e e " /* U+1EB0 */
    "e e e e e e e e i i i i o o o o " /* U+1EC0 */
    "o o o o o o o o o o o o o o o o " /* U+1ED0 */
    "o o o o u u u u u u u u u u u u " /* U+1EE0 */
    "u u y y y y y y y y             " /* U+1EF0 */;

/* For locale_t; "C" always exists and takes no memory in glibc. */
locale_t clocale(void)
{
    static _Atomic(locale_t) made;
    locale_t l = made;

    if (l == (locale_t)0) {
        l = newlocale(LC_ALL_MASK, "C", (locale_t)0);
        made = l;
    }
    return l;
}

bool text_is(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool text_one_letter_apart(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), i = 0;

    if (la > lb + 1 || lb > la + 1)
        return false;
    while (a[i] != '\0' && a[i] == b[i])
        i++;
    if (la == lb)
        return a[i] == '\0' || text_is(a + i + 1, b + i + 1);
    return la > lb ? text_is(a + i + 1, b + i) : text_is(a + i, b + i + 1);
}

bool text_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

size_t text_characters(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

char *text_put_int(char *to, int64_t v)
{
    uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;
    char digits[20], *p = digits + sizeof digits;

    do {
        *--p = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (v < 0)
        *to++ = '-';
    size_t n = (size_t)(digits + sizeof digits - p);
    memcpy(to, p, n);
    return to + n;
}

static bool continues(const unsigned char *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if ((p[i] & 0xc0) != 0x80)
            return false;
    return true;
}

size_t text_char_bytes(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    unsigned char low = 0x80, high = 0xbf; /* of the second byte */
    size_t n;

    if (len == 0 || p[0] == 0)
        return 0;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4)
        return 0;
    n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] == 0xe0)
        low = 0xa0; /* longer than needed */
    else if (p[0] == 0xed)
        high = 0x9f; /* surrogates */
    else if (p[0] == 0xf0)
        low = 0x90;
    else if (p[0] == 0xf4)
        high = 0x8f; /* above U+10FFFF */
    if (len < n || p[1] < low || p[1] > high || !continues(p, 2, n))
        return 0;
    return n;
}

bool text_utf8_valid(const char *text, size_t len)
{
    size_t i = 0;

    while (i < len) {
        uint64_t eight;
        size_t n;

        if (len - i >= sizeof eight) {
            memcpy(&eight, text + i, sizeof eight);
            /* Eight ASCII bytes, none of them NUL. */
            if (((eight | (eight - 0x0101010101010101u)) & 0x8080808080808080u) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        n = text_char_bytes(text + i, len - i);
        if (n == 0)
            return false;
        i += n;
    }
    return true;
}

bool text_to_int(const char *text, int64_t *ret_value)
{
    bool minus = text != NULL && text[0] == '-';
    int64_t v = 0;

    if (text_empty(text) || text[minus] == '\0')
        return false;
    for (const char *p = text + minus; *p != '\0'; p++) {
        int digit = *p - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, minus ? -digit : digit, &v))
            return false;
    }
    if (v == INT_NONE)
        return false;
    *ret_value = v;
    return true;
}

/* What a number in decimal writing consists of. */
struct decimal {
    uint64_t mantissa; /* its first 19 digits */
    int digits;        /* all of them, without zeros in front */
    int exponent;      /* of ten */
    bool minus;
};

/* -?digits[.digits][e[+-]digits], the digits before or after the point may be absent, not both. */
static bool scan_decimal(const char *p, const char *end, struct decimal *d)
{
    bool any = false, fraction = false;
    int power = 0;
    bool down = false;

    *d = (struct decimal){ .minus = p < end && *p == '-' };
    for (p += d->minus; p < end && ((*p >= '0' && *p <= '9') || (*p == '.' && !fraction)); p++) {
        if (*p == '.') {
            fraction = true;
            continue;
        }
        any = true;
        d->exponent -= fraction;
        if (d->digits == 0 && *p == '0')
            continue;
        if (d->digits++ < 19)
            d->mantissa = d->mantissa * 10 + (uint64_t)(*p - '0');
    }
    if (!any)
        return false;
    if (p == end)
        return true;
    if (*p != 'e' && *p != 'E')
        return false;
    p++;
    if (p < end && (*p == '+' || *p == '-'))
        down = *p++ == '-';
    if (p == end)
        return false;
    for (; p < end && *p >= '0' && *p <= '9'; p++)
        power = power < 10000 ? power * 10 + (*p - '0') : power;
    d->exponent += down ? -power : power;
    return p == end;
}

bool text_to_double(const char *text, size_t len, double *ret_value)
{
    static const double tens[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    struct decimal d;
    char whole[512];
    double v;

    if (text == NULL || len >= sizeof whole || !scan_decimal(text, text + len, &d))
        return false;
    if (d.digits <= 15 && d.exponent >= -22 && d.exponent <= 22) {
        /* Both are exact, so one operation rounds correctly (Clinger 1990, "How to read floating point
         * numbers"). */
        v = (double)d.mantissa;
        v = d.exponent < 0 ? v / tens[-d.exponent] : v * tens[d.exponent];
        v = d.minus ? -v : v;
    } else {
        memcpy(whole, text, len);
        whole[len] = '\0';
        v = strtod_l(whole, NULL, clocale());
    }
    if (!isfinite(v))
        return false;
    *ret_value = v;
    return true;
}

void text_copy(char *to, size_t size, const char *from)
{
    size_t len = from != NULL ? strnlen(from, size) : 0;

    if (size == 0)
        return;
    if (len == size) { /* does not fit: back to the start of the character that is cut */
        len--;
        while (len > 0 && ((unsigned char)from[len] & 0xc0) == 0x80)
            len--;
    }
    if (len > 0)
        memcpy(to, from, len);
    to[len] = '\0';
}

/* Code point of a sound sequence of n bytes. */
static uint32_t code_point(const char *p, size_t n)
{
    static const unsigned char lead[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    uint32_t u = (unsigned char)p[0] & lead[n];

    for (size_t i = 1; i < n; i++)
        u = u << 6 | ((unsigned char)p[i] & 0x3fu);
    return u;
}

/* Lower case without accents; returns the bytes in `to` (never more than n). */
static size_t fold_char(const char *from, size_t n, char to[4])
{
    uint32_t u = code_point(from, n);
    const char *pair = "  ";

    if (u >= 0x300 && u <= 0x36f) /* combining marks */
        return 0;
    if (u >= 0xc0 && u <= 0x24f)
        pair = latin + (size_t)(u - 0xc0) * 2;
    else if (u >= 0x1e00 && u <= 0x1eff)
        pair = latin_more + (size_t)(u - 0x1e00) * 2;
    if (pair[0] != ' ') {
        to[0] = pair[0];
        to[1] = pair[1];
        return pair[1] == ' ' ? 1 : 2;
    }
    memcpy(to, from, n);
    if (n == 1 && to[0] >= 'A' && to[0] <= 'Z')
        to[0] = (char)(to[0] + ('a' - 'A'));
    return n;
}

void text_fold(char *to, size_t size, const char *from)
{
    size_t left = from != NULL ? strlen(from) : 0, at = 0;

    if (size == 0)
        return;
    while (left > 0) {
        size_t n = text_char_bytes(from, left), put = 1;
        char folded[4] = "?"; /* a byte that is no UTF-8 */

        if (n > 0)
            put = fold_char(from, n, folded);
        else
            n = 1;
        if (put >= size - at)
            break;
        memcpy(to + at, folded, put);
        at += put;
        from += n;
        left -= n;
    }
    to[at] = '\0';
}

/* Bytes of the blank that starts here: ASCII or the no-break space that office programs put in. */
static size_t blank_bytes(const char *p)
{
    if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        return 1;
    return (unsigned char)p[0] == 0xc2 && (unsigned char)p[1] == 0xa0 ? 2 : 0;
}

char *text_trim(char *text)
{
    char *end;

    while (*text != '\0' && blank_bytes(text) > 0)
        text += blank_bytes(text);
    end = text + strlen(text);
    for (;;) {
        if (end > text && blank_bytes(end - 1) == 1)
            end--;
        else if (end > text + 1 && blank_bytes(end - 2) == 2)
            end -= 2;
        else
            break;
    }
    *end = '\0';
    return text;
}

bool text_same_secret(const char *a, const char *b)
{
    size_t len_a = strlen(a), len_b = strlen(b);
    volatile unsigned char different = len_a != len_b;

    /* Always walks all of b: how much is right does not show in the time. */
    for (size_t i = 0; i < len_b; i++)
        different |= (unsigned char)(a[i < len_a ? i : len_a] ^ b[i]);
    return different == 0;
}
