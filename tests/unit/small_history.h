// SPDX-License-Identifier: EUPL-1.2
/* A small history made by hand, for tests of estimation: one team, and everything known on the day itself. */
#ifndef PEIL_TEST_SMALL_HISTORY_H
#define PEIL_TEST_SMALL_HISTORY_H

#include "forecast/estimate.h"

enum { SMALL_ROWS = 2400, SMALL_STREAMS = 4, SMALL_WORKERS = 7 };

struct small_history {
    struct history h;
    struct history_order order;
    int32_t days; /* it ends on the day before this one */
    struct history_fact received[SMALL_ROWS], started[SMALL_ROWS], left[SMALL_ROWS], closed[SMALL_ROWS],
        lost[SMALL_ROWS];
    int16_t stream[SMALL_ROWS], team[SMALL_ROWS];
    int32_t who[SMALL_ROWS];
    struct history_move move[2 * SMALL_ROWS];
    struct history_worker worker[SMALL_WORKERS];
    uint16_t rank[SMALL_STREAMS];
};

/* So many requests, all in stream 0 and of none anything known yet; workers, if there are any, help in turn
 * and stay. What was in *x is forgotten. */
void small_history_make(struct small_history *x, size_t rows, int32_t days, size_t streams, size_t workers);
/* On this day; nothing when it is over by then. */
struct history_fact small_history_on(const struct small_history *x, int32_t day);
/* One request a day: it starts `wait` days later and help lasts `help` days. */
void small_history_flow(struct small_history *x, int32_t wait, int32_t help);
/* What is estimated on its last day for sixty days; false: a check failed. The order is that of *x. */
bool small_history_model(const struct small_history *x, const struct estimate_how *how, struct arena *a,
                         struct model *ret_model);
/* Who leaves a stream in a day, on average over the draws. */
double small_history_leave(const struct model *m, size_t stream);

#endif
