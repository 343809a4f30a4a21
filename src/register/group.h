// SPDX-License-Identifier: EUPL-1.2
/* Groups (collectieve trajecten): a course or meeting of the team in which several residents take part.
 *
 * Who waits takes part as a bridge (overbrugging): that is something useful meanwhile, and never stops the
 * waiting. Who had a first talk takes part as help: then the group is a line of help of that request. Counted
 * apart. */
#ifndef PEIL_REGISTER_GROUP_H
#define PEIL_REGISTER_GROUP_H

#include "register/help_line.h"

extern const struct code_name group_kinds[], group_themes[], group_ends[];
extern const size_t group_kind_count, group_theme_count, group_end_count;

struct group_form {
    const char *name, *kind; /* kind: of group_kinds */
    int64_t team;            /* INT_NONE: of all teams */
    const char *place;
    const char *const *theme; /* of group_themes; none: for every question */
    size_t themes;
    int64_t capacity;
    int32_t starts, ends;
};
/* Rights: RIGHT_GROUP. */
enum err group_add(struct ctx *c, const struct group_form *f, int64_t *ret_group) MUST_CHECK;
/* seen: the version that the user saw; another one is E_CONFLICT. stopped: it does not go on. */
enum err group_change(struct ctx *c, int64_t group, int64_t seen, const struct group_form *f,
                      bool stopped) MUST_CHECK;

struct group {
    int64_t id, version;
    const char *name, *kind, *place;
    const char *const *theme;
    size_t themes;
    int64_t team, capacity;
    int32_t starts, ends;
    bool stopped;
    int64_t joined, ended; /* participations, and how many of them are over */
    int64_t sessions, present;
};
/* All groups, the newest first; names nobody. Rights: RIGHT_GROUP. */
enum err group_all(struct ctx *c, struct group **ret_group, size_t *ret_n) MUST_CHECK;
enum err group_get(struct ctx *c, int64_t id, struct group *ret_group) MUST_CHECK;

struct participant {
    int64_t id, request;
    char number[32];
    const char *name; /* "" when nobody is known */
    bool bridge;
    int64_t since, ended_at; /* TIME_NONE: takes part */
    const char *end_reason;
    int64_t present, sessions;
};
struct group_session {
    int32_t day;
    int64_t guests, present, absent;
};
/* Who takes part, as far as this user sees them; others: how many more there are. The look is logged.
 * Rights: RIGHT_GROUP. */
enum err group_people(struct ctx *c, const struct group *g, struct participant **ret_p, size_t *ret_n,
                      int64_t *ret_others) MUST_CHECK;
enum err group_sessions(struct ctx *c, int64_t group, struct group_session **ret_s, size_t *ret_n) MUST_CHECK;

/* Who waits and could take part: those whose question fits the themes first. At most GROUP_CANDIDATES.
 * Rights: RIGHT_GROUP; the look is logged. */
enum { GROUP_CANDIDATES = 200 };
struct group_candidate {
    int64_t request, urgency;
    char number[32];
    const char *name, *category; /* category: NULL when unknown */
    int32_t asked;
    bool fits;
};
enum err group_candidates(struct ctx *c, const struct group *g, struct group_candidate **ret_c,
                          size_t *ret_n) MUST_CHECK;

/* Takes part from a day on: all of them or nobody. Who waits as a bridge, who had a first talk as help (that
 * needs RIGHT_CASE and open content). Errors: E_INVALID when there is no room, E_CONFLICT when someone takes
 * part already. *ret_batch: for undo. */
struct group_join {
    int64_t group;
    const int64_t *request;
    size_t n;
    int32_t day;
};
enum err group_join(struct ctx *c, const struct group_join *j, int64_t *ret_batch) MUST_CHECK;
/* Someone is finished with it or stops. reason: of group_ends. */
struct group_leave {
    int64_t group, participation;
    int32_t day;
    const char *reason;
};
enum err group_leave(struct ctx *c, const struct group_leave *l) MUST_CHECK;
/* Who was there on a day: participations; the other participants of that day were absent. guests: others. */
struct attendance_form {
    int64_t group;
    int32_t day;
    const int64_t *present;
    size_t n;
    int64_t guests;
};
enum err attendance_add(struct ctx *c, const struct attendance_form *f) MUST_CHECK;

/* The groups of one request. */
struct in_group {
    int64_t group;
    const char *name;
    bool bridge, over;
};
enum err group_of_request(struct ctx *c, const struct request *r, struct in_group **ret_in,
                          size_t *ret_n) MUST_CHECK;

#endif
