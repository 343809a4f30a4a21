// SPDX-License-Identifier: EUPL-1.2
#include "web/req.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

static int hex_digit(char ch)
{
    if (ch >= '0' && ch <= '9')
        return ch - '0';
    if (ch >= 'a' && ch <= 'f')
        return ch - 'a' + 10;
    if (ch >= 'A' && ch <= 'F')
        return ch - 'A' + 10;
    return -1;
}

/* Control characters, and lone carriage returns; "\r\n" has been joined before. */
static bool clean(const char *text, size_t len, bool lines)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char ch = (unsigned char)text[i];
        if ((ch < ' ' && !(lines && (ch == '\n' || ch == '\t'))) || ch == 0x7f)
            return false;
        /* C1 controls, U+0080 to U+009F, are two bytes in UTF-8. */
        if (ch == 0xc2 && i + 1 < len && (unsigned char)text[i + 1] < 0xa0)
            return false;
    }
    return text_utf8_valid(text, len);
}

/* Decodes one url-encoded piece (%41, with `plus` also + as a space) to out[len + 1]. False for a broken
 * escape, %00, invalid UTF-8 or a control character; `lines` allows \t and \n (and turns \r\n into \n). */
static bool decode(const char *text, size_t len, bool plus, bool lines, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char ch = text[i];
        if (ch == '%') {
            int high = i + 2 < len ? hex_digit(text[i + 1]) : -1,
                low = i + 2 < len ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            ch = (char)(high * 16 + low);
            i += 2;
        } else if (ch == '+' && plus) {
            ch = ' ';
        }
        if (lines && ch == '\n' && n > 0 && out[n - 1] == '\r')
            n--;
        out[n++] = ch;
    }
    out[n] = '\0';
    return clean(out, n, lines);
}

static enum err unescape(struct ctx *c, const char *text, size_t len, bool lines, const char **ret_text)
{
    char *out;

    if (len > REQ_VALUE)
        return FAIL(E_TOO_LARGE, _("One of the fields is too large."));
    TRY(ctx_alloc(c, len + 1, 1, (void *)&out));
    if (!decode(text, len, true, lines, out))
        return FAIL(E_REQUEST, _("One of the fields holds characters that we cannot read."));
    *ret_text = out;
    return OK;
}

enum err req_text(struct ctx *c, const char *text, size_t len, bool lines, const char **ret_text)
{
    size_t n = 0;
    char *out;

    if (len > REQ_VALUE)
        return FAIL(E_TOO_LARGE, _("One of the fields is too large."));
    TRY(ctx_alloc(c, len + 1, 1, (void *)&out));
    for (size_t i = 0; i < len; i++) {
        if (lines && text[i] == '\n' && n > 0 && out[n - 1] == '\r')
            n--;
        out[n++] = text[i];
    }
    out[n] = '\0';
    if (!clean(out, n, lines))
        return FAIL(E_REQUEST, _("One of the fields holds characters that we cannot read."));
    *ret_text = out;
    return OK;
}

/* "a=1&b=2" -> pairs. */
static enum err decode_pairs(struct ctx *c, const char *text, size_t len, bool lines, struct pairs *ret_pairs)
{
    const char *end = text + len;
    struct pairs p = { 0 };
    size_t n = 1;

    if (len == 0)
        return OK;
    for (const char *s = text; (s = memchr(s, '&', (size_t)(end - s))) != NULL; s++)
        n++;
    if (n > REQ_PAIRS)
        return FAIL(E_TOO_LARGE, _("There are too many fields in this request."));
    TRY(ctx_alloc(c, n, sizeof *p.at, (void *)&p.at));
    while (text < end) {
        const char *stop = memchr(text, '&', (size_t)(end - text));
        stop = stop != NULL ? stop : end;
        const char *equals = memchr(text, '=', (size_t)(stop - text));
        const char *name_end = equals != NULL ? equals : stop;
        const char *value = equals != NULL ? equals + 1 : stop;
        if (stop > text) {
            TRY(unescape(c, text, (size_t)(name_end - text), false, &p.at[p.n].name));
            TRY(unescape(c, value, (size_t)(stop - value), lines, &p.at[p.n].value));
            p.n++;
        }
        text = stop + 1;
    }
    *ret_pairs = p;
    return OK;
}

/* "a=1; b=2" -> pairs. Values stay as they are: we only ever set plain tokens. */
static enum err decode_cookies(struct ctx *c, const char *text, struct pairs *ret_pairs)
{
    struct pairs p = { 0 };
    size_t n = 1;

    if (text == NULL || !clean(text, strlen(text), false))
        return OK;
    for (const char *s = text; (s = strchr(s, ';')) != NULL; s++)
        n++;
    if (n > 100)
        return FAIL(E_TOO_LARGE, _("There are too many fields in this request."));
    TRY(ctx_alloc(c, n, sizeof *p.at, (void *)&p.at));
    while (*text != '\0') {
        size_t len, name_len;
        text += strspn(text, " ;");
        len = strcspn(text, ";");
        name_len = strcspn(text, "=;");
        if (name_len > 0 && name_len < len) {
            char *name = arena_copy(c->arena, text, name_len);
            char *value = arena_copy(c->arena, text + name_len + 1, len - name_len - 1);
            if (name == NULL || value == NULL)
                return FAIL(E_NOMEM, "%s", "");
            p.at[p.n++] = (struct pair){ .name = name, .value = text_trim(value) };
        }
        text += len;
    }
    *ret_pairs = p;
    return OK;
}

static bool is_form(const char *content_type)
{
    static const char form[] = "application/x-www-form-urlencoded";

    if (content_type == NULL || strncasecmp(content_type, form, sizeof form - 1) != 0)
        return false;
    char next = content_type[sizeof form - 1];
    return next == '\0' || next == ';' || next == ' ';
}

enum err req_decode(struct ctx *c, struct req *r)
{
    size_t len = strcspn(r->target, "?");
    const char *search = r->target[len] == '?' ? r->target + len + 1 : "";
    char *path;

    if (r->target[0] != '/' || len > REQ_PATH || strlen(search) > REQ_TARGET)
        return FAIL(E_REQUEST, "%s", "");
    TRY(ctx_alloc(c, len + 1, 1, (void *)&path));
    if (!decode(r->target, len, false, false, path))
        return FAIL(E_REQUEST, "%s", "");
    TRY(decode_pairs(c, search, strlen(search), false, &r->query));
    TRY(decode_cookies(c, r->header[HEADER_COOKIE], &r->cookie));
    if (r->method == METHOD_POST && is_form(r->header[HEADER_CONTENT_TYPE]))
        TRY(decode_pairs(c, r->body, r->body_len, true, &r->form));
    if (r->method == METHOD_POST && req_is_multipart(r->header[HEADER_CONTENT_TYPE]))
        TRY(req_multipart(c, r));
    r->path = path;
    r->search = search;
    return OK;
}

static const char *find(const struct pairs *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->at[i].name, name) == 0)
            return p->at[i].value;
    return NULL;
}

const char *req_query(const struct req *r, const char *name)
{
    return find(&r->query, name);
}

const char *req_form(const struct req *r, const char *name)
{
    return find(&r->form, name);
}

const char *req_cookie(const struct req *r, const char *name)
{
    return find(&r->cookie, name);
}

const struct req_file *req_file(const struct req *r, const char *name)
{
    for (size_t i = 0; i < r->n_files; i++)
        if (strcmp(r->file[i].field, name) == 0)
            return &r->file[i];
    return NULL;
}
