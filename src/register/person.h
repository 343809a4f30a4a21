// SPDX-License-Identifier: EUPL-1.2
/* Residents (inwoner): who they are, sealed with a key of their own; finding one again. */
#ifndef PEIL_REGISTER_PERSON_H
#define PEIL_REGISTER_PERSON_H

#include "register/code.h"
#include "store/db.h"

#include <stdbool.h>

/* Everything that says who someone is. Texts may be NULL: unknown, or a person who stays anonymous. */
struct identity {
    const char *name;
    const char *birth; /* ISO date */
    const char *phone, *email, *address, *postcode;
    const char *safe_contact; /* how and when this person may safely be reached */
    const char *language;     /* spoken with us, in words; NULL: Dutch, or unknown */
    const char *interpreter;  /* code of person_interpreters; NULL: not asked */
    const char *reading;      /* "yes": help with reading is needed, "no"; NULL: not asked */
};
extern const struct code_name person_interpreters[], person_readings[];
extern const size_t person_interpreter_count, person_reading_count;

/* Inside db_tx: a new person with a new key. */
enum err person_add(struct ctx *c, const struct identity *who, int64_t *ret_person) MUST_CHECK;
/* Who a person is; of a person who was registered twice, the data that count (person_link.h). The caller has
 * reached the person through something the user may see. */
enum err person_get(struct ctx *c, int64_t person, struct identity *ret_who) MUST_CHECK;
/* Who this one registration says it is. ret_serial (may be NULL) goes up with every change. */
enum err person_get_own(struct ctx *c, int64_t person, struct identity *ret_who,
                        int64_t *ret_serial) MUST_CHECK;
/* Inside db_tx: changes the data that count, as person_get gave them; what is different goes into the
 * history. */
enum err person_change(struct ctx *c, int64_t person, const struct identity *who) MUST_CHECK;
/* OK when this user may see something of the person: a request, or a contact; else E_NOT_FOUND. */
enum err person_visible(struct ctx *c, int64_t person) MUST_CHECK;
/* Names for a list that was already authorised, in its order; "" for nobody. */
enum err person_names(struct ctx *c, const int64_t *person, size_t n, const char ***ret_name) MUST_CHECK;

struct person_match {
    int64_t person;
    const char *name, *birth, *phone; /* birth: ISO date; phone: digits; "" when unknown */
    const char *why;                  /* for a person: "the same phone number"; "" when it needs no words */
    bool waits;                       /* a request of this person waits (person_search) */
};
#define PERSON_MATCHES 20
/* People who may be the same one: the same phone number, the same name (with the same birth date, or one of
 * the two unknown), or with the same birth date a name that differs in one letter or sounds alike. At most
 * PERSON_MATCHES, the surest first. Rights: RIGHT_REGISTER. */
enum err person_find_same(struct ctx *c, const struct identity *who, struct person_match **ret_match,
                          size_t *ret_n) MUST_CHECK;
/* Finds by a name, a phone number, a birth date, or a name and a birth date, as typed: "jansen", "meyer
 * 3-3-1951", "06 555 123". Every word of the name equals, begins or sounds like a word of the person's name
 * (base/sound.h), in that order of rank; among equals those who wait come first; only people of whom the user
 * may see something. At most PERSON_MATCHES. Rights: RIGHT_REQUEST. */
enum err person_search(struct ctx *c, const char *text, struct person_match **ret_match,
                       size_t *ret_n) MUST_CHECK;
/* The person with exactly this phone number; INT_NONE when nobody has it, or more than one. Without rights:
 * for imports, which show nobody. The caller has brought the index up to date before its transaction. */
enum err person_by_phone(struct ctx *c, const char *phone, int64_t *ret_person) MUST_CHECK;
/* Brings the index of names up to date with the register; the server calls it once at start in the
 * background. */
enum err person_index(struct ctx *c) MUST_CHECK;

#endif
