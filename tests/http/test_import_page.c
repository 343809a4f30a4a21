// SPDX-License-Identifier: EUPL-1.2
/* Files through the browser: tried, imported, refused; who may, how large, and how many at once. */
#include "base/buf.h"
#include "base/text.h"
#include "http/page.h"
#include "register/config.h"
#include "register/phone.h"
#include "unit/test.h"
#include "web/kept_file.h"
#include "web/site.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void get(int port, const char *path, struct answer *a)
{
    struct buf b = { 0 };

    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
    CHECK(client_ask(port, buf_text(&b), a));
    buf_free(&b);
}

struct form {
    const char *step, *mapping, *kept, *content; /* NULL: absent */
};

static void field(struct buf *b, const char *name, const char *value)
{
    if (value != NULL)
        buf_printf(b, "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name, value);
}

static void request(const struct form *f, struct buf *out)
{
    struct buf body = { 0 };

    field(&body, "step", f->step);
    field(&body, "mapping", f->mapping);
    field(&body, "kept", f->kept);
    if (f->content != NULL)
        buf_printf(&body,
                   "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"januari.csv\"\r\n"
                   "Content-Type: text/csv\r\n\r\n%s\r\n",
                   f->content);
    buf_lit(&body, "--B--\r\n");
    buf_printf(out,
               "POST /import HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=B\r\n"
               "Content-Length: %zu\r\n\r\n",
               body.len);
    buf_put(out, body.data, body.len);
    buf_free(&body);
}

static void post(int port, const struct form *f, struct answer *a)
{
    struct buf b = { 0 };

    request(f, &b);
    CHECK(client_ask(port, buf_text(&b), a));
    buf_free(&b);
}

static const char calls[] = "nummer;binnengekomen;opgenomen\n"
                            "1;02-01-2024 09:03:00;02-01-2024 09:03:20\n"
                            "2;02-01-2024 09:04:00;\n"
                            "3;33-01-2024 09:04:00;\n";

static int64_t offered(struct ctx *c)
{
    struct phone_day d;

    CHECK_INT(phone_day_get(c, date_from_civil(2024, 1, 2), &d), OK);
    return d.sum.offered;
}

TEST(import_page_tries_first_and_then_imports_the_same_file)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    post(port, &(struct form){ .step = "dry", .content = calls }, &a);
    CHECK_INT(a.status, 200);
    page_says(&a, "januari.csv is geprobeerd: er is nog niets bewaard.");
    page_says(&a, "Nieuwe oproepen: 2");
    page_says(&a, "Regel 4, kolom binnengekomen");
    page_says(&a, "name=\"kept\" value=\"1\"");
    CHECK_INT(offered(c), 0);
    get(port, "/import/1/rejects", &a);
    CHECK_INT(a.status, 200);
    page_says(&a, "line,column,reason\n4,binnengekomen,");
    post(port, &(struct form){ .step = "add", .kept = "1" }, &a);
    CHECK_INT(a.status, 303);
    CHECK_STR(client_header(&a, "Location"), "/import?done=imported&kept=1");
    CHECK_INT(offered(c), 2);
    get(port, "/import?done=imported&kept=1", &a);
    page_says(&a, "Het bestand is ingelezen.");
    page_says(&a, "januari.csv");
    page_says(&a, "/import/1/rejects");
    post(port, &(struct form){ .step = "add", .content = calls }, &a); /* again adds nothing */
    CHECK_INT(a.status, 303);
    CHECK_INT(offered(c), 2);
    get(port, "/import?format=csv", &a);
    CHECK_INT(a.status, 403); /* to take the list out is a right of its own */
    client_free(&a);
    site_stop(site);
    test_end(c);
}

