// SPDX-License-Identifier: EUPL-1.2
#include "web/form.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

#include <string.h>

enum { TEXT_MAX = 200, LINES_MAX = 10000, IDS_MAX = 2000 };

/* One field being read: where the value goes, and what is wrong with it, if anything. */
struct reading {
    const struct req *r;
    const struct form_field *f;
    void *at;
    const char *wrong;
};

static size_t characters(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

static enum err wrong(struct ctx *c, struct reading *g, const char *text)
{
    return ctx_copy(c, text, &g->wrong);
}

static enum err too_long(struct ctx *c, struct reading *g, size_t max)
{
    struct buf b = { 0 };

    buf_printf(&b, _("This is too long: %d characters at most."), (int)max);
    enum err e = wrong(c, g, buf_text(&b));
    buf_free(&b);
    return e;
}

static enum err read_text(struct ctx *c, struct reading *g, const char *typed)
{
    bool lines = g->f->kind == FORM_LINES;
    size_t max = g->f->max > 0 ? g->f->max : lines ? LINES_MAX : TEXT_MAX;
    const char **to = g->at;
    char *copy;

    *to = "";
    if (typed == NULL)
        return OK;
    if (!lines && strpbrk(typed, "\n\t") != NULL)
        return wrong(c, g, _("This must be on one line."));
    copy = arena_copy(c->arena, typed, strlen(typed));
    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    *to = text_trim(copy);
    return characters(*to) > max ? too_long(c, g, max) : OK;
}

static enum err read_number(struct ctx *c, struct reading *g, const char *typed)
{
    bool is_id = g->f->kind == FORM_ID;
    int64_t *to = g->at, v;

    *to = INT_NONE;
    if (text_empty(typed))
        return OK;
    if (!text_to_int(typed, &v) || v < (is_id ? 1 : 0))
        return wrong(c, g, is_id ? _("Choose one of the list.") : _("Fill in a whole number."));
    if (g->f->max > 0 && v > (int64_t)g->f->max)
        return wrong(c, g, _("This number is too large."));
    *to = v;
    return OK;
}

static enum err read_date(struct ctx *c, struct reading *g, const char *typed)
{
    int32_t *to = g->at, day = DAY_NONE;

    *to = DAY_NONE;
    if (text_empty(typed))
        return OK;
    enum err e = date_parse(c, g->f->name, typed, &day);
    if (e == E_INVALID) {
        const char *text = NULL;
        TRY(ctx_copy(c, c->err.text, &text));
        err_clear(c); /* kept with the others; the first one is put back at the end */
        g->wrong = text;
        return OK;
    }
    TRY(e);
    *to = day;
    return OK;
}

static enum err read_choice(struct ctx *c, struct reading *g, const char *typed)
{
    int64_t *to = g->at;

    *to = INT_NONE;
    if (text_empty(typed))
        return OK;
    for (int64_t i = 0; g->f->choice[i] != NULL; i++)
        if (text_is(g->f->choice[i], typed))
            *to = i;
    return *to == INT_NONE ? wrong(c, g, _("Choose one of the list.")) : OK;
}

static enum err read_ids(struct ctx *c, struct reading *g)
{
    const struct pairs *p = &g->r->form;
    size_t n = 0, max = g->f->max > 0 ? g->f->max : IDS_MAX;
    struct form_ids *to = g->at;
    int64_t *id;

    *to = (struct form_ids){ 0 };
    for (size_t i = 0; i < p->n; i++)
        n += text_is(p->at[i].name, g->f->name);
    if (n > max)
        return wrong(c, g, _("These are too many at once."));
    TRY(ctx_alloc(c, n + 1, sizeof *id, (void *)&id));
    n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (!text_is(p->at[i].name, g->f->name))
            continue;
        if (!text_to_int(p->at[i].value, &id[n]) || id[n] < 1)
            return wrong(c, g, _("Choose one of the list."));
        n++;
    }
    *to = (struct form_ids){ .id = id, .n = n };
    return OK;
}

static bool is_missing(const struct reading *g, const char *typed)
{
    if (g->f->kind == FORM_IDS)
        return ((const struct form_ids *)g->at)->n == 0;
    return typed == NULL || typed[strspn(typed, " \n\t")] == '\0';
}

static enum err read_field(struct ctx *c, struct reading *g)
{
    const char *typed = req_form(g->r, g->f->name);

    switch (g->f->kind) {
    case FORM_TEXT:
    case FORM_LINES:
        TRY(read_text(c, g, typed));
        break;
    case FORM_INT:
    case FORM_ID:
        TRY(read_number(c, g, typed));
        break;
    case FORM_DATE:
        TRY(read_date(c, g, typed));
        break;
    case FORM_CHOICE:
        TRY(read_choice(c, g, typed));
        break;
    case FORM_CHECK:
        *(bool *)g->at = typed != NULL;
        break;
    case FORM_IDS:
        TRY(read_ids(c, g));
        break;
    }
    if (g->f->required && g->wrong == NULL && is_missing(g, typed))
        return wrong(c, g, g->f->kind == FORM_IDS ? _("Choose at least one.") : _("Fill this in."));
    return OK;
}

enum err form_read(struct ctx *c, const struct req *r, const struct form_field *field, size_t n,
                   void *ret_form, struct form_errors *ret_errors)
{
    struct form_errors errors = { 0 };

    TRY(ctx_alloc(c, n, sizeof *errors.at, (void *)&errors.at));
    for (size_t i = 0; i < n; i++) {
        struct reading g = { .r = r, .f = &field[i], .at = (char *)ret_form + field[i].offset };
        TRY(read_field(c, &g));
        if (g.wrong != NULL)
            errors.at[errors.n++] = (struct form_wrong){
                .field = field[i].name,
                .text = g.wrong,
                .label = field[i].label != NULL ? _(field[i].label) : NULL,
            };
    }
    if (ret_errors != NULL)
        *ret_errors = errors;
    if (errors.n > 0)
        return FAIL_FIELD(errors.at[0].field, "%s", errors.at[0].text);
    return OK;
}

const char *form_error(const struct form_errors *errors, const char *name)
{
    for (size_t i = 0; errors != NULL && i < errors->n; i++)
        if (text_is(errors->at[i].field, name))
            return errors->at[i].text;
    return NULL;
}
