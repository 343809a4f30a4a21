// SPDX-License-Identifier: EUPL-1.2
/* Hours of workers over time (fte): dated rows, only ever appended. One function says what a team has on a
 * day; figures and the queue model use that one. All numbers are hundredths of a full-time equivalent. */
#ifndef PEIL_REGISTER_FTE_H
#define PEIL_REGISTER_FTE_H

#include "register/absence.h"
#include "register/worker.h"

struct fte_row {
    int64_t worker;
    int32_t from;
    int64_t fte;
    int64_t recorded_at;
    const char *who; /* NULL: the command line */
};

/* Everything that the hours of a day follow from. Rows are grouped by worker. */
struct fte_book {
    const struct worker *worker;
    size_t workers;
    const struct fte_row *row; /* by worker, day, recording */
    size_t rows;
    const struct absence *absence; /* by worker */
    size_t absences;
    int32_t today; /* an absence that did not end lasts at least until then */
};
struct fte_day {
    int64_t actual;               /* of everyone in service, hired ones too */
    int64_t present;              /* without who is absent */
    int64_t hired;                /* part of actual */
    int64_t people, absent, sick; /* persons in service; of these absent, sick */
};
/* Reads the book of all workers with absences that touch these days. For the register itself: no rights. */
enum err fte_book_read(struct ctx *c, int32_t from, int32_t to, struct fte_book *ret_book) MUST_CHECK;
/* The hours of a team (INT_NONE: of all) on a day. */
struct fte_day fte_of_day(const struct fte_book *book, int64_t team, int32_t day);
/* Hours of one worker on a day; 0 when not in service. */
int64_t fte_of_worker(const struct fte_book *book, int64_t worker, int32_t day);

/* The hours of a worker that worker_get gave. */
enum err fte_rows(struct ctx *c, int64_t worker, struct fte_row **ret_row, size_t *ret_n) MUST_CHECK;
/* From that day on. Rights: RIGHT_STAFF_EDIT. Errors: E_INVALID with field "fte" or "from". */
enum err fte_add(struct ctx *c, int64_t worker, int32_t from, int64_t fte) MUST_CHECK;
/* Inside db_tx, for who has checked. */
enum err fte_put(struct ctx *c, int64_t worker, int32_t from, int64_t fte) MUST_CHECK;
/* What was agreed for a team (formatie). Rights: RIGHT_STAFF_EDIT. */
enum err fte_establish(struct ctx *c, int64_t team, int32_t from, int64_t fte) MUST_CHECK;
/* INT_NONE: never agreed. team INT_NONE: of all teams together. */
enum err fte_established(struct ctx *c, int64_t team, int32_t day, int64_t *ret_fte) MUST_CHECK;

#endif
