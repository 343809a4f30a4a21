// SPDX-License-Identifier: EUPL-1.2
/* The pages of a baseline over a socket: who sees them, what changed since, and a file that was damaged. */
#include "account/baseline.h"
#include "base/buf.h"
#include "base/date.h"
#include "http/client.h"
#include "register/request.h"
#include "unit/test.h"
#include "web/site.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct visit {
    struct site *site;
    int port;
    struct answer a;
};

static void visit_begin(struct ctx *c, enum role role, struct visit *v)
{
    struct site_as as = { .role = role, .team = INT_NONE, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 3000, .workers = { 1, 2, 1 }, .loops = 1
    };

    memset(v, 0, sizeof *v);
    if (!CHECK_INT(site_start(c, &opt, &http, &v->site), OK))
        test_skip("%s", c->err.text);
    v->port = http_port(site_http(v->site));
}

static void visit_end(struct visit *v)
{
    site_stop(v->site);
    client_free(&v->a);
}

static int get(struct visit *v, const char *path)
{
    struct buf b = { 0 };

    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n", path);
    CHECK(client_ask(v->port, buf_text(&b), &v->a));
    buf_free(&b);
    return v->a.status;
}

static bool says(struct visit *v, const char *text)
{
    return strstr(buf_text(&v->a.body), text) != NULL;
}

/* Twelve requests, a baseline, and a call that is written down afterwards. */
static void make_baseline(struct ctx *c)
{
    struct request_form f = { .person = INT_NONE,
                              .who = { .name = "Jan de Vries" },
                              .question = "Money worries",
                              .received = c->today - 20,
                              .channel = "phone",
                              .route = "self",
                              .neighbourhood = INT_NONE,
                              .team = INT_NONE,
                              .urgency = URGENCY_NORMAL,
                              .safety_checked = true };
    struct baseline_form seal = {
        .name = "Nulmeting & meer", .at = c->now, .from = c->now - 86400, .to = c->now
    };
    struct request_change change = { .version = -1, .e = EVENT_NONE };
    int64_t number;

    for (int i = 0; i < 12; i++)
        CHECK(request_add(c, &f, &change.id) == OK);
    CHECK(baseline_seal(c, &seal, &number) == OK && number == 1);
    change.e.kind = KIND_CALL_REACHED;
    change.e.occurred_at = c->now - 3600;
    CHECK(request_change(c, &change) == OK);
}

static void check_reader(struct ctx *c)
{
    struct visit v;

    visit_begin(c, ROLE_QUALITY, &v);
    CHECK_INT(get(&v, "/baselines"), 200);
    CHECK(says(&v, "Nulmeting &amp; meer") && says(&v, "href=\"/baselines/1\"") && says(&v, "whole"));
    CHECK_INT(get(&v, "/baselines/1"), 200);
    CHECK(says(&v, "Not a byte was changed") && says(&v, "no data"));
    CHECK_INT(get(&v, "/baselines/1?table=calendar"), 200);
    CHECK(says(&v, "2024-12-25"));
    CHECK_INT(get(&v, "/baselines/1?table=changes"), 200);
    CHECK(says(&v, "request 12") && says(&v, "last_reached") && says(&v, "Requests that differ: 1;"));
    CHECK_INT(get(&v, "/baselines/1?table=extract"), 404);
    CHECK_INT(get(&v, "/baselines/2"), 404);
    visit_end(&v);
    visit_begin(c, ROLE_ACCOUNT_MANAGER, &v); /* how many, not which */
    CHECK_INT(get(&v, "/baselines/1?table=changes"), 200);
    CHECK(says(&v, "Requests that differ: 1;") && !says(&v, "request 12") && !says(&v, "last_reached"));
    visit_end(&v);
    visit_begin(c, ROLE_ADVISORY_COUNCIL, &v);
    CHECK_INT(get(&v, "/baselines"), 403);
    CHECK_INT(get(&v, "/baselines/1"), 403);
    visit_end(&v);
}

TEST(baseline_pages)
{
    struct ctx *c = test_begin("2024-07-01");
    char folder[] = "/tmp/peil-baseline-XXXXXX", key[80], file[80];
    struct visit v;

    CHECK(mkdtemp(folder) != NULL);
    snprintf(key, sizeof key, "%s/key", folder);
    snprintf(file, sizeof file, "%s/0001.peil", folder);
    setenv("PEIL_BASELINES", folder, 1);
    setenv("PEIL_SIGN_KEY", key, 1);
    make_baseline(c);
    check_reader(c);
    int fd = open(file, O_WRONLY);
    CHECK(pwrite(fd, "x", 1, 5000) == 1);
    close(fd);
    visit_begin(c, ROLE_QUALITY, &v);
    CHECK_INT(get(&v, "/baselines"), 200);
    CHECK(says(&v, "Damaged baseline") && says(&v, "its content was changed") &&
          !says(&v, "href=\"/baselines/1\""));
    CHECK_INT(get(&v, "/baselines/1"), 500);
    CHECK_INT(get(&v, "/baselines/7"), 404);
    CHECK(says(&v, "There is no baseline 7") && !says(&v, folder)); /* no path of the server */
    CHECK_INT(get(&v, "/healthz"), 200);
    CHECK(!says(&v, "missing"));
    CHECK_INT(unlink(file), 0); /* the last one, and the only one */
    CHECK_INT(get(&v, "/baselines"), 200);
    CHECK(says(&v, "Missing baseline") && says(&v, "Put it back from a copy"));
    CHECK_INT(get(&v, "/healthz"), 200);
    CHECK(says(&v, "baseline 1 is missing"));
    visit_end(&v);
    unsetenv("PEIL_BASELINES");
    unsetenv("PEIL_SIGN_KEY");
    unlink(file);
    unlink(key);
    rmdir(folder);
    test_end(c);
}
