// SPDX-License-Identifier: EUPL-1.2
/* Incidents (incidenten): an unintended event with possible harm, reported inside the organisation. A
 * calamity (calamiteit: serious harm or death through the quality of the help) must be told to the supervisor
 * at once (Wmo 3.4, Jeugdwet 4.1.8). Never in tables by neighbourhood: they are rare. */
#ifndef PEIL_REGISTER_INCIDENT_H
#define PEIL_REGISTER_INCIDENT_H

#include "register/history.h"
#include "register/law.h"
#include "register/procedure.h"

extern const struct code_name incident_kinds[], incident_harms[];
extern const size_t incident_kind_count;
enum { INCIDENT_HARMS = 4, INCIDENT_WEEKS = 8 }; /* within which it is investigated */

enum incident_state { INCIDENT_OPEN, INCIDENT_RUNNING, INCIDENT_DONE, INCIDENT_CLOSED };
enum incident_step {
    INCIDENT_REPORTED,
    INCIDENT_SUPERVISOR, /* told to the supervisor */
    INCIDENT_FAMILY,     /* told to the resident or family */
    INCIDENT_CALAMITY,   /* turned out to be a calamity */
    INCIDENT_STARTED,    /* investigation */
    INCIDENT_FOUND,      /* result of it; note */
    INCIDENT_MEASURE,    /* what was done about it; note */
    INCIDENT_NOTE,
    INCIDENT_CLOSED_STEP,
    INCIDENT_STEPS
};
extern const struct procedure incident_steps; /* by enum incident_step and incident_state */

struct incident_standing {
    enum incident_state state;
    int64_t version, told_at, found_at, closed_at;
    bool calamity;
};
void incident_replay(const struct happening *h, size_t n, bool calamity, struct incident_standing *ret_s);

struct incident_form {
    const char *about, *kind;
    int64_t harm; /* 1 none .. INCIDENT_HARMS death */
    bool calamity;
    int32_t day; /* on which it happened */
    int64_t team;
};
/* Rights: RIGHT_INCIDENT. Errors: E_INVALID with the field. */
enum err incident_add(struct ctx *c, const struct incident_form *f, int64_t *ret_id) MUST_CHECK;

struct incident_term {
    const char *name; /* in the language of the user */
    int32_t due;
    bool running, late;
};
struct incident {
    int64_t id, keeper, harm, team, occurred_at, found_at, recorded_at;
    char number[24]; /* "I-2024-3" */
    const char *kind, *about;
    struct incident_standing now;
    struct incident_term term[2];
    size_t terms;
    const struct happening *step;
    size_t steps;
};
/* Who handles incidents sees all; others the ones they reported. E_NOT_FOUND otherwise; the look is logged.
 */
enum err incident_get(struct ctx *c, int64_t id, struct incident *ret_incident) MUST_CHECK;
enum { INCIDENT_PAGE = 500 };
/* Open ones, or all of a period. */
enum err incident_list(struct ctx *c, bool open, int32_t from, int32_t to, struct incident **ret_incident,
                       size_t *ret_n) MUST_CHECK;

struct incident_change {
    int64_t id, seen;
    enum incident_step step;
    int64_t at; /* TIME_NONE: now */
    const char *note;
};
/* Rights: RIGHT_INCIDENT_HANDLE. */
enum err incident_change(struct ctx *c, const struct incident_change *change) MUST_CHECK;

#endif
