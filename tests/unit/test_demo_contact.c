// SPDX-License-Identifier: EUPL-1.2
/* The phone of the made-up municipality is true to its story. */
#include "register/contact.h"
#include "register/demo.h"
#include "register/message.h"
#include "register/phone.h"
#include "unit/test.h"

static void make(struct ctx *c, double scale, int32_t from, int32_t to)
{
    struct demo_options o = {
        .seed = 1, .from = from, .to = to, .scale = scale, .password = "not-a-secret-at-all"
    };
    struct demo_made made;

    if (!CHECK_INT(demo_make(c, &o, &made), OK))
        test_skip("%s %s", c->err.text, c->err.trace);
}

TEST_LONG(demo_contact_first_call_and_peak)
{
    struct ctx *c = test_begin("2022-03-01");
    int32_t first = date_from_civil(2022, 1, 3);
    struct phone_day d;
    struct contact_period p = { time_of_nl_day(first, 0), time_of_nl_day(first, 9 * 3600 + 5 * 60), 100, 0 };
    struct contact *k;
    size_t n;

    make(c, 1, date_from_civil(2022, 1, 1), date_from_civil(2022, 1, 31));
    CHECK(phone_day_get(c, first, &d) == OK);
    if (CHECK(d.n > 10)) {
        CHECK_INT(d.row[0].half_hour, 18); /* nothing before 9:00 */
        CHECK(d.row[0].sum.offered + d.row[1].sum.offered > d.row[8].sum.offered + d.row[9].sum.offered);
    }
    CHECK(contact_list(c, &p, &k, &n) == OK);
    for (size_t i = 0; i < n; i++)
        CHECK(k[i].occurred_at >= time_of_nl_day(first, 9 * 3600 + 3 * 60));
    test_end(c);
}

TEST_LONG(demo_contact_shares_of_the_first_month)
{
    struct ctx *c = test_begin("2022-03-01");
    int32_t from = date_from_civil(2022, 1, 3), to = date_from_civil(2022, 1, 30);
    struct contact_figures f;
    struct callback_figures b;
    struct phone_sum sum;

    make(c, 1, from, to);
    CHECK(phone_period_get(c, from, to, &sum) == OK);
    CHECK(sum.offered > 4 * 540 && sum.offered < 4 * 700); /* 620 a week */
    double in_time = (double)sum.in_time / (double)sum.offered,
           lost = (double)sum.abandoned / (double)sum.offered;
    CHECK(in_time > .36 && in_time < .52);
    CHECK(lost > .13 && lost < .23);
    CHECK(contact_figures(c, time_of_nl_day(from, 0), time_of_nl_day(to + 1, 0), &f) == OK);
    double failing = (double)f.failures / (double)f.contacts;
    CHECK(failing > .34 && failing < .48); /* 42 % */
    CHECK(f.failure[0] * 2 > f.failures);  /* most of it: decisions that came too late */
    CHECK(callback_figures(c, time_of_nl_day(from, 0), time_of_nl_day(to + 1, 0), &b) == OK);
    CHECK(b.promised > 10 && b.in_time > b.late);
    test_end(c);
}
