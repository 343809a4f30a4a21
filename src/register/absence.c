// SPDX-License-Identifier: EUPL-1.2
#include "register/absence.h"

#include "base/date.h"
#include "base/text.h"
#include "register/fte.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name absence_kinds[] = {
    { "sick", N_("Sick") },
    { "leave", N_("Leave") },
    { "other", N_("Otherwise away") },
};
const size_t absence_kind_count = COUNT(absence_kinds);

bool absence_covers(const struct absence *a, int32_t day, int32_t today)
{
    int32_t last = a->ended;

    if (last == DAY_NONE)
        last = a->until;
    if (a->ended == DAY_NONE && !text_is(a->kind, "leave") && (last == DAY_NONE || last < today))
        last = today;
    if (last == DAY_NONE) /* leave without an expected end */
        last = today > a->from ? today : a->from;
    return day >= a->from && day <= last;
}

bool absence_may_change(const struct ctx *c, int64_t worker, int64_t team)
{
    const struct actor *a = c->actor;

    if (a == NULL || !role_may(a->role, RIGHT_ABSENCE))
        return false;
    if (a->role == ROLE_SYSTEM || (a->worker != INT_NONE && a->worker == worker))
        return true;
    return a->role == ROLE_TEAM_LEAD && (a->team == INT_NONE || a->team == team);
}

bool absence_may_see(const struct ctx *c, int64_t worker, int64_t team)
{
    return absence_may_change(c, worker, team) ||
           (c->actor != NULL && c->actor->role == ROLE_BOARD && role_may(ROLE_BOARD, RIGHT_ABSENCE));
}

static struct absence take(const struct sql_absence_get_row *r)
{
    return (struct absence){ .id = r->id,
                             .version = r->version,
                             .worker = r->worker,
                             .kind = r->kind,
                             .from = r->from_day,
                             .until = r->until_day,
                             .ended = r->ended_day };
}

