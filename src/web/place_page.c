// SPDX-License-Identifier: EUPL-1.2
/* One place: what it is, its plan, its consultation hours, and the forms that change it. */
#include "base/text.h"
#include "register/presence.h"
#include "web/options.h"
#include "web/place.h"
#include "web/show.h"
#include "web/tpl.h"

static const char *const weekday_names[7] = { N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                              N_("Friday"), N_("Saturday"), N_("Sunday") };
static const char *const weekday_codes[] = { "1", "2", "3", "4", "5", "6", "7", NULL };

const char *weekday_name(const struct ctx *c, int64_t weekday)
{
    return weekday >= 1 && weekday <= 7 ? _(weekday_names[weekday - 1]) : "";
}

/* ── Lists on the page ────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column hour_columns[] = {
    SHEET_COLUMN_SUB(N_("Day"), TEXT, N_("Time")),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Every so many weeks"), COUNT),
    SHEET_COLUMN(N_("First day"), DAY),
    SHEET_COLUMN(N_("Last day"), DAY),
};

static enum err hours_add(struct ctx *c, int64_t place, struct panel *p)
{
    struct sheet *s;
    const struct config *k;
    struct walk_in_hour *h;
    size_t n;

    TRY(config_get(c, &k));
    TRY(hour_all(c, place, INT_NONE, &h, &n));
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "walk_in_hour",
                         .empty = _("No consultation hours are promised here."),
                         .day = c->today,
                         SHEET_COLUMNS(hour_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, weekday_name(c, h[i].weekday));
        sheet_sub(s, text_made(c, "%s - %s", clock_text(c, h[i].starts), clock_text(c, h[i].ends)));
        TRY(sheet_link(c, s, "/hours/%lld", (long long)h[i].id));
        sheet_text(s, config_team_name(k, h[i].team));
        sheet_count(s, h[i].every_weeks);
        sheet_day(s, h[i].first_day);
        sheet_day(s, h[i].last_day);
    }
    return panel_sheet_add(c, p, _("Consultation hours"), s);
}

static const struct sheet_column break_columns[] = {
    SHEET_COLUMN(N_("Reason"), TEXT),
    SHEET_COLUMN(N_("First day"), DAY),
    SHEET_COLUMN(N_("Last day"), DAY),
};

static enum err breaks_add(struct ctx *c, int64_t place, struct panel *p)
{
    struct sheet *s;
    struct place_break *b;
    size_t n;

    TRY(place_breaks(c, place, &b, &n));
    if (n == 0)
        return OK;
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "place_break", .day = c->today, SHEET_COLUMNS(break_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, b[i].name);
        sheet_day(s, b[i].first_day);
        sheet_day(s, b[i].last_day);
    }
    return panel_sheet_add(c, p, _("Closed for some days"), s);
}

static const struct sheet_column plan_columns[] = {
    SHEET_COLUMN(N_("Decided on"), DAY),
    SHEET_COLUMN(N_("Planned to open"), DAY),
    SHEET_COLUMN(N_("Why"), TEXT),
};

static enum err plans_add(struct ctx *c, int64_t place, struct panel *p)
{
    struct sheet *s;
    struct place_plan *plan;
    size_t n;

    TRY(place_plans(c, place, &plan, &n));
    if (n == 0)
        return OK;
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "place_plan", .day = c->today, SHEET_COLUMNS(plan_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_day(s, plan[i].decided_on);
        sheet_day(s, plan[i].opens_on);
        sheet_text(s, plan[i].opens_on == DAY_NONE && plan[i].why == NULL ? _("Does not open") : plan[i].why);
    }
    return panel_sheet_add(c, p, _("Versions of the plan to open"), s);
}

static const struct sheet_column change_columns[] = {
    SHEET_COLUMN(N_("When"), MOMENT), SHEET_COLUMN(N_("What"), TEXT), SHEET_COLUMN(N_("Old"), TEXT),
    SHEET_COLUMN(N_("New"), TEXT),    SHEET_COLUMN(N_("Who"), TEXT),
};

static enum err changes_add(struct ctx *c, int64_t place, struct panel *p)
{
    struct sheet *s;
    struct setting_changed *log;
    size_t n;

    TRY(setting_changes_of(c, "place", place, &log, &n));
    if (n == 0)
        return OK;
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "place_change", .day = c->today, SHEET_COLUMNS(change_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_moment(s, log[i].recorded_at);
        sheet_text(s, setting_label(c, &log[i]));
        sheet_text(s, log[i].old_value);
        sheet_text(s, log[i].new_value);
        sheet_text(s, log[i].who);
    }
    return panel_sheet_add(c, p, _("What was changed"), s);
}

/* ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct typed {
    int64_t version, neighbourhood, team, partner, id;
    const char *name, *kind, *address, *why;
    int32_t day, first_day, last_day;
};
#define VERSION(type)                                                                                        \
    {                                                                                                        \
        FORM_AT(type, version), .kind = FORM_INT, .hidden = true                                             \
    }
static const struct form_field change_fields[] = {
    VERSION(struct typed),
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Name of the place") },
    { FORM_AT(struct typed, kind), .kind = FORM_CODE, .required = true, .label = N_("Kind of place"),
      .codes = place_kinds, .n_codes = &place_kind_count },
    { FORM_AT(struct typed, neighbourhood), .kind = FORM_PICK, .required = true, .label = N_("Neighbourhood"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, team), .kind = FORM_PICK, .label = N_("Team that is present"),
      .hint = N_("Empty: the team of the neighbourhood."), .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, partner), .kind = FORM_PICK, .label = N_("Partner that it belongs to"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, address), .kind = FORM_TEXT, .max = 200, .label = N_("Address") },
};
static const struct form_field plan_fields[] = {
    VERSION(struct typed),
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .label = N_("Planned to open on"),
      .hint = N_("Empty: the place does not open.") },
    { FORM_AT(struct typed, why), .kind = FORM_TEXT, .label = N_("Why this change?") },
};
static const struct form_field day_fields[] = {
    VERSION(struct typed),
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("Since which day?") },
};
static const struct form_field break_fields[] = {
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .required = true, .label = N_("Why is it closed?"),
      .hint = N_("For example: summer holidays.") },
    { FORM_AT(struct typed, first_day), .kind = FORM_DATE, .required = true, .label = N_("First day") },
    { FORM_AT(struct typed, last_day), .kind = FORM_DATE, .required = true, .label = N_("Last day") },
};
static const struct form_field unbreak_fields[] = {
    { FORM_AT(struct typed, id), .kind = FORM_PICK, .required = true, .label = N_("Which one?") },
};
const struct form_field hour_fields[HOUR_FIELDS] = {
    VERSION(struct hour_typed),
    { FORM_AT(struct hour_typed, weekday), .kind = FORM_CHOICE, .required = true, .choice = weekday_codes,
      .choice_label = weekday_names, .label = N_("Day of the week"), .look = FORM_AS_SELECT },
    { FORM_AT(struct hour_typed, starts), .kind = FORM_CLOCK, .required = true, .label = N_("From") },
    { FORM_AT(struct hour_typed, ends), .kind = FORM_CLOCK, .required = true, .label = N_("To") },
    { FORM_AT(struct hour_typed, every_weeks), .kind = FORM_INT, .required = true,
      .label = N_("Every so many weeks"), .hint = N_("1: every week"), .narrow = true },
    { FORM_AT(struct hour_typed, team), .kind = FORM_PICK, .label = N_("Team"), .look = FORM_AS_SELECT,
      .hint = N_("Empty: the team of the place.") },
    { FORM_AT(struct hour_typed, first_day), .kind = FORM_DATE, .required = true, .label = N_("First day") },
    { FORM_AT(struct hour_typed, last_day), .kind = FORM_DATE, .label = N_("Last day"),
      .hint = N_("Empty: until further notice.") },
};

static enum err break_options(struct ctx *c, int64_t place, struct form_options *ret_options)
{
    struct option_id *option;
    struct place_break *b;
    size_t n, kept = 0;

    TRY(place_breaks(c, place, &b, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        if (b[i].first_day > c->today)
            option[kept++] =
                (struct option_id){ b[i].id, text_made(c, "%s, %s", b[i].name, day_text(c, b[i].first_day)) };
    *ret_options = (struct form_options){ "id", option, kept };
    return OK;
}

/* What can be picked in the forms of this page. */
struct picks {
    struct form_options option[4];
};

