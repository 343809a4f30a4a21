// SPDX-License-Identifier: EUPL-1.2
#include "account/scenario.h"

#include "account/scenario_core.h"
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

static enum err run_plan(struct ctx *c, const struct scenario_model *p, const struct scenario_how *how,
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
    struct arena_mark each = arena_mark(c->arena);
    for (size_t d = 0; d < m.draws && d < DRAWS; d++) {
        size_t used = c->arena->used;
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
        if (d == 0) /* all take as much: the memory is asked for once */
            each = arena_mark_room(c->arena, c->arena->used - used);
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

/* ── All of them ──────────────────────────────────────────────────────────────────────────────────────────
 */

struct running {
    const struct scenario_how *how;
    const struct config *config;
    int64_t list;
    struct kept *kept;
    const struct expectation_history *x; /* NULL: not read yet */
    struct scenario_ground ground;
    struct scenario_model *model; /* room for one; NULL: nothing of these three was needed yet */
};

/* Everything that an outcome depends on besides the register. No padding. */
struct outcome_key {
    int64_t list, day, today, config, seed, replications;
    int64_t workers, presence, ill, ill_weeks, arrivals, order;
};
_Static_assert(sizeof(struct outcome_key) == 12 * sizeof(int64_t), "compared byte by byte");

static struct outcome_key key_of(struct ctx *c, const struct running *r, const struct scenario *s)
{
    return (struct outcome_key){ .list = r->list,
                                 .day = r->how->day,
                                 .today = c->today,
                                 .config = (int64_t)r->config->fingerprint,
                                 .seed = (int64_t)r->how->seed,
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
    struct expectation_history *x;

    TRY(ctx_alloc(c, 1, sizeof *x, (void *)&x));
    TRY(expectation_history_read(c, *(const int32_t *)arg, x));
    *ret_value = x;
    return OK;
}

/* What all plans need: once, and only when an outcome is not known. */
static enum err begin(struct ctx *c, struct running *r)
{
    const int64_t key[] = { r->how->day, c->today, (int64_t)r->config->fingerprint };
    int32_t day = r->how->day;
    struct kept_how how = { .key = key, .key_len = sizeof key, .read = read_history, .arg = &day };
    void *x;
    int team;

    if (r->model != NULL)
        return OK;
    if (r->x == NULL) {
        TRY(kept_hold(c, &how, &r->kept, &x));
        r->x = x;
    }
    TRY(team_of(c, r->x, r->list, &team));
    TRY(scenario_ground(c, r->x, team, &r->ground));
    return ctx_alloc(c, 1, sizeof *r->model, (void *)&r->model);
}

static enum err outcome_get(struct ctx *c, struct running *r, const struct scenario *s, struct outcome_of *o)
{
    struct outcome_key key = key_of(c, r, s);
    struct memo memo = { "scenario outcome", &key, sizeof key, o, sizeof *o };

    if (memo_get(c, &memo))
        return OK;
    TRY(begin(c, r));
    TRY(scenario_model(c, &r->ground, s, r->model));
    TRY(run_plan(c, r->model, r->how, o));
    memo_put(c, &memo);
    return OK;
}

static enum err run_all(struct ctx *c, struct running *r, const struct scenario *s, size_t n,
                        struct scenario_result *ret)
{
    static const struct scenario now = { .name = "" };
    struct outcome_of *base, *o;

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
    struct running r = { .how = how, .list = list, .x = how->history };

    TRY(may(c, RIGHT_FIGURES));
    if (n > SCENARIOS_MAX)
        return FAIL(E_INVALID, "%s", _("Compare at most 100 plans at once."));
    for (size_t i = 0; i < n; i++)
        TRY(scenario_check(c, &s[i]));
    TRY(config_get(c, &r.config));
    enum err e = run_all(c, &r, s, n, ret);
    kept_drop(c, r.kept);
    return e;
}
