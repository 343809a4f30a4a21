// SPDX-License-Identifier: EUPL-1.2
#include "web/request_new.h"

#include "register/waiting_list.h"
#include "web/request.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/tpl_rt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A text field with what was typed, or `otherwise` on an empty form. */
static struct field typed(const struct req *r, const struct form_errors *wrong, const char *name,
                          const char *label, const char *otherwise)
{
    const char *value = req_form(r, name);

    return (struct field){ .name = name,
                           .label = label,
                           .value = value != NULL ? value : otherwise,
                           .error = form_error(wrong, name) };
}

static void fields_fill(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                        struct request_new_page *p)
{
    p->name = typed(r, wrong, "name", _("Name"), "");
    p->name.hint = _("First name and last name. Leave empty when the resident wants to stay anonymous.");
    p->birth = typed(r, wrong, "birth", _("Date of birth"), "");
    p->birth.hint = _("For example 3-3-1951");
    p->birth.narrow = true;
    p->phone = typed(r, wrong, "phone", _("Phone"), "");
    p->phone.type = "tel";
    p->phone.narrow = true;
    p->question = typed(r, wrong, "question", _("What is the question?"), "");
    p->question.hint = _("In the words of the resident.");
    p->question.lines = p->question.required = true;
    p->received = typed(r, wrong, "received", _("When did the resident ask?"), typed_day_text(c, c->today));
    p->received.narrow = p->received.required = true;
    p->why = typed(r, wrong, "why", _("Why this choice?"), "");
}

static enum err codes_fill(struct ctx *c, const struct code_name *list, size_t n, const char *chosen,
                           struct choice *k)
{
    struct option *o;

    TRY(ctx_alloc(c, n, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++)
        o[i] = (struct option){ .value = list[i].code,
                                .label = _(list[i].name),
                                .chosen = text_is(list[i].code, chosen) };
    k->option = o;
    k->n = n;
    return OK;
}

static enum err number_option(struct ctx *c, int64_t id, const char *chosen, struct option *o)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, id);
    o->chosen = text_is(text, chosen);
    return ctx_copy(c, text, &o->value);
}

static enum err neighbourhoods_fill(struct ctx *c, const char *chosen, struct choice *ret_choice)
{
    const struct config *k;
    struct option *o;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, k->neighbourhoods + 1, sizeof *o, (void *)&o));
    o[0] = (struct option){ .value = "", .label = _("Not known") };
    for (size_t i = 0; i < k->neighbourhoods; i++) {
        o[i + 1].label = k->neighbourhood[i].name;
        TRY(number_option(c, k->neighbourhood[i].id, chosen, &o[i + 1]));
    }
    ret_choice->option = o;
    ret_choice->n = k->neighbourhoods + 1;
    return OK;
}

static const struct {
    const char *name, *note;
} terms[URGENCIES] = {
    [URGENCY_EMERGENCY] = { N_("Emergency"), N_("today") },
    [URGENCY_SOON] = { N_("Urgent"), N_("within {1} working days") },
    [URGENCY_NORMAL] = { N_("Normal"), N_("within {1} working days") },
    [URGENCY_LATER] = { N_("Can wait"), N_("within {1} working days") },
};

static enum err urgencies_fill(struct ctx *c, const char *chosen, struct choice *ret_choice)
{
    const struct config *k;
    struct option *o;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, URGENCIES - 1, sizeof *o, (void *)&o));
    for (int64_t u = URGENCY_EMERGENCY, i = 0; u > URGENCY_UNKNOWN; u--, i++) {
        struct buf note = { 0 };
        struct tpl_arg days = tpl_arg_int(k->norm_days[u]);
        tpl_slots(&note, TPL_HTML, _(terms[u].note), &days, 1);
        o[i].label = _(terms[u].name);
        enum err e = ctx_copy(c, buf_text(&note), &o[i].note);
        buf_free(&note);
        if (e != OK)
            return e;
        TRY(number_option(c, u, chosen, &o[i]));
    }
    ret_choice->option = o;
    ret_choice->n = URGENCIES - 1;
    return OK;
}