static enum err picks_fill(struct ctx *c, int64_t place, struct picks *k)
{
    TRY(neighbourhood_options(c, "neighbourhood", &k->option[0]));
    TRY(team_options(c, "team", &k->option[1]));
    TRY(partner_options(c, "partner", &k->option[2]));
    return break_options(c, place, &k->option[3]);
}

#define PICKS(k) .options = (k)->option, .n_options = COUNT((k)->option)

static const struct {
    const char *code;
    struct form form;
} place_forms[] = {
    { "change", { FORM(change_fields) } }, { "plan", { FORM(plan_fields) } },
    { "open", { FORM(day_fields) } },      { "close", { FORM(day_fields) } },
    { "break", { FORM(break_fields) } },   { "unbreak", { FORM(unbreak_fields) } },
};

static enum err change_form_add(struct ctx *c, const struct req *r, const struct place *k,
                                const struct picks *picks, const struct panel_sent *sent, struct panel *p)
{
    const struct pair value[] = { { "version", typed_number_text(c, k->version) },
                                  { "name", k->name },
                                  { "kind", k->kind },
                                  { "neighbourhood", typed_number_text(c, k->neighbourhood) },
                                  { "team", typed_number_text(c, k->team) },
                                  { "partner",
                                    k->partner == INT_NONE ? "" : typed_number_text(c, k->partner) },
                                  { "address", k->address } };
    struct panel_form_of f = { "change",
                               _("Change this place"),
                               _("Save"),
                               NULL,
                               { FORM(change_fields), PICKS(picks), .value = value,
                                 .n_values = COUNT(value) },
                               false };

    return panel_form_add(c, r, p, text_made(c, "/places/%lld", (long long)k->id), &f, sent);
}

