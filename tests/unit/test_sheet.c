// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/sheet_csv.h"
#include "exchange/sheet_xlsx.h"
#include "register/right.h"
#include "unit/temp_file.h"
#include "unit/test.h"
#include "unit/unzip.h"
#include "web/sheet_view.h"
#include "web/show.h"
#include "web/tpl.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Urgency"), BADGE),
    SHEET_COLUMN(N_("Neighbourhood"), COUNT),
    SHEET_COLUMN(N_("Team"), DECIMAL),
    SHEET_COLUMN(N_("Reference date"), DAY),
    SHEET_COLUMN(N_("Exported"), MOMENT),
    SHEET_COLUMN(N_("Yes"), CHECK),
};

static void put(struct ctx *c, struct sheet *s, int64_t id, const char *name, const char *sub, int64_t n)
{
    CHECK_INT(sheet_row(c, s, id), OK);
    sheet_text(s, name);
    sheet_sub(s, sub);
    CHECK_INT(sheet_link(c, s, "/requests/%lld", (long long)id), OK);
    sheet_badge(s, "Normal", "neutral");
    sheet_count(s, n);
    sheet_count(s, n == INT_NONE ? INT_NONE : n * 50);
    sheet_day(s, n == INT_NONE ? DAY_NONE : date_from_civil(2024, 2, 29));
    sheet_moment(s, n == INT_NONE ? TIME_NONE : time_of_nl_day(date_from_civil(2024, 7, 1), 14 * 3600 + 300));
    sheet_check(s, n != INT_NONE);
}

static struct sheet sample(struct ctx *c)
{
    struct sheet s = { .object = "contact",
                       .title = "People; all",
                       .filter = "Team: West",
                       .day = date_from_civil(2024, 6, 30),
                       SHEET_COLUMNS(columns) };

    put(c, &s, 1, "=HYPERLINK(\"http://evil\")", "2024-1", 3);
    put(c, &s, 2, "Ünal; \"Ayşe\"", "+31612345678", INT_NONE);
    put(c, &s, 3, "@sum", "-2+3", 1);
    put(c, &s, 4, "<b> & ]]>", NULL, 2);
    return s;
}

static struct ctx *begin(void)
{
    struct ctx *c = test_begin_bare();

    c->lang = LANG_NL;
    ctx_set_now(c, time_of_nl_day(date_from_civil(2024, 7, 1), 9 * 3600));
    return c;
}

static const char csv_wanted[] = "\xef\xbb\xbfLijst;\"People; all\";;;;;;\r\n"
                                 "Filter;Team: West;;;;;;\r\n"
                                 "Peildatum;2024-06-30;;;;;;\r\n"
                                 "Gemaakt;2024-07-01 09:00;;;;;;\r\n"
                                 ";;;;;;;\r\n"
                                 "Inwoner;Nummer;Urgentie;Wijk;Team;Peildatum;Gemaakt;Ja\r\n"
                                 "\"'=HYPERLINK(\"\"http://evil\"\")\";2024-1;Normal;3;1,50;2024-02-29;"
                                 "2024-07-01 14:05;Ja\r\n"
                                 "\"Ünal; \"\"Ayşe\"\"\";+31612345678;Normal;;;;;Nee\r\n"
                                 "'@sum;'-2+3;Normal;1;0,50;2024-02-29;2024-07-01 14:05;Ja\r\n"
                                 "<b> & ]]>;;Normal;2;1,00;2024-02-29;2024-07-01 14:05;Ja\r\n";

TEST(sheet_csv_says_what_it_is_and_runs_nothing)
{
    struct ctx *c = begin();
    struct sheet s = sample(c);
    struct buf out = { 0 };

    CHECK_INT(sheet_csv_head(c, &s, &out), OK);
    sheet_csv_rows(c, &s, &out);
    CHECK_STR(buf_text(&out), csv_wanted);
    buf_clear(&out);
    c->lang = LANG_EN;
    CHECK_INT(sheet_csv_head(c, &s, &out), OK);
    sheet_csv_rows(c, &s, &out);
    CHECK(strstr(buf_text(&out), "List,People; all,,,,,,\r\n") != NULL);
    CHECK(strstr(buf_text(&out), ",Normal,3,1.50,2024-02-29,") != NULL);
    buf_free(&out);
}

