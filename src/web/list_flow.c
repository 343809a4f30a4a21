// SPDX-License-Identifier: EUPL-1.2
#include "web/list_flow.h"

#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

enum { USUAL_DAYS = 31 };

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Day"), DAY),
    SHEET_COLUMN(N_("Joined"), COUNT),
    SHEET_COLUMN(N_("Left"), COUNT),
    SHEET_COLUMN(N_("First talk"), COUNT),
    SHEET_COLUMN(N_("Solved"), COUNT),
    SHEET_COLUMN(N_("Helped elsewhere"), COUNT),
    SHEET_COLUMN(N_("Does not want it any more"), COUNT),
    SHEET_COLUMN(N_("Not reached"), COUNT),
    SHEET_COLUMN(N_("Moved or died"), COUNT),
    SHEET_COLUMN(N_("Double"), COUNT),
    SHEET_COLUMN(N_("Another reason"), COUNT),
    SHEET_COLUMN(N_("Wait at the end"), COUNT),
};

/* A day of the address; `usual` when it is absent, DAY_NONE when it is no day. */
static int32_t day_read(struct ctx *c, const struct req *r, const char *name, int32_t usual)
{
    const char *text = req_query(r, name);
    int32_t day;

    if (text_empty(text))
        return usual;
    if (date_parse(c, name, text, &day) != OK) {
        err_clear(c);
        return DAY_NONE;
    }
    return day;
}

static struct flow_filter filter_read(struct ctx *c, const struct req *r)
{
    struct flow_filter f = { .team = INT_NONE,
                             .to = day_read(c, r, "to", c->today),
                             .weeks = text_is(req_query(r, "by"), "week") };

    f.from = day_read(c, r, "from", f.to == DAY_NONE ? c->today : f.to - (f.weeks ? 7 * 13 : USUAL_DAYS - 1));
    if (!text_to_int(req_query(r, "team"), &f.team) || f.team <= 0)
        f.team = INT_NONE;
    return f;
}

static enum err choices_fill(struct ctx *c, const struct flow_filter *f, struct flow_page *p)
{
    struct option *by;

    TRY(ctx_alloc(c, 2, sizeof *by, (void *)&by));
    by[0] = (struct option){ .value = "day", .label = _("Per day"), .chosen = !f->weeks };
    by[1] = (struct option){ .value = "week", .label = _("Per week"), .chosen = f->weeks };
    p->by = (struct choice){ .name = "by", .label = _("Count"), .option = by, .n = 2, .required = true };
    if (c->scope->all == 0)
        return OK;
    TRY(team_choice(c, f->team, &p->team));
    p->team.required = true;
    return OK;
}

static struct field day_field(struct ctx *c, const struct req *r, const char *name, const char *label,
                              int32_t day, const struct form_errors *wrong)
{
    const char *typed = req_query(r, name);

    return (struct field){ .name = name,
                           .label = label,
                           .value = !text_empty(typed) ? typed : typed_day_text(c, day),
                           .inputmode = "numeric",
                           .error = form_error(wrong, name),
                           .required = true,
                           .narrow = true };
}

static enum err rows_fill(struct ctx *c, const struct list_flow *flow, struct sheet *s, struct flow_page *p)
{
    p->before = p->size = flow->before;
    for (size_t i = 0; i < flow->n; i++) {
        const struct flow_row *w = &flow->row[i];
        TRY(sheet_row(c, s, INT_NONE));
        sheet_day(s, w->day);
        sheet_count(s, w->joined);
        sheet_count(s, w->left_all);
        for (size_t k = 0; k < FLOW_REASONS; k++)
            sheet_count(s, w->left[k]);
        sheet_count(s, w->size);
        p->joined += w->joined;
        p->left += w->left_all;
        p->size = w->size;
    }
    return OK;
}

enum err web_flow_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct flow_filter f = filter_read(c, r);
    struct flow_page p = { 0 };
    struct list_flow flow = { 0 };
    struct sheet s = { .object = "list_flow",
                       .title = _("In and out of the waiting list"),
                       .day = c->today,
                       .empty = _("Choose other days."),
                       SHEET_COLUMNS(columns) };
    enum err e = list_flow_get(c, &f, &flow);

    if (e != OK)
        TRY(wrong_take(c, e, out, &p.wrong));
    TRY(rows_fill(c, &flow, &s, &p));
    if (f.team != INT_NONE) {
        const struct config *k;
        TRY(config_get(c, &k));
        s.filter = config_team_name(k, f.team);
    }
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/waiting", &p.frame));
    TRY(choices_fill(c, &f, &p));
    p.from = day_field(c, r, "from", _("From"), f.from, &p.wrong);
    p.to = day_field(c, r, "to", _("Up to and with"), f.to, &p.wrong);
    p.last = f.to;
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return flow_html(c, &out->body, &p);
}
