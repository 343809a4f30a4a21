// SPDX-License-Identifier: EUPL-1.2
#include "register/list_change.h"

#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name list_change_whats[] = {
    { "starts", N_("How many we can help: more or fewer hands") },
    { "requests", N_("How many people ask for help") },
    { "help", N_("How long help takes") },
};
const size_t list_change_what_count = COUNT(list_change_whats);

enum err list_change_all(struct ctx *c, struct list_change **ret_change, size_t *ret_n)
{
    struct sql_list_change_all_row *row;
    struct list_change *x;
    size_t n;

    TRY(may(c, RIGHT_FIGURES));
    TRY(sql_list_change_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *x, (void *)&x));
    for (size_t i = 0; i < n; i++)
        x[i] = (struct list_change){ row[i].id,   row[i].team,        row[i].what, row[i].from_day,
                                     row[i].note, row[i].recorded_at, row[i].who,  row[i].undone_at };
    *ret_change = x;
    *ret_n = n;
    return OK;
}

bool list_change_may(const struct ctx *c, const struct config *k, int64_t team)
{
    const struct actor *a = c->actor;

    return a != NULL && role_may(a->role, RIGHT_ALLOCATE) &&
           (a->role != ROLE_TEAM_LEAD || a->team == INT_NONE || a->team == team || k->list.city);
}

static bool team_known(const struct config *k, int64_t team)
{
    for (size_t i = 0; i < k->teams; i++)
        if (k->team[i].id == team)
            return true;
    return team == INT_NONE;
}

struct addition {
    const struct list_change_form *f;
    int64_t id;
};

static enum err add(struct ctx *c, void *arg)
{
    struct addition *a = arg;
    const struct list_change_form *f = a->f;
    struct sql_list_change_all_row *row;
    struct sql_list_change_insert_row added;
    size_t n;

    TRY(sql_list_change_all(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (row[i].undone_at == TIME_NONE && row[i].team == f->team && row[i].from_day == f->day &&
            text_is(row[i].what, f->what)) {
            a->id = row[i].id;
            return text_is(row[i].note, f->note)
                       ? OK
                       : FAIL_FIELD("what", _("This was written down already for that day: %s"), row[i].note);
        }
    struct sql_list_change_insert_args args = {
        f->team, f->what, f->day, f->note, c->now, c->actor->account
    };
    TRY(sql_list_change_insert(c, &args, &added));
    a->id = added.id;
    return OK;
}

enum err list_change_add(struct ctx *c, const struct list_change_form *f, int64_t *ret_id)
{
    struct list_change_form on = *f;
    struct addition a = { .f = &on };
    const struct config *k;

    TRY(config_get(c, &k));
    if (k->list.city && team_known(k, f->team))
        on.team = INT_NONE; /* the list that this team is in */
    if (!list_change_may(c, k, on.team))
        return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
    if (!team_known(k, f->team))
        return FAIL_FIELD("team", "%s", _("Choose one of the list."));
    if (!code_known(list_change_whats, list_change_what_count, f->what))
        return FAIL_FIELD("what", "%s", _("Choose one of the list."));
    if (f->day == DAY_NONE || f->day > c->today || f->day < c->today - LIST_CHANGE_DAYS)
        return FAIL_FIELD("day", "%s",
                          _("Fill in since which day: not in the future, and at most three years ago."));
    if (text_empty(f->note))
        return FAIL_FIELD("note", "%s", _("Fill in what happened, so that others understand it later."));
    if (text_characters(f->note) > LIST_CHANGE_NOTE)
        return FAIL_FIELD("note", _("This is too long: %d characters at most."), LIST_CHANGE_NOTE);
    TRY(db_tx(c, add, &a));
    *ret_id = a.id;
    return OK;
}

static enum err undo(struct ctx *c, void *arg)
{
    const int64_t *id = arg;

    return sql_list_change_undo(c, *id, c->now, c->actor->account);
}

enum err list_change_undo(struct ctx *c, int64_t id)
{
    const struct config *k;
    struct list_change *x;
    size_t n;

    TRY(config_get(c, &k));
    TRY(list_change_all(c, &x, &n));
    for (size_t i = 0; i < n; i++)
        if (x[i].id == id) {
            if (!list_change_may(c, k, x[i].team))
                return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
            return db_tx(c, undo, &id);
        }
    return FAIL(E_NOT_FOUND, "%s", _("This change is not there."));
}
