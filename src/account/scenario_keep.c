// SPDX-License-Identifier: EUPL-1.2
/* Plans that were kept, and what became of the list. */
#include "account/scenario.h"

#include "account/scenario_core.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

#include <math.h>
#include <string.h>

bool scenario_may_keep(const struct ctx *c)
{
    return c->actor != NULL && role_may(c->actor->role, RIGHT_ALLOCATE);
}

struct keeping {
    int64_t list, id;
    int32_t day;
    const struct scenario *s;
    const struct scenario_result *result;
};

static enum err keep_wait(struct ctx *c, int64_t id, int32_t days, bool planned,
                          const struct scenario_effect *e)
{
    const struct scenario_value *v[2] = { &e->middle, &e->most };
    static const int64_t percent[2] = { 50, 80 };

    for (size_t i = 0; i < 2; i++) {
        struct sql_scenario_wait_insert_args row = { id,          days,      planned,   percent[i],
                                                     v[i]->value, v[i]->low, v[i]->high };
        TRY(sql_scenario_wait_insert(c, &row));
    }
    return OK;
}

/* The same plan of today again, as a button pressed twice sends it, is the plan that is there. */
static enum err find_same(struct ctx *c, struct keeping *k)
{
    const struct scenario *s = k->s;
    struct sql_scenario_all_row *row;
    size_t n;

    k->id = 0;
    TRY(sql_scenario_all(c, k->list, SCENARIOS_KEPT, &row, &n));
    for (size_t i = 0; i < n; i++) {
        if (!text_is(row[i].name, s->name))
            continue;
        if (row[i].day != k->day || row[i].workers != s->workers || row[i].presence != s->presence ||
            row[i].ill != s->ill || row[i].ill_weeks != s->ill_weeks || row[i].arrivals != s->arrivals ||
            row[i].city != s->city || row[i].asked_first != s->asked_first)
            return FAIL_FIELD("name", "%s",
                              _("There is a plan with this name already. Choose another name."));
        k->id = row[i].id;
    }
    return OK;
}

static enum err keep(struct ctx *c, void *arg)
{
    struct keeping *k = arg;
    const struct scenario *s = k->s;
    struct sql_scenario_insert_row added;
    struct sql_scenario_insert_args row = { k->list,      s->name,     c->now,      c->actor->account,
                                            k->day,       s->workers,  s->presence, s->ill,
                                            s->ill_weeks, s->arrivals, s->city,     s->asked_first };

    TRY(find_same(c, k));
    if (k->id != 0)
        return OK;
    TRY(sql_scenario_insert(c, &row, &added));
    k->id = added.id;
    for (int planned = 0; planned < 2; planned++)
        for (size_t i = 0; i < SCENARIO_MOMENTS; i++) {
            const struct scenario_value *v = &k->result[planned].at[i].size;
            struct sql_scenario_size_insert_args size = { added.id, scenario_days[i], planned == 1,
                                                          v->value, v->low,           v->high };
            TRY(sql_scenario_size_insert(c, &size));
            TRY(keep_wait(c, added.id, scenario_days[i], planned == 1, &k->result[planned].at[i]));
        }
    return OK;
}

enum err scenario_keep(struct ctx *c, int64_t list, const struct scenario *s,
                       const struct scenario_result result[2], int32_t day, int64_t *ret_id)
{
    struct keeping k = { .list = list, .day = day, .s = s, .result = result };

    if (!scenario_may_keep(c))
        return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
    TRY(scenario_check(c, s));
    if (text_empty(s->name))
        return FAIL_FIELD("name", "%s", _("Give the plan a name before you keep it."));
    TRY(db_tx(c, keep, &k));
    *ret_id = k.id;
    return OK;
}

static enum err became_of(struct ctx *c, struct scenario_kept *k)
{
    struct sql_scenario_waited_row n;

    for (size_t i = 0; i < SCENARIO_MOMENTS; i++) {
        int32_t day = k->day + scenario_days[i];
        k->became[i] = NAN;
        if (day >= c->today || k->list == LIST_NO_TEAM)
            continue;
        TRY(sql_scenario_waited(c, k->list == LIST_CITY ? INT_NONE : k->list, time_of_nl_day(day + 1, 0),
                                &n));
        k->became[i] = (double)n.n;
    }
    return OK;
}

static enum err sizes_of(struct ctx *c, struct scenario_kept *k)
{
    struct sql_scenario_sizes_row *row;
    size_t n;

    TRY(sql_scenario_sizes(c, k->id, &row, &n));
    for (size_t m = 0; m < SCENARIO_MOMENTS; m++) {
        struct scenario_value unknown = { NAN, NAN, NAN };
        k->plan[m] = k->now[m] = (struct scenario_expected){ unknown, unknown, unknown };
        for (size_t i = 0; i < n; i++)
            if (row[i].days == scenario_days[m])
                (row[i].planned ? &k->plan[m] : &k->now[m])->size =
                    (struct scenario_value){ row[i].value, row[i].low, row[i].high };
    }
    return OK;
}

static enum err waits_of(struct ctx *c, struct scenario_kept *k)
{
    struct sql_scenario_waits_row *row;
    size_t n;

    TRY(sql_scenario_waits(c, k->id, &row, &n));
    for (size_t i = 0; i < n; i++)
        for (size_t m = 0; m < SCENARIO_MOMENTS; m++) {
            struct scenario_expected *e = row[i].planned ? &k->plan[m] : &k->now[m];
            if (row[i].days == scenario_days[m])
                *(row[i].percent == 50 ? &e->middle : &e->most) =
                    (struct scenario_value){ row[i].value, row[i].low, row[i].high };
        }
    return OK;
}

enum err scenario_list(struct ctx *c, int64_t list, size_t most, const struct scenario_kept **ret_kept,
                       size_t *ret_n)
{
    struct sql_scenario_all_row *row;
    struct scenario_kept *k;
    size_t n;

    TRY(may(c, RIGHT_FIGURES));
    TRY(sql_scenario_all(c, list, (int64_t)most, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *k, (void *)&k));
    for (size_t i = 0; i < n; i++) {
        k[i] = (struct scenario_kept){ .id = row[i].id,
                                       .list = list,
                                       .made_at = row[i].made_at,
                                       .day = row[i].day,
                                       .who = row[i].who,
                                       .s = { .workers = row[i].workers,
                                              .presence = row[i].presence,
                                              .ill = row[i].ill,
                                              .ill_weeks = row[i].ill_weeks,
                                              .arrivals = row[i].arrivals,
                                              .city = row[i].city,
                                              .asked_first = row[i].asked_first } };
        text_copy(k[i].s.name, sizeof k[i].s.name, row[i].name);
        TRY(sizes_of(c, &k[i]));
        TRY(waits_of(c, &k[i]));
        if (i > 0 && k[i - 1].day == k[i].day) { /* what happened is that of the day, whatever the plan was */
            memcpy(k[i].waited, k[i - 1].waited, sizeof k[i].waited);
            memcpy(k[i].became, k[i - 1].became, sizeof k[i].became);
            k[i].since = k[i - 1].since;
            continue;
        }
        TRY(scenario_waited_fill(c, &k[i]));
        TRY(became_of(c, &k[i]));
    }
    *ret_kept = k;
    *ret_n = n;
    return OK;
}
