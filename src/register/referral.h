// SPDX-License-Identifier: EUPL-1.2
/* Referrals (doorverwijzingen).
 *
 * In: a partner tells us about a resident. That makes a request, waiting since the day on which the partner
 * reported it. The partner sees in four words how it stands, only of its own referrals and only while the
 * resident agrees: when consent is withdrawn the referral is gone from everything that the partner can reach,
 * from that moment on. The referrer gets an answer within a norm in working days (setting norm.referrer).
 * Out: we bring a resident to a partner, at best together (warme overdracht), and ask within a number of days
 * (setting norm.arrival) whether the resident arrived.
 */
#ifndef PEIL_REGISTER_REFERRAL_H
#define PEIL_REGISTER_REFERRAL_H

#include "register/history.h"
#include "register/request.h"

/* Who agreed, and how; what we answered; whether the resident arrived. */
extern const struct code_name consent_givers[], consent_ways[], referral_answers[], referral_arrivals[];
extern const size_t consent_giver_count, consent_way_count, referral_answer_count, referral_arrival_count;
const char *referral_step_name(const struct ctx *c, const char *code);

struct consent {
    bool given;
    const char *given_by, *how; /* codes */
    int32_t day;                /* not in the future */
};

/* ── By the partner ───────────────────────────────────────────────────────────────────────────────────────
 */

struct referral_form {
    struct identity who; /* a name or a phone number is needed */
    const char *question;
    int32_t day;           /* on which the resident asked the partner; not in the future */
    int64_t neighbourhood; /* INT_NONE: unknown */
    bool multi_problem;    /* several linked problems */
    bool stays;            /* the partner goes on helping until we begin */
    struct consent consent;
};
/* A referral by the partner of this account, with a new request at intake. Rights: RIGHT_REFERRAL.
 * Errors: E_INVALID with the field; E_CONFLICT when the account belongs to no partner. */
enum err referral_add(struct ctx *c, const struct referral_form *f, int64_t *ret_id) MUST_CHECK;

/* All that a partner is told. */
enum referral_state {
    REFERRAL_RECEIVED,
    REFERRAL_WAITING,
    REFERRAL_TALKING,
    REFERRAL_CLOSED,
    REFERRAL_STATES
};
const char *referral_state_name(const struct ctx *c, enum referral_state state);
struct referral_own {
    int64_t id, version;
    char number[32];
    const char *name; /* as the partner wrote it down; "" */
    int32_t day;
    enum referral_state state;
    bool multi_problem, stays;
    int32_t answered; /* day of our answer; DAY_NONE */
    const char *answer;
};
/* The partner's own referrals to which residents agree, the newest first; with words: only those whose name
 * or number begins so. The look is logged. Rights: RIGHT_REFERRAL. */
enum err referral_own_list(struct ctx *c, const char *words, struct referral_own **ret_row,
                           size_t *ret_n) MUST_CHECK;
/* E_NOT_FOUND for everything else, also after consent was withdrawn. */
enum err referral_own_get(struct ctx *c, int64_t id, struct referral_own *ret_referral) MUST_CHECK;
/* The resident told the partner not to agree any more. Rights: RIGHT_REFERRAL, own referrals. */
enum err referral_own_withdraw(struct ctx *c, int64_t id, int64_t version,
                               const struct consent *k) MUST_CHECK;
/* The organisation of this account; "" when there is none. Rights: RIGHT_REFERRAL. */
enum err referral_own_partner(struct ctx *c, const char **ret_name) MUST_CHECK;

