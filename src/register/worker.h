// SPDX-License-Identifier: EUPL-1.2
/* Who works here (medewerker): name, team, disciplines, employer, contract, languages, room for cases. Every
 * change keeps the version before it. Hours stand in register/fte.h, absence in register/absence.h. */
#ifndef PEIL_REGISTER_WORKER_H
#define PEIL_REGISTER_WORKER_H

#include "register/code.h"
#include "store/db.h"

/* Codes that are stored. */
extern const struct code_name worker_disciplines[], worker_contracts[], worker_genders[], worker_takeovers[],
    worker_languages[], employer_kinds[];
extern const size_t worker_discipline_count, worker_contract_count, worker_gender_count,
    worker_takeover_count, worker_language_count, employer_kind_count;

/* A list of codes with a blank between, as it is stored ("nl en tr"). */
bool codes_have(const char *codes, const char *code);
/* The names of a list of codes with commas between; "" for none. */
enum err codes_text(struct ctx *c, const struct code_name *list, size_t n, const char *codes,
                    const char **ret_text) MUST_CHECK;

struct employer {
    int64_t id;
    const char *name, *kind;
};
struct worker_facts {
    const char *name;
    int64_t team;           /* INT_NONE: none */
    const char *discipline; /* the main one; NULL */
    const char *others;     /* further disciplines; NULL */
    int64_t employer;       /* INT_NONE: unknown */
    const char *contract;   /* own, seconded, hired; NULL */
    const char *languages;  /* NULL */
    const char *gender;     /* said by the worker, for a resident's wish; NULL */
    int64_t room;           /* weighted cases that fit; INT_NONE: the setting */
    int32_t started, ended; /* first and last day in service; DAY_NONE: not known, not yet */
    const char *takeover;   /* at the transition: asked, moved, declined; NULL: was not there */
    struct employer
        employer_new; /* only when writing: found by name or added, instead of `employer`; name NULL: none */
};
struct worker {
    int64_t id, version;
    struct worker_facts f;
    const char *employer_name, *employer_kind; /* NULL */
};

/* In service on that day? Who has no first day was always there. */
bool worker_serves(const struct worker_facts *f, int32_t day);

/* Who works here, also who left; a team lead and a worker see their own team. Rights: RIGHT_STAFF. */
enum err worker_all(struct ctx *c, int64_t team, struct worker **ret_worker, size_t *ret_n) MUST_CHECK;
/* Rights: RIGHT_STAFF. E_NOT_FOUND, also for another team than the actor's. */
enum err worker_get(struct ctx *c, int64_t id, struct worker *ret_worker) MUST_CHECK;
/* Rights: RIGHT_STAFF_EDIT; a lead adds to the own team. fte: hundredths from the first day on; INT_NONE:
 * none. */
enum err worker_add(struct ctx *c, const struct worker_facts *f, int64_t fte, int64_t *ret_id) MUST_CHECK;
/* A last day is refused while the worker has open cases (register/handover.h gives them to others first).
 * seen: the version that the user saw. Rights: RIGHT_STAFF_EDIT. */
enum err worker_change(struct ctx *c, int64_t id, int64_t seen, const struct worker_facts *f) MUST_CHECK;
/* Inside db_tx, for who has checked: the first facts of a worker who was just added by name alone. */
enum err worker_write_first(struct ctx *c, int64_t id, const struct worker_facts *f) MUST_CHECK;
/* Inside db_tx, for who has checked: writes the facts as the next version. */
enum err worker_write(struct ctx *c, int64_t id, int64_t seen, const struct worker_facts *f) MUST_CHECK;

/* Without rights, for the register itself. */
enum err worker_read(struct ctx *c, int64_t id, struct worker *ret_worker) MUST_CHECK;
enum err worker_name(struct ctx *c, int64_t id, const char **ret_name) MUST_CHECK; /* "" for INT_NONE */
enum err worker_read_all(struct ctx *c, int64_t team, struct worker **ret_worker, size_t *ret_n) MUST_CHECK;

struct worker_version {
    int64_t version, recorded_at;
    const char *who; /* NULL: the command line */
    struct worker_facts f;
    const char *employer_name;
};
/* The versions of a worker that worker_get gave, the oldest first. */
enum err worker_versions(struct ctx *c, int64_t id, struct worker_version **ret_version,
                         size_t *ret_n) MUST_CHECK;

/* Rights: RIGHT_LOGGED_IN. */
enum err employer_all(struct ctx *c, struct employer **ret_employer, size_t *ret_n) MUST_CHECK;
/* Finds by name or adds; inside db_tx. Rights: RIGHT_STAFF_EDIT or RIGHT_TRANSFER, checked by the caller. */
enum err employer_find_or_add(struct ctx *c, const char *name, const char *kind, int64_t *ret_id) MUST_CHECK;

struct login_name {
    int64_t id, worker; /* worker: whose account it is; INT_NONE */
    const char *login, *name, *role;
};
/* Accounts that a worker may have; and linking one to a worker (INT_NONE: to nobody). Rights:
 * RIGHT_STAFF_EDIT. */
enum err worker_accounts(struct ctx *c, struct login_name **ret_account, size_t *ret_n) MUST_CHECK;
enum err worker_link(struct ctx *c, int64_t worker, int64_t account) MUST_CHECK;

/* Who moved over at the transition (behoud, C5): asked and moved, as persons and hundredths of fte on their
 * first day; who of those in service a year before `day` is still here; and who was still here twelve months
 * after the own first day, of those who began so long ago: came along at the transition, and arrived later.
 */
struct retention {
    int64_t asked, moved, asked_fte, moved_fte;
    int64_t year_ago, still;
    int64_t moved_before, moved_stayed, arrived, arrived_stayed;
};
enum err worker_retention(struct ctx *c, int32_t day, struct retention *ret_retention) MUST_CHECK;

#endif
