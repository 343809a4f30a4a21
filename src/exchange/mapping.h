// SPDX-License-Identifier: EUPL-1.2
/* A mapping says which column of a foreign file is which field of the register. It is a text that an analyst
 * can read and write; docs/import.md explains it with examples, src/exchange/mappings holds the ready ones.
 *
 *     source   = sf311                                     name of the source: with the key it makes a
 * request known again kind     = requests                                  one line a request; or `events`:
 * one line an event of a case key      = request_id received = created : iso utc                         a
 * time column and its format (exchange/time_format.h) event closed = closed : iso utc reason answered      a
 * column whose time is an event; empty means it did not happen event    = outcome after days { ltx =
 * first_talk; death = closed reason died; censored = none } event    = status at changed { Done = closed
 * reason from why; * = none } channel  = channel { Phone = phone; Web = web; * = other } team     = always
 * "Team Noord"                       the same for every line phone    = telefoon optional the file may lack
 * the column missing  = "-" "?"                                   texts that mean "no value"; an empty field
 * always does missing district = "0"                               the same for one column, instead of the
 * general ones
 *
 *     kind     = calls                                     one line a call of a telephone exchange: offered,
 * answered, ended (times), seconds, abandoned, queue, phone, key
 *
 *     kind     = records                                   one line an answer or line of a list kept
 * elsewhere: list, day, due, done, checked, number, known, kept, category, team, neighbourhood, channel, key
 *
 *     case, activity, time, resource, lifecycle = columns of an event log
 *     activity "IV Antibiotics" = first_talk first         first | last of its event in the case; each when
 * left out other    = activity                                  keep other activities under their name; or
 * `skip`, `reject` censor   = last_event reason lost                    a case that did not end is closed at
 * its last event; or `reference`
 *
 * `#` starts a comment. A name with a blank or one of "{};=#" stands in double quotes ("" is a quote). Inside
 * braces blanks inside a value need no quotes. What is not known here is refused with its line number. */
#ifndef PEIL_EXCHANGE_MAPPING_H
#define PEIL_EXCHANGE_MAPPING_H

#include "base/ctx.h"
#include "exchange/time_format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*  field, word in the mapping, allowed in kind requests, events, calls, records */
#define MAPPING_FIELDS(X)                                                                                    \
    X(KEY, "key", true, false, true, true)                                                                   \
    X(RECEIVED, "received", true, false, false, false)                                                       \
    X(CASE, "case", false, true, false, false)                                                               \
    X(ACTIVITY, "activity", false, true, false, false)                                                       \
    X(TIME, "time", false, true, false, false)                                                               \
    X(RESOURCE, "resource", false, true, false, false)                                                       \
    X(LIFECYCLE, "lifecycle", false, true, false, false)                                                     \
    X(CHANNEL, "channel", true, true, false, true)                                                           \
    X(ROUTE, "route", true, true, false, false)                                                              \
    X(URGENCY, "urgency", true, true, false, false)                                                          \
    X(CATEGORY, "category", true, true, false, true)                                                         \
    X(NEIGHBOURHOOD, "neighbourhood", true, true, false, true)                                               \
    X(TEAM, "team", true, true, false, true)                                                                 \
    X(QUESTION, "question", true, false, false, false)                                                       \
    X(NAME, "name", true, false, false, false)                                                               \
    X(BIRTH_DATE, "birth_date", true, false, false, false)                                                   \
    X(PHONE, "phone", true, false, true, false)                                                              \
    X(EMAIL, "email", true, false, false, false)                                                             \
    X(ADDRESS, "address", true, false, false, false)                                                         \
    X(POSTCODE, "postcode", true, false, false, false)                                                       \
    X(OFFERED, "offered", false, false, true, false)                                                         \
    X(ANSWERED, "answered", false, false, true, false)                                                       \
    X(ENDED, "ended", false, false, true, false)                                                             \
    X(SECONDS, "seconds", false, false, true, false)                                                         \
    X(ABANDONED, "abandoned", false, false, true, false)                                                     \
    X(QUEUE, "queue", false, false, true, false)                                                             \
    X(LIST, "list", false, false, false, true)                                                               \
    X(DAY, "day", false, false, false, true)                                                                 \
    X(DUE, "due", false, false, false, true)                                                                 \
    X(DONE, "done", false, false, false, true)                                                               \
    X(CHECKED, "checked", false, false, false, true)                                                         \
    X(NUMBER, "number", false, false, false, true)                                                           \
    X(KNOWN, "known", false, false, false, true)                                                             \
    X(KEPT, "kept", false, false, false, true)

enum mapping_field {
#define X(field, word, requests, events, calls, records) MAPPING_##field,
    MAPPING_FIELDS(X)
#undef X
        MAPPING_FIELD_COUNT
};

