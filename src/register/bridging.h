// SPDX-License-Identifier: EUPL-1.2
/* Help for the time of waiting (overbrugging): offered, perhaps accepted. It never stops a clock: the
 * resident still waits, and it stands beside the waiting. */
#ifndef PEIL_REGISTER_BRIDGING_H
#define PEIL_REGISTER_BRIDGING_H

#include "register/code.h"

#include <stdbool.h>

/* "group", "self_help", "contact_person", "other": stored as the reason of the event. */
extern const struct code_name bridge_kinds[];
extern const size_t bridge_kind_count;
const char *bridge_name(const struct ctx *c, const char *code); /* NULL as NULL */

struct bridge_form {
    const int64_t *request;
    size_t n;
    int64_t version;  /* as the user saw it, for one request; -1: any */
    const char *kind; /* code */
    bool accepted;    /* at once */
    const char *note; /* NULL */
};
/* Offers it to one or more requests, all or none; one action that can be undone (batch.h). Rights:
 * RIGHT_EVENT.
 */
enum err bridge_add(struct ctx *c, const struct bridge_form *f, int64_t *ret_batch) MUST_CHECK;

#endif
