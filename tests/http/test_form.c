// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "base/text.h"
#include "unit/test.h"
#include "web/form_view.h"
#include "web/tpl.h"

#include <string.h>

struct sample {
    const char *name, *note;
    int64_t number, team, channel;
    int32_t day;
    bool urgent;
    struct form_ids ids;
};
static const char *const channels[] = { "phone", "counter", NULL };
static const struct form_field fields[] = {
    { FORM_AT(struct sample, name), .kind = FORM_TEXT, .required = true, .max = 5 },
    { FORM_AT(struct sample, note), .kind = FORM_LINES, .max = 20 },
    { FORM_AT(struct sample, number), .kind = FORM_INT, .max = 100 },
    { FORM_AT(struct sample, team), .kind = FORM_ID },
    { FORM_AT(struct sample, channel), .kind = FORM_CHOICE, .choice = channels },
    { FORM_AT(struct sample, day), .kind = FORM_DATE },
    { FORM_AT(struct sample, urgent), .kind = FORM_CHECK },
    { FORM_AT(struct sample, ids), .kind = FORM_IDS, .max = 3 },
};

static enum err read(struct ctx *c, const char *body, struct sample *s, struct form_errors *wrong,
                     struct req *ret_req)
{
    *ret_req = (struct req){ .method = METHOD_POST,
                             .target = "/",
                             .header[HEADER_CONTENT_TYPE] = "application/x-www-form-urlencoded",
                             .body = body,
                             .body_len = strlen(body) };
    CHECK_INT(req_decode(c, ret_req), OK);
    return form_read(c, ret_req, fields, COUNT(fields), s, wrong);
}

TEST(form_reads_every_kind)
{
    struct ctx *c = test_begin_bare();
    struct form_errors wrong;
    struct sample s;
    struct req r;

    CHECK_INT(read(c,
                   "name=+Ay%C5%9Fe+&note=a%0D%0Ab&number=100&team=7&channel=counter&day=3-1-2024&urgent=on&"
                   "ids=5&ids=9",
                   &s, &wrong, &r),
              OK);
    CHECK_STR(s.name, "Ayşe"); /* five characters, six bytes */
    CHECK_STR(s.note, "a\nb");
    CHECK_INT(s.number, 100);
    CHECK_INT(s.team, 7);
    CHECK_INT(s.channel, 1);
    CHECK_INT(s.day, date_from_civil(2024, 1, 3));
    CHECK(s.urgent);
    CHECK_INT((int64_t)s.ids.n, 2);
    CHECK_INT(s.ids.id[1], 9);
    CHECK_INT((int64_t)wrong.n, 0);
}

TEST(form_absent_is_unknown)
{
    struct ctx *c = test_begin_bare();
    struct sample s;
    struct req r;

    CHECK_INT(read(c, "name=x&number=&team=+&day=", &s, NULL, &r), E_INVALID); /* a blank is no team */
    err_clear(c);
    CHECK_INT(read(c, "name=x&number=&team=&day=", &s, NULL, &r), OK);
    CHECK_STR(s.note, "");
    CHECK_INT(s.number, INT_NONE);
    CHECK_INT(s.team, INT_NONE);
    CHECK_INT(s.channel, INT_NONE);
    CHECK_INT(s.day, DAY_NONE);
    CHECK(!s.urgent);
    CHECK_INT((int64_t)s.ids.n, 0);
}

