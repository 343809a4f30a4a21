// SPDX-License-Identifier: EUPL-1.2
#include "register/handover.h"

#include "base/date.h"
#include "base/text.h"
#include "register/batch.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

const struct code_name handover_reasons[] = {
    { "left", N_("The worker leaves") },
    { "absence", N_("The worker is away for long") },
    { "wish", N_("The resident wishes it") },
    { "match", N_("Another worker fits better") },
};
const size_t handover_reason_count = COUNT(handover_reasons);

static enum err check_team(struct ctx *c, int64_t worker, struct worker *ret_worker)
{
    struct worker w;

    TRY(may(c, RIGHT_ALLOCATE));
    TRY(worker_read(c, worker, &w));
    if (c->actor->team != INT_NONE && c->actor->team != w.f.team)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this worker."));
    *ret_worker = w;
    return OK;
}

/* Own cases only: those of others in which the worker takes part stay with them. */
static enum err own_rows(struct ctx *c, int64_t worker, struct handover *h)
{
    struct caseload load;

    TRY(caseload_read(c, worker, &load));
    TRY(ctx_alloc(c, load.n + 1, sizeof *h->at, (void *)&h->at));
    for (size_t i = 0; i < load.n; i++)
        if (!load.row[i].shared)
            h->at[h->n++].row = load.row[i];
    return OK;
}

static enum err colleagues_fill(struct ctx *c, struct handover *h)
{
    struct worker *w;
    size_t n, m = 0;

    TRY(worker_read_all(c, h->from.f.team, &w, &n));
    for (size_t i = 0; i < n; i++)
        if (w[i].id != h->from.id && worker_serves(&w[i].f, c->today) && w[i].f.ended == DAY_NONE)
            w[m++] = w[i];
    h->colleague = w;
    h->colleagues = m;
    return OK;
}

enum err handover_propose(struct ctx *c, int64_t worker, struct handover *ret_handover)
{
    struct handover h = { 0 };
    struct proposal *p;
    int64_t *id;
    size_t n;

    TRY(check_team(c, worker, &h.from));
    TRY(own_rows(c, worker, &h));
    TRY(colleagues_fill(c, &h));
    TRY(ctx_alloc(c, h.n + 1, sizeof *id, (void *)&id));
    for (size_t i = 0; i < h.n; i++)
        id[i] = h.at[i].row.id;
    if (h.n > 0)
        TRY(allocation_propose_for(c, id, h.n, h.from.f.discipline, &p, &n));
    for (size_t i = 0; i < h.n; i++)
        h.at[i].p = p[i];
    struct look look = { c->actor->account, "view", "caseload", worker };
    TRY(read_log_add(c, &look));
    *ret_handover = h;
    return OK;
}

struct saving {
    const struct handover_form *f;
    struct worker from;
    int64_t batch;
};

static enum err change_one(struct ctx *c, const struct saving *s, size_t i)
{
    const struct handover_form *f = s->f;
    struct allocation a = {
        .request = f->request[i], .version = f->version[i], .worker = f->to[i], .reason = f->reason
    };
    struct sql_request_get_row row;

    TRY(sql_request_get(c, a.request, &row));
    if (row.version != a.version || row.worker != f->worker)
        return FAIL(E_CONFLICT, "%s",
                    _("One of these cases changed in the meantime. Look at the new list first; your choices "
                      "are kept."));
    a.weight = row.weight == INT_NONE ? WEIGHT_SHORT : row.weight;
    return allocation_put(c, &a, s->batch);
}

static enum err save(struct ctx *c, void *arg)
{
    struct saving *s = arg;
    struct sql_worker_open_row open;

    TRY(batch_begin(c, "handover", &s->batch));
    for (size_t i = 0; i < s->f->n; i++)
        TRY(change_one(c, s, i));
    if (s->f->last_day == DAY_NONE)
        return OK;
    TRY(sql_worker_open(c, s->f->worker, &open));
    if (open.cases > 0)
        return FAIL_FIELD("last_day",
                          _("%lld cases stay behind. Choose all of them, or leave the last day empty."),
                          (long long)open.cases);
    struct worker_facts facts = s->from.f;
    facts.ended = s->f->last_day;
    return worker_write(c, s->f->worker, s->f->seen, &facts);
}

static enum err check_form(struct ctx *c, const struct handover_form *f, const struct worker *from)
{
    if (f->n == 0)
        return FAIL_FIELD("id", "%s", _("Choose at least one case."));
    if (!code_known(handover_reasons, handover_reason_count, f->reason))
        return FAIL_FIELD("reason", "%s", _("Choose why these residents get another worker."));
    for (size_t i = 0; i < f->n; i++)
        if (f->to[i] == INT_NONE || f->to[i] == f->worker)
            return FAIL_FIELD("to", "%s", _("Choose a colleague for every case."));
    if (f->last_day != DAY_NONE && from->f.started != DAY_NONE && f->last_day < from->f.started)
        return FAIL_FIELD("last_day", "%s", _("The last day cannot be before the first day."));
    return OK;
}

enum err handover_save(struct ctx *c, const struct handover_form *f, int64_t *ret_batch)
{
    struct saving s = { .f = f };

    TRY(check_team(c, f->worker, &s.from));
    TRY(check_form(c, f, &s.from));
    if (f->last_day != DAY_NONE)
        TRY(may(c, RIGHT_STAFF_EDIT));
    TRY(db_tx(c, save, &s));
    *ret_batch = s.batch;
    return OK;
}
