// SPDX-License-Identifier: EUPL-1.2
/* A small state machine as a table: which step can happen in which state, and where it leads. For records
 * whose steps are rows of the history (register/history.h). */
#ifndef PEIL_REGISTER_PROCEDURE_H
#define PEIL_REGISTER_PROCEDURE_H

#include "register/code.h"

#include <stdbool.h>
#include <stddef.h>

#define PROCEDURE_SAME (-1) /* the step leaves the state as it is */

struct procedure_step {
    const char *code, *name; /* name: English, to be translated */
    unsigned from;           /* bit i: possible in state i */
    int to;                  /* a state, or PROCEDURE_SAME */
};
struct procedure {
    const struct procedure_step *step; /* by number of the step */
    size_t steps;
    const struct code_name *state; /* by number of the state */
    size_t states;
};

bool procedure_find(const struct procedure *t, const char *code, size_t *ret_step);
bool procedure_state_find(const struct procedure *t, const char *code, size_t *ret_state);
bool procedure_allows(const struct procedure *t, size_t state, size_t step);
/* The state after the step. */
size_t procedure_next(const struct procedure *t, size_t state, size_t step);
/* In the language of the context. */
const char *procedure_step_name(const struct ctx *c, const struct procedure *t, size_t step);
const char *procedure_state_name(const struct ctx *c, const struct procedure *t, size_t state);

#endif
