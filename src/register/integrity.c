// SPDX-License-Identifier: EUPL-1.2
#include "register/integrity.h"

#include "base/text.h"
#include "register/care.h"
#include "register/course.h"
#include "register/each_row.h"
#include "register/law_step.h"
#include "register/merge.h"
#include "register/regie.h"
#include "register/right.h"
#include "register/window_told.h"
#include "store/vault.h"

static bool same_list(const struct sql_standing_after_row *row, const struct standing *s)
{
    return row->paused_until == s->paused_until && row->call_at == s->call_at &&
           row->called_at == s->called_at && row->urgent_at == s->urgent_at &&
           row->protected_at == s->protected_at && row->wmo == s->wmo && text_is(row->bridge, s->bridge) &&
           row->bridged == (int64_t)s->bridged && row->left_at == s->left_at &&
           text_is(row->left_reason, s->left_reason);
}

static bool same(const struct sql_standing_after_row *row, const struct standing *s)
{
    return row->version == s->version && text_is(row->state, state_code(s->state)) &&
           row->waiting == s->waiting && row->team == s->team && row->worker == s->worker &&
           row->urgency == s->urgency && row->received_at == s->received_at && row->heard_at == s->heard_at &&
           row->attempts == s->attempts && row->listed == s->listed && row->paused_at == s->paused_at &&
           row->started_at == s->started_at && row->ended_at == s->ended_at && row->sealed == s->sealed &&
           row->office == s->office && row->merged == s->merged && row->weight == s->weight &&
           row->accepted == s->accepted && same_list(row, s);
}

/* Somebody directs the case now, and is known. */
static bool has_regie(const struct event *event, size_t n)
{
    struct regie play[REGIE_MOST];
    size_t held;

    regie_play(event, n, play, &held);
    return held > 0 && play[held - 1].until == TIME_NONE && !play[held - 1].broken;
}

/* A message that is an event of the request counts as long as that event does. */
static enum err check_messages(struct ctx *c, int64_t request, const struct event *event, size_t n,
                               bool *ret_same)
{
    struct sql_message_linked_row *row;
    size_t rows;

    *ret_same = true;
    TRY(sql_message_linked(c, request, &row, &rows));
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < n; k++)
            if (event[k].seq == row[i].event && event[k].undone != row[i].taken_back)
                *ret_same = false;
    return OK;
}

static enum err check_request(struct ctx *c, const struct sql_standing_after_row *row, struct integrity *r)
{
    struct course k;

    TRY(course_read(c, row->request, &k));
    TRY(merge_fold(c, row->request, &k.now));
    r->no_regie += k.now.ended_at == TIME_NONE && !has_regie(k.event, k.n);
    bool care;
    TRY(care_same(c, row->request, k.event, k.n, &k.now, &care));
    bool legal;
    TRY(law_check(c, row->request, k.event, k.n, &legal));
    bool messages;
    TRY(check_messages(c, row->request, k.event, k.n, &messages));
    bool windows;
    TRY(window_told_same(c, row->request, k.event, k.n, &windows));
    bool wrong = k.n == 0 || !same(row, &k.now) || !care || !legal || !messages || !windows;
    r->requests++;
    r->events += (int64_t)k.n;
    r->no_events += k.n == 0;
    r->different += wrong;
    if (wrong && r->first_wrong == 0)
        r->first_wrong = row->request;
    return OK;
}

EACH_ROW(check_requests, standing_after, request, check_request, struct integrity);

/* Of a request nobody wrote how it stands, or it stands under another person or neighbourhood. */
static enum err check_whose(struct ctx *c, const struct sql_request_after_row *row, struct integrity *r)
{
    struct sql_standing_whose_row *now;
    size_t n;

    TRY(sql_standing_whose(c, row->id, &now, &n));
    if (n == 1 && now->person == row->person && now->neighbourhood == row->neighbourhood)
        return OK;
    r->different++;
    if (r->first_wrong == 0 || row->id < r->first_wrong)
        r->first_wrong = row->id;
    return OK;
}

EACH_ROW(check_lost, request_after, id, check_whose, struct integrity);

static enum err check_identity(struct ctx *c, const struct sql_identity_since_row *row, struct integrity *r)
{
    const char *text;
    enum err e = vault_open(c, row->person, row->sealed, &text);

    r->persons++;
    r->keyless += e == E_NOT_FOUND;
    r->unreadable += e != OK && e != E_NOT_FOUND;
    err_clear(c);
    return OK;
}

EACH_ROW(check_identities, identity_since, serial, check_identity, struct integrity);

static enum err check_at_once(struct ctx *c, void *arg)
{
    struct integrity *ret_result = arg;
    struct sql_integrity_check_row *row;
    struct sql_foreign_key_check_row *key;
    struct integrity r = { 0 };
    size_t n;

    TRY(sql_integrity_check(c, &row, &n));
    if (n != 1 || !text_is(row[0].result, "ok"))
        return FAIL(E_CORRUPT, _("The register file is damaged: %s"), n > 0 ? row[0].result : "?");
    TRY(sql_foreign_key_check(c, &key, &n));
    if (n > 0)
        return FAIL(E_CORRUPT, _("The register file is damaged: %s"), key[0].tbl);
    TRY(check_requests(c, &r));
    TRY(check_lost(c, &r));
    TRY(record_check(c, &r.records));
    TRY(check_identities(c, &r));
    *ret_result = r;
    return OK;
}

enum err integrity_check(struct ctx *c, struct integrity *ret_result)
{
    struct integrity r;

    TRY(db_read(c, check_at_once, &r)); /* else what was written between two readings would be a difference */
    *ret_result = r;
    return OK;
}
