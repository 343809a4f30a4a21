// SPDX-License-Identifier: EUPL-1.2
#include "register/request.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/import_help.h"
#include "unit/temp_file.h"
#include "unit/test.h"

#include <string.h>

TEST(import_requests)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(c,
                                         "id,asked,talk,ended,team,part,ch\n"
                                         "NA,2024-01-02,2024-01-10,2024-02-01,Noord,Rijpelberg,p\n"
                                         "2,2024-01-03T10:00:00Z,,,-,Brouwhuis,W\n"
                                         "\n"
                                         "3,2024-01-04,2024-01-01,,Noord,,\n",
                                         import_simple);

    CHECK_INT(r.lines, 3);
    CHECK_INT(r.requests_new, 3);
    CHECK_INT(r.events_new, 6);
    CHECK_INT(r.rejected, 0);
    CHECK_INT(r.no_team, 1);
    CHECK_INT(r.no_neighbourhood, 1);
    CHECK_INT(r.warning[IMPORT_END_BEFORE_START], 1);
    import_check_events(c, "test", "NA",
                        "registered 2024-01-02T00:00:00Z;first_talk 2024-01-10T00:00:00Z;closed "
                        "2024-02-01T00:00:00Z (helped);");
    import_check_events(c, "test", "2", "registered 2024-01-03T10:00:00Z;");
    import_check_events(c, "test", "3", "registered 2024-01-04T00:00:00Z;first_talk 2024-01-01T00:00:00Z;");
    test_end(c);
}

TEST(import_again_adds_only_what_is_new)
{
    static const char first[] = "id,asked,talk,ended,team,part,ch\n1,2024-01-02,,,A,,\n2,2024-01-02,,,A,,\n";
    static const char later[] =
        "id,asked,talk,ended,team,part,ch\n1,2024-01-02,2024-01-09,,A,,\n2,2024-01-02,,,A,,\n"
        "3,2024-01-03,,,B,,\n";
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(c, first, import_simple);

    CHECK_INT(r.requests_new, 2);
    r = import_take(c, first, import_simple);
    CHECK_INT(r.requests_new + r.events_new, 0);
    CHECK_INT(r.requests_known, 2);
    CHECK_INT(r.events_known, 2);
    r = import_take(c, later, import_simple);
    CHECK_INT(r.requests_new, 1);
    CHECK_INT(r.requests_known, 2);
    CHECK_INT(r.events_new, 2);
    import_check_events(c, "test", "1", "registered 2024-01-02T00:00:00Z;first_talk 2024-01-09T00:00:00Z;");
    r = import_take(c, later, import_simple);
    CHECK_INT(r.requests_new + r.events_new, 0);
    test_end(c);
}

TEST(import_rejects_lines_with_their_reason)
{
    static const struct {
        const char *line, *column, *reason;
    } bad[] = {
        { "1,2024-02-30,,,,,", "asked", "\"2024-02-30\" is not a date or time that exists in this format" },
        { "1,,,,,,", "asked", "is empty" },
        { ",2024-01-02,,,,,", "id", "is empty" },
        { "-,2024-01-02,,,,,", "id", "is empty" },
        { "1,2024-01-02,soon,,,,", "talk", "\"soon\" is not a date or time that exists in this format" },
        { "1,2025-01-02,,,,,", "asked", "2025-01-02 is in the future" },
        { "1,1202-01-02,,,,,", "asked", "1202-01-02 is before 1900" },
        { "1,2024-01-02,,,,,pigeon", "ch", "the mapping has no place for the value \"pigeon\"" },
        { "1,2024-01-02", "", "2 columns, but the header has 7" },
        { "1,2024-01-02,,,,,,x", "", "8 columns, but the header has 7" },
        { "1,\"2024-01-02\"x,,,,,", "", "text stands behind the closing quote of column 2" },
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin("2024-06-01");
        struct buf text = { 0 };
        buf_printf(&text, "id,asked,talk,ended,team,part,ch\n7,2024-01-02,,,,,\n%s\n8,2024-01-02,,,,,,\n",
                   bad[i].line);
        struct import_report r = import_take(c, buf_text(&text), import_simple);
        CHECK_INT(r.requests_new, 2);
        CHECK_INT(r.rejected, 1);
        if (CHECK_INT((int64_t)r.listed, 1)) {
            CHECK_INT(r.reject[0].line, 3);
            CHECK_STR(r.reject[0].column, bad[i].column);
            CHECK_STR(r.reject[0].reason, bad[i].reason);
        }
        CHECK_INT(import_id_of(c, "test", "1"), 0);
        buf_free(&text);
        test_end(c);
    }
}

