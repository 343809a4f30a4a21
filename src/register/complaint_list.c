// SPDX-License-Identifier: EUPL-1.2
/* Lists of complaints: to each role what it may see. */
#include "register/complaint.h"

#include "register/complaint_core.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

/* The rows that this user may see; all statements give the same columns. */
static enum err select_rows(struct ctx *c, const struct complaint_filter *f,
                            struct sql_complaint_list_open_row **ret_row, size_t *ret_n)
{
    const struct actor *a = c->actor;
    int64_t skip = (f->page > 1 ? f->page - 1 : 0) * COMPLAINT_PAGE;
    bool all = role_may(a->role, RIGHT_COMPLAINT) || role_may(a->role, RIGHT_COMPLAINT_READ);

    if (!all && a->role != ROLE_TEAM_LEAD)
        return sql_complaint_about(c, a->worker, COMPLAINT_PAGE, ret_row, ret_n);
    if (all && f->open)
        return sql_complaint_list_open(c, f->category, f->regime, COMPLAINT_PAGE, skip, ret_row, ret_n);
    int32_t from = f->open ? c->today - 366 : f->from, to = f->open ? c->today : f->to;
    struct sql_complaint_list_between_args args = { time_of_nl_day(from, 0),
                                                    time_of_nl_day(to + 1, 0),
                                                    f->category,
                                                    f->regime,
                                                    all ? INT_NONE : a->team,
                                                    !all,
                                                    COMPLAINT_PAGE,
                                                    skip };
    return sql_complaint_list_between(c, &args, ret_row, ret_n);
}

/* The first day on which something that runs must be done. */
static void fill_due(const struct complaint *p, struct complaint_row *row)
{
    row->due = DAY_NONE;
    for (size_t i = 0; i < p->terms; i++) {
        const struct term_state *t = &p->term[i].now;
        bool runs = t->verdict == TERM_RUNNING || t->verdict == TERM_OVER;
        if (!runs || (row->due != DAY_NONE && t->due >= row->due))
            continue;
        row->due = t->due;
        row->late = t->verdict == TERM_OVER;
    }
}

static enum err fill(struct ctx *c, const struct config *k, const struct law_options *o,
                     const struct sql_complaint_list_open_row *r, struct complaint_row *row)
{
    struct complaint p;

    TRY(complaint_read(c, r->id, &p));
    complaint_fill_terms(k, o, c->now, &p);
    *row = (struct complaint_row){ .id = p.id,
                                   .name = p.name,
                                   .regime = p.regime,
                                   .category = p.now.category,
                                   .team = config_team_name(k, p.team),
                                   .outcome = p.now.outcome,
                                   .committee = p.now.committee,
                                   .state = p.now.state,
                                   .received_at = p.received_at,
                                   .closed_at = p.now.closed_at,
                                   .serious = p.serious };
    text_copy(row->number, sizeof row->number, p.number);
    fill_due(&p, row);
    return OK;
}

enum err complaint_list(struct ctx *c, const struct complaint_filter *f, struct complaint_row **ret_row,
                        size_t *ret_n)
{
    struct sql_complaint_list_open_row *r;
    struct complaint_row *row;
    struct law_options o;
    const struct config *k;
    size_t n, kept = 0;

    TRY(may(c, RIGHT_COMPLAINT_LIST));
    TRY(config_get(c, &k));
    TRY(law_options_get(c, &o));
    TRY(select_rows(c, f, &r, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < n; i++)
        if (complaint_view_of(c, r[i].worker, r[i].team, r[i].closed_at != TIME_NONE) != COMPLAINT_HIDDEN)
            TRY(fill(c, k, &o, &r[i], &row[kept++]));
    struct look look = { c->actor->account, "list", "complaint", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_row = row;
    *ret_n = kept;
    return OK;
}

enum err complaint_workers(struct ctx *c, struct complaint_worker **ret_worker, size_t *ret_n)
{
    struct sql_worker_all_row *row;
    struct complaint_worker *w;
    size_t n;

    TRY(may(c, RIGHT_COMPLAINT_ENTER));
    TRY(sql_worker_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *w, (void *)&w));
    for (size_t i = 0; i < n; i++)
        w[i] = (struct complaint_worker){ row[i].id, row[i].name };
    *ret_worker = w;
    *ret_n = n;
    return OK;
}
