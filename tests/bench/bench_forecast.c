// SPDX-License-Identifier: EUPL-1.2
/* How fast the forecast is (tests/bench/forecast.sh): 400 people wait, half a year, 2,000 replications.
 *     bench_forecast model        the model as JSON, for a peer
 *     bench_forecast run [S]      the engine on one and two threads, the event loop, 100 what-ifs; S: seconds
 * that one replication takes a peer
 *     bench_forecast what-if      the what-ifs alone. The machine is shared, so every time is the least of
 * many runs, or says from what to what they go. */
#include "base/text.h"
#include "forecast/event_loop.h"
#include "forecast/simulate.h"
#include "forecast/what_if.h"
#include "stat/model_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPLICATIONS = 2000, LOOP_REPLICATIONS = 200, LIMIT = 1 << 30, WHAT_IF_RUNS = 15 };

static double ms_of(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void put_model(const struct model *m)
{
    printf("{\"days\": %d, \"ill\": %.9g, \"well\": %.9g", m->days, (double)m->draw->ill,
           (double)m->draw->well);
    for (int k = 0; k < 3; k++) {
        printf(", \"%s\": [", k == 0 ? "arrival" : k == 1 ? "leave" : "rank");
        for (size_t s = 0; s < m->order->streams; s++)
            printf("%s%.9g", s > 0 ? ", " : "",
                   k == 0   ? (double)m->draw->arrival[s]
                   : k == 1 ? (double)m->draw->leave[s]
                            : (double)m->order->rank[s * m->order->ages]);
        printf("]");
    }
    for (int k = 0; k < 3; k++) {
        printf(", \"%s\": [", k == 0 ? "season" : k == 1 ? "room" : "working");
        for (int32_t d = 0; d < m->days; d++)
            printf("%s%.9g", d > 0 ? ", " : "",
                   k == 0   ? (double)m->season[d]
                   : k == 1 ? (double)m->room[d]
                            : (double)m->working[d]);
        printf("]");
    }
    printf(", \"duration\": [");
    for (size_t i = 0; i < m->durations; i++)
        printf("%s%.9g", i > 0 ? ", " : "", (double)m->duration[i]);
    printf("], \"waiting\": [");
    for (size_t i = 0; i < m->n; i++)
        printf("%s[%d, %d]", i > 0 ? ", " : "", m->waiting[i].stream, m->waiting[i].waited);
    printf("], \"workers\": [");
    for (size_t w = 0; w < m->workers; w++) {
        printf("%s[%d, [", w > 0 ? ", " : "", m->worker[w].back);
        for (uint32_t c = 0; c < m->worker[w].case_n; c++)
            printf("%s%d", c > 0 ? ", " : "", m->open[m->worker[w].case_first + c]);
        printf("]]");
    }
    printf("]}\n");
}

/* The least time of many runs: on the clock, or of the processor. */
static double engine_ms(const struct model *m, const struct simulate_ask *ask, clockid_t clock, int runs)
{
    struct simulate_out out;
    double least = 1e9;

    for (int i = 0; i < runs; i++) {
        struct arena a;
        arena_init(&a, LIMIT);
        double begin = ms_of(clock);
        if (!simulate_run(m, ask, &a, &out))
            abort();
        double took = ms_of(clock) - begin;
        least = took < least ? took : least;
        arena_free(&a);
    }
    return least;
}

static double loop_ms(const struct model *m, bool stop)
{
    double least = 1e9;

    for (int i = 0; i < 9; i++) {
        struct event_loop_ask ask = { .seed = 1, .replications = LOOP_REPLICATIONS, .stop = stop };
        struct event_loop_out out;
        struct arena a;
        arena_init(&a, LIMIT);
        double begin = ms_of(CLOCK_THREAD_CPUTIME_ID);
        if (!event_loop_run(m, &ask, &a, &out))
            abort();
        double took = ms_of(CLOCK_THREAD_CPUTIME_ID) - begin;
        least = took < least ? took : least;
        arena_free(&a);
    }
    return least * REPLICATIONS / LOOP_REPLICATIONS;
}

static void put_middles(const struct model *m)
{
    struct simulate_out out;
    struct arena a;

    arena_init(&a, LIMIT);
    if (!simulate(m, 1, REPLICATIONS, 1, &a, &out))
        abort();
    printf("p50 of persons 0 57 114 171 228 285 342 399:");
    for (size_t i = 0; i < m->n; i += 57)
        printf(" %d", model_data_day(out.start + i * ((size_t)m->days + 1), m->days, REPLICATIONS, 0.5));
    printf("\n");
    arena_free(&a);
}

static void run_engine(const struct model *m, double peer)
{
    struct simulate_ask ask = { .seed = 1, .replications = REPLICATIONS, .threads = 1 };
    static const char *const name[] = {
        [SIMULATE_512] = "AVX-512", [SIMULATE_256] = "AVX2", [SIMULATE_PLAIN] = "no wide registers"
    };
    double one = engine_ms(m, &ask, CLOCK_THREAD_CPUTIME_ID, 150),
           wall = engine_ms(m, &ask, CLOCK_MONOTONIC, 50);

    ask.with = SIMULATE_256;
    double half = engine_ms(m, &ask, CLOCK_THREAD_CPUTIME_ID, 100);
    ask.with = SIMULATE_PLAIN;
    double plain = engine_ms(m, &ask, CLOCK_THREAD_CPUTIME_ID, 10);
    ask.with = SIMULATE_FASTEST;
    ask.threads = 2;
    double two = engine_ms(m, &ask, CLOCK_MONOTONIC, 150),
           most = engine_ms(m, &ask, CLOCK_THREAD_CPUTIME_ID, 150);
    double full = loop_ms(m, false), stop = loop_ms(m, true);
    printf("Times are of the processor unless it says otherwise: other work on the machine counts less.\n");
    printf("engine, one core        %9.2f ms   goal 15   (%s; on the clock %.2f)\n", one,
           name[simulate_with_here(SIMULATE_FASTEST)], wall);
    printf("engine, two threads     %9.2f ms   goal 8    (this thread, which does most; on the clock %.2f)\n",
           most, two);
    if (simulate_with_here(SIMULATE_256) == SIMULATE_256)
        printf("engine, one core, AVX2  %9.2f ms   goal: plain / 2.5; it is plain / %.1f\n", half,
               plain / half);
    printf("engine, one core, plain %9.2f ms   %7.1f x\n", plain, plain / one);
    printf("event loop, all days    %9.0f ms   %7.1f x   goal 65   (scaled from %d replications)\n", full,
           full / one, LOOP_REPLICATIONS);
    printf("event loop, until all had the turn %.0f ms   %7.1f x\n", stop, stop / one);
    if (peer > 0)
        printf("SimPy, all days         %9.0f ms   %7.0f x   goal 4,000   (scaled from few replications)\n",
               peer * 1e3 * REPLICATIONS, peer * 1e3 * REPLICATIONS / one);
}

static struct what_if change_of(int k)
{
    return (struct what_if){ .day = k % 10 * 7,
                             .workers = k % 4 == 0 ? 1 : 0,
                             .hours = k % 4 == 1 ? -2 - (float)k / 10 : 0,
                             .arrivals = k % 4 == 2 ? 1.1f + (float)k / 400 : 1,
                             .away = k % 4 == 3 ? 0.2f : 0,
                             .room = 1,
                             .until = 182 };
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* How fast the processor is now: 20 million times six additions that do not wait for each other, nothing of
 * it in memory. When somebody else has the other half of the core this takes longer, as what-ifs do. */
static double additions_ms(void)
{
    double begin = ms_of(CLOCK_THREAD_CPUTIME_ID);
    uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;

    for (uint64_t i = 0; i < 20000000; i++) {
        a += i;
        b ^= i;
        c += 7;
        d += 3;
        e ^= 7;
        f += i;
        __asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e), "+r"(f));
    }
    return ms_of(CLOCK_THREAD_CPUTIME_ID) - begin;
}

