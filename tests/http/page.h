// SPDX-License-Identifier: EUPL-1.2
/* The pages of a test's register, served to one role without logging in. */
#ifndef PEIL_TEST_HTTP_PAGE_H
#define PEIL_TEST_HTTP_PAGE_H

#include "http/client.h"
#include "unit/test.h"
#include "web/site.h"

/* Starts a site in Dutch on a free port, which it returns; the test is skipped when it cannot. */
int page_begin(struct ctx *c, enum role role, struct site **ret_site);
/* Asks for a page in English. */
void page_get(int port, const char *path, struct answer *a);
/* Checks that the text stands in the answer. */
#define page_says(a, text) page_says_at((a), (text), __FILE__, __LINE__)
bool page_says_at(struct answer *a, const char *text, const char *file, int line);

#endif
