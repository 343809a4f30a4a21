// SPDX-License-Identifier: EUPL-1.2
#include "register/household.h"

#include "base/text.h"
#include "register/history.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

#define GROWN_UP 18

const struct code_name household_roles[] = {
    { "adult", N_("Adult") },
    { "partner", N_("Partner") },
    { "parent", N_("Parent") },
    { "child", N_("Child") },
    { "grandparent", N_("Grandparent") },
    { "sibling", N_("Brother or sister") },
    { "other", N_("Someone else") },
};
const size_t household_role_count = COUNT(household_roles);

int64_t years_old(int32_t birth, int32_t day)
{
    if (birth == DAY_NONE || day == DAY_NONE)
        return INT_NONE;
    struct civil a = date_to_civil(birth), b = date_to_civil(day);
    return b.year - a.year - (b.month < a.month || (b.month == a.month && b.day < a.day));
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* A sealed housemate, or one whom this account must not see, has no name here: who left a house because of
 * someone must not be found through it. */
static enum err is_hidden(struct ctx *c, int64_t person, bool *ret_hidden)
{
    struct sql_household_hidden_row row = { 0 };

    *ret_hidden = false;
    if (c->scope == NULL || c->scope->all == 2)
        return OK;
    TRY(sql_household_hidden(c, person, c->scope->account, &row));
    if (row.blocked == 0 && row.sealed == 0)
        return OK;
    enum err e = row.blocked > 0 ? E_NOT_FOUND : person_check(c, person);
    *ret_hidden = e != OK;
    err_clear(c);
    return e == E_NOT_FOUND || e == E_FORBIDDEN ? OK : e;
}

static enum err fill_who(struct ctx *c, struct household_member *m)
{
    struct identity who = { 0 };

    m->birth = DAY_NONE;
    m->name = "";
    m->age = INT_NONE;
    TRY(is_hidden(c, m->person, &m->hidden));
    m->child = text_is(m->role, "child");
    if (m->hidden)
        return OK;
    enum err e = person_get(c, m->person, &who);

    if (e == E_NOT_FOUND)
        err_clear(c); /* erased: nobody knows who lived there */
    else if (e != OK)
        return e;
    m->name = who.name != NULL ? who.name : "";
    if (who.birth == NULL || !date_scan(who.birth, strlen(who.birth), &m->birth))
        m->birth = DAY_NONE;
    m->age = years_old(m->birth, m->ends_on != DAY_NONE && m->ends_on < c->today ? m->ends_on : c->today);
    if (m->age != INT_NONE)
        m->child = m->age < GROWN_UP;
    return OK;
}

static int by_presence(const void *pa, const void *pb)
{
    const struct household_member *a = pa, *b = pb;
    bool a_left = a->ends_on != DAY_NONE, b_left = b->ends_on != DAY_NONE;

    if (a_left != b_left)
        return a_left ? 1 : -1;
    if (a->birth != b->birth) /* unknown is far in the past: those stand first */
        return a->birth < b->birth ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static bool among(int64_t v, const int64_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == v)
            return true;
    return false;
}

static enum err fill_household(struct ctx *c, int64_t id, const int64_t *self, size_t selves,
                               struct household *h)
{
    struct sql_household_members_row *row;
    struct household_member *m;

    TRY(sql_household_members(c, id, &row, &h->n));
    TRY(ctx_alloc(c, h->n + 1, sizeof *m, (void *)&m));
    for (size_t i = 0; i < h->n; i++) {
        m[i] = (struct household_member){ .id = row[i].id,
                                          .person = row[i].person,
                                          .role = row[i].role,
                                          .starts_on = row[i].starts_on,
                                          .ends_on = row[i].ends_on,
                                          .self = among(row[i].person, self, selves) };
        TRY(fill_who(c, &m[i]));
        h->now += m[i].ends_on == DAY_NONE;
    }
    qsort(m, h->n, sizeof *m, by_presence);
    h->id = id;
    h->member = m;
    return OK;
}

enum err household_of(struct ctx *c, int64_t person, const struct household **ret_household, size_t *ret_n)
{
    struct household *h;
    const int64_t *all;
    size_t group, n = 0, room = 0;

    TRY(person_link_group(c, person, &all, &group));
    enum { HOUSEHOLDS = 20 };
    TRY(ctx_alloc(c, HOUSEHOLDS, sizeof *h, (void *)&h));
    for (int left = 0; left < 2; left++) /* the present ones first */
        for (size_t i = 0; i < group; i++) {
            struct sql_household_by_person_row *row;
            TRY(sql_household_by_person(c, all[i], &row, &room));
            for (size_t k = 0; k < room && n < HOUSEHOLDS; k++) {
                bool known = (row[k].ends_on != DAY_NONE) != (left == 1);
                for (size_t j = 0; j < n; j++)
                    known = known || h[j].id == row[k].household;
                if (known)
                    continue;
                h[n].version = row[k].version;
                TRY(fill_household(c, row[k].household, all, group, &h[n++]));
            }
        }
    *ret_household = h;
    *ret_n = n;
    return OK;
}

static bool lives_there(const struct household *h)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->member[i].self && h->member[i].ends_on == DAY_NONE)
            return true;
    return false;
}

