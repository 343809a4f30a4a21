// SPDX-License-Identifier: EUPL-1.2
/* The questions about safe contact as part of another form: nothing is chosen beforehand, and an answer that
 * was not given stays "not asked". */
#ifndef PEIL_WEB_SAFE_FORM_H
#define PEIL_WEB_SAFE_FORM_H

#include "register/safe_contact.h"
#include "web/form.h"

/* A member `struct safe_typed safe` of the struct of the form. */
struct safe_typed {
    const char *way[WAYS]; /* "yes", "no", "" */
    int64_t from, to;
    bool neutral;
    const char *note;
};
extern const struct code_name safe_answers[];
extern const size_t safe_answer_count;

#define SAFE_WAY(type, way_, name_, label_)                                                                  \
    .name = (name_), .offset = offsetof(type, safe.way[way_]), .kind = FORM_CODE, .codes = safe_answers,     \
    .n_codes = &safe_answer_count, .look = FORM_AS_SELECT, .label = (label_)
/* The fields, for the table of the form. */
#define SAFE_FIELDS(type)                                                                                    \
    { SAFE_WAY(type, WAY_CALL, "safe_call", N_("May we call?")),                                             \
      .group = N_("How may we safely reach you?") },                                                         \
        { SAFE_WAY(type, WAY_VOICEMAIL, "safe_voicemail", N_("May we leave a message?")) },                  \
        { SAFE_WAY(type, WAY_TEXT, "safe_text", N_("May we text?")) },                                       \
        { SAFE_WAY(type, WAY_MAIL, "safe_mail", N_("May we e-mail?")) },                                     \
        { SAFE_WAY(type, WAY_LETTER, "safe_letter", N_("May we send a letter?")) },                          \
        { .name = "safe_from",                                                                               \
          .offset = offsetof(type, safe.from),                                                               \
          .kind = FORM_CLOCK,                                                                                \
          .label = N_("Call only after"),                                                                    \
          .narrow = true },                                                                                  \
        { .name = "safe_to",                                                                                 \
          .offset = offsetof(type, safe.to),                                                                 \
          .kind = FORM_CLOCK,                                                                                \
          .label = N_("Call only before"),                                                                   \
          .narrow = true },                                                                                  \
        { .name = "safe_neutral",                                                                            \
          .offset = offsetof(type, safe.neutral),                                                            \
          .kind = FORM_CHECK,                                                                                \
          .label = N_("Do not say or show that it is the social team") },                                    \
    {                                                                                                        \
        .name = "safe_note", .offset = offsetof(type, safe.note), .kind = FORM_TEXT,                         \
        .label = N_("What else is needed for safety")                                                        \
    }
enum { SAFE_FIELD_COUNT = WAYS + 4 };

/* The answers; *ret_given false when nothing was filled in. E_INVALID: one time without the other. */
enum err safe_typed_read(struct ctx *c, const struct safe_typed *t, struct safe_contact *ret_safe,
                         bool *ret_given) MUST_CHECK;
/* The stored answers as values of the form; room for SAFE_FIELD_COUNT pairs. */
enum err safe_values_fill(struct ctx *c, const char *stored, struct pair *value, size_t *n) MUST_CHECK;

#endif
