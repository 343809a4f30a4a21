// SPDX-License-Identifier: EUPL-1.2
/* What is lost by estimating (make places): a list of which the model is true (stat/places.h), forecast every
 * week with what the register says, and with true parameters in the place of estimates, one kind at a time.
 * Beside each what it is against "last to start": mean error and width of the 80 % interval. */
#include "base/normal.h"
#include "forecast/backtest.h"
#include "forecast/simulate.h"
#include "stat/places.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 26, ORIGINS = 154, RUNS = 400, DAYS = 300 };
enum known { KNOWN_ARRIVAL = 1, KNOWN_LEAVE = 2, KNOWN_DURATION = 4, KNOWN_ROOM = 8, KNOWN_ILL = 16 };
static const char known_letter[] = "alhri";

struct tally {
    double n[WORLD_STREAMS], hit[WORLD_STREAMS], late[WORLD_STREAMS], width, absolute, bias, last, last_width,
        last_hit, waiting;
    size_t origins;
};

/* ── True parameters in the place of estimates ────────────────────────────────────────────────────────────
 */

struct origin {
    const struct world *w;
    const struct places_how *how;
    int32_t at;
    struct arena *a;
};

static void know_duration(const struct origin *o, struct model *m, struct model_draw *draw)
{
    enum { TABLE = 1024 };
    float *table = arena_array(o->a, TABLE, sizeof *table);
    bool longer = o->how->longer > 0 && o->at >= o->w->history.from + 7 * o->how->longer;

    for (size_t i = 0; i < TABLE; i++)
        table[i] = (float)(PLACES_MEDIAN * exp(PLACES_SIGMA * normal_quantile(((double)i + 0.5) / TABLE)));
    m->duration = table;
    m->durations = TABLE;
    for (size_t k = 0; k < m->draws; k++)
        draw[k].duration = longer ? (float)PLACES_LONGER : 1;
}

static bool runs(const struct history *h, size_t i, int32_t at)
{
    return h->started[i].at != TICK_NONE && h->started[i].at <= at &&
           (h->closed[i].at == TICK_NONE || h->closed[i].at > at);
}

/* Places, and who has which of them. */
static void know_room(const struct origin *o, struct model *m, struct model_draw *draw)
{
    const struct history *h = &o->w->history;
    struct model_worker *worker = arena_array(o->a, m->workers, sizeof *worker);
    float *room = arena_array(o->a, (size_t)m->days, sizeof *room);
    int32_t *open = arena_array(o->a, h->n, sizeof *open);
    uint32_t n = 0;

    memcpy(worker, m->worker, m->workers * sizeof *worker);
    for (size_t w = 0; w < m->workers; w++) {
        worker[w].case_first = n;
        for (size_t i = 0; i < h->n; i++)
            if (h->worker[i] == (int32_t)w && runs(h, i, o->at))
                open[n++] = o->at - h->started[i].at;
        worker[w].case_n = n - worker[w].case_first;
        worker[w].more = 0;
    }
    for (int32_t d = 0; d < m->days; d++)
        room[d] = (float)places_room(o->at + d);
    for (size_t k = 0; k < m->draws; k++)
        draw[k].room = 1;
    m->worker = worker;
    m->open = open;
    m->opens = n;
    m->room = room;
}

static bool know(const struct origin *o, unsigned known, struct model *m)
{
    struct model_draw *draw = arena_array(o->a, m->draws, sizeof *draw);

    if (draw == NULL)
        return false;
    memcpy(draw, m->draw, m->draws * sizeof *draw);
    m->draw = draw;
    for (size_t k = 0; k < m->draws; k++) {
        for (int s = 0; s < WORLD_STREAMS && (known & KNOWN_ARRIVAL); s++)
            draw[k].arrival[s] = (float)(places_arrival(s, 4 /* a Monday */) / 1.25);
        if (known & KNOWN_LEAVE)
            for (size_t s = 0; s < m->order->streams; s++)
                draw[k].leave[s] = (float)places_leave(o->how, (int)s);
        if (known & KNOWN_ILL) {
            draw[k].ill = (float)PLACES_ILL;
            draw[k].well = (float)PLACES_WELL;
        }
    }
    if (known & KNOWN_DURATION)
        know_duration(o, m, draw);
    if (known & KNOWN_ROOM)
        know_room(o, m, draw);
    return true;
}

