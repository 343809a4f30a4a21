// SPDX-License-Identifier: EUPL-1.2
/* The communication log (berichten): every letter, e-mail, text message and call to or from a resident, with
 * what was sent. Safe contact is binding: whatever sends something asks message_may first. */
#ifndef PEIL_REGISTER_MESSAGE_H
#define PEIL_REGISTER_MESSAGE_H

#include "register/letter.h"

/* How a message went: the ways of safe contact, and a letter given by hand. */
extern const struct code_name message_ways[];
extern const size_t message_way_count;

/* May this person be reached in this way now? OK, or E_INVALID on field "way" with the reason. Every function
 * that sends something to a resident calls it. A letter by hand counts as a letter. */
enum err message_may(struct ctx *c, int64_t person, enum way way) MUST_CHECK;

struct message_form {
    struct request_id request; /* whose resident it is */
    const char *kind;          /* code of a letter, or "other" */
    const char *way;           /* of message_ways */
    bool incoming;
    int64_t at; /* TIME_NONE: now */
    enum lang lang;
    const char *text; /* what was sent or said; sealed; NULL */
    int64_t event;    /* the event of the request that this message is; 0: none yet */
};
/* Writes down a message that is sent now, or came in. What goes out passes message_may. The letter of the
 * six weeks is also the event late_letter of a Wmo report, and the first that says what was received the
 * event informed, when that is not there yet. Rights: RIGHT_MESSAGE. */
enum err message_add(struct ctx *c, const struct message_form *f, int64_t *ret_id) MUST_CHECK;

/* The steps of a message that is an event (history of "message"; number: which event). */
#define MESSAGE_SENT "sent"
#define MESSAGE_TAKEN_BACK "taken_back"
/* Inside db_tx, after taking back something of a request, with its events as standing_replay left them: the
 * messages whose event no longer counts are taken back, those whose event counts again are not. */
enum err message_follow(struct ctx *c, int64_t request, const struct event *event, size_t n) MUST_CHECK;

struct message {
    int64_t id, sent_at, recorded_at;
    const char *kind, *way, *text, *who; /* kind: in the language of the user; text: "" */
    bool incoming, taken_back;           /* taken back: the event that it is was; it counts nowhere */
    const char *language;
};
/* The newest first. Rights: RIGHT_MESSAGE; the request, or the person, was reached by something the user may
 * see. */
enum err message_of_request(struct ctx *c, struct request_id id, struct message **ret_message,
                            size_t *ret_n) MUST_CHECK;
enum err message_of_person(struct ctx *c, int64_t person, struct message **ret_message,
                           size_t *ret_n) MUST_CHECK;

/* Who waits and never got anything in writing. `why`: the reason that safe contact gives; "" when there is
 * none, so that it should be done. Rights: RIGHT_MESSAGE; logged. */
struct not_informed {
    int64_t request, person, received_at, team;
    char number[32];
    const char *name, *why;
};
enum err message_not_informed(struct ctx *c, struct not_informed **ret_row, size_t *ret_n) MUST_CHECK;

#endif
