// SPDX-License-Identifier: EUPL-1.2
/* Codes that are stored, each with the name that a person reads. */
#ifndef PEIL_REGISTER_CODE_H
#define PEIL_REGISTER_CODE_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

struct code_name {
    const char *code, *name; /* name: English, to be translated (N_) */
};

/* The name in the language of the user. An unknown code (from an import) is written as it is; NULL is "". */
const char *code_text(const struct ctx *c, const struct code_name *list, size_t n, const char *code);
/* Is it one of the list? */
bool code_known(const struct code_name *list, size_t n, const char *code);

#endif
