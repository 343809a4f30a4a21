// SPDX-License-Identifier: EUPL-1.2
#include "register/demo.h"

#include "register/config.h"
#include "register/course.h"
#include "register/demo_core.h"
#include "register/demo_help.h"
#include "register/event.h"
#include "register/right.h"
#include "store/sql.h"

#include <sodium.h>
#include <string.h>

#define BATCH 1000 /* requests a transaction */

/* The codes of the register. */
static const char *const channel_code[TOWN_ROUTES] = { "phone", "web",   "counter", "mail",
                                                       "mail",  "phone", "visit",   "other" };
static const char *const route_code[TOWN_ROUTES] = { "self",   "self",    "walk_in",  "gp",
                                                     "school", "partner", "outreach", "carry_over" };
static const char *const theme_code[TOWN_THEMES] = { "household", "mobility", "mental",  "lonely",
                                                     "parenting", "youth",    "school",  "divorce",
                                                     "money",     "housing",  "relation" };
static const char *const help_code[TOWN_HELPS] = { "team", "group", "informal", "general", "specialist" };
static const char *const end_code[TOWN_ENDS] = { "helped",      "solved", "elsewhere", "withdrawn",
                                                 "unreachable", "moved",  "died",      "duplicate" };
static const enum kind step_kind[TOWN_STEPS] = {
    [TOWN_REGISTERED] = KIND_REGISTERED,
    [TOWN_SAFETY_CHECKED] = KIND_SAFETY_CHECKED,
    [TOWN_TRIAGED] = KIND_TRIAGED,
    [TOWN_QUEUED] = KIND_QUEUED,
    [TOWN_REACHED] = KIND_CALL_REACHED,
    [TOWN_ATTEMPTED] = KIND_CALL_ATTEMPTED,
    [TOWN_LISTED] = KIND_CALL_LISTED,
    [TOWN_BRIDGED] = KIND_BRIDGED,
    [TOWN_PAUSED] = KIND_PAUSED,
    [TOWN_RESUMED] = KIND_RESUMED,
    [TOWN_ALLOCATED] = KIND_ALLOCATED,
    [TOWN_GIVEN_BACK] = KIND_GIVEN_BACK,
    [TOWN_FIRST_TALK] = KIND_FIRST_TALK,
    [TOWN_PLAN_AGREED] = KIND_PLAN_AGREED,
    [TOWN_HELP_STARTED] = KIND_HELP_STARTED,
    [TOWN_EVALUATED] = KIND_EVALUATED,
    [TOWN_CONTINUED] = KIND_CONTINUED,
    [TOWN_ENDED] = KIND_CLOSED,
};

/* Half of the doubles were not noticed as the same person. */
static bool slips(const struct demo *d, const struct town_request *q)
{
    return q->end == TOWN_DUPLICATE && (q - d->town.request) % 2 == 0;
}

/* One step of the town as an event of the register. */
static struct event event_of(const struct demo *d, const struct town_request *q,
                             const struct town_event *from)
{
    static const char *const pause[] = { "holiday", "hospital", "own_wish" };
    static const char *const back[] = { "no_room", "other_discipline" };
    struct event e = EVENT_NONE;

    e.kind = step_kind[from->step];
    e.occurred_at = from->at;
    e.recorded_at = from->recorded_at;
    e.account = from->step >= TOWN_FIRST_TALK ? d->helper[q->team] : d->intake;
    e.until = from->until;
    if (from->step == TOWN_REGISTERED)
        e.team = d->team[q->team];
    if (from->step == TOWN_TRIAGED)
        e.urgency = from->urgency;
    if (from->step == TOWN_TRIAGED)
        e.reason = from->at == q->worse_at        ? "worse"
                   : from->urgency == TOWN_NORMAL ? REASON_USUAL
                                                  : NULL; /* explained in words: demo_note */
    if (from->step == TOWN_PAUSED)
        e.reason = q->route == TOWN_CARRY_OVER && from->at < q->recorded_at
                       ? "chose_to_wait"
                       : pause[from->pick % COUNT(pause)];
    if (from->step == TOWN_ALLOCATED || from->step == TOWN_GIVEN_BACK)
        e.account = d->lead[q->team];
    if (from->step == TOWN_ALLOCATED)
        e.worker = d->worker[q->worker];
    if (from->step == TOWN_GIVEN_BACK)
        e.reason = back[from->pick % COUNT(back)];
    if (from->step == TOWN_HELP_STARTED)
        e.reason = help_code[q->help];
    if (from->step == TOWN_ENDED) {
        e.reason = end_code[q->end];
        if (q->end == TOWN_ELSEWHERE)
            e.kind = KIND_REDIRECTED;
        if (q->end == TOWN_DUPLICATE && q->again >= 0 && !slips(d, q)) {
            e.kind = KIND_MERGED; /* noticed: it stands under the first one */
            e.object = d->request[q->again];
            e.reason = NULL;
        }
        if (q->end != TOWN_HELPED)
            e.account = q->end == TOWN_UNREACHABLE ? d->lead[q->team] : d->intake;
    }
    return e;
}

