// SPDX-License-Identifier: EUPL-1.2
/* One request as four bytes, and all requests in the order in which the month set (month_set.h) reads them.
 *
 * A request lies in the group of the month in which it was received and of its cell (a neighbourhood and an
 * urgency). Groups stand month after month, so that new requests come at the end; inside a group requests
 * keep the order in which they came. Nothing is counted beforehand: `from` only says where a group begins.
 *
 *   outcome  bits 0-10   days from receipt to the start of help or to leaving the list (waiting: bits 0-4 are
 *                        the day of the month of receipt, so that a row does not change while time passes)
 *            bits 11-13  kind: 0-2 started, 3-5 left without a start, 6 waiting. Within started and left: how
 *                        many months later that day lies than the same wait of somebody who came on the first
 *                        of the month (0, 1 or, past a short February, 2)
 *            bit 14      helped directly: answered at the first contact
 *            bit 15      reopened: a question that came back after an earlier one was closed
 *   rest     bits 0-4    day of the month of receipt, from 0
 *            bits 5-9    day of the month in which it was closed, from 0
 *            bits 10-15  months from receipt to closing, 63: not closed
 *
 * Waits over 2,047 days and closings more than 62 months after receipt do not fit: they are written as that
 * most, and counted (`clipped`), so that the caller can say so. */
#ifndef PEIL_MEASURE_MONTH_ROW_H
#define PEIL_MEASURE_MONTH_ROW_H

#include "base/calendar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MONTH_FRAME_MONTHS = 240,
    MONTH_FRAME_DAYS = 7440, /* 20 years */
    MONTH_WAIT_MAX = 2047,
    MONTH_CLOSED_MAX = 62,
    MONTH_NOT_CLOSED = 63,
    MONTH_ROW_STARTED = 0, /* kinds; see above */
    MONTH_ROW_LEFT = 3,
    MONTH_ROW_WAITING = 6,
    MONTH_ROW_DIRECT = 1 << 14,
    MONTH_ROW_REOPENED = 1 << 15
};

/* The months and cells that are counted. No pointers: it may be copied. */
struct month_frame {
    int32_t months, cells;
    int32_t first_year, first_month; /* 1..12 */
    int32_t last_day; /* everything known up to and with this day, which lies in the last month */
    int32_t first[MONTH_FRAME_MONTHS + 1]; /* first day of each month, and of the month after the last */
    /* By days since first[0]; what a damaged row can point at lies within the array. */
    uint8_t month_of[MONTH_FRAME_DAYS + MONTH_WAIT_MAX + 32];
    uint16_t
        limit[MONTH_FRAME_DAYS + 32]; /* longest wait in days that is within the norm, by day of receipt */
};
/* False when the months do not fit or the last day does not lie in the last one of them. */
bool month_frame_init(struct month_frame *f, int32_t first_day, int32_t last_day, int32_t cells);
/* The norm in working days after the day of receipt. Without it nothing is within the norm but a wait of 0
 * days. */
void month_frame_norm(struct month_frame *f, const struct calendar *k, int32_t working_days);

/* A request in words. Days are DAY_NONE when it did not happen. */
struct month_row {
    int32_t cell, received;
    int32_t started, left; /* at most one of them */
    int32_t closed;
    bool direct, reopened;
};
/* Why a row is not taken: outside the frame, or days in an order that cannot be. */
enum month_row_error { MONTH_ROW_OK, MONTH_ROW_OUTSIDE, MONTH_ROW_WRONG };

struct month_rows {
    const struct month_frame *frame;
    const uint16_t *outcome, *rest;
    const uint32_t *from; /* months * cells + 1: group of month m and cell c is from[m * cells + c] */
};

/* The group of a row, and its four bytes; *ret_clipped is set to 1 when something did not fit. What happened
 * after the last day of the frame has not happened. */
enum month_row_error month_row_pack(const struct month_frame *f, const struct month_row *row,
                                    uint32_t *ret_group, uint16_t ret_code[2], bool *ret_clipped);
/* The way back. */
void month_row_unpack(const struct month_frame *f, uint32_t group, const uint16_t code[2],
                      struct month_row *ret_row);
/* Whether four bytes from a file can be a row of that group. */
bool month_row_valid(const struct month_frame *f, uint32_t group, const uint16_t code[2]);

/* Sorts packed rows into groups (counting sort, stable). `group` and `code` hold n rows; the buffers of
 * `ret_from` (months * cells + 2), `ret_outcome` and `ret_rest` (n each) are the caller's. */
void month_rows_sort(const struct month_frame *f, size_t n, const uint32_t *group, const uint16_t (*code)[2],
                     uint32_t *ret_from, uint16_t *ret_outcome, uint16_t *ret_rest);

#endif
