// SPDX-License-Identifier: EUPL-1.2
/* Settings (instellingen): values and norms, closing days, teams, neighbourhoods, what was changed; and the
 * news on rules that everyone sees. */
#ifndef PEIL_WEB_SETTING_H
#define PEIL_WEB_SETTING_H

#include "register/setting.h"
#include "web/panel.h"
#include "web/today.h"

enum err web_settings_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* /settings/{word}: values, closing_day, open_day, team, team_name, neighbourhood. */
enum err web_settings_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_setting_neighbourhood_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_setting_neighbourhood_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_setting_changes_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_rules_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* Terms of the law (law_setting.c); /settings/law/{word}: number, party, euros. */
enum err web_law_settings_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_law_settings_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* A change as it is told to who changed the same. */
struct news_line setting_news_line(struct ctx *c, const struct setting_changed *s);

enum err today_rules(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
