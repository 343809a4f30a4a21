// SPDX-License-Identifier: EUPL-1.2
#include "register/duplicate.h"

#include "register/duplicate_find.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/name_index.h"
#include "store/read_log.h"
#include "store/sql.h"

const char *duplicate_why_name(const struct ctx *c, enum duplicate_why why)
{
    static const char *const names[DUPLICATE_WHYS] = {
        [DUPLICATE_NAME_BIRTH] = N_("the same name and birth date"),
        [DUPLICATE_ALMOST] = N_("almost the same name, and the same birth date"),
        [DUPLICATE_PHONE] = N_("the same phone number"),
        [DUPLICATE_NAME] = N_("the same name"),
    };

    return _(names[why]);
}

/* ── What is known already, or out of sight ───────────────────────────────────────────────────────────────
 */

/* Whether this user may see the person; how many requests. */
static enum err seen(struct ctx *c, int64_t person, bool *ret_seen, int64_t *ret_requests)
{
    struct sql_person_reach_row reach = { 0 };
    enum err e = person_check(c, person);

    *ret_seen = e == OK;
    if (e != OK && e != E_NOT_FOUND)
        return e;
    err_clear(c);
    if (e != OK)
        return OK;
    TRY(sql_person_reach(c, person, INT_NONE, &reach));
    *ret_requests = reach.requests;
    return OK;
}

static enum err judged_apart(struct ctx *c, const int64_t *a, size_t an, const int64_t *b, size_t bn,
                             bool *ret_apart)
{
    for (size_t i = 0; i < an; i++) {
        struct sql_person_distinct_of_row *row;
        size_t n;
        TRY(sql_person_distinct_of(c, a[i], &row, &n));
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < bn; j++)
                *ret_apart = *ret_apart || row[k].other == b[j];
    }
    return OK;
}

static enum err is_open(struct ctx *c, struct duplicate *d, bool *ret_open)
{
    const int64_t *a, *b;
    size_t an, bn;
    bool apart = false, see_a = false, see_b = false;

    *ret_open = false;
    TRY(person_link_group(c, d->a, &a, &an));
    TRY(person_link_group(c, d->b, &b, &bn));
    if (a[0] == b[0])
        return OK;
    TRY(judged_apart(c, a, an, b, bn, &apart));
    if (apart)
        return OK;
    TRY(seen(c, d->a, &see_a, &d->requests[0]));
    if (see_a)
        TRY(seen(c, d->b, &see_b, &d->requests[1]));
    *ret_open = see_a && see_b;
    return OK;
}

static enum err look_up(struct ctx *c, struct duplicate *d)
{
    const int64_t person[2] = { d->a, d->b };

    for (int i = 0; i < 2; i++) {
        struct name_entry e;
        TRY(name_index_get(c, db_store(c->db), person[i], &e));
        d->name[i] = e.name;
        d->birth[i] = e.birth;
        d->phone[i] = e.phone;
    }
    return OK;
}

enum err duplicate_list(struct ctx *c, const struct duplicate **ret_pair, size_t *ret_n)
{
    struct look look = { c->actor != NULL ? c->actor->account : INT_NONE, "list", "duplicate", INT_NONE };
    struct name_pair *found;
    struct duplicate *pair;
    size_t n = 0, all;

    TRY(may(c, RIGHT_MERGE));
    TRY(read_log_add(c, &look));
    TRY(duplicate_find(c, &found, &all));
    TRY(ctx_alloc(c, DUPLICATES_MOST + 1, sizeof *pair, (void *)&pair));
    for (size_t i = 0; i < all && n < DUPLICATES_MOST; i++) {
        bool open;
        pair[n] =
            (struct duplicate){ .a = found[i].a, .b = found[i].b, .why = (enum duplicate_why)found[i].why };
        TRY(is_open(c, &pair[n], &open));
        if (!open)
            continue;
        TRY(look_up(c, &pair[n]));
        n++;
    }
    *ret_pair = pair;
    *ret_n = n;
    return OK;
}

/* ── What was judged ──────────────────────────────────────────────────────────────────────────────────────
 */

static enum err keep_seen(struct ctx *c, struct distinct_pair *p, size_t *n)
{
    size_t kept = 0;

    for (size_t i = 0; i < *n; i++) {
        const int64_t both[2] = { p[i].a, p[i].b };
        int64_t requests;
        bool a = false, b = false;
        const char **name;
        TRY(seen(c, p[i].a, &a, &requests));
        TRY(seen(c, p[i].b, &b, &requests));
        if (!a || !b)
            continue;
        TRY(person_names(c, both, 2, &name));
        p[kept] = p[i];
        p[kept].name[0] = name[0];
        p[kept++].name[1] = name[1];
    }
    *n = kept;
    return OK;
}

enum err duplicate_judged(struct ctx *c, const struct distinct_pair **ret_pair, size_t *ret_n)
{
    struct sql_person_distinct_all_row *row;
    struct distinct_pair *p;
    size_t n;

    TRY(may(c, RIGHT_MERGE));
    TRY(sql_person_distinct_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *p, (void *)&p));
    for (size_t i = 0; i < n; i++)
        p[i] = (struct distinct_pair){ .a = row[i].low, .b = row[i].high, .since = row[i].since };
    TRY(keep_seen(c, p, &n));
    *ret_pair = p;
    *ret_n = n;
    return OK;
}

enum err duplicate_joined(struct ctx *c, const struct distinct_pair **ret_pair, size_t *ret_n)
{
    struct sql_person_link_all_row *row;
    struct distinct_pair *p;
    size_t n;

    TRY(may(c, RIGHT_MERGE));
    TRY(sql_person_link_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *p, (void *)&p));
    for (size_t i = 0; i < n; i++)
        p[i] =
            (struct distinct_pair){ .a = row[i].person, .b = row[i].into_person, .since = row[i].linked_at };
    TRY(keep_seen(c, p, &n));
    *ret_pair = p;
    *ret_n = n;
    return OK;
}
