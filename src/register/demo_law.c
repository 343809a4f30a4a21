// SPDX-License-Identifier: EUPL-1.2
/* The legal track of the made-up residents: Wmo reports and their six weeks, applications and decisions, the
 * backlog of the municipality at the start and how it went away, suspensions, notices of default, objections,
 * youth plans. Parameters in docs/demo.md. */
#include "register/demo_core.h"
#include "register/law.h"

#include <stdlib.h>

enum { FIRST_NUMBER = 10000, HOUR = 3600 }; /* numbers until the order of recording is known */

struct writing {
    const struct demo *d;
    const struct calendar *k;
    const struct town_request *q;
    struct demo_step *step;
    size_t n, room;
    struct rng rng;
    int64_t next;
};

static bool is_wmo(const struct town_request *q)
{
    return q->theme <= TOWN_LONELY;
}

static bool is_youth(const struct town_request *q)
{
    return q->theme >= TOWN_UPBRINGING && q->theme <= TOWN_DIVORCE;
}

static bool chance(struct writing *w, double share)
{
    return rng_unit(&w->rng) < share;
}

static int32_t between(struct writing *w, int from, int to)
{
    return from + (int32_t)rng_below(&w->rng, (uint64_t)((int64_t)to - from + 1));
}

/* In office hours of that day, or of the next working day. */
static int64_t office(struct writing *w, int32_t day)
{
    return time_of_nl_day(calendar_add_working(w->k, day, 0), 9 * HOUR + (int)rng_below(&w->rng, 84) * 300);
}

/* NULL when it lies after today; what follows from it does too. */
static struct event *add(struct writing *w, enum kind kind, int64_t at, int64_t account)
{
    int64_t now = w->d->town.param.now;

    if (at < w->q->received_at) /* earlier on that day */
        at = w->q->received_at + 600;
    if (at > now || w->n == w->room)
        return NULL;
    struct demo_step *s = &w->step[w->n++];
    *s = (struct demo_step){ .e = EVENT_NONE };
    s->e.kind = kind;
    s->e.seq = w->next++;
    s->e.occurred_at = at;
    s->e.recorded_at = at + 60 * (1 + (int64_t)rng_below(&w->rng, 30));
    if (s->e.recorded_at < w->q->recorded_at)
        s->e.recorded_at = w->q->recorded_at + 60;
    if (s->e.recorded_at > now)
        s->e.recorded_at = now;
    s->e.account = account;
    return &s->e;
}

/* ── Decisions ────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *provision_of(struct writing *w)
{
    static const char *const household[] = { "wmo_household", "wmo_household", "wmo_guidance", "wmo_day_care",
                                             "wmo_short_stay" };
    static const char *const mobility[] = { "wmo_transport", "wmo_wheelchair", "wmo_dwelling" };
    static const char *const mind[] = { "wmo_guidance", "wmo_guidance", "wmo_shelter" };
    static const char *const youth[] = { "youth_guidance", "youth_guidance", "youth_treatment",
                                         "youth_dyslexia" };

    if (is_youth(w->q))
        return youth[rng_below(&w->rng, COUNT(youth))];
    switch (w->q->theme) {
    case TOWN_HOUSEHOLD:
        return household[rng_below(&w->rng, COUNT(household))];
    case TOWN_MOBILITY:
        return mobility[rng_below(&w->rng, COUNT(mobility))];
    case TOWN_PSYCHE:
        return mind[rng_below(&w->rng, COUNT(mind))];
    case TOWN_LONELY:
        return "wmo_day_care";
    default:
        return "other";
    }
}

/* Asked to complete; true when the applicant did. *ret_stood: days that the term stood still. */
static bool complete(struct writing *w, int64_t application, int32_t applied, int32_t *ret_stood)
{
    int32_t asked = calendar_add_working(w->k, applied + between(w, 1, 5), 0), given = asked + 14;
    bool done = chance(w, .85);
    struct event *e = add(w, KIND_COMPLETION_ASKED, office(w, asked), w->d->office);
    int32_t day = done ? calendar_add_working(w->k, asked + between(w, 3, 12), 0) : given;

    *ret_stood = day - asked - 1;
    if (e == NULL)
        return true;
    e->object = application;
    e->until = time_of_nl_day(given, 12 * HOUR);
    int64_t pause = e->seq;
    if (done && (e = add(w, KIND_COMPLETED, office(w, day), w->d->office)) != NULL) {
        e->object = application;
        e->number = pause;
    }
    return done;
}

