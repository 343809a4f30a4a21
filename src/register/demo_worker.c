// SPDX-License-Identifier: EUPL-1.2
/* The workers of the made-up municipality: employers, contracts, hours, absence, vacancies. At the start 41
 * fte were asked to come along and 39 did (95 %); the rest was hired. Nobody exists. */
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "register/demo_core.h"
#include "register/fte.h"
#include "register/worker.h"
#include "store/sql.h"

#include <math.h>

enum { PARENTS = 3, ASKED_FTE = 4100, MOVED_FTE = 3900 };
static const char *const parent[PARENTS] = { "Stichting De Samenhang", "Jeugd- en Gezinshulp Zuid",
                                             "Welzijn Peelland" };
static const char *const agency[] = { "Inhuurbureau Maatwerk", "Flexzorg Brabant" };
static const char *const language[] = { "nl", "nl en", "nl tr", "nl ar", "nl pl", "nl en de", "nl zgh ar" };

struct staffing {
    struct demo *d;
    struct rng rng;
    int64_t own, parent[PARENTS], agency[COUNT(agency)], partner;
    int64_t moved; /* hundredths that came along so far */
};

static int64_t scaled(const struct demo *d, int64_t hundredths)
{
    return llround((double)hundredths * d->o->scale);
}

static enum err employers_add(struct ctx *c, struct staffing *s)
{
    TRY(employer_find_or_add(c, "Sociale Teams Helmond", "own", &s->own));
    for (size_t i = 0; i < PARENTS; i++)
        TRY(employer_find_or_add(c, parent[i], "parent", &s->parent[i]));
    for (size_t i = 0; i < COUNT(agency); i++)
        TRY(employer_find_or_add(c, agency[i], "agency", &s->agency[i]));
    return employer_find_or_add(c, "LEVgroep", "partner", &s->partner);
}

/* About seven eighths of a working week on average; the town counts 1.15 people for each fte. */
static int64_t choose_fte(struct staffing *s)
{
    static const int64_t fte[] = { 67, 78, 89, 89, 100, 100 };

    return fte[rng_below(&s->rng, COUNT(fte))];
}

/* Of those who are there on the first day, people come along until it is exactly the agreed part. */
static int64_t contract_of(struct staffing *s, const struct town_worker *w, int64_t fte,
                           struct worker_facts *f)
{
    int64_t left = scaled(s->d, MOVED_FTE) - s->moved;
    bool first = w->from <= s->d->o->from;

    if (first && left > 0) {
        fte = fte > left || left - fte < 30 ? left : fte;
        fte = fte > 150 ? 150 : fte;
        s->moved += fte;
        f->contract = "seconded";
        f->employer = s->parent[rng_below(&s->rng, PARENTS)];
        f->takeover = "moved";
        return fte;
    }
    bool hired = first || rng_unit(&s->rng) < .2;
    f->contract = hired ? "hired" : "own";
    f->employer = hired ? s->agency[rng_below(&s->rng, COUNT(agency))] : s->own;
    return fte;
}

/* The morning on which something of this day was written down: not before the register began. */
static int64_t written_at(const struct staffing *s, int32_t day)
{
    int32_t first = s->d->o->from, last = time_nl_day(s->d->town.param.now);

    return time_of_nl_day(day < first ? first : day > last ? last : day, 9 * 3600);
}

/* Written down when somebody comes, and again when it is known that they leave. */
static enum err write_worker(struct ctx *c, const struct staffing *s, size_t i, struct worker_facts *f)
{
    int64_t now = c->now;
    int32_t ended = f->ended;

    f->ended = DAY_NONE;
    ctx_set_now(c, written_at(s, f->started - 7));
    enum err e = worker_write_first(c, s->d->worker[i], f);
    f->ended = ended;
    ctx_set_now(c, ended != DAY_NONE ? written_at(s, ended - 28) : now);
    if (e == OK && ended != DAY_NONE)
        e = worker_write(c, s->d->worker[i], 1, f);
    ctx_set_now(c, now);
    return e;
}

