// SPDX-License-Identifier: EUPL-1.2
/* The catalogue of indicators: complete, readable, and the same form as a file of a municipality. */
#include "base/buf.h"
#include "base/text.h"
#include "measure/catalogue_file.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct condition_setting amounts[] = {
    { "phone", { 30, UNIT_SECONDS } },     { "phone_share", { 80, UNIT_NONE } },
    { "lost_share", { 5, UNIT_NONE } },    { "window_share", { 80, UNIT_NONE } },
    { "direct_share", { 80, UNIT_NONE } }, { "norm_days", { 14, UNIT_NONE } },
    { "arrival", { 14, UNIT_DAYS } },      { "referrer", { 10, UNIT_WORKING_DAYS } },
};
static const struct catalogue_settings settings = { amounts, COUNT(amounts) };

TEST(indicator_every_row_of_the_catalogue_can_be_read)
{
    struct definition_fault fault = { "", "" };
    struct part p;

    for (size_t i = 0; i < catalogue_count; i++)
        if (!CHECK(part_parse(&catalogue[i], &settings, &p, &fault)))
            fprintf(stderr, "  %s%s: %s \"%s\"\n", catalogue[i].id, catalogue[i].part, fault.column,
                    fault.text);
}

/* A version that was followed by another one stands at the end of the table. */
static bool is_followed(size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (text_is(catalogue[k].id, catalogue[i].id) && text_is(catalogue[k].part, catalogue[i].part))
            return true;
    return false;
}

TEST(indicator_the_catalogue_has_62_indicators_and_15_core_ones)
{
    int indicators = 0, core = 0;

    for (size_t i = 0; i < catalogue_count; i++) {
        bool first = text_is(catalogue[i].part, "a");
        if (is_followed(i)) {
            CHECK(catalogue[i].core == NULL && catalogue[i].version != NULL);
            continue;
        }
        CHECK(i == 0 || !is_followed(i - 1));
        indicators += first;
        core += catalogue[i].core != NULL;
        CHECK(first || catalogue[i].core == NULL);
        if (!first) { /* parts of an indicator stand together, in order */
            CHECK_STR(catalogue[i].id, catalogue[i - 1].id);
            CHECK_INT(catalogue[i].part[0], catalogue[i - 1].part[0] + 1);
        }
        for (size_t k = 0; first && k < i; k++)
            CHECK(!text_is(catalogue[k].id, catalogue[i].id));
    }
    CHECK_INT(indicators, CATALOGUE_INDICATORS);
    CHECK_INT(core, CATALOGUE_CORE);
}

/* docs/measures/<id>.md of every indicator, with its name in Dutch, its version and its parts. */
TEST(indicator_every_one_has_its_own_page_of_documentation)
{
    char path[80], want[200];

    for (size_t i = 0; i < catalogue_count; i++) {
        const struct definition *d = &catalogue[i];
        snprintf(path, sizeof path, "docs/measures/%s.md", d->id);
        const char *text = test_read_file(path), *title = strstr(text, "\n# ");
        if (!CHECK(title != NULL))
            continue;
        if (d->name != NULL) {
            snprintf(want, sizeof want, "\n# %s · %s", d->id, text_in(LANG_NL, d->name));
            if (!CHECK(strncmp(title, want, strlen(want)) == 0))
                fprintf(stderr, "  %s: no title \"%s\"\n", path, want + 1);
            snprintf(want, sizeof want, "efinition version %s", d->version != NULL ? d->version : "1");
            CHECK(strstr(text, want) != NULL);
        }
        snprintf(want, sizeof want, "| %s | %s |", d->part, d->what);
        if (!CHECK(strstr(text, want) != NULL))
            fprintf(stderr, "  %s: no part \"%s\"\n", path, want);
    }
}

static void put(char *to, size_t room, const char *text)
{
    size_t n = strlen(to);

    snprintf(to + n, room - n, "%s", text);
}

/* What the program itself counts can be written as a file and read back without a difference. */
TEST(indicator_the_catalogue_is_a_file_of_the_same_form)
{
    static char text[200000];
    static struct definition row[300];
    struct catalogue_fault fault = { 0, "", "" };
    size_t n = 0;

    text[0] = '\0';
    for (size_t k = 0; k < DEFINITION_COLUMNS; k++) {
        put(text, sizeof text, k > 0 ? ";" : "");
        put(text, sizeof text, definition_column[k]);
    }
    for (size_t i = 0; i < catalogue_count; i++)
        for (size_t k = 0; k < DEFINITION_COLUMNS; k++) {
            const char *cell = *definition_cell(&catalogue[i], k);
            put(text, sizeof text, k > 0 ? ";\"" : "\n\"");
            put(text, sizeof text, cell != NULL ? cell : "");
            put(text, sizeof text, "\"");
        }
    CHECK(catalogue_file_read(text, &settings, row, COUNT(row), &n, &fault));
    CHECK_INT(fault.line, 0);
    CHECK_INT((int64_t)n, (int64_t)catalogue_count);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < DEFINITION_COLUMNS; k++)
            CHECK_STR(*definition_cell(&row[i], k), *definition_cell(&catalogue[i], k));
}

