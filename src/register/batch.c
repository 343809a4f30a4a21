// SPDX-License-Identifier: EUPL-1.2
#include "register/batch.h"

#include "base/date.h"
#include "base/text.h"
#include "register/request.h"
#include "register/right.h"
#include "register/worker.h"
#include "store/sql.h"

enum err batch_begin(struct ctx *c, const char *kind, int64_t *ret_batch)
{
    struct sql_batch_insert_row row;

    TRY(sql_batch_insert(c, kind, c->actor->account, c->now, &row));
    *ret_batch = row.id;
    return OK;
}

enum err batch_put(struct ctx *c, int64_t batch, int64_t request, int64_t seq)
{
    return sql_batch_item_insert(c, batch, request, seq);
}

static bool is_fresh(const struct ctx *c, const struct sql_batch_get_row *row)
{
    return row->undone_at == TIME_NONE && row->made_at + BATCH_HOURS * 3600 > c->now;
}

enum err batch_can_undo(struct ctx *c, int64_t batch, bool *ret_can)
{
    struct sql_batch_get_row row;
    enum err e = sql_batch_get(c, batch, &row);

    *ret_can = false;
    if (e == E_NOT_FOUND) {
        err_clear(c);
        return OK;
    }
    TRY(e);
    *ret_can = c->actor != NULL && row.account == c->actor->account && is_fresh(c, &row);
    return OK;
}

struct undo {
    int64_t batch;
    size_t n;
};

/* Nobody gets a case back who has a last day meanwhile: then it would be left without a worker. */
static enum err check_worker(struct ctx *c, int64_t request)
{
    struct sql_request_get_row row;
    struct worker w;

    TRY(sql_request_get(c, request, &row));
    if (row.worker == INT_NONE || row.ended_at != TIME_NONE)
        return OK;
    TRY(worker_read(c, row.worker, &w));
    if (w.f.ended != DAY_NONE)
        return FAIL(E_CONFLICT, _("%s leaves and cannot get this case back. Take the last day away first."),
                    w.f.name);
    return OK;
}

static enum err undo(struct ctx *c, void *arg)
{
    struct undo *u = arg;
    struct sql_batch_get_row row;
    struct sql_batch_items_row *item;

    TRY(sql_batch_get(c, u->batch, &row));
    if (row.account != c->actor->account)
        return FAIL(E_FORBIDDEN, "%s", _("Someone else did this. Ask them to undo it."));
    if (!is_fresh(c, &row))
        return FAIL(E_CONFLICT, "%s",
                    _("This can no longer be undone at once. Correct each request by itself."));
    TRY(sql_batch_items(c, u->batch, &item, &u->n));
    for (size_t i = 0; i < u->n; i++) {
        struct request_change ch = { .id = { item[i].request }, .version = -1, .e = EVENT_NONE };
        ch.e.kind = KIND_UNDONE;
        ch.e.number = item[i].seq;
        ch.e.occurred_at = c->now;
        TRY(request_change(c, &ch));
    }
    for (size_t i = 0; i < u->n; i++)
        TRY(check_worker(c, item[i].request));
    return sql_batch_undone(c, u->batch, c->now);
}

enum err batch_undo(struct ctx *c, int64_t batch, size_t *ret_n)
{
    struct undo u = { .batch = batch };

    TRY(may(c, RIGHT_LOGGED_IN));
    TRY(db_tx(c, undo, &u));
    *ret_n = u.n;
    return OK;
}
