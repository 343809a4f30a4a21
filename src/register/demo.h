// SPDX-License-Identifier: EUPL-1.2
/* The demo register: a made-up municipality with its configuration, accounts and some years of requests, from
 * the simulation in forecast/town.h. Nobody in it exists (docs/demo.md). */
#ifndef PEIL_REGISTER_DEMO_H
#define PEIL_REGISTER_DEMO_H

#include "base/buf.h"
#include "forecast/town.h"
#include "store/db.h"

struct demo_options {
    uint64_t seed;
    int32_t from, to;                                       /* to: at most today */
    double scale;                                           /* 1: about 3,000 requests a year */
    const char *password;                                   /* of all accounts; NULL: a random one */
    void (*progress)(void *arg, int64_t done, int64_t all); /* requests; NULL */
    void *progress_arg;
};
struct demo_login {
    const char *login, *role, *team; /* role and team for a person; team "" */
};
struct demo_made {
    const struct demo_login *login;
    size_t logins;
    const char *password; /* in no other place */
    int64_t requests, events;
    struct town town; /* for the truth */
};
/* Days, scale and password that can be: E_REQUEST, E_INVALID. Asks no register. */
enum err demo_check(struct ctx *c, const struct demo_options *o) MUST_CHECK;
/* Fills an empty register. Rights: RIGHT_ACCOUNTS and RIGHT_IMPORT. Errors: E_CONFLICT when there is anything
 * in it, those of demo_check. A failure leaves a part of it behind: use a new
 * register then. */
enum err demo_make(struct ctx *c, const struct demo_options *o, struct demo_made *ret_made) MUST_CHECK;
/* "Oost" */
const char *demo_team_name(int team);
/* The truth as JSON (docs/demo.md): one row a quarter and team, one a month end and team; counted in the
 * simulation. */
enum err demo_truth_json(struct ctx *c, const struct demo_made *made, struct buf *out) MUST_CHECK;

#endif
