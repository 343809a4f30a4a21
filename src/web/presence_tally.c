// SPDX-License-Identifier: EUPL-1.2
/* The tally of a session, for a telephone in one hand: a subject that may stay empty and one large button for
 * what became of the question. And the question that becomes a request, in the same flow. */
#include "base/text.h"
#include "register/contact.h"
#include "register/right.h"
#include "register/safe_contact.h"
#include "web/options.h"
#include "web/presence.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

static enum err topics_fill(struct ctx *c, const char *chosen, struct choice *ret_choice)
{
    struct option *o;

    TRY(ctx_alloc(c, contact_topic_count + 1, sizeof *o, (void *)&o));
    o[0] = (struct option){ .value = "", .label = _("Not filled in") };
    for (size_t i = 0; i < contact_topic_count; i++)
        o[i + 1] = (struct option){ .value = contact_topics[i].code,
                                    .label = _(contact_topics[i].name),
                                    .chosen = text_is(contact_topics[i].code, chosen) };
    *ret_choice =
        (struct choice){ .name = "topic", .label = _("About"), .option = o, .n = contact_topic_count + 1 };
    return OK;
}

static enum err tally_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct question_tally_page p = { 0 };
    struct presence s;

    TRY(presence_get(c, r->ids.id[0], &s));
    TRY(frame_fill(c, r, _("Tally a question"), "/presence", &p.frame));
    TRY(topics_fill(c, req_form(r, "topic"), &p.topic));
    p.session = &s;
    p.time = session_time(c, &s);
    p.state = presence_state_name(c, s.state);
    p.error = wrong != NULL && wrong->n > 0 ? wrong->at[0].text : NULL;
    p.may_undo = s.questions > s.requests;
    p.may_request = user_may(c, RIGHT_REGISTER);
    return question_tally_html(c, &out->body, &p);
}

enum err web_question_tally_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_CONTACT));
    return tally_show(c, r, NULL, out);
}

static enum err tally_save(struct ctx *c, const struct req *r)
{
    if (text_is(req_form(r, "outcome"), "undo"))
        return question_undo(c, r->ids.id[0]);
    return question_add(c, r->ids.id[0], req_form(r, "outcome"), req_form(r, "topic"));
}

enum err web_question_tally_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    bool undo = text_is(req_form(r, "outcome"), "undo");
    enum err e = tally_save(c, r);

    if (e == OK)
        return reply_redirect(c, out, "/presence/%lld/tally?done=%s", (long long)r->ids.id[0],
                              undo ? "undone" : "tally");
    TRY(wrong_take(c, e, out, &wrong));
    return tally_show(c, r, &wrong, out);
}

/* ── A question becomes a request ─────────────────────────────────────────────────────────────────────────
 */