/* Advice or consent: one in twenty waits for someone else. */
static int32_t suspend(struct writing *w, int64_t application, int32_t applied)
{
    bool consent = chance(w, .5);
    int32_t from = calendar_add_working(w->k, applied + between(w, 2, 7), 0), days = between(w, 7, 21);
    struct event *e = add(w, KIND_SUSPENDED, office(w, from), w->d->office);

    if (e == NULL)
        return 0;
    e->object = application;
    e->reason = consent ? "consent" : "advice";
    if (consent)
        e->until = time_of_nl_day(from + days, 12 * HOUR);
    int64_t pause = e->seq;
    if (!consent && (e = add(w, KIND_RUNS_AGAIN, office(w, from + days), w->d->office)) != NULL) {
        e->object = application;
        e->number = pause;
    }
    return consent ? days : 0;
}

static void object(struct writing *w, int64_t application, int32_t decided)
{
    bool committee = chance(w, .7);
    int32_t day = decided + between(w, 6, 40);
    struct event *e = add(w, KIND_OBJECTED, office(w, day), w->d->office);
    static const char *const result[] = { "not_upheld", "not_upheld", "partly_upheld", "upheld",
                                          "inadmissible" };

    if (e == NULL)
        return;
    e->object = application;
    e->number = committee;
    e = add(w, KIND_OBJECTION_DECIDED, office(w, decided + 42 + between(w, 30, committee ? 80 : 45)),
            w->d->office);
    if (e != NULL) {
        e->object = application;
        e->reason = result[rng_below(&w->rng, COUNT(result))];
    }
}

/* The applicant gives notice; what that costs is paid after the decision. */
static void notice(struct writing *w, int64_t application, int32_t due, int32_t decided)
{
    struct penalty_rates rates;
    int32_t day = calendar_add_working(w->k, due + between(w, 2, 8), 0);

    if (day >= decided || !penalty_rates_parse(PENALTY_DEFAULT, &rates))
        return;
    struct event *e = add(w, KIND_DEFAULT_NOTICE, office(w, day), w->d->office);
    if (e == NULL)
        return;
    e->object = application;
    struct penalty p = penalty_of(w->k, &rates, due, day, decided, decided);
    if (p.days > 0 &&
        (e = add(w, KIND_PENALTY_PAID, office(w, decided + between(w, 3, 12)), w->d->office)) != NULL) {
        e->object = application;
        e->number = p.euros;
    }
}

static const char *result_of(struct writing *w, bool completed)
{
    double u = rng_unit(&w->rng);

    if (!completed)
        return u < .7 ? "not_handled" : "refused";
    return u < .73 ? "granted" : u < .86 ? "partly" : u < .975 ? "refused" : "withdrawn";
}

/* A decision is looked at again around the agreed day, by then nearly always; six in ten get a next day. */
static void review(struct writing *w, int64_t application, int32_t agreed)
{
    struct event *e;

    while (agreed != DAY_NONE && chance(w, .95) &&
           (e = add(w, KIND_REVIEWED, office(w, agreed + between(w, -12, 6)), w->d->office)) != NULL) {
        e->object = application;
        agreed = chance(w, .6) ? time_nl_day(e->occurred_at) + 365 * between(w, 1, 2) : DAY_NONE;
        if (agreed != DAY_NONE)
            e->until = time_of_nl_day(agreed, 12 * HOUR);
    }
}

static void decide(struct writing *w, int64_t application, int32_t day, bool completed)
{
    struct event *e = add(w, KIND_DECIDED, office(w, day), w->d->office);

    if (e == NULL)
        return;
    e->object = application;
    e->reason = result_of(w, completed);
    bool granted = e->reason[0] == 'g', against = e->reason[0] == 'r' || e->reason[0] == 'p';
    if (granted && chance(w, .5)) {
        int32_t agreed = day + 365 * between(w, 1, 3);
        e->until = time_of_nl_day(agreed, 12 * HOUR);
        review(w, application, agreed);
    }
    if (against && chance(w, .12))
        object(w, application, time_nl_day(e->occurred_at));
}

