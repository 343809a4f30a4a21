// SPDX-License-Identifier: EUPL-1.2
/* Vacancies: the list, a new one, and how one ended. */
#include "base/text.h"
#include "register/config.h"
#include "web/form_page.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/worker.h"

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Discipline"), TEXT),     SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Hours (fte)"), DECIMAL), SHEET_COLUMN(N_("Open since"), DAY),
    SHEET_COLUMN(N_("Days"), DAYS),           SHEET_COLUMN(N_("State"), BADGE),
};

static enum err row_put(struct ctx *c, const struct vacancy *v, struct sheet *s)
{
    const struct config *k;
    int32_t days = (v->closed != DAY_NONE ? v->closed : c->today) - v->opened;

    TRY(config_get(c, &k));
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, code_text(c, worker_disciplines, worker_discipline_count, v->discipline));
    if (v->closed == DAY_NONE && user_may(c, RIGHT_STAFF_EDIT))
        TRY(sheet_link(c, s, "/staff/vacancies/%lld", (long long)v->id));
    sheet_text(s, config_team_name(k, v->team));
    sheet_count(s, v->fte);
    sheet_day(s, v->opened);
    sheet_count(s, days);
    if (v->closed != DAY_NONE)
        sheet_badge(s, code_text(c, vacancy_outcomes, vacancy_outcome_count, v->outcome), "inactive");
    else
        sheet_badge(s, days > VACANCY_LONG_DAYS ? _("Open for long") : _("Open"),
                    days > VACANCY_LONG_DAYS ? "warning" : "neutral");
    return OK;
}

enum err web_vacancy_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct record_list_page p = { 0 };
    struct sheet s = { .object = "vacancy",
                       .title = _("Vacancies"),
                       .day = c->today,
                       .empty = _("There are no vacancies."),
                       SHEET_COLUMNS(columns) };
    struct vacancy *v;
    size_t n;

    TRY(vacancy_all(c, INT_NONE, &v, &n));
    for (size_t i = 0; i < n; i++)
        TRY(row_put(c, &v[i], &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/staff", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    if (user_may(c, RIGHT_STAFF_EDIT)) {
        p.new_url = "/staff/vacancies/new";
        p.new_label = _("New vacancy");
    }
    return record_list_html(c, &out->body, &p);
}

struct vacancy_typed {
    int64_t team, fte;
    const char *discipline;
    int32_t opened;
};
static const struct form_field new_fields[] = {
    { FORM_AT(struct vacancy_typed, team), .kind = FORM_PICK, .required = true, .label = N_("Team") },
    { FORM_AT(struct vacancy_typed, discipline), .kind = FORM_CODE, .required = true,
      .codes = worker_disciplines, .n_codes = &worker_discipline_count, .label = N_("Discipline") },
    { FORM_AT(struct vacancy_typed, fte), .kind = FORM_DECIMAL, .required = true,
      .label = N_("Hours (fte)") },
    { FORM_AT(struct vacancy_typed, opened), .kind = FORM_DATE, .required = true, .label = N_("Open since") },
};

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct form_options teams;
    struct pair value[] = { { "opened", typed_day_text(c, c->today) },
                            { "team", typed_number_text(c, c->actor->team) } };
    struct form form = { FORM(new_fields), .options = &teams, .n_options = 1, .value = value,
                         .n_values = COUNT(value) };
    struct form_page page = { .title = _("New vacancy"),
                              .menu = "/staff",
                              .action = "/staff/vacancies",
                              .button = _("Save"),
                              .back = "/staff/vacancies" };

    TRY(team_options(c, "team", &teams));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_vacancy_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options teams;
    struct vacancy_typed t = { 0 };
    int64_t id;

    TRY(team_options(c, "team", &teams));
    struct form form = { FORM(new_fields), .options = &teams, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    return vacancy_add(c, &(struct vacancy_form){ t.team, t.fte, t.discipline, t.opened }, &id);
}

enum err web_vacancy_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = new_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/staff/vacancies?done=saved");
    TRY(wrong_take(c, e, out, &errors));
    return new_show(c, r, &errors, out);
}

struct closing_typed {
    int64_t version;
    const char *outcome;
    int32_t closed;
};
static const struct form_field close_fields[] = {
    { FORM_AT(struct closing_typed, version), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct closing_typed, outcome), .kind = FORM_CODE, .required = true, .codes = vacancy_outcomes,
      .n_codes = &vacancy_outcome_count, .label = N_("How did it end?") },
    { FORM_AT(struct closing_typed, closed), .kind = FORM_DATE, .required = true,
      .label = N_("On which day?") },
};

static enum err close_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    struct form_page page = {
        .title = _("Close vacancy"), .menu = "/staff", .button = _("Save"), .back = "/staff/vacancies"
    };
    const struct vacancy *it = NULL;
    struct vacancy *v;
    size_t n;

    TRY(vacancy_all(c, INT_NONE, &v, &n));
    for (size_t i = 0; i < n; i++)
        it = v[i].id == r->ids.id[0] ? &v[i] : it;
    if (it == NULL)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this vacancy."));
    struct pair value[] = { { "version", typed_number_text(c, it->version) },
                            { "closed", typed_day_text(c, c->today) } };
    struct form form = { FORM(close_fields), .value = value, .n_values = COUNT(value) };
    page.lead = code_text(c, worker_disciplines, worker_discipline_count, it->discipline);
    TRY(path_of(c, "/staff/vacancies/{}", it->id, &page.action));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_vacancy_close_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return close_show(c, r, NULL, out);
}

static enum err close_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(close_fields) };
    struct closing_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, errors));
    return vacancy_close(c, r->ids.id[0], t.version, t.closed, t.outcome);
}

enum err web_vacancy_close_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = close_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/staff/vacancies?done=saved");
    TRY(wrong_take(c, e, out, &errors));
    return close_show(c, r, &errors, out);
}
