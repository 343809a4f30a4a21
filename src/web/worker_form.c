// SPDX-License-Identifier: EUPL-1.2
/* The forms of a worker: a new one, other facts, other hours, another account. */
#include "base/text.h"
#include "web/form_page.h"
#include "web/options.h"
#include "web/show.h"
#include "web/worker.h"

struct worker_typed {
    int64_t version, team, employer, room, fte;
    const char *name, *discipline, *contract, *gender, *takeover, *employer_new, *employer_kind;
    struct form_codes others, languages;
    int32_t started, ended;
};
#define WORKER_FIELDS                                                                                        \
    { FORM_AT(struct worker_typed, version), .kind = FORM_INT, .hidden = true },                             \
        { FORM_AT(struct worker_typed, name), .kind = FORM_TEXT, .required = true, .max = 120,               \
          .label = N_("Name") },                                                                             \
        { FORM_AT(struct worker_typed, team), .kind = FORM_PICK, .required = true, .label = N_("Team") },    \
        { FORM_AT(struct worker_typed, discipline),                                                          \
          .kind = FORM_CODE,                                                                                 \
          .required = true,                                                                                  \
          .codes = worker_disciplines,                                                                       \
          .n_codes = &worker_discipline_count,                                                               \
          .label = N_("Discipline") },                                                                       \
        { FORM_AT(struct worker_typed, others), .kind = FORM_CODES, .codes = worker_disciplines,             \
          .n_codes = &worker_discipline_count, .label = N_("Further disciplines") },                         \
        { FORM_AT(struct worker_typed, languages), .kind = FORM_CODES, .codes = worker_languages,            \
          .n_codes = &worker_language_count, .label = N_("Languages") },                                     \
        { FORM_AT(struct worker_typed, gender),                                                              \
          .kind = FORM_CODE,                                                                                 \
          .codes = worker_genders,                                                                           \
          .n_codes = &worker_gender_count,                                                                   \
          .label = N_("Gender"),                                                                             \
          .hint = N_("Only if the worker wants it to be known. For residents who ask for it.") },            \
        { FORM_AT(struct worker_typed, employer), .kind = FORM_PICK, .group = N_("Employment"),              \
          .label = N_("Employer"), .look = FORM_AS_SELECT },                                                 \
        { FORM_AT(struct worker_typed, employer_new), .kind = FORM_TEXT, .max = 120,                         \
          .label = N_("Another employer"), .hint = N_("Only when it is not in the list.") },                 \
        { FORM_AT(struct worker_typed, employer_kind),                                                       \
          .kind = FORM_CODE,                                                                                 \
          .codes = employer_kinds,                                                                           \
          .n_codes = &employer_kind_count,                                                                   \
          .look = FORM_AS_SELECT,                                                                            \
          .label = N_("Kind of the other employer") },                                                       \
        { FORM_AT(struct worker_typed, contract), .kind = FORM_CODE, .codes = worker_contracts,              \
          .n_codes = &worker_contract_count, .label = N_("Contract") },                                      \
    {                                                                                                        \
        FORM_AT(struct worker_typed, started), .kind = FORM_DATE, .label = N_("First day")                   \
    }

static const struct form_field new_fields[] = {
    WORKER_FIELDS,
    { FORM_AT(struct worker_typed, fte), .kind = FORM_DECIMAL, .required = true, .label = N_("Hours (fte)"),
      .hint = N_("1 is a full working week.") },
    { FORM_AT(struct worker_typed, room), .kind = FORM_INT, .max = 200, .label = N_("Room for cases"),
      .hint = N_("In points. Empty: follows from the hours.") },
    { FORM_AT(struct worker_typed, takeover), .kind = FORM_CODE, .codes = worker_takeovers,
      .n_codes = &worker_takeover_count, .label = N_("At the transition") },
};
static const struct form_field edit_fields[] = {
    WORKER_FIELDS,
    { FORM_AT(struct worker_typed, ended), .kind = FORM_DATE, .label = N_("Last day"),
      .hint = N_("Only without open cases. First hand these over.") },
    { FORM_AT(struct worker_typed, room), .kind = FORM_INT, .max = 200, .label = N_("Room for cases"),
      .hint = N_("In points. Empty: follows from the hours.") },
    { FORM_AT(struct worker_typed, takeover), .kind = FORM_CODE, .codes = worker_takeovers,
      .n_codes = &worker_takeover_count, .label = N_("At the transition") },
};
enum { VALUES = 48, OPTIONS = 2 };

static enum err employer_options(struct ctx *c, struct form_options *ret_options)
{
    struct employer *e;
    struct option_id *o;
    size_t n;

