// SPDX-License-Identifier: EUPL-1.2
#include "test.h"

#include "base/text.h"
#include "web/part.h"
#include "web/show.h"

#include <math.h>
#include <string.h>

static const char *shown(struct ctx *c, void (*show)(struct ctx *c, struct buf *out, int64_t v), int64_t v)
{
    struct buf b = { 0 };

    show(c, &b, v);
    const char *text = arena_copy(c->arena, buf_text(&b), b.len);
    buf_free(&b);
    return text;
}

TEST(show_dates_and_numbers_in_dutch)
{
    struct ctx *c = test_begin_bare();
    struct buf b = { 0 };
    int32_t day = date_from_civil(2023, 10, 24);

    c->lang = LANG_NL;
    CHECK_STR(day_text(c, day), "24 okt 2023");
    CHECK_STR(long_day_text(c, day), "dinsdag 24 oktober 2023");
    CHECK_STR(typed_day_text(c, day), "24-10-2023");
    CHECK_STR(day_text(c, DAY_NONE), "");
    CHECK_STR(number_text(c, 1234567.25, 1), "1.234.567,3");
    CHECK_STR(number_text(c, -1234.5, 0), "\u22121.235");
    CHECK_STR(number_text(c, NAN, 1), "");
    CHECK_STR(count_text(c, 999), "999");
    CHECK_STR(count_text(c, -1000), "\u22121.000");
    CHECK_STR(count_text(c, -1), "\u22121");
    CHECK_STR(percent_text(c, -0.055), "\u22126 %");
    CHECK_STR(count_text(c, INT_NONE), "");
    CHECK_STR(percent_text(c, 0.384), "38 %");
    CHECK_STR(shown(c, show_days, 1), "1 dag");
    CHECK_STR(shown(c, show_days, 2000), "2.000 dagen");
    CHECK_STR(shown(c, show_days, INT_NONE), "");
    CHECK(strstr(shown(c, show_urgency, 4), "--danger\">Spoed<") != NULL);
    CHECK(strstr(shown(c, show_urgency, 77), "--inactive") != NULL);
    show_moment(c, &b, time_of_nl_day(day, 14 * 3600 + 180));
    CHECK_STR(buf_text(&b), "dinsdag 24 oktober 2023, 14:03");
    buf_free(&b);
}

TEST(show_numbers_in_english)
{
    struct ctx *c = test_begin_bare();

    c->lang = LANG_EN;
    CHECK_STR(number_text(c, 1234.5, 1), "1,234.5");
    CHECK_STR(day_text(c, date_from_civil(2024, 3, 1)), "1 Mar 2024");
}

TEST(show_bar_is_full_at_the_norm_and_changes_after_it)
{
    static const struct {
        int64_t value, norm;
        const char *width;
        bool over;
    } row[] = { { 0, 10, "\"0%\"", false },   { 5, 10, "\"50%\"", false }, { 10, 10, "\"100%\"", false },
                { 11, 10, "\"100%\"", true }, { 3, 0, "\"100%\"", true },  { -4, 10, "\"0%\"", false } };
    struct ctx *c = test_begin_bare();

    for (size_t i = 0; i < COUNT(row); i++) {
        struct buf b = { 0 };
        show_bar(c, &b, row[i].value, row[i].norm);
        const char *last = strrchr(buf_text(&b), '<'); /* </svg> */
        CHECK(last != NULL && strstr(buf_text(&b), row[i].width) != NULL);
        CHECK((strstr(buf_text(&b), "peil-bar--over") != NULL) == row[i].over);
        buf_free(&b);
    }
}

static enum err number_url(struct ctx *c, void *arg, int64_t page, const char **ret_url)
{
    (void)arg;
    return ctx_copy(c, count_text(c, page), ret_url);
}

/* "1 . 4 5 [6] 7 8 . 20" */
static const char *pages_text(struct ctx *c, int64_t current, int64_t last)
{
    struct pages p = { 0 };
    struct buf b = { 0 };

    CHECK(pages_fill(c, current, last, number_url, NULL, &p) == OK);
    for (size_t i = 0; i < p.n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        if (p.link[i].number == 0)
            buf_char(&b, '.');
        else if (p.link[i].current)
            buf_printf(&b, "[%s]", p.link[i].url);
        else
            buf_str(&b, p.link[i].url);
    }
    CHECK((p.previous != NULL) == (current > 1));
    CHECK((p.next != NULL) == (current < last));
    const char *text = arena_copy(c->arena, buf_text(&b), b.len);
    buf_free(&b);
    return text;
}

TEST(pages_show_the_first_the_last_and_the_neighbours)
{
    struct ctx *c = test_begin_bare();

    CHECK_STR(pages_text(c, 1, 1), "[1]");
    CHECK_STR(pages_text(c, 1, 3), "[1] 2 3");
    CHECK_STR(pages_text(c, 6, 20), "1 . 4 5 [6] 7 8 . 20");
    CHECK_STR(pages_text(c, 20, 20), "1 . 18 19 [20]");
    CHECK_STR(pages_text(c, 4, 7), "1 2 3 [4] 5 6 7");
}
