// SPDX-License-Identifier: EUPL-1.2
#include "base/buf.h"
#include "base/rng.h"
#include "exchange/csv.h"
#include "unit/temp_file.h"
#include "unit/test.h"

#include <string.h>

/* The records as "line:[field][field]\n"; a broken one ends with "!column". */
static enum err render(struct ctx *c, const char *path, struct buf *out, char *ret_delimiter)
{
    SOURCE_AUTO struct source *s = NULL;
    struct csv *r;
    struct csv_record record;
    bool more;

    TRY(source_open(c, path, &s));
    TRY(csv_open(c, s, &r));
    *ret_delimiter = csv_delimiter(r);
    for (;;) {
        TRY(csv_next(c, r, &record, &more));
        if (!more)
            return OK;
        buf_printf(out, "%lld:", (long long)record.line);
        for (size_t i = 0; i < record.n; i++) {
            CHECK_INT((int64_t)strlen(record.field[i].text), (int64_t)record.field[i].len);
            buf_printf(out, "[%s]", record.field[i].text);
        }
        if (record.broken)
            buf_printf(out, "!%zu", record.broken);
        buf_lit(out, "\n");
    }
}

TEST(csv_records)
{
    static const struct {
        const char *text, *want;
        char delimiter;
    } t[] = {
        { "", "", ',' },
        { "\n\n", "", ',' },
        { "a", "1:[a]\n", ',' },
        { "a,b\n1,2\n", "1:[a][b]\n2:[1][2]\n", ',' },
        { "a,b\n1,2", "1:[a][b]\n2:[1][2]\n", ',' },
        { "a;b\r\n1;2\r\n", "1:[a][b]\n2:[1][2]\n", ';' },
        { "a;b;c\n1,5;2,5;3,5\n", "1:[a][b][c]\n2:[1,5][2,5][3,5]\n", ';' },
        { "a\tb\n1\t2\n", "1:[a][b]\n2:[1][2]\n", '\t' },
        { "a|b\n1|2\n", "1:[a][b]\n2:[1][2]\n", '|' },
        { "sep=;\r\na;b,c,d\r\n", "2:[a][b,c,d]\n", ';' },
        { "a,b\r1,2\r", "1:[a][b]\n2:[1][2]\n", ',' },
        { "a,b\n\n\r\n1,2\n", "1:[a][b]\n4:[1][2]\n", ',' },
        { "a,b\n,\n", "1:[a][b]\n2:[][]\n", ',' },
        { "a,b\n,", "1:[a][b]\n2:[][]\n", ',' },
        { "a\n\"\"\nb\n", "1:[a]\n2:[]\n3:[b]\n", ',' },
        { "a,b\n\"1,2\",\"say \"\"hi\"\"\"\n", "1:[a][b]\n2:[1,2][say \"hi\"]\n", ',' },
        { "a,b\n\"x\ny\",2\n3,4\n", "1:[a][b]\n2:[x\ny][2]\n4:[3][4]\n", ',' },
        { "a,b\n\"x\r\ny\rz\",2\n3,4\n", "1:[a][b]\n2:[x\r\ny\rz][2]\n5:[3][4]\n", ',' },
        { "a,b\n\"\",\"\"\"\"\n", "1:[a][b]\n2:[][\"]\n", ',' },
        { "a,b\n5\" pipe,say \"hi\"\n", "1:[a][b]\n2:[5\" pipe][say \"hi\"]\n", ',' },
        { "a,b\n\"x\"y,2\n3,4\n", "1:[a][b]\n2:[x][2]!1\n3:[3][4]\n", ',' },
        { "a,b\n1,\"x\" \n3,4\n", "1:[a][b]\n2:[1][x]!2\n3:[3][4]\n", ',' },
        { "a,b\n1,\"x\"", "1:[a][b]\n2:[1][x]\n", ',' },
        { "a,b\n1\n1,2,3\n", "1:[a][b]\n2:[1]\n3:[1][2][3]\n", ',' },
        { "naam;plaats\ncaf\xE9;\x80 5\n", "1:[naam][plaats]\n2:[café][€ 5]\n", ';' },
        { "\xEF\xBB\xBF\"a\";\"b\"\n", "1:[a][b]\n", ';' },
        { "\"x, y, z\";b\n\"1, 2, 3\";2\n", "1:[x, y, z][b]\n2:[1, 2, 3][2]\n", ';' },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        struct ctx *c = test_begin_bare();
        struct buf out = { 0 };
        TEMP_FILE f = temp_file_text(t[i].text);
        char delimiter = 0;
        CHECK_INT(render(c, f.path, &out, &delimiter), OK);
        CHECK_STR(buf_text(&out), t[i].want);
        CHECK_INT(delimiter, t[i].delimiter);
        buf_free(&out);
    }
}

