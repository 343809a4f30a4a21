// SPDX-License-Identifier: EUPL-1.2
/* What is configured: teams, neighbourhoods, norms, calendar. Read once and shared by all threads of the
 * process; read again when it changed (config_changed, or within five seconds when another process changed
 * it). */
#ifndef PEIL_REGISTER_CONFIG_H
#define PEIL_REGISTER_CONFIG_H

#include "base/calendar.h"
#include "register/state.h"
#include "store/db.h"

struct team {
    int64_t id;
    const char *name;
};
struct neighbourhood {
    int64_t id;
    const char *name;
    int64_t team, inhabitants; /* INT_NONE: unknown */
};
struct closing_day {
    int32_t day;
    const char *name;
};
/* How the waiting list is ordered (register/list_order.h), and what a call of the round takes. */
struct list_rule {
    bool city;     /* one list for the whole city; else one for each team */
    int near_days; /* working days before the end of the norm from which a request moves up a class */
    int wmo_days;  /* a Wmo report counts with at most this norm, in working days */
};
struct call_rule {
    int soon_days; /* who must be called within so many days is in the round already */
    int minutes_reached, minutes_missed, share_reached; /* what a call takes; percent that is reached */
};
/* Within how long after an emergency became known there must be a first protective action. */
struct urgent_rule {
    int minutes;                /* of office hours */
    int office_from, office_to; /* minutes after midnight, on working days */
};
struct config {
    const struct team *team;
    size_t teams;
    const struct neighbourhood *neighbourhood;
    size_t neighbourhoods;
    const struct closing_day *closing_day;
    size_t closing_days;
    const char *municipality; /* "Helmond" */
    const char *phone;        /* the number that residents call */
    bool made_up;             /* the demo: every screen says so */
    int norm_days[URGENCIES]; /* working days from asking to the first talk (norm) */
    int aftercare_months;     /* after closing: called how it goes (nazorg) */
    int reopen_months;        /* within these the same question is back (heropenen) */
    int repeat_months;        /* within these a new request is a repeat (herhaalde aanmelding) */
    int arrival_days;         /* after sending on: asked whether they arrived (warme overdracht) */
    bool goal_score;          /* a score of 1 to 10 with a goal */
    bool life_areas;          /* scores of life areas; off unless the municipality needs them */
    int contact_days;         /* calendar days within which everyone who waits is spoken to (belronde) */
    struct list_rule list;
    struct call_rule call;
    struct urgent_rule urgent;
    int callback_days;              /* working days within which a call-back is kept */
    int phone_seconds;              /* within which a call is answered (norm) */
    int phone_share, lost_share;    /* percent: answered in time, hung up (norms) */
    int direct_share, window_share; /* percent: helped by the team itself, expected period right (norms) */
    int weight_points[5];           /* what a case counts for, by enum weight (register/allocation.h) */
    int room_full_time;             /* the points that fit a worker with full hours */
    int review_days;                /* calendar days from one look back to the next, when no day was agreed */
    struct calendar calendar;
    uint64_t fingerprint;
};

/* The configuration; stays valid as long as the process. */
enum err config_get(struct ctx *c, const struct config **ret_config) MUST_CHECK;
/* Call after changing any of it. */
void config_changed(struct ctx *c);
/* Names for a page; "" when unknown (INT_NONE). */
const char *config_team_name(const struct config *k, int64_t team);
const char *config_neighbourhood_name(const struct config *k, int64_t neighbourhood);
/* The team of a neighbourhood, INT_NONE when it has none. */
int64_t config_team_of(const struct config *k, int64_t neighbourhood);

/* Finds by name or adds; inside db_tx. For imports and the demo. */
enum err team_find_or_add(struct ctx *c, const char *name, int64_t *ret_team) MUST_CHECK;
enum err neighbourhood_find_or_add(struct ctx *c, const char *name, int64_t team,
                                   int64_t *ret_neighbourhood) MUST_CHECK;
enum err setting_put(struct ctx *c, const char *name, const char *value) MUST_CHECK;

#endif
