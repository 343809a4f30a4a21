// SPDX-License-Identifier: EUPL-1.2
/* A withdrawn period stands nowhere: every page of the route table is asked for, as who may see everything of
 * the resident, on the screen and as a file, while the period is told and after it was withdrawn. Not a list
 * of places that somebody thought of: a page that is added later is asked for too. */
#include "account/expectation.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "http/expectation_help.h"
#include "register/request.h"
#include "unit/test.h"
#include "web/route.h"
#include "web/show.h"
#include "web/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { SHEET_MAX = 4 << 20 };

struct seen {
    struct ctx *c;
    struct expecting on;
    int32_t to; /* the last day of the period */
    int port;
    bool told;
    int asked, found, files;
};

/* ── Looking for a day ────────────────────────────────────────────────────────────────────────────────────
 */

/* In any form in which a day is written; `serial` as a spreadsheet does. */
static bool has_day(struct ctx *c, const char *body, int32_t day)
{
    struct buf iso = { 0 };
    struct civil d = date_to_civil(day);
    char plain[40], zeros[40], serial[40];

    buf_date(&iso, day);
    snprintf(plain, sizeof plain, "%d-%d-%d", d.day, d.month, d.year);
    snprintf(zeros, sizeof zeros, "%02d-%02d-%d", d.day, d.month, d.year);
    snprintf(serial, sizeof serial, "<v>%d</v>", day - date_from_civil(1899, 12, 30));
    bool found = strstr(body, day_text(c, day)) != NULL || strstr(body, long_day_text(c, day)) != NULL ||
                 strstr(body, plain) != NULL || strstr(body, zeros) != NULL ||
                 strstr(body, buf_text(&iso)) != NULL || strstr(body, serial) != NULL;
    buf_free(&iso);
    return found;
}

/* The last day is a Sunday, on which nothing else falls; the first is a Monday, as so much is. */
static bool has_period(const struct seen *m, const char *body)
{
    return has_day(m->c, body, m->to);
}

static uint32_t little(const unsigned char *p, int n)
{
    return n == 0 ? 0 : p[0] | little(p + 1, n - 1) << 8;
}

/* The texts of an Excel file, one after the other: its parts are entries of a zip file, found through the
 * directory at the end (APPNOTE.TXT 4.3.12, 4.3.16). NULL: it is none. */
static char *unpack(const unsigned char *zip, size_t n)
{
    char *text = malloc(SHEET_MAX + 1);
    size_t at = n < 22 ? 0 : n - 22, fill = 0;

    while (at > 0 && little(zip + at, 4) != 0x06054b50)
        at--;
    if (text == NULL || at == 0) {
        free(text);
        return NULL;
    }
    uint32_t entries = little(zip + at + 10, 2);
    for (at = little(zip + at + 16, 4); entries-- > 0 && at + 46 <= n;
         at += 46 + little(zip + at + 28, 2) + little(zip + at + 30, 2) + little(zip + at + 32, 2)) {
        size_t local = little(zip + at + 42, 4),
               body = local + 30 + little(zip + local + 26, 2) + little(zip + local + 28, 2);
        z_stream z = { .next_in = (Bytef *)(uintptr_t)(zip + body),
                       .avail_in = little(zip + at + 20, 4),
                       .next_out = (Bytef *)text + fill,
                       .avail_out = (uInt)(SHEET_MAX - fill) };
        if (little(zip + at + 10, 2) != Z_DEFLATED || inflateInit2(&z, -15) != Z_OK)
            continue;
        inflate(&z, Z_FINISH);
        fill += z.total_out;
        inflateEnd(&z);
    }
    text[fill] = '\0';
    return text;
}

/* ── Asking for everything ────────────────────────────────────────────────────────────────────────────────
 */

static void judge(struct seen *m, const char *path, const char *body)
{
    bool here = has_period(m, body);

    if (!m->told && here)
        fprintf(stderr, "  %s shows a period that was withdrawn\n", path);
    CHECK(m->told || !here);
    /* never without how often it is right */
    if (here && strstr(body, "of 10") == NULL)
        fprintf(stderr, "  %s shows a period without how often it is right\n", path);
    CHECK(!here || strstr(body, "of 10") != NULL);
    m->found += here;
}