static void check_error(const struct buf *text, const char *says)
{
    struct ctx *c = test_begin_bare();
    struct buf out = { 0 };
    TEMP_FILE f = temp_file_make(text->data, text->len);
    char delimiter;

    c->lang = LANG_EN;
    CHECK_INT(render(c, f.path, &out, &delimiter), E_INVALID);
    if (!CHECK(strstr(c->err.text, says) != NULL))
        CHECK_STR(c->err.text, says);
    buf_free(&out);
}

TEST(csv_limits_name_the_line)
{
    struct buf b = { 0 };

    buf_str(&b, "a,b\n1,2\n3,\"never closed\n5,6\n");
    check_error(&b, "Line 3, column 2: a quote is opened and never closed");
    for (size_t i = 0; i < CSV_FIELD_LIMIT; i++)
        buf_char(&b, i % 80 ? 'x' : '\n');
    check_error(&b, "Line 3, column 2: this field is longer than 1 MiB. Is a closing quote missing?");
    buf_clear(&b);
    buf_str(&b, "a,b\n1,");
    for (size_t i = 0; i <= CSV_FIELD_LIMIT; i++)
        buf_char(&b, 'x');
    check_error(&b, "Line 2, column 2: this field or line is too long");
    buf_clear(&b);
    for (size_t i = 0; i < 6; i++) {
        for (size_t k = 0; k < 900000; k++)
            buf_char(&b, 'x');
        buf_char(&b, ',');
    }
    check_error(&b, "Line 1, column ");
    buf_clear(&b);
    buf_str(&b, "a,b\n");
    for (size_t i = 0; i < CSV_COLUMN_LIMIT; i++)
        buf_char(&b, ',');
    check_error(&b, "Line 2: more than 4096 columns");
    buf_free(&b);
}

/* A field of exactly 1 MiB passes, and so do records that grow the buffer. */
TEST(csv_large_fields)
{
    struct ctx *c = test_begin_bare();
    struct buf b = { 0 }, out = { 0 }, want = { 0 };
    char delimiter;

    for (int record = 0; record < 3; record++) {
        buf_str(&b, "\"");
        buf_printf(&want, "%d:[", record * 2 + 1);
        for (size_t i = 0; i < CSV_FIELD_LIMIT; i++)
            buf_char(&b, i == 700000 ? '\n' : 'x');
        buf_put(&want, b.data + b.len - CSV_FIELD_LIMIT, CSV_FIELD_LIMIT);
        buf_str(&b, "\",b\n");
        buf_str(&want, "][b]\n");
    }
    {
        TEMP_FILE f = temp_file_make(b.data, b.len);
        CHECK_INT(render(c, f.path, &out, &delimiter), OK);
        CHECK(out.len == want.len && memcmp(out.data, want.data, out.len) == 0);
    }
    buf_free(&b);
    buf_free(&out);
    buf_free(&want);
}

