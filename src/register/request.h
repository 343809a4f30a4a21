// SPDX-License-Identifier: EUPL-1.2
/* The request for help (aanmelding): the central record. Its facts are written once; everything later is an
 * event. */
#ifndef PEIL_REGISTER_REQUEST_H
#define PEIL_REGISTER_REQUEST_H

#include "register/code.h"
#include "register/config.h"
#include "register/person.h"
#include "register/right.h"
#include "register/state.h"

struct request_id {
    int64_t v;
};

/* How a resident's question reached us (kanaal) and along which way (vindweg). Codes that are stored. */
extern const struct code_name request_channels[], request_routes[];
extern const size_t request_channel_count, request_route_count;
const char *channel_name(const struct ctx *c, const char *code);
const char *route_name(const struct ctx *c, const char *code);

struct request_form {
    int64_t person;      /* a known person, or INT_NONE: `who` is new */
    struct identity who; /* all NULL: anonymous */
    const char *question;
    int32_t received; /* day on which the resident asked; not in the future */
    const char *channel, *route, *category;
    int64_t neighbourhood; /* INT_NONE: unknown */
    int64_t team;          /* INT_NONE: the team of the neighbourhood, else of who registers it */
    int64_t urgency;       /* URGENCY_UNKNOWN: not judged yet */
    bool safety_checked;   /* asked whether anyone is in danger; needed before the urgency is set */
    const char *danger;    /* the answer: triage_dangers; NULL: not written down */
    const char *why;       /* why this urgency; needed for all but URGENCY_NORMAL, the usual one */
};
/* Registers a request and puts it on the waiting list. Rights: RIGHT_REGISTER.
 * Errors: E_INVALID with the field. */
enum err request_add(struct ctx *c, const struct request_form *f, struct request_id *ret_id) MUST_CHECK;
/* The same for another way in, whose own right the caller has checked, such as the referral of a partner. */
enum err request_take(struct ctx *c, const struct request_form *f, struct request_id *ret_id) MUST_CHECK;

struct request_event {
    struct event e;
    const char *note; /* opened; NULL */
    bool withheld;    /* there is a note, but it is content that this user may not read (struct request) */
    const char *who;  /* who recorded it; NULL: an import or the command line */
};
struct request {
    struct request_id id;
    char number[32]; /* "2024-1234": year asked and id */
    int64_t person;  /* INT_NONE: imported without a person */
    struct identity who;
    const char *question, *channel, *route, *category;
    int64_t neighbourhood;
    int64_t recorded_at;
    bool
        content; /* may read what was said in talks, the plan and the help: own case, or a reason was given */
    struct standing now;
    const struct request_event *event; /* in the order of happening */
    size_t events;
};
/* The whole request with its events. Rights: RIGHT_REQUEST, and within scope; the look is logged.
 * Errors: E_NOT_FOUND, also for a request outside the scope. */
/* Whether it waits now, and in which team; without a look of anybody and without rights: for the command
 * line. E_NOT_FOUND. */
enum err request_waits(struct ctx *c, struct request_id id, bool *ret_waits, int64_t *ret_team) MUST_CHECK;
enum err request_get(struct ctx *c, struct request_id id, struct request *ret_request) MUST_CHECK;

/* Whether this user may see it, without looking. Rights: RIGHT_REQUEST. */
enum err request_visible(struct ctx *c, struct request_id id, bool *ret_visible) MUST_CHECK;

struct request_change {
    struct request_id id;
    int64_t version; /* the version that the user saw; another one is E_CONFLICT; -1: any */
    struct event e; /* kind, occurred_at and what belongs to it; recorded_at, account and seq are filled in */
    const char *note;
};
/* Adds one event. Rights: by kind (RIGHT_CALL, RIGHT_TRIAGE, RIGHT_CASE ..., else RIGHT_EVENT). E_CONFLICT
 * when it is impossible in this state. KIND_UNDONE: by who recorded the event, or a team lead. */
enum err request_change(struct ctx *c, const struct request_change *change) MUST_CHECK;

/* What writing down an event of this kind asks for. */
enum right request_right(enum kind kind);
/* The same; ret_seq is the number of the new event, for register/batch.h. */
enum err request_append(struct ctx *c, const struct request_change *change, int64_t *ret_seq) MUST_CHECK;

/* "2024-1234"; asked is the day. */
void request_number(int64_t id, int32_t asked, char text[32]);
/* Understands "2024-1234" and "1234". */
bool request_number_find(const char *text, struct request_id *ret_id);

/* One case of an import: its facts and events, known in its source by `key`. New: stored whole. Known: only
 * events that are not there yet are added. Inside db_tx. */
struct request_import {
    int64_t source;
    const char *key;
    int64_t person;       /* INT_NONE: none */
    const char *question; /* sealed for the person; NULL, and always so without a person */
    const char *channel, *route, *category;
    int64_t neighbourhood, team, urgency;
    int64_t received_at;
    struct event *event; /* without the registration itself */
    size_t events;
};
struct request_imported {
    bool is_new;
    size_t events_added;
    int64_t id;
};
enum err request_import(struct ctx *c, const struct request_import *r,
                        struct request_imported *ret_done) MUST_CHECK;

#endif
