// SPDX-License-Identifier: EUPL-1.2
/* Results by reason, results of some requests only, and results from a baseline. */
#include "account/result.h"
#include "base/text.h"
#include "unit/import_help.h"
#include "unit/test.h"

#include <string.h>

static const char list[] = "nummer;ontvangen;kanaal;eerste_gesprek;afgesloten;reden\n"
                           "1;01-01-2024 09:00;telefoon;11-01-2024 09:00;;\n"
                           "2;01-01-2024 09:00;telefoon;;06-01-2024 09:00;verhuisd\n"
                           "3;01-01-2024 09:00;website;;08-01-2024 09:00;ingetrokken\n"
                           "4;01-01-2024 09:00;website;;09-01-2024 09:00;\n"
                           "5;01-01-2024 09:00;;;;\n";

static struct results ask(struct ctx *c, const struct result_query *q)
{
    struct register_extract x;
    struct results s = { 0 };

    CHECK(extract_read(c, q->at, &x) == OK);
    CHECK(results_get(c, &x, q, &s) == OK);
    return s;
}

TEST(result_each_reason_has_a_row)
{
    static const struct {
        const char *reason;
        int64_t events;
    } rows[] = { { NULL, 3 }, { "unknown", 1 }, { "moved", 1 }, { "withdrawn", 1 } };
    struct ctx *c = test_begin("2024-06-01");
    struct result_query q = { .at = c->now };

    import_take(c, list, NULL);
    q.wanted[FIGURE_LEFT] = true;
    struct results s = ask(c, &q);
    CHECK_INT((int64_t)s.n, COUNT(rows));
    for (size_t i = 0; i < s.n && i < COUNT(rows); i++) {
        CHECK_STR(s.row[i].reason, rows[i].reason);
        CHECK_INT(s.row[i].figure.events, rows[i].events);
        CHECK_INT(s.row[i].figure.n, 5);
        CHECK_INT(s.row[i].figure.censored, 1);
    }
    test_end(c);
}

TEST(result_of_some_requests_only)
{
    struct ctx *c = test_begin("2024-06-01");
    struct result_query q = { .at = c->now, .only = { BY_CHANNEL, { "web", "phone" }, 2 } };
    struct register_extract x;
    struct results s;

    import_take(c, list, NULL);
    q.wanted[FIGURE_INFLOW] = true;
    CHECK_INT(ask(c, &q).row[0].figure.n, 4); /* who has no channel is not one of them */
    q.only.n = 1;
    CHECK_INT(ask(c, &q).row[0].figure.n, 2);
    q.only.value[0] = "fax";
    CHECK(extract_read(c, q.at, &x) == OK);
    CHECK(results_get(c, &x, &q, &s) == E_REQUEST);
    err_clear(c);
    q.only = (struct result_only){ BY_MONTH, { "2024-01" }, 1 };
    CHECK(results_get(c, &x, &q, &s) == E_REQUEST);
    err_clear(c);
    test_end(c);
}

TEST(result_from_a_baseline)
{
    struct ctx *c = test_begin("2024-06-01");
    struct result_query q = { .at = c->now, .since = time_of_nl_day(date_from_civil(2024, 1, 8), 0) };

    import_take(c, list, NULL);
    q.wanted[FIGURE_WAIT] = q.wanted[FIGURE_COMPLETION] = true;
    struct results s = ask(c, &q);
    for (size_t i = 0; i < s.n; i++) { /* the one who moved was gone by then */
        CHECK_INT(s.row[i].figure.n, 4);
        CHECK_INT(s.row[i].figure.late, 4);
        CHECK_INT(s.row[i].figure.outside, 1);
    }
    CHECK_INT((int64_t)s.n, 2);
    test_end(c);
}
