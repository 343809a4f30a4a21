// SPDX-License-Identifier: EUPL-1.2
/* Sealing on the screen: asked once and explained, by who may; a second person signs with the own password;
 * errata beside it. */
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "http/visit.h"
#include "register/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct desk {
    struct ctx *c;
    struct visit v;
    char folder[40], key[60];
};

static void begin(struct desk *d)
{
    static const struct {
        const char *login;
        enum role role;
    } who[] = { { "kim", ROLE_QUALITY },
                { "bas", ROLE_BOARD },
                { "ans", ROLE_ACCOUNT_MANAGER },
                { "tom", ROLE_TEAM_LEAD } };

    *d = (struct desk){ .c = test_begin("2024-01-03"), .folder = "/tmp/peil-desk-XXXXXX" };
    CHECK(mkdtemp(d->folder) != NULL);
    snprintf(d->key, sizeof d->key, "%s/key", d->folder);
    setenv("PEIL_BASELINES", d->folder, 1);
    setenv("PEIL_SIGN_KEY", d->key, 1);
    ctx_set_now(d->c, time(NULL));
    for (size_t i = 0; i < COUNT(who); i++) {
        struct account_form f = { who[i].login, who[i].login, "a long password",
                                  who[i].role,  INT_NONE,     INT_NONE };
        int64_t id;
        CHECK_INT(account_add(d->c, &f, &id), OK);
    }
    d->c->lang = LANG_EN;
    visit_begin(d->c, NULL, &d->v);
}

static void end(struct desk *d)
{
    static const char *const files[] = {
        "0001.notes/0001.note", "0001.notes/0002.note", "0001.notes", "0001.peil", "key", ""
    };
    char path[80];

    visit_end(&d->v);
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", d->folder, files[i]);
        CHECK_INT(remove(path), 0);
    }
    unsetenv("PEIL_BASELINES");
    unsetenv("PEIL_SIGN_KEY");
    test_end(d->c);
}

static void typed_day(int32_t day, char text[16])
{
    struct civil k = date_to_civil(day);

    snprintf(text, 16, "%d-%d-%d", k.day, k.month, k.year);
}

TEST(baseline_change_seal_sign_and_erratum_on_the_screen)
{
    char at[16], from[16], body[300];
    struct desk d;

    begin(&d);
    typed_day(d.c->today - 1, at);
    typed_day(d.c->today - 90, from);
    visit_log_in(&d.v, "tom");
    CHECK_INT(visit_ask(&d.v, "/baselines", NULL), 200);
    CHECK(!visit_says(&d.v, "href=\"/baselines/new\""));
    CHECK_INT(visit_ask(&d.v, "/baselines/new", NULL), 403);
    visit_log_in(&d.v, "kim");
    CHECK_INT(visit_ask(&d.v, "/baselines", NULL), 200);
    CHECK(visit_says(&d.v, "href=\"/baselines/new\""));
    visit_ask(&d.v, "/baselines/new", NULL);
    CHECK(visit_says(&d.v, "This freezes all figures") &&
          visit_says(&d.v, "I understand that nobody can change or undo this"));
    snprintf(body, sizeof body, "name=Nulmeting&at=%s&from=%s&to=%s", at, from, at);
    CHECK_INT(visit_ask(&d.v, "/baselines", body),
              422); /* without the tick nothing happens, and what was typed stays */
    CHECK(visit_says(&d.v, from) && visit_says(&d.v, "Nulmeting"));
    snprintf(body, sizeof body, "name=Nulmeting&at=%s&from=%s&to=%s&sure=1", at, at, from);
    CHECK_INT(visit_ask(&d.v, "/baselines", body), 422);
    snprintf(body, sizeof body, "name=Nulmeting&at=%s&from=%s&to=%s&sure=1", at, from, at);
    CHECK_INT(visit_ask(&d.v, "/baselines", body), 303);
    visit_ask(&d.v, "/baselines/1", NULL);
    CHECK(visit_says(&d.v, "Sealed by") && visit_says(&d.v, "kim (Quality officer)") &&
          !visit_says(&d.v, "href=\"/baselines/1/sign\""));
    CHECK_INT(visit_ask(&d.v, "/baselines/1/sign", "password=a+long+password"),
              409); /* who sealed it is one person */
    visit_log_in(&d.v, "ans");
    visit_ask(&d.v, "/baselines/1", NULL);
    CHECK(visit_says(&d.v, "href=\"/baselines/1/sign\"") && !visit_says(&d.v, "/errata/new"));
    CHECK_INT(visit_ask(&d.v, "/baselines/1/sign", "password=something+else"), 422);
    CHECK_INT(visit_ask(&d.v, "/baselines/1/sign", "password=a+long+password"), 303);
    CHECK_INT(visit_ask(&d.v, "/baselines/1/errata", "about=T1&was=1&is=2&why=x"), 403);
    visit_log_in(&d.v, "bas");
    CHECK_INT(visit_ask(&d.v, "/baselines/1/errata", "about=T1&was=80&is=81&why="), 422);
    CHECK_INT(visit_ask(&d.v, "/baselines/1/errata", "about=T1&was=80&is=81&why=Two+days+were+missing"), 303);
    visit_ask(&d.v, "/baselines/1?table=notes", NULL);
    CHECK(visit_says(&d.v, "ans (Account manager)") && visit_says(&d.v, "the signature is right") &&
          visit_says(&d.v, "Two days were missing") && visit_says(&d.v, "bas (Board)"));
    end(&d);
}
