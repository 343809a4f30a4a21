// SPDX-License-Identifier: EUPL-1.2
#include "web/form.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { TEXT_MAX = 200, LINES_MAX = 10000, IDS_MAX = 2000 };

/* One field being read: where the value goes, and what is wrong with it, if anything. */
struct reading {
    const struct req *r;
    const struct form *form;
    const struct form_field *f;
    void *at;
    const char *wrong;
};

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
    return text_characters(*to) > max ? too_long(c, g, max) : OK;
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

static enum err parse_day(struct ctx *c, struct reading *g, const char *typed, int32_t *ret_day)
{
    enum err e = date_parse(c, g->f->name, typed, ret_day);

    if (e == E_INVALID) {
        const char *text = NULL;
        TRY(ctx_copy(c, c->err.text, &text));
        err_clear(c); /* kept with the others; the first one is put back at the end */
        g->wrong = text;
        return OK;
    }
    return e;
}

static enum err read_date(struct ctx *c, struct reading *g, const char *typed)
{
    int32_t *to = g->at;

    *to = DAY_NONE;
    return text_empty(typed) ? OK : parse_day(c, g, typed, to);
}

/* "9:05", "14.05": minutes since midnight. */
static bool scan_clock(const char *text, int64_t *ret_minutes)
{
    size_t hours = strspn(text, "0123456789"), minutes;
    int64_t h, m;
    char part[3] = { 0 };

    if (hours < 1 || hours > 2 || (text[hours] != ':' && text[hours] != '.'))
        return false;
    memcpy(part, text, hours);
    minutes = strspn(text + hours + 1, "0123456789");
    if (minutes != 2 || text[hours + 3] != '\0' || !text_to_int(part, &h) ||
        !text_to_int(text + hours + 1, &m) || h > 23 || m > 59)
        return false;
    *ret_minutes = h * 60 + m;
    return true;
}

static enum err read_clock(struct ctx *c, struct reading *g, const char *typed)
{
    int64_t *to = g->at;

    *to = INT_NONE;
    if (text_empty(typed) || scan_clock(typed, to))
        return OK;
    return wrong(c, g, _("This is not a time. Write hours and minutes, for example 14:05."));
}

static enum err read_time(struct ctx *c, struct reading *g, const char *typed)
{
    int64_t *to = g->at, minutes;
    int32_t day = DAY_NONE;
    const char *blank = typed != NULL ? strrchr(typed, ' ') : NULL;
    char *copy;

    *to = TIME_NONE;
    if (text_empty(typed))
        return OK;
    if (blank == NULL || !scan_clock(blank + 1, &minutes))
        return wrong(c, g, _("Fill in the day and the time, for example 31-1-2024 14:05."));
    copy = arena_copy(c->arena, typed, (size_t)(blank - typed));
    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    TRY(parse_day(c, g, text_trim(copy), &day));
    if (g->wrong == NULL)
        *to = time_of_nl_day(day, (int)minutes * 60);
    return OK;
}

static enum err read_decimal(struct ctx *c, struct reading *g, const char *typed)
{
    int64_t *to = g->at, whole, part = 0;
    char digits[20] = { 0 };

    *to = INT_NONE;
    if (text_empty(typed))
        return OK;
    size_t n = strspn(typed, "0123456789");
    size_t more = typed[n] == ',' || typed[n] == '.' ? strspn(typed + n + 1, "0123456789") : 0;
    if (n == 0 || typed[n + (more > 0 ? more + 1 : 0)] != '\0')
        return wrong(c, g, _("Fill in a number, for example 12,5."));
    if (more > 2)
        return wrong(c, g, _("Use at most two digits after the comma."));
    if (n > 15)
        return wrong(c, g, _("This number is too large."));
    memcpy(digits, typed, n);
    if (!text_to_int(digits, &whole) || (more > 0 && !text_to_int(typed + n + 1, &part)))
        return wrong(c, g, _("Fill in a number, for example 12,5."));
    *to = whole * 100 + (more == 1 ? part * 10 : part);
    return g->f->max > 0 && *to > (int64_t)g->f->max ? wrong(c, g, _("This number is too large.")) : OK;
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

static const char *code_among(const struct form_field *f, const char *typed)
{
    for (size_t i = 0; i < *f->n_codes; i++)
        if (text_is(f->codes[i].code, typed))
            return f->codes[i].code;
    return NULL;
}

static enum err read_code(struct ctx *c, struct reading *g, const char *typed)
{
    const char **to = g->at, *code = text_empty(typed) ? "" : code_among(g->f, typed);

    *to = code != NULL ? code : "";
    return code == NULL ? wrong(c, g, _("Choose one of the list.")) : OK;
}

static enum err read_codes(struct ctx *c, struct reading *g)
{
    const struct pairs *p = &g->r->form;
    struct form_codes *to = g->at;
    const char **code;
    size_t n = 0;

