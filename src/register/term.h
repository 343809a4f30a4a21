// SPDX-License-Identifier: EUPL-1.2
/* A term (termijn): from a start, with a length, towards a last day on which it is kept.
 *
 * Pure: a calendar, a term, what happened to it, and a moment go in; the last day, the days used, who had to
 * act on each of them, and whether it was kept come out. Nothing is stored and nothing depends on the order
 * in which things were written down: changes are intervals, and the sums are taken over their union.
 *
 * Counting. The day of the start does not count; the last day does (Awb 6:8, Algemene termijnenwet). A term
 * that stands still (opschorten, Awb 4:15 and 7:10(2)) does so "from the day after" the letter "up to the
 * day" on which the other side has done its part: that day runs again. Days are days in the Netherlands, so
 * summer time changes nothing; a term in hours runs in real hours. */
#ifndef PEIL_REGISTER_TERM_H
#define PEIL_REGISTER_TERM_H

#include "base/calendar.h"
#include "base/date.h"

/* Who must act. Every day of a term belongs to exactly one of them. */
enum party { PARTY_US, PARTY_MUNICIPALITY, PARTY_RESIDENT, PARTY_THIRD, PARTIES };

struct term_length {
    int amount; /* from 1 */
    enum term_unit unit;
    bool legal; /* set by a law: the Algemene termijnenwet holds (never for hours and working days) */
};

struct term {
    int64_t start; /* the moment after whose day it runs; for hours: at which it runs */
    struct term_length length;
    enum party owner; /* who must act as long as nobody else has to */
    int64_t stop;     /* when what was asked was done; TIME_NONE: not yet */
};

enum term_change_kind {
    TERM_STILL,    /* stands still between `at` and `until` */
    TERM_WAIT,     /* runs on, but `party` must act between `at` and `until` */
    TERM_EXTEND,   /* once longer by `amount` of `unit` (verdagen), when that was said within the term */
    TERM_POSTPONE, /* a later last day, `until`, when that was said within the term (Awb 4:14(3), 9:11(3)) */
};
struct term_change {
    enum term_change_kind kind;
    int64_t at, until; /* until: TIME_NONE while it is not over */
    enum party party;
    int amount;
    enum term_unit unit; /* days or weeks */
};

enum term_verdict { TERM_RUNNING, TERM_OVER, TERM_KEPT, TERM_NOT_KEPT };

/* Numbers are days; for a term in hours they are seconds. */
struct term_state {
    int32_t due;    /* last day on which it is kept */
    int64_t due_at; /* the first moment that is too late */
    int64_t total;  /* since the start, until the stop or now: ran + stood */
    int64_t ran, stood;
    int64_t used;               /* of what ran, in the unit of the term: working days for those */
    int64_t party[PARTIES];     /* who had to act; adds up to the total */
    int64_t stood_for[PARTIES]; /* the part of it in which the term stood still; adds up to `stood` */
    int64_t left;               /* until `due`, from the stop or now; negative: too late */
    enum party acts;            /* who must act now; of a term that stopped: who had to at the end */
    bool still; /* stands still now; without a known end `due` is as if it runs again tomorrow */
    bool extended, postponed; /* longer than it was */
    bool too_late;            /* an extension or postponement came after the term: it does not count */
    enum term_verdict verdict;
};

/* How the term stands at the moment `now`. Changes that begin after `now` are not known yet. */
void term_look(const struct calendar *k, const struct term *t, const struct term_change *change, size_t n,
               int64_t now, struct term_state *ret_state);

const char *party_code(enum party party);
bool party_find(const char *code, enum party *ret_party);
const char *party_name(const struct ctx *c, enum party party);

#endif
