// SPDX-License-Identifier: EUPL-1.2
/* Configuration, workers and accounts of the made-up municipality. */
#include "base/buf.h"
#include "base/text.h"
#include "register/config.h"
#include "register/demo_core.h"
#include "register/session.h"
#include "store/sql.h"

#include <string.h>

static const char *const team_name[TOWN_TEAMS] = { "Binnenstad", "West", "Oost", "Noord" };
static const struct {
    const char *name;
    int64_t inhabitants;
} hoods[TOWN_HOODS] = {
    { "Binnenstad", 12600 }, { "Brandevoort", 9800 }, { "Helmond-Oost", 10400 },
    { "Brouwhuis", 10400 },  { "Rijpelberg", 8183 },  { "Helmond-Noord", 9900 },
    { "Dierdonk", 3905 },    { "'t Hout", 10960 },    { "Helmond-West", 3900 },
    { "Warande", 5300 },     { "Stiphout", 5210 },    { "Industriegebied Zuid", 332 },
};
static const char *const settings[][2] = {
    { "municipality", "Helmond (fictief register)" },
    { "phone", "0492-555000" },
    { "made_up", "1" },
    { "norm.contact", "14" },
    { "norm.unknown", "10" },
    { "norm.emergency", "0" },
    { "norm.soon", "3" },
    { "norm.normal", "10" },
    { "norm.later", "20" },
};

const char *demo_team_name(int team)
{
    return team_name[team];
}

static enum err put_closing_days(struct ctx *c, const struct demo_options *o)
{
    int last = date_to_civil(o->to).year + 2;

    for (int year = date_to_civil(o->from).year - 1; year <= last; year++) {
        int32_t monday = calendar_carnival_monday(year);
        TRY(sql_closing_day_put(c, monday, "Carnaval"));
        TRY(sql_closing_day_put(c, monday + 1, "Carnaval"));
    }
    return OK;
}

enum err demo_configure(struct ctx *c, struct demo *d)
{
    for (size_t i = 0; i < COUNT(settings); i++)
        TRY(setting_put(c, settings[i][0], settings[i][1]));
    for (size_t i = 0; i < TOWN_TEAMS; i++)
        TRY(team_find_or_add(c, team_name[i], &d->team[i]));
    for (size_t i = 0; i < TOWN_HOODS; i++) {
        struct sql_neighbourhood_insert_row added;
        int64_t people = (int64_t)((double)hoods[i].inhabitants * d->o->scale + 0.5);
        TRY(sql_neighbourhood_insert(c, hoods[i].name, NULL, d->team[town_hood_team[i]], people, &added));
        d->hood[i] = added.id;
    }
    TRY(put_closing_days(c, d->o));
    config_changed(c);
    return OK;
}

/* ── Accounts ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* One account for each role, and for each team where the role works in one. */
static const struct {
    const char *login;
    enum role role;
    bool each_team;
} logins[] = {
    { "aanmeldteam", ROLE_INTAKE, false },
    { "teamleider", ROLE_TEAM_LEAD, true },
    { "medewerker", ROLE_SOCIAL_WORKER, true },
    { "kwaliteit", ROLE_QUALITY, false },
    { "klachten", ROLE_COMPLAINTS, false },
    { "bestuur", ROLE_BOARD, false },
    { "backoffice", ROLE_BACK_OFFICE, false },
    { "accountmanager", ROLE_ACCOUNT_MANAGER, false },
    { "adviesraad", ROLE_ADVISORY_COUNCIL, false },
    { "partner", ROLE_PARTNER, false },
    { "fg", ROLE_DPO, false },
    { "beheer", ROLE_ADMIN, false },
};

/* The worker of a team with the most cases now: a login with something to see. */
static size_t busiest(const struct town *t, size_t team, int32_t *cases)
{
    size_t best = t->workers;

    for (size_t i = 0; i < t->workers; i++)
        cases[i] = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct town_request *q = &t->request[i];
        if (q->worker >= 0 && q->allocated_at <= t->param.now && q->ended_at > t->param.now)
            cases[q->worker]++;
    }
    for (size_t i = 0; i < t->workers; i++)
        if (t->worker[i].team == team && (best == t->workers || cases[i] > cases[best]))
            best = i;
    return best;
}

static enum err add_account(struct ctx *c, struct demo *d, size_t i, int team)
{
    struct account_form f = { .password = d->password,
                              .role = logins[i].role,
                              .team = team >= 0 ? d->team[team] : INT_NONE,
                              .worker = INT_NONE };
    char login[40], name[120];
    int64_t id;

    text_copy(login, sizeof login, logins[i].login);
    if (team >= 0) {
        text_copy(login + strlen(login), sizeof login - strlen(login), "-");
        text_fold(login + strlen(login), sizeof login - strlen(login), team_name[team]);
    }
    size_t who = 1000000 + i * 10 + (size_t)(team + 1);
    if (logins[i].role == ROLE_SOCIAL_WORKER) {
        int32_t *cases;
        TRY(ctx_alloc(c, d->town.workers + 1, sizeof *cases, (void *)&cases));
        who = busiest(&d->town, (size_t)team, cases);
        f.worker = d->worker[who];
    }
    demo_worker_name(d->o->seed, who, name, sizeof name);
    TRY(ctx_copy(c, login, &f.login));
    f.name = name;
    TRY(account_add(c, &f, &id));
    if (logins[i].role == ROLE_DPO)
        d->dpo = id;
    if (logins[i].role == ROLE_INTAKE)
        d->intake = id;
    if (logins[i].role == ROLE_BACK_OFFICE)
        d->office = id;
    if (logins[i].role == ROLE_TEAM_LEAD)
        d->lead[team] = id;
    if (logins[i].role == ROLE_SOCIAL_WORKER)
        d->helper[team] = id;
    d->login[d->logins++] =
        (struct demo_login){ f.login, role_name(c, f.role), team >= 0 ? team_name[team] : "" };
    return OK;
}

static enum err add_accounts(struct ctx *c, struct demo *d)
{
    d->logins = 0;
    for (size_t i = 0; i < COUNT(logins); i++)
        for (int team = logins[i].each_team ? 0 : -1; team < (logins[i].each_team ? TOWN_TEAMS : 0); team++)
            TRY(add_account(c, d, i, team));
    return OK;
}

static enum err put_staff(struct ctx *c, void *arg)
{
    struct demo *d = arg;
    char name[120];

    for (size_t i = 0; i < d->town.workers; i++) {
        const struct town_worker *w = &d->town.worker[i];
        struct sql_worker_insert_row added;
        demo_worker_name(d->o->seed, i, name, sizeof name);
        TRY(sql_worker_insert(c, name, d->team[w->team], NULL, &added));
        d->worker[i] = added.id;
    }
    return add_accounts(c, d);
}

enum err demo_staff(struct ctx *c, struct demo *d)
{
    TRY(ctx_alloc(c, d->town.workers + 1, sizeof *d->worker, (void *)&d->worker));
    TRY(ctx_alloc(c, COUNT(logins) * TOWN_TEAMS, sizeof *d->login, (void *)&d->login));
    return db_tx(c, put_staff, d);
}
