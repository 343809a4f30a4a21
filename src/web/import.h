// SPDX-License-Identifier: EUPL-1.2
/* Files into the register from a browser: waiting lists, event logs, calls of the telephone exchange,
 * surveys. Tried first, without keeping anything; then the same file is imported. */
#ifndef PEIL_WEB_IMPORT_H
#define PEIL_WEB_IMPORT_H

#include "exchange/import.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/sheet_view.h"

struct import_page {
    struct frame frame;
    struct form_errors wrong;
    struct field file;
    struct choice mapping;
    const char *most; /* how large a file may be */
    int64_t kept;     /* number of the file that was tried (kept_file.h); 0: none */
    const char *kept_name;
    const struct import_report *report; /* of the trial; NULL: none */
    struct import_count count[IMPORT_COUNTS];
    size_t counts;
    const char *warning[IMPORT_NAMES + IMPORT_WARNINGS];
    size_t warnings;
    struct sheet_view runs;
};

enum err web_import_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_import_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* All rejected lines of a file that was sent a moment ago, as CSV. */
enum err web_import_rejects_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
