// SPDX-License-Identifier: EUPL-1.2
/* Searching a resident (zoeken): by name, phone number, birth date or the number of a request, over all
 * requests that the user may see, also those that no longer wait. */
#ifndef PEIL_REGISTER_SEARCH_H
#define PEIL_REGISTER_SEARCH_H

#include "register/person.h"
#include "register/request.h"

struct found_request {
    int64_t id;
    char number[32];
    enum state state;
    int64_t urgency, team;
    int32_t received; /* day on which the resident asked */
};
struct found_person {
    struct person_match match;
    int32_t birth;                       /* DAY_NONE: unknown */
    const struct found_request *request; /* newest first, of all registrations of this person */
    size_t n;
};
struct found {
    struct request_id request; /* what was typed is the number of this request; v is INT_NONE: it is not */
    const struct found_person *person;
    size_t n;
};
/* Rights: RIGHT_SEARCH; the look is logged. E_INVALID ("q") when nothing was typed to search for. */
enum err search_person(struct ctx *c, const char *text, struct found *ret_found) MUST_CHECK;

#endif
