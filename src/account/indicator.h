// SPDX-License-Identifier: EUPL-1.2
/* Indicators (indicatoren): the catalogue measured on the register, for a period and groups, as every reader
 * gets it. Screen, command line and export ask here, so that there is one number for one question. */
#ifndef PEIL_ACCOUNT_INDICATOR_H
#define PEIL_ACCOUNT_INDICATOR_H

#include "account/result.h"
#include "measure/catalogue.h"
#include "register/facts.h"

/* All parts that are defined here: those of the program, and those of the municipality. */
struct indicators {
    const struct part *part;
    size_t n;
};
/* own: a text as in measure/catalogue_file.h; NULL: that of the setting "indicators". E_INVALID with line,
 * column and what stands there. */
enum err indicators_get(struct ctx *c, const char *own, struct indicators *ret_indicators) MUST_CHECK;
/* The parts of an indicator, all versions; false: there is no such indicator. */
bool indicator_find(const struct indicators *all, const char *id, size_t *ret_first, size_t *ret_n);
/* Does this version of the part count on that day? The newest one that has begun does. */
bool indicator_counts(const struct indicators *all, const struct part *p, int32_t day);
/* May this user read it? Everybody who may see figures, but some are for their readers only. */
bool indicator_may_read(const struct ctx *c, const struct part *p);
/* May this user see counts below five of this team (NULL: of everybody)? */
bool indicator_may_see_small(struct ctx *c, const char *team);
/* What it is called, and what the part counts, in the language of the user. */
const char *indicator_name(const struct ctx *c, const struct indicators *all, const struct part *p);
const char *part_what(const struct ctx *c, const struct part *p);

struct indicator_query {
    const bool *wanted;            /* for each part; NULL: all */
    int64_t at;                    /* reference time */
    int64_t from, to;              /* period; both 0: all time */
    struct result_only only, also; /* rows that both let through; n 0: everything */
    enum dimension by[RESULT_BY_MAX];
    size_t n_by; /* at most one of year, quarter and month */
    bool utc;
};
struct measured {
    const struct part *part;
    const char *label[RESULT_BY_MAX]; /* of the group, in the order of `by`; NULL: not known */
    const char *code;                 /* of a mix, and the reason of W8; NULL: everything together */
    int64_t at, from, to;             /* from = to = 0: all time */
    struct figure_result figure;
};
struct measured_list {
    const struct measured *row;
    size_t n;
};
/* Every wanted part that this user may read, in every group. A part that cannot be broken down that way is
 * left out; so are groups of which nothing is counted, when there is a breakdown. Rights: RIGHT_FIGURES
 * (checked by facts_read). */
enum err indicators_measure(struct ctx *c, const struct register_facts *f, const struct indicators *all,
                            const struct indicator_query *q, struct measured_list *ret_list) MUST_CHECK;

/* The records behind a part: what the definition makes of each one in the period of the question. Only of
 * parts that count rows (indicator_has_records). Phone calls, days of a team and answers from outside are
 * rows without a record (indicator_is_line): what was counted is all there is of them. The facts must be of
 * facts_read_records. Who may see a record is asked where it is listed. */
struct indicator_record {
    int64_t record;   /* its id; of a request or something of it the request; INT_NONE: there is none */
    size_t row;       /* of the set of the part */
    uint8_t mark;     /* enum part_mark (measure/part_measure.h) */
    int64_t value;    /* what it brings in, see part_rows; INT64_MIN: nothing */
    const char *code; /* of a mix; NULL */
};
bool indicator_has_records(const struct part *p);
bool indicator_is_line(enum fact_set set);
/* Whether the records of this set are requests. */
bool indicator_of_requests(enum fact_set set);
enum err indicator_records(struct ctx *c, const struct register_facts *f, const struct part *p,
                           const struct indicator_query *q, struct indicator_record **ret_record,
                           size_t *ret_n) MUST_CHECK;

/* The number that stands for a result: the median, the share ... NULL: there is none to show, see why. */
const struct figure_value *measured_value(const struct measured *m);
enum measured_state {
    MEASURED_VALUE,
    MEASURED_NO_DATA, /* the source tells nothing about this period */
    MEASURED_FEW,     /* too few: nothing may be said */
    MEASURED_NONE     /* cannot be said, such as a median that is not reached */
};
enum measured_state measured_state(const struct measured *m);
/* Against the norm: worse or better only when the whole interval is. */
enum verdict { VERDICT_NONE, VERDICT_PLAIN, VERDICT_BETTER, VERDICT_WORSE };
enum verdict measured_verdict(const struct measured *m);
const char *verdict_code(enum verdict v);

#endif