TEST(import_rejects_go_to_a_file)
{
    struct ctx *c = test_begin("2024-06-01");
    struct buf text = { 0 };
    struct import_report r;
    TEMP_FILE rejects = temp_file_text("");

    buf_str(&text, "id,asked,talk,ended,team,part,ch\n");
    for (int i = 0; i < 50; i++)
        buf_printf(&text, "%d,\"2024,01\",,,,,\n", i);
    buf_str(&text, "50,2024-01-01,,,,,\n");
    CHECK_INT(import_run_text(c, buf_text(&text), import_simple,
                              (struct import_options){ .rejects = rejects.path }, &r),
              OK);
    CHECK_INT(r.rejected, 50);
    CHECK_INT((int64_t)r.listed, IMPORT_LISTED);
    const char *all = test_read_file(rejects.path);
    CHECK(strncmp(all, "line,column,reason\n2,asked,", 27) == 0);
    CHECK(strstr(all, "\n51,asked,\"\"\"2024,01\"\" is not a date") != NULL);
    buf_free(&text);
    test_end(c);
}

TEST(import_dry_run_keeps_nothing)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r;
    struct sql_team_all_row *team;
    size_t n;

    CHECK_INT(import_run_text(c, "id,asked,talk,ended,team,part,ch\n1,2024-01-02,,,A,,\nx,no,,,,,\n",
                              import_simple, (struct import_options){ .dry_run = true }, &r),
              OK);
    CHECK_INT(c->err.code, OK);
    CHECK_INT(r.requests_new, 1);
    CHECK_INT(r.rejected, 1);
    CHECK_INT(import_id_of(c, "test", "1"), 0);
    CHECK_INT(sql_team_all(c, &team, &n), OK);
    CHECK_INT((int64_t)n, 0);
    r = import_take(c, "id,asked,talk,ended,team,part,ch\n1,2024-01-02,,,A,,\n", import_simple);
    CHECK_INT(r.requests_new, 1);
    test_end(c);
}

TEST(import_tells_new_names_and_slips_of_the_pen)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(
        c, "id,asked,talk,ended,team,part,ch\n1,2024-01-02,,,Team Noord,Brouwhuis,\n", import_simple);
    struct buf out = { 0 };
    const char *text;

    CHECK_INT(import_added_text(c, &r, IMPORT_TEAMS, &text), OK);
    CHECK_STR(text, "New teams: Team Noord");
    r = import_take(c,
                    "id,asked,talk,ended,team,part,ch\n2,2024-01-02,,,Team Nord,brouwhuis,\n"
                    "3,2024-01-02,,,Team Noord,Brouwhuis,\n4,2024-01-02,,,Team Nord,Atlantis,\n",
                    import_simple);
    CHECK_INT(import_added_text(c, &r, IMPORT_TEAMS, &text), OK);
    CHECK_STR(text, "New teams: Team Nord (is that Team Noord?)");
    CHECK_INT(import_added_text(c, &r, IMPORT_NEIGHBOURHOODS, &text), OK);
    CHECK_STR(text, "New neighbourhoods: brouwhuis (is that Brouwhuis?), Atlantis");
    import_report_json(c, &r, &out);
    CHECK(strstr(buf_text(&out), "\"teams_new\":[{\"name\":\"Team Nord\",\"like\":\"Team Noord\"}],"
                                 "\"neighbourhoods_new\":[{\"name\":\"brouwhuis\",\"like\":\"Brouwhuis\"},"
                                 "{\"name\":\"Atlantis\"}]") != NULL);
    buf_clear(&out);
    import_report_table(c, &r, &out);
    CHECK(strstr(buf_text(&out), "is that Team Noord?") != NULL);
    buf_free(&out);
    r = import_take(c, "id,asked,talk,ended,team,part,ch\n5,2024-01-02,,,Team Noord,Atlantis,\n",
                    import_simple);
    CHECK_INT(r.added[IMPORT_TEAMS].n + r.added[IMPORT_NEIGHBOURHOODS].n, 0);
    test_end(c);
}

