// SPDX-License-Identifier: EUPL-1.2
#include "forecast/simulate.h"

#include "forecast/simulate_batch.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_MAX = 16 };

/* What one thread does: every so manieth replication would share lines of the result, so a piece each. */
struct job {
    const struct sim_table *t;
    struct sim_plain *plain; /* or */
    struct sim_batch *batch;
    struct sim_tally tally;
    uint32_t from, to;
    pthread_t thread;
    bool apart;
};

static bool tally_make(const struct sim_table *t, struct arena *a, struct sim_tally *ret)
{
    size_t columns = (size_t)t->m->days + 1, n = t->ask->only_probes ? 0 : t->m->n;

    ret->start = arena_array(a, n * columns + 1, sizeof *ret->start);
    ret->left = arena_array(a, n + 1, sizeof *ret->left);
    ret->probe = arena_array(a, t->ask->probes * columns + 1, sizeof *ret->probe);
    return ret->start != NULL && ret->left != NULL && ret->probe != NULL;
}

static void *work(void *arg)
{
    struct job *j = arg;

#ifdef SIM_WIDE
    for (uint32_t r = j->from; j->batch != NULL && r < j->to; r += LANES)
        sim_batch_run(j->batch, r, j->to - r < LANES ? j->to - r : LANES, &j->tally);
    if (j->batch != NULL)
        sim_batch_end(j->batch, &j->tally);
#endif
    for (uint32_t r = j->from; j->batch == NULL && r < j->to; r++)
        sim_plain_run(j->plain, r, &j->tally);
    return NULL;
}

static void add(uint32_t *to, const uint32_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] += from[i];
}

/* All counts are sums, so it does not matter who counted what. */
static void run_jobs(struct job *job, unsigned jobs)
{
    const struct model *m = job->t->m;
    size_t columns = (size_t)m->days + 1, n = job->t->ask->only_probes ? 0 : m->n;

    for (unsigned i = 1; i < jobs; i++)
        job[i].apart = pthread_create(&job[i].thread, NULL, work, &job[i]) == 0;
    work(&job[0]);
    for (unsigned i = 1; i < jobs; i++) {
        if (job[i].apart)
            pthread_join(job[i].thread, NULL);
        else
            work(&job[i]);
        add(job[0].tally.start, job[i].tally.start, n * columns);
        add(job[0].tally.left, job[i].tally.left, n);
        add(job[0].tally.probe, job[i].tally.probe, job->t->ask->probes * columns);
    }
}

/* The smallest size that at least this share of the replications does not exceed. */
static void list_quantiles(const struct sim_table *t, const uint16_t *list, uint32_t *count, float *ret)
{
    static const uint32_t part[] = { 10, 25, 50, 75, 90 };
    size_t sizes = sim_sizes(t);
    uint32_t n = t->ask->replications;

    for (size_t d = 0; d < sizes; d++) {
        uint32_t low = UINT16_MAX, high = 0, cum = 0, size;

        for (uint32_t r = 0; r < n; r++) {
            size = list[r * sizes + d];
            count[size]++;
            low = size < low ? size : low;
            high = size > high ? size : high;
        }
        size_t k = 0;
        for (size = low; size <= high; size++) {
            cum += count[size];
            count[size] = 0;
            for (; k < 5 && (uint64_t)cum * 100 >= (uint64_t)n * part[k]; k++)
                ret[d * 5 + k] = (float)size;
        }
    }
}

static bool ask_valid(const struct model *m, const struct simulate_ask *ask)
{
    if (ask->replications < 1 || ask->replications > SIMULATE_REPLICATIONS_MAX || ask->probes > 4096)
        return false;
    for (size_t i = 0; i < ask->probes; i++)
        if (ask->probe[i].day < 0 || ask->probe[i].day >= m->days || ask->probe[i].stream < 0 ||
            (size_t)ask->probe[i].stream >= m->order->streams)
            return false;
    for (size_t i = 0; i < ask->sizes; i++)
        if (ask->list || ask->size_day[i] < (i > 0 ? ask->size_day[i - 1] : 0) || ask->size_day[i] >= m->days)
            return false;
    return true;
}

/* Where piece i begins: whole batches. */
static uint32_t piece(uint32_t n, unsigned jobs, unsigned i)
{
    uint64_t at = ((uint64_t)n * i / jobs + LANES - 1) / LANES * LANES;

    return at < n ? (uint32_t)at : n;
}

enum simulate_with simulate_with_here(enum simulate_with with)
{
#ifdef SIM_WIDE
    bool common =
        __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");

