// SPDX-License-Identifier: EUPL-1.2
/* AVE (Aanpak Voorkoming Escalatie): four levels of scaling up, from ordinary life to risk of social unrest.
 *
 * Everyone is on level 1 until somebody decides otherwise (KIND_AVE_CHANGED): level with date, why, which
 * route, who answers for it, and when it is looked at again. Levels 3 and 4, and coming down from them, are
 * decided by a team lead. A household is on the highest level of its open requests. */
#ifndef PEIL_REGISTER_AVE_H
#define PEIL_REGISTER_AVE_H

#include "register/code.h"
#include "register/request.h"

enum { AVE_LEAST = 1, AVE_MOST = 4, AVE_LEAD = 3 /* from here on a lead decides */ };
extern const struct code_name ave_reasons[], ave_routes[];
extern const size_t ave_reason_count, ave_route_count;
const char *ave_level_name(const struct ctx *c, int64_t level); /* "2: ..." */

struct ave {
    int64_t level;
    int64_t since;  /* TIME_NONE: nobody decided anything */
    int64_t owner;  /* worker; INT_NONE */
    int64_t review; /* when it is looked at again; TIME_NONE */
    const char *reason, *route;
};
struct ave ave_of(const struct request *r);

struct ave_form {
    struct request_id request;
    int64_t seen, level, owner;
    int32_t day, review; /* review: DAY_NONE only on level 1 */
    const char *reason, *route, *why;
};
/* Rights: RIGHT_HOUSEHOLD, within scope; RIGHT_ALLOCATE from level 3 on and down from there. */
enum err ave_change(struct ctx *c, const struct ave_form *f) MUST_CHECK;

/* The highest level of the open requests of this one registration that the user sees. */
enum err ave_person_level(struct ctx *c, int64_t person, int64_t *ret_level) MUST_CHECK;

struct ave_case {
    int64_t request, person, team, worker, level, owner, since, review;
    char number[32];
    const char *name, *owner_name, *reason, *route;
    int64_t days; /* on this level */
    bool late;    /* the day to look again has passed */
};
struct ave_counts {
    int64_t n[AVE_MOST + 1], days[AVE_MOST + 1]; /* days: the longest on that level */
};
/* Open requests above level 1: the highest level first, then the longest. team, level: INT_NONE: all. Rights:
 * RIGHT_HOUSEHOLD; only what the scope allows; the look is logged. */
enum err ave_list(struct ctx *c, int64_t team, int64_t level, const struct ave_case **ret_case, size_t *ret_n,
                  struct ave_counts *ret_counts) MUST_CHECK;

#endif
