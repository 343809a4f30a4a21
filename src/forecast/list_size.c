// SPDX-License-Identifier: EUPL-1.2
#include "forecast/list_size.h"

double list_size_load(double demand, double capacity)
{
    return demand / capacity;
}

double list_size_target_mean(double target, double factor)
{
    return target / factor;
}

double list_size_target(double demand, double target, double factor)
{
    return demand * target / factor;
}

double list_size_capacity(double demand, double target, double factor, double cvd, double cvc)
{
    return demand + (cvd * cvd + cvc * cvc) / 2 * factor / target;
}

double list_size_relief(double demand, double queue, double target_queue, double weeks)
{
    return demand + (queue - target_queue) / weeks;
}

double list_size_pressure(double mean_wait, double target)
{
    return 2 * mean_wait / target;
}
