// SPDX-License-Identifier: EUPL-1.2
/* Text: UTF-8, numbers without the locale, comparing without accents. All text is UTF-8 with a final NUL. */
#ifndef PEIL_BASE_TEXT_H
#define PEIL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INT_NONE INT64_MIN /* "unknown"; the store writes it as NULL */

bool text_is(const char *a, const char *b);               /* equal; NULL equals only NULL */
bool text_one_letter_apart(const char *a, const char *b); /* at most one: replaced, left out or put in */
bool text_empty(const char *text);                        /* NULL or "" */
bool text_utf8_valid(const char *text, size_t len);       /* Unicode 15 table 3-7; no NUL, no surrogates */
/* Bytes of the character at the start of the text; 0 when it is no sound UTF-8, NUL, or len is 0. */
size_t text_char_bytes(const char *text, size_t len);
size_t text_characters(const char *text); /* of sound UTF-8 */
/* Writes the digits of a number and returns where they end; no final NUL. At most 20 bytes. */
char *text_put_int(char *to, int64_t v);
/* The whole text must be a number: optional minus, digits; no blanks. */
bool text_to_int(const char *text, int64_t *ret_value);
/* Optional minus, digits with a decimal point, optional exponent; the nearest double. No infinity, under 512
 * bytes. */
bool text_to_double(const char *text, size_t len, double *ret_value);
/* Copies with truncation on a character boundary; always ends with NUL. */
void text_copy(char *to, size_t size, const char *from);
/* Lower case without accents for Latin letters ("Ünal" -> "unal", "IJ" -> "ij"); other characters as they
 * are. */
void text_fold(char *to, size_t size, const char *from);
/* Trims blanks at both ends in place; returns the start. */
char *text_trim(char *text);
/* Constant time; for tokens. */
bool text_same_secret(const char *a, const char *b);

#endif
