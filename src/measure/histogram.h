// SPDX-License-Identifier: EUPL-1.2
/* Counting values into bands. */
#ifndef PEIL_MEASURE_HISTOGRAM_H
#define PEIL_MEASURE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

/* The band of a value among `edges` ascending upper edges, which belong to the band below them:
 * band 0 is value <= edge[0], band i is edge[i-1] < value <= edge[i], band `edges` is everything above. */
size_t histogram_band(int64_t value, const int64_t *edge, size_t edges);
/* Adds to count[edges + 1]. */
void histogram_add(const int64_t *value, size_t n, const int64_t *edge, size_t edges, int64_t *count);

/* The age bands of a waiting list, in days: 0-2, 2-6, 6-13, 13-26 and more than 26 weeks. Two weeks to the
 * day is still in the first band, as 14 days is still "within 14 days". */
#define HISTOGRAM_AGE_BANDS 5
extern const int64_t histogram_age_edge_days[HISTOGRAM_AGE_BANDS - 1];

#endif
