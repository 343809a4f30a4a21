// SPDX-License-Identifier: EUPL-1.2
/* peil change REGISTER: what somebody knows to have changed on a waiting list, which the forecast goes by.
 * Alone it lists them; the JSON is described in docs/expectation.md. */
#include "register/list_change.h"

#include "base/buf.h"
#include "base/text.h"
#include "cli/cli.h"
#include "register/config.h"

#include <inttypes.h>

static void put_json(struct buf *b, const struct list_change *x, const char *team)
{
    buf_printf(b, "{\"id\":%" PRId64 ",\"team\":", x->id);
    team != NULL ? buf_json(b, team) : buf_lit(b, "null");
    buf_printf(b, ",\"what\":\"%s\",", x->what);
    cli_json_day(b, "from", x->day);
    buf_char(b, ',');
    cli_json_day(b, "recorded", time_nl_day(x->recorded_at));
    buf_printf(b, ",\"undone\":%s,\"note\":", x->undone_at != TIME_NONE ? "true" : "false");
    buf_json(b, x->note);
    buf_char(b, '}');
}

static void put_line(struct ctx *c, struct buf *b, const struct list_change *x, const char *team)
{
    char day[11];

    date_iso(x->day, day);
    buf_printf(b, "%6" PRId64 "  %s  %-8s  %-20s  %s%s\n", x->id, day, x->what,
               team != NULL ? team : _("all lists"), x->note,
               x->undone_at != TIME_NONE ? _(" (taken back)") : "");
}

static enum err list_them(struct cli *k, enum format format)
{
    struct ctx *c = &k->c;
    const struct config *g;
    struct list_change *x;
    struct buf b = { 0 };
    size_t n;

    TRY(config_get(c, &g));
    TRY(list_change_all(c, &x, &n));
    if (format == FORMAT_JSON)
        buf_char(&b, '[');
    for (size_t i = 0; i < n; i++) {
        const char *team = x[i].team != INT_NONE ? config_team_name(g, x[i].team) : NULL;
        if (format != FORMAT_JSON) {
            put_line(c, &b, &x[i], team);
            continue;
        }
        buf_printf(&b, "%s", i > 0 ? ",\n" : "");
        put_json(&b, &x[i], team);
    }
    if (format == FORMAT_JSON)
        buf_lit(&b, "]\n");
    else if (n == 0)
        buf_printf(&b, "%s\n", _("Nothing was written down."));
    fputs(buf_text(&b), stdout);
    buf_free(&b);
    return OK;
}

static enum err add_one(struct cli *k)
{
    struct ctx *c = &k->c;
    struct list_change_form f = { .what = cli_option(k, "--what"), .note = cli_option(k, "--note") };
    int64_t id;

    TRY(cli_team(k, &f.team));
    TRY(cli_day(k, "--from", c->today, &f.day));
    if (f.what == NULL || !code_known(list_change_whats, list_change_what_count, f.what))
        return FAIL(E_METHOD, _("%s is one of: %s."), "--what", "starts, requests, help");
    if (f.note == NULL)
        return FAIL(E_METHOD, _("%s is missing: say what happened."), "--note");
    TRY(cli_refused(list_change_add(c, &f, &id)));
    printf("%" PRId64 "\n", id);
    return OK;
}

static enum err undo_one(struct cli *k)
{
    struct ctx *c = &k->c;
    int64_t id;

    if (!text_to_int(k->arg[1], &id))
        return FAIL(E_METHOD, _("\"%s\" is not the number of a change."), k->arg[1]);
    return list_change_undo(c, id);
}

COMMAND(change)
{
    struct ctx *c = &k->c;
    bool add = k->args == 1 && text_is(k->arg[0], "add"), undo = k->args == 2 && text_is(k->arg[0], "undo");
    enum format format;

    if (k->args > 0 && !add && !undo)
        return cli_usage(k);
    TRY(cli_format(k, &format));
    TRY(cli_open(k, false));
    return add ? add_one(k) : undo ? undo_one(k) : list_them(k, format);
}