/* ── Every week ───────────────────────────────────────────────────────────────────────────────────────────
 */

struct given {
    uint32_t row;
    int32_t origin;
    int16_t stream;
    struct window rival[RIVALS];
};
struct record {
    struct given *given;
    size_t n;
    struct rivals *rivals;
};

/* Those whose turn came since the week before. */
static void learn(const struct origin *o, struct record *r)
{
    size_t kept = 0;

    for (size_t i = 0; i < r->n; i++) {
        const struct given *g = &r->given[i];
        const struct history_fact *s = &o->w->history.started[g->row], *l = &o->w->history.left[g->row];
        if (s->at != TICK_NONE && s->at <= o->at)
            rivals_learn(r->rivals, (size_t)g->stream, g->rival, s->at - g->origin);
        else if (l->at == TICK_NONE || l->at > o->at)
            r->given[kept++] = *g;
    }
    r->n = kept;
}

static void score(const struct origin *o, const struct model *m, const uint32_t *count, struct record *r,
                  struct tally *t)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct model_waiting *p = &m->waiting[i];
        struct window x = window_of_counts(&count[i * ((size_t)m->days + 1)], m->days);
        struct given *g = &r->given[r->n++];
        *g = (struct given){ .row = p->row, .origin = o->at, .stream = p->stream };
        rivals_window(r->rivals, (size_t)p->stream, p->waited, i, g->rival);
        double y = o->w->turn[p->row] - o->at;
        if (o->w->turn[p->row] == TICK_NONE)
            abort(); /* followed too short */
        const struct window *l = &g->rival[RIVAL_LAST];
        t->n[p->stream]++;
        t->hit[p->stream] += x.from <= y && y <= x.to;
        t->late[p->stream] += y > x.to;
        if (p->stream == 0) /* urgent: within days, not scored here */
            continue;
        x.to = x.to < DAYS ? x.to : DAYS; /* not within the days: at least as many */
        x.middle = x.middle < DAYS ? x.middle : DAYS;
        x.from = x.from < DAYS ? x.from : DAYS;
        t->width += x.to - x.from;
        t->absolute += fabs(x.middle - y);
        t->bias += x.middle - y;
        t->last += fabs(l->middle - y);
        t->last_width += l->to - l->from;
        t->last_hit += l->from <= y && y <= l->to;
    }
    t->origins++;
    t->waiting += (double)m->n;
}

static bool one_origin(struct origin *o, int known, struct record *r, struct tally *t)
{
    struct estimate_how how = {
        .team = -1, .order = &o->w->order, .seed = o->how->seed, .days = DAYS, .without_staff = known < 0
    };
    struct view v = view_of(&o->w->history, o->at, -1, o->a);
    struct model m;
    struct simulate_out out;

    learn(o, r);
    if (!rivals_fit(&v, WORLD_STREAMS, r->rivals) || !estimate_model(&o->w->history, o->at, &how, o->a, &m) ||
        (known > 0 && !know(o, (unsigned)known, &m)) || !simulate(&m, o->how->seed, RUNS, 1, o->a, &out))
        return false;
    score(o, &m, out.start, r, t);
    return true;
}

static bool one_world(const struct places_how *how, int known, struct tally *t)
{
    struct arena a, scratch;
    struct world w;
    struct record r = { 0 };

    arena_init(&a, (size_t)1 << 30);
    arena_init(&scratch, (size_t)1 << 30);
    bool ok = places_make(how, &a, &w) && (r.rivals = arena_alloc(&a, sizeof *r.rivals)) != NULL &&
              (r.given = arena_array(&a, (size_t)ORIGINS * 1200, sizeof *r.given)) != NULL;
    for (int k = 0; ok && k < ORIGINS; k++) {
        struct arena_mark mark = arena_mark(&scratch);
        struct origin o = { &w, how, w.history.from + 7 * (FIRST + k) - 1, &scratch };
        ok = one_origin(&o, known, &r, t);
        arena_release(&scratch, mark);
    }
    arena_free(&scratch);
    arena_free(&a);
    return ok;
}

