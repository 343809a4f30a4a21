// SPDX-License-Identifier: EUPL-1.2
#include "web/health.h"

#include "account/baseline_memory.h"
#include "base/version.h"
#include "register/session.h"
#include "web/site.h"

#include <assert.h>

/* Baselines that were sealed here and of which the file is gone. */
static enum err tell_baselines(struct ctx *c, struct buf *out)
{
    int64_t *missing;
    size_t n;

    TRY(baseline_memory_missing(c, &missing, &n));
    for (size_t i = 0; i < n; i++) {
        buf_printf(out, _("baseline %lld is missing: it was sealed here, its file is not there"),
                   (long long)missing[i]);
        buf_char(out, '\n');
    }
    return OK;
}

/* Looks up a session that cannot exist: the shortest way to a query that must work. */
enum err web_health_get(struct ctx *c, const struct req *r, struct reply *out)
{
    static const char nobody[] = "0000000000000000000000000000000000000000000";
    struct session s = { .csrf = "" };

    static_assert(sizeof nobody - 1 == SESSION_TOKEN_LEN, "a token of the right length is looked up");
    enum err e = session_find(c, nobody, &s);
    if (e != E_LOGIN)
        TRY(e);
    err_clear(c);
    struct buf text = { 0 };
    const char *said = "";
    buf_lit(&text, "ok " PEIL_VERSION "\n");
    extract_behind_tell(r->visitor != NULL ? r->visitor->extract : NULL, &text);
    e = tell_baselines(c, &text);
    if (e == OK)
        e = ctx_copy(c, buf_text(&text), &said);
    buf_free(&text);
    TRY(e);
    reply_text(out, 200, said);
    return OK;
}
