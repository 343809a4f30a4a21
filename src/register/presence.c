// SPDX-License-Identifier: EUPL-1.2
#include "register/presence.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/letter.h"
#include "register/presence_core.h"
#include "register/right.h"
#include "register/signal.h"

const struct code_name presence_reasons[] = {
    { "ill", N_("Worker ill") },
    { "busy", N_("Urgent requests elsewhere") },
    { "no_worker", N_("Nobody available") },
    { "place_closed", N_("The place was closed") },
    { "no_room", N_("No room at the place") },
    { "weather", N_("Weather or traffic") },
    { "other", N_("Another reason") },
};
const size_t presence_reason_count = COUNT(presence_reasons);
const struct code_name presence_deciders[] = {
    { "us", N_("By us") },
    { "place", N_("By the place") },
};
const size_t presence_decider_count = COUNT(presence_deciders);
static const struct code_name states[] = {
    { PRESENCE_PROMISED, N_("Promised") },   { PRESENCE_OPEN, N_("Going on") }, { PRESENCE_HELD, N_("Held") },
    { PRESENCE_CANCELLED, N_("Cancelled") }, { PRESENCE_MOVED, N_("Moved") },
};

const char *presence_state_name(const struct ctx *c, const char *code)
{
    return code_text(c, states, COUNT(states), code);
}

enum err presence_get(struct ctx *c, int64_t id, struct presence *ret_presence)
{
    struct sql_presence_unhandled_get_row *raised;
    size_t n;
    struct sql_presence_get_row row;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_presence_get(c, id, &row));
    TRY(sql_presence_unhandled_get(c, id, &raised, &n));
    *ret_presence = PRESENCE(row);
    ret_presence->signal = n > 0 ? raised[0].signal : INT_NONE;
    return OK;
}

enum err presence_workers(struct ctx *c, int64_t id, struct presence_worker **ret_worker, size_t *ret_n)
{
    struct sql_presence_workers_row *row;
    size_t n;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_presence_workers(c, id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_worker, (void *)ret_worker));
    for (size_t i = 0; i < n; i++)
        (*ret_worker)[i] = (struct presence_worker){ row[i].worker, row[i].name };
    *ret_n = n;
    return OK;
}

enum err presence_worker_choice(struct ctx *c, int64_t team, int32_t day, struct presence_worker **ret_worker,
                                size_t *ret_n)
{
    struct sql_presence_worker_choice_row *row;
    size_t n;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_presence_worker_choice(c, team, day, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_worker, (void *)ret_worker));
    for (size_t i = 0; i < n; i++)
        (*ret_worker)[i] = (struct presence_worker){ row[i].id, row[i].name };
    *ret_n = n;
    return OK;
}

enum err presence_history(struct ctx *c, int64_t id, const struct happening **ret_h, size_t *ret_n)
{
    struct history_of what = { "presence", id, INT_NONE, -1 };

    TRY(may(c, RIGHT_PLACE));
    return history_all(c, &what, ret_h, ret_n);
}

enum err presence_step(struct ctx *c, struct presence *p, int64_t seen, const struct happening *h)
{
    struct history_of what = { "presence", p->id, INT_NONE, seen };

    return history_add(c, &what, h, &p->version);
}

enum err presence_put(struct ctx *c, const struct presence *p)
{
    struct sql_presence_put_args row = { p->id,      p->version,  p->state,    p->reason,
                                         p->by_whom, p->told_at,  p->moved_to, p->held_from,
                                         p->held_to, p->visitors, p->workers };

    return sql_presence_put(c, &row);
}

/* "2 of 6 questions did not fit at De Papieren Boot on Tuesday 5 March 2024." */
static enum err words_of(struct ctx *c, const struct sql_presence_get_row *s, const char **ret_text)
{
    struct buf b = { 0 };
    const char *day;

    TRY(letter_day(c, c->lang, s->day, &day));
    buf_printf(&b, _("%d of %d questions did not fit in the consultation hour of %s at %s."),
               (int)s->unhandled, (int)s->questions, day, s->place_name);
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

/* With the open signal about this place when there is one, else a new one. */
static enum err signal_raise(struct ctx *c, const struct sql_presence_get_row *s)
{
    struct sql_presence_signal_of_row *last;
    struct signal_view open;
    const char *words;
    int64_t signal;
    size_t n;