/* The person of request i: someone who asked before, or new. Half of the duplicates were not noticed as the
 * same person: they are in the register twice, written a little differently. */
static enum err put_person(struct ctx *c, struct demo *d, size_t i)
{
    const struct town_request *q = &d->town.request[i];
    bool slip = slips(d, q);
    struct demo_person p;
    int64_t now = c->now;

    if (q->again >= 0 && !slip) {
        d->person[i] = d->person[q->again];
        return OK;
    }
    demo_person_make(&d->town, slip ? (size_t)q->again : i, slip, &p);
    ctx_set_now(c, q->recorded_at);
    enum err e = person_add(c, &p.who, &d->person[i]);
    ctx_set_now(c, now);
    return e;
}

#define STEPS_MAX DEMO_STEPS

/* In the order of recording, as they would have been added. */
static size_t steps_of(const struct demo *d, size_t i, struct demo_step step[STEPS_MAX])
{
    struct town_event from[TOWN_EVENTS_MAX];
    size_t n = town_events(&d->town, i, from);

    for (size_t k = 0; k < n; k++)
        step[k] = (struct demo_step){ event_of(d, &d->town.request[i], &from[k]),
                                      demo_note(&d->town.request[i], &from[k]) };
    n = demo_allocation(d, i, step, n, STEPS_MAX);
    n = demo_people_steps(d, i, step, n, STEPS_MAX);
    n = demo_window(d, i, step, n, STEPS_MAX);
    n = demo_waiting(d, i, step, n, STEPS_MAX);
    n = demo_help(d, i, step, n, STEPS_MAX);
    return demo_law(d, i, step, n, STEPS_MAX); /* the last: its events name others by their number */
}

static enum err put_request(struct ctx *c, struct demo *d, size_t i)
{
    const struct town_request *q = &d->town.request[i];
    struct demo_step step[STEPS_MAX];
    struct event event[STEPS_MAX];
    struct sql_request_insert_row added;
    struct demo_case help;
    struct blob sealed;

    TRY(put_person(c, d, i));
    int64_t person = d->person[i], hood = d->hood[q->written_hood];
    TRY(note_seal(c, person, demo_question(&d->town, i), &sealed));
    struct sql_request_insert_args row = { person,
                                           q->received_at,
                                           q->recorded_at,
                                           channel_code[q->route],
                                           route_code[q->route],
                                           theme_code[q->theme],
                                           hood,
                                           INT_NONE,
                                           NULL,
                                           sealed };
    TRY(sql_request_insert(c, &row, &added));
    d->request[i] = added.id;
    size_t n = steps_of(d, i, step);
    demo_case_begin(d, i, added.id, person, &help);
    for (size_t k = 0; k < n; k++) {
        demo_case_before(&help, &step[k].e);
        event[k] = step[k].e;
        TRY(note_seal(c, person, step[k].note, &sealed));
        TRY(event_append(c, added.id, &event[k], sealed));
        if (event[k].kind == KIND_WINDOW_TOLD)
            TRY(demo_window_put(c, added.id, &event[k]));
        TRY(demo_case_after(c, &help, &event[k]));
    }
    struct course k = { .request = added.id, .event = event, .n = n };
    int64_t refused = course_play(&k);
    if (refused != 0)
        return FAIL(E_CORRUPT, "demo: request %zu event %lld", i, (long long)refused);
    d->events += (int64_t)n;
    return course_store(c, &k, person, hood, 0);
}

struct batch {
    struct demo *d;
    size_t from, to;
};

static enum err put_batch(struct ctx *c, void *arg)
{
    struct batch *b = arg;
    int64_t events = b->d->events;

    for (size_t i = b->from; i < b->to; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        enum err e = put_request(c, b->d, i);
        arena_release(c->arena, mark);
        if (e != OK) {
            b->d->events = events;
            return e;
        }
    }
    return OK;
}

