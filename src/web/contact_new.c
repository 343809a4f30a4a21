// SPDX-License-Identifier: EUPL-1.2
#include "web/contact_new.h"

#include "base/text.h"
#include "register/request.h"
#include "register/waiting_list.h"
#include "web/options.h"
#include "web/part.h"
#include "web/safe_form.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

enum { QUESTIONS = 4 };

struct contact_typed {
    const char *phone, *name, *person, *step;
    int32_t birth;
    struct safe_typed safe;
    const char *topic[QUESTIONS], *outcome[QUESTIONS], *text[QUESTIONS];
    const char *channel, *asker, *heard, *referrer, *failure;
    int64_t neighbourhood;
    bool promise;
    int32_t by_day;
    const char *promise_note;
};
#define QUESTION(i, digit, group_)                                                                           \
    { .name = "question-" digit "-topic",                                                                    \
      .offset = offsetof(struct contact_typed, topic[i]),                                                    \
      .kind = FORM_CODE,                                                                                     \
      .codes = contact_topics,                                                                               \
      .n_codes = &contact_topic_count,                                                                       \
      .label = N_("What is it about?"),                                                                      \
      .group = (group_) },                                                                                   \
        { .name = "question-" digit "-outcome",                                                              \
          .offset = offsetof(struct contact_typed, outcome[i]),                                              \
          .kind = FORM_CODE,                                                                                 \
          .codes = contact_outcomes,                                                                         \
          .n_codes = &contact_outcome_count,                                                                 \
          .look = FORM_AS_SELECT,                                                                            \
          .label = N_("What did we do?") },                                                                  \
    {                                                                                                        \
        .name = "question-" digit "-text", .offset = offsetof(struct contact_typed, text[i]),                \
        .kind = FORM_TEXT, .max = 1000, .label = N_("In short: question and answer")                         \
    }
#define LIST(member, list, count, label_)                                                                    \
    FORM_AT(struct contact_typed, member), .kind = FORM_CODE, .codes = (list), .n_codes = &(count),          \
                                           .look = FORM_AS_SELECT, .label = (label_)