static enum err put_worker(struct ctx *c, struct staffing *s, size_t i)
{
    static const char *const discipline[TOWN_DISCIPLINES] = { "social_worker",     "family_coach",
                                                              "youth_coach",       "wmo_officer",
                                                              "social_caseworker", "behavioural_scientist" };
    const struct town_worker *w = &s->d->town.worker[i];
    struct worker_facts f = { .team = s->d->team[w->team],
                              .discipline = discipline[w->discipline],
                              .languages = language[rng_below(&s->rng, COUNT(language))],
                              .gender = demo_worker_woman(s->d->o->seed, i) ? "woman" : "man",
                              .room = INT_NONE,
                              .started = w->from,
                              .ended = w->to <= time_nl_day(s->d->town.param.now) ? w->to : DAY_NONE };
    char name[120];

    demo_worker_name(s->d->o->seed, i, name, sizeof name);
    f.name = name;
    if (rng_unit(&s->rng) < .15)
        f.others = discipline[rng_below(&s->rng, TOWN_DISCIPLINES)];
    int64_t fte = contract_of(s, w, choose_fte(s), &f);
    TRY(write_worker(c, s, i, &f));
    TRY(fte_put(c, s->d->worker[i], w->from, fte));
    if (rng_unit(&s->rng) < .12 &&
        w->from + 400 < time_nl_day(s->d->town.param.now)) /* works less or more later */
        TRY(fte_put(c, s->d->worker[i], w->from + 365, fte > 80 ? fte - 11 : fte + 11));
    return OK;
}

/* Those who were asked and did not come: seen in the share that came along. */
static enum err put_declined(struct ctx *c, struct staffing *s)
{
    int64_t left = scaled(s->d, ASKED_FTE) - scaled(s->d, MOVED_FTE);
    char name[120];

    for (size_t i = 0; left > 0; i++) {
        int64_t fte = left > 100 ? 100 : left;
        struct worker_facts f = { .discipline = "social_worker",
                                  .team = s->d->team[i % TOWN_TEAMS],
                                  .employer = s->parent[i % PARENTS],
                                  .contract = "seconded",
                                  .languages = "nl",
                                  .room = INT_NONE,
                                  .started = s->d->o->from - 900,
                                  .ended = s->d->o->from - 1,
                                  .takeover = "declined" };
        struct sql_worker_insert_row added;
        demo_worker_name(s->d->o->seed, 500000 + i, name, sizeof name);
        f.name = name;
        TRY(sql_worker_insert(c, name, f.team, f.discipline, &added));
        TRY(worker_write_first(c, added.id, &f));
        TRY(fte_put(c, added.id, f.started, fte));
        left -= fte;
    }
    return OK;
}

/* A worker of a partner, who takes part in some cases of the first team. */
static enum err put_guest(struct ctx *c, struct staffing *s)
{
    struct worker_facts f = { .name = "Toos Swinkels",
                              .discipline = "social_worker",
                              .team = s->d->team[0],
                              .employer = s->partner,
                              .contract = "own",
                              .languages = "nl",
                              .gender = "woman",
                              .room = INT_NONE,
                              .started = s->d->o->from,
                              .ended = DAY_NONE };
    struct sql_worker_insert_row added;

    TRY(sql_worker_insert(c, f.name, f.team, f.discipline, &added));
    TRY(worker_write_first(c, added.id, &f));
    return fte_put(c, added.id, f.started, 50);
}

/* ── Absence ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct spell {
    const char *kind;
    double share;  /* of the days of this month */
    double chance; /* that somebody has such a spell in a month */
};

/* Who was ill came back: the end is written down on that day. */
static enum err put_end(struct ctx *c, const struct staffing *s, int64_t absence,
                        const struct sql_absence_version_insert_args *first, int32_t last)
{
    struct sql_absence_version_insert_args v = *first;
    struct sql_absence_put_args a = { absence, 1, first->kind, first->from_day, DAY_NONE, last, false };
    struct sql_absence_put_row *changed;
    size_t n;

    TRY(sql_absence_put(c, &a, &changed, &n));
    v.version = 2;
    v.recorded_at = written_at(s, last + 1);
    v.until_day = DAY_NONE;
    v.ended_day = last;
    return sql_absence_version_insert(c, &v);
}

static enum err put_spell(struct ctx *c, struct staffing *s, size_t i, int32_t month, const struct spell *p)
{
    int32_t today = time_nl_day(s->d->town.param.now), from = month + (int32_t)rng_below(&s->rng, 28), last;
    double mean = p->share * 30.4 / p->chance;
    const struct town_worker *w = &s->d->town.worker[i];
    bool leave = text_is(p->kind, "leave");

