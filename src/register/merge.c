// SPDX-License-Identifier: EUPL-1.2
#include "register/merge.h"

#include "register/course.h"
#include "register/person_link.h"
#include "register/request.h"
#include "register/right.h"

#include <string.h>

#define DEEP 64 /* steps from a request to the one that stands for it: more is a mistake */

/* ── How it stands ────────────────────────────────────────────────────────────────────────────────────────
 */

enum err merge_fold(struct ctx *c, int64_t request, struct standing *s)
{
    struct sql_standing_children_row *row;
    size_t n;

    TRY(sql_standing_children(c, request, &row, &n));
    for (size_t i = 0; i < n; i++) {
        s->received_at = row[i].received_at < s->received_at ? row[i].received_at : s->received_at;
        s->heard_at = row[i].heard_at > s->heard_at ? row[i].heard_at : s->heard_at;
        if (s->started_at != TIME_NONE && row[i].started_at != TIME_NONE && row[i].started_at < s->started_at)
            s->started_at = row[i].started_at;
    }
    return OK;
}

/* Writes what a request takes over, and goes on with the one that stands for it. */
static enum err settle(struct ctx *c, int64_t request)
{
    for (int i = 0; i < DEEP && request != INT_NONE; i++) {
        struct course k;
        TRY(course_read(c, request, &k));
        TRY(merge_fold(c, request, &k.now));
        TRY(sql_standing_follow(c, request, k.now.received_at, k.now.heard_at, k.now.started_at));
        request = k.now.merged;
    }
    return OK;
}

enum err merge_before(struct ctx *c, int64_t request, struct merge_links *ret_links)
{
    struct sql_standing_link_row *row;
    size_t n;

    *ret_links = (struct merge_links){ .merged = INT_NONE };
    TRY(sql_standing_link(c, request, &row, &n));
    if (n > 0)
        *ret_links = (struct merge_links){ row[0].merged, row[0].merged != INT_NONE || row[0].children > 0 };
    return OK;
}

enum err merge_after(struct ctx *c, int64_t request, const struct standing *s,
                     const struct merge_links *before)
{
    if (before->any || s->merged != INT_NONE)
        TRY(settle(c, request));
    return before->merged != s->merged && before->merged != INT_NONE ? settle(c, before->merged) : OK;
}

enum err merge_children(struct ctx *c, int64_t request, const int64_t **ret_request, size_t *ret_n)
{
    int64_t *all;
    size_t n = 0;

    TRY(ctx_alloc(c, DEEP, sizeof *all, (void *)&all));
    for (size_t i = 0; i <= n; i++) {
        struct sql_standing_children_row *row;
        size_t more;
        TRY(sql_standing_children(c, i == 0 ? request : all[i - 1], &row, &more));
        if (n + more > DEEP)
            return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
        for (size_t k = 0; k < more; k++)
            all[n++] = row[k].request;
    }
    *ret_request = all;
    *ret_n = n;
    return OK;
}

/* ── Events of a request that another stands for ──────────────────────────────────────────────────────────
 */

static enum kind kind_of(const struct event *event, size_t n, int64_t seq)
{
    for (size_t i = 0; i < n; i++)
        if (event[i].seq == seq)
            return event[i].kind;
    return KINDS;
}

/* Taking back that something was taken apart would join without looking: join again instead. */
static bool joins_again(const struct event *event, size_t n)
{
    const struct event *last = &event[n - 1];
    int64_t target = INT_NONE;

    if (last->kind != KIND_UNDONE)
        return false;
    for (size_t i = 0; i + 1 < n; i++)
        if (event[i].seq == last->number && event[i].kind == KIND_UNDONE)
            target = event[i].number;
    return target != INT_NONE && kind_of(event, n, target) == KIND_MERGED;
}

enum err merge_check_event(struct ctx *c, const struct event *event, size_t n, int64_t merged)
{
    enum kind kind = event[n - 1].kind;
    struct standing with, without;
    struct event *copy;

    if (joins_again(event, n))
        return FAIL(E_CONFLICT, "%s", _("Join the two requests again instead."));
    if (merged == INT_NONE)
        return OK;
    if (kind == KIND_MERGED || (kind == KIND_UNDONE && kind_of(event, n, event[n - 1].number) == KIND_MERGED))
        return OK;
    TRY(ctx_alloc(c, n, sizeof *copy, (void *)&copy));
    memcpy(copy, event, n * sizeof *copy);
    standing_replay(copy, n - 1, &with);
    memcpy(copy, event, n * sizeof *copy);
    standing_replay(copy, n, &without);
    bool moves = with.state != without.state || with.started_at != without.started_at ||
                 with.ended_at != without.ended_at || with.merged != without.merged;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) /* as if nobody had joined them */
        if (copy[i].kind != KIND_MERGED || copy[i].undone)
            copy[kept++] = copy[i];
    if (moves || standing_replay(copy, kept, &without) != 0)
        return FAIL(E_CONFLICT, _("This request was joined with request %lld. Write it down there."),
                    (long long)merged);
    return OK;
}

