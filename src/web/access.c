// SPDX-License-Identifier: EUPL-1.2
/* The forms with which somebody gets in, shuts off, or says not to want to see. */
#include "web/access.h"

#include "register/person_link.h"
#include "register/right.h"
#include "web/edit_page.h"
#include "web/show.h"

/* ── Opening a request of the team ────────────────────────────────────────────────────────────────────────
 */

struct open_typed {
    const char *reason, *why;
};
static const struct form_field open_fields[] = {
    { FORM_AT(struct open_typed, reason), .kind = FORM_CODE, .required = true,
      .codes = access_content_reasons, .n_codes = &access_content_reason_count, .label = N_("Why?"),
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct open_typed, why), .kind = FORM_LINES, .required = true, .max = 500,
      .label = N_("In your own words") },
};

static enum err open_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the request"),
                           .button = _("Open"),
                           .warning = _("You open a file of someone else. Why? This is kept.") };
    struct form form = { FORM(open_fields) };
    struct request q;

    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(frame_fill(c, r, _("Open with a reason"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/requests/{}/open", "/requests/{}", r->ids.id[0]));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_open_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return open_show(c, r, NULL, out);
}

enum err web_open_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(open_fields) };
    struct form_errors wrong = { 0 };
    struct open_typed t = { 0 };
    enum err e = form_take(c, r, &form, &t, &wrong);

    if (e == OK)
        e = access_open(c, &(struct access_form){ { r->ids.id[0] }, t.reason, t.why });
    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=opened", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return open_show(c, r, &wrong, out);
}

/* ── Emergency access ─────────────────────────────────────────────────────────────────────────────────────
 */

struct emergency_typed {
    const char *number, *name, *reason, *why;
    int32_t birth;
};
static const struct form_field emergency_fields[] = {
    { FORM_AT(struct emergency_typed, number), .kind = FORM_TEXT, .max = 20, .narrow = true,
      .label = N_("Number of the request") },
    { FORM_AT(struct emergency_typed, name), .kind = FORM_TEXT, .max = 120,
      .label = N_("Or the whole name of the resident"),
      .hint = N_("Only an exact name and date of birth are found.") },
    { FORM_AT(struct emergency_typed, birth), .kind = FORM_DATE, .narrow = true,
      .label = N_("Date of birth") },
    { FORM_AT(struct emergency_typed, reason), .kind = FORM_CODE, .required = true,
      .codes = access_emergency_reasons, .n_codes = &access_emergency_reason_count, .label = N_("Why?"),
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct emergency_typed, why), .kind = FORM_LINES, .required = true, .max = 500,
      .label = N_("In your own words") },
};

static enum err emergency_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                               struct reply *out)
{
    struct edit_page p = {
        .action = "/emergency",
        .back = "/today",
        .back_label = _("Back to today"),
        .button = _("Open for 24 hours"),
        .danger = true,
        .warning = _("Emergency access is reported to the data protection officer, with your reason.")
    };
    struct form form = { FORM(emergency_fields) };

    TRY(may(c, RIGHT_EMERGENCY));
    TRY(frame_fill(c, r, _("Emergency access"), "/emergency", &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_emergency_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return emergency_show(c, r, NULL, out);
}

static enum err emergency_save(struct ctx *c, const struct req *r, struct form_errors *wrong,
                               struct request_id *ret_id)
{
    struct form form = { FORM(emergency_fields) };
    struct emergency_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, wrong));
    if (text_empty(t.number))
        TRY(access_emergency_find(c, t.name, t.birth, ret_id));
    else if (!request_number_find(t.number, ret_id))
        return FAIL_FIELD("number", "%s", _("This is no number of a request."));
    enum err e = access_emergency(c, &(struct access_form){ *ret_id, t.reason, t.why });
    if (e != E_NOT_FOUND)
        return e;
    err_clear(c);
    return FAIL_FIELD("number", "%s", _("There is no such request, or it is never shown to you."));
}

enum err web_emergency_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct request_id id = { 0 };
    enum err e = emergency_save(c, r, &wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=opened", (long long)id.v);
    TRY(wrong_take(c, e, out, &wrong));
    return emergency_show(c, r, &wrong, out);
}

