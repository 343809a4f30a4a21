// SPDX-License-Identifier: EUPL-1.2
#include "register/person_link.h"

#include "base/text.h"
#include "register/access_claim.h"
#include "register/history.h"
#include "register/merge.h"
#include "register/person.h"
#include "register/right.h"
#include "store/sql.h"

#define GROUP_MAX 64 /* registrations of one person: more is a mistake */

/* ── Groups ───────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err person_link_top(struct ctx *c, int64_t person, int64_t *ret_person)
{
    int64_t at = person;

    for (int i = 0; i < GROUP_MAX; i++) {
        struct sql_person_link_up_row *up;
        size_t n;
        TRY(sql_person_link_up(c, at, &up, &n));
        if (n == 0) {
            *ret_person = at;
            return OK;
        }
        at = up[0].into_person;
    }
    return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
}

/* The person and everyone who stands under it. */
static enum err below(struct ctx *c, int64_t person, int64_t **ret_person, size_t *ret_n)
{
    int64_t *all;
    size_t n = 1;

    TRY(ctx_alloc(c, GROUP_MAX, sizeof *all, (void *)&all));
    all[0] = person;
    for (size_t i = 0; i < n; i++) {
        struct sql_person_link_down_row *down;
        size_t more;
        TRY(sql_person_link_down(c, all[i], &down, &more));
        for (size_t k = 0; k < more; k++) {
            if (n == GROUP_MAX)
                return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
            all[n++] = down[k].person;
        }
    }
    *ret_person = all;
    *ret_n = n;
    return OK;
}

enum err person_link_group(struct ctx *c, int64_t person, const int64_t **ret_person, size_t *ret_n)
{
    int64_t top, *all;

    TRY(person_link_top(c, person, &top));
    TRY(below(c, top, &all, ret_n));
    *ret_person = all;
    return OK;
}

/* ── Who may be seen ──────────────────────────────────────────────────────────────────────────────────────
 */

static enum err any_request(struct ctx *c, int64_t person, bool *ret_seen, bool *ret_any)
{
    struct sql_person_reach_row reach;

    TRY(sql_person_reach(c, person, c->scope->account, &reach));
    *ret_any = reach.requests > 0 || reach.blocked > 0;
    *ret_seen = false;
    if (reach.blocked > 0)
        return OK;
    enum err e = person_visible(c, person);
    *ret_seen = e == OK;
    err_clear(c);
    return e == E_NOT_FOUND ? OK : e;
}

/* Someone who asks nothing is seen by who sees the whole register, or someone of the same household. */
static enum err through_household(struct ctx *c, int64_t person, bool *ret_seen)
{
    struct sql_person_housemates_row *row;
    size_t n;
    bool any;

    *ret_seen = c->scope->all != 0;
    TRY(sql_person_housemates(c, person, &row, &n));
    for (size_t i = 0; i < n && !*ret_seen; i++)
        TRY(any_request(c, row[i].person, ret_seen, &any));
    return OK;
}

enum err person_check(struct ctx *c, int64_t person)
{
    struct sql_person_exists_row *row;
    const int64_t *all;
    bool seen = false, any = false;
    size_t n, group;

    TRY(may(c, RIGHT_REQUEST));
    TRY(sql_person_exists(c, person, &row, &n));
    TRY(person_link_group(c, person, &all, &group));
    for (size_t i = 0; n > 0 && i < group && !seen; i++) {
        bool has;
        TRY(any_request(c, all[i], &seen, &has));
        any = any || has;
    }
    if (n > 0 && !seen && !any)
        TRY(through_household(c, person, &seen));
    return seen ? OK : FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
}

/* ── Joining and taking apart ─────────────────────────────────────────────────────────────────────────────
 */

static enum err remember(struct ctx *c, int64_t person, const char *kind, int64_t other)
{
    struct history_of of = { "person", person, person, -1 };
    struct happening h = HAPPENING_NONE;
    int64_t version;

    h.kind = kind;
    h.number = other;
    h.occurred_at = c->now;
    return history_add(c, &of, &h, &version);
}

