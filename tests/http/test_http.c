// SPDX-License-Identifier: EUPL-1.2
/* The server doing its ordinary work. tests/http/test_abuse.c does the rest. */
#include "http/client.h"
#include "http/server.h"
#include "unit/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

TEST(http_answers_and_keeps_the_connection)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };

    server_begin(c, &s, NULL);
    int fd = client_connect(s.port);
    for (int i = 0; i < 3; i++) {
        CHECK(client_text(fd, "GET /hello?x=1 HTTP/1.1\r\nHost: here\r\n\r\n"));
        CHECK(client_read(fd, &a, 2000, false));
        CHECK_INT(a.status, 200);
        CHECK_INT((int64_t)a.body.len, 1024);
        CHECK(!a.closed);
    }
    CHECK(client_header(&a, "Date") != NULL);
    CHECK_STR(client_header(&a, "Content-Type"), "text/html; charset=utf-8");
    close(fd);
    server_end(&s);
    client_free(&a);
}

TEST(http_security_headers_are_on_every_answer)
{
    static const char *const requests[] = {
        "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /go HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /static/x HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /hello%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n",
    };
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };

    server_begin(c, &s, NULL);
    for (size_t i = 0; i < COUNT(requests); i++) {
        CHECK(client_ask(s.port, requests[i], &a));
        CHECK_STR(
            client_header(&a, "Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        CHECK_STR(client_header(&a, "X-Content-Type-Options"), "nosniff");
        CHECK_STR(client_header(&a, "Referrer-Policy"), "same-origin");
        CHECK_STR(client_header(&a, "Cross-Origin-Opener-Policy"), "same-origin");
        CHECK_STR(client_header(&a, "Cross-Origin-Resource-Policy"), "same-origin");
        CHECK(client_header(&a, "Permissions-Policy") != NULL);
        CHECK_STR(client_header(&a, "Cache-Control"), "no-store");
        CHECK(client_header(&a, "Strict-Transport-Security") == NULL);
    }
    server_end(&s);
    client_free(&a);
}

TEST(http_head_is_get_without_body)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };

    server_begin(c, &s, NULL);
    int fd = client_connect(s.port);
    client_text(fd, "HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client_read(fd, &a, 2000, true));
    CHECK_STR(client_header(&a, "Content-Length"), "1024");
    client_text(fd, "GET /empty HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client_read(fd, &a, 2000, false));
    CHECK_INT(a.status, 204);
    client_text(fd, "GET /go HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client_read(fd, &a, 2000, false));
    CHECK_INT(a.status, 303);
    CHECK_STR(client_header(&a, "Location"), "/hello?id=7");
    close(fd);
    server_end(&s);
    client_free(&a);
}

TEST(http_takes_bodies_of_both_kinds)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };

    server_begin(c, &s, NULL);
    CHECK(client_ask(s.port, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", &a));
    CHECK_STR(buf_text(&a.body), "hello");
    CHECK(!a.closed);
    int fd = client_connect(s.port);
    client_text(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    client_text(fd, "2\r\nde\r\n0\r\n\r\n");
    CHECK(client_read(fd, &a, 2000, false));
    CHECK_STR(buf_text(&a.body), "abcde");
    CHECK(client_ends(fd, 1000)); /* nothing follows a chunked request */
    close(fd);
    fd = client_connect(s.port);
    client_text(fd, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    usleep(20000);
    client_text(fd, "ok");
    CHECK(client_read(fd, &a, 2000, false));
    CHECK_STR(buf_text(&a.body), "ok");
    close(fd);
    server_end(&s);
    client_free(&a);
}

TEST(http_answers_pipelined_requests_in_order)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };

    server_begin(c, &s, NULL);
    int fd = client_connect(s.port);
    client_text(fd, "GET /slow?ms=30 HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: "
                    "a\r\nContent-Length: 2\r\n\r\n"
                    "hiGET /static/a HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client_read(fd, &a, 2000, false));
    CHECK_STR(buf_text(&a.body), "done");
    CHECK(client_read(fd, &a, 2000, false));
    CHECK_STR(buf_text(&a.body), "hi");
    CHECK(client_read(fd, &a, 2000, false));
    CHECK_STR(buf_text(&a.body), "p{}");
    close(fd);
    server_end(&s);
    client_free(&a);
}

TEST(http_sends_large_answers_whole)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };

    server_begin(c, &s, NULL);
    CHECK(client_ask(s.port, "GET /big?kb=5000 HTTP/1.1\r\nHost: a\r\n\r\n", &a));
    CHECK_INT((int64_t)a.body.len, 5000 * 1024);
    CHECK(a.body.data != NULL && a.body.data[5000 * 1024 - 1] == 'a' + (5000 * 1024 - 1) % 26);
    server_end(&s);
    client_free(&a);
}

TEST(http_believes_a_proxy_only_when_told)
{
    static const char request[] = "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n"
                                  "X-Forwarded-Proto: https\r\n\r\n";
    static const char nonsense[] = "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: <script>\r\n\r\n";
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };

    server_begin(c, &s, NULL);
    CHECK(client_ask(s.port, request, &a));
    CHECK_STR(buf_text(&a.body), "127.0.0.1 http");
    server_end(&s);
    server_begin(c, &s, &(struct http_options){ .behind_proxy = true });
    CHECK(client_ask(s.port, request, &a));
    CHECK_STR(buf_text(&a.body), "203.0.113.9 https");
    CHECK(client_header(&a, "Strict-Transport-Security") != NULL);
    CHECK(client_ask(s.port, nonsense, &a));
    CHECK_STR(buf_text(&a.body), "127.0.0.1 http");
    server_end(&s);
    client_free(&a);
}

