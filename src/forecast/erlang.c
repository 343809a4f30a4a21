// SPDX-License-Identifier: EUPL-1.2
#include "forecast/erlang.h"

#include <math.h>

/* B(0) = 1, B(n) = a B(n-1) / (n + a B(n-1)): no factorials, no overflow (Gross et al., eq. 2.54). */
double erlang_b(double traffic, size_t agents)
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
