// SPDX-License-Identifier: EUPL-1.2
/* Who takes part in a group, and who was there. */
#include "base/date.h"
#include "base/text.h"
#include "register/batch.h"
#include "register/course.h"
#include "register/event.h"
#include "register/group.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

static enum err log_look(struct ctx *c, int64_t group)
{
    struct look look = { c->actor->account, "view", "group", group };

    return read_log_add(c, &look);
}

enum err group_people(struct ctx *c, const struct group *g, struct participant **ret_p, size_t *ret_n,
                      int64_t *ret_others)
{
    struct sql_group_people_row *row;
    struct participant *p;
    const char **name;
    int64_t *person;
    size_t n;

    TRY(may(c, RIGHT_GROUP));
    TRY(sql_group_people(c, g->id, &row, &n));
    TRY(log_look(c, g->id));
    TRY(ctx_alloc(c, n + 1, sizeof *p, (void *)&p));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++) {
        p[i] = (struct participant){ .id = row[i].id,
                                     .request = row[i].request,
                                     .name = name[i],
                                     .bridge = row[i].bridge,
                                     .since = row[i].since,
                                     .ended_at = row[i].ended_at,
                                     .end_reason = row[i].end_reason,
                                     .present = row[i].present,
                                     .sessions = row[i].sessions };
        request_number(row[i].request, time_nl_day(row[i].received_at), p[i].number);
    }
    *ret_p = p;
    *ret_n = n;
    *ret_others = g->joined > (int64_t)n ? g->joined - (int64_t)n : 0;
    return OK;
}

static bool fits(const struct group *g, const char *category)
{
    for (size_t i = 0; i < g->themes; i++)
        if (text_is(g->theme[i], category))
            return true;
    return g->themes == 0;
}

enum err group_candidates(struct ctx *c, const struct group *g, struct group_candidate **ret_c, size_t *ret_n)
{
    struct sql_group_candidates_row *row;
    struct group_candidate *out;
    const char **name;
    int64_t *person;
    size_t n, k = 0;

    TRY(may(c, RIGHT_GROUP));
    TRY(sql_group_candidates(c, g->id, g->team, GROUP_CANDIDATES, &row, &n));
    TRY(log_look(c, g->id));
    TRY(ctx_alloc(c, n + 1, sizeof *out, (void *)&out));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < n; i++) {
            if (fits(g, row[i].category) != first)
                continue;
            out[k] = (struct group_candidate){ .request = row[i].request,
                                               .urgency = row[i].urgency,
                                               .name = name[i],
                                               .category = row[i].category,
                                               .asked = time_nl_day(row[i].received_at),
                                               .fits = first };
            request_number(row[i].request, out[k].asked, out[k].number);
            k++;
        }
    *ret_c = out;
    *ret_n = n;
    return OK;
}

/* ── Joining ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct joining {
    const struct group_join *j;
    const struct group *g;
    int64_t batch;
};

/* Whether this request takes part in the group now; *ret_bridge: its number when it does so as a bridge. */
static enum err takes_part(struct ctx *c, int64_t request, int64_t group, const struct event *event, size_t n,
                           bool *ret_help, bool *ret_bridge)
{
    struct sql_participation_of_row *row;
    size_t rows;

    *ret_help = *ret_bridge = false;
    TRY(sql_participation_of(c, request, &row, &rows));
    for (size_t i = 0; i < rows; i++) {
        bool on = row[i].programme == group;
        for (size_t k = 0; k < n; k++) {
            const struct event *e = &event[k];
            bool ends =
                !e->undone && ((row[i].bridge && e->kind == KIND_BRIDGE_ENDED && e->object == group &&
                                e->seq > row[i].seq) ||
                               (!row[i].bridge && e->kind == KIND_HELP_ENDED && e->object == row[i].line));
            if ((e->seq == row[i].seq && e->undone) || ends)
                on = false;
        }
        *ret_help = *ret_help || (on && !row[i].bridge);
        *ret_bridge = *ret_bridge || (on && row[i].bridge);
    }
    return OK;
}

static enum err join_bridge(struct ctx *c, const struct joining *s, int64_t request, int64_t received_at)
{
    struct sql_participation_insert_row added;
    struct event e = event_now(c, KIND_BRIDGE_ACCEPTED, care_moment(c, s->j->day, received_at), 0);
    int64_t seq;

    e.reason = "group";
    e.object = s->g->id;
    TRY(care_event_add(c, &(struct care_event){ { request }, -1, e, NULL }, &seq));
    struct sql_participation_insert_args p = { s->g->id, request, seq, true, INT_NONE };
    TRY(sql_participation_insert(c, &p, &added));
    return batch_put(c, s->batch, request, seq);
}

static enum err join_help(struct ctx *c, const struct joining *s, int64_t request)
{
    struct line_form f = { .request = { request },
                           .seen = -1,
                           .kind = LINE_GROUP,
                           .provider = s->g->name,
                           .partner = INT_NONE,
                           .programme = s->g->id,
                           .day = s->j->day };
    struct request r;
    int64_t line, seq;

    TRY(care_open(c, f.request, &r));
    TRY(line_start_in(c, &f, r.person, &line, &seq));
    return batch_put(c, s->batch, request, seq);
}

static enum err join_one(struct ctx *c, const struct joining *s, int64_t request)
{
    struct sql_request_get_row row;
    struct course k;
    bool help, bridge;

