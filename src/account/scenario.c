// SPDX-License-Identifier: EUPL-1.2
#include "account/scenario.h"

#include "account/scenario_core.h"
#include "base/jobs.h"
#include "base/text.h"
#include "forecast/simulate.h"
#include "register/config.h"
#include "register/right.h"
#include "store/kept.h"
#include "store/memo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 20, REPLICATIONS = 1000, AHEAD_DAYS = 546 };

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

/* A model, as often as it has draws of its parameters: each draw is a simulation of its own. */
struct plan_run {
    const struct model *m;
    const struct probing *probe;
    uint64_t seed;
    uint32_t replications; /* of each draw */
    struct outcome_of *o;
    bool failed[DRAWS];
};

static void outcome_put(const struct plan_run *r, size_t draw, const struct simulate_out *out, double *count)
{
    const struct probing *p = r->probe;
    const struct model *m = r->m;

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
        r->o->middle[k][draw] = quantile(count, days, .5);
        r->o->most[k][draw] = quantile(count, days, .8);
        r->o->size[k][draw] = (double)out->size[k * 5 + 2];
    }
}

static void run_draw(void *arg, size_t draw, struct arena *a)
{
    struct plan_run *r = arg;
    struct model one = *r->m;
    struct simulate_ask ask = { .seed = r->seed + draw,
                                .replications = r->replications,
                                .size_day = scenario_days,
                                .sizes = SCENARIO_MOMENTS,
                                .only_probes = true,
                                .probe = r->probe->probe,
                                .probes = r->probe->n };
    double *count = arena_array(a, (size_t)one.days + 2, sizeof *count);
    struct simulate_out out;

    one.draw = &r->m->draw[draw];
    one.draws = 1;
    r->failed[draw] = count == NULL || !simulate_run(&one, &ask, a, &out);
    if (!r->failed[draw])
        outcome_put(r, draw, &out, count);
}

static enum err run_plan(struct ctx *c, const struct scenario_model *p, const struct scenario_how *how,
                         struct outcome_of *ret_outcome)
{
    struct estimate_how estimate = { .team = p->team,
                                     .order = &p->order,
                                     .plan = &p->plan,
                                     .seed = how->seed != 0 ? how->seed : 1,
                                     .draws = DRAWS,
                                     .days = AHEAD_DAYS };
    uint32_t each = (how->replications > 0 ? how->replications : REPLICATIONS) / DRAWS;
    struct arena_mark before = arena_mark(c->arena);
    struct probing *probe;
    struct model m;

    if (!estimate_model(&p->x->h, p->x->day, &estimate, c->arena, &m))
        return FAIL(E_NOMEM, "%s", "");
    TRY(ctx_alloc(c, 1, sizeof *probe, (void *)&probe));
    probe_fill(&m, probe);
    struct plan_run r = {
        .m = &m, .probe = probe, .seed = estimate.seed, .replications = each > 0 ? each : 1, .o = ret_outcome
    };
    jobs_run(m.draws, how->threads, c->arena->ceiling, run_draw, &r);
    for (size_t d = 0; d < m.draws; d++)
        if (r.failed[d])
            return FAIL(E_CONFLICT, "%s", _("This list cannot be computed: too little is known of it."));
    ret_outcome->draws = m.draws;
    ret_outcome->staff = m.workers > 0;
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

enum err scenario_few(struct ctx *c, int64_t list, const struct expectation_history *x, bool *ret_few,
                      int64_t *ret_came)
{
    struct expected_driver driver[EXPECTATION_DRIVERS];
    struct expected_list l = { .list = list, .driver = driver };
    int team;

    TRY(team_of(c, x, list, &team));
    l.drivers = expectation_drivers(x, team, driver);
    *ret_few = expectation_few(&l, ret_came);
    return OK;
}

/* ── All of them ──────────────────────────────────────────────────────────────────────────────────────────
 */

/* The history of a day, and its mark (expectation_mark). */
struct known {
    struct expectation_history x;
    uint64_t mark;
};

struct running {
    const struct scenario_how *how;
    int64_t list;
    struct kept *kept;
    uint64_t mark;
    struct scenario_ground ground;
    struct scenario_model *model; /* room for one */
};

/* Everything that an outcome depends on: the same for other plans of the same list, and after something was
 * written that has nothing to do with it. No padding. */
struct outcome_key {
    uint64_t mark, seed;
    int64_t team, fte, fte_city, replications;
    int64_t workers, presence, ill, ill_weeks, arrivals, order;
};
_Static_assert(sizeof(struct outcome_key) == 12 * sizeof(int64_t), "compared byte by byte");

static struct outcome_key key_of(const struct running *r, const struct scenario *s)
{
    return (struct outcome_key){ .mark = r->mark,
                                 .seed = r->how->seed,
                                 .team = r->ground.team,
                                 .fte = scenario_fte(&r->ground, false),
                                 .fte_city = scenario_fte(&r->ground, true),
                                 .replications = r->how->replications,
                                 .workers = s->workers,
                                 .presence = s->presence,
                                 .ill = s->ill,
                                 .ill_weeks = s->ill_weeks,
                                 .arrivals = s->arrivals,
                                 .order = (s->city ? 1 : 0) + (s->asked_first ? 2 : 0) };
}

static enum err read_history(struct ctx *c, void *arg, void **ret_value)
{
    struct known *k;

