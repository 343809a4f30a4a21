// SPDX-License-Identifier: EUPL-1.2
#include "web/request_new.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/config.h"
#include "register/contact.h"
#include "register/waiting_list.h"
#include "web/options.h"
#include "web/part.h"
#include "web/safe_form.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/tpl_rt.h"

#include <string.h>

struct new_typed {
    struct safe_typed safe;
    const char *name, *phone, *question, *channel, *route, *category, *why, *person;
    const char *home, *children, *carer, *interpreter, *reading, *other_help, *consent, *heard, *wmo;
    const char *referrer, *note;
    int32_t birth, received, wait_until;
    int64_t neighbourhood, danger, urgency, contact, contact_question;
};
static const char *const dangers[] = { "no", "yes", "unsure", NULL };
static const char *const danger_labels[] = { N_("No"), N_("Yes"), N_("I do not know"), NULL };

#define LIST(member, list, count, label_)                                                                    \
    FORM_AT(struct new_typed, member), .kind = FORM_CODE, .codes = (list), .n_codes = &(count),              \
                                       .look = FORM_AS_SELECT, .label = (label_)
static const struct form_field fields[] = {
    SAFE_FIELDS(struct new_typed),
    { FORM_AT(struct new_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name"),
      .group = N_("Who is it about?"),
      .hint = N_("First name and last name. Leave empty when the resident wants to stay anonymous.") },
    { FORM_AT(struct new_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth"),
      .hint = N_("For example 3-3-1951") },
    { FORM_AT(struct new_typed, phone), .kind = FORM_TEXT, .max = 40, .narrow = true, .type = "tel",
      .label = N_("Phone") },
    { FORM_AT(struct new_typed, question), .kind = FORM_LINES, .required = true, .max = 4000,
      .label = N_("What is the question?"), .hint = N_("In the words of the resident."),
      .group = N_("The question") },
    { FORM_AT(struct new_typed, received), .kind = FORM_DATE, .required = true,
      .label = N_("When did the resident ask?") },
    { LIST(channel, request_channels, request_channel_count, N_("How did the question come in?")) },
    { LIST(route, request_routes, request_route_count, N_("Who brought the question?")) },
    { FORM_AT(struct new_typed, neighbourhood), .kind = FORM_PICK, .look = FORM_AS_SELECT,
      .label = N_("Neighbourhood") },
    { LIST(category, contact_topics, contact_topic_count, N_("What is it about?")) },
    { FORM_AT(struct new_typed, danger), .kind = FORM_CHOICE, .required = true, .choice = dangers,
      .choice_label = danger_labels, .label = N_("Is someone in danger?"), .group = N_("How urgent is it?"),
      .hint = N_("In danger: call 112, or Veilig Thuis 0800-2000") },
    { FORM_AT(struct new_typed, urgency), .kind = FORM_PICK, .required = true, .look = FORM_AS_RADIOS,
      .label = N_("How urgent is it?") },
    { FORM_AT(struct new_typed, why), .kind = FORM_TEXT, .max = 500, .label = N_("Why this choice?"),
      .hint = N_("Needed for every choice but \"normal\".") },
    { LIST(home, intake_homes, intake_home_count, N_("Who live at home?")),
      .group = N_("Only what is needed for this question") },
    { LIST(children, intake_children, intake_child_count, N_("Are there children at home?")) },
    { LIST(carer, intake_carers, intake_carer_count, N_("Does someone care for you?")) },
    { LIST(interpreter, intake_interpreters, intake_interpreter_count, N_("Is an interpreter needed?")) },
    { LIST(reading, intake_readings, intake_reading_count, N_("Is help with reading needed?")) },
    { LIST(other_help, intake_other_helps, intake_other_help_count, N_("Is there other help?")) },
    { LIST(heard, contact_heards, contact_heard_count, N_("How did you hear of us?")) },
    { FORM_AT(struct new_typed, referrer), .kind = FORM_TEXT, .max = 120, .narrow = true,
      .label = N_("Name of who sent the resident") },
    { LIST(consent, intake_consents, intake_consent_count, N_("May the referrer know how it goes?")) },
    { LIST(wmo, intake_wmos, intake_wmo_count, N_("Is this a report for the Social Support Act?")) },
    { FORM_AT(struct new_typed, wait_until), .kind = FORM_DATE,
      .label = N_("The resident chose to wait until") },
    { FORM_AT(struct new_typed, note), .kind = FORM_TEXT, .max = 1000,
      .label = N_("What else do we need to know?") },
    { FORM_AT(struct new_typed, person), .kind = FORM_TEXT, .max = 20, .hidden = true },
    { FORM_AT(struct new_typed, contact), .kind = FORM_ID, .hidden = true },
    { FORM_AT(struct new_typed, contact_question), .kind = FORM_ID, .hidden = true },
};

static const struct {
    const char *name;
} terms[URGENCIES] = {
    [URGENCY_EMERGENCY] = { N_("Emergency: today") },
    [URGENCY_SOON] = { N_("Urgent: within {1} working days") },
    [URGENCY_NORMAL] = { N_("Normal: within {1} working days") },
    [URGENCY_LATER] = { N_("Can wait: within {1} working days") },
};

static enum err urgency_options(struct ctx *c, struct form_options *ret_options)
{
    const struct config *k;
    struct option_id *o;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, URGENCIES - 1, sizeof *o, (void *)&o));
    for (int64_t u = URGENCY_EMERGENCY, i = 0; u > URGENCY_UNKNOWN; u--, i++) {
        struct buf label = { 0 };
        struct tpl_arg days = tpl_arg_int(k->norm_days[u]);
        tpl_slots(&label, TPL_HTML, _(terms[u].name), &days, 1);
        o[i].id = u;
        enum err e = ctx_copy(c, buf_text(&label), &o[i].label);
        buf_free(&label);
        TRY(e);
    }
    *ret_options = (struct form_options){ "urgency", o, URGENCIES - 1 };
    return OK;
}