static enum err step_form_add(struct ctx *c, const struct req *r, const struct place *k,
                              const struct panel_form_of *of, const struct panel_sent *sent, struct panel *p)
{
    const struct pair value[] = { { "version", typed_number_text(c, k->version) },
                                  { "day", typed_day_text(c, c->today) } };
    struct panel_form_of f = *of;

    f.form.value = value;
    f.form.n_values = text_is(f.code, "plan") ? 1 : COUNT(value);
    return panel_form_add(c, r, p, text_made(c, "/places/%lld", (long long)k->id), &f, sent);
}

static enum err hour_form_add(struct ctx *c, const struct req *r, const struct place *k,
                              const struct picks *picks, const struct panel_sent *sent, struct panel *p)
{
    const struct pair value[] = { { "version", "0" },
                                  { "every_weeks", "1" },
                                  { "first_day", typed_day_text(c, c->today) } };
    struct panel_form_of f = {
        "hour",
        _("Promise a consultation hour"),
        _("Promise"),
        _("From then on people count on it. Holidays and closing days are left out."),
        { .field = hour_fields, .n = HOUR_FIELDS, PICKS(picks), .value = value, .n_values = COUNT(value) },
        false
    };

    return panel_form_add(c, r, p, text_made(c, "/places/%lld", (long long)k->id), &f, sent);
}

