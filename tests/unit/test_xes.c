// SPDX-License-Identifier: EUPL-1.2
#include "base/buf.h"
#include "base/rng.h"
#include "exchange/xes.h"
#include "unit/temp_file.h"
#include "unit/test.h"

#include <string.h>

static const char *const column[] = { "case",         "activity",  "time:timestamp",
                                      "org:resource", "case:team", "cost" };

static enum err row_render(struct ctx *c, void *arg, const struct csv_record *record)
{
    struct buf *out = arg;

    (void)c;
    buf_printf(out, "%lld:", (long long)record->line);
    for (size_t i = 0; i < record->n; i++)
        buf_printf(out, "[%s]", record->field[i].text);
    buf_lit(out, "\n");
    return OK;
}

static enum err render(struct ctx *c, const char *path, struct buf *out)
{
    SOURCE_AUTO struct source *s = NULL;

    TRY(source_open(c, path, &s));
    return xes_read(c, s, column, COUNT(column), row_render, out);
}

static const char log_text[] =
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n"
    "<!-- a comment -->\n"
    "<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">\n"
    "<extension name=\"Concept\" prefix=\"concept\" uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
    "<global scope=\"event\"><string key=\"concept:name\" value=\"name\"/></global>\n"
    "<string key=\"concept:name\" value=\"the log\"/>\n"
    "<trace>\n"
    "<string key=\"concept:name\" value=\"NA\"/><string key=\"team\" value=\"Noord\"/>\n"
    "<event><string key=\"concept:name\" value=\"Register &amp; greet\"/>\n"
    "<date key=\"time:timestamp\" value=\"2024-01-31T12:00:00.000+01:00\"/>\n"
    "<string key=\"org:resource\" value=\"Zo\xC3\xAB\"><string key=\"cost\" "
    "value=\"nested\"/></string></event>\n"
    "<event><int key=\"cost\" value=\"12\"/><string key=\"concept:name\" value=\"End\"/>\n"
    "<string key=\"concept:name\" value=\"second\"/></event>\n"
    "</trace>\n"
    "<trace><event/></trace>\n"
    "</log>\n";

TEST(xes_rows)
{
    struct ctx *c = test_begin_bare();
    struct buf out = { 0 };
    TEMP_FILE f = temp_file_text(log_text), z = temp_file_gzip(log_text, sizeof log_text - 1);
    static const char want[] = "9:[NA][Register & greet][2024-01-31T12:00:00.000+01:00][Zoë][Noord][]\n"
                               "12:[NA][End][][][Noord][12]\n"
                               "15:[][][][][][]\n";

    CHECK_INT(render(c, f.path, &out), OK);
    CHECK_STR(buf_text(&out), want);
    buf_clear(&out);
    CHECK_INT(render(c, z.path, &out), OK);
    CHECK_STR(buf_text(&out), want);
    buf_free(&out);
}

TEST(xes_refuses)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        { "", "Line 1: this XML is broken" },
        { "hello", "Line 1: this XML is broken" },
        { "<html/>", "Line 1: this is not an XES file" },
        { "<log>\n<trace>", "Line 2: this XML is broken" },
        { "<log>\n</trace>", "Line 2: this XML is broken" },
        { "<!DOCTYPE log SYSTEM \"http://example.org/x.dtd\"><log/>",
          "Line 1: a document type (DOCTYPE) is not allowed" },
        { "<!DOCTYPE log [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>\n<log><string key=\"&b;\" "
          "value=\"\"/></log>",
          "Line 1: a document type" },
        { "<!DOCTYPE log [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><log>&f;</log>",
          "Line 1: a document type" },
        { "<log>&unknown;</log>", "Line 1: this XML is broken" },
        { "<log><trace>\n<event/><string key=\"a\" value=\"b\"/></trace></log>",
          "Line 2: an attribute of the trace stands" },
        { "<log><a/>\n\n<b><c></b></log>", "Line 3: this XML is broken" },
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin_bare();
        struct buf out = { 0 };
        TEMP_FILE f = temp_file_text(bad[i].text);
        c->lang = LANG_EN;
        CHECK_INT(render(c, f.path, &out), E_INVALID);
        if (!CHECK(strstr(c->err.text, bad[i].says) != NULL))
            CHECK_STR(c->err.text, bad[i].says);
        buf_free(&out);
    }
}

static void check_refused(const struct buf *text, const char *says)
{
    struct ctx *c = test_begin_bare();
    struct buf out = { 0 };
    TEMP_FILE f = temp_file_make(text->data, text->len);

    CHECK_INT(render(c, f.path, &out), E_INVALID);
    if (!CHECK(strstr(c->err.text, says) != NULL))
        CHECK_STR(c->err.text, says);
    buf_free(&out);
}

TEST(xes_limits)
{
    struct buf b = { 0 };

    for (int i = 0; i < 100; i++)
        buf_str(&b, i == 0 ? "<log>" : "<list>");
    check_refused(&b, "elements are nested too deep");
    buf_clear(&b);
    buf_str(&b, "<log><trace><event><string key=\"cost\" value=\"");
    for (size_t i = 0; i < CSV_FIELD_LIMIT + 1; i++)
        buf_char(&b, 'x');
    buf_str(&b, "\"/>");
    check_refused(&b, "this value is too long");
    buf_clear(&b);
    buf_str(&b, "<log><trace><event><string key=\"cost\" value=\"");
    for (size_t i = 0; i < 2 * XES_TAG_LIMIT; i++)
        buf_char(&b, 'x');
    check_refused(&b, "this tag or text is too long");
    buf_free(&b);
}

static enum err row_fail(struct ctx *c, void *arg, const struct csv_record *record)
{
    (void)record;
    ++*(int *)arg;
    return FAIL(E_CONFLICT, "%s", "stop here");
}

TEST(xes_stops_when_the_row_fails)
{
    struct ctx *c = test_begin_bare();
    TEMP_FILE f = temp_file_text(log_text);
    SOURCE_AUTO struct source *s = NULL;
    int calls = 0;

    CHECK_INT(source_open(c, f.path, &s), OK);
    CHECK_INT(xes_read(c, s, column, COUNT(column), row_fail, &calls), E_CONFLICT);
    CHECK_INT(calls, 1);
}

TEST(xes_random_damage)
{
    struct ctx *c = test_begin_bare();

    for (uint64_t seed = 0; seed < 1000; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct buf out = { 0 };
        char text[sizeof log_text];
        struct rng r;
        enum err e;
        rng_seed(&r, seed);
        memcpy(text, log_text, sizeof text);
        for (uint64_t n = 1 + rng_below(&r, 4); n > 0; n--)
            text[rng_below(&r, sizeof text - 1)] = "<>/\"&= a\xE9"[rng_below(&r, 9)];
        TEMP_FILE f = temp_file_make(text, sizeof text - 1 - rng_below(&r, 20));
        e = render(c, f.path, &out);
        CHECK(e == OK || e == E_INVALID);
        CHECK((e == OK) == (c->err.code == OK));
        buf_free(&out);
        err_clear(c);
        arena_release(c->arena, mark);
    }
}