/* ── By us ────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct referral {
    int64_t id, version, partner, request, person;
    bool out;
    const char *partner_name, *name; /* name of the resident; "" */
    char number[32];
    int64_t occurred_at, recorded_at;
    bool consent, multi_problem, stays, warm;
    int64_t answered_at, checked_at; /* TIME_NONE */
    const char *answer, *arrival;    /* codes; NULL */
    enum state state;
    int64_t urgency, team, worker;
    const char *worker_name;  /* who helps the resident; NULL: nobody yet */
    int64_t first_contact_at; /* when we first spoke to the resident after the report; TIME_NONE */
    int32_t due;              /* last day for the answer or for the check */
    bool late;                /* that is over, and nothing was done; never without consent */
    bool stuck;               /* the partner goes on helping, and the resident waits longer than agreed */
};
enum referral_part { REFERRAL_ALL, REFERRAL_OPEN, REFERRAL_LATE, REFERRAL_STUCK, REFERRAL_PARTS };
struct referral_filter {
    bool out;
    int32_t from, to;
    int64_t partner;         /* INT_NONE: all */
    enum referral_part part; /* open: to be answered (with consent) or checked; stuck: only in */
};
/* Within scope, oldest first; the look is logged. Rights: RIGHT_CONTACT. */
enum err referral_list(struct ctx *c, const struct referral_filter *f, struct referral **ret_row,
                       size_t *ret_n) MUST_CHECK;
enum err referral_of_request(struct ctx *c, struct request_id request, struct referral **ret_row,
                             size_t *ret_n) MUST_CHECK;
enum err referral_get(struct ctx *c, int64_t id, struct referral *ret_referral) MUST_CHECK;
enum err referral_history(struct ctx *c, const struct referral *r, const struct happening **ret_h,
                          size_t *ret_n) MUST_CHECK;
struct consent_step {
    struct consent consent;
    int64_t recorded_at;
    const char *who; /* recorded it; NULL: the command line */
};
enum err referral_consents(struct ctx *c, int64_t id, struct consent_step **ret_step,
                           size_t *ret_n) MUST_CHECK;

/* The resident agrees, or does not any more. Rights: RIGHT_CONTACT, within scope. */
enum err referral_consent(struct ctx *c, int64_t id, int64_t version, const struct consent *k) MUST_CHECK;
struct referral_answer {
    int64_t id, version;
    const char *answer, *note; /* note: sealed with the resident's key; NULL */
    int32_t day;
};
/* Our answer to the referrer; E_CONFLICT without consent. Rights: RIGHT_CONTACT. */
enum err referral_give_answer(struct ctx *c, const struct referral_answer *a) MUST_CHECK;

/* A record beside a request that exists: a partner referred by phone (in), or we bring the resident to a
 * partner (out; only with consent). Rights: RIGHT_CONTACT, within scope. */
struct referral_link {
    struct request_id request;
    int64_t partner;
    bool out, warm, multi_problem, stays;
    int32_t day;
    struct consent consent;
    const char *note; /* NULL */
};
enum err referral_link(struct ctx *c, const struct referral_link *l, int64_t *ret_id) MUST_CHECK;
/* Did the resident arrive? Also an event of the request. Rights: RIGHT_CONTACT. */
/* Inside db_tx, after an event that says whether somebody arrived, or that takes one back: our referrals of
 * the request stand as its events say. Events as standing_replay left them. */
enum err referral_follow(struct ctx *c, int64_t request, const struct event *event, size_t n) MUST_CHECK;
enum err referral_check(struct ctx *c, int64_t id, int64_t version, const char *arrival,
                        int32_t day) MUST_CHECK;

/* ── Numbers a partner ────────────────────────────────────────────────────────────────────────────────────
 */

/* Of the referrals to us in a period. With consent: n = in_time + late + open_late + open. */
struct referral_sum {
    int64_t partner;
    const char *name;
    int64_t all, no_consent;
    int64_t in_time, late, open_late,
        open; /* answered in time or late; not answered, over the norm or not yet */
    int64_t multi_problem, stuck;
    int64_t contacted;    /* with whom we spoke */
    int64_t contact_days; /* median days from the report to that, of those; INT_NONE */
};
/* By name, partners without referrals too. Rights: RIGHT_PARTNER. */
enum err referral_sums(struct ctx *c, int32_t from, int32_t to, struct referral_sum **ret_sum,
                       size_t *ret_n) MUST_CHECK;

#endif
