// SPDX-License-Identifier: EUPL-1.2
/* Calls of the exchange, one by one: storing them, and the missed ones. */
#include "base/text.h"
#include "register/event.h"
#include "register/person.h"
#include "register/phone.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

enum err phone_import_begin(struct ctx *c, const char *file, int64_t *ret_import, int64_t *ret_keeper)
{
    struct sql_phone_import_insert_row added;
    int64_t keeper;

    TRY(person_add(c, &(struct identity){ 0 }, &keeper)); /* nobody: holds the key of the missed numbers */
    TRY(sql_phone_import_insert(c, file, c->now, c->actor->account, keeper, &added));
    *ret_import = added.id;
    *ret_keeper = keeper;
    return OK;
}

enum err phone_import_end(struct ctx *c, int64_t import, const struct phone_import_counts *n)
{
    struct sql_phone_import_put_args row = { import, n->lines, n->rejected, n->added, n->known };

    return sql_phone_import_put(c, &row);
}

enum err phone_call_put(struct ctx *c, const struct phone_call *call, bool *ret_new)
{
    bool missed = call->abandoned && call->seconds > PHONE_SHORT;
    struct sql_phone_call_insert_row *added;
    struct blob caller = { NULL, 0 };
    int64_t person = INT_NONE;
    size_t n;

    if (missed && !text_empty(call->caller)) {
        TRY(person_by_phone(c, call->caller, &person));
        if (person == INT_NONE)
            TRY(note_seal(c, call->keeper, call->caller, &caller));
    }
    struct sql_phone_call_insert_args row = { call->import,      call->key,       call->offered_at,
                                              call->answered_at, call->abandoned, call->seconds,
                                              call->queue,       person,          caller };
    TRY(sql_phone_call_insert(c, &row, &added, &n));
    *ret_new = n > 0;
    return OK;
}

/* ── Missed ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err missed_of_row(struct ctx *c, const struct sql_phone_missed_row *row, struct phone_missed *m)
{
    struct identity who = { 0 };

    *m = (struct phone_missed){ row->id, row->offered_at, row->seconds, row->person, row->queue, "", "" };
    if (m->queue == NULL)
        m->queue = "";
    if (row->person != INT_NONE && person_visible(c, row->person) == OK &&
        person_get(c, row->person, &who) == OK) {
        m->name = who.name != NULL ? who.name : "";
        m->phone = who.phone != NULL ? who.phone : "";
    } else if (row->caller.data != NULL && row->keeper != INT_NONE &&
               vault_open(c, row->keeper, row->caller, &m->phone) != OK) {
        m->phone = "";
    }
    if (c->err.code == E_NOT_FOUND) { /* hidden from this user, or the key was destroyed */
        err_clear(c);
        m->person = INT_NONE;
    }
    return c->err.code == OK ? OK : c->err.code;
}

enum err phone_missed(struct ctx *c, int32_t from, int32_t to, struct phone_missed **ret_missed,
                      size_t *ret_n)
{
    struct look look = { c->actor != NULL ? c->actor->account : INT_NONE, "list", "phone_call", INT_NONE };
    struct sql_phone_missed_row *row;
    struct phone_missed *m;

    TRY(may(c, RIGHT_CONTACT));
    TRY(read_log_add(c, &look));
    TRY(sql_phone_missed(c, time_of_nl_day(from, 0), time_of_nl_day(to + 1, 0), PHONE_SHORT + 1, &row,
                         ret_n));
    TRY(ctx_alloc(c, *ret_n + 1, sizeof *m, (void *)&m));
    for (size_t i = 0; i < *ret_n; i++)
        TRY(missed_of_row(c, &row[i], &m[i]));
    *ret_missed = m;
    return OK;
}

enum err phone_missed_get(struct ctx *c, int64_t id, struct phone_missed *ret_missed)
{
    struct sql_phone_missed_get_row row;

    TRY(may(c, RIGHT_CONTACT));
    TRY(sql_phone_missed_get(c, id, &row));
    struct sql_phone_missed_row same = { row.id,     row.offered_at, row.seconds, row.queue,
                                         row.person, row.caller,     row.keeper };
    return missed_of_row(c, &same, ret_missed);
}
