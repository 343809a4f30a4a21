// SPDX-License-Identifier: EUPL-1.2
#include "register/record_check.h"

#include "register/record_core.h"

enum err record_steps(struct ctx *c, const char *object, int64_t id, struct played *ret_steps)
{
    struct history_of what = { object, id, INT_NONE, -1 };

    return history_all(c, &what, &ret_steps->h, &ret_steps->n);
}

void record_put(struct records *r, const char *kind, int64_t id, bool same)
{
    r->records++;
    r->different += !same;
    if (same || r->named == RECORDS_NAMED)
        return;
    r->wrong[r->named].kind = kind;
    r->wrong[r->named++].id = id;
}

const struct happening *record_last(const struct played *p, const char *kind)
{
    for (size_t i = p->n; i > 0; i--)
        if (text_is(p->h[i - 1].kind, kind))
            return &p->h[i - 1];
    return NULL;
}

int32_t record_day(const struct happening *h)
{
    return h != NULL ? time_nl_day(h->occurred_at) : DAY_NONE;
}

/* ── Tables that keep whole versions: the data base compares them ─────────────────────────────────────────
 */

#define VERSIONS(function_, statement_, kind_)                                                               \
    static enum err function_##_one(struct ctx *c, const struct sql_##statement_##_row *row,                 \
                                    struct records *r)                                                       \
    {                                                                                                        \
        (void)c;                                                                                             \
        record_put(r, kind_, row->id, row->same);                                                            \
        return OK;                                                                                           \
    }                                                                                                        \
    EACH_ROW(function_, statement_, id, function_##_one, struct records)

VERSIONS(check_workers, worker_after, "worker");
VERSIONS(check_absences, absence_after, "absence");
VERSIONS(check_members, member_after, "transfer_member");

enum err record_check(struct ctx *c, struct records *ret_records)
{
    struct records r = { 0 };

    TRY(record_check_voices(c, &r));
    TRY(record_check_people(c, &r));
    TRY(record_check_places(c, &r));
    TRY(check_workers(c, &r));
    TRY(check_absences(c, &r));
    TRY(check_members(c, &r));
    *ret_records = r;
    return OK;
}
