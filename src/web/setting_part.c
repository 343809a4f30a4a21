// SPDX-License-Identifier: EUPL-1.2
/* One neighbourhood; what was changed in the settings; the news on rules for everyone. */
#include "base/text.h"
#include "register/right.h"
#include "web/options.h"
#include "web/setting.h"
#include "web/show.h"
#include "web/tpl.h"

#define NEWS_DAYS 14

/* ── One neighbourhood ────────────────────────────────────────────────────────────────────────────────────
 */

struct hood_typed {
    const char *seen, *name;
    int64_t team, inhabitants;
};
static const struct form_field hood_fields[] = {
    { FORM_AT(struct hood_typed, seen), .kind = FORM_TEXT, .max = 300, .hidden = true },
    { FORM_AT(struct hood_typed, name), .kind = FORM_TEXT, .required = true, .max = 80,
      .label = N_("Name of the neighbourhood") },
    { FORM_AT(struct hood_typed, team), .kind = FORM_PICK, .label = N_("Team"), .look = FORM_AS_SELECT },
    { FORM_AT(struct hood_typed, inhabitants), .kind = FORM_INT, .max = 10000000, .label = N_("Inhabitants"),
      .narrow = true },
};

static enum err hood_find(struct ctx *c, int64_t id, const struct neighbourhood **ret_hood)
{
    const struct config *k;

    TRY(may(c, RIGHT_SETTINGS));
    TRY(config_get(c, &k));
    for (size_t i = 0; i < k->neighbourhoods; i++)
        if (k->neighbourhood[i].id == id) {
            *ret_hood = &k->neighbourhood[i];
            return OK;
        }
    return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
}

static const struct sheet_column change_columns[] = {
    SHEET_COLUMN(N_("When"), MOMENT),
    SHEET_COLUMN_SUB(N_("What"), TEXT, N_("Of what")),
    SHEET_COLUMN(N_("Old"), TEXT),
    SHEET_COLUMN(N_("New"), TEXT),
    SHEET_COLUMN(N_("Told to everyone"), CHECK),
    SHEET_COLUMN(N_("Who"), TEXT),
};

static enum err changes_fill(struct ctx *c, const struct setting_changed *log, size_t n, struct sheet *s)
{
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_moment(s, log[i].recorded_at);
        sheet_text(s, setting_label(c, &log[i]));
        sheet_sub(s, log[i].subject);
        sheet_text(s, log[i].old_value);
        sheet_text(s, log[i].new_value);
        sheet_check(s, log[i].announced);
        sheet_text(s, log[i].who);
    }
    return OK;
}

struct news_line setting_news_line(struct ctx *c, const struct setting_changed *s)
{
    return (struct news_line){ setting_label(c, s),
                               filled_text(c, "{1} \xe2\x86\x92 {2}",
                                           s->old_value != NULL ? s->old_value : "-",
                                           s->new_value != NULL ? s->new_value : "-"),
                               s->who, s->recorded_at };
}

/* After a form was sent about another state than this one: the last change, whole; log: the newest first. The
 * form is then about this state. */