/* Nine in ten within the term; the others some days to some weeks later. */
static void apply(struct writing *w, int32_t day)
{
    bool youth = is_youth(w->q) || !is_wmo(w->q), completed = true;
    struct event *e = add(w, KIND_APPLIED, office(w, day), w->d->office);
    int32_t stood = 0;
    bool waited = true;

    if (e == NULL)
        return;
    e->reason = provision_of(w);
    int64_t application = e->seq;
    day = time_nl_day(e->occurred_at);
    if (chance(w, .15))
        completed = complete(w, application, day, &stood);
    else if (chance(w, .06))
        stood = suspend(w, application, day);
    else
        waited = false;
    int32_t last = day + (youth ? 56 : 14) + stood;
    bool late = !chance(w, .91);
    int32_t decided = late ? last + between(w, 3, 40) : last - between(w, 0, youth ? 40 : 8);
    int32_t first = day + stood + (waited ? 10 : 3);
    if (decided < first)
        decided = first;
    decided = calendar_add_working(w->k, decided, 0);
    if (!late && decided > last)
        decided = last;
    if (late && chance(w, .3))
        notice(w, application, calendar_legal_end(w->k, last), decided);
    decide(w, application, decided, completed);
}

/* ── What the municipality had lying when the teams began ─────────────────────────────────────────────────
 */

/* Applications from before the first day, decided within nine weeks, most of them late. */
static void backlog(struct writing *w, size_t i)
{
    int32_t first = w->d->o->from, asked = time_nl_day(w->q->received_at);
    int times = i % 100 < 34 ? 2 : 1; /* 305 people, 410 applications */

    for (int t = 0; t < times; t++) {
        int32_t day =
            asked + 1 + (int32_t)rng_below(&w->rng, (uint64_t)(first - asked > 2 ? first - asked - 1 : 1));
        struct event *e = add(w, KIND_APPLIED, time_of_nl_day(day, 10 * HOUR + t * 600), w->d->office);
        if (e == NULL)
            return;
        e->reason = provision_of(w);
        int64_t application = e->seq;
        double u = rng_unit(&w->rng);
        decide(w, application, first + (int32_t)(30 * u * (2 - u) + 29 * u), true);
    }
}

/* ── Reports and youth plans ──────────────────────────────────────────────────────────────────────────────
 */

/* The research after the first talk; DAY_NONE when it is not finished, or the request ended before. */
static int32_t research(struct writing *w)
{
    const struct town_request *q = w->q;

    if (q->started_at == TIME_NONE || q->started_at > w->d->town.param.now)
        return DAY_NONE;
    int32_t talk = time_nl_day(q->started_at), done = talk + between(w, 4, 24),
            sent = done + between(w, 1, 6);
    done = calendar_add_working(w->k, done, 0);
    sent = calendar_add_working(w->k, sent, 0);
    if (q->ended_at != TIME_NONE && time_nl_day(q->ended_at) <= sent)
        sent = done = time_nl_day(q->ended_at) - 1;
    if (sent <= talk)
        return DAY_NONE;
    if (done < sent && add(w, KIND_WMO_RESEARCHED, office(w, done), w->d->helper[q->team]) == NULL)
        return DAY_NONE;
    struct event *e = add(w, KIND_ACCOUNT_SENT, office(w, sent), w->d->helper[q->team]);
    return e != NULL ? time_nl_day(e->occurred_at) : DAY_NONE;
}

/* Told after day 43: six in ten in the first years, nearly everyone from the last year on. */
static bool letter(struct writing *w, int32_t account)
{
    const struct town_request *q = w->q;
    int32_t due = law_research_due(w->k, q->received_at), today = time_nl_day(w->d->town.param.now);
    int32_t day = calendar_add_working(w->k, due + between(w, 1, 6), 0);
    double share = day >= date_from_civil(2024, 1, 1) ? .95 : .6;

    if ((account != DAY_NONE && account <= day) || day < w->d->o->from || day > today - 3)
        return false;
    if (q->ended_at != TIME_NONE && time_nl_day(q->ended_at) <= day)
        return false;
    return chance(w, share) && add(w, KIND_LATE_LETTER, office(w, day), w->d->intake) != NULL;
}

static bool carried_over(const struct writing *w)
{
    return w->q->route == TOWN_CARRY_OVER && time_nl_day(w->q->received_at) < w->d->o->from;
}

