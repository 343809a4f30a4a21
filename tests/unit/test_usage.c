// SPDX-License-Identifier: EUPL-1.2
/* What a usage says about options, and what the command line refuses. */
#include "base/text.h"
#include "cli/cli.h"
#include "cli/usage.h"
#include "unit/test.h"

#include <string.h>

static enum usage_kind kind_of(const char *usage, const char *option)
{
    return usage_of(usage, option, strlen(option));
}

TEST(usage_says_which_options_take_a_value)
{
    static const char usage[] =
        "FILE [--at D | --follow [--every S]] (--time COL | --whole) --case COL --case-of X "
        "[--a1,2,...] --last";

    CHECK_INT(kind_of(usage, "--at"), USAGE_VALUE);
    CHECK_INT(kind_of(usage, "--follow"), USAGE_FLAG);
    CHECK_INT(kind_of(usage, "--every"), USAGE_VALUE);
    CHECK_INT(kind_of(usage, "--time"), USAGE_VALUE);
    CHECK_INT(kind_of(usage, "--whole"), USAGE_FLAG);
    CHECK_INT(kind_of(usage, "--case"), USAGE_VALUE);
    CHECK_INT(kind_of(usage, "--case-of"), USAGE_VALUE);
    CHECK_INT(kind_of(usage, "--last"), USAGE_FLAG);
    CHECK_INT(kind_of(usage, "--cas"), USAGE_UNKNOWN);
    CHECK_INT(kind_of(usage, "--followed"), USAGE_UNKNOWN);
    CHECK_INT(kind_of("", "--at"), USAGE_UNKNOWN);
}

static const struct command *command_named(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (text_is(commands[i].name, name))
            return &commands[i];
    return NULL;
}

/* Splits "extract a.db b --follow" as main does. */
static enum err split(struct cli *k, struct arena *a, char *line)
{
    static char *word[16];

    *k = (struct cli){ 0 };
    ctx_init(&k->c, a, LANG_EN);
    k->word = word;
    char *rest, *first = strtok_r(line, " ", &rest);
    k->command = command_named(first);
    for (char *w; (w = strtok_r(NULL, " ", &rest)) != NULL;)
        word[k->words++] = w;
    return k->command != NULL ? cli_arguments(k) : E_NOT_FOUND;
}

TEST(usage_leaves_arguments_and_refuses_the_rest)
{
    static const struct {
        const char *line, *says; /* NULL: goes well */
        const char *argument;
    } cases[] = {
        { "check --alarms a.db", NULL, NULL },
        { "extract a.db --follow x.peil --every 5", NULL, "x.peil" },
        { "extract a.db x.peil --every=5 --follow", NULL, "x.peil" },
        { "stats --format json chart x.csv --screen --value v", NULL, "chart" },
        { "stats x.csv chart --value -1", NULL, "x.csv" },
        { "check a.db --alarm", "no option --alarm.", NULL },
        { "measure a.db --indicatr=W1", "no option --indicatr.", NULL },
        { "stats drift x.csv --screen", "no option --screen.", NULL },
        { "stats --time t", "no option --time.", NULL },
        { "measure a.db --from", "--from needs a value", NULL },
        { "measure a.db --from --to 2024-01-01", "--from needs a value", NULL },
        { "measure a.db --net=1", "--net takes no value", NULL },
        { "measure a.db --from 2024-01-01 --from=2025-01-01", "--from stands there twice", NULL },
    };
    struct arena a;

    arena_init(&a, (size_t)1 << 20);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct cli k;
        char line[120];
        (void)snprintf(line, sizeof line, "%s", cases[i].line);
        enum err e = split(&k, &a, line);
        if (cases[i].says == NULL) {
            CHECK(e == OK &&
                  (cases[i].argument == NULL ? k.args == 0 : text_is(k.arg[0], cases[i].argument)));
            CHECK(k.command->no_register || text_is(k.register_url, "a.db"));
        } else {
            CHECK_INT(e, E_METHOD);
            if (strstr(k.c.err.text, cases[i].says) == NULL)
                CHECK_STR(k.c.err.text, cases[i].says);
        }
    }
    arena_free(&a);
}
