// SPDX-License-Identifier: EUPL-1.2
#include "crash/client.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void client_init(struct client *k, int port)
{
    *k = (struct client){ .port = port, .fd = -1 };
}

void client_close(struct client *k)
{
    if (k->fd >= 0)
        close(k->fd);
    k->fd = -1;
    buf_free(&k->in);
}

static bool hook_up(struct client *k)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)k->port) };
    int on = 1;

    if (k->fd >= 0)
        return true;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    k->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (k->fd < 0)
        return false;
    setsockopt(k->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(k->fd, (const struct sockaddr *)&to, sizeof to) == 0)
        return true;
    close(k->fd);
    k->fd = -1;
    return false;
}

/* The text between `before` and `after`, or false. */
static bool between(const char *in, const char *before, const char *after, char *to, size_t size)
{
    const char *from = strstr(in, before);
    const char *until = from != NULL ? strstr(from + strlen(before), after) : NULL;

    if (until == NULL)
        return false;
    from += strlen(before);
    size_t len = (size_t)(until - from);
    if (len >= size)
        return false;
    memcpy(to, from, len);
    to[len] = '\0';
    return true;
}

static bool receive(struct client *k)
{
    char part[16384], number[20];
    size_t whole = 0;
    int64_t length = 0;

    buf_clear(&k->in);
    do {
        ssize_t n = recv(k->fd, part, sizeof part, 0);
        if (n <= 0)
            return false;
        buf_put(&k->in, part, (size_t)n);
        const char *end = strstr(buf_text(&k->in), "\r\n\r\n");
        if (whole == 0 && end != NULL) {
            if (!between(k->in.data, "Content-Length: ", "\r\n", number, sizeof number) ||
                !text_to_int(number, &length))
                length = 0;
            whole = (size_t)(end - k->in.data) + 4 + (size_t)length;
        }
    } while (whole == 0 || k->in.len < whole);
    return true;
}

/* Sends and reads; a server that is killed answers 0, never half. */
static int exchange(struct client *k, const struct buf *out)
{
    int64_t status;
    char number[4] = "";

    k->location[0] = '\0';
    if (!hook_up(k) || send(k->fd, out->data, out->len, MSG_NOSIGNAL) != (ssize_t)out->len || !receive(k)) {
        if (k->fd >= 0)
            close(k->fd);
        k->fd = -1;
        return 0;
    }
    const char *in = buf_text(&k->in);
    between(in, "Set-Cookie: ", ";", k->cookie, sizeof k->cookie);
    between(in, "name=\"csrf\" value=\"", "\"", k->csrf, sizeof k->csrf);
    between(in, "Location: ", "\r\n", k->location, sizeof k->location);
    if (strstr(in, "Connection: close") != NULL) {
        close(k->fd);
        k->fd = -1;
    }
    memcpy(number, in + 9, 3);
    return text_to_int(number, &status) ? (int)status : 0;
}

static void head(const struct client *k, struct buf *out, const char *method, const char *path)
{
    buf_printf(out, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", method, path, k->port);
    if (k->cookie[0] != '\0')
        buf_printf(out, "Cookie: %s\r\n", k->cookie);
}

int client_get(struct client *k, const char *path)
{
    struct buf out = { NULL, 0, 0, false };

    head(k, &out, "GET", path);
    buf_lit(&out, "\r\n");
    int status = exchange(k, &out);
    buf_free(&out);
    return status;
}

int client_post(struct client *k, const char *path, const char *form)
{
    struct buf out = { NULL, 0, 0, false }, body = { NULL, 0, 0, false };

    buf_lit(&body, "csrf=");
    buf_url_part(&body, k->csrf);
    buf_char(&body, '&');
    buf_str(&body, form);
    head(k, &out, "POST", path);
    buf_printf(&out,
               "Content-Type: application/x-www-form-urlencoded\r\nOrigin: "
               "http://127.0.0.1:%d\r\nContent-Length: %zu\r\n\r\n",
               k->port, body.len);
    buf_put(&out, body.data, body.len);
    int status = exchange(k, &out);
    buf_free(&out);
    buf_free(&body);
    return status;
}

bool client_login(struct client *k, const char *login, const char *password)
{
    struct buf form = { NULL, 0, 0, false };

    if (client_get(k, "/login") != 200)
        return false;
    buf_lit(&form, "login=");
    buf_url_part(&form, login);
    buf_lit(&form, "&password=");
    buf_url_part(&form, password);
    int status = client_post(k, "/login", buf_text(&form));
    buf_free(&form);
    return status == 303 && client_get(k, "/requests/new") == 200;
}
