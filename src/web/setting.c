// SPDX-License-Identifier: EUPL-1.2
#include "web/setting.h"

#include "base/text.h"
#include "register/right.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"

#include <assert.h>
#include <string.h>

#define MENU "/settings"
#define SETTINGS_MAX 40

struct typed {
    int64_t team_id, team, inhabitants, closing;
    const char *name, *why, *new_name, *seen;
    int32_t day;
};
static const struct form_field day_fields[] = {
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("Day") },
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .required = true, .max = 100,
      .label = N_("Why is it closed?") },
};
static const struct form_field open_fields[] = {
    { FORM_AT(struct typed, closing), .kind = FORM_PICK, .required = true, .label = N_("Which day?"),
      .look = FORM_AS_SELECT },
};
static const struct form_field team_fields[] = {
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .required = true, .max = 80,
      .label = N_("Name of the team") },
};
static const struct form_field rename_fields[] = {
    { FORM_AT(struct typed, team_id), .kind = FORM_PICK, .required = true, .label = N_("Team"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .required = true, .max = 80, .label = N_("New name") },
};
static const struct form_field hood_fields[] = {
    { FORM_AT(struct typed, seen), .kind = FORM_TEXT, .hidden = true },
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .required = true, .max = 80,
      .label = N_("Name of the neighbourhood") },
    { FORM_AT(struct typed, team), .kind = FORM_PICK, .label = N_("Team"), .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, inhabitants), .kind = FORM_INT, .max = 10000000, .label = N_("Inhabitants"),
      .narrow = true },
};

/* ── The values: one form from the list of settings ───────────────────────────────────────────────────────
 */

struct values_typed {
    const char *value[SETTINGS_MAX], *seen[SETTINGS_MAX];
};

static const char *hint_of(const struct setting *s)
{
    if (s->hint != NULL)
        return s->hint;
    return s->kind == SETTING_WORKING_DAYS ? N_("working days") : s->kind == SETTING_DAYS ? N_("days") : NULL;
}

/* The field of one setting. Numbers are texts here: the register says what is wrong with them. */
static struct form_field field_of(const struct setting *s, size_t i)
{
    bool number = s->kind == SETTING_WORKING_DAYS || s->kind == SETTING_DAYS || s->kind == SETTING_NUMBER;
    struct form_field f = { .name = s->name,
                            .offset = offsetof(struct values_typed, value) + i * sizeof(char *),
                            .kind = s->kind == SETTING_CODE    ? FORM_CODE
                                    : s->kind == SETTING_LINES ? FORM_LINES
                                                               : FORM_TEXT,
                            .required = s->kind != SETTING_LINES,
                            .max = number                     ? 6
                                   : s->kind == SETTING_LINES ? 20000
                                                              : 120,
                            .label = s->label,
                            .hint = hint_of(s),
                            .inputmode = number ? "numeric" : NULL,
                            .narrow = number };

    if (s->kind == SETTING_CODE) {
        f.codes = s->codes;
        f.n_codes = &s->n_codes;
    }
    return f;
}

static enum err value_fields(struct ctx *c, struct form_field **ret_field, size_t *ret_n)
{
    struct form_field *f;

    assert(setting_count <= SETTINGS_MAX);
    TRY(ctx_alloc(c, setting_count * 2, sizeof *f, (void *)&f));
    for (size_t i = 0; i < setting_count; i++) {
        f[i] = field_of(&settings[i], i);
        f[setting_count + i] =
            (struct form_field){ .name = text_made(c, "seen.%s", settings[i].name),
                                 .offset = offsetof(struct values_typed, seen) + i * sizeof(char *),
                                 .kind = FORM_LINES,
                                 .hidden = true };
    }
    *ret_field = f;
    *ret_n = setting_count * 2;
    return OK;
}

/* The last change of this setting. */
static enum err value_news_line(struct ctx *c, const struct setting *s, struct news_line *ret_line)
{
    struct setting_changed *log;
    size_t n;

    TRY(setting_changes_of(c, "setting", 0, &log, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(log[i].name, s->name)) {
            *ret_line = setting_news_line(c, &log[i]);
            return OK;
        }
    *ret_line = (struct news_line){ .title = _(s->label), .occurred_at = c->now };
    return OK;
}

/* What somebody else changed of what this user changed too; the form is then about what holds. What the user
 * left as it was stays out of it, and is not undone. */
static enum err values_news_fill(struct ctx *c, const struct req *r, const struct setting_value *v, size_t n,
                                 struct panel *p)
{
    struct news_line *line;