    TRY(words_of(c, s, &words));
    TRY(sql_presence_signal_of(c, s->place, &last, &n));
    if (n > 0)
        TRY(signal_get(c, last[0].signal, &open));
    if (n > 0 && open.now.state != SIGNAL_CLOSED) {
        struct signal_change note = {
            .id = last[0].signal, .seen = -1, .step = SIGNAL_NOTE, .severity = INT_NONE, .note = words
        };
        TRY(signal_change(c, &note));
        signal = last[0].signal;
    } else {
        struct signal_form f = { .about = words,
                                 .topic = "walk_in",
                                 .source = "worker",
                                 .teller = "",
                                 .severity = s->unhandled * 2 >= s->questions ? 2 : 1,
                                 .neighbourhood = s->neighbourhood,
                                 .team = s->team,
                                 .place = s->place };
        TRY(signal_add(c, &f, &signal));
    }
    return sql_presence_unhandled_take(c, s->id, signal);
}

enum err presence_raise(struct ctx *c, int64_t id)
{
    struct sql_presence_get_row now;
    struct sql_presence_unhandled_get_row *known;
    size_t n;

    TRY(sql_presence_get(c, id, &now));
    if (!text_is(now.state, PRESENCE_HELD) || now.unhandled == 0)
        return sql_presence_unhandled_drop(c, id);
    TRY(sql_presence_unhandled_get(c, id, &known, &n));
    TRY(sql_presence_unhandled_put(c, id, c->now, now.unhandled));
    return n > 0 && known[0].signal != INT_NONE ? OK : signal_raise(c, &now);
}

/* ── Writing a session down ───────────────────────────────────────────────────────────────────────────────
 */

static enum err insert(struct ctx *c, const struct presence *p, int64_t *ret_id)
{
    struct sql_presence_insert_args row = { 1,      p->hour,   p->place, p->team,
                                            p->day, p->starts, p->ends,  PRESENCE_PROMISED };
    struct sql_presence_insert_row added;
    struct presence copy = *p;
    struct happening h = HAPPENING_NONE;

    TRY(sql_presence_insert(c, &row, &added));
    copy.id = added.id;
    h.kind = "added";
    TRY(presence_step(c, &copy, -1, &h));
    *ret_id = added.id;
    return OK;
}

struct opening {
    int64_t hour, id;
    int32_t day;
};

static enum err open_session(struct ctx *c, void *arg)
{
    struct opening *o = arg;
    struct sql_presence_of_hour_row *known;
    const struct config *k;
    struct place_break *breaks;
    struct walk_in_hour h;
    size_t n, n_breaks;

    TRY(sql_presence_of_hour(c, o->hour, o->day, &known, &n));
    if (n > 0) {
        o->id = known[0].id;
        return OK;
    }
    TRY(config_get(c, &k));
    TRY(hour_get(c, o->hour, &h));
    TRY(place_breaks(c, h.place, &breaks, &n_breaks));
    if (!hour_is_on(&h, o->day, &k->calendar, breaks, n_breaks))
        return FAIL(E_CONFLICT, "%s", _("No consultation hour is promised on this day."));
    struct presence p = {
        .hour = h.id, .place = h.place, .team = h.team, .day = o->day, .starts = h.starts, .ends = h.ends
    };
    return insert(c, &p, &o->id);
}

enum err presence_open(struct ctx *c, int64_t hour, int32_t day, int64_t *ret_id)
{
    struct opening o = { .hour = hour, .day = day };

    TRY(may(c, RIGHT_CONTACT));
    TRY(db_tx(c, open_session, &o));
    *ret_id = o.id;
    return OK;
}

static enum err insert_extra(struct ctx *c, void *arg)
{
    struct presence *p = arg;
    struct sql_place_get_row place;

