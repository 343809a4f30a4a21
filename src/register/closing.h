// SPDX-License-Identifier: EUPL-1.2
/* Closing a request (afsluiten), what came of it afterwards (nazorg), and asking again (heropenen).
 *
 * A request closes with a reason, where the resident goes to, and whether they say they can go on alone.
 * While help runs, closing asks what to do with it first. Whether the team itself helped is decided by the
 * fixed rule of care.h; who thinks otherwise says why, and both answers stay. */
#ifndef PEIL_REGISTER_CLOSING_H
#define PEIL_REGISTER_CLOSING_H

#include "register/evaluation.h"

extern const struct code_name close_reasons[], destinations[], alone_answers[], aftercare_results[];
extern const size_t close_reason_count, destination_count, alone_answer_count, aftercare_result_count;

struct closing_form {
    struct request_id request;
    int64_t seen;
    int32_t day;
    const char *reason;   /* of close_reasons */
    const char *where_to; /* of destinations */
    const char *alone;    /* of alone_answers */
    const char *experience;
    const char *note;
    bool end_lines;     /* end the lines of help that run, on the same day */
    bool unreviewed;    /* close though no goal was looked back on */
    const char *direct; /* what a person makes of the rule's answer; "" or NULL: the same */
    const char *why;    /* needed when direct differs from the rule */
};
/* After the first talk; who waits is taken off the list (list_exit.h). Rights: RIGHT_CASE; "unreachable" only
 * who may allocate (team lead). Errors: E_INVALID on end_lines or unreviewed when that must be answered
 * first. */
enum err closing_add(struct ctx *c, const struct closing_form *f) MUST_CHECK;
/* What closing will ask: lines that run, goals never looked back on, the rule's answer when it ends with this
 * reason. */
struct closing_check {
    size_t open_lines, unreviewed_goals;
    const char *direct; /* of direct_answers */
};
enum err closing_check(struct ctx *c, const struct request *r, const struct care *k, const char *reason,
                       struct closing_check *ret_check) MUST_CHECK;

struct closing {
    int64_t at;
    const char *reason, *where_to, *alone, *experience, *note, *who;
    const char *main_planned, *main_closed; /* of line_kinds; NULL */
    const char *direct; /* by the rule, of direct_answers; NULL: closed before there was a rule */
    const char *direct_said, *direct_why; /* NULL: nobody said otherwise */
};
/* found: whether it was closed. */
enum err closing_get(struct ctx *c, const struct request *r, struct closing *ret_closing,
                     bool *ret_found) MUST_CHECK;
/* A person says otherwise than the rule, after closing. Rights: RIGHT_CASE. */
struct direct_form {
    struct request_id request;
    int64_t seen;
    const char *direct, *why;
};
enum err direct_say(struct ctx *c, const struct direct_form *f) MUST_CHECK;

/* How it goes some months later. Rights: RIGHT_CALL. "not_reached" is an attempt: it stays on the list. */
struct aftercare_form {
    struct request_id request;
    int64_t seen;
    int32_t day;
    const char *result; /* of aftercare_results */
    const char *note;
};
enum err aftercare_add(struct ctx *c, const struct aftercare_form *f) MUST_CHECK;

/* Asking again: a new request with the text of the old one, linked both ways. Within the months of the
 * setting it is the same question back (heropening), later a new question. Rights: RIGHT_REGISTER. */
struct reopen_form {
    struct request_id request; /* the closed one */
    int64_t seen;
    const char *question; /* NULL or "": as it was asked before */
    int32_t received;
    const char *channel;
    int64_t urgency;
    bool safety_checked;
    const char *why;
};
enum err reopen_add(struct ctx *c, const struct reopen_form *f, struct request_id *ret_id) MUST_CHECK;
bool reopens(const struct config *k, const struct request *r, int32_t day);

/* Another request of the same person, before or after this one. */
struct again {
    int64_t request; /* INT_NONE: none */
    char number[32];
    int32_t closed;
    bool reopened; /* linked as a reopening */
};
/* The last request of the same person that closed at most 12 months (setting) before this one was asked, and
 * the next one that was asked after it closed. */
enum err again_of(struct ctx *c, const struct request *r, struct again *ret_before,
                  struct again *ret_after) MUST_CHECK;

#endif
