// SPDX-License-Identifier: EUPL-1.2
/* The urgent path (spoed): from the moment a request is known to be an emergency to the first protective
 * action, on the same day. Its clock runs in hours and never pauses; past its norm it is an alarm on every
 * page of who can act, until someone does. */
#ifndef PEIL_REGISTER_URGENT_H
#define PEIL_REGISTER_URGENT_H

#include "register/config.h"
#include "register/request.h"

/* The moment at which the norm ends for an emergency known since `since`: two office hours later, but always
 * on the same day; late in the evening two hours later. The hours and their number are settings. */
int64_t urgent_due(const struct config *k, int64_t since);

struct urgent {
    int64_t id;
    char number[32];
    const char *name;                               /* "" when nobody is known */
    const char *team, *neighbourhood, *worker_name; /* worker_name: "" when nobody has it yet */
    int64_t team_id, worker;                        /* INT_NONE: none */
    int64_t version;
    enum state state;
    int64_t since, due;
    int64_t protected_at; /* TIME_NONE: nothing was done yet */
    int64_t minutes;      /* from since to the action, or until now */
    bool late;            /* the action came after `due`, or did not come and `due` has passed */
};
/* Everyone in an emergency who has had no first talk; without an action first, longest first. Rights:
 * RIGHT_WAITING_LIST, and within scope; the look is logged. */
enum err urgent_list(struct ctx *c, const struct urgent **ret_urgent, size_t *ret_n) MUST_CHECK;

/* For every page: how many emergencies wait for a first action past their norm. Zero for who may not act
 * (RIGHT_TRIAGE). Names nobody. */
struct urgent_alarm {
    int64_t late, open; /* open: without an action, in time or late */
    int64_t first;      /* the request that is late the longest */
    int64_t minutes;    /* past the norm of that one */
};
enum err urgent_alarm(struct ctx *c, struct urgent_alarm *ret_alarm) MUST_CHECK;

struct protect_form {
    struct request_id request;
    int64_t version; /* -1: any */
    int64_t at;      /* moment of the action; TIME_NONE: now */
    const char *what;
    int64_t worker; /* who takes it over from here; INT_NONE: not decided (RIGHT_ALLOCATE) */
};
/* The first protective action; what was done is written down, and perhaps who goes on with it: one step, all
 * or nothing. Rights: RIGHT_TRIAGE. */
enum err urgent_protect(struct ctx *c, const struct protect_form *f) MUST_CHECK;
/* Who could go on with it: the workers of a team (INT_NONE: all). Rights: RIGHT_ALLOCATE. */
struct urgent_worker {
    int64_t id;
    const char *name;
};
enum err urgent_workers(struct ctx *c, int64_t team, struct urgent_worker **ret_worker,
                        size_t *ret_n) MUST_CHECK;

#endif
