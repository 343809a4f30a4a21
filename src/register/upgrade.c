// SPDX-License-Identifier: EUPL-1.2
#include "register/upgrade.h"

#include "register/course.h"
#include "register/each_row.h"
#include "store/migrate.h"

#define OF_REQUESTS "request" /* name of the projection */

static enum err replay(struct ctx *c, const struct sql_request_after_row *row, void *arg)
{
    struct course k;

    (void)arg;
    TRY(course_read(c, row->id, &k));
    return course_store(c, &k, row->person, row->neighbourhood, 0);
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
