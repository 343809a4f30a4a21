// SPDX-License-Identifier: EUPL-1.2
#include "register/wait_step.h"

#include "base/date.h"
#include "base/text.h"
#include "register/batch.h"
#include "store/sql.h"

struct running {
    const struct wait_step *s;
    int64_t batch;
};

static enum err add_events(struct ctx *c, const struct running *g, int64_t request)
{
    const struct wait_step *s = g->s;

    for (size_t i = 0; i < s->events; i++) {
        struct request_change ch = { .id = { request },
                                     .version = i == 0 ? s->version : -1,
                                     .e = s->event[i],
                                     .note = i == 0 ? s->note : NULL };
        int64_t seq;
        TRY(request_append(c, &ch, &seq));
        TRY(batch_put(c, g->batch, request, seq));
    }
    return OK;
}

/* "2024-12: this is not possible ...": of many, which one. */
static enum err name_request(struct ctx *c, int64_t request, enum err e)
{
    struct sql_request_get_row row;
    struct err_slot was = c->err;
    char number[32], field[sizeof was.field];

    if (e != E_CONFLICT && e != E_INVALID)
        return e;
    err_clear(c);
    TRY(sql_request_get(c, request, &row));
    request_number(request, time_nl_day(row.received_at), number);
    text_copy(field, sizeof field, was.field);
    if (e == E_INVALID)
        return FAIL_FIELD(field, "%s: %s", number, was.text);
    return FAIL(E_CONFLICT, "%s: %s", number, was.text);
}

static enum err add_all(struct ctx *c, void *arg)
{
    struct running *g = arg;

    TRY(batch_begin(c, g->s->kind, &g->batch));
    for (size_t i = 0; i < g->s->n; i++) {
        enum err e = add_events(c, g, g->s->request[i]);
        if (e != OK && g->s->n > 1)
            e = name_request(c, g->s->request[i], e);
        TRY(e);
    }
    return OK;
}

enum err wait_step_add(struct ctx *c, const struct wait_step *s, int64_t *ret_batch)
{
    struct running g = { .s = s };

    if (s->n == 0)
        return FAIL_FIELD("request", "%s", _("First choose one or more residents."));
    if (s->n > WAIT_STEP_MAX)
        return FAIL_FIELD("request", "%s", _("Choose at most 1,000 residents at once."));
    TRY(db_tx(c, add_all, &g));
    *ret_batch = g.batch;
    return OK;
}
