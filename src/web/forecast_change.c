// SPDX-License-Identifier: EUPL-1.2
/* What somebody knows to have changed on a list: shown with the forecast, written down, and taken back. */
#include "base/text.h"
#include "register/config.h"
#include "web/forecast.h"
#include "web/form_page.h"

static const char *const change_words[] = {
    N_("Since {1} we can help more or fewer people at the same time."),
    N_("Since {1} more or fewer people ask for help."),
    N_("Since {1} help takes longer or shorter."),
};

static const char *words_of(struct ctx *c, const struct list_change *x)
{
    size_t k = 0;

    while (k + 1 < COUNT(change_words) && !text_is(list_change_whats[k].code, x->what))
        k++;
    return filled_text(c, _(change_words[k]), day_text(c, x->day), NULL);
}

/* The team whose list it is; INT_NONE for a list of all. */
static int64_t team_of(int64_t list)
{
    return list > 0 ? list : INT_NONE;
}

enum err forecast_changes_fill(struct ctx *c, struct forecast_page *p)
{
    const struct config *k;
    struct list_change *x;
    struct change_view *v;
    size_t n;

    TRY(config_get(c, &k));
    p->may_change = p->list.list != LIST_NO_TEAM && list_change_may(c, k, team_of(p->list.list));
    TRY(list_change_all(c, &x, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        if (x[i].undone_at == TIME_NONE &&
            (x[i].team == INT_NONE || x[i].team == p->list.list || p->list.list == LIST_CITY))
            v[p->changes++] = (struct change_view){ .id = x[i].id,
                                                    .words = words_of(c, &x[i]),
                                                    .note = x[i].note,
                                                    .recorded = time_nl_day(x[i].recorded_at),
                                                    .who = x[i].who,
                                                    .everywhere = x[i].team == INT_NONE && !k->list.city,
                                                    .may_undo = list_change_may(c, k, x[i].team) };
    p->change = v;
    return OK;
}

/* ── Writing one down ─────────────────────────────────────────────────────────────────────────────────────
 */

struct change_typed {
    const char *what, *note;
    int32_t day;
    bool all;
};
enum { ALL_FIELD = 3 };
static const struct form_field fields[] = {
    { FORM_AT(struct change_typed, what), .kind = FORM_CODE, .required = true, .codes = list_change_whats,
      .n_codes = &list_change_what_count, .look = FORM_AS_RADIOS, .label = N_("What has changed?") },
    { FORM_AT(struct change_typed, day), .kind = FORM_DATE, .required = true,
      .label = N_("Since which day?") },
    { FORM_AT(struct change_typed, note), .kind = FORM_TEXT, .required = true, .max = LIST_CHANGE_NOTE,
      .label = N_("What happened?"),
      .hint =
          N_("For example: two colleagues are ill for long. Do not write names: everyone who sees figures "
             "reads this.") },
    { FORM_AT(struct change_typed, all), .kind = FORM_CHECK,
      .label = N_("This holds for the lists of all teams") },
};

/* Whether there is a choice between this list and all of them. */
static enum err form_of(struct ctx *c, int64_t list, struct form *ret_form)
{
    const struct config *k;

    TRY(config_get(c, &k));
    bool choice = team_of(list) != INT_NONE && k->teams > 1 && list_change_may(c, k, INT_NONE);
    *ret_form = (struct form){ .field = fields, .n = choice ? COUNT(fields) : ALL_FIELD };
    return OK;
}

/* The list in the address; without an expectation that of the own team, else all of them. */
static enum err list_of(struct ctx *c, const struct req *r, int64_t *ret_list)
{
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(forecast_list_of(c, r, ret_list));
    if (*ret_list == INT_NONE)
        TRY(expectation_list_id(c, c->actor->team, ret_list));
    if (*ret_list == LIST_NO_TEAM)
        *ret_list = LIST_CITY;
    if (!list_change_may(c, k, team_of(*ret_list)))
        return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
    return OK;
}

static enum err change_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                            struct reply *out)
{
    struct form_page page = { .title = _("Something has changed"), .menu = "/forecast", .button = _("Save") };
    struct form form;
    const char *name;
    int64_t list;

    TRY(list_of(c, r, &list));
    TRY(form_of(c, list, &form));
    TRY(expectation_list_name(c, list, &name));
    TRY(path_of(c, "/forecast/change?list={}", list, &page.action));
    TRY(path_of(c, "/forecast?list={}", list, &page.back));
    page.lead =
        filled_text(c,
                    _("{1}. You need not say by how much: the expectation learns that from what happens "
                      "after that day. Until some weeks have passed, the periods become wider."),
                    name, NULL);
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_forecast_change_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return change_show(c, r, NULL, out);
}

static enum err change_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_list)
{
    struct change_typed t = { 0 };
    struct form form;
    int64_t id;

    TRY(list_of(c, r, ret_list));
    TRY(form_of(c, *ret_list, &form));
    TRY(form_take(c, r, &form, &t, errors));
    bool all = form.n > ALL_FIELD && t.all;
    return list_change_add(
        c, &(struct list_change_form){ all ? INT_NONE : team_of(*ret_list), t.what, t.note, t.day }, &id);
}

enum err web_forecast_change_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t list;
    enum err e = change_save(c, r, &errors, &list);

    if (e == OK)
        return reply_redirect(c, out, "/forecast?list=%lld&done=changed", (long long)list);
    TRY(wrong_take(c, e, out, &errors));
    return change_show(c, r, &errors, out);
}

enum err web_forecast_change_undo_post(struct ctx *c, const struct req *r, struct reply *out)
{
    int64_t list;

    TRY(list_change_undo(c, r->ids.id[0]));
    TRY(forecast_list_of(c, r, &list));
    return reply_redirect(c, out, "/forecast?list=%lld&done=undone",
                          (long long)(list != INT_NONE ? list : 0));
}
