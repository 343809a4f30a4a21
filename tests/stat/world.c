// SPDX-License-Identifier: EUPL-1.2
#include "stat/world.h"

#include "base/date.h"
#include "base/rng.h"
#include "stat/people.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BEFORE = 280, /* days before the record, at least */
    PEOPLE = 60000,
    CASES = 80,
    ABSENCES = 20000 /* most of each */
};

struct case_file {
    double left, speed; /* hours that are left, hours a week */
    uint32_t row;
};
struct worker {
    double hours; /* a week, for residents */
    int32_t ill_until, leave_from, leave_to;
    struct case_file file[CASES];
    size_t files;
    bool long_ill;
};
struct sim {
    const struct world_how *how;
    struct rng r;
    struct people p;
    size_t first; /* who has had no turn */
    struct worker *worker;
    struct history_absence *absence;
    size_t absences;
    int32_t from, origin, day, before;
    double hours; /* of help on average */
    double rate;  /* starts a week that the workers can do */
};

static const double share[WORLD_STREAMS] = { 0.10, 0.25, 0.65 }, norm[WORLD_STREAMS] = { 5, 30, 60 };
#define MEAN_HOURS 24.
#define SPEED 2. /* hours a week of a case, on average */

static double gamma_two(struct rng *r) /* shape 2, mean 1 */
{
    return (rng_exponential(r, 1) + rng_exponential(r, 1)) / 2;
}

static double work_hours(struct sim *s)
{
    double longer = s->how->story == STORY_LONGER && s->day >= (s->from + s->origin) / 2 ? 1.2 : 1;

    switch (s->how->work) {
    case WORK_LOG_NORMAL:
        return longer * s->hours * exp(0.8 * rng_normal(&s->r) - 0.32);
    case WORK_GAMMA:
        return longer * s->hours * gamma_two(&s->r);
    default:
        return longer * s->hours * (rng_unit(&s->r) < 0.6 ? 0.4 : 1.9) * (0.8 + 0.4 * rng_unit(&s->r));
    }
}

static bool open_day(int32_t day)
{
    return date_weekday(day) <= 5;
}

static bool lull(const struct sim *s, int32_t day)
{
    struct civil c = date_to_civil(day);

    return s->how->seasons &&
           ((c.month == 7 && c.day > 15) || (c.month == 8 && c.day < 20) || (c.month == 12 && c.day > 20));
}

static void add_person(struct sim *s, int32_t day)
{
    double u = rng_unit(&s->r);
    int stream = u < share[0] || s->how->urgent ? 0 : u < share[0] + share[1] ? 1 : 2;

    if (s->p.n < PEOPLE)
        people_add(&s->p, stream, s->how->teams > 1 ? (int)rng_below(&s->r, (uint64_t)s->how->teams) : 0,
                   day);
}

static void arrive(struct sim *s)
{
    double mean = s->how->load * s->rate / 5;

    if (!open_day(s->day))
        return;
    if (s->day < s->from)
        mean = s->rate / 5; /* as many as start, until the record begins */
    if (s->how->seasons)
        mean *= !lull(s, s->day) ? 1.05 : s->how->dip > 0 ? s->how->dip : 0.7;
    if (s->how->story == STORY_SURGE && s->day > s->origin - 42)
        mean *= 1.7;
    for (uint64_t k = rng_poisson(&s->r, mean); k > 0; k--)
        add_person(s, s->day);
}

