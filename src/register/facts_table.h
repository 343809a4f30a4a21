// SPDX-License-Identifier: EUPL-1.2
/* Filling one set of facts (measure/facts.h), row by row. Not for other layers. */
#ifndef PEIL_REGISTER_FACTS_TABLE_H
#define PEIL_REGISTER_FACTS_TABLE_H

#include "measure/facts.h"
#include "register/config.h"
#include "register/extract.h"
#include "register/law.h"

struct fact_table {
    uint64_t columns; /* bits of enum fact_column that the set has */
    uint32_t codes;   /* bits of enum fact_code */
    size_t n, room;
    int64_t *column[FACT_COLUMNS];
    int32_t *code[FACT_CODES];
    uint64_t *marks;
    bool keep;       /* which record each row is, too: for who may look behind a figure */
    int64_t *record; /* NULL unless kept */
    int64_t since;   /* the first moment of which it tells; TIME_NONE: nothing was ever written down */
};
#define FACT_C(column) (UINT64_C(1) << FACT_##column)
#define FACT_K(code) (UINT32_C(1) << FACT_##code)

/* An empty set with these columns and codes, and room for so many rows at first. */
enum err fact_table_begin(struct ctx *c, struct fact_table *t, uint64_t columns, uint32_t codes,
                          size_t room) MUST_CHECK;
/* The next row, with nothing known: TIME_NONE, INT_NONE, -1, no marks. */
enum err fact_table_add(struct ctx *c, struct fact_table *t, size_t *ret_row) MUST_CHECK;
/* Marks a bit when it holds. */
static inline void fact_mark(struct fact_table *t, size_t row, uint64_t bit, bool holds)
{
    t->marks[row] |= holds ? bit : 0;
}
/* Which record a row is, when that is kept. */
static inline void fact_record(struct fact_table *t, size_t row, int64_t id)
{
    if (t->record != NULL)
        t->record[row] = id;
}
/* The set tells something from this moment on, if not from before. */
static inline void fact_since(struct fact_table *t, int64_t moment)
{
    if (moment != TIME_NONE && (t->since == TIME_NONE || moment < t->since))
        t->since = moment;
}

#define APPLICATIONS_MAX 64 /* of one request; more are not counted */
struct application_fact {
    int64_t applied, decided, due, paid_at, paid;
    const char *provision; /* static */
};

/* Everything while it is filled. */
struct fact_filling {
    const struct config *config;
    int64_t at;
    struct fact_table set[FACT_SETS];
    struct dictionary kind, cause; /* of FACT_KIND and FACT_CAUSE, of all sets together */
    struct register_extract *x;
    struct law_options law;
    struct application_fact application[APPLICATIONS_MAX];
    const int32_t *team_code,
        *place_code; /* by place in the configuration: the code of a team, neighbourhood */
};
/* The codes of a team and a neighbourhood; -1 unknown. */
int32_t fact_team(const struct fact_filling *g, int64_t team);
int32_t fact_place(const struct fact_filling *g, int64_t neighbourhood);
/* The team, neighbourhood, urgency, channel, route and category of a request; row SIZE_MAX: none. */
void fact_as_request(const struct fact_filling *g, struct fact_table *t, size_t row, size_t request);
/* Row of the extract of a request; SIZE_MAX: not there. */
size_t fact_request_row(const struct fact_filling *g, int64_t request);

/* Last moment of a day; TIME_NONE for DAY_NONE. First moment likewise. */
int64_t fact_day_end(int32_t day);
int64_t fact_day_begin(int32_t day);

/* ── The files that fill; each begins its own sets ── */
struct fact_side;
enum err facts_side_read(struct ctx *c, struct fact_side **ret_side) MUST_CHECK;
/* Of these requests (ascending). */
enum err facts_side_read_of(struct ctx *c, const int64_t *id, size_t n,
                            struct fact_side **ret_side) MUST_CHECK;
enum err facts_request_begin(struct ctx *c, struct fact_filling *g, size_t requests) MUST_CHECK;
/* One request, its events replayed. */
enum err facts_request_put(struct ctx *c, struct fact_filling *g, struct fact_side *side,
                           const struct extract_hook_row *r) MUST_CHECK;
/* After all of them, when joined requests were followed. */
enum err facts_request_end(struct ctx *c, struct fact_filling *g) MUST_CHECK;
enum err facts_call_fill(struct ctx *c, struct fact_filling *g) MUST_CHECK;
enum err facts_contact_fill(struct ctx *c, struct fact_filling *g) MUST_CHECK; /* contacts, call-backs */
enum err facts_record_fill(struct ctx *c,
                           struct fact_filling *g) MUST_CHECK; /* complaints, signals, places ... */
enum err facts_staff_fill(struct ctx *c, struct fact_filling *g) MUST_CHECK;
enum err facts_outside_fill(struct ctx *c,
                            struct fact_filling *g) MUST_CHECK; /* surveys, lists kept elsewhere */

#endif
