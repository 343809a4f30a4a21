// SPDX-License-Identifier: EUPL-1.2
#include "test.h"

#include "account/chart.h"

#include <math.h>
#include <string.h>

static const char *drawn(struct buf *b, const struct chart_point *point, size_t n, double norm)
{
    struct chart k = { .id = "t",
                       .title = "A & B",
                       .description = "<b>",
                       .point = point,
                       .n = n,
                       .norm = { "norm", norm },
                       .centre = { NULL, NAN },
                       .lower = { NULL, NAN },
                       .upper = { NULL, NAN },
                       .lower_is_better = true };

    buf_clear(b);
    chart_svg(&k, b);
    return buf_text(b);
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        n++;
    return n;
}

TEST(chart_escapes_marks_and_breaks)
{
    const struct chart_point point[] = { { "a", 10, NAN, NAN, false },
                                         { "b", NAN, NAN, NAN, false },
                                         { "c", 40, 30, 60, true },
                                         { "d", 20, 10, 25, true } };
    struct buf b = { 0 };
    const char *svg = drawn(&b, point, 4, 30);

    CHECK(strstr(svg, "A &amp; B") != NULL && strstr(svg, "&lt;b&gt;") != NULL);
    CHECK_INT((int64_t)count(svg, "<circle"), 1);
    CHECK_INT((int64_t)count(svg, "peil-chart__signal"), 3); /* two diamonds, one of them better */
    CHECK_INT((int64_t)count(svg, "peil-chart__signal--better"), 1);
    CHECK_INT((int64_t)count(svg, "peil-chart__band"), 1);
    CHECK(strstr(svg, "nan") == NULL && strstr(svg, "inf") == NULL);
    buf_free(&b);
}

TEST(chart_of_nothing_and_of_one_point)
{
    const struct chart_point one[] = { { "a", 0.04, NAN, NAN, false } };
    struct buf b = { 0 };

    CHECK(strstr(drawn(&b, NULL, 0, NAN), "</svg>") != NULL);
    CHECK(strstr(buf_text(&b), "nan") == NULL);
    CHECK_INT((int64_t)count(drawn(&b, one, 1, NAN), "<circle"), 1);
    buf_free(&b);
}
