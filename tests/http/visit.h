// SPDX-License-Identifier: EUPL-1.2
/* Somebody with a browser at the site of a test's register: keeps the cookie of the session, and sends the
 * word against forged forms with every form. */
#ifndef PEIL_TEST_HTTP_VISIT_H
#define PEIL_TEST_HTTP_VISIT_H

#include "http/client.h"
#include "unit/test.h"
#include "web/site.h"

struct visit {
    struct site *site;
    int port;
    struct answer a; /* the last one */
    char cookie[128], csrf[64];
};

/* Starts a site on a free port in the language of the context; the test is skipped when it cannot.
 * as: nobody needs to log in; NULL: visit_log_in. */
void visit_begin(struct ctx *c, const struct site_as *as, struct visit *ret_visit);
void visit_end(struct visit *v);
/* With the password that accounts of tests have. */
#define VISIT_PASSWORD "a long password"
void visit_log_in(struct visit *v, const char *login);
/* Asks for a page, or sends a form (body not NULL). Returns the status. */
int visit_ask(struct visit *v, const char *path, const char *body);
bool visit_says(const struct visit *v, const char *text);

#endif
