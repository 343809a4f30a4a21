// SPDX-License-Identifier: EUPL-1.2
#include "base/buf.h"
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "unit/test.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

TEST(buf_grows_and_ends_with_nul)
{
    struct buf b = { 0 };
    char want[2000];

    CHECK_STR(buf_text(&b), "");
    buf_put(&b, "", 0);
    CHECK_STR(buf_text(&b), "");
    for (size_t i = 0; i < sizeof want - 1; i++) {
        want[i] = (char)('a' + i % 26);
        want[i + 1] = '\0';
        buf_char(&b, want[i]);
        if (!CHECK_STR(buf_text(&b), want))
            break;
    }
    buf_clear(&b);
    CHECK_INT((int64_t)b.len, 0);
    buf_str(&b, NULL);
    buf_lit(&b, "one");
    buf_printf(&b, " %s %1000d", "two", 3);
    CHECK_INT((int64_t)b.len, 3 + 5 + 1000);
    CHECK_INT((int64_t)strlen(buf_text(&b)), 3 + 5 + 1000);
    buf_free(&b);
    CHECK(b.data == NULL && b.len == 0 && b.cap == 0);
}

TEST(buf_failure_stays_until_it_is_cleared)
{
    struct buf b = { 0 };

    buf_lit(&b, "before");
    CHECK(!buf_reserve(&b, SIZE_MAX / 2));
    CHECK(b.failed);
    buf_lit(&b, "after");
    buf_char(&b, 'x');
    buf_int(&b, 1);
    buf_printf(&b, "%d", 2);
    buf_html(&b, "<");
    buf_put(&b, "", 0);
    CHECK_INT((int64_t)b.len, 0);
    CHECK_STR(buf_text(&b), "");
    CHECK(b.failed);
    buf_clear(&b);
    buf_lit(&b, "again");
    CHECK(!b.failed);
    CHECK_STR(buf_text(&b), "again");
    buf_free(&b);
}

TEST(buf_int_values)
{
    static const int64_t v[] = { 0,         1,          -1,         9,
                                 10,        -10,        99,         100,
                                 INT64_MAX, INT64_MIN,  123456789,  -1000000000000,
                                 INT32_MIN, UINT32_MAX, 4294967296, 999999999999999999 };
    char want[32];

    for (size_t i = 0; i < COUNT(v); i++) {
        struct buf b = { 0 };

        buf_int(&b, v[i]);
        snprintf(want, sizeof want, "%" PRId64, v[i]);
        CHECK_STR(buf_text(&b), want);
        buf_free(&b);
    }
}

TEST(buf_fixed_values)
{
    static const struct {
        double v;
        int decimals;
        const char *want;
    } t[] = {
        { 0, 0, "0" },
        { 0, 2, "0.00" },
        { -0.0, 1, "0.0" },
        { 0.5, 0, "1" }, /* printf writes 0 and 2: half to even */
        { 2.5, 0, "3" },
        { -2.5, 0, "-3" },
        { 0.125, 2, "0.13" },
        { -0.375, 2, "-0.38" },
        { 1.115, 2, "1.11" }, /* is 1.11499999999999999 */
        { 1.005, 2, "1.00" },
        { 0.045, 2, "0.04" }, /* is 0.04499999999999999833 */
        { 2.675, 2, "2.67" },
        { -0.004, 2, "0.00" },
        { 0.999, 2, "1.00" },
        { 99.9999, 3, "100.000" },
        { 1234567.891, 1, "1234567.9" },
        { 0.1, 9, "0.100000000" },
        { 1e15, 3, "1000000000000000.000" },
        { 9007199254740993.0, 0, "9007199254740992" },
        { 99999999.998046875, 8, "99999999.99804688" }, /* a tie above 2^53 */
        { 7999999999999.9990234375, 9, "7999999999999.999023438" },
        { 1e22, 1, "10000000000000000000000.0" },
        { -1e300, 0, NULL },
        { INFINITY, 2, "-" },
        { NAN, 0, "-" },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        struct buf b = { 0 };

        buf_fixed(&b, t[i].v, t[i].decimals, '.');
        if (t[i].want != NULL)
            CHECK_STR(buf_text(&b), t[i].want);
        else
            CHECK_INT((int64_t)b.len, 302);
        buf_free(&b);
    }
}