TEST(http_refuses_an_address_in_use)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct http *second = NULL;
    char listen_on[32];

    server_begin(c, &s, NULL);
    snprintf(listen_on, sizeof listen_on, "127.0.0.1:%d", s.port);
    CHECK_INT(http_start(c, &(struct http_options){ .listen = listen_on }, &second), E_IO);
    CHECK(strstr(c->err.text, listen_on) != NULL);
    err_clear(c);
    CHECK_INT(http_start(c, &(struct http_options){ .listen = "nowhere" }, &second), E_REQUEST);
    err_clear(c);
    CHECK_INT(http_start(c, &(struct http_options){ .listen = "127.0.0.1:99999" }, &second), E_REQUEST);
    server_end(&s);
}

TEST(http_starts_and_stops_quickly)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };
    int files = open_files();
    int64_t begin = client_now_us();

    server_begin(c, &s, NULL);
    CHECK(client_ask(s.port, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", &a));
    CHECK(client_now_us() - begin < 100000);
    int idle = client_connect(s.port);
    usleep(20000);
    begin = client_now_us();
    server_end(&s);
    CHECK(client_now_us() - begin < 500000);
    close(idle);
    CHECK_INT(open_files(), files);
    client_free(&a);
}

static void *stop_later(void *arg)
{
    struct test_server *s = arg;

    usleep(50000);
    server_end(s);
    return NULL;
}

TEST(http_stop_lets_running_requests_finish)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };
    pthread_t stopper;

    server_begin(c, &s, NULL);
    int fd = client_connect(s.port), port = s.port;
    client_text(fd, "GET /slow?ms=1000 HTTP/1.1\r\nHost: a\r\n\r\n");
    pthread_create(&stopper, NULL, stop_later, &s);
    int more = client_connect(port);
    for (int i = 0; i < 80 && more >= 0; i++) { /* the stop comes while the request is running */
        close(more);
        usleep(10000);
        more = client_connect(port);
    }
    CHECK_INT(more, -1); /* nothing new comes in */
    CHECK(client_read(fd, &a, 3000, false));
    CHECK_STR(buf_text(&a.body), "done");
    CHECK(a.closed);
    close(fd);
    pthread_join(stopper, NULL);
    client_free(&a);
}

TEST(http_adopts_a_socket)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    struct answer a = { 0 };
    int pair[2];

    server_begin(c, &s, &(struct http_options){ .once = true });
    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    CHECK_INT(http_adopt(c, s.http, pair[1]), OK);
    client_text(pair[0], "GET /who HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client_read(pair[0], &a, 2000, false));
    CHECK_STR(buf_text(&a.body), "local http");
    CHECK(a.closed && client_ends(pair[0], 1000));
    close(pair[0]);
    server_end(&s);
    client_free(&a);
}

/* The first line of what a program prints; skips the test when it prints nothing. */
static void output_of(const char *command, char line[256])
{
    FILE *f = popen(command, "r");

    line[0] = '\0';
    if (f == NULL || fgets(line, 256, f) == NULL)
        line[0] = '\0';
    if (f != NULL)
        pclose(f);
}

static void make_certificate(const char *folder)
{
    char command[512], line[256];

    snprintf(command, sizeof command,
             "cd %s && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "
             "/CN=localhost "
             "-keyout key.pem -out cert.pem -days 2 2>/dev/null && command -v curl",
             folder);
    output_of(command, line);
    if (line[0] == '\0')
        test_skip("no openssl or no curl");
}

TEST(http_speaks_tls)
{
    struct ctx *c = test_begin_bare();
    struct test_server s;
    char folder[] = "/tmp/peil-tls-XXXXXX", path[64], command[256], line[256];

    CHECK(mkdtemp(folder) != NULL);
    make_certificate(folder);
    snprintf(path, sizeof path, "%s/cert.pem", folder);
    const char *cert = test_read_file(path);
    snprintf(path, sizeof path, "%s/key.pem", folder);
    server_begin(c, &s, &(struct http_options){ .tls_cert = cert, .tls_key = test_read_file(path) });
    CHECK(strncmp(http_url(s.http), "https://", 8) == 0);
    snprintf(command, sizeof command,
             "curl -sk --max-time 5 -o /dev/null -w '%%{http_code} %%{size_download} "
             "%%header{strict-transport-security}' "
             "https://127.0.0.1:%d/big?kb=2000",
             s.port);
    output_of(command, line);
    CHECK_STR(line, "200 2048000 max-age=31536000");
    snprintf(command, sizeof command, "curl -sk --max-time 5 https://127.0.0.1:%d/who", s.port);
    output_of(command, line);
    CHECK_STR(line, "127.0.0.1 https");
    server_end(&s);
    CHECK_INT(http_start(c,
                         &(struct http_options){ .listen = "127.0.0.1:0", .tls_cert = "no", .tls_key = "no" },
                         &s.http),
              E_IO);
    snprintf(command, sizeof command, "rm -r %s; echo", folder);
    output_of(command, line);
}
