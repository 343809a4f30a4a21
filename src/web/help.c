// SPDX-License-Identifier: EUPL-1.2
#include "web/help.h"

#include "register/config.h"
#include "web/tpl.h"

enum err web_help_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct help_page p = { 0 };
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(frame_fill(c, r, _("Help"), "/help", &p.frame));
    p.contact_days = k->contact_days;
    p.norm_soon = k->norm_days[URGENCY_SOON];
    p.norm_normal = k->norm_days[URGENCY_NORMAL];
    p.norm_later = k->norm_days[URGENCY_LATER];
    out->keep = true;
    return help_html(c, &out->body, &p);
}