    double u = rng_unit(&s->rng);
    if (rng_unit(&s->rng) >= p->chance)
        return OK;
    last = from + (int32_t)fmax(0, round(2 * mean * u) - 1);
    if (from < w->from || from > w->to || from > today + 30 || (!leave && from > today))
        return OK;
    last = last > w->to ? w->to : last;
    bool over = last <= today;
    struct sql_absence_insert_args a = { s->d->worker[i], p->kind, from, leave || !over ? last : DAY_NONE,
                                         DAY_NONE };
    struct sql_absence_insert_row added;
    TRY(sql_absence_insert(c, &a, &added));
    struct sql_absence_version_insert_args v = {
        added.id, 1,    written_at(s, leave ? from - 45 : from), INT_NONE, p->kind, from, a.until_day,
        DAY_NONE, false
    };
    TRY(sql_absence_version_insert(c, &v));
    return over && !leave ? put_end(c, s, added.id, &v, last) : OK;
}

static enum err put_absences(struct ctx *c, struct staffing *s)
{
    static const double sick[12] = { 9.5, 10, 9, 7.5, 7, 6.5, 6, 6, 7, 8, 9, 9 },
                        leave[12] = { 6, 10, 6, 11, 16, 8, 22, 27, 8, 11, 6, 15 };
    struct civil from = date_to_civil(s->d->o->from);
    int32_t month = date_from_civil(from.year, from.month, 1), now = time_nl_day(s->d->town.param.now);

    for (int m = 0; month <= now; m++, month = date_add_months(month, 1)) {
        int at = date_to_civil(month).month - 1;
        struct spell ill = { "sick", (sick[at] + (m < 3 ? 5 : 0)) / 100, .3 },
                     away = { "leave", leave[at] / 100, .5 };
        for (size_t i = 0; i < s->d->town.workers; i++) {
            TRY(put_spell(c, s, i, month, &ill));
            TRY(put_spell(c, s, i, month, &away));
        }
    }
    return OK;
}

/* ── Agreed hours and vacancies ───────────────────────────────────────────────────────────────────────────
 */

static enum err put_agreed(struct ctx *c, struct staffing *s)
{
    static const int64_t agreed[TOWN_TEAMS] = { 1900, 1600, 2500, 1050 };

    for (int t = 0; t < TOWN_TEAMS; t++) {
        struct sql_established_fte_insert_args row = { s->d->team[t], s->d->o->from, scaled(s->d, agreed[t]),
                                                       c->now, INT_NONE };
        TRY(sql_established_fte_insert(c, &row));
    }
    return OK;
}

static enum err put_vacancies(struct ctx *c, struct staffing *s)
{
    static const struct {
        int team, days;
        const char *discipline;
        int64_t fte;
        bool filled;
    } open[] = { { 2, 95, "family_coach", 89, false },
                 { 0, 34, "social_worker", 100, false },
                 { 3, 12, "wmo_officer", 78, false },
                 { 1, 160, "behavioural_scientist", 67, true },
                 { 2, 210, "social_worker", 100, true } };
    int32_t now = time_nl_day(s->d->town.param.now);

    for (size_t i = 0; i < COUNT(open); i++) {
        struct sql_vacancy_insert_args row = { s->d->team[open[i].team], open[i].discipline, open[i].fte,
                                               now - open[i].days, c->now };
        struct sql_vacancy_insert_row added;
        struct sql_vacancy_close_row *closed;
        size_t n;
        TRY(sql_vacancy_insert(c, &row, &added));
        if (open[i].filled)
            TRY(sql_vacancy_close(c, added.id, 1, now - open[i].days + 70, "filled", &closed, &n));
    }
    return OK;
}

static enum err put_all(struct ctx *c, void *arg)
{
    struct staffing s = { .d = arg };

    rng_seed(&s.rng, s.d->o->seed * 0x9fb21c651e98df25u + 11);
    TRY(employers_add(c, &s));
    for (size_t i = 0; i < s.d->town.workers; i++)
        TRY(put_worker(c, &s, i));
    TRY(put_declined(c, &s));
    TRY(put_guest(c, &s));
    TRY(put_absences(c, &s));
    TRY(put_agreed(c, &s));
    return put_vacancies(c, &s);
}

enum err demo_worker(struct ctx *c, struct demo *d)
{
    return db_tx(c, put_all, d);
}
