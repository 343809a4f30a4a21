// SPDX-License-Identifier: EUPL-1.2
/* The page of the worker of a request: taking it, giving it back, weight, wishes, colleagues who take part.
 */
#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "web/allocation.h"
#include "web/form_page.h"
#include "web/show.h"
#include "web/tpl.h"

struct give_back_typed {
    int64_t version;
    const char *reason, *note;
};
static const struct form_field give_back_fields[] = {
    { FORM_AT(struct give_back_typed, version), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct give_back_typed, reason), .kind = FORM_CODE, .required = true,
      .codes = give_back_reasons, .n_codes = &give_back_reason_count, .label = N_("Why?"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct give_back_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
};
struct weigh_typed {
    int64_t version, weight;
};
static const struct form_field weigh_fields[] = {
    { FORM_AT(struct weigh_typed, version), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct weigh_typed, weight), .kind = FORM_PICK, .required = true, .look = FORM_AS_SELECT,
      .label = N_("How heavy is this case?") },
};
struct wish_typed {
    const char *gender, *language, *provider, *moment, *note;
};
static const struct form_field wish_fields[] = {
    { FORM_AT(struct wish_typed, gender), .kind = FORM_CODE, .codes = wish_genders,
      .n_codes = &wish_gender_count, .look = FORM_AS_SELECT, .label = N_("Worker") },
    { FORM_AT(struct wish_typed, language), .kind = FORM_CODE, .codes = worker_languages,
      .n_codes = &worker_language_count, .label = N_("Language") },
    { FORM_AT(struct wish_typed, provider), .kind = FORM_CODE, .codes = wish_providers,
      .n_codes = &wish_provider_count, .look = FORM_AS_SELECT, .label = N_("Provider") },
    { FORM_AT(struct wish_typed, moment), .kind = FORM_CODE, .codes = wish_moments,
      .n_codes = &wish_moment_count, .look = FORM_AS_SELECT, .label = N_("Time of the day") },
    { FORM_AT(struct wish_typed, note), .kind = FORM_LINES, .max = 1000, .label = N_("In their own words") },
};
struct part_typed {
    int64_t worker;
    bool household;
};
static const struct form_field part_fields[] = {
    { FORM_AT(struct part_typed, worker), .kind = FORM_PICK, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Colleague") },
    { FORM_AT(struct part_typed, household), .kind = FORM_CHECK,
      .label = N_("Also the other requests of this household") },
};

/* Which form of the page was sent, and what was wrong with it. */
enum sent_form { SENT_NONE, SENT_GIVE_BACK, SENT_WEIGH, SENT_WISH, SENT_PART, SENT_OTHER };
struct sent_own {
    enum sent_form form;
    const struct form_errors *wrong;
};

static const struct form_errors *wrong_of(const struct sent_own *s, enum sent_form form)
{
    return s->form == form ? s->wrong : NULL;
}

static enum err weight_picks(struct ctx *c, struct form_options *ret_options)
{
    struct option_id *o;

    TRY(ctx_alloc(c, WEIGHTS, sizeof *o, (void *)&o));
    for (int64_t w = WEIGHT_LIGHT; w < WEIGHTS; w++)
        o[w - 1] = (struct option_id){ w, weight_text(c, w) };
    *ret_options = (struct form_options){ "weight", o, WEIGHTS - 1 };
    return OK;
}

/* Everyone in service, also of other teams and of partners; not the main worker. */
static enum err part_picks(struct ctx *c, int64_t main, struct form_options *ret_options)
{
    struct option_id *o;
    struct worker *w;
    size_t n, m = 0;

    TRY(worker_read_all(c, INT_NONE, &w, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++)
        if (w[i].id != main && worker_serves(&w[i].f, c->today))
            o[m++] = (struct option_id){ w[i].id, w[i].f.name };
    *ret_options = (struct form_options){ "worker", o, m };
    return OK;
}

static enum err case_forms_fill(struct ctx *c, const struct req *r, const struct sent_own *s,
                                struct own_worker_page *p)
{
    const char *version = typed_number_text(c, p->request->now.version);
    struct form_options weights, parts;
    struct pair seen[] = { { "version", version },
                           { "weight", typed_number_text(c, p->request->now.weight) } };

    TRY(weight_picks(c, &weights));
    TRY(part_picks(c, p->request->now.worker, &parts));
    struct form back = { FORM(give_back_fields), .value = seen, .n_values = 1, .prefix = "back" };
    struct form weigh = { FORM(weigh_fields), .options = &weights, .n_options = 1,
                          .value = seen,      .n_values = 2,       .prefix = "weigh" };
    struct form part = { FORM(part_fields), .options = &parts, .n_options = 1, .prefix = "part" };
    TRY(form_view_fill(c, r, &back, wrong_of(s, SENT_GIVE_BACK), &p->give_back));
    TRY(form_view_fill(c, r, &weigh, wrong_of(s, SENT_WEIGH), &p->weigh));
    return form_view_fill(c, r, &part, wrong_of(s, SENT_PART), &p->co_worker);
}

static enum err wish_fill(struct ctx *c, const struct req *r, const struct sent_own *s,
                          struct own_worker_page *p)
{
    struct pair value[5];
    struct wish w;
    size_t n = 0;

    TRY(wish_get(c, p->request, &w));
    TRY(wish_words(c, &w, &p->wish_text));
    p->wish_note = w.note;
    p->wish_who = w.who;
    p->wish_day = w.recorded_at == TIME_NONE ? DAY_NONE : time_nl_day(w.recorded_at);
    const struct pair all[] = { { "gender", w.gender },
                                { "language", w.language },
                                { "provider", w.provider },
                                { "moment", w.moment },
                                { "note", w.note } };
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].value != NULL)
            value[n++] = all[i];
    struct form form = { FORM(wish_fields), .value = value, .n_values = n, .prefix = "wish" };
    return form_view_fill(c, r, &form, wrong_of(s, SENT_WISH), &p->wish);
}

