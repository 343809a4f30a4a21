// SPDX-License-Identifier: EUPL-1.2
/* The rights matrix (tests/rights/matrix.csv): every role on every route, with requests and residents that
 * are its own, of the own team, of another team, and sealed. The file is read by people; this test runs every
 * cell and asserts it.
 *
 * A cell says what that role gets:
 *     -        refused (403), whatever the record is
 *     .        the page or action itself may be used, and shows none of the four residents
 *     letters  for routes with a request or a resident in the path: on which of them it works; for lists,
 * searches and exports: whose name is in the answer. o own case, t of the own team, x of another team, s
 * sealed (in the own team, of another worker)
 *
 * A route without a line, or a line without a route, stops the build at `make rights-check`, and this test
 * where PEIL_RIGHTS_STRICT is set (make test). PEIL_RIGHTS_WRITE=file writes what it finds, for the review of
 * a change: make rights. */
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "register/request.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"
#include "web/route.h"
#include "web/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CASES = 4, LINES = 600, ROLES_ASKED = ROLE_SYSTEM };
#define MATRIX "tests/rights/matrix.csv"

static const char letters[CASES + 1] = "otxs";
/* Words that stand in no page but theirs. */
static const char *const names[CASES] = { "Olgaeigen Rechtentoets", "Teunteam Rechtentoets",
                                          "Xanderander Rechtentoets", "Sienzegel Rechtentoets" };

/* ── The register with the four cases ─────────────────────────────────────────────────────────────────────
 */

struct cases {
    int64_t team[2], worker[2];
    int64_t request[CASES], person[CASES];
};

static enum err put_staff(struct ctx *c, void *arg)
{
    struct cases *k = arg;
    struct sql_worker_insert_row w;

    TRY(team_find_or_add(c, "Oost", &k->team[0]));
    TRY(team_find_or_add(c, "West", &k->team[1]));
    for (int i = 0; i < 2; i++) {
        TRY(sql_worker_insert(c, i == 0 ? "Own Worker" : "Other Worker", k->team[0], NULL, &w));
        k->worker[i] = w.id;
    }
    return OK;
}

static void happens(struct ctx *c, int64_t request, enum kind kind, int64_t worker)
{
    struct request_change ch = { .id = { request }, .version = -1, .e = EVENT_NONE };

    ch.e.kind = kind;
    ch.e.occurred_at = c->now;
    ch.e.worker = worker;
    ch.e.reason = kind == KIND_SEALED ? "threat" : kind == KIND_AVE_CHANGED ? "safety" : NULL;
    ch.e.number = kind == KIND_AVE_CHANGED ? 2 : INT_NONE;
    CHECK_INT(request_change(c, &ch), OK);
}

static void build(struct ctx *c, struct cases *k)
{
    CHECK_INT(db_tx(c, put_staff, k), OK);
    for (int i = 0; i < CASES; i++) {
        struct request_form f = asked(c);

        f.who.name = names[i];
        f.who.birth = "1980-01-01";
        f.who.phone = "06-55501234";
        f.received = c->today - 20;
        f.team = k->team[i == 2];
        struct request_id id = { 0 };
        struct request r = { .person = INT_NONE };
        CHECK_INT(request_add(c, &f, &id), OK);
        CHECK_INT(request_get(c, id, &r), OK);
        k->request[i] = id.v;
        k->person[i] = r.person;
    }
    happens(c, k->request[0], KIND_ALLOCATED, k->worker[0]);
    happens(c, k->request[1], KIND_ALLOCATED, k->worker[1]);
    happens(c, k->request[3], KIND_SEALED, INT_NONE);
    happens(c, k->request[3], KIND_ALLOCATED, k->worker[1]);
    for (int i = 0; i < CASES; i++)
        happens(c, k->request[i], KIND_AVE_CHANGED, INT_NONE);
}

/* ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What must be typed, or which word must stand in the path, to get an answer that could show someone. */
static const struct {
    const char *path, *body, *word;
} typed[] = {
    { "/search", "q=Rechtentoets", NULL },
    { "/requests/{id}/resume", "version=1", NULL },
    { "/requests/{id}/letters/{word}", "", "received" },
};

static const char *body_of(const char *pattern)
{
    for (size_t i = 0; i < COUNT(typed); i++)
        if (text_is(typed[i].path, pattern))
            return typed[i].body;
    return "";
}

static const char *word_of(const char *pattern)
{
    for (size_t i = 0; i < COUNT(typed); i++)
        if (text_is(typed[i].path, pattern) && typed[i].word != NULL)
            return typed[i].word;
    return "none";
}

