// SPDX-License-Identifier: EUPL-1.2
/* The pages of help over a socket: who sees what, what a wrong form and a changed request give back. */
#include "base/text.h"
#include "http/client.h"
#include "register/ave.h"
#include "register/group.h"
#include "unit/asked.h"
#include "unit/case_help.h"
#include "unit/test.h"
#include "web/site.h"

#include <stdio.h>
#include <string.h>

struct asking {
    struct site *site;
    int port;
    struct answer a;
};

static void begin(struct case_test *t, enum role role, int64_t worker, struct asking *s)
{
    struct site_as as = { .role = role, .team = t->team, .worker = worker };
    struct site_options opt = { .store = db_store(t->c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 5000, .workers = { 1, 2, 1 }, .loops = 1
    };

    *s = (struct asking){ 0 };
    if (!CHECK_INT(site_start(t->c, &opt, &http, &s->site), OK))
        test_skip("%s", t->c->err.text);
    s->port = http_port(site_http(s->site));
}

static void end(struct asking *s)
{
    site_stop(s->site);
    client_free(&s->a);
}

static int ask(struct asking *s, const char *method, struct request_id id, const char *path, const char *body)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s /requests/%lld%s HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n", method,
               (long long)id.v, path);
    if (body != NULL)
        buf_printf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
                   strlen(body));
    buf_printf(&b, "\r\n%s", body != NULL ? body : "");
    CHECK(client_ask(s->port, buf_text(&b), &s->a));
    buf_free(&b);
    return s->a.status;
}

static bool says(struct asking *s, const char *text)
{
    return strstr(buf_text(&s->a.body), text) != NULL;
}

static const char *const own_pages[] = { "/talks",       "/plan",  "/plan/new", "/lines",
                                         "/evaluations", "/close", "/lines/1",  "/areas" };

TEST(case_pages_are_for_who_works_on_it)
{
    static const struct {
        enum role role;
        bool own;
        int page, status; /* of the request's page; of the pages of help */
    } who[] = { { ROLE_SOCIAL_WORKER, true, 200, 200 }, { ROLE_SOCIAL_WORKER, false, 200, 403 },
                { ROLE_TEAM_LEAD, false, 200, 403 },    { ROLE_INTAKE, false, 200, 403 },
                { ROLE_QUALITY, false, 403, 403 },      { ROLE_ACCOUNT_MANAGER, false, 403, 403 } };
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct asking s;

    case_line(&t, id, "team");
    for (size_t i = 0; i < COUNT(who); i++) {
        begin(&t, who[i].role, who[i].own ? t.worker : INT_NONE, &s);
        CHECK_INT(ask(&s, "GET", id, "", NULL), who[i].page);
        if (who[i].page == 200)
            CHECK(says(&s, "I open my post again") == who[i].own);
        for (size_t k = 0; k < COUNT(own_pages); k++) {
            int status = ask(&s, "GET", id, own_pages[k], NULL);
            if (status != who[i].status)
                test_check_int(status, who[i].status, __FILE__, __LINE__, own_pages[k]);
        }
        end(&s);
    }
    test_end(t.c);
}

/* Nothing typed is lost: neither by a wrong form, nor when someone else was faster. */
TEST(case_forms_keep_what_was_typed)
{
    struct case_test t = case_begin();
    struct request_id id = case_request(&t);
    struct asking s;
    char body[300];
    long long version = case_get(&t, id).now.version;

    begin(&t, ROLE_SOCIAL_WORKER, t.worker, &s);
    CHECK_INT(
        ask(&s, "POST", id, "/talks", "version=5&at=yesterday&place=home&present=resident&note=Warm+soup"),
        422);
    CHECK(says(&s, "Warm soup"));
    CHECK(says(&s, "yesterday"));
    snprintf(body, sizeof body,
             "version=%lld&at=3-1-2024+11:59&place=home&present=resident&present=carer&note=Warm+soup&next_"
             "step=Call",
             version - 1);
    CHECK_INT(ask(&s, "POST", id, "/talks", body), 409);
    CHECK(says(&s, "Warm soup"));
    /* the form holds the new version now: sending it again works */
    snprintf(body, sizeof body, "name=\"version\" value=\"%lld\"", version);
    CHECK(says(&s, body));
    snprintf(body, sizeof body,
             "version=%lld&at=3-1-2024+11:59&place=home&present=resident&present=carer&note=Warm+soup&next_"
             "step=Call",
             version);
    CHECK_INT(ask(&s, "POST", id, "/talks", body), 303);
    CHECK(!case_get(&t, id).now.waiting);
    end(&s);
    test_end(t.c);
}

