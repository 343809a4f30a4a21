// SPDX-License-Identifier: EUPL-1.2
/* Comparing on the page of an indicator: two periods of choice, versions side by side, sealed baselines; and
 * the definition in words. */
#include "account/baseline_measured.h"
#include "account/indicator_series.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "http/page.h"
#include "register/demo.h"
#include "unit/test.h"
#include "web/indicator_words.h"
#include "web/site.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ctx *town(void)
{
    struct ctx *c = test_begin("2024-07-01");
    struct demo_options o = { .seed = 3, .scale = 0.15, .password = "not-a-secret-at-all" };
    struct demo_made made;

    o.from = date_from_civil(2024, 1, 2);
    o.to = date_from_civil(2024, 6, 30);
    CHECK_INT(demo_make(c, &o, &made), OK);
    return c;
}

static bool serve(struct ctx *c, enum role role, struct site **ret_site)
{
    struct site_as as = { .role = role, .team = INT_NONE, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };

    return site_start(c, &opt, &http, ret_site) == OK;
}

TEST_LONG(indicator_compare_two_periods_on_the_page)
{
    struct ctx *c = town();
    struct answer a = { 0 };
    struct site *site;

    if (!serve(c, ROLE_BOARD, &site))
        test_skip("%s", c->err.text);
    int port = http_port(site_http(site));
    page_get(port, "/indicators/T1", &a);
    CHECK_INT(a.status, 200);
    CHECK(strstr(buf_text(&a.body), "Compare two periods") != NULL);
    CHECK(strstr(buf_text(&a.body), "Second less first") == NULL);
    page_get(port, "/indicators/T1?from=2-1-2024&to=31-3-2024&then_from=1-4-2024&then_to=30-6-2024", &a);
    CHECK_INT(a.status, 200);
    const char *body = buf_text(&a.body);
    CHECK(strstr(body, "Second less first") != NULL);
    CHECK(strstr(body, "2 jan 2024 to 31 mrt 2024") != NULL ||
          strstr(body, "2 Jan 2024 to 31 Mar 2024") != NULL);
    CHECK(strstr(body, " points</td>") != NULL);
    CHECK(strstr(body, "more than chance") != NULL || strstr(body, "can be chance") != NULL);
    /* what was typed wrong stays, and is said */
    page_get(port, "/indicators/T1?from=2-1-2024&to=31-31-2024&then_from=1-4-2024&then_to=", &a);
    body = buf_text(&a.body);
    CHECK_INT(a.status, 200);
    CHECK(strstr(body, "value=\"31-31-2024\"") != NULL && strstr(body, "aria-invalid") != NULL);
    CHECK(strstr(body, "Fill in a date.") != NULL && strstr(body, "Second less first") == NULL);
    page_get(port, "/indicators/T1?from=2-2-2024&to=1-2-2024&then_from=1-4-2024&then_to=2-4-2024", &a);
    CHECK(strstr(buf_text(&a.body), "The last day lies before the first one.") != NULL);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

/* Two versions of one indicator: the newer one counts, both are shown, measured and sealed. */
TEST_LONG(indicator_compare_versions_and_baselines)
{
    struct ctx *c = town();
    struct baseline_form form = { .name = "Nulmeting" };
    struct measured_list sealed, now;
    struct register_facts facts;
    struct indicators all;
    struct baseline b;
    struct answer a = { 0 };
    struct site *site;
    int64_t number, n[3] = { 0 };
    int versions = 0;
    char folder[] = "/tmp/peil-compare-XXXXXX", key[60];

    CHECK(mkdtemp(folder) != NULL);
    snprintf(key, sizeof key, "%s/key", folder);
    setenv("PEIL_BASELINES", folder, 1);
    setenv("PEIL_SIGN_KEY", key, 1);
    form.at = c->now;
    form.from = time_of_nl_day(date_from_civil(2024, 1, 2), 0);
    form.to = form.at;
    CHECK_INT(baseline_seal(c, &form, &number), OK);
    CHECK_INT(indicators_get(c, "", &all), OK);
    CHECK_INT(facts_read(c, c->now, &facts), OK);
    struct indicator_query q = { .at = form.at, .from = form.from, .to = form.to };
    CHECK_INT(indicators_measure(c, &facts, &all, &q, &now), OK);
    if (CHECK_INT(baseline_open(c, number, &b), OK)) {
        CHECK_INT(baseline_measured(c, &b, &all, NULL, NULL, &sealed), OK);
        CHECK(sealed.n > 100);
        for (size_t i = 0, k = 0; i < sealed.n; i++) { /* all that was sealed is what is measured */
            const struct measured *s = &sealed.row[i];
            while (k < now.n && (now.row[k].part != s->part || now.row[k].code != NULL))
                k++;
            if (!CHECK(k < now.n))
                break;
            CHECK_INT(measured_state(s), measured_state(&now.row[k]));
            if (measured_state(s) != MEASURED_VALUE)
                continue;
            CHECK_INT(s->figure.n, now.row[k].figure.n);
            CHECK(fabs(measured_value(s)->value - measured_value(&now.row[k])->value) <=
                  1e-12 * fabs(measured_value(s)->value));
            struct difference d = indicator_difference(s, &now.row[k]);
            CHECK(d.kind == DIFFERENCE_NONE || fabs(d.value - (d.kind == DIFFERENCE_RATIO)) < 1e-9);
            if (text_is(s->part->row->id, "T1") && s->part->first && s->part->version <= 2) {
                n[s->part->version] = s->figure.n;
                versions++;
            }
        }
        baseline_close(&b);
    }
    CHECK_INT(versions, 2);
    CHECK(n[1] > 100 && n[2] > n[1]); /* who hung up is in the second one only */
    if (!serve(c, ROLE_BOARD, &site))
        test_skip("%s", c->err.text);
    page_get(http_port(site_http(site)), "/indicators/T1", &a);
    const char *table = strstr(buf_text(&a.body), "Versions of the definition, side by side");
    CHECK(table != NULL && strstr(table, "of all calls offered") != NULL &&
          strstr(table, "of the calls answered") != NULL);
    for (size_t i = 0; i < catalogue_count; i++) { /* on every page */
        char path[64];
        if (!text_is(catalogue[i].part, "a"))
            continue;
        snprintf(path, sizeof path, "/indicators/%s", catalogue[i].id);
        page_get(http_port(site_http(site)), path, &a);
        test_check(a.status == 200 && strstr(buf_text(&a.body), "Compared with the baseline") != NULL,
                   __FILE__, __LINE__, path);
    }
    site_stop(site);
    client_free(&a);
    unsetenv("PEIL_BASELINES");
    unsetenv("PEIL_SIGN_KEY");
    snprintf(key, sizeof key, "%s/0001.peil", folder);
    CHECK_INT(remove(key), 0);
    snprintf(key, sizeof key, "%s/key", folder);
    CHECK_INT(remove(key), 0);
    CHECK_INT(rmdir(folder), 0);
    test_end(c);
}

/* Every word that the catalogue uses has words for a reader. */
TEST(indicator_compare_definitions_have_words)
{
    struct ctx *c = test_begin("2024-07-01");
    struct indicators all;

    CHECK_INT(indicators_get(c, "", &all), OK);
    for (size_t i = 0; i < all.n; i++) {
        const struct part *p = &all.part[i];
        const char *text[] = { definition_form(c, p), definition_clock(c, p),
                               definition_condition(c, &p->of, "all"), definition_condition(c, &p->yes, "-"),
                               definition_readers(c, p) };
        for (size_t k = 0; k < COUNT(text); k++) {
            bool whole = text[k][0] != '\0' && strchr(text[k], '_') == NULL && strchr(text[k], '$') == NULL &&
                         strstr(text[k], "..") == NULL && strstr(text[k], "  ") == NULL &&
                         strstr(text[k], ": ;") == NULL && text[k][strlen(text[k]) - 1] != ' ';
            if (!test_check(whole, __FILE__, __LINE__, p->row->id))
                fprintf(stderr, "  %s%s: \"%s\"\n", p->row->id, p->row->part, text[k]);
        }
    }
    test_end(c);
}
