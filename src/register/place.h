// SPDX-License-Identifier: EUPL-1.2
/* Places (locatie, vindplaats): where residents can walk in. A location belongs to a team; an outreach place
 * belongs to a partner, such as a school or a family doctor. When a place is to open stands in a plan; every
 * version of the plan is kept, so that planned and open can be compared month by month. */
#ifndef PEIL_REGISTER_PLACE_H
#define PEIL_REGISTER_PLACE_H

#include "base/date.h"
#include "register/code.h"
#include "register/history.h"
#include "register/setting.h"

#define PLACE_LOCATION "location" /* the kind of a team's own place */
extern const struct code_name place_kinds[];
extern const size_t place_kind_count;
const char *place_kind_name(const struct ctx *c, const char *code);

struct place {
    int64_t id, version;
    const char *kind, *name, *address; /* address: NULL for unknown */
    int64_t neighbourhood, team, partner;
    const char *partner_name;     /* NULL: none */
    int32_t opened_on, closed_on; /* DAY_NONE: not yet */
};
struct place_form {
    int64_t id, version; /* INT_NONE: a new place; version: as the user saw it, -1: any */
    const char *kind, *name, *address;
    int64_t neighbourhood, team, partner; /* team: INT_NONE is that of the neighbourhood; partner: INT_NONE */
    int32_t opens_on;                     /* of a new place: when it is to open, DAY_NONE: no plan yet */
};

/* All of them, by kind and name. Rights: RIGHT_PLACE. */
enum err place_all(struct ctx *c, struct place **ret_place, size_t *ret_n) MUST_CHECK;
enum err place_get(struct ctx *c, int64_t id, struct place *ret_place) MUST_CHECK;
/* Adds or changes; what differs is logged with old and new value. Rights: RIGHT_PLACE_EDIT.
 * Errors: E_INVALID with the field, E_CONFLICT. */
enum err place_save(struct ctx *c, const struct place_form *f, int64_t *ret_id) MUST_CHECK;

enum place_step { PLACE_PLANNED, PLACE_OPENED, PLACE_CLOSED, PLACE_STEPS };
const char *place_step_name(const struct ctx *c, const char *code);
struct place_move {
    int64_t id, version;
    enum place_step step;
    int32_t day;     /* planned: when it is to open (DAY_NONE: the plan is dropped); else since when */
    const char *why; /* of a plan; NULL */
};
/* A new version of the plan, the opening, or the closing. Rights: RIGHT_PLACE_EDIT. */
enum err place_move(struct ctx *c, const struct place_move *m) MUST_CHECK;

struct place_plan {
    int64_t place;
    int32_t decided_on, opens_on; /* opens_on: DAY_NONE, the plan was dropped */
    const char *why;              /* NULL */
};
/* The versions of the plan of one place, oldest first. Rights: RIGHT_PLACE. */
enum err place_plans(struct ctx *c, int64_t place, struct place_plan **ret_plan, size_t *ret_n) MUST_CHECK;
/* What happened: added, changed, planned, opened, closed. */
enum err place_history(struct ctx *c, int64_t place, const struct happening **ret_h,
                       size_t *ret_n) MUST_CHECK;

/* At the end of a month: how many places were to be open by the first version of each plan, by the version
 * that held then (for a month to come: that of today), and how many were. */
struct place_month {
    int32_t last_day;
    int64_t planned_first, planned, open; /* open: INT_NONE for a month that is not over */
};
/* The months from and with that of `from` to that of `to`. Outreach places and locations together.
 * Rights: RIGHT_PLACE. */
enum err place_months(struct ctx *c, int32_t from, int32_t to, struct place_month **ret_month,
                      size_t *ret_n) MUST_CHECK;

/* Days on which a place is closed, such as a school holiday. */
struct place_break {
    int64_t id, place;
    int32_t first_day, last_day;
    const char *name;
};
/* Of one place or all (INT_NONE). Rights: RIGHT_PLACE. */
enum err place_breaks(struct ctx *c, int64_t place, struct place_break **ret_break, size_t *ret_n) MUST_CHECK;
enum err place_break_add(struct ctx *c, const struct place_break *b) MUST_CHECK;
enum err place_break_remove(struct ctx *c, int64_t place, int64_t id) MUST_CHECK;

#endif
