// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "exchange/mapping.h"
#include "unit/temp_file.h"
#include "unit/test.h"

#include <string.h>

TEST(time_format_scans)
{
    static const struct {
        const char *format, *text, *want; /* NULL: refused */
    } t[] = {
        { "iso utc", "2024-01-31T12:00:00Z", "2024-01-31T12:00:00Z" },
        { "iso utc", "2024-01-31 12:00:00", "2024-01-31T12:00:00Z" },
        { "iso", "2024-01-31 12:00:00", "2024-01-31T11:00:00Z" },
        { "iso local", "2024-07-31 12:00:00", "2024-07-31T10:00:00Z" },
        { "iso", "2024-02-30", NULL },
        { "", "2024-01-31", "2024-01-30T23:00:00Z" },
        { "dd-mm-yyyy", "31-01-2024", "2024-01-30T23:00:00Z" },
        { "dd-mm-yyyy utc", "1-2-2024", "2024-02-01T00:00:00Z" },
        { "dd-mm-yyyy utc", "31-02-2024", NULL },
        { "dd-mm-yyyy utc", "31-01-24", NULL },
        { "dd-mm-yyyy utc", "31-01-2024 ", NULL },
        { "dd-mm-yyyy utc", "", NULL },
        { "dd-mm-yy utc", "31-01-24", "2024-01-31T00:00:00Z" },
        { "dd-mm-yy utc", "31-01-71", "1971-01-31T00:00:00Z" },
        { "dd-mm-yyyy hh:mm", "31-01-2024 14:30", "2024-01-31T13:30:00Z" },
        { "dd-mm-yyyy hh:mm", "31-01-2024", "2024-01-30T23:00:00Z" },
        { "dd-mm-yyyy hh:mm", "31-01-2024 24:00", NULL },
        { "dd-mm-yyyy hh:mm:ss utc", "31-01-2024 14:30:05", "2024-01-31T14:30:05Z" },
        { "dd-mm-yyyy hh:mm:ss utc", "31-01-2024 14:30", "2024-01-31T14:30:00Z" },
        { "dd-mm-yyyy hh:mm:ss utc", "31-01-2024 14:30:", NULL },
        { "mm/dd/yyyy hh:mm:ss am utc", "07/04/2008 12:05:09 AM", "2008-07-04T00:05:09Z" },
        { "mm/dd/yyyy hh:mm:ss am utc", "07/04/2008 12:05:09 pm", "2008-07-04T12:05:09Z" },
        { "mm/dd/yyyy hh:mm:ss am utc", "07/04/2008 1:05 PM", "2008-07-04T13:05:00Z" },
        { "mm/dd/yyyy hh:mm:ss am utc", "07/04/2008 13:05:09 PM", NULL },
        { "mm/dd/yyyy utc", "13/04/2008", NULL },
        { "yyyymmdd utc", "20240131", "2024-01-31T00:00:00Z" },
        { "yyyy/mm/dd hh:mm utc", "2024/01/31 00:01", "2024-01-31T00:01:00Z" },
        { "yyyy utc", "1990", "1990-01-01T00:00:00Z" },
        { "epoch", "1706659200", "2024-01-31T00:00:00Z" },
        { "epoch", "-1", "1969-12-31T23:59:59Z" },
        { "epoch_ms", "1706659200999", "2024-01-31T00:00:00Z" },
        { "epoch", "99999999999999", NULL },
        { "epoch", "12x", NULL },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        struct time_format f;
        int64_t time;
        char iso[21] = "";
        bool ok = false;
        if (CHECK(time_format_parse(t[i].format, &f)))
            ok = time_format_scan(&f, t[i].text, strlen(t[i].text), &time);
        if (ok)
            time_iso(time, iso);
        if (!CHECK_STR(ok ? iso : NULL, t[i].want))
            CHECK_STR(t[i].text, t[i].format);
    }
}

TEST(time_format_refuses_what_makes_no_sense)
{
    static const char *const bad[] = { "dd-mm",
                                       "dd-dd-yyyy",
                                       "yyyy yyyy",
                                       "hello",
                                       "dd-mm-yyyy ss",
                                       "dd-mm-yyyy am",
                                       "dd-mm-yyyy mm",
                                       "yyyy-dd",
                                       "dd-mm-yyyy hh:mm:ss.dd",
                                       "dddddddddddddddddddddddddddddddddddddddddddddddddddd" };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct time_format f;
        if (!CHECK(!time_format_parse(bad[i], &f)))
            CHECK_STR(bad[i], "refused");
    }
}

