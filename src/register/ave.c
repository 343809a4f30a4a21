// SPDX-License-Identifier: EUPL-1.2
#include "register/ave.h"

#include "register/course.h"
#include "register/regie.h"
#include "register/right.h"
#include "store/read_log.h"

#include <stdlib.h>

const struct code_name ave_reasons[] = {
    { "stagnation", N_("Cooperation or progress is stuck") },
    { "complexity", N_("Many problems at once") },
    { "safety", N_("Someone is in danger") },
    { "better", N_("It goes better") },
};
const size_t ave_reason_count = COUNT(ave_reasons);
const struct code_name ave_routes[] = {
    { "own_team", N_("Within the own team") },
    { "case_table", N_("Case talk with the partners") },
    { "multi_problem", N_("Local team for many problems") },
    { "process_director", N_("Process director") },
    { "safety_house", N_("Care and safety house") },
    { "mayor", N_("Mayor") },
};
const size_t ave_route_count = COUNT(ave_routes);

const char *ave_level_name(const struct ctx *c, int64_t level)
{
    static const char *const names[] = { N_("1: ordinary life"), N_("2: the chain can solve it"),
                                         N_("3: cooperation stalls"), N_("4: risk of unrest") };

    return level >= AVE_LEAST && level <= AVE_MOST ? _(names[level - 1]) : "";
}

static const struct ave nothing = {
    .level = AVE_LEAST, .since = TIME_NONE, .owner = INT_NONE, .review = TIME_NONE
};

/* The same level again keeps the day on which it began. */
static void step(struct ave *a, const struct event *e)
{
    if (e->kind != KIND_AVE_CHANGED || e->undone || e->number < AVE_LEAST || e->number > AVE_MOST)
        return;
    int64_t since = a->since != TIME_NONE && e->number == a->level ? a->since : e->occurred_at;
    *a = (struct ave){ e->number, since, e->worker, e->until, e->reason, e->activity };
}

/* From events as request_get or standing_replay left them. */
static struct ave play(const struct event *event, size_t n)
{
    struct ave a = nothing;

    for (size_t i = 0; i < n; i++)
        step(&a, &event[i]);
    return a;
}

struct ave ave_of(const struct request *r)
{
    struct ave a = nothing;

    for (size_t i = 0; i < r->events; i++)
        step(&a, &r->event[i].e);
    return a;
}

/* ── Deciding ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_form(struct ctx *c, const struct ave_form *f)
{
    if (f->level < AVE_LEAST || f->level > AVE_MOST)
        return FAIL_FIELD("level", "%s", _("Choose a level from 1 to 4."));
    if (!code_known(ave_reasons, ave_reason_count, f->reason))
        return FAIL_FIELD("reason", "%s", _("Choose one of the list."));
    if (f->level > AVE_LEAST && !code_known(ave_routes, ave_route_count, f->route))
        return FAIL_FIELD("route", "%s", _("Choose along which way this goes on."));
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in the day on which this began, today at the latest."));
    if (f->level > AVE_LEAST && (f->review == DAY_NONE || f->review < c->today))
        return FAIL_FIELD("review", "%s", _("Fill in when you look at it again: today or later."));
    return OK;
}

static enum err change(struct ctx *c, void *arg)
{
    const struct ave_form *f = arg;
    struct request_change ch = { .id = f->request, .version = f->seen, .e = EVENT_NONE, .note = f->why };
    struct sql_request_get_row row;
    struct course k;

    TRY(sql_request_get(c, f->request.v, &row));
    TRY(course_read(c, f->request.v, &k));
    struct ave before = play(k.event, k.n);
    if ((f->level >= AVE_LEAD || before.level >= AVE_LEAD) && !role_may(c->actor->role, RIGHT_ALLOCATE))
        return FAIL_FIELD("level", "%s", _("The team lead decides on levels 3 and 4."));
    if (f->level > AVE_LEAST && f->owner == INT_NONE && row.worker == INT_NONE)
        return FAIL_FIELD("owner", "%s", _("Choose who answers for this."));
    ch.e.kind = KIND_AVE_CHANGED;
    ch.e.occurred_at = f->day == c->today ? c->now : time_of_nl_day(f->day, 12 * 3600);
    ch.e.number = f->level;
    ch.e.reason = f->reason;
    ch.e.activity = f->level > AVE_LEAST ? f->route : NULL;
    ch.e.worker = f->owner != INT_NONE ? f->owner : row.worker;
    ch.e.until = f->level > AVE_LEAST ? time_of_nl_day(f->review, 12 * 3600) : TIME_NONE;
    return request_change(c, &ch);
}

enum err ave_change(struct ctx *c, const struct ave_form *f)
{
    struct ave_form copy = *f;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(check_form(c, f));
    return db_tx(c, change, &copy);
}

enum err ave_person_level(struct ctx *c, int64_t person, int64_t *ret_level)
{
    struct sql_person_requests_row *row;
    size_t rows;

    *ret_level = AVE_LEAST;
    TRY(sql_person_requests(c, person, &row, &rows));
    for (size_t i = 0; i < rows; i++) {
        struct course k;
        TRY(course_read(c, row[i].request, &k));
        int64_t level = play(k.event, k.n).level;
        if (k.now.ended_at == TIME_NONE && level > *ret_level)
            *ret_level = level;
    }
    return OK;
}

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static int by_level(const void *pa, const void *pb)
{
    const struct ave_case *a = pa, *b = pb;

    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    return a->request < b->request ? -1 : a->request > b->request;
}

/* The steps of one request: n rows. */
static enum err fill_case(struct ctx *c, const struct sql_ave_steps_row *row, size_t n, struct ave_case *x)
{
    struct standing now;
    struct event *event;

