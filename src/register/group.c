// SPDX-License-Identifier: EUPL-1.2
#include "register/group.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "register/history.h"
#include "register/right.h"
#include "store/sql.h"

#include <string.h>

const struct code_name group_kinds[] = {
    { "course", N_("Course") },
    { "meeting", N_("Meeting group") },
    { "peers", N_("Group of people in the same situation") },
    { "walk", N_("Moving together") },
    { "workshop", N_("Workshop") },
};
const size_t group_kind_count = COUNT(group_kinds);
const struct code_name group_themes[] = {
    { "household", N_("Household and care") },
    { "mobility", N_("Getting about and the house") },
    { "mental", N_("Mental health") },
    { "lonely", N_("Loneliness and meeting others") },
    { "parenting", N_("Bringing up children") },
    { "youth", N_("Mental health of youth") },
    { "school", N_("School") },
    { "divorce", N_("Divorce") },
    { "money", N_("Money and debts") },
    { "housing", N_("Housing") },
    { "relation", N_("Relations and safety") },
};
const size_t group_theme_count = COUNT(group_themes);
const struct code_name group_ends[] = {
    { "finished", N_("Finished") },
    { "stopped", N_("Stopped before the end") },
    { "own_turn", N_("It was their turn for help") },
};
const size_t group_end_count = COUNT(group_ends);

/* ── What is on offer ─────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_group(struct ctx *c, const struct group_form *f)
{
    if (text_empty(f->name))
        return FAIL_FIELD("name", "%s", _("Give the group a name."));
    if (text_empty(f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose one of the list."));
    if (text_empty(f->place))
        return FAIL_FIELD("place", "%s", _("Fill in where the group comes together."));
    if (f->capacity == INT_NONE || f->capacity < 1 || f->capacity > 500)
        return FAIL_FIELD("capacity", "%s", _("Fill in how many people can take part: 1 to 500."));
    if (f->starts == DAY_NONE)
        return FAIL_FIELD("starts", "%s", _("Fill in the first day."));
    if (f->ends == DAY_NONE || f->ends < f->starts)
        return FAIL_FIELD("ends", "%s", _("The last day cannot be before the first."));
    return OK;
}

/* "money lonely": codes hold no blanks. */
static enum err themes_join(struct ctx *c, const struct group_form *f, const char **ret_text)
{
    struct buf b = { 0 };
    enum err e;

    for (size_t i = 0; i < f->themes; i++)
        buf_printf(&b, "%s%s", i > 0 ? " " : "", f->theme[i]);
    e = ctx_copy(c, f->themes > 0 ? buf_text(&b) : "", ret_text);
    buf_free(&b);
    return e;
}

static enum err themes_split(struct ctx *c, const char *text, struct group *g)
{
    const char **list;
    const char *copy;

    TRY(ctx_copy(c, text, &copy));
    TRY(ctx_alloc(c, group_theme_count + 1, sizeof *list, (void *)&list));
    for (size_t i = 0; i < group_theme_count; i++) {
        const char *at = strstr(copy, group_themes[i].code);
        size_t len = strlen(group_themes[i].code);
        if (at != NULL && (at == copy || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            list[g->themes++] = group_themes[i].code;
    }
    g->theme = list;
    return OK;
}

struct group_saving {
    const struct group_form *f;
    const char *themes;
    int64_t id, seen;
    bool stopped;
};

static enum err log_step(struct ctx *c, int64_t id, const char *kind)
{
    struct history_of what = { "group", id, INT_NONE, -1 };
    struct happening h = HAPPENING_NONE;

    h.kind = kind;
    return history_add(c, &what, &h, NULL);
}

static enum err insert_group(struct ctx *c, void *arg)
{
    struct group_saving *s = arg;
    const struct group_form *f = s->f;
    struct sql_group_insert_row added;

    TRY(sql_group_insert(c,
                         &(struct sql_group_insert_args){ f->name, f->kind, f->team, f->place, s->themes,
                                                          f->capacity, f->starts, f->ends },
                         &added));
    s->id = added.id;
    return log_step(c, s->id, "added");
}

enum err group_add(struct ctx *c, const struct group_form *f, int64_t *ret_group)
{
    struct group_saving s = { .f = f };

    TRY(may(c, RIGHT_GROUP));
    TRY(check_group(c, f));
    TRY(themes_join(c, f, &s.themes));
    TRY(db_tx(c, insert_group, &s));
    *ret_group = s.id;
    return OK;
}

static enum err update_group(struct ctx *c, void *arg)
{
    const struct group_saving *s = arg;
    const struct group_form *f = s->f;
    struct sql_group_update_row *row;
    size_t n;

    TRY(sql_group_update(c,
                         &(struct sql_group_update_args){ s->id, s->seen, f->name, f->kind, f->team, f->place,
                                                          s->themes, f->capacity, f->starts, f->ends,
                                                          s->stopped },
                         &row, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this group in the meantime. Look at the new state first."));
    return log_step(c, s->id, s->stopped ? "stopped" : "changed");
}

enum err group_change(struct ctx *c, int64_t group, int64_t seen, const struct group_form *f, bool stopped)
{
    struct group_saving s = { .f = f, .id = group, .seen = seen, .stopped = stopped };
    struct group g;

    TRY(group_get(c, group, &g));
    TRY(check_group(c, f));
    TRY(themes_join(c, f, &s.themes));
    return db_tx(c, update_group, &s);
}

static enum err group_of(struct ctx *c, const struct sql_group_get_row *r, struct group *g)
{
    *g = (struct group){ .id = r->id,
                         .version = r->version,
                         .name = r->name,
                         .kind = r->kind,
                         .place = r->place,
                         .team = r->team,
                         .capacity = r->capacity,
                         .starts = r->starts_on,
                         .ends = r->ends_on,
                         .stopped = r->stopped,
                         .joined = r->joined,
                         .ended = r->ended,
                         .sessions = r->sessions,
                         .present = r->present };
    return themes_split(c, r->themes, g);
}

enum err group_get(struct ctx *c, int64_t id, struct group *ret_group)
{
    struct sql_group_get_row row;
    struct group g;

    TRY(may(c, RIGHT_GROUP));
    TRY(sql_group_get(c, id, &row));
    TRY(group_of(c, &row, &g));
    *ret_group = g;
    return OK;
}

enum err group_all(struct ctx *c, struct group **ret_group, size_t *ret_n)
{
    struct sql_group_all_row *row;
    struct group *g;
    size_t n;

    TRY(may(c, RIGHT_GROUP));
    TRY(sql_group_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *g, (void *)&g));
    for (size_t i = 0; i < n; i++) {
        const struct sql_group_all_row *r = &row[i];
        struct sql_group_get_row one = { r->id,      r->version, r->name,     r->kind,      r->team,
                                         r->place,   r->themes,  r->capacity, r->starts_on, r->ends_on,
                                         r->stopped, r->joined,  r->ended,    r->sessions,  r->present };
        TRY(group_of(c, &one, &g[i]));
    }
    *ret_group = g;
    *ret_n = n;
    return OK;
}

enum err group_sessions(struct ctx *c, int64_t group, struct group_session **ret_s, size_t *ret_n)
{
    struct sql_session_all_row *row;
    struct group_session *s;
    size_t n;

    TRY(may(c, RIGHT_GROUP));
    TRY(sql_session_all(c, group, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *s, (void *)&s));
    for (size_t i = 0; i < n; i++)
        s[i] = (struct group_session){ row[i].held_on, row[i].guests, row[i].present, row[i].absent };
    *ret_s = s;
    *ret_n = n;
    return OK;
}
