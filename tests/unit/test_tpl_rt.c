// SPDX-License-Identifier: EUPL-1.2
/* What compiled templates write: addresses that stay on this site, slots, integers of every width. */
#include "unit/test.h"

#include "base/text.h"
#include "web/tpl_rt.h"

TEST(tpl_url)
{
    static const struct {
        const char *url, *want;
    } list[] = {
        { "/requests/7?a=b&c=d#e", "/requests/7?a=b&amp;c=d#e" },
        { "/", "/" },
        { "/a\"b", "/a&quot;b" },
        { "//evil.example/", "#" },
        { "/\\evil.example/", "#" },
        { "/\t/evil.example", "#" },
        { "/a\nb", "#" },
        { "https://evil.example/", "#" },
        { "javascript:alert(1)", "#" },
        { " /a", "#" },
        { "a", "#" },
        { "", "#" },
        { NULL, "#" },
    };
    struct buf out = { .data = NULL };

    for (size_t i = 0; i < COUNT(list); i++) {
        buf_clear(&out);
        tpl_url(&out, list[i].url);
        CHECK_STR(buf_text(&out), list[i].want);
    }
    buf_free(&out);
}

TEST(tpl_integers)
{
    struct buf out = { .data = NULL };
    uint8_t small = 255;
    int16_t negative = -3;

    tpl_html(&out, small);
    buf_char(&out, ' ');
    tpl_part(&out, negative);
    buf_char(&out, ' ');
    tpl_html(&out, UINT64_MAX);
    buf_char(&out, ' ');
    tpl_html(&out, (uint64_t)INT64_MAX + 1);
    buf_char(&out, ' ');
    tpl_html(&out, INT64_MIN + 1);
    buf_char(&out, ' ');
    tpl_html(&out, INT_NONE);
    CHECK_STR(buf_text(&out), "255 -3 18446744073709551615 9223372036854775808 -9223372036854775807 ");
    buf_free(&out);
}

TEST(tpl_slots)
{
    static const struct {
        enum tpl_place place;
        const char *text, *want;
    } list[] = {
        { TPL_HTML, "{2}, {1}", "7, &lt;b&gt; {2}" },
        { TPL_HTML, "{1}{1}", "&lt;b&gt; {2}&lt;b&gt; {2}" },
        { TPL_PART, "a {1}", "a%20%3Cb%3E%20%7B2%7D" },
        { TPL_HTML, "{3} {0} {9} {12} {} { {1", "{3} {0} {9} {12} {} { {1" },
        { TPL_DOTS, "{1}: {2}", "&lt;b&gt; {2}: 7" },
        { TPL_HTML, "<i>", "&lt;i&gt;" },
        { TPL_HTML, "", "" },
    };
    const struct tpl_arg arg[] = { TPL_ARG("<b> {2}"), TPL_ARG(7u) };
    struct buf out = { .data = NULL };
    char text[400];

    for (size_t i = 0; i < COUNT(list); i++) {
        buf_clear(&out);
        tpl_slots(&out, list[i].place, list[i].text, arg, COUNT(arg));
        CHECK_STR(buf_text(&out), list[i].want);
    }
    memset(text, 'x', sizeof text);
    memcpy(text + sizeof text - 4, "{2}", 4);
    buf_clear(&out);
    tpl_slots(&out, TPL_HTML, text, arg, COUNT(arg));
    CHECK_INT((int64_t)out.len, sizeof text - 4 + 1);
    CHECK(buf_text(&out)[0] == 'x' && out.data[out.len - 1] == '7');
    buf_free(&out);
}

/* With {{_n}} a number is a count, which people read in threes. */
TEST(tpl_slots_counts)
{
    static const struct {
        int64_t n;
        const char *dots, *commas;
    } list[] = { { 0, "0", "0" },
                 { 999, "999", "999" },
                 { 1000, "1.000", "1,000" },
                 { 10000, "10.000", "10,000" },
                 { -123, "\u2212123", "\u2212123" },
                 { -1234567, "\u22121.234.567", "\u22121,234,567" },
                 { INT_NONE, "", "" } };
    struct buf out = { .data = NULL };

    for (size_t i = 0; i < COUNT(list); i++) {
        const struct tpl_arg arg = TPL_ARG(list[i].n);
        buf_clear(&out);
        tpl_slots(&out, tpl_counts(LANG_NL), "{1}", &arg, 1);
        CHECK_STR(buf_text(&out), list[i].dots);
        buf_clear(&out);
        tpl_slots(&out, tpl_counts(LANG_EN), "{1}", &arg, 1);
        CHECK_STR(buf_text(&out), list[i].commas);
    }
    buf_free(&out);
}

TEST(tpl_one_or_many)
{
    CHECK(tpl_is_one((struct tpl_arg[]){ TPL_ARG(1) }) &&
          tpl_is_one((struct tpl_arg[]){ TPL_ARG(UINT64_C(1)) }));
    CHECK(!tpl_is_one((struct tpl_arg[]){ TPL_ARG(0) }) && !tpl_is_one((struct tpl_arg[]){ TPL_ARG(-1) }) &&
          !tpl_is_one((struct tpl_arg[]){ TPL_ARG("1") }));
}
