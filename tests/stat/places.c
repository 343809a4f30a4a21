// SPDX-License-Identifier: EUPL-1.2
#include "stat/places.h"

#include "base/date.h"
#include "base/rng.h"
#include "forecast/town_core.h"
#include "stat/people.h"

#include <math.h>

enum { BEFORE = 364, PEOPLE = 20000, ABSENCES = 8000, SLOTS = PLACES_ROOM + 1 };

struct worker {
    bool away;
    int32_t since;
    uint32_t file[SLOTS];
    size_t files;
};
struct places {
    const struct places_how *how;
    struct rng r;
    struct people p;
    int32_t *over; /* the day on which the help is done */
    size_t first[WORLD_STREAMS];
    struct worker worker[PLACES_WORKERS];
    struct history_absence *absence;
    size_t absences;
    int32_t from, origin, last, day;
};

static bool open_day(int32_t day)
{
    return date_weekday(day) <= 5;
}

double places_leave(const struct places_how *how, int stream)
{
    static const double apart[WORLD_STREAMS] = { 1. / 20, 1. / 50, 1. / 600 };

    return how->apart ? apart[stream] : PLACES_LEAVE;
}

double places_arrival(int stream, int32_t day)
{
    static const double share[WORLD_STREAMS] = { 0.12, 0.28, 0.60 },
                        of_weekday[8] = { 0, 1.25, 1.10, .95, .95, .75, 0, 0 };

    return 6.2 * 7 / 5 * share[stream] * of_weekday[date_weekday(day)];
}

int places_room(int32_t day)
{
    return town_school_holiday(day) ? PLACES_ROOM : PLACES_ROOM - 1;
}

static double help_days(struct places *s)
{
    bool longer = s->how->longer > 0 && s->day >= s->from + 7 * s->how->longer;

    return PLACES_MEDIAN * exp(PLACES_SIGMA * rng_normal(&s->r)) * (longer ? PLACES_LONGER : 1);
}

/* Help ends on the morning of its day, rounded up, and is never over on the day itself. */
static void start(struct places *s, struct worker *k, size_t i, double days)
{
    s->p.started[i] = (struct history_fact){ s->day, s->day };
    s->p.turn[i] = s->day;
    s->p.helper[i] = (int32_t)(k - s->worker);
    s->over[i] = s->day + (int32_t)fmax(1, ceil(days));
    k->file[k->files++] = (uint32_t)i;
}

static void end_help(struct places *s, struct worker *k)
{
    for (size_t i = 0; i < k->files;) {
        uint32_t row = k->file[i];
        s->over[row] += s->how->stands && k->away;
        if (s->over[row] > s->day) {
            i++;
            continue;
        }
        s->p.closed[row] = (struct history_fact){ s->day, s->day };
        k->file[i] = k->file[--k->files];
    }
}

static void lengthen(struct places *s)
{
    for (size_t w = 0; w < PLACES_WORKERS; w++)
        for (size_t i = 0; i < s->worker[w].files; i++) {
            int32_t *over = &s->over[s->worker[w].file[i]];
            *over += (int32_t)lround((PLACES_LONGER - 1) * (*over - s->day));
        }
}

static void come_and_go(struct places *s, size_t w)
{
    struct worker *k = &s->worker[w];

    if (rng_unit(&s->r) >= (k->away ? PLACES_WELL : PLACES_ILL))
        return;
    if (k->away && s->absences < ABSENCES)
        s->absence[s->absences++] = (struct history_absence){ .worker = (uint32_t)w,
                                                              .from = k->since,
                                                              .to = s->day - 1,
                                                              .known = k->since,
                                                              .to_known = s->day - 1 };
    k->away = !k->away;
    k->since = s->day;
}

static struct worker *most_free(struct places *s)
{
    struct worker *best = NULL;
    size_t room = (size_t)places_room(s->day);

    for (size_t w = 0; w < PLACES_WORKERS; w++) {
        struct worker *k = &s->worker[w];
        if (!k->away && k->files < room && (best == NULL || k->files < best->files))
            best = k;
    }
    return best;
}

/* Classes strictly, then who asked first; who left gets the turn on the way and takes no place. */
static size_t next_person(struct places *s)
{
    for (int16_t c = 0; c < WORLD_STREAMS; c++)
        for (size_t *i = &s->first[c]; *i < s->p.n; ++*i) {
            if (s->p.stream[*i] != c || s->p.turn[*i] != TICK_NONE)
                continue;
            if (s->p.left[*i].at == TICK_NONE)
                return *i;
            s->p.turn[*i] = s->day;
        }
    return SIZE_MAX;
}

static void give_turns(struct places *s)
{
    struct worker *k;
    size_t i;

    while ((k = most_free(s)) != NULL && (i = next_person(s)) != SIZE_MAX)
        start(s, k, i, help_days(s));
}

