// SPDX-License-Identifier: EUPL-1.2
#include "unit/staff.h"

#include "register/session.h"
#include "unit/asked.h"
#include "unit/test.h"

static int64_t add_worker(struct ctx *c, const char *name, int64_t team, const char *gender)
{
    struct worker_facts f = { .name = name,
                              .team = team,
                              .discipline = "social_worker",
                              .employer = INT_NONE,
                              .contract = "own",
                              .languages = "nl",
                              .gender = gender,
                              .room = 20,
                              .started = date_add_months(c->today, -24),
                              .ended = DAY_NONE };
    int64_t id = 0;

    if (name[0] == 'B')
        f.languages = "nl tr";
    if (name[0] == 'C')
        f.discipline = "family_coach";
    CHECK(worker_add(c, &f, name[0] == 'C' ? 80 : 100, &id) == OK);
    return id;
}

static enum err add_teams(struct ctx *c, void *arg)
{
    struct staff_town *t = arg;

    TRY(team_find_or_add(c, "Oost", &t->oost));
    return team_find_or_add(c, "West", &t->west);
}

void staff_town_make(struct ctx *c, struct staff_town *ret_town)
{
    struct staff_town t = { 0 };

    CHECK(db_tx(c, add_teams, &t) == OK);
    t.anna = add_worker(c, "Anna", t.oost, "woman");
    t.bram = add_worker(c, "Bram", t.oost, "man");
    t.carla = add_worker(c, "Carla", t.oost, "woman");
    t.dirk = add_worker(c, "Dirk", t.west, "man");
    *ret_town = t;
}

struct request_id staff_request(struct ctx *c, const struct staff_town *t)
{
    struct request_form f = asked(c);

    f.team = t->oost;
    f.category = "money";
    return asked_add(c, &f);
}

enum err staff_event(struct ctx *c, struct request_id id, enum kind kind, int64_t worker)
{
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };

    ch.e.kind = kind;
    ch.e.occurred_at = c->now;
    ch.e.worker = worker;
    return request_change(c, &ch);
}

struct request_id staff_case(struct ctx *c, const struct staff_town *t, int64_t worker, int64_t weight)
{
    struct request_id id = staff_request(c, t);
    struct allocation a = { .request = id.v, .version = 4, .worker = worker, .weight = weight };
    int64_t batch;

    CHECK(allocation_save(c, &a, 1, &batch) == OK);
    CHECK(staff_event(c, id, KIND_FIRST_TALK, INT_NONE) == OK);
    return id;
}

int64_t staff_account(struct ctx *c, const char *login, enum role role, int64_t team, int64_t worker)
{
    struct account_form f = { .login = login,
                              .name = login,
                              .password = "a long password",
                              .role = role,
                              .team = team,
                              .worker = worker };
    int64_t id = INT_NONE;

    CHECK(account_add(c, &f, &id) == OK);
    return id;
}

struct employing {
    const char *name, *kind;
    int64_t id;
};

static enum err add_employer(struct ctx *c, void *arg)
{
    struct employing *e = arg;

    return employer_find_or_add(c, e->name, e->kind, &e->id);
}

int64_t staff_employer(struct ctx *c, const char *name, const char *kind)
{
    struct employing e = { name, kind, INT_NONE };

    CHECK(db_tx(c, add_employer, &e) == OK);
    return e.id;
}