TEST(import_is_whole_or_not_at_all)
{
    static const char *const broken[] = {
        "id,asked,talk,ended,team,part,ch\n1,2024-01-02,,,A,,\n2,\"2024-01-02,,,A,,\n", /* a quote never
                                                                                           closed */
        "id,asked,talk,team,part,ch\n1,2024-01-02,,A,,\n",       /* a column is missing */
        "", "id,asked,talk,ended,team,part,ch\n1,never,,,A,,\n", /* not one line is left */
    };

    for (size_t i = 0; i < COUNT(broken); i++) {
        struct ctx *c = test_begin("2024-06-01");
        struct import_report r;
        CHECK_INT(import_run_text(c, broken[i], import_simple, (struct import_options){ 0 }, &r), E_INVALID);
        CHECK(c->err.text[0] != '\0');
        CHECK_INT(import_id_of(c, "test", "1"), 0);
        test_end(c);
    }
}

TEST(import_takes_the_team_of_the_neighbourhood)
{
    struct ctx *c = test_begin("2024-06-01");
    struct sql_team_insert_row team;
    struct sql_neighbourhood_insert_row part;
    struct import_report r;

    CHECK_INT(sql_team_insert(c, "Noord", &team), OK);
    CHECK_INT(sql_neighbourhood_insert(c, "Rijpelberg", NULL, team.id, INT_NONE, &part), OK);
    r = import_take(
        c, "id,asked,talk,ended,team,part,ch\n1,2024-01-02,,,,Rijpelberg,\n2,2024-01-02,,,,Brouwhuis,\n",
        import_simple);
    CHECK_INT(r.no_team, 1);
    test_end(c);
}

TEST(import_twice_in_one_file)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r =
        import_take(c, "id,asked,talk,ended,team,part,ch\n1,2024-01-02,,,A,,\n1,2024-01-02,,2024-01-05,A,,\n",
                    import_simple);

    CHECK_INT(r.requests_new, 1);
    CHECK_INT(r.warning[IMPORT_TWICE], 1);
    import_check_events(c, "test", "1",
                        "registered 2024-01-02T00:00:00Z;closed 2024-01-05T00:00:00Z (helped);");
    test_end(c);
}

TEST(import_windows_file_with_dutch_dates)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r =
        import_take(c,
                    "nummer;ontvangen;eerste_gesprek;wijk;urgentie;kanaal;afgesloten;reden\r\n"
                    "A-1;31-1-2024 09:30;01-02-2024;Caf\xE9wijk;Kan wachten;Balie;1-3-2024;Ingetrokken\r\n"
                    "A-2;1-7-2023;;onbekend;;;;\r\n",
                    NULL);
    struct sql_neighbourhood_all_row *part;
    size_t n;

    CHECK_STR(r.mapping, "peil");
    CHECK_STR(r.encoding, "Windows-1252");
    CHECK_INT(r.delimiter, ';');
    CHECK_INT(r.requests_new, 2);
    import_check_events(c, "peil", "A-1",
                        "registered 2024-01-31T08:30:00Z (source);first_talk 2024-01-31T23:00:00Z;closed "
                        "2024-02-29T23:00:00Z (withdrawn);");
    import_check_events(c, "peil", "A-2", "registered 2023-06-30T22:00:00Z;");
    CHECK_INT(sql_neighbourhood_all(c, &part, &n), OK);
    if (CHECK_INT((int64_t)n, 1))
        CHECK_STR(part[0].name, "Caféwijk");
    test_end(c);
}

