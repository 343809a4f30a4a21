// SPDX-License-Identifier: EUPL-1.2
/* Steps of help that the town leaves out: appointments, what is told and asked, later talks, versions and
 * ends, scores, the call afterwards. */
#include "register/demo_help.h"

#include "base/text.h"

#define DAY SECONDS_A_DAY
#define YEAR_2024 INT64_C(1704063600) /* 1 January 2024 in the Netherlands: the first measures */

struct writing {
    const struct demo *d;
    const struct town_request *q;
    struct demo_step *step;
    size_t n, room;
    struct rng rng;
    struct event nowhere; /* what is written to a step that is still to come */
};

static bool chance(struct writing *w, double p)
{
    return rng_unit(&w->rng) < p;
}

static struct event *add(struct writing *w, enum kind kind, int64_t at, const char *note)
{
    int64_t now = w->d->town.param.now;

    if (at > now || w->n == w->room)
        return &w->nowhere;
    struct demo_step *s = &w->step[w->n++];
    *s = (struct demo_step){ .e = EVENT_NONE, .note = note };
    s->e.kind = kind;
    s->e.occurred_at = at;
    s->e.recorded_at = at + 60 * (1 + (int64_t)rng_below(&w->rng, 5));
    if (s->e.recorded_at > now)
        s->e.recorded_at = now;
    s->e.account = w->d->helper[w->q->team];
    return &s->e;
}

static bool youth(const struct town_request *q)
{
    return q->theme == TOWN_UPBRINGING || q->theme == TOWN_YOUTH_MIND || q->theme == TOWN_SCHOOL_TROUBLE;
}

/* Since 2024 more is told: it was one of the first measures. */
static void told(struct writing *w, int64_t at)
{
    static const char *const carer[] = { "no_carer", "fine", "heavy", "too_heavy" };
    bool later = at >= YEAR_2024;

    if (chance(w, later ? .82 : .55)) {
        struct event *e = add(w, KIND_SUPPORTER_TOLD, at + 60, NULL);
        e->number = chance(w, .9);
        e->reason = e->number == 1 ? "understood" : "not_understood";
    }
    if (chance(w, youth(w->q) ? .12 : .03)) /* seniors' unions and GOH are not reached */
        add(w, KIND_SUPPORTER_USED, at + 120, NULL)->reason = youth(w->q)     ? "youth"
                                                              : chance(w, .6) ? "welfare"
                                                              : chance(w, .5) ? "own"
                                                                              : "carers";
    if (chance(w, later ? .75 : .5))
        add(w, KIND_CARER_ASKED, at + 180, NULL)->reason =
            carer[w->q->theme == TOWN_HOUSEHOLD ? 1 + rng_below(&w->rng, 3) : rng_below(&w->rng, 3)];
}

static void choice(struct writing *w, int64_t at)
{
    static const char *const answer[] = { "no_wish",        "no_wish", "no_wish",  "honoured",
                                          "not_contracted", "full",    "no_choice" };

    if (!chance(w, at >= YEAR_2024 ? .6 : .33))
        return;
    struct event *e = add(w, KIND_CHOICE_EXPLAINED, at, NULL);
    e->reason = answer[rng_below(&w->rng, COUNT(answer))];
    e->number = !text_is(e->reason, "no_wish");
}

static void before_talk(struct writing *w, int64_t at)
{
    int64_t from = w->q->allocated_at;

    if (from == TIME_NONE || at - from < 2 * DAY)
        return;
    add(w, KIND_APPOINTMENT, from + 3 * 3600, NULL)->until = at;
    w->step[w->n - 1].e.reason = "home";
    if (at - from > 5 * DAY && chance(w, .07))
        add(w, KIND_NO_SHOW, at - 3 * DAY, NULL)->reason = chance(w, .3) ? "us" : "resident";
}

/* Talks every few weeks while help runs. */
static void talks(struct writing *w)
{
    int64_t end = w->q->ended_at, at = w->q->started_at;

    for (int i = 0; i < 10; i++) {
        at += (20 + (int64_t)rng_below(&w->rng, 25)) * DAY;
        int32_t day = calendar_add_working(w->d->town.param.calendar, time_nl_day(at), 0);
        int64_t moment = time_of_nl_day(day, 9 * 3600 + 1800 * (int)rng_below(&w->rng, 14));
        if (end != TIME_NONE && moment > end - 2 * DAY)
            break;
        add(w, KIND_TALK, moment, demo_talk_note(rng_next(&w->rng)));
    }
}

static void plan(struct writing *w, const struct event *agreed)
{
    int64_t at = agreed->occurred_at;

    /* written a little before it was agreed, and recorded before that */
    struct event *e = add(w, KIND_PLAN_WRITTEN, at - 600, NULL);
    e->recorded_at = agreed->recorded_at - 1;
    if (chance(w, .8) && (w->q->ended_at == TIME_NONE || at + 3 * DAY < w->q->ended_at))
        add(w, KIND_PLAN_GIVEN, at + 2 * DAY, NULL);
    choice(w, at + 120);
}