    TRY(employer_all(c, &e, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++)
        o[i] = (struct option_id){ e[i].id, e[i].name };
    *ret_options = (struct form_options){ "employer", o, n };
    return OK;
}

static enum err form_fill(struct ctx *c, struct form *form, struct form_options *options)
{
    TRY(team_options(c, "team", &options[0]));
    TRY(employer_options(c, &options[1]));
    form->options = options;
    form->n_options = OPTIONS;
    return OK;
}

/* What stands in the form of a worker who is there. */
static enum err values_of(struct ctx *c, const struct worker *w, struct pair *v, size_t *ret_n)
{
    const struct worker_facts *f = &w->f;
    const struct pair one[] = {
        { "version", typed_number_text(c, w->version) },
        { "name", f->name },
        { "team", typed_number_text(c, f->team) },
        { "discipline", f->discipline },
        { "gender", f->gender },
        { "employer", typed_number_text(c, f->employer) },
        { "contract", f->contract },
        { "started", typed_day_text(c, f->started) },
        { "ended", typed_day_text(c, f->ended) },
        { "room", typed_number_text(c, f->room) },
        { "takeover", f->takeover },
    };
    size_t n = 0, more;

    for (size_t i = 0; i < COUNT(one); i++)
        if (one[i].value != NULL)
            v[n++] = one[i];
    TRY(codes_values(c, "others", f->others, v + n, VALUES - n, &more));
    n += more;
    TRY(codes_values(c, "languages", f->languages, v + n, VALUES - n, &more));
    *ret_n = n + more;
    return OK;
}

static enum err facts_of(struct ctx *c, const struct worker_typed *t, struct worker_facts *ret_facts)
{
    struct worker_facts f = { .name = t->name,
                              .team = t->team,
                              .discipline = or_null(t->discipline),
                              .employer = t->employer,
                              .contract = or_null(t->contract),
                              .gender = or_null(t->gender),
                              .room = t->room,
                              .started = t->started,
                              .ended = t->ended,
                              .takeover = or_null(t->takeover) };

    TRY(codes_join(c, &t->others, &f.others));
    TRY(codes_join(c, &t->languages, &f.languages));
    if (t->employer_new[0] != '\0' && t->employer != INT_NONE)
        return FAIL_FIELD("employer_new", "%s",
                          _("Choose an employer of the list, or write another one: not both."));
    if (t->employer_new[0] != '\0' && t->employer_kind[0] == '\0')
        return FAIL_FIELD("employer_kind", "%s", _("Choose which kind of organisation this is."));
    if (t->employer_new[0] != '\0')
        f.employer_new = (struct employer){ INT_NONE, t->employer_new, t->employer_kind };
    *ret_facts = f;
    return OK;
}

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct form_options options[OPTIONS];
    struct pair value[] = { { "languages", "nl" },
                            { "started", typed_day_text(c, c->today) },
                            { "team", typed_number_text(c, c->actor->team) },
                            { "version", "0" } };
    struct form form = { FORM(new_fields), .value = value, .n_values = COUNT(value) };
    struct form_page page = {
        .title = _("New worker"), .menu = "/staff", .action = "/staff", .button = _("Save"), .back = "/staff"
    };

    TRY(form_fill(c, &form, options));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_worker_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_id)
{
    struct form_options options[OPTIONS];
    struct form form = { FORM(new_fields) };
    struct worker_typed t = { .ended = DAY_NONE };
    struct worker_facts f;

    TRY(form_fill(c, &form, options));
    TRY(form_take(c, r, &form, &t, errors));
    TRY(facts_of(c, &t, &f));
    return worker_add(c, &f, t.fte, ret_id);
}

enum err web_worker_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t id = 0;
    enum err e = new_save(c, r, &errors, &id);

    if (e == OK)
        return reply_redirect(c, out, "/staff/%lld?done=saved", (long long)id);
    TRY(wrong_take(c, e, out, &errors));
    return new_show(c, r, &errors, out);
}

static enum err edit_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct form_options options[OPTIONS];
    struct pair value[VALUES];
    struct form form = { FORM(edit_fields), .value = value };
    struct form_page page = { .menu = "/staff", .button = _("Save") };
    struct worker w;

    TRY(worker_get(c, r->ids.id[0], &w));
    TRY(values_of(c, &w, value, &form.n_values));
    TRY(form_fill(c, &form, options));
    page.title = w.f.name;
    TRY(worker_news_fill(c, r, w.id, &page.news));
    TRY(path_of(c, "/staff/{}/edit", w.id, &page.action));
    TRY(path_of(c, "/staff/{}", w.id, &page.back));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_worker_edit_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return edit_show(c, r, NULL, out);
}

static enum err edit_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options options[OPTIONS];
    struct form form = { FORM(edit_fields) };
    struct worker_typed t = { .fte = INT_NONE };
    struct worker_facts f;

    TRY(form_fill(c, &form, options));
    TRY(form_take(c, r, &form, &t, errors));
    TRY(facts_of(c, &t, &f));
    return worker_change(c, r->ids.id[0], t.version, &f);
}

enum err web_worker_edit_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = edit_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/staff/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return edit_show(c, r, &errors, out);
}
