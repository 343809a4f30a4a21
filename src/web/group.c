// SPDX-License-Identifier: EUPL-1.2
/* The list of groups, and the form of one. */
#include "web/group.h"

#include "base/text.h"
#include "web/options.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err rows_fill(struct ctx *c, bool over, struct sheet *s)
{
    const struct config *k;
    struct group *g;
    size_t n;

    TRY(config_get(c, &k));
    TRY(group_all(c, &g, &n));
    for (size_t i = 0; i < n; i++) {
        bool past = g[i].stopped || g[i].ends < c->today;
        if (past != over)
            continue;
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, g[i].name);
        sheet_sub(s, code_text(c, group_kinds, group_kind_count, g[i].kind));
        TRY(sheet_link(c, s, "/groups/%lld", (long long)g[i].id));
        sheet_text(s, g[i].team != INT_NONE ? config_team_name(k, g[i].team) : _("All teams"));
        sheet_sub(s, g[i].place);
        sheet_day(s, g[i].starts);
        sheet_day(s, g[i].ends);
        sheet_count(s, over ? g[i].joined : g[i].joined - g[i].ended);
        sheet_count(s, g[i].capacity);
        sheet_count(s, g[i].sessions);
        sheet_count(s, g[i].present);
    }
    return OK;
}

enum err web_group_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    static const struct sheet_column columns[] = {
        SHEET_COLUMN_SUB(N_("Group"), TEXT, N_("Kind")),
        SHEET_COLUMN_SUB(N_("Team"), TEXT, N_("Place")),
        SHEET_COLUMN(N_("First day"), DAY),
        SHEET_COLUMN(N_("Last day"), DAY),
        SHEET_COLUMN(N_("Take part"), COUNT),
        SHEET_COLUMN(N_("Places"), COUNT),
        SHEET_COLUMN(N_("Times"), COUNT),
        SHEET_COLUMN(N_("Visits"), COUNT),
    };
    bool over = text_is(req_query(r, "over"), "1");
    struct record_list_page p = { .new_url = "/groups/new", .new_label = _("New group") };
    struct sheet s = { .object = "group",
                       .title = _("Groups"),
                       .filter = over ? _("over") : _("running and planned"),
                       .empty = over ? _("No group is over yet.") : _("There are no groups now."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };

    TRY(rows_fill(c, over, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, _("Groups"), "/groups", &p.frame));
    p.lead = _("Help in a group, also while someone waits. Taking part never stops the waiting.");
    p.tab[p.tabs++] = (struct tab){ _("Running and planned"), "/groups", INT_NONE, !over };
    p.tab[p.tabs++] = (struct tab){ _("Over"), "/groups?over=1", INT_NONE, over };
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return record_list_html(c, &out->body, &p);
}

/* ── The form of a group ──────────────────────────────────────────────────────────────────────────────────
 */

struct group_typed {
    int64_t seen, team, capacity;
    const char *name, *kind, *place;
    struct form_codes theme;
    int32_t starts, ends;
    bool stopped;
};
static const struct form_field group_fields[] = {
    { FORM_AT(struct group_typed, seen), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct group_typed, name), .kind = FORM_TEXT, .max = 100, .required = true,
      .label = N_("Name of the group") },
    { FORM_AT(struct group_typed, kind), .kind = FORM_CODE, .codes = group_kinds,
      .n_codes = &group_kind_count, .required = true, .label = N_("Kind"), .look = FORM_AS_SELECT,
      .narrow = true },
    { FORM_AT(struct group_typed, team), .kind = FORM_PICK, .label = N_("Team"), .narrow = true,
      .look = FORM_AS_SELECT },
    { FORM_AT(struct group_typed, place), .kind = FORM_TEXT, .max = 100, .required = true,
      .label = N_("Place") },
    { FORM_AT(struct group_typed, starts), .kind = FORM_DATE, .required = true, .label = N_("First day"),
      .narrow = true },
    { FORM_AT(struct group_typed, ends), .kind = FORM_DATE, .required = true, .label = N_("Last day"),
      .narrow = true },
    { FORM_AT(struct group_typed, capacity), .kind = FORM_INT, .max = 500, .required = true,
      .label = N_("Places"), .narrow = true },
    { FORM_AT(struct group_typed, theme), .kind = FORM_CODES, .codes = group_themes,
      .n_codes = &group_theme_count, .label = N_("For which questions?"),
      .hint = N_("None: for every question.") },
    /* the last one only for a group that exists */
    { FORM_AT(struct group_typed, stopped), .kind = FORM_CHECK, .label = N_("The group does not go on") },
};