static enum err danger_fill(struct ctx *c, const char *chosen, struct choice *ret_choice)
{
    struct option *o;

    TRY(ctx_alloc(c, 3, sizeof *o, (void *)&o));
    o[0] = (struct option){ .value = "no", .label = _("No"), .chosen = text_is(chosen, "no") };
    o[1] = (struct option){ .value = "yes",
                            .label = _("Yes"),
                            .note = _("Call 112, or Veilig Thuis 0800-2000"),
                            .chosen = text_is(chosen, "yes") };
    o[2] = (struct option){ .value = "unknown",
                            .label = _("I do not know"),
                            .chosen = text_is(chosen, "unknown") };
    ret_choice->option = o;
    ret_choice->n = 3;
    return OK;
}

static const char *chosen(const struct req *r, const char *name, const char *otherwise)
{
    const char *value = req_form(r, name);

    return value != NULL ? value : otherwise;
}

static enum err choices_fill(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct request_new_page *p)
{
    struct choice *const all[] = { &p->channel, &p->route,  &p->neighbourhood,
                                   &p->safe,    &p->danger, &p->urgency };

    p->channel = (struct choice){ .name = "channel", .label = _("How did the question come in?") };
    p->route = (struct choice){ .name = "route", .label = _("Who brought the question?") };
    p->neighbourhood = (struct choice){ .name = "neighbourhood", .label = _("Neighbourhood") };
    p->safe = (struct choice){ .name = "safe", .label = _("How may we safely reach the resident?") };
    p->danger = (struct choice){ .name = "danger", .label = _("Is someone in danger?"), .required = true };
    p->urgency = (struct choice){ .name = "urgency", .label = _("How urgent is it?"), .required = true };
    TRY(codes_fill(c, request_channels, request_channel_count, chosen(r, "channel", "phone"), &p->channel));
    TRY(codes_fill(c, request_routes, request_route_count, chosen(r, "route", "self"), &p->route));
    TRY(neighbourhoods_fill(c, chosen(r, "neighbourhood", ""), &p->neighbourhood));
    TRY(safe_contact_options(c, chosen(r, "safe", "call"), &p->safe));
    TRY(danger_fill(c, chosen(r, "danger", ""), &p->danger));
    TRY(urgencies_fill(c, chosen(r, "urgency", ""), &p->urgency));
    for (size_t i = 0; i < COUNT(all); i++)
        all[i]->error = form_error(wrong, all[i]->name);
    return OK;
}

/* Who may be the same person, each with the newest waiting request that this user may see. */
static enum err same_fill(struct ctx *c, const struct person_match *match, size_t n,
                          struct request_new_page *p)
{
    struct same_view *v;

    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++) {
        struct waiting_page list;
        v[i] = (struct same_view){ .person = match[i].person,
                                   .request = INT_NONE,
                                   .name = match[i].name,
                                   .why = match[i].why,
                                   .birth = DAY_NONE };
        if (match[i].birth != NULL && !date_scan(match[i].birth, strlen(match[i].birth), &v[i].birth))
            v[i].birth = DAY_NONE;
        TRY(waiting_list_of(c, &match[i], 1, &list));
        if (list.n == 0)
            continue;
        v[i].request = list.row[0].id;
        v[i].number = list.row[0].number;
        v[i].state = state_name(c, list.row[0].state);
        v[i].received = time_nl_day(list.row[0].received_at);
    }
    p->same = v;
    p->n_same = n;
    return OK;
}

static enum err form_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          const struct person_match *match, size_t n, struct reply *out)
{
    struct request_new_page p = { .wrong = *wrong };

    TRY(frame_fill(c, r, _("New request"), "/requests/new", &p.frame));
    fields_fill(c, r, wrong, &p);
    TRY(choices_fill(c, r, wrong, &p));
    TRY(same_fill(c, match, n, &p));
    return request_new_html(c, &out->body, &p);
}

