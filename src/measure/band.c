// SPDX-License-Identifier: EUPL-1.2
#include "measure/band.h"

#include <math.h>

double bands_total(const struct bands *b)
{
    double sum = 0;

    for (size_t i = 0; i < b->n; i++)
        sum += b->count[i];
    return sum;
}

double bands_quantile(const struct bands *b, double p)
{
    double need = p * bands_total(b), below = 0;

    for (size_t i = 0; i < b->n; i++) {
        double next = below + b->count[i];

        if (b->count[i] > 0 && next >= need * (1 - 1e-15))
            return isinf(b->upper[i])
                       ? NAN
                       : b->lower[i] + (need - below) / b->count[i] * (b->upper[i] - b->lower[i]);
        below = next;
    }
    return NAN;
}

double bands_up_to(const struct bands *b, double edge)
{
    double sum = 0;

    for (size_t i = 0; i < b->n; i++) {
        if (b->lower[i] < edge && b->upper[i] > edge)
            return NAN; /* the edge cuts this band */
        if (b->upper[i] <= edge)
            sum += b->count[i];
    }
    return sum;
}

double bands_over(const struct bands *b, double edge)
{
    return bands_total(b) - bands_up_to(b, edge);
}