    TRY(ctx_alloc(c, 1, sizeof *k, (void *)&k));
    TRY(expectation_history_read(c, *(const int32_t *)arg, &k->x));
    k->mark = expectation_mark(&k->x);
    *ret_value = k;
    return OK;
}

/* The history, read once for all who ask; what an absence without an end comes to depends on today. */
static enum err history_hold(struct ctx *c, struct running *r, const struct expectation_history **ret_x)
{
    const struct config *config;
    int32_t day = r->how->day;
    void *known;

    TRY(config_get(c, &config));
    const int64_t key[] = { day, c->today, (int64_t)config->fingerprint };
    struct kept_how how = { .key = key, .key_len = sizeof key, .read = read_history, .arg = &day };
    TRY(kept_hold(c, &how, &r->kept, &known));
    r->mark = ((const struct known *)known)->mark;
    *ret_x = &((const struct known *)known)->x;
    return OK;
}

static enum err outcome_get(struct ctx *c, struct running *r, const struct scenario *s, struct outcome_of *o)
{
    struct outcome_key key = key_of(r, s);
    struct memo memo = { "scenario outcome", &key, sizeof key, o, sizeof *o, .lasting = true };

    if (memo_get(c, &memo))
        return OK;
    TRY(scenario_model(c, &r->ground, s, r->model));
    TRY(run_plan(c, r->model, r->how, o));
    memo_put(c, &memo);
    return OK;
}

static enum err run_all(struct ctx *c, struct running *r, const struct scenario *s, size_t n,
                        struct scenario_result *ret)
{
    static const struct scenario now = { .name = "" };
    const struct expectation_history *x = r->how->history;
    struct outcome_of *base, *o;
    int team;

    if (x == NULL)
        TRY(history_hold(c, r, &x));
    else
        r->mark = expectation_mark(x);
    TRY(team_of(c, x, r->list, &team));
    TRY(scenario_ground(c, x, team, &r->ground));
    TRY(ctx_alloc(c, 1, sizeof *r->model, (void *)&r->model));
    TRY(ctx_alloc(c, 1, sizeof *base, (void *)&base));
    TRY(ctx_alloc(c, 1, sizeof *o, (void *)&o));
    TRY(outcome_get(c, r, &now, base));
    compare(base, base, &ret[0]);
    for (size_t i = 0; i < n; i++) {
        TRY(outcome_get(c, r, &s[i], o));
        compare(o, base, &ret[i + 1]);
    }
    return OK;
}

enum err scenario_run(struct ctx *c, int64_t list, const struct scenario *s, size_t n,
                      const struct scenario_how *how, struct scenario_result *ret)
{
    struct running r = { .how = how, .list = list };

    TRY(may(c, RIGHT_FIGURES));
    if (n > SCENARIOS_MAX)
        return FAIL(E_INVALID, "%s", _("Compare at most 100 plans at once."));
    for (size_t i = 0; i < n; i++)
        TRY(scenario_check(c, &s[i]));
    enum err e = run_all(c, &r, s, n, ret);
    kept_drop(c, r.kept);
    return e;
}
