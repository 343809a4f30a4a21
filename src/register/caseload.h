// SPDX-License-Identifier: EUPL-1.2
/* Caseload (mijn inwoners): the open cases of a worker, with the last contact and what comes next; sums plain
 * and weighted against the room. A worker sees the own cases, a lead those of the team. */
#ifndef PEIL_REGISTER_CASELOAD_H
#define PEIL_REGISTER_CASELOAD_H

#include "register/allocation.h"

enum next_kind {
    NEXT_NONE,        /* nothing is planned */
    NEXT_ACCEPT,      /* the worker has not taken it yet */
    NEXT_FIRST_TALK,  /* before the norm day */
    NEXT_APPOINTMENT, /* an appointment was made */
    NEXT_REVIEW,      /* looking back together */
};

struct case_row {
    int64_t id, version, person, worker, team, weight, urgency;
    char number[32];
    const char *name;
    enum state state;
    bool accepted, shared; /* shared: the case of a colleague in which this worker takes part */
    int64_t received_at;
    int32_t contact, next; /* days; DAY_NONE */
    int32_t review;        /* the day on which to look back, as it was agreed in the plan; DAY_NONE */
    enum next_kind next_kind;
};
struct caseload {
    const struct case_row *row;
    size_t n;
    int64_t cases, points, room; /* without shared ones */
};
/* Of one worker, who comes next first. Rights: RIGHT_CASE, for the own cases or a worker of the own team; the
 * look is logged. */
enum err caseload_get(struct ctx *c, int64_t worker, struct caseload *ret_caseload) MUST_CHECK;
/* The same without rights, room and log, for a hand-over. */
enum err caseload_read(struct ctx *c, int64_t worker, struct caseload *ret_caseload) MUST_CHECK;

/* A team at a glance: every worker in service or with cases. */
struct caseload_line {
    struct worker worker;
    int64_t cases, points, room, fte;
    int64_t late; /* what comes next lies before today */
    bool absent;  /* today */
};
/* Rights: RIGHT_ALLOCATE. */
enum err caseload_team(struct ctx *c, int64_t team, struct caseload_line **ret_line,
                       size_t *ret_n) MUST_CHECK;

/* Open cases whose worker has left: nobody may be here. Rights: RIGHT_ALLOCATE. */
enum err caseload_left(struct ctx *c, int64_t team, int64_t **ret_request, size_t *ret_n) MUST_CHECK;

/* Residents who have another worker and have not been told (KIND_INFORMED, reason "worker"). Rights:
 * RIGHT_CASE. */
struct to_tell {
    int64_t id, worker, changed_at;
    char number[32];
    const char *name, *worker_name;
};
enum err caseload_to_tell(struct ctx *c, struct to_tell **ret_row, size_t *ret_n) MUST_CHECK;
/* Writes down that these were told, all or none. */
enum err caseload_told(struct ctx *c, const int64_t *request, size_t n, int64_t *ret_batch) MUST_CHECK;

#endif
