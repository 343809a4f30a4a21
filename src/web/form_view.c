// SPDX-License-Identifier: EUPL-1.2
#include "web/form_view.h"

#include "base/date.h"
#include "web/show.h"

#include <string.h>

/* What the view of one form is made of. */
struct making {
    const struct req *r;
    const struct form *form;
    const struct form_errors *wrong; /* NULL: not sent */
};

static const char *first_value(const struct pair *p, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(p[i].name, name))
            return p[i].value;
    return NULL;
}

/* What stands in the field: typed when the form was sent, else what the handler put there. */
static const char *value_of(const struct making *m, const char *name)
{
    const char *value =
        m->wrong != NULL ? req_form(m->r, name) : first_value(m->form->value, m->form->n_values, name);

    return value != NULL ? value : "";
}

static bool is_chosen(const struct making *m, const char *name, const char *value)
{
    const struct pair *p = m->wrong != NULL ? m->r->form.at : m->form->value;
    size_t n = m->wrong != NULL ? m->r->form.n : m->form->n_values;

    for (size_t i = 0; i < n; i++)
        if (text_is(p[i].name, name) && text_is(p[i].value, value))
            return true;
    return false;
}

/* The prefix and the name; the name of a setting has dots, an id has dashes. */
static enum err id_of(struct ctx *c, const struct making *m, const char *name, const char **ret_id)
{
    struct buf b = { 0 };

    if (text_empty(name) || (m->form->prefix == NULL && strchr(name, '.') == NULL)) {
        *ret_id = name;
        return OK;
    }
    if (m->form->prefix != NULL) {
        buf_str(&b, m->form->prefix);
        buf_char(&b, '-');
    }
    for (const char *p = name; *p != '\0'; p++)
        buf_char(&b, *p == '.' ? '-' : *p);
    enum err e = ctx_copy(c, buf_text(&b), ret_id);
    buf_free(&b);
    return e;
}

static size_t option_count(const struct making *m, const struct form_field *f)
{
    const struct form_options *o;
    size_t n = 0;

    switch (f->kind) {
    case FORM_CHOICE:
        while (f->choice[n] != NULL)
            n++;
        return n;
    case FORM_CODE:
    case FORM_CODES:
        return *f->n_codes;
    default:
        o = form_options_of(m->form, f->name);
        return o != NULL ? o->n : 0;
    }
}

static enum err option_put(struct ctx *c, const struct making *m, const struct form_field *f, size_t i,
                           struct option *o)
{
    const struct form_options *list;

    if (f->kind == FORM_CHOICE) {
        o->value = f->choice[i];
        o->label = f->choice_label != NULL ? _(f->choice_label[i]) : f->choice[i];
    } else if (f->kind == FORM_CODE || f->kind == FORM_CODES) {
        o->value = f->codes[i].code;
        o->label = _(f->codes[i].name);
    } else {
        list = form_options_of(m->form, f->name);
        o->label = list->at[i].label;
        o->value = typed_number_text(c, list->at[i].id);
    }
    o->chosen = is_chosen(m, f->name, o->value);
    return OK;
}

static bool is_many(enum form_kind kind)
{
    return kind == FORM_CODES || kind == FORM_IDS;
}

/* A list to choose from. One that may stay empty, and a select, begins with the empty choice. */
static enum err choice_fill(struct ctx *c, const struct making *m, const struct form_field *f,
                            struct form_view_field *v)
{
    size_t n = option_count(m, f), extra = 0;
    struct option *o;