static void report(struct writing *w, size_t i)
{
    const struct town_request *q = w->q;
    double applies = q->help == TOWN_SPECIALIST ? .95 : q->theme <= TOWN_MOBILITY ? .45 : .12;
    struct event *e = add(w, KIND_WMO_REPORTED, q->received_at, w->d->intake);

    if (e == NULL)
        return;
    if (chance(w, .9) && (e = add(w, KIND_INFORMED, office(w, time_nl_day(q->recorded_at) + between(w, 0, 2)),
                                  w->d->intake)) != NULL)
        e->reason = REASON_RECEIPT;
    if (chance(w, .06))
        add(w, KIND_PERSONAL_PLAN, office(w, time_nl_day(q->recorded_at) + between(w, 2, 7)), w->d->intake);
    if (carried_over(w)) { /* the municipality did the research before */
        backlog(w, i);
        return;
    }
    bool open = q->ended_at == TIME_NONE || q->ended_at > q->started_at + 2 * HOUR;
    if (q->started_at != TIME_NONE && open && chance(w, .7))
        add(w, KIND_SUPPORTER_TOLD, q->started_at + HOUR, w->d->helper[q->team]);
    int32_t account = research(w);
    bool told = letter(w, account);
    if (account != DAY_NONE && chance(w, applies))
        apply(w, account + between(w, 1, 15));
    else if (told && chance(w, .15))
        apply(w, law_research_due(w->k, q->received_at) + between(w, 8, 20));
}

static void youth(struct writing *w, size_t i)
{
    const struct town_request *q = w->q;
    struct event *e;

    if (carried_over(w))
        backlog(w, i);
    if (q->started_at == TIME_NONE)
        return;
    bool own = chance(w, .18);
    e = add(w, KIND_FAMILY_PLAN, q->started_at + HOUR, w->d->helper[q->team]);
    if (e == NULL)
        return;
    e->reason = own ? "wanted" : "declined";
    int32_t talk = time_nl_day(q->started_at);
    if (own &&
        (e = add(w, KIND_FAMILY_PLAN, office(w, talk + between(w, 14, 50)), w->d->helper[q->team])) != NULL)
        e->reason = chance(w, .8) ? "made" : "declined";
    int32_t asked = talk + between(w, 20, 40);
    if (chance(w, .12) && add(w, KIND_WRITTEN_ASKED, office(w, asked), w->d->helper[q->team]) != NULL)
        add(w, KIND_WRITTEN_SENT, office(w, asked + between(w, 4, 17)), w->d->helper[q->team]);
    if (q->help == TOWN_SPECIALIST)
        apply(w, talk + between(w, 15, 45));
}

/* ── In the order of recording ────────────────────────────────────────────────────────────────────────────
 */

/* What names another event gets its number now that it is known. */
static int64_t renamed(const int64_t *was, size_t n, int64_t number)
{
    for (size_t k = 0; k < n; k++)
        if (was[k] == number)
            return (int64_t)k + 1;
    return number;
}

static void number_again(struct demo_step *step, size_t n)
{
    int64_t was[DEMO_STEPS];

    for (size_t k = 0; k < n; k++)
        was[k] = step[k].e.seq;
    for (size_t k = 0; k < n; k++) {
        struct event *e = &step[k].e;
        bool ends = e->kind == KIND_COMPLETED || e->kind == KIND_RUNS_AGAIN;
        if (law_kind_is_application(e->kind))
            e->object = renamed(was, n, e->object);
        if (ends)
            e->number = renamed(was, n, e->number);
        e->seq = (int64_t)k + 1;
    }
}

size_t demo_law(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room)
{
    struct writing w = { .d = d,
                         .k = d->town.param.calendar,
                         .q = &d->town.request[i],
                         .step = step,
                         .n = n,
                         .room = room,
                         .next = FIRST_NUMBER };

    if (w.q->end == TOWN_DUPLICATE)
        return n;
    rng_seed(&w.rng, d->o->seed * 0x9e3779b97f4a7c15u + 7 * i + 3);
    if (is_wmo(w.q))
        report(&w, i);
    else if (is_youth(w.q))
        youth(&w, i);
    else if (carried_over(&w))
        backlog(&w, i);
    qsort(step, w.n, sizeof *step, demo_step_by_recording);
    number_again(step, w.n);
    return w.n;
}
