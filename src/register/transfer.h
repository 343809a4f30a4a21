// SPDX-License-Identifier: EUPL-1.2
/* Hand-over lists (overdracht naar een vaste datum, D5): residents who go from one organisation to another
 * before a fixed day. Step by step: the next step is agreed by three (resident, old provider, new team), the
 * resident is informed in writing, and on the day every resident has an outcome or stands on the list of
 * exceptions. */
#ifndef PEIL_REGISTER_TRANSFER_H
#define PEIL_REGISTER_TRANSFER_H

#include "register/code.h"
#include "register/history.h"
#include "register/request.h"

/* Codes. outcomes: transferred, ended, refused, elsewhere, lost. */
extern const struct code_name transfer_outcomes[], transfer_not_informed[], transfer_exceptions[];
extern const size_t transfer_outcome_count, transfer_not_informed_count, transfer_exception_count;

struct transfer {
    int64_t id, team; /* team: of the residents without a team of their own; INT_NONE */
    const char *name, *from, *to;
    int32_t starts, due;
};
struct transfer_form {
    const char *name, *from, *to; /* organisations, found by name or added */
    int64_t team;
    int32_t starts, due;
};
/* All lists with counts, the last due first. Rights: RIGHT_TRANSFER. */
struct transfer_line {
    struct transfer t;
    int64_t members, open; /* open: without outcome */
};
enum err transfer_all(struct ctx *c, struct transfer_line **ret_line, size_t *ret_n) MUST_CHECK;
enum err transfer_get(struct ctx *c, int64_t id, struct transfer *ret_transfer) MUST_CHECK;
/* Rights: RIGHT_TRANSFER and RIGHT_ALLOCATE. Errors: E_INVALID with the field. */
enum err transfer_add(struct ctx *c, const struct transfer_form *f, int64_t *ret_id) MUST_CHECK;

/* What is agreed and done for one resident. Days: DAY_NONE when it did not happen. */
struct member_facts {
    int64_t request, team; /* request: INT_NONE, there is none here yet */
    int32_t original;      /* on which the resident asked the old provider */
    int32_t waits_until;   /* chose to wait until then; the original day keeps counting */
    int32_t agreed_resident, agreed_provider, agreed_team;
    int32_t informed;
    const char *not_informed; /* why not in writing; NULL */
    const char *outcome;      /* NULL: none yet */
    int32_t outcome_on;
    int64_t kept_worker;   /* 1: kept the own worker, 0: not; INT_NONE: not known */
    const char *exception; /* why after the day; NULL */
    int32_t exception_until;
};
struct member {
    int64_t id, transfer, person, version;
    const char *source_key; /* number at the old provider; NULL */
    const char *name;       /* "" when it was destroyed */
    char number[32];        /* of the request; "" */
    struct member_facts f;
};
bool member_overdue(const struct transfer *t, const struct member_facts *f, int32_t today);

enum member_part {
    MEMBER_ALL,
    MEMBER_OPEN,
    MEMBER_OVERDUE,
    MEMBER_NOT_AGREED,
    MEMBER_NOT_INFORMED,
    MEMBER_EXCEPTION,
    MEMBER_PARTS
};
/* Members of a list that this user may see (of the own team), with names; the look is logged. */
enum err member_all(struct ctx *c, const struct transfer *t, enum member_part part,
                    struct member **ret_member, size_t *ret_n) MUST_CHECK;
enum err member_get(struct ctx *c, int64_t id, struct member *ret_member) MUST_CHECK;
/* Errors: E_INVALID: "transferred" without the three agreements, an outcome without a day, a day in the
 * future; E_CONFLICT when someone else changed it. Each step is also written to the history with its note. */
enum err member_change(struct ctx *c, int64_t id, int64_t seen, const struct member_facts *f,
                       const char *note) MUST_CHECK;
/* The steps of a member that member_get gave. */
enum err member_history(struct ctx *c, const struct member *m, const struct happening **ret_h,
                        size_t *ret_n) MUST_CHECK;
/* Registers the request that this resident does not have here yet, with the original day: the waiting counts
 * from then, and who chose to wait stands still until that day. */
enum err member_register(struct ctx *c, int64_t id, int64_t seen, struct request_id *ret_request) MUST_CHECK;

/* A resident who is put on a list: a request that exists, or someone new. */
struct member_new {
    int64_t request;        /* INT_NONE: someone new */
    struct identity who;    /* of someone new */
    const char *source_key; /* NULL */
    int64_t team;
    int32_t original, waits_until;
};
enum added { MEMBER_ADDED, MEMBER_THERE_ALREADY };
/* Inside db_tx. Rights: RIGHT_TRANSFER and RIGHT_ALLOCATE. E_INVALID with what is wrong with this line. */
enum err member_add(struct ctx *c, const struct transfer *t, const struct member_new *m,
                    enum added *ret_added) MUST_CHECK;

/* One resident in a transaction of its own; E_INVALID with field "key" or "request" for who is there already.
 */
enum err member_add_one(struct ctx *c, const struct transfer *t, const struct member_new *m) MUST_CHECK;

/* How far a list is (burn-down): for each week what is left, from the start to the day or today. */
struct transfer_week {
    int32_t sunday;
    int64_t left, planned; /* planned: a straight line from all to none on the day */
};
enum { TRANSFER_OUTCOMES = 5 };
struct transfer_progress {
    struct transfer_week *week;
    size_t weeks;
    int64_t members, open, overdue, exceptions, not_informed, chose_to_wait, agreed;
    int64_t outcome[TRANSFER_OUTCOMES]; /* in the order of transfer_outcomes */
    int64_t kept, transferred_known; /* kept the own worker, of the transferred of whom that is known (H5) */
};
/* Counts over all members of the list. Rights: RIGHT_FIGURES or RIGHT_TRANSFER. */
enum err transfer_progress(struct ctx *c, const struct transfer *t,
                           struct transfer_progress *ret_progress) MUST_CHECK;

#endif
