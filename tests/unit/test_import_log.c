// SPDX-License-Identifier: EUPL-1.2
/* Imports of event logs, of the real files, and of files that mean no good. */
#include "base/rng.h"
#include "register/extract.h"
#include "unit/import_help.h"
#include "unit/test.h"

#include <string.h>

/* ── Event logs ───────────────────────────────────────────────────────────────────────────────────────────
 */

TEST(import_log_cases_may_be_mixed)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(c,
                                         "case,activity,time,who,team\n"
                                         "NA,Talk,2024-01-05,Zoë,\n"
                                         "B,Ask,2024-01-01,,Noord\n"
                                         "NA,Ask,2024-01-02,Zoë,Zuid\n"
                                         "B,Pay,2024-02-01,,Noord\n"
                                         "NA,Talk,2024-01-06,,\n"
                                         "B,Noise,2024-01-03,,\n"
                                         "B,Pay,2024-03-01,,\n"
                                         "C,Step,2024-01-09,,\n",
                                         import_log_map);

    CHECK_INT(r.lines, 8);
    CHECK_INT(r.requests_new, 3);
    CHECK_INT(r.warning[IMPORT_SKIPPED], 1);
    CHECK_INT(r.warning[IMPORT_NO_START], 1);
    CHECK_INT(r.no_team, 1);
    import_check_events(c, "log", "NA",
                        "registered 2024-01-02T00:00:00Z;first_talk 2024-01-05T00:00:00Z [Talk];activity "
                        "2024-01-06T00:00:00Z "
                        "[Talk];closed 2024-01-06T00:00:00Z (lost);");
    import_check_events(c, "log", "B",
                        "registered 2024-01-01T00:00:00Z;activity 2024-02-01T00:00:00Z [Pay];closed "
                        "2024-03-01T00:00:00Z (paid) "
                        "[Pay];");
    import_check_events(c, "log", "C",
                        "registered 2024-01-09T00:00:00Z;activity 2024-01-09T00:00:00Z [Step];closed "
                        "2024-01-09T00:00:00Z (lost);");
    test_end(c);
}

TEST(import_log_repeated_events_are_not_doubled)
{
    static const char log[] =
        "case,activity,time,who\nA,Ask,2024-01-01,\nA,Step,2024-01-02,\nA,Step,2024-01-02,\n";
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(c, log, import_log_map);

    CHECK_INT(r.events_new, 4);
    r = import_take(c, log, import_log_map);
    CHECK_INT(r.events_new, 0);
    CHECK_INT(r.events_known, 4);
    test_end(c);
}

TEST(import_log_from_xes)
{
    static const char xes[] =
        "<log><trace><string key='concept:name' value='A'/><string key='team' value='Oost'/>\n"
        "<event><string key='concept:name' value='Ask'/><date key='time:timestamp' "
        "value='2024-01-01T10:00:00+01:00'/></event>\n"
        "<event><string key='concept:name' value='Talk'/><date key='time:timestamp' "
        "value='2024-01-03T00:00:00Z'/><string key='lifecycle:transition' value='start'/></event>\n"
        "<event><string key='concept:name' value='Talk'/><date key='time:timestamp' "
        "value='2024-01-04T00:00:00Z'/><string key='lifecycle:transition' value='complete'/></event>\n"
        "<event><string key='concept:name' value='Pay'/><date key='time:timestamp' value='never'/></event>"
        "</trace></log>\n";
    static const char map[] =
        "source = log\nkind = events\ncase = case\nactivity = activity\ntime = timestamp : iso utc\n"
        "lifecycle = lifecycle\nteam = case:team\nactivity Ask = registered\nactivity Talk = first_talk\n";
    struct ctx *c = test_begin("2024-06-01");
    struct import_report r = import_take(c, xes, map);

    CHECK_INT(r.delimiter, '<');
    CHECK_INT(r.lines, 4);
    CHECK_INT(r.requests_new, 1);
    CHECK_INT(r.no_team, 0);
    CHECK_INT(r.warning[IMPORT_SKIPPED], 1);
    CHECK_INT(r.rejected, 1);
    CHECK_INT(r.reject[0].line, 5);
    import_check_events(c, "log", "A",
                        "registered 2024-01-01T09:00:00Z;first_talk 2024-01-04T00:00:00Z [Talk];");
    test_end(c);
}

/* ── The real files ───────────────────────────────────────────────────────────────────────────────────────
 */

