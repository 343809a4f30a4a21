// SPDX-License-Identifier: EUPL-1.2
#include "measure/figure.h"

#include <assert.h>
#include <string.h>

static inline size_t group_of(int32_t code, size_t codes)
{
    return code >= 0 && (size_t)code < codes ? (size_t)code : codes;
}

void figure_group(const int32_t *column, const uint32_t *row, size_t n, size_t codes, uint32_t *ret_row,
                  size_t *ret_start)
{
    assert(n < UINT32_MAX && ret_row != row);
    memset(ret_start, 0, (codes + 2) * sizeof *ret_start);
    for (size_t i = 0; i < n; i++)
        ret_start[group_of(column[row != NULL ? row[i] : i], codes) + 1]++;
    for (size_t g = 0; g <= codes; g++)
        ret_start[g + 1] += ret_start[g];
    /* ret_start[g] serves as the next free place of group g and ends up as the start of g + 1 */
    for (size_t i = 0; i < n; i++) {
        uint32_t r = row != NULL ? row[i] : (uint32_t)i;

        ret_row[ret_start[group_of(column[r], codes)]++] = r;
    }
    memmove(ret_start + 1, ret_start, (codes + 1) * sizeof *ret_start);
    ret_start[0] = 0;
}
