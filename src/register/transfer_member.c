// SPDX-License-Identifier: EUPL-1.2
/* The residents on a hand-over list. */
#include "base/date.h"
#include "base/text.h"
#include "register/event.h"
#include "register/right.h"
#include "register/transfer.h"
#include "store/read_log.h"
#include "store/sql.h"

/* By all three. */
static bool agreed(const struct member_facts *f)
{
    return f->agreed_resident != DAY_NONE && f->agreed_provider != DAY_NONE && f->agreed_team != DAY_NONE;
}

bool member_overdue(const struct transfer *t, const struct member_facts *f, int32_t today)
{
    return f->outcome == NULL && f->exception == NULL && today > t->due;
}

static bool in_part(const struct transfer *t, const struct member_facts *f, enum member_part part,
                    int32_t today)
{
    switch (part) {
    case MEMBER_OPEN:
        return f->outcome == NULL;
    case MEMBER_OVERDUE:
        return member_overdue(t, f, today);
    case MEMBER_NOT_AGREED:
        return f->outcome == NULL && !agreed(f);
    case MEMBER_NOT_INFORMED:
        return f->informed == DAY_NONE && f->not_informed == NULL;
    case MEMBER_EXCEPTION:
        return f->outcome == NULL && f->exception != NULL;
    default:
        return true;
    }
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static struct member take(const struct sql_transfer_members_row *r)
{
    return (struct member){ .id = r->id,
                            .transfer = r->transfer,
                            .person = r->person,
                            .version = r->version,
                            .source_key = r->source_key,
                            .name = "",
                            .f = { .request = r->request,
                                   .team = r->team,
                                   .original = r->original_on,
                                   .waits_until = r->waits_until,
                                   .agreed_resident = r->agreed_resident,
                                   .agreed_provider = r->agreed_provider,
                                   .agreed_team = r->agreed_team,
                                   .informed = r->informed_on,
                                   .not_informed = r->not_informed,
                                   .outcome = r->outcome,
                                   .outcome_on = r->outcome_on,
                                   .kept_worker = r->kept_worker,
                                   .exception = r->exception,
                                   .exception_until = r->exception_until } };
}

#define NO_TEAM (-1) /* a worker of a partner: no list */

/* Who works in a team sees the members of that team and those of no team; others everyone. */
static int64_t own_team(const struct ctx *c)
{
    if (c->scope->all != 0)
        return INT_NONE;
    return c->scope->team != INT_NONE ? c->scope->team : NO_TEAM;
}

/* Persons whom this account must not see (own family) are left out; their place in the counts stays. */
static enum err blocked(struct ctx *c, int64_t person, bool *ret_blocked)
{
    struct sql_access_blocked_row row;

    *ret_blocked = false;
    if (c->actor->account == INT_NONE || c->scope->blocks == 0)
        return OK;
    TRY(sql_access_blocked(c, c->actor->account, person, &row));
    *ret_blocked = row.n > 0;
    return OK;
}

static enum err names_fill(struct ctx *c, struct member *m, size_t n)
{
    int64_t *person;
    const char **name;

    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = m[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++) {
        m[i].name = name[i];
        if (m[i].f.request != INT_NONE)
            request_number(m[i].f.request, m[i].f.original, m[i].number);
    }
    return OK;
}

enum err member_all(struct ctx *c, const struct transfer *t, enum member_part part,
                    struct member **ret_member, size_t *ret_n)
{
    struct sql_transfer_members_row *row;
    struct member *m;
    size_t rows, n = 0;

    TRY(may(c, RIGHT_TRANSFER));
    TRY(sql_transfer_members(c, t->id, own_team(c), &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *m, (void *)&m));
    for (size_t i = 0; i < rows; i++) {
        bool never;
        m[n] = take(&row[i]);
        TRY(blocked(c, m[n].person, &never));
        n += !never && in_part(t, &m[n].f, part, c->today);
    }
    TRY(names_fill(c, m, n));
    struct look look = { c->actor->account, "view", "transfer", t->id };
    TRY(read_log_add(c, &look));
    *ret_member = m;
    *ret_n = n;
    return OK;
}

static enum err read_member(struct ctx *c, int64_t id, struct member *ret_member)
{
    struct sql_transfer_members_row *row;
    bool never = false;
    size_t n;

    TRY(may(c, RIGHT_TRANSFER));
    TRY(sql_transfer_member_get(c, id, &row, &n));
    int64_t team = own_team(c);
    if (n > 0)
        TRY(blocked(c, row->person, &never));
    if (n == 0 || never || team == NO_TEAM ||
        (team != INT_NONE && row->team != INT_NONE && row->team != team))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this resident on a hand-over list."));
    *ret_member = take(row);
    return OK;
}

enum err member_get(struct ctx *c, int64_t id, struct member *ret_member)
{
    struct member m;

    TRY(read_member(c, id, &m));
    TRY(names_fill(c, &m, 1));
    struct look look = { c->actor->account, "view", "transfer_member", id };
    TRY(read_log_add(c, &look));
    *ret_member = m;
    return OK;
}

enum err member_history(struct ctx *c, const struct member *m, const struct happening **ret_h, size_t *ret_n)
{
    struct history_of what = { .object = "transfer_member", .id = m->id, .person = m->person, .seen = -1 };

    return history_all(c, &what, ret_h, ret_n);
}

/* ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_day(struct ctx *c, const char *field, int32_t day)
{
    if (day != DAY_NONE && day > c->today)
        return FAIL_FIELD(field, "%s", _("This date is in the future."));
    return OK;
}

static enum err check_outcome(struct ctx *c, const struct member_facts *f)
{
    if (f->outcome != NULL && f->outcome_on == DAY_NONE)
        return FAIL_FIELD("outcome_on", "%s", _("Fill in on which day."));
    if (f->outcome == NULL && f->outcome_on != DAY_NONE)
        return FAIL_FIELD("outcome", "%s", _("Choose what the outcome is."));
    if (text_is(f->outcome, "transferred") && !agreed(f))
        return FAIL_FIELD(
            "outcome", "%s",
            _("Handed over means: the resident, the old provider and the new team agreed on the next "
              "step. Fill in the three days first."));
    if (f->outcome != NULL && f->exception != NULL)
        return FAIL_FIELD("exception", "%s", _("Who has an outcome is no exception. Empty one of the two."));
    if (f->exception != NULL && f->exception_until == DAY_NONE)
        return FAIL_FIELD("exception_until", "%s", _("Fill in until when."));
    return OK;
}

static enum err check_facts(struct ctx *c, const struct member_facts *f)
{
    TRY(check_day(c, "original", f->original));
    TRY(check_day(c, "agreed_resident", f->agreed_resident));
    TRY(check_day(c, "agreed_provider", f->agreed_provider));
    TRY(check_day(c, "agreed_team", f->agreed_team));
    TRY(check_day(c, "informed", f->informed));
    TRY(check_day(c, "outcome_on", f->outcome_on));
    if (f->original == DAY_NONE)
        return FAIL_FIELD("original", "%s", _("Fill in when the resident asked the old provider."));
    if (f->informed != DAY_NONE && f->not_informed != NULL)
        return FAIL_FIELD("not_informed", "%s", _("Fill in the day or the reason, not both."));
    return check_outcome(c, f);
}

struct writing {
    const struct member *old;
    const struct member_facts *f;
    int64_t seen;
    const char *note;
};

/* What the step was, for the history: the one that weighs most. */
static const char *step_of(const struct member_facts *old, const struct member_facts *f)
{
    if (!text_is(old->outcome, f->outcome))
        return f->outcome != NULL ? "outcome" : "outcome_taken_back";
    if (!text_is(old->exception, f->exception))
        return "exception";
    if (old->agreed_resident != f->agreed_resident || old->agreed_provider != f->agreed_provider ||
        old->agreed_team != f->agreed_team)
        return "agreed";
    if (old->informed != f->informed || !text_is(old->not_informed, f->not_informed))
        return "informed";
    return old->request != f->request ? "registered" : "changed";
}

static enum err write_member(struct ctx *c, void *arg)
{
    const struct writing *w = arg;
    const struct member_facts *f = w->f;
    struct sql_transfer_member_put_args a = {
        w->old->id,     w->seen,        f->request,         f->team,
        f->original,    f->waits_until, f->agreed_resident, f->agreed_provider,
        f->agreed_team, f->informed,    f->not_informed,    f->outcome,
        f->outcome_on,  f->kept_worker, f->exception,       f->exception_until
    };
    struct history_of what = {
        .object = "transfer_member", .id = w->old->id, .person = w->old->person, .seen = -1
    };
    struct happening h = HAPPENING_NONE;
    struct sql_transfer_member_put_row *row;
    size_t n;

    TRY(sql_transfer_member_put(c, &a, &row, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this in the meantime. Look at the new state first; what you "
                      "typed is still "
                      "here."));
    TRY(sql_transfer_member_keep(c, w->old->id, c->now, c->actor->account));
    h.kind = step_of(&w->old->f, f);
    h.reason = f->outcome != NULL ? f->outcome : f->exception;
    h.note = w->note;
    h.team = f->team;
    return history_add(c, &what, &h, NULL);
}

enum err member_change(struct ctx *c, int64_t id, int64_t seen, const struct member_facts *f,
                       const char *note)
{
    struct member old;
    struct writing w = { .old = &old, .f = f, .seen = seen, .note = note };

    TRY(read_member(c, id, &old));
    TRY(check_facts(c, f));
    return db_tx(c, write_member, &w);
}

/* ── The request that someone does not have here yet ──────────────────────────────────────────────────────
 */

struct registering {
    const struct member *m;
    int64_t seen;
    struct request_id id;
};

static enum err add_pause(struct ctx *c, struct request_id id, int32_t until)
{
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };

    ch.e.kind = KIND_PAUSED;
    ch.e.occurred_at = c->now;
    ch.e.reason = "chose_to_wait";
    ch.e.until = time_of_nl_day(until, 0);
    return request_change(c, &ch);
}

