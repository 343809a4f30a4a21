// SPDX-License-Identifier: EUPL-1.2
/* Safe contact (veilige contactwijze): how and when a resident may be reached without danger. In a violent
 * home a text message from a social team can hurt someone. It is asked first, kept with the identity, and
 * binding: message_may (message.h) refuses what is not safe. */
#ifndef PEIL_REGISTER_SAFE_CONTACT_H
#define PEIL_REGISTER_SAFE_CONTACT_H

#include "register/code.h"

#include <stdbool.h>
#include <stdint.h>

/* Ways of reaching someone. */
enum way { WAY_CALL, WAY_VOICEMAIL, WAY_TEXT, WAY_MAIL, WAY_LETTER, WAYS };
extern const struct code_name way_names[WAYS]; /* "call", "voicemail", "text", "mail", "letter" */
bool way_find(const char *code, enum way *ret_way);

enum safe_answer { SAFE_NOT_ASKED, SAFE_YES, SAFE_NO };

struct safe_contact {
    enum safe_answer way[WAYS];
    int from, to;     /* minutes of the day between which it is safe to call; -1: any time */
    bool neutral;     /* never say or show that it is the social team: no sender name */
    bool ask_first;   /* do nothing without asking a colleague who knows */
    const char *note; /* in words; NULL */
    bool asked;       /* anything is known at all */
    bool structured;  /* false: only words of an import, which nobody has turned into answers yet */
};

/* Reads what is stored with a person. The codes of before ("call", "silent", "letter", "ask") keep their
 * meaning; any other text is a note. `note` points into `stored`. NULL: not asked. */
void safe_contact_read(const char *stored, struct safe_contact *ret_safe);
/* What to store, in the arena. A note may hold no control characters; line ends become blanks. */
enum err safe_contact_write(struct ctx *c, const struct safe_contact *safe,
                            const char **ret_stored) MUST_CHECK;

enum safe_verdict {
    SAFE_GO,
    SAFE_CAREFUL, /* never asked: allowed, ask it now */
    SAFE_STOP,    /* not safe, or never asked whether it is and too dangerous to try */
};
/* May this way be used at this minute of the day? A call or a letter to someone who was never asked is
 * allowed, because nobody could be helped otherwise; a message, mail or voicemail is not. */
enum safe_verdict safe_contact_verdict(const struct safe_contact *safe, enum way way, int minute);
/* Why not, or what to take care of, for a person; "" for SAFE_GO. */
const char *safe_contact_warning(struct ctx *c, const struct safe_contact *safe, enum way way, int minute);
/* Everything in one line for a page: "Bellen ja · inspreken nee · ..."; in the arena. */
enum err safe_contact_line(struct ctx *c, const struct safe_contact *safe, const char **ret_text) MUST_CHECK;

/* New answers for the resident of a request; the old ones stay in the history, sealed. seen: the version that
 * the user saw (safe_contact_seen). Rights: RIGHT_CONTACT, and within scope. E_CONFLICT when someone else
 * changed them in the meantime. */
enum err safe_contact_change(struct ctx *c, int64_t request, const struct safe_contact *safe,
                             int64_t seen) MUST_CHECK;
/* How often they were changed, for a person that was reached by something the user may see. */
enum err safe_contact_seen(struct ctx *c, int64_t person, int64_t *ret_version) MUST_CHECK;

#endif
