// SPDX-License-Identifier: EUPL-1.2
#include "register/demo_outside.h"

#include "base/date.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>

#define PANEL 430 /* members who answered */
#define PARTNERS_ASKED 60
#define CLIENTS 280         /* who answered the yearly survey */
#define INVITED_A_WEEK 32.5 /* first talks and closings: 60 % is invited */
#define RESPONSE .24
#define MARK 7.1
#define MARK_SD 1.6
#define PARTNER_KNOWS .55
#define DUTY_MET .47
#define QUICK_LATER .58 /* helped quickly, from 2024 on */
#define QUICK 1         /* its place among the statements */

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
    const char *code;
    double yes;
} question[] = { { "heard", .83 }, { "clear", .64 }, { "helped", .71 } };
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
    return day >= g->first && day <= g->d->o->to;
}

enum err outside_demo_put(struct ctx *c, struct outside_demo *g, const struct outside_record *o)
{
    char key[40];
    bool is_new;

    if (!within(g, o->day))
        return OK;
    snprintf(key, sizeof key, "demo:outside:%lld", (long long)++g->next);
    struct outside_record row = *o;
    row.key = key;
    row.done = row.done != DAY_NONE && row.done <= g->d->o->to ? row.done : DAY_NONE;
    if (row.checked == DAY_NONE || row.checked > g->d->o->to) {
        row.checked = DAY_NONE;
        row.kept = text_is(o->list, "improvement") ? INT_NONE : row.kept;
    }
    return outside_record_put(c, &row, &is_new);
}

struct outside_record outside_demo_blank(const char *list, int32_t day)
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

int64_t outside_demo_yes(struct outside_demo *g, double p)
{
    return rng_unit(&g->rng) < p ? 1 : 0;
}

static int64_t mark_of(double z)
{
    double mark = round(MARK + MARK_SD * z);

    return (int64_t)(mark < 1 ? 1 : mark > 10 ? 10 : mark);
}

/* One invitation; who answers gives a mark and answers the three questions. */
static enum err invite(struct ctx *c, struct outside_demo *g, int32_t day)
{
    static const char *const channels[] = { "web", "web", "phone", "visit" };
    struct outside_record o = outside_demo_blank("invitation", day);

    o.team = g->d->team[rng_below(&g->rng, TOWN_TEAMS)];
    o.channel = channels[rng_below(&g->rng, COUNT(channels))];
    o.known = outside_demo_yes(g, RESPONSE);
    TRY(outside_demo_put(c, g, &o));
    if (o.known == 0)
        return OK;
    o.known = INT_NONE;
    o.list = "experience";
    o.number = mark_of(rng_normal(&g->rng));
    TRY(outside_demo_put(c, g, &o));
    o.list = "experience_question";
    o.number = INT_NONE;
    for (size_t i = 0; i < COUNT(question); i++) {
        o.category = question[i].code;
        o.kept = outside_demo_yes(g, question[i].yes);
        TRY(outside_demo_put(c, g, &o));
    }
    return OK;
}

static enum err experiences(struct ctx *c, struct outside_demo *g)
{
    int32_t first = date_from_civil(2023, 9, 4);

    for (int32_t day = first > g->d->o->from ? first : g->d->o->from; day <= g->d->o->to; day++) {
        uint64_t n = date_weekday(day) <= 5 ? rng_poisson(&g->rng, INVITED_A_WEEK / 5 * g->d->o->scale) : 0;
        for (uint64_t i = 0; i < n; i++)
            TRY(invite(c, g, day));
    }
    return OK;
}

/* "Helped quickly" goes up from 46 to 58 percent. */
static double agrees(size_t s, int year)
{
    return s == QUICK && year >= 2024 ? QUICK_LATER : statement[s].agree;
}

static enum err clients(struct ctx *c, struct outside_demo *g, int year)
{
    for (size_t i = 0; i < scaled(g, CLIENTS); i++)
        for (size_t s = 0; s < COUNT(statement); s++) {
            struct outside_record o =
                outside_demo_blank("statement", date_from_civil(year, 5, 6) + (int32_t)(i % 25));
            o.kept = outside_demo_yes(g, agrees(s, year));
            o.category = statement[s].text;
            TRY(outside_demo_put(c, g, &o));
        }
    return OK;
}

static enum err panel(struct ctx *c, struct outside_demo *g, int year)
{
    for (size_t i = 0; i < scaled(g, PANEL); i++) {
        struct outside_record o =
            outside_demo_blank("panel", date_from_civil(year, 3, 4) + (int32_t)(i % 14));
        size_t hood = rng_choice(&g->rng, town_hood_weekly, TOWN_HOODS);
        o.known = outside_demo_yes(g, knows_team[hood]);
        o.kept = outside_demo_yes(g, DUTY_MET);
        o.neighbourhood = g->d->hood[hood];
        TRY(outside_demo_put(c, g, &o));
    }
    return OK;
}

