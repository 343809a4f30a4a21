// SPDX-License-Identifier: EUPL-1.2
/* Complaints (klachten): about conduct, under one of three regimes that set the terms. Each step is appended
 * to the history; how a complaint stands follows from its steps.
 *
 * Who sees what (domain of the complaints officer): the officer sees names and text; quality sees the record
 * without who complained; a team lead sees those about the own team after closing, without names; a worker
 * sees what was said about them (Awb 9:9), without the officer's notes. Nobody sees a complaint in the file
 * of the request. Looks are logged.
 */
#ifndef PEIL_REGISTER_COMPLAINT_H
#define PEIL_REGISTER_COMPLAINT_H

#include "register/complaint_term.h"
#include "register/history.h"
#include "register/person.h"
#include "register/procedure.h"

struct complaint_id {
    int64_t v;
};

/* Codes that are stored. */
extern const struct code_name complaint_categories[], complaint_outcomes[], complaint_channels[],
    complaint_committee_reasons[];
extern const size_t complaint_regime_count; /* of complaint_regimes (complaint_term.h) */
extern const size_t complaint_category_count, complaint_outcome_count, complaint_channel_count,
    complaint_committee_reason_count;

enum complaint_state {
    COMPLAINT_OPEN,
    COMPLAINT_RUNNING,
    COMPLAINT_AT_COMMITTEE,
    COMPLAINT_DECIDED,
    COMPLAINT_CLOSED
};

enum complaint_step {
    COMPLAINT_RECEIVED,     /* reason: the category */
    COMPLAINT_ACKNOWLEDGED, /* ontvangst bevestigd */
    COMPLAINT_HANDLER,      /* number: account that handles it */
    COMPLAINT_CATEGORISED,  /* reason: another category (rubriceren) */
    COMPLAINT_TALKED,       /* tried to solve it by talking */
    COMPLAINT_HEARD,        /* hoorgesprek */
    COMPLAINT_NOT_HEARD,    /* the complainant waives the hearing */
    COMPLAINT_EXTENDED,     /* verdaagd, once */
    COMPLAINT_AGREED,       /* until: the later day that the complainant agreed to in writing (Awb 9:11(3)) */
    COMPLAINT_TO_COMMITTEE, /* until: day of the meeting; note: why */
    COMPLAINT_NO_COMMITTEE, /* reason: why not */
    COMPLAINT_RULED,        /* ruling of the committee; reason: outcome */
    COMPLAINT_REFUSED,      /* not dealt with, with notice (Awb 9:8) */
    COMPLAINT_DECIDED_STEP, /* written finding sent; reason: outcome */
    COMPLAINT_SOLVED,       /* solved to the satisfaction of the complainant: the duty ends (Awb 9:5) */
    COMPLAINT_WITHDRAWN,
    COMPLAINT_ANSWERED,  /* Youth Act: told whether measures follow the ruling */
    COMPLAINT_OMBUDSMAN, /* went on to the ombudsman */
    COMPLAINT_CHANGED,   /* told what changed because of it */
    COMPLAINT_CLOSED_STEP,
    COMPLAINT_NOTE,
    COMPLAINT_STEPS
};
extern const struct procedure complaint_steps; /* by enum complaint_step and complaint_state */

/* How a complaint stands after its steps: pure, in the order of recording. Texts are borrowed. */
struct complaint_standing {
    enum complaint_state state;
    int64_t version, handler;
    const char *category, *committee,
        *outcome; /* committee: "yes", or the reason why not; NULL: not decided */
    int64_t acknowledged_at, extended_at, agreed_at, agreed_to, committee_at, ruled_at, refused_at,
        decided_at, answered_at, closed_at;
    bool heard;
};
void complaint_replay(const struct happening *h, size_t n, struct complaint_standing *ret_s);

struct complaint_form {
    int64_t person; /* INT_NONE: `who` is new */
    struct identity who;
    int64_t request; /* that it is about; INT_NONE */
    const char *about, *regime, *category, *channel;
    bool serious; /* safety, discrimination, privacy */
    int64_t team, worker;
    int32_t received;
};
/* Rights: RIGHT_COMPLAINT_ENTER. Errors: E_INVALID with the field. */
enum err complaint_add(struct ctx *c, const struct complaint_form *f, struct complaint_id *ret_id) MUST_CHECK;

/* What this user may see of one. */
enum complaint_view { COMPLAINT_HIDDEN, COMPLAINT_ABOUT_ME, COMPLAINT_NAMELESS, COMPLAINT_WHOLE };

struct complaint {
    struct complaint_id id;
    char number[24]; /* "K-2024-12" */
    enum complaint_view view;
    const char *name, *phone, *email; /* NULL unless the whole may be seen */
    const char *about;                /* what was said; NULL when it may not be read */
    const char *regime, *category, *channel, *worker_name, *handler_name;
    int64_t keeper, request, team, worker, received_at, recorded_at;
    bool serious;
    struct complaint_standing now;
    const struct happening *step; /* notes only for who sees the whole */
    size_t steps;
    struct law_term term[COMPLAINT_TERMS]; /* the one that counts for the answer first */
    size_t terms;
};
/* Errors: E_NOT_FOUND, also when it may not be seen. The look is logged. */
enum err complaint_get(struct ctx *c, struct complaint_id id, struct complaint *ret_complaint) MUST_CHECK;

struct complaint_change {
    struct complaint_id id;
    int64_t seen; /* version that the user saw; -1: any */
    enum complaint_step step;
    int64_t at;    /* when it happened; TIME_NONE: now */
    int64_t until; /* TIME_NONE */
    int64_t handler;
    const char *reason, *note;
};
/* Rights: RIGHT_COMPLAINT. E_CONFLICT when it is impossible now, E_INVALID with the field; the handler may
 * not be the worker whom it is about (Awb 9:7). Closing needs an outcome, and whether the committee dealt
 * with it and why not. */
enum err complaint_change(struct ctx *c, const struct complaint_change *change) MUST_CHECK;

struct complaint_filter {
    bool open;                     /* only those that are not closed */
    int32_t from, to;              /* received on these days; not with open */
    const char *category, *regime; /* NULL: all */
    int64_t page;                  /* from 1 */
};
enum { COMPLAINT_PAGE = 200 };
struct complaint_row {
    struct complaint_id id;
    char number[24];
    const char *name; /* NULL: not for this user */
    const char *regime, *category, *team, *outcome, *committee;
    enum complaint_state state;
    int64_t received_at, closed_at;
    int32_t due; /* DAY_NONE when nothing runs */
    bool late, serious;
};
/* Rights: RIGHT_COMPLAINT_LIST. What this user may see, as above; the look is logged. */
enum err complaint_list(struct ctx *c, const struct complaint_filter *f, struct complaint_row **ret_row,
                        size_t *ret_n) MUST_CHECK;

/* Colleagues whom a complaint can be about. Rights: RIGHT_COMPLAINT_ENTER. */
struct complaint_worker {
    int64_t id;
    const char *name;
};
enum err complaint_workers(struct ctx *c, struct complaint_worker **ret_worker, size_t *ret_n) MUST_CHECK;
/* Accounts that can handle complaints. Rights: RIGHT_COMPLAINT. */
struct complaint_handler {
    int64_t id;
    const char *name;
    int64_t worker; /* INT_NONE: none */
};
enum err complaint_handlers(struct ctx *c, struct complaint_handler **ret_handler, size_t *ret_n) MUST_CHECK;

#endif