static const char whole[] =
    "# a comment\n"
    "source = demo # and another\n"
    "kind = requests\n"
    "key = \"request id\"\n"
    "received = created : dd-mm-yyyy hh:mm utc\n"
    "channel = ch { Phone = phone; \"a;b\" = web\n Integrated Agency = partner; \"*\" = star; * = other }\n"
    "team = always \"Team \"\"Noord\"\"\"\n"
    "phone = telefoon optional\n"
    "event first_talk = started\n"
    "event closed = ended : iso utc reason from why { solved = answered }\n"
    "event = outcome after days days { gone = closed reason died; none = none; * = call_reached }\n"
    "event = status at changed : iso { Done = closed reason solved }\n"
    "missing = \"-\" ?\n"
    "missing ch = 0\n";

static const char *value(const struct mapping *m, enum mapping_field f, const char *text)
{
    bool known;
    size_t len;
    const char *v = mapping_value(m, &m->column[f], text, strlen(text), &len, &known);

    return !known ? "(unknown)" : v == NULL ? "(none)" : v;
}

TEST(mapping_parses_all_of_it)
{
    struct ctx *c = test_begin_bare();
    struct mapping *m = NULL;

    if (!CHECK_INT(mapping_parse(c, "test", whole, &m), OK)) {
        CHECK_STR(c->err.text, "");
        return;
    }
    CHECK_STR(m->source, "demo");
    CHECK_STR(m->column[MAPPING_KEY].name, "request id");
    CHECK_INT(m->column[MAPPING_RECEIVED].format.utc, true);
    CHECK_STR(value(m, MAPPING_CHANNEL, "Phone"), "phone");
    CHECK_STR(value(m, MAPPING_CHANNEL, " Phone "), "phone");
    CHECK_STR(value(m, MAPPING_CHANNEL, "a;b"), "web");
    CHECK_STR(value(m, MAPPING_CHANNEL, "Integrated Agency"), "partner");
    CHECK_STR(value(m, MAPPING_CHANNEL, "*"), "star");
    CHECK_STR(value(m, MAPPING_CHANNEL, "Pigeon"), "other");
    CHECK_STR(value(m, MAPPING_CHANNEL, "0"), "(none)");
    CHECK_STR(value(m, MAPPING_CHANNEL, "-"), "other");
    CHECK_STR(value(m, MAPPING_TEAM, "ignored"), "Team \"Noord\"");
    CHECK(m->column[MAPPING_PHONE].optional);
    CHECK_STR(value(m, MAPPING_PHONE, "?"), "(none)");
    CHECK_STR(value(m, MAPPING_KEY, "NA"), "NA");
    const struct mapping_event *e = m->event;
    CHECK_STR(e->effect.kind, "first_talk");
    e = e->next;
    CHECK_STR(e->effect.reason_from->name, "why");
    e = e->next;
    CHECK(e->after);
    CHECK_STR(mapping_choose(e, "gone", 4)->reason, "died");
    CHECK(mapping_choose(e, "none", 4)->kind == NULL);
    CHECK_STR(mapping_choose(e, "other", 5)->kind, "call_reached");
    e = e->next;
    CHECK(mapping_choose(e, "other", 5) == NULL);
    CHECK(e->next == NULL);
}

TEST(mapping_errors_name_the_line)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        { "", "does not say what \"source\" is" },
        { "source = x\nkind = requests\n", "does not say what \"key\" is" },
        { "source = x\nkind = events\ncase = a\nactivity = b\n", "does not say what \"time\" is" },
        { "sauce = x\n", "line 1: \"sauce\" is not something that a mapping knows" },
        { "source x\n", "line 1: \"x\" where \"=\" should stand" },
        { "source =\n", "line 1: the line ends where a name should stand" },
        { "\n\nkind = both\n", "line 3: \"both\" where requests should stand" },
        { "key = a b\n", "line 1: \"b\" where the end of the line should stand" },
        { "key = \"a\n", "line 1: a quote is opened and not closed" },
        { "key = a\nkey = b\n", "line 2: \"key\" stands here twice" },
        { "received = a : sometime\n", "line 1: \"sometime\" is not a time format" },
        { "received = a :\n", "line 1: \"\" is not a time format" },
        { "channel = a { b = c\n", "the line ends where \"}\" should stand" },
        { "channel = a { = c }\n", "line 1: \"=\" where a value should stand" },
        { "channel = a { b }\n", "line 1: \"}\" where \"=\" should stand" },
        { "channel = a { b = }\n", "line 1: \"}\" where a value should stand" },
        { "event = a { }\n", "line 1: \"{\" where at / after should stand" },
        { "event closed reason = a\n", "line 1: \"reason\" where \"=\" should stand" },
        { "event closed = a reason\n", "line 1: the line ends where a reason should stand" },
        { "missing nowhere = x\n", "line 1: no field above uses the column \"nowhere\"" },
        { "missing =\n", "line 1: the line ends where a value should stand" },
        { "= x\n", "line 1: \"=\" where a name should stand" },
        { "\"key\" = x\n", "line 1: \"key\" where a name should stand" },
        { "source = x\nkey = a\nreceived = b\ncase = c\n",
          "line 4: \"case\" has no place in a mapping of this kind" },
        { "source = x\nkey = a\nreceived = b\nactivity x = closed\n", "line 4: \"activity\" has no place" },
        { "activity x = closed\nactivity x = closed\n", "line 2: \"x\" stands here twice" },
        { "key = \x01\n", "line 1: this is not text" },
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin_bare();
        struct mapping *m = NULL;
        c->lang = LANG_EN;
        CHECK_INT(mapping_parse(c, "test", bad[i].text, &m), E_INVALID);
        if (!CHECK(strstr(c->err.text, bad[i].says) != NULL))
            CHECK_STR(c->err.text, bad[i].says);
        CHECK(m == NULL);
    }
}