TEST(form_names_every_wrong_field)
{
    static const struct {
        const char *body, *field;
    } cases[] = {
        { "note=x", "name" },
        { "name=", "name" },
        { "name=+++", "name" },
        { "name=123456", "name" },
        { "name=a%0Ab", "name" },
        { "name=a%09b", "name" },
        { "name=x&note=123456789012345678901", "note" },
        { "name=x&number=101", "number" },
        { "name=x&number=-1", "number" },
        { "name=x&number=1.5", "number" },
        { "name=x&number=1e3", "number" },
        { "name=x&number=99999999999999999999", "number" },
        { "name=x&team=0", "team" },
        { "name=x&team=1%27%20OR%201", "team" },
        { "name=x&channel=fax", "channel" },
        { "name=x&channel=Phone", "channel" },
        { "name=x&day=2023-02-29", "day" },
        { "name=x&day=tomorrow", "day" },
        { "name=x&ids=1&ids=x", "ids" },
        { "name=x&ids=1&ids=2&ids=3&ids=4", "ids" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c = test_begin_bare();
        struct form_errors wrong = { 0 };
        struct sample s;
        struct req r;

        CHECK_INT(read(c, cases[i].body, &s, &wrong, &r), E_INVALID);
        CHECK_INT((int64_t)wrong.n, 1);
        CHECK(form_error(&wrong, cases[i].field) != NULL);
        CHECK_STR(c->err.field, cases[i].field);
        CHECK(!text_empty(c->err.text));
    }
}

TEST(form_keeps_all_errors_and_what_was_typed)
{
    struct ctx *c = test_begin_bare();
    struct form_errors wrong;
    struct sample s;
    struct req r;

    CHECK_INT(read(c, "name=123456&note=ok&number=x&day=31-2-2024&ids=y", &s, &wrong, &r), E_INVALID);
    CHECK_INT((int64_t)wrong.n, 4);
    CHECK_STR(wrong.at[0].field, "name");
    CHECK_STR(wrong.at[1].field, "number");
    CHECK_STR(wrong.at[2].field, "day");
    CHECK_STR(wrong.at[3].field, "ids");
    CHECK_STR(c->err.field, "name");
    CHECK_STR(req_form(&r, "day"), "31-2-2024");
    CHECK_STR(req_form(&r, "number"), "x");
    CHECK(form_error(&wrong, "note") == NULL);
}

/* ── Kinds that choose and that measure ───────────────────────────────────────────────────────────────────
 */

struct visit {
    const char *place;
    struct form_codes about;
    int64_t worker, begins, opens, hours, version, how;
    const char *note;
    bool told;
};
static const struct code_name places[] = {
    { "home", N_("Visit") },  { "counter", N_("Counter") }, { "phone", N_("Phone") },
    { "mail", N_("E-mail") }, { "app", N_("App") },         { "other", N_("Other") },
};
static const char *const hows[] = { "well", "bad", NULL };
static const char *const how_labels[] = { N_("Spoken"), N_("Not reached"), NULL };
static const struct form_field visit_fields[] = {
    { FORM_AT(struct visit, version), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct visit, place), .kind = FORM_CODE, .required = true, .label = N_("Counter"),
      FORM_CODE_LIST(places) },
    { FORM_AT(struct visit, worker), .kind = FORM_PICK, .label = N_("Team"), .hint = N_("Note") },
    { FORM_AT(struct visit, begins), .kind = FORM_TIME, .label = N_("Received") },
    { FORM_AT(struct visit, opens), .kind = FORM_CLOCK },
    { FORM_AT(struct visit, hours), .kind = FORM_DECIMAL, .max = 4000 },
    { FORM_AT(struct visit, about), .kind = FORM_CODES, FORM_CODE_LIST(places), .group = N_("Note") },
    { FORM_AT(struct visit, how), .kind = FORM_CHOICE, .choice = hows, .choice_label = how_labels },
    { FORM_AT(struct visit, note), .kind = FORM_LINES, .label = N_("Note") },
    { FORM_AT(struct visit, told), .kind = FORM_CHECK, .label = N_("Yes") },
};
static const struct option_id workers[] = { { 7, "Ayşe <Kaya>" }, { 9, "Jan" } };
static const struct form_options visit_options = { "worker", workers, COUNT(workers) };
static const struct form visit_form = { FORM(visit_fields), .options = &visit_options, .n_options = 1 };

static void visit_request(struct ctx *c, const char *body, struct req *r)
{
    *r = (struct req){ .method = METHOD_POST,
                       .target = "/",
                       .header[HEADER_CONTENT_TYPE] = "application/x-www-form-urlencoded",
                       .body = body,
                       .body_len = strlen(body) };
    CHECK_INT(req_decode(c, r), OK);
}

