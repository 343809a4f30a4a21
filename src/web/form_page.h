// SPDX-License-Identifier: EUPL-1.2
/* A page that is one form and nothing else (record_new_html): what most records are added and changed with.
 */
#ifndef PEIL_WEB_FORM_PAGE_H
#define PEIL_WEB_FORM_PAGE_H

#include "web/record.h"
#include "web/reply.h"

struct form_page {
    const char *title, *menu; /* menu: the entry it stands under */
    const char *lead;         /* NULL: none */
    const char *warning;      /* NULL: none */
    const char *action, *button, *back;
    struct news news; /* since the user looked: the form is then about the present "version" */
};
enum err form_page_show(struct ctx *c, const struct req *r, const struct form_page *f,
                        const struct form *form, const struct form_errors *wrong,
                        struct reply *out) MUST_CHECK;

/* "/staff/12/edit" in the arena: one number in the format. */
enum err path_of(struct ctx *c, const char *format, int64_t id, const char **ret_path) MUST_CHECK;
/* Codes that were chosen, with a blank between, as the register keeps them; NULL for none. */
enum err codes_join(struct ctx *c, const struct form_codes *codes, const char **ret_text) MUST_CHECK;
/* The same the other way: a pair for each code, at most `room`; returns how many. */
enum err codes_values(struct ctx *c, const char *name, const char *codes, struct pair *value, size_t room,
                      size_t *ret_n) MUST_CHECK;
/* NULL for an empty text. */
const char *or_null(const char *text);

#endif
