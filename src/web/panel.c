// SPDX-License-Identifier: EUPL-1.2
#include "web/panel.h"

#include "base/text.h"
#include "register/config.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define URL_MAX 400

void panel_fact_add(struct panel *p, const char *label, const char *value)
{
    if (text_empty(value))
        return;
    assert(p->facts < PANEL_FACTS);
    p->fact[p->facts++] = (struct record_fact){ .label = label, .value = value };
}

static enum err __attribute__((format(printf, 2, 0)))
url_of(struct ctx *c, const char *format, va_list ap, const char **ret_url)
{
    char url[URL_MAX];

    int n = vsnprintf(url, sizeof url, format, ap);
    assert(n > 0 && n < URL_MAX);
    return ctx_copy(c, url, ret_url);
}

enum err panel_fact_link(struct ctx *c, struct panel *p, const char *label, const char *value,
                         const char *format, ...)
{
    va_list ap;

    if (text_empty(value))
        return OK;
    panel_fact_add(p, label, value);
    va_start(ap, format);
    enum err e = url_of(c, format, ap, &p->fact[p->facts - 1].url);
    va_end(ap);
    return e;
}

enum err panel_link_add(struct ctx *c, struct panel *p, const char *label, const char *format, ...)
{
    va_list ap;

    assert(p->links < PANEL_LINKS);
    p->link[p->links].label = label;
    va_start(ap, format);
    enum err e = url_of(c, format, ap, &p->link[p->links++].url);
    va_end(ap);
    return e;
}

enum err panel_sheet_add(struct ctx *c, struct panel *p, const char *title, const struct sheet *s)
{
    struct sheet_heading *h;

    assert(p->sheets < PANEL_SHEETS);
    TRY(ctx_alloc(c, s->columns, sizeof *h, (void *)&h));
    for (size_t i = 0; i < s->columns; i++)
        h[i] = (struct sheet_heading){ .label = _(s->column[i].label),
                                       .number = s->column[i].kind == SHEET_COUNT ||
                                                 s->column[i].kind == SHEET_DAYS ||
                                                 s->column[i].kind == SHEET_DECIMAL };
    p->sheet[p->sheets++] =
        (struct panel_sheet){ .title = title,
                              .sheet = { .sheet = s, .heading = h, .row = s->row, .n = s->n } };
    return OK;
}

enum err panel_form_add(struct ctx *c, const struct req *r, struct panel *p, const char *base,
                        const struct panel_form_of *f, const struct panel_sent *sent)
{
    struct panel_form *to = &p->form[p->forms];
    struct form form = f->form;
    bool is_sent = sent != NULL && text_is(sent->code, f->code);

    assert(p->forms < PANEL_FORMS);
    form.prefix = f->code;
    *to = (struct panel_form){
        .title = f->title, .button = f->button, .lead = f->lead, .open = f->open || is_sent
    };
    to->action = text_made(c, "%s/%s", base, f->code);
    p->forms++;
    return form_view_fill(c, r, &form, is_sent ? &sent->wrong : NULL, &to->form);
}

enum err panel_steps_fill(struct ctx *c, const struct happening *h, size_t n, const struct panel_words *words,
                          struct panel *p)
{
    struct record_step *step;

    TRY(ctx_alloc(c, n + 1, sizeof *step, (void *)&step));
    for (size_t i = 0; i < n; i++)
        step[n - 1 - i] = record_step_of(&h[i], words->name(c, h[i].kind),
                                         words->detail != NULL ? words->detail(c, &h[i]) : NULL);
    p->step = step;
    p->steps = n;
    return OK;
}

enum err panel_news_fill(struct ctx *c, const struct req *r, struct panel *p)
{
    TRY(record_news_since(c, r, "version", p->step, p->steps, &p->news));
    for (size_t i = 0; p->news.n > 0 && i < p->forms; i++)
        TRY(form_view_seen(c, "version", typed_number_text(c, (int64_t)p->steps), &p->form[i].form));
    return OK;
}

int64_t query_int(const struct req *r, const char *name, int64_t otherwise)
{
    const char *text = req_query(r, name);
    int64_t v;

    return text != NULL && text_to_int(text, &v) && v > 0 ? v : otherwise;
}

int32_t query_day(struct ctx *c, const struct req *r, const char *name, int32_t otherwise)
{
    const char *text = req_query(r, name);
    int32_t day;

    if (text_empty(text))
        return otherwise;
    if (date_parse(c, name, text, &day) == OK)
        return day;
    err_clear(c);
    return otherwise;
}

const char *text_made(struct ctx *c, const char *format, ...)
{
    const char *text = "";
    char made[URL_MAX];
    va_list ap;

    va_start(ap, format);
    vsnprintf(made, sizeof made, format, ap);
    va_end(ap);
    return ctx_copy(c, made, &text) == OK ? text : "";
}

const char *clock_text(struct ctx *c, int64_t minutes)
{
    return typed_clock_text(c, minutes);
}

/* ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err panel_filter_fill(struct ctx *c, const struct panel_filter *f, const char *url, struct panel_list *p)
{
    p->filter_url = url;
    if (f->from != DAY_NONE) {
        p->from = (struct field){ .name = "from",
                                  .label = _("From"),
                                  .value = typed_day_text(c, f->from),
                                  .narrow = true,
                                  .inputmode = "numeric",
                                  .required = true };
        p->to = (struct field){ .name = "to",
                                .label = _("Up to and with"),
                                .value = typed_day_text(c, f->to),
                                .narrow = true,
                                .inputmode = "numeric",
                                .required = true };
    }
    return f->with_team ? team_choice(c, f->team, &p->team) : OK;
}

enum err panel_list_show(struct ctx *c, const struct req *r, struct sheet *s, struct panel_list *p,
                         struct reply *out)
{
    if (sheet_is_file(r))
        return web_sheet_export(c, r, s, out);
    TRY(sheet_view_fill(c, r, s, &p->sheet));
    return panel_list_html(c, &out->body, p);
}