/* ── Workers ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static void add_absence(struct sim *s, size_t w, int32_t from, int32_t to, bool planned)
{
    if (s->absences < ABSENCES && to >= from)
        s->absence[s->absences++] = (struct history_absence){ .worker = (uint32_t)w,
                                                              .from = from,
                                                              .to = to,
                                                              .known = planned ? from - 60 : from,
                                                              .to_known = to,
                                                              .planned = planned };
}

static void fall_ill(struct sim *s, size_t w, int32_t days)
{
    s->worker[w].ill_until = s->day + days;
    add_absence(s, w, s->day, s->day + days - 1, false);
}

static void staff_story(struct sim *s, size_t w)
{
    struct worker *k = &s->worker[w];
    bool third = w % 3 == 0;

    if (s->how->story == STORY_SICK && third && !k->long_ill &&
        s->day >= s->origin - 42 + (int32_t)(w * 7 / (size_t)s->how->workers)) {
        k->long_ill = true;
        fall_ill(s, w, 200 + (int32_t)rng_below(&s->r, 200));
    }
    if (s->how->story == STORY_RECOVERY && third && !k->long_ill && s->day >= s->origin - 42 - 182) {
        k->long_ill = true;
        fall_ill(s, w, s->origin - 42 - s->day);
    }
}

static bool is_here(const struct sim *s, const struct worker *k)
{
    return s->day >= k->ill_until && (s->day < k->leave_from || s->day > k->leave_to);
}

static void plan_leave(struct sim *s, size_t w)
{
    struct civil c = date_to_civil(s->day);
    struct worker *k = &s->worker[w];

    if (!s->how->seasons || c.month != 5 || c.day != 1)
        return;
    k->leave_from = date_from_civil(c.year, 7, 6) + (int32_t)rng_below(&s->r, 35);
    k->leave_to = k->leave_from + 20;
    add_absence(s, w, k->leave_from, k->leave_to, true);
}

static void work(struct sim *s, struct worker *k)
{
    for (size_t i = 0; i < k->files;) {
        struct case_file *f = &k->file[i];
        f->left -= f->speed / 5 * (0.5 + rng_unit(&s->r));
        if (f->left > 0) {
            i++;
            continue;
        }
        s->p.closed[f->row] = (struct history_fact){ s->day, s->day };
        *f = k->file[--k->files];
    }
}

/* Hours a week that are free. */
static double room(const struct worker *k)
{
    double used = 0;

    for (size_t i = 0; i < k->files; i++)
        used += k->file[i].speed;
    return k->files < CASES ? k->hours - used : 0;
}

/* ── Turns ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static double merit(const struct sim *s, size_t i)
{
    double age = s->day - s->p.received[i].at;

    switch (s->how->turns) {
    case TURNS_ASKED:
        return age;
    case TURNS_CLASS:
        return age + 100000. * (WORLD_STREAMS - s->p.stream[i]);
    default:
        return floor(12 * age / norm[s->p.stream[i]]) * 10000 + age;
    }
}

/* The first of the list of a team (-1: of all); those who left get their turn on the way and take no place.
 */
static size_t next_person(struct sim *s, int team)
{
    for (;;) {
        size_t best = SIZE_MAX;
        double most = -1;
        while (s->first < s->p.n && s->p.turn[s->first] != TICK_NONE)
            s->first++;
        for (size_t i = s->first; i < s->p.n; i++)
            if (s->p.turn[i] == TICK_NONE && (team < 0 || s->p.team[i] == team) && merit(s, i) > most) {
                best = i;
                most = merit(s, i);
            }
        if (best == SIZE_MAX)
            return best;
        s->p.turn[best] = s->day;
        if (s->p.left[best].at == TICK_NONE)
            return best;
    }
}

static void start(struct sim *s, size_t w, size_t i)
{
    struct worker *k = &s->worker[w];

    s->p.started[i] = (struct history_fact){ s->day, s->day };
    s->p.helper[i] = (int32_t)w;
    k->file[k->files++] =
        (struct case_file){ work_hours(s), SPEED * (0.6 + 0.8 * rng_unit(&s->r)), (uint32_t)i };
}

static int team_of(const struct sim *s, size_t w)
{
    return s->how->teams > 1 ? (int)(w % (size_t)s->how->teams) : 0;
}

static void give_turns(struct sim *s)
{
    size_t w0 = rng_below(&s->r, (uint64_t)s->how->workers), workers = (size_t)s->how->workers;

    for (size_t k = 0; k < workers; k++) {
        size_t w = (w0 + k) % workers;
        while (is_here(s, &s->worker[w]) && room(&s->worker[w]) > 1) {
            size_t i = next_person(s, s->how->shared ? -1 : team_of(s, w));
            if (i == SIZE_MAX)
                break;
            start(s, w, i);
        }
    }
}