/* ── Joining ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* The request that stands for this one; itself when none does. */
static enum err top_of(struct ctx *c, int64_t request, int64_t *ret_top)
{
    struct merge_links links;

    for (int i = 0; i < DEEP; i++) {
        TRY(merge_before(c, request, &links));
        if (links.merged == INT_NONE) {
            *ret_top = request;
            return OK;
        }
        request = links.merged;
    }
    return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
}

static enum err check_same_person(struct ctx *c, const struct sql_request_get_row *a,
                                  const struct sql_request_get_row *b)
{
    int64_t top_a, top_b;

    if (a->person == INT_NONE || b->person == INT_NONE)
        return FAIL(E_CONFLICT, "%s", _("Nobody knows whose request this is, so it cannot be joined."));
    TRY(person_link_top(c, a->person, &top_a));
    TRY(person_link_top(c, b->person, &top_b));
    if (top_a != top_b)
        return FAIL(E_CONFLICT, "%s",
                    _("These requests are of two different people. First join the people."));
    return OK;
}

/* Help that has started goes on; else who asked first. */
static bool first_stays(const struct sql_request_get_row *a, const struct sql_request_get_row *b)
{
    bool a_started = a->started_at != TIME_NONE, b_started = b->started_at != TIME_NONE;

    if (a_started != b_started)
        return a_started;
    if (a->received_at != b->received_at)
        return a->received_at < b->received_at;
    return a->id < b->id;
}

struct joining {
    const struct merge_form *f;
    int64_t kept;
};

static enum err join(struct ctx *c, void *arg)
{
    struct joining *j = arg;
    struct sql_request_get_row a, b;
    int64_t top_a, top_b;

    TRY(sql_request_get(c, j->f->a, &a));
    TRY(sql_request_get(c, j->f->b, &b));
    if ((j->f->seen_a >= 0 && j->f->seen_a != a.version) || (j->f->seen_b >= 0 && j->f->seen_b != b.version))
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this request in the meantime. Look at the new state first."));
    TRY(top_of(c, j->f->a, &top_a));
    TRY(top_of(c, j->f->b, &top_b));
    if (top_a == top_b)
        return FAIL(E_CONFLICT, "%s", _("These two are joined already."));
    TRY(sql_request_get(c, top_a, &a));
    TRY(sql_request_get(c, top_b, &b));
    TRY(check_same_person(c, &a, &b));
    bool first = first_stays(&a, &b);
    struct request_change ch = {
        .id = { first ? b.id : a.id }, .version = -1, .e = EVENT_NONE, .note = j->f->note
    };
    ch.e.kind = KIND_MERGED;
    ch.e.occurred_at = c->now;
    ch.e.object = j->kept = first ? a.id : b.id;
    return request_change(c, &ch);
}

enum err merge_add(struct ctx *c, const struct merge_form *f, int64_t *ret_kept)
{
    struct joining j = { .f = f };

    TRY(may(c, RIGHT_MERGE));
    TRY(db_tx(c, join, &j));
    *ret_kept = j.kept;
    return OK;
}

/* ── Taking apart ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err part(struct ctx *c, int64_t request, int64_t seen)
{
    struct request_change ch = { .id = { request }, .version = seen, .e = EVENT_NONE };
    struct course k;

    TRY(course_read(c, request, &k));
    ch.e.kind = KIND_UNDONE;
    ch.e.occurred_at = c->now;
    for (size_t i = 0; i < k.n; i++)
        if (k.event[i].kind == KIND_MERGED && !k.event[i].undone)
            ch.e.number = k.event[i].seq;
    if (ch.e.number == INT_NONE)
        return FAIL(E_CONFLICT, "%s", _("This request is not joined with another (any more)."));
    return request_change(c, &ch);
}

struct parting {
    int64_t request, seen;
};

static enum err part_one(struct ctx *c, void *arg)
{
    const struct parting *p = arg;
    struct sql_request_get_row row;

    TRY(sql_request_get(c, p->request, &row)); /* within scope? */
    return part(c, p->request, p->seen);
}

enum err merge_end(struct ctx *c, int64_t request, int64_t seen)
{
    struct parting p = { request, seen };

    TRY(may(c, RIGHT_MERGE));
    return db_tx(c, part_one, &p);
}

static bool among(int64_t v, const int64_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == v)
            return true;
    return false;
}

/* The requests of one registration: those that stand under a request of the other side, or over one. */
static enum err part_person(struct ctx *c, int64_t mine, const int64_t *person, size_t n)
{
    struct sql_person_merged_row *row;
    size_t rows;

    TRY(sql_person_merged(c, mine, &row, &rows));
    for (size_t i = 0; i < rows; i++)
        if (among(row[i].a, person, n) != among(row[i].b, person, n))
            TRY(part(c, row[i].request, -1));
    return OK;
}

enum err merge_end_between(struct ctx *c, const int64_t *person, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(part_person(c, person[i], person, n));
    return OK;
}