static enum err check_distinct(struct ctx *c, const int64_t *a, size_t an, const int64_t *b, size_t bn)
{
    for (size_t i = 0; i < an; i++) {
        struct sql_person_distinct_of_row *row;
        size_t n;
        TRY(sql_person_distinct_of(c, a[i], &row, &n));
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < bn; j++)
                if (row[k].other == b[j])
                    return FAIL(E_CONFLICT, "%s",
                                _("Someone judged that these are two people. Take that back first."));
    }
    return OK;
}

struct pair {
    int64_t a, b;
};

static enum err link_pair(struct ctx *c, void *arg)
{
    const struct pair *p = arg;
    const int64_t *a, *b;
    size_t an, bn;

    TRY(person_check(c, p->a));
    TRY(person_check(c, p->b));
    TRY(person_link_group(c, p->a, &a, &an));
    TRY(person_link_group(c, p->b, &b, &bn));
    if (a[0] == b[0])
        return FAIL(E_CONFLICT, "%s", _("These two are joined already."));
    if (an + bn > GROUP_MAX)
        return FAIL(E_CONFLICT, "%s", _("Too many registrations for one person."));
    TRY(check_distinct(c, a, an, b, bn));
    TRY(sql_person_link_insert(c, b[0], a[0], c->now, c->actor->account));
    TRY(remember(c, a[0], "joined", b[0]));
    TRY(remember(c, b[0], "joined", a[0]));
    return access_claim_settle(c, a[0]);
}

enum err person_link_add(struct ctx *c, int64_t kept, int64_t other)
{
    struct pair p = { kept, other };

    TRY(may(c, RIGHT_MERGE));
    if (kept == other)
        return FAIL(E_CONFLICT, "%s", _("These two are joined already."));
    return db_tx(c, link_pair, &p);
}

static enum err unlink_one(struct ctx *c, void *arg)
{
    const int64_t *person = arg;
    struct sql_person_link_up_row *up;
    int64_t *mine;
    size_t n, mine_n;

    TRY(person_check(c, *person));
    TRY(sql_person_link_up(c, *person, &up, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s", _("This registration is not joined with another (any more)."));
    TRY(below(c, *person, &mine, &mine_n));
    TRY(merge_end_between(c, mine, mine_n));
    TRY(sql_person_link_end(c, *person, c->now, c->actor->account));
    TRY(remember(c, *person, "split", up[0].into_person));
    TRY(remember(c, up[0].into_person, "split", *person));
    TRY(access_claim_settle(c, *person));
    return access_claim_settle(c, up[0].into_person);
}

enum err person_link_end(struct ctx *c, int64_t person)
{
    TRY(may(c, RIGHT_MERGE));
    return db_tx(c, unlink_one, &person);
}

static enum err put_distinct(struct ctx *c, void *arg)
{
    const struct pair *p = arg;
    int64_t top_a, top_b;

    TRY(person_check(c, p->a));
    TRY(person_check(c, p->b));
    TRY(person_link_top(c, p->a, &top_a));
    TRY(person_link_top(c, p->b, &top_b));
    if (top_a == top_b)
        return FAIL(E_CONFLICT, "%s", _("These two are joined already."));
    TRY(remember(c, p->a, "distinct", p->b));
    TRY(remember(c, p->b, "distinct", p->a));
    return sql_person_distinct_put(c, p->a < p->b ? p->a : p->b, p->a < p->b ? p->b : p->a, c->now,
                                   c->actor->account);
}

enum err person_distinct_add(struct ctx *c, int64_t a, int64_t b)
{
    struct pair p = { a, b };

    TRY(may(c, RIGHT_MERGE));
    return db_tx(c, put_distinct, &p);
}

static enum err take_distinct(struct ctx *c, void *arg)
{
    const struct pair *p = arg;

    TRY(person_check(c, p->a));
    TRY(person_check(c, p->b));
    TRY(remember(c, p->a, "distinct_ended", p->b));
    TRY(remember(c, p->b, "distinct_ended", p->a));
    return sql_person_distinct_delete(c, p->a < p->b ? p->a : p->b, p->a < p->b ? p->b : p->a);
}

enum err person_distinct_end(struct ctx *c, int64_t a, int64_t b)
{
    struct pair p = { a, b };

    TRY(may(c, RIGHT_MERGE));
    return db_tx(c, take_distinct, &p);
}
