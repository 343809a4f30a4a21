// SPDX-License-Identifier: EUPL-1.2
#include "register/own_request.h"

#include "register/person.h"
#include "register/request.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

static enum err fill(struct ctx *c, const struct sql_own_requests_row *row, size_t n, struct own_request *to)
{
    int64_t *person;
    const char **name;

    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++) {
        to[i] = (struct own_request){ .id = row[i].request,
                                      .name = name[i],
                                      .urgency = row[i].urgency,
                                      .received = time_nl_day(row[i].received_at) };
        request_number(row[i].request, to[i].received, to[i].number);
        if (!state_find(row[i].state, &to[i].state))
            return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), row[i].state);
    }
    return OK;
}

enum err own_request_list(struct ctx *c, int64_t max, struct own_request **ret_row, size_t *ret_n,
                          int64_t *ret_total)
{
    struct sql_own_requests_row *row;
    struct sql_own_request_count_row count;
    struct own_request *own;
    size_t n;

    TRY(may(c, RIGHT_REQUEST));
    *ret_n = 0;
    *ret_total = 0;
    if (c->actor->worker == INT_NONE)
        return OK;
    TRY(sql_own_requests(c, c->actor->worker, max, &row, &n));
    TRY(sql_own_request_count(c, c->actor->worker, &count));
    TRY(ctx_alloc(c, n + 1, sizeof *own, (void *)&own));
    TRY(fill(c, row, n, own));
    struct look look = { c->actor->account, "list", "own_request", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_row = own;
    *ret_n = n;
    *ret_total = count.n;
    return OK;
}
