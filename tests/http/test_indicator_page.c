// SPDX-License-Identifier: EUPL-1.2
/* Every page of an indicator: a number never stands without its n, its definition and the version of it; no
 * share or median of a small group; and no data is no zero. */
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "http/client.h"
#include "http/page.h"
#include "measure/catalogue.h"
#include "register/config.h"
#include "register/request.h"
#include "store/sql.h"
#include "unit/test.h"
#include "web/site.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static enum err fill(struct ctx *c, void *arg)
{
    const int *requests = arg;
    struct sql_source_insert_row source;
    int64_t team[2], place[2];
    struct rng r;

    rng_seed(&r, 11);
    TRY(sql_source_insert(c, "made", &source));
    TRY(team_find_or_add(c, "Noord", &team[0]));
    TRY(team_find_or_add(c, "Oost", &team[1]));
    TRY(neighbourhood_find_or_add(c, "Dierdonk", team[0], &place[0]));
    TRY(neighbourhood_find_or_add(c, "Rijpelberg", team[1], &place[1]));
    for (int i = 0; i < *requests; i++) {
        struct event event[3] = { EVENT_NONE, EVENT_NONE, EVENT_NONE };
        struct request_imported done;
        int side = i % 20 == 0; /* few in Oost */
        char key[20];
        snprintf(key, sizeof key, "k%d", i);
        struct request_import m = { .source = source.id,
                                    .key = key,
                                    .person = INT_NONE,
                                    .neighbourhood = place[side],
                                    .team = team[side],
                                    .urgency = URGENCY_NORMAL,
                                    .event = event,
                                    .events = 3 };
        m.received_at = c->now - (int64_t)rng_below(&r, 150) * SECONDS_A_DAY;
        event[0].kind = KIND_TRIAGED;
        event[0].urgency = i % 9 == 0 ? URGENCY_EMERGENCY : URGENCY_NORMAL;
        event[1].kind = KIND_CALL_REACHED;
        event[2].kind = KIND_FIRST_TALK;
        for (int k = 0; k < 3; k++)
            event[k].occurred_at =
                m.received_at + (int64_t)rng_below(&r, (uint64_t)(k + 1) * 12) * SECONDS_A_DAY / 2;
        m.events = rng_below(&r, 3) == 0 ? 2 : 3;
        TRY(request_import(c, &m, &done));
    }
    return OK;
}

/* The number after "n = "; -1 when it is not shown. */
static int64_t n_of(const char *text)
{
    const char *p = strstr(text, "n = ");
    int64_t n = 0;

    if (p == NULL || !isdigit((unsigned char)p[4]))
        return -1;
    for (p += 4; isdigit((unsigned char)*p) || *p == '.' || *p == ','; p++)
        n = !isdigit((unsigned char)*p) ? n : n * 10 + (*p - '0');
    return n;
}

/* Each card of a page. Returns how many there are. */
static int check_cards(const char *body, const char *path, bool must_be_empty)
{
    char card[4000], what[300];
    int cards = 0;

    for (const char *p = strstr(body, "<section class=\"peil-fact "); p != NULL;
         p = strstr(p + 1, "<section class=\"peil-fact "), cards++) {
        const char *end = strstr(p, "</section>"), *value, *none;
        if (end == NULL || (size_t)(end - p) >= sizeof card)
            break;
        snprintf(card, sizeof card, "%.*s", (int)(end - p), p);
        value = strstr(card, "peil-fact__value\">");
        none = value != NULL ? strstr(value, "peil-fact__value\"><small>") : NULL;
        int64_t n = n_of(card);
        bool percent = none == NULL && value != NULL && strstr(value, " %</p>") != NULL;
        snprintf(what, sizeof what, "%s: n = %lld: %.60s", path, (long long)n, value != NULL ? value : "");
        test_check(value != NULL, __FILE__, __LINE__, what);
        test_check(strstr(card, "n = ") != NULL, __FILE__, __LINE__, what);
        test_check(strstr(card, ", version ") != NULL, __FILE__, __LINE__, what);
        test_check(!percent || n >= 10 || strstr(path, "/Z3") != NULL, __FILE__, __LINE__, what);
        test_check(!must_be_empty || none != NULL, __FILE__, __LINE__, what);
        if (strstr(card, "No data about this period") != NULL)
            test_check(none != NULL && n == -1, __FILE__, __LINE__, what);
    }
    return cards;
}

