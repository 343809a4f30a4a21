// SPDX-License-Identifier: EUPL-1.2
/* Who directs a case (regie): at each moment of an open request exactly one.
 *
 * Nobody has to say anything for that: until a worker has it, the resident directs (eigen regie); from the
 * allocation on, the worker who has the case, also when that becomes another one. What somebody decided
 * stands until the next decision; "the worker" that was decided lapses when another worker gets the case. It
 * is played from the events of the request (KIND_REGIE_CHANGED), so it has a history with dates. */
#ifndef PEIL_REGISTER_REGIE_H
#define PEIL_REGISTER_REGIE_H

#include "register/code.h"
#include "register/request.h"

#define REGIE_RESIDENT "resident"
#define REGIE_WORKER "worker"
#define REGIE_CASE_DIRECTOR "case_director"
#define REGIE_PROCESS_DIRECTOR "process_director"
extern const struct code_name regie_holders[], regie_reasons[];
extern const size_t regie_holder_count, regie_reason_count;

struct regie {
    const char *holder;  /* code of regie_holders; NULL: nobody, the request is closed */
    int64_t worker;      /* of REGIE_WORKER; INT_NONE */
    int64_t from, until; /* until: TIME_NONE while it lasts */
    int64_t seq;         /* of the event that decided it; 0: nobody had to */
    bool broken;         /* "the worker" while there is none: must not happen (peil check) */
};
/* All holders in order of time, the present one last; at most REGIE_MOST are kept, the newest. Events as
 * request_get or standing_replay left them: in the order of happening, undone ones marked. */
#define REGIE_MOST 40
void regie_play(const struct event *event, size_t n, struct regie ret_regie[REGIE_MOST], size_t *ret_n);

/* The same for a page: with names. */
struct regie_line {
    const char *holder, *name; /* name: of the worker or director; "" */
    const char *why;           /* in words; NULL: nobody had to decide, or not to be read by this user */
    int64_t from, until;
    bool current;
};
/* The newest first. Rights: those of request_get, which gave the request. */
enum err regie_of(struct ctx *c, const struct request *r, const struct regie_line **ret_line,
                  size_t *ret_n) MUST_CHECK;

struct regie_form {
    struct request_id request;
    int64_t seen;
    const char *holder;
    int64_t worker;   /* of REGIE_WORKER: INT_NONE is the worker who has the case */
    const char *name; /* of a director: who, and of which organisation */
    int32_t day;
    const char *reason, *why;
};
/* Rights: RIGHT_HOUSEHOLD, within scope. E_INVALID with the field; E_CONFLICT. */
enum err regie_change(struct ctx *c, const struct regie_form *f) MUST_CHECK;

/* The workers to choose from: those of the team of this request, or all when it has none. */
struct regie_choice {
    int64_t worker;
    const char *name;
};
enum err regie_choices(struct ctx *c, const struct request *r, const struct regie_choice **ret_choice,
                       size_t *ret_n) MUST_CHECK;
/* A worker's name; "" when unknown. */
enum err regie_worker_name(struct ctx *c, int64_t worker, const char **ret_name) MUST_CHECK;

#endif
