// SPDX-License-Identifier: EUPL-1.2
/* Partners (samenwerkingspartners): organisations that we work with; how far we are with each, from getting
 * to know each other to an agreement; who our contact persons are there (sealed). */
#ifndef PEIL_REGISTER_PARTNER_H
#define PEIL_REGISTER_PARTNER_H

#include "base/date.h"
#include "register/code.h"
#include "register/history.h"

extern const struct code_name partner_kinds[], partner_stages[]; /* stages in their order */
extern const size_t partner_kind_count, partner_stage_count;
#define PARTNER_STAGES 4 /* partner_stage_count as a constant */
const char *partner_kind_name(const struct ctx *c, const char *code);
const char *partner_stage_name(const struct ctx *c, const char *code);
const char *partner_step_name(const struct ctx *c, const char *code); /* of its history */

struct partner {
    int64_t id, version;
    const char *name, *kind, *stage;
    int64_t keeper;   /* whose key seals what is said about people there */
    int32_t ended_on; /* DAY_NONE: we work together */
};
struct partner_form {
    int64_t id, version; /* INT_NONE: a new one; version: as the user saw it, -1: any */
    const char *name, *kind;
    const int64_t *neighbourhood; /* where it works; none: the whole municipality */
    size_t neighbourhoods;
};
/* By name. Rights: RIGHT_PARTNER. */
enum err partner_all(struct ctx *c, struct partner **ret_partner, size_t *ret_n) MUST_CHECK;
enum err partner_get(struct ctx *c, int64_t id, struct partner *ret_partner) MUST_CHECK;
/* Rights: RIGHT_PARTNER_EDIT. Errors: E_INVALID with the field, E_CONFLICT. */
enum err partner_save(struct ctx *c, const struct partner_form *f, int64_t *ret_id) MUST_CHECK;
struct partner_area {
    int64_t neighbourhood;
    const char *name;
};
enum err partner_areas(struct ctx *c, int64_t id, struct partner_area **ret_area, size_t *ret_n) MUST_CHECK;

/* The stage reached on that day (not in the future). Rights: RIGHT_PARTNER_EDIT. */
struct partner_step {
    int64_t id, version;
    const char *stage;
    int32_t day;
};
enum err partner_reach(struct ctx *c, const struct partner_step *s) MUST_CHECK;
/* We do not work together any more since that day. Rights: RIGHT_PARTNER_EDIT. */
enum err partner_end(struct ctx *c, int64_t id, int64_t version, int32_t day) MUST_CHECK;
enum err partner_history(struct ctx *c, const struct partner *p, const struct happening **ret_h,
                         size_t *ret_n) MUST_CHECK;

/* How many partners were in each stage at the end of each month. Rights: RIGHT_PARTNER. */
struct partner_month {
    int32_t last_day;
    int64_t n[PARTNER_STAGES];
};
enum err partner_months(struct ctx *c, int32_t from, int32_t to, struct partner_month **ret_month,
                        size_t *ret_n) MUST_CHECK;

/* A contact person at the partner. Texts may be NULL. */
struct partner_contact {
    int64_t id;
    const char *name, *function, *phone, *email;
    int32_t added_on;
};
/* Who they are; for those who work with partners or residents (RIGHT_PARTNER_EDIT or RIGHT_CONTACT; for
 * others an empty list). Rights: RIGHT_PARTNER. */
enum err partner_contacts(struct ctx *c, const struct partner *p, struct partner_contact **ret_contact,
                          size_t *ret_n) MUST_CHECK;
/* Rights: RIGHT_PARTNER_EDIT. */
enum err partner_contact_add(struct ctx *c, int64_t partner, const struct partner_contact *k) MUST_CHECK;
enum err partner_contact_end(struct ctx *c, int64_t partner, int64_t contact) MUST_CHECK;

#endif
