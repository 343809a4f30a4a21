// SPDX-License-Identifier: EUPL-1.2
#include "web/edit_page.h"

#include "base/buf.h"
#include "base/text.h"
#include "web/tpl.h"

#include <string.h>

/* The path with the number where "{}" stands. */
static enum err path_of(struct ctx *c, const char *pattern, int64_t id, const char **ret_path)
{
    struct buf b = { 0 };
    const char *at = strstr(pattern, "{}");

    buf_put(&b, pattern, at != NULL ? (size_t)(at - pattern) : strlen(pattern));
    if (at != NULL) {
        buf_int(&b, id);
        buf_str(&b, at + 2);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_path);
    buf_free(&b);
    return e;
}

enum err edit_page_paths(struct ctx *c, struct edit_page *p, const char *action, const char *back, int64_t id)
{
    TRY(path_of(c, action, id, &p->action));
    return path_of(c, back, id, &p->back);
}

static const char *value_of(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->n_values; i++)
        if (text_is(form->value[i].name, name))
            return form->value[i].value;
    return NULL;
}

/* A value as a person reads it; NULL when empty. */
static const char *readable(const struct ctx *c, const struct form *form, const struct form_field *f,
                            const char *value)
{
    const struct form_options *o = f->kind == FORM_PICK ? form_options_of(form, f->name) : NULL;
    int64_t id;

    if (text_empty(value))
        return NULL;
    if (f->kind == FORM_CODE)
        return code_text(c, f->codes, *f->n_codes, value);
    if (f->kind == FORM_CHECK)
        return _("Yes");
    for (size_t i = 0; o != NULL && text_to_int(value, &id) && i < o->n; i++)
        if (o->at[i].id == id)
            return o->at[i].label;
    return value;
}

enum err edit_page_compare(struct ctx *c, const struct req *r, const struct form *form, struct edit_page *p)
{
    struct form_difference *d;

    TRY(ctx_alloc(c, form->n, sizeof *d, (void *)&d));
    for (size_t i = 0; i < form->n; i++) {
        const struct form_field *f = &form->field[i];
        const char *typed = readable(c, form, f, req_form(r, f->name));
        const char *present = readable(c, form, f, value_of(form, f->name));
        if (f->hidden || text_is(typed, present))
            continue;
        d[p->differences++] =
            (struct form_difference){ f->label != NULL ? _(f->label) : f->name, typed, present };
    }
    p->difference = d;
    return OK;
}

enum err edit_page_show(struct ctx *c, const struct edit_page *p, struct reply *out)
{
    return edit_page_html(c, &out->body, p);
}
