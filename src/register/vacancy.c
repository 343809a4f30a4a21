// SPDX-License-Identifier: EUPL-1.2
#include "register/vacancy.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name vacancy_outcomes[] = {
    { "filled", N_("Filled") },
    { "withdrawn", N_("Withdrawn") },
};
const size_t vacancy_outcome_count = COUNT(vacancy_outcomes);

/* Of another team than the one that this user works in. */
static bool elsewhere(const struct ctx *c, int64_t team)
{
    const struct actor *a = c->actor;
    bool within = a->role == ROLE_TEAM_LEAD || a->role == ROLE_SOCIAL_WORKER;

    return within && a->team != INT_NONE && a->team != team;
}

enum err vacancy_all(struct ctx *c, int64_t team, struct vacancy **ret_vacancy, size_t *ret_n)
{
    struct sql_vacancy_all_row *row;
    struct vacancy *v;
    size_t n, m = 0;

    TRY(may(c, RIGHT_STAFF));
    TRY(sql_vacancy_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (int open = 1; open >= 0; open--)
        for (size_t i = 0; i < n; i++)
            if ((row[i].closed_on == DAY_NONE) == open && (team == INT_NONE || row[i].team == team) &&
                !elsewhere(c, row[i].team))
                v[m++] = (struct vacancy){ row[i].id,  row[i].version,   row[i].team,      row[i].discipline,
                                           row[i].fte, row[i].opened_on, row[i].closed_on, row[i].outcome };
    *ret_vacancy = v;
    *ret_n = m;
    return OK;
}

struct addition {
    const struct vacancy_form *f;
    int64_t id;
};

static enum err insert(struct ctx *c, void *arg)
{
    struct addition *a = arg;
    struct sql_vacancy_insert_row added;

    struct sql_vacancy_insert_args row = { a->f->team, a->f->discipline, a->f->fte, a->f->opened, c->now };
    TRY(sql_vacancy_insert(c, &row, &added));
    a->id = added.id;
    return OK;
}

enum err vacancy_add(struct ctx *c, const struct vacancy_form *f, int64_t *ret_id)
{
    struct addition a = { .f = f };

    TRY(may(c, RIGHT_STAFF_EDIT));
    if (f->team == INT_NONE || elsewhere(c, f->team))
        return FAIL_FIELD("team", "%s", _("Choose your own team."));
    if (text_empty(f->discipline))
        return FAIL_FIELD("discipline", "%s", _("Choose one of the list."));
    if (f->fte == INT_NONE || f->fte < 5 || f->fte > 2000)
        return FAIL_FIELD("fte", "%s", _("Fill in a number such as 0.9."));
    if (f->opened == DAY_NONE || f->opened > c->today)
        return FAIL_FIELD("opened", "%s", _("Fill in since when; not a day in the future."));
    TRY(db_tx(c, insert, &a));
    *ret_id = a.id;
    return OK;
}

struct closing {
    int64_t id, seen;
    int32_t day;
    const char *outcome;
};

static enum err close_it(struct ctx *c, void *arg)
{
    const struct closing *k = arg;
    struct sql_vacancy_close_row *row;
    size_t n;

    TRY(sql_vacancy_close(c, k->id, k->seen, k->day, k->outcome, &row, &n));
    return n == 1 ? OK
                  : FAIL(E_CONFLICT, "%s",
                         _("Someone else closed this vacancy in the meantime. Load the page again."));
}

enum err vacancy_close(struct ctx *c, int64_t id, int64_t seen, int32_t day, const char *outcome)
{
    struct closing k = { id, seen, day, outcome };
    struct vacancy *v;
    size_t n;

    TRY(may(c, RIGHT_STAFF_EDIT));
    TRY(vacancy_all(c, INT_NONE, &v, &n));
    const struct vacancy *it = NULL;
    for (size_t i = 0; i < n; i++)
        it = v[i].id == id ? &v[i] : it;
    if (it == NULL)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this vacancy."));
    if (day == DAY_NONE || day < it->opened || day > c->today)
        return FAIL_FIELD("closed", "%s", _("Fill in the day: not before it was opened, not in the future."));
    if (text_empty(outcome))
        return FAIL_FIELD("outcome", "%s", _("Choose one of the list."));
    return db_tx(c, close_it, &k);
}