enum err household_sum_of(struct ctx *c, int64_t person, struct household_sum *ret_sum)
{
    struct household_sum s = { .youngest = INT_NONE };
    const struct household *h;
    size_t n;

    TRY(household_of(c, person, &h, &n));
    for (size_t i = 0; i < n; i++) {
        if (!lives_there(&h[i]))
            continue;
        for (size_t k = 0; k < h[i].now; k++) {
            const struct household_member *m = &h[i].member[k];
            if (m->self)
                continue;
            s.others++;
            s.children += m->child;
            if (m->child && m->age != INT_NONE && (s.youngest == INT_NONE || m->age < s.youngest))
                s.youngest = m->age;
        }
    }
    *ret_sum = s;
    return OK;
}

/* ── Changing ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err step(struct ctx *c, int64_t household, int64_t seen, const char *kind, int64_t person,
                     int32_t day)
{
    struct history_of of = { "household", household, INT_NONE, seen };
    struct happening h = HAPPENING_NONE;
    int64_t version;

    h.kind = kind;
    h.number = person;
    h.occurred_at = day == c->today ? c->now : time_of_nl_day(day, 0);
    TRY(history_add(c, &of, &h, &version));
    return sql_household_version(c, household, version);
}

/* The household where the person lives now; a new one when there is none. */
static enum err find_or_make(struct ctx *c, const struct household_form *f, int64_t *ret_household,
                             int64_t *ret_seen)
{
    struct sql_household_insert_row made;
    const struct household *h;
    int64_t top;
    size_t n;

    TRY(household_of(c, f->person, &h, &n));
    for (size_t i = 0; i < n; i++)
        if (lives_there(&h[i])) {
            for (size_t k = 0; k < h[i].now; k++)
                if (h[i].member[k].person == f->known)
                    return FAIL_FIELD("known", "%s", _("This person lives here already."));
            *ret_household = h[i].id;
            *ret_seen = f->seen;
            return OK;
        }
    if (f->seen > 0)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this household in the meantime. Look at it first."));
    TRY(person_link_top(c, f->person, &top));
    TRY(sql_household_insert(c, f->from, &made));
    TRY(sql_household_member_insert(c, made.id, top, text_empty(f->own_role) ? "adult" : f->own_role,
                                    f->from));
    TRY(step(c, made.id, 0, "joined", top, f->from));
    *ret_household = made.id;
    *ret_seen = 1;
    return OK;
}

static enum err add(struct ctx *c, void *arg)
{
    const struct household_form *f = arg;
    int64_t household, seen, person = f->known;

    TRY(person_check(c, f->person));
    if (person != INT_NONE)
        TRY(person_check(c, person));
    TRY(find_or_make(c, f, &household, &seen));
    if (person == INT_NONE)
        TRY(person_add(c, &f->who, &person));
    TRY(sql_household_member_insert(c, household, person, f->role, f->from));
    return step(c, household, seen, "joined", person, f->from);
}

enum err household_add(struct ctx *c, const struct household_form *f)
{
    struct household_form copy = *f;
    int32_t born = DAY_NONE;

    TRY(may(c, RIGHT_HOUSEHOLD));
    if (f->known == INT_NONE && text_empty(f->who.name))
        return FAIL_FIELD("name", "%s", _("Fill in a name."));
    if (f->known == f->person)
        return FAIL_FIELD("known", "%s", _("This is the resident."));
    if (!code_known(household_roles, household_role_count, f->role))
        return FAIL_FIELD("role", "%s", _("Choose one of the list."));
    if (f->from == DAY_NONE || f->from > c->today)
        return FAIL_FIELD("from", "%s", _("Fill in since when, today at the latest."));
    if (f->who.birth != NULL && date_scan(f->who.birth, strlen(f->who.birth), &born) && born > c->today)
        return FAIL_FIELD("birth", "%s", _("This date is in the future."));
    return db_tx(c, add, &copy);
}

struct leaving {
    int64_t member, seen;
    int32_t day;
};

static enum err leave(struct ctx *c, void *arg)
{
    const struct leaving *l = arg;
    struct sql_household_member_get_row row;

    TRY(sql_household_member_get(c, l->member, &row));
    TRY(person_check(c, row.person));
    if (row.ends_on != DAY_NONE)
        return FAIL(E_CONFLICT, "%s", _("It was written down already that this person left."));
    if (l->day < row.starts_on)
        return FAIL_FIELD("day", "%s", _("This is before the day on which this person came to live here."));
    TRY(sql_household_member_end(c, l->member, l->day));
    return step(c, row.household, l->seen, "left", row.person, l->day);
}

enum err household_leave(struct ctx *c, int64_t member, int64_t seen, int32_t day)
{
    struct leaving l = { member, seen, day };

    TRY(may(c, RIGHT_HOUSEHOLD));
    if (day == DAY_NONE || day > c->today)
        return FAIL_FIELD("day", "%s", _("Fill in on which day, today at the latest."));
    return db_tx(c, leave, &l);
}
