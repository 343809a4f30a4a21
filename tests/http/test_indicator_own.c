// SPDX-License-Identifier: EUPL-1.2
/* An indicator of a municipality's own, in two versions: both are measured from the same register and stand
 * side by side on its page, with the one that counts; forty requests of which the answer is known beforehand.
 */
#include "account/indicator.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "http/page.h"
#include "register/config.h"
#include "register/request.h"
#include "store/sql.h"
#include "unit/test.h"
#include "web/site.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { REQUESTS = 40 };
static const char own[] =
    "id;part;version;since;core;name;name_nl;what;what_nl;how;set;clock;of;yes;unit;better;norm;readers\n"
    "X7;a;1;;;Quick first talk;Snel gesprek;First talk within a week;Gesprek binnen een week;share;request;"
    "received;;received..started<=1w;share;higher;0.5;KW RAAD\n"
    "X7;a;2;2024-06-01;;Quick first talk;Snel gesprek;First talk within two weeks;Gesprek binnen twee weken;"
    "share;request;received;;received..started<=2w;share;higher;0.3;KW RAAD\n";

/* The first talk of request i comes i + 1 days after it was received. */
static enum err fill(struct ctx *c, void *arg)
{
    struct sql_source_insert_row source;
    const int32_t *day = arg;

    TRY(sql_source_insert(c, "made", &source));
    for (int i = 0; i < REQUESTS; i++) {
        struct event talk = EVENT_NONE;
        struct request_imported done;
        char key[20];
        snprintf(key, sizeof key, "k%d", i);
        struct request_import m = { .source = source.id,
                                    .key = key,
                                    .person = INT_NONE,
                                    .neighbourhood = INT_NONE,
                                    .team = INT_NONE,
                                    .urgency = URGENCY_NORMAL,
                                    .received_at = time_of_nl_day(*day, 36000),
                                    .event = &talk,
                                    .events = 1 };
        talk.kind = KIND_FIRST_TALK;
        talk.occurred_at = time_of_nl_day(*day + i + 1, 36000);
        TRY(request_import(c, &m, &done));
    }
    return setting_put(c, "indicators", own);
}

/* The row of the table of versions that holds this text has all of these cells, in this order. */
static void check_row(const char *body, const char *what, const char *const *cell, size_t n)
{
    const char *table = strstr(body, "Versions of the definition, side by side");
    const char *row = NULL, *end;

    if (table != NULL)
        for (const char *p = strstr(table, "<tr"); p != NULL && (row = strstr(p, what)) != NULL;) {
            end = strstr(p, "</tr>");
            if (end == NULL || row < end) {
                row = p;
                break;
            }
            p = strstr(end, "<tr");
        }
    if (!test_check(row != NULL, what, __LINE__, "it stands among the versions"))
        return;
    end = strstr(row, "</tr>");
    for (size_t i = 0; i < n; i++) {
        const char *at = strstr(row, cell[i]);
        if (!test_check(at != NULL && at < end, what, __LINE__, cell[i]))
            return;
        row = at + strlen(cell[i]);
    }
}

static void check_page(struct ctx *c)
{
    static const char *const first[] = { ">1<", ">no<", "within a week", ">18 %<", ">9 to 32 %<", ">40<" },
                             *const second[] = { ">2<",    ">yes<",        "within two weeks",
                                                 ">35 %<", ">22 to 50 %<", ">40<" };
    struct site_as as = { .role = ROLE_QUALITY, .team = INT_NONE, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };
    struct answer a = { 0 };
    struct site *site;

    if (site_start(c, &opt, &http, &site) != OK)
        test_skip("%s", c->err.text);
    int port = http_port(site_http(site));
    page_get(port, "/indicators/X7?period=12", &a);
    CHECK_INT(a.status, 200);
    const char *body = buf_text(&a.body);
    CHECK(strstr(body, "Quick first talk") != NULL);
    check_row(body, "within a week", first, COUNT(first));
    check_row(body, "within two weeks", second, COUNT(second));
    site_stop(site);
    client_free(&a);
}

/* Which one counts follows from the day: the second from 1 June on. */
static void check_measured(struct ctx *c, int32_t day)
{
    int64_t at = time_of_nl_day(day + 60, 0);
    struct indicator_query q = { .at = at };
    struct register_facts facts;
    struct measured_list list;
    struct indicators all;
    struct ctx dutch = *c;
    int seen = 0;

    dutch.lang = LANG_NL;
    CHECK_INT(indicators_get(c, NULL, &all), OK);
    CHECK_INT(facts_read(c, at, &facts), OK);
    CHECK_INT(indicators_measure(c, &facts, &all, &q, &list), OK);
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *m = &list.row[i];
        if (!text_is(m->part->row->id, "X7"))
            continue;
        seen++;
        CHECK_STR(part_what(&dutch, m->part),
                  m->part->version == 1 ? "Gesprek binnen een week" : "Gesprek binnen twee weken");
        CHECK_INT(m->figure.n, REQUESTS);
        CHECK_INT(m->figure.events, m->part->version == 1 ? 7 : 14);
        CHECK_INT(indicator_counts(&all, m->part, date_from_civil(2024, 5, 31)), m->part->version == 1);
        CHECK_INT(indicator_counts(&all, m->part, date_from_civil(2024, 6, 1)), m->part->version == 2);
    }
    CHECK_INT(seen, 2);
}

TEST(indicator_own_two_versions_side_by_side)
{
    struct ctx *c = test_begin("2024-07-01");
    int32_t day = time_nl_day(time(NULL)) - 100; /* the site runs by the clock of the machine */

    if (CHECK_INT(db_tx(c, fill, &day), OK)) {
        check_measured(c, day);
        check_page(c);
    } else
        fprintf(stderr, "  %s %s\n", c->err.text, c->err.trace);
    test_end(c);
}
