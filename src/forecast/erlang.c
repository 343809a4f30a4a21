// SPDX-License-Identifier: EUPL-1.2
#include "forecast/erlang.h"

#include <math.h>

/* B(0) = 1, B(n) = a B(n-1) / (n + a B(n-1)): no factorials, no overflow (Gross et al., eq. 2.54). */
static double erlang_b(double traffic, size_t agents)
{
    double b = 1;

    for (size_t n = 1; n <= agents; n++)
        b = traffic * b / ((double)n + traffic * b);
    return b;
}

static double c_from_b(double traffic, size_t agents, double b)
{
    double load = traffic / (double)agents;

    return agents == 0 || load >= 1 ? 1 : b / (1 - load * (1 - b));
}

double erlang_c(double traffic, size_t agents)
{
    return c_from_b(traffic, agents, erlang_b(traffic, agents));
}

static struct erlang_answer answer_from_b(const struct erlang_load *l, size_t agents, double within, double b)
{
    double traffic = l->calls * l->handling / l->interval, spare = (double)agents - traffic;
    double wait = c_from_b(traffic, agents, b);

    return (struct erlang_answer){ .traffic = traffic,
                                   .p_block = b,
                                   .p_wait = wait,
                                   .service_level =
                                       spare > 0 ? 1 - wait * exp(-spare * within / l->handling) : 0,
                                   .asa = spare > 0 ? wait * l->handling / spare : INFINITY,
                                   .occupancy = agents > 0 ? traffic / (double)agents : INFINITY };
}

struct erlang_answer erlang_answer(const struct erlang_load *l, size_t agents, double within)
{
    return answer_from_b(l, agents, within, erlang_b(l->calls * l->handling / l->interval, agents));
}

size_t erlang_agents(const struct erlang_load *l, double within, double service_level, double occupancy)
{
    double traffic = l->calls * l->handling / l->interval, b = 1;

    for (size_t n = 1; n <= ERLANG_AGENTS_MAX; n++) {
        b = traffic * b / ((double)n + traffic * b);
        struct erlang_answer a = answer_from_b(l, n, within, b);
        if (a.service_level >= service_level && a.occupancy <= occupancy)
            return n;
    }
    return 0;
}

/* Answered within t after waiting: the integral of calls × p(agents - 1) × exp(calls / theta × (1 -
 * exp(-theta x)) - agents × mu × x) × exp(-theta x), by Simpson's rule. */
static double answered_later(double calls, double mu, double theta, size_t agents, double t)
{
    enum { PANELS = 2000 };
    double sum = 0;

    for (int i = 0; i <= PANELS; i++) {
        double x = t * i / PANELS, stays = exp(-theta * x);
        double v = exp(calls / theta * (1 - stays) - (double)agents * mu * x) * stays;
        sum += v * (i == 0 || i == PANELS ? 1 : i % 2 == 1 ? 4 : 2);
    }
    return calls * sum * t / PANELS / 3;
}

/* The chances of n calls, all against the chance that agents - 1 are there: below it 1 / B(agents - 1) in
 * total, then each is the one before × calls / (agents × mu + (n - agents) × theta). */
struct erlang_a_answer erlang_a_answer(const struct erlang_load *l, size_t agents, double patience,
                                       double within)
{
    double calls = l->calls / l->interval, mu = 1 / l->handling, theta = 1 / patience;
    double below = agents > 0 ? 1 / erlang_b(calls / mu, agents - 1) : 0;
    double term = 1, busy = 0, waiting = 0, all;

    if (!(calls > 0))
        return (struct erlang_a_answer){ .service_level = 1 };
    for (size_t waits = 0; waits < 10000000; waits++) {
        double n = (double)waits;

        if (n > 0 || agents > 0)
            term *= calls / ((double)agents * mu + n * theta);
        busy += term;
        waiting += n * term;
        if (term < 1e-17 * (below + busy) && calls < (double)agents * mu + n * theta)
            break;
    }
    all = below + busy;
    struct erlang_a_answer a = { .p_wait = busy / all,
                                 .p_abandon = theta * waiting / all / calls,
                                 .wait = waiting / all / calls };
    a.service_level = agents == 0 ? 0 : (below + answered_later(calls, mu, theta, agents, within)) / all;
    a.occupancy = agents == 0 ? 1 : calls * (1 - a.p_abandon) / mu / (double)agents;
    return a;
}

size_t erlang_a_agents(const struct erlang_load *l, double patience, double within, double service_level)
{
    size_t low = 0, high = 1;

    while (high < ERLANG_A_AGENTS_MAX &&
           erlang_a_answer(l, high, patience, within).service_level < service_level) {
        low = high;
        high *= 2;
    }
    if (high > ERLANG_A_AGENTS_MAX)
        high = ERLANG_A_AGENTS_MAX;
    if (erlang_a_answer(l, high, patience, within).service_level < service_level)
        return 0;
    while (high - low > 1) {
        size_t half = (low + high) / 2;
        if (erlang_a_answer(l, half, patience, within).service_level >= service_level)
            high = half;
        else
            low = half;
    }
    return high;
}
