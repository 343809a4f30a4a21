// SPDX-License-Identifier: EUPL-1.2
#include "web/show.h"

#include "base/text.h"
#include "web/tpl_rt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SITE(text)                                                                                           \
    {                                                                                                        \
        .english = text                                                                                      \
    }

static struct text_site month_short[] = {
    SITE(N_("Jan")), SITE(N_("Feb")), SITE(N_("Mar")), SITE(N_("Apr")), SITE(N_("May")), SITE(N_("Jun")),
    SITE(N_("Jul")), SITE(N_("Aug")), SITE(N_("Sep")), SITE(N_("Oct")), SITE(N_("Nov")), SITE(N_("Dec"))
};
static struct text_site day_word[] = { SITE(N_("day")), SITE(N_("days")) };
static const char *const month_long[] = { N_("January"),   N_("February"), N_("March"),    N_("April"),
                                          N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                          N_("September"), N_("October"),  N_("November"), N_("December") };
static const char *const weekday[] = { N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                       N_("Friday"), N_("Saturday"), N_("Sunday") };

const char *text_of_buf(struct ctx *c, struct buf *b)
{
    const char *text = b->failed ? NULL : arena_copy(c->arena, buf_text(b), b->len);

    buf_free(b);
    return text == NULL ? "" : text;
}

enum { DAY_TEXT = 64, MONTH_TEXT = 24 };

/* Returns the length. Names of months and days hold nothing that needs escaping: they are written as they
 * are. */
static size_t write_day(const struct ctx *c, char to[DAY_TEXT], int32_t day)
{
    struct civil d = date_to_civil(day);
    const char *month = text_of(c->lang, &month_short[d.month - 1]);
    size_t n = strnlen(month, MONTH_TEXT);
    char *p = text_put_int(to, d.day);

    *p++ = ' ';
    memcpy(p, month, n);
    p += n;
    *p++ = ' ';
    return (size_t)(text_put_int(p, d.year) - to);
}

static void put_long_day(struct ctx *c, struct buf *out, int32_t day)
{
    struct civil d = date_to_civil(day);

    buf_str(out, _(weekday[date_weekday(day) - 1]));
    buf_char(out, ' ');
    buf_int(out, d.day);
    buf_char(out, ' ');
    buf_str(out, _(month_long[d.month - 1]));
    buf_char(out, ' ');
    buf_int(out, d.year);
}

const char *month_text(struct ctx *c, int32_t day)
{
    struct buf b = { 0 };

    show_month(c, &b, day);
    return text_of_buf(c, &b);
}

const char *day_text(struct ctx *c, int32_t day)
{
    char text[DAY_TEXT];
    const char *kept = day != DAY_NONE ? arena_copy(c->arena, text, write_day(c, text, day)) : NULL;

    return kept == NULL ? "" : kept;
}

const char *long_day_text(struct ctx *c, int32_t day)
{
    struct buf b = { 0 };

    if (day != DAY_NONE)
        put_long_day(c, &b, day);
    return text_of_buf(c, &b);
}

const char *moment_text(struct ctx *c, int64_t time)
{
    struct buf b = { 0 };

    if (time != TIME_NONE)
        show_moment(c, &b, time);
    return text_of_buf(c, &b);
}

const char *typed_day_text(struct ctx *c, int32_t day)
{
    if (day == DAY_NONE)
        return "";
    struct civil d = date_to_civil(day);
    struct buf b = { 0 };
    buf_printf(&b, "%d-%d-%d", d.day, d.month, d.year);
    return text_of_buf(c, &b);
}

/* Puts a mark between every three digits before the decimal sign; a minus before what is less than nothing.
 */
static void grouped(const struct ctx *c, struct buf *out, const char *digits)
{
    size_t whole = strcspn(digits, ".");
    size_t sign = digits[0] == '-';
    char mark = c->lang == LANG_NL ? '.' : ',';
    char point = c->lang == LANG_NL ? ',' : '.';

    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0)
            buf_char(out, mark);
        if (digits[i] == '-')
            buf_str(out, MINUS);
        else
            buf_char(out, digits[i] == '.' ? point : digits[i]);
    }
}

const char *number_text(struct ctx *c, double v, int decimals)
{
    struct buf plain = { 0 }, b = { 0 };

    if (!isfinite(v))
        return "";
    buf_fixed(&plain, v, decimals, '.');
    grouped(c, &b, buf_text(&plain));
    buf_free(&plain);
    return text_of_buf(c, &b);
}

const char *count_text(struct ctx *c, int64_t v)
{
    struct buf b = { 0 };

    show_count(c, &b, v);
    return text_of_buf(c, &b);
}

const char *resident_name(const struct ctx *c, const char *name)
{
    return text_empty(name) ? _("No name") : name;
}

const char *filled_text(struct ctx *c, const char *text, const char *a, const char *b)
{
    const char *made = "";
    struct buf out = { 0 };

    for (const char *p = text; *p != '\0'; p++) {
        bool slot = p[0] == '{' && (p[1] == '1' || p[1] == '2') && p[2] == '}';
        if (!slot) {
            buf_char(&out, *p);
            continue;
        }
        const char *value = p[1] == '1' ? a : b;
        if (value != NULL)
            buf_str(&out, value);
        p += 2;
    }
    if (ctx_copy(c, buf_text(&out), &made) != OK)
        made = "";
    buf_free(&out);
    return made;
}

