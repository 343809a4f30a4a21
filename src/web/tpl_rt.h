// SPDX-License-Identifier: EUPL-1.2
/* What compiled templates call (tools/mktpl). Every value is escaped by the place where it stands:
 *     tpl_html   element text and quoted attributes
 *     tpl_part   inside a URL: one percent-encoded component
 *     tpl_url    a whole URL at the start of href, src, action ...: a path of this site, else "#"
 * Text and integers only, chosen by the type of the expression; bool, char and double do not compile (a
 * filter writes those). NULL and INT_NONE write nothing. */
#ifndef PEIL_WEB_TPL_RT_H
#define PEIL_WEB_TPL_RT_H

#include "base/buf.h"
#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TPL_BY_TYPE(v, text, integer, natural)                                                               \
    _Generic((v),                                                                                            \
        char *: text,                                                                                        \
        const char *: text,                                                                                  \
        signed char: integer,                                                                                \
        short: integer,                                                                                      \
        int: integer,                                                                                        \
        long: integer,                                                                                       \
        long long: integer,                                                                                  \
        unsigned char: natural,                                                                              \
        unsigned short: natural,                                                                             \
        unsigned: natural,                                                                                   \
        unsigned long: natural,                                                                              \
        unsigned long long: natural)

#define tpl_html(out, v) TPL_BY_TYPE(v, buf_html, tpl_int, tpl_natural)(out, v)
#define tpl_part(out, v) TPL_BY_TYPE(v, buf_url_part, tpl_int, tpl_natural)(out, v)
#define TPL_ARG(v) TPL_BY_TYPE(v, tpl_arg_text, tpl_arg_int, tpl_arg_natural)(v)

void tpl_int(struct buf *out, int64_t v);
void tpl_natural(struct buf *out, uint64_t v);
/* Written escaped for a quoted attribute. Refused ("#"): anything that does not start with one '/', and
 * backslashes and control characters, which browsers read as '/' or drop. */
void tpl_url(struct buf *out, const char *url);

/* A text of the template itself, as tpl_html. */
void tpl_text(struct buf *out, enum lang lang, struct text_site *text);

/* Before a number that is less than nothing, for people; a hyphen (what files and addresses have) is shorter,
 * and a line may end after it. */
#define MINUS "\xe2\x88\x92"

/* Texts with numbered slots. */
enum tpl_place {
    TPL_HTML,
    TPL_PART,   /* of a URL */
    TPL_DOTS,   /* HTML in which whole numbers are counts: 12.345 */
    TPL_COMMAS, /* 12,345 */
};
struct tpl_arg {
    enum { TPL_TEXT, TPL_INT, TPL_NATURAL } type;
    const char *text; /* borrowed */
    int64_t integer;
    uint64_t natural;
};

static inline struct tpl_arg tpl_arg_text(const char *text)
{
    return (struct tpl_arg){ .type = TPL_TEXT, .text = text };
}
static inline struct tpl_arg tpl_arg_int(int64_t v)
{
    return (struct tpl_arg){ .type = TPL_INT, .integer = v };
}
static inline struct tpl_arg tpl_arg_natural(uint64_t v)
{
    return (struct tpl_arg){ .type = TPL_NATURAL, .natural = v };
}

static inline enum tpl_place tpl_counts(enum lang lang)
{
    return lang == LANG_NL ? TPL_DOTS : TPL_COMMAS;
}
/* Dutch and English have the same rule: one for 1, many for everything else. */
bool tpl_is_one(const struct tpl_arg *arg);
/* Writes the text with {1} .. {n} filled in; a slot that does not exist is written as it stands. */
void tpl_slots(struct buf *out, enum tpl_place place, const char *text, const struct tpl_arg *arg, size_t n);

#endif
