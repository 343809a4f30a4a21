// SPDX-License-Identifier: EUPL-1.2
#include "web/tpl_rt.h"

#include "base/text.h"

void tpl_int(struct buf *out, int64_t v)
{
    if (v != INT_NONE)
        buf_int(out, v);
}

void tpl_natural(struct buf *out, uint64_t v)
{
    if (v > INT64_MAX) { /* the last digit apart: the rest fits */
        buf_int(out, (int64_t)(v / 10));
        buf_int(out, (int64_t)(v % 10));
    } else {
        buf_int(out, (int64_t)v);
    }
}

static bool is_local_path(const char *url)
{
    if (url == NULL || url[0] != '/' || url[1] == '/')
        return false;
    for (const char *p = url; *p != '\0'; p++)
        if (*p == '\\' || (unsigned char)*p < ' ' || *p == 0x7F)
            return false;
    return true;
}

void tpl_url(struct buf *out, const char *url)
{
    buf_html(out, is_local_path(url) ? url : "#");
}

bool tpl_is_one(const struct tpl_arg *arg)
{
    return (arg->type == TPL_INT && arg->integer == 1) || (arg->type == TPL_NATURAL && arg->natural == 1);
}

/* "-12345" with a mark between every three digits and a minus for the hyphen. */
static void write_grouped(struct buf *out, const char *digits, char mark)
{
    size_t len = strlen(digits), sign = digits[0] == '-';

    for (size_t i = 0; i < len; i++) {
        if (i > sign && (len - i) % 3 == 0)
            buf_char(out, mark);
        if (digits[i] == '-')
            buf_str(out, MINUS);
        else
            buf_char(out, digits[i]);
    }
}

static void write_number(struct buf *out, enum tpl_place place, const struct tpl_arg *arg)
{
    struct buf digits = { 0 };

    if (arg->type == TPL_INT)
        tpl_int(&digits, arg->integer);
    else
        tpl_natural(&digits, arg->natural);
    if (place == TPL_DOTS || place == TPL_COMMAS)
        write_grouped(out, buf_text(&digits), place == TPL_DOTS ? '.' : ',');
    else
        buf_str(out, buf_text(&digits));
    out->failed = out->failed || digits.failed;
    buf_free(&digits);
}

static void write_arg(struct buf *out, enum tpl_place place, const struct tpl_arg *arg)
{
    if (arg->type != TPL_TEXT)
        write_number(out, place, arg);
    else if (place == TPL_PART)
        buf_url_part(out, arg->text);
    else
        buf_html(out, arg->text);
}

/* Text between slots. */
static void write_text(struct buf *out, enum tpl_place place, const char *text, size_t len)
{
    char one[2] = "";

    if (place != TPL_PART) {
        buf_html_part(out, text, len);
        return;
    }
    for (size_t i = 0; i < len; i++) { /* every byte is encoded by itself */
        one[0] = text[i];
        buf_url_part(out, one);
    }
}

void tpl_text(struct buf *out, enum lang lang, struct text_site *text)
{
    uint32_t plain = lang == LANG_NL ? atomic_load_explicit(&text->plain, memory_order_acquire) : 0;

    if (plain > 0)
        buf_put(out, text_of(lang, text), plain);
    else
        buf_html(out, text_of(lang, text));
}

void tpl_slots(struct buf *out, enum tpl_place place, const char *text, const struct tpl_arg *arg, size_t n)
{
    const char *from = text, *p = text;

    while (*(p = strchrnul(p, '{')) != '\0') {
        if (p[1] < '1' || p[1] > '9' || p[2] != '}' || (size_t)(p[1] - '0') > n) {
            p++;
            continue;
        }
        write_text(out, place, from, (size_t)(p - from));
        write_arg(out, place, &arg[p[1] - '1']);
        from = p += 3;
    }
    write_text(out, place, from, (size_t)(p - from));
}
