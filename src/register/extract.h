// SPDX-License-Identifier: EUPL-1.2
/* Fills measure's extract from the register: columns of numbers, no persons, as the register knew them at a
 * moment. */
#ifndef PEIL_REGISTER_EXTRACT_H
#define PEIL_REGISTER_EXTRACT_H

#include "measure/extract.h"
#include "store/db.h"

/* The texts behind the codes of a column, in order of first appearance; code -1 is unknown. */
struct dictionary {
    const char **name;
    size_t n;
};
struct register_extract {
    struct extract x;
    struct dictionary team, neighbourhood, channel, route, category;
    struct dictionary reason; /* of ends */
    int64_t events;           /* all events up to the moment */
    int64_t activities;       /* different kinds of steps among them */
    int64_t at;
};
/* Everything known at `at`: requests received later, and what happened later, are left out. Memory: the
 * arena, about 130 bytes a request. Rights: RIGHT_FIGURES. Not scoped: it names nobody, and figures are about
 * everyone. */
enum err extract_read(struct ctx *c, int64_t at, struct register_extract *ret_extract) MUST_CHECK;

#endif
