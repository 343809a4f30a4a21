// SPDX-License-Identifier: EUPL-1.2
/* The rows that belong to steps of help: talks, plans with goals, lines, scores, closings. */
#include "base/text.h"
#include "register/closing.h"
#include "register/course.h"
#include "register/demo_help.h"
#include "register/event.h"
#include "register/talk.h"
#include "store/sql.h"

void demo_case_begin(struct demo *d, size_t i, int64_t request, int64_t person, struct demo_case *k)
{
    *k = (struct demo_case){ .d = d, .i = i, .request = request, .person = person };
    rng_seed(&k->rng, d->o->seed * 0xd1342543de82ef95u + i);
}

void demo_case_before(struct demo_case *k, struct event *e)
{
    const struct town_request *q = &k->d->town.request[k->i];

    switch (e->kind) {
    case KIND_PLAN_AGREED:
    case KIND_PLAN_GIVEN:
        e->object = k->plan;
        break;
    case KIND_ARRIVAL_CHECKED:
        e->object = k->line;
        break;
    case KIND_HELP_ENDED:
        e->object = k->ended++ == 0 ? k->line : k->second;
        break;
    case KIND_BRIDGE_ACCEPTED:
        if (text_is(e->reason, "group"))
            k->bridge = demo_group_take(k->d, q->theme, q->team, time_nl_day(e->occurred_at));
        e->object = k->bridge != 0 ? k->bridge : INT_NONE;
        break;
    case KIND_BRIDGE_ENDED:
        e->object = k->bridge != 0 ? k->bridge : INT_NONE;
        break;
    default:
        break;
    }
}

static enum err put_talk(struct ctx *c, struct demo_case *k, const struct event *e)
{
    static const char *const place[] = { "home", "home", "home", "office", "outreach", "video" };
    static const char *const later[] = { "home", "office", "phone", "phone", "outreach" };
    bool first = e->kind == KIND_FIRST_TALK;
    int64_t present = PRESENT_RESIDENT;
    struct blob next = { NULL, 0 };

    if (rng_unit(&k->rng) < .3)
        present |= 4;
    if (rng_unit(&k->rng) < .15)
        present |= 8;
    if (rng_unit(&k->rng) < .06)
        present |= 16;
    if (first || rng_unit(&k->rng) < .5)
        TRY(note_seal(c, k->person, demo_next_step(rng_next(&k->rng)), &next));
    struct sql_talk_insert_args row = { k->request, e->seq,
                                        first ? place[rng_below(&k->rng, COUNT(place))]
                                              : later[rng_below(&k->rng, COUNT(later))],
                                        present, next };
    return sql_talk_insert(c, &row);
}

static enum err put_goal(struct ctx *c, struct demo_case *k, const struct event *e, const struct demo_goal *g)
{
    struct blob what, tasks;
    int32_t by = time_nl_day(e->occurred_at) + 60 + (int32_t)rng_below(&k->rng, 60);

    k->goals++;
    TRY(note_seal(c, k->person, g->what, &what));
    TRY(note_seal(c, k->person, g->tasks, &tasks));
    struct sql_goal_insert_args row = { k->request,  e->seq, (int64_t)k->goals,
                                        g->for_whom, by,     2 + (int64_t)rng_below(&k->rng, 4),
                                        what,        tasks };
    return sql_goal_insert(c, &row);
}

static const char *help_of(const struct town_request *q)
{
    static const char *const code[TOWN_HELPS] = { "team", "group", "informal", "general", "specialist" };

    return code[q->help];
}

/* The plan means to help by the team a little more often than it comes out. */
static enum err put_plan(struct ctx *c, struct demo_case *k, const struct event *e)
{
    const struct town_request *q = &k->d->town.request[k->i];
    const char *main = rng_unit(&k->rng) < .08 ? LINE_TEAM : help_of(q);
    uint64_t first = rng_next(&k->rng);
    size_t n = 1 + rng_below(&k->rng, 3);

    k->plan = e->seq;
    TRY(sql_plan_insert(c, k->request, e->seq, main, time_nl_day(e->occurred_at) + 91));
    for (size_t i = 0; i < n; i++)
        TRY(put_goal(c, k, e, demo_goal(q->theme, first + i)));
    return OK;
}

static enum err put_line(struct ctx *c, struct demo_case *k, const struct event *e)
{
    const struct town_request *q = &k->d->town.request[k->i];
    bool second = k->line != 0;
    uint8_t help = second ? TOWN_INFORMAL : q->help;
    int64_t group = INT_NONE;
    struct sql_participation_insert_row joined;
    struct sql_line_insert_row added;
    struct blob provider;