enum err web_request_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_REGISTER));
    return form_show(c, r, &(struct form_errors){ 0 }, NULL, 0, out);
}

struct new_typed {
    const char *name, *phone, *question, *channel, *route, *safe, *why, *person;
    int32_t birth, received;
    int64_t neighbourhood, danger, urgency;
};
static const char *const dangers[] = { "no", "yes", "unknown", NULL };
#define TEXT(member, length)                                                                                 \
    {                                                                                                        \
        FORM_AT(struct new_typed, member), .kind = FORM_TEXT, .max = (length)                                \
    }
const struct form_field request_new_fields[REQUEST_NEW_FIELDS] = {
    TEXT(name, 120),
    { FORM_AT(struct new_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth") },
    TEXT(phone, 40),
    { FORM_AT(struct new_typed, question), .kind = FORM_LINES, .required = true, .max = 4000,
      .label = N_("What is the question?") },
    { FORM_AT(struct new_typed, received), .kind = FORM_DATE, .required = true,
      .label = N_("When did the resident ask?") },
    TEXT(channel, 20),
    TEXT(route, 20),
    { FORM_AT(struct new_typed, neighbourhood), .kind = FORM_ID, .label = N_("Neighbourhood") },
    TEXT(safe, 200),
    { FORM_AT(struct new_typed, danger), .kind = FORM_CHOICE, .required = true, .choice = dangers,
      .label = N_("Is someone in danger?") },
    { FORM_AT(struct new_typed, urgency), .kind = FORM_ID, .required = true, .max = URGENCIES - 1,
      .label = N_("How urgent is it?") },
    TEXT(why, 500),
    TEXT(person, 20),
};

static const char *or_null(const char *text)
{
    return text_empty(text) ? NULL : text;
}

static enum err form_of(struct ctx *c, const struct new_typed *t, struct request_form *f)
{
    char birth[11];

    *f = (struct request_form){
        .person = INT_NONE,
        .who = { .name = or_null(t->name), .phone = or_null(t->phone), .safe_contact = or_null(t->safe) },
        .question = t->question,
        .received = t->received,
        .channel = or_null(t->channel),
        .route = or_null(t->route),
        .neighbourhood = t->neighbourhood,
        .team = INT_NONE,
        .urgency = t->urgency,
        .safety_checked = t->danger != INT_NONE,
        .why = or_null(t->why)
    };
    if (!text_empty(t->person) && !text_is(t->person, "new") && !text_to_int(t->person, &f->person))
        return FAIL(E_REQUEST, "%s", _("Something in this form is not right."));
    if (t->birth == DAY_NONE)
        return OK;
    if (t->birth > c->today)
        return FAIL_FIELD("birth", "%s", _("This date is in the future."));
    date_iso(t->birth, birth);
    return ctx_copy(c, birth, &f->who.birth);
}

/* Saves the request, or finds people who may be the same one and whom nobody has judged yet. */
static enum err form_save(struct ctx *c, const struct req *r, struct form_errors *errors,
                          struct person_match **ret_match, size_t *ret_n, struct request_id *ret_id)
{
    struct new_typed t;
    struct request_form f;

    TRY(form_read(c, r, request_new_fields, REQUEST_NEW_FIELDS, &t, errors));
    TRY(form_of(c, &t, &f));
    if (text_empty(t.person))
        TRY(person_find_same(c, &f.who, ret_match, ret_n));
    return *ret_n > 0 ? OK : request_add(c, &f, ret_id);
}

enum err web_request_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    struct person_match *match = NULL;
    struct request_id id;
    size_t n = 0;
    enum err e = form_save(c, r, &errors, &match, &n, &id);

    if (e == OK && n == 0)
        return reply_redirect(c, out, "/requests/%lld?done=new", (long long)id.v);
    if (e == OK)
        out->status = err_status(E_CONFLICT);
    else
        TRY(wrong_take(c, e, out, &errors));
    return form_show(c, r, &errors, match, n, out);
}