/* What RFC 4180 says, one byte at a time: the slow second opinion. */
static void slow_render(const char *text, size_t len, char delimiter, struct buf *out)
{
    long long line = 1;
    size_t i = 0;

    while (i < len) {
        struct buf record = { 0 };
        long long first = line;
        bool done = false, any = false;
        while (!done) {
            bool quoted = i < len && text[i] == '"';
            any = any || quoted;
            buf_lit(&record, "[");
            i += quoted;
            while (i < len) {
                if (quoted && text[i] == '"' && !(i + 1 < len && text[i + 1] == '"'))
                    break;
                if (!quoted && (text[i] == delimiter || text[i] == '\n'))
                    break;
                if (quoted && text[i] == '"')
                    i++;
                line += text[i] == '\n';
                buf_char(&record, text[i++]);
            }
            i += quoted;
            buf_lit(&record, "]");
            done = i >= len || text[i] == '\n';
            line += i < len && text[i] == '\n';
            i++;
        }
        if (any || record.len > 2) {
            buf_printf(out, "%lld:", first);
            buf_put(out, record.data, record.len);
            buf_lit(out, "\n");
        }
        buf_free(&record);
    }
}

TEST(csv_agrees_with_a_slow_reader)
{
    struct ctx *c = test_begin_bare();
    static const char *const field[] = { "",
                                         "a",
                                         "bc",
                                         "a longer text that fills a block of sixty-four bytes and more",
                                         "\"\"",
                                         "\"x,y\"",
                                         "\"line\nline\"",
                                         "\"say \"\"hi\"\"\"",
                                         "\"\"\"\"",
                                         "é" };

    for (uint64_t seed = 0; seed < 60; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct buf text = { 0 }, out = { 0 }, want = { 0 };
        struct rng r;
        char delimiter;
        rng_seed(&r, seed);
        buf_str(&text, "one,two,three,four\n");
        while (text.len < (seed < 50 ? 2000u : 700000u)) {
            buf_str(&text, field[rng_below(&r, COUNT(field))]);
            buf_char(&text, rng_below(&r, 4) ? ',' : '\n');
        }
        buf_lit(&text, "end");
        TEMP_FILE f = temp_file_make(text.data, text.len);
        CHECK_INT(render(c, f.path, &out, &delimiter), OK);
        slow_render(text.data, text.len, delimiter, &want);
        CHECK(out.len == want.len && memcmp(out.data, want.data, out.len) == 0);
        buf_free(&text);
        buf_free(&out);
        buf_free(&want);
        err_clear(c);
        arena_release(c->arena, mark);
    }
}

TEST(csv_random_bytes)
{
    struct ctx *c = test_begin_bare();
    static const char letter[] = ",;\t|\"\"\"\n\r\nab \xE9\xC3\xA9=";

    for (uint64_t seed = 0; seed < 500; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct buf out = { 0 };
        char data[2000], delimiter;
        struct rng r;
        size_t len;
        enum err e;
        rng_seed(&r, seed);
        len = rng_below(&r, sizeof data);
        for (size_t i = 0; i < len; i++)
            data[i] = letter[rng_below(&r, sizeof letter - 1)];
        TEMP_FILE f = temp_file_make(data, len);
        e = render(c, f.path, &out, &delimiter);
        CHECK(e == OK || e == E_INVALID);
        buf_free(&out);
        err_clear(c);
        arena_release(c->arena, mark);
    }
}

TEST(csv_reads_the_real_files)
{
    static const struct {
        const char *name;
        int64_t records;
        size_t columns;
    } t[] = {
        { "requests_sf311_a.csv.gz", 5863, 9 },
        { "eventlog_sepsis.csv.gz", 15215, 4 },
        { "eventlog_fines_a.csv.gz", 13838, 4 },
        { "waitlist_transplant_a.csv", 415, 7 },
    };

    for (size_t i = 0; i < COUNT(t); i++) {
        struct ctx *c = test_begin_bare();
        SOURCE_AUTO struct source *s = NULL;
        struct csv *r = NULL;
        struct csv_record record;
        int64_t n = 0;
        bool more = true;
        const char *path = test_data(t[i].name);
        CHECK_INT(source_open(c, path, &s), OK);
        CHECK_INT(csv_open(c, s, &r), OK);
        while (csv_next(c, r, &record, &more) == OK && more) {
            n++;
            CHECK_INT((int64_t)record.n, (int64_t)t[i].columns);
        }
        CHECK_INT(c->err.code, OK);
        CHECK_INT(n, t[i].records);
    }
}
