// SPDX-License-Identifier: EUPL-1.2
#include "exchange/mapping_token.h"

#include "base/text.h"

#include <string.h>

static bool ends_word(char ch)
{
    return (unsigned char)ch <= ' ' || strchr("{};=\"", ch) != NULL;
}

/* "say ""hi""" without its quotes. */
static enum err quoted_get(struct ctx *c, struct token_reader *r)
{
    const char *p = r->at + 1;
    char *text;
    size_t n = 0;

    TRY(ctx_alloc(c, strcspn(p, "\n") + 1, 1, (void *)&text));
    while (*p != '"' || p[1] == '"') {
        if (*p == '\0' || *p == '\n')
            return FAIL(E_INVALID, _("Mapping %s, line %d: a quote is opened and not closed."), r->name,
                        r->line);
        p += *p == '"';
        text[n++] = *p++;
    }
    r->at = p + 1;
    r->now = (struct token){ .kind = TOKEN_QUOTED, .text = text, .len = n, .line = r->line };
    return OK;
}

static enum err word_get(struct ctx *c, struct token_reader *r)
{
    size_t n = 0;

    while (!ends_word(r->at[n]))
        n++;
    r->now = (struct token){ .kind = TOKEN_WORD, .len = n, .line = r->line };
    if (n == 1 && r->at[0] == ':') {
        r->now.kind = TOKEN_SIGN;
        r->now.sign = ':';
    }
    r->now.text = arena_copy(c->arena, r->at, n);
    if (r->now.text == NULL)
        return FAIL(E_NOMEM, "%s", "");
    r->at += n;
    return OK;
}

/* Over blanks, comments and line ends; tells whether there was a line end. */
static bool blanks_skip(struct token_reader *r)
{
    bool lines = false;

    for (;; r->at++) {
        if (*r->at == '#')
            r->at += strcspn(r->at, "\n");
        if (*r->at == '\n') {
            r->line++;
            lines = true;
        } else if (*r->at != ' ' && *r->at != '\t' && *r->at != '\r') {
            return lines;
        }
    }
}

enum err token_next(struct ctx *c, struct token_reader *r)
{
    int line = r->line;

    if (blanks_skip(r)) {
        r->now = (struct token){ .kind = TOKEN_LINE, .line = line };
        return OK;
    }
    if (*r->at == '\0') {
        r->now = (struct token){ .kind = TOKEN_END, .line = r->line };
        return OK;
    }
    if (*r->at == '"')
        return quoted_get(c, r);
    if (strchr("{};=", *r->at) != NULL) {
        r->now = (struct token){ .kind = TOKEN_SIGN, .sign = *r->at, .text = "", .line = r->line };
        r->at++;
        return OK;
    }
    if ((unsigned char)*r->at < ' ')
        return FAIL(E_INVALID, _("Mapping %s, line %d: this is not text."), r->name, r->line);
    return word_get(c, r);
}

bool token_at_word(const struct token_reader *r, const char *word)
{
    return r->now.kind == TOKEN_WORD && text_is(r->now.text, word);
}

bool token_at_sign(const struct token_reader *r, char sign)
{
    return r->now.kind == TOKEN_SIGN && r->now.sign == sign;
}

bool token_at_text(const struct token_reader *r)
{
    return r->now.kind == TOKEN_WORD || r->now.kind == TOKEN_QUOTED;
}

enum err token_unexpected(struct ctx *c, const struct token_reader *r, const char *wanted)
{
    const char *name = r->name;
    int line = r->now.line;

    if (r->now.kind == TOKEN_SIGN)
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%c\" where %s should stand."), name, line,
                    r->now.sign, wanted);
    if (token_at_text(r))
        return FAIL(E_INVALID, _("Mapping %s, line %d: \"%s\" where %s should stand."), name, line,
                    r->now.text, wanted);
    return FAIL(E_INVALID, _("Mapping %s, line %d: the line ends where %s should stand."), name, line,
                wanted);
}

enum err token_sign_get(struct ctx *c, struct token_reader *r, char sign)
{
    char wanted[4] = { '"', sign, '"', '\0' };

    if (!token_at_sign(r, sign))
        return token_unexpected(c, r, wanted);
    return token_next(c, r);
}

enum err token_text_get(struct ctx *c, struct token_reader *r, const char *wanted, const char **ret_text)
{
    const char *text = r->now.text;

    if (!token_at_text(r))
        return token_unexpected(c, r, wanted);
    TRY(token_next(c, r));
    *ret_text = text;
    return OK;
}

enum err token_words_get(struct ctx *c, struct token_reader *r, const char **ret_text)
{
    const char *all = NULL;

    while (token_at_text(r) &&
           !(all != NULL && (token_at_word(r, "reason") || token_at_word(r, "optional")))) {
        size_t have = all == NULL ? 0 : strlen(all) + 1;
        char *joined;
        TRY(ctx_alloc(c, have + r->now.len + 1, 1, (void *)&joined));
        if (all != NULL) {
            memcpy(joined, all, have - 1);
            joined[have - 1] = ' ';
        }
        memcpy(joined + have, r->now.text, r->now.len);
        all = joined;
        TRY(token_next(c, r));
    }
    *ret_text = all;
    return OK;
}
