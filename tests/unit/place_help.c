// SPDX-License-Identifier: EUPL-1.2
#include "unit/place_help.h"

#include "register/partner.h"
#include "store/sql.h"
#include "unit/test.h"

static enum err make(struct ctx *c, void *arg)
{
    struct town_of_test *t = arg;
    struct sql_worker_insert_row worker;
    struct sql_account_insert_row account;

    TRY(team_find_or_add(c, "Oost", &t->east));
    TRY(team_find_or_add(c, "West", &t->west));
    TRY(neighbourhood_find_or_add(c, "Brouwhuis", t->east, &t->brouwhuis));
    TRY(neighbourhood_find_or_add(c, "De Fonkel", t->west, &t->fonkel));
    TRY(sql_worker_insert(c, "Wil Werker", t->east, "Sociaal werker", &worker));
    t->worker = worker.id;
    struct sql_account_insert_args row = {
        "lea", "Lea Leider", "team_lead", INT_NONE, INT_NONE, "x", c->now
    };
    TRY(sql_account_insert(c, &row, &account));
    t->account = account.id;
    return OK;
}

void town_make(struct ctx *c, struct town_of_test *t)
{
    struct place_form school = { .id = INT_NONE,
                                 .kind = "school",
                                 .name = "De Papieren Boot",
                                 .team = INT_NONE,
                                 .opens_on = DAY_NONE },
                      house = { .id = INT_NONE,
                                .kind = PLACE_LOCATION,
                                .name = "De Spoel",
                                .team = INT_NONE,
                                .partner = INT_NONE,
                                .opens_on = DAY_NONE };

    struct partner_form boat = { .id = INT_NONE, .name = "Basisschool De Papieren Boot", .kind = "school" },
                        lev = { .id = INT_NONE, .name = "LEVgroep", .kind = "welfare" };

    CHECK_INT(db_tx(c, make, t), OK);
    CHECK_INT(partner_save(c, &boat, &t->partner), OK);
    CHECK_INT(partner_save(c, &lev, &t->other), OK);
    school.neighbourhood = t->brouwhuis;
    school.partner = t->partner;
    house.neighbourhood = t->fonkel;
    CHECK_INT(place_save(c, &school, &t->school), OK);
    CHECK_INT(place_save(c, &house, &t->location), OK);
}

void act(struct ctx *c, struct session *s, enum role role, int64_t partner, int64_t team)
{
    session_act_as(c, s, role, team, INT_NONE);
    s->actor.partner = partner;
}
