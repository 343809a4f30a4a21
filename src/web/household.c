// SPDX-License-Identifier: EUPL-1.2
#include "web/household.h"

#include "register/household.h"
#include "register/person_link.h"
#include "register/request.h"
#include "register/right.h"
#include "web/edit_page.h"
#include "web/record.h"
#include "web/show.h"

#include <string.h>

/* ── Someone who lives there ──────────────────────────────────────────────────────────────────────────────
 */

struct member_typed {
    int64_t seen;
    const char *name, *number, *role, *own_role;
    int32_t birth, from;
};
static const struct form_field member_fields[] = {
    { FORM_AT(struct member_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct member_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name") },
    { FORM_AT(struct member_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth"), .narrow = true },
    { FORM_AT(struct member_typed, number), .kind = FORM_TEXT, .max = 20, .narrow = true,
      .label = N_("Known already: number of a request"),
      .hint = N_("Then the name and date of birth are not needed.") },
    { FORM_AT(struct member_typed, role), .kind = FORM_CODE, .required = true, .codes = household_roles,
      .n_codes = &household_role_count, .label = N_("Who is this in the household?"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct member_typed, from), .kind = FORM_DATE, .required = true,
      .label = N_("Lives there since"), .narrow = true },
    { FORM_AT(struct member_typed, own_role), .kind = FORM_CODE, .codes = household_roles,
      .n_codes = &household_role_count, .label = N_("Who is the resident in the household?"),
      .hint = N_("Only asked for the first time."), .look = FORM_AS_SELECT },
};

/* The version of the household where the person lives now; 0 when there is none. */
static enum err version_of(struct ctx *c, int64_t person, int64_t *ret_household, int64_t *ret_version)
{
    const struct household *h;
    size_t n;

    *ret_household = INT_NONE;
    *ret_version = 0;
    TRY(household_of(c, person, &h, &n));
    for (size_t i = n; i > 0; i--)
        for (size_t k = 0; k < h[i - 1].now; k++)
            if (h[i - 1].member[k].self) {
                *ret_household = h[i - 1].id;
                *ret_version = h[i - 1].version;
            }
    return OK;
}

/* What others wrote down of this household since the user looked. Rights were checked. */
static enum err news_fill(struct ctx *c, const struct req *r, int64_t household, struct news *ret_news)
{
    struct history_of of = { "household", household, INT_NONE, -1 };
    const struct happening *h;
    struct record_step *step;
    size_t n;

    TRY(history_all(c, &of, &h, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *step, (void *)&step));
    for (size_t i = 0; i < n; i++)
        step[n - 1 - i] = record_step_of(&h[i],
                                         text_is(h[i].kind, "joined") ? _("Someone came to live there")
                                                                      : _("Someone left the household"),
                                         NULL);
    return record_news_since(c, r, "seen", step, n, ret_news);
}

static enum err member_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                            bool conflict, struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the resident"),
                           .button = _("Save"),
                           .lead = _(
                               "Write down only who lives there. What someone needs belongs in a request.") };
    int64_t household, version;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(person_check(c, r->ids.id[0]));
    TRY(version_of(c, r->ids.id[0], &household, &version));
    struct pair value[] = { { "seen", typed_number_text(c, version) },
                            { "from", typed_day_text(c, c->today) } };
    struct form form = { FORM(member_fields), .value = value, .n_values = COUNT(value) };
    TRY(frame_fill(c, r, _("Who lives there?"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/persons/{}/household", "/persons/{}", r->ids.id[0]));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    if (conflict && household != INT_NONE)
        TRY(news_fill(c, r, household, &p.news));
    if (conflict)
        TRY(form_view_seen(c, "seen", value[0].value, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_household_add_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return member_show(c, r, NULL, false, out);
}

/* Whose request this number is; the request within scope. */
static enum err person_of_number(struct ctx *c, const char *number, int64_t *ret_person)
{
    struct request_id id;
    struct request known;

    if (!request_number_find(number, &id))
        return FAIL_FIELD("number", "%s", _("This is no number of a request."));
    enum err e = request_get(c, id, &known);
    if (e == E_NOT_FOUND) {
        err_clear(c);
        return FAIL_FIELD("number", "%s", _("There is no such request, or you may not see it."));
    }
    TRY(e);
    *ret_person = known.person;
    return OK;
}

static enum err member_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form form = { FORM(member_fields) };
    struct household_form f = { .person = r->ids.id[0], .known = INT_NONE };
    struct member_typed t = { 0 };
    char birth[11];

    TRY(form_take(c, r, &form, &t, wrong));
    f.seen = t.seen;
    f.role = t.role;
    f.own_role = t.own_role;
    f.from = t.from;
    f.who.name = text_empty(t.name) ? NULL : t.name;
    date_iso(t.birth, birth);
    TRY(ctx_copy(c, birth[0] != '\0' ? birth : NULL, &f.who.birth));
    if (!text_empty(t.number))
        TRY(person_of_number(c, t.number, &f.known));
    return household_add(c, &f);
}

enum err web_household_add_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = member_save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/persons/%lld?done=household", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return member_show(c, r, &wrong, e == E_CONFLICT, out);
}

/* ── Someone who left ─────────────────────────────────────────────────────────────────────────────────────
 */

struct leave_typed {
    int64_t seen, person;
    int32_t day;
};
static const struct form_field leave_fields[] = {
    { FORM_AT(struct leave_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct leave_typed, person), .kind = FORM_ID, .required = true, .hidden = true },
    { FORM_AT(struct leave_typed, day), .kind = FORM_DATE, .required = true,
      .label = N_("On which day did this person leave?"), .narrow = true },
};

/* The household member, seen from the person whose page it was asked on. */
static enum err find_member(struct ctx *c, int64_t person, int64_t member,
                            const struct household **ret_household,
                            const struct household_member **ret_member)
{
    const struct household *h;
    size_t n;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(person_check(c, person));
    TRY(household_of(c, person, &h, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < h[i].n; k++)
            if (h[i].member[k].id == member) {
                *ret_household = &h[i];
                *ret_member = &h[i].member[k];
                return OK;
            }
    return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
}

static enum err leave_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the resident"), .button = _("Save") };
    const char *from = wrong != NULL ? req_form(r, "person") : req_query(r, "person");
    const struct household_member *m;
    const struct household *h;
    int64_t person;

    if (!text_to_int(from, &person))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(find_member(c, person, r->ids.id[0], &h, &m));
    struct pair value[] = { { "seen", typed_number_text(c, h->version) },
                            { "person", typed_number_text(c, person) },
                            { "day", typed_day_text(c, c->today) } };
    struct form form = { FORM(leave_fields), .value = value, .n_values = COUNT(value) };
    TRY(frame_fill(c, r, _("Someone left the household"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/household-members/{}/leave", "/persons/{}", r->ids.id[0]));
    TRY(edit_page_paths(c, &p, p.action, "/persons/{}", person));
    p.lead = m->hidden ? _("Shielded") : m->name;
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    if (wrong != NULL)
        TRY(news_fill(c, r, h->id, &p.news));
    if (wrong != NULL)
        TRY(form_view_seen(c, "seen", value[0].value, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_household_leave_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return leave_show(c, r, NULL, out);
}

enum err web_household_leave_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(leave_fields) };
    struct form_errors wrong = { 0 };
    struct leave_typed t = { 0 };
    enum err e = form_take(c, r, &form, &t, &wrong);

    if (e == OK)
        e = household_leave(c, r->ids.id[0], t.seen, t.day);
    if (e == OK)
        return reply_redirect(c, out, "/persons/%lld?done=household", (long long)t.person);
    TRY(wrong_take(c, e, out, &wrong));
    return leave_show(c, r, &wrong, out);
}
