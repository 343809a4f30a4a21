// SPDX-License-Identifier: EUPL-1.2
/* One line of a telephone exchange: a call that was offered, and answered or not. */
#include "base/text.h"
#include "exchange/import_run.h"
#include "register/phone.h"

#include <string.h>

#define WAIT_LIMIT 86400 /* seconds; a longer wait is a mistake in the file */

static bool call_reject(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                        enum mapping_field f, const char *why)
{
    import_reject(c, r, rec->line, r->m->column[f].name, "%s", why);
    return false;
}

static bool is_yes(const char *text)
{
    static const char *const yes[] = { "1", "yes", "ja", "true", "waar" };
    char low[16];

    text_fold(low, sizeof low, text != NULL ? text : "");
    for (size_t i = 0; i < COUNT(yes); i++)
        if (text_is(yes[i], low))
            return true;
    return false;
}

/* How long the caller waited: as the file says, else until the answer or the end. */
static bool seconds_get(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                        struct phone_call *call, int64_t ended)
{
    int64_t until = call->answered_at != TIME_NONE ? call->answered_at : ended;
    const char *text;

    if (!import_value(c, r, rec, &r->m->column[MAPPING_SECONDS], &text))
        return false;
    call->seconds = until != TIME_NONE ? until - call->offered_at : 0;
    if (text != NULL && !text_to_int(text, &call->seconds))
        return call_reject(c, r, rec, MAPPING_SECONDS, _("is not a whole number of seconds"));
    if (call->seconds < 0)
        return call_reject(c, r, rec, call->answered_at != TIME_NONE ? MAPPING_ANSWERED : MAPPING_ENDED,
                           _("is before the call came in"));
    if (call->seconds > WAIT_LIMIT)
        return call_reject(c, r, rec, text != NULL ? MAPPING_SECONDS : MAPPING_ANSWERED,
                           _("nobody waits longer than a day"));
    return true;
}

static bool call_get(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                     struct phone_call *call)
{
    const char *abandoned;
    int64_t ended;

    if (!import_time(c, r, rec, &r->m->column[MAPPING_OFFERED], &call->offered_at) ||
        !import_time(c, r, rec, &r->m->column[MAPPING_ANSWERED], &call->answered_at) ||
        !import_time(c, r, rec, &r->m->column[MAPPING_ENDED], &ended) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_KEY], &call->key) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_QUEUE], &call->queue) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_PHONE], &call->caller) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_ABANDONED], &abandoned))
        return false;
    if (call->offered_at == TIME_NONE)
        return call_reject(c, r, rec, MAPPING_OFFERED, _("is empty"));
    call->abandoned = abandoned != NULL ? is_yes(abandoned) : call->answered_at == TIME_NONE;
    if (abandoned == NULL && r->m->column[MAPPING_ANSWERED].line == 0)
        call->abandoned = false; /* a file of answered calls only */
    return seconds_get(c, r, rec, call, ended);
}

enum err import_key_count(struct ctx *c, struct import_run *r, struct buf *key)
{
    uint32_t number;

    TRY(intern_add(c, &r->call.text, &r->work, buf_text(key), key->len, &number));
    if ((number + 1) * sizeof(int64_t) > r->call.id.len)
        buf_put(&r->call.id, &(int64_t){ 0 }, sizeof(int64_t));
    if (r->call.id.failed)
        return FAIL(E_NOMEM, "%s", "");
    int64_t *seen = (int64_t *)(void *)r->call.id.data + number;
    buf_printf(key, "/%lld", (long long)++*seen);
    return OK;
}

/* A file without numbers of calls: equal lines are told apart by counting them, so that the same file gives
 * the same keys again. */
static enum err key_make(struct ctx *c, struct import_run *r, struct phone_call *call)
{
    struct buf b = { 0 };
    enum err e = OK;

    buf_printf(&b, "%s:", r->m->source);
    if (call->key != NULL) {
        buf_str(&b, call->key);
    } else {
        buf_time(&b, call->offered_at);
        buf_printf(&b, "/%lld/%d/%s", (long long)call->seconds, call->abandoned,
                   call->queue != NULL ? call->queue : "");
        e = import_key_count(c, r, &b);
    }
    if (e == OK)
        e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), &call->key);
    buf_free(&b);
    return e;
}

enum err import_call_line(struct ctx *c, struct import_run *r, const struct csv_record *rec)
{
    struct phone_call call = { .import = r->phone_import, .keeper = r->keeper };
    bool is_new;

    if (!import_shape(c, r, rec) || !call_get(c, r, rec, &call))
        return OK;
    TRY(key_make(c, r, &call));
    TRY(phone_call_put(c, &call, &is_new));
    r->report->calls_new += is_new;
    r->report->calls_known += !is_new;
    return OK;
}