enum mapping_kind { MAPPING_REQUESTS, MAPPING_EVENTS, MAPPING_CALLS, MAPPING_RECORDS, MAPPING_KINDS };
enum mapping_other { MAPPING_OTHER_ACTIVITY, MAPPING_OTHER_SKIP, MAPPING_OTHER_REJECT };
enum mapping_which { MAPPING_EACH, MAPPING_FIRST, MAPPING_LAST };

/* One pair of a value map. */
struct mapping_pair {
    const char *from; /* NULL is `*`: every other value */
    size_t from_len;
    const char *to;
    struct mapping_pair *next;
};

struct mapping_text {
    const char *text;
    size_t len;
    struct mapping_text *next;
};

/* A column of the file, or a constant. Everything lives in the arena of the context that parsed it. */
struct mapping_column {
    const char *name;   /* NULL: a constant, or not mapped at all */
    const char *always; /* the constant */
    bool optional;
    struct time_format format;
    struct mapping_pair *map; /* NULL: the values as they are */
    struct mapping_text *missing;
    int line;  /* of the mapping, for messages; 0: not mapped */
    int index; /* set by mapping_bind: column of the file from 0; -1 absent */
};

/* What happens to the request. */
struct mapping_effect {
    const char *kind;   /* code of an event of the register, such as "first_talk"; NULL is `none` */
    const char *reason; /* NULL: none */
    struct mapping_column *reason_from; /* instead of `reason` */
    int code;                           /* number of the kind in the register, set by the import */
};

/* A choice by value: `Done = closed reason solved`. */
struct mapping_choice {
    const char *value; /* NULL is `*` */
    size_t len;
    struct mapping_effect effect;
    struct mapping_choice *next;
};

/* An event that a line of kind `requests` holds. */
struct mapping_event {
    struct mapping_effect effect;  /* when `by` is not mapped */
    struct mapping_column by;      /* the column whose value chooses */
    struct mapping_choice *choice; /* NULL: `effect` */
    struct mapping_column when;    /* a time, or days after received */
    bool after;                    /* `when` holds days */
    int line;
    struct mapping_event *next;
};

/* What an activity of an event log means. */
struct mapping_activity {
    const char *label;
    size_t len;
    struct mapping_effect effect;
    enum mapping_which which;
    int line;
    struct mapping_activity *next;
};

struct mapping {
    const char *name;   /* of the file or of the ready mapping */
    const char *source; /* of the data */
    enum mapping_kind kind;
    struct mapping_column column[MAPPING_FIELD_COUNT];
    struct mapping_event *event;
    struct mapping_activity *activity;
    enum mapping_other other;
    bool censor_last;          /* censor = last_event */
    const char *censor_reason; /* NULL: end_of_data */
    struct mapping_text *missing;
};

/* E_INVALID: "Mapping NAME, line N: ...". */
enum err mapping_parse(struct ctx *c, const char *name, const char *text,
                       struct mapping **ret_mapping) MUST_CHECK;
/* The ready mapping of that name ("sf311"), else the file of that path. */
enum err mapping_load(struct ctx *c, const char *name_or_path, struct mapping **ret_mapping) MUST_CHECK;

/* Compiled in from src/exchange/mappings; sorted by name. */
struct mapping_ready {
    const char *name, *text;
};
extern const struct mapping_ready mapping_ready[];
extern const size_t mapping_ready_count;

/* A header line: names as they stand, UTF-8. */
struct mapping_header {
    const char *const *name;
    size_t n;
};
/* Finds the column of every field; names are compared without case and blanks around them. E_INVALID names
 * the first column that the file lacks. */
enum err mapping_bind(struct ctx *c, struct mapping *m, const struct mapping_header *h) MUST_CHECK;
/* How well it fits this header: the number of columns that it would use, or 0 when one that it needs is not
 * there. */
size_t mapping_fit(struct mapping *m, const struct mapping_header *h);

/* All columns that the mapping reads, in the order of the mapping's fields (what an XES reader is asked for).
 */
enum err mapping_columns(struct ctx *c, struct mapping *m, struct mapping_header *ret_header) MUST_CHECK;

/* The value of a column on a line: blanks around it taken off, a missing one NULL, then the value map.
 * *ret_known false: the map has no place for this value. `text` lives as long as the fields or the mapping.
 */
const char *mapping_value(const struct mapping *m, const struct mapping_column *k, const char *text,
                          size_t len, size_t *ret_len, bool *ret_known);
/* Effect for this value; NULL when no choice holds it. */
const struct mapping_effect *mapping_choose(const struct mapping_event *e, const char *value, size_t len);
const struct mapping_activity *mapping_find_activity(const struct mapping *m, const char *label, size_t len);

const char *mapping_field_word(enum mapping_field f);
bool mapping_field_allowed(enum mapping_field f, enum mapping_kind kind);

#endif