    v->shape = f->look == FORM_AS_SELECT || (f->look == FORM_AS_FITS && n > FORM_RADIOS) ? SHAPE_SELECT
                                                                                         : SHAPE_RADIOS;
    if (is_many(f->kind))
        v->shape = SHAPE_CHECKS;
    else if (v->shape == SHAPE_SELECT || !f->required)
        extra = 1;
    TRY(ctx_alloc(c, n + extra, sizeof *o, (void *)&o));
    if (extra > 0)
        o[0] = (struct option){ .value = "",
                                .label = f->required ? _("Choose") : _("Not filled in"),
                                .chosen = text_empty(value_of(m, f->name)) };
    for (size_t i = 0; i < n; i++)
        TRY(option_put(c, m, f, i, &o[extra + i]));
    v->choice = (struct choice){ .name = f->name,
                                 .label = f->label != NULL ? _(f->label) : f->name,
                                 .hint = f->hint != NULL ? _(f->hint) : NULL,
                                 .error = form_error(m->wrong, f->name),
                                 .option = o,
                                 .n = n + extra,
                                 .required = f->required,
                                 .optional = is_many(f->kind) && !f->required };
    v->beside = v->shape == SHAPE_SELECT;
    return id_of(c, m, f->name, &v->choice.id);
}

static const char *hint_of(const struct ctx *c, const struct form_field *f)
{
    if (f->hint != NULL)
        return _(f->hint);
    if (f->kind == FORM_DATE)
        return _("For example 31-1-2024");
    if (f->kind == FORM_TIME)
        return _("For example 31-1-2024 14:05");
    if (f->kind == FORM_CLOCK)
        return _("For example 14:05");
    return NULL;
}

static const char *inputmode_of(const struct form_field *f)
{
    if (f->inputmode != NULL)
        return f->inputmode;
    if (f->kind == FORM_INT || f->kind == FORM_ID)
        return "numeric";
    return f->kind == FORM_DECIMAL ? "decimal" : NULL;
}

static enum err input_fill(struct ctx *c, const struct making *m, const struct form_field *f,
                           struct form_view_field *v)
{
    bool text = f->kind == FORM_TEXT || f->kind == FORM_LINES || f->kind == FORM_CHECK;

    v->shape = f->kind == FORM_CHECK ? SHAPE_CHECK : SHAPE_INPUT;
    v->beside = f->narrow || !text;
    v->field = (struct field){ .name = f->name,
                               .label = f->label != NULL ? _(f->label) : f->name,
                               .hint = hint_of(c, f),
                               .value = text_is(f->type, "password") ? "" : value_of(m, f->name),
                               .type = f->type,
                               .autocomplete = f->autocomplete,
                               .inputmode = inputmode_of(f),
                               .error = form_error(m->wrong, f->name),
                               .required = f->required,
                               .narrow = v->beside,
                               .first = f->first && m->wrong == NULL,
                               .lines = f->kind == FORM_LINES };
    return id_of(c, m, f->name, &v->field.id);
}

static bool has_options(enum form_kind kind)
{
    return kind == FORM_CHOICE || kind == FORM_CODE || kind == FORM_CODES || kind == FORM_PICK ||
           kind == FORM_IDS;
}

/* The shown fields in their order, and the hidden ones apart. */
static enum err fields_fill(struct ctx *c, const struct making *m, struct form_view_field *v, size_t *n,
                            struct pair *hidden, size_t *n_hidden)
{
    for (size_t i = 0; i < m->form->n; i++) {
        const struct form_field *f = &m->form->field[i];
        if (f->hidden) {
            hidden[(*n_hidden)++] = (struct pair){ f->name, value_of(m, f->name) };
            continue;
        }
        if (has_options(f->kind))
            TRY(choice_fill(c, m, f, &v[*n]));
        else
            TRY(input_fill(c, m, f, &v[*n]));
        ++*n;
    }
    return OK;
}

/* Cuts the fields into groups (a heading) and rows (what stands beside each other). */
static enum err groups_fill(struct ctx *c, const struct form *form, const struct form_view_field *v, size_t n,
                            struct form_view *view)
{
    struct form_view_group *group;
    struct form_view_row *row;
    size_t at = 0, groups = 0, rows = 0;