TEST(import_persons_are_sealed_and_stay)
{
    static const char file[] = "nummer;ontvangen;naam;geboortedatum;telefoon;vraag\n"
                               "1;2-1-2024;Zoë de Vries;3-4-1950;06 12345678;\"Hulp bij de post\nen meer\"\n"
                               "2;2-1-2024;;;;\n";
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(c, file, NULL);
    struct request q;

    CHECK_INT(r.requests_new, 2);
    r = import_take(c, file, NULL);
    CHECK_INT(r.requests_known, 2);
    CHECK_INT(request_get(c, (struct request_id){ import_id_of(c, "peil", "1") }, &q), OK);
    CHECK_STR(q.who.name, "Zoë de Vries");
    CHECK_STR(q.who.birth, "1950-04-03");
    CHECK_STR(q.who.phone, "06 12345678");
    CHECK_STR(q.question, "Hulp bij de post\nen meer");
    CHECK_INT(request_get(c, (struct request_id){ import_id_of(c, "peil", "2") }, &q), OK);
    CHECK_INT(q.person, INT_NONE);
    test_end(c);
}

TEST(import_person_texts_hold_no_separator)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(c,
                                         "nummer;ontvangen;naam;geboortedatum\n1;2-1-2024;Jan\x1fPiet;\n2;2-"
                                         "1-2024;Jan;32-1-1950\n3;2-1-2024;;\n",
                                         NULL);

    CHECK_INT(r.rejected, 2);
    CHECK_STR(r.reject[0].reason, "holds a sign that is not text");
    CHECK(strstr(r.reject[1].reason, "1950") == NULL); /* a birth date is not repeated */
    test_end(c);
}

static const char by_outcome[] =
    "source = test\nkind = requests\nkey = id\nreceived = asked : iso\n"
    "event = outcome after days { ltx = first_talk; death = closed reason died; censored = none }\n"
    "event = status at changed : iso { Done = closed reason from why; open = none }\n";

TEST(import_events_by_value)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r =
        import_take(c,
                    "id,asked,outcome,days,status,changed,why\n"
                    "1,2024-03-30,ltx,2,open,2024-04-01,\n" /* summer time begins in between */
                    "2,2024-01-01,death,0,Done,2024-01-05,moved\n"
                    "3,2024-01-01,censored,10,,,\n"
                    "4,2024-01-01,LTX,-1,,,\n"
                    "5,2024-01-01,ltx,many,,,\n"
                    "6,2024-01-01,lost,1,,,\n"
                    "7,2024-01-01,ltx,1000,,,\n",
                    by_outcome);

    CHECK_INT(r.requests_new, 4);
    CHECK_INT(r.rejected, 3);
    CHECK_INT(r.warning[IMPORT_END_BEFORE_START], 1);
    CHECK_INT(r.warning[IMPORT_AFTER_END], 1);
    import_check_events(c, "test", "1", "registered 2024-03-29T23:00:00Z;first_talk 2024-03-31T22:00:00Z;");
    import_check_events(c, "test", "2",
                        "registered 2023-12-31T23:00:00Z;closed 2023-12-31T23:00:00Z (died);closed "
                        "2024-01-04T23:00:00Z (moved);");
    import_check_events(c, "test", "3", "registered 2023-12-31T23:00:00Z;");
    test_end(c);
}

/* ── Choosing and refusing mappings ───────────────────────────────────────────────────────────────────────
 */

TEST(import_refuses_mappings_that_do_not_fit)
{
    static const char head[] = "source = x\nkey = a\nreceived = b\n";
    static const struct {
        const char *text, *rule, *says;
    } bad[] = {
        { "a,b\n", "event danced = b\n", "\"danced\" is not an event of the register" },
        { "a,b\n", "event registered = b\n", "the registration is the column \"received\"" },
        { "a,c\n", "", "The file has no column \"b\", which line 3" },
        { "<log/>", "", "is an event log; the mapping" },
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin("2024-06-01");
        struct import_report r;
        struct buf map = { 0 };
        buf_printf(&map, "%s%s", head, bad[i].rule);
        CHECK_INT(import_run_text(c, bad[i].text, buf_text(&map), (struct import_options){ 0 }, &r),
                  E_INVALID);
        if (!CHECK(strstr(c->err.text, bad[i].says) != NULL))
            CHECK_STR(c->err.text, bad[i].says);
        buf_free(&map);
        test_end(c);
    }
}

