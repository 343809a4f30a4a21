// SPDX-License-Identifier: EUPL-1.2
/* The words of a mapping text. Used by mapping_parse.c. */
#ifndef PEIL_EXCHANGE_MAPPING_TOKEN_H
#define PEIL_EXCHANGE_MAPPING_TOKEN_H

#include "base/ctx.h"

enum token_kind {
    TOKEN_END,
    TOKEN_LINE, /* one or more line ends */
    TOKEN_WORD,
    TOKEN_QUOTED,
    TOKEN_SIGN, /* one of { } ; = or a : with blanks around it */
};

struct token {
    enum token_kind kind;
    char sign;        /* of TOKEN_SIGN */
    const char *text; /* of a word: a copy in the arena */
    size_t len;
    int line;
};

struct token_reader {
    const char *name; /* of the mapping, for messages */
    const char *at;
    int line;
    struct token now; /* the token that is looked at */
};

/* Reads the next token into r->now. E_INVALID: a quote that the line does not close, a character that is no
 * text. */
enum err token_next(struct ctx *c, struct token_reader *r) MUST_CHECK;

#endif