    TRY(ctx_alloc(c, n + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < n; i++) {
        const char *name = v[i].setting->name, *hidden = text_made(c, "seen.%s", name);
        const char *typed = req_form(r, name), *seen = req_form(r, hidden);
        if (seen == NULL || text_is(typed, seen) || text_is(v[i].value, seen) || text_is(v[i].value, typed))
            continue;
        TRY(value_news_line(c, v[i].setting, &line[p->news.n++]));
        TRY(form_view_seen(c, hidden, v[i].value, &p->form[p->forms - 1].form));
    }
    p->news.line = line;
    return OK;
}

static enum err values_form_add(struct ctx *c, const struct req *r, const struct panel_sent *sent,
                                struct panel *p)
{
    struct setting_value *v;
    struct form_field *field;
    struct pair *value;
    size_t n, fields;

    TRY(setting_all(c, &v, &n));
    TRY(value_fields(c, &field, &fields));
    TRY(ctx_alloc(c, n * 2, sizeof *value, (void *)&value));
    for (size_t i = 0; i < n; i++) {
        value[i] = (struct pair){ v[i].setting->name, v[i].value };
        value[n + i] = (struct pair){ field[n + i].name, v[i].value };
    }
    struct panel_form_of f = {
        "values",
        _("Names and norms"),
        _("Save"),
        _("A changed norm is told to everyone. It holds for all requests, also those that wait."),
        { .field = field, .n = fields, .value = value, .n_values = n * 2 },
        true
    };
    TRY(panel_form_add(c, r, p, MENU, &f, sent));
    return values_news_fill(c, r, v, n, p);
}

static enum err values_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct values_typed t = { 0 };
    struct form_field *field;
    size_t n;

