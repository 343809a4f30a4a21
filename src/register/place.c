// SPDX-License-Identifier: EUPL-1.2
#include "register/place.h"

#include "base/text.h"
#include "register/presence_core.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name place_kinds[] = {
    { PLACE_LOCATION, N_("Location of a team") },
    { "school", N_("School") },
    { "gp", N_("Family doctor") },
    { "community_centre", N_("Community centre") },
    { "library", N_("Library") },
    { "baby_clinic", N_("Child health clinic") },
    { "food_bank", N_("Food bank") },
    { "other", N_("Other place") },
};
const size_t place_kind_count = COUNT(place_kinds);

/* As in the history of a place. */
static const char *const step_code[PLACE_STEPS] = { "planned", "opened", "closed" };
static const struct code_name steps[] = {
    { "added", N_("Written down") }, { "changed", N_("Changed") }, { "planned", N_("Plan to open") },
    { "opened", N_("Opened") },      { "closed", N_("Closed") },
};

const char *place_kind_name(const struct ctx *c, const char *code)
{
    return code_text(c, place_kinds, place_kind_count, code);
}

const char *place_step_name(const struct ctx *c, const char *code)
{
    return code_text(c, steps, COUNT(steps), code);
}

#define PLACE(row)                                                                                           \
    ((struct place){ (row).id, (row).version, (row).kind, (row).name, (row).address, (row).neighbourhood,    \
                     (row).team, (row).partner, (row).partner_name, (row).opened_on, (row).closed_on })

enum err place_all(struct ctx *c, struct place **ret_place, size_t *ret_n)
{
    struct sql_place_all_row *row;
    size_t n;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_place_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_place, (void *)ret_place));
    for (size_t i = 0; i < n; i++)
        (*ret_place)[i] = PLACE(row[i]);
    *ret_n = n;
    return OK;
}

enum err place_get(struct ctx *c, int64_t id, struct place *ret_place)
{
    struct sql_place_get_row row;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_place_get(c, id, &row));
    *ret_place = PLACE(row);
    return OK;
}

/* ── Adding and changing ──────────────────────────────────────────────────────────────────────────────────
 */

static enum err step_add(struct ctx *c, int64_t place, int64_t seen, const struct happening *h,
                         int64_t *ret_version)
{
    struct history_of what = { "place", place, INT_NONE, seen };

    return history_add(c, &what, h, ret_version);
}

static enum err put(struct ctx *c, const struct place *p)
{
    struct sql_place_put_args row = { p->id,        p->version,       p->kind, p->name,
                                      p->address,   p->neighbourhood, p->team, p->partner,
                                      p->opened_on, p->closed_on };

    return sql_place_put(c, &row);
}

static enum err plan_add(struct ctx *c, int64_t place, int32_t opens_on, const char *why)
{
    struct sql_place_plan_insert_args row = { place, c->today, opens_on, why, c->now, c->actor->account };

    return sql_place_plan_insert(c, &row);
}

static enum err log_text(struct ctx *c, const struct place *p, const char *name, const char *old,
                         const char *now)
{
    return setting_log(c, &(struct setting_step){ "place", p->id, name, p->name, old, now, false });
}

static enum err log_changes(struct ctx *c, const struct place *old, const struct place *now)
{
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(log_text(c, now, "name", old->name, now->name));
    TRY(log_text(c, now, "kind", place_kind_name(c, old->kind), place_kind_name(c, now->kind)));
    TRY(log_text(c, now, "address", old->address, now->address));
    TRY(log_text(c, now, "neighbourhood", config_neighbourhood_name(k, old->neighbourhood),
                 config_neighbourhood_name(k, now->neighbourhood)));
    TRY(log_text(c, now, "team", config_team_name(k, old->team), config_team_name(k, now->team)));
    return log_text(c, now, "partner", old->partner_name, now->partner_name);
}

struct saving {
    const struct place_form *f;
    int64_t team, id;
};

static enum err insert(struct ctx *c, struct saving *s)
{
    const struct place_form *f = s->f;
    struct sql_place_insert_args row = { 1,       f->kind,    f->name, f->address, f->neighbourhood,
                                         s->team, f->partner, DAY_NONE };
    struct sql_place_insert_row added;
    struct happening h = HAPPENING_NONE;

    TRY(sql_place_insert(c, &row, &added));
    s->id = added.id;
    h.kind = "added";
    TRY(step_add(c, s->id, -1, &h, NULL));
    return f->opens_on != DAY_NONE ? plan_add(c, s->id, f->opens_on, NULL) : OK;
}

static enum err update(struct ctx *c, struct saving *s)
{
    const struct place_form *f = s->f;
    struct sql_place_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_place_get(c, f->id, &row));
    struct place old = PLACE(row), now = old;
    now.kind = f->kind;
    now.name = f->name;
    now.address = f->address;
    now.neighbourhood = f->neighbourhood;
    now.team = s->team;
    now.partner = f->partner;
    h.kind = "changed";
    TRY(step_add(c, f->id, f->version, &h, &now.version));
    TRY(put(c, &now));
    TRY(sql_place_get(c, f->id, &row)); /* with the name of the new partner */
    now = PLACE(row);
    s->id = f->id;
    return log_changes(c, &old, &now);
}

