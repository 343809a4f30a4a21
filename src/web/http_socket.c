// SPDX-License-Identifier: EUPL-1.2
#include "web/http_core.h"

#include "base/text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

/* "127.0.0.1:8080", "[::1]:8080", "*:8080", "localhost:8080" */
static enum err split(struct ctx *c, const char *listen_on, char host[128], char port[8])
{
    const char *colon = strrchr(listen_on, ':');
    int64_t number = -1;
    size_t len;

    if (colon == NULL || !text_to_int(colon + 1, &number) || number < 0 || number > 65535)
        return FAIL(E_REQUEST, _("Write an address as 127.0.0.1:8080, not as \"%s\"."), listen_on);
    len = (size_t)(colon - listen_on);
    if (len >= 2 && listen_on[0] == '[' && listen_on[len - 1] == ']') {
        listen_on++;
        len -= 2;
    }
    if (len >= 128)
        return FAIL(E_REQUEST, _("Write an address as 127.0.0.1:8080, not as \"%s\"."), listen_on);
    memcpy(host, listen_on, len);
    host[len] = '\0';
    snprintf(port, 8, "%d", (int)number);
    return OK;
}

static int open_socket(const struct addrinfo *ai, int port, bool share)
{
    struct sockaddr_storage at = { 0 };
    int on = 1, off = 0;
    int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return -1;
    memcpy(&at, ai->ai_addr, ai->ai_addrlen);
    if (at.ss_family == AF_INET6)
        ((struct sockaddr_in6 *)&at)->sin6_port = htons((uint16_t)port);
    else
        ((struct sockaddr_in *)&at)->sin_port = htons((uint16_t)port);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (share)
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (at.ss_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, (struct sockaddr *)&at, ai->ai_addrlen) != 0 || (share && listen(fd, BACKLOG) != 0)) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

static int port_of(int fd)
{
    struct sockaddr_in6 at = { 0 }; /* in both families the port stands at the same place */
    socklen_t len = sizeof at;

    if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        return 0;
    return ntohs(at.sin6_port);
}

/* First without SO_REUSEPORT: two servers on one port would silently share the visitors. This one never
 * listens, so that nobody connects to it in passing. */
static enum err open_all(struct ctx *c, struct http *h, const struct addrinfo *ai, int port)
{
    int probe = open_socket(ai, port, false);

    if (probe < 0)
        return FAIL(E_IO, _("We cannot listen on %s: %s"), h->opt.listen, strerror(errno));
    h->port = port_of(probe);
    close(probe);
    for (unsigned i = 0; i < h->n_loops; i++) {
        h->loop[i].listen_fd = open_socket(ai, h->port, true);
        if (h->loop[i].listen_fd < 0)
            return FAIL(E_IO, _("We cannot listen on %s: %s"), h->opt.listen, strerror(errno));
    }
    return OK;
}

enum err socket_listen(struct ctx *c, struct http *h)
{
    struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM },
                    *ai = NULL;
    char host[128], port[8];
    bool any, v6;

    TRY(split(c, h->opt.listen, host, port));
    any = host[0] == '\0' || strcmp(host, "*") == 0;
    if (getaddrinfo(any ? NULL : host, port, &hints, &ai) != 0)
        return FAIL(E_IO, _("We cannot listen on %s: %s"), h->opt.listen, _("unknown address"));
    int64_t number = 0;
    (void)text_to_int(port, &number);
    enum err e = open_all(c, h, ai, (int)number);
    freeaddrinfo(ai);
    TRY(e);
    v6 = strchr(host, ':') != NULL;
    snprintf(h->url, sizeof h->url, "%s://%s%.60s%s:%d", h->opt.tls_cert != NULL ? "https" : "http",
             v6 ? "[" : "", any ? "127.0.0.1" : host, v6 ? "]" : "", h->port);
    return OK;
}

static unsigned bucket_of(const unsigned char *bytes, size_t n)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (size_t i = 0; i < n; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return (hash ^ hash >> 16) % ADDRESS_BUCKETS;
}

void socket_describe(const struct sockaddr *sa, struct conn *to)
{
    static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
    unsigned char bytes[16] = { 0 };
    size_t n = 0;

    text_copy(to->address, sizeof to->address, "local");
    to->loopback = true;
    to->bucket = 0;
    if (sa == NULL)
        return;
    if (sa->sa_family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, n = 4);
    } else if (sa->sa_family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, n = 16);
        if (memcmp(bytes, mapped, 12) == 0)
            memmove(bytes, bytes + 12, n = 4);
    }
    if (n == 4) {
        inet_ntop(AF_INET, bytes, to->address, sizeof to->address);
        to->loopback = bytes[0] == 127;
        to->bucket = bucket_of(bytes, 4);
    } else if (n == 16) {
        inet_ntop(AF_INET6, bytes, to->address, sizeof to->address);
        to->loopback = memcmp(bytes, &in6addr_loopback, 16) == 0;
        to->bucket = bucket_of(bytes, 8); /* a /64 is one household or office */
    }
}
