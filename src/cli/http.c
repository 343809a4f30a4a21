// SPDX-License-Identifier: EUPL-1.2
/* peil http REGISTER --as ROLE < request: one request as text from standard input, through the real server
 * and dispatcher, the answer on standard output. What makes typing easier is filled in: line ends, HTTP/1.1,
 * Host, the length and type of a form. The forged-form check does not ask for a token that nobody gave this
 * command (a wrong one is refused). */
#include "base/buf.h"
#include "base/text.h"
#include "cli/cli.h"
#include "register/config.h"
#include "web/site.h"

#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INPUT_MAX = 16 << 20 };

/* The head is what comes before the first empty line, with either kind of line end. */
static size_t head_length(const char *text, size_t *ret_body)
{
    const char *line = text;

    for (;;) {
        size_t n = strcspn(line, "\n");
        size_t len = n > 0 && line[n - 1] == '\r' ? n - 1 : n;
        if (len == 0 || line[n] == '\0') {
            *ret_body = (size_t)(line - text) + n + (line[n] == '\n');
            return (size_t)(line - text) + (len == 0 ? 0 : n);
        }
        line += n + 1;
    }
}

static bool has_header(const struct buf *head, const char *name)
{
    const char *end = head->data + head->len;
    size_t n = strlen(name);

    for (const char *line = head->data; line != NULL && line < end;
         line = memchr(line, '\n', (size_t)(end - line))) {
        line += *line == '\n';
        if ((size_t)(end - line) > n && strncasecmp(line, name, n) == 0 && line[n] == ':')
            return true;
    }
    return false;
}

static void complete(struct buf *out, const char *text, size_t len)
{
    size_t body, head = head_length(text, &body);
    bool first = true;

    for (size_t i = 0; i < head;) {
        size_t n = strcspn(text + i, "\n"), line = n > 0 && text[i + n - 1] == '\r' ? n - 1 : n;
        buf_put(out, text + i, line);
        if (first && memmem(text + i, line, " HTTP/", 6) == NULL)
            buf_lit(out, " HTTP/1.1");
        buf_lit(out, "\r\n");
        first = false;
        i += n + 1;
    }
    len = len > body ? len - body : 0;
    if (!has_header(out, "Host"))
        buf_lit(out, "Host: localhost\r\n");
    if (len > 0 && !has_header(out, "Content-Length") && !has_header(out, "Transfer-Encoding")) {
        if (text[body + len - 1] == '\n' && !has_header(out, "Content-Type"))
            len--; /* the line end that closes a typed form */
        buf_printf(out, "Content-Length: %zu\r\n", len);
    }
    if (len > 0 && !has_header(out, "Content-Type"))
        buf_lit(out, "Content-Type: application/x-www-form-urlencoded\r\n");
    buf_lit(out, "\r\n");
    buf_put(out, text + body, len);
}

static enum err read_input(struct ctx *c, struct buf *ret_text)
{
    char part[65536];
    size_t n;

    while ((n = fread(part, 1, sizeof part, stdin)) > 0 && ret_text->len < INPUT_MAX)
        buf_put(ret_text, part, n);
    if (ret_text->failed || ferror(stdin))
        return FAIL(E_IO, "%s", _("The request could not be read."));
    if (ret_text->len == 0)
        return FAIL(E_REQUEST, "%s", _("There is no request on standard input."));
    return OK;
}

/* Sends the request and copies everything that comes back. */
static enum err exchange(struct ctx *c, int fd, const struct buf *request)
{
    size_t sent = 0, got = 0;
    char part[65536];
    ssize_t n = 1;

    while (n > 0 && sent < request->len) {
        n = send(fd, request->data + sent, request->len - sent, MSG_NOSIGNAL);
        sent += n > 0 ? (size_t)n : 0;
    }
    while ((n = recv(fd, part, sizeof part, 0)) > 0)
        got += fwrite(part, 1, (size_t)n, stdout);
    if (got == 0)
        return FAIL(E_REQUEST, "%s", _("The server ended the connection without an answer."));
    return OK;
}

/* --as ROLE, with the first team of the register unless --team says which. */
static enum err read_role(struct cli *k, struct site_as *as)
{
    struct ctx *c = &k->c;
    const char *role = cli_option(k, "--as"), *team = cli_option(k, "--team"),
               *worker = cli_option(k, "--worker");
    const struct config *config;

    TRY(config_get(c, &config));
    *as = (struct site_as){ .team = config->teams > 0 ? config->team[0].id : INT_NONE, .worker = INT_NONE };
    if (!role_find(role, &as->role))
        return FAIL(E_METHOD, _("--as must name a role, such as team_lead, not \"%s\"."), role);
    if ((team != NULL && !text_to_int(team, &as->team)) ||
        (worker != NULL && !text_to_int(worker, &as->worker)))
        return FAIL(E_METHOD, "%s", _("--team and --worker are numbers."));
    return OK;
}

static enum err ask(struct ctx *c, struct site *site, const struct buf *request)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return FAIL(E_IO, "socketpair");
    enum err e = http_adopt(c, site_http(site), pair[1]);
    if (e == OK)
        e = exchange(c, pair[0], request);
    close(pair[0]);
    return e;
}

COMMAND(http)
{
    struct ctx *c = &k->c;
    struct http_options http = {
        .once = true, .loops = 1, .workers = { 1, 1, 1 }, .clock_shift = k->clock_shift
    };
    struct site_as as;
    struct buf typed = { 0 }, request = { 0 };
    struct site *site = NULL;

    if (k->args > 0 || cli_option(k, "--as") == NULL)
        return cli_usage(k);
    TRY(cli_open(k, false));
    TRY(read_role(k, &as));
    struct site_options opt = { .store = k->store, .as = &as, .quiet = true };
    enum err e = read_input(c, &typed);
    if (e == OK)
        complete(&request, buf_text(&typed), typed.len);
    if (e == OK)
        e = site_start(c, &opt, &http, &site);
    if (e == OK)
        e = ask(c, site, &request);
    site_stop(site);
    buf_free(&typed);
    buf_free(&request);
    return e;
}
