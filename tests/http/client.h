// SPDX-License-Identifier: EUPL-1.2
/* A small HTTP client for the tests: loopback only, writes exactly the bytes it is given. */
#ifndef PEIL_TEST_HTTP_CLIENT_H
#define PEIL_TEST_HTTP_CLIENT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answer {
    int status;      /* 0: none came */
    struct buf head; /* status line and headers */
    struct buf body;
    bool closed; /* the server ended the connection after it */
};

int client_connect(int port); /* blocking; -1 when refused */
bool client_send(int fd, const void *data, size_t len);
bool client_text(int fd, const char *text);
/* Reads one answer (Content-Length, or until the end); false when none is complete within that time. What
 * follows it on the connection stays for the next call. */
bool client_read(int fd, struct answer *a, int timeout_ms, bool head_only);
/* True when the server ends the connection within that time without sending anything more. */
bool client_ends(int fd, int timeout_ms);
/* One request on a connection of its own; the connection is closed. */
bool client_ask(int port, const char *request, struct answer *a);
/* The value of a header, in a buffer that the next call uses again; NULL when absent. */
const char *client_header(struct answer *a, const char *name);
void client_free(struct answer *a);
int64_t client_now_us(void);

#endif
