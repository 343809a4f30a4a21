// SPDX-License-Identifier: EUPL-1.2
#include "web/place.h"

#include "base/text.h"
#include "register/partner.h"
#include "register/place.h"
#include "web/options.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#define MENU "/presence"

void place_tabs_fill(const struct ctx *c, const char *current, struct panel_list *p)
{
    static const struct {
        const char *label, *path;
    } tab[] = { { N_("Consultation hours"), "/presence" },
                { N_("By neighbourhood"), "/presence/neighbourhoods" },
                { N_("By place"), "/presence/sums" },
                { N_("Places"), "/places" },
                { N_("Planned and open"), "/places/months" } };

    for (size_t i = 0; i < COUNT(tab); i++)
        p->tab[i] = (struct tab){ _(tab[i].label), tab[i].path, INT_NONE, text_is(tab[i].path, current) };
    p->tabs = COUNT(tab);
}

enum err place_options(struct ctx *c, const char *name, struct form_options *ret_options)
{
    struct option_id *option;
    struct place *place;
    size_t n, kept = 0;

    TRY(place_all(c, &place, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        if (place[i].closed_on == DAY_NONE)
            option[kept++] = (struct option_id){ place[i].id, place[i].name };
    *ret_options = (struct form_options){ name, option, kept };
    return OK;
}

enum err partner_options(struct ctx *c, const char *name, struct form_options *ret_options)
{
    struct option_id *option;
    struct partner *partner;
    size_t n, kept = 0;

    TRY(partner_all(c, &partner, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        if (partner[i].ended_on == DAY_NONE)
            option[kept++] = (struct option_id){ partner[i].id, partner[i].name };
    *ret_options = (struct form_options){ name, option, kept };
    return OK;
}

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Place"), TEXT, N_("Kind")),
    SHEET_COLUMN_SUB(N_("Neighbourhood"), TEXT, N_("Address")),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Partner"), TEXT),
    SHEET_COLUMN(N_("State"), BADGE),
    SHEET_COLUMN(N_("Planned to open"), DAY),
    SHEET_COLUMN(N_("Open since"), DAY),
};

static const char *state_text(const struct ctx *c, const struct place *p, const char **ret_look)
{
    if (p->closed_on != DAY_NONE) {
        *ret_look = "inactive";
        return _("Closed");
    }
    if (p->opened_on != DAY_NONE) {
        *ret_look = "success";
        return _("Open");
    }
    *ret_look = "warning";
    return _("Not open yet");
}

static enum err row_add(struct ctx *c, const struct config *k, const struct place *p, struct sheet *s)
{
    struct place_plan *plan;
    const char *look;
    size_t n;

    TRY(place_plans(c, p->id, &plan, &n));
    TRY(sheet_row(c, s, p->id));
    sheet_text(s, p->name);
    sheet_sub(s, place_kind_name(c, p->kind));
    TRY(sheet_link(c, s, "/places/%lld", (long long)p->id));
    sheet_text(s, config_neighbourhood_name(k, p->neighbourhood));
    sheet_sub(s, p->address);
    sheet_text(s, config_team_name(k, p->team));
    sheet_text(s, p->partner_name);
    const char *state = state_text(c, p, &look);
    sheet_badge(s, state, look);
    sheet_day(s, n > 0 ? plan[n - 1].opens_on : DAY_NONE);
    sheet_day(s, p->opened_on);
    return OK;
}

enum err web_places_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "place",
                       .title = _("Places"),
                       .day = c->today,
                       .empty = _("There are no places yet."),
                       SHEET_COLUMNS(columns) };
    const struct config *k;
    struct place *place;
    size_t n;

    TRY(config_get(c, &k));
    TRY(place_all(c, &place, &n));
    for (size_t i = 0; i < n; i++)
        TRY(row_add(c, k, &place[i], &s));
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    place_tabs_fill(c, "/places", &p);
    if (user_may(c, RIGHT_PLACE_EDIT)) {
        p.new_url = "/places/new";
        p.new_label = _("New place");
    }
    return panel_list_show(c, r, &s, &p, out);
}

static const struct sheet_column month_columns[] = {
    SHEET_COLUMN(N_("At the end of"), DAY),        SHEET_COLUMN(N_("Planned at first"), COUNT),
    SHEET_COLUMN(N_("Planned by then"), COUNT),    SHEET_COLUMN(N_("Open"), COUNT),
    SHEET_COLUMN(N_("Fewer than planned"), COUNT),
};

enum err web_place_months_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = {
        .object = "place_month", .title = _("Planned and open"), .day = c->today, SHEET_COLUMNS(month_columns)
    };
    struct panel_filter f = { query_day(c, r, "from", date_add_months(c->today, -12)),
                              query_day(c, r, "to", date_add_months(c->today, 6)), INT_NONE, false };
    struct place_month *m;
    size_t n;