TEST_LONG(import_real_files)
{
    static const struct {
        const char *file, *mapping;
        int64_t lines, requests, events, before_start, after_end;
    } t[] = {
        { "requests_sf311_a.csv.gz", "sf311", 5862, 5862, 17502, 1, 0 },
        { "eventlog_sepsis.csv.gz", "sepsis", 15214, 1050, 15214 + 1050, 2, 0 },
        { "eventlog_fines_a.csv.gz", "fines", 13837, 3980, 13837, 0, 3980 - 2586 - (3980 - 2593) },
        { "waitlist_transplant_a.csv", "transplant", 414, 414, 2 * 414, 0, 0 },
    };
    struct ctx *c = test_begin("2024-06-01");

    for (size_t i = 0; i < COUNT(t); i++) {
        for (int again = 0; again < 2; again++) {
            struct import_options o = { 0 };
            struct import_report r;
            CHECK_INT(import_file(c, test_data(t[i].file), &o, &r), OK);
            CHECK_STR(r.mapping, t[i].mapping);
            CHECK_INT(r.lines, t[i].lines);
            CHECK_INT(r.rejected, 0);
            CHECK_INT(again ? r.requests_known : r.requests_new, t[i].requests);
            CHECK_INT(again ? r.events_known : r.events_new, t[i].events);
            CHECK_INT(again ? r.events_new : r.events_known, 0);
            CHECK_INT(r.warning[IMPORT_END_BEFORE_START], t[i].before_start);
            CHECK_INT(r.warning[IMPORT_AFTER_END], t[i].after_end);
            if (i == 0 && !again) {
                CHECK_INT(r.no_team, 2469);
                CHECK_INT(r.no_neighbourhood, 2744);
            }
        }
    }
    CHECK(import_id_of(c, "sepsis", "NA") != 0); /* a case id that reads NA */
    test_end(c);
}

/* What measuring sees of the log is what is in the log: the end that the import adds is no step of it. */
TEST(import_log_counts_as_in_the_file)
{
    struct ctx *c = test_begin("2024-06-01");
    struct import_options o = { 0 };
    struct import_report r;
    struct register_extract x;
    size_t started = 0;

    CHECK_INT(import_file(c, test_data("eventlog_sepsis.csv.gz"), &o, &r), OK);
    CHECK_INT(extract_read(c, c->now, &x), OK);
    CHECK_INT(x.events, 15214);
    CHECK_INT(x.activities, 16);
    CHECK_INT((int64_t)x.x.n, 1050);
    for (size_t i = 0; i < x.x.n; i++)
        started += x.x.started[i] != TIME_NONE;
    CHECK_INT((int64_t)started, 823);
    test_end(c);
}

/* ── Hostile files ────────────────────────────────────────────────────────────────────────────────────────
 */

TEST(import_random_lines)
{
    static const char *const cell[] = { "1",          "2",          "NA",      "",     "2024-01-02",
                                        "2024-13-45", "\"",         "\"\"",    "a\"b", "\n",
                                        ",",          "-",          "caf\xE9", "p",    "99999999999999999999",
                                        "\"x\ny\"",   "9999-12-31", "<log>" };
    struct ctx *c = test_begin("2024-06-01");

    for (uint64_t seed = 0; seed < 150; seed++) {
        struct buf text = { 0 };
        struct import_report r;
        struct rng g;
        enum err e;
        rng_seed(&g, seed);
        buf_str(&text, seed % 2 ? "id,asked,talk,ended,team,part,ch\n" : "case,activity,time,who\n");
        for (uint64_t n = rng_below(&g, 120); n > 0; n--) {
            buf_str(&text, cell[rng_below(&g, COUNT(cell))]);
            buf_str(&text, rng_below(&g, 5) ? "," : "\n");
        }
        e = import_run_text(c, buf_text(&text), seed % 2 ? import_simple : import_log_map,
                            (struct import_options){ .dry_run = true }, &r);
        CHECK(e == OK || e == E_INVALID);
        CHECK((e == OK) == (c->err.code == OK));
        err_clear(c);
        buf_free(&text);
    }
    CHECK_INT(import_id_of(c, "test", "1"), 0);
    test_end(c);
}

/* Under every ceiling of memory the answer is the whole file or E_NOMEM and nothing. */
TEST(import_out_of_memory)
{
    static const char log[] =
        "case,activity,time,who,team\nA,Ask,2024-01-01,Zoë,Noord\nA,Talk,2024-01-02,,\n";
    size_t step = 50000;
    enum err e = E_NOMEM;

    for (size_t ceiling = 100000; e != OK && ceiling < 4000000; ceiling += step) {
        struct ctx *c = test_begin("2024-06-01");
        struct arena small, *arena = c->arena;
        struct import_report r;
        arena_init(&small, ceiling);
        c->arena = &small;
        e = import_run_text(c, log, import_log_map, (struct import_options){ 0 }, &r);
        c->arena = arena;
        CHECK(e == OK || e == E_NOMEM);
        CHECK((import_id_of(c, "log", "A") != 0) == (e == OK));
        arena_free(&small);
        test_end(c);
    }
    CHECK_INT(e, OK);
}