/* 100 changes, 500 replications each, one core: of who waits now; and of who asks in three and in six months,
 * for which everybody who comes until then is followed too. */
static void run_what_ifs(bool later, const char *name)
{
    double took[WHAT_IF_RUNS], speed[WHAT_IF_RUNS];

    for (int i = 0; i < WHAT_IF_RUNS; i++) {
        struct arena a;
        struct what_if_out *out;
        arena_init(&a, LIMIT);
        struct model *m =
            model_data_make(&(struct model_data){ { 5, 95, 300 }, 40, later ? 365 : 182, 1, false }, &a);
        struct what_if change[100];
        struct what_if_ask ask = { .seed = 1, .replications = 500, .threads = 1 };
        speed[i] = additions_ms();
        double begin = ms_of(CLOCK_THREAD_CPUTIME_ID);
        for (int k = 0; k < 100; k++)
            change[k] = change_of(k);
        if (later && !what_if_run(m, change, 100, &ask, &a, &out))
            abort();
        for (int k = 0; !later && k < 100; k++) {
            struct arena_mark mark = arena_mark(&a);
            struct simulate_out turns;
            struct model with;
            if (!what_if_make(m, &change[k], &a, &with) || !simulate(&with, 1, 500, 1, &a, &turns))
                abort();
            arena_release(&a, mark);
        }
        took[i] = ms_of(CLOCK_THREAD_CPUTIME_ID) - begin;
        speed[i] = (speed[i] + additions_ms()) / 2;
        arena_free(&a);
    }
    qsort(took, WHAT_IF_RUNS, sizeof *took, by_size);
    qsort(speed, WHAT_IF_RUNS, sizeof *speed, by_size);
    printf("100 what-ifs x 500, %s: %.0f ms in the middle of %d runs, %.0f to %.0f   goal 600\n", name,
           took[WHAT_IF_RUNS / 2], WHAT_IF_RUNS, took[0], took[WHAT_IF_RUNS - 1]);
    printf("    120 million additions beside them: %.1f ms in the middle, %.1f to %.1f\n",
           speed[WHAT_IF_RUNS / 2], speed[0], speed[WHAT_IF_RUNS - 1]);
}

int main(int argc, char **argv)
{
    struct arena a;

    arena_init(&a, LIMIT);
    const struct model *m = model_data_make(&(struct model_data){ { 5, 95, 300 }, 40, 182, 1, false }, &a);
    if (argc > 1 && strcmp(argv[1], "model") == 0) {
        put_model(m);
    } else if (argc < 2 || strcmp(argv[1], "what-if") != 0) {
        put_middles(m);
        double peer = 0;
        if (argc > 2 && !text_to_double(argv[2], strlen(argv[2]), &peer))
            return fprintf(stderr, "seconds: not a number\n"), 2;
        run_engine(m, peer);
    }
    if (argc < 2 || strcmp(argv[1], "model") != 0) {
        run_what_ifs(false, "who waits now");
        run_what_ifs(true, "who asks in 3 and 6 months");
    }
    arena_free(&a);
    return 0;
}
