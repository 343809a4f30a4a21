// SPDX-License-Identifier: EUPL-1.2
#include "base/err.h"

#include "base/ctx.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int status;
    const char *text;
} list[] = { [OK] = { 200, "" },
#define X(code, status, text) [code] = { (status), (text) },
             ERR_LIST(X)
#undef X
};

void err_set(struct ctx *c, enum err code, const char *file, int line, const char *field, const char *format,
             ...)
{
    struct err_slot *e = &c->err;
    char whole[2 * sizeof e->text];
    va_list ap;

    if (e->code != OK)
        return;
    e->code = code;
    text_copy(e->field, sizeof e->field, field);
    va_start(ap, format);
    vsnprintf(whole, sizeof whole, format, ap);
    va_end(ap);
    /* Through text_copy: a long message is cut between two characters, not inside one. */
    text_copy(e->text, sizeof e->text, whole[0] != '\0' ? whole : text_in(c->lang, err_text(code)));
    snprintf(e->trace, sizeof e->trace, "%s:%d", file, line);
}

void err_trace(struct ctx *c, const char *file, int line)
{
    struct err_slot *e = &c->err;
    size_t len = strlen(e->trace);

    snprintf(e->trace + len, sizeof e->trace - len, "%s%s:%d", len > 0 ? " < " : "", file, line);
}

void err_clear(struct ctx *c)
{
    c->err.code = OK;
    c->err.field[0] = '\0';
    c->err.text[0] = '\0';
    c->err.trace[0] = '\0';
}

int err_status(enum err code)
{
    return (size_t)code < COUNT(list) ? list[code].status : 500;
}

const char *err_text(enum err code)
{
    return (size_t)code < COUNT(list) ? list[code].text : "";
}
