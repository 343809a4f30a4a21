// SPDX-License-Identifier: EUPL-1.2
/* What was counted outside the register of the made-up municipality: experience after a contact from
 * September 2023 on, the yearly survey of clients in May, a wave of the city panel in March 2024, a survey of
 * partners in April 2024, one mirror talk, two sampled working weeks. All within the days of the register. */
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "register/demo_core.h"
#include "register/outside_record.h"

#include <math.h>
#include <stdio.h>

#define PANEL 430 /* members who answered */
#define PARTNERS_ASKED 60
#define CLIENTS 280            /* who answered the yearly survey */
#define EXPERIENCES_A_WEEK 7.8 /* first talks and closings: 60 % invited, 24 % of these answered */

struct outside_demo {
    const struct demo *d;
    struct rng rng;
    int64_t next; /* number of the line */
};

/* By place in the town. */
static const double knows_team[TOWN_HOODS] = { .52, .38, .40, .36, .37, .41, .34, .36, .42, .31, .21, .30 };
static const struct {
    const char *text;
    double agree;
} statement[] = {
    { "Ik wist waar ik moest zijn met mijn hulpvraag", .62 },
    { "Ik werd snel geholpen", .46 },
    { "De medewerker nam mij serieus", .81 },
    { "Wij zochten samen naar oplossingen", .69 },
    { "Ik wist dat ik een cliëntondersteuner kon vragen", .31 },
    { "Ik vind de kwaliteit van de hulp goed", .74 },
    { "De hulp past bij mijn vraag", .70 },
    { "Door de hulp kan ik beter de dingen doen die ik wil", .63 },
    { "Door de hulp kan ik mij beter redden", .65 },
    { "Door de hulp heb ik een betere kwaliteit van leven", .66 },
};
static const struct {
    const char *kind;
    int before, after; /* hours of a week of 36: 2023, and after the measure of April 2024 */
} week[] = { { "inwoners", 18, 21 },
             { "aanwezig in de wijk", 4, 4 },
             { "administratie", 8, 6 },
             { "reizen", 2, 2 },
             { "overleg", 4, 3 } };

static size_t scaled(const struct outside_demo *g, double n)
{
    return (size_t)llround(n * g->d->o->scale);
}

static bool within(const struct outside_demo *g, int32_t day)
{
    return day >= g->d->o->from && day <= g->d->o->to;
}

static enum err put(struct ctx *c, struct outside_demo *g, const struct outside_record *o)
{
    char key[40];
    bool is_new;

    if (!within(g, o->day))
        return OK;
    snprintf(key, sizeof key, "demo:outside:%lld", (long long)++g->next);
    struct outside_record row = *o;
    row.key = key;
    return outside_record_put(c, &row, &is_new);
}

static struct outside_record blank(const char *list, int32_t day)
{
    return (struct outside_record){ .list = list,
                                    .day = day,
                                    .due = DAY_NONE,
                                    .done = DAY_NONE,
                                    .checked = DAY_NONE,
                                    .number = INT_NONE,
                                    .known = INT_NONE,
                                    .kept = INT_NONE,
                                    .team = INT_NONE,
                                    .neighbourhood = INT_NONE };
}

static int64_t yes(struct outside_demo *g, double p)
{
    return rng_unit(&g->rng) < p ? 1 : 0;
}

static enum err experiences(struct ctx *c, struct outside_demo *g)
{
    static const char *const channels[] = { "web", "web", "phone", "visit" };
    int32_t first = date_from_civil(2023, 9, 4);

    for (int32_t day = first > g->d->o->from ? first : g->d->o->from; day <= g->d->o->to; day++) {
        uint64_t n =
            date_weekday(day) <= 5 ? rng_poisson(&g->rng, EXPERIENCES_A_WEEK / 5 * g->d->o->scale) : 0;
        for (uint64_t i = 0; i < n; i++) {
            struct outside_record o = blank("experience", day);
            double mark = round(7.1 + 1.6 * rng_normal(&g->rng));
            o.number = (int64_t)(mark < 1 ? 1 : mark > 10 ? 10 : mark);
            o.team = g->d->team[rng_below(&g->rng, TOWN_TEAMS)];
            o.channel = channels[rng_below(&g->rng, COUNT(channels))];
            TRY(put(c, g, &o));
        }
    }
    return OK;
}

/* "Helped quickly" goes up from 46 to 58 percent. */
static enum err clients(struct ctx *c, struct outside_demo *g, int year)
{
    for (size_t i = 0; i < scaled(g, CLIENTS); i++)
        for (size_t s = 0; s < COUNT(statement); s++) {
            struct outside_record o = blank("statement", date_from_civil(year, 5, 6) + (int32_t)(i % 25));
            double agree = s == 1 && year >= 2024 ? .58 : statement[s].agree;
            o.kept = yes(g, agree);
            o.category = statement[s].text;
            TRY(put(c, g, &o));
        }
    return OK;
}

static enum err panel(struct ctx *c, struct outside_demo *g)
{
    for (size_t i = 0; i < scaled(g, PANEL); i++) {
        struct outside_record o = blank("panel", date_from_civil(2024, 3, 4) + (int32_t)(i % 14));
        size_t hood = rng_choice(&g->rng, town_hood_weekly, TOWN_HOODS);
        o.known = yes(g, knows_team[hood]);
        o.kept = yes(g, .47);
        o.neighbourhood = g->d->hood[hood];
        TRY(put(c, g, &o));
    }
    return OK;
}

static enum err partners(struct ctx *c, struct outside_demo *g)
{
    static const char *const kinds[] = { "gp", "school", "housing", "care", "police" };

    for (size_t i = 0; i < scaled(g, PARTNERS_ASKED); i++) {
        struct outside_record o = blank("partner_answer", date_from_civil(2024, 4, 8) + (int32_t)(i % 10));
        o.known = yes(g, .55);
        o.category = kinds[i % COUNT(kinds)];
        TRY(put(c, g, &o));
    }
    return OK;
}

static enum err sampled_week(struct ctx *c, struct outside_demo *g, int32_t monday, bool after)
{
    for (size_t i = 0; i < scaled(g, 24); i++)
        for (size_t k = 0; k < COUNT(week); k++) {
            struct outside_record o = blank("work_sample", monday + (int32_t)(i % 5));
            int64_t hours = (after ? week[k].after : week[k].before) + (int64_t)rng_below(&g->rng, 3) - 1;
            o.number = hours < 1 ? 1 : hours;
            o.category = week[k].kind;
            o.team = g->d->team[i % TOWN_TEAMS];
            TRY(put(c, g, &o));
        }
    return OK;
}

static enum err fill(struct ctx *c, void *arg)
{
    struct outside_demo *g = arg;
    struct outside_record talk = blank("mirror", date_from_civil(2023, 4, 12));

    rng_seed(&g->rng, g->d->o->seed * 1000003 + 77);
    g->next = 0;
    talk.number = 7;
    TRY(put(c, g, &talk));
    TRY(experiences(c, g));
    TRY(clients(c, g, 2023));
    TRY(clients(c, g, 2024));
    TRY(panel(c, g));
    TRY(partners(c, g));
    TRY(sampled_week(c, g, date_from_civil(2023, 11, 13), false));
    return sampled_week(c, g, date_from_civil(2024, 5, 13), true);
}

enum err demo_outside(struct ctx *c, struct demo *d)
{
    struct outside_demo g = { .d = d };

    return db_tx(c, fill, &g);
}
