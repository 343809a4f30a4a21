// SPDX-License-Identifier: EUPL-1.2
#include "register/upgrade.h"

#include "register/care.h"
#include "register/each_row.h"
#include "register/event.h"
#include "register/law_step.h"
#include "register/window_told.h"
#include "store/migrate.h"

#define OF_REQUESTS "request" /* name of the projection */

static enum err replay(struct ctx *c, const struct sql_request_after_row *row, void *arg)
{
    struct sql_event_all_row *old;
    struct event *event;
    struct standing s;
    size_t n;

    (void)arg;
    TRY(event_read_rows(c, row->id, 0, &event, &old, &n));
    standing_replay(event, n, &s);
    TRY(law_store(c, row->id, event, n, 0));
    TRY(standing_store(c, row->id, row->person, row->neighbourhood, &s));
    TRY(window_told_put(c, row->id, event, n));
    return care_put(c, row->id, event, n, &s);
}

EACH_ROW(replay_requests, request_after, id, replay, void);

static enum err replay_all(struct ctx *c, void *arg)
{
    struct sql_projection_get_row mark;

    TRY(sql_projection_get(c, OF_REQUESTS, &mark));
    if (mark.stale) /* else another process was first */
        TRY(replay_requests(c, arg));
    return sql_projection_put(c, OF_REQUESTS, false);
}

enum err upgrade(struct ctx *c)
{
    struct sql_projection_get_row mark;

    TRY(migrate(c));
    TRY(sql_projection_get(c, OF_REQUESTS, &mark));
    return mark.stale ? db_tx(c, replay_all, NULL) : OK;
}
