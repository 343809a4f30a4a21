// SPDX-License-Identifier: EUPL-1.2
/* Pages of residents over a socket: two people who change the same data, joining and splitting, and a reason.
 */
#include "base/text.h"
#include "http/visit.h"
#include "register/person_edit.h"
#include "register/person_link.h"
#include "register/request.h"
#include "unit/asked.h"

#include <stdio.h>
#include <string.h>

static int64_t add(struct ctx *c, const char *name, int64_t *ret_person)
{
    struct request_form f = asked(c);
    struct request_id id = { 0 };
    struct request r = { .person = INT_NONE };

    f.who.name = name;
    f.who.birth = "1980-01-01";
    f.who.phone = "06-55501234";
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
    visit_begin(c, &as, &v);
    snprintf(path, sizeof path, "/persons/%lld/edit", (long long)person);
    snprintf(body, sizeof body, "seen=%lld&name=Jan+de+Vries&birth=1-1-1980&phone=06-55509999",
             (long long)serial);
    CHECK_INT(visit_ask(&v, path, body), 303);
    snprintf(body, sizeof body,
             "seen=%lld&name=Jan+de+Vries&birth=1-1-1980&phone=06-55508888&address=Dorpsstraat+1",
             (long long)serial);
    CHECK_INT(visit_ask(&v, path, body), 409);
    CHECK(visit_says(&v, "06-55509999"));           /* what a colleague made of it */
    CHECK(visit_says(&v, "value=\"06-55508888\"")); /* and what was typed stands in the form */
    CHECK(visit_says(&v, "value=\"Dorpsstraat 1\""));
    CHECK(person_get_own(c, person, &who, &serial) == OK);
    snprintf(body, sizeof body, "name=\"seen\" value=\"%lld\"", (long long)serial);
    CHECK(visit_says(&v, body)); /* the next try is about the present version */
    CHECK_STR(who.phone, "06-55509999");
    CHECK_INT(visit_ask(&v, path, "name="), 422);
    visit_end(&v);
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
    visit_begin(c, &as, &v);
    CHECK_INT(visit_ask(&v, "/duplicates", NULL), 200);
    CHECK(visit_says(&v, "Jan de Vriez"));
    snprintf(path, sizeof path, "/duplicates/%lld/%lld", (long long)person[0], (long long)person[1]);
    CHECK_INT(visit_ask(&v, path, NULL), 200);
    snprintf(path, sizeof path, "/duplicates/%lld/%lld/join", (long long)person[0], (long long)person[1]);
    CHECK_INT(visit_ask(&v, path, ""), 422);
    CHECK_INT(visit_ask(&v, path, "kept=999&same=1"), 422); /* none of the two */
    snprintf(body, sizeof body, "kept=%lld&same=2", (long long)person[0]);
    CHECK_INT(visit_ask(&v, path, body), 303);
    CHECK_INT(visit_ask(&v, path, body), 409);
    snprintf(path, sizeof path, "/persons/%lld", (long long)person[1]);
    CHECK_INT(visit_ask(&v, path, NULL), 303); /* to the registration whose data count */
    CHECK(person_link_top(c, person[1], &top) == OK);
    CHECK_INT(top, person[0]);
    snprintf(path, sizeof path, "/requests/%lld/split", (long long)request[1]);
    CHECK_INT(visit_ask(&v, path, "seen=1"), 409); /* an old page */
    CHECK_INT(visit_ask(&v, path, ""), 303);
    CHECK_INT(visit_ask(&v, path, ""), 409);
    snprintf(path, sizeof path, "/persons/%lld/split", (long long)person[1]);
    CHECK_INT(visit_ask(&v, path, ""), 303);
    snprintf(path, sizeof path, "/duplicates/%lld/%lld/never", (long long)person[0], (long long)person[1]);
    CHECK_INT(visit_ask(&v, path, ""), 303);
    CHECK_INT(visit_ask(&v, "/duplicates", NULL), 200);
    snprintf(path, sizeof path, "href=\"/duplicates/%lld/%lld\"", (long long)person[0], (long long)person[1]);
    CHECK(!visit_says(&v, path));
    visit_end(&v);
    test_end(c);
}
