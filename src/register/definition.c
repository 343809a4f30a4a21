// SPDX-License-Identifier: EUPL-1.2
#include "register/definition.h"

#include "register/clock.h"
#include "register/config.h"
#include "register/setting.h"

#include <string.h>

enum err definition_amounts(struct ctx *c, struct condition_setting to[DEFINITION_AMOUNTS])
{
    const struct config *k;
    int64_t referrer;

    TRY(config_get(c, &k));
    TRY(setting_number(c, "norm.referrer", &referrer));
    const struct condition_setting list[DEFINITION_AMOUNTS] = {
        { "phone", { k->phone_seconds, UNIT_SECONDS } },
        { "phone_share", { k->phone_share, UNIT_NONE } },
        { "lost_share", { k->lost_share, UNIT_NONE } },
        { "direct_share", { k->direct_share, UNIT_NONE } },
        { "window_share", { k->window_share, UNIT_NONE } },
        { "norm_days", { clock_norm_day(k, URGENCY_NORMAL, c->today) - c->today, UNIT_NONE } },
        { "contact", { k->contact_days, UNIT_DAYS } },
        { "arrival", { k->arrival_days, UNIT_DAYS } },
        { "referrer", { referrer, UNIT_WORKING_DAYS } },
    };
    memcpy(to, list, sizeof list);
    return OK;
}

enum err definition_own(struct ctx *c, const char *text, struct definition **ret_row, size_t *ret_n)
{
    struct condition_setting amount[DEFINITION_AMOUNTS];
    const struct catalogue_settings s = { amount, DEFINITION_AMOUNTS };
    struct catalogue_fault fault;
    char *copy;

    if (text == NULL)
        TRY(setting_text(c, "indicators", &text));
    copy = arena_copy(c->arena, text, strlen(text));
    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    TRY(definition_amounts(c, amount));
    TRY(ctx_alloc(c, DEFINITIONS_MAX, sizeof **ret_row, (void *)ret_row));
    if (catalogue_file_read(copy, &s, *ret_row, DEFINITIONS_MAX, ret_n, &fault))
        return OK;
    if (fault.column[0] == '\0')
        return FAIL_FIELD("indicators", _("Indicators, line %d: more than the first line names (\"%s\")."),
                          fault.line, fault.text);
    if (fault.text[0] == '\0')
        return FAIL_FIELD("indicators", _("Indicators, line %d: the column \"%s\" is needed."), fault.line,
                          fault.column);
    return FAIL_FIELD("indicators", _("Indicators, line %d: the column \"%s\" cannot be \"%s\"."), fault.line,
                      fault.column, fault.text);
}
