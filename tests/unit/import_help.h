// SPDX-License-Identifier: EUPL-1.2
/* What the tests of the import share. */
#ifndef PEIL_TEST_IMPORT_HELP_H
#define PEIL_TEST_IMPORT_HELP_H

#include "exchange/import.h"

/* Mappings for two made-up files: requests (id,asked,talk,ended,team,part,ch) and a log
 * (case,activity,time,who). */
extern const char import_simple[], import_log_map[];

/* Imports these texts from files; mapping NULL: to be recognised. */
enum err import_run_text(struct ctx *c, const char *text, const char *mapping, struct import_options o,
                         struct import_report *ret_report);
struct import_report import_take(struct ctx *c, const char *text,
                                 const char *mapping); /* the same, and it is OK */
/* Id of an imported request; 0 when it is not there. */
int64_t import_id_of(struct ctx *c, const char *source, const char *key);
/* The events of a request: "registered 2024-01-01T00:00:00Z;closed ... (reason) [activity];" */
void import_check_events(struct ctx *c, const char *source, const char *key, const char *want);

#endif
