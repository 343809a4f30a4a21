// SPDX-License-Identifier: EUPL-1.2
/* One resident on a hand-over list, typed by hand: somebody new, or a request that is here already. */
#include "base/date.h"
#include "base/text.h"
#include "register/request.h"
#include "web/form_page.h"
#include "web/options.h"
#include "web/transfer.h"

struct one_typed {
    const char *request, *key, *name, *phone, *address, *postcode;
    int32_t birth, original, waits_until;
    int64_t team;
};
static const struct form_field fields[] = {
    { FORM_AT(struct one_typed, request), .kind = FORM_TEXT, .max = 20, .narrow = true,
      .group = N_("Who is it about?"), .label = N_("Number of the request"),
      .hint = N_("When it is here already, such as 2024-123. Then leave the name empty.") },
    { FORM_AT(struct one_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name") },
    { FORM_AT(struct one_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth") },
    { FORM_AT(struct one_typed, phone), .kind = FORM_TEXT, .max = 40, .type = "tel", .narrow = true,
      .label = N_("Phone") },
    { FORM_AT(struct one_typed, address), .kind = FORM_TEXT, .max = 200, .label = N_("Address") },
    { FORM_AT(struct one_typed, postcode), .kind = FORM_TEXT, .max = 10, .narrow = true,
      .label = N_("Postcode") },
    { FORM_AT(struct one_typed, key), .kind = FORM_TEXT, .max = 60, .narrow = true,
      .group = N_("At the old provider"), .label = N_("Number at the old provider"),
      .hint = N_("The same number is never added twice.") },
    { FORM_AT(struct one_typed, original), .kind = FORM_DATE, .required = true,
      .label = N_("When did the resident ask?"), .hint = N_("The waiting counts from then.") },
    { FORM_AT(struct one_typed, waits_until), .kind = FORM_DATE, .label = N_("Chose to wait until") },
    { FORM_AT(struct one_typed, team), .kind = FORM_PICK, .look = FORM_AS_SELECT, .label = N_("Team") },
};

static enum err page_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct form_options teams;
    struct form form = { FORM(fields), .options = &teams, .n_options = 1 };
    struct form_page page = { .title = _("Add one resident"),
                              .menu = "/transfers",
                              .button = _("Add to the list") };
    struct transfer t;

    TRY(transfer_get(c, r->ids.id[0], &t));
    TRY(team_options(c, "team", &teams));
    page.lead = t.name;
    TRY(path_of(c, "/transfers/{}/add/one", t.id, &page.action));
    TRY(path_of(c, "/transfers/{}/add", t.id, &page.back));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_transfer_one_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return page_show(c, r, NULL, out);
}

static enum err birth_of(struct ctx *c, int32_t day, const char **ret_birth)
{
    char iso[11];

    *ret_birth = NULL;
    if (day == DAY_NONE)
        return OK;
    if (day > c->today)
        return FAIL_FIELD("birth", "%s", _("This date is in the future."));
    date_iso(day, iso);
    return ctx_copy(c, iso, ret_birth);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form_options teams;
    struct request_id known = { INT_NONE };
    struct one_typed o = { 0 };
    struct transfer t;

    TRY(transfer_get(c, r->ids.id[0], &t));
    TRY(team_options(c, "team", &teams));
    struct form form = { FORM(fields), .options = &teams, .n_options = 1 };
    TRY(form_take(c, r, &form, &o, wrong));
    if (!text_empty(o.request) && !request_number_find(o.request, &known))
        return FAIL_FIELD("request", "%s", _("This is no number of a request, such as 2024-123."));
    if (!text_empty(o.request) && !text_empty(o.name))
        return FAIL_FIELD("name", "%s", _("Fill in the number or the name, not both."));
    struct member_new m = { .request = known.v,
                            .who = { .name = or_null(o.name),
                                     .phone = or_null(o.phone),
                                     .address = or_null(o.address),
                                     .postcode = or_null(o.postcode) },
                            .source_key = or_null(o.key),
                            .team = o.team,
                            .original = o.original,
                            .waits_until = o.waits_until };
    TRY(birth_of(c, o.birth, &m.who.birth));
    return member_add_one(c, &t, &m);
}

/* A request of somebody else is "not found" for this user; on the form that is about the number. */
static enum err about_number(struct ctx *c, enum err e)
{
    if (e != E_NOT_FOUND)
        return e;
    err_clear(c);
    return FAIL_FIELD("request", "%s", _("We cannot find this request."));
}

enum err web_transfer_one_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct transfer t;

    TRY(transfer_get(c, r->ids.id[0], &t));
    enum err e = about_number(c, save(c, r, &wrong));
    if (e == OK)
        return reply_redirect(c, out, "/transfers/%lld?tab=all&done=saved", (long long)t.id);
    TRY(wrong_take(c, e, out, &wrong));
    return page_show(c, r, &wrong, out);
}