TEST(case_the_next_step_follows_the_state)
{
    struct case_test t = case_begin();
    struct request_id waiting = case_request(&t), talked = case_talked(&t), planned = case_planned(&t);
    struct asking s;
    char link[64];
    const struct {
        struct request_id id;
        const char *path;
    } next[] = { { waiting, "/talks" }, { talked, "/plan/new" }, { planned, "/lines" } };

    begin(&t, ROLE_SOCIAL_WORKER, t.worker, &s);
    for (size_t i = 0; i < COUNT(next); i++) {
        CHECK_INT(ask(&s, "GET", next[i].id, "", NULL), 200);
        snprintf(link, sizeof link, "nl-button--primary\" href=\"/requests/%lld%s\"", (long long)next[i].id.v,
                 next[i].path);
        CHECK(says(&s, link));
    }
    end(&s);
    test_end(t.c);
}

/* A step that was taken back stays visible; only who wrote it down, or the team lead, can. */
TEST(case_steps_are_taken_back_with_a_reason)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct asking s;
    char path[64], body[64];
    struct request r = case_get(&t, id);
    long long seq = 0;

    for (size_t i = 0; i < r.events; i++)
        if (r.event[i].e.kind == KIND_PLAN_AGREED)
            seq = r.event[i].e.seq;
    snprintf(path, sizeof path, "/events/%lld/undo", seq);
    begin(&t, ROLE_TEAM_LEAD, INT_NONE, &s);
    CHECK_INT(ask(&s, "GET", id, path, NULL), 200);
    snprintf(body, sizeof body, "version=%lld&why=", (long long)r.now.version);
    CHECK_INT(ask(&s, "POST", id, path, body), 422);
    snprintf(body, sizeof body, "version=%lld&why=Wrong+resident", (long long)r.now.version);
    CHECK_INT(ask(&s, "POST", id, path, body), 303);
    CHECK_INT(ask(&s, "GET", id, path, NULL), 404);             /* once */
    CHECK_INT(ask(&s, "GET", id, "/events/1/undo", NULL), 404); /* that they asked cannot be taken back */
    end(&s);
    CHECK_INT(case_get(&t, id).now.state, STATE_EXPLORING);
    CHECK(!case_care(&t, id).played.planned);
    test_end(t.c);
}

TEST(case_groups_show_only_the_own_team)
{
    struct case_test t = case_begin();
    struct request_id id = case_request(&t);
    struct group_form f = { .name = "Koffie en post",
                            .kind = "course",
                            .team = INT_NONE,
                            .place = "De Vlonder",
                            .capacity = 8,
                            .starts = t.c->today,
                            .ends = t.c->today + 70 };
    int64_t group, batch;
    struct asking s;

    CHECK_INT(group_add(t.c, &f, &group), OK);
    struct group_join j = { group, &id.v, 1, t.c->today };
    CHECK_INT(group_join(t.c, &j, &batch), OK);
    begin(&t, ROLE_SOCIAL_WORKER, t.worker, &s);
    CHECK(client_ask(s.port, "GET /groups/1 HTTP/1.1\r\nHost: localhost\r\n\r\n", &s.a));
    CHECK(says(&s, "Jan de Vries"));
    end(&s);
    t.team = 99; /* another team */
    begin(&t, ROLE_SOCIAL_WORKER, INT_NONE, &s);
    CHECK(client_ask(s.port, "GET /groups/1 HTTP/1.1\r\nHost: localhost\r\n\r\n", &s.a));
    CHECK_INT(s.a.status, 200);
    CHECK(!says(&s, "Jan de Vries"));
    end(&s);
    test_end(t.c);
}

TEST(case_without_a_name_can_be_opened_from_the_escalations)
{
    struct case_test t = case_begin();
    struct ave_form f = { .seen = -1,
                          .level = 2,
                          .owner = t.worker,
                          .day = t.c->today,
                          .review = t.c->today + 14,
                          .reason = "stagnation",
                          .route = "case_table" };
    struct asking s;

    case_as(&t, ROLE_SYSTEM, INT_NONE);
    f.request = asked_of(t.c, (struct identity){ .phone = "06-55501234" }, t.team);
    CHECK_INT(ave_change(t.c, &f), OK);
    begin(&t, ROLE_TEAM_LEAD, INT_NONE, &s);
    CHECK(client_ask(s.port, "GET /ave HTTP/1.1\r\nHost: localhost\r\n\r\n", &s.a));
    CHECK(says(&s, "/requests/1\""));
    CHECK(!says(&s, "/requests/1\"></a>"));
    end(&s);
    test_end(t.c);
}