/* Slowly: all digits of the double, then rounding as a child does it. */
static void fixed_slow(char *to, size_t size, double v, int decimals)
{
    char all[200];
    int len, point, end, i;
    bool carry, zero = true;

    len = snprintf(all, sizeof all, "0%.100f", fabs(v)); /* a zero in front takes the last carry */
    point = len - 101;
    end = decimals > 0 ? point + 1 + decimals : point;
    carry = all[point + 1 + decimals] >= '5';
    all[point] = '.'; /* whatever the locale wrote */
    for (i = end - 1; carry; i--) {
        if (i == point)
            continue;
        carry = all[i] == '9';
        all[i] = (char)(carry ? '0' : all[i] + 1);
    }
    for (i = 0; i < end; i++)
        zero = zero && (all[i] == '0' || all[i] == '.');
    snprintf(to, size, "%s%.*s", v < 0 && !zero ? "-" : "", end - (all[0] == '0'), all + (all[0] == '0'));
}

TEST(buf_fixed_like_the_slow_way)
{
    struct rng r;
    struct buf b = { 0 };
    char want[200];

    rng_seed(&r, 7);
    for (int i = 0; i < 100000; i++) {
        int64_t n = (int64_t)(rng_next(&r) >> (11 + rng_below(&r, 50)));
        double v = ldexp((double)n, -(int)rng_below(&r, 40));
        int decimals = (int)rng_below(&r, 10);

        v = i % 2 ? -v : v;
        buf_clear(&b);
        buf_fixed(&b, v, decimals, '.');
        fixed_slow(want, sizeof want, v, decimals);
        if (!CHECK_STR(buf_text(&b), want))
            break;
    }
    buf_free(&b);
}

TEST(buf_number_values)
{
    static const struct {
        double v;
        int digits;
        const char *want;
    } t[] = {
        { 0, 17, "0" },
        { -0.0, 17, "0" },
        { 0.1, 17, "0.1" },
        { 1.0 / 3, 3, "0.333" },
        { 1e21, 17, "1e+21" },
        { 123456, 3, "1.23e+05" },
        { 42, 15, "42" },
        { 1e14, 15, "100000000000000" },
        { -2.5, 6, "-2.5" },
        { INFINITY, 6, "null" },
        { NAN, 17, "null" },
        { 0.30000000000000004, 17, "0.30000000000000004" },
        { 5e-324, 17, "4.94065645841247e-324" },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        struct buf b = { 0 };

        buf_number(&b, t[i].v, t[i].digits);
        CHECK_STR(buf_text(&b), t[i].want);
        buf_free(&b);
    }
}

TEST_LONG(buf_number_of_17_digits_reads_back)
{
    struct rng r;
    struct buf b = { 0 };

    rng_seed(&r, 11);
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = rng_next(&r);
        double v, back = 0;

        memcpy(&v, &bits, sizeof v);
        if (!isfinite(v))
            continue;
        buf_clear(&b);
        buf_number(&b, v, 17);
        if (!CHECK(text_to_double(buf_text(&b), b.len, &back)) || !CHECK(memcmp(&v, &back, sizeof v) == 0))
            break;
    }
    buf_free(&b);
}

/* A locale with a decimal comma: the one that runs already, else the Dutch one; none is (locale_t)0. */
static locale_t comma_locale(void)
{
    if (localeconv()->decimal_point[0] == ',')
        return duplocale(LC_GLOBAL_LOCALE);
    return newlocale(LC_ALL_MASK, "nl_NL.UTF-8", (locale_t)0);
}

