// SPDX-License-Identifier: EUPL-1.2
/* Talks with the resident (gesprek), and what is told and asked in them.
 *
 * The first talk (eerste gesprek) is the only thing that stops the waiting: a talk in person or by video with
 * the worker who is going to help, in which the resident or who stands for them took part, and that ends with
 * an agreed next step. An intake call, a letter or a call round is none. */
#ifndef PEIL_REGISTER_TALK_H
#define PEIL_REGISTER_TALK_H

#include "register/care.h"

extern const struct code_name talk_places[], supporter_kinds[], supporter_told_answers[], carer_answers[],
    choice_answers[], absentees[];
extern const size_t talk_place_count, supporter_kind_count, supporter_told_count, carer_answer_count,
    choice_answer_count, absentee_count;
/* Who can be at a talk: bits that are stored as a sum, and their codes. */
extern const struct code_name talk_people[];
extern const size_t talk_people_count;
enum { PRESENT_RESIDENT = 1, PRESENT_REPRESENTATIVE = 2 };

struct talk_form {
    struct request_id request;
    int64_t seen;      /* the version the user saw; -1: any */
    int64_t at;        /* moment of the talk */
    int64_t worker;    /* who is going to help; INT_NONE: the worker of the request, else the user's own */
    const char *place; /* of talk_places */
    int64_t present;   /* bits */
    const char *note;  /* what was said; NULL */
    const char *next_step;              /* needed for a first talk */
    int64_t next_at;                    /* the next appointment; TIME_NONE */
    const char *supporter_told, *carer; /* of their lists; "" or NULL: not now */
};
/* The first talk when there was none, else a later one. Rights: RIGHT_CASE. Errors: E_INVALID with the field,
 * E_CONFLICT. */
enum err talk_add(struct ctx *c, const struct talk_form *f) MUST_CHECK;

/* A request that this user may write a talk of: an own case, or one that waits while nobody is going to help
 * yet (then a worker's talk makes it the own case). */
enum err talk_open(struct ctx *c, struct request_id id, struct request *ret_request) MUST_CHECK;

struct talk {
    int64_t seq, at, worker;
    bool first;
    const char *place, *people, *note, *next_step, *who; /* people: in words; who: who wrote it down */
};
/* The talks of a request whose content is open, in the order of happening; none when it is not. */
enum err talk_all(struct ctx *c, const struct request *r, struct talk **ret_talk, size_t *ret_n) MUST_CHECK;

/* An appointment with date and time. Rights: RIGHT_EVENT. at: in the future. */
struct appointment_form {
    struct request_id request;
    int64_t seen, at;
    const char *place; /* of talk_places */
};
enum err appointment_add(struct ctx *c, const struct appointment_form *f) MUST_CHECK;
/* It did not take place: by whom (of absentees: the resident, us; counted apart). Rights: RIGHT_EVENT. */
struct no_show_form {
    struct request_id request;
    int64_t seen;
    int32_t day;
    const char *by, *note;
};
enum err no_show_add(struct ctx *c, const struct no_show_form *f) MUST_CHECK;
/* The appointment that is next: neither past nor missed; TIME_NONE. */
int64_t appointment_next(const struct request *r, int64_t now);

/* What was told and asked: any of it, at least one. Rights: RIGHT_EVENT. */
struct told_form {
    struct request_id request;
    int64_t seen;
    int32_t day;
    const char *supporter_told; /* understood, not_understood */
    const char *supporter_used; /* which kind of supporter takes part */
    const char *carer;          /* how the carer is doing */
    const char *choice;         /* choice of provider: what became of it */
    const char *note;           /* why not; what the carer said */
};
enum err told_add(struct ctx *c, const struct told_form *f) MUST_CHECK;
/* What is known of it now; NULL: not asked or told yet. */
struct told {
    const char *supporter_told, *supporter_used, *carer, *choice;
};
struct told told_of(const struct request *r);

/* How often each kind of client supporter was told of and took part in a period, kinds without any included.
 * Rights: RIGHT_FIGURES. Names nobody. */
struct supporter_count {
    const char *kind;
    int64_t requests;
};
enum err supporter_counts(struct ctx *c, int64_t from, int64_t to, struct supporter_count **ret_count,
                          size_t *ret_n) MUST_CHECK;

#endif
