// SPDX-License-Identifier: EUPL-1.2
/* Residents for a hand-over list from a CSV text, as copied out of a spreadsheet. Columns by name, in any
 * order:
 *
 *     nummer          number at the old provider; the same number is never added twice
 *     aanmelding      number of a request that is in Peil already (2022-123); or
 *     naam            who it is; with geboortedatum, telefoon, adres, postcode
 *     gevraagd        the day on which the resident asked (needed)
 *     wacht_tot       chose to wait until this day
 *     team            name of the team
 *
 * Every line that cannot be taken is reported with its number and why. With `dry` nothing is kept. */
#ifndef PEIL_EXCHANGE_TRANSFER_CSV_H
#define PEIL_EXCHANGE_TRANSFER_CSV_H

#include "register/transfer.h"

struct transfer_bad {
    int64_t line;
    const char *reason;
};
struct transfer_csv_result {
    int64_t lines, added, known; /* known: on the list already */
    struct transfer_bad *bad;
    size_t n_bad;
};
enum { TRANSFER_CSV_LINES = 2000, TRANSFER_CSV_BYTES = 250 * 1024 };
/* A file as such a text: UTF-8 whatever it was, unpacked. E_INVALID with field "csv": no text, or too long.
 */
enum err transfer_csv_text(struct ctx *c, const char *name, const char *data, size_t len,
                           const char **ret_text) MUST_CHECK;
/* Rights: RIGHT_TRANSFER and RIGHT_ALLOCATE. Lines that are right go in although others are wrong. E_INVALID
 * with field "csv" when nothing can be read: no known column, a quote that is never closed, too many lines.
 */
enum err transfer_csv_add(struct ctx *c, const struct transfer *t, const char *text, bool dry,
                          struct transfer_csv_result *ret_result) MUST_CHECK;

#endif