static enum err check_form(struct ctx *c, const struct absence_form *f)
{
    if (!code_known(absence_kinds, absence_kind_count, f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose one of the list."));
    if (f->from == DAY_NONE)
        return FAIL_FIELD("from", "%s", _("Fill in the first day."));
    if (f->from > c->today + 730 || f->from < c->today - 3660)
        return FAIL_FIELD("from", "%s", _("This date is too far away."));
    if (f->until != DAY_NONE && f->until < f->from)
        return FAIL_FIELD("until", "%s", _("The last day cannot be before the first day."));
    if (f->ended != DAY_NONE && f->ended < f->from)
        return FAIL_FIELD("ended", "%s", _("The last day cannot be before the first day."));
    if (f->ended != DAY_NONE && f->ended > c->today && !text_is(f->kind, "leave"))
        return FAIL_FIELD("ended", "%s", _("This date is in the future. Use the expected last day."));
    return OK;
}

static enum err check_worker(struct ctx *c, int64_t worker, bool change)
{
    struct worker w;

    TRY(may(c, RIGHT_ABSENCE));
    TRY(worker_read(c, worker, &w));
    if (!(change ? absence_may_change(c, worker, w.f.team) : absence_may_see(c, worker, w.f.team)))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this worker."));
    return OK;
}

struct writing {
    const struct absence_form *f;
    int64_t id, seen;
    bool remove;
};

static enum err insert_version(struct ctx *c, const struct writing *w, int64_t version)
{
    struct sql_absence_version_insert_args v = { w->id,      version,    c->now,      c->actor->account,
                                                 w->f->kind, w->f->from, w->f->until, w->f->ended,
                                                 w->remove };

    return sql_absence_version_insert(c, &v);
}

static enum err insert(struct ctx *c, void *arg)
{
    struct writing *w = arg;
    struct sql_absence_insert_row added;

    struct sql_absence_insert_args a = { w->f->worker, w->f->kind, w->f->from, w->f->until, w->f->ended };
    TRY(sql_absence_insert(c, &a, &added));
    w->id = added.id;
    return insert_version(c, w, 1);
}

enum err absence_add(struct ctx *c, const struct absence_form *f, int64_t *ret_id)
{
    struct writing w = { .f = f };

    TRY(check_worker(c, f->worker, true));
    TRY(check_form(c, f));
    TRY(db_tx(c, insert, &w));
    *ret_id = w.id;
    return OK;
}

static enum err put(struct ctx *c, void *arg)
{
    const struct writing *w = arg;
    struct sql_absence_put_args a = { w->id,       w->seen,     w->f->kind, w->f->from,
                                      w->f->until, w->f->ended, w->remove };
    struct sql_absence_put_row *row;
    size_t n;

    TRY(sql_absence_put(c, &a, &row, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this absence in the meantime. Look at the new dates first."));
    return insert_version(c, w, row->version);
}

enum err absence_versions(struct ctx *c, int64_t id, struct absence_version **ret_version, size_t *ret_n)
{
    struct sql_absence_versions_row *row;
    struct absence_version *v;
    size_t n;

    TRY(sql_absence_versions(c, id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        v[i] = (struct absence_version){ row[i].version,  row[i].recorded_at, row[i].kind,     row[i].who,
                                         row[i].from_day, row[i].until_day,   row[i].ended_day };
    *ret_version = v;
    *ret_n = n;
    return OK;
}

enum err absence_get(struct ctx *c, int64_t id, struct absence *ret_absence)
{
    struct sql_absence_get_row *row;
    size_t n;

    TRY(may(c, RIGHT_ABSENCE));
    TRY(sql_absence_get(c, id, &row, &n));
    if (n == 0 || row->removed)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this absence."));
    TRY(check_worker(c, row->worker, false));
    *ret_absence = take(row);
    return OK;
}

enum err absence_change(struct ctx *c, int64_t id, int64_t seen, const struct absence_form *f, bool remove)
{
    struct absence_form copy = *f;
    struct writing w = { .f = &copy, .id = id, .seen = seen, .remove = remove };
    struct absence old;

    TRY(absence_get(c, id, &old));
    TRY(check_worker(c, old.worker, true));
    copy.worker = old.worker;
    if (remove)
        copy = (struct absence_form){ old.worker, old.kind, old.from, old.until, old.ended };
    TRY(check_form(c, &copy));
    return db_tx(c, put, &w);
}

enum err absence_of(struct ctx *c, int64_t worker, struct absence **ret_absence, size_t *ret_n)
{
    struct sql_absence_get_row *row;
    struct absence *a;
    size_t n;

    TRY(check_worker(c, worker, false));
    TRY(sql_absence_of(c, worker, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *a, (void *)&a));
    for (size_t i = 0; i < n; i++)
        a[i] = take(&row[i]);
    *ret_absence = a;
    *ret_n = n;
    return OK;
}

enum err absence_between(struct ctx *c, int32_t from, int32_t to, struct absence **ret_absence, size_t *ret_n)
{
    struct sql_absence_between_row *row;
    struct absence *a;
    size_t n;

    TRY(sql_absence_between(c, from, to, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *a, (void *)&a));
    for (size_t i = 0; i < n; i++)
        a[i] = (struct absence){ row[i].id,       row[i].version,   row[i].worker,   row[i].kind,
                                 row[i].from_day, row[i].until_day, row[i].ended_day };
    *ret_absence = a;
    *ret_n = n;
    return OK;
}

/* ── The calendar of a team ───────────────────────────────────────────────────────────────────────────────
 */

static bool in_service(const struct worker *w, int32_t monday)
{
    return worker_serves(&w->f, monday) || worker_serves(&w->f, monday + ABSENCE_DAYS - 1);
}

enum err absence_calendar(struct ctx *c, int64_t team, int32_t day, struct absence_week *ret_week)
{
    struct absence_week week = { .monday = day - date_weekday(day) + 1 };
    struct absence *absence;
    struct worker *worker;
    size_t workers, n;

    TRY(may(c, RIGHT_ABSENCE));
    TRY(worker_read_all(c, team, &worker, &workers));
    TRY(absence_between(c, week.monday, week.monday + ABSENCE_DAYS - 1, &absence, &n));
    TRY(ctx_alloc(c, workers + 1, sizeof *week.line, (void *)&week.line));
    for (size_t i = 0; i < workers; i++) {
        struct absence_line *line = &week.line[week.n];
        if (!in_service(&worker[i], week.monday) || !absence_may_see(c, worker[i].id, worker[i].f.team))
            continue;
        *line = (struct absence_line){ .worker = worker[i].id, .name = worker[i].f.name };
        for (size_t k = 0; k < n; k++)
            for (int d = 0; d < ABSENCE_DAYS && absence[k].worker == worker[i].id; d++)
                if (absence_covers(&absence[k], week.monday + d, c->today))
                    line->day[d] = &absence[k];
        week.n++;
    }
    *ret_week = week;
    return OK;
}

/* ── Shares ───────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Sees persons: the board, and a lead of the own team. */
static bool sees_small_groups(const struct ctx *c, int64_t team)
{
    const struct actor *a = c->actor;

    return a->role == ROLE_BOARD || a->role == ROLE_SYSTEM ||
           (a->role == ROLE_TEAM_LEAD && (a->team == INT_NONE || a->team == team));
}

bool absence_may_count(const struct ctx *c, int64_t team, int64_t people)
{
    return people >= ABSENCE_GROUP || sees_small_groups(c, team);
}

static struct absence_share share_of(const struct fte_book *book, int64_t team, int32_t first, int32_t after)
{
    struct absence_share s = { .month = first };

    for (int32_t d = first; d < after; d++) {
        struct fte_day of = fte_of_day(book, team, d);
        s.days += of.people;
        s.sick_days += of.sick;
        s.people = of.people > s.people ? of.people : s.people;
    }
    return s;
}

enum err absence_shares(struct ctx *c, int64_t team, int32_t day, size_t n, struct absence_share *ret_share)
{
    struct civil at = date_to_civil(day);
    int32_t month = date_from_civil(at.year, at.month, 1), first = date_add_months(month, 1 - (int)n);
    struct fte_book book;

    TRY(may(c, RIGHT_FIGURES));
    TRY(fte_book_read(c, first, day, &book));
    for (size_t i = 0; i < n; i++) {
        int32_t from = date_add_months(first, (int)i), after = date_add_months(from, 1);
        ret_share[i] = share_of(&book, team, from, after > day + 1 ? day + 1 : after);
        ret_share[i].hidden = !absence_may_count(c, team, ret_share[i].people);
        if (ret_share[i].hidden) /* what is not shown does not leave the register */
            ret_share[i].people = ret_share[i].sick_days = ret_share[i].days = 0;
    }
    return OK;
}
