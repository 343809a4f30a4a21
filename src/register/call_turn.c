// SPDX-License-Identifier: EUPL-1.2
#include "register/call_turn.h"

#include "base/date.h"
#include "base/text.h"
#include "register/person.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

static int64_t day_begins(const struct ctx *c)
{
    return time_of_nl_day(c->today, 0);
}

enum err call_round_get(struct ctx *c, int64_t team, struct call_round *ret_round)
{
    struct sql_call_round_counts_row n;
    const struct config *k;

    TRY(may(c, RIGHT_CALL));
    TRY(config_get(c, &k));
    struct call_bounds b = call_bounds_of(k, c->today);
    struct sql_call_round_counts_args a = { .team = team,
                                            .day_begins = day_begins(c),
                                            .late_before = time_of_nl_day(c->today - k->contact_days, 0),
                                            .heard_before = b.heard_before,
                                            .call_before = b.call_before };
    TRY(sql_call_round_counts(c, &a, &n));
    *ret_round = (struct call_round){ .due = n.due,
                                      .open = n.open,
                                      .late = n.late,
                                      .spoken = n.spoken,
                                      .missed = n.missed,
                                      .minutes = call_minutes(k, n.due) };
    return OK;
}

/* Inside db_tx: the next one, held for this user; v = 0: none. */
static enum err take_next(struct ctx *c, int64_t team, struct request_id *ret_id)
{
    struct sql_call_next_row *row;
    struct sql_call_turn_get_row *turn;
    const struct config *k;
    size_t n, turns;

    *ret_id = (struct request_id){ 0 };
    TRY(config_get(c, &k));
    struct call_bounds b = call_bounds_of(k, c->today);
    struct sql_call_next_args a = { .team = team,
                                    .mine = c->actor->account,
                                    .day_begins = day_begins(c),
                                    .heard_before = b.heard_before,
                                    .call_before = b.call_before,
                                    .taken_after = c->now - CALL_HOLD_MINUTES * 60 };
    TRY(sql_call_next(c, &a, &row, &n));
    if (n == 0)
        return OK;
    TRY(sql_call_turn_get(c, row[0].request, &turn, &turns));
    ret_id->v = row[0].request;
    return sql_call_turn_put(c, row[0].request, c->actor->account, c->now,
                             turns > 0 ? turn[0].skipped_at : TIME_NONE);
}

struct taking {
    int64_t team;
    struct request_id id, next; /* id: put off; v = 0: nobody */
};

static enum err take(struct ctx *c, void *arg)
{
    struct taking *t = arg;
    struct sql_request_get_row row;

    if (t->id.v != 0) {
        TRY(sql_request_get(c, t->id.v, &row));
        TRY(sql_call_turn_put(c, t->id.v, INT_NONE, TIME_NONE, c->now));
    }
    return take_next(c, t->team, &t->next);
}

enum err call_round_next(struct ctx *c, int64_t team, struct request_id *ret_id)
{
    struct taking t = { .team = team };

    TRY(may(c, RIGHT_CALL));
    TRY(db_tx(c, take, &t));
    *ret_id = t.next;
    return OK;
}

enum err call_round_skip(struct ctx *c, struct request_id id, int64_t team, struct request_id *ret_next)
{
    struct taking t = { .team = team, .id = id };

    TRY(may(c, RIGHT_CALL));
    TRY(db_tx(c, take, &t));
    *ret_next = t.next;
    return OK;
}

enum err call_round_other(struct ctx *c, struct request_id id, const char **ret_name)
{
    struct sql_call_turn_get_row *row;
    size_t n;

    TRY(may(c, RIGHT_CALL));
    TRY(sql_call_turn_get(c, id.v, &row, &n));
    bool other = n > 0 && row[0].taken_at != TIME_NONE && row[0].account != c->actor->account &&
                 row[0].taken_at > c->now - CALL_HOLD_MINUTES * 60;
    *ret_name = other ? row[0].caller : NULL;
    return OK;
}

/* ── One call ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct turning {
    const struct call_turn_form *f;
    struct request_id next;
};

/* What the resident confirmed, when it differs. */
static enum err confirm(struct ctx *c, const struct call_turn_form *f)
{
    struct sql_request_get_row row;
    struct identity who;

