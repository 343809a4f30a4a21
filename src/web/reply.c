// SPDX-License-Identifier: EUPL-1.2
#include "web/reply.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void reply_clear(struct reply *out)
{
    struct buf body = out->body;

    buf_clear(&body);
    *out = (struct reply){ .status = 200, .content_type = "text/html; charset=utf-8", .body = body };
}

static bool plain(const char *value)
{
    for (; *value != '\0'; value++)
        if ((unsigned char)*value < ' ' || *value == 0x7f)
            return false;
    return true;
}

void reply_header(struct reply *out, const char *name, const char *value)
{
    assert(plain(value));
    if (out->n_headers < REPLY_HEADERS)
        out->header[out->n_headers++] = (struct pair){ .name = name, .value = value };
}

/* Formats into the arena of the context. */
static enum err format_text(struct ctx *c, const char **ret_text, const char *format, va_list ap)
    __attribute__((format(printf, 3, 0)));
static enum err format_text(struct ctx *c, const char **ret_text, const char *format, va_list ap)
{
    char text[2048];
    int n = vsnprintf(text, sizeof text, format, ap);

    if (n < 0 || (size_t)n >= sizeof text)
        return FAIL(E_REQUEST, "%s", "");
    return ctx_copy(c, text, ret_text);
}

enum err reply_redirect(struct ctx *c, struct reply *out, const char *format, ...)
{
    const char *to = NULL;
    va_list ap;
    enum err e;

    va_start(ap, format);
    e = format_text(c, &to, format, ap);
    va_end(ap);
    if (e != OK)
        return e;
    /* "//host" and "/\host" lead to another site, a line end would be a header of its own. */
    if (to[0] != '/' || to[1] == '/' || to[1] == '\\' || !plain(to))
        return FAIL(E_REQUEST, "%s", "");
    out->status = 303;
    out->content_type = NULL;
    buf_clear(&out->body);
    reply_header(out, "Location", to);
    return OK;
}

enum err reply_cookie(struct ctx *c, const struct req *r, struct reply *out, const char *name,
                      const char *value, int64_t seconds)
{
    const char *text, *secure = r->https ? "; Secure" : "";
    char line[512], age[48] = "";
    int n;

    if (seconds != 0)
        snprintf(age, sizeof age, "; Max-Age=%lld", (long long)(seconds > 0 ? seconds : 0));
    n = snprintf(line, sizeof line, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value, secure, age);
    if (n < 0 || (size_t)n >= sizeof line || strchr(value, ';') != NULL)
        return FAIL(E_REQUEST, "%s", "");
    TRY(ctx_copy(c, line, &text));
    reply_header(out, "Set-Cookie", text);
    return OK;
}

enum err reply_file(struct ctx *c, struct reply *out, const char *content_type, const char *name)
{
    static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    const char *text;
    char line[256];

    assert(name[strspn(name, good)] == '\0');
    snprintf(line, sizeof line, "attachment; filename=\"%s\"", name);
    TRY(ctx_copy(c, line, &text));
    out->content_type = content_type;
    reply_header(out, "Content-Disposition", text);
    return OK;
}

void reply_text(struct reply *out, int status, const char *text)
{
    out->status = status;
    out->content_type = "text/plain; charset=utf-8";
    out->fixed = NULL;
    buf_clear(&out->body);
    buf_str(&out->body, text);
}

const char *reply_location(const struct reply *out)
{
    for (size_t i = 0; i < out->n_headers; i++)
        if (strcmp(out->header[i].name, "Location") == 0)
            return out->header[i].value;
    return NULL;
}