static enum err partners(struct ctx *c, struct outside_demo *g, int year)
{
    static const char *const kinds[] = { "gp", "school", "housing", "care", "police" };

    for (size_t i = 0; i < scaled(g, PARTNERS_ASKED); i++) {
        struct outside_record o =
            outside_demo_blank("partner_answer", date_from_civil(year, 4, 8) + (int32_t)(i % 10));
        o.known = outside_demo_yes(g, PARTNER_KNOWS);
        o.category = kinds[i % COUNT(kinds)];
        TRY(outside_demo_put(c, g, &o));
    }
    return OK;
}

static enum err sampled_week(struct ctx *c, struct outside_demo *g, int32_t monday, bool after)
{
    for (size_t i = 0; i < scaled(g, 24); i++)
        for (size_t k = 0; k < COUNT(week); k++) {
            struct outside_record o = outside_demo_blank("work_sample", monday + (int32_t)(i % 5));
            int64_t hours = (after ? week[k].after : week[k].before) + (int64_t)rng_below(&g->rng, 3) - 1;
            o.number = hours < 1 ? 1 : hours;
            o.category = week[k].kind;
            o.team = g->d->team[i % TOWN_TEAMS];
            TRY(outside_demo_put(c, g, &o));
        }
    return OK;
}

/* What comes back every year; the panel, the partners and the sampled week since 2024, when they were begun.
 */
static enum err year_fill(struct ctx *c, struct outside_demo *g, int year)
{
    struct outside_record talk = outside_demo_blank("mirror", date_from_civil(year, 4, 10));

    talk.number = 7;
    TRY(outside_demo_put(c, g, &talk));
    TRY(clients(c, g, year));
    TRY(sampled_week(c, g, date_from_civil(year, 11, 13), year > 2023));
    if (year < 2024)
        return OK;
    TRY(sampled_week(c, g, date_from_civil(year, 5, 13), true));
    TRY(panel(c, g, year));
    return partners(c, g, year);
}

static enum err fill(struct ctx *c, void *arg)
{
    struct outside_demo *g = arg;
    const struct demo_options *o = g->d->o;
    int last = date_to_civil(o->to).year;

    rng_seed(&g->rng, o->seed * 1000003 + 77);
    g->next = 0;
    g->first = o->from;
    TRY(experiences(c, g));
    for (int year = date_to_civil(o->from).year > 2023 ? date_to_civil(o->from).year : 2023; year <= last;
         year++)
        TRY(year_fill(c, g, year));
    return demo_outside_lists(c, g);
}

enum err demo_outside(struct ctx *c, struct demo *d)
{
    struct outside_demo g = { .d = d };

    return db_tx(c, fill, &g);
}

const struct demo_outside_part demo_outside_parts[DEMO_OUTSIDE_PARTS] = {
    { "E4", "a" }, { "E4", "b" }, { "E4", "c" }, { "E4", "d" }, { "E4", "e" }, { "E7", "a" }, { "Z4", "a" },
    { "P2", "b" }, { "K2", "a" }, { "K3", "a" }, { "S1", "a" }, { "S2", "a" }, { "S2", "b" }, { "S3", "a" },
};

/* Mean of a mark that was rounded and cut off at 1 and 10. */
static double mean_mark(void)
{
    double mean = 10, below = 0;

    for (int m = 1; m < 10; m++) {
        below = 0.5 * erfc(-(m + 0.5 - MARK) / MARK_SD / sqrt(2));
        mean -= below;
    }
    return mean;
}

static double known_in_town(void)
{
    double known = 0, all = 0;

    for (size_t h = 0; h < TOWN_HOODS; h++) {
        known += town_hood_weekly[h] * knows_team[h];
        all += town_hood_weekly[h];
    }
    return known / all;
}

double demo_outside_truth(const char *id, const char *part, const char *kind, int year)
{
    if (text_is(id, "E4")) {
        size_t q = (size_t)(part[0] - 'b');
        return part[0] == 'a' ? mean_mark() : q < COUNT(question) ? question[q].yes : RESPONSE;
    }
    for (size_t s = 0; text_is(id, "E5") && s < COUNT(statement); s++)
        if (text_is(statement[s].text, kind))
            return agrees(s, year);
    return text_is(id, "Z4")                         ? known_in_town()
           : text_is(id, "E7")                       ? DUTY_MET
           : text_is(id, "P2") && text_is(part, "b") ? PARTNER_KNOWS
                                                     : demo_outside_list_truth(id, part);
}
