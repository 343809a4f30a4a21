// SPDX-License-Identifier: EUPL-1.2
/* Everything about one resident that a user may see (dossier): who, all requests, one timeline, household,
 * network. */
#ifndef PEIL_REGISTER_PERSON_FILE_H
#define PEIL_REGISTER_PERSON_FILE_H

#include "register/ave.h"
#include "register/household.h"
#include "register/network.h"
#include "register/regie.h"
#include "register/timeline.h"

struct person_request {
    struct request request;
    const struct regie_line *regie; /* the newest first; [0] is now, while it is open */
    size_t regies;
    struct ave ave;
};
/* Another registration of the same person. */
struct person_other {
    int64_t person;
    struct identity who;
    int64_t requests;
};
struct person_file {
    int64_t person; /* the registration whose data count */
    int64_t serial; /* for person_edit */
    struct identity who;
    const struct person_request *request; /* the newest first */
    size_t requests;
    int64_t hidden; /* how many more there are that this user does not see */
    const struct person_other *other;
    size_t others;
    const struct household *household;
    size_t households;
    const struct helper *helper;
    size_t helpers;
    struct timeline_all timeline;
    int64_t ave; /* the highest level of the open requests of this person and the household */
    bool sealed;
};
/* Rights: RIGHT_REQUEST, within scope (person_check); the look is logged, at each request too. */
enum err person_file_get(struct ctx *c, int64_t person, struct person_file *ret_file) MUST_CHECK;

#endif
