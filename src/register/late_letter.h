// SPDX-License-Identifier: EUPL-1.2
/* The letter of day 43 (zes weken voorbij, Wmo 2.3.2(9)): the research was not finished in six weeks, so the
 * resident may apply at once and must be told. The list is computed: a letter is ready as soon as the six
 * weeks are over, without anyone asking for it. */
#ifndef PEIL_REGISTER_LATE_LETTER_H
#define PEIL_REGISTER_LATE_LETTER_H

#include "register/law_step.h"
#include "register/letter.h"
#include "register/safe_contact.h"

enum { LATE_LETTERS = 500 }; /* at most on one list */

struct late_letter {
    int64_t request;
    char number[32];
    const char *name, *address, *postcode; /* "" when unknown */
    const char *team;
    int32_t reported, due;
    int64_t days;             /* since the six weeks ended */
    enum safe_verdict letter; /* SAFE_STOP: a letter is not safe for this person */
    const char *warning;      /* why; "" */
    struct letter_text text;  /* late_letter_print: the letter, in Dutch */
};
/* The letters that are ready, oldest first; total counts all of them. Rights: RIGHT_WMO, within scope; the
 * look is logged. */
enum err late_letter_list(struct ctx *c, const struct late_letter **ret_letter, size_t *ret_n,
                          int64_t *ret_total) MUST_CHECK;
/* How many are ready. */
enum err late_letter_count(struct ctx *c, int64_t *ret_n) MUST_CHECK;
/* Those of the list that are asked for and may be written to: for printing. n 0: all of them. E_NOT_FOUND
 * when none is left. */
enum err late_letter_print(struct ctx *c, const int64_t *request, size_t n,
                           const struct late_letter **ret_letter, size_t *ret_n) MUST_CHECK;
/* Notes that these letters were sent today, with their text in the log of messages: all or none; what was
 * sent before is passed over. *ret_batch can be taken back: then the letter is ready again. Rights: RIGHT_WMO
 * and RIGHT_MESSAGE. Errors: E_INVALID when a letter is not safe for one of them. */
enum err late_letter_sent(struct ctx *c, const int64_t *request, size_t n, int64_t *ret_batch,
                          size_t *ret_n) MUST_CHECK;

/* Reports whose six weeks ended in the last weeks: how it went (D3). */
struct research_count {
    int64_t due, kept, late, open, letters, dropped; /* due = kept + late + open; dropped: ended before */
};
enum { RESEARCH_WEEKS = 13 };
enum err research_count_get(struct ctx *c, struct research_count *ret_count) MUST_CHECK;

#endif
