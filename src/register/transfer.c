// SPDX-License-Identifier: EUPL-1.2
#include "register/transfer.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "register/worker.h"
#include "store/sql.h"

#include <assert.h>

const struct code_name transfer_outcomes[] = {
    { "transferred", N_("Handed over") },
    { "ended", N_("Help has ended") },
    { "refused", N_("The resident does not want it") },
    { "elsewhere", N_("Goes somewhere else") },
    { "lost", N_("Lost out of sight") },
};
const size_t transfer_outcome_count = COUNT(transfer_outcomes);
const struct code_name transfer_not_informed[] = {
    { "by_phone", N_("Told by phone, does not read letters") },
    { "in_person", N_("Told in person") },
    { "unsafe", N_("A letter is not safe") },
    { "no_address", N_("No address known") },
    { "other", N_("Another reason") },
};
const size_t transfer_not_informed_count = COUNT(transfer_not_informed);
const struct code_name transfer_exceptions[] = {
    { "treatment", N_("A treatment is finished first") },
    { "provider_later", N_("The provider is later") },
    { "resident_wish", N_("The resident asks for later") },
    { "no_capacity", N_("No place in the new team") },
    { "court", N_("A court decides first") },
    { "other", N_("Another reason") },
};
const size_t transfer_exception_count = COUNT(transfer_exceptions);

static_assert(TRANSFER_OUTCOMES == COUNT(transfer_outcomes), "one count for each");

enum err transfer_all(struct ctx *c, struct transfer_line **ret_line, size_t *ret_n)
{
    struct sql_transfer_all_row *row;
    struct transfer_line *l;
    size_t n;

    TRY(may(c, RIGHT_TRANSFER));
    TRY(sql_transfer_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *l, (void *)&l));
    for (size_t i = 0; i < n; i++)
        l[i] = (struct transfer_line){ { row[i].id, row[i].team, row[i].name, row[i].from_name,
                                         row[i].to_name, row[i].starts_on, row[i].due_on },
                                       row[i].members,
                                       row[i].open };
    *ret_line = l;
    *ret_n = n;
    return OK;
}

enum err transfer_get(struct ctx *c, int64_t id, struct transfer *ret_transfer)
{
    struct sql_transfer_get_row *row;
    size_t n;

    TRY(may(c, RIGHT_TRANSFER));
    TRY(sql_transfer_get(c, id, &row, &n));
    if (n == 0)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this hand-over list."));
    *ret_transfer = (struct transfer){ row->id,      row->team,      row->name,  row->from_name,
                                       row->to_name, row->starts_on, row->due_on };
    return OK;
}

struct addition {
    const struct transfer_form *f;
    int64_t id;
};

static enum err insert(struct ctx *c, void *arg)
{
    struct addition *a = arg;
    struct sql_transfer_insert_row added;
    int64_t from, to;

    TRY(employer_find_or_add(c, a->f->from, "provider", &from));
    TRY(employer_find_or_add(c, a->f->to, "own", &to));
    struct sql_transfer_insert_args row = { a->f->name,   from,      to,     a->f->team,
                                            a->f->starts, a->f->due, c->now, c->actor->account };
    TRY(sql_transfer_insert(c, &row, &added));
    a->id = added.id;
    return OK;
}

static enum err check_name(struct ctx *c, const char *name)
{
    struct sql_transfer_all_row *row;
    size_t n;

