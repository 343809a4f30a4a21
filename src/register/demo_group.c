// SPDX-License-Identifier: EUPL-1.2
/* Groups of the made-up municipality: some of every team in each half year, who takes part in them, and who
 * was there each week. */
#include "base/text.h"
#include "register/care.h"
#include "register/course.h"
#include "register/demo_help.h"
#include "register/event.h"
#include "register/history.h"
#include "store/sql.h"

#include <stdio.h>

#define WEEKS 12
enum { PLACES = 12, CITY_WIDE = 4 }; /* the first kinds are for residents of all teams */

static const struct {
    const char *name, *kind, *themes;
    unsigned fits; /* bits of themes of the town */
} offer[] = {
    { "Koffie en post", "course", "money", 1u << TOWN_MONEY },
    { "Wandelgroep Samen op stap", "walk", "lonely mental household",
      1u << TOWN_LONELY | 1u << TOWN_PSYCHE | 1u << TOWN_HOUSEHOLD | 1u << TOWN_MOBILITY },
    { "Ouders van pubers", "peers", "parenting youth school",
      1u << TOWN_UPBRINGING | 1u << TOWN_YOUTH_MIND | 1u << TOWN_SCHOOL_TROUBLE },
    { "Kinderen en scheiding", "course", "divorce relation", 1u << TOWN_DIVORCE | 1u << TOWN_RELATIONS },
    { "Inloop voor mantelzorgers", "meeting", "household", 1u << TOWN_HOUSEHOLD },
    { "Rondkomen met weinig", "workshop", "money housing", 1u << TOWN_MONEY | 1u << TOWN_HOUSING },
};
static const char *const place[TOWN_TEAMS] = { "Huis aan de Vaart", "De Spoel", "De Vlonder",
                                               "Het Noorderlicht" };

static enum err log_added(struct ctx *c, int64_t id, int32_t day)
{
    struct history_of what = { "group", id, INT_NONE, -1 };
    struct happening h = HAPPENING_NONE;

    h.kind = "added";
    h.occurred_at = time_of_nl_day(day, 9 * 3600);
    return history_add(c, &what, &h, NULL);
}

static enum err put_group(struct ctx *c, struct demo *d, size_t kind, uint8_t team, int32_t starts)
{
    struct sql_group_insert_row added;
    bool city = kind < CITY_WIDE;
    char name[80];

    if (city)
        snprintf(name, sizeof name, "%s", offer[kind].name);
    else
        snprintf(name, sizeof name, "%s, %s", offer[kind].name, demo_team_name(team));
    struct sql_group_insert_args row = { name,        offer[kind].kind,   city ? INT_NONE : d->team[team],
                                         place[team], offer[kind].themes, PLACES,
                                         starts,      starts + WEEKS * 7 };
    TRY(sql_group_insert(c, &row, &added));
    d->group[d->groups++] = (struct demo_group){ .id = added.id,
                                                 .fits = offer[kind].fits,
                                                 .team = city ? TOWN_TEAMS : team,
                                                 .starts = starts,
                                                 .ends = starts + WEEKS * 7 };
    return log_added(c, added.id, starts - 21 > d->o->from ? starts - 21 : d->o->from);
}

/* Every thirteen weeks one of each kind, by turns at the teams; the last ones run on after today. */
enum err demo_group(struct ctx *c, void *arg)
{
    struct demo *d = arg;
    int32_t first = d->o->from - 49;
    size_t rounds = (size_t)(d->o->to - first) / (13 * 7) + 1;

    TRY(ctx_alloc(c, rounds * COUNT(offer), sizeof *d->group, (void *)&d->group));
    d->groups = 0;
    for (size_t r = 0; r < rounds; r++)
        for (size_t i = 0; i < COUNT(offer); i++)
            TRY(put_group(c, d, i, (uint8_t)((r + i) % TOWN_TEAMS),
                          first + (int32_t)r * 13 * 7 + 2 * (int32_t)i));
    return OK;
}

int64_t demo_group_take(struct demo *d, uint8_t theme, uint8_t team, int32_t day)
{
    for (size_t i = 0; i < d->groups; i++) {
        struct demo_group *g = &d->group[i];
        if ((g->team == TOWN_TEAMS || g->team == team) && (g->fits >> theme & 1) != 0 &&
            g->starts <= day + 14 && day + 14 <= g->ends && g->taken < PLACES) {
            g->taken++;
            return g->id;
        }
    }
    return 0;
}

enum err demo_group_note(struct ctx *c, struct demo *d, int64_t participation, int64_t group, int32_t from,
                         int32_t to)
{
    struct rng r;

    rng_seed(&r, d->o->seed * 131 + (uint64_t)participation);
    for (size_t i = 0; i < d->groups; i++) {
        const struct demo_group *g = &d->group[i];
        for (int32_t day = g->starts; g->id == group && day <= g->ends; day += 7) {
            if (day < from || day > to || day > d->o->to)
                continue;
            TRY(sql_session_put(c, group, day, (int64_t)(day / 7 % 3)));
            TRY(sql_attendance_put(c, group, day, participation, rng_unit(&r) < .78));
        }
    }
    return OK;
}

/* ── Asking again ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err add_event(struct ctx *c, int64_t request, const struct event *e)
{
    struct sql_request_get_row r;
    struct course k;

    TRY(sql_request_get(c, request, &r));
    TRY(course_begin(c, request, 1, &k));
    TRY(course_add(c, &k, e, (struct blob){ NULL, 0 }));
    course_play(&k);
    TRY(standing_store(c, request, r.person, r.neighbourhood, &k.now));
    return care_put(c, request, k.event, k.n, &k.now);
}

struct linking {
    struct demo *d;
    size_t i;
    bool reopened;
};

static enum err link(struct ctx *c, void *arg)
{
    const struct linking *l = arg;
    const struct town_request *q = &l->d->town.request[l->i];
    struct event e = EVENT_NONE, back;

    e.kind = KIND_LINKED;
    e.occurred_at = e.recorded_at = q->recorded_at;
    e.account = l->d->intake;
    e.object = l->d->request[q->again];
    e.reason = l->reopened ? "reopened" : "again";
    back = e;
    back.kind = l->reopened ? KIND_REOPENED : KIND_LINKED;
    back.object = l->d->request[l->i];
    TRY(add_event(c, l->d->request[l->i], &e));
    return add_event(c, l->d->request[q->again], &back);
}

enum err demo_again(struct ctx *c, struct demo *d)
{
    for (size_t i = 0; i < d->town.n; i++) {
        const struct town_request *q = &d->town.request[i];
        struct arena_mark mark = arena_mark(c->arena);
        if (q->again < 0 || q->end == TOWN_DUPLICATE)
            continue;
        const struct town_request *old = &d->town.request[q->again];
        if (old->ended_at == TIME_NONE || old->ended_at > q->received_at || old->started_at == TIME_NONE)
            continue;
        int32_t closed = time_nl_day(old->ended_at);
        struct linking l = { d, i, time_nl_day(q->received_at) <= date_add_months(closed, 6) };
        TRY(db_tx(c, link, &l));
        arena_release(c->arena, mark);
        d->events += 2;
    }
    return OK;
}
