// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "base/text.h"
#include "unit/test.h"
#include "web/form.h"

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
