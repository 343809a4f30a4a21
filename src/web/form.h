// SPDX-License-Identifier: EUPL-1.2
/* Typed forms: what a form may hold is a table, and reading it checks every field.
 *
 *     struct call_form { const char *result; const char *note; int32_t next; };
 *     static const struct form_field call_fields[] = {
 *         { FORM_AT(struct call_form, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
 *         { FORM_AT(struct call_form, next), .kind = FORM_DATE, .required = true, .label = N_("Next call") },
 *     };
 *     struct form_errors wrong;
 *     enum err e = form_read(c, r, call_fields, COUNT(call_fields), &form, &wrong);
 *
 * On E_INVALID all wrong fields are in `wrong`; what was typed is still in the request (req_form), so nothing
 * is lost. */
#ifndef PEIL_WEB_FORM_H
#define PEIL_WEB_FORM_H

#include "web/req.h"

enum form_kind {              /*  member of the struct    absent or empty */
                 FORM_TEXT,   /*  const char *            "": one line, trimmed */
                 FORM_LINES,  /*  const char *            "": may hold line ends */
                 FORM_INT,    /*  int64_t                 INT_NONE; 0 .. max (0: no limit) */
                 FORM_ID,     /*  int64_t                 INT_NONE; from 1 */
                 FORM_DATE,   /*  int32_t                 DAY_NONE; "31-1-2024" and the like */
                 FORM_CHOICE, /*  int64_t: index          INT_NONE; one of `choice` */
                 FORM_CHECK,  /*  bool                    false */
                 FORM_IDS,    /*  struct form_ids         none; every field of that name */
};

struct form_ids {
    const int64_t *id;
    size_t n;
};

struct form_field {
    const char *name;
    size_t offset;
    enum form_kind kind;
    bool required;
    size_t max; /* text: characters (0: 200, lines 10,000); int: the largest; ids: how many (0: 2,000) */
    const char *const *choice; /* ended by NULL */
    const char *label;         /* msgid, for the messages */
};
#define FORM_AT(type, member) .name = #member, .offset = offsetof(type, member)

struct form_wrong {
    const char *field, *text;
    const char *label; /* of the field, translated; NULL when the text says it all */
};
struct form_errors {
    struct form_wrong *at; /* in the order of the fields; in the arena of the context */
    size_t n;
};

/* Fills the struct at `ret_form` from a POST's form. E_INVALID with every wrong field in ret_errors, the
 * first one also in the context. ret_errors may be NULL. */
enum err form_read(struct ctx *c, const struct req *r, const struct form_field *field, size_t n,
                   void *ret_form, struct form_errors *ret_errors) MUST_CHECK;
/* What is wrong with a field; NULL when nothing is. */
const char *form_error(const struct form_errors *errors, const char *name);

#endif
