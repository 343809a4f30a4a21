// SPDX-License-Identifier: EUPL-1.2
/* peil stats: the statistics of src/measure and src/forecast on any CSV file, so that anybody can check them
 * against another program (docs/stats.md). No register is opened. */
#ifndef PEIL_CLI_STATS_H
#define PEIL_CLI_STATS_H

#include "base/buf.h"
#include "base/ctx.h"
#include "cli/cli.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ── The file ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* A whole CSV file in the arena: rows x columns cells, all text. */
struct stats_table {
    size_t rows, columns;
    const char **name;
    const char **cell;
    int64_t *line;  /* of each row in the file */
    bool semicolon; /* then a comma may be the decimal sign */
};

/* Some rows: all, or those of one group. */
struct stats_rows {
    const char *label; /* of the group; NULL: all */
    size_t *row;
    size_t n;
};

struct stats {
    struct cli *k;
    struct ctx *c;
    struct stats_table t;
    struct stats_rows all;    /* what --only and --rows leave */
    struct stats_rows *group; /* of --by, in order of first appearance */
    size_t groups;
    bool by;
    double level; /* --level, 0.95 */
    bool json;
    struct buf out;
    int depth;      /* of objects */
    bool first;     /* nothing was written in this object or list */
    bool in_rows;   /* text: a list of flat objects is a table */
    bool head_done; /* its header is written */
    struct buf head, line;
};

/* Reads the file (argument 1 after the name of the statistic), --only, --rows and --by. */
enum err stats_load(struct stats *s) MUST_CHECK;
/* Distinct texts of a column among these rows, as groups, in order of first appearance. */
enum err stats_split(struct stats *s, const struct stats_rows *r, size_t column,
                     struct stats_rows **ret_group, size_t *ret_n) MUST_CHECK;
/* Column of an option such as --value COL. A column that is not there names those that are. When the option
 * is absent: E_METHOD if `needed`, else *ret_column is STATS_NONE. */
#define STATS_NONE ((size_t)-1)
enum err stats_column(struct stats *s, const char *option, bool needed, size_t *ret_column) MUST_CHECK;
const char *stats_cell(const struct stats *s, size_t row, size_t column);
/* A number; NaN when the cell is empty or NA. */
enum err stats_number(struct stats *s, size_t row, size_t column, double *ret_value) MUST_CHECK;
/* A moment; TIME_NONE when the cell is empty or NA. Without a zone: UTC. */
enum err stats_time(struct stats *s, size_t row, size_t column, int64_t *ret_time) MUST_CHECK;
/* A column of numbers of these rows. */
enum err stats_numbers(struct stats *s, const struct stats_rows *r, size_t column,
                       double **ret_value) MUST_CHECK;

/* ── The options ──────────────────────────────────────────────────────────────────────────────────────────
 */

/* --name N; `otherwise` when absent. E_METHOD when it is no number from low to high. */
enum err stats_get_number(struct stats *s, const char *option, double low, double high, double otherwise,
                          double *ret_value) MUST_CHECK;
/* The same for an option that must be there. */
enum err stats_need_number(struct stats *s, const char *option, double low, double high,
                           double *ret_value) MUST_CHECK;
/* --name 1,2,3; *ret_n 0 when absent; at most `max`. */
enum err stats_get_list(struct stats *s, const char *option, double low, double high, size_t max,
                        double *ret_value, size_t *ret_n) MUST_CHECK;
/* --name a,b,c as texts in the arena. */
enum err stats_get_words(struct stats *s, const char *option, const char ***ret_word,
                         size_t *ret_n) MUST_CHECK;
/* --name WORD, one of `words`; the first when absent. */
enum err stats_get_choice(struct stats *s, const char *option, const char *const *words, size_t n,
                          size_t *ret_index) MUST_CHECK;
enum err stats_get_time(struct stats *s, const char *option, int64_t otherwise, int64_t *ret_time) MUST_CHECK;
/* E_METHOD when the value of --name has a part behind the point; NaN (absent) is fine. */
enum err stats_check_whole(struct stats *s, const char *option, double v) MUST_CHECK;
/* A number as text for a message. */
const char *stats_say(struct stats *s, double v);
/* --name is needed and absent. */
enum err stats_missing(struct stats *s, const char *option) MUST_CHECK;

/* ── The answer ───────────────────────────────────────────────────────────────────────────────────────────
 * One description for both forms: JSON as it stands in docs/stats.md, or the same names as lines of text.
 * A name of NULL is for the parts of a list. NaN is null, in text "-". */

void out_open(struct stats *s, const char *name); /* an object */
void out_close(struct stats *s);
void out_open_list(struct stats *s, const char *name);
void out_close_list(struct stats *s);
/* A list of flat objects with the same names: in text a table. Objects in between with out_open(s, NULL). */
void out_open_rows(struct stats *s, const char *name);
void out_close_rows(struct stats *s);
void out_number(struct stats *s, const char *name, double v);
void out_count(struct stats *s, const char *name, int64_t v);
void out_text(struct stats *s, const char *name, const char *text);
void out_bool(struct stats *s, const char *name, bool v);
/* [v, v, v] */
void out_numbers(struct stats *s, const char *name, const double *v, size_t n);
/* value, lower, upper */
struct interval;
void out_interval(struct stats *s, const struct interval *v);

/* Calls `one` for everything, or for each group inside "groups". */
enum err stats_each_group(struct stats *s,
                          enum err (*one)(struct stats *s, const struct stats_rows *r, void *arg),
                          void *arg) MUST_CHECK;

/* The options of one statistic ("survival"); NULL when there is none of this name. */
const char *stats_usage(const char *name);

/* ── The statistics ───────────────────────────────────────────────────────────────────────────────────────
 */

enum err stats_survival(struct stats *s) MUST_CHECK;
enum err stats_incidence(struct stats *s) MUST_CHECK;
enum err stats_log(struct stats *s) MUST_CHECK;
enum err stats_chart(struct stats *s) MUST_CHECK;
enum err stats_drift(struct stats *s) MUST_CHECK;
enum err stats_interval(struct stats *s) MUST_CHECK;
enum err stats_rate(struct stats *s) MUST_CHECK;
enum err stats_paired(struct stats *s) MUST_CHECK;
enum err stats_compare(struct stats *s) MUST_CHECK;
enum err stats_standard(struct stats *s) MUST_CHECK;
enum err stats_stockflow(struct stats *s) MUST_CHECK;
enum err stats_bands(struct stats *s) MUST_CHECK;
enum err stats_erlang(struct stats *s) MUST_CHECK;
enum err stats_position(struct stats *s) MUST_CHECK;
enum err stats_capacity(struct stats *s) MUST_CHECK;
enum err stats_queue(struct stats *s) MUST_CHECK;
enum err stats_list(struct stats *s) MUST_CHECK;
enum err stats_forecast(struct stats *s) MUST_CHECK;

#endif
