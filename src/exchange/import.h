// SPDX-License-Identifier: EUPL-1.2
/* Import of existing lists and logs: CSV, CSV.gz and XES into the register (docs/import.md).
 *
 * A file goes in as a whole, in one transaction, or not at all. Lines that make no sense are rejected one by
 * one with their number, column and reason; the rest goes in. A request is known again by source and key: the
 * same file twice adds nothing, a later export of the same system adds the requests and events that are new.
 * Nothing that is there is changed.
 *
 * Memory: a file of requests is read line by line; of an event log about 40 bytes a line are kept, because a
 * case can only be judged when all its events are known. Rights: RIGHT_IMPORT, and RIGHT_REGISTER for
 * requests and event logs, RIGHT_CONTACT for calls. */
#ifndef PEIL_EXCHANGE_IMPORT_H
#define PEIL_EXCHANGE_IMPORT_H

#include "base/buf.h"
#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define IMPORT_LISTED 20 /* rejected lines that the report itself holds */

struct import_progress {
    int64_t taken, size; /* bytes of the file; size -1 when unknown */
    int64_t lines;
};

struct import_options {
    const char *mapping; /* name of a ready mapping or path; NULL: recognised by the columns of the file */
    bool dry_run;        /* everything except keeping it */
    const char *rejects; /* file for all rejected lines as CSV (line, column, reason); NULL: none */
    const char *content; /* the file itself when it is in memory: `path` is only its name; NULL: it is read */
    size_t content_len;
    int64_t unpacked_max;   /* bytes that the file may unpack to; 0: SOURCE_LIMIT */
    struct buf *rejects_to; /* the rejected lines in memory instead of in a file; NULL: none */
    void (*progress)(void *arg, const struct import_progress *p); /* now and then; NULL */
    void *progress_arg;
};

struct import_reject {
    int64_t line;
    const char *column; /* "" when it is about the whole line */
    const char *reason; /* in the language of the context */
};

/* What is worth knowing but no reason to refuse a line. */
enum import_warning {
    IMPORT_END_BEFORE_START, /* first talk or end before the request was received: counts as 0 days */
    IMPORT_AFTER_END,        /* first talk or end after the request had ended: kept, changes nothing */
    IMPORT_NO_START,         /* case without the event that starts it: the first one counts as the start */
    IMPORT_TWICE,            /* the key was on an earlier line of this file */
    IMPORT_UNREADABLE,       /* bytes without meaning in the encoding of the file, now U+FFFD */
    IMPORT_SKIPPED,          /* events that the mapping leaves out */
    IMPORT_WARNINGS,
};

/* Teams or neighbourhoods that the register did not have before this file: added, or a slip of the pen. */
enum import_names { IMPORT_TEAMS, IMPORT_NEIGHBOURHOODS, IMPORT_NAMES };
struct import_added {
    int64_t n;
    size_t listed;
    struct {
        const char *name, *like; /* like: one that was there and is written almost the same; NULL: none */
    } at[IMPORT_LISTED];
};

struct import_report {
    const char *file, *mapping, *source;
    const char *encoding; /* "UTF-8" */
    char delimiter;       /* '<' for XES */
    int64_t lines;        /* records, without the header */
    int64_t requests_new, requests_known, events_new, events_known;
    int64_t calls_new, calls_known;     /* of a telephone exchange */
    int64_t answers_new, answers_known; /* of surveys and lists kept elsewhere */
    int64_t rejected;
    int64_t warning[IMPORT_WARNINGS];
    int64_t no_team, no_neighbourhood; /* new requests without one */
    struct import_added added[IMPORT_NAMES];
    size_t listed;
    struct import_reject reject[IMPORT_LISTED];
};

/* Errors: those of source, csv, xes and mapping; E_INVALID when the mapping does not fit the file or none was
 * recognised; nothing of the file is in the register then. The report is filled as far as it got, also on
 * failure. */
enum err import_file(struct ctx *c, const char *path, const struct import_options *o,
                     struct import_report *ret_report) MUST_CHECK;

enum { IMPORT_RUNS = 30 };
/* What was imported before, the newest first, at most IMPORT_RUNS. Rights: RIGHT_IMPORT. */
struct import_run_row {
    int64_t recorded_at;
    const char *file, *who;         /* who: "" on the command line */
    bool calls;                     /* of a telephone exchange */
    int64_t lines, rejected, added; /* added: new requests or calls */
    int64_t events;                 /* INT_NONE for calls */
};
enum err import_runs(struct ctx *c, struct import_run_row **ret_row, size_t *ret_n) MUST_CHECK;

const char *import_warning_text(const struct ctx *c, enum import_warning w);
/* What was counted, in the order in which it is told. */
struct import_count {
    const char *code, *label; /* docs/import.md; in the language of the context */
    int64_t n;
};
enum { IMPORT_COUNTS = 12 };
void import_report_counts(const struct ctx *c, const struct import_report *r,
                          struct import_count ret_count[IMPORT_COUNTS]);
/* "New teams: Team Nord (is that Team Noord?), Team Mierlo"; NULL: there are none. */
enum err import_added_text(struct ctx *c, const struct import_report *r, enum import_names which,
                           const char **ret_text) MUST_CHECK;
/* For a person. */
void import_report_table(struct ctx *c, const struct import_report *r, struct buf *out);
/* One object, docs/import.md. */
void import_report_json(const struct ctx *c, const struct import_report *r, struct buf *out);

#endif