struct request_typed {
    const char *name, *phone, *question, *safe, *danger, *category, *why;
    int32_t birth;
    int64_t neighbourhood, urgency, person;
    bool other;
};
static const struct code_name safes[] = {
    { "call", N_("Calling is fine") },
    { "silent", N_("Call, but leave no message") },
    { "letter", N_("Only a letter") },
    { "ask", N_("Do not call or write: ask a colleague first") },
};
static const struct code_name dangers[] = {
    { "no", N_("No") },
    { "yes", N_("Yes: call 112, or Veilig Thuis 0800-2000") },
    { "unsure", N_("I do not know") },
};
static const struct form_field request_fields[] = {
    { FORM_AT(struct request_typed, person), .kind = FORM_PICK, .label = N_("The same person?"),
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct request_typed, other), .kind = FORM_CHECK, .label = N_("Someone else: go on anyway") },
    { FORM_AT(struct request_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name"),
      .narrow = true },
    { FORM_AT(struct request_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth") },
    { FORM_AT(struct request_typed, phone), .kind = FORM_TEXT, .max = 40, .label = N_("Phone"), .type = "tel",
      .narrow = true },
    { FORM_AT(struct request_typed, question), .kind = FORM_LINES, .required = true, .max = 4000,
      .label = N_("What is the question?"), .hint = N_("In the words of the resident.") },
    { FORM_AT(struct request_typed, category), .kind = FORM_CODE, .label = N_("About"),
      .codes = contact_topics, .n_codes = &contact_topic_count },
    { FORM_AT(struct request_typed, neighbourhood), .kind = FORM_PICK,
      .label = N_("Neighbourhood of the resident"), .look = FORM_AS_SELECT },
    { FORM_AT(struct request_typed, safe), .kind = FORM_CODE, .required = true,
      .label = N_("How may we safely reach the resident?"), FORM_CODE_LIST(safes) },
    { FORM_AT(struct request_typed, danger), .kind = FORM_CODE, .required = true,
      .label = N_("Is someone in danger?"), FORM_CODE_LIST(dangers) },
    { FORM_AT(struct request_typed, urgency), .kind = FORM_PICK, .required = true,
      .label = N_("How urgent is it?"), .look = FORM_AS_RADIOS },
    { FORM_AT(struct request_typed, why), .kind = FORM_TEXT, .max = 500, .label = N_("Why this choice?"),
      .hint = N_("Needed for every choice but \"normal\".") },
};
enum { SAME_FIELDS = 2 }; /* in front: only when somebody may be known */

static enum err urgency_options(struct ctx *c, struct form_options *ret_options)
{
    struct option_id *option;
    size_t n = 0;

    TRY(ctx_alloc(c, URGENCIES, sizeof *option, (void *)&option));
    for (int64_t u = URGENCY_EMERGENCY; u > URGENCY_UNKNOWN; u--)
        option[n++] = (struct option_id){ u, urgency_name(c, u) };
    *ret_options = (struct form_options){ "urgency", option, n };
    return OK;
}

static enum err same_options(struct ctx *c, const struct person_match *match, size_t n,
                             struct form_options *ret_options)
{
    struct option_id *option;

    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        option[i] =
            (struct option_id){ match[i].person, text_made(c, "%s, %s", match[i].name, match[i].why) };
    *ret_options = (struct form_options){ "person", option, n };
    return OK;
}

struct asking {
    struct person_match *match;
    size_t n;
    struct form_options options[3];
};

/* Who may be the same person as the one who was typed. */
static enum err asking_fill(struct ctx *c, const struct req *r, struct asking *a)
{
    struct identity who = { .name = req_form(r, "name"), .phone = req_form(r, "phone") };
    char iso[11];
    int32_t birth;

    if (!text_empty(req_form(r, "birth")) && date_parse(c, "birth", req_form(r, "birth"), &birth) == OK) {
        date_iso(birth, iso);
        who.birth = iso;
    }
    err_clear(c);
    if (!text_empty(who.name) || !text_empty(who.phone))
        TRY(person_find_same(c, &who, &a->match, &a->n));
    TRY(same_options(c, a->match, a->n, &a->options[0]));
    TRY(neighbourhood_options(c, "neighbourhood", &a->options[1]));
    return urgency_options(c, &a->options[2]);
}

static struct form form_of(const struct asking *a)
{
    size_t skip = a->n > 0 ? 0 : SAME_FIELDS;

    return (struct form){ .field = request_fields + skip,
                          .n = COUNT(request_fields) - skip,
                          .options = a->options,
                          .n_options = COUNT(a->options) };
}

static enum err request_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct reply *out)
{
    struct record_new_page p = { .button = _("Add to the waiting list") };
    struct asking a = { 0 };
    struct presence s;

    TRY(presence_get(c, r->ids.id[0], &s));
    TRY(asking_fill(c, r, &a));
    const struct pair value[] = { { "neighbourhood", typed_number_text(c, s.neighbourhood) },
                                  { "safe", "call" },
                                  { "category", req_query(r, "topic") } };
    struct form form = form_of(&a);
    form.value = value;
    form.n_values = COUNT(value);
    TRY(frame_fill(c, r, _("The question becomes a request"), "/presence", &p.frame));
    p.lead = text_made(c, "%s, %s", s.place_name, long_day_text(c, s.day));
    p.action = text_made(c, "/presence/%lld/request", (long long)s.id);
    p.back = text_made(c, "/presence/%lld/tally", (long long)s.id);
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_question_request_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_REGISTER));
    return request_show(c, r, NULL, out);
}

static enum err request_save(struct ctx *c, const struct req *r, struct form_errors *wrong,
                             struct request_id *ret_id)
{
    struct asking a = { 0 };
    struct request_typed t = { .person = INT_NONE, .other = false };
    char iso[11];

    TRY(asking_fill(c, r, &a));
    struct form form = form_of(&a);
    TRY(form_take(c, r, &form, &t, wrong));
    if (a.n > 0 && t.person == INT_NONE && !t.other)
        return FAIL_FIELD("person", "%s",
                          _("This person may be here already. Choose who it is, or \"Someone else\"."));
    if (t.birth != DAY_NONE && t.birth > c->today)
        return FAIL_FIELD("birth", "%s", _("This date is in the future."));
    date_iso(t.birth, iso);
    struct request_form f = { .person = t.other ? INT_NONE : t.person,
                              .who = { .name = text_empty(t.name) ? NULL : t.name,
                                       .birth = t.birth == DAY_NONE ? NULL : iso,
                                       .phone = text_empty(t.phone) ? NULL : t.phone,
                                       .safe_contact = t.safe },
                              .question = t.question,
                              .received = c->today,
                              .category = text_empty(t.category) ? NULL : t.category,
                              .neighbourhood = t.neighbourhood,
                              .team = INT_NONE,
                              .urgency = t.urgency,
                              .safety_checked = true,
                              .danger = t.danger,
                              .why = text_empty(t.why) ? NULL : t.why };
    return question_to_request(c, r->ids.id[0], &f, ret_id);
}

enum err web_question_request_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct request_id id;
    enum err e = request_save(c, r, &wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/presence/%lld/tally?done=new", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return request_show(c, r, &wrong, out);
}
