// SPDX-License-Identifier: EUPL-1.2
/* How peil measure shows results; docs/measure.md describes what programs read. */
#ifndef PEIL_CLI_MEASURE_H
#define PEIL_CLI_MEASURE_H

#include "account/indicator.h"
#include "base/buf.h"
#include "cli/cli.h"

/* Parts of the catalogue, measured. */
struct measure_parts {
    struct indicators all;
    struct measured_list list;
};
void measure_put_json(const struct ctx *c, struct buf *out, const struct result_query *a,
                      const struct register_extract *x, const struct results *s,
                      const struct measure_parts *p);
void measure_put_csv(struct buf *out, const struct result_query *a, const struct results *s,
                     const struct measure_parts *p);
void measure_put_table(const struct ctx *c, struct buf *out, const struct result_query *a,
                       const struct results *s, const struct measure_parts *p); /* for a person */

/* What the figures are laid beside: another period, or a baseline that was sealed. */
struct measure_then {
    int64_t from, to, at; /* from = to = 0: none */
    int64_t baseline;     /* its number; 0: none */
};
/* ---- measure_compare.c ---- */
enum err measure_then_get(struct ctx *c, const struct measure_then *t, const struct register_facts *facts,
                          const struct indicator_query *q, const struct indicators *all,
                          struct measured_list *ret_then) MUST_CHECK;
void measure_put_compared(const struct ctx *c, struct buf *out, const struct result_query *a,
                          const struct measure_then *t, const struct measure_parts *p,
                          const struct measured_list *then, enum format format);

/* ---- measure_part.c ---- */

const char *measure_state(enum measured_state s);                            /* for programs: "no_data" */
const char *measure_state_words(const struct ctx *c, enum measured_state s); /* for people; "" for a value */

extern const char *const measure_kinds[FIGURE_KINDS];
/* The beginning of a JSON object about a part in a group; its members go on after a comma. */
void measure_put_part(const struct ctx *c, struct buf *out, const struct result_query *a,
                      const struct measure_parts *p, const struct measured *m);
void measure_part_json(const struct ctx *c, struct buf *out, const struct result_query *a,
                       const struct measure_parts *p);
void measure_part_csv(struct buf *out, const struct result_query *a, const struct measure_parts *p);
void measure_part_table(const struct ctx *c, struct buf *out, const struct result_query *a,
                        const struct measure_parts *p);
/* One number with its interval: "12,3 (10,1 - 15,0)". */
void measure_put_number(const struct ctx *c, struct buf *out, const struct figure_value *v);
/* A moment as JSON, with a comma after it; 0 is null. */
void measure_put_moment(struct buf *out, const char *name, int64_t t);
void measure_put_values(struct buf *out, const struct figure_result *f);

#endif
