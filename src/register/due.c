// SPDX-License-Identifier: EUPL-1.2
#include "register/due.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

static const struct {
    const char *code, *name;
} kinds[DUE_KINDS] = {
    [DUE_EVALUATION] = { "evaluation", N_("Look back together") },
    [DUE_ARRIVAL] = { "arrival", N_("Ask whether they arrived") },
    [DUE_AFTERCARE] = { "aftercare", N_("Call after closing") },
};

bool due_find(const char *code, enum due_kind *ret_kind)
{
    for (size_t i = 0; i < DUE_KINDS; i++)
        if (text_is(kinds[i].code, code)) {
            *ret_kind = (enum due_kind)i;
            return true;
        }
    return false;
}

const char *due_name(const struct ctx *c, enum due_kind kind)
{
    return _(kinds[kind].name);
}

/* The last moment of the day whose aftercare is due on `day` at the latest. */
static int64_t closed_until(const struct config *k, int32_t day)
{
    int32_t closed = date_add_months(day, -k->aftercare_months);

    while (date_add_months(closed + 1, k->aftercare_months) <= day)
        closed++;
    return time_of_nl_day(closed + 1, 0) - 1;
}

static int64_t referred_until(const struct config *k, int32_t day)
{
    return time_of_nl_day(day - k->arrival_days + 1, 0) - 1;
}

static int32_t due_day(const struct config *k, enum due_kind kind, const struct sql_due_evaluations_row *row)
{
    switch (kind) {
    case DUE_ARRIVAL:
        return time_nl_day(row->referred_at) + k->arrival_days;
    case DUE_AFTERCARE:
        return date_add_months(time_nl_day(row->helped_until), k->aftercare_months);
    default:
        return row->evaluate_on;
    }
}

static enum err read_rows(struct ctx *c, const struct config *k, const struct due_filter *f,
                          struct sql_due_evaluations_row **ret_row, size_t *ret_n)
{
    switch (f->kind) {
    case DUE_ARRIVAL:
        return sql_due_arrivals(c, referred_until(k, f->until), f->worker, f->team, DUE_MAX, ret_row, ret_n);
    case DUE_AFTERCARE:
        return sql_due_aftercare(c, closed_until(k, f->until), f->worker, f->team, DUE_MAX, ret_row, ret_n);
    default:
        return sql_due_evaluations(c, f->until, f->worker, f->team, DUE_MAX, ret_row, ret_n);
    }
}

enum err due_list(struct ctx *c, const struct due_filter *f, struct due **ret_due, size_t *ret_n)
{
    struct sql_due_evaluations_row *row;
    const struct config *k;
    const char **name;
    int64_t *person;
    struct due *d;
    size_t n;

    TRY(may(c, f->kind == DUE_AFTERCARE ? RIGHT_CALL : RIGHT_CASE));
    TRY(config_get(c, &k));
    TRY(read_rows(c, k, f, &row, &n));
    struct look look = { c->actor->account, "list", "due", INT_NONE };
    TRY(read_log_add(c, &look));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    TRY(ctx_alloc(c, n + 1, sizeof *d, (void *)&d));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++) {
        d[i] = (struct due){ .request = row[i].request,
                             .name = name[i],
                             .team = config_team_name(k, row[i].team),
                             .worker = row[i].worker,
                             .day = due_day(k, f->kind, &row[i]) };
        request_number(row[i].request, time_nl_day(row[i].received_at), d[i].number);
    }
    *ret_due = d;
    *ret_n = n;
    return OK;
}

enum err due_counts(struct ctx *c, int64_t worker, int64_t team, int64_t ret_count[DUE_KINDS])
{
    struct sql_due_counts_row row;
    const struct config *k;

    TRY(may(c, RIGHT_REQUEST));
    TRY(config_get(c, &k));
    struct sql_due_counts_args args = { c->today, referred_until(k, c->today), closed_until(k, c->today),
                                        worker, team };
    TRY(sql_due_counts(c, &args, &row));
    ret_count[DUE_EVALUATION] = row.evaluations;
    ret_count[DUE_ARRIVAL] = row.arrivals;
    ret_count[DUE_AFTERCARE] = row.aftercare;
    return OK;
}