    if (f.to < f.from || f.to - f.from > 3660)
        f.to = f.from + 365;
    TRY(place_months(c, f.from, f.to, &m, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, &s, INT_NONE));
        sheet_day(&s, m[i].last_day);
        sheet_count(&s, m[i].planned_first);
        sheet_count(&s, m[i].planned);
        sheet_count(&s, m[i].open);
        sheet_count(&s,
                    m[i].open == INT_NONE || m[i].open >= m[i].planned ? INT_NONE : m[i].planned - m[i].open);
    }
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    p.lead = _("How many places were to be open at the end of each month by the plan, and how many were.");
    place_tabs_fill(c, "/places/months", &p);
    TRY(panel_filter_fill(c, &f, "/places/months", &p));
    return panel_list_show(c, r, &s, &p, out);
}

/* ── A new one ────────────────────────────────────────────────────────────────────────────────────────────
 */

struct place_typed {
    int64_t neighbourhood, team, partner;
    const char *name, *kind, *address;
    int32_t opens_on;
};
static const struct form_field new_fields[] = {
    { FORM_AT(struct place_typed, name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Name of the place") },
    { FORM_AT(struct place_typed, kind), .kind = FORM_CODE, .required = true, .label = N_("Kind of place"),
      .codes = place_kinds, .n_codes = &place_kind_count },
    { FORM_AT(struct place_typed, neighbourhood), .kind = FORM_PICK, .required = true,
      .label = N_("Neighbourhood"), .look = FORM_AS_SELECT },
    { FORM_AT(struct place_typed, team), .kind = FORM_PICK, .label = N_("Team that is present"),
      .hint = N_("Empty: the team of the neighbourhood."), .look = FORM_AS_SELECT },
    { FORM_AT(struct place_typed, partner), .kind = FORM_PICK, .label = N_("Partner that it belongs to"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct place_typed, address), .kind = FORM_TEXT, .max = 200, .label = N_("Address") },
    { FORM_AT(struct place_typed, opens_on), .kind = FORM_DATE, .label = N_("Planned to open on") },
};

static enum err options_fill(struct ctx *c, struct form_options options[3])
{
    TRY(neighbourhood_options(c, "neighbourhood", &options[0]));
    TRY(team_options(c, "team", &options[1]));
    return partner_options(c, "partner", &options[2]);
}

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct record_new_page p = { .action = "/places", .back = "/places", .button = _("Save") };
    struct form_options options[3];
    struct form form = { FORM(new_fields), .options = options, .n_options = COUNT(options) };

    TRY(options_fill(c, options));
    TRY(frame_fill(c, r, _("New place"), MENU, &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_place_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_PLACE_EDIT));
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_id)
{
    struct place_typed t = { 0 };
    struct form_options options[3];
    struct form form = { FORM(new_fields), .options = options, .n_options = COUNT(options) };

    TRY(options_fill(c, options));
    TRY(form_take(c, r, &form, &t, wrong));
    struct place_form f = {
        INT_NONE,        -1,     t.kind,    t.name,    text_empty(t.address) ? NULL : t.address,
        t.neighbourhood, t.team, t.partner, t.opens_on
    };
    return place_save(c, &f, ret_id);
}

enum err web_place_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t id;
    enum err e = new_save(c, r, &wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/places/%lld?done=saved", (long long)id);
    TRY(wrong_take(c, e, out, &wrong));
    return new_show(c, r, &wrong, out);
}
