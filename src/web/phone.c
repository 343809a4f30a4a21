// SPDX-License-Identifier: EUPL-1.2
#include "web/phone.h"

#include "base/text.h"
#include "register/contact.h"
#include "web/part.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>
#include <string.h>

enum { MISSED_DAYS = 7, WEEKS_DAYS = 28 };

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Half hour"), TEXT),         SHEET_COLUMN(N_("Came in"), COUNT),
    SHEET_COLUMN(N_("Answered"), COUNT),         SHEET_COLUMN(N_("Answered in time"), COUNT),
    SHEET_COLUMN(N_("Hung up"), COUNT),          SHEET_COLUMN(N_("Missed"), COUNT),
    SHEET_COLUMN(N_("Average wait (s)"), COUNT), SHEET_COLUMN(N_("Counted by hand"), CHECK),
};

struct count_typed {
    int32_t day;
    int64_t half_hour, offered, answered, abandoned, in_time, seconds;
};
static const struct form_field fields[] = {
    { FORM_AT(struct count_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Day") },
    { FORM_AT(struct count_typed, half_hour), .kind = FORM_PICK, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Half hour") },
    { FORM_AT(struct count_typed, offered), .kind = FORM_INT, .required = true, .max = 9999, .narrow = true,
      .label = N_("Came in") },
    { FORM_AT(struct count_typed, answered), .kind = FORM_INT, .required = true, .max = 9999, .narrow = true,
      .label = N_("Answered") },
    { FORM_AT(struct count_typed, abandoned), .kind = FORM_INT, .max = 9999, .narrow = true,
      .label = N_("Hung up") },
    { FORM_AT(struct count_typed, in_time), .kind = FORM_INT, .max = 9999, .narrow = true,
      .label = N_("Answered in time") },
    { FORM_AT(struct count_typed, seconds), .kind = FORM_INT, .max = 999999, .narrow = true,
      .label = N_("Seconds waited, all together") },
};

static enum err half_hour_text(struct ctx *c, int i, const char **ret_text)
{
    char text[64];

    snprintf(text, sizeof text, "%02d:%02d-%02d:%02d", i / 2, i % 2 * 30, (i + 1) / 2, (i + 1) % 2 * 30);
    return ctx_copy(c, text, ret_text);
}

/* Office hours are enough to choose from: 7:00 to 19:00. */
enum { FIRST_HALF = 14, LAST_HALF = 38 };

static enum err half_hours(struct ctx *c, struct form_options *ret_options)
{
    struct option_id *o;

    TRY(ctx_alloc(c, LAST_HALF - FIRST_HALF, sizeof *o, (void *)&o));
    for (int i = FIRST_HALF; i < LAST_HALF; i++) {
        o[i - FIRST_HALF].id = i;
        TRY(half_hour_text(c, i, &o[i - FIRST_HALF].label));
    }
    *ret_options = (struct form_options){ "half_hour", o, LAST_HALF - FIRST_HALF };
    return OK;
}

static int64_t average(const struct phone_sum *s)
{
    return s->answered > 0 && s->seconds != INT_NONE ? (s->seconds + s->answered / 2) / s->answered
                                                     : INT_NONE;
}

static enum err sheet_make(struct ctx *c, int32_t day, struct phone_page *p, struct sheet *ret_sheet)
{
    struct sheet s = { .object = "phone",
                       .title = _("Phone"),
                       .filter = long_day_text(c, day),
                       .empty = _("No calls on this day."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    struct phone_day d;

    TRY(phone_day_get(c, day, &d));
    for (size_t i = 0; i < d.n; i++) {
        const struct phone_sum *sum = &d.row[i].sum;
        const char *text;
        TRY(half_hour_text(c, d.row[i].half_hour, &text));
        TRY(sheet_row(c, &s, INT_NONE));
        sheet_text(&s, text);
        sheet_count(&s, sum->offered);
        sheet_count(&s, sum->answered);
        sheet_count(&s, sum->in_time);
        sheet_count(&s, sum->abandoned);
        sheet_count(&s, sum->missed);
        sheet_count(&s, average(sum));
        sheet_check(&s, sum->by_hand);
    }
    p->sum = d.sum;
    *ret_sheet = s;
    return OK;
}

static const char *share(struct ctx *c, int64_t part, int64_t of)
{
    return part == INT_NONE || of < CONTACT_SHARE_LEAST ? "" : percent_text(c, (double)part / (double)of);
}

static enum err url_of_day(struct ctx *c, int32_t day, const char **ret_url)
{
    char url[40] = "/phone?day=";

    date_iso(day, url + 11);
    return ctx_copy(c, url, ret_url);
}

static int32_t day_of(struct ctx *c, const struct req *r)
{
    const char *text = r->method == METHOD_POST ? req_form(r, "day") : req_query(r, "day");
    int32_t day = c->today;

    if (!text_empty(text) && date_parse(c, "day", text, &day) != OK)
        err_clear(c);
    return day > c->today ? c->today : day;
}

static enum err form_fill(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct phone_page *p)
{
    struct pair value[] = { { "day", typed_day_text(c, p->day) },
                            { "half_hour", typed_number_text(c, time_nl_second(c->now) / 1800) } };
    struct form_options options;

    TRY(half_hours(c, &options));
    struct form form = { FORM(fields), .options = &options, .n_options = 1, .value = value,
                         .n_values = COUNT(value) };
    return form_view_fill(c, r, &form, wrong, &p->form);
}

static enum err phone_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct phone_page p = { .day = day_of(c, r),
                            .may_count = user_may(c, RIGHT_CONTACT),
                            .may_import = user_may(c, RIGHT_IMPORT) };
    struct phone_missed *missed;
    const struct config *k;
    struct sheet s;

    TRY(config_get(c, &k));
    TRY(sheet_make(c, p.day, &p, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, _("Phone"), "/phone", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    TRY(phone_period_get(c, p.day - WEEKS_DAYS + 1, p.day, &p.weeks));
    p.norm = k->phone_seconds;
    p.in_time = share(c, p.sum.in_time, p.sum.offered);
    p.weeks_in_time = share(c, p.weeks.in_time, p.weeks.offered);
    p.lost = share(c, p.weeks.missed, p.weeks.offered);
    TRY(url_of_day(c, p.day - 1, &p.previous));
    if (p.day < c->today)
        TRY(url_of_day(c, p.day + 1, &p.next));
    TRY(form_fill(c, r, wrong, &p));
    if (p.may_count) {
        TRY(phone_missed(c, p.day - MISSED_DAYS + 1, p.day, &missed, &p.n_missed));
        p.missed = missed;
    }
    return phone_html(c, &out->body, &p);
}

enum err web_phone_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return phone_show(c, r, NULL, out);
}

/* The version that a count replaces: the one that stands there now. A half hour that was counted already is
 * corrected on purpose, so the form says which one. */
static enum err seen_of(struct ctx *c, const struct count_typed *t, int64_t *ret_seen)
{
    struct phone_day d;

    *ret_seen = 0;
    TRY(phone_day_get(c, t->day, &d));
    for (size_t i = 0; i < d.n; i++)
        if (d.row[i].half_hour == t->half_hour)
            *ret_seen = d.row[i].version;
    return OK;
}

static enum err count_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options options;
    struct count_typed t = { 0 };
    int64_t seen;

    TRY(half_hours(c, &options));
    struct form form = { FORM(fields), .options = &options, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    TRY(seen_of(c, &t, &seen));
    struct phone_count_form f = { .day = t.day,
                                  .half_hour = (int)t.half_hour,
                                  .offered = t.offered,
                                  .answered = t.answered,
                                  .abandoned = t.abandoned,
                                  .in_time = t.in_time,
                                  .seconds = t.seconds,
                                  .seen = seen };
    return phone_count_add(c, &f);
}

enum err web_phone_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = count_save(c, r, &errors);
    char iso[11];

    date_iso(day_of(c, r), iso);
    if (e == OK)
        return reply_redirect(c, out, "/phone?day=%s&done=counted", iso);
    TRY(wrong_take(c, e, out, &errors));
    return phone_show(c, r, &errors, out);
}

enum err today_missed(struct ctx *c, struct today_block *b)
{
    struct phone_missed *m;
    char url[48];
    size_t n;

    TRY(phone_missed(c, c->today - MISSED_DAYS + 1, c->today, &m, &n));
    b->title = _("Missed calls without a call-back");
    b->url = "/phone";
    b->count = (int64_t)n;
    b->empty = _("Every missed call has a call-back.");
    for (size_t i = 0; i < n; i++) {
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            break;
        row->text = m[i].name[0] != '\0'    ? m[i].name
                    : m[i].phone[0] != '\0' ? m[i].phone
                                            : _("Number not known");
        row->sub = day_text(c, time_nl_day(m[i].offered_at));
        memcpy(url, "/callbacks/new?missed=", 22);
        *text_put_int(url + 22, m[i].id) = '\0';
        TRY(ctx_copy(c, url, &row->url));
    }
    return OK;
}
