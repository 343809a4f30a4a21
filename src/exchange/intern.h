// SPDX-License-Identifier: EUPL-1.2
/* Texts as numbers: each different text gets the next number from 0. For the cases, activities and names of a
 * file. */
#ifndef PEIL_EXCHANGE_INTERN_H
#define PEIL_EXCHANGE_INTERN_H

#include "base/buf.h"
#include "base/ctx.h"

struct intern {
    struct buf entry; /* what is known of a text, by number */
    struct buf slot;  /* uint32_t[], 1 + number, 0 empty; a power of two */
};

/* The number of this text, a new one when it was not there; the texts are copied into `texts`. E_NOMEM. */
enum err intern_add(struct ctx *c, struct intern *t, struct arena *texts, const char *text, size_t len,
                    uint32_t *ret_number) MUST_CHECK;
uint32_t intern_count(const struct intern *t);
const char *intern_text(const struct intern *t, uint32_t number);
void intern_free(struct intern *t);

#endif