TEST(indicator_a_file_that_cannot_be_read_names_line_and_column)
{
    static const char head[] = "id;part;name;what;how;set;clock;of;yes;unit;better;by;readers;norm\n";
    static const struct {
        const char *line, *column, *text;
    } wrong[] = {
        { "X1;a;Name;What;share;request;received;;repeat;share;;;KW;\n"
          "\n# a remark\nX2;a;Name;What;ratios;request;received;;repeat;share;;;KW;",
          "how", "ratios" },
        { "X1;a;Name;What;share;requests;received;;repeat;share;;;KW;", "set", "requests" },
        { "X1;a;Name;What;share;request;received;;repeated;share;;;KW;", "yes", "repeated" },
        { "X1;a;Name;What;share;request;received;knwn;repeat;share;;;KW;", "of", "knwn" },
        { "X1;a;Name;What;share;request;recieved;;repeat;share;;;KW;", "clock", "recieved" },
        { "X1;a;Name;What;share;request;talks;;repeat;share;;;KW;", "clock", "talks" },
        { "X1;a;Name;What;time;request;received;;;days;;;KW;", "clock", "received" },
        { "X1;a;Name;What;share;request;received;;;share;;;KW;", "yes", "" },
        { "X1;a;;What;share;request;received;;repeat;share;;;KW;", "name", "" },
        { "X 1;a;Name;What;share;request;received;;repeat;share;;;KW;", "id", "X 1" },
        { "X1;a;Name;What;share;request;received;;repeat;share;up;;KW;", "better", "up" },
        { "X1;a;Name;What;share;request;received;;repeat;share;;town;KW;", "by", "town" },
        { "X1;a;Name;What;share;request;received;;repeat;share;;;KING;", "readers", "KING" },
        { "X1;a;Name;What;share;request;received;;repeat;share;;;KW;$nothing", "norm", "$nothing" },
        { "X1;a;Name;What;share;request;received;;received..triaged<=1x;share;;;KW;", "yes",
          "received..triaged<=1x" },
        { "X1;a;Name;What;share;request;received;;repeat;share;;;KW;;too;many", "", "many" },
    };
    struct catalogue_fault fault;
    struct definition row[4];
    size_t n;
    char text[600];

    for (size_t i = 0; i < COUNT(wrong); i++) {
        snprintf(text, sizeof text, "%s%s\n", head, wrong[i].line);
        if (!CHECK(!catalogue_file_read(text, &settings, row, COUNT(row), &n, &fault)))
            continue;
        CHECK_INT(fault.line, i == 0 ? 5 : 2);
        CHECK_STR(fault.column, wrong[i].column);
        CHECK_STR(fault.text, wrong[i].text);
    }
    snprintf(text, sizeof text, "id;part;nam\n");
    CHECK(!catalogue_file_read(text, &settings, row, COUNT(row), &n, &fault));
    CHECK_INT(fault.line, 1);
    CHECK_STR(fault.column, "nam");
}

/* ── Conditions ── */

#define ROWS 4
struct some_rows {
    int64_t received[ROWS], triaged[ROWS], due[ROWS], waited[ROWS];
    int32_t kind[ROWS];
    uint64_t marks[ROWS];
    struct facts f;
    struct calendar calendar;
    struct condition_view view;
};

