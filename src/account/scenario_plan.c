// SPDX-License-Identifier: EUPL-1.2
/* A plan as the model knows it. */
#include "account/scenario_core.h"

#include "forecast/forecast.h"
#include "register/fte.h"

#include <math.h>
#include <stdlib.h>

enum { WEEK_HOURS = 36 };

/* What is planned of presence in a week: of the team, or of all together. */
static double presence_of(const struct expectation_history *x, int team, int32_t monday)
{
    const struct history *h = &x->h;
    size_t week = (size_t)(monday - h->first_week) / 7, n = 0;
    double sum = 0;

    if (h->presence == NULL || monday < h->first_week || week >= h->weeks)
        return 0;
    for (size_t t = 0; t < h->teams; t++)
        if (team < 0 ? x->team[t] != INT_NONE : (int)t == team) {
            sum += (double)h->presence[t * h->weeks + week];
            n++;
        }
    return n > 0 ? sum / (double)n : 0;
}

static void plan_presence(struct scenario_model *p, const struct scenario *s)
{
    int32_t monday = p->x->day - (date_weekday(p->x->day) - 1);

    if (s->presence == 0 || p->hours <= 0)
        return;
    for (int w = 0; w < SCENARIO_WEEKS; w++) {
        double share = presence_of(p->x, p->team, monday + 7 * w) + (double)s->presence / p->hours;
        p->presence[w] = (float)fmin(fmax(share, 0), .95);
    }
    p->plan.presence = p->presence;
    p->plan.first_week = monday;
    p->plan.weeks = SCENARIO_WEEKS;
}

/* The first of those in service fall ill: which ones makes no difference to the list. */
static void plan_ill(struct scenario_model *p, const struct scenario *s)
{
    const struct history *h = &p->x->h;
    int32_t day = p->x->day;
    size_t serve = 0, ill;

    for (size_t i = 0; i < h->workers; i++)
        serve += h->worker_of[i].from <= day && h->worker_of[i].to >= day &&
                 (p->team < 0 || h->worker_of[i].team == p->team);
    ill = (size_t)lround((double)serve * (double)s->ill / 100);
    for (size_t i = 0;
         i < h->workers && p->plan.leaves < ill && p->plan.leaves < SCENARIO_LEAVES && s->ill_weeks > 0; i++)
        if (h->worker_of[i].from <= day && h->worker_of[i].to >= day &&
            (p->team < 0 || h->worker_of[i].team == p->team))
            p->leave[p->plan.leaves++] =
                (struct estimate_leave){ (uint32_t)i, day + 1, day + 7 * (int32_t)s->ill_weeks };
    p->plan.leave = p->leave;
}

static enum err plan_order(struct ctx *c, struct scenario_model *p)
{
    const struct history_order *o = &p->x->order;
    uint16_t *rank;

    TRY(ctx_alloc(c, o->streams * o->ages, sizeof *rank, (void *)&rank));
    for (size_t s = 0; s < o->streams; s++)
        for (size_t age = 0; age < o->ages; age++) {
            bool first = (int16_t)s == expectation_stream(URGENCY_EMERGENCY, false) ||
                         (int16_t)s == expectation_stream(URGENCY_EMERGENCY, true);
            rank[s * o->ages + age] = (uint16_t)((first ? 40000 : 0) + age * 40);
        }
    p->asked_first = *o;
    p->asked_first.rank = rank;
    return OK;
}

enum err scenario_ground(struct ctx *c, const struct expectation_history *x, int team,
                         struct scenario_ground *ret_ground)
{
    *ret_ground = (struct scenario_ground){ .x = x, .team = team };
    return fte_book_read(c, x->day, x->day, &ret_ground->book);
}

int64_t scenario_fte(const struct scenario_ground *g, bool city)
{
    return fte_of_day(&g->book, city || g->team < 0 ? INT_NONE : g->x->team[g->team], g->x->day).actual;
}

static enum err find_order(struct ctx *c, struct scenario_ground *g)
{
    struct estimate_how followed = { .team = g->team, .order = &g->x->order };
    int32_t days;

    if (!g->ordered && !forecast_order(&g->x->h, g->x->day, &followed, c->arena, &g->order, &days))
        return FAIL(E_NOMEM, "%s", "");
    g->ordered = true;
    return OK;
}

enum err scenario_model(struct ctx *c, struct scenario_ground *g, const struct scenario *s,
                        struct scenario_model *ret_model)
{
    struct scenario_model *p = ret_model;
    const struct expectation_history *x = g->x;

    TRY(find_order(c, g));
    *p = (struct scenario_model){ .x = x, .team = s->city ? -1 : g->team, .order = g->order };
    p->hours = (double)scenario_fte(g, s->city) / 100 * WEEK_HOURS;
    plan_presence(p, s);
    plan_ill(p, s);
    if (s->asked_first) {
        TRY(plan_order(c, p));
        p->order = p->asked_first;
    }
    p->order.shared = p->team < 0;
    p->staff = (struct estimate_staff){ x->day + 1, (int32_t)s->workers };
    p->plan.staff = &p->staff;
    p->plan.staffs = s->workers != 0;
    p->plan.arrival = 1 + (double)s->arrivals / 100;
    return OK;
}
