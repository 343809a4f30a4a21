// SPDX-License-Identifier: EUPL-1.2
#include "web/network.h"

#include "register/history.h"
#include "register/network.h"
#include "register/person_link.h"
#include "register/right.h"
#include "web/edit_page.h"
#include "web/show.h"

struct helper_typed {
    int64_t seen;
    const char *kind, *name, *organisation, *phone, *email, *told, *message, *note, *address;
    int32_t starts_on, ends_on, agreed_on;
};
static const struct form_field fields[] = {
    { FORM_AT(struct helper_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct helper_typed, kind), .kind = FORM_CODE, .required = true, .codes = network_kinds,
      .n_codes = &network_kind_count, .label = N_("Who is this to the resident?"), .look = FORM_AS_SELECT },
    { FORM_AT(struct helper_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name") },
    { FORM_AT(struct helper_typed, organisation), .kind = FORM_TEXT, .max = 120,
      .label = N_("Organisation") },
    { FORM_AT(struct helper_typed, phone), .kind = FORM_TEXT, .max = 40, .label = N_("Phone number"),
      .narrow = true, .inputmode = "tel" },
    { FORM_AT(struct helper_typed, email), .kind = FORM_TEXT, .max = 120, .label = N_("E-mail address") },
    { FORM_AT(struct helper_typed, address), .kind = FORM_TEXT, .max = 160, .label = N_("Address") },
    { FORM_AT(struct helper_typed, starts_on), .kind = FORM_DATE, .required = true, .label = N_("Since"),
      .narrow = true },
    { FORM_AT(struct helper_typed, ends_on), .kind = FORM_DATE, .label = N_("Until"), .narrow = true },
    { FORM_AT(struct helper_typed, told), .kind = FORM_CODE, .required = true, .codes = network_told,
      .n_codes = &network_told_count, .label = N_("What may we tell this person?"), .look = FORM_AS_RADIOS,
      .group = N_("What the resident agreed to") },
    { FORM_AT(struct helper_typed, agreed_on), .kind = FORM_DATE, .label = N_("The resident agreed on"),
      .narrow = true },
    { FORM_AT(struct helper_typed, message), .kind = FORM_CODE, .required = true, .codes = network_messages,
      .n_codes = &network_message_count, .label = N_("Who gets the messages?"), .look = FORM_AS_RADIOS },
    { FORM_AT(struct helper_typed, note), .kind = FORM_LINES, .max = 1000, .label = N_("Note") },
};

/* Who wrote the present version. Rights were checked with it. */
static enum err changed_by(struct ctx *c, const struct helper *p, const char **ret_who)
{
    struct history_of of = { "network", p->id, INT_NONE, -1 };
    const struct happening *h;
    size_t n;

    TRY(history_all(c, &of, &h, &n));
    *ret_who = n > 0 ? h[n - 1].who : NULL;
    return OK;
}

static enum err form_show(struct ctx *c, const struct req *r, const struct helper *h,
                          const struct form_errors *wrong, bool conflict, struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the resident"), .button = _("Save") };
    bool is_new = h->id == INT_NONE;
    struct pair value[] = { { "seen", typed_number_text(c, h->version) },
                            { "kind", h->kind },
                            { "name", h->name },
                            { "organisation", h->organisation },
                            { "phone", h->phone },
                            { "email", h->email },
                            { "address", h->address },
                            { "starts_on", typed_day_text(c, h->starts_on) },
                            { "ends_on", typed_day_text(c, h->ends_on) },
                            { "told", h->told },
                            { "agreed_on", typed_day_text(c, h->agreed_on) },
                            { "message", h->message },
                            { "note", h->note } };
    struct form form = { FORM(fields), .value = value, .n_values = COUNT(value) };

    TRY(frame_fill(c, r, is_new ? _("Add a helper") : _("Change a helper"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, is_new ? "/persons/{}/network" : "/network/{}", "/", r->ids.id[0]));
    TRY(edit_page_paths(c, &p, p.action, "/persons/{}", h->person));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    if (conflict) {
        TRY(edit_page_compare(c, r, &form, &p));
        TRY(changed_by(c, h, &p.changed_by));
    }
    if (conflict)
        TRY(form_view_seen(c, "seen", value[0].value, &p.form));
    return edit_page_show(c, &p, out);
}

static enum err new_helper(struct ctx *c, const struct req *r, struct helper *ret_helper)
{
    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(person_check(c, r->ids.id[0]));
    *ret_helper = (struct helper){ .id = INT_NONE,
                                   .version = 0,
                                   .person = r->ids.id[0],
                                   .message = NETWORK_NONE,
                                   .starts_on = c->today,
                                   .ends_on = DAY_NONE,
                                   .agreed_on = DAY_NONE };
    return OK;
}

static enum err save(struct ctx *c, const struct req *r, const struct helper *h, struct form_errors *wrong)
{
    struct form form = { FORM(fields) };
    struct helper_typed t = { 0 };
    int64_t id;

    TRY(form_take(c, r, &form, &t, wrong));
    struct helper_form f = { .id = h->id,
                             .seen = t.seen,
                             .person = h->person,
                             .kind = t.kind,
                             .told = t.told,
                             .message = t.message,
                             .name = t.name,
                             .organisation = t.organisation,
                             .phone = t.phone,
                             .email = t.email,
                             .address = t.address,
                             .note = t.note,
                             .starts_on = t.starts_on,
                             .ends_on = t.ends_on,
                             .agreed_on = t.agreed_on };
    return network_put(c, &f, &id);
}

static enum err post(struct ctx *c, const struct req *r, const struct helper *h, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = save(c, r, h, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/persons/%lld?done=network", (long long)h->person);
    TRY(wrong_take(c, e, out, &wrong));
    return form_show(c, r, h, &wrong, e == E_CONFLICT, out);
}

enum err web_network_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct helper h;

    TRY(new_helper(c, r, &h));
    return form_show(c, r, &h, NULL, false, out);
}

enum err web_network_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct helper h;

    TRY(new_helper(c, r, &h));
    return post(c, r, &h, out);
}

enum err web_network_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct helper h;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(network_get(c, r->ids.id[0], &h));
    return form_show(c, r, &h, NULL, false, out);
}

enum err web_network_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct helper h;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(network_get(c, r->ids.id[0], &h));
    return post(c, r, &h, out);
}