/* Friday 5 January 2024 10:00, and so on. */
static void some_rows(struct some_rows *s)
{
    static const char *const kinds[] = { "waiting", "treatment" };
    int64_t friday = time_of_nl_day(date_from_civil(2024, 1, 5), 36000), monday = friday + 3 * SECONDS_A_DAY;
    const int64_t triaged[ROWS] = { friday + 60, monday, monday + SECONDS_A_DAY, TIME_NONE };
    const int64_t due[ROWS] = { friday, monday, friday, monday + 30 * SECONDS_A_DAY };
    const uint64_t marks[ROWS] = { FACT_BIT(DIRECT), FACT_BIT(INDIRECT), 0, FACT_BIT(DIRECT) };

    calendar_init(&s->calendar, &(struct calendar_rule){ 0 });
    for (int i = 0; i < ROWS; i++) {
        s->received[i] = friday;
        s->triaged[i] = triaged[i];
        s->due[i] = due[i];
        s->waited[i] = i * 20;
        s->kind[i] = i < 3 ? i % 2 : -1;
        s->marks[i] = marks[i];
    }
    s->f = (struct facts){ .name[FACT_KIND] = { kinds, 2 } };
    s->f.set[FACT_REQUEST] = (struct fact_rows){ .n = ROWS, .marks = s->marks };
    s->f.set[FACT_REQUEST].column[FACT_RECEIVED] = s->received;
    s->f.set[FACT_REQUEST].column[FACT_TRIAGED] = s->triaged;
    s->f.set[FACT_REQUEST].column[FACT_DUE] = s->due;
    s->f.set[FACT_REQUEST].column[FACT_WAITED] = s->waited;
    s->f.set[FACT_REQUEST].code[FACT_KIND] = s->kind;
    s->view = (struct condition_view){ &s->f.set[FACT_REQUEST], &s->calendar, monday + 2 * SECONDS_A_DAY };
}

TEST(indicator_conditions_say_yes_no_or_not_yet)
{
    /* y: yes, n: no, o: open, for each of the rows */
    static const struct {
        const char *condition, *want;
    } cases[] = {
        { "", "yyyy" },
        { "direct", "ynny" },
        { "direct|indirect", "yyny" },
        { "!direct", "nyyn" },
        { "kind=waiting", "ynyn" },
        { "kind=waiting|treatment", "yyyn" },
        { "kind=elsewhere", "nnnn" },
        { "waited<=20s", "yynn" },
        { "waited>20", "nnyy" },
        { "waited>=40s waited<1min", "nnyn" },
        { "received..triaged<=1wd", "yynn" }, /* Monday is the first working day after Friday */
        { "received..triaged<=2wd", "yyyn" }, /* Tuesday; the last one had until yesterday */
        { "received..triaged<=4wd", "oooo" }, /* until Thursday: nobody is counted yet */
        { "received..triaged>4wd", "oooo" },
        { "received..triaged<=3d", "yynn" },
        { "received..triaged<=1w", "oooo" },
        { "received..now>4d", "yyyy" },
        { "received..now>5d", "oooo" }, /* today is the fifth day */
        { "triaged<=due", "nyno" },
        { "!triaged<=due", "ynyo" },
        { "triaged>due", "ynyn" },
        { "due<now", "yyyn" },
        { "direct triaged<=due", "nnno" },
        { "closed<=now", "nnnn" }, /* a column that the set does not have: never, and not later */
    };
    struct condition k;
    struct condition_bound bound;
    const char *at;
    struct some_rows s;

    some_rows(&s);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char got[ROWS + 1] = "";
        if (!CHECK(condition_parse(cases[i].condition, NULL, 0, &k, &at)))
            continue;
        condition_bind(&k, &s.f, &bound);
        for (size_t r = 0; r < ROWS; r++)
            got[r] = "nyo"[condition_test(&bound, &s.view, r)];
        if (!CHECK_STR(got, cases[i].want))
            fprintf(stderr, "  %s\n", cases[i].condition);
    }
}

/* Kinds of all sets share their numbers, so there are hundreds of them. */
TEST(indicator_conditions_know_every_kind)
{
    enum { KINDS = 500, TOO_MANY = 40 };
    static char text[KINDS][16];
    const char *kinds[KINDS], *at;
    struct buf list = { 0 };
    struct condition_bound bound;
    struct condition k;
    struct some_rows s;

    some_rows(&s);
    for (int i = 0; i < KINDS; i++) {
        snprintf(text[i], sizeof text[i], "k%d", i);
        kinds[i] = text[i];
    }
    s.f.name[FACT_KIND] = (struct fact_names){ kinds, KINDS };
    s.kind[0] = 64;
    s.kind[1] = 499;
    s.kind[2] = 1;
    if (!CHECK(condition_parse("kind=k64|k499|k63", NULL, 0, &k, &at)))
        return;
    condition_bind(&k, &s.f, &bound);
    CHECK_INT(condition_test(&bound, &s.view, 0), TRUTH_YES);
    CHECK_INT(condition_test(&bound, &s.view, 1), TRUTH_YES);
    CHECK_INT(condition_test(&bound, &s.view, 2), TRUTH_NO);
    for (int i = 0; i < TOO_MANY; i++) {
        buf_str(&list, i > 0 ? "|" : "kind=");
        buf_str(&list, text[i]);
    }
    CHECK(!condition_parse(buf_text(&list), NULL, 0, &k, &at)); /* said, never cut off in silence */
    buf_free(&list);
}