    TRY(sql_request_get(c, request, &row));
    TRY(course_read(c, request, &k));
    if (k.now.ended_at != TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("One of these requests is closed. Nobody was added."));
    TRY(takes_part(c, request, s->g->id, k.event, k.n, &help, &bridge));
    if (help || (bridge && k.now.waiting))
        return FAIL(E_CONFLICT, "%s", _("One of these residents takes part already. Nobody was added."));
    return k.now.waiting ? join_bridge(c, s, request, row.received_at) : join_help(c, s, request);
}

static enum err save_join(struct ctx *c, void *arg)
{
    struct joining *s = arg;
    struct group g;

    TRY(group_get(c, s->g->id, &g));
    int64_t room = g.capacity - (g.joined - g.ended);
    if ((int64_t)s->j->n > room)
        return FAIL_FIELD("request", _("There is room for %lld more. Choose fewer residents."),
                          (long long)(room > 0 ? room : 0));
    TRY(batch_begin(c, "group", &s->batch));
    for (size_t i = 0; i < s->j->n; i++)
        TRY(join_one(c, s, s->j->request[i]));
    return OK;
}

enum err group_join(struct ctx *c, const struct group_join *j, int64_t *ret_batch)
{
    struct group g;
    struct joining s = { .j = j, .g = &g };

    TRY(group_get(c, j->group, &g));
    if (j->n == 0)
        return FAIL_FIELD("request", "%s", _("Choose at least one resident."));
    if (g.stopped || g.ends < c->today)
        return FAIL(E_CONFLICT, "%s", _("This group is over. Nobody can be added."));
    if (j->day == DAY_NONE || j->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    TRY(db_tx(c, save_join, &s));
    *ret_batch = s.batch;
    return OK;
}

/* ── Leaving, and who was there ───────────────────────────────────────────────────────────────────────────
 */

static enum err find(struct ctx *c, int64_t group, int64_t id, struct sql_group_people_row *ret_row)
{
    struct sql_group_people_row *row;
    size_t n;

    TRY(sql_group_people(c, group, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (row[i].id == id) {
            *ret_row = row[i];
            return OK;
        }
    return FAIL(E_NOT_FOUND, "%s", _("Nobody like this takes part in the group."));
}

static enum err save_leave(struct ctx *c, void *arg)
{
    const struct group_leave *l = arg;
    struct sql_group_people_row p;
    int64_t seq;

    TRY(find(c, l->group, l->participation, &p));
    if (p.ended_at != TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("This resident does not take part any more."));
    if (l->day < time_nl_day(p.since))
        return FAIL_FIELD("day", "%s", _("This date is before the resident took part."));
    struct event e =
        event_now(c, p.bridge ? KIND_BRIDGE_ENDED : KIND_HELP_ENDED, care_moment(c, l->day, p.since), 0);
    e.reason = l->reason;
    e.object = p.bridge ? l->group : p.line;
    return care_event_add(c, &(struct care_event){ { p.request }, -1, e, NULL }, &seq);
}

enum err group_leave(struct ctx *c, const struct group_leave *l)
{
    struct group_leave copy = *l;

    TRY(may(c, RIGHT_GROUP));
    if (text_empty(l->reason))
        return FAIL_FIELD("reason", "%s", _("Choose why it ends."));
    if (l->day == DAY_NONE || l->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    return db_tx(c, save_leave, &copy);
}

static enum err save_attendance(struct ctx *c, void *arg)
{
    const struct attendance_form *f = arg;
    struct sql_group_people_row *p;
    size_t n;

    TRY(sql_group_people(c, f->group, &p, &n));
    TRY(sql_session_put(c, f->group, f->day, f->guests));
    for (size_t i = 0; i < n; i++) {
        bool present = false, then;
        for (size_t k = 0; k < f->n; k++)
            present = present || f->present[k] == p[i].id;
        then = time_nl_day(p[i].since) <= f->day &&
               (p[i].ended_at == TIME_NONE || time_nl_day(p[i].ended_at) >= f->day);
        if (present || then)
            TRY(sql_attendance_put(c, f->group, f->day, p[i].id, present));
    }
    return OK;
}

enum err attendance_add(struct ctx *c, const struct attendance_form *f)
{
    struct attendance_form copy = *f;
    struct group g;

    TRY(group_get(c, f->group, &g));
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (f->day < g.starts || f->day > g.ends)
        return FAIL_FIELD("day", "%s", _("The group does not come together on this day."));
    if (copy.guests == INT_NONE)
        copy.guests = 0;
    return db_tx(c, save_attendance, &copy);
}

enum err group_of_request(struct ctx *c, const struct request *r, struct in_group **ret_in, size_t *ret_n)
{
    struct sql_participation_of_row *row;
    struct in_group *out;
    size_t rows, n = 0;

    TRY(sql_participation_of(c, r->id.v, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *out, (void *)&out));
    for (size_t i = 0; i < rows; i++) {
        struct in_group in = { row[i].programme, row[i].name, row[i].bridge, false };
        bool undone = false;
        for (size_t k = 0; k < r->events; k++) {
            const struct event *e = &r->event[k].e;
            undone = undone || (e->seq == row[i].seq && e->undone);
            in.over = in.over || (!e->undone && e->seq > row[i].seq &&
                                  ((in.bridge && e->kind == KIND_BRIDGE_ENDED && e->object == in.group) ||
                                   (!in.bridge && e->kind == KIND_HELP_ENDED && e->object == row[i].line)));
        }
        if (!undone)
            out[n++] = in;
    }
    *ret_in = out;
    *ret_n = n;
    return OK;
}
