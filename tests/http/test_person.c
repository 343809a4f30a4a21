// SPDX-License-Identifier: EUPL-1.2
/* Pages of residents over a socket: two people who change the same data, joining and splitting, and a reason.
 */
#include "base/text.h"
#include "http/client.h"
#include "register/person_edit.h"
#include "register/person_link.h"
#include "register/request.h"
#include "unit/test.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

struct visit {
    struct site *site;
    int port;
    struct answer a;
};

static void begin(struct ctx *c, struct visit *v, const struct site_as *as)
{
    struct site_options opt = { .store = db_store(c->db), .as = as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 3000, .workers = { 1, 2, 1 }, .loops = 1
    };

    *v = (struct visit){ .site = NULL };
    if (!CHECK_INT(site_start(c, &opt, &http, &v->site), OK))
        test_skip("%s", c->err.text);
    v->port = http_port(site_http(v->site));
}

static void end(struct visit *v)
{
    site_stop(v->site);
    client_free(&v->a);
}

/* body NULL: a GET. */
static int ask(struct visit *v, const char *path, const char *body)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n", body != NULL ? "POST" : "GET", path);
    if (body != NULL)
        buf_printf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
                   strlen(body));
    buf_printf(&b, "\r\n%s", body != NULL ? body : "");
    CHECK(client_ask(v->port, buf_text(&b), &v->a));
    buf_free(&b);
    return v->a.status;
}

static bool says(const struct visit *v, const char *text)
{
    return v->a.body.len > 0 && memmem(v->a.body.data, v->a.body.len, text, strlen(text)) != NULL;
}

static int64_t add(struct ctx *c, const char *name, int64_t *ret_person)
{
    struct request_form f = { .person = INT_NONE,
                              .who = { .name = name, .birth = "1980-01-01", .phone = "06-55501234" },
                              .question = "Money worries",
                              .received = c->today - 3,
                              .channel = "phone",
                              .route = "self",
                              .neighbourhood = INT_NONE,
                              .team = INT_NONE,
                              .urgency = URGENCY_NORMAL,
                              .safety_checked = true };
    struct request_id id = { 0 };
    struct request r = { .person = INT_NONE };

    CHECK(request_add(c, &f, &id) == OK);
    CHECK(request_get(c, id, &r) == OK);
    *ret_person = r.person;
    return id.v;
}

TEST(person_page_second_save_shows_both_values)
{
    struct ctx *c = test_begin("2024-01-30");
    struct site_as as = { .role = ROLE_INTAKE, .team = INT_NONE, .worker = INT_NONE };
    struct identity who;
    struct visit v;
    char path[80], body[300];
    int64_t person, serial = 0;

    add(c, "Jan de Vries", &person);
    CHECK(person_get_own(c, person, &who, &serial) == OK);
    begin(c, &v, &as);
    snprintf(path, sizeof path, "/persons/%lld/edit", (long long)person);
    snprintf(body, sizeof body, "seen=%lld&name=Jan+de+Vries&birth=1-1-1980&phone=06-55509999",
             (long long)serial);
    CHECK_INT(ask(&v, path, body), 303);
    snprintf(body, sizeof body,
             "seen=%lld&name=Jan+de+Vries&birth=1-1-1980&phone=06-55508888&address=Dorpsstraat+1",
             (long long)serial);
    CHECK_INT(ask(&v, path, body), 409);
    CHECK(says(&v, "06-55509999"));           /* what a colleague made of it */
    CHECK(says(&v, "value=\"06-55508888\"")); /* and what was typed stands in the form */
    CHECK(says(&v, "value=\"Dorpsstraat 1\""));
    CHECK(person_get_own(c, person, &who, &serial) == OK);
    snprintf(body, sizeof body, "name=\"seen\" value=\"%lld\"", (long long)serial);
    CHECK(says(&v, body)); /* the next try is about the present version */
    CHECK_STR(who.phone, "06-55509999");
    CHECK_INT(ask(&v, path, "name="), 422);
    end(&v);
    test_end(c);
}

TEST(person_page_join_and_split)
{
    struct ctx *c = test_begin("2024-01-30");
    struct site_as as = { .role = ROLE_INTAKE, .team = INT_NONE, .worker = INT_NONE };
    struct visit v;
    char path[80], body[200];
    int64_t person[2], request[2], top;

    request[0] = add(c, "Jan de Vries", &person[0]);
    request[1] = add(c, "Jan de Vriez", &person[1]);
    begin(c, &v, &as);
    CHECK_INT(ask(&v, "/duplicates", NULL), 200);
    CHECK(says(&v, "Jan de Vriez"));
    snprintf(path, sizeof path, "/duplicates/%lld/%lld", (long long)person[0], (long long)person[1]);
    CHECK_INT(ask(&v, path, NULL), 200);
    snprintf(path, sizeof path, "/duplicates/%lld/%lld/join", (long long)person[0], (long long)person[1]);
    CHECK_INT(ask(&v, path, ""), 422);
    CHECK_INT(ask(&v, path, "kept=999&same=1"), 422); /* none of the two */
    snprintf(body, sizeof body, "kept=%lld&same=2", (long long)person[0]);
    CHECK_INT(ask(&v, path, body), 303);
    CHECK_INT(ask(&v, path, body), 409);
    snprintf(path, sizeof path, "/persons/%lld", (long long)person[1]);
    CHECK_INT(ask(&v, path, NULL), 303); /* to the registration whose data count */
    CHECK(person_link_top(c, person[1], &top) == OK);
    CHECK_INT(top, person[0]);
    snprintf(path, sizeof path, "/requests/%lld/split", (long long)request[1]);
    CHECK_INT(ask(&v, path, "seen=1"), 409); /* an old page */
    CHECK_INT(ask(&v, path, ""), 303);
    CHECK_INT(ask(&v, path, ""), 409);
    snprintf(path, sizeof path, "/persons/%lld/split", (long long)person[1]);
    CHECK_INT(ask(&v, path, ""), 303);
    snprintf(path, sizeof path, "/duplicates/%lld/%lld/never", (long long)person[0], (long long)person[1]);
    CHECK_INT(ask(&v, path, ""), 303);
    CHECK_INT(ask(&v, "/duplicates", NULL), 200);
    snprintf(path, sizeof path, "href=\"/duplicates/%lld/%lld\"", (long long)person[0], (long long)person[1]);
    CHECK(!says(&v, path));
    end(&v);
    test_end(c);
}