enum { OPTIONS = 2, VALUES = 12 };

/* The form with its lists; `value` is what stands in it before anyone typed. */
struct prepared {
    struct form form;
    struct form_options options[OPTIONS];
    struct pair value[VALUES];
    size_t values;
};

static void put_value(struct prepared *p, const char *name, const char *value)
{
    if (!text_empty(value) && p->values < VALUES)
        p->value[p->values++] = (struct pair){ name, value };
}

static enum err prepare(struct ctx *c, struct prepared *p)
{
    *p = (struct prepared){ .values = 0 };
    TRY(neighbourhood_options(c, "neighbourhood", &p->options[0]));
    TRY(urgency_options(c, &p->options[1]));
    put_value(p, "channel", "phone");
    put_value(p, "route", "self");
    put_value(p, "received", typed_day_text(c, c->today));
    p->form = (struct form){ FORM(fields), .options = p->options, .n_options = OPTIONS };
    return OK;
}

/* ── From a contact ───────────────────────────────────────────────────────────────────────────────────────
 */

/* The query on the first page, the hidden fields of the form later. */
static const char *from(const struct req *r, const char *in_query, const char *in_form)
{
    const char *value = r->method == METHOD_POST ? req_form(r, in_form) : req_query(r, in_query);

    return value != NULL ? value : "";
}

static enum err known_fill(struct ctx *c, int64_t person, struct request_new_page *p)
{
    struct safe_contact safe;
    struct identity who;

    TRY(person_visible(c, person));
    TRY(person_get(c, person, &who));
    safe_contact_read(who.safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &p->safe));
    p->person = typed_number_text(c, person);
    p->known = who.name != NULL ? who.name : _("Anonymous");
    return OK;
}

/* What was said in the contact stands in the form. */
static enum err contact_fill(struct ctx *c, const struct req *r, struct prepared *f,
                             struct request_new_page *p)
{
    struct contact k;
    int64_t id, seq;

