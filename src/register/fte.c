// SPDX-License-Identifier: EUPL-1.2
#include "register/fte.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

/* What holds on that day: the last row that begins on or before it. Rows of one worker by day, the newest
 * correction of a day last. 0 before the first. */
static int64_t fte_on(const struct fte_row *row, size_t n, int32_t day)
{
    int64_t fte = 0;

    for (size_t i = 0; i < n && row[i].from <= day; i++)
        fte = row[i].fte;
    return fte;
}

enum err fte_book_read(struct ctx *c, int32_t from, int32_t to, struct fte_book *ret_book)
{
    struct fte_book book = { .today = c->today };
    struct sql_worker_fte_all_row *row;
    struct fte_row *fte;
    struct absence *absence;
    struct worker *worker;

    TRY(worker_read_all(c, INT_NONE, &worker, &book.workers));
    TRY(sql_worker_fte_all(c, &row, &book.rows));
    TRY(ctx_alloc(c, book.rows + 1, sizeof *fte, (void *)&fte));
    for (size_t i = 0; i < book.rows; i++)
        fte[i] = (struct fte_row){ row[i].worker, row[i].from_day, row[i].fte, TIME_NONE, NULL };
    TRY(absence_between(c, from, to, &absence, &book.absences));
    book.worker = worker;
    book.row = fte;
    book.absence = absence;
    *ret_book = book;
    return OK;
}

/* The first row of a worker; rows are sorted by worker. */
static size_t first_row(const struct fte_book *b, int64_t worker)
{
    size_t low = 0, high = b->rows;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->row[middle].worker < worker)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t hours(const struct fte_book *b, const struct worker *w, int32_t day)
{
    size_t from = first_row(b, w->id), to = from;

    if (!worker_serves(&w->f, day))
        return 0;
    while (to < b->rows && b->row[to].worker == w->id)
        to++;
    return fte_on(b->row + from, to - from, day);
}

static const struct absence *absence_on(const struct fte_book *b, int64_t worker, int32_t day)
{
    size_t low = 0, high = b->absences;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->absence[middle].worker < worker)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < b->absences && b->absence[low].worker == worker; low++)
        if (absence_covers(&b->absence[low], day, b->today))
            return &b->absence[low];
    return NULL;
}

int64_t fte_of_worker(const struct fte_book *b, int64_t worker, int32_t day)
{
    for (size_t i = 0; i < b->workers; i++)
        if (b->worker[i].id == worker)
            return hours(b, &b->worker[i], day);
    return 0;
}

struct fte_day fte_of_day(const struct fte_book *b, int64_t team, int32_t day)
{
    struct fte_day d = { 0 };

    for (size_t i = 0; i < b->workers; i++) {
        const struct worker *w = &b->worker[i];
        if ((team != INT_NONE && w->f.team != team) || !worker_serves(&w->f, day))
            continue;
        const struct absence *a = absence_on(b, w->id, day);
        int64_t fte = hours(b, w, day);
        d.people++;
        d.actual += fte;
        d.hired += text_is(w->f.contract, "hired") ? fte : 0;
        d.present += a == NULL ? fte : 0;
        d.absent += a != NULL;
        d.sick += a != NULL && text_is(a->kind, "sick");
    }
    return d;
}

enum err fte_rows(struct ctx *c, int64_t worker, struct fte_row **ret_row, size_t *ret_n)
{
    struct sql_worker_fte_of_row *row;
    struct fte_row *f;
    size_t n;

    TRY(sql_worker_fte_of(c, worker, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *f, (void *)&f));
    for (size_t i = 0; i < n; i++)
        f[i] = (struct fte_row){ row[i].worker, row[i].from_day, row[i].fte, row[i].recorded_at, row[i].who };
    *ret_row = f;
    *ret_n = n;
    return OK;
}

enum err fte_put(struct ctx *c, int64_t worker, int32_t from, int64_t fte)
{
    struct sql_worker_fte_insert_args row = { worker, from, fte, c->now, c->actor->account };

    return sql_worker_fte_insert(c, &row);
}

struct addition {
    int64_t id, fte;
    int32_t from;
};

static enum err insert(struct ctx *c, void *arg)
{
    const struct addition *a = arg;

    return fte_put(c, a->id, a->from, a->fte);
}

enum err fte_add(struct ctx *c, int64_t worker, int32_t from, int64_t fte)
{
    struct addition a = { worker, fte, from };
    struct worker w;

    TRY(may(c, RIGHT_STAFF_EDIT));
    TRY(worker_get(c, worker, &w));
    if (from == DAY_NONE)
        return FAIL_FIELD("from", "%s", _("Fill in from which day."));
    if (from > c->today + 3660)
        return FAIL_FIELD("from", "%s", _("This date is too far ahead."));
    if (fte == INT_NONE || fte < 0 || fte > 150)
        return FAIL_FIELD("fte", "%s", _("Fill in hours as a part of a full working week, from 0 to 1.5."));
    return db_tx(c, insert, &a);
}

static enum err insert_established(struct ctx *c, void *arg)
{
    const struct addition *a = arg;

    struct sql_established_fte_insert_args row = { a->id, a->from, a->fte, c->now, c->actor->account };
    return sql_established_fte_insert(c, &row);
}

enum err fte_establish(struct ctx *c, int64_t team, int32_t from, int64_t fte)
{
    struct addition a = { team, fte, from };

    TRY(may(c, RIGHT_STAFF_EDIT));
    if (c->actor->role == ROLE_TEAM_LEAD && c->actor->team != INT_NONE && c->actor->team != team)
        return FAIL(E_NOT_FOUND, "%s", _("This team is not yours."));
    if (from == DAY_NONE)
        return FAIL_FIELD("from", "%s", _("Fill in from which day."));
    if (fte == INT_NONE || fte < 0 || fte > 100000)
        return FAIL_FIELD("fte", "%s", _("Fill in a number such as 12.5."));
    return db_tx(c, insert_established, &a);
}

enum err fte_established(struct ctx *c, int64_t team, int32_t day, int64_t *ret_fte)
{
    struct sql_established_fte_all_row *row;
    int64_t sum = INT_NONE;
    size_t n;

    TRY(sql_established_fte_all(c, &row, &n));
    for (size_t i = 0; i < n;) {
        int64_t of = row[i].team, fte = INT_NONE;
        for (; i < n && row[i].team == of; i++)
            if (row[i].from_day <= day)
                fte = row[i].fte;
        if ((team == INT_NONE || team == of) && fte != INT_NONE)
            sum = (sum == INT_NONE ? 0 : sum) + fte;
    }
    *ret_fte = sum;
    return OK;
}