/* A name that is new here may be a slip of the pen: it is told before anything is kept. */
TEST(import_page_tells_new_names)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int64_t team;
    int port = page_begin(c, ROLE_INTAKE, &site);

    CHECK_INT(team_find_or_add(c, "Team Noord", &team), OK);
    post(port,
         &(struct form){ .step = "dry",
                         .content = "nummer;ontvangen;team;wijk\n1;02-01-2024;Team Nord;Fonkel\n" },
         &a);
    CHECK_INT(a.status, 200);
    page_says(&a, "Nieuwe teams: Team Nord (is dat Team Noord?)");
    page_says(&a, "Nieuwe wijken: Fonkel");
    client_free(&a);
    site_stop(site);
    test_end(c);
}

TEST(import_page_says_what_is_wrong_with_a_file)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    post(port, &(struct form){ .step = "dry" }, &a);
    CHECK_INT(a.status, 422);
    page_says(&a, "Kies een bestand.");
    post(port, &(struct form){ .step = "dry", .content = "kleur;maat\nrood;3\n" }, &a);
    CHECK_INT(a.status, 422);
    page_says(&a, "zijn hier niet bekend");
    post(port, &(struct form){ .step = "dry", .content = "kleur;maat\nrood;3\n", .mapping = "phone" }, &a);
    CHECK_INT(a.status, 422);
    page_says(&a, "binnengekomen");
    post(port, &(struct form){ .step = "dry", .content = calls, .mapping = "/etc/passwd" }, &a);
    CHECK_INT(a.status, 200); /* only names of ours are a mapping */
    post(port, &(struct form){ .step = "add", .content = "nummer;binnengekomen\n1;gisteren\n" }, &a);
    CHECK_INT(a.status, 422); /* not one line */
    page_says(&a, "Regel 2");
    post(port, &(struct form){ .step = "add", .kept = "99" }, &a);
    CHECK_INT(a.status, 422);
    page_says(&a, "Kies het opnieuw.");
    post(port, &(struct form){ .step = "dry", .content = "PK\003\004xxxx" }, &a);
    CHECK_INT(a.status, 422);
    page_says(&a, "Excel");
    get(port, "/import/99/rejects", &a);
    CHECK_INT(a.status, 404);
    CHECK_INT(offered(c), 0);
    client_free(&a);
    site_stop(site);
    test_end(c);
}

/* What a file does in one go needs the same right as doing it one by one. */
TEST(import_page_is_for_who_may)
{
    static const struct {
        enum role role;
        int calls, survey;
    } who[] = {
        { ROLE_INTAKE, 200, 200 },
        { ROLE_QUALITY, 403, 200 },
        { ROLE_SOCIAL_WORKER, 403, 403 },
        { ROLE_ADMIN, 403, 403 },
    };

    for (size_t i = 0; i < COUNT(who); i++) {
        struct ctx *c = test_begin("2024-01-03");
        struct answer a = { 0 };
        struct site *site;
        int port = page_begin(c, who[i].role, &site);
        post(port, &(struct form){ .step = "dry", .content = calls }, &a);
        CHECK_INT(a.status, who[i].calls);
        post(port, &(struct form){ .step = "dry", .content = "lijst;datum;getal\nervaring;02-01-2024;8\n" },
             &a);
        CHECK_INT(a.status, who[i].survey);
        client_free(&a);
        site_stop(site);
        test_end(c);
    }
}

/* Says that a body of this length comes, and sends none of it. */
static int announce(int port, const char *path, int length)
{
    char head[200];
    int fd = client_connect(port);

    snprintf(head, sizeof head,
             "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=B\r\n"
             "Content-Length: %d\r\n\r\n",
             path, length);
    CHECK(client_text(fd, head));
    return fd;
}

static int status_of(int fd)
{
    struct answer a = { 0 };

    client_read(fd, &a, 60000, false);
    int status = a.status;
    client_free(&a);
    return status;
}