static int shares_seen; /* so that the check cannot pass because it finds nothing */

/* Rows of the tables: after each cell that is a share comes its number. */
static void check_row(const char *row, const char *path)
{
    char what[300];
    bool share = false;

    for (const char *p = strstr(row, "<td data-label=\""); p != NULL;
         p = strstr(p + 1, "<td data-label=\"")) {
        const char *label = p + 16, *text = strstr(label, "\">"), *end = strstr(label, "</td>");
        if (text == NULL || end == NULL)
            return;
        bool number = strncmp(label, "Number (n)\"", 11) == 0, sure = strncmp(label, "How sure\"", 9) == 0;
        if (number && share && isdigit((unsigned char)text[2])) {
            int64_t n = 0;
            for (const char *d = text + 2; isdigit((unsigned char)*d) || *d == '.' || *d == ','; d++)
                n = !isdigit((unsigned char)*d) ? n : n * 10 + (*d - '0');
            snprintf(what, sizeof what, "%s: n = %lld in %.200s", path, (long long)n, row);
            test_check(n >= 10, __FILE__, __LINE__, what);
            shares_seen++;
        }
        share = number ? false : !sure && end - text > 4 && memcmp(end - 2, " %", 2) == 0 ? true : share;
    }
}

static void check_rows(const char *body, const char *path)
{
    char row[3000];

    for (const char *p = strstr(body, "<tr><th scope=\"row\">"); p != NULL;
         p = strstr(p + 1, "<tr><th scope=\"row\">")) {
        const char *end = strstr(p, "</tr>");
        if (end == NULL || (size_t)(end - p) >= sizeof row)
            break;
        snprintf(row, sizeof row, "%.*s", (int)(end - p), p);
        check_row(row, path);
    }
}

static void walk(int requests, enum role role)
{
    struct ctx *c = test_begin("2024-01-03");
    struct site_as as = { .role = role, .team = INT_NONE, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };
    struct answer a = { 0 };
    struct site *site;
    char path[64];

    ctx_set_now(c, time(NULL));
    CHECK(requests == 0 || db_tx(c, fill, &requests) == OK);
    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        test_skip("%s", c->err.text);
    int port = http_port(site_http(site));
    page_get(port, "/indicators", &a);
    CHECK_INT(a.status, 200);
    CHECK_INT(check_cards(buf_text(&a.body), "/indicators", false), requests > 0 ? CATALOGUE_CORE : 0);
    for (size_t i = 0; i < catalogue_count; i++) {
        if (!text_is(catalogue[i].part, "a"))
            continue;
        bool hidden = catalogue[i].readers[0] == '+' && strstr(catalogue[i].readers, "GEM") == NULL &&
                      role == ROLE_ACCOUNT_MANAGER;
        snprintf(path, sizeof path, "/indicators/%s", catalogue[i].id);
        page_get(port, path, &a);
        if (!CHECK_INT(a.status, hidden ? 404 : 200)) {
            fprintf(stderr, "  %s\n", path);
            continue;
        }
        if (hidden)
            continue;
        const char *body = buf_text(&a.body);
        test_check(check_cards(body, path, requests == 0) > 0, __FILE__, __LINE__, path);
        check_rows(body, path);
        CHECK(strstr(body, "How we measure this") != NULL);
        CHECK(strstr(body, "Versions of the definition, side by side") != NULL);
    }
    page_get(port, "/indicators/NONE", &a);
    CHECK_INT(a.status, 404);
    site_stop(site);
    client_free(&a);
    test_end(c);
}

TEST(indicator_page_never_shows_a_number_alone)
{
    shares_seen = 0;
    walk(200, ROLE_BOARD);
    CHECK(shares_seen > 20);
}

TEST(indicator_page_of_the_account_manager_tells_of_nobody)
{
    walk(200, ROLE_ACCOUNT_MANAGER);
}

TEST(indicator_page_of_an_empty_register_has_no_zeros)
{
    walk(0, ROLE_QUALITY);
}
