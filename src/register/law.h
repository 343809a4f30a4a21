// SPDX-License-Identifier: EUPL-1.2
/* Legal clocks of a request (wettelijke termijnen): Wmo report (melding), applications (aanvraag), decisions
 * (besluit), suspensions (opschorting), notices of default (ingebrekestelling), objections (bezwaar), the
 * plan of the Youth Act. docs/law.md has each of them with article, start, stop and what a lawyer must check;
 * the text of 2017 was read.
 *
 * How the legal track stands is played from the events of the request, like its standing: nothing here is
 * stored as truth. An application is known by the number (seq) of the event that received it: the events
 * about it carry that number in `object`. A suspension is known by the number of its event: the one that ends
 * it carries that in `number`. */
#ifndef PEIL_REGISTER_LAW_H
#define PEIL_REGISTER_LAW_H

#include "register/code.h"
#include "register/penalty.h"
#include "register/state.h"
#include "register/term.h"

/* ── The clocks ───────────────────────────────────────────────────────────────────────────────────────────
 */
enum law_kind {
    LAW_RECEIPT,        /* receipt confirmed */
    LAW_PERSONAL_PLAN,  /* the resident may hand in a personal plan */
    LAW_RESEARCH,       /* the six weeks */
    LAW_YOUTH_PLAN,     /* plan, when the family makes none */
    LAW_YOUTH_WRITTEN,  /* the plan in writing, when asked */
    LAW_DECISION_WMO,   /* two weeks */
    LAW_DECISION_OTHER, /* bylaw, else eight weeks */
    LAW_DEFAULT,        /* two weeks after a notice of default */
    LAW_PENALTY,        /* decide on the amount of the penalty */
    LAW_OBJECTING,      /* the resident may object */
    LAW_OBJECTION,      /* decide on it */
    LAW_OBJECTION_COMMITTEE,
    LAW_REVIEW,    /* look at the decision again; its day is agreed, not computed */
    LAW_COMPLAINT, /* of and for the municipality (Awb 9) */
    LAW_COMPLAINT_COMMITTEE,
    LAW_COMPLAINT_REFUSED,
    LAW_COMPLAINT_PROVIDER, /* own scheme of a Wmo provider */
    LAW_COMPLAINT_YOUTH,    /* ruling of the committee of a youth-help provider */
    LAW_COMPLAINT_ANSWER,   /* what the provider does with that ruling */
    LAW_ERASURE,
    LAW_CALAMITY,
    LAW_KINDS
};
struct law_rule {
    const char *code, *name; /* name: English, to be translated */
    const char *article;     /* "Wmo 2.3.2(1)" */
    struct term_length length;
    enum party owner;        /* who must act; municipality: us when we decide for it */
    struct term_length more; /* how much longer at most, once; amount 0: never */
    bool duty;               /* false: a right of the resident, which only passes */
};
const struct law_rule *law_rule(enum law_kind kind);
const char *law_kind_name(const struct ctx *c, enum law_kind kind);

/* What a municipality chooses (register/law_setting.h): as long as nothing was chosen, and from a day on. */
struct law_change {
    const char *name; /* "law.other_weeks" */
    int32_t from;
    int value; /* of law.decides: 1 we decide, 0 the municipality */
};
struct law_options {
    bool mandate;                    /* we decide in its name (Wmo 2.6.3): setting law.decides = us */
    int other_weeks;                 /* Awb 4:13 or the bylaw: law.other_weeks */
    int provider_weeks, youth_weeks; /* own complaint schemes: law.provider_weeks, law.youth_weeks */
    int receipt_days;                /* working days: law.receipt_days */
    struct penalty_rates penalty;    /* law.penalty */
    const struct law_change *change; /* by setting and first day */
    size_t changes;
};
#define LAW_OPTIONS_DEFAULT                                                                                  \
    (struct law_options)                                                                                     \
    {                                                                                                        \
        .other_weeks = 8, .provider_weeks = 6, .youth_weeks = 6, .receipt_days = 2                           \
    }
/* The settings of this register. */
enum err law_options_get(struct ctx *c, struct law_options *ret_options) MUST_CHECK;
/* Of a term that begins on this day. */
struct term_length law_length(const struct law_options *o, enum law_kind kind, int32_t day);
enum party law_owner(const struct law_options *o, enum law_kind kind, int32_t day);

/* ── Codes that are stored ────────────────────────────────────────────────────────────────────────────────
 */
enum law_act { LAW_WMO, LAW_YOUTH, LAW_OTHER, LAW_ACTS };
/* What is applied for. */
struct law_provision {
    const char *code, *name;
    enum law_act act;
};
extern const struct law_provision law_provisions[];
extern const size_t law_provision_count;
bool law_provision_find(const char *code, const struct law_provision **ret_provision);