static enum err forms_add(struct ctx *c, const struct req *r, const struct place *k,
                          const struct panel_sent *sent, struct panel *p)
{
    bool open = k->opened_on != DAY_NONE && k->closed_on == DAY_NONE;
    const struct panel_form_of plan = { "plan", _("Plan to open"),     _("Save"),
                                        NULL,   { FORM(plan_fields) }, false },
                               opened = { "open", _("It is open"),      _("Save"),
                                          NULL,   { FORM(day_fields) }, false },
                               closed = { "close",
                                          _("It has closed"),
                                          _("Save"),
                                          _("All consultation hours here end on that day."),
                                          { FORM(day_fields) },
                                          false };
    struct picks picks;
    const char *base = text_made(c, "/places/%lld", (long long)k->id);

    if (!user_may(c, RIGHT_PLACE_EDIT))
        return OK;
    TRY(picks_fill(c, k->id, &picks));
    if (k->closed_on == DAY_NONE)
        TRY(hour_form_add(c, r, k, &picks, sent, p));
    if (k->opened_on == DAY_NONE)
        TRY(step_form_add(c, r, k, &plan, sent, p));
    TRY(step_form_add(c, r, k, open ? &closed : &opened, sent, p));
    struct panel_form_of pause = { "break", _("Closed for some days"), _("Save"),
                                   NULL,    { FORM(break_fields) },    false };
    TRY(panel_form_add(c, r, p, base, &pause, sent));
    if (picks.option[3].n > 0) {
        struct panel_form_of undo = { "unbreak",
                                      _("Not closed after all"),
                                      _("Take away"),
                                      NULL,
                                      { FORM(unbreak_fields), PICKS(&picks) },
                                      false };
        TRY(panel_form_add(c, r, p, base, &undo, sent));
    }
    return change_form_add(c, r, k, &picks, sent, p);
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *detail(const struct ctx *c, const struct happening *h)
{
    struct ctx copy = *c;

    return h->until == TIME_NONE ? NULL : long_day_text(&copy, time_nl_day(h->until));
}

static enum err facts_add(struct ctx *c, const struct place *k, struct panel *p)
{
    const struct config *config;

    TRY(config_get(c, &config));
    p->facts_title = _("About this place");
    panel_fact_add(p, _("Kind"), place_kind_name(c, k->kind));
    panel_fact_add(p, _("Address"), k->address);
    panel_fact_add(p, _("Neighbourhood"), config_neighbourhood_name(config, k->neighbourhood));
    panel_fact_add(p, _("Team"), config_team_name(config, k->team));
    TRY(panel_fact_link(c, p, _("Partner"), k->partner_name, "/partners/%lld", (long long)k->partner));
    panel_fact_add(p, _("Open since"), k->opened_on == DAY_NONE ? NULL : long_day_text(c, k->opened_on));
    panel_fact_add(p, _("Closed since"), k->closed_on == DAY_NONE ? NULL : long_day_text(c, k->closed_on));
    return OK;
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    static const struct panel_words words = { place_step_name, detail };
    struct panel p = { .back = "/places", .back_label = _("Places") };
    const struct happening *h;
    struct place k;
    size_t n;

    TRY(place_get(c, r->ids.id[0], &k));
    TRY(frame_fill(c, r, k.name, "/presence", &p.frame));
    p.look = k.closed_on != DAY_NONE ? "inactive" : k.opened_on != DAY_NONE ? "success" : "warning";
    p.badge = k.closed_on != DAY_NONE ? _("Closed") : k.opened_on != DAY_NONE ? _("Open") : _("Not open yet");
    TRY(panel_link_add(c, &p, _("Sessions here"), "/presence?place=%lld", (long long)k.id));
    TRY(panel_link_add(c, &p, _("Calendar file"), "/presence.ics?place=%lld", (long long)k.id));
    TRY(facts_add(c, &k, &p));
    TRY(hours_add(c, k.id, &p));
    TRY(breaks_add(c, k.id, &p));
    TRY(plans_add(c, k.id, &p));
    TRY(changes_add(c, k.id, &p));
    TRY(place_history(c, k.id, &h, &n));
    TRY(panel_steps_fill(c, h, n, &words, &p));
    TRY(forms_add(c, r, &k, sent, &p));
    TRY(panel_news_fill(c, r, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_place_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err hour_take(struct ctx *c, const struct req *r, const struct picks *picks,
                          struct form_errors *wrong)
{
    struct hour_typed t = { 0 };
    struct form form = { .field = hour_fields, .n = HOUR_FIELDS, PICKS(picks) };
    int64_t id;

    TRY(form_take(c, r, &form, &t, wrong));
    struct walk_in_hour h = { .id = INT_NONE,
                              .place = r->ids.id[0],
                              .team = t.team,
                              .weekday = t.weekday + 1,
                              .starts = t.starts,
                              .ends = t.ends,
                              .every_weeks = t.every_weeks,
                              .first_day = t.first_day,
                              .last_day = t.last_day };
    return hour_save(c, &h, &id);
}

static enum err typed_save(struct ctx *c, int64_t id, const char *code, const struct typed *t)
{
    struct place_move m = { id, t->version, PLACE_PLANNED, t->day, t->why };
    struct place_form f = {
        id,      t->version, t->kind, t->name, text_empty(t->address) ? NULL : t->address, t->neighbourhood,
        t->team, t->partner, DAY_NONE
    };
    int64_t same;

    if (text_is(code, "change"))
        return place_save(c, &f, &same);
    if (text_is(code, "break"))
        return place_break_add(c, &(struct place_break){ 0, id, t->first_day, t->last_day, t->name });
    if (text_is(code, "unbreak"))
        return place_break_remove(c, id, t->id);
    m.step = text_is(code, "plan") ? PLACE_PLANNED : text_is(code, "open") ? PLACE_OPENED : PLACE_CLOSED;
    return place_move(c, &m);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct picks picks;
    struct typed t = { .day = DAY_NONE };
    struct place k;

    TRY(place_get(c, r->ids.id[0], &k));
    TRY(picks_fill(c, k.id, &picks));
    if (text_is(r->ids.word, "hour"))
        return hour_take(c, r, &picks, wrong);
    for (size_t i = 0; i < COUNT(place_forms); i++) {
        struct form form = place_forms[i].form;
        if (!text_is(place_forms[i].code, r->ids.word))
            continue;
        form.options = picks.option;
        form.n_options = COUNT(picks.option);
        TRY(form_take(c, r, &form, &t, wrong));
        return typed_save(c, k.id, r->ids.word, &t);
    }
    return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
}

enum err web_place_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    enum err e = save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, "/places/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}
