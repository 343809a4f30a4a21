// SPDX-License-Identifier: EUPL-1.2
#include "base/clocale.h"
#include "base/rng.h"
#include "base/text.h"
#include "unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Writes the sequence of a code point in n bytes, also when that is longer than needed. */
static void encode(uint32_t u, size_t n, char *to)
{
    static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

    for (size_t i = n; i-- > 1; u >>= 6)
        to[i] = (char)(0x80 | (u & 0x3f));
    to[0] = (char)(lead[n] | u);
}

TEST(text_utf8_every_code_point)
{
    static const uint32_t first[] = { 0, 0, 0x80, 0x800, 0x10000 };

    for (size_t n = 1; n <= 4; n++)
        for (uint32_t u = 0; u < (n == 1 ? 0x80u : n == 2 ? 0x800u : n == 3 ? 0x10000u : 0x200000u); u++) {
            char text[4];
            bool surrogate = u >= 0xd800 && u <= 0xdfff;
            bool want = u >= first[n] && u <= 0x10ffff && !surrogate && u != 0;

            encode(u, n, text);
            if (text_utf8_valid(text, n) != want || (text_char_bytes(text, n) == n) != want) {
                CHECK_INT(u, -(int64_t)n);
                return;
            }
            for (size_t less = 1; less < n; less++)
                if (!CHECK(!text_utf8_valid(text, less)))
                    return;
        }
}

TEST(text_utf8_hostile_bytes_at_every_place)
{
    static const char *const bad[] = { "\x80",
                                       "\xbf",
                                       "\xc0\x80",
                                       "\xc1\xbf",
                                       "\xc3",
                                       "\xc3(",
                                       "\xe2\x82",
                                       "\xe2(\xa1",
                                       "\xed\xa0\x80",
                                       "\xf0\x80\x80\x80",
                                       "\xf4\x90\x80\x80",
                                       "\xf5\x80\x80\x80",
                                       "\xfe",
                                       "\xff" };
    char text[64];

    for (size_t i = 0; i < COUNT(bad); i++)
        for (size_t at = 0; at < 24; at++) {
            size_t n = strlen(bad[i]);

            memset(text, 'a', sizeof text);
            CHECK(text_utf8_valid(text, at + n));
            memcpy(text + at, bad[i], n);
            CHECK(!text_utf8_valid(text, at + n));
            CHECK(!text_utf8_valid(text, sizeof text));
        }
    for (size_t at = 0; at < 24; at++) {
        memset(text, 'a', sizeof text);
        text[at] = '\0';
        CHECK(!text_utf8_valid(text, sizeof text));
        memset(text, 0x7f, sizeof text);
        text[at] = 1;
        CHECK(text_utf8_valid(text, sizeof text));
    }
    CHECK(text_utf8_valid("", 0));
}

TEST(text_to_int_values)
{
    static const struct {
        const char *text;
        int64_t want;
    } good[] = { { "0", 0 },
                 { "-0", 0 },
                 { "007", 7 },
                 { "-15", -15 },
                 { "9223372036854775807", INT64_MAX },
                 { "-9223372036854775807", INT64_MIN + 1 } };
    static const char *const bad[] = { NULL,
                                       "",
                                       "-",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "1.0",
                                       "1e3",
                                       "0x10",
                                       "9223372036854775808",
                                       "-9223372036854775808" /* that is INT_NONE */,
                                       "99999999999999999999",
                                       "--1",
                                       "1-" };
    int64_t v = 77;

    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!text_to_int(bad[i], &v));
    CHECK_INT(v, 77);
    for (size_t i = 0; i < COUNT(good); i++) {
        CHECK(text_to_int(good[i].text, &v));
        CHECK_INT(v, good[i].want);
    }
}

TEST(text_to_double_values)
{
    static const struct {
        const char *text;
        double want;
    } good[] = {
        { "0", 0 },
        { "-1.5", -1.5 },
        { ".5", 0.5 },
        { "5.", 5 },
        { "1e3", 1000 },
        { "1E-2", 0.01 },
        { "1e+2", 100 },
        { "0.1", 0.1 },
        { "9007199254740993", 9007199254740992.0 },
        { "9007199254740993.0000000001", 9007199254740994.0 },
        { "2.2250738585072011e-308", 2.2250738585072011e-308 },
        { "4.9e-324", 4.9e-324 },
        { "1e-400", 0 },
        { "00000000000000000000000000000000001", 1 },
        { "0.000000000000000000000000000001", 1e-30 },
        { "123456789012345678901234567890", 123456789012345678901234567890.0 },
    };
    static const char *const bad[] = { "",      "-",     ".",     "-.",    "e5",    "1e",
                                       "1e+",   "+1",    "1,5",   " 1",    "1 ",    "inf",
                                       "nan",   "0x1p3", "1.2.3", "1e5.0", "1e999", "-1e99999999999",
                                       "1_000", "--1" };
    double v = 77;

    for (size_t i = 0; i < COUNT(bad); i++)
        if (!CHECK(!text_to_double(bad[i], strlen(bad[i]), &v)))
            CHECK_STR(bad[i], "");
    CHECK(!text_to_double(NULL, 0, &v));
    CHECK_NEAR(v, 77, 0);
    for (size_t i = 0; i < COUNT(good); i++) {
        CHECK(text_to_double(good[i].text, strlen(good[i].text), &v));
        CHECK(!(v < good[i].want) && !(v > good[i].want));
    }
    CHECK(text_to_double("12345", 3, &v)); /* len decides */
    CHECK_NEAR(v, 123, 0);
}