static enum err put_requests(struct ctx *c, struct demo *d)
{
    for (size_t i = 0; i < d->town.n; i += BATCH) {
        struct batch b = { d, i, i + BATCH < d->town.n ? i + BATCH : d->town.n };
        TRY(db_tx(c, put_batch, &b));
        if (d->o->progress != NULL)
            d->o->progress(d->o->progress_arg, (int64_t)b.to, (int64_t)d->town.n);
    }
    return OK;
}

static enum err check_empty(struct ctx *c)
{
    struct sql_extract_size_row size;
    struct sql_account_all_row *account;
    struct sql_team_all_row *team;
    size_t accounts, teams;

    TRY(sql_extract_size(c, &size));
    TRY(sql_account_all(c, &account, &accounts));
    TRY(sql_team_all(c, &team, &teams));
    if (size.requests > 0 || accounts > 0 || teams > 0)
        return FAIL(E_CONFLICT, "%s",
                    _("There is something in this register already. A demo needs a new register."));
    return OK;
}

enum err demo_check(struct ctx *c, const struct demo_options *o)
{
    if (o->from >= o->to || o->to - o->from > 3660)
        return FAIL(E_REQUEST, "%s",
                    _("The last day must be after the first day, and at most ten years later."));
    if (o->to > c->today)
        return FAIL(E_REQUEST, "%s", _("The last day is in the future."));
    if (!(o->scale >= 0.01 && o->scale <= 100))
        return FAIL(E_REQUEST, "%s", _("The scale is a number from 0.01 to 100."));
    if (o->password != NULL && strlen(o->password) < 12)
        return FAIL_FIELD("password", "%s", _("Choose a password of at least 12 characters."));
    return OK;
}

static enum err configure(struct ctx *c, void *arg)
{
    return demo_configure(c, arg);
}

static enum err simulate(struct ctx *c, struct demo *d)
{
    const struct config *k;
    int64_t end = time_of_nl_day(d->o->to + 1, 0) - 1;

    TRY(config_get(c, &k));
    struct town_param p = { .seed = d->o->seed,
                            .from = d->o->from,
                            .to = d->o->to,
                            .now = end < c->now ? end : c->now,
                            .scale = d->o->scale,
                            .calendar = &k->calendar };
    if (!town_simulate(&p, c->arena, &d->town))
        return FAIL(E_NOMEM, "%s", "");
    TRY(ctx_alloc(c, d->town.n + 1, sizeof *d->request, (void *)&d->request));
    return ctx_alloc(c, d->town.n + 1, sizeof *d->person, (void *)&d->person);
}

/* Four groups of letters and digits that are not mistaken for each other: 80 bits of chance. */
static enum err make_password(struct ctx *c, const char **ret_password)
{
    static const char sign[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char text[20];

    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = i % 5 == 4 ? '-' : sign[randombytes_uniform(sizeof sign - 1)];
    text[sizeof text - 1] = '\0';
    return ctx_copy(c, text, ret_password);
}

enum err demo_make(struct ctx *c, const struct demo_options *o, struct demo_made *ret_made)
{
    struct demo d = { .o = o, .password = o->password };
    int64_t now = c->now;

    TRY(may(c, RIGHT_ACCOUNTS));
    TRY(may(c, RIGHT_IMPORT));
    TRY(demo_check(c, o));
    TRY(check_empty(c));
    if (d.password == NULL)
        TRY(make_password(c, &d.password));
    TRY(db_tx(c, configure, &d));
    TRY(simulate(c, &d));
    TRY(demo_staff(c, &d));
    TRY(demo_worker(c, &d));
    TRY(db_tx(c, demo_group, &d));
    TRY(put_requests(c, &d));
    TRY(demo_again(c, &d));
    ctx_set_now(c, now); /* whatever moment the parts wrote at */
    TRY(demo_people(c, &d));
    TRY(demo_transfer(c, &d));
    TRY(demo_contact(c, &d));
    TRY(demo_partner(c, &d));
    TRY(demo_place(c, &d));
    TRY(demo_presence(c, &d));
    TRY(demo_referral(c, &d));
    TRY(demo_complaint(c, &d));
    ctx_set_now(c, now);
    TRY(demo_outside(c, &d));
    *ret_made = (struct demo_made){ .login = d.login,
                                    .logins = d.logins,
                                    .password = d.password,
                                    .requests = (int64_t)d.town.n,
                                    .events = d.events,
                                    .town = d.town };
    return OK;
}
