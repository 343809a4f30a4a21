// SPDX-License-Identifier: EUPL-1.2
#include "unit/asked.h"

#include "register/config.h"
#include "store/sql.h"
#include "unit/test.h"

struct request_form asked(const struct ctx *c)
{
    return (struct request_form){ .person = INT_NONE,
                                  .who = { .name = "Jan de Vries" },
                                  .question = "Money worries",
                                  .received = c->today - 3,
                                  .channel = "phone",
                                  .route = "self",
                                  .neighbourhood = INT_NONE,
                                  .team = INT_NONE,
                                  .urgency = URGENCY_NORMAL,
                                  .safety_checked = true };
}

struct request_id asked_add(struct ctx *c, const struct request_form *f)
{
    struct request_id id = { 0 };

    CHECK_INT(request_add(c, f, &id), OK);
    return id;
}

struct request_id asked_of(struct ctx *c, struct identity who, int64_t team)
{
    struct request_form f = asked(c);

    f.who = who;
    f.team = team;
    return asked_add(c, &f);
}

struct request asked_get(struct ctx *c, struct request_id id)
{
    struct request r = { 0 };

    CHECK_INT(request_get(c, id, &r), OK);
    return r;
}

int64_t asked_team(struct ctx *c, const char *name)
{
    struct sql_team_insert_row row = { 0 };

    CHECK_INT(sql_team_insert(c, name, &row), OK);
    config_changed(c);
    return row.id;
}

enum err asked_two_teams(struct ctx *c, void *arg)
{
    int64_t *team = arg;

    TRY(team_find_or_add(c, "Oost", &team[0]));
    return team_find_or_add(c, "West", &team[1]);
}

struct contact_form asked_call(const char *topic, int64_t occurred_at)
{
    return (struct contact_form){ .person = INT_NONE,
                                  .occurred_at = occurred_at,
                                  .channel = "phone",
                                  .asker = "resident",
                                  .neighbourhood = INT_NONE,
                                  .session = INT_NONE,
                                  .tally = true,
                                  .question = { { topic, "answered", NULL } },
                                  .questions = 1 };
}