/* The whole back-test as it is used: ways that compete, periods corrected by experience. */
static bool whole(const struct places_how *how, struct tally *t)
{
    struct arena a;
    struct world w;
    struct backtest b;

    arena_init(&a, (size_t)1 << 30);
    if (!places_make(how, &a, &w))
        return false;
    struct backtest_how bh = {
        .forecast = { .estimate = { .team = -1, .order = &w.order, .seed = how->seed, .days = DAYS },
                      .replications = RUNS },
        .first = w.history.from + 7 * FIRST - 1,
        .last = w.history.from + 7 * (FIRST + ORIGINS - 1) - 1,
        .until = w.origin + how->after * 7
    };
    bool ok = backtest_run(&w.history, &bh, &a, &b);
    for (size_t s = 0; ok && s < WORLD_STREAMS; s++) {
        const struct score_mean *m = &b.stream[s].every, *l = &b.stream[s].rival[RIVAL_LAST];
        double n = (double)m->n;
        if (m->n == 0)
            continue;
        t->n[s] += n;
        t->hit[s] += n * m->coverage;
        t->late[s] += n * m->late;
        t->width += s > 0 ? n * m->width : 0;
        t->absolute += s > 0 ? n * m->absolute : 0;
        t->bias += s > 0 ? n * m->bias : 0;
        t->last += s > 0 ? n * l->absolute : 0;
        t->last_width += s > 0 ? n * l->width : 0;
        t->last_hit += s > 0 ? n * l->coverage : 0;
    }
    t->origins += b.origins;
    t->waiting += (double)b.n;
    arena_free(&a);
    return ok;
}

static void print(const char *world, const char *what, const struct tally *t)
{
    double n = t->n[1] + t->n[2];

    printf("%-7s %-9s waiting %3.0f  right %.3f (soon %.3f regular %.3f urgent %.3f) late %.3f  width %5.1f "
           "= %.2f  bias %+5.2f  error %5.2f = %.2f of last to start (right %.3f)\n",
           world, what, t->waiting / (double)t->origins, (t->hit[1] + t->hit[2]) / n, t->hit[1] / t->n[1],
           t->hit[2] / t->n[2], t->hit[0] / t->n[0], (t->late[1] + t->late[2]) / n, t->width / n,
           t->width / t->last_width, t->bias / n, t->absolute / n, t->absolute / t->last, t->last_hit / n);
    fflush(stdout);
}

/* Arguments: worlds, the first seed, then which are known: letters of alhri, - (none), rate, or
 * whole;
 * with +: work stands still while its worker is away; with *: classes do not leave alike; with ^: help that
 * is under way becomes longer too. */
int main(int argc, char **argv)
{
    int worlds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 20,
        seed = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 1;
    static const char *const all[] = { "-", "h", "r", "a", "i", "hr", "alhri", "rate", "whole" };
    int n = argc > 3 ? argc - 3 : (int)(sizeof all / sizeof *all);

    for (int kind = 0; kind < 2; kind++)
        for (int k = 0; k < n; k++) {
            const char *what = argc > 3 ? argv[3 + k] : all[k];
            struct tally t = { 0 };
            int known = strcmp(what, "rate") == 0 ? -1 : 0;
            for (size_t i = 0; known >= 0 && i < sizeof known_letter - 1; i++)
                known |= strchr(what, known_letter[i]) != NULL ? 1 << i : 0;
            for (int s = 0; s < worlds; s++) {
                struct places_how how = { .seed = (uint64_t)(seed + s),
                                          .weeks = FIRST + ORIGINS,
                                          .after = 60,
                                          .longer = kind > 0 ? FIRST + ORIGINS / 2 : 0,
                                          .stands = strcmp(what, "rate") != 0 && strchr(what, '+') != NULL,
                                          .apart = strchr(what, '*') != NULL,
                                          .all = strchr(what, '^') != NULL };
                if (strncmp(what, "whole", 5) == 0 ? !whole(&how, &t) : !one_world(&how, known, &t))
                    return 1;
            }
            print(kind > 0 ? "longer" : "stable", what, &t);
        }
    return 0;
}