    if (with <= SIMULATE_512 && common && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vbmi2"))
        return SIMULATE_512;
    if (with <= SIMULATE_256 && common && __builtin_cpu_supports("avx2"))
        return SIMULATE_256;
#endif
    return SIMULATE_PLAIN;
}

#ifdef SIM_WIDE
const struct sim_wide *sim_wide_of(enum simulate_with with)
{
    with = simulate_with_here(with);
    return with == SIMULATE_512 ? &sim_wide_512 : with == SIMULATE_256 ? &sim_wide_256 : NULL;
}
#else
const struct sim_table *sim_shared_table(const struct simulate_shared *s)
{
    (void)s;
    return NULL;
}

const struct simulate_shared *simulate_share(const struct model *m, const struct simulate_ask *ask,
                                             size_t runs, struct arena *a)
{
    (void)m;
    (void)ask;
    (void)runs;
    (void)a;
    return NULL;
}
#endif

static bool runner_make(struct job *job, struct arena *a)
{
#ifdef SIM_WIDE
    const struct sim_wide *wide = sim_wide_of(job->t->ask->with);

    if (wide != NULL)
        return (job->batch = sim_batch_make(job->t, wide, a)) != NULL;
#endif
    return (job->plain = sim_plain_make(job->t, a)) != NULL;
}

static bool jobs_make(const struct sim_table *t, struct arena *a, struct job *job, unsigned jobs)
{
    uint32_t n = t->ask->replications;
    uint16_t *list = arena_array(a, n + 1, sim_sizes(t) * sizeof *list);
    uint16_t *probe_day = arena_array(a, (t->ask->probes + 1) * n, sizeof *probe_day);

    if (list == NULL || probe_day == NULL)
        return false;
    for (size_t i = 0; i < t->ask->probes * n; i++)
        probe_day[i] = (uint16_t)t->m->days;
    for (unsigned i = 0; i < jobs; i++) {
        job[i] = (struct job){ .t = t,
                               .from = t->ask->first + piece(n, jobs, i),
                               .to = t->ask->first + piece(n, jobs, i + 1) };
        if (!runner_make(&job[i], a) || !tally_make(t, a, &job[i].tally))
            return false;
        job[i].tally.list = list;
        job[i].tally.probe_day = probe_day;
    }
    return true;
}

/* Probes whose turn did not come. */
static void rest_of_probes(const struct sim_table *t, uint32_t *probe)
{
    size_t days = (size_t)t->m->days;

    for (size_t i = 0; i < t->ask->probes; i++) {
        uint32_t n = t->ask->replications;
        for (size_t d = 0; d < days; d++)
            n -= probe[i * (days + 1) + d];
        probe[i * (days + 1) + days] = n;
    }
}

bool simulate_run(const struct model *m, const struct simulate_ask *ask, struct arena *a,
                  struct simulate_out *ret_out)
{
    unsigned jobs = ask->threads < 1 ? 1 : ask->threads < THREADS_MAX ? ask->threads : THREADS_MAX;
    struct job job[THREADS_MAX];
    struct sim_table t;
    float *list = NULL;
    uint32_t *count = NULL;

    if (!model_valid(m) || !ask_valid(m, ask) || !sim_table_make(m, ask, a, &t) ||
        !jobs_make(&t, a, job, jobs))
        return false;
    if (t.sized >= 0) {
        list = arena_array(a, sim_sizes(&t) * 5, sizeof *list);
        count = arena_array(a, UINT16_MAX + 1, sizeof *count);
        if (list == NULL || count == NULL)
            return false;
    }
    run_jobs(job, jobs);
    rest_of_probes(&t, job[0].tally.probe);
    if (t.sized >= 0)
        list_quantiles(&t, job[0].tally.list, count, list);
    *ret_out = (struct simulate_out){ .start = ask->only_probes ? NULL : job[0].tally.start,
                                      .left = ask->only_probes ? NULL : job[0].tally.left,
                                      .probe = ask->probes == 0 ? NULL : job[0].tally.probe,
                                      .probe_day = ask->probes == 0 ? NULL : job[0].tally.probe_day,
                                      .list = ask->list ? list : NULL,
                                      .size = ask->list ? NULL : list };
    return true;
}

bool simulate(const struct model *m, uint64_t seed, uint32_t replications, unsigned threads, struct arena *a,
              struct simulate_out *ret_out)
{
    struct simulate_ask ask = { .seed = seed, .replications = replications, .threads = threads };

    return simulate_run(m, &ask, a, ret_out);
}
