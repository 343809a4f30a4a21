// SPDX-License-Identifier: EUPL-1.2
/* Surveys and lists kept elsewhere: in by a file, known again, measured; what cannot be is rejected by line.
 */
#include "account/indicator.h"
#include "base/date.h"
#include "base/text.h"
#include "store/sql.h"
#include "unit/import_help.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char file[] =
    "lijst;datum;getal;kent;eens;soort;team;wijk;uiterlijk op;gedaan op;gecontroleerd op\n"
    "ervaring;04-03-2024;8;;;;Oost;;;;\n"
    "ervaring;04-03-2024;8;;;;Oost;;;;\n" /* somebody else with the same mark */
    "ervaring;05-03-2024;4;;;;West;;;;\n"
    "ervaring;05-03-2024;11;;;;West;;;;\n" /* no such mark */
    "ervaring;05-03-2024;;;;;West;;;;\n"
    "panel;06-03-2024;;ja;nee;;;Stiphout;;;\n"
    "panel;06-03-2024;;nee;;;;Stiphout;;;\n"
    "panel;06-03-2024;;misschien;;;;Stiphout;;;\n"
    "stelling;07-05-2024;;;ja;Ik werd snel geholpen;;;;;\n"
    "stelling;07-05-2024;;;nee;;;;;;\n"
    "advies;09-01-2024;;;;advies;;;20-02-2024;10-02-2024;\n"
    "advies;09-01-2024;;;;advies;;;20-02-2024;01-03-2024;\n"
    "advies;09-01-2024;;;;vraag;;;20-02-2024;;\n"
    "maatregel;10-01-2024;;;ja;;;;01-03-2024;28-02-2024;01-05-2024\n"
    "maatregel;10-01-2024;;;;;;;01-03-2024;;\n"
    "patroon;01-02-2024;;;;waiting;Oost;;29-02-2024;20-02-2024;01-04-2024\n"
    "uren;13-05-2024;20;;;inwoners;Oost;;;;\n"
    "uren;13-05-2024;10;;;reizen;Oost;;;;\n"
    "uren;13-05-2024;;;;reizen;Oost;;;;\n"
    "spiegelgesprek;13-05-2024;7;;;;;;;;\n"
    "ervaringsvraag;04-03-2024;;;ja;gehoord;Oost;;;;\n"
    "ervaringsvraag;04-03-2024;;;nee;duidelijk;Oost;;;;\n"
    "ervaringsvraag;04-03-2024;;;ja;clear;Oost;;;;\n"
    "ervaringsvraag;04-03-2024;;;ja;aardig;Oost;;;;\n" /* no such question */
    "ervaringsvraag;04-03-2024;;;;geholpen;Oost;;;;\n"
    "uitnodiging;04-03-2024;;ja;;;Oost;;;;\n"
    "uitnodiging;04-03-2024;;nee;;;Oost;;;;\n"
    "uitnodiging;04-03-2024;;nee;;;Oost;;;;\n"
    "uitnodiging;04-03-2024;;;;;Oost;;;;\n"
    "iets;13-05-2024;7;;;;;;;;\n"
    "panel;;;ja;;;;;;;\n";

static const struct figure_result *part(struct ctx *c, const struct measured_list *list, const char *id,
                                        const char *letter)
{
    (void)c;
    for (size_t i = 0; i < list->n; i++)
        if (text_is(list->row[i].part->row->id, id) && text_is(list->row[i].part->row->part, letter) &&
            (list->row[i].code == NULL || text_is(list->row[i].code, "inwoners")))
            return &list->row[i].figure;
    return NULL;
}

static void check_part(struct ctx *c, const struct measured_list *list, const char *id, const char *letter,
                       int64_t n, int64_t events)
{
    const struct figure_result *f = part(c, list, id, letter);

    if (!CHECK(f != NULL) || !CHECK(!f->no_data) || !CHECK_INT(f->n, n) || !CHECK_INT(f->events, events))
        fprintf(stderr, "  %s%s\n", id, letter);
}

