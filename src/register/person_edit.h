// SPDX-License-Identifier: EUPL-1.2
/* Changing who a resident is, and the history of that: who changed what, when; old and new values sealed with
 * the resident's key. */
#ifndef PEIL_REGISTER_PERSON_EDIT_H
#define PEIL_REGISTER_PERSON_EDIT_H

#include "register/person.h"

/* The fields of an identity, in their order; the code is also the name of the form field. */
extern const struct code_name person_fields[];
extern const size_t person_field_count;
/* The value of field i; NULL when unknown. */
const char *person_field_value(const struct identity *who, size_t i);

struct person_edit {
    int64_t person;
    int64_t seen; /* serial of person_get_own when the user began */
    struct identity who;
};
/* Changes the data that count. Nothing happens when nothing is different. Rights: RIGHT_HOUSEHOLD, and within
 * scope. Errors: E_INVALID with the field; E_CONFLICT when somebody else changed it since `seen`: show both
 * then. */
enum err person_edit(struct ctx *c, const struct person_edit *f) MUST_CHECK;

/* Inside db_tx, for person_change: writes down what is different; nothing when nothing is. */
enum err person_change_keep(struct ctx *c, int64_t person, const struct identity *before,
                            const struct identity *after) MUST_CHECK;

struct person_difference {
    const char *field, *before, *after; /* field: a code of person_fields; texts NULL when unknown */
};
struct person_change {
    int64_t at;
    const char *who;  /* account; NULL: an import or the command line */
    const char *kind; /* "changed", "joined", "split", "distinct", "distinct_ended", ... */
    int64_t other;    /* the other person, for what is about two; INT_NONE */
    const struct person_difference *difference;
    size_t n;
};
/* The newest first. For a person within scope. Rights: RIGHT_REQUEST. */
enum err person_changes(struct ctx *c, int64_t person, const struct person_change **ret_change,
                        size_t *ret_n) MUST_CHECK;

#endif
