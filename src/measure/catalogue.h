// SPDX-License-Identifier: EUPL-1.2
/* The catalogue of indicators (indicatoren): one readable table, one definition a row. An indicator has one
 * or more parts; the first one is its headline. Every column is text, so that a municipality can add rows of
 * its own in a file with the same columns (catalogue_file.h), without C. docs/measures/<id>.md tells what an
 * indicator is for, where it comes from and what its limits are. */
#ifndef PEIL_MEASURE_CATALOGUE_H
#define PEIL_MEASURE_CATALOGUE_H

#include "measure/condition.h"
#include "measure/figure.h"

/* One row, as it is written. Columns that are not filled in mean what stands behind the arrow. */
struct definition {
    const char *id;      /* "T1" */
    const char *part;    /* "a", "b" ... */
    const char *version; /* a number -> 1; two versions of an indicator can stand side by side */
    const char *since;   /* 2024-07-01: the first day on which this version counts -> always */
    const char *core;    /* "core": one of the fifteen of the front page (first part) */
    const char *name;    /* name of the indicator (first part); English, to be translated */
    const char *name_nl; /* only in a file of a municipality; else the translation */
    const char *what;    /* what this part counts, of what */
    const char *what_nl;
    const char *how;     /* form of the computation, see enum calc */
    const char *set;     /* which records: FACT_SET_LIST; with how=figure a name of FIGURE_LIST */
    const char *clock;   /* which moment lies in the period; two ("received..planned/closed") -> from one to
                            the other, cut short by the third */
    const char *of;      /* population: which of these records are counted (condition.h) -> all */
    const char *yes;     /* numerator: which of them count as yes */
    const char *value;   /* column that is added up, averaged or ordered; mix: the code told apart */
    const char *per;     /* what it is divided by: a column, or inhabitants, waiting_weeks, active_requests */
    const char *unit;    /* share, count, days, seconds, hours, per_1000, number */
    const char *better;  /* higher, lower -> neither */
    const char *norm;    /* 0.80, or $setting -> there is no norm */
    const char *minimum; /* no value for fewer than this -> 10; counts 5 */
    const char *by;      /* breakdowns: team neighbourhood urgency channel route kind -> none but time */
    const char *readers; /* for whom: INW SW TL KW DIR GEM RAAD AR PAR; "+" before: nobody else may read */
};
#define DEFINITION_COLUMNS 22
/* The columns of a row as an array: the file, the check and the printed catalogue walk over it. */
extern const char *const definition_column[DEFINITION_COLUMNS];
const char *const *definition_cell(const struct definition *d, size_t column);
const char **definition_place(struct definition *d, size_t column); /* to fill it in */

/* How a number is computed. */
enum calc {
    CALC_FIGURE,      /* a figure of measure/figure.h, by its name */
    CALC_COUNT,       /* how many in the period */
    CALC_SHARE,       /* yes of n; Wilson */
    CALC_PEOPLE,      /* the same, each person once; yes when any row of that person is */
    CALC_RATE,        /* events per 1,000 of an exposure; exact Poisson */
    CALC_TIME,        /* how long from one moment to another: Kaplan-Meier median and P80 */
    CALC_QUANTILE,    /* median and P90 of a number, type 7 */
    CALC_SUM,         /* a number added up */
    CALC_POOLED,      /* one number added up over another one, both counts of the same things; Wilson */
    CALC_RATIO,       /* one number added up over another one */
    CALC_MEAN,        /* mean of a number with its interval (Student's t) */
    CALC_STOCK,       /* how many on the date: between the two moments of the clock; by age */
    CALC_STOCK_SHARE, /* yes of these */
    CALC_MIX,         /* shares of each code */
    CALC_PLACES,      /* neighbourhoods with at least `norm` facts per 1,000 inhabitants, of all */
    CALC_SPREAD,      /* lowest and highest neighbourhood of a share, with the mix of urgency made equal */
    CALCS
};
enum better { BETTER_NEITHER, BETTER_HIGHER, BETTER_LOWER };
enum measure_unit {
    MEASURE_SHARE,
    MEASURE_COUNT,
    MEASURE_DAYS,
    MEASURE_SECONDS,
    MEASURE_HOURS,
    MEASURE_PER_1000,
    MEASURE_NUMBER,
    MEASURE_POINTS,     /* of a score */
    MEASURE_PER_WORKER, /* requests for each full-time worker */
    MEASURE_PER_HOUR,
    MEASURE_UNITS
};
enum exposure { EXPOSURE_COLUMN, EXPOSURE_INHABITANTS, EXPOSURE_WAITING_WEEKS, EXPOSURE_ACTIVE };

/* Readers, as domain and rights name them: bits. */
/*        who             code    */
#define READER_LIST(X)                                                                                       \
    X(READER_RESIDENT, "INW")                                                                                \
    X(READER_WORKER, "SW")                                                                                   \
    X(READER_TEAM_LEAD, "TL")                                                                                \
    X(READER_QUALITY, "KW")                                                                                  \
    X(READER_BOARD, "DIR")                                                                                   \
    X(READER_ACCOUNT_MANAGER, "GEM")                                                                         \
    X(READER_COUNCIL, "RAAD")                                                                                \
    X(READER_ADVISORY, "AR")                                                                                 \
    X(READER_PARTNER, "PAR")
enum reader_bit {
#define X(name, code) name,
    READER_LIST(X)
#undef X
        READERS
};

/* A row that was read and checked. */
struct part {
    const struct definition *row;
    enum calc calc;
    enum fact_set set;
    enum figure_id figure;  /* CALC_FIGURE */
    int clock, until, gone; /* enum fact_column; -1: none */
    struct condition of, yes;
    int value, per;      /* enum fact_column; -1: none */
    enum fact_code code; /* CALC_MIX */
    enum exposure exposure;
    enum measure_unit unit;
    enum better better;
    double norm; /* NAN: none; in the unit of the value (a share is 0..1) */
    int minimum;
    uint32_t by;      /* bits of enum fact_code */
    uint32_t readers; /* bits of enum reader_bit */
    bool only;        /* nobody but the readers */
    int version;
    int32_t since; /* DAY_NONE: always */
    bool core, first;
};
/* What the norms of the table need to know: amounts of the municipality. Shares are in percent. */
struct catalogue_settings {
    const struct condition_setting *setting;
    size_t n;
};
/* What cannot be read in a row: the name of the column and the text. */
struct definition_fault {
    const char *column; /* of definition_column */
    const char *text;   /* what stands there; "" when it is missing */
};
bool part_parse(const struct definition *d, const struct catalogue_settings *s, struct part *ret_part,
                struct definition_fault *ret_fault);

/* The built-in table, parts of an indicator together, in the order of the front page's documents; behind all
 * of them the versions that were followed by another one. */
extern const struct definition catalogue[];
extern const size_t catalogue_count;
#define CATALOGUE_INDICATORS 62
#define CATALOGUE_CORE 15

#endif
