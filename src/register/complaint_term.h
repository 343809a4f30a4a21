// SPDX-License-Identifier: EUPL-1.2
/* The terms of a complaint (klachttermijnen) under its three regimes. Pure.
 *  - Awb 9: conduct of or for the municipality: six weeks, ten with a committee (9:11(1)), four more once
 *    (9:11(2)), later only when the complainant agrees in writing (9:11(3)); who does not take it up says so
 *    within four weeks (9:8(3)).
 *  - a Wmo provider has a scheme of its own (Wmo 3.2): weeks as set, four more once.
 *  - a youth-help provider has a committee (Jeugdwet 4.2.1; title 9.1 of the Awb does not hold): a ruling by
 *    its own rules, then one month to say what is done with it. */
#ifndef PEIL_REGISTER_COMPLAINT_TERM_H
#define PEIL_REGISTER_COMPLAINT_TERM_H

#include "register/law.h"

enum complaint_regime { COMPLAINT_AWB, COMPLAINT_PROVIDER, COMPLAINT_YOUTH, COMPLAINT_REGIMES };

/* Moments are TIME_NONE when it did not happen; start from COMPLAINT_CLOCK_NONE. */
struct complaint_clock {
    enum complaint_regime regime;
    bool committee; /* Awb: an independent committee advises (afdeling 9.1.3) */
    int64_t received_at;
    int64_t extended_at;          /* the letter that says four weeks more */
    int64_t agreed_at, agreed_to; /* the complainant agreed on that day to that last day */
    int64_t ruled_at;             /* Jeugdwet: the ruling came */
    int64_t answered_at, refused_at;
};
#define COMPLAINT_CLOCK_NONE                                                                                 \
    (struct complaint_clock)                                                                                 \
    {                                                                                                        \
        .received_at = TIME_NONE, .extended_at = TIME_NONE, .agreed_at = TIME_NONE, .agreed_to = TIME_NONE,  \
        .ruled_at = TIME_NONE, .answered_at = TIME_NONE, .refused_at = TIME_NONE                             \
    }
enum { COMPLAINT_TERMS = 2 };
/* The terms of the complaint at this moment, the one that counts for the answer first; returns how many
 * (1..2). The second is: for Awb the four weeks to refuse, as long as nothing was answered; for the Jeugdwet
 * after the ruling the committee's term. */
size_t complaint_terms(const struct calendar *k, const struct law_options *o, const struct complaint_clock *q,
                       int64_t now, struct law_term ret_term[COMPLAINT_TERMS]);

extern const struct code_name complaint_regimes[COMPLAINT_REGIMES];

#endif
