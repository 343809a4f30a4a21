// SPDX-License-Identifier: EUPL-1.2
/* The real server in this process on a free port, with a few handlers that do what a test needs:
 *   /hello      1,024 bytes          /page       9,600 bytes        /slow?ms=N   waits on its worker
 *   /echo       the body of a POST   /who        client address, https          /big?kb=N  a large answer
 *   /hash?ms=N  the same on the slow pool
 *   /empty      204                  /go         303 to /hello      /static/...  answered on the loop */
#ifndef PEIL_TEST_HTTP_SERVER_H
#define PEIL_TEST_HTTP_SERVER_H

#include "web/http.h"

#include <stdatomic.h>

struct test_server {
    struct http *http;
    int port;
    atomic_int handled, started, stopped; /* requests, workers */
    struct ready *quick;
};

/* Starts it (checked) with short deadlines unless the options say otherwise; `opt` may be NULL. */
void server_begin(struct ctx *c, struct test_server *s, const struct http_options *opt);
void server_end(struct test_server *s);
int open_files(void); /* descriptors of this process */

#endif