static enum err register_one(struct ctx *c, void *arg)
{
    struct registering *g = arg;
    const struct member *m = g->m;
    struct request_form form = { .person = m->person,
                                 .question = _("Taken over from the old provider."),
                                 .received = m->f.original,
                                 .channel = "other",
                                 .route = "carry_over",
                                 .neighbourhood = INT_NONE,
                                 .team = m->f.team,
                                 .urgency = URGENCY_UNKNOWN };
    struct member_facts f = m->f;
    struct writing w = { .old = m, .f = &f, .seen = g->seen };

    TRY(request_add(c, &form, &g->id));
    if (m->f.waits_until != DAY_NONE && m->f.waits_until > c->today)
        TRY(add_pause(c, g->id, m->f.waits_until));
    f.request = g->id.v;
    return write_member(c, &w);
}

enum err member_register(struct ctx *c, int64_t id, int64_t seen, struct request_id *ret_request)
{
    struct member m;
    struct registering g = { .m = &m, .seen = seen };

    TRY(read_member(c, id, &m));
    if (m.f.request != INT_NONE)
        return FAIL(E_CONFLICT, "%s", _("This resident has a request here already."));
    TRY(db_tx(c, register_one, &g));
    *ret_request = g.id;
    return OK;
}

/* ── Adding ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err is_there(struct ctx *c, const struct transfer *t, const struct member_new *m, bool *ret_there)
{
    struct sql_transfer_member_by_key_row *key;
    struct sql_transfer_member_by_request_row *request;
    size_t n = 0;

    if (m->source_key != NULL)
        TRY(sql_transfer_member_by_key(c, t->id, m->source_key, &key, &n));
    if (n == 0 && m->request != INT_NONE)
        TRY(sql_transfer_member_by_request(c, t->id, m->request, &request, &n));
    *ret_there = n > 0;
    return OK;
}

static enum err check_new(struct ctx *c, const struct transfer *t, const struct member_new *m)
{
    if (m->request == INT_NONE && text_empty(m->who.name))
        return FAIL_FIELD("name", "%s", _("A name or the number of a request is needed."));
    if (m->original == DAY_NONE)
        return FAIL_FIELD("original", "%s", _("The day on which the resident asked is needed."));
    if (m->original > c->today)
        return FAIL_FIELD("original", "%s", _("This date is in the future."));
    if (m->original < t->starts - 36600)
        return FAIL_FIELD("original", "%s", _("This date is too long ago."));
    if (m->waits_until != DAY_NONE && m->waits_until < m->original)
        return FAIL_FIELD("waits_until", "%s",
                          _("The day until which someone waits cannot be before they asked."));
    return OK;
}

enum err member_add(struct ctx *c, const struct transfer *t, const struct member_new *m,
                    enum added *ret_added)
{
    struct sql_request_get_row row = { .person = INT_NONE, .team = INT_NONE };
    struct sql_transfer_member_insert_row added;
    int64_t person = INT_NONE, team = m->team;
    bool there;

    TRY(may(c, RIGHT_TRANSFER));
    TRY(may(c, RIGHT_ALLOCATE));
    TRY(check_new(c, t, m));
    TRY(is_there(c, t, m, &there));
    if (there) {
        *ret_added = MEMBER_THERE_ALREADY;
        return OK;
    }
    if (m->request != INT_NONE) {
        TRY(sql_request_get(c, m->request, &row));
        person = row.person;
        team = team != INT_NONE ? team : row.team;
    }
    if (person == INT_NONE)
        TRY(person_add(c, &m->who, &person));
    struct sql_transfer_member_insert_args a = { t->id,          person,
                                                 m->request,     team != INT_NONE ? team : t->team,
                                                 m->source_key,  m->original,
                                                 m->waits_until, INT_NONE };
    TRY(sql_transfer_member_insert(c, &a, &added));
    TRY(sql_transfer_member_keep(c, added.id, c->now, c->actor->account));
    *ret_added = MEMBER_ADDED;
    return OK;
}

struct alone {
    const struct transfer *t;
    const struct member_new *m;
};

static enum err add_alone(struct ctx *c, void *arg)
{
    const struct alone *a = arg;
    enum added added;

    TRY(member_add(c, a->t, a->m, &added));
    return added == MEMBER_ADDED ? OK
                                 : FAIL_FIELD(a->m->source_key != NULL ? "key" : "request", "%s",
                                              _("This resident stands on the list already."));
}

enum err member_add_one(struct ctx *c, const struct transfer *t, const struct member_new *m)
{
    struct alone a = { t, m };

    return db_tx(c, add_alone, &a);
}