    if (help == TOWN_BY_GROUP) {
        group = demo_group_take(k->d, q->theme, q->team, time_nl_day(e->occurred_at));
        group = group == 0 ? INT_NONE : group;
    }
    TRY(note_seal(c, k->person, demo_provider(help, rng_next(&k->rng)), &provider));
    struct sql_line_insert_args row = { k->request,
                                        e->seq,
                                        second ? "informal" : help_of(q),
                                        INT_NONE,
                                        group,
                                        help == TOWN_SPECIALIST && rng_unit(&k->rng) < .85,
                                        line_is_referral(help_of(q)) && !second && rng_unit(&k->rng) < .55,
                                        provider };
    TRY(sql_line_insert(c, &row, &added));
    *(second ? &k->second : &k->line) = added.id;
    k->main = second ? k->main : help_of(q);
    if (group == INT_NONE)
        return OK;
    struct sql_participation_insert_args p = { group, k->request, e->seq, false, added.id };
    TRY(sql_participation_insert(c, &p, &joined));
    return demo_group_note(c, k->d, joined.id, group, time_nl_day(e->occurred_at),
                           q->ended_at == TIME_NONE ? INT32_MAX : time_nl_day(q->ended_at));
}

static enum err put_bridge(struct ctx *c, struct demo_case *k, const struct event *e)
{
    const struct town_request *q = &k->d->town.request[k->i];
    struct sql_participation_insert_args p = { k->bridge, k->request, e->seq, true, INT_NONE };
    struct sql_participation_insert_row joined;

    TRY(sql_participation_insert(c, &p, &joined));
    return demo_group_note(c, k->d, joined.id, k->bridge, time_nl_day(e->occurred_at),
                           q->started_at == TIME_NONE ? INT32_MAX : time_nl_day(q->started_at));
}

static enum err put_evaluation(struct ctx *c, struct demo_case *k, const struct event *e)
{
    static const char *const result[] = { "yes", "yes", "partly", "partly", "no" };

    for (size_t g = 1; g <= k->goals; g++) {
        size_t resident = rng_below(&k->rng, COUNT(result)), worker = rng_below(&k->rng, COUNT(result));
        if (rng_unit(&k->rng) < .6)
            worker = resident;
        struct sql_evaluation_goal_insert_args row = { k->request,     e->seq,
                                                       (int64_t)g,     result[resident],
                                                       result[worker], 4 + (int64_t)rng_below(&k->rng, 5) };
        TRY(sql_evaluation_goal_insert(c, &row));
    }
    return OK;
}

/* Few areas, those of the question: 0.3 better on average the second time. */
static enum err put_areas(struct ctx *c, struct demo_case *k, const struct event *e)
{
    const struct town_request *q = &k->d->town.request[k->i];
    bool again = q->ended_at != TIME_NONE && e->occurred_at > q->ended_at - SECONDS_A_DAY;
    struct rng same; /* the first scores again */

    rng_seed(&same, k->d->o->seed * 31 + k->i);
    for (size_t a = 0; a < 4; a++) {
        size_t area = (q->theme + a * 3) % AREAS_MAX;
        int64_t level = 2 + (int64_t)rng_below(&same, 3);
        if (rng_unit(&same) < .12)
            level = 0; /* not needed */
        if (again && level > 0)
            level += rng_unit(&k->rng) < .4 ? 1 : rng_unit(&k->rng) < .15 ? -1 : 0;
        level = level > AREA_LEVELS ? AREA_LEVELS : level;
        TRY(sql_area_score_insert(c, k->request, e->seq, life_areas[area].code, level));
    }
    return OK;
}

static enum err put_closing(struct ctx *c, struct demo_case *k, const struct event *e)
{
    static const char *const alone[] = { "yes", "yes", "yes", "no", "not_asked" };
    static const char *const said[] = { "good", "good", "partly", "bad", "not_asked" };
    static const char *const to[TOWN_HELPS] = { "alone", "group", "alone", "general", "specialist" };
    const struct town_request *q = &k->d->town.request[k->i];
    struct course course;
    struct care care;

    TRY(course_read(c, k->request, &course));
    TRY(care_read(c, course.event, course.n, k->request, &care));
    struct sql_closing_insert_args closing = { k->request,
                                               e->seq,
                                               rng_unit(&k->rng) < .2 ? "frontline" : to[q->help],
                                               alone[rng_below(&k->rng, COUNT(alone))],
                                               said[rng_below(&k->rng, COUNT(said))],
                                               care.played.main_planned,
                                               care.played.main,
                                               DIRECT_RULE,
                                               direct_by_rule(&care.played, e->reason) };
    return sql_closing_insert(c, &closing);
}

enum err demo_case_after(struct ctx *c, struct demo_case *k, const struct event *e)
{
    const struct town_request *q = &k->d->town.request[k->i];

    switch (e->kind) {
    case KIND_FIRST_TALK:
    case KIND_TALK:
        return put_talk(c, k, e);
    case KIND_PLAN_WRITTEN:
        return put_plan(c, k, e);
    case KIND_HELP_STARTED:
        return put_line(c, k, e);
    case KIND_BRIDGE_ACCEPTED:
        return k->bridge != 0 ? put_bridge(c, k, e) : OK;
    case KIND_EVALUATED:
        return put_evaluation(c, k, e);
    case KIND_AREAS_SCORED:
        return put_areas(c, k, e);
    case KIND_CLOSED:
        return q->started_at != TIME_NONE && e->occurred_at >= q->started_at ? put_closing(c, k, e) : OK;
    default:
        return OK;
    }
}
