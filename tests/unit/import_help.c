// SPDX-License-Identifier: EUPL-1.2
#include "unit/import_help.h"

#include "base/date.h"
#include "store/sql.h"
#include "unit/temp_file.h"
#include "unit/test.h"

const char import_simple[] =
    "source = test\nkind = requests\nkey = id\nreceived = asked : iso utc\n"
    "event first_talk = talk : iso utc\nevent closed = ended : iso utc reason helped\n"
    "team = team\nneighbourhood = part\nchannel = ch { p = phone; w = web }\nmissing = \"-\"\n";

const char import_log_map[] =
    "source = log\nkind = events\ncase = case\nactivity = activity\ntime = time : iso utc\n"
    "resource = who\nlifecycle = phase optional\nteam = team optional\n"
    "activity Ask = registered\nactivity Talk = first_talk first\nactivity Pay = closed reason paid last\n"
    "activity Noise = none\nother = activity\ncensor = last_event reason lost\n";

enum err import_run_text(struct ctx *c, const char *text, const char *mapping, struct import_options o,
                         struct import_report *ret_report)
{
    TEMP_FILE file = temp_file_text(text), map = temp_file_text(mapping != NULL ? mapping : "");
    enum err e;

    if (mapping != NULL)
        o.mapping = map.path;
    e = import_file(c, file.path, &o, ret_report);
    ret_report->file = "";
    return e;
}

struct import_report import_take(struct ctx *c, const char *text, const char *mapping)
{
    struct import_report r;

    if (!CHECK_INT(import_run_text(c, text, mapping, (struct import_options){ 0 }, &r), OK))
        CHECK_STR(c->err.text, "");
    return r;
}

int64_t import_id_of(struct ctx *c, const char *source, const char *key)
{
    struct sql_source_find_row *s;
    struct sql_request_by_source_row *r;
    size_t n;

    if (sql_source_find(c, source, &s, &n) != OK || n == 0)
        return 0;
    return sql_request_by_source(c, s->id, key, &r, &n) == OK && n > 0 ? r->id : 0;
}

void import_check_events(struct ctx *c, const char *source, const char *key, const char *want)
{
    struct sql_event_all_row *row = NULL;
    struct buf out = { 0 };
    size_t n = 0;

    CHECK_INT(sql_event_all(c, import_id_of(c, source, key), &row, &n), OK);
    for (size_t i = 0; i < n; i++) {
        char iso[21];
        time_iso(row[i].occurred_at, iso);
        buf_printf(&out, "%s %s", row[i].kind, iso);
        if (row[i].reason != NULL)
            buf_printf(&out, " (%s)", row[i].reason);
        if (row[i].activity != NULL)
            buf_printf(&out, " [%s]", row[i].activity);
        buf_lit(&out, ";");
    }
    CHECK_STR(buf_text(&out), want);
    buf_free(&out);
}