TEST(form_takes_codes_picks_and_times)
{
    struct ctx *c = test_begin_bare();
    struct visit v;
    struct req r;

    visit_request(c,
                  "version=3&place=mail&worker=9&begins=31-7-2024+14:05&opens=9:30&hours=12,5&about=other&"
                  "about=home&about=home&how=bad",
                  &r);
    CHECK_INT(form_take(c, &r, &visit_form, &v, NULL), OK);
    CHECK_STR(v.place, "mail");
    CHECK_INT(v.worker, 9);
    CHECK_INT(v.begins, time_of_nl_day(date_from_civil(2024, 7, 31), 14 * 3600 + 300));
    CHECK_INT(v.opens, 570);
    CHECK_INT(v.hours, 1250);
    CHECK_INT((int64_t)v.about.n, 2); /* each once, in the order of the list */
    CHECK_STR(v.about.code[0], "home");
    CHECK_STR(v.about.code[1], "other");
    CHECK_INT(v.how, 1);
    visit_request(c, "version=0&place=home", &r);
    CHECK_INT(form_take(c, &r, &visit_form, &v, NULL), OK);
    CHECK_INT(v.worker, INT_NONE);
    CHECK_INT(v.begins, TIME_NONE);
    CHECK_INT(v.opens, INT_NONE);
    CHECK_INT(v.hours, INT_NONE);
    CHECK_INT((int64_t)v.about.n, 0);
}