    TRY(ctx_alloc(c, n, sizeof *event, (void *)&event));
    for (size_t i = 0; i < n; i++) {
        event[i] = EVENT_NONE;
        TRY(kind_read(c, row[i].kind, &event[i].kind));
        event[i].seq = row[i].seq;
        event[i].occurred_at = row[i].occurred_at;
        event[i].worker = row[i].owner;
        event[i].number = row[i].number;
        event[i].until = row[i].until;
        event[i].reason = row[i].reason;
        event[i].activity = row[i].activity;
    }
    standing_replay(event, n, &now);
    struct ave a = play(event, n);
    *x = (struct ave_case){ .request = row->request,
                            .person = row->person,
                            .team = row->team,
                            .worker = row->worker,
                            .level = a.level,
                            .owner = a.owner,
                            .since = a.since,
                            .review = a.review,
                            .owner_name = "",
                            .reason = a.reason,
                            .route = a.route,
                            .days = a.since != TIME_NONE ? c->today - time_nl_day(a.since) : 0,
                            .late = a.review != TIME_NONE && time_nl_day(a.review) < c->today };
    request_number(row->request, time_nl_day(row->received_at), x->number);
    for (size_t i = 0; i < n; i++)
        if (a.owner != INT_NONE && row[i].owner == a.owner && row[i].owner_name != NULL)
            x->owner_name = row[i].owner_name;
    return OK;
}

static enum err fill_names(struct ctx *c, struct ave_case *x, size_t n)
{
    const char **name;
    int64_t *person;

    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = x[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        x[i].name = name[i];
    return OK;
}

enum err ave_list(struct ctx *c, int64_t team, int64_t level, const struct ave_case **ret_case, size_t *ret_n,
                  struct ave_counts *ret_counts)
{
    struct look look = { c->actor != NULL ? c->actor->account : INT_NONE, "list", "ave", INT_NONE };
    struct ave_counts counts = { 0 };
    struct sql_ave_steps_row *row;
    struct ave_case *x;
    size_t rows, n = 0;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(read_log_add(c, &look));
    TRY(sql_ave_steps(c, team, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *x, (void *)&x));
    for (size_t i = 0, end; i < rows; i = end) {
        for (end = i + 1; end < rows && row[end].request == row[i].request;)
            end++;
        TRY(fill_case(c, &row[i], end - i, &x[n]));
        int64_t at = x[n].level;
        if (at == AVE_LEAST)
            continue;
        counts.n[at]++;
        counts.days[at] = x[n].days > counts.days[at] ? x[n].days : counts.days[at];
        n += level == INT_NONE || at == level;
    }
    qsort(x, n, sizeof *x, by_level);
    TRY(fill_names(c, x, n));
    *ret_case = x;
    *ret_n = n;
    *ret_counts = counts;
    return OK;
}
