// SPDX-License-Identifier: EUPL-1.2
/* The rows of a set of facts as they come part by part, and which of them there are, in which order. For
 * extract_facts_get.c. */
#ifndef PEIL_MEASURE_FACT_POOL_H
#define PEIL_MEASURE_FACT_POOL_H

#include "measure/facts_change.h"

enum pool_column { POOL_COLUMN, POOL_CODE, POOL_MARKS };
struct fact_pool {
    int64_t *column[FACT_COLUMNS]; /* of every row that ever came; NULL: the set does not have it */
    int32_t *code[FACT_CODES];
    uint64_t *marks;
    size_t n, room;          /* rows that came, and that there is room for */
    uint32_t *order, *spare; /* the rows that there are; both with room for so many */
    size_t rows, order_room;
    int64_t since;
    bool any;
};
/* `array` is a pointer to an array of n values: the same with room for so many, in the arena. */
bool pool_widen(struct arena *a, void *array, size_t n, size_t room, size_t width);
/* Room for so many more rows. */
bool pool_room(struct arena *a, struct fact_pool *s, size_t more);
/* The pointer to the values of a column, which is NULL when the set does not have it. */
void *pool_values(struct fact_pool *s, enum pool_column what, size_t at);
size_t pool_columns(const struct fact_pool *s);
/* The next `come` rows, which have been put behind the others, come in their places and others go. False: the
 * places are none, or there would not be `rows` rows. */
bool pool_splice(struct arena *a, struct fact_pool *s, const struct fact_splice *splice, size_t n,
                 size_t rows);
/* The rows in order. number: for each code the number of each of its values; -1 refuses it. */
bool pool_show(struct arena *a, const struct fact_pool *s, const int32_t *const number[FACT_CODES],
               struct fact_rows *ret_rows);

#endif
