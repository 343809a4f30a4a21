// SPDX-License-Identifier: EUPL-1.2
#include "account/scenario.h"

#include "account/expectation_history.h"
#include "base/text.h"
#include "forecast/simulate.h"
#include "register/fte.h"
#include "register/right.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 20, REPLICATIONS = 1000, AHEAD_DAYS = 546, WEEKS = 53, WEEK_HOURS = 36, LEAVES = 64 };

const int32_t scenario_days[SCENARIO_MOMENTS] = { 91, 182 };

static bool within(int64_t v, int64_t low, int64_t high)
{
    return v >= low && v <= high;
}

enum err scenario_check(struct ctx *c, const struct scenario *s)
{
    if (!within(s->workers, -60, 60))
        return FAIL_FIELD("workers", "%s", _("Choose from -60 to 60 workers."));
    if (!within(s->presence, -400, 400))
        return FAIL_FIELD("presence", "%s", _("Choose from -400 to 400 hours a week."));
    if (!within(s->ill, 0, 100))
        return FAIL_FIELD("ill", "%s", _("Choose from 0 to 100 of 100 workers."));
    if (!within(s->ill_weeks, 0, 52))
        return FAIL_FIELD("ill_weeks", "%s", _("Choose from 0 to 52 weeks."));
    if (s->ill != 0 && s->ill_weeks == 0)
        return FAIL_FIELD("ill_weeks", "%s", _("Say for how many weeks the wave of illness lasts."));
    if (!within(s->arrivals, -90, 300))
        return FAIL_FIELD("arrivals", "%s", _("Choose from -90 to 300 percent."));
    return OK;
}

/* ── A plan as the model knows it ─────────────────────────────────────────────────────────────────────────
 */

struct planning {
    const struct expectation_history *x;
    int team;     /* place in x->team; -1: all */
    double hours; /* that the team works in a week */
    struct history_order order, asked_first;
    struct estimate_plan plan;
    struct estimate_staff staff;
    struct estimate_leave leave[LEAVES];
    float presence[WEEKS];
};

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

static void plan_presence(struct planning *p, const struct scenario *s)
{
    int32_t monday = p->x->day - (date_weekday(p->x->day) - 1);

    if (s->presence == 0 || p->hours <= 0)
        return;
    for (int w = 0; w < WEEKS; w++) {
        double share = presence_of(p->x, p->team, monday + 7 * w) + (double)s->presence / p->hours;
        p->presence[w] = (float)fmin(fmax(share, 0), .95);
    }
    p->plan.presence = p->presence;
    p->plan.first_week = monday;
    p->plan.weeks = WEEKS;
}

/* The first of those in service fall ill: which ones makes no difference to the list. */
static void plan_ill(struct planning *p, const struct scenario *s)
{
    const struct history *h = &p->x->h;
    int32_t day = p->x->day;
    size_t serve = 0, ill;

    for (size_t i = 0; i < h->workers; i++)
        serve += h->worker_of[i].from <= day && h->worker_of[i].to >= day &&
                 (p->team < 0 || h->worker_of[i].team == p->team);
    ill = (size_t)lround((double)serve * (double)s->ill / 100);
    for (size_t i = 0; i < h->workers && p->plan.leaves < ill && p->plan.leaves < LEAVES && s->ill_weeks > 0;
         i++)
        if (h->worker_of[i].from <= day && h->worker_of[i].to >= day &&
            (p->team < 0 || h->worker_of[i].team == p->team))
            p->leave[p->plan.leaves++] =
                (struct estimate_leave){ (uint32_t)i, day + 1, day + 7 * (int32_t)s->ill_weeks };
    p->plan.leave = p->leave;
}

static enum err plan_order(struct ctx *c, struct planning *p)
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

