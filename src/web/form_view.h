// SPDX-License-Identifier: EUPL-1.2
/* A form on the screen, made from the same table that reads it (form.h):
 *
 *     TRY(form_view_fill(c, r, &form, wrong, &p->form));        {{> form_view_html &p->form}}
 *
 * Texts are translated, every value that was typed stands in its field again, every error at its field and in
 * the summary above. Short lists are radios, long ones a <select>; narrow fields that follow each other stand
 * beside each other. */
#ifndef PEIL_WEB_FORM_VIEW_H
#define PEIL_WEB_FORM_VIEW_H

#include "web/form.h"
#include "web/part.h"

enum form_shape { SHAPE_INPUT, SHAPE_SELECT, SHAPE_RADIOS, SHAPE_CHECKS, SHAPE_CHECK };

struct form_view_field {
    enum form_shape shape;
    struct field field;   /* SHAPE_INPUT, SHAPE_CHECK (value "on": checked) */
    struct choice choice; /* the others */
    bool beside;          /* small enough to stand beside another one */
};
struct form_view_row {
    const struct form_view_field *at;
    size_t n;
};
struct form_view_group {
    const char *label; /* NULL: no heading */
    const struct form_view_row *row;
    size_t rows;
};
struct form_view {
    const struct form_view_group *group;
    size_t groups;
    const struct pair *hidden;
    size_t n_hidden;
    struct form_errors wrong; /* its fields are ids on the page; "" for what belongs to no field */
};

/* wrong: NULL when this form was not sent, so that only its own values stand in it; else what form_take and
 * the register refused (also when that is nothing). */
enum err form_view_fill(struct ctx *c, const struct req *r, const struct form *form,
                        const struct form_errors *wrong, struct form_view *ret_view) MUST_CHECK;

/* Puts the present version into the hidden field `name` of a form that is shown again, when it has one: who
 * has now seen what someone else did may go on. */
enum err form_view_seen(struct ctx *c, const char *name, const char *version, struct form_view *v) MUST_CHECK;

/* Values for struct form.value. */
const char *typed_moment_text(struct ctx *c, int64_t time);        /* 31-1-2024 14:05 */
const char *typed_clock_text(struct ctx *c, int64_t minutes);      /* 14:05 */
const char *typed_decimal_text(struct ctx *c, int64_t hundredths); /* 12,5 in Dutch, 12.5 in English */
const char *typed_number_text(struct ctx *c, int64_t v);

#endif
