// SPDX-License-Identifier: EUPL-1.2
/* Indicators on the screen (cijfers): the front page with the fifteen core figures and all others, and a page
 * for each: value, n, interval, norm, verdict, months with what is usual, teams, neighbourhoods, two periods,
 * definition and versions. What is measured is made behind (web/behind.h), once for each kind of reader. */
#ifndef PEIL_WEB_INDICATOR_H
#define PEIL_WEB_INDICATOR_H

#include "account/chart.h"
#include "account/indicator_series.h"
#include "account/map.h"
#include "web/behind.h"
#include "web/extract_behind.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

struct indicator_card {
    const char *id, *label, *what;
    const char *value, *unit; /* value "": there is none, `why` says so */
    const char *why, *note;   /* n and interval */
    const char *look, *mark, *verdict;
    const char *definition; /* "W1, version 1" */
    const char *url;
};
enum { GRID_COLUMNS = 7 };
struct grid_row {
    const char *cell[GRID_COLUMNS];
    const char *url; /* of the first cell; NULL */
};
struct grid {
    const char *title;
    const char *head[GRID_COLUMNS];
    size_t columns;
    const struct grid_row *row;
    size_t n;
};

/* What the figures are of, and who asks. */
struct indicator_asked {
    char page; /* i: front page, p: one indicator, c: two periods of one indicator, t: the first page */
    int64_t role, own_team, team, place, urgency, months, today;
    int64_t day[4]; /* c: first and last day of the first and of the second period */
    char id[16];
    struct extract_behind *live; /* what facts are made of; NULL: the register is read */
};

struct indicators_page {
    struct frame frame;
    int32_t from, to, day;
    struct choice team, place, urgency, period;
    bool empty;
    const char *words; /* the filter, for paper */
    const struct buf *part;
    int64_t made_at;
    const char *csv_url, *xlsx_url; /* NULL: may take nothing out */
    /* measured */
    struct indicator_card core[CATALOGUE_CORE];
    size_t n_core;
    struct grid all;
};

/* A count below it tells about persons. */
enum { FEW = 5 };
enum { INDICATOR_PARTS = 8 };
struct indicator_page {
    struct frame frame;
    const char *id, *words; /* words: the filter, for paper */
    int32_t from, to, day;
    struct choice team, place, urgency, period;
    const struct buf *part;
    int64_t made_at;
    const char *csv_url, *xlsx_url, *records_url;                        /* NULL */
    const char *months_value, *team_value, *place_value, *urgency_value; /* as chosen, for the second form */
    struct field typed[4];                                               /* the days of two periods */
    const struct buf *compare; /* NULL: not asked, or not asked rightly */
    /* measured */
    const char *conclusion;
    struct indicator_card card[INDICATOR_PARTS];
    size_t n;
    struct chart chart; /* n 0: none */
    const char *limits; /* what the band means; NULL: no limits */
    struct grid months, codes, teams, places, periods, baselines, definition, versions;
    const char *teams_words, *places_words; /* of the funnel; NULL */
    const char *source; /* where the numbers will come from; NULL: the register records them */
    struct multiples multiples;
    struct map map;
};

/* The measured part for a key of either page, for the thread that makes it again (web/behind.h). */
enum err indicators_make(struct ctx *c, struct extract_behind *live, const char *key,
                         struct buf *out) MUST_CHECK;
/* Whether a key is of these pages. */
bool indicators_key(const char *key);
/* The key of the front page, or of the core figures of the first page (today), for a role without a team of
 * its own: made when the server starts. */
void indicators_first_key(const struct ctx *c, enum role role, bool today, char key[BEHIND_KEY]);
/* The core figures for the first page of who works with figures only; nothing for others. */
enum err indicators_today(struct ctx *c, const struct req *r, struct buf *out) MUST_CHECK;

enum err web_indicators_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_indicator_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_indicator_records_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* ── Shared by the files of this concept ── */

/* The question that belongs to what was asked. by: up to one breakdown; DIMENSIONS: none. */
struct indicator_measuring {
    const struct indicator_asked *a;
    struct register_facts facts;
    struct indicators all;
    struct indicator_query q; /* of the period, without breakdown */
    bool small;               /* counts below five may be seen */
};
enum err indicator_measuring_begin(struct ctx *c, const struct indicator_asked *a,
                                   struct indicator_measuring *ret) MUST_CHECK;
/* Texts of a result. */
const char *measured_text(struct ctx *c, const struct measured *m, bool small);
const char *measured_between(struct ctx *c, const struct measured *m, bool small);
const char *measured_why(const struct ctx *c, const struct measured *m, bool small);
/* Why there is no result at all: the part has no such choice. */
const char *measured_not_by(const struct ctx *c);
const char *measured_count(struct ctx *c, const struct measured *m, bool small);
void indicator_card_fill(struct ctx *c, const struct indicator_measuring *g, const struct measured *m,
                         struct indicator_card *ret_card);
/* A number of the unit of a part. */
const char *unit_text(struct ctx *c, const struct part *p, double v);

#endif
