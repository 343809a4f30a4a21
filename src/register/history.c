// SPDX-License-Identifier: EUPL-1.2
#include "register/history.h"

#include "register/event.h"
#include "register/right.h"
#include "store/sql.h"
#include "store/vault.h"

#define CLOCKS_APART 60 /* seconds that the clock of a browser may be ahead */

enum err history_add(struct ctx *c, const struct history_of *what, const struct happening *h,
                     int64_t *ret_version)
{
    struct sql_history_version_row now;
    struct blob note = { NULL, 0 };

    TRY(sql_history_version(c, what->object, what->id, &now));
    if (what->seen >= 0 && what->seen != now.version)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this in the meantime. Look at the new state first."));
    int64_t at = h->occurred_at == TIME_NONE ? c->now : h->occurred_at;
    if (at > c->now + CLOCKS_APART)
        return FAIL_FIELD("date", "%s", _("This date is in the future."));
    if (what->person != INT_NONE)
        TRY(note_seal(c, what->person, h->note, &note));
    struct sql_history_insert_args row = { what->object,
                                           what->id,
                                           now.version + 1,
                                           h->kind,
                                           at,
                                           c->now,
                                           c->actor != NULL ? c->actor->account : INT_NONE,
                                           h->worker,
                                           h->team,
                                           h->number,
                                           h->reason,
                                           h->until,
                                           note };
    TRY(sql_history_insert(c, &row));
    if (ret_version != NULL)
        *ret_version = now.version + 1;
    return OK;
}

enum err history_all(struct ctx *c, const struct history_of *what, const struct happening **ret_h,
                     size_t *ret_n)
{
    struct sql_history_all_row *row;
    struct happening *h;
    size_t n;

    TRY(sql_history_all(c, what->object, what->id, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *h, (void *)&h));
    for (size_t i = 0; i < n; i++) {
        h[i] = (struct happening){ .kind = row[i].kind,
                                   .occurred_at = row[i].occurred_at,
                                   .recorded_at = row[i].recorded_at,
                                   .seq = row[i].seq,
                                   .account = row[i].account,
                                   .worker = row[i].worker,
                                   .team = row[i].team,
                                   .number = row[i].number,
                                   .until = row[i].until,
                                   .reason = row[i].reason,
                                   .who = row[i].who };
        if (row[i].note.data != NULL && what->person != INT_NONE)
            TRY(vault_open(c, what->person, row[i].note, &h[i].note));
    }
    *ret_h = h;
    *ret_n = n;
    return OK;
}