static void ask(struct seen *m, const char *path, bool sheet)
{
    struct answer a = { 0 };
    struct buf b = { 0 };

    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n", path);
    CHECK(client_ask(m->port, buf_text(&b), &a));
    buf_free(&b);
    m->asked++;
    if (a.status == 200 && sheet) {
        char *text = unpack((const unsigned char *)buf_text(&a.body), a.body.len);
        if (text != NULL)
            judge(m, path, text);
        m->files += text != NULL;
        free(text);
    } else if (a.status == 200) {
        judge(m, path, buf_text(&a.body));
    }
    client_free(&a);
}

/* The path with the request or the resident in it, whichever it is about; {word}: `word`. */
static void path_of(const struct seen *m, const char *route, const char *word, char *to, size_t size)
{
    int64_t id = strncmp(route, "/persons", 8) == 0                                        ? m->on.person
                 : strncmp(route, "/requests", 9) == 0 || strncmp(route, "/calls", 6) == 0 ? m->on.request
                                                                                           : 1;
    size_t n = 0;

    for (const char *p = route; *p != '\0' && n + 40 < size;) {
        if (strncmp(p, "{id}", 4) == 0) {
            n += (size_t)snprintf(to + n, size - n, "%lld", (long long)id);
            p += 4;
        } else if (strncmp(p, "{word}", 6) == 0) {
            n += (size_t)snprintf(to + n, size - n, "%s", word);
            p += 6;
        } else {
            to[n++] = *p++;
        }
    }
    to[n] = '\0';
}

static void ask_all(struct seen *m)
{
    size_t n;
    const struct route *route = route_all(&n);
    char path[200], file[240];

    for (size_t i = 0; i < n; i++) {
        if (route[i].method != METHOD_GET || strncmp(route[i].path, "/forecast/what-if", 17) == 0)
            continue; /* a plan has no period of anyone, and takes long */
        path_of(m, route[i].path, "on-list", path, sizeof path);
        ask(m, path, false);
        if (strstr(route[i].path, "{id}") != NULL)
            continue;
        snprintf(file, sizeof file, "%s?format=csv&order=newest", path);
        ask(m, file, false);
        snprintf(file, sizeof file, "%s?format=xlsx&order=newest", path);
        ask(m, file, true);
    }
    for (size_t k = 0; k < LETTERS; k++) {
        snprintf(path, sizeof path, "/requests/%lld/letters/%s?lang=en", (long long)m->on.request,
                 letter_kinds[k].code);
        ask(m, path, false);
    }
    ask(m, "/waiting?order=newest", false);
}

static void look(struct ctx *c, struct seen *m, bool told)
{
    struct site_as as = { .role = ROLE_TEAM_LEAD, .team = m->on.team, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 120000, .workers = { 1, 1, 1 }, .loops = 1
    };
    struct site *site;

    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        test_skip("%s", c->err.text);
    m->c = c;
    m->told = told;
    m->asked = m->found = m->files = 0;
    m->port = http_port(site_http(site));
    ask_all(m);
    site_stop(site);
}

TEST_LONG(expectation_places_no_page_and_no_file_shows_a_withdrawn_period)
{
    struct ctx *c = test_begin("2024-01-03");
    struct seen m = { 0 };
    struct expectation e;

    ctx_set_now(c, time(NULL));
    expecting_list(c, &m.on);
    expecting_person(c, &m.on);
    expecting_calibrate(c, m.on.team, true, .82);
    expecting_make(c);
    CHECK_INT(expectation_of(c, (struct request_id){ m.on.request }, &e), OK);
    if (!CHECK_INT(e.state, EXPECTATION_TOLD))
        test_skip("no period");
    m.to = e.said.to;
    CHECK_INT(date_weekday(m.to), 7);
    look(c, &m, true);
    CHECK(m.asked > 200 && m.files > 10 && m.found >= 9);

    expecting_calibrate(c, m.on.team, false, .41);
    expecting_make(c);
    CHECK_INT(expectation_of(c, (struct request_id){ m.on.request }, &e), OK);
    CHECK_INT(e.state, EXPECTATION_MISSED);
    look(c, &m, false);
    CHECK_INT(m.found, 0);
    test_end(c);
}