struct group_editing {
    struct form_options team;
    struct pair value[32];
    struct form form;
    struct group old; /* when it exists */
    bool exists;
};

static void put(struct group_editing *e, const char *name, const char *value)
{
    if (!text_empty(value) && e->form.n_values < COUNT(e->value))
        e->value[e->form.n_values++] = (struct pair){ name, value };
}

static enum err editing_fill(struct ctx *c, struct group_editing *e)
{
    const struct group *g = &e->old;

    TRY(team_options(c, "team", &e->team));
    e->form = (struct form){ .field = group_fields,
                             .n = COUNT(group_fields) - !e->exists,
                             .options = &e->team,
                             .n_options = 1,
                             .value = e->value };
    if (!e->exists) {
        put(e, "capacity", "10");
        return OK;
    }
    put(e, "seen", typed_number_text(c, g->version));
    put(e, "name", g->name);
    put(e, "kind", g->kind);
    put(e, "team", typed_number_text(c, g->team));
    put(e, "place", g->place);
    put(e, "starts", typed_day_text(c, g->starts));
    put(e, "ends", typed_day_text(c, g->ends));
    put(e, "capacity", typed_number_text(c, g->capacity));
    put(e, "stopped", g->stopped ? "1" : NULL);
    for (size_t i = 0; i < g->themes; i++)
        put(e, "theme", g->theme[i]);
    return OK;
}

static enum err editing_show(struct ctx *c, const struct req *r, struct group_editing *e,
                             const struct form_errors *wrong, struct reply *out)
{
    struct record_new_page p = { .back = "/groups", .action = "/groups/new", .button = _("Save") };
    struct buf b = { 0 };

    TRY(frame_fill(c, r, e->exists ? _("Change group") : _("New group"), "/groups", &p.frame));
    if (e->exists) {
        buf_printf(&b, "/groups/%lld", (long long)e->old.id);
        enum err failed = ctx_copy(c, buf_text(&b), &p.back);
        if (failed == OK) {
            buf_str(&b, "/edit");
            failed = ctx_copy(c, buf_text(&b), &p.action);
        }
        buf_free(&b);
        TRY(failed);
    }
    TRY(form_view_fill(c, r, &e->form, wrong, &p.form));
    if (e->exists) { /* after a conflict it can be sent again */
        p.form.hidden = e->value;
        p.form.n_hidden = 1;
    }
    return record_new_html(c, &out->body, &p);
}

static enum err editing_save(struct ctx *c, const struct req *r, const struct group_editing *e,
                             struct form_errors *wrong, int64_t *ret_id)
{
    struct group_typed t = { 0 };

    TRY(form_take(c, r, &e->form, &t, wrong));
    struct group_form f = { t.name,    t.kind,     t.team,   t.place, t.theme.code,
                            t.theme.n, t.capacity, t.starts, t.ends };
    if (!e->exists)
        return group_add(c, &f, ret_id);
    *ret_id = e->old.id;
    return group_change(c, e->old.id, t.seen, &f, t.stopped);
}

static enum err editing_post(struct ctx *c, const struct req *r, struct group_editing *e, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t id;

    TRY(editing_fill(c, e));
    enum err failed = editing_save(c, r, e, &wrong, &id);
    if (failed == OK)
        return reply_redirect(c, out, "/groups/%lld?done=group", (long long)id);
    TRY(wrong_take(c, failed, out, &wrong));
    return editing_show(c, r, e, &wrong, out);
}

enum err web_group_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct group_editing e = { 0 };

    TRY(may(c, RIGHT_GROUP));
    TRY(editing_fill(c, &e));
    return editing_show(c, r, &e, NULL, out);
}

enum err web_group_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct group_editing e = { 0 };

    return editing_post(c, r, &e, out);
}

enum err web_group_edit_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct group_editing e = { .exists = true };

    TRY(group_get(c, r->ids.id[0], &e.old));
    TRY(editing_fill(c, &e));
    return editing_show(c, r, &e, NULL, out);
}

enum err web_group_edit_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct group_editing e = { .exists = true };

    TRY(group_get(c, r->ids.id[0], &e.old));
    return editing_post(c, r, &e, out);
}
