// SPDX-License-Identifier: EUPL-1.2
#include "web/case_form.h"

#include "base/buf.h"
#include "base/text.h"
#include "web/tpl.h"

#include <assert.h>

void case_value(struct case_step *s, const char *name, const char *value)
{
    assert(s->values < CASE_VALUES);
    if (!text_empty(value))
        s->value[s->values++] = (struct pair){ name, value };
}

int64_t case_seen(const struct req *r)
{
    int64_t seen;

    return text_to_int(req_form(r, "version"), &seen) ? seen : 0;
}

void case_fact(struct case_step *s, const char *label, const char *text)
{
    if (s->facts < CASE_FACTS && !text_empty(text))
        s->fact[s->facts++] = (struct case_fact){ label, text };
}

static enum err url_of(struct ctx *c, int64_t request, const char *path, const char **ret_url)
{
    struct buf b = { 0 };

    buf_printf(&b, "/requests/%lld%s", (long long)request, path != NULL ? path : "");
    enum err e = ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

enum err case_step_show(struct ctx *c, const struct req *r, struct case_step *s,
                        const struct form_errors *wrong, struct reply *out)
{
    struct case_page p = { .step = s };

    TRY(step_head_fill(c, r, &p.head));
    TRY(frame_fill(c, r, s->title, "/waiting", &p.frame));
    TRY(url_of(c, p.head.request->id.v, s->back, &p.url));
    TRY(url_of(c, p.head.request->id.v, s->path, &p.action));
    s->form.value = s->value;
    s->form.n_values = s->values;
    TRY(form_view_fill(c, r, &s->form, wrong, &p.form));
    if (s->button == NULL)
        s->button = _("Save");
    return case_form_html(c, &out->body, &p);
}

enum err case_step_end(struct ctx *c, const struct req *r, struct case_step *s, enum err e,
                       struct form_errors *wrong, struct reply *out)
{
    long long id = r->ids.id[0];
    const char *back = s->back != NULL ? s->back : "";

    if (e == OK && s->batch != 0)
        return reply_redirect(c, out, "/requests/%lld%s?done=%s&batch=%lld", id, back, s->done,
                              (long long)s->batch);
    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld%s?done=%s", id, back, s->done);
    TRY(wrong_take(c, e, out, wrong));
    return case_step_show(c, r, s, wrong, out);
}
