// SPDX-License-Identifier: EUPL-1.2
#include "register/request_choice.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "register/request.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

static enum err as_json(struct ctx *c, const int64_t *request, size_t n, const char **ret_text)
{
    struct buf b = { 0 };

    buf_char(&b, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&b, ',');
        buf_int(&b, request[i]);
    }
    buf_char(&b, ']');
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

enum err request_choice(struct ctx *c, const int64_t *request, size_t n, struct request_choice **ret_choice,
                        size_t *ret_n)
{
    struct sql_indicator_requests_row *row;
    struct request_choice *list;
    const char *json;
    enum state state;
    size_t rows;

    TRY(may(c, RIGHT_REQUEST));
    TRY(as_json(c, request, n, &json));
    TRY(sql_indicator_requests(c, json, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *list, (void *)&list));
    for (size_t i = 0; i < rows; i++) {
        list[i] =
            (struct request_choice){ .request = row[i].request,
                                     .received_at = row[i].received_at,
                                     .team = row[i].team,
                                     .urgency = row[i].urgency,
                                     .state = state_find(row[i].state, &state) ? state_name(c, state) : "" };
        request_number(row[i].request, time_nl_day(row[i].received_at), list[i].number);
    }
    struct look look = { c->actor->account, "list", "indicator", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_choice = list;
    *ret_n = rows;
    return OK;
}