static const struct form_field fields[] = {
    { FORM_AT(struct contact_typed, phone), .kind = FORM_TEXT, .max = 40, .narrow = true, .type = "tel",
      .first = true, .label = N_("Phone"), .group = N_("Who calls?"),
      .hint = N_("Number first; Enter searches") },
    { FORM_AT(struct contact_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name"),
      .hint = N_("As you hear it; empty: anonymous") },
    { FORM_AT(struct contact_typed, birth), .kind = FORM_DATE, .label = N_("Date of birth") },
    { FORM_AT(struct contact_typed, person), .kind = FORM_TEXT, .max = 20, .hidden = true },
    { FORM_AT(struct contact_typed, step), .kind = FORM_TEXT, .max = 20, .hidden = true },
    SAFE_FIELDS(struct contact_typed),
    QUESTION(0, "0", N_("Question")),
    QUESTION(1, "1", N_("Second question")),
    QUESTION(2, "2", N_("Third question")),
    QUESTION(3, "3", N_("Fourth question")),
    { LIST(channel, request_channels, request_channel_count, N_("How did the question come in?")),
      .required = true, .group = N_("About this contact") },
    { LIST(asker, contact_askers, contact_asker_count, N_("Who asks?")), .required = true },
    { LIST(heard, contact_heards, contact_heard_count, N_("How did you hear of us?")) },
    { LIST(referrer, request_routes, request_route_count, N_("Who sent the resident?")) },
    { LIST(failure, contact_failures, contact_failure_count, N_("Did something go wrong before?")),
      .hint = N_("Leave empty when nothing went wrong.") },
    { FORM_AT(struct contact_typed, neighbourhood), .kind = FORM_PICK, .label = N_("Neighbourhood"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct contact_typed, promise), .kind = FORM_CHECK, .label = N_("We call back"),
      .group = N_("Call back") },
    { FORM_AT(struct contact_typed, by_day), .kind = FORM_DATE, .label = N_("At the latest on"),
      .hint = N_("Empty: within two working days") },
    { FORM_AT(struct contact_typed, promise_note), .kind = FORM_TEXT, .max = 500,
      .label = N_("About what?") },
};

static enum err form_fill(struct ctx *c, struct form *form, struct form_options *options)
{
    static const struct pair preset[] = { { "channel", "phone" }, { "asker", "resident" } };

    TRY(neighbourhood_options(c, "neighbourhood", options));
    *form = (struct form){ FORM(fields), .options = options, .n_options = 1, .value = preset,
                           .n_values = COUNT(preset) };
    return OK;
}

/* ── Who calls ────────────────────────────────────────────────────────────────────────────────────────────
 */

/* By number first; when that finds nobody, by name and birth date. */
static enum err find_callers(struct ctx *c, const struct contact_typed *t, struct person_match **ret_match,
                             size_t *ret_n)
{
    struct buf b = { 0 };
    const char *text = NULL;

    *ret_n = 0;
    if (!text_empty(t->phone))
        TRY(person_search(c, t->phone, ret_match, ret_n));
    if (*ret_n > 0 || text_empty(t->name))
        return OK;
    buf_str(&b, t->name);
    if (t->birth != DAY_NONE)
        buf_printf(&b, " %s", typed_day_text(c, t->birth));
    enum err e = ctx_copy(c, buf_text(&b), &text);
    buf_free(&b);
    TRY(e);
    return person_search(c, text, ret_match, ret_n);
}

static enum err caller_fill(struct ctx *c, const struct req *r, const struct person_match *m,
                            struct caller_view *v)
{
    struct waiting_page list;
    struct safe_contact safe;
    struct identity who;

    *v = (struct caller_view){ .person = m->person,
                               .name = m->name,
                               .why = m->why,
                               .waits = m->waits,
                               .birth = DAY_NONE,
                               .request = INT_NONE,
                               .chosen = text_is(req_form(r, "person"), typed_number_text(c, m->person)) };
    if (m->birth != NULL && !date_scan(m->birth, strlen(m->birth), &v->birth))
        v->birth = DAY_NONE;
    TRY(person_get(c, m->person, &who));
    safe_contact_read(who.safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &v->safe));
    if (!m->waits)
        return OK;
    TRY(waiting_list_of(c, m, 1, &list));
    if (list.n > 0)
        v->request = list.row[0].id;
    return OK;
}

static enum err callers_fill(struct ctx *c, const struct req *r, const struct person_match *match, size_t n,
                             struct contact_new_page *p)
{
    struct caller_view *v;

    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        TRY(caller_fill(c, r, &match[i], &v[i]));
    p->caller = v;
    p->callers = n;
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct found {
    struct person_match *match;
    size_t n;
    bool searched;
    bool asks; /* first choose who it is */
};

static bool has_more(const struct req *r)
{
    static const char *const names[] = { "question-1-topic", "question-1-text",  "question-2-topic",
                                         "question-2-text",  "question-3-topic", "question-3-text" };

    for (size_t i = 0; i < COUNT(names); i++)
        if (!text_empty(req_form(r, names[i])))
            return true;
    return false;
}

static enum err page_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          const struct found *f, struct reply *out)
{
    struct contact_new_page p = { .searched = f->searched, .none = f->searched && f->n == 0 };
    struct form_options options;
    struct form form;

    TRY(frame_fill(c, r, _("New contact"), "/contacts/new", &p.frame));
    TRY(form_fill(c, &form, &options));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    TRY(callers_fill(c, r, f->match, f->n, &p));
    p.more = has_more(r);
    p.someone_new = p.none || text_is(req_form(r, "person"), "new");
    return contact_new_html(c, &out->body, &p);
}

enum err web_contact_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_CONTACT));
    return page_show(c, r, NULL, &(struct found){ 0 }, out);
}

static const char *or_null(const char *text)
{
    return text_empty(text) ? NULL : text;
}

static enum err identity_of(struct ctx *c, const struct contact_typed *t, struct identity *who)
{
    char birth[11];