static void run_day(struct sim *s)
{
    for (size_t i = s->first; i < s->p.n; i++)
        if (s->p.turn[i] == TICK_NONE && s->p.left[i].at == TICK_NONE && rng_unit(&s->r) < s->how->leave)
            s->p.left[i] = (struct history_fact){ s->day, s->day };
    arrive(s);
    for (size_t w = 0; w < (size_t)s->how->workers; w++) {
        staff_story(s, w);
        plan_leave(s, w);
        if (s->how->illness && s->day >= s->worker[w].ill_until && rng_unit(&s->r) < 1. / 120)
            fall_ill(s, w, 1 + (int32_t)rng_exponential(&s->r, rng_unit(&s->r) < 0.2 ? 30 : 4));
        if (open_day(s->day) && is_here(s, &s->worker[w]))
            work(s, &s->worker[w]);
    }
    if (open_day(s->day))
        give_turns(s);
}

/* ── The history ──────────────────────────────────────────────────────────────────────────────────────────
 */

static bool room_for(struct sim *s, struct arena *a)
{
    s->worker = arena_array(a, (size_t)s->how->workers, sizeof *s->worker);
    s->absence = arena_array(a, ABSENCES, sizeof *s->absence);
    return people_room(&s->p, PEOPLE, a) && s->worker != NULL && s->absence != NULL;
}

static bool set_history(struct sim *s, bool staff, struct arena *a, struct world *w)
{
    struct history_worker *of = arena_array(a, (size_t)s->how->workers, sizeof *of);
    size_t ages = s->how->turns == TURNS_AGED ? 1000 : 1;
    uint16_t *rank = arena_array(a, WORLD_STREAMS * ages, sizeof *rank);

    if (of == NULL || rank == NULL)
        return false;
    for (size_t k = 0; k < (size_t)s->how->workers; k++)
        of[k] = (struct history_worker){ .from = s->from - s->before,
                                         .to = INT32_MAX,
                                         .known = s->from - s->before,
                                         .to_known = INT32_MAX,
                                         .team = (int16_t)team_of(s, k) };
    for (size_t k = 0; k < WORLD_STREAMS; k++)
        for (size_t age = 0; age < ages; age++)
            rank[k * ages + age] = s->how->turns == TURNS_CLASS  ? (uint16_t)(WORLD_STREAMS - k)
                                   : s->how->turns == TURNS_AGED ? (uint16_t)(12 * (double)age / norm[k])
                                                                 : 0;
    w->history = (struct history){ .streams = WORLD_STREAMS,
                                   .teams = s->how->teams > 1 ? (size_t)s->how->teams : 1,
                                   .from = s->from };
    people_show(&s->p, staff, &w->history);
    if (staff) {
        w->history.worker_of = of;
        w->history.workers = (size_t)s->how->workers;
        w->history.absence = s->absence;
        w->history.absences = s->absences;
    }
    w->order = (struct history_order){
        .streams = WORLD_STREAMS, .ages = ages, .rank = rank, .shared = s->how->shared
    };
    return true;
}

bool world_make(const struct world_how *how, bool staff, struct arena *a, struct world *ret_world)
{
    struct sim s = { .how = how, .from = date_from_civil(2023, 1, 2) };
    double hours = 0;

    s.origin = s.from + how->weeks * 7 - 1;
    s.hours = how->hours > 0 ? how->hours : MEAN_HOURS;
    s.before = (int32_t)fmax(BEFORE, 3 * 7 * s.hours / SPEED); /* until few of the first are left */
    rng_seed(&s.r, how->seed);
    if (!room_for(&s, a))
        return false;
    for (size_t w = 0; w < (size_t)how->workers; w++) {
        s.worker[w] = (struct worker){ .hours = 12 + 10 * rng_unit(&s.r),
                                       .ill_until = INT32_MIN,
                                       .leave_from = INT32_MAX };
        hours += s.worker[w].hours;
    }
    /* A little of the hours is never filled; illness takes a tenth, the summer a sixteenth. */
    s.rate = hours * 0.96 / s.hours * (how->illness ? 0.93 : 1) * (how->seasons ? 0.945 : 1);
    s.day = s.from - s.before;
    for (int k = 0; k < (int)(s.rate * how->list); k++)
        add_person(&s, s.day - (int32_t)((s.rate * how->list - k) / s.rate * 7));
    for (; s.day <= s.origin + how->after * 7; s.day++)
        run_day(&s);
    people_forget(&s.p, s.from); /* what had ended before the record began is not in it */
    *ret_world = (struct world){ .origin = s.origin, .turn = s.p.turn, .n = s.p.n };
    return set_history(&s, staff, a, ret_world);
}
