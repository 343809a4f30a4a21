// SPDX-License-Identifier: EUPL-1.2
/* Reading requests for the extract, all or some. For extract*.c alone. */
#ifndef PEIL_REGISTER_EXTRACT_CORE_H
#define PEIL_REGISTER_EXTRACT_CORE_H

#include "register/extract.h"
#include "register/facts_side.h"

/* Which requests, at which moment. */
struct extract_wish {
    int64_t at, known;               /* as extract_read_known */
    const struct extract_hook *hook; /* NULL: who helped is not known either */
    const int64_t *id;               /* these, ascending; NULL: all */
    size_t n;
    bool follow; /* joined requests (extract_follow.h); else each stands apart */
};
struct extract_raw {
    struct register_extract *x;  /* where the columns go; set by the caller */
    const int64_t *merged;       /* number of the request that stands for this one; INT_NONE */
    const int64_t *paused_since; /* of a pause that still runs at the moment; TIME_NONE */
    const int64_t *version;      /* events read: all that the request has, unless some are later */
    const int64_t *counted;      /* of them in x.events */
    struct dictionary activity;  /* kinds of steps */
};
/* Rights: RIGHT_FIGURES. Memory: the arena. */
enum err extract_raw_read(struct ctx *c, const struct extract_wish *w,
                          struct extract_raw *ret_raw) MUST_CHECK;
/* The same with who helped, which stands beside the events. */
enum err extract_raw_read_helped(struct ctx *c, const struct extract_wish *w,
                                 struct extract_raw *ret_raw) MUST_CHECK;
/* `array` is a pointer to an array of n values: the same array with room for so many, in the arena. */
enum err extract_wider(struct ctx *c, void *array, size_t n, size_t room, size_t width) MUST_CHECK;

#endif
