// SPDX-License-Identifier: EUPL-1.2
/* Opening a request with a reason (inzage met reden), emergency access (noodtoegang), seals (verzegelen).
 *
 * Who works on a case reads it without asking. Within the team the content opens after a reason, for a
 * working day. Somebody else's request opens in an emergency for a day; each of those is reported to the data
 * protection officer, who judges it. A seal hides a request from all but its own worker and who gave such a
 * reason. A block (access_claim.h) cannot be opened by any reason. */
#ifndef PEIL_REGISTER_ACCESS_H
#define PEIL_REGISTER_ACCESS_H

#include "register/code.h"
#include "register/request.h"
#include "register/right.h"

#define ACCESS_CONTENT "content"
#define ACCESS_EMERGENCY "emergency"
#define ACCESS_CONTENT_HOURS 12
#define ACCESS_EMERGENCY_HOURS 24
#define ACCESS_WHY_LEAST 10 /* characters of the explanation */

extern const struct code_name access_content_reasons[], access_emergency_reasons[], seal_reasons[];
extern const size_t access_content_reason_count, access_emergency_reason_count, seal_reason_count;

struct access_form {
    struct request_id request;
    const char *reason; /* a code of the lists above */
    const char *why;    /* in own words; sealed */
};
/* Opens the content of a request within scope. Rights: RIGHT_REQUEST, with an account. Errors: E_NOT_FOUND,
 * E_INVALID. */
enum err access_open(struct ctx *c, const struct access_form *f) MUST_CHECK;
/* Opens any request but one of a person who is blocked for this account. Rights: RIGHT_EMERGENCY. The answer
 * is the same E_NOT_FOUND for a request that is blocked and one that does not exist. */
enum err access_emergency(struct ctx *c, const struct access_form *f) MUST_CHECK;
/* The requests of the person with exactly this name and birth date, whoever may see them: for an emergency,
 * logged. The newest first. Rights: RIGHT_EMERGENCY. */
enum err access_emergency_find(struct ctx *c, const char *name, int32_t birth,
                               struct request_id *ret_id) MUST_CHECK;

struct seal_form {
    struct request_id request;
    bool seal;   /* false: take it off */
    bool person; /* all requests of this resident, and those to come */
    const char *reason, *why;
};
/* Rights: RIGHT_SEAL; a lead for requests of the own team. A seal is taken off by someone else than who put
 * it on. Errors: E_CONFLICT when it is sealed already, or not; E_FORBIDDEN. */
enum err access_seal(struct ctx *c, const struct seal_form *f) MUST_CHECK;
/* Inside db_tx, for a new request: seals it when its person is sealed. */
enum err access_seal_new(struct ctx *c, int64_t request, int64_t person) MUST_CHECK;
/* What may be told about a seal to who cannot see the request: whether it is there. Rights: RIGHT_SEAL, a
 * lead for the own team. */
struct seal_state {
    int64_t request;
    char number[32];
    int64_t team;
    bool sealed, person_sealed;
};
enum err access_seal_get(struct ctx *c, struct request_id request, struct seal_state *ret_state) MUST_CHECK;

/* ── For the data protection officer ──────────────────────────────────────────────────────────────────────
 */

struct access_case {
    int64_t id, request, account;
    char number[32];
    const char *who, *kind;
    enum role role;
    int64_t starts_at, ends_at;
    const char *reason, *why; /* why: opened; NULL when the resident was erased */
    const char *judged;       /* code; NULL: not yet */
    const char *judged_by;
    int64_t judged_at;
    int64_t looks; /* how often the request was looked at in that time */
};
extern const struct code_name access_judgements[];
extern const size_t access_judgement_count;
struct access_filter {
    const char *kind; /* NULL: all */
    int64_t account;  /* INT_NONE: all */
    int64_t request;  /* INT_NONE: all */
    bool open;        /* only those that were not judged */
};
#define ACCESS_ROWS 200
/* The newest first, at most ACCESS_ROWS. Rights: RIGHT_ACCESS_LOG. */
enum err access_cases(struct ctx *c, const struct access_filter *f, const struct access_case **ret_case,
                      size_t *ret_n) MUST_CHECK;
/* Rights: RIGHT_ACCESS_LOG. E_CONFLICT when it was judged meanwhile. */
enum err access_judge(struct ctx *c, int64_t id, const char *judgement, const char *note) MUST_CHECK;

struct access_look {
    int64_t account, first_at, last_at, times, object_id;
    const char *who, *login, *action, *object;
};
/* Who looked (wie keek in dit dossier?), the last first, at most ACCESS_ROWS. RIGHT_ACCESS_LOG: at this
 * request and all else of its resident; RIGHT_SEAL: at this request, when it is within scope. */
enum err access_looks_of_request(struct ctx *c, struct request_id request,
                                 const struct access_look **ret_look, size_t *ret_n) MUST_CHECK;
/* The name and role of an account; E_NOT_FOUND. Rights: RIGHT_ACCESS_LOG. */
enum err access_account(struct ctx *c, int64_t account, const char **ret_name,
                        enum role *ret_role) MUST_CHECK;
/* What an account looked at. Rights: RIGHT_ACCESS_LOG. */
enum err access_looks_of_account(struct ctx *c, int64_t account, const struct access_look **ret_look,
                                 size_t *ret_n) MUST_CHECK;
/* The requests that are sealed, by number: all, or of the own team. Rights: RIGHT_SEAL. */
enum err access_sealed(struct ctx *c, const struct seal_state **ret_row, size_t *ret_n) MUST_CHECK;

#endif