static enum err hood_news_fill(struct ctx *c, const struct req *r, const struct neighbourhood *h,
                               const struct setting_changed *log, size_t n, struct panel *p)
{
    const char *seen = req_form(r, "seen"), *now = neighbourhood_seen(c, h);
    struct news_line *line;

    if (seen == NULL || text_is(seen, now))
        return OK;
    TRY(ctx_alloc(c, n + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < n && log[i].recorded_at == log[0].recorded_at; i++)
        line[p->news.n++] = setting_news_line(c, &log[i]);
    p->news.line = line;
    return form_view_seen(c, "seen", now, &p->form[0].form);
}

static enum err hood_show(struct ctx *c, const struct req *r, const struct panel_sent *sent,
                          struct reply *out)
{
    struct panel p = { .back = "/settings", .back_label = _("Settings") };
    struct sheet s = { .object = "neighbourhood",
                       .empty = _("Nothing was changed yet."),
                       .day = c->today,
                       SHEET_COLUMNS(change_columns) };
    const struct neighbourhood *h;
    struct setting_changed *log;
    struct form_options teams;
    size_t n;

    TRY(hood_find(c, r->ids.id[0], &h));
    TRY(frame_fill(c, r, h->name, "/settings", &p.frame));
    TRY(setting_changes_of(c, "neighbourhood", h->id, &log, &n));
    TRY(changes_fill(c, log, n, &s));
    TRY(panel_sheet_add(c, &p, _("What was changed"), &s));
    TRY(team_options(c, "team", &teams));
    const struct pair value[] = {
        { "seen", neighbourhood_seen(c, h) },
        { "name", h->name },
        { "team", h->team == INT_NONE ? "" : typed_number_text(c, h->team) },
        { "inhabitants", h->inhabitants == INT_NONE ? "" : typed_number_text(c, h->inhabitants) }
    };
    struct panel_form_of f = { "change",
                               _("Change this neighbourhood"),
                               _("Save"),
                               NULL,
                               { FORM(hood_fields), .options = &teams, .n_options = 1, .value = value,
                                 .n_values = COUNT(value) },
                               true };
    TRY(panel_form_add(c, r, &p, text_made(c, "/settings/neighbourhoods/%lld", (long long)h->id), &f, sent));
    TRY(hood_news_fill(c, r, h, log, n, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_setting_neighbourhood_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return hood_show(c, r, NULL, out);
}

static enum err hood_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form_options teams;
    struct form form = { FORM(hood_fields), .options = &teams, .n_options = 1 };
    struct hood_typed t = { 0 };

    TRY(may(c, RIGHT_SETTINGS));
    TRY(team_options(c, "team", &teams));
    TRY(form_take(c, r, &form, &t, wrong));
    return neighbourhood_change(
        c, &(struct neighbourhood_form){ r->ids.id[0], t.seen, t.name, t.team, t.inhabitants });
}

enum err web_setting_neighbourhood_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = "change" };
    enum err e = hood_save(c, r, &sent.wrong);

    if (e == OK)
        return reply_redirect(c, out, "/settings?done=saved");
    TRY(wrong_take(c, e, out, &sent.wrong));
    return hood_show(c, r, &sent, out);
}

/* ── What was changed ─────────────────────────────────────────────────────────────────────────────────────
 */

enum err web_setting_changes_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "setting_change",
                       .title = _("What was changed"),
                       .day = c->today,
                       .empty = _("Nothing was changed yet."),
                       SHEET_COLUMNS(change_columns) };
    struct setting_changed *log;
    size_t n;

    TRY(setting_changes(c, 1000, &log, &n));
    TRY(changes_fill(c, log, n, &s));
    TRY(frame_fill(c, r, s.title, "/settings", &p.frame));
    p.tab[0] = (struct tab){ _("Settings"), "/settings", INT_NONE, false };
    p.tab[1] = (struct tab){ _("What was changed"), "/settings/changes", INT_NONE, true };
    p.tabs = 2;
    return panel_list_show(c, r, &s, &p, out);
}

enum err web_rules_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "rule",
                       .title = _("Rules that changed"),
                       .day = c->today,
                       .empty = _("No rule changed in the last year."),
                       SHEET_COLUMNS(change_columns) };
    struct setting_changed *log;
    size_t n;

    TRY(setting_news(c, 366, &log, &n));
    TRY(changes_fill(c, log, n, &s));
    TRY(frame_fill(c, r, s.title, NULL, &p.frame));
    return panel_list_show(c, r, &s, &p, out);
}

static const char *from_to(struct ctx *c, const struct setting_changed *s)
{
    if (s->old_value == NULL)
        return s->new_value;
    return text_made(c, "%s \xe2\x86\x92 %s", s->old_value, s->new_value != NULL ? s->new_value : "-");
}

enum err today_rules(struct ctx *c, struct today_block *b)
{
    struct setting_changed *log;
    size_t n;

    TRY(setting_news(c, NEWS_DAYS, &log, &n));
    if (n == 0)
        return OK; /* no news is no block */
    b->title = _("Rules that changed");
    b->url = "/rules";
    b->count = (int64_t)n;
    for (size_t i = 0; i < n; i++) {
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            break;
        row->text = text_empty(log[i].subject)
                        ? setting_label(c, &log[i])
                        : text_made(c, "%s: %s", setting_label(c, &log[i]), log[i].subject);
        row->sub =
            text_made(c, "%s \xc2\xb7 %s", from_to(c, &log[i]), day_text(c, time_nl_day(log[i].recorded_at)));
    }
    return OK;
}