    *to = (struct form_codes){ 0 };
    TRY(ctx_alloc(c, *g->f->n_codes + 1, sizeof *code, (void *)&code));
    for (size_t i = 0; i < *g->f->n_codes; i++) /* in the order of the list, each once */
        for (size_t j = 0; j < p->n; j++)
            if (text_is(p->at[j].name, g->f->name) && text_is(p->at[j].value, g->f->codes[i].code)) {
                code[n++] = g->f->codes[i].code;
                break;
            }
    for (size_t j = 0; j < p->n; j++)
        if (text_is(p->at[j].name, g->f->name) && code_among(g->f, p->at[j].value) == NULL)
            return wrong(c, g, _("Choose one of the list."));
    *to = (struct form_codes){ .code = code, .n = n };
    return OK;
}

static enum err read_pick(struct ctx *c, struct reading *g, const char *typed)
{
    const struct form_options *o = form_options_of(g->form, g->f->name);
    int64_t *to = g->at, v;

    assert(o != NULL); /* a FORM_PICK needs form_take with the options */
    *to = INT_NONE;
    if (text_empty(typed))
        return OK;
    for (size_t i = 0; text_to_int(typed, &v) && i < o->n; i++)
        if (o->at[i].id == v)
            *to = v;
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

static bool is_list(enum form_kind kind)
{
    return kind == FORM_IDS || kind == FORM_CODES;
}

static bool is_missing(const struct reading *g, const char *typed)
{
    if (g->f->kind == FORM_IDS)
        return ((const struct form_ids *)g->at)->n == 0;
    if (g->f->kind == FORM_CODES)
        return ((const struct form_codes *)g->at)->n == 0;
    return typed == NULL || typed[strspn(typed, " \n\t")] == '\0';
}

static enum err read_value(struct ctx *c, struct reading *g, const char *typed)
{
    switch (g->f->kind) {
    case FORM_TEXT:
    case FORM_LINES:
        return read_text(c, g, typed);
    case FORM_INT:
    case FORM_ID:
        return read_number(c, g, typed);
    case FORM_DATE:
        return read_date(c, g, typed);
    case FORM_CHOICE:
        return read_choice(c, g, typed);
    case FORM_CHECK:
        *(bool *)g->at = typed != NULL;
        return OK;
    case FORM_IDS:
        return read_ids(c, g);
    case FORM_CODE:
        return read_code(c, g, typed);
    case FORM_CODES:
        return read_codes(c, g);
    case FORM_PICK:
        return read_pick(c, g, typed);
    case FORM_TIME:
        return read_time(c, g, typed);
    case FORM_CLOCK:
        return read_clock(c, g, typed);
    case FORM_DECIMAL:
        return read_decimal(c, g, typed);
    }
    return OK;
}

static enum err read_field(struct ctx *c, struct reading *g)
{
    const char *typed = req_form(g->r, g->f->name);

    TRY(read_value(c, g, typed));
    if (g->f->required && g->wrong == NULL && is_missing(g, typed))
        return wrong(c, g,
                     is_list(g->f->kind)                                  ? _("Choose at least one.")
                     : g->f->kind == FORM_CHECK                           ? _("Tick this box first.")
                     : g->f->kind == FORM_CODE || g->f->kind == FORM_PICK ? _("Choose one of these.")
                                                                          : _("Fill this in."));
    return OK;
}

enum err form_take(struct ctx *c, const struct req *r, const struct form *form, void *ret_form,
                   struct form_errors *ret_errors)
{
    struct form_errors errors = { 0 };

    TRY(ctx_alloc(c, form->n, sizeof *errors.at, (void *)&errors.at));
    for (size_t i = 0; i < form->n; i++) {
        const struct form_field *f = &form->field[i];
        struct reading g = { .r = r, .form = form, .f = f, .at = (char *)ret_form + f->offset };
        TRY(read_field(c, &g));
        if (g.wrong != NULL)
            errors.at[errors.n++] = (struct form_wrong){
                .field = f->name,
                .text = g.wrong,
                .label = f->label != NULL ? _(f->label) : NULL,
            };
    }
    if (ret_errors != NULL)
        *ret_errors = errors;
    if (errors.n > 0)
        return FAIL_FIELD(errors.at[0].field, "%s", errors.at[0].text);
    return OK;
}

enum err form_read(struct ctx *c, const struct req *r, const struct form_field *field, size_t n,
                   void *ret_form, struct form_errors *ret_errors)
{
    struct form form = { .field = field, .n = n };

    return form_take(c, r, &form, ret_form, ret_errors);
}

const char *form_error(const struct form_errors *errors, const char *name)
{
    for (size_t i = 0; errors != NULL && i < errors->n; i++)
        if (text_is(errors->at[i].field, name))
            return errors->at[i].text;
    return NULL;
}

const struct form_options *form_options_of(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->n_options; i++)
        if (text_is(form->options[i].name, name))
            return &form->options[i];
    return NULL;
}