    *who = (struct identity){ .name = or_null(t->name), .phone = or_null(t->phone) };
    if (t->birth == DAY_NONE)
        return OK;
    if (t->birth > c->today)
        return FAIL_FIELD("birth", "%s", _("This date is in the future."));
    date_iso(t->birth, birth);
    return ctx_copy(c, birth, &who->birth);
}

/* Questions are read up to the last one that holds something. */
static void questions_of(const struct contact_typed *t, struct contact_form *f)
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        f->question[i] = (struct contact_question_form){ t->topic[i], t->outcome[i], or_null(t->text[i]) };
        if (i == 0 || !text_empty(t->topic[i]) || !text_empty(t->outcome[i]) || !text_empty(t->text[i]))
            f->questions = i + 1;
    }
}

static enum err contact_of(struct ctx *c, const struct contact_typed *t, struct safe_contact *safe,
                           struct callback_promise *promise, struct contact_form *f)
{
    bool given;

    *f = (struct contact_form){ .person = INT_NONE,
                                .occurred_at = TIME_NONE,
                                .channel = t->channel,
                                .asker = t->asker,
                                .heard = or_null(t->heard),
                                .referrer = or_null(t->referrer),
                                .failure = or_null(t->failure),
                                .neighbourhood = t->neighbourhood,
                                .session = INT_NONE };
    TRY(identity_of(c, t, &f->who));
    TRY(safe_typed_read(c, &t->safe, safe, &given));
    f->safe = given ? safe : NULL;
    questions_of(t, f);
    if (!text_empty(t->person) && !text_is(t->person, "new") && !text_to_int(t->person, &f->person))
        return FAIL(E_REQUEST, "%s", _("Something in this form is not right."));
    *promise = (struct callback_promise){ .person = f->person,
                                          .who = f->who,
                                          .request = INT_NONE,
                                          .missed = INT_NONE,
                                          .promised_at = TIME_NONE,
                                          .by_day = t->by_day,
                                          .owner = INT_NONE,
                                          .note = or_null(t->promise_note) };
    f->promise = t->promise ? promise : NULL;
    return OK;
}

/* There is a caller, and nobody chose yet who it is. */
static bool undecided(const struct contact_typed *t)
{
    return text_empty(t->person) && (!text_empty(t->phone) || !text_empty(t->name));
}

/* Only the caller is typed yet, or the button for it was pressed: look who it is. */
static bool wants_search(const struct contact_typed *t)
{
    return undecided(t) && (text_is(t->step, "find") || text_empty(t->topic[0]));
}

static enum err contact_save(struct ctx *c, const struct req *r, struct form_errors *errors,
                             struct found *found, int64_t *ret_id)
{
    struct form_options options;
    struct callback_promise promise;
    struct safe_contact safe;
    struct contact_typed t = { 0 };
    struct contact_form f;
    struct form form;

    TRY(form_fill(c, &form, &options));
    TRY(form_take(c, r, &form, &t, errors));
    if (!text_empty(t.phone) || !text_empty(t.name)) { /* also when it was chosen: to show the choice again */
        TRY(find_callers(c, &t, &found->match, &found->n));
        found->searched = true;
        found->asks = undecided(&t) && (wants_search(&t) || found->n > 0);
    }
    if (found->asks)
        return OK;
    TRY(contact_of(c, &t, &safe, &promise, &f));
    return contact_add(c, &f, ret_id);
}

/* The first question that became a request leads to its form. */
static enum err saved(struct ctx *c, int64_t id, struct reply *out)
{
    struct contact k;

    TRY(contact_get(c, id, &k));
    for (size_t i = 0; i < k.questions; i++)
        if (text_is(k.question[i].outcome, "request"))
            return reply_redirect(c, out, "/requests/new?contact=%lld&question=%lld", (long long)id,
                                  (long long)k.question[i].seq);
    return reply_redirect(c, out, "/contacts/%lld?done=contact", (long long)id);
}

enum err web_contact_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    struct found found = { 0 };
    int64_t id = 0;
    enum err e = contact_save(c, r, &errors, &found, &id);

    if (e == OK && !found.asks)
        return saved(c, id, out);
    if (e == OK)
        out->status = 200;
    else
        TRY(wrong_take(c, e, out, &errors));
    return page_show(c, r, &errors, &found, out);
}
