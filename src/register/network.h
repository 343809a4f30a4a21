// SPDX-License-Identifier: EUPL-1.2
/* The network of a resident: informal carers (mantelzorger), representatives (curator, mentor, gemachtigde),
 * client supporters, other helpers and organisations. Each from a day until a day, with what may be told to
 * them, and whether messages go to them. Who they are is sealed with the resident's key: it is known only
 * because of the resident, and is erased with the resident. */
#ifndef PEIL_REGISTER_NETWORK_H
#define PEIL_REGISTER_NETWORK_H

#include "register/code.h"
#include "register/person.h"

extern const struct code_name network_kinds[], network_told[], network_messages[];
extern const size_t network_kind_count, network_told_count, network_message_count;
/* Messages: to the resident alone, to both, or to the helper in place of the resident. At most one helper of
 * a resident gets them. */
#define NETWORK_NONE "none"
#define NETWORK_ALSO "also"
#define NETWORK_INSTEAD "instead"

struct helper {
    int64_t id, version, person;
    const char *kind, *told, *message;                                /* codes */
    const char *name, *organisation, *phone, *email, *note, *address; /* opened; NULL when unknown */
    int32_t starts_on, ends_on,
        agreed_on; /* ends_on: DAY_NONE while it lasts; agreed_on: the resident said so */
    bool now;
};
/* All helpers of this person (all registrations), those of now first. For a person who was checked. */
enum err network_of(struct ctx *c, int64_t person, const struct helper **ret_helper,
                    size_t *ret_n) MUST_CHECK;
/* One; the resident within scope. Rights: RIGHT_REQUEST. */
enum err network_get(struct ctx *c, int64_t id, struct helper *ret_helper) MUST_CHECK;

struct helper_form {
    int64_t id;   /* INT_NONE: a new one */
    int64_t seen; /* version; of a new one 0 */
    int64_t person;
    const char *kind, *told, *message, *name, *organisation, *phone, *email, *note, *address;
    int32_t starts_on, ends_on, agreed_on;
};
/* Rights: RIGHT_HOUSEHOLD, and the resident within scope. E_INVALID with the field; E_CONFLICT when somebody
 * else changed it, or another helper gets the messages already. */
enum err network_put(struct ctx *c, const struct helper_form *f, int64_t *ret_id) MUST_CHECK;

/* Who gets a message about this resident: for everything that is sent or told (message_may). For a person who
 * was checked. */
struct addressee {
    bool resident;        /* the resident gets it */
    struct helper helper; /* id INT_NONE: nobody else does */
};
enum err network_addressee(struct ctx *c, int64_t person, struct addressee *ret_addressee) MUST_CHECK;

#endif
