// SPDX-License-Identifier: EUPL-1.2
/* Typed forms: what a form may hold is a table, and reading it checks every field.
 *
 *     struct visit { const char *place, *note; int32_t next; int64_t worker; };
 *     static const struct form_field visit_fields[] = {
 *         { FORM_AT(struct visit, place), .kind = FORM_CODE, .label = N_("Where?"), FORM_CODE_LIST(places) },
 *         { FORM_AT(struct visit, worker), .kind = FORM_PICK, .required = true, .label = N_("Worker") },
 *         { FORM_AT(struct visit, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
 *         { FORM_AT(struct visit, next), .kind = FORM_DATE, .required = true, .label = N_("Next call") },
 *     };
 *     struct form_options workers = { "worker", option, n };
 *     struct form form = { FORM(visit_fields), .options = &workers, .n_options = 1 };
 *     enum err e = form_take(c, r, &form, &visit, &wrong);
 *
 * On E_INVALID all wrong fields are in `wrong`; what was typed is still in the request (req_form), so nothing
 * is lost. form_view.h shows the same table as a form. */
#ifndef PEIL_WEB_FORM_H
#define PEIL_WEB_FORM_H

#include "register/code.h"
#include "web/req.h"

enum form_kind {              /* member of the struct    absent or empty */
                 FORM_TEXT,   /* const char *            "": one line, trimmed */
                 FORM_LINES,  /* const char *            "": may hold line ends */
                 FORM_INT,    /* int64_t                 INT_NONE; 0 .. max (0: no limit) */
                 FORM_ID,     /* int64_t                 INT_NONE; from 1 */
                 FORM_DATE,   /* int32_t                 DAY_NONE; "31-1-2024" and the like */
                 FORM_CHOICE, /* int64_t: index          INT_NONE; one of `choice` */
                 FORM_CHECK,  /* bool                    false */
                 FORM_IDS,    /* struct form_ids         none; every field of that name */
                 FORM_CODE,   /* const char *            "": a code of `codes` */
                 FORM_CODES,  /* struct form_codes       none; every field of that name, codes of `codes` */
                 FORM_PICK,   /* int64_t                 INT_NONE; an id of the form's options of that name */
                 FORM_TIME,   /* int64_t: moment         TIME_NONE; "31-1-2024 14:05", Dutch local time */
                 FORM_CLOCK,  /* int64_t: minutes        INT_NONE; "14:05" is 845 */
                 FORM_DECIMAL, /* int64_t: hundredths     INT_NONE; "12,5" and "12.5" are 1250; up to max */
};

struct form_ids {
    const int64_t *id;
    size_t n;
};
struct form_codes {
    const char *const *code;
    size_t n;
};

/* How a list to choose from looks: radios when it is short (at most FORM_RADIOS), else a <select>. */
enum { FORM_RADIOS = 5 };
enum form_look { FORM_AS_FITS, FORM_AS_RADIOS, FORM_AS_SELECT };

struct form_field {
    const char *name;
    size_t offset;
    enum form_kind kind;
    bool required;
    size_t max; /* text: characters (0: 200, lines 10,000); int: the largest; ids: how many (0: 2,000) */
    const char *const *choice;       /* ended by NULL */
    const char *const *choice_label; /* msgids, beside `choice` */
    const struct code_name *codes;   /* see FORM_CODE_LIST */
    const size_t *n_codes;
    const char *label; /* msgid */
    /* only for showing it */
    const char *hint, *group;                    /* msgids; group: a heading that begins here */
    const char *type, *autocomplete, *inputmode; /* NULL: what fits the kind */
    enum form_look look;
    bool hidden; /* not shown: a version, a step */
    bool first;  /* the page opens with the cursor in it */
    bool narrow; /* a short input; narrow fields after each other stand beside each other */
};
#define FORM_AT(type, member) .name = #member, .offset = offsetof(type, member)
/* A list of codes in the same file; of another file: .codes = request_channels, .n_codes =
 * &request_channel_count. */
#define FORM_CODE_LIST(list)                                                                                 \
    .codes = (list), .n_codes = &(const size_t)                                                              \
    {                                                                                                        \
        COUNT(list)                                                                                          \
    }

/* What only the handler knows: the teams, workers, places to pick from. */
struct option_id {
    int64_t id;
    const char *label; /* as it is shown */
};
struct form_options {
    const char *name; /* of the field */
    const struct option_id *at;
    size_t n;
};
struct form {
    const struct form_field *field;
    size_t n;
    const struct form_options *options;
    size_t n_options;
    const struct pair
        *value; /* what stands in the form before anyone typed; several of a name for FORM_CODES */
    size_t n_values;
    const char *prefix; /* of the ids, when two forms stand on one page; NULL */
};
#define FORM(table) .field = (table), .n = COUNT(table)

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
enum err form_take(struct ctx *c, const struct req *r, const struct form *form, void *ret_form,
                   struct form_errors *ret_errors) MUST_CHECK;
/* The same for a table without FORM_PICK. */
enum err form_read(struct ctx *c, const struct req *r, const struct form_field *field, size_t n,
                   void *ret_form, struct form_errors *ret_errors) MUST_CHECK;
/* What is wrong with a field; NULL when nothing is. */
const char *form_error(const struct form_errors *errors, const char *name);
/* The options of a field; NULL when the handler gave none. */
const struct form_options *form_options_of(const struct form *form, const char *name);

#endif
