// SPDX-License-Identifier: EUPL-1.2
#include "exchange/encode.h"

#include "base/err.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

size_t encode_ascii_run(const unsigned char *p, size_t len)
{
    size_t i = 0;

#ifdef __SSE2__
    const __m128i zero = _mm_setzero_si128();
    for (; i + 16 <= len; i += 16) {
        __m128i v;
        memcpy(&v, p + i, sizeof v);
        /* A byte over 0x7F is negative and a NUL is zero: neither is greater than zero. */
        if (_mm_movemask_epi8(_mm_cmpgt_epi8(v, zero)) != 0xFFFF)
            break;
    }
#endif
    while (i < len && p[i] != 0 && p[i] < 0x80)
        i++;
    return i;
}

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Unicode 15 table 3-7: the range of the second byte depends on the first. */
static bool second_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return is_tail(second);
    }
}

int encode_sequence(const unsigned char *p, size_t len)
{
    int want;

    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    want = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    for (int i = 1; i < want; i++) {
        if ((size_t)i >= len)
            return -1;
        if (i == 1 ? !second_fits(p[0], p[1]) : !is_tail(p[i]))
            return 0;
    }
    return want;
}

enum source_encoding encode_guess(const unsigned char *p, size_t len, bool last)
{
    size_t good = 0, bad = 0;

    for (size_t i = 0; i < len;) {
        int n = encode_sequence(p + i, len - i);
        if (n == -1 && !last)
            break;
        if (n > 1)
            good++;
        if (n < 1)
            bad++;
        i += n > 0 ? (size_t)n : 1;
    }
    if (good == 0 && bad == 0)
        return SOURCE_ASCII;
    return good > bad ? SOURCE_UTF8 : SOURCE_WINDOWS_1252;
}

/* 0x80..0x9F of Windows-1252; 0 where it has no character. */
static const uint16_t high[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

#define NO_CHARACTER 0xFFFFFFFFu

/* One character: how many bytes it takes (0: cut off by the end) and its code point. */
static size_t character_get(enum source_encoding from, const unsigned char *p, size_t len, uint32_t *ret_code)
{
    int lo = from == SOURCE_UTF16BE ? 1 : 0;
    uint32_t unit, next;

    *ret_code = NO_CHARACTER;
    if (from == SOURCE_WINDOWS_1252) {
        *ret_code = p[0] < 0x80 || p[0] > 0x9F ? p[0] : high[p[0] - 0x80] ? high[p[0] - 0x80] : NO_CHARACTER;
        return 1;
    }
    if (len < 2)
        return 0;
    unit = (uint32_t)p[lo] | (uint32_t)p[1 - lo] << 8;
    if (unit < 0xD800 || unit > 0xDFFF) {
        *ret_code = unit;
        return 2;
    }
    if (unit > 0xDBFF)
        return 2;
    if (len < 4)
        return 0;
    next = (uint32_t)p[2 + lo] | (uint32_t)p[3 - lo] << 8;
    if (next < 0xDC00 || next > 0xDFFF)
        return 2;
    *ret_code = 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00);
    return 4;
}

static size_t utf8_put(uint32_t code, char *to)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xE0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3F));
        to[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 0x3F));
    to[2] = (char)(0x80 | (code >> 6 & 0x3F));
    to[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

/* UTF-8 with errors in it: valid sequences are copied, other bytes replaced. */
static struct encode_result repair(const unsigned char *p, size_t len, bool last, char *to, size_t room)
{
    struct encode_result r = { 0 };

    while (r.taken < len && room - r.written >= 4) {
        int n = encode_sequence(p + r.taken, len - r.taken);
        if (n == -1 && !last)
            break;
        if (p[r.taken] == 0) {
            r.nul = true;
            break;
        }
        if (n < 1) {
            r.written += utf8_put(0xFFFD, to + r.written);
            r.replaced++;
            r.taken++;
            continue;
        }
        memcpy(to + r.written, p + r.taken, (size_t)n);
        r.written += (size_t)n;
        r.taken += (size_t)n;
    }
    return r;
}

struct encode_result encode_to_utf8(enum source_encoding from, const unsigned char *p, size_t len, bool last,
                                    char *to, size_t room)
{
    struct encode_result r = { 0 };

    if (from == SOURCE_UTF8 || from == SOURCE_ASCII)
        return repair(p, len, last, to, room);
    while (r.taken < len && room - r.written >= 4) {
        uint32_t code;
        size_t n = character_get(from, p + r.taken, len - r.taken, &code);
        if (n == 0 && !last)
            break;
        if (n == 0)
            n = len - r.taken;
        if (code == 0) {
            r.nul = true;
            break;
        }
        if (code == NO_CHARACTER) {
            r.replaced++;
            code = 0xFFFD;
        }
        r.written += utf8_put(code, to + r.written);
        r.taken += n;
    }
    return r;
}
