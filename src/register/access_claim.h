// SPDX-License-Identifier: EUPL-1.2
/* Blocks (afscherming): "I know this resident privately". Who says so sees nothing of that resident from that
 * moment on; the team lead confirms it, or ends it when it was a mistake. */
#ifndef PEIL_REGISTER_ACCESS_CLAIM_H
#define PEIL_REGISTER_ACCESS_CLAIM_H

#include "register/code.h"
#include "store/db.h"

extern const struct code_name claim_relations[];
extern const size_t claim_relation_count;

/* Hides the person from the account of this user, at once. Rights: RIGHT_REQUEST, and the person within
 * scope. */
enum err access_claim_add(struct ctx *c, int64_t person, const char *relation, const char *note) MUST_CHECK;

struct access_claim {
    int64_t id, version, account, person;
    const char *who, *relation, *note; /* note: why, opened */
    const char *name;                  /* of the resident; "" when this user may not see that */
    int64_t declared_at, confirmed_at; /* confirmed_at: TIME_NONE when nobody did yet */
    const char *confirmed_by;
    int64_t cases; /* open requests of this resident that the account's worker has: somebody else must take
                      them */
};
/* Those that hold: of the own team, or all. Rights: RIGHT_SEAL. */
enum err access_claims(struct ctx *c, const struct access_claim **ret_claim, size_t *ret_n) MUST_CHECK;
enum err access_claim_confirm(struct ctx *c, int64_t id, int64_t seen) MUST_CHECK;
/* note: why it ends; required. */
enum err access_claim_end(struct ctx *c, int64_t id, int64_t seen, const char *note) MUST_CHECK;

/* Inside db_tx: makes the blocks of all registrations of this person follow from what was declared. */
enum err access_claim_settle(struct ctx *c, int64_t person) MUST_CHECK;

#endif