    TRY(value_fields(c, &field, &n));
    TRY(form_read(c, r, field, n, &t, wrong));
    return setting_change(c, t.value, t.seen);
}

/* ── Lists on the page ────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column hood_columns[] = {
    SHEET_COLUMN(N_("Neighbourhood"), TEXT),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Inhabitants"), COUNT),
};
static const struct sheet_column day_columns[] = {
    SHEET_COLUMN(N_("Day"), DAY),
    SHEET_COLUMN(N_("Reason"), TEXT),
};

static enum err hoods_add(struct ctx *c, const struct config *k, struct panel *p)
{
    struct sheet *s;

    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "neighbourhood",
                         .empty = _("There are no neighbourhoods yet."),
                         .day = c->today,
                         SHEET_COLUMNS(hood_columns) };
    for (size_t i = 0; i < k->neighbourhoods; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, k->neighbourhood[i].name);
        TRY(sheet_link(c, s, "/settings/neighbourhoods/%lld", (long long)k->neighbourhood[i].id));
        sheet_text(s, config_team_name(k, k->neighbourhood[i].team));
        sheet_count(s, k->neighbourhood[i].inhabitants);
    }
    return panel_sheet_add(c, p, _("Neighbourhoods"), s);
}

static enum err days_add(struct ctx *c, const struct config *k, struct panel *p)
{
    struct sheet *s;

    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "closing_day",
                         .empty = _("No closing days to come, beside the national holidays."),
                         .day = c->today,
                         SHEET_COLUMNS(day_columns) };
    for (size_t i = 0; i < k->closing_days; i++) {
        if (k->closing_day[i].day < c->today)
            continue;
        TRY(sheet_row(c, s, INT_NONE));
        sheet_day(s, k->closing_day[i].day);
        sheet_text(s, k->closing_day[i].name);
    }
    return panel_sheet_add(c, p, _("Closing days"), s);
}

static enum err closing_options(struct ctx *c, struct form_options *ret_options)
{
    struct option_id *option;
    const struct config *k;
    size_t n = 0;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, k->closing_days + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < k->closing_days; i++)
        if (k->closing_day[i].day >= c->today && k->closing_day[i].day > 0)
            option[n++] = (struct option_id){ k->closing_day[i].day,
                                              text_made(c, "%s, %s", day_text(c, k->closing_day[i].day),
                                                        k->closing_day[i].name) };
    *ret_options = (struct form_options){ "closing", option, n };
    return OK;
}

static enum err forms_add(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct panel *p)
{
    struct form_options options[3];

    TRY(closing_options(c, &options[0]));
    TRY(team_options(c, "team_id", &options[1]));
    TRY(team_options(c, "team", &options[2]));
    struct panel_form_of day = { "closing_day", _("New closing day"), _("Save"),
                                 NULL,          { FORM(day_fields) }, false };
    struct panel_form_of open = { "open_day",
                                  _("Not closed after all"),
                                  _("Take away"),
                                  NULL,
                                  { FORM(open_fields), .options = options, .n_options = 3 },
                                  false };
    struct panel_form_of team = { "team", _("New team"), _("Save"), NULL, { FORM(team_fields) }, false };
    struct panel_form_of name = { "team_name",
                                  _("Another name for a team"),
                                  _("Save"),
                                  NULL,
                                  { FORM(rename_fields), .options = options, .n_options = 3 },
                                  false };
    struct panel_form_of hood = { "neighbourhood",
                                  _("New neighbourhood"),
                                  _("Save"),
                                  NULL,
                                  { FORM(hood_fields), .options = options, .n_options = 3 },
                                  false };

    TRY(values_form_add(c, r, sent, p));
    TRY(panel_form_add(c, r, p, MENU, &day, sent));
    if (options[0].n > 0)
        TRY(panel_form_add(c, r, p, MENU, &open, sent));
    TRY(panel_form_add(c, r, p, MENU, &team, sent));
    TRY(panel_form_add(c, r, p, MENU, &name, sent));
    return panel_form_add(c, r, p, MENU, &hood, sent);
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    struct panel p = { 0 };
    const struct config *k;

    TRY(may(c, RIGHT_SETTINGS));
    TRY(config_get(c, &k));
    TRY(frame_fill(c, r, _("Settings"), MENU, &p.frame));
    p.lead = _("Every change is kept with its old value and who made it.");
    TRY(panel_link_add(c, &p, _("What was changed"), "/settings/changes"));
    TRY(panel_link_add(c, &p, _("Terms of the law"), "/settings/law"));
    if (user_may(c, RIGHT_PLACE))
        TRY(panel_link_add(c, &p, _("Places"), "/places"));
    TRY(hoods_add(c, k, &p));
    TRY(days_add(c, k, &p));
    TRY(forms_add(c, r, sent, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_settings_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err team_save(struct ctx *c, const struct typed *t)
{
    const struct config *k;

    TRY(config_get(c, &k));
    return team_change(c, t->team_id, config_team_name(k, t->team_id), t->name);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form_options options[3];
    struct typed t = { .day = DAY_NONE };
    const char *code = r->ids.word;
    struct form form = { .options = options, .n_options = COUNT(options) };

    TRY(may(c, RIGHT_SETTINGS));
    TRY(closing_options(c, &options[0]));
    TRY(team_options(c, "team_id", &options[1]));
    TRY(team_options(c, "team", &options[2]));
    if (text_is(code, "values"))
        return values_save(c, r, wrong);
    form.field = text_is(code, "closing_day") ? day_fields
                 : text_is(code, "open_day")  ? open_fields
                 : text_is(code, "team")      ? team_fields
                 : text_is(code, "team_name") ? rename_fields
                                              : hood_fields;
    form.n = text_is(code, "closing_day") ? COUNT(day_fields)
             : text_is(code, "open_day")  ? COUNT(open_fields)
             : text_is(code, "team")      ? COUNT(team_fields)
             : text_is(code, "team_name") ? COUNT(rename_fields)
                                          : COUNT(hood_fields);
    if (form.field == hood_fields && !text_is(code, "neighbourhood"))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(form_take(c, r, &form, &t, wrong));
    if (text_is(code, "closing_day"))
        return closing_day_add(c, t.day, t.name);
    if (text_is(code, "open_day"))
        return closing_day_remove(c, (int32_t)t.closing);
    if (text_is(code, "team"))
        return team_add(c, t.name);
    if (text_is(code, "team_name"))
        return team_save(c, &t);
    return neighbourhood_change(
        c, &(struct neighbourhood_form){ INT_NONE, NULL, t.name, t.team, t.inhabitants });
}

enum err web_settings_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    enum err e = save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, MENU "?done=saved");
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}