/* What our own reader makes of it: the same cells. */
TEST(sheet_csv_reads_back)
{
    struct ctx *c = begin();
    struct sheet s = sample(c);
    struct buf out = { 0 };
    struct csv_record record;
    struct csv *r;
    bool more = true;

    CHECK_INT(sheet_csv_head(c, &s, &out), OK);
    sheet_csv_rows(c, &s, &out);
    TEMP_FILE f = temp_file_make(out.data, out.len);
    buf_free(&out);
    SOURCE_AUTO struct source *source = NULL;
    CHECK_INT(source_open(c, f.path, &source), OK);
    CHECK_INT(csv_open(c, source, &r), OK);
    CHECK_INT(csv_delimiter(r), ';');
    for (int i = 0; i < 8 && more; i++) {
        CHECK_INT(csv_next(c, r, &record, &more), OK);
        CHECK_INT((int64_t)record.n, 8);
        CHECK_INT((int64_t)record.broken, 0);
        if (i == 0)
            CHECK_STR(record.field[1].text, "People; all");
        if (i == 7)
            CHECK_STR(record.field[0].text, "Ünal; \"Ayşe\"");
    }
}

/* ── The workbook ─────────────────────────────────────────────────────────────────────────────────────────
 */

static void check_xml(const char *text)
{
    XML_Parser p = XML_ParserCreate(NULL);

    CHECK_INT(XML_Parse(p, text, (int)strlen(text), 1), XML_STATUS_OK);
    XML_ParserFree(p);
}

#define HAS(text, part) CHECK(strstr((text), (part)) != NULL)

TEST(sheet_xlsx_reads_back)
{
    struct ctx *c = begin();
    struct sheet s = sample(c);
    struct buf out = { 0 };
    struct sheet_xlsx *book;

    CHECK_INT(sheet_xlsx_begin(c, &s, &book), OK);
    CHECK_INT(sheet_xlsx_rows(c, book, &s), OK);
    CHECK_INT(sheet_xlsx_end(c, book, &out), OK);
    sheet_xlsx_drop(&book);
    check_xml(unzip(c, &out, "[Content_Types].xml"));
    check_xml(unzip(c, &out, "xl/workbook.xml"));
    HAS(unzip(c, &out, "docProps/core.xml"), "<dc:title>People; all</dc:title>");
    const char *sheet = unzip(c, &out, "xl/worksheets/sheet1.xml");
    check_xml(sheet);
    HAS(sheet, "<c r=\"B2\" t=\"inlineStr\"><is><t>Team: West</t></is></c>");
    HAS(sheet, "<c r=\"B3\" t=\"inlineStr\"><is><t>2024-06-30</t></is></c>");
    HAS(sheet, "<t>2024-07-01 09:00</t>");
    HAS(sheet, "<t>=HYPERLINK(\"http://evil\")</t>"); /* a text, not a formula */
    HAS(sheet, "<t>&lt;b&gt; &amp; ]]&gt;</t>");
    CHECK(strstr(sheet, "<f>") == NULL);
    HAS(sheet, "<c r=\"D7\"><v>3</v></c>");
    HAS(sheet, "<v>1.5</v>");
    HAS(sheet, "<v>45351</v>");      /* 29-2-2024, as a spreadsheet counts */
    HAS(sheet, "<v>45474.58680555"); /* 1-7-2024 14:05 */
    HAS(sheet, "<pageSetup paperSize=\"9\"");
    HAS(sheet, "<row r=\"10\"");
    CHECK(strstr(sheet, "<row r=\"11\"") == NULL);
    buf_free(&out);
}

