// SPDX-License-Identifier: EUPL-1.2
/* The compiled-in files (asset.h) as answers that are made once: given on the loop, without a worker. */
#ifndef PEIL_WEB_STATIC_H
#define PEIL_WEB_STATIC_H

#include "web/http.h"

struct static_files;

struct static_files *static_make(void); /* NULL when memory is short */
void static_free(struct static_files *s);
/* The answer to GET or HEAD of "/static/NAME": gzip where the browser takes it, 304 where it has it; with a
 * hold. NULL for every other request and for names that do not exist. */
struct ready *static_find(const struct static_files *s, const struct req *r);

#endif
