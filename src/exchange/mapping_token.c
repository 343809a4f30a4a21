// SPDX-License-Identifier: EUPL-1.2
#include "exchange/mapping_token.h"

#include <stdbool.h>
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