    TRY(sql_place_get(c, p->place, &place));
    p->team = place.team;
    return insert(c, p, &p->id);
}

enum err presence_extra(struct ctx *c, int64_t place, int32_t day, int64_t starts, int64_t ends,
                        int64_t *ret_id)
{
    struct presence p = { .hour = INT_NONE, .place = place, .day = day, .starts = starts, .ends = ends };

    TRY(may(c, RIGHT_CONTACT));
    if (day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in the day."));
    TRY(presence_check_times(c, starts, ends));
    TRY(db_tx(c, insert_extra, &p));
    *ret_id = p.id;
    return OK;
}

/* ── Held ─────────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_held(struct ctx *c, const struct presence_result *r)
{
    if (r->held_from == INT_NONE || r->held_from < 0 || r->held_from >= 1440)
        return FAIL_FIELD("held_from", "%s", _("Fill in the time at which it starts, such as 13:30."));
    if (r->held_to == INT_NONE || r->held_to <= r->held_from || r->held_to > 1440)
        return FAIL_FIELD("held_to", "%s", _("It must end later than it starts."));
    if (r->visitors == INT_NONE || r->visitors < 0 || r->visitors > 1000)
        return FAIL_FIELD("visitors", "%s", _("Fill in how many people came, 0 when nobody came."));
    if (r->workers == 0)
        return FAIL_FIELD("worker", "%s", _("Choose who was there."));
    return OK;
}

static enum err hold(struct ctx *c, void *arg)
{
    const struct presence_result *r = arg;
    struct sql_presence_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_presence_get(c, r->id, &row));
    struct presence p = PRESENCE(row);
    if (p.day > c->today)
        return FAIL(E_CONFLICT, "%s", _("This session is still to come."));
    if (text_is(p.state, PRESENCE_CANCELLED) || text_is(p.state, PRESENCE_MOVED))
        return FAIL(E_CONFLICT, _("This is not possible: the session is \"%s\"."),
                    presence_state_name(c, p.state));
    h.kind = PRESENCE_HELD;
    h.number = r->visitors;
    TRY(presence_step(c, &p, r->version, &h));
    p.state = PRESENCE_HELD;
    p.held_from = r->held_from;
    p.held_to = r->held_to;
    p.visitors = r->visitors;
    p.workers = (int64_t)r->workers;
    TRY(presence_put(c, &p));
    TRY(sql_presence_worker_clear(c, p.id));
    for (size_t i = 0; i < r->workers; i++)
        TRY(sql_presence_worker_insert(c, p.id, r->worker[i]));
    return presence_raise(c, p.id);
}

enum err presence_hold(struct ctx *c, const struct presence_result *r)
{
    struct presence_result copy = *r;

    TRY(may(c, RIGHT_CONTACT));
    TRY(check_held(c, r));
    return db_tx(c, hold, &copy);
}

/* ── Cancelled or moved ───────────────────────────────────────────────────────────────────────────────────
 */

struct calling_off {
    const struct presence_off *o;
    int64_t id;
};

static enum err call_off(struct ctx *c, void *arg)
{
    struct calling_off *g = arg;
    const struct presence_off *o = g->o;
    struct sql_presence_get_row row;
    struct happening h = HAPPENING_NONE;
    bool moved = o->day != DAY_NONE;

    TRY(sql_presence_get(c, o->id, &row));
    struct presence p = PRESENCE(row);
    if (text_is(p.state, PRESENCE_MOVED) || p.questions > 0 || text_is(p.state, PRESENCE_HELD))
        return FAIL(E_CONFLICT, _("This is not possible: the session is \"%s\"."),
                    presence_state_name(c, p.questions > 0 ? PRESENCE_HELD : p.state));
    h.kind = moved ? PRESENCE_MOVED : PRESENCE_CANCELLED;
    h.reason = o->reason;
    TRY(presence_step(c, &p, o->version, &h));
    p.state = h.kind;
    p.reason = o->reason;
    p.by_whom = o->by_whom;
    p.told_at = o->told_at;
    g->id = p.id;
    if (moved) {
        struct presence to = { .hour = INT_NONE,
                               .place = p.place,
                               .team = p.team,
                               .day = o->day,
                               .starts = o->starts,
                               .ends = o->ends };
        TRY(insert(c, &to, &p.moved_to));
        g->id = p.moved_to;
    }
    return presence_put(c, &p);
}

enum err presence_call_off(struct ctx *c, const struct presence_off *o, int64_t *ret_id)
{
    struct calling_off g = { .o = o };

    TRY(may(c, RIGHT_CONTACT));
    if (!code_known(presence_reasons, presence_reason_count, o->reason))
        return FAIL_FIELD("reason", "%s", _("Choose a reason."));
    if (!code_known(presence_deciders, presence_decider_count, o->by_whom))
        return FAIL_FIELD("by_whom", "%s", _("Choose who decided it."));
    if (o->told_at != TIME_NONE && o->told_at > c->now + 60)
        return FAIL_FIELD("told_at", "%s", _("This date is in the future."));
    if (o->day != DAY_NONE)
        TRY(presence_check_times(c, o->starts, o->ends));
    TRY(db_tx(c, call_off, &g));
    *ret_id = g.id;
    return OK;
}

/* ── Unhandled questions ──────────────────────────────────────────────────────────────────────────────────
 */

enum err presence_unhandled(struct ctx *c, int64_t since, struct unhandled **ret_row, size_t *ret_n)
{
    struct sql_presence_unhandled_since_row *row;
    size_t n;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_presence_unhandled_since(c, since, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_row, (void *)ret_row));
    for (size_t i = 0; i < n; i++) {
        struct sql_presence_get_row at;
        TRY(sql_presence_get(c, row[i].presence, &at));
        (*ret_row)[i] =
            (struct unhandled){ at.id,  at.place,         at.neighbourhood, at.team,      at.place_name,
                                at.day, row[i].raised_at, row[i].unhandled, at.questions, row[i].signal };
    }
    *ret_n = n;
    return OK;
}