    TRY(ctx_alloc(c, n + 1, sizeof *group, (void *)&group));
    TRY(ctx_alloc(c, n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < form->n; i++) {
        const struct form_field *f = &form->field[i];
        if (f->hidden)
            continue;
        bool begins = groups == 0 || f->group != NULL;
        if (begins)
            group[groups++] =
                (struct form_view_group){ f->group != NULL ? _(f->group) : NULL, row + rows, 0 };
        if (begins || !v[at].beside || !v[at - 1].beside) {
            row[rows++] = (struct form_view_row){ &v[at], 0 };
            group[groups - 1].rows++;
        }
        row[rows - 1].n++;
        at++;
    }
    view->group = group;
    view->groups = groups;
    return OK;
}

/* The same errors with the id of the field on this page, so that the link in the summary goes there. */
static enum err wrong_fill(struct ctx *c, const struct making *m, struct form_view *view)
{
    struct form_wrong *at;

    if (m->wrong == NULL || m->wrong->n == 0)
        return OK;
    TRY(ctx_alloc(c, m->wrong->n, sizeof *at, (void *)&at));
    for (size_t i = 0; i < m->wrong->n; i++) {
        const char *name = "";
        at[i] = m->wrong->at[i];
        for (size_t j = 0; j < m->form->n; j++) {
            const struct form_field *f = &m->form->field[j];
            if (f->hidden || !text_is(f->name, at[i].field))
                continue;
            name = f->name;
            if (at[i].label == NULL && f->label != NULL)
                at[i].label = _(f->label);
        }
        TRY(id_of(c, m, name, &at[i].field));
    }
    view->wrong = (struct form_errors){ .at = at, .n = m->wrong->n };
    return OK;
}

enum err form_view_fill(struct ctx *c, const struct req *r, const struct form *form,
                        const struct form_errors *wrong, struct form_view *ret_view)
{
    struct making m = { .r = r, .form = form, .wrong = wrong };
    struct form_view view = { 0 };
    struct form_view_field *v;
    struct pair *hidden;
    size_t n = 0;

    TRY(ctx_alloc(c, form->n, sizeof *v, (void *)&v));
    TRY(ctx_alloc(c, form->n, sizeof *hidden, (void *)&hidden));
    TRY(fields_fill(c, &m, v, &n, hidden, &view.n_hidden));
    view.hidden = hidden;
    TRY(groups_fill(c, form, v, n, &view));
    TRY(wrong_fill(c, &m, &view));
    *ret_view = view;
    return OK;
}

enum err form_view_seen(struct ctx *c, const char *name, const char *version, struct form_view *v)
{
    struct pair *hidden;

    TRY(ctx_alloc(c, v->n_hidden + 1, sizeof *hidden, (void *)&hidden));
    for (size_t i = 0; i < v->n_hidden; i++) {
        hidden[i] = v->hidden[i];
        if (text_is(hidden[i].name, name))
            hidden[i].value = version;
    }
    v->hidden = hidden;
    return OK;
}

/* ── Values as a person types them ────────────────────────────────────────────────────────────────────────
 */

static void put_clock(struct buf *b, int64_t minutes)
{
    buf_printf(b, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

const char *typed_moment_text(struct ctx *c, int64_t time)
{
    struct buf b = { 0 };

    if (time != TIME_NONE) {
        buf_str(&b, typed_day_text(c, time_nl_day(time)));
        buf_char(&b, ' ');
        put_clock(&b, time_nl_second(time) / 60);
    }
    return text_of_buf(c, &b);
}

const char *typed_clock_text(struct ctx *c, int64_t minutes)
{
    struct buf b = { 0 };

    if (minutes != INT_NONE)
        put_clock(&b, minutes);
    return text_of_buf(c, &b);
}

const char *typed_decimal_text(struct ctx *c, int64_t hundredths)
{
    struct buf b = { 0 };
    int64_t part = hundredths % 100;

    if (hundredths != INT_NONE) {
        buf_int(&b, hundredths / 100);
        if (part != 0) {
            buf_char(&b, c->lang == LANG_NL ? ',' : '.');
            buf_int(&b, part / 10);
            if (part % 10 != 0)
                buf_int(&b, part % 10);
        }
    }
    return text_of_buf(c, &b);
}

const char *typed_number_text(struct ctx *c, int64_t v)
{
    struct buf b = { 0 };

    if (v != INT_NONE)
        buf_int(&b, v);
    return text_of_buf(c, &b);
}
