// SPDX-License-Identifier: EUPL-1.2
/* A made-up municipality: a daily simulation of people who ask, wait, leave, get their turn and are helped by
 * teams with limited hours. It is the source of the demo register, and because it is simulated its truth is
 * known: what everybody would have waited, also those who left or still wait (town_truth.h).
 *
 * Pure: the same seed, days, scale and calendar give the same town on every machine. The parameters and their
 * story over the months are in town_story.c and docs/demo.md. Times are seconds (base/date.h), TIME_NONE when
 * it never happened. The simulation runs on after `now` until everybody who is in the register has had a
 * turn; readers leave out what lies after `now`. */
#ifndef PEIL_FORECAST_TOWN_H
#define PEIL_FORECAST_TOWN_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/date.h"
#include "base/rng.h"

enum { TOWN_TEAMS = 4, TOWN_HOODS = 12, TOWN_CLASSES = 4 };

/* The same numbers as the register's urgencies (0 is unknown there). */
enum town_urgency { TOWN_LATER = 1, TOWN_NORMAL, TOWN_SOON, TOWN_EMERGENCY };
enum town_route {
    TOWN_PHONE,
    TOWN_WEB,
    TOWN_WALK_IN,
    TOWN_GP,
    TOWN_SCHOOL,
    TOWN_PARTNER,
    TOWN_OUTREACH,
    TOWN_CARRY_OVER,
    TOWN_ROUTES
};
/* What the question is about. The law: Wmo, Jeugdwet, or neither (see docs/demo.md). */
enum town_theme {
    TOWN_HOUSEHOLD, /* help at home, day care, a carer who cannot go on */
    TOWN_MOBILITY,  /* getting about, changes to the house */
    TOWN_PSYCHE,
    TOWN_LONELY,
    TOWN_UPBRINGING,
    TOWN_YOUTH_MIND,
    TOWN_SCHOOL_TROUBLE,
    TOWN_DIVORCE,
    TOWN_MONEY,
    TOWN_HOUSING,
    TOWN_RELATIONS,
    TOWN_THEMES
};
enum town_work { TOWN_LIGHT, TOWN_SHORT, TOWN_MEDIUM, TOWN_LONG, TOWN_WORKS };
enum town_help { TOWN_BY_TEAM, TOWN_BY_GROUP, TOWN_INFORMAL, TOWN_GENERAL, TOWN_SPECIALIST, TOWN_HELPS };
enum town_end {
    TOWN_HELPED, /* after help */
    TOWN_SOLVED, /* the rest: left the list without a first talk */
    TOWN_ELSEWHERE,
    TOWN_WITHDRAWN,
    TOWN_UNREACHABLE,
    TOWN_MOVED,
    TOWN_DIED,
    TOWN_DUPLICATE, /* the same question as `again` */
    TOWN_ENDS
};

struct town_worker {
    uint8_t team, discipline; /* discipline: index of the caller's list, by town_disciplines */
    int32_t from, to;         /* days in service; to: INT32_MAX while it lasts */
    int32_t cases;            /* working memory of the simulation */
};
enum { TOWN_DISCIPLINES = 6 };

struct town_request {
    int64_t received_at, recorded_at;
    int64_t worse_at;              /* became more urgent while waiting */
    int64_t paused_at, resumed_at; /* at the resident's request; for the carried-over: chose to wait */
    int64_t allocated_at;
    int64_t started_at;         /* first talk */
    int64_t ended_at;           /* left the list, or closed after help */
    int64_t turn_at;            /* when it was their turn, or would have been */
    int32_t again;              /* an earlier request of the same person, by place; -1: none */
    int32_t worker;             /* who helps, by place; -1 */
    uint8_t hood, written_hood; /* where they live, and what was written down */
    uint8_t team, urgency, urgency_now, route, theme, work, help, end;
};

struct town_param {
    uint64_t seed;
    int32_t from, to; /* first and last day of the register */
    int64_t now;      /* nothing later is in the register; in or after `to` */
    double scale;     /* multiplies arrivals and staff; 1: a municipality of 91,000 */
    const struct calendar *calendar;
};
struct town {
    struct town_param param;
    const struct town_request *request; /* in the order in which they were recorded */
    size_t n;
    const struct town_worker *worker;
    size_t workers;
    size_t emergency; /* the last request: came in at five to five on the day of `now` (or five minutes ago)
                         as an emergency, and nothing was done yet; SIZE_MAX: nobody waited who could be it */
};

/* Runs the simulation; memory from the arena: about 200 bytes a request. False when that is full. */
bool town_simulate(const struct town_param *p, struct arena *a, struct town *ret_town);

/* Configuration of the made-up municipality: by place, the same in every town. */
extern const uint8_t town_hood_team[TOWN_HOODS];
/* What part of requests comes from each neighbourhood in a week at scale 1. */
extern const double town_hood_weekly[TOWN_HOODS];
/* Whether the schools are closed (region South; the rule is in town_story.c). */
bool town_school_holiday(int32_t day);

/* ── The steps of one request ─────────────────────────────────────────────────────────────────────────────
 */
enum town_step {
    TOWN_REGISTERED,
    TOWN_SAFETY_CHECKED,
    TOWN_TRIAGED,
    TOWN_QUEUED,
    TOWN_REACHED,
    TOWN_ATTEMPTED,
    TOWN_LISTED,
    TOWN_BRIDGED,
    TOWN_PAUSED,
    TOWN_RESUMED,
    TOWN_ALLOCATED,
    TOWN_GIVEN_BACK,
    TOWN_FIRST_TALK,
    TOWN_PLAN_AGREED,
    TOWN_HELP_STARTED,
    TOWN_EVALUATED,
    TOWN_CONTINUED,
    TOWN_ENDED,
    TOWN_STEPS
};
struct town_event {
    enum town_step step;
    int64_t at, recorded_at;
    int64_t until;   /* end of a pause; TIME_NONE */
    uint32_t pick;   /* a random number, to choose a text with */
    uint8_t urgency; /* triaged: which; 0 */
};
#define TOWN_EVENTS_MAX 200
/* The steps of request i up to `now`, in the order in which they were typed in; writes at most
 * TOWN_EVENTS_MAX and returns how many. Depends on the town alone, not on earlier calls. */
size_t town_events(const struct town *t, size_t i, struct town_event *ret_event);

#endif