TEST(text_to_double_is_the_nearest)
{
    struct rng r;

    rng_seed(&r, 5);
    for (int i = 0; i < 200000; i++) {
        char text[64];
        double v, want;

        snprintf(text, sizeof text, "%s%llu.%0*llue%d", i % 2 ? "-" : "",
                 (unsigned long long)(rng_next(&r) >> rng_below(&r, 64)), (int)rng_below(&r, 12),
                 (unsigned long long)(rng_next(&r) >> (24 + rng_below(&r, 40))), (int)rng_below(&r, 60) - 30);
        want = strtod_l(text, NULL, clocale());
        if (!CHECK(text_to_double(text, strlen(text), &v)) || !CHECK(memcmp(&v, &want, sizeof v) == 0)) {
            CHECK_STR(text, "");
            return;
        }
    }
}

TEST(text_copy_cuts_between_characters)
{
    static const char from[] = "aé€\xf0\x9f\x98\x80z"; /* 1, 2, 3, 4 and 1 bytes */
    static const size_t len[] = { 0, 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11 };

    for (size_t size = 1; size < COUNT(len); size++) {
        char to[32];

        memset(to, 'x', sizeof to);
        text_copy(to, size, from);
        CHECK_INT((int64_t)strlen(to), (int64_t)len[size]);
        CHECK(memcmp(to, from, len[size]) == 0);
        CHECK(to[size] == 'x');
    }
    text_copy(NULL, 0, from);
}

TEST(text_fold_names)
{
    static const struct {
        const char *from, *want;
    } t[] = {
        { "Ünal", "unal" },
        { "IJsbrand", "ijsbrand" },
        { "Ĳsbrand", "ijsbrand" },
        { "Çağlar Şahin", "caglar sahin" },
        { "İbrahim Işık", "ibrahim isik" },
        { "Łukasz Żółć", "lukasz zolc" },
        { "Straße STRAẞE", "strasse strasse" },
        { "Ærø", "aero" },
        { "Nguyễn Thị Ánh", "nguyen thi anh" },
        { "Ștefan Țuțea", "stefan tutea" },
        { "e\xcc\x81\xcc\x82n", "en" }, /* combining marks */
        { "Ǆ ǅ ŉ Þór", "dz dz n thor" },
        { "Σίσυφος 中文 😀 ×÷", "Σίσυφος 中文 😀 ×÷" },
        { "van 't Hoff-d'Arc 1!", "van 't hoff-d'arc 1!" },
        { "a\xff\xc3", "a??" },
        { NULL, "" },
        { "", "" },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        char to[64];

        text_fold(to, sizeof to, t[i].from);
        CHECK_STR(to, t[i].want);
    }
}

TEST(text_fold_never_grows_or_breaks)
{
    struct rng r;

    rng_seed(&r, 3);
    for (uint32_t u = 0x80; u < 0x3000; u++) {
        char from[5] = { 0 }, to[8];
        size_t n = u < 0x800 ? 2 : 3;

        encode(u, n, from);
        text_fold(to, sizeof to, from);
        CHECK(strlen(to) <= n && text_utf8_valid(to, strlen(to)));
    }
    for (int i = 0; i < 20000; i++) { /* any bytes, any room */
        char from[40], to[40];
        size_t n = (size_t)rng_below(&r, sizeof from), size = 1 + (size_t)rng_below(&r, sizeof to - 1);

        for (size_t k = 0; k < n; k++)
            from[k] = (char)(1 + rng_below(&r, 255));
        from[n] = '\0';
        to[size] = 'x';
        text_fold(to, size, from);
        CHECK(strlen(to) < size && to[size] == 'x' && text_utf8_valid(to, strlen(to)));
    }
}

TEST(text_trim_blanks)
{
    static const struct {
        const char *from, *want;
    } t[] = {
        { "", "" },
        { "   ", "" },
        { "\t a b \r\n", "a b" },
        { "a", "a" },
        { "\xc2\xa0 a\xc2\xa0", "a" },
        { "\xc2\xa0", "" },
        { "\xc3\xa0", "\xc3\xa0" } /* à ends in the byte of the no-break space */,
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        char text[32];

        text_copy(text, sizeof text, t[i].from);
        CHECK_STR(text_trim(text), t[i].want);
    }
}

TEST(text_comparisons)
{
    CHECK(text_is("a", "a") && text_is(NULL, NULL));
    CHECK(!text_is("a", "b") && !text_is(NULL, "") && !text_is("", NULL));
    CHECK(text_empty(NULL) && text_empty("") && !text_empty(" "));
    CHECK(text_same_secret("token", "token") && text_same_secret("", ""));
    CHECK(!text_same_secret("token", "tokem") && !text_same_secret("token", "toke") &&
          !text_same_secret("toke", "token"));
    CHECK(!text_same_secret("", "t") && !text_same_secret("t", ""));
}

TEST(text_one_letter_apart_is_replaced_left_out_or_put_in)
{
    CHECK(text_one_letter_apart("jansen", "jansen") && text_one_letter_apart("", ""));
    CHECK(text_one_letter_apart("jansen", "hansen") && text_one_letter_apart("jansen", "janssen"));
    CHECK(text_one_letter_apart("jansen", "ansen") && text_one_letter_apart("jansen", "janse"));
    CHECK(text_one_letter_apart("", "a") && !text_one_letter_apart("", "ab"));
    CHECK(!text_one_letter_apart("jansen", "janes") && !text_one_letter_apart("jansen", "hanzen"));
}
