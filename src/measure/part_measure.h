// SPDX-License-Identifier: EUPL-1.2
/* From facts and a row of the catalogue to numbers with their n: for each group in each period one result, in
 * one walk over the rows. An indicator is a row in a table, not a function; what a row can ask is here.
 *
 *     struct part_work w = part_work_in(memory, part_work_rows(part, &facts), cells);      part_work_bytes
 *     part_measure(&task, &w, result);                                               groups x periods results
 *
 * Who is counted: rows whose moment (clock) lies in the period and is known at the reference time, that are
 * no duplicate of another row, and of which `of` holds. n are these, less those of whom `yes` cannot be said
 * yet (they are `censored`); `outside` are all others in the period, the censored among them. Of a stock:
 * rows that are between the two moments of the clock at the end of the period, or at the reference time when
 * that comes first.
 *
 * Values: share and pooled: FIGURE_SHARE with its Wilson interval. rate: FIGURE_RATE per 1,000, exact
 * Poisson, and the exposure as FIGURE_SUM. count and sum: FIGURE_COUNT, FIGURE_SUM. time: FIGURE_QUANTILE of
 * 0.5 and 0.8, Kaplan-Meier in calendar days, and FIGURE_MAX. quantile: FIGURE_NUMBER of 0.5 and 0.9, type 7.
 * mean: FIGURE_AVERAGE with its t interval (Student 1908, Biometrika 6:1-25). ratio: FIGURE_RATIO; of rows
 * that tell of people, n are these on average a day. stock: a FIGURE_COUNT of all and of each band of age,
 * FIGURE_MAX days. */
#ifndef PEIL_MEASURE_PART_MEASURE_H
#define PEIL_MEASURE_PART_MEASURE_H

#include "measure/catalogue.h"
#include "measure/figure.h"

struct part_period {
    int64_t from, to; /* from <= t < to, in order, none overlapping; both 0: all time */
};
struct part_task {
    const struct part *part; /* not of CALC_FIGURE; CALC_MIX counts, CALC_PLACES and CALC_SPREAD too: the
                                caller makes groups of them and combines (part_combine.h) */
    const struct facts *facts;
    const struct calendar *calendar;
    int64_t at; /* reference time: nothing after it is known */
    const struct part_period *period;
    size_t periods;
    const int32_t *group; /* of each row of the set, -1: not asked about; NULL: all in one group */
    size_t groups;
    const int32_t *request_group; /* the same for FACT_REQUEST: exposures; NULL: all in one group */
    const int64_t *inhabitants;   /* of each group, -1 unknown; NULL: not known */
    struct survival_way way;
};
struct part_cell {
    int64_t yes, n, censored, in_period;
    double sum, per, people;
    int64_t first, last; /* moments of the rows with people */
    size_t values, from; /* its place among the collected values */
};
struct part_work {
    int64_t *value;
    uint64_t *key;
    uint32_t *cell;
    size_t rows;
    struct part_cell *cells;
    size_t cell_room;
    struct figure_work figure;
};
/* Of how many rows the work must hold a value: none when the part only counts. */
size_t part_work_rows(const struct part *p, const struct facts *f);
/* Room for up to `rows` rows and so many cells (groups x periods). */
size_t part_work_bytes(size_t rows, size_t cells);
struct part_work part_work_in(void *memory, size_t rows, size_t cells);
size_t facts_rows_max(const struct facts *f);

/* result[group * periods + period]. A cell whose period ended before the set tells anything has no_data. */
void part_measure(const struct part_task *task, struct part_work *w, struct figure_result *result);

/* ---- part_record.c: what a definition makes of each row, for who may look behind a number ---- */

/* Counted: it is in n, and there is no yes or no to it. Of a time: yes is seen to its end, no is cut short by
 * something else, not yet still runs. */
enum part_mark { PART_OUTSIDE, PART_NO, PART_YES, PART_NOT_YET, PART_COUNTED };
/* Each row of the set in the first period of the task; mark[n of the set]. value[n]: the number that the row
 * brings in: days of a time or a stock, the number that is averaged or added up, the code of a mix;
 * INT64_MIN: none. Not of CALC_FIGURE. */
void part_rows(const struct part_task *task, uint8_t *mark, int64_t *value);
/* The same of a figure of measure/figure.h, for each row of the extract: with the question of the figure (its
 * rows are not looked at), in days. Of W1, W8 and D2 a yes is a start, a leaving, a closing. */
void part_figure_rows(const struct extract *x, const struct figure_query *q, enum figure_id id, uint8_t *mark,
                      int64_t *value);

#endif