TEST(form_refuses_what_is_not_in_its_lists)
{
    static const struct {
        const char *body, *field;
    } cases[] = {
        { "place=", "place" },
        { "place=Home", "place" },
        { "place=home&worker=8", "worker" },
        { "place=home&worker=x", "worker" },
        { "place=home&begins=31-7-2024", "begins" },
        { "place=home&begins=14:05", "begins" },
        { "place=home&begins=30-2-2024+14:05", "begins" },
        { "place=home&begins=1-2-2024+24:00", "begins" },
        { "place=home&opens=9", "opens" },
        { "place=home&opens=9:5", "opens" },
        { "place=home&opens=9:60", "opens" },
        { "place=home&opens=009:30", "opens" },
        { "place=home&opens=9:300", "opens" },
        { "place=home&hours=,5", "hours" },
        { "place=home&hours=1,", "hours" },
        { "place=home&hours=1.250", "hours" },
        { "place=home&hours=40,01", "hours" },
        { "place=home&hours=-1", "hours" },
        { "place=home&hours=99999999999999999999", "hours" },
        { "place=home&about=home&about=away", "about" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c = test_begin_bare();
        struct form_errors wrong = { 0 };
        struct visit v;
        struct req r;
        char body[200] = "version=1&";

        text_copy(body + strlen(body), sizeof body - strlen(body), cases[i].body);
        visit_request(c, body, &r);
        CHECK_INT(form_take(c, &r, &visit_form, &v, &wrong), E_INVALID);
        CHECK_INT((int64_t)wrong.n, 1);
        if (wrong.n == 1)
            CHECK_STR(wrong.at[0].field, cases[i].field);
    }
}

/* ── The form on the screen ───────────────────────────────────────────────────────────────────────────────
 */

static const char *view_html(struct ctx *c, const struct req *r, const struct form *form,
                             const struct form_errors *wrong)
{
    struct form_view view;
    struct buf out = { 0 };
    const char *text;

    CHECK_INT(form_view_fill(c, r, form, wrong, &view), OK);
    CHECK_INT(form_view_html(c, &out, &view), OK);
    text = arena_copy(c->arena, buf_text(&out), out.len);
    buf_free(&out);
    return text;
}

#define HAS(html, part) CHECK(strstr((html), (part)) != NULL)
#define HAS_NOT(html, part) CHECK(strstr((html), (part)) == NULL)

TEST(form_view_shows_its_own_values_first)
{
    struct ctx *c = test_begin_bare();
    const struct pair value[] = {
        { "version", "4" },  { "place", "app" },
        { "worker", "7" },   { "about", "home" },
        { "about", "app" },  { "how", "bad" },
        { "note", "a <b>" }, { "told", "on" },
        { "hours", "12,5" }, { "opens", typed_clock_text(c, 545) },
    };
    struct form form = visit_form;
    struct req r;

    c->lang = LANG_NL;
    form.value = value;
    form.n_values = COUNT(value);
    visit_request(c, "place=mail&note=of+another+form", &r); /* another form on the page was sent */
    const char *html = view_html(c, &r, &form, NULL);
    HAS(html, "<input type=\"hidden\" name=\"version\" value=\"4\">");
    HAS(html, "<option value=\"app\" selected>App</option>");
    HAS(html, "value=\"7\" id=\"worker-1\" checked><span>Ayşe &lt;Kaya&gt;</span>");
    HAS(html, "name=\"about\" value=\"home\" id=\"about\" checked>");
    HAS(html, "name=\"about\" value=\"counter\" id=\"about-1\"><span>Balie</span>");
    HAS(html, "value=\"bad\" id=\"how-2\" checked><span>Niet bereikt</span>");
    HAS(html, "a &lt;b&gt;</textarea>");
    HAS(html, "name=\"told\" value=\"on\" id=\"told\" checked");
    HAS(html, "value=\"12,5\"");
    HAS(html, "value=\"09:05\"");
    HAS(html, "<fieldset class=\"peil-group\">");
    HAS_NOT(html, "another form");
    HAS_NOT(html, "role=\"alert\"");
}

TEST(form_view_keeps_what_was_typed_with_its_error)
{
    struct ctx *c = test_begin_bare();
    const struct pair value[] = { { "note", "old" }, { "told", "on" }, { "about", "home" } };
    struct form form = visit_form;
    struct form_errors wrong;
    struct visit v;
    struct req r;

    form.value = value;
    form.n_values = COUNT(value);
    form.prefix = "second";
    visit_request(c, "version=4&place=mail&begins=31-2-2024+10:00&hours=x&note=&about=other", &r);
    CHECK_INT(form_take(c, &r, &form, &v, &wrong), E_INVALID);
    const char *html = view_html(c, &r, &form, &wrong);
    HAS(html, "href=\"#second-begins\"");
    HAS(html, "href=\"#second-hours\"");
    HAS(html, "value=\"31-2-2024 10:00\"");
    HAS(html, "id=\"second-hours\" name=\"hours\" type=\"text\" value=\"x\"");
    HAS(html, "aria-describedby=\"second-hours-error\"");
    HAS(html, "<option value=\"mail\" selected>");
    HAS(html, "value=\"other\" id=\"second-about-5\" checked>");
    HAS_NOT(html, "old</textarea>"); /* emptied by the user: not filled again */
    HAS_NOT(html, "id=\"second-about\" checked>");
    HAS_NOT(html, "id=\"second-told\" checked");
}

TEST(form_view_names_errors_without_a_field)
{
    struct ctx *c = test_begin_bare();
    struct form_wrong at[] = { { "", "Someone else changed this.", NULL },
                               { "date", "In the future.", NULL },
                               { "version", "Missing.", NULL } };
    struct form_errors wrong = { at, COUNT(at) };
    struct req r;

    visit_request(c, "version=4", &r);
    const char *html = view_html(c, &r, &visit_form, &wrong);
    HAS(html, "<li>Someone else changed this.</li>");
    HAS(html, "<li>In the future.</li>"); /* no link to a field that is not there */
    HAS(html, "<li>Missing.</li>");
}

TEST(form_shows_values_as_they_are_typed)
{
    struct ctx *c = test_begin_bare();
    int64_t t = time_of_nl_day(date_from_civil(2024, 1, 3), 9 * 3600 + 300);

    CHECK_STR(typed_moment_text(c, t), "3-1-2024 09:05");
    c->lang = LANG_NL;
    CHECK_STR(typed_moment_text(c, TIME_NONE), "");
    CHECK_STR(typed_clock_text(c, INT_NONE), "");
    CHECK_STR(typed_decimal_text(c, 1205), "12,05");
    CHECK_STR(typed_decimal_text(c, 1200), "12");
    c->lang = LANG_EN;
    CHECK_STR(typed_decimal_text(c, 1250), "12.5");
    CHECK_STR(typed_decimal_text(c, INT_NONE), "");
}