const char *agreement_text(struct ctx *c, const char *look, const char *what)
{
    return filled_text(c,
                       look == NULL              ? _("agreed: {1}")
                       : text_is(look, "better") ? _("agreed and kept: {1}")
                       : text_is(look, "worse")  ? _("agreed, not kept: {1}")
                                                 : _("agreed, perhaps kept: {1}"),
                       what, "");
}

const char *percent_text(struct ctx *c, double share)
{
    struct buf plain = { 0 }, b = { 0 };

    if (!isfinite(share))
        return "";
    buf_fixed(&plain, share * 100, 0, '.');
    grouped(c, &b, buf_text(&plain));
    buf_free(&plain);
    buf_str(&b, " %");
    return text_of_buf(c, &b);
}

void show_date(struct ctx *c, struct buf *out, int32_t day)
{
    char text[DAY_TEXT];

    if (day != DAY_NONE)
        buf_put(out, text, write_day(c, text, day));
}

void show_longdate(struct ctx *c, struct buf *out, int32_t day)
{
    if (day != DAY_NONE)
        put_long_day(c, out, day);
}

void show_moment(struct ctx *c, struct buf *out, int64_t time)
{
    if (time == TIME_NONE)
        return;
    int second = time_nl_second(time);
    put_long_day(c, out, time_nl_day(time));
    if (second != 0)
        buf_printf(out, ", %02d:%02d", second / 3600, second / 60 % 60);
}

void show_month(struct ctx *c, struct buf *out, int32_t day)
{
    struct civil d = date_to_civil(day);

    if (day == DAY_NONE)
        return;
    buf_html(out, _(month_long[d.month - 1]));
    buf_char(out, ' ');
    buf_int(out, d.year);
}

void show_count(struct ctx *c, struct buf *out, int64_t v)
{
    char digits[24];

    if (v == INT_NONE)
        return;
    *text_put_int(digits, v) = '\0';
    if (v >= 0 && v < 1000)
        buf_str(out, digits);
    else
        grouped(c, out, digits);
}

void show_days(struct ctx *c, struct buf *out, int64_t days)
{
    if (days == INT_NONE)
        return;
    show_count(c, out, days);
    buf_char(out, ' ');
    tpl_text(out, c->lang, &day_word[days != 1]);
}

/* The class, the name, and the name with its term. */
static const char *const urgency_kind[] = { "inactive", "inactive", "neutral", "warning", "danger" };
static struct text_site urgency_text[][2] = {
    { SITE(N_("Not known yet")), SITE(N_("Not known yet")) },
    { SITE(N_("Can wait")), SITE(N_("Can wait: within 20 working days")) },
    { SITE(N_("Normal")), SITE(N_("Normal: within 10 working days")) },
    { SITE(N_("Urgent")), SITE(N_("Urgent: within 3 working days")) },
    { SITE(N_("Emergency")), SITE(N_("Emergency: today")) },
};

static void badge(struct ctx *c, struct buf *out, int64_t urgency, bool term)
{
    size_t i = urgency < 0 || urgency >= (int64_t)COUNT(urgency_text) ? 0 : (size_t)urgency;

    buf_lit(out, "<span class=\"utrecht-status-badge utrecht-status-badge--");
    buf_str(out, urgency_kind[i]);
    buf_lit(out, "\">");
    tpl_text(out, c->lang, &urgency_text[i][term]);
    buf_lit(out, "</span>");
}

void show_urgency(struct ctx *c, struct buf *out, int64_t urgency)
{
    badge(c, out, urgency, false);
}

void show_term(struct ctx *c, struct buf *out, int64_t urgency)
{
    badge(c, out, urgency, true);
}

void show_unbroken(struct ctx *c, struct buf *out, const char *text)
{
    (void)c;
    for (const char *p = text == NULL ? "" : text; *p != '\0';) {
        const char *sign = strstr(p, " %");
        if (sign == NULL) {
            buf_html(out, p);
            return;
        }
        buf_html_part(out, p, (size_t)(sign - p));
        buf_lit(out, "&nbsp;");
        p = sign + 1;
    }
}

void show_bar(struct ctx *c, struct buf *out, int64_t value, int64_t norm)
{
    int64_t share = norm <= 0 || value >= norm ? 100 : value <= 0 ? 0 : value * 100 / norm;

    (void)c;
    buf_printf(
        out, "<svg class=\"peil-bar%s\" aria-hidden=\"true\"><rect class=\"peil-bar__track\" width=\"100%%\"",
        value > norm ? " peil-bar--over" : "");
    buf_printf(out, " height=\"100%%\" rx=\"4\"/><rect width=\"%d%%\" height=\"100%%\" rx=\"4\"/></svg>",
               (int)share);
}

void show_chart(struct ctx *c, struct buf *out, const struct chart *chart)
{
    (void)c;
    chart_svg(chart, out);
    chart_narrow_svg(chart, out);
}

void show_made(struct ctx *c, struct buf *out, const struct buf *part)
{
    (void)c;
    buf_put(out, part->data, part->len);
}