struct asking {
    int port;
    bool post;
    struct answer a;
};

static void ask(struct asking *k, const char *path, const char *body)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n", k->post ? "POST" : "GET", path);
    if (k->post)
        buf_printf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
                   strlen(body));
    buf_printf(&b, "\r\n%s", k->post ? body : "");
    if (!CHECK(client_ask(k->port, buf_text(&b), &k->a)))
        test_check_str(path, "", __FILE__, __LINE__, "no answer");
    buf_free(&b);
    if (k->a.status >= 500)
        test_check_str(path, "", __FILE__, __LINE__, "an error of ours");
}

/* The pattern with a number in each brace: `first` in the first one. */
static void path_with(const char *pattern, int64_t first, char path[160])
{
    struct buf b = { 0 };
    bool given = false;

    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p != '{') {
            buf_char(&b, *p);
            continue;
        }
        if (p[1] == 'w')
            buf_str(&b, word_of(pattern));
        else
            buf_int(&b, given ? 1 : first);
        given = true;
        p = strchr(p, '}');
    }
    text_copy(path, 160, buf_text(&b));
    buf_free(&b);
}

/* Whose name is in the answer. */
static void names_in(const struct asking *k, char cell[8])
{
    size_t n = 0;

    for (int i = 0; i < CASES; i++) {
        char first[40];
        text_copy(first, sizeof first, names[i]);
        first[strcspn(first, " ")] = '\0';
        if (k->a.body.len > 0 && memmem(k->a.body.data, k->a.body.len, first, strlen(first)) != NULL)
            cell[n++] = letters[i];
    }
    if (n == 0)
        cell[n++] = '.';
    cell[n] = '\0';
}

static void ask_records(struct asking *k, const char *pattern, const int64_t id[CASES], char cell[8])
{
    char path[160];
    size_t n = 0;
    bool refused = true;

    for (int i = 0; i < CASES; i++) {
        path_with(pattern, id[i], path);
        ask(k, path, body_of(pattern));
        refused = refused && k->a.status == 403;
        if (k->a.status != 403 && k->a.status != 404)
            cell[n++] = letters[i];
    }
    if (n == 0)
        cell[n++] = refused ? '-' : '.';
    cell[n] = '\0';
}

static void ask_route(struct asking *k, const char *pattern, const struct cases *cases, char cell[8])
{
    char path[160];

    if (strncmp(pattern, "/requests/{id}", 14) == 0) {
        ask_records(k, pattern, cases->request, cell);
    } else if (strncmp(pattern, "/persons/{id}", 13) == 0) {
        ask_records(k, pattern, cases->person, cell);
    } else {
        path_with(pattern, 999999, path); /* of a record that is not there */
        ask(k, path, body_of(pattern));
        if (k->a.status == 403)
            text_copy(cell, 8, "-");
        else
            names_in(k, cell);
    }
}

/* ── The file ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct line {
    const char *method, *path;
    const char *cell[ROLES_ASKED];
    bool found;
};
struct matrix {
    struct line line[LINES];
    size_t n;
    char *text; /* that the lines point into */
};

static void read_matrix(struct matrix *m)
{
    bool there = access(MATRIX, R_OK) == 0;
    char *rest, *row;

    if (!there && getenv("PEIL_RIGHTS_WRITE") != NULL)
        return;
    if (!CHECK(there))
        return;
    m->text = strdup(test_read_file(MATRIX));
    for (row = strtok_r(m->text, "\n", &rest); row != NULL; row = strtok_r(NULL, "\n", &rest)) {
        char *at = row;
        if (row[0] == '#' || strncmp(row, "method,", 7) == 0)
            continue;
        if (!CHECK(m->n < LINES))
            return;
        struct line *l = &m->line[m->n++];
        l->method = strsep(&at, ",");
        l->path = strsep(&at, ",");
        for (int i = 0; i < ROLES_ASKED; i++)
            l->cell[i] = at != NULL ? strsep(&at, ",") : "";
        test_check(at == NULL, l->path != NULL ? l->path : row, 0, "one cell for each role");
    }
}

static bool same_route(const struct line *l, const struct route *r)
{
    size_t n = strcspn(l->path, "?");

    return text_is(l->method, r->method == METHOD_POST ? "POST" : "GET") && strlen(r->path) == n &&
           strncmp(l->path, r->path, n) == 0;
}