    TRY(sql_request_get(c, f->request.v, &row));
    if (row.person == INT_NONE)
        return OK;
    TRY(person_get(c, row.person, &who));
    bool same = (f->phone == NULL || text_is(f->phone, who.phone)) &&
                (f->address == NULL || text_is(f->address, who.address));
    if (same)
        return OK;
    who.phone = f->phone != NULL ? f->phone : who.phone;
    who.address = f->address != NULL ? f->address : who.address;
    return person_change(c, row.person, &who);
}

static enum err turn(struct ctx *c, void *arg)
{
    struct turning *t = arg;
    const struct call_turn_form *f = t->f;
    bool reached = f->result != CALL_MISSED && f->result != CALL_BACK;
    struct request_change ch = { .id = f->request, .version = f->version, .e = EVENT_NONE, .note = f->note };

    ch.e.kind = reached ? KIND_CALL_REACHED : KIND_CALL_ATTEMPTED;
    ch.e.occurred_at = c->now;
    ch.e.until = f->result == CALL_BACK ? f->back_at
                 : f->next != DAY_NONE  ? time_of_nl_day(f->next, 12 * 3600)
                                        : TIME_NONE;
    TRY(request_change(c, &ch));
    TRY(confirm(c, f));
    TRY(sql_call_turn_put(c, f->request.v, INT_NONE, TIME_NONE, TIME_NONE));
    return take_next(c, f->team, &t->next);
}

enum err call_turn_add(struct ctx *c, const struct call_turn_form *f, struct request_id *ret_next)
{
    struct turning t = { .f = f };

    TRY(may(c, RIGHT_CALL));
    if (f->result == CALL_BACK && f->back_at == TIME_NONE)
        return FAIL_FIELD("back_at", "%s", _("Fill in when to call back."));
    if (f->result == CALL_BACK && f->back_at <= c->now)
        return FAIL_FIELD("back_at", "%s", _("This moment has passed already."));
    if (f->next != DAY_NONE && f->next <= c->today && f->result != CALL_BACK)
        return FAIL_FIELD("next", "%s", _("The next call cannot be before this one."));
    TRY(db_tx(c, turn, &t));
    *ret_next = t.next;
    return OK;
}

/* ── For the next shift ───────────────────────────────────────────────────────────────────────────────────
 */

static struct call_shift shift_of(const struct ctx *c, const struct config *k,
                                  const struct sql_call_round_rows_row *r, const char *name)
{
    int64_t today = day_begins(c);
    struct call_shift s = { .id = r->request,
                            .name = name,
                            .team = config_team_name(k, r->team),
                            .urgency = r->urgency,
                            .attempts = r->attempts,
                            .heard_at = r->heard_at,
                            .called_at = r->called_at,
                            .call_at = r->call_at,
                            .late = time_nl_day(r->heard_at) + k->contact_days < c->today };
    struct standing standing = {
        .waiting = true, .heard_at = r->heard_at, .call_at = r->call_at, .listed = r->listed
    };

    if (!call_is_due(k, &standing, c->today))
        s.state = SHIFT_PROMISED;
    else if (r->called_at != TIME_NONE && r->called_at >= today)
        s.state = SHIFT_MISSED;
    else if (r->skipped_at != TIME_NONE && r->skipped_at >= today)
        s.state = SHIFT_SKIPPED;
    if (r->taken_at != TIME_NONE && r->taken_at > c->now - CALL_HOLD_MINUTES * 60)
        s.caller = r->caller;
    request_number(r->request, time_nl_day(r->received_at), s.number);
    return s;
}

enum err call_shift_get(struct ctx *c, int64_t team, const struct call_shift **ret_row, size_t *ret_n)
{
    struct sql_call_round_rows_row *row;
    struct call_shift *s;
    const struct config *k;
    const char **name;
    int64_t *person;
    size_t n;

    TRY(may(c, RIGHT_CALL));
    TRY(config_get(c, &k));
    struct call_bounds b = call_bounds_of(k, c->today);
    struct sql_call_round_rows_args a = { .team = team,
                                          .until = time_of_nl_day(c->today + CALL_SHIFT_DAYS, 0),
                                          .max = CALL_SHIFT_ROWS,
                                          .heard_before = b.heard_before,
                                          .call_before = b.call_before };
    TRY(sql_call_round_rows(c, &a, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    TRY(ctx_alloc(c, n + 1, sizeof *s, (void *)&s));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        s[i] = shift_of(c, k, &row[i], name[i]);
    struct look look = { c->actor->account, "list", "call_round", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_row = s;
    *ret_n = n;
    return OK;
}
