// SPDX-License-Identifier: EUPL-1.2
#include "web/safe_contact.h"

#include "base/text.h"
#include "web/part.h"
#include "web/safe_form.h"
#include "web/tpl.h"

struct change_typed {
    struct safe_typed safe;
    int64_t seen;
};
static const struct form_field fields[] = {
    SAFE_FIELDS(struct change_typed),
    { FORM_AT(struct change_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
};

static enum err safe_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct pair value[SAFE_FIELD_COUNT + 1];
    struct safe_page p = { 0 };
    struct safe_contact safe;
    struct request q;
    int64_t seen = 0;
    size_t n = 0;

    TRY(may(c, RIGHT_CONTACT));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    safe_contact_read(q.who.safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &p.safe));
    TRY(safe_values_fill(c, q.who.safe_contact, value, &n));
    if (q.person != INT_NONE)
        TRY(safe_contact_seen(c, q.person, &seen));
    value[n++] = (struct pair){ "seen", typed_number_text(c, seen) };
    struct form form = { FORM(fields), .value = value, .n_values = n };
    TRY(frame_fill(c, r, _("Safe contact"), "/waiting", &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    TRY(form_view_seen(c, "seen", typed_number_text(c, seen), &p.form));
    p.request = &q;
    p.name = q.who.name != NULL ? q.who.name : "";
    return safe_html(c, &out->body, &p);
}

enum err web_safe_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return safe_show(c, r, NULL, out);
}

static enum err safe_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(fields) };
    struct safe_contact safe;
    struct change_typed t = { 0 };
    bool given;

    TRY(form_take(c, r, &form, &t, errors));
    TRY(safe_typed_read(c, &t.safe, &safe, &given));
    if (!given)
        return FAIL_FIELD("safe_call", "%s", _("Fill in at least one answer."));
    return safe_contact_change(c, r->ids.id[0], &safe, t.seen);
}

enum err web_safe_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = safe_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=safe", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return safe_show(c, r, &errors, out);
}