    p->contact = from(r, "contact", "contact");
    p->question = from(r, "question", "contact_question");
    if (!text_to_int(p->contact, &id) || !text_to_int(p->question, &seq)) {
        p->contact = p->question = "";
        return OK;
    }
    TRY(contact_get(c, id, &k));
    if (seq < 1 || seq > (int64_t)k.questions)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this question."));
    f->values = 0;
    put_value(f, "channel", k.channel);
    put_value(f, "route", k.referrer != NULL ? k.referrer : "self");
    put_value(f, "received", typed_day_text(c, time_nl_day(k.occurred_at)));
    put_value(f, "question", k.question[seq - 1].text);
    put_value(f, "category", k.question[seq - 1].topic);
    put_value(f, "heard", k.heard);
    if (k.neighbourhood != INT_NONE)
        put_value(f, "neighbourhood", typed_number_text(c, k.neighbourhood));
    return k.person != INT_NONE ? known_fill(c, k.person, p) : OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

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

struct found {
    struct person_match *match;
    size_t n;
};

static enum err places_of(struct ctx *c, int64_t list, const char **ret_text)
{
    const struct config *k;
    struct buf b = { 0 };

    TRY(config_get(c, &k));
    for (size_t i = 0; i < k->neighbourhoods; i++) {
        const struct neighbourhood *h = &k->neighbourhood[i];
        int64_t of = INT_NONE;
        enum err e = h->team != INT_NONE ? expectation_list_id(c, h->team, &of) : OK;

        if (e != OK) {
            buf_free(&b);
            return e;
        }
        if (of != list || h->team == INT_NONE)
            continue;
        buf_str(&b, b.len > 0 ? " " : "");
        buf_int(&b, h->id);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

/* "If I register this person now": when it would probably be their turn. */
static enum err expected_fill(struct ctx *c, struct request_new_page *p)
{
    struct newcomer_list *list;
    struct expected_list l;
    const int64_t *id;
    size_t n;

    TRY(expectation_lists(c, &id, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *list, (void *)&list));
    for (size_t i = 0; i < n; i++) {
        TRY(expectation_list_get(c, id[i], &l));
        list[i].name = l.name;
        TRY(places_of(c, id[i], &list[i].places));
        TRY(newcomer_views(c, &l, list[i].view, &list[i].n));
    }
    p->expected = list;
    p->n_expected = n;
    return OK;
}

static enum err page_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          const struct found *found, struct reply *out)
{
    struct request_new_page p = { .contact = "", .question = "", .person = "", .known = "", .safe = "" };
    struct prepared f;
    int64_t person;

    TRY(frame_fill(c, r, _("New request"), "/requests/new", &p.frame));
    TRY(prepare(c, &f));
    TRY(contact_fill(c, r, &f, &p));
    if (p.person[0] == '\0' && text_to_int(from(r, "person", "person"), &person) && found->n == 0)
        TRY(known_fill(c, person, &p));
    f.form.value = f.value;
    f.form.n_values = f.values;
    TRY(form_view_fill(c, r, &f.form, wrong, &p.form));
    TRY(same_fill(c, found->match, found->n, &p));
    TRY(expected_fill(c, &p));
    return request_new_html(c, &out->body, &p);
}

enum err web_request_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_REGISTER));
    return page_show(c, r, NULL, &(struct found){ 0 }, out);
}