static void run_day(struct places *s)
{
    size_t low = s->p.n;

    if (s->how->all && s->how->longer > 0 && s->day == s->from + 7 * s->how->longer)
        lengthen(s);
    for (size_t w = 0; w < PLACES_WORKERS; w++) {
        end_help(s, &s->worker[w]);
        come_and_go(s, w);
    }
    for (int c = 0; c < WORLD_STREAMS; c++) {
        for (uint64_t k = rng_poisson(&s->r, places_arrival(c, s->day)); k > 0; k--)
            people_add(&s->p, c, 0, s->day);
        low = s->first[c] < low ? s->first[c] : low;
    }
    if (open_day(s->day))
        give_turns(s);
    for (size_t i = low; i < s->p.n; i++)
        if (s->p.turn[i] == TICK_NONE && s->p.left[i].at == TICK_NONE &&
            rng_unit(&s->r) < places_leave(s->how, s->p.stream[i]))
            s->p.left[i] = (struct history_fact){ s->day, s->day };
}

/* 400 who wait, and every place taken by help that has lasted as long as help that is seen on a day has:
 * the length of what runs is drawn by its length (Cox 1962, Renewal Theory, section 5.4), which of a
 * log-normal is a log-normal again with sigma squared more. */
static void begin(struct places *s)
{
    static const int waiting[WORLD_STREAMS] = { 5, 95, 300 }, days[WORLD_STREAMS] = { 1, 10, 60 };

    for (int c = 0; c < WORLD_STREAMS; c++)
        for (int k = 0; k < waiting[c]; k++)
            people_add(&s->p, c, 0, s->day - 1 - (waiting[c] - 1 - k) * days[c] / waiting[c]);
    for (size_t w = 0; w < PLACES_WORKERS; w++)
        for (int k = 0; k < places_room(s->day); k++) {
            double all = PLACES_MEDIAN * exp(PLACES_SIGMA * (rng_normal(&s->r) + PLACES_SIGMA)),
                   passed = all * rng_unit(&s->r);
            people_add(&s->p, 2, 0, s->day - (int32_t)passed - 60);
            start(s, &s->worker[w], s->p.n - 1, all - passed);
            s->p.started[s->p.n - 1].at = s->p.started[s->p.n - 1].known = s->day - (int32_t)passed;
        }
}

static bool room_for(struct places *s, struct arena *a)
{
    s->over = arena_array(a, PEOPLE, sizeof *s->over);
    s->absence = arena_array(a, ABSENCES, sizeof *s->absence);
    return people_room(&s->p, PEOPLE, a) && s->over != NULL && s->absence != NULL;
}

static bool set_history(const struct places *s, struct arena *a, struct world *w)
{
    struct history_worker *of = arena_array(a, PLACES_WORKERS, sizeof *of);
    uint16_t *rank = arena_array(a, WORLD_STREAMS, sizeof *rank);
    size_t weeks = (size_t)(s->last - s->from) / 7 + 1;
    float *presence = arena_array(a, weeks, sizeof *presence);

    if (of == NULL || rank == NULL || presence == NULL)
        return false;
    for (size_t k = 0; k < PLACES_WORKERS; k++)
        of[k] = (struct history_worker){
            .from = s->from - BEFORE, .to = INT32_MAX, .known = s->from - BEFORE, .to_known = INT32_MAX
        };
    for (size_t k = 0; k < WORLD_STREAMS; k++)
        rank[k] = (uint16_t)(WORLD_STREAMS - k);
    for (size_t k = 0; k < weeks; k++)
        presence[k] = 1 - (float)places_room(s->from + 7 * (int32_t)k) / PLACES_ROOM;
    w->history = (struct history){ .streams = WORLD_STREAMS,
                                   .teams = 1,
                                   .worker_of = of,
                                   .workers = PLACES_WORKERS,
                                   .absence = s->absence,
                                   .absences = s->absences,
                                   .presence = presence,
                                   .first_week = s->from,
                                   .weeks = weeks,
                                   .from = s->from };
    people_show(&s->p, true, &w->history);
    w->order = (struct history_order){ .streams = WORLD_STREAMS, .ages = 1, .rank = rank };
    return true;
}

bool places_make(const struct places_how *how, struct arena *a, struct world *ret_world)
{
    struct places s = { .how = how, .from = date_from_civil(2023, 1, 2) };

    s.origin = s.from + how->weeks * 7 - 1;
    s.last = s.origin + how->after * 7;
    rng_seed(&s.r, how->seed);
    if (!room_for(&s, a))
        return false;
    s.day = s.from - BEFORE;
    begin(&s);
    for (; s.day <= s.last; s.day++)
        run_day(&s);
    for (size_t w = 0; w < PLACES_WORKERS; w++) /* who is still away is known to be */
        if (s.worker[w].away && s.absences < ABSENCES)
            s.absence[s.absences++] = (struct history_absence){ .worker = (uint32_t)w,
                                                                .from = s.worker[w].since,
                                                                .to = INT32_MAX,
                                                                .known = s.worker[w].since,
                                                                .to_known = INT32_MAX };
    *ret_world = (struct world){ .origin = s.origin, .turn = s.p.turn, .n = s.p.n };
    return set_history(&s, a, ret_world);
}