static enum err save(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    struct sql_place_all_row *row;
    size_t n;

    TRY(sql_place_all(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].name, s->f->name) && row[i].id != s->f->id)
            return FAIL_FIELD("name", _("There is a place \"%s\" already."), s->f->name);
    return s->f->id == INT_NONE ? insert(c, s) : update(c, s);
}

static bool kind_known(const char *code)
{
    for (size_t i = 0; i < place_kind_count; i++)
        if (text_is(place_kinds[i].code, code))
            return true;
    return false;
}

enum err place_save(struct ctx *c, const struct place_form *f, int64_t *ret_id)
{
    const struct config *k;
    struct saving s = { .f = f };

    TRY(may(c, RIGHT_PLACE_EDIT));
    TRY(config_get(c, &k));
    if (text_empty(f->name))
        return FAIL_FIELD("name", "%s", _("Fill in a name."));
    if (!kind_known(f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose what kind of place this is."));
    if (config_neighbourhood_name(k, f->neighbourhood)[0] == '\0')
        return FAIL_FIELD("neighbourhood", "%s", _("Choose the neighbourhood of the place."));
    s.team = f->team != INT_NONE ? f->team : config_team_of(k, f->neighbourhood);
    if (config_team_name(k, s.team)[0] == '\0')
        return FAIL_FIELD("team", "%s", _("Choose the team that is present here."));
    TRY(db_tx(c, save, &s));
    *ret_id = s.id;
    return OK;
}

/* ── Planned, open, closed ────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_move(struct ctx *c, const struct place_move *m, const struct place *p)
{
    if (m->step == PLACE_PLANNED) {
        if (p->opened_on != DAY_NONE)
            return FAIL_FIELD("day", "%s", _("This place is open already: it needs no plan any more."));
        if (m->day == DAY_NONE && text_empty(m->why))
            return FAIL_FIELD("why", "%s", _("Say why the place does not open after all."));
        return OK;
    }
    if (m->day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in the day."));
    if (m->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (m->step == PLACE_OPENED && p->opened_on != DAY_NONE && p->closed_on == DAY_NONE)
        return FAIL(E_CONFLICT, "%s", _("This place is open already."));
    if (m->step == PLACE_CLOSED && (p->opened_on == DAY_NONE || p->closed_on != DAY_NONE))
        return FAIL(E_CONFLICT, "%s", _("This place is not open."));
    if (m->step == PLACE_CLOSED && m->day < p->opened_on)
        return FAIL_FIELD("day", "%s", _("This day is before the place opened."));
    return OK;
}

static enum err make_move(struct ctx *c, void *arg)
{
    const struct place_move *m = arg;
    struct sql_place_get_row row;
    struct happening h = HAPPENING_NONE;

    TRY(sql_place_get(c, m->id, &row));
    struct place p = PLACE(row);
    TRY(check_move(c, m, &p));
    h.kind = step_code[m->step];
    int64_t noon = m->day != DAY_NONE ? time_of_nl_day(m->day, 12 * 3600) : TIME_NONE;
    if (m->step == PLACE_PLANNED)
        h.until = noon;
    else
        h.occurred_at = noon > c->now ? c->now : noon;
    TRY(step_add(c, m->id, m->version, &h, &p.version));
    if (m->step == PLACE_PLANNED)
        TRY(plan_add(c, m->id, m->day, text_empty(m->why) ? NULL : m->why));
    if (m->step == PLACE_OPENED) {
        p.opened_on = p.opened_on == DAY_NONE ? m->day : p.opened_on;
        p.closed_on = DAY_NONE;
    }
    if (m->step == PLACE_CLOSED) {
        p.closed_on = m->day;
        TRY(hour_end_place(c, m->id, m->day));
    }
    return put(c, &p);
}

enum err place_move(struct ctx *c, const struct place_move *m)
{
    struct place_move copy = *m;

    TRY(may(c, RIGHT_PLACE_EDIT));
    return db_tx(c, make_move, &copy);
}

enum err place_plans(struct ctx *c, int64_t place, struct place_plan **ret_plan, size_t *ret_n)
{
    struct sql_place_plan_of_row *row;
    size_t n;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_place_plan_of(c, place, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_plan, (void *)ret_plan));
    for (size_t i = 0; i < n; i++)
        (*ret_plan)[i] = (struct place_plan){ place, row[i].decided_on, row[i].opens_on, row[i].why };
    *ret_n = n;
    return OK;
}

enum err place_history(struct ctx *c, int64_t place, const struct happening **ret_h, size_t *ret_n)
{
    struct history_of what = { "place", place, INT_NONE, -1 };

    TRY(may(c, RIGHT_PLACE));
    return history_all(c, &what, ret_h, ret_n);
}

/* ── Planned versus open ──────────────────────────────────────────────────────────────────────────────────
 */

static bool due(int32_t opens_on, int32_t last_day)
{
    return opens_on != DAY_NONE && opens_on <= last_day;
}

/* The rows of one place follow each other, oldest version first. */
static void count_plans(const struct ctx *c, const struct sql_place_plan_all_row *row, size_t n,
                        struct place_month *m)
{
    int32_t known = m->last_day < c->today ? m->last_day : c->today;

    for (size_t i = 0; i < n;) {
        size_t first = i, holds = n;
        for (; i < n && row[i].place == row[first].place; i++)
            if (row[i].decided_on <= known)
                holds = i;
        m->planned_first += due(row[first].opens_on, m->last_day);
        m->planned += holds < n && due(row[holds].opens_on, m->last_day);
    }
}

/* The steps of one place follow each other, oldest first: the last one before the end of the day counts. */
static int64_t count_open(const struct sql_place_moves_row *row, size_t n, int32_t day)
{
    int64_t open = 0;

    for (size_t i = 0; i < n;) {
        size_t first = i;
        bool is_open = false;
        for (; i < n && row[i].place == row[first].place; i++)
            if (time_nl_day(row[i].occurred_at) <= day)
                is_open = text_is(row[i].kind, "opened");
        open += is_open;
    }
    return open;
}

static int32_t month_end(int32_t day)
{
    struct civil d = date_to_civil(day);

    return date_add_months(date_from_civil(d.year, d.month, 1), 1) - 1;
}

enum err place_months(struct ctx *c, int32_t from, int32_t to, struct place_month **ret_month, size_t *ret_n)
{
    struct sql_place_plan_all_row *plan;
    struct sql_place_moves_row *moves;
    struct place_month *m;
    size_t n_plan, n_moves, n = 0;

    TRY(may(c, RIGHT_PLACE));
    TRY(sql_place_plan_all(c, &plan, &n_plan));
    TRY(sql_place_moves(c, &moves, &n_moves));
    TRY(ctx_alloc(c, to < from ? 1 : (size_t)(to - from) / 28 + 2, sizeof *m, (void *)&m));
    for (int32_t end = month_end(from); end <= month_end(to); end = month_end(end + 1)) {
        m[n] = (struct place_month){ .last_day = end };
        count_plans(c, plan, n_plan, &m[n]);
        m[n].open = end > c->today ? INT_NONE : count_open(moves, n_moves, end);
        n++;
    }
    *ret_month = m;
    *ret_n = n;
    return OK;
}

/* ── Closed for a while ───────────────────────────────────────────────────────────────────────────────────
 */

enum err breaks_read(struct ctx *c, int64_t place, struct place_break **ret_break, size_t *ret_n)
{
    struct sql_place_break_all_row *row;
    size_t n, kept = 0;

    TRY(sql_place_break_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof **ret_break, (void *)ret_break));
    for (size_t i = 0; i < n; i++)
        if (place == INT_NONE || row[i].place == place)
            (*ret_break)[kept++] = (struct place_break){ row[i].id, row[i].place, row[i].first_day,
                                                         row[i].last_day, row[i].name };
    *ret_n = kept;
    return OK;
}

enum err place_breaks(struct ctx *c, int64_t place, struct place_break **ret_break, size_t *ret_n)
{
    TRY(may(c, RIGHT_PLACE));
    return breaks_read(c, place, ret_break, ret_n);
}

static enum err insert_break(struct ctx *c, void *arg)
{
    const struct place_break *b = arg;
    struct sql_place_get_row place;
    struct sql_place_break_insert_row added;