/* ── Seals ────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct seal_typed {
    const char *reason, *why;
    bool person;
};
static const struct form_field seal_fields[] = {
    { FORM_AT(struct seal_typed, reason), .kind = FORM_CODE, .required = true, .codes = seal_reasons,
      .n_codes = &seal_reason_count, .label = N_("Why?"), .look = FORM_AS_RADIOS },
    { FORM_AT(struct seal_typed, why), .kind = FORM_LINES, .required = true, .max = 500,
      .label = N_("In your own words") },
    { FORM_AT(struct seal_typed, person), .kind = FORM_CHECK,
      .label = N_("All requests of this resident, also those to come") },
};

static enum err seal_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the request") };
    struct form form = { FORM(seal_fields) };
    struct seal_state s;

    TRY(access_seal_get(c, (struct request_id){ r->ids.id[0] }, &s));
    TRY(frame_fill(c, r, s.sealed ? _("Take the seal off") : _("Seal this request"), NULL, &p.frame));
    p.button = s.sealed ? _("Take the seal off") : _("Seal");
    p.lead = s.number;
    p.warning = s.sealed ? _("Then the whole team sees this request again.")
                         : _("Then only the own worker sees this request, and who has emergency access.");
    TRY(edit_page_paths(c, &p, "/requests/{}/seal", s.sealed ? "/access/sealed" : "/requests/{}", s.request));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_seal_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return seal_show(c, r, NULL, out);
}

static enum err seal_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form form = { FORM(seal_fields) };
    struct seal_state s;
    struct seal_typed t = { 0 };

    TRY(access_seal_get(c, (struct request_id){ r->ids.id[0] }, &s));
    TRY(form_take(c, r, &form, &t, wrong));
    return access_seal(c, &(struct seal_form){ .request = { s.request },
                                               .seal = !s.sealed,
                                               .person = t.person,
                                               .reason = t.reason,
                                               .why = t.why });
}

enum err web_seal_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = seal_save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/access/sealed?done=sealed");
    if (e == E_FORBIDDEN && c->err.field[0] == '\0' && role_may(c->actor->role, RIGHT_SEAL)) {
        const char *text; /* one's own seal: say so at the form */
        TRY(ctx_copy(c, c->err.text, &text));
        err_clear(c);
        e = FAIL_FIELD("", "%s", text);
    }
    TRY(wrong_take(c, e, out, &wrong));
    return seal_show(c, r, &wrong, out);
}

/* ── Blocks ───────────────────────────────────────────────────────────────────────────────────────────────
 */

struct block_typed {
    const char *relation, *why;
};
static const struct form_field block_fields[] = {
    { FORM_AT(struct block_typed, relation), .kind = FORM_CODE, .required = true, .codes = claim_relations,
      .n_codes = &claim_relation_count, .label = N_("How do you know this resident?"),
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct block_typed, why), .kind = FORM_LINES, .max = 500, .label = N_("In your own words") },
};

static enum err block_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct edit_page p = {
        .back_label = _("Back to the resident"),
        .button = _("Hide this resident from me"),
        .warning = _("From that moment you see nothing of this resident. Your team lead confirms it.")
    };
    struct form form = { FORM(block_fields) };

    TRY(person_check(c, r->ids.id[0]));
    TRY(frame_fill(c, r, _("I know this resident privately"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/persons/{}/block", "/persons/{}", r->ids.id[0]));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_block_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return block_show(c, r, NULL, out);
}

enum err web_block_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(block_fields) };
    struct form_errors wrong = { 0 };
    struct block_typed t = { 0 };
    enum err e = form_take(c, r, &form, &t, &wrong);

    if (e == OK)
        e = access_claim_add(c, r->ids.id[0], t.relation, text_empty(t.why) ? NULL : t.why);
    if (e == OK)
        return reply_redirect(c, out, "/today?done=blocked");
    TRY(wrong_take(c, e, out, &wrong));
    return block_show(c, r, &wrong, out);
}
