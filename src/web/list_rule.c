// SPDX-License-Identifier: EUPL-1.2
#include "web/list_rule.h"

#include "base/date.h"
#include "base/text.h"
#include "web/tpl.h"

#include <string.h>

static bool is_of_list(const struct setting_changed *s)
{
    static const char *const begin[] = { "list.", "norm.", "call.", "urgent.", "office.", "criteria." };

    for (size_t i = 0; i < COUNT(begin); i++)
        if (strncmp(s->name, begin[i], strlen(begin[i])) == 0)
            return text_is(s->object, "setting");
    return false;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

enum err rule_news_fill(struct ctx *c, int days, size_t max, const struct rule_news **ret_news, size_t *ret_n)
{
    struct setting_changed *log;
    struct rule_news *news;
    size_t n, kept = 0;

    TRY(setting_news(c, days, &log, &n));
    TRY(ctx_alloc(c, max + 1, sizeof *news, (void *)&news));
    for (size_t i = 0; i < n && kept < max; i++)
        if (is_of_list(&log[i]))
            news[kept++] =
                (struct rule_news){ setting_label(c, &log[i]), or_empty(log[i].old_value),
                                    or_empty(log[i].new_value), log[i].who, time_nl_day(log[i].recorded_at) };
    *ret_news = news;
    *ret_n = kept;
    return OK;
}

enum err web_list_rules_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct rules_page p = { 0 };
    const struct config *k;

    TRY(frame_fill(c, r, _("How the order is made"), "/waiting", &p.frame));
    TRY(config_get(c, &k));
    p.city = k->list.city;
    p.near_days = k->list.near_days;
    p.wmo_days = k->list.wmo_days;
    for (int i = 0; i < URGENCIES; i++)
        p.norm[i] = k->norm_days[i];
    p.contact_days = k->contact_days;
    p.soon_days = k->call.soon_days;
    p.urgent_minutes = k->urgent.minutes;
    TRY(rule_news_fill(c, 366, 100, &p.news, &p.n_news));
    return rules_html(c, &out->body, &p);
}
