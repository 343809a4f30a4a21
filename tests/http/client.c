// SPDX-License-Identifier: EUPL-1.2
#include "http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int64_t client_now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int client_connect(int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        return -1;
    }
    if (fd >= 0)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

bool client_send(int fd, const void *data, size_t len)
{
    const char *at = data;

    while (len > 0) {
        ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

bool client_text(int fd, const char *text)
{
    return client_send(fd, text, strlen(text));
}

/* Bytes that came; 0 at the end, -1 when nothing comes in time. */
static int more(int fd, int64_t until, char *to, size_t len, int flags)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    int64_t left = (until - client_now_us()) / 1000;

    if (poll(&p, 1, left > 0 ? (int)left : 0) <= 0)
        return -1;
    ssize_t n = recv(fd, to, len, flags);
    return n > 0 ? (int)n : 0;
}

const char *client_header(struct answer *a, const char *name)
{
    static char value[2048];
    size_t len = strlen(name);

    for (const char *line = buf_text(&a->head); (line = strstr(line, "\r\n")) != NULL;) {
        line += 2;
        if (strncasecmp(line, name, len) != 0 || line[len] != ':')
            continue;
        const char *from = line + len + 1 + strspn(line + len + 1, " ");
        size_t n = strcspn(from, "\r");
        if (n >= sizeof value)
            return NULL;
        memcpy(value, from, n);
        value[n] = '\0';
        return value;
    }
    return NULL;
}

/* Looks before it takes: what follows the head stays on the connection. */
static bool read_head(int fd, struct answer *a, int64_t until)
{
    char part[4096];
    bool whole = false;

    while (!whole && a->head.len < 32768) {
        int n = more(fd, until, part, sizeof part, MSG_PEEK);
        size_t before = a->head.len, take;
        if (n <= 0)
            return false;
        buf_put(&a->head, part, (size_t)n);
        const char *end = memmem(a->head.data, a->head.len, "\r\n\r\n", 4);
        whole = end != NULL;
        if (whole)
            a->head.len = (size_t)(end + 4 - a->head.data);
        take = a->head.len - before;
        if (recv(fd, part, take, 0) != (ssize_t)take)
            return false;
    }
    if (!whole || strncmp(a->head.data, "HTTP/1.1 ", 9) != 0)
        return false;
    a->status = (int)strtol(buf_text(&a->head) + 9, NULL, 10);
    return true;
}

bool client_read(int fd, struct answer *a, int timeout_ms, bool head_only)
{
    int64_t until = client_now_us() + (int64_t)timeout_ms * 1000;
    char part[16384];
    int n = 1;

    buf_clear(&a->head);
    buf_clear(&a->body);
    a->status = 0;
    a->closed = false;
    do {
        buf_clear(&a->head);
        if (!read_head(fd, a, until))
            return false;
    } while (a->status == 100);
    const char *text = client_header(a, "Content-Length");
    size_t length = text != NULL ? (size_t)strtoull(text, NULL, 10) : SIZE_MAX;
    if (head_only || a->status == 304 || a->status == 204)
        length = 0;
    while (a->body.len < length && n > 0) {
        size_t want = length - a->body.len < sizeof part ? length - a->body.len : sizeof part;
        n = more(fd, until, part, want, 0);
        if (n > 0)
            buf_put(&a->body, part, (size_t)n);
    }
    text = client_header(a, "Connection");
    a->closed = text != NULL && strcasecmp(text, "close") == 0;
    return n >= 0 && (length == SIZE_MAX || a->body.len == length);
}

bool client_ends(int fd, int timeout_ms)
{
    char byte;

    return more(fd, client_now_us() + (int64_t)timeout_ms * 1000, &byte, 1, 0) == 0;
}

bool client_ask(int port, const char *request, struct answer *a)
{
    int fd = client_connect(port);
    bool ok =
        fd >= 0 && client_text(fd, request) && client_read(fd, a, 120000, strncmp(request, "HEAD ", 5) == 0);

    if (fd >= 0)
        close(fd);
    return ok;
}

void client_free(struct answer *a)
{
    buf_free(&a->head);
    buf_free(&a->body);
}
