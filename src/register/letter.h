// SPDX-License-Identifier: EUPL-1.2
/* Letters and text messages to residents (brieven, sms'en): templates with slots, Dutch at level B1 and
 * English. A slot is a name in braces; a paragraph may begin with a heading between two pairs of stars. The
 * templates pass a reading test (base/readability.h: Flesch-Douma 60 or more). */
#ifndef PEIL_REGISTER_LETTER_H
#define PEIL_REGISTER_LETTER_H

#include "register/request.h"
#include "register/safe_contact.h"

enum letter {
    LETTER_RECEIVED,           /* M1 */
    LETTER_RECEIVED_TEXT,      /* M2 */
    LETTER_ON_LIST,            /* M3 */
    LETTER_WINDOW_TEXT,        /* M4 */
    LETTER_CALL_SCRIPT,        /* M5: said, not sent */
    LETTER_MISSED_TEXT,        /* M6 */
    LETTER_WINDOW_CHANGED,     /* M7 */
    LETTER_TURN,               /* M8 */
    LETTER_SIX_WEEKS,          /* M9 */
    LETTER_TOO_LATE,           /* M10 */
    LETTER_HANDED_OVER,        /* M11 */
    LETTER_COMPLAINT_RECEIVED, /* M12 */
    LETTER_COMPLAINT_CLOSED,
    LETTER_COMPLAINT_CHANGED,
    LETTER_OPINION_TEXT, /* M13 */
    LETTER_CLOSED,       /* M14 */
    LETTERS,
};
struct letter_kind {
    const char *code; /* "received": in addresses and in the log */
    const char *name; /* msgid */
    enum way way;     /* how it goes out */
    const char *text; /* msgid: the template in English */
    /* msgid: the same when no expected period may be told; it has no place for a day of it. NULL: this letter
     * tells none. */
    const char *without;
};
extern const struct letter_kind letter_kinds[LETTERS];
bool letter_find(const char *code, enum letter *ret_letter);

/* The slots of a letter with what the register knows, in the order of the template. */
enum { LETTER_SLOTS = 12 };
struct letter_slot {
    char name[24];
    const char *label; /* msgid: what has to be filled in */
    const char *value; /* NULL: not known */
};
struct letter_slots {
    struct letter_slot slot[LETTER_SLOTS];
    size_t n;
    const char *text; /* msgid: the template that they are of */
};
/* From a request that request_get has given; dates are written out in the language. A letter that tells an
 * expected period is made without one: letter_period_put. */
enum err letter_slots_fill(struct ctx *c, const struct request *q, enum letter letter, enum lang lang,
                           struct letter_slots *ret_slots) MUST_CHECK;
/* The expected period, decided on by account/expectation.h. */
struct letter_period {
    int32_t from, to;
    int64_t tenths;           /* right for so many out of 10 */
    int32_t old_from, old_to; /* what was told before; DAY_NONE */
};
/* Makes the letter with this period; nothing for a letter that tells none. What was filled in before is
 * filled in again from the request. */
enum err letter_period_put(struct ctx *c, const struct request *q, enum letter letter, enum lang lang,
                           const struct letter_period *period, struct letter_slots *s) MUST_CHECK;
/* A slot that only letter_period_put fills. */
bool letter_slot_is_period(enum letter letter, const char *name);
/* Puts a value into a slot; nothing when the letter has no such slot. */
void letter_slot_put(struct letter_slots *s, const char *name, const char *value);

struct letter_part {
    const char *heading; /* NULL: none */
    const char *text;
};
struct letter_text {
    struct letter_part part[12];
    size_t n;
    bool complete; /* every slot was filled */
};
/* The letter in parts. An empty slot is written as dots. Nothing is checked: message_send does that. */
enum err letter_render(struct ctx *c, enum letter letter, enum lang lang, const struct letter_slots *s,
                       struct letter_text *ret_text) MUST_CHECK;
/* As one text with empty lines between the parts: for the log, and for a text message. */
enum err letter_plain(struct ctx *c, const struct letter_text *t, const char **ret_text) MUST_CHECK;
/* "vrijdag 29 maart 2024" / "Friday 29 March 2024"; in the arena. */
enum err letter_day(struct ctx *c, enum lang lang, int32_t day, const char **ret_text) MUST_CHECK;

#endif
