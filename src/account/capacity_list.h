// SPDX-License-Identifier: EUPL-1.2
/* What a list and the telephone need (capaciteit), with the own figures of the register: the arithmetic of
 * the account manager. The formulas are those of forecast/capacity.h and forecast/erlang.h; this fills them
 * in. Numbers of a whole list: no persons. */
#ifndef PEIL_ACCOUNT_CAPACITY_LIST_H
#define PEIL_ACCOUNT_CAPACITY_LIST_H

#include "account/expectation.h"

/* What is counted with; a week is the unit of time. NaN: not known. */
struct capacity_asked {
    double demand;   /* requests a week */
    double duration; /* mean weeks of help */
    double hours;    /* workers, as full working weeks */
    double caseload; /* residents that a full working week helps at the same time */
    double queue;    /* who waits now */
    double leave;    /* share of who waits that leaves the list in a week; below 1 */
    double share;    /* the norm: this share begins ... */
    double within;   /* ... within so many weeks */
    double clear;    /* weeks after which nobody should wait any more */
};
/* The figures of a list: demand of the last eight weeks, duration and caseload of the last 26, hours of
 * today, the norm of an ordinary request, and half a year to empty the list. Without staff, hours and
 * caseload are NaN. */
enum err capacity_own(struct ctx *c, const struct expected_driver *driver, size_t drivers, double waiting,
                      struct capacity_asked *ret_own) MUST_CHECK;

struct capacity_answer {
    bool whole;         /* everything that the sums need is known */
    double places;      /* hours x caseload */
    double load;        /* share of the places that demand takes; from 1 on the list grows */
    double starts;      /* a week, when all places are used */
    double wait;        /* weeks, of who asks now */
    double empty;       /* weeks until nobody waits; infinite: never */
    double norm_places; /* that keep the norm in the long run; NaN: more than can be counted */
    double norm_hours;  /* the same as full working weeks */
    double clear_places, clear_hours;
};
struct capacity_answer capacity_answer_of(const struct capacity_asked *asked);

/* ── The telephone ────────────────────────────────────────────────────────────────────────────────────────
 */

enum {
    CAPACITY_PHONE_DAYS = 28,
    CAPACITY_HALF_HOUR = 1800,
    CAPACITY_HANDLING = 240,
    CAPACITY_PATIENCE = 120
};
struct capacity_phone {
    double calls;    /* in half an hour */
    double handling; /* mean seconds of a call with what is written down after it */
    double patience; /* mean seconds after which a caller gives up; 0: nobody does */
    double share;    /* the norm: this share is answered ... */
    double within;   /* ... within so many seconds */
    double agents;   /* at the phone now; 0: not known */
};
/* What was counted over the CAPACITY_PHONE_DAYS days before this one: the half hour of working days with most
 * calls. How long a call takes and how long callers hold on are not in the register: CAPACITY_HANDLING and
 * CAPACITY_PATIENCE stand there to be changed. */
struct capacity_phone_own {
    struct capacity_phone asked;
    int half_hour; /* 18: 9:00; -1: no calls were counted */
    int64_t days;  /* with calls */
};
/* Rights: RIGHT_FIGURES or RIGHT_CONTACT. */
enum err capacity_phone_own(struct ctx *c, int32_t day, struct capacity_phone_own *ret_own) MUST_CHECK;

struct capacity_phone_answer {
    double traffic;        /* erlang: calls in progress */
    size_t need, need_a;   /* people that keep the norm when callers hold on (C), and when they give up (A);
                              0: more than can be counted */
    double level, level_a; /* share in time: of `agents`, when that is 0 of those needed */
    double wait, wait_a;   /* mean seconds, of all calls; infinite: they cannot keep up */
    double lost;           /* share that gives up (A) */
    double occupancy;      /* C; above 1: they cannot keep up */
};
struct capacity_phone_answer capacity_phone_answer_of(const struct capacity_phone *asked);

/* Formula and source of each answer, as they stand on the screen, on the command line and in the
 * documentation; the formula is in symbols, and says the same in every language. */
enum capacity_line {
    CAPACITY_LOAD,
    CAPACITY_STARTS,
    CAPACITY_WAIT,
    CAPACITY_NORM,
    CAPACITY_CLEAR,
    CAPACITY_EMPTY,
    CAPACITY_ERLANG_C,
    CAPACITY_ERLANG_A,
    CAPACITY_LINES
};
struct capacity_source {
    const char *code, *formula, *source;
};
extern const struct capacity_source capacity_source[CAPACITY_LINES];

#endif
