// SPDX-License-Identifier: EUPL-1.2
#include "web/options.h"

#include "register/config.h"

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
