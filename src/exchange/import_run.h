// SPDX-License-Identifier: EUPL-1.2
/* What the parts of an import share: import.c (the whole), import_request.c (one line a request),
 * import_log.c (one line an event), import_call.c (one line a call), import_part.c (values, names, rejects),
 * import_find.c (which mapping). */
#ifndef PEIL_EXCHANGE_IMPORT_RUN_H
#define PEIL_EXCHANGE_IMPORT_RUN_H

#include "exchange/csv.h"
#include "exchange/import.h"
#include "exchange/intern.h"
#include "exchange/mapping.h"
#include "register/config.h"
#include "register/request.h"

#include <stdio.h>

/* Names of a kind of thing in the register, and their ids. */
struct names {
    struct intern text;
    struct buf id; /* int64_t[], by number */
};
#define NAMES_LIMIT 2000 /* more different teams than this means that the wrong column was named */

struct import_run {
    const char *path;
    const struct import_options *o;
    struct import_report *report;
    struct mapping *m;
    FILE *rejects;
    struct arena *keep;   /* the caller's: what the report holds */
    struct arena work;    /* as long as the file: names, cases */
    struct arena scratch; /* as long as one line or case */
    struct names team, neighbourhood, worker;
    struct names call;            /* equal lines of a file without keys, and how many of each */
    int64_t phone_import, keeper; /* of a file of calls (register/phone.h) */
    const struct config *config;
    int64_t source, last_request; /* id of the source; highest request before this file */
    int64_t latest;               /* no time may be after this */
    size_t header;                /* columns of the file */
    bool finished;                /* the body came to its end */
    int tries;
};

/* The file, or its content when that is in memory. */
enum err import_open(struct ctx *c, const char *path, const struct import_options *o,
                     struct source **ret_source) MUST_CHECK;

/* A line or case that does not go in: counts it, lists it. `column` NULL: the whole line. */
void import_reject(struct ctx *c, struct import_run *r, int64_t line, const char *column, const char *format,
                   ...) __attribute__((format(printf, 5, 6)));

/* The shape of the line: as many columns as the header (more when they are empty), quotes whole. False after
 * a reject. */
bool import_shape(struct ctx *c, struct import_run *r, const struct csv_record *rec);
/* The value of a field or column on this line with a final NUL, NULL when missing. False after a reject. */
bool import_value(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                  const struct mapping_column *k, const char **ret_text);
/* Its time; TIME_NONE when missing. */
bool import_time(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                 const struct mapping_column *k, int64_t *ret_time);
/* The id of a name, which is added to the register when it is new there; INT_NONE for NULL. */
enum err import_team(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id) MUST_CHECK;
enum err import_neighbourhood(struct ctx *c, struct import_run *r, const char *name,
                              int64_t *ret_id) MUST_CHECK;
enum err import_worker(struct ctx *c, struct import_run *r, const char *name, int64_t *ret_id) MUST_CHECK;

/* Stores one request, counts it, and warns about its events. */
enum err import_store(struct ctx *c, struct import_run *r, struct request_import *in) MUST_CHECK;
/* An event without team, worker and so on. */
struct event import_event(enum kind kind, int64_t occurred_at, const char *reason);

/* Kinds of the mapping's effects exist: fills mapping_effect.code, or E_INVALID with the line of the mapping.
 */
enum err import_check_effects(struct ctx *c, struct mapping *m) MUST_CHECK;

/* One line of a file of requests. */
enum err import_request_line(struct ctx *c, struct import_run *r, const struct csv_record *rec) MUST_CHECK;

/* One line of a file of calls. */
enum err import_call_line(struct ctx *c, struct import_run *r, const struct csv_record *rec) MUST_CHECK;

/* One line of a survey, or of a list kept elsewhere. */
enum err import_outside_line(struct ctx *c, struct import_run *r, const struct csv_record *rec) MUST_CHECK;
/* Adds "/n" to a key that was made of the line itself: it is the n-th such line of this file. */
enum err import_key_count(struct ctx *c, struct import_run *r, struct buf *key) MUST_CHECK;

/* An event log: lines are collected, then stored case by case. */
struct import_log;
enum err import_log_begin(struct ctx *c, struct import_run *r, struct import_log **ret_log) MUST_CHECK;
enum err import_log_line(struct ctx *c, struct import_log *g, const struct csv_record *rec) MUST_CHECK;
enum err import_log_store(struct ctx *c, struct import_log *g) MUST_CHECK;
void import_log_free(struct import_log *g);

/* The ready mapping that fits the file. E_INVALID when none does, or more than one. */
enum err import_find_mapping(struct ctx *c, const char *path, const struct import_options *o,
                             struct mapping **ret_mapping) MUST_CHECK;

#endif
