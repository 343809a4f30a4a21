// SPDX-License-Identifier: EUPL-1.2
/* A contact (contactmoment): someone asked us something, by phone, at the counter, at a consultation hour. It
 * may be anonymous and need not lead to a request. Each question of it is answered at once, turned into a
 * request, promised a call-back, sent on, or stays open.
 *
 * Who sees a contact: who sees the whole register, the team and the account that wrote it down; never when
 * the person is hidden from the account. */
#ifndef PEIL_REGISTER_CONTACT_H
#define PEIL_REGISTER_CONTACT_H

#include "register/callback.h"
#include "register/code.h"
#include "register/history.h"
#include "register/person.h"
#include "register/safe_contact.h"

enum { CONTACT_QUESTIONS = 8 };

/* Codes that are stored. The causes of failure demand (faalvraag) are fixed, so that years can be compared.
 */
extern const struct code_name contact_topics[], contact_outcomes[], contact_askers[], contact_heards[],
    contact_failures[];
extern const size_t contact_topic_count, contact_outcome_count, contact_asker_count, contact_heard_count,
    contact_failure_count;

struct contact_question_form {
    const char *topic, *outcome;
    const char *text; /* the answer or what remains to be done; NULL */
};
struct contact_form {
    int64_t person;                  /* a known person, or INT_NONE: `who` */
    struct identity who;             /* name and phone both NULL: anonymous */
    const struct safe_contact *safe; /* NULL: not asked now; needed for someone new who is not anonymous */
    int64_t occurred_at;             /* TIME_NONE: now; not in the future */
    const char *channel;             /* of request_channels */
    const char *asker;
    const char *heard;     /* how found us: NULL not asked, "unknown" asked but not known */
    const char *referrer;  /* of request_routes: who sent the resident; NULL nobody or not asked */
    const char *failure;   /* cause of failure demand; NULL: none */
    int64_t neighbourhood; /* INT_NONE: unknown */
    int64_t session;       /* the consultation hour where it was asked; INT_NONE */
    bool tally;            /* counted only: no person, no texts */
    struct contact_question_form question[CONTACT_QUESTIONS];
    size_t questions;                       /* at least one */
    const struct callback_promise *promise; /* a call-back that belongs to it; NULL */
};
/* Stores contact, questions, safe contact and call-back in one go. Rights: RIGHT_CONTACT.
 * Errors: E_INVALID with the field; "question-N-topic" and the like for question N from 0. */
enum err contact_add(struct ctx *c, const struct contact_form *f, int64_t *ret_id) MUST_CHECK;

struct contact_question {
    int64_t contact, seq; /* from 1 */
    const char *topic, *outcome, *text;
    int64_t request; /* what it was turned into; INT_NONE */
};
struct contact {
    int64_t id, occurred_at, recorded_at, account, team, neighbourhood, person, keeper, session;
    const char *channel, *asker, *heard, *referrer, *failure, *who;
    bool tally, withdrawn;
    const char *name; /* of the person; "" */
    const struct contact_question *question;
    size_t questions;
};
/* Rights: RIGHT_CONTACT; the look is logged. E_NOT_FOUND also for a contact that the user may not see. */
enum err contact_get(struct ctx *c, int64_t id, struct contact *ret_contact) MUST_CHECK;

struct contact_period {
    int64_t from, to; /* moments; to: the first one after it */
    int64_t max, skip;
};
/* The newest first, with their questions but without texts. Rights: RIGHT_CONTACT; logged. */
enum err contact_list(struct ctx *c, const struct contact_period *p, struct contact **ret_contact,
                      size_t *ret_n) MUST_CHECK;

/* A question that was open gets its outcome later. Rights: RIGHT_CONTACT.
 * request: for outcome "request"; else INT_NONE. E_CONFLICT when it has an outcome already. */
struct contact_settle {
    int64_t contact, seq;
    const char *outcome, *note;
    int64_t request;
};
enum err contact_question_settle(struct ctx *c, const struct contact_settle *s) MUST_CHECK;
/* A contact that was counted by mistake: it stays visible and counts no longer. Rights: RIGHT_CONTACT. */
enum err contact_withdraw(struct ctx *c, int64_t id) MUST_CHECK;

/* Questions that wait: for an answer, or for their request to be written. asker NULL: of everyone. The oldest
 * first. Rights: RIGHT_CONTACT. */
struct contact_waiting {
    int64_t contact, seq, occurred_at, person;
    const char *topic, *outcome, *asker, *channel;
};
enum err contact_open(struct ctx *c, const char *asker, struct contact_waiting **ret_open,
                      size_t *ret_n) MUST_CHECK;

/* Counts of a period, in the order of the lists of codes. A share of few says nothing: show none under
 * CONTACT_SHARE_LEAST. */
enum { CONTACT_SHARE_LEAST = 20, CONTACT_CODES = 20 };
struct contact_figures {
    int64_t contacts, tallies;
    int64_t failure[CONTACT_CODES], failures;
    int64_t heard[CONTACT_CODES];
    int64_t heard_asked, heard_known; /* were asked how they found us; knew it */
    int64_t asker[CONTACT_CODES], channel[CONTACT_CODES];
    int64_t topic[CONTACT_CODES], questions;
    int64_t outcome[CONTACT_CODES];
};
/* Contacts that happened in [from, to). Numbers of everyone, without names. Rights: RIGHT_CONTACT or
 * RIGHT_FIGURES. */
enum err contact_figures(struct ctx *c, int64_t from, int64_t to, struct contact_figures *ret_f) MUST_CHECK;

struct contact_row {
    int64_t id, occurred_at;
    const char *channel, *asker;
};
/* Contacts of a person (for one timeline), and those that led to a request. Rights: RIGHT_CONTACT; without it
 * nothing. */
enum err contact_of_person(struct ctx *c, int64_t person, struct contact_row **ret_row,
                           size_t *ret_n) MUST_CHECK;

#endif
