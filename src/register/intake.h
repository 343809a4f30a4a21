// SPDX-License-Identifier: EUPL-1.2
/* Intake (aanmelden): registering a request with what was asked about home, help and the referrer, in one
 * step. Only what the request needs is asked; "not needed" is an answer and is not the same as empty. */
#ifndef PEIL_REGISTER_INTAKE_H
#define PEIL_REGISTER_INTAKE_H

#include "register/request.h"
#include "register/safe_contact.h"

extern const struct code_name intake_homes[], intake_children[], intake_carers[], intake_interpreters[],
    intake_readings[], intake_other_helps[], intake_consents[], intake_wmos[];
extern const size_t intake_home_count, intake_child_count, intake_carer_count, intake_interpreter_count,
    intake_reading_count, intake_other_help_count, intake_consent_count, intake_wmo_count;

struct intake {
    const char *home, *children, *carer, *interpreter, *reading, *other_help; /* codes; NULL: not asked */
    const char *consent;         /* may the referrer know how it goes */
    const char *heard;           /* how found us (contact_heards) */
    const char *wmo;             /* "yes": also the event wmo_reported; "no", "later" */
    int32_t wait_until;          /* chose to wait until this day; DAY_NONE */
    const char *referrer, *note; /* words: who referred, what else; sealed; NULL */
};
struct intake_form {
    struct request_form request;
    struct intake facts;
    const struct safe_contact *safe; /* NULL: not asked now */
    int64_t contact, question;       /* the question of a contact that it comes from; INT_NONE */
};
/* Stores all of it or nothing: person, request, facts, the report for the Wmo, the chosen pause, and the link
 * with the contact. Rights: RIGHT_REGISTER. Errors: E_INVALID with the field; "safe_call" when someone with a
 * name was not asked how to reach them safely. */
enum err intake_add(struct ctx *c, const struct intake_form *f, struct request_id *ret_id) MUST_CHECK;
/* The facts of a request that request_get has given; *ret_any false when none were written down. */
enum err intake_get(struct ctx *c, const struct request *r, struct intake *ret_facts,
                    bool *ret_any) MUST_CHECK;

#endif