TEST(import_without_a_mapping_that_fits)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        { "some,thing\n1,2\n", "No ready mapping fits" },
        { "case_id,activity,timestamp,resource\n1,Unheard of,2024-01-01,\n", "No ready mapping fits" },
        { "case_id,activity,timestamp,resource\n1,ER Registration,2024-01-01,\n1,Create Fine,2024-01-01,\n",
          "More than one ready mapping fits" },
    };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct ctx *c = test_begin("2024-06-01");
        struct import_report r;
        CHECK_INT(import_run_text(c, bad[i].text, NULL, (struct import_options){ 0 }, &r), E_INVALID);
        CHECK(strstr(c->err.text, bad[i].says) != NULL);
        test_end(c);
    }
}

TEST_LONG(import_refuses_a_wrong_team_column)
{
    struct ctx *c = test_begin("2024-06-01");
    struct buf text = { 0 };
    struct import_report r;

    buf_str(&text, "id,asked,talk,ended,team,part,ch\n");
    for (int i = 0; i < 2100; i++)
        buf_printf(&text, "%d,2024-01-02,,,Team %d,,\n", i, i);
    CHECK_INT(import_run_text(c, buf_text(&text), import_simple, (struct import_options){ 0 }, &r),
              E_INVALID);
    CHECK(strstr(c->err.text, "more than 2000 different") != NULL);
    CHECK_INT(import_id_of(c, "test", "1"), 0);
    buf_free(&text);
    test_end(c);
}

TEST(import_needs_the_right)
{
    struct ctx *c = test_begin("2024-06-01");
    struct session s;
    struct import_report r;

    session_act_as(c, &s, ROLE_SOCIAL_WORKER, INT_NONE, INT_NONE);
    CHECK_INT(import_run_text(c, "id,asked\n", import_simple, (struct import_options){ 0 }, &r), E_FORBIDDEN);
    err_clear(c);
    session_act_as(c, &s, ROLE_QUALITY, INT_NONE, INT_NONE); /* may import, but registers nobody */
    CHECK_INT(import_run_text(c, "id,asked\n", import_simple, (struct import_options){ 0 }, &r), E_FORBIDDEN);
    test_end(c);
}

TEST(import_report_forms)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(
        c, "id,asked,talk,ended,team,part,ch\n1,x,,,,,\n2,2024-01-01,2023-01-01,,,,\n", import_simple);
    struct buf out = { 0 };

    r.mapping = "m";
    import_report_json(c, &r, &out);
    CHECK_STR(
        buf_text(&out),
        "{\"file\":\"\",\"mapping\":\"m\",\"source\":\"test\",\"encoding\":\"ASCII\",\"delimiter\":\",\","
        "\"lines\":2,"
        "\"requests_new\":1,\"requests_known\":0,\"events_new\":2,\"events_known\":0,\"without_team\":1,"
        "\"without_neighbourhood\":1,\"rejected\":1,\"rejects\":[{\"line\":2,\"column\":\"asked\",\"reason\":"
        "\"\\\"x\\\" is "
        "not a date or time that exists in this "
        "format\"}],\"teams_new\":[],\"neighbourhoods_new\":[],\"warnings\":{\"end_before_start\":1,\"after_"
        "end\":0,"
        "\"no_start\":0,\"twice\":0,\"unreadable\":0,\"skipped\":0}}");
    buf_clear(&out);
    import_report_table(c, &r, &out);
    CHECK(strstr(buf_text(&out), "Rejected") != NULL);
    CHECK(strstr(buf_text(&out), "line 2, column asked: \"x\" is not a date") != NULL);
    buf_free(&out);
    test_end(c);
}
