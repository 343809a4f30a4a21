// SPDX-License-Identifier: EUPL-1.2
/* Giving a request to a worker (toewijzen): a proposal by register/proposal.h, a free choice, all of it an
 * event. Also the weight of a case, the wishes of the resident, and colleagues who take part in a case. */
#ifndef PEIL_REGISTER_ALLOCATION_H
#define PEIL_REGISTER_ALLOCATION_H

#include "register/fte.h"
#include "register/proposal.h"
#include "register/request.h"

/* How heavy a case is; what each counts for is a setting (weight.light ...). */
enum weight { WEIGHT_UNKNOWN, WEIGHT_LIGHT, WEIGHT_SHORT, WEIGHT_MEDIUM, WEIGHT_HEAVY, WEIGHTS };
const char *weight_text(const struct ctx *c, int64_t weight);
/* What a case of this weight counts for; an unknown one counts as a short one. */
int64_t weight_points(const struct config *k, int64_t weight);

/* Codes of wishes and reasons. */
extern const struct code_name wish_genders[], wish_providers[], wish_moments[], give_back_reasons[];
extern const size_t wish_gender_count, wish_provider_count, wish_moment_count, give_back_reason_count;

struct wish {
    int64_t recorded_at; /* TIME_NONE: never asked */
    const char *who;
    const char *gender, *language, *provider, *moment; /* NULL: no wish */
    const char *note;                                  /* NULL */
};
/* What counts now, of a request that request_get gave. */
enum err wish_get(struct ctx *c, const struct request *r, struct wish *ret_wish) MUST_CHECK;
/* Writes a new version; the old ones stay. Rights: RIGHT_EVENT, on a request in scope. */
enum err wish_put(struct ctx *c, struct request_id id, const struct wish *w) MUST_CHECK;

/* Sums of the open cases of a worker. */
struct load {
    int64_t worker, cases, points;
};
/* By worker. For the register itself: no rights. */
enum err load_read(struct ctx *c, const struct config *k, struct load **ret_load, size_t *ret_n) MUST_CHECK;
struct load load_of(const struct load *l, size_t n, int64_t worker);
/* The points that fit for a worker: their own number, or the setting for full hours times the hours of today.
 */
int64_t room_of(const struct config *k, const struct worker *w, int64_t fte);

struct colleague {
    struct candidate k;
    const char *name, *discipline; /* code */
    int64_t team, points;
};
struct proposal {
    struct request_id id;
    char number[32];
    const char *name;                               /* of the resident; "" */
    int64_t version, weight, team, urgency, worker; /* worker: who has it now; INT_NONE */
    enum state state;
    const char *category;
    struct wish wish;
    struct colleague *colleague; /* best first; who never can at the end */
    size_t n;
};
/* For each request of the list, in its order: a colleague proposed for one has less room for the next.
 * `wanted`: a discipline; NULL. Requests that cannot be given are left out. Rights: RIGHT_ALLOCATE; the look
 * is logged. */
enum err allocation_propose(struct ctx *c, const int64_t *request, size_t n, const char *wanted,
                            struct proposal **ret_proposal, size_t *ret_n) MUST_CHECK;

/* The same for the cases of a colleague of that discipline, who is to be replaced; for who has checked. */
enum err allocation_propose_for(struct ctx *c, const int64_t *request, size_t n, const char *discipline,
                                struct proposal **ret_proposal, size_t *ret_n) MUST_CHECK;

struct allocation {
    int64_t request, version; /* the version that the user saw */
    int64_t worker, weight;
    const char *note;   /* NULL */
    const char *reason; /* why another worker; NULL: "proposed" or "other_choice" */
};
/* Inside db_tx, for who has checked: one of a batch. */
enum err allocation_put(struct ctx *c, const struct allocation *a, int64_t batch) MUST_CHECK;
/* Gives each request to its worker, all or none; another worker than the first proposed is written down as
 * such (reason "other_choice"). A request that has a worker gets another one. Rights: RIGHT_ALLOCATE. Errors:
 * E_INVALID for a worker who never can, E_CONFLICT when a request changed. */
enum err allocation_save(struct ctx *c, const struct allocation *a, size_t n, int64_t *ret_batch) MUST_CHECK;

/* The worker takes it, or gives it back with a reason and a note. For the own case; a lead for the team. */
enum err allocation_accept(struct ctx *c, struct request_id id, int64_t version) MUST_CHECK;
enum err allocation_give_back(struct ctx *c, struct request_id id, int64_t version, const char *reason,
                              const char *note) MUST_CHECK;
/* Another weight for a case. */
enum err allocation_weigh(struct ctx *c, struct request_id id, int64_t version, int64_t weight) MUST_CHECK;

struct co_worker {
    int64_t worker, team, since;
    const char *name;
};
/* Of a request that request_get gave. */
enum err co_worker_all(struct ctx *c, struct request_id id, struct co_worker **ret_co_worker,
                       size_t *ret_n) MUST_CHECK;
/* A colleague, also of a partner, takes part in a case, or no longer does; household: also in the other open
 * requests of people who live with this resident, as far as this user sees them. Rights: RIGHT_ALLOCATE, or
 * the own case. */
enum err co_worker_add(struct ctx *c, struct request_id id, int64_t worker, bool household) MUST_CHECK;
enum err co_worker_end(struct ctx *c, struct request_id id, int64_t worker) MUST_CHECK;

#endif
