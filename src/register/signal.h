// SPDX-License-Identifier: EUPL-1.2
/* Signals (signalen): something may be wrong, seen by anyone; no complainant is needed. Severity times the
 * number of people who say it independently tells one loud voice from many. A signal is answered; whether it
 * is an incident or a pattern is judged by the quality officer. */
#ifndef PEIL_REGISTER_SIGNAL_H
#define PEIL_REGISTER_SIGNAL_H

#include "register/history.h"
#include "register/procedure.h"

enum { SIGNAL_SEVERITIES = 4, SIGNAL_DAYS = 91 }; /* the time in which reporters are counted */

extern const struct code_name signal_topics[], signal_sources[], signal_verdicts[], signal_severities[];
extern const size_t signal_topic_count, signal_source_count, signal_verdict_count;

enum signal_state { SIGNAL_OPEN, SIGNAL_JUDGED, SIGNAL_ANSWERED, SIGNAL_CLOSED };
enum signal_step {
    SIGNAL_RECEIVED,      /* number: severity */
    SIGNAL_JUDGED_STEP,   /* number: severity; reason: verdict */
    SIGNAL_ANSWERED_STEP, /* note: the answer */
    SIGNAL_NOTE,
    SIGNAL_CLOSED_STEP,
    SIGNAL_STEPS
};
extern const struct procedure signal_steps; /* by enum signal_step and signal_state */

struct signal_standing {
    enum signal_state state;
    int64_t version, severity, answered_at, closed_at;
    const char *verdict; /* NULL: not judged */
};
void signal_replay(const struct happening *h, size_t n, struct signal_standing *ret_s);

struct signal_form {
    const char *about; /* no names; the form says so */
    const char *topic, *source;
    const char *teller; /* who tells it, when that is not who types it; "" */
    int64_t severity;   /* 1 .. SIGNAL_SEVERITIES */
    int64_t neighbourhood, team, place;
};
/* Rights: RIGHT_SIGNAL. Errors: E_INVALID with the field. */
enum err signal_add(struct ctx *c, const struct signal_form *f, int64_t *ret_id) MUST_CHECK;

struct signal_view {
    int64_t id, keeper, severity, neighbourhood, team, received_at;
    char number[24]; /* "S-2024-12" */
    const char *topic, *source;
    const char *about, *teller; /* only of signal_get; teller: who told it, "" when that is the account */
    int64_t reporters; /* how many people told this about the same topic and neighbourhood in SIGNAL_DAYS */
    bool own;
    struct signal_standing now;
    int32_t due; /* day on which an answer is due; DAY_NONE once answered */
    bool late;
    const struct happening *step; /* only of signal_get */
    size_t steps;
};
/* Within the organisation every signal; the advisory council and partners see their own. E_NOT_FOUND
 * otherwise. */
enum err signal_get(struct ctx *c, int64_t id, struct signal_view *ret_signal) MUST_CHECK;

struct signal_filter {
    bool open;
    int32_t from, to;
    const char *topic; /* NULL: all */
    int64_t severity;  /* INT_NONE: all */
};
enum { SIGNAL_PAGE = 500 };
enum err signal_list(struct ctx *c, const struct signal_filter *f, struct signal_view **ret_signal,
                     size_t *ret_n) MUST_CHECK;

struct signal_change {
    int64_t id, seen;
    enum signal_step step;
    int64_t severity;
    const char *verdict, *note;
};
/* Rights: RIGHT_SIGNAL_JUDGE; a note also by RIGHT_SIGNAL within the organisation. */
enum err signal_change(struct ctx *c, const struct signal_change *change) MUST_CHECK;

/* Working days within which a signal of this severity is answered: 4 danger: the same day, 3 serious: 5,
 * else 15. */
int signal_answer_days(int64_t severity);

#endif