/* Why a term stands still, or whom it waits for. */
struct law_ground {
    const char *code, *name, *article;
    enum party party;
    bool objection; /* else: of the application */
    bool still;     /* false: somebody else must act, but the term runs on */
    bool through;   /* agreed until: up to and with that day; else up to it */
    bool needs_end; /* the letter names a last day */
};
extern const struct law_ground law_grounds[];
extern const size_t law_ground_count;
const struct law_ground *law_ground_find(const char *code); /* NULL: unknown */

extern const struct code_name law_results[], law_objection_results[], law_family_plans[];
extern const size_t law_result_count, law_objection_result_count, law_family_plan_count;
/* Name of a provision, ground or result; the code itself when it is unknown. */
const char *law_code_name(const struct ctx *c, const char *code);

/* ── How it stands ────────────────────────────────────────────────────────────────────────────────────────
 */
enum law_track { TRACK_NONE, TRACK_WMO, TRACK_YOUTH, TRACK_OTHER, TRACKS };
enum law_stage { STAGE_NONE, STAGE_OPEN, STAGE_RESEARCHED, STAGE_APPLIED, STAGE_DECIDED, STAGES };

struct law_pause {
    int64_t seq, application;
    const struct law_ground *ground;
    struct term_change change; /* until: when it ended, else the last day of the letter */
    bool ended;                /* somebody said so */
};
/* What can happen to an application, and again to an objection. */
struct law_late {
    int64_t notice_at, paid_at, paid; /* euros; INT_NONE */
};
struct law_application {
    int64_t seq;
    const struct law_provision *provision;
    int64_t applied_at, decided_at, review_at, reviewed_at;
    const char *result;
    int64_t postponed_at, postponed_to;
    struct law_late late;
    int64_t objected_at, objection_decided_at, extended_at;
    bool committee;
    const char *objection_result;
    struct law_late objection_late;
};
struct law {
    enum law_track track;
    enum law_stage stage;
    int64_t reported_at, receipt_at, personal_plan_at, supporter_at, researched_at, account_at, letter_at;
    int64_t family_declined_at, plan_at, written_asked_at, written_sent_at;
    const char *family_plan;             /* the last that was said: wanted, declined, made; NULL */
    int64_t ended_at;                    /* of the request; TIME_NONE */
    struct law_application *application; /* in the order in which they came */
    size_t applications;
    struct law_pause *pause;
    size_t pauses;
    struct term_change *wait; /* pauses that the resident asked for: the research runs on */
    size_t waits;
};

/* Plays events that standing_replay has sorted and marked. What is impossible changes nothing; the number of
 * the first such event is in *ret_refused (0: none). Memory from the context. */
enum err law_replay(struct ctx *c, const struct event *event, size_t n, struct law *ret_law,
                    int64_t *ret_refused) MUST_CHECK;
bool law_kind_is(enum kind kind);             /* an event that the legal track knows */
bool law_kind_is_application(enum kind kind); /* and that names its application */
const struct law_application *law_application_find(const struct law *l, int64_t seq); /* NULL: none */
bool law_objection_open(const struct law_application *a);
const char *track_code(enum law_track track);
const char *stage_code(enum law_stage stage);
const char *track_name(const struct ctx *c, enum law_track track);
const char *stage_name(const struct ctx *c, enum law_stage stage);

/* ── The terms of one request ─────────────────────────────────────────────────────────────────────────────
 */
struct law_term {
    enum law_kind kind;
    int64_t application; /* 0: of the report or plan */
    const struct law_provision *provision;
    struct term term;
    struct term_change *change;
    size_t changes;
    struct term_state now;
    bool ended;             /* the request ended and what was asked was not done */
    bool dropped;           /* that was before the last day: neither kept nor not kept */
    bool overdue;           /* a duty that is late now */
    struct penalty penalty; /* LAW_DEFAULT: what it costs so far */
};
/* All of them, overdue first, then by last day; those that are over last. */
enum err law_terms(struct ctx *c, const struct calendar *k, const struct law_options *o, const struct law *l,
                   int64_t now, struct law_term **ret_term, size_t *ret_n) MUST_CHECK;
bool law_term_runs(const struct law_term *t);
/* The term for deciding on an application or on the objection against it. */
enum err law_decision_term(struct ctx *c, const struct calendar *k, const struct law_options *o,
                           const struct law *l, const struct law_application *a, bool objection, int64_t now,
                           struct law_term *ret_term) MUST_CHECK;
/* Last day of the six weeks of a report made at this moment. */
int32_t law_research_due(const struct calendar *k, int64_t reported_at);
/* Reports made before this moment are past their six weeks today. */
int64_t law_research_cutoff(const struct calendar *k, int32_t today);

#endif
