// SPDX-License-Identifier: EUPL-1.2
/* The two pure parts of the CSV reader: finding the marks in 64 bytes, and guessing the delimiter. */
#ifndef PEIL_EXCHANGE_CSV_MARK_H
#define PEIL_EXCHANGE_CSV_MARK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define CSV_PAD 64           /* readable zero bytes after the text */
#define CSV_GUESS_SIZE 16384 /* bytes that csv_guess wants to see */

/* Bit i is set when p[i] is the delimiter, a quote, LF or CR. p has 64 readable bytes. */
static inline uint64_t csv_marks(const char *p, char delimiter)
{
    uint64_t mask = 0;

#ifdef __SSE2__
    const __m128i d = _mm_set1_epi8(delimiter), q = _mm_set1_epi8('"'), lf = _mm_set1_epi8('\n'),
                  cr = _mm_set1_epi8('\r');
    for (int i = 0; i < 4; i++) {
        __m128i v, m;
        memcpy(&v, p + 16 * i, sizeof v);
        m = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, d), _mm_cmpeq_epi8(v, q)),
                         _mm_or_si128(_mm_cmpeq_epi8(v, lf), _mm_cmpeq_epi8(v, cr)));
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(m) << (16 * i);
    }
#else
    for (int i = 0; i < 64; i++)
        mask |= (uint64_t)(p[i] == delimiter || p[i] == '"' || p[i] == '\n' || p[i] == '\r') << i;
#endif
    return mask;
}

/* The delimiter of this text among , ; tab |: the one that most of the first lines (20 at most) hold as often
 * as the first line does, the more often the better; a comma when none is there. Quoted text does not count.
 */
char csv_guess(const char *text, size_t len);

#endif