TEST(sheet_xlsx_gives_back_what_is_not_finished)
{
    struct ctx *c = begin();
    struct sheet s = sample(c);
    struct sheet_xlsx *book;

    CHECK_INT(sheet_xlsx_begin(c, &s, &book), OK);
    CHECK_INT(sheet_xlsx_rows(c, book, &s), OK);
    sheet_xlsx_drop(&book); /* the sanitizer counts */
    sheet_xlsx_drop(&book);
}

/* ── Order and the screen ─────────────────────────────────────────────────────────────────────────────────
 */

TEST(sheet_sorts_with_unknown_last)
{
    struct ctx *c = begin();
    struct sheet s = sample(c);

    sheet_sort(&s, 2, false);
    CHECK_INT(s.row[0].id, 3);
    CHECK_INT(s.row[3].id, 2); /* unknown */
    sheet_sort(&s, 2, true);
    CHECK_INT(s.row[0].id, 1);
    CHECK_INT(s.row[3].id, 2);
    sheet_sort(&s, 0, false);
    CHECK_STR(s.row[3].cell[0].text, "Ünal; \"Ayşe\"");
    sheet_sort(&s, 1, true); /* all equal: the order stays */
    CHECK_STR(s.row[3].cell[0].text, "Ünal; \"Ayşe\"");
}

static struct req request(struct ctx *c, const char *target)
{
    struct req r = { .method = METHOD_GET, .target = target };

    CHECK_INT(req_decode(c, &r), OK);
    return r;
}

TEST(sheet_view_has_pages_order_and_an_empty_sentence)
{
    struct ctx *c = begin();
    struct sheet s = sample(c), none = { .empty = "Nobody & nothing.", SHEET_COLUMNS(columns) };
    struct sheet_view v;
    struct buf out = { 0 };
    struct req r = request(c, "/people?team=3&sort=-3&page=2&q=%3Cx");

    for (int64_t i = 5; i <= 120; i++)
        put(c, &s, i, "Jan", "2024-9", i);
    CHECK_INT(sheet_view_fill(c, &r, &s, &v), OK);
    CHECK_INT((int64_t)v.n, 50);
    CHECK_INT(v.row[0].id, 70);
    CHECK(v.csv_url == NULL); /* nobody is logged in */
    CHECK_STR(v.heading[2].url, "/people?team=3&page=2&q=%3Cx&sort=3");
    CHECK_INT(sheet_html(c, &out, &v), OK);
    HAS(buf_text(&out), "<th class=\"peil-number\" scope=\"col\" aria-sort=\"descending\">");
    HAS(buf_text(&out), "href=\"/people?team=3&amp;sort=-3&amp;q=%3Cx&amp;page=3\"");
    HAS(buf_text(&out), "<a class=\"nl-link\" href=\"/requests/70\">");
    HAS(buf_text(&out), "data-label=\"Wijk\"");
    CHECK(strstr(buf_text(&out), "type=\"checkbox\"") == NULL);
    HAS(buf_text(&out), "Peildatum zondag 30 juni 2024");
    r = request(c, "/people?sort=1&page=all");
    CHECK_INT(sheet_view_fill(c, &r, &s, &v), OK);
    CHECK_INT((int64_t)v.n, 120);
    CHECK_INT((int64_t)v.pages.n, 0);
    buf_clear(&out);
    CHECK_INT(sheet_view_fill(c, &r, &none, &v), OK);
    CHECK_INT(sheet_html(c, &out, &v), OK);
    HAS(buf_text(&out), "Nobody &amp; nothing.");
    buf_free(&out);
}

TEST(sheet_view_survives_wild_addresses)
{
    static const char *const targets[] = { "/x?sort=99&page=-1", "/x?sort=-9223372036854775808&page=9e9",
                                           "/x?sort=&page=99999999999999", "/x?sort=1&sort=2" };

    for (size_t i = 0; i < COUNT(targets); i++) {
        struct ctx *c = begin();
        struct sheet s = sample(c);
        struct sheet_view v;
        struct req r = request(c, targets[i]);
        CHECK_INT(sheet_view_fill(c, &r, &s, &v), OK);
        CHECK_INT((int64_t)v.n, 4);
    }
}

