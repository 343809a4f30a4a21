// SPDX-License-Identifier: EUPL-1.2
#include "web/form_page.h"

#include "base/buf.h"
#include "base/text.h"
#include "web/tpl.h"

#include <string.h>

enum err form_page_show(struct ctx *c, const struct req *r, const struct form_page *f,
                        const struct form *form, const struct form_errors *wrong, struct reply *out)
{
    struct record_new_page p = { .lead = f->lead,
                                 .warning = f->warning,
                                 .news = f->news,
                                 .action = f->action,
                                 .button = f->button,
                                 .back = f->back };

    TRY(frame_fill(c, r, f->title, f->menu, &p.frame));
    TRY(form_view_fill(c, r, form, wrong, &p.form));
    for (size_t i = 0; f->news.n > 0 && i < form->n_values; i++)
        if (text_is(form->value[i].name, "version"))
            TRY(form_view_seen(c, "version", form->value[i].value, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err path_of(struct ctx *c, const char *format, int64_t id, const char **ret_path)
{
    const char *at = strstr(format, "{}");
    struct buf b = { 0 };

    buf_put(&b, format, at != NULL ? (size_t)(at - format) : strlen(format));
    if (at != NULL) {
        buf_int(&b, id);
        buf_str(&b, at + 2);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_path);
    buf_free(&b);
    return e;
}

enum err codes_join(struct ctx *c, const struct form_codes *codes, const char **ret_text)
{
    struct buf b = { 0 };

    *ret_text = NULL;
    if (codes->n == 0)
        return OK;
    for (size_t i = 0; i < codes->n; i++) {
        buf_str(&b, i > 0 ? " " : "");
        buf_str(&b, codes->code[i]);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

enum err codes_values(struct ctx *c, const char *name, const char *codes, struct pair *value, size_t room,
                      size_t *ret_n)
{
    size_t n = 0;

    for (const char *p = codes; p != NULL && *p != '\0' && n < room;) {
        size_t len = strcspn(p, " ");
        char *copy = arena_copy(c->arena, p, len);
        if (copy == NULL)
            return FAIL(E_NOMEM, "%s", "");
        if (len > 0)
            value[n++] = (struct pair){ name, copy };
        p += len;
        p += strspn(p, " ");
    }
    *ret_n = n;
    return OK;
}

const char *or_null(const char *text)
{
    return text_empty(text) ? NULL : text;
}
