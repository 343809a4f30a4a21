// SPDX-License-Identifier: EUPL-1.2
/* The words of a mapping text. Used by mapping_parse.c. */
#ifndef PEIL_EXCHANGE_MAPPING_TOKEN_H
#define PEIL_EXCHANGE_MAPPING_TOKEN_H

#include "base/ctx.h"

#include <stdbool.h>

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

/* Is the token that is looked at this word (not quoted), this sign, a word or quoted text? */
bool token_at_word(const struct token_reader *r, const char *word);
bool token_at_sign(const struct token_reader *r, char sign);
bool token_at_text(const struct token_reader *r);
/* E_INVALID: this token stands where `wanted` should stand. */
enum err token_unexpected(struct ctx *c, const struct token_reader *r, const char *wanted) MUST_CHECK;
/* Takes that sign; takes one word or quoted text. */
enum err token_sign_get(struct ctx *c, struct token_reader *r, char sign) MUST_CHECK;
enum err token_text_get(struct ctx *c, struct token_reader *r, const char *wanted,
                        const char **ret_text) MUST_CHECK;
/* Takes words up to a sign, the end of the line or one of the words that go on (reason, optional); joined by
 * single blanks. NULL: none. */
enum err token_words_get(struct ctx *c, struct token_reader *r, const char **ret_text) MUST_CHECK;

#endif
