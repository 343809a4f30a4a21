// SPDX-License-Identifier: EUPL-1.2
/* Requests that are the same question (dubbele aanmelding): one stands for the other, the earliest moment of
 * asking survives, and what was joined is counted no more. It is the event KIND_MERGED on the one that is
 * counted no more, so taking it back (KIND_UNDONE) restores both exactly; nothing is deleted and nothing
 * moves.
 *
 * How a request stands takes over from those that were joined with it: the earliest moment of asking, the
 * earliest first talk when help has started, and the last time somebody spoke to the resident (merge_fold).
 * The measuring extract does the same with its columns (extract_follow.c). */
#ifndef PEIL_REGISTER_MERGE_H
#define PEIL_REGISTER_MERGE_H

#include "register/state.h"

struct merge_form {
    int64_t a, b;
    int64_t seen_a, seen_b; /* the versions that the user saw; -1: any */
    const char *note;       /* why; NULL */
};
/* Joins two requests of one person (person_link.h). The one that is counted stays: the one whose help has
 * started, else the one that was asked first. Rights: RIGHT_MERGE, both within scope. Errors: E_CONFLICT when
 * they are of different persons, joined already, or changed meanwhile. */
enum err merge_add(struct ctx *c, const struct merge_form *f, int64_t *ret_kept) MUST_CHECK;
/* Takes a request apart from the one that stands for it. Rights: RIGHT_MERGE, within scope. */
enum err merge_end(struct ctx *c, int64_t request, int64_t seen) MUST_CHECK;
/* Inside db_tx: takes apart the joined requests of which one side belongs to these persons and the other does
 * not. The caller has checked the persons. */
enum err merge_end_between(struct ctx *c, const int64_t *person, size_t n) MUST_CHECK;

/* The requests that this one stands for, over all steps. */
enum err merge_children(struct ctx *c, int64_t request, const int64_t **ret_request,
                        size_t *ret_n) MUST_CHECK;

/* For the files of the register: what `s` takes over from the requests that were joined with this one. */
enum err merge_fold(struct ctx *c, int64_t request, struct standing *s) MUST_CHECK;
/* Inside db_tx, around writing how a request stands: which request it stood under before, and bringing that
 * and the present one up to date. Costs one search by key when nothing was joined. */
struct merge_links {
    int64_t merged; /* INT_NONE: none */
    bool any;
};
enum err merge_before(struct ctx *c, int64_t request, struct merge_links *ret_links) MUST_CHECK;
enum err merge_after(struct ctx *c, int64_t request, const struct standing *s,
                     const struct merge_links *before) MUST_CHECK;
/* May this event be added? To a request that another stands for (merged; INT_NONE: none does) only what
 * leaves its state alone and would also be possible when they are taken apart: the rest belongs with the
 * other. `event` holds all n events with the new one last. */
enum err merge_check_event(struct ctx *c, const struct event *event, size_t n, int64_t merged) MUST_CHECK;

#endif
