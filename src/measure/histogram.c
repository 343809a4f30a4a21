// SPDX-License-Identifier: EUPL-1.2
#include "measure/histogram.h"

#include "base/sort.h"

const int64_t histogram_age_edge_days[HISTOGRAM_AGE_BANDS - 1] = { 14, 42, 91, 182 };

size_t histogram_band(int64_t value, const int64_t *edge, size_t edges)
{
    return sort_place(edge, edges, value);
}

void histogram_add(const int64_t *value, size_t n, const int64_t *edge, size_t edges, int64_t *count)
{
    for (size_t i = 0; i < n; i++)
        count[histogram_band(value[i], edge, edges)]++;
}
