// SPDX-License-Identifier: EUPL-1.2
/* Where an import reads from: a file or stdin, plain or gzip, in any of the encodings that Dutch offices
 * send. What comes out is always valid UTF-8 without a byte order mark and without NUL. Memory is bounded:
 * about 700 KiB in the context's arena, whatever the size of the file.
 *
 * Encoding: a byte order mark decides for UTF-8 and UTF-16 (LE, BE). Without one the text is ASCII until its
 * first other byte; what follows in that block decides between UTF-8 (more valid sequences than invalid
 * bytes) and Windows-1252. A byte that has no meaning in the encoding becomes U+FFFD and is counted in
 * `replaced`, so that an import can report it. Sources: Unicode 15 table 3-7; WHATWG Encoding, index
 * windows-1252; RFC 1952 (gzip, several members allowed). */
#ifndef PEIL_EXCHANGE_SOURCE_H
#define PEIL_EXCHANGE_SOURCE_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum source_encoding {
    SOURCE_ASCII, /* nothing but ASCII so far */
    SOURCE_UTF8,
    SOURCE_UTF16LE,
    SOURCE_UTF16BE,
    SOURCE_WINDOWS_1252,
};

/* The most that one file may unpack to (a gzip bomb ends here). */
#define SOURCE_LIMIT ((int64_t)16 << 30)

struct source;

/* `path` "-" is stdin. E_NOT_FOUND: no such file; E_INVALID: a folder, an Excel or zip file; E_IO: cannot be
 * read. */
enum err source_open(struct ctx *c, const char *path, struct source **ret_source) MUST_CHECK;
/* The same for a file that is in memory: lines that somebody pasted, or a file that came with a form. `name`
 * is what errors call it. */
enum err source_open_text(struct ctx *c, const char *name, const char *text, size_t len,
                          struct source **ret_source) MUST_CHECK;
/* At most `room` (>= 16) bytes of UTF-8, never half a character; 0 only at the end.
 * E_INVALID: a NUL, damaged or truncated gzip; E_TOO_LARGE: over the limit; E_IO. */
enum err source_read(struct ctx *c, struct source *s, char *to, size_t room, size_t *ret_len) MUST_CHECK;
/* Closes the file; NULL is allowed. The memory is the arena's. */
void source_close(struct source *s);

/* The text starts with '<' after blanks. */
bool source_is_xml(const struct source *s);
enum source_encoding source_encoding(const struct source *s);
const char *source_encoding_name(const struct source *s); /* "UTF-8", "Windows-1252" */
int64_t source_replaced(const struct source *s);          /* bytes that became U+FFFD */
int64_t source_size(const struct source *s);              /* bytes of the file itself, -1 when unknown */
int64_t source_taken(const struct source *s);             /* bytes of the file read so far */
void source_set_limit(struct source *s, int64_t bytes);   /* the most that it may unpack to */

/* Usage: SOURCE_AUTO struct source *s = NULL; */
static inline void source_cleanup(struct source **s)
{
    source_close(*s);
}
#define SOURCE_AUTO __attribute__((cleanup(source_cleanup)))

#endif
