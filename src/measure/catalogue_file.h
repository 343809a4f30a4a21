// SPDX-License-Identifier: EUPL-1.2
/* Indicators of a municipality's own: a text with the columns of the catalogue. The first line names them, in
 * any order; columns that it does not name are empty. Between columns stands ; or , or a tab, whichever the
 * first line has; a field with one of these is quoted, a quote in it doubled. Empty lines and lines that
 * begin with # are passed over.
 *
 *     id;part;name;name_nl;what;what_nl;how;set;clock;of;yes;unit;better;by;readers
 *     X1;a;Asked by school;Gevraagd door school;Requests by school;Aanmeldingen via school;share;request; ...
 *
 * A row with the id of the built-in catalogue and a higher version stands beside it from its date on. */
#ifndef PEIL_MEASURE_CATALOGUE_FILE_H
#define PEIL_MEASURE_CATALOGUE_FILE_H

#include "measure/catalogue.h"

struct catalogue_fault {
    int line;                  /* from 1 */
    const char *column, *text; /* column "": the line itself (more fields than the first line has) */
};
/* Reads the rows of a text, which is cut into pieces in place and must stay as long as the rows. False:
 * *ret_fault says what and where; also for a row that part_parse refuses. *ret_n is at most `room`; more rows
 * than that are a fault on their line. */
bool catalogue_file_read(char *text, const struct catalogue_settings *s, struct definition *row, size_t room,
                         size_t *ret_n, struct catalogue_fault *ret_fault);

#endif