static enum err worker_fill(struct ctx *c, struct own_worker_page *p)
{
    const struct standing *now = &p->request->now;
    const struct config *k;
    struct co_worker *part;

    TRY(config_get(c, &k));
    p->has_worker = now->worker != INT_NONE;
    p->accepted = now->accepted;
    p->own = p->has_worker && now->worker == c->actor->worker;
    p->may_allocate = user_may(c, RIGHT_ALLOCATE) && (state_allows(now->state, KIND_ALLOCATED) ||
                                                      state_allows(now->state, KIND_WORKER_CHANGED));
    p->may_change = p->own || user_may(c, RIGHT_ALLOCATE);
    p->may_wish = user_may(c, RIGHT_EVENT);
    p->state = state_name(c, now->state);
    p->weight = weight_text(c, now->weight);
    p->points = weight_points(k, now->weight);
    TRY(worker_name(c, now->worker, &p->worker));
    TRY(co_worker_all(c, p->request->id, &part, &p->parts));
    p->part = part;
    return OK;
}

static enum err page_show(struct ctx *c, const struct req *r, const struct sent_own *s, struct reply *out)
{
    struct own_worker_page p = { 0 };
    struct request q;

    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(frame_fill(c, r, _("Worker"), "/waiting", &p.frame));
    p.request = &q;
    p.name = q.who.name != NULL ? q.who.name : "";
    if (s->form == SENT_OTHER)
        p.wrong = *s->wrong;
    TRY(worker_fill(c, &p));
    TRY(case_forms_fill(c, r, s, &p));
    TRY(wish_fill(c, r, s, &p));
    return own_worker_html(c, &out->body, &p);
}

enum err web_own_worker_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return page_show(c, r, &(struct sent_own){ SENT_NONE, NULL }, out);
}

/* Back to the page after a form; or the page again with what was wrong. */
static enum err finish(struct ctx *c, const struct req *r, enum err e, struct sent_own *s,
                       struct form_errors *errors, struct reply *out)
{
    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld/worker?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, errors));
    s->wrong = errors;
    return page_show(c, r, s, out);
}

struct version_typed {
    int64_t version;
};
static const struct form_field version_fields[] = {
    { FORM_AT(struct version_typed, version), .kind = FORM_INT, .hidden = true, .required = true },
};

static enum err accept_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct version_typed t = { 0 };

    TRY(form_read(c, r, version_fields, COUNT(version_fields), &t, errors));
    return allocation_accept(c, (struct request_id){ r->ids.id[0] }, t.version);
}

enum err web_accept_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct sent_own s = { SENT_OTHER, NULL };
    struct form_errors errors = { 0 };

    return finish(c, r, accept_save(c, r, &errors), &s, &errors, out);
}

static enum err give_back_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct give_back_typed t = { 0 };

    TRY(form_read(c, r, give_back_fields, COUNT(give_back_fields), &t, errors));
    return allocation_give_back(c, (struct request_id){ r->ids.id[0] }, t.version, t.reason, or_null(t.note));
}

enum err web_give_back_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct sent_own s = { SENT_GIVE_BACK, NULL };
    struct form_errors errors = { 0 };

    return finish(c, r, give_back_save(c, r, &errors), &s, &errors, out);
}

static enum err weigh_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options weights;
    struct weigh_typed t = { 0 };

    TRY(weight_picks(c, &weights));
    struct form form = { FORM(weigh_fields), .options = &weights, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    return allocation_weigh(c, (struct request_id){ r->ids.id[0] }, t.version, t.weight);
}

enum err web_weigh_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct sent_own s = { SENT_WEIGH, NULL };
    struct form_errors errors = { 0 };

    return finish(c, r, weigh_save(c, r, &errors), &s, &errors, out);
}

static enum err wish_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct wish_typed t = { 0 };

    TRY(form_read(c, r, wish_fields, COUNT(wish_fields), &t, errors));
    struct wish w = { .gender = or_null(t.gender),
                      .language = or_null(t.language),
                      .provider = or_null(t.provider),
                      .moment = or_null(t.moment),
                      .note = or_null(t.note) };
    return wish_put(c, (struct request_id){ r->ids.id[0] }, &w);
}

enum err web_wish_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct sent_own s = { SENT_WISH, NULL };
    struct form_errors errors = { 0 };

    return finish(c, r, wish_save(c, r, &errors), &s, &errors, out);
}

static enum err part_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options parts;
    struct part_typed t = { 0 };

    TRY(part_picks(c, INT_NONE, &parts));
    struct form form = { FORM(part_fields), .options = &parts, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    return co_worker_add(c, (struct request_id){ r->ids.id[0] }, t.worker, t.household);
}

enum err web_co_worker_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct sent_own s = { SENT_PART, NULL };
    struct form_errors errors = { 0 };

    return finish(c, r, part_save(c, r, &errors), &s, &errors, out);
}

enum err web_co_worker_end_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct sent_own s = { SENT_OTHER, NULL };
    struct form_errors errors = { 0 };
    enum err e = co_worker_end(c, (struct request_id){ r->ids.id[0] }, r->ids.id[1]);

    return finish(c, r, e, &s, &errors, out);
}
