// SPDX-License-Identifier: EUPL-1.2
/* What a resident wishes of the worker, and colleagues who take part in a case. */
#include "base/date.h"
#include "base/text.h"
#include "register/allocation.h"
#include "register/event.h"
#include "register/right.h"
#include "store/sql.h"
#include "store/vault.h"

const struct code_name wish_genders[] = {
    { "woman", N_("A woman") },
    { "man", N_("A man") },
};
const size_t wish_gender_count = COUNT(wish_genders);
const struct code_name wish_providers[] = {
    { "same_worker", N_("The worker that they know") },
    { "same_provider", N_("To stay with the present provider") },
    { "other_provider", N_("Another provider") },
};
const size_t wish_provider_count = COUNT(wish_providers);
const struct code_name wish_moments[] = {
    { "morning", N_("In the morning") },
    { "afternoon", N_("In the afternoon") },
    { "evening", N_("In the evening") },
    { "school_hours", N_("During school hours") },
};
const size_t wish_moment_count = COUNT(wish_moments);

enum err wish_get(struct ctx *c, const struct request *r, struct wish *ret_wish)
{
    struct sql_wish_of_row *row;
    struct wish w = { .recorded_at = TIME_NONE };
    size_t n;

    TRY(sql_wish_of(c, r->id.v, &row, &n));
    if (n > 0)
        w = (struct wish){ row[0].recorded_at, row[0].who,    row[0].gender, row[0].language,
                           row[0].provider,    row[0].moment, NULL };
    if (n > 0 && row[0].note.data != NULL && r->person != INT_NONE)
        TRY(vault_open(c, r->person, row[0].note, &w.note));
    *ret_wish = w;
    return OK;
}

struct writing {
    struct request_id id;
    const struct wish *w;
};

static enum err insert(struct ctx *c, void *arg)
{
    const struct writing *g = arg;
    struct sql_request_get_row row;
    struct blob note = { NULL, 0 };

    TRY(sql_request_get(c, g->id.v, &row));
    if (row.person != INT_NONE)
        TRY(note_seal(c, row.person, g->w->note, &note));
    struct sql_wish_insert_args a = { g->id.v,        c->now,         c->actor->account, g->w->gender,
                                      g->w->language, g->w->provider, g->w->moment,      note };
    return sql_wish_insert(c, &a);
}

enum err wish_put(struct ctx *c, struct request_id id, const struct wish *w)
{
    struct writing g = { id, w };

    TRY(may(c, RIGHT_EVENT));
    return db_tx(c, insert, &g);
}

/* ── Colleagues beside the main worker ────────────────────────────────────────────────────────────────────
 */

enum err co_worker_all(struct ctx *c, struct request_id id, struct co_worker **ret_co_worker, size_t *ret_n)
{
    struct sql_co_worker_of_row *row;
    struct co_worker *k;
    size_t n;

    TRY(sql_co_worker_of(c, id.v, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *k, (void *)&k));
    for (size_t i = 0; i < n; i++)
        k[i] = (struct co_worker){ row[i].worker, row[i].team, row[i].since, row[i].name };
    *ret_co_worker = k;
    *ret_n = n;
    return OK;
}

static enum err check_case(struct ctx *c, struct request_id id)
{
    struct sql_request_get_row row;

    if (!role_may(c->actor->role, RIGHT_ALLOCATE))
        TRY(may(c, RIGHT_CASE));
    TRY(sql_request_get(c, id.v, &row));
    if (!role_may(c->actor->role, RIGHT_ALLOCATE) && row.worker != c->actor->worker)
        return FAIL(E_FORBIDDEN, "%s", _("This is the case of a colleague."));
    return OK;
}

struct part {
    struct request_id id;
    int64_t worker;
    bool household;
};

/* The account of a worker who takes part may open this request, as long as that lasts. */
#define PART_ENDS (INT64_C(253370764800)) /* 9999-01-01 */

static enum err is_part(struct ctx *c, int64_t request, int64_t worker, bool *ret_is)
{
    struct sql_co_worker_of_row *row;
    size_t n;

    *ret_is = false;
    TRY(sql_co_worker_of(c, request, &row, &n));
    for (size_t i = 0; i < n; i++)
        *ret_is = *ret_is || row[i].worker == worker;
    return OK;
}

static enum err add_one(struct ctx *c, int64_t request, int64_t worker)
{
    struct sql_worker_account_row *account;
    size_t n;

    TRY(sql_co_worker_insert(c, request, worker, c->now, c->actor->account));
    TRY(sql_worker_account(c, worker, &account, &n));
    for (size_t i = 0; i < n; i++)
        TRY(sql_co_worker_grant(c, account[i].id, request, c->now, PART_ENDS));
    return OK;
}

/* The other open requests of the household that this user sees; those in which the worker takes part stay. */
static enum err add_household(struct ctx *c, const struct part *p)
{
    struct sql_co_worker_household_row *row;
    struct sql_request_get_row request;
    bool there;
    size_t n;

    TRY(sql_request_get(c, p->id.v, &request));
    if (request.person == INT_NONE)
        return OK;
    TRY(sql_co_worker_household(c, request.person, &row, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(is_part(c, row[i].request, p->worker, &there));
        if (!there)
            TRY(add_one(c, row[i].request, p->worker));
    }
    return OK;
}

static enum err add_part(struct ctx *c, void *arg)
{
    const struct part *p = arg;
    struct worker w;
    bool there;

    TRY(worker_read(c, p->worker, &w));
    if (!worker_serves(&w.f, c->today))
        return FAIL_FIELD("worker", "%s", _("This colleague does not work here now. Choose someone else."));
    TRY(is_part(c, p->id.v, p->worker, &there));
    if (there && !p->household)
        return FAIL_FIELD("worker", "%s", _("This colleague takes part in this case already."));
    if (!there)
        TRY(add_one(c, p->id.v, p->worker));
    return p->household ? add_household(c, p) : OK;
}

enum err co_worker_add(struct ctx *c, struct request_id id, int64_t worker, bool household)
{
    struct part p = { id, worker, household };

    TRY(check_case(c, id));
    if (worker == INT_NONE)
        return FAIL_FIELD("worker", "%s", _("Choose a colleague."));
    return db_tx(c, add_part, &p);
}

static enum err end_part(struct ctx *c, void *arg)
{
    const struct part *p = arg;
    struct sql_co_worker_end_row *row;
    struct sql_worker_account_row *account;
    size_t n;

    TRY(sql_co_worker_end(c, p->id.v, p->worker, c->now, c->actor->account, &row, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s", _("This colleague no longer takes part in this case."));
    TRY(sql_worker_account(c, p->worker, &account, &n));
    for (size_t i = 0; i < n; i++)
        TRY(sql_co_worker_grant_end(c, account[i].id, p->id.v, c->now));
    return OK;
}

enum err co_worker_end(struct ctx *c, struct request_id id, int64_t worker)
{
    struct part p = { id, worker, false };

    TRY(check_case(c, id));
    return db_tx(c, end_part, &p);
}
