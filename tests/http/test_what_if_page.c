// SPDX-License-Identifier: EUPL-1.2
/* What if, on the screen, of a team of which no workers are known and of a register with one request: what
 * cannot be computed is said, and does not look as if it makes no difference. */
#include "account/scenario.h"
#include "http/client.h"
#include "http/expectation_help.h"
#include "register/config.h"
#include "register/right.h"
#include "unit/test.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

static struct site *start(struct ctx *c, enum role role)
{
    static struct site_as as;
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 600000, .workers = { 1, 1, 1 }, .loops = 1
    };
    struct site *site;

    as = (struct site_as){ .role = role, .team = INT_NONE, .worker = INT_NONE };
    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        test_skip("%s", c->err.text);
    return site;
}

static const char *ask(struct site *site, const char *path, struct answer *a)
{
    struct buf b = { 0 };

    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n", path);
    CHECK(client_ask(http_port(site_http(site)), buf_text(&b), a));
    buf_free(&b);
    return buf_text(&a->body);
}

/* A list of which the expectation has been made. */
static struct ctx *expected_list(void)
{
    struct ctx *c = test_begin("2024-07-01");
    struct expectation_how how = { .list = INT_NONE, .replications = 50 };
    struct expecting m;
    bool changed;

    expecting_list(c, &m);
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    return c;
}

TEST(what_if_page_says_that_no_workers_are_known)
{
    struct ctx *c = expected_list();
    struct answer a = { 0 };

    struct site *site = start(c, ROLE_TEAM_LEAD);
    const char *body = ask(site, "/forecast/what-if", &a); /* nothing is asked yet */
    CHECK(strstr(body, "No workers of this team are known") == NULL);
    CHECK(strstr(body, "id=\"ill_weeks-value\">6 weeks<") != NULL); /* the usual length of a wave */
    body = ask(site, "/forecast/what-if?workers=1&usual=1", &a);
    CHECK(strstr(body, "No workers of this team are known") != NULL && strstr(body, "/staff\"") != NULL);
    CHECK(strstr(body, "id=\"workers-value\">+1 worker<") != NULL);
    CHECK(strstr(body, "One worker more") == NULL); /* of the usual plans only those that can be computed */
    CHECK(strstr(body, "A fifth more requests") != NULL);
    CHECK(strstr(body, "Your plan</strong>") == NULL && strstr(body, "Keep this plan") == NULL);
    body = ask(site, "/forecast/what-if?arrivals=20", &a);
    CHECK(strstr(body, "No workers of this team are known") == NULL);
    CHECK(strstr(body, "Your plan</strong>") != NULL && strstr(body, "Keep this plan") != NULL);
    body = ask(site, "/forecast/what-if?arrivals=20&ill=20", &a); /* how long is not said */
    CHECK(strstr(body, "No workers of this team are known") != NULL && strstr(body, ">6 weeks<") != NULL);
    CHECK(strstr(body, "Your plan</strong>") != NULL);
    body = ask(site, "/forecast/what-if?ill_weeks=12", &a); /* no wave: no plan */
    CHECK(strstr(body, "Your plan</strong>") == NULL && strstr(body, "No workers") == NULL);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

static enum err add_one(struct ctx *c, void *arg)
{
    int64_t *team = arg;

    return team_find_or_add(c, "Noord", team);
}

/* Of one request no list is computed, and the page says from how many on it is. */
TEST(what_if_page_says_when_too_few_asked)
{
    struct ctx *c = test_begin("2024-07-01");
    struct expectation_how how = { .list = INT_NONE, .replications = 50 };
    struct answer a = { 0 };
    struct expecting m = { 0 };
    bool changed;

    CHECK_INT(db_tx(c, add_one, &m.team), OK);
    expecting_person(c, &m);
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    struct site *site = start(c, ROLE_TEAM_LEAD);
    const char *body = ask(site, "/forecast", &a);
    CHECK(strstr(body, "Now one person waits.") != NULL && strstr(body, "one person asked for help") != NULL);
    CHECK(strstr(body, "from 10 on it can be done") != NULL);
    CHECK(strstr(body, "In three months") == NULL && strstr(body, "<figure") == NULL);
    CHECK(strstr(body, "id=\"drivers-title\"") != NULL && strstr(body, "id=\"newcomer-title\"") != NULL);
    CHECK(strstr(body, "Workers in service") == NULL); /* nobody is known */
    body = ask(site, "/forecast/what-if?workers=2&usual=1", &a);
    CHECK(strstr(body, "from 10 on it can be done") != NULL);
    CHECK(strstr(body, "<table") == NULL && strstr(body, "type=\"range\"") == NULL);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

/* Who may open the page may compute on it. */
TEST(what_if_page_computes_for_everyone_who_may_see_figures)
{
    struct ctx *c = expected_list();
    struct answer a = { 0 };

    for (int role = 0; role < ROLES; role++) {
        bool figures = role_may((enum role)role, RIGHT_FIGURES);
        struct site *site = start(c, (enum role)role);
        const char *body = ask(site, "/forecast/what-if?arrivals=20", &a);
        CHECK_INT(a.status, figures ? 200 : 403);
        CHECK(!figures || strstr(body, "Your plan</strong>") != NULL);
        bool keeps = strstr(body, "Keep this plan") != NULL;
        CHECK(keeps == role_may((enum role)role, RIGHT_ALLOCATE));
        site_stop(site);
    }
    client_free(&a);
    test_end(c);
}

/* The newest kept plans; older ones when they are asked for. */
TEST(what_if_page_shows_the_newest_kept_plans_first)
{
    struct ctx *c = test_begin("2024-07-01");
    struct expectation_how how = { .list = INT_NONE, .replications = 50 };
    struct scenario s = { .arrivals = 10 };
    struct scenario_result r[2] = { 0 };
    struct answer a = { 0 };
    struct expecting m;
    int64_t id;
    bool changed;

    expecting_list(c, &m);
    CHECK_INT(expectation_make(c, &how, &changed), OK);
    for (int i = 1; i <= 7; i++) {
        snprintf(s.name, sizeof s.name, "Plan %d.", i);
        CHECK_INT(scenario_keep(c, m.team, &s, r, c->today, &id), OK);
    }
    struct site *site = start(c, ROLE_TEAM_LEAD);
    const char *body = ask(site, "/forecast/what-if", &a);
    CHECK(strstr(body, "Plan 7.") != NULL && strstr(body, "Plan 3.") != NULL &&
          strstr(body, "Plan 2.") == NULL);
    CHECK(strstr(body, "Show all kept plans") != NULL);
    body = ask(site, "/forecast/what-if?kept=all", &a);
    CHECK(strstr(body, "Plan 7.") != NULL && strstr(body, "Plan 1.") != NULL);
    CHECK(strstr(body, "Show all kept plans") == NULL);
    site_stop(site);
    client_free(&a);
    test_end(c);
}
