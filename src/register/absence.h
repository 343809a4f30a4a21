// SPDX-License-Identifier: EUPL-1.2
/* Absence of workers (verzuim en verlof): dates and one of three kinds. There is no reason, no note, and no
 * place for one in the data base. A team lead sees the own team, a worker their own, the board everyone;
 * other roles only get counts of at least ten persons. */
#ifndef PEIL_REGISTER_ABSENCE_H
#define PEIL_REGISTER_ABSENCE_H

#include "register/code.h"
#include "store/db.h"

#define ABSENCE_GROUP 10 /* persons; a smaller group is not shown to who may not see persons */

extern const struct code_name absence_kinds[];
extern const size_t absence_kind_count;

struct absence {
    int64_t id, version, worker;
    const char *kind;           /* sick, leave, other */
    int32_t from, until, ended; /* first day; expected last day; last day. DAY_NONE: not known */
};
/* Absent on that day? Leave lasts until its expected last day, other absence until its end is written down,
 * and in the future until it is expected to end. `today` is the day on which one asks. */
bool absence_covers(const struct absence *a, int32_t day, int32_t today);

struct absence_form {
    int64_t worker;
    const char *kind;
    int32_t from, until, ended;
};
/* Rights: RIGHT_ABSENCE, for the own worker or one of the own team. Errors: E_INVALID with the field. */
enum err absence_add(struct ctx *c, const struct absence_form *f, int64_t *ret_id) MUST_CHECK;
/* Changes the dates; the version before stays. `remove`: it was a mistake. */
enum err absence_change(struct ctx *c, int64_t id, int64_t seen, const struct absence_form *f,
                        bool remove) MUST_CHECK;
/* What was written down of an absence that absence_get gave, the first version first. */
struct absence_version {
    int64_t version, recorded_at;
    const char *kind, *who; /* who: NULL: the command line */
    int32_t from, until, ended;
};
enum err absence_versions(struct ctx *c, int64_t id, struct absence_version **ret_version,
                          size_t *ret_n) MUST_CHECK;
enum err absence_get(struct ctx *c, int64_t id, struct absence *ret_absence) MUST_CHECK;
/* Of one worker, the oldest first. Rights as above, or the board. */
enum err absence_of(struct ctx *c, int64_t worker, struct absence **ret_absence, size_t *ret_n) MUST_CHECK;
/* May this user see and change the absence of this worker of that team? */
bool absence_may_see(const struct ctx *c, int64_t worker, int64_t team);
bool absence_may_change(const struct ctx *c, int64_t worker, int64_t team);
/* May this user see how many of a group of so many people are away? A small group would tell who. */
bool absence_may_count(const struct ctx *c, int64_t team, int64_t people);
/* All that touch these days. For the register itself: no rights. */
enum err absence_between(struct ctx *c, int32_t from, int32_t to, struct absence **ret_absence,
                         size_t *ret_n) MUST_CHECK;

/* One week of a team: who is away on which days. */
enum { ABSENCE_DAYS = 7 };
struct absence_line {
    int64_t worker;
    const char *name;
    const struct absence *day[ABSENCE_DAYS]; /* NULL: present */
};
struct absence_week {
    int32_t monday;
    struct absence_line *line; /* everyone in service, by name */
    size_t n;
};
/* Rights: RIGHT_ABSENCE. A worker sees the own line only. */
enum err absence_calendar(struct ctx *c, int64_t team, int32_t day, struct absence_week *ret_week) MUST_CHECK;

/* Sick days of the available days in a month (C2), in days of fte-free persons; n: persons in service. */
struct absence_share {
    int32_t month; /* its first day */
    int64_t people, sick_days, days;
    bool hidden; /* fewer than ABSENCE_GROUP persons, and this user may not see persons */
};
/* The `n` months up to the one of `day`, the oldest first; team INT_NONE: everyone. Rights: RIGHT_FIGURES. */
enum err absence_shares(struct ctx *c, int64_t team, int32_t day, size_t n,
                        struct absence_share *ret_share) MUST_CHECK;

#endif