TEST(import_outside_records_are_measured)
{
    struct ctx *c = test_begin("2024-07-01");
    struct indicator_query q = { .at = c->now };
    struct import_report r = import_take(c, file, NULL); /* recognised by its columns */
    struct register_facts facts;
    struct measured_list list;
    struct indicators all;

    CHECK_STR(r.mapping, "survey");
    CHECK_INT(r.lines, 31);
    CHECK_INT(r.answers_new, 21);
    CHECK_INT(r.rejected, 10);
    CHECK_INT(r.reject[0].line, 5);
    CHECK_STR(r.reject[0].column, "getal");
    CHECK_STR(r.reject[2].column, "kent");
    CHECK_STR(r.reject[3].column, "soort");
    r = import_take(c, file, NULL); /* the same file again adds nothing */
    CHECK_INT(r.answers_new, 0);
    CHECK_INT(r.answers_known, 21);
    CHECK_INT(indicators_get(c, "", &all), OK);
    CHECK_INT(facts_read(c, c->now, &facts), OK);
    CHECK_INT(indicators_measure(c, &facts, &all, &q, &list), OK);
    check_part(c, &list, "E4", "a", 3, 0);
    CHECK(fabs(part(c, &list, "E4", "a")->value[0].value - 20.0 / 3) < 1e-12);
    check_part(c, &list, "E4", "b", 1, 1);
    check_part(c, &list, "E4", "c", 2, 1);
    check_part(c, &list, "E4", "d", 0, 0);
    check_part(c, &list, "E4", "e", 3, 1);
    check_part(c, &list, "Z4", "a", 2, 1);
    check_part(c, &list, "E7", "a", 1, 0); /* only who answered that question */
    check_part(c, &list, "E5", "a", 1, 1);
    check_part(c, &list, "E6", "a", 1, 0);
    check_part(c, &list, "S3", "a", 3, 1);
    check_part(c, &list, "S2", "a", 2, 1);
    check_part(c, &list, "S2", "b", 1, 1);
    check_part(c, &list, "K2", "a", 1, 1);
    check_part(c, &list, "K3", "a", 1, 1);
    check_part(c, &list, "C4", "c", 30, 20);   /* hours */
    CHECK(part(c, &list, "S1", "a")->no_data); /* no list of it: no data, not zero */
    CHECK(part(c, &list, "P2", "b")->no_data);
    test_end(c);
}

/* Before the first answer there are no data; a later answer is not known yet. */
TEST(import_outside_records_have_their_time)
{
    struct ctx *c = test_begin("2024-07-01");
    struct indicator_query q = { .at = time_of_nl_day(date_from_civil(2024, 2, 15), 0) };
    struct register_facts facts;
    struct measured_list list;
    struct indicators all;

    import_take(c, file, NULL);
    CHECK_INT(indicators_get(c, "", &all), OK);
    CHECK_INT(facts_read(c, q.at, &facts), OK);
    CHECK_INT(indicators_measure(c, &facts, &all, &q, &list), OK);
    CHECK(part(c, &list, "E4", "a")->no_data && part(c, &list, "Z4", "a")->no_data);
    CHECK_INT(part(c, &list, "S3", "a")->n, 0); /* answered, but the term still runs */
    test_end(c);
}

/* Persons have no place in such a file, and what came in stays as it is. */
TEST(import_outside_refuses_names_and_changes)
{
    static const char named[] = "source = s\nkind = records\nlist = always panel\nday = datum\nknown = kent\n"
                                "name = naam\n";
    struct ctx *c = test_begin("2024-07-01");
    struct import_report r;

    CHECK_INT(
        import_run_text(c, "datum,kent,naam\n2024-03-01,ja,Jan\n", named, (struct import_options){ 0 }, &r),
        E_INVALID);
    CHECK(strstr(c->err.text, "name") != NULL);
    test_end(c);
}
