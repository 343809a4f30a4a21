// SPDX-License-Identifier: EUPL-1.2
/* Escaping by position; the contract is in buf.h. */
#include "base/buf.h"
#include "base/text.h"

/* What stands for a character; nothing for the others. */
static const struct entity {
    unsigned char len;
    char text[7];
} entity[256] = {
    ['&'] = { 5, "&amp;" },  ['<'] = { 4, "&lt;" },   ['>'] = { 4, "&gt;" },
    ['"'] = { 6, "&quot;" }, ['\''] = { 5, "&#39;" },
};

void buf_html_part(struct buf *b, const char *text, size_t len)
{
    const char *from = text, *end = text + len;

    for (const char *p = text; p < end; p++) {
        const struct entity *e = &entity[(unsigned char)*p];

        if (e->len == 0)
            continue;
        buf_put(b, from, (size_t)(p - from));
        buf_put(b, e->text, e->len);
        from = p + 1;
    }
    buf_put(b, from, (size_t)(end - from));
}

/* As above in one pass: the end is found on the way. */
void buf_html(struct buf *b, const char *text)
{
    static const bool stop[256] = {
        ['\0'] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true
    };

    for (const char *p = text; p != NULL; p++) {
        const char *from = p;
        while (!stop[(unsigned char)*p])
            p++;
        buf_put(b, from, (size_t)(p - from));
        if (*p == '\0')
            return;
        buf_put(b, entity[(unsigned char)*p].text, entity[(unsigned char)*p].len);
    }
}

static void put_hex(struct buf *b, unsigned char ch)
{
    static const char hex[] = "0123456789ABCDEF";
    char two[2] = { hex[ch >> 4], hex[ch & 15] };

    buf_put(b, two, 2);
}

static bool is_alnum(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

void buf_url_part(struct buf *b, const char *text)
{
    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        if (is_alnum(*p) || *p == '-' || *p == '.' || *p == '_' || *p == '~') { /* RFC 3986, 2.3 */
            buf_char(b, *p);
        } else {
            buf_char(b, '%');
            put_hex(b, (unsigned char)*p);
        }
    }
}

/* One character that may not stand in a JSON string as it is (RFC 8259, 7). */
static void put_json_escape(struct buf *b, char ch)
{
    switch (ch) {
    case '\n':
        buf_lit(b, "\\n");
        break;
    case '\t':
        buf_lit(b, "\\t");
        break;
    case '"':
        buf_lit(b, "\\\"");
        break;
    case '\\':
        buf_lit(b, "\\\\");
        break;
    default:
        buf_lit(b, "\\u00");
        put_hex(b, (unsigned char)ch);
    }
}

void buf_json(struct buf *b, const char *text)
{
    const char *from = text, *p = text;

    if (text == NULL) {
        buf_lit(b, "null");
        return;
    }
    buf_char(b, '"');
    while (*p != '\0') {
        unsigned char ch = (unsigned char)*p;
        size_t n = ch < 0x80 ? 1 : text_char_bytes(p, strnlen(p, 4));

        if (ch >= ' ' && ch != '"' && ch != '\\' && n > 0) {
            p += n;
            continue;
        }
        buf_put(b, from, (size_t)(p - from));
        if (n > 0)
            put_json_escape(b, *p);
        else
            buf_lit(b, "\xef\xbf\xbd"); /* U+FFFD for a byte that is no UTF-8 */
        from = ++p;
    }
    buf_put(b, from, (size_t)(p - from));
    buf_char(b, '"');
}

/* -12, +31612345678, 1.5, 1,5, 1e-9: nothing that a spreadsheet could run. */
static bool is_plain_number(const char *p)
{
    bool any = false, fraction = false;

    for (p += *p == '-' || *p == '+'; *p != '\0'; p++) {
        if (*p >= '0' && *p <= '9') {
            any = true;
        } else if ((*p == '.' || *p == ',') && !fraction) {
            fraction = true;
        } else {
            break;
        }
    }
    if (any && (*p == 'e' || *p == 'E') && p[1] != '\0') {
        p += p[1] == '-' || p[1] == '+' ? 2 : 1;
        any = *p != '\0';
        while (*p >= '0' && *p <= '9')
            p++;
    }
    return any && *p == '\0';
}

void buf_csv(struct buf *b, const char *text, char delimiter)
{
    const char special[] = { '"', '\r', '\n', delimiter, '\0' };
    bool formula, quote;

    if (text_empty(text))
        return;
    formula = strchr("=+-@\t\r\n", text[0]) != NULL && !is_plain_number(text);
    quote = strpbrk(text, special) != NULL;
    if (quote)
        buf_char(b, '"');
    if (formula)
        buf_char(b, '\'');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            buf_char(b, '"');
        buf_char(b, *p);
    }
    if (quote)
        buf_char(b, '"');
}