/* A file over the limit of other forms comes in here and nowhere else. */
TEST(import_page_takes_large_files)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site), fd;
    struct buf b = { 0 };

    buf_str(&b, "nummer;binnengekomen;opmerking\n"); /* large by a column that nobody reads */
    for (int i = 0; i < 60; i++)
        buf_printf(&b, "%d;02-01-2024 09:%02d:00;%020000d\n", i, i, 0);
    post(port, &(struct form){ .step = "dry", .content = buf_text(&b) }, &a);
    CHECK_INT(a.status, 200);
    page_says(&a, "Nieuwe oproepen: 60");
    fd = announce(port, "/phone", 2 << 20);
    CHECK_INT(status_of(fd), 413);
    close(fd);
    fd = announce(port, "/import", SITE_UPLOAD + 1);
    CHECK_INT(status_of(fd), 413);
    close(fd);
    buf_free(&b);
    client_free(&a);
    site_stop(site);
    test_end(c);
}

/* Of three that announce a large one, two have a place and one is asked to come back. */
TEST(import_page_takes_two_large_files_at_a_time)
{
    struct ctx *c = test_begin("2024-01-03");
    struct answer a = { 0 };
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);
    struct pollfd fd[HTTP_LARGE + 1];

    for (int i = 0; i <= HTTP_LARGE; i++)
        fd[i] = (struct pollfd){ .fd = announce(port, "/import", SITE_UPLOAD), .events = POLLIN };
    CHECK_INT(poll(fd, HTTP_LARGE + 1, 60000), 1);
    for (int i = 0; i <= HTTP_LARGE; i++)
        if (fd[i].revents != 0)
            CHECK_INT(status_of(fd[i].fd), 503);
    post(port, &(struct form){ .step = "dry", .content = calls }, &a); /* a small one needs no place */
    CHECK_INT(a.status, 200);
    for (int i = 0; i <= HTTP_LARGE; i++)
        close(fd[i].fd);
    client_free(&a);
    site_stop(site);
    test_end(c);
}

/* Places come free when the server sees that who had them hung up. */
TEST(import_page_gives_places_back)
{
    struct ctx *c = test_begin("2024-01-03");
    struct site *site;
    int port = page_begin(c, ROLE_INTAKE, &site);

    for (int i = 0; i < 3 * HTTP_LARGE; i++) {
        int status = 503;
        for (int tries = 0; tries < 600 && status == 503; tries++) {
            int fd = announce(port, "/import", SITE_UPLOAD);
            struct pollfd p = { .fd = fd, .events = POLLIN };
            status = poll(&p, 1, 200) == 1 ? status_of(fd) : 0; /* 0: it waits for the file */
            close(fd);
        }
        CHECK_INT(status, 0);
    }
    site_stop(site);
    test_end(c);
}

TEST(kept_files_are_of_one_account_for_a_quarter_of_an_hour)
{
    struct ctx *c = test_begin("2024-01-03");
    struct kept_files *k = kept_files_make(c->arena);
    struct req_file f = { .field = "file", .name = "a.csv", .data = "1234", .len = 4 }, got;
    struct actor one = *c->actor, two = *c->actor;
    int64_t number, other;

    one.account = 1;
    two.account = 2;
    c->actor = &one;
    CHECK_INT(kept_file_put(c, k, &f, &number), OK);
    c->actor = &two;
    CHECK_INT(kept_file_get(c, k, number, &got), E_NOT_FOUND);
    CHECK_INT(kept_file_put(c, k, &f, &other), OK);
    c->actor = &one;
    if (CHECK_INT(kept_file_get(c, k, number, &got), OK)) {
        CHECK_STR(got.name, "a.csv");
        CHECK(got.len == 4 && memcmp(got.data, "1234", 4) == 0);
    }
    CHECK_INT(kept_file_put(c, k, &f, &other), OK); /* the next one takes its place */
    CHECK_INT(kept_file_get(c, k, number, &got), E_NOT_FOUND);
    ctx_set_now(c, c->now + KEPT_SECONDS + 1);
    CHECK_INT(kept_file_get(c, k, other, &got), E_NOT_FOUND);
    err_clear(c);
    kept_files_free(k);
    test_end(c);
}