TEST(buf_numbers_keep_their_point_in_a_comma_locale)
{
    struct buf b = { 0 };
    char shows[8];
    double v = 0;
    locale_t comma = comma_locale(), before;

    if (comma == (locale_t)0)
        test_skip("no nl_NL.UTF-8 on this machine; the comma-locale suite of `make test` makes one");
    before = uselocale(comma);
    snprintf(shows, sizeof shows, "%.1f", 1.5);
    buf_fixed(&b, 1234.5, 2, '.');
    buf_fixed(&b, 1e17, 1, '.');
    buf_char(&b, ' ');
    buf_number(&b, 0.25, 6);
    buf_char(&b, ' ');
    buf_number(&b, 1e-7 / 3, 17);
    buf_printf(&b, " %.2f", 1.25);
    CHECK(text_to_double("2.5", 3, &v));
    CHECK_NEAR(v, 2.5, 0);
    CHECK(text_to_double("2.12345678901234567890", 22, &v)); /* the slow way */
    CHECK_NEAR(v, 2.12345678901234567890, 0);
    CHECK(!text_to_double("2,5", 3, &v));
    uselocale(before);
    freelocale(comma);
    CHECK_STR(shows, "1,5"); /* the locale was really there */
    CHECK_STR(buf_text(&b), "1234.50100000000000000000.0 0.25 3.3333333333333334e-08 1.25");
    buf_free(&b);
}

TEST(buf_days_and_times)
{
    struct buf b = { 0 };

    buf_date(&b, date_from_civil(2024, 2, 29));
    buf_char(&b, ' ');
    buf_time(&b, 1709210096);
    buf_date(&b, DAY_NONE);
    buf_time(&b, TIME_NONE);
    CHECK_STR(buf_text(&b), "2024-02-29 2024-02-29T12:34:56Z");
    buf_free(&b);
}

/* Each text through one writer. */
struct escape_case {
    const char *from, *want;
};

static void check_escape(void (*put)(struct buf *, const char *), const struct escape_case *t, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf b = { 0 };

        put(&b, t[i].from);
        CHECK_STR(buf_text(&b), t[i].want);
        buf_free(&b);
    }
}

TEST(buf_html_escapes)
{
    static const struct escape_case t[] = {
        { NULL, "" },
        { "", "" },
        { "Ünal & Zn", "Ünal &amp; Zn" },
        { "<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" },
        { "\" onclick=\"x", "&quot; onclick=&quot;x" },
        { "&amp;", "&amp;amp;" },
    };

    check_escape(buf_html, t, COUNT(t));
}

TEST(buf_url_part_escapes)
{
    static const struct escape_case t[] = {
        { NULL, "" },
        { "a-b.c_d~9", "a-b.c_d~9" },
        { "a/b?c=d&e#f", "a%2Fb%3Fc%3Dd%26e%23f" },
        { "één 100%\r\n", "%C3%A9%C3%A9n%20100%25%0D%0A" },
        { "..%2f", "..%252f" },
    };

    check_escape(buf_url_part, t, COUNT(t));
}

TEST(buf_json_escapes)
{
    static const struct escape_case t[] = {
        { NULL, "null" },
        { "", "\"\"" },
        { "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
        { "\n\t\r\x01\x1f", "\"\\n\\t\\u000D\\u0001\\u001F\"" },
        { "één €", "\"één €\"" },
        { "x\xff\xc3y\xed\xa0\x80z", "\"x\xef\xbf\xbd\xef\xbf\xbdy\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\"" },
        { "\xe2\x82", "\"\xef\xbf\xbd\xef\xbf\xbd\"" }, /* cut off at the end */
    };

    check_escape(buf_json, t, COUNT(t));
}

static void csv_semicolon(struct buf *b, const char *text)
{
    buf_csv(b, text, ';');
}

TEST(buf_csv_cells)
{
    static const struct escape_case t[] = {
        { NULL, "" },
        { "", "" },
        { "plain, text", "plain, text" },
        { "a;b", "\"a;b\"" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "=1+1", "'=1+1" },
        { "=cmd|' /C calc'!A0;x", "\"'=cmd|' /C calc'!A0;x\"" },
        { "+1+1", "'+1+1" },
        { "-1-1", "'-1-1" },
        { "-2+3+cmd|' /C calc'!D2", "'-2+3+cmd|' /C calc'!D2" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\t=1", "'\t=1" },
        { "\r=1", "\"'\r=1\"" },
        { "-", "'-" },
        { "-.", "'-." },
        { "-1e", "'-1e" },
        { "-1e+", "'-1e+" },
        { "-1.2.3", "'-1.2.3" },
        { "-12", "-12" },
        { "-1,5", "-1,5" },
        { "-1.5e-9", "-1.5e-9" },
        { "+31612345678", "+31612345678" },
        { "+31 6 12345678", "'+31 6 12345678" },
    };

    check_escape(csv_semicolon, t, COUNT(t));
}
