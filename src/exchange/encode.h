// SPDX-License-Identifier: EUPL-1.2
/* From the bytes of an encoding to UTF-8, piece by piece. Pure functions; used by source. */
#ifndef PEIL_EXCHANGE_ENCODE_H
#define PEIL_EXCHANGE_ENCODE_H

#include "exchange/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Length of the longest start that is ASCII without NUL. */
size_t encode_ascii_run(const unsigned char *p, size_t len);

/* One UTF-8 sequence at p (len > 0): its length 1..4; 0 when it is not valid; -1 when it is cut off by the
 * end. */
int encode_sequence(const unsigned char *p, size_t len);

/* Of `len` bytes that start with a byte over 0x7F: UTF-8 or Windows-1252 (see source.h), or SOURCE_ASCII when
 * the end cuts the only sequence and `last` is false. */
enum source_encoding encode_guess(const unsigned char *p, size_t len, bool last);

struct encode_result {
    size_t taken;     /* bytes of the input used; the rest is the start of a character (empty when last) */
    size_t written;   /* bytes of UTF-8 */
    int64_t replaced; /* U+FFFD written for bytes without meaning */
    bool nul;         /* stopped in front of a NUL */
};

/* Converts as much as fits in `room` bytes. `last`: nothing follows, a cut character becomes U+FFFD. */
struct encode_result encode_to_utf8(enum source_encoding from, const unsigned char *p, size_t len, bool last,
                                    char *to, size_t room);

#endif
