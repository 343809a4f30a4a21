// SPDX-License-Identifier: EUPL-1.2
/* A growing output buffer. Every page, letter and export is written into one.
 * A failed allocation empties it and sets `failed`, and later writes do nothing, so that writers need no
 * checks; whoever sends the buffer checks once. Numbers are written without the locale. */
#ifndef PEIL_BASE_BUF_H
#define PEIL_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
    char *data;
    size_t len, cap;
    bool failed;
};

void buf_free(struct buf *b); /* also makes it empty and usable again */
bool buf_reserve(struct buf *b, size_t more);
static inline void buf_clear(struct buf *b)
{
    b->len = 0;
    b->failed = false;
}
static inline void buf_put(struct buf *b, const void *data, size_t len)
{
    if (b->cap - b->len <= len && !buf_reserve(b, len)) /* keeps a byte for the final NUL */
        return;
    memcpy(b->data + b->len, data, len);
    b->len += len;
}
static inline void buf_char(struct buf *b, char ch)
{
    buf_put(b, &ch, 1);
}
#define buf_lit(b, literal) buf_put((b), "" literal "", sizeof(literal) - 1)
void buf_str(struct buf *b, const char *text); /* NULL writes nothing */
void buf_int(struct buf *b, int64_t v);
/* Exactly `decimals` digits after the point (0..9), rounded half away from zero; `point` is '.' or ','.
 * The exact value is rounded (1.115 is below the half); -0.001 becomes 0.00; nan and inf become "-". */
void buf_fixed(struct buf *b, double v, int decimals, char point);
/* %.{digits}g with a point whatever the locale, fewer digits when they mean the same number (17: what reads
 * back exactly, 0.1 and not 0.10000000000000001); nan and inf become "null" (JSON). */
void buf_number(struct buf *b, double v, int digits);
/* Blanks, one at least, until the text is `width` bytes longer than at `from`: the end of a column. */
void buf_pad(struct buf *b, size_t from, size_t width);
void buf_date(struct buf *b, int32_t day);  /* 2024-01-31; unknown writes nothing */
void buf_time(struct buf *b, int64_t time); /* 2024-01-31T12:00:00Z; unknown writes nothing */
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text with a final NUL (not counted); "" when empty or failed. */
const char *buf_text(struct buf *b);

/* Escaping by position. */
void buf_html(struct buf *b, const char *text);                  /* element text and quoted attributes */
void buf_html_part(struct buf *b, const char *text, size_t len); /* the same for a piece of a text */
void buf_url_part(struct buf *b, const char *text);              /* one component of a path or query */
/* With quotes; NULL is null; bytes that are no UTF-8 become U+FFFD. */
void buf_json(struct buf *b, const char *text);
/* One cell (RFC 4180; NULL is empty). A text that a spreadsheet would run (= + - @ tab, line end in front,
 * and no number) gets a '. */
void buf_csv(struct buf *b, const char *text, char delimiter);

#endif