static enum err plan_make(struct ctx *c, const struct expectation_history *x, int team,
                          const struct scenario *s, struct planning *p)
{
    struct fte_book book;

    struct estimate_how followed = { .team = team, .order = &x->order };
    int32_t days;

    *p = (struct planning){ .x = x, .team = s->city ? -1 : team };
    if (!forecast_order(&x->h, x->day, &followed, c->arena, &p->order, &days)) /* as it is now */
        return FAIL(E_NOMEM, "%s", "");
    TRY(fte_book_read(c, x->day, x->day, &book));
    int64_t of = p->team < 0 ? INT_NONE : x->team[p->team];
    p->hours = (double)fte_of_day(&book, of, x->day).actual / 100 * WEEK_HOURS;
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

/* ── Running it ───────────────────────────────────────────────────────────────────────────────────────────
 */

/* Quantiles of each draw of the parameters, at each moment. */
struct outcome_of {
    double middle[SCENARIO_MOMENTS][DRAWS], most[SCENARIO_MOMENTS][DRAWS], size[SCENARIO_MOMENTS][DRAWS];
    size_t draws;
    bool staff;
};

/* The first day that a share p of the weighted counts does not exceed; NaN: not within the days. */
static double quantile(const double *count, int32_t days, double p)
{
    double all = 0, sum = 0;

    for (int32_t d = 0; d <= days; d++)
        all += count[d];
    for (int32_t d = 0; d < days; d++) {
        sum += count[d];
        if (sum >= p * all && all > 0)
            return d;
    }
    return NAN;
}

struct probing {
    struct simulate_probe probe[HISTORY_STREAMS_MAX * SCENARIO_MOMENTS];
    double weight[HISTORY_STREAMS_MAX * SCENARIO_MOMENTS];
    size_t n;
};

/* Who asks at a moment: every class but emergencies, as often as they come. */
static void probe_fill(const struct model *m, struct probing *p)
{
    p->n = 0;
    for (size_t s = 2; s < m->order->streams; s++) { /* 0 and 1 are emergencies */
        double arrival = 0;
        for (size_t d = 0; d < m->draws; d++)
            arrival += (double)m->draw[d].arrival[s] / (double)m->draws;
        for (size_t k = 0; k < SCENARIO_MOMENTS && arrival > 0; k++) {
            p->probe[p->n] = (struct simulate_probe){ scenario_days[k], (int16_t)s };
            p->weight[p->n++] = arrival;
        }
    }
}

static void outcome_put(const struct model *m, const struct probing *p, const struct simulate_out *out,
                        struct outcome_of *o, double *count)
{
    for (size_t k = 0; k < SCENARIO_MOMENTS; k++) {
        int32_t days = m->days - scenario_days[k];
        memset(count, 0, ((size_t)m->days + 1) * sizeof *count);
        for (size_t i = 0; i < p->n; i++) {
            if (p->probe[i].day != scenario_days[k])
                continue;
            const uint32_t *row = out->probe + i * ((size_t)m->days + 1);
            for (int32_t d = 0; d < days; d++)
                count[d] += p->weight[i] * (double)row[d + scenario_days[k]];
            count[days] += p->weight[i] * (double)row[m->days];
        }
        o->middle[k][o->draws] = quantile(count, days, .5);
        o->most[k][o->draws] = quantile(count, days, .8);
        o->size[k][o->draws] = (double)out->size[k * 5 + 2];
    }
    o->draws++;
}

static enum err run_plan(struct ctx *c, const struct planning *p, const struct scenario_how *how,
                         struct outcome_of *ret_outcome)
{
    struct estimate_how estimate = { .team = p->team,
                                     .order = &p->order,
                                     .plan = &p->plan,
                                     .seed = how->seed != 0 ? how->seed : 1,
                                     .draws = DRAWS,
                                     .days = AHEAD_DAYS };
    struct arena_mark before = arena_mark(c->arena);
    struct probing *probe;
    struct model m;
    double *count;

    ret_outcome->draws = 0;
    if (!estimate_model(&p->x->h, p->x->day, &estimate, c->arena, &m))
        return FAIL(E_NOMEM, "%s", "");
    ret_outcome->staff = m.workers > 0;
    TRY(ctx_alloc(c, 1, sizeof *probe, (void *)&probe));
    TRY(ctx_alloc(c, (size_t)m.days + 2, sizeof *count, (void *)&count));
    probe_fill(&m, probe);
    for (size_t d = 0; d < m.draws && d < DRAWS; d++) {
        struct arena_mark each = arena_mark(c->arena);
        struct model one = m;
        struct simulate_out out;
        one.draw = &m.draw[d];
        one.draws = 1;
        struct simulate_ask ask = { .seed = estimate.seed + d,
                                    .replications =
                                        (how->replications > 0 ? how->replications : REPLICATIONS) / DRAWS,
                                    .threads = how->threads,
                                    .size_day = scenario_days,
                                    .sizes = SCENARIO_MOMENTS,
                                    .only_probes = true,
                                    .probe = probe->probe,
                                    .probes = probe->n };
        if (ask.replications < 1)
            ask.replications = 1;
        if (!simulate_run(&one, &ask, c->arena, &out))
            return FAIL(E_CONFLICT, "%s", _("This list cannot be computed: too little is known of it."));
        outcome_put(&one, probe, &out, ret_outcome, count);
        arena_release(c->arena, each);
    }
    arena_release(c->arena, before);
    return OK;
}

/* ── Comparing ────────────────────────────────────────────────────────────────────────────────────────────
 */

static int by_value(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;

    return a < b ? -1 : a > b;
}

/* Middle, 10th and 90th percentile over the draws; NaN when any draw has none. */
static struct scenario_value value_of(const double *v, const double *base, size_t n)
{
    double sorted[DRAWS];

    for (size_t i = 0; i < n; i++) {
        sorted[i] = v[i] - (base != NULL ? base[i] : 0);
        if (isnan(sorted[i]))
            return (struct scenario_value){ NAN, NAN, NAN };
    }
    if (n == 0)
        return (struct scenario_value){ NAN, NAN, NAN };
    qsort(sorted, n, sizeof *sorted, by_value);
    return (struct scenario_value){ sorted[n / 2], sorted[n / 10], sorted[n - 1 - n / 10] };
}

static void compare(const struct outcome_of *o, const struct outcome_of *base, struct scenario_result *ret)
{
    ret->staff = o->staff;
    for (size_t k = 0; k < SCENARIO_MOMENTS; k++)
        ret->at[k] =
            (struct scenario_effect){ .middle = value_of(o->middle[k], NULL, o->draws),
                                      .most = value_of(o->most[k], NULL, o->draws),
                                      .more_middle = value_of(o->middle[k], base->middle[k], o->draws),
                                      .more_most = value_of(o->most[k], base->most[k], o->draws),
                                      .size = value_of(o->size[k], NULL, o->draws) };
}

static enum err team_of(struct ctx *c, const struct expectation_history *x, int64_t list, int *ret_team)
{
    if (list == LIST_CITY) {
        *ret_team = -1;
        return OK;
    }
    for (size_t t = 0; t < x->h.teams; t++)
        if (x->team[t] == (list == LIST_NO_TEAM ? INT_NONE : list)) {
            *ret_team = (int)t;
            return OK;
        }
    return FAIL(E_NOT_FOUND, "%s", _("We cannot find this list."));
}

enum err scenario_run(struct ctx *c, int64_t list, const struct scenario *s, size_t n,
                      const struct scenario_how *how, struct scenario_result *ret)
{
    struct expectation_history x;
    struct outcome_of *base, *o;
    struct planning *p;
    int team;

    TRY(may(c, RIGHT_FIGURES));
    if (n > SCENARIOS_MAX)
        return FAIL(E_INVALID, "%s", _("Compare at most 100 plans at once."));
    for (size_t i = 0; i < n; i++)
        TRY(scenario_check(c, &s[i]));
    TRY(expectation_history_read(c, how->day, &x));
    TRY(team_of(c, &x, list, &team));
    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(ctx_alloc(c, 1, sizeof *base, (void *)&base));
    TRY(ctx_alloc(c, 1, sizeof *o, (void *)&o));
    const struct scenario now = { .name = "" };
    TRY(plan_make(c, &x, team, &now, p));
    TRY(run_plan(c, p, how, base));
    compare(base, base, &ret[0]);
    for (size_t i = 0; i < n; i++) {
        TRY(plan_make(c, &x, team, &s[i], p));
        TRY(run_plan(c, p, how, o));
        compare(o, base, &ret[i + 1]);
    }
    return OK;
}
