// SPDX-License-Identifier: EUPL-1.2
/* Look backs of several lists side by side. */
#include "base/jobs.h"
#include "forecast/backtest.h"

static void run_one(void *arg, size_t i, struct arena *a)
{
    struct backtest_job *j = (struct backtest_job *)arg + i;

    j->done = backtest_run(j->h, &j->how, a, &j->found);
    j->found.row = NULL;
    j->found.n = 0;
}

void backtest_run_jobs(struct backtest_job *job, size_t n, unsigned threads, size_t ceiling)
{
    jobs_run(n, threads, ceiling, run_one, job);
}