/* ── Giving it as a file ──────────────────────────────────────────────────────────────────────────────────
 */

static enum err three_turns(struct ctx *c, void *arg, struct sheet *s)
{
    int *turn = arg;

    if (++*turn > 3)
        return OK;
    for (int i = 0; i < 100; i++)
        put(c, s, *turn * 1000 + i, "Jan", "2024-1", i);
    return OK;
}

static size_t lines(const char *text)
{
    size_t n = 0;

    for (; (text = strchr(text, '\n')) != NULL; text++)
        n++;
    return n;
}

TEST(sheet_export_takes_turns_and_is_logged)
{
    struct ctx *c = test_begin("2024-07-01");
    struct sheet s = { .object = "contact", .title = "Contacts", .day = c->today, SHEET_COLUMNS(columns) };
    struct reply out = { 0 };
    int turn = 0;
    struct sheet_source from = { three_turns, &turn };
    struct req r = request(c, "/contacts?format=csv");

    reply_clear(&out);
    CHECK_INT(web_sheet_export_from(c, &r, &s, &from, &out), OK);
    CHECK_INT((int64_t)lines(buf_text(&out.body)), 306);
    CHECK_STR(out.content_type, "text/csv; charset=utf-8");
    size_t used = c->arena->used;
    turn = 0;
    r = request(c, "/contacts?format=xlsx");
    reply_clear(&out);
    CHECK_INT(web_sheet_export_from(c, &r, &s, &from, &out), OK);
    HAS(unzip(c, &out.body, "xl/worksheets/sheet1.xml"), "<row r=\"306\"");
    CHECK(c->arena->used < used + 400000); /* one turn and one small archive, not all rows */
    r = request(c, "/contacts?format=exe");
    CHECK_INT(web_sheet_export_from(c, &r, &s, &from, &out), E_REQUEST);
    buf_free(&out.body);
    test_end(c);
}

/* For people a minus; a hyphen in a file. */
TEST(sheet_export_has_hyphens)
{
    static const struct sheet_column two[] = { SHEET_COLUMN(N_("Resident"), TEXT),
                                               SHEET_COLUMN(N_("Urgency"), BADGE) };
    struct ctx *c = test_begin("2024-07-01");
    struct sheet s = { .object = "contact", .title = "x", .day = c->today, SHEET_COLUMNS(two) };
    struct reply out = { 0 };
    struct req r = request(c, "/contacts?format=csv");

    c->lang = LANG_NL;
    CHECK_INT(sheet_row(c, &s, INT_NONE), OK);
    sheet_text(&s, count_text(c, -2));
    sheet_badge(&s, count_text(c, -1234), "neutral");
    CHECK_INT(sheet_row(c, &s, INT_NONE), OK);
    sheet_text(&s, NULL);
    sheet_badge(&s, "a-b", "neutral");
    reply_clear(&out);
    CHECK_INT(web_sheet_export(c, &r, &s, &out), OK);
    HAS(buf_text(&out.body), "\r\n-2;-1.234\r\n;a-b\r\n");
    buf_free(&out.body);
    test_end(c);
}

TEST(sheet_export_needs_the_right)
{
    struct ctx *c = test_begin("2024-07-01");
    struct actor board = { .account = INT_NONE, .role = ROLE_ADVISORY_COUNCIL, .name = "x" };
    struct sheet s = sample(c);
    struct reply out = { 0 };
    struct req r = request(c, "/contacts?format=csv");

    c->actor = &board;
    reply_clear(&out);
    CHECK_INT(web_sheet_export(c, &r, &s, &out), E_FORBIDDEN);
    CHECK_INT((int64_t)out.body.len, 0);
    buf_free(&out.body);
    test_end(c);
}
