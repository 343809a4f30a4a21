// SPDX-License-Identifier: EUPL-1.2
/* Calls: from a file of an exchange, counted by hand, added up; and the missed ones. */
#include "base/text.h"
#include "exchange/import.h"
#include "register/callback.h"
#include "register/phone.h"
#include "register/request.h"
#include "unit/asked.h"
#include "unit/temp_file.h"
#include "unit/test.h"

#include <string.h>

static const char *const file_text =
    "nummer;binnengekomen;opgenomen;beeindigd;wachtrij;beller\n"
    "1;03-01-2022 09:03:00;03-01-2022 09:03:20;03-01-2022 09:10:00;aanmelden;0655512345\n"
    "2;03-01-2022 09:04:00;;03-01-2022 09:06:00;aanmelden;0655599999\n"
    "3;03-01-2022 09:05:00;;03-01-2022 09:05:05;aanmelden;0655500000\n"
    "4;03-01-2022 09:31:00;03-01-2022 09:33:00;;aanmelden;\n"
    "5;03-01-2022 09:31:00;03-01-2022 09:30:00;;aanmelden;\n" /* answered before it came in */
    "6;;03-01-2022 09:30:00;;aanmelden;\n"
    "7;33-01-2022 09:31:00;;;aanmelden;\n";

static void import(struct ctx *c, const char *text, const char *mapping, struct import_report *r)
{
    TEMP_FILE f = temp_file_text(text);
    struct import_options o = { .mapping = mapping };

    if (!CHECK(import_file(c, f.path, &o, r) == OK))
        err_clear(c);
}

TEST(phone_import_adds_up_and_reports_bad_lines)
{
    struct ctx *c = test_begin("2022-01-04");
    int32_t day = date_from_civil(2022, 1, 3);
    struct import_report r;
    struct phone_day d;

    import(c, file_text, "phone", &r);
    CHECK_INT(r.calls_new, 4);
    CHECK_INT(r.rejected, 3);
    CHECK_INT(r.reject[0].line, 6);
    import(c, file_text, "phone", &r); /* the same file again counts nothing twice */
    CHECK_INT(r.calls_new, 0);
    CHECK_INT(r.calls_known, 4);
    CHECK(phone_day_get(c, day, &d) == OK);
    if (CHECK_INT((int64_t)d.n, 2)) {
        CHECK_INT(d.row[0].half_hour, 18);
        CHECK_INT(d.row[0].sum.offered, 3);
        CHECK_INT(d.row[0].sum.answered, 1);
        CHECK_INT(d.row[0].sum.abandoned, 2);
        CHECK_INT(d.row[0].sum.missed, 1); /* the one who hung up after 5 seconds was not missed */
        CHECK_INT(d.row[0].sum.in_time, 1);
        CHECK_INT(d.row[1].sum.in_time, 0);
    }
    CHECK_INT(d.sum.offered, 4);
    CHECK_INT(d.sum.seconds, 140);
    CHECK_INT(d.sum.p50, 20);
    CHECK_INT(d.sum.p90, 120);
    test_end(c);
}

TEST(phone_import_without_numbers_of_calls)
{
    static const char *const text = "binnengekomen;opgenomen\n"
                                    "03-01-2022 09:03:00;03-01-2022 09:03:20\n"
                                    "03-01-2022 09:03:00;03-01-2022 09:03:20\n"; /* two calls in one second */
    struct ctx *c = test_begin("2022-01-04");
    struct import_report r;

    import(c, text, "phone", &r);
    CHECK_INT(r.calls_new, 2);
    import(c, text, "phone", &r);
    CHECK_INT(r.calls_new, 0);
    CHECK_INT(r.calls_known, 2);
    test_end(c);
}

