// SPDX-License-Identifier: EUPL-1.2
/* Do the records that are not requests stand as their history says? Each kind is played again from its steps
 * (register/history.h), or compared with its last version, and every record that differs is named. */
#ifndef PEIL_REGISTER_RECORD_CHECK_H
#define PEIL_REGISTER_RECORD_CHECK_H

#include "base/ctx.h"

#include <stddef.h>
#include <stdint.h>

#define RECORDS_NAMED 20 /* so many that differ are named; all are counted */

struct records {
    int64_t records, different;
    struct {
        const char *kind; /* "complaint": the table */
        int64_t id;
    } wrong[RECORDS_NAMED];
    size_t named;
};
/* Reads everything; memory stays flat. */
enum err record_check(struct ctx *c, struct records *ret_records) MUST_CHECK;

#endif
