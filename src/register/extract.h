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
    const int64_t *id; /* of the request of each row: for who fills more columns, never for measuring */
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

/* What is called while an extract is read: `put` for every request with events, in the order of their rows:
 * what events tell is then read only once (register/facts.c). The columns of the row are filled, but joined
 * requests are not followed yet. The events are marked and in order, as standing_replay leaves them, with all
 * that they hold but who wrote them. */
struct event;
struct standing;
struct extract_hook_row {
    size_t row;
    int64_t request, recorded_at;
    const struct event *event;
    size_t events;
    const struct standing *now;
    uint32_t *flags; /* of the row: the hook adds what help was given (EXTRACT_HELPED, EXTRACT_BY_TEAM) */
};
struct extract_hook {
    enum err (*begin)(struct ctx *c, void *arg, size_t requests, struct register_extract *x);
    enum err (*put)(struct ctx *c, void *arg, const struct extract_hook_row *row);
    void *arg;
};
/* extract_read with such a hook, and with what was taken back up to the moment `known`: how `at` looks since
 * mistakes were corrected. */
enum err extract_read_known(struct ctx *c, int64_t at, int64_t known, const struct extract_hook *hook,
                            struct register_extract *ret_extract) MUST_CHECK;
/* The code of a text; a new one when it is not in the dictionary yet. NULL is -1. */
enum err dictionary_code(struct ctx *c, struct dictionary *d, const char *text, int32_t *ret_code) MUST_CHECK;

#endif
