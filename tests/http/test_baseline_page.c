// SPDX-License-Identifier: EUPL-1.2
/* The pages of a baseline over a socket: who sees them, what changed since, and a file that was damaged. */
#include "account/baseline.h"
#include "base/buf.h"
#include "base/date.h"
#include "http/visit.h"
#include "register/config.h"
#include "register/request.h"
#include "unit/asked.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void begin(struct ctx *c, enum role role, struct visit *v)
{
    static struct site_as as;

    as = (struct site_as){ .role = role, .team = INT_NONE, .worker = INT_NONE };
    c->lang = LANG_EN; /* of the site */
    visit_begin(c, &as, v);
}

static enum err phone_put(struct ctx *c, void *arg)
{
    (void)arg;
    TRY(setting_put(c, "life_areas", "1"));
    return setting_put(c, "phone", "0492555000");
}

/* After the baseline: it goes on saying what held. */
static enum err norms_put(struct ctx *c, void *arg)
{
    (void)arg;
    TRY(setting_put(c, "norm.phone", "45"));
    return setting_put(c, "norm.phone_share", "70");
}

/* Twelve requests, a baseline, and a call that is written down afterwards. */
static void make_baseline(struct ctx *c)
{
    struct request_form f = asked(c);
    struct baseline_form seal = {
        .name = "Nulmeting & meer", .at = c->now, .from = c->now - 86400, .to = c->now
    };
    struct request_change change = { .version = -1, .e = EVENT_NONE };
    int64_t number;

    CHECK(db_tx(c, phone_put, NULL) == OK);
    f.received = c->today - 20;
    for (int i = 0; i < 12; i++)
        CHECK(request_add(c, &f, &change.id) == OK);
    CHECK(baseline_seal(c, &seal, &number) == OK && number == 1);
    CHECK(db_tx(c, norms_put, NULL) == OK);
    change.e.kind = KIND_CALL_REACHED;
    change.e.occurred_at = c->now - 3600;
    CHECK(request_change(c, &change) == OK);
}

static void check_reader(struct ctx *c)
{
    struct visit v;

    begin(c, ROLE_QUALITY, &v);
    CHECK_INT(visit_ask(&v, "/baselines", NULL), 200);
    CHECK(visit_says(&v, "Nulmeting &amp; meer") && visit_says(&v, "href=\"/baselines/1\"") &&
          visit_says(&v, "whole"));
    CHECK_INT(visit_ask(&v, "/baselines/1", NULL), 200);
    CHECK(visit_says(&v, "Not a byte was changed") && visit_says(&v, "no data"));
    CHECK_INT(visit_ask(&v, "/baselines/1?table=calendar", NULL), 200);
    CHECK(visit_says(&v, "Wednesday 25 December 2024") && visit_says(&v, "Christmas Day"));
    CHECK_INT(visit_ask(&v, "/baselines/1?table=gaps", NULL), 200);
    CHECK(visit_says(&v, "first request received") && !visit_says(&v, "T07:"));
    CHECK_INT(visit_ask(&v, "/baselines/1?table=norms", NULL), 200);
    CHECK(visit_says(&v, "0492555000") && !visit_says(&v, "setting phone")); /* named, and no number */
    CHECK(visit_says(&v, "Life areas get a score") && !visit_says(&v, "life_areas"));
    CHECK_INT(visit_ask(&v, "/baselines/1?table=definitions", NULL), 200);
    CHECK(visit_says(&v, "at most 30 seconds") && visit_says(&v, "at least 80 %") &&
          !visit_says(&v, "$phone"));
    CHECK_INT(visit_ask(&v, "/baselines/1?table=changes", NULL), 200);
    CHECK(visit_says(&v, "request 12") && visit_says(&v, "last_reached") &&
          visit_says(&v, "Requests that differ: 1;"));
    CHECK_INT(visit_ask(&v, "/baselines/1?table=extract", NULL), 404);
    CHECK_INT(visit_ask(&v, "/baselines/2", NULL), 404);
    visit_end(&v);
    begin(c, ROLE_ACCOUNT_MANAGER, &v); /* how many, not which */
    CHECK_INT(visit_ask(&v, "/baselines/1?table=changes", NULL), 200);
    CHECK(visit_says(&v, "Requests that differ: 1;") && !visit_says(&v, "request 12") &&
          !visit_says(&v, "last_reached"));
    visit_end(&v);
    begin(c, ROLE_ADVISORY_COUNCIL, &v);
    CHECK_INT(visit_ask(&v, "/baselines", NULL), 403);
    CHECK_INT(visit_ask(&v, "/baselines/1", NULL), 403);
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
    begin(c, ROLE_QUALITY, &v);
    CHECK_INT(visit_ask(&v, "/baselines", NULL), 200);
    CHECK(visit_says(&v, "Damaged baseline") && visit_says(&v, "its content was changed") &&
          !visit_says(&v, "href=\"/baselines/1\""));
    CHECK_INT(visit_ask(&v, "/baselines/1", NULL), 500);
    CHECK_INT(visit_ask(&v, "/baselines/7", NULL), 404);
    CHECK(visit_says(&v, "There is no baseline 7") && !visit_says(&v, folder)); /* no path of the server */
    CHECK_INT(visit_ask(&v, "/healthz", NULL), 200);
    CHECK(!visit_says(&v, "missing"));
    CHECK_INT(unlink(file), 0); /* the last one, and the only one */
    CHECK_INT(visit_ask(&v, "/baselines", NULL), 200);
    CHECK(visit_says(&v, "Missing baseline") && visit_says(&v, "Put it back from a copy"));
    CHECK_INT(visit_ask(&v, "/healthz", NULL), 200);
    CHECK(visit_says(&v, "baseline 1 is missing"));
    visit_end(&v);
    unsetenv("PEIL_BASELINES");
    unsetenv("PEIL_SIGN_KEY");
    unlink(file);
    unlink(key);
    rmdir(folder);
    test_end(c);
}