/* A real file of 6,063 calls, with a mapping of our own: the fire department of San Francisco. */
TEST(phone_import_of_a_large_file)
{
    static const char *const mapping =
        "source = sffd\nkind = calls\n"
        "offered = received : iso utc\nanswered = response : iso utc\nqueue = unit\n";
    struct ctx *c = test_begin("2024-01-04");
    TEMP_FILE map = temp_file_text(mapping);
    struct import_options o = { .mapping = map.path };
    struct import_report r, again;
    struct phone_sum sum;

    const char *path = test_data("calls_sffd_a.csv.gz");
    CHECK(import_file(c, path, &o, &r) == OK);
    CHECK_INT(r.lines, r.calls_new + r.calls_known + r.rejected);
    CHECK(r.calls_new > 5000);
    CHECK(import_file(c, path, &o, &again) == OK);
    CHECK_INT(again.calls_new, 0);
    CHECK(phone_period_get(c, date_from_civil(2000, 1, 1), date_from_civil(2024, 1, 1), &sum) == OK);
    CHECK_INT(sum.offered, r.calls_new);
    CHECK_INT(sum.answered + sum.abandoned, sum.offered);
    test_end(c);
}

TEST(phone_missed_calls_are_listed_until_someone_promises)
{
    struct ctx *c = test_begin("2022-01-04");
    int32_t day = date_from_civil(2022, 1, 3);
    struct callback_promise p = { .person = INT_NONE,
                                  .request = INT_NONE,
                                  .contact = INT_NONE,
                                  .promised_at = TIME_NONE,
                                  .by_day = DAY_NONE,
                                  .owner = INT_NONE };
    struct phone_missed *m;
    struct import_report r;
    int64_t id;
    size_t n;

    import(c, file_text, "phone", &r);
    CHECK(phone_missed(c, day, day, &m, &n) == OK);
    if (CHECK_INT((int64_t)n, 1)) {
        CHECK_STR(m[0].phone, "0655599999");
        CHECK_INT(m[0].seconds, 120);
        p.missed = m[0].id;
        p.who.phone = m[0].phone;
        CHECK(callback_add(c, &p, &id) == OK);
    }
    CHECK(phone_missed(c, day, day, &m, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    test_end(c);
}

TEST(phone_missed_call_of_a_known_number)
{
    struct ctx *c = test_begin("2022-01-04");
    int32_t day = date_from_civil(2022, 1, 3);
    struct request_form f = asked(c);
    struct request_id id;
    struct phone_missed *m;
    struct import_report r;
    size_t n;

    f.who.name = "Jan Jansen";
    f.who.phone = "+31 6 555 99999";
    f.question = "Money";
    f.received = day;
    CHECK(request_add(c, &f, &id) == OK);
    import(c, file_text, "phone", &r);
    CHECK(phone_missed(c, day, day, &m, &n) == OK);
    if (CHECK_INT((int64_t)n, 1))
        CHECK_STR(m[0].name, "Jan Jansen");
    test_end(c);
}

TEST(phone_counted_by_hand)
{
    struct ctx *c = test_begin("2022-01-04");
    struct phone_count_form f = { .day = c->today,
                                  .half_hour = 18,
                                  .offered = 20,
                                  .answered = 15,
                                  .abandoned = INT_NONE,
                                  .in_time = 6,
                                  .seconds = 900 };
    struct phone_day d;
    struct phone_sum sum;
    struct import_report r;

    CHECK(phone_count_add(c, &f) == OK);
    CHECK(phone_count_add(c, &f) == E_CONFLICT); /* someone else counted it already */
    err_clear(c);
    f.seen = 1;
    f.offered = 21;
    CHECK(phone_count_add(c, &f) == OK);
    CHECK(phone_day_get(c, c->today, &d) == OK);
    CHECK_INT(d.sum.offered, 21);
    CHECK_INT(d.sum.abandoned, 6);
    CHECK_INT(d.row[0].version, 2);
    CHECK(d.sum.by_hand);
    f.seen = 2;
    f.abandoned = 9;
    CHECK(phone_count_add(c, &f) == E_INVALID);
    CHECK_STR(c->err.field, "abandoned");
    err_clear(c);
    f.abandoned = INT_NONE;
    f.day = c->today + 1;
    CHECK(phone_count_add(c, &f) == E_INVALID);
    err_clear(c);
    /* what the exchange reports goes before what was counted by hand */
    import(c, file_text, "phone", &r);
    f.day = c->today - 1;
    f.seen = 0;
    CHECK(phone_count_add(c, &f) == OK);
    CHECK(phone_day_get(c, c->today - 1, &d) == OK);
    CHECK_INT(d.sum.offered, 4);
    CHECK(phone_period_get(c, c->today - 1, c->today, &sum) == OK);
    CHECK_INT(sum.offered, 25);
    test_end(c);
}
