// SPDX-License-Identifier: EUPL-1.2
#include "web/options.h"

#include "base/text.h"
#include "register/config.h"
#include "register/right.h"
#include "web/form_view.h"

enum err team_options(struct ctx *c, const char *name, struct form_options *ret_options)
{
    struct option_id *option;
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, k->teams + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < k->teams; i++)
        option[i] = (struct option_id){ k->team[i].id, k->team[i].name };
    *ret_options = (struct form_options){ name, option, k->teams };
    return OK;
}

enum err neighbourhood_options(struct ctx *c, const char *name, struct form_options *ret_options)
{
    struct option_id *option;
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, k->neighbourhoods + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < k->neighbourhoods; i++)
        option[i] = (struct option_id){ k->neighbourhood[i].id, k->neighbourhood[i].name };
    *ret_options = (struct form_options){ name, option, k->neighbourhoods };
    return OK;
}

enum err options_choice(struct ctx *c, const struct form_options *options, const char *label, const char *all,
                        int64_t chosen, struct choice *ret_choice)
{
    struct option *o;
    size_t n = 0;

    TRY(ctx_alloc(c, options->n + 1, sizeof *o, (void *)&o));
    if (all != NULL)
        o[n++] = (struct option){ .value = "", .label = all };
    for (size_t i = 0; i < options->n; i++)
        o[n++] = (struct option){ .value = typed_number_text(c, options->at[i].id),
                                  .label = options->at[i].label,
                                  .chosen = options->at[i].id == chosen };
    *ret_choice = (struct choice){ .name = options->name, .label = label, .option = o, .n = n };
    return OK;
}

enum err team_choice(struct ctx *c, int64_t chosen, struct choice *ret_choice)
{
    struct form_options teams;

    TRY(team_options(c, "team", &teams));
    return options_choice(c, &teams, _("Team"), _("All teams"), chosen, ret_choice);
}

enum err neighbourhood_choice(struct ctx *c, const char *name, int64_t chosen, struct choice *ret_choice)
{
    struct form_options places;

    TRY(neighbourhood_options(c, name, &places));
    return options_choice(c, &places, _("Neighbourhood"), _("All neighbourhoods"), chosen, ret_choice);
}

int64_t team_within(const struct ctx *c)
{
    bool within = c->actor->role == ROLE_TEAM_LEAD || c->actor->role == ROLE_SOCIAL_WORKER;

    return within ? c->actor->team : INT_NONE;
}

int64_t team_asked(const struct ctx *c, const struct req *r)
{
    const char *text = req_query(r, "team") != NULL ? req_query(r, "team") : req_form(r, "team");
    int64_t team;

    if (team_within(c) != INT_NONE)
        return team_within(c);
    return text != NULL && text_to_int(text, &team) && team > 0 ? team : INT_NONE;
}
