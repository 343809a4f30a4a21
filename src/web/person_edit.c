// SPDX-License-Identifier: EUPL-1.2
/* The form that changes who a resident is. When somebody else was first, both values stand side by side and
 * nothing that was typed is lost. */
#include "register/person_link.h"
#include "register/right.h"
#include "register/safe_contact.h"
#include "web/edit_page.h"
#include "web/person.h"
#include "web/show.h"

#include <string.h>

static const struct code_name answers[] = { { "yes", N_("Yes") }, { "no", N_("No") } };

struct person_typed {
    int64_t seen, from, to;
    const char *name, *phone, *email, *address, *postcode;
    const char *call, *voicemail, *text, *mail, *letter, *safe_note;
    bool neutral, ask_first;
    const char *language, *interpreter, *reading;
    int32_t birth;
};
#define WAY(member, words)                                                                                   \
    {                                                                                                        \
        FORM_AT(struct person_typed, member), .kind = FORM_CODE, .label = (words), FORM_CODE_LIST(answers),  \
                                              .look = FORM_AS_SELECT, .narrow = true                         \
    }
static const struct form_field fields[] = {
    { FORM_AT(struct person_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct person_typed, name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Name") },
    { FORM_AT(struct person_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth"), .narrow = true },
    { FORM_AT(struct person_typed, phone), .kind = FORM_TEXT, .max = 40, .label = N_("Phone number"),
      .narrow = true, .inputmode = "tel" },
    { FORM_AT(struct person_typed, email), .kind = FORM_TEXT, .max = 120, .label = N_("E-mail address") },
    { FORM_AT(struct person_typed, address), .kind = FORM_TEXT, .max = 120, .label = N_("Address") },
    { FORM_AT(struct person_typed, postcode), .kind = FORM_TEXT, .max = 10, .label = N_("Postcode"),
      .narrow = true },
    { FORM_AT(struct person_typed, call), .kind = FORM_CODE, .label = N_("May we call?"),
      FORM_CODE_LIST(answers), .look = FORM_AS_SELECT, .narrow = true,
      .group = N_("How may we safely reach the resident?") },
    WAY(voicemail, N_("May we leave a message?")),
    WAY(text, N_("May we send a text message?")),
    WAY(mail, N_("May we send an e-mail?")),
    WAY(letter, N_("May we send a letter?")),
    { FORM_AT(struct person_typed, from), .kind = FORM_CLOCK, .label = N_("Calling is safe from"),
      .narrow = true },
    { FORM_AT(struct person_typed, to), .kind = FORM_CLOCK, .label = N_("until"), .narrow = true },
    { FORM_AT(struct person_typed, neutral), .kind = FORM_CHECK,
      .label = N_("Never show that it is the social team") },
    { FORM_AT(struct person_typed, ask_first), .kind = FORM_CHECK,
      .label = N_("Do nothing without asking a colleague") },
    { FORM_AT(struct person_typed, safe_note), .kind = FORM_TEXT, .max = 300,
      .label = N_("What else must we know to stay safe?") },
    { FORM_AT(struct person_typed, language), .kind = FORM_TEXT, .max = 40, .label = N_("Language"),
      .group = N_("Talking and reading") },
    { FORM_AT(struct person_typed, interpreter), .kind = FORM_CODE, .codes = person_interpreters,
      .n_codes = &person_interpreter_count, .label = N_("Is an interpreter needed?") },
    { FORM_AT(struct person_typed, reading), .kind = FORM_CODE, .codes = person_readings,
      .n_codes = &person_reading_count, .label = N_("Is help with reading needed?") },
};

/* ── What stands in the form ──────────────────────────────────────────────────────────────────────────────
 */

static const char *answer_code(enum safe_answer a)
{
    return a == SAFE_YES ? "yes" : a == SAFE_NO ? "no" : "";
}

enum { VALUES = 24 };

static enum err values_fill(struct ctx *c, const struct identity *who, int64_t serial,
                            struct pair value[VALUES], size_t *ret_n)
{
    static const char *const ways[WAYS] = { "call", "voicemail", "text", "mail", "letter" };
    struct safe_contact safe;
    int32_t birth = DAY_NONE;
    size_t n = 0;

    safe_contact_read(who->safe_contact, &safe);
    if (who->birth != NULL && !date_scan(who->birth, strlen(who->birth), &birth))
        birth = DAY_NONE;
    value[n++] = (struct pair){ "seen", typed_number_text(c, serial) };
    value[n++] = (struct pair){ "name", who->name };
    value[n++] = (struct pair){ "birth", typed_day_text(c, birth) };
    value[n++] = (struct pair){ "phone", who->phone };
    value[n++] = (struct pair){ "email", who->email };
    value[n++] = (struct pair){ "address", who->address };
    value[n++] = (struct pair){ "postcode", who->postcode };
    for (size_t i = 0; i < WAYS; i++)
        value[n++] = (struct pair){ ways[i], answer_code(safe.way[i]) };
    value[n++] = (struct pair){ "from", safe.from >= 0 ? typed_clock_text(c, safe.from) : "" };
    value[n++] = (struct pair){ "to", safe.to >= 0 ? typed_clock_text(c, safe.to) : "" };
    value[n++] = (struct pair){ "neutral", safe.neutral ? "on" : "" };
    value[n++] = (struct pair){ "ask_first", safe.ask_first ? "on" : "" };
    value[n++] = (struct pair){ "safe_note", safe.note };
    value[n++] = (struct pair){ "language", who->language };
    value[n++] = (struct pair){ "interpreter", who->interpreter };
    value[n++] = (struct pair){ "reading", who->reading };
    *ret_n = n;
    return OK;
}

/* ── What was typed ───────────────────────────────────────────────────────────────────────────────────────
 */

static enum safe_answer answer_of(const char *code)
{
    return text_is(code, "yes") ? SAFE_YES : text_is(code, "no") ? SAFE_NO : SAFE_NOT_ASKED;
}

static const char *or_null(const char *text)
{
    return text_empty(text) ? NULL : text;
}

static enum err identity_of(struct ctx *c, const struct person_typed *t, struct identity *who)
{
    struct safe_contact safe = { .from = t->from == INT_NONE ? -1 : (int)t->from,
                                 .to = t->to == INT_NONE ? -1 : (int)t->to,
                                 .neutral = t->neutral,
                                 .ask_first = t->ask_first,
                                 .note = or_null(t->safe_note),
                                 .structured = true };
    const char *const way[WAYS] = { t->call, t->voicemail, t->text, t->mail, t->letter };
    char birth[11];

    for (size_t i = 0; i < WAYS; i++) {
        safe.way[i] = answer_of(way[i]);
        safe.asked = safe.asked || safe.way[i] != SAFE_NOT_ASKED;
    }
    safe.asked = safe.asked || safe.neutral || safe.ask_first || safe.note != NULL || safe.from >= 0;
    *who = (struct identity){ .name = or_null(t->name),
                              .phone = or_null(t->phone),
                              .email = or_null(t->email),
                              .address = or_null(t->address),
                              .postcode = or_null(t->postcode),
                              .language = or_null(t->language),
                              .interpreter = or_null(t->interpreter),
                              .reading = or_null(t->reading) };
    if (safe.asked)
        TRY(safe_contact_write(c, &safe, &who->safe_contact));
    date_iso(t->birth, birth);
    TRY(ctx_copy(c, birth, &who->birth));
    who->birth = or_null(who->birth);
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* A value as a person reads it. */
static enum err readable(struct ctx *c, size_t field, const char *value, const char **ret_text)
{
    struct safe_contact safe;
    int32_t day;

    *ret_text = value;
    if (value == NULL)
        return OK;
    if (text_is(person_fields[field].code, "safe")) {
        safe_contact_read(value, &safe);
        return safe_contact_line(c, &safe, ret_text);
    }
    if (text_is(person_fields[field].code, "birth") && date_scan(value, strlen(value), &day))
        *ret_text = day_text(c, day);
    if (text_is(person_fields[field].code, "interpreter"))
        *ret_text = code_text(c, person_interpreters, person_interpreter_count, value);
    if (text_is(person_fields[field].code, "reading"))
        *ret_text = code_text(c, person_readings, person_reading_count, value);
    return OK;
}

/* What was typed beside what the register says now. */
static enum err differences_fill(struct ctx *c, const struct identity *typed, const struct identity *present,
                                 struct edit_page *p)
{
    struct form_difference *d;

    TRY(ctx_alloc(c, person_field_count, sizeof *d, (void *)&d));
    for (size_t i = 0; i < person_field_count; i++) {
        const char *a = person_field_value(typed, i), *b = person_field_value(present, i);
        if (text_is(a, b))
            continue;
        d[p->differences].label = _(person_fields[i].name);
        TRY(readable(c, i, a, &d[p->differences].typed));
        TRY(readable(c, i, b, &d[p->differences].present));
        p->differences++;
    }
    p->difference = d;
    return OK;
}

static enum err last_changer(struct ctx *c, int64_t person, const char **ret_who)
{
    const struct person_change *x;
    size_t n;

    TRY(person_changes(c, person, &x, &n));
    *ret_who = n > 0 ? x[0].who : NULL;
    return OK;
}

/* typed: what a conflict was about; NULL: none. */
static enum err edit_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          const struct identity *typed, struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the resident"), .button = _("Save") };
    struct pair value[VALUES];
    struct form form = { FORM(fields), .value = value };
    struct identity who;
    int64_t top, serial;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(person_check(c, r->ids.id[0]));
    TRY(person_link_top(c, r->ids.id[0], &top));
    TRY(person_get_own(c, top, &who, &serial));
    TRY(values_fill(c, &who, serial, value, &form.n_values));
    TRY(frame_fill(c, r, _("Change data"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/persons/{}/edit", "/persons/{}", top));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    if (typed != NULL) {
        TRY(differences_fill(c, typed, &who, &p));
        TRY(last_changer(c, top, &p.changed_by));
        TRY(form_view_seen(c, "seen", typed_number_text(c, serial), &p.form));
    }
    return edit_page_show(c, &p, out);
}

enum err web_person_edit_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return edit_show(c, r, NULL, NULL, out);
}

enum err web_person_edit_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(fields) };
    struct form_errors wrong = { 0 };
    struct person_typed t = { 0 };
    struct person_edit f = { .person = r->ids.id[0] };
    enum err e = form_take(c, r, &form, &t, &wrong);

    if (e == OK)
        e = identity_of(c, &t, &f.who);
    f.seen = e == OK ? t.seen : 0;
    if (e == OK)
        e = person_edit(c, &f);
    if (e == OK)
        return reply_redirect(c, out, "/persons/%lld?done=person", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return edit_show(c, r, &wrong, e == E_CONFLICT ? &f.who : NULL, out);
}

/* ── What was changed ─────────────────────────────────────────────────────────────────────────────────────
 */

enum err person_difference_show(struct ctx *c, const struct person_change *x, struct form_difference **ret_d)
{
    TRY(ctx_alloc(c, x->n + 1, sizeof **ret_d, (void *)ret_d));
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < person_field_count; k++)
            if (text_is(person_fields[k].code, x->difference[i].field)) {
                (*ret_d)[i].label = _(person_fields[k].name);
                TRY(readable(c, k, x->difference[i].before, &(*ret_d)[i].typed));
                TRY(readable(c, k, x->difference[i].after, &(*ret_d)[i].present));
            }
    return OK;
}