    TRY(sql_place_get(c, b->place, &place));
    return sql_place_break_insert(c, b->place, b->first_day, b->last_day, b->name, &added);
}

enum err place_break_add(struct ctx *c, const struct place_break *b)
{
    struct place_break copy = *b;

    TRY(may(c, RIGHT_PLACE_EDIT));
    if (b->first_day == DAY_NONE)
        return FAIL_FIELD("first_day", "%s", _("Fill in the first day."));
    if (b->last_day == DAY_NONE || b->last_day < b->first_day)
        return FAIL_FIELD("last_day", "%s", _("The last day cannot be before the first day."));
    if (b->first_day < c->today)
        return FAIL_FIELD("first_day", "%s",
                          _("This day is over: cancel the consultation hours of that day instead."));
    if (text_empty(b->name))
        return FAIL_FIELD("name", "%s", _("Say why it is closed then."));
    return db_tx(c, insert_break, &copy);
}

static enum err drop_break(struct ctx *c, void *arg)
{
    const struct place_break *b = arg;

    return sql_place_break_drop(c, b->id, b->place);
}

enum err place_break_remove(struct ctx *c, int64_t place, int64_t id)
{
    struct place_break b = { .id = id, .place = place };
    struct place_break *all;
    size_t n;

    TRY(may(c, RIGHT_PLACE_EDIT));
    TRY(place_breaks(c, place, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id && all[i].first_day <= c->today)
            return FAIL(E_CONFLICT, "%s", _("This has begun already and cannot be taken away any more."));
    return db_tx(c, drop_break, &b);
}
