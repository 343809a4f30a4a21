// SPDX-License-Identifier: EUPL-1.2
#include "test.h"

#include "account/chart.h"
#include "account/map.h"
#include "base/text.h"

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

/* The numbers of an attribute in all of a drawing lie between 0 and `most`. */
static void check_within(const char *svg, const char *attribute, double most)
{
    for (const char *p = strstr(svg, attribute); p != NULL; p = strstr(p + 1, attribute)) {
        double v = (double)(int)(p[strlen(attribute)] == '-' ? -1 : 0);
        for (const char *d = p + strlen(attribute); *d >= '0' && *d <= '9'; d++)
            v = v * 10 + (*d - '0');
        test_check(v >= 0 && v <= most, __FILE__, __LINE__, attribute);
    }
}

TEST(chart_for_a_phone_has_every_point_and_room_for_its_labels)
{
    struct chart_point point[36];
    const struct chart k = { .id = "t",
                             .title = "A",
                             .description = "B",
                             .point = point,
                             .n = 36,
                             .norm = { "afspraak", 14 },
                             .centre = { "gewoon", 30 },
                             .lower = { NULL, NAN },
                             .upper = { NULL, NAN },
                             .now_name = "nu",
                             .now = 20 };
    struct buf b = { 0 };

    for (size_t i = 0; i < 36; i++)
        point[i] = (struct chart_point){ "25 mei 2026", (double)i, (double)i - 1, (double)i + 1, false };
    chart_narrow_svg(&k, &b);
    CHECK_INT((int64_t)count(buf_text(&b), "<circle"), 36);
    CHECK_INT((int64_t)count(buf_text(&b), "peil-chart__band"), 1);
    CHECK_INT((int64_t)count(buf_text(&b), ">nu</text>"), 1);
    CHECK(count(buf_text(&b), ">25 mei 2026<") >= 2 && count(buf_text(&b), ">25 mei 2026<") <= 4);
    CHECK(strstr(buf_text(&b), "id=\"t-tn\"") != NULL); /* beside the wide one on the same page */
    check_within(buf_text(&b), " cx=\"", 400);
    check_within(buf_text(&b), " x=\"", 400);
    buf_free(&b);
}

TEST(map_tiles_break_long_names_and_fit_a_phone)
{
    const struct map_area area[] = {
        { .name = "Cliëntenbuurt bij de Sint-Willibrorduskerk en omstreken Zuid-Oost",
          .value = "11 dagen",
          .shade = 11 },
        { .name = "Noord", .value = "", .shade = NAN },
        { .name = "Ééééééééééééééééééééééééééééééééééééééééé", .value = "3 dagen", .shade = 3 },
    };
    const struct map m = { .id = "p", .title = "A", .description = "B", .area = area, .n = COUNT(area) };
    struct buf b = { 0 };

    map_svg(&m, &b);
    CHECK_INT((int64_t)count(buf_text(&b), "<svg"), 2);
    CHECK_INT((int64_t)count(buf_text(&b), ">Cliëntenbuurt bij de<"), 2);
    CHECK_INT((int64_t)count(buf_text(&b), "…</text>"),
              2); /* what is left of the first name is too long for the second line */
    CHECK(text_utf8_valid(buf_text(&b), strlen(buf_text(&b))));
    check_within(strstr(buf_text(&b), "peil-chart--narrow"), " x=\"", 492);
    buf_free(&b);
}