/* ── Saving ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *or_null(const char *text)
{
    return text_empty(text) ? NULL : text;
}

static enum err birth_of(struct ctx *c, int32_t day, const char **ret_birth)
{
    char birth[11];

    *ret_birth = NULL;
    if (day == DAY_NONE)
        return OK;
    if (day > c->today)
        return FAIL_FIELD("birth", "%s", _("This date is in the future."));
    date_iso(day, birth);
    return ctx_copy(c, birth, ret_birth);
}

static struct request_form request_of(const struct new_typed *t)
{
    return (struct request_form){ .person = INT_NONE,
                                  .who = { .name = or_null(t->name), .phone = or_null(t->phone) },
                                  .question = t->question,
                                  .received = t->received,
                                  .channel = or_null(t->channel),
                                  .route = or_null(t->route),
                                  .category = or_null(t->category),
                                  .neighbourhood = t->neighbourhood,
                                  .team = INT_NONE,
                                  .urgency = t->urgency,
                                  .safety_checked = t->danger != INT_NONE,
                                  .danger = t->danger == INT_NONE ? NULL : dangers[t->danger],
                                  .why = or_null(t->why) };
}

static enum err form_of(struct ctx *c, const struct new_typed *t, struct safe_contact *safe,
                        struct intake_form *f)
{
    bool given;

    *f = (struct intake_form){ .request = request_of(t),
                               .facts = { .home = or_null(t->home),
                                          .children = or_null(t->children),
                                          .carer = or_null(t->carer),
                                          .interpreter = or_null(t->interpreter),
                                          .reading = or_null(t->reading),
                                          .other_help = or_null(t->other_help),
                                          .consent = or_null(t->consent),
                                          .heard = or_null(t->heard),
                                          .wmo = or_null(t->wmo),
                                          .wait_until = t->wait_until,
                                          .referrer = or_null(t->referrer),
                                          .note = or_null(t->note) },
                               .contact = t->contact,
                               .question = t->contact_question };
    TRY(safe_typed_read(c, &t->safe, safe, &given));
    f->safe = given ? safe : NULL;
    if (!text_empty(t->person) && !text_is(t->person, "new") && !text_to_int(t->person, &f->request.person))
        return FAIL(E_REQUEST, "%s", _("Something in this form is not right."));
    return birth_of(c, t->birth, &f->request.who.birth);
}

/* Saves the request, or finds people who may be the same one and whom nobody has judged yet. */
static enum err form_save(struct ctx *c, const struct req *r, struct form_errors *errors, struct found *found,
                          struct request_id *ret_id)
{
    struct safe_contact safe;
    struct intake_form f;
    struct prepared p;
    struct new_typed t = { 0 };

    TRY(prepare(c, &p));
    TRY(form_take(c, r, &p.form, &t, errors));
    TRY(form_of(c, &t, &safe, &f));
    if (text_empty(t.person))
        TRY(person_find_same(c, &f.request.who, &found->match, &found->n));
    return found->n > 0 ? OK : intake_add(c, &f, ret_id);
}

/* The new request; one for the neighbourhood of another team is on a list that this user does not see. */
static enum err to_new(struct ctx *c, struct request_id id, struct reply *out)
{
    bool visible;

    TRY(request_visible(c, id, &visible));
    if (!visible)
        return reply_redirect(c, out, "/waiting?done=new_elsewhere");
    return reply_redirect(c, out, "/requests/%lld?done=new", (long long)id.v);
}

/* The next question of the contact that has to become a request, or the new request. */
static enum err saved(struct ctx *c, const struct req *r, struct request_id id, struct reply *out)
{
    struct contact k;
    int64_t contact;

    if (!text_to_int(from(r, "contact", "contact"), &contact))
        return to_new(c, id, out);
    TRY(contact_get(c, contact, &k));
    for (size_t i = 0; i < k.questions; i++)
        if (text_is(k.question[i].outcome, "request") && k.question[i].request == INT_NONE)
            return reply_redirect(c, out, "/requests/new?contact=%lld&question=%lld&done=new",
                                  (long long)contact, (long long)k.question[i].seq);
    return to_new(c, id, out);
}

enum err web_request_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    struct found found = { 0 };
    struct request_id id;
    enum err e = form_save(c, r, &errors, &found, &id);

    if (e == OK && found.n == 0)
        return saved(c, r, id, out);
    if (e == OK)
        out->status = err_status(E_CONFLICT);
    else
        TRY(wrong_take(c, e, out, &errors));
    return page_show(c, r, &errors, &found, out);
}
