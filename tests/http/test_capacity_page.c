// SPDX-License-Identifier: EUPL-1.2
/* What is needed, on the screen: the figures that stand in the address give the answers of the formulas, what
 * is wrong keeps what was typed, and an empty register says so. */
#include "http/client.h"
#include "register/request.h"
#include "unit/test.h"
#include "web/site.h"

#include <string.h>

static struct site *start(struct ctx *c, enum role role)
{
    static struct site_as as;
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 60000, .workers = { 1, 1, 1 }, .loops = 1
    };
    struct site *site;

    as = (struct site_as){ .role = role, .team = INT_NONE, .worker = INT_NONE };
    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        test_skip("%s", c->err.text);
    return site;
}

static void ask(struct site *site, const char *path, struct answer *a)
{
    struct buf b = { 0 };

    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n", path);
    CHECK(client_ask(http_port(site_http(site)), buf_text(&b), a));
    buf_free(&b);
}

TEST(capacity_page_answers_what_stands_in_the_address)
{
    struct ctx *c = test_begin("2024-07-01");
    struct site *site = start(c, ROLE_ACCOUNT_MANAGER);
    struct answer a = { 0 };

    ask(site, "/forecast/capacity", &a); /* nothing is known yet */
    CHECK_INT(a.status, 200);
    CHECK(strstr(buf_text(&a.body), "Not everything is known that the sums need.") != NULL);
    CHECK(strstr(buf_text(&a.body), "No calls were counted") != NULL);
    ask(site,
        "/forecast/capacity?demand=5&duration=12&hours=4&caseload=12,5&queue=40&leave=0&within=2&clear=26"
        "&calls=100&handling=180&seconds=20&patience=120",
        &a);
    const char *body = buf_text(&a.body);
    CHECK(strstr(body, "120 %") != NULL);          /* 5 x 12 / 50 */
    CHECK(strstr(body, "9.6 weeks") != NULL);      /* 40 / (50 / 12) */
    CHECK(strstr(body, "79 places: 6.3") != NULL); /* (5 + 40 / 26) x 12 = 78.5 */
    CHECK(strstr(body, "14 people") != NULL);      /* expected/erlang.csv: 100 calls of 180 s */
    CHECK(strstr(body, "Little 1961") != NULL && strstr(body, "Palm 1957") != NULL);
    ask(site, "/forecast/capacity?demand=veel&duration=12", &a);
    CHECK(strstr(buf_text(&a.body), "value=\"veel\"") != NULL);
    CHECK(strstr(buf_text(&a.body), "Type a number from 0 to 10,000.") != NULL);
    ask(site, "/forecast/capacity?duration=0&share=100&hours=4", &a); /* the summary names each field */
    CHECK_INT(a.status, 422);
    CHECK(strstr(buf_text(&a.body),
                 "#duration\">Weeks that help takes (D): Type a number from 0.1 to 520.") != NULL);
    CHECK(strstr(buf_text(&a.body), "#share\">The norm: of 100 people, begin in time (p): "
                                    "Type a number from 1 to 99.9.") != NULL);
    CHECK(strstr(buf_text(&a.body), "#hours\"") == NULL);
    site_stop(site);
    site = start(c, ROLE_PARTNER);
    ask(site, "/forecast/capacity", &a);
    CHECK_INT(a.status, 403);
    site_stop(site);
    client_free(&a);
    test_end(c);
}