static void line(struct writing *w, const struct event *started)
{
    int64_t end = w->q->ended_at;
    bool second = chance(w, .16) && w->q->help != TOWN_INFORMAL;

    second = second && (end == TIME_NONE || started->occurred_at + 8 * DAY < end);
    if (second)
        add(w, KIND_HELP_STARTED, started->occurred_at + 5 * DAY, NULL)->reason = "informal";
    if ((w->q->help == TOWN_GENERAL || w->q->help == TOWN_SPECIALIST) &&
        chance(w, started->occurred_at < w->d->town.param.now - 36 * DAY ? .985 : .6))
        add(w, KIND_ARRIVAL_CHECKED, started->occurred_at + (9 + (int64_t)rng_below(&w->rng, 26)) * DAY, NULL)
            ->reason = chance(w, .7)   ? "arrived"
                       : chance(w, .4) ? "not_arrived"
                                       : "unknown";
    if (end == TIME_NONE)
        return;
    add(w, KIND_HELP_ENDED, end - 1200, NULL)->reason = "goals_reached";
    if (second)
        add(w, KIND_HELP_ENDED, end - 1100, NULL)->reason = "closed";
}

/* A first score for many, a second for few before 2024: pairs for 22 % and then 41 % of who was helped. */
static void areas(struct writing *w, int64_t at)
{
    int64_t end = w->q->ended_at;

    if (!chance(w, .95))
        return;
    add(w, KIND_AREAS_SCORED, at + 3600, NULL);
    if (end != TIME_NONE && chance(w, end >= YEAR_2024 ? .74 : .4))
        add(w, KIND_AREAS_SCORED, end - 2400, NULL);
}

static void afterwards(struct writing *w)
{
    static const char *const result[] = { "fine", "small", "fine", "fine", "not_wanted" };
    int64_t at = w->q->ended_at;
    int32_t day = date_add_months(time_nl_day(at), 3) + (int32_t)rng_below(&w->rng, 12);

    if (chance(w, .02))
        add(w, KIND_DIRECT_SAID, at + DAY, "De specialist is één keer gevraagd; verder hielpen wij zelf.")
            ->reason = "yes";
    /* who was due some time ago has been called; of the last weeks many have not */
    if (!chance(w, time_of_nl_day(day, 0) < w->d->town.param.now - 14 * DAY ? .985 : .5))
        return;
    size_t k = rng_below(&w->rng, COUNT(result));
    day = calendar_add_working(w->d->town.param.calendar, day, 0);
    add(w, KIND_AFTERCARE, time_of_nl_day(day, 10 * 3600), demo_aftercare_note(k))->reason = result[k];
}

/* The last one, just before closing, agrees on no next time. */
static void evaluated(struct writing *w, struct demo_step *s)
{
    static const char *const said[] = { "good", "good", "good", "partly", "bad", "not_asked" };

    s->e.reason = said[rng_below(&w->rng, COUNT(said))];
    if (w->q->ended_at == TIME_NONE || s->e.occurred_at < w->q->ended_at - 3600)
        s->e.until = s->e.occurred_at + 91 * DAY;
    if (s->note == NULL)
        s->note = demo_evaluation_note(rng_next(&w->rng));
}

/* Who took part in a group while waiting stops with that when it is their turn. */
static void bridge(struct writing *w, const struct event *accepted)
{
    if (text_is(accepted->reason, "group") && w->q->started_at != TIME_NONE &&
        w->q->started_at > accepted->occurred_at + 300)
        add(w, KIND_BRIDGE_ENDED, w->q->started_at - 120, NULL)->reason = "own_turn";
}

static void look_at(struct writing *w, size_t i)
{
    const struct event e = w->step[i].e; /* adding may not move it, but the copy is safe */

    switch (e.kind) {
    case KIND_BRIDGE_ACCEPTED:
        bridge(w, &e);
        break;
    case KIND_FIRST_TALK:
        w->step[i].e.worker = w->d->worker[w->q->worker];
        before_talk(w, e.occurred_at);
        told(w, e.occurred_at);
        if (w->q->work != TOWN_LIGHT)
            talks(w);
        break;
    case KIND_PLAN_AGREED:
        plan(w, &e);
        areas(w, e.occurred_at);
        break;
    case KIND_EVALUATED:
        evaluated(w, &w->step[i]);
        break;
    case KIND_HELP_STARTED:
        w->step[i].e.number = 1;
        line(w, &e);
        break;
    case KIND_CLOSED:
        if (w->q->started_at != TIME_NONE && w->q->end == TOWN_HELPED)
            afterwards(w);
        break;
    default:
        break;
    }
}

size_t demo_help(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room)
{
    struct writing w = { d, &d->town.request[i], step, n, room, { { 0 } }, EVENT_NONE };

    rng_seed(&w.rng, d->o->seed * 0x9e3779b97f4a7c15u + i + 77);
    for (size_t k = 0; k < n; k++)
        look_at(&w, k);
    demo_steps_sort(step, w.n);
    return w.n;
}
