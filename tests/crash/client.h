// SPDX-License-Identifier: EUPL-1.2
/* The smallest browser that can log in and send a form: one kept connection to 127.0.0.1, cookies, the CSRF
 * token of the last page. For load in tests. */
#ifndef PEIL_CRASH_CLIENT_H
#define PEIL_CRASH_CLIENT_H

#include "base/buf.h"

struct client {
    int port, fd; /* fd -1: not connected */
    char cookie[400], csrf[200];
    char location[200]; /* of the last redirect, or "" */
    struct buf in;      /* last answer: headers and body */
};

void client_init(struct client *k, int port);
void client_close(struct client *k);
/* Status of the answer, or 0 when the server did not answer (the connection is closed then). Takes over
 * cookie and token. */
int client_get(struct client *k, const char *path);
/* `form` without the token, urlencoded; the token is added. */
int client_post(struct client *k, const char *path, const char *form);
/* Logs in and leaves the client on a page with a token for forms; false when that fails. */
bool client_login(struct client *k, const char *login, const char *password);

#endif
