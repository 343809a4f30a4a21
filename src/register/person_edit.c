// SPDX-License-Identifier: EUPL-1.2
#include "register/person_edit.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "register/history.h"
#include "register/person_link.h"
#include "register/right.h"

#include <string.h>

#define UNIT '\x1f'   /* between the values of a difference */
#define RECORD '\x1e' /* after each difference */

const struct code_name person_fields[] = {
    { "name", N_("Name") },
    { "birth", N_("Date of birth") },
    { "phone", N_("Phone number") },
    { "email", N_("E-mail address") },
    { "address", N_("Address") },
    { "postcode", N_("Postcode") },
    { "safe", N_("Safe contact") },
    { "language", N_("Language") },
    { "interpreter", N_("Is an interpreter needed?") },
    { "reading", N_("Is help with reading needed?") },
};
const size_t person_field_count = COUNT(person_fields);

const char *person_field_value(const struct identity *who, size_t i)
{
    const char *const at[] = { who->name,        who->birth,    who->phone,        who->email,
                               who->address,     who->postcode, who->safe_contact, who->language,
                               who->interpreter, who->reading };

    return i < COUNT(at) && !text_empty(at[i]) ? at[i] : NULL;
}

/* ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_form(struct ctx *c, const struct identity *who)
{
    int32_t birth;

    if (text_empty(who->name))
        return FAIL_FIELD("name", "%s", _("Fill in a name."));
    if (!text_empty(who->birth) &&
        (!date_scan(who->birth, strlen(who->birth), &birth) || birth > c->today || birth < c->today - 45000))
        return FAIL_FIELD("birth", "%s", _("This date of birth cannot be right."));
    if (!text_empty(who->email) && strchr(who->email, '@') == NULL)
        return FAIL_FIELD("email", "%s", _("An e-mail address holds the sign @."));
    if (!text_empty(who->interpreter) &&
        !code_known(person_interpreters, person_interpreter_count, who->interpreter))
        return FAIL_FIELD("interpreter", "%s", _("Choose one of the list."));
    if (!text_empty(who->reading) && !code_known(person_readings, person_reading_count, who->reading))
        return FAIL_FIELD("reading", "%s", _("Choose one of the list."));
    return OK;
}

/* What is different, as one text; "" when nothing is. */
static void differences(const struct identity *before, const struct identity *after, struct buf *out)
{
    for (size_t i = 0; i < person_field_count; i++) {
        const char *a = person_field_value(before, i), *b = person_field_value(after, i);
        if (text_is(a, b))
            continue;
        buf_str(out, person_fields[i].code);
        buf_char(out, UNIT);
        buf_str(out, a);
        buf_char(out, UNIT);
        buf_str(out, b);
        buf_char(out, RECORD);
    }
}

static bool same_person(const struct identity *a, const struct identity *b)
{
    for (size_t i = 0; i < person_field_count; i++)
        if (!text_is(person_field_value(a, i), person_field_value(b, i)))
            return false;
    return true;
}

enum err person_change_keep(struct ctx *c, int64_t person, const struct identity *before,
                            const struct identity *after)
{
    struct history_of of = { "person", person, person, -1 };
    struct happening h = HAPPENING_NONE;
    struct buf text = { 0 };

    if (same_person(before, after))
        return OK;
    differences(before, after, &text);
    enum err e = ctx_copy(c, buf_text(&text), &h.note);
    buf_free(&text);
    TRY(e);
    h.kind = "changed";
    return history_add(c, &of, &h, NULL);
}

static enum err edit(struct ctx *c, void *arg)
{
    const struct person_edit *f = arg;
    struct identity before = { 0 };
    int64_t top, serial;

    TRY(person_check(c, f->person));
    TRY(person_link_top(c, f->person, &top));
    TRY(person_get_own(c, top, &before, &serial));
    if (f->seen != serial)
        return FAIL(
            E_CONFLICT, "%s",
            _("Someone else changed these data in the meantime. Look at the differences, then save again."));
    return same_person(&before, &f->who) ? OK : person_change(c, top, &f->who);
}

enum err person_edit(struct ctx *c, const struct person_edit *f)
{
    struct person_edit copy = *f;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(check_form(c, &f->who));
    return db_tx(c, edit, &copy);
}

/* ── History ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Cuts the next piece off, up to the sign; NULL when it is empty. */
static char *cut(char **at, char sign)
{
    char *begin = *at, *end = strchr(begin, sign);

    if (end != NULL)
        *end = '\0';
    *at = end != NULL ? end + 1 : begin + strlen(begin);
    return *begin != '\0' ? begin : NULL;
}

static enum err read_differences(struct ctx *c, const char *note, struct person_change *x)
{
    struct person_difference *d;
    char *text = arena_copy(c->arena, note, strlen(note));

    if (text == NULL)
        return FAIL(E_NOMEM, "%s", "");
    TRY(ctx_alloc(c, person_field_count, sizeof *d, (void *)&d));
    while (*text != '\0' && x->n < person_field_count) {
        char *record = cut(&text, RECORD);
        if (record == NULL)
            break;
        d[x->n].field = cut(&record, UNIT);
        d[x->n].before = cut(&record, UNIT);
        d[x->n++].after = cut(&record, UNIT);
    }
    x->difference = d;
    return OK;
}

enum err person_changes(struct ctx *c, int64_t person, const struct person_change **ret_change, size_t *ret_n)
{
    struct history_of of = { "person", person, person, -1 };
    const struct happening *h;
    struct person_change *x;
    size_t n;

    TRY(may(c, RIGHT_REQUEST));
    TRY(person_check(c, person));
    TRY(history_all(c, &of, &h, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < n; i++) {
        const struct happening *from = &h[n - 1 - i];
        x[i] = (struct person_change){
            .at = from->occurred_at, .who = from->who, .kind = from->kind, .other = from->number
        };
        if (from->note != NULL && text_is(from->kind, "changed"))
            TRY(read_differences(c, from->note, &x[i]));
    }
    *ret_change = x;
    *ret_n = n;
    return OK;
}