TEST(mapping_random_texts)
{
    static const char *const piece[] = { "source", "key",     "=",    " ",      "\n",       "{",
                                         "}",      ";",       "\"",   ":",      "event",    "activity",
                                         "closed", "reason",  "from", "at",     "after",    "*",
                                         "#",      "missing", "x",    "always", "optional", "\xC3\xA9" };
    struct ctx *c = test_begin_bare();

    for (uint64_t seed = 0; seed < 2000; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct mapping *m = NULL;
        char text[2000] = "";
        struct rng r;
        enum err e;
        rng_seed(&r, seed);
        for (uint64_t n = rng_below(&r, 60); n > 0; n--) {
            strncat(text, piece[rng_below(&r, COUNT(piece))], 20);
            strncat(text, rng_below(&r, 2) ? " " : "", 2);
        }
        e = mapping_parse(c, "random", text, &m);
        CHECK(e == OK || e == E_INVALID);
        err_clear(c);
        arena_release(c->arena, mark);
    }
}

static enum err bind(struct ctx *c, const char *text, const char *const *name, size_t n,
                     struct mapping **ret_m)
{
    struct mapping_header h = { name, n };

    TRY(mapping_parse(c, "test", text, ret_m));
    return mapping_bind(c, *ret_m, &h);
}

TEST(mapping_binds_columns)
{
    static const char text[] = "source = x\nkey = Nummer\nreceived = Ontvangen\nphone = telefoon optional\n";
    const char *const header[] = { "wijk", " NUMMER ", "ontvangen" }, *const lacks[] = { "nummer", "wijk" };
    struct ctx *c = test_begin_bare();
    struct mapping *m;

    CHECK_INT(bind(c, text, header, 3, &m), OK);
    CHECK_INT(m->column[MAPPING_KEY].index, 1);
    CHECK_INT(m->column[MAPPING_RECEIVED].index, 2);
    CHECK_INT(m->column[MAPPING_PHONE].index, -1);
    CHECK_INT((int64_t)mapping_fit(m, &(struct mapping_header){ header, 3 }), 2);
    CHECK_INT((int64_t)mapping_fit(m, &(struct mapping_header){ lacks, 2 }), 0);
    CHECK_INT(bind(c, text, lacks, 2, &m), E_INVALID);
    CHECK(strstr(c->err.text, "no column \"Ontvangen\", which line 3") != NULL);
}

TEST(mapping_gathers_columns_once)
{
    struct ctx *c = test_begin_bare();
    struct mapping *m;
    struct mapping_header h;

    CHECK_INT(mapping_load(c, "sf311", &m), OK);
    CHECK_INT(mapping_columns(c, m, &h), OK);
    CHECK_INT((int64_t)h.n, 7); /* created and closed are used more than once */
}

TEST(mapping_ready_ones_parse)
{
    for (size_t i = 0; i < mapping_ready_count; i++) {
        struct ctx *c = test_begin_bare();
        struct mapping *m = NULL;
        CHECK_INT(mapping_load(c, mapping_ready[i].name, &m), OK);
        CHECK_STR(c->err.text, "");
    }
}

TEST(mapping_loads_from_a_file)
{
    struct ctx *c = test_begin_bare();
    struct mapping *m = NULL;
    TEMP_FILE f = temp_file_text("\xEF\xBB\xBFsource = x\r\nkey = a\r\nreceived = b\r\n");

    CHECK_INT(mapping_load(c, f.path, &m), OK);
    CHECK_INT(mapping_load(c, "nowhere.map", &m), E_NOT_FOUND);
}
