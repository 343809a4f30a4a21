// SPDX-License-Identifier: EUPL-1.2
/* The waiting list as forecasting knows it (forecast/history.h), made from the register: everything that was
 * written down up to and including a day, so that a forecast of an earlier day sees what one could have known
 * then. No persons; a number says which request a row is. Read at once, without a statement a request.
 *
 * What an import tells counts as known when it happened: the file does not say when it was written down. What
 * was written down by mistake and taken back before that day is not there. */
#ifndef PEIL_ACCOUNT_EXPECTATION_HISTORY_H
#define PEIL_ACCOUNT_EXPECTATION_HISTORY_H

#include "forecast/history.h"
#include "register/list_order.h"

struct expectation_history {
    struct history h;
    struct history_order order; /* of register/list_order.h, as it is on `day` */
    int32_t day;                /* known up to the end of this day */
    const int64_t *request;     /* of each row, ascending */
    const bool *waiting;        /* of each row: waits at the end of that day, a pause too */
    const int64_t *team;        /* of each list: the team; INT_NONE: those without one */
    const int64_t *worker;      /* of each place of h.worker_of */
};
/* day: not after today. Memory: the arena, about 100 bytes a request. Rights: RIGHT_FIGURES. Not scoped: it
 * names nobody. */
enum err expectation_history_read(struct ctx *c, int32_t day,
                                  struct expectation_history *ret_history) MUST_CHECK;
/* Of everything of it that a forecast is made from: another number when anything of it is another. */
uint64_t expectation_mark(const struct expectation_history *x);
/* What drives a list (docs/expectation.md), counted from what was known: of a place in x->team, -1: of all.
 * ret_driver holds EXPECTATION_DRIVERS; what is not known is left out. Returns how many there are. */
struct expected_driver;
size_t expectation_drivers(const struct expectation_history *x, int team, struct expected_driver *ret_driver);
/* And who leaves, by urgency, as the forecast has it: `n` are there already. */
enum err expectation_leaving(struct ctx *c, const struct expectation_history *x, int team,
                             struct expected_driver *driver, size_t *n) MUST_CHECK;
/* The stream of a class: its place in turn_streams. */
int16_t expectation_stream(int64_t urgency, bool wmo);
/* The row of a request; false: not there. */
bool expectation_row(const struct expectation_history *x, int64_t request, uint32_t *ret_row);
/* The order of the list as streams: rank by class after ageing, then by the part of the norm that was waited.
 * Working days are those before `day`. */
enum err expectation_order(struct ctx *c, int32_t day, struct history_order *ret_order) MUST_CHECK;

#endif
