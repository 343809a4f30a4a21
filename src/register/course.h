// SPDX-License-Identifier: EUPL-1.2
/* The course of a request (Dutch: verloop): its events, and where it stands after them. Whoever wants to know
 * or change how one request goes reads its course first. It lives in the arena of the context.
 */
#ifndef PEIL_REGISTER_COURSE_H
#define PEIL_REGISTER_COURSE_H

#include "register/state.h"
#include "store/sql.h"

struct course {
    int64_t request;
    struct event *event; /* once played: in the order of happening, with what was taken back marked */
    size_t n, room;
    const struct sql_event_all_row *row; /* as read; who wrote down event e, and its note: row[e.seq - 1] */
    struct standing now;                 /* filled in by course_play */
};

/* The events and where they lead. A request without events is one that was just registered; rights and scope
 * are of the caller. Errors: E_CORRUPT for an event of an unknown kind. */
enum err course_read(struct ctx *c, int64_t request, struct course *ret_course) MUST_CHECK;
/* The same before it is played: in the order of recording, nothing marked, with room for `more` events. */
enum err course_begin(struct ctx *c, int64_t request, size_t more, struct course *ret_course) MUST_CHECK;
/* Plays it (standing_replay): the number of the first event that is impossible, 0 for none. */
int64_t course_play(struct course *k);
/* Inside db_tx: writes one more event at the end and gives it its number. There is room for it, and
 * course_play follows before anybody asks where the request stands. */
enum err course_add(struct ctx *c, struct course *k, const struct event *e, struct blob note) MUST_CHECK;
/* Inside db_tx, after new events were played: writes all that is computed from them and kept beside them: the
 * legal track, the standing, the period told, the help. `added` as in law_store; its errors. */
enum err course_store(struct ctx *c, const struct course *k, int64_t person, int64_t neighbourhood,
                      int64_t added) MUST_CHECK;

#endif