/* What is found, as the file: written when asked for. */
static void write_matrix(const struct matrix *m, char (*got)[ROLES_ASKED][8])
{
    const char *to = getenv("PEIL_RIGHTS_WRITE");
    FILE *f = to != NULL ? fopen(to, "w") : NULL;

    if (f == NULL)
        return;
    fputs("# SPDX-License-Identifier: EUPL-1.2\n"
          "# Who gets what: one line a route, one column a role. Run by tests/http/test_rights.c, which says "
          "what the "
          "letters mean:\n"
          "# - refused; . may be used, shows none of the residents; o own case, t own team, x other team, s "
          "sealed.\n"
          "method,path",
          f);
    for (int i = 0; i < ROLES_ASKED; i++)
        fprintf(f, ",%s", role_code((enum role)i));
    fputc('\n', f);
    for (size_t i = 0; i < m->n; i++) {
        fprintf(f, "%s,%s", m->line[i].method, m->line[i].path);
        for (int k = 0; k < ROLES_ASKED; k++)
            fprintf(f, ",%s", got[i][k]);
        fputc('\n', f);
    }
    fclose(f);
}

/* Routes that have no line yet get one, at the end. */
static void add_missing(struct matrix *m)
{
    size_t n;
    const struct route *r = route_all(&n);

    for (size_t i = 0; i < n; i++) {
        bool known = false;
        for (size_t k = 0; k < m->n; k++)
            if (same_route(&m->line[k], &r[i]))
                known = m->line[k].found = true;
        if (known)
            continue;
        if (getenv("PEIL_RIGHTS_STRICT") != NULL)
            test_check_str(r[i].path, "", MATRIX, 0, "no line for this route");
        if (m->n == LINES)
            return;
        m->line[m->n] =
            (struct line){ r[i].method == METHOD_POST ? "POST" : "GET", r[i].path, { NULL }, true };
        for (int k = 0; k < ROLES_ASKED; k++)
            m->line[m->n].cell[k] = "";
        m->n++;
    }
    for (size_t k = 0; k < m->n; k++)
        if (!m->line[k].found && getenv("PEIL_RIGHTS_STRICT") != NULL)
            test_check_str(m->line[k].path, "", MATRIX, 0, "no such route (any more)");
}

/* A register of its own for each role: what one role did must not change what the next one sees. */
static void ask_role(enum role role, const struct matrix *m, char (*got)[ROLES_ASKED][8])
{
    struct ctx *c = test_begin("2024-01-30");
    struct cases cases = { .team = { 0 } };
    struct site *site;

    build(c, &cases);
    struct site_as as = { .role = role, .team = cases.team[0], .worker = cases.worker[0] };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 5000, .workers = { 1, 2, 1 }, .loops = 1
    };
    if (!CHECK_INT(site_start(c, &opt, &http, &site), OK))
        return;
    struct asking k = { .port = http_port(site_http(site)) };
    for (int post = 0; post < 2; post++) /* first all looks, then all actions */
        for (size_t i = 0; i < m->n; i++) {
            k.post = text_is(m->line[i].method, "POST");
            if (k.post == (post == 1) && m->line[i].found)
                ask_route(&k, m->line[i].path, &cases, got[i][role]);
        }
    site_stop(site);
    client_free(&k.a);
    test_end(c);
}

TEST_LONG(rights_matrix_holds_in_every_cell)
{
    struct matrix *m = calloc(1, sizeof *m);
    char(*got)[ROLES_ASKED][8] = calloc(LINES, sizeof *got);

    read_matrix(m);
    add_missing(m);
    for (enum role role = ROLE_INTAKE; role < ROLE_SYSTEM; role++)
        ask_role(role, m, got);
    for (size_t i = 0; i < m->n; i++)
        for (int k = 0; k < ROLES_ASKED; k++) {
            char what[200];
            snprintf(what, sizeof what, "%s %s as %s", m->line[i].method, m->line[i].path,
                     role_code((enum role)k));
            if (getenv("PEIL_RIGHTS_WRITE") == NULL && m->line[i].found && m->line[i].cell[k][0] != '\0')
                test_check_str(got[i][k], m->line[i].cell[k], MATRIX, (int)i + 1, what);
        }
    for (size_t i = 0; i < m->n;
         i++) /* whatever the file says: the account manager never gets near a person */
        if (strncmp(m->line[i].path, "/persons/", 9) == 0 ||
            strncmp(m->line[i].path, "/requests/{id}", 14) == 0)
            test_check_str(got[i][ROLE_ACCOUNT_MANAGER], "-", MATRIX, (int)i + 1, m->line[i].path);
    write_matrix(m, got);
    free(got);
    free(m->text);
    free(m);
}
