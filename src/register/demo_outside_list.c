// SPDX-License-Identifier: EUPL-1.2
/* The lists that the made-up municipality keeps elsewhere: patterns in complaints and signals with their
 * measure or reasoned no (domain: at most 20 working days), measures to do better with the check of their
 * effect, the core figures that are published each quarter, and advice and questions of councils. */
#include "register/config.h"
#include "register/demo_outside.h"

#include "base/calendar.h"
#include "base/date.h"
#include "base/text.h"

#include <math.h>

#define PATTERN_IN_TIME .78
#define CHECK_MEDIAN 80. /* days from a pattern to the check of its measure; log-normal */
#define CHECK_SPREAD .45
#define DONE_IN_TIME .70
#define EFFECT_SHOWN .55
#define EFFECT_UNCLEAR .15 /* of the measures that were checked */
#define WITH_STORY .81
#define ADVICE_IN_TIME .66

enum { BEFORE = 200, PATTERN_WORKING_DAYS = 20, CORE = 15 };

static int32_t some_days(struct outside_demo *g, int least, int more)
{
    return least + (int32_t)rng_below(&g->rng, (uint64_t)more);
}

/* Done by the day, or some weeks later. */
static int32_t done_day(struct outside_demo *g, int32_t begin, int32_t due, double in_time)
{
    int32_t room = due - begin;

    return outside_demo_yes(g, in_time) == 1 ? due - (int32_t)rng_below(&g->rng, (uint64_t)(room * 3 / 4))
                                             : due + some_days(g, 1, 30);
}

static enum err patterns(struct ctx *c, struct outside_demo *g)
{
    static const char *const kinds[] = { "unreachable", "waiting",    "information",
                                         "treatment",   "complexity", "partners" };
    const struct config *k;

    TRY(config_get(c, &k));
    for (int32_t day = g->first + 3; day <= g->d->o->to; day += some_days(g, 8, 11)) {
        struct outside_record o = outside_demo_blank("pattern", day);
        double days = CHECK_MEDIAN * exp(CHECK_SPREAD * rng_normal(&g->rng));
        o.due = calendar_add_working(&k->calendar, day, PATTERN_WORKING_DAYS);
        o.done = done_day(g, day, o.due, PATTERN_IN_TIME);
        o.checked = day + (int32_t)lround(days < 5 ? 5 : days);
        o.category = kinds[rng_below(&g->rng, COUNT(kinds))];
        o.team = g->d->team[rng_below(&g->rng, TOWN_TEAMS)];
        TRY(outside_demo_put(c, g, &o));
    }
    return OK;
}

static enum err improvements(struct ctx *c, struct outside_demo *g)
{
    for (int32_t day = g->first + 5; day <= g->d->o->to; day += some_days(g, 6, 9)) {
        struct outside_record o = outside_demo_blank("improvement", day);
        o.due = day + some_days(g, 30, 45);
        o.done = done_day(g, day, o.due, DONE_IN_TIME);
        o.checked = o.done + some_days(g, 20, 30);
        o.kept = outside_demo_yes(g, EFFECT_SHOWN);
        if (outside_demo_yes(g, EFFECT_UNCLEAR) == 1)
            o.kept = INT_NONE;
        TRY(outside_demo_put(c, g, &o));
    }
    return OK;
}

/* The fifteen core figures, in the third week after each quarter. */
static enum err publications(struct ctx *c, struct outside_demo *g)
{
    static const char *const core[CORE] = { "T1", "T4", "Z2", "I3", "W1", "W2", "W4", "W5",
                                            "W6", "D3", "H1", "H2", "E4", "K1", "K3" };
    int year = date_to_civil(g->first).year;

    for (int q = 0; q < 4 * 8; q++) {
        int32_t day = date_from_civil(year + q / 4, 3 * (q % 4) + 1, 18);
        for (size_t i = 0; i < CORE && day <= g->d->o->to; i++) {
            struct outside_record o = outside_demo_blank("published", day);
            o.category = core[i];
            o.kept = outside_demo_yes(g, WITH_STORY);
            TRY(outside_demo_put(c, g, &o));
        }
    }
    return OK;
}

static enum err advices(struct ctx *c, struct outside_demo *g)
{
    static const char *const bodies[] = { "adviesraad", "gemeenteraad", "cliëntenraad" };

    for (int32_t day = g->first + 8; day <= g->d->o->to; day += some_days(g, 7, 11)) {
        struct outside_record o = outside_demo_blank("advice", day);
        o.due = day + 42;
        o.done = done_day(g, day, o.due, ADVICE_IN_TIME);
        o.category = bodies[rng_below(&g->rng, COUNT(bodies))];
        TRY(outside_demo_put(c, g, &o));
    }
    return OK;
}

enum err demo_outside_lists(struct ctx *c, struct outside_demo *g)
{
    int32_t begun = date_from_civil(2023, 7, 3), before = g->d->o->from - BEFORE;

    g->first = before > begun ? before : begun;
    TRY(patterns(c, g));
    TRY(improvements(c, g));
    TRY(publications(c, g));
    return advices(c, g);
}

double demo_outside_list_truth(const char *id, const char *part)
{
    static const struct {
        const char *id, *part;
        double value;
    } truths[] = {
        { "K2", "a", PATTERN_IN_TIME }, { "K3", "a", CHECK_MEDIAN }, { "S1", "a", WITH_STORY },
        { "S2", "a", DONE_IN_TIME },    { "S2", "b", EFFECT_SHOWN }, { "S3", "a", ADVICE_IN_TIME },
    };

    for (size_t i = 0; i < COUNT(truths); i++)
        if (text_is(truths[i].id, id) && text_is(truths[i].part, part))
            return truths[i].value;
    return NAN;
}