    if (text_empty(name))
        return FAIL_FIELD("name", "%s", _("Fill in a name, such as the provider and the day."));
    TRY(sql_transfer_all(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (text_is(row[i].name, name))
            return FAIL_FIELD("name", "%s", _("There is a list of this name already."));
    return OK;
}

enum err transfer_add(struct ctx *c, const struct transfer_form *f, int64_t *ret_id)
{
    struct addition a = { .f = f };

    TRY(may(c, RIGHT_TRANSFER));
    TRY(may(c, RIGHT_ALLOCATE));
    TRY(check_name(c, f->name));
    if (text_empty(f->from))
        return FAIL_FIELD("from", "%s", _("Fill in which organisation hands over."));
    if (text_empty(f->to))
        return FAIL_FIELD("to", "%s", _("Fill in which organisation takes over."));
    if (text_is(f->from, f->to))
        return FAIL_FIELD("to", "%s", _("Two different organisations are needed."));
    if (f->starts == DAY_NONE)
        return FAIL_FIELD("starts", "%s", _("Fill in on which day the hand-over begins."));
    if (f->due == DAY_NONE || f->due <= f->starts || f->due > f->starts + 3660)
        return FAIL_FIELD("due", "%s", _("Fill in a day after the beginning."));
    TRY(db_tx(c, insert, &a));
    *ret_id = a.id;
    return OK;
}

/* ── How far it is ────────────────────────────────────────────────────────────────────────────────────────
 */

static void count_member(const struct transfer *t, const struct sql_transfer_members_row *m, int32_t today,
                         struct transfer_progress *p)
{
    struct member_facts f = { .outcome = m->outcome, .exception = m->exception };

    p->open += m->outcome == NULL;
    p->overdue += member_overdue(t, &f, today);
    p->exceptions += m->outcome == NULL && m->exception != NULL;
    p->not_informed += m->informed_on == DAY_NONE && m->not_informed == NULL;
    p->chose_to_wait += m->waits_until != DAY_NONE;
    p->agreed +=
        m->agreed_resident != DAY_NONE && m->agreed_provider != DAY_NONE && m->agreed_team != DAY_NONE;
    for (size_t i = 0; i < transfer_outcome_count; i++)
        p->outcome[i] += text_is(m->outcome, transfer_outcomes[i].code);
    if (text_is(m->outcome, "transferred") && m->kept_worker != INT_NONE) {
        p->transferred_known++;
        p->kept += m->kept_worker == 1;
    }
}

static enum err weeks_fill(struct ctx *c, const struct transfer *t, const struct sql_transfer_members_row *m,
                           size_t n, struct transfer_progress *p)
{
    int32_t first = t->starts - date_weekday(t->starts) + 7, last = c->today > t->due ? c->today : t->due;

    for (size_t i = 0; i < n; i++) /* after the last outcome nothing changes */
        if (p->open == 0 && m[i].outcome_on > t->due && m[i].outcome_on < last)
            last = m[i].outcome_on > t->due ? m[i].outcome_on : last;
    last = last > t->due + 366 ? t->due + 366 : last;
    p->weeks = (size_t)(last - first + 6) / 7 + 1;
    TRY(ctx_alloc(c, p->weeks, sizeof *p->week, (void *)&p->week));
    for (size_t w = 0; w < p->weeks; w++) {
        struct transfer_week *week = &p->week[w];
        *week = (struct transfer_week){ .sunday = first + 7 * (int32_t)w, .left = (int64_t)n };
        for (size_t i = 0; i < n; i++)
            week->left -= m[i].outcome != NULL && m[i].outcome_on <= week->sunday;
        if (week->sunday - 6 > c->today)
            week->left = INT_NONE;
        week->planned =
            week->sunday >= t->due ? 0 : (int64_t)n * (t->due - week->sunday) / (t->due - t->starts);
    }
    return OK;
}

enum err transfer_progress(struct ctx *c, const struct transfer *t, struct transfer_progress *ret_progress)
{
    struct transfer_progress p = { 0 };
    struct sql_transfer_members_row *row;
    size_t n;

    if (c->actor == NULL || !role_may(c->actor->role, RIGHT_FIGURES))
        TRY(may(c, RIGHT_TRANSFER));
    TRY(sql_transfer_members(c, t->id, INT_NONE, &row, &n));
    p.members = (int64_t)n;
    for (size_t i = 0; i < n; i++)
        count_member(t, &row[i], c->today, &p);
    TRY(weeks_fill(c, t, row, n, &p));
    *ret_progress = p;
    return OK;
}
