// SPDX-License-Identifier: EUPL-1.2
#include "cli/cli.h"

#include "base/date.h"
#include "base/text.h"
#include "register/upgrade.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Options that stand alone; every other --name takes the word after it. */
static const char *const flags[] = { "--dry-run",  "--behind-proxy", "--quiet", "--help",   "--net",
                                     "--all",      "--alone",        "--utc",   "--screen", "--keep",
                                     "--backtest", "--follow",       "--whole", "--needed" };

static bool is_flag(const char *word)
{
    for (size_t i = 0; i < COUNT(flags); i++)
        if (text_is(flags[i], word))
            return true;
    return false;
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] == '-' && word[2] != '\0';
}

const char *cli_option(struct cli *k, const char *name)
{
    size_t n = strlen(name);

    for (int i = 0; i < k->words; i++) {
        if (strncmp(k->word[i], name, n) == 0 && k->word[i][n] == '=')
            return k->word[i] + n + 1;
        if (text_is(k->word[i], name) && i + 1 < k->words)
            return k->word[i + 1];
    }
    return NULL;
}

bool cli_flag(struct cli *k, const char *name)
{
    for (int i = 0; i < k->words; i++)
        if (text_is(k->word[i], name))
            return true;
    return false;
}

/* Leaves the words that are no options and no values of options. */
static void collect_arguments(struct cli *k)
{
    for (int i = 0; i < k->words; i++) {
        char *word = k->word[i];
        if (!is_option(word))
            k->arg[k->args++] = word;
        else if (!is_flag(word) && strchr(word, '=') == NULL)
            i++;
    }
}

enum err cli_arguments(struct cli *k, const struct command *command)
{
    struct ctx *c = &k->c;
    const char *env = getenv("PEIL_REGISTER");

    TRY(ctx_alloc(c, (size_t)k->words + 1, sizeof *k->arg, (void *)&k->arg));
    collect_arguments(k);
    if (command->no_register)
        return OK;
    k->register_url = env != NULL ? env : "./peil.db";
    if (k->args > 0) {
        k->register_url = k->arg[0];
        k->arg++;
        k->args--;
    }
    return OK;
}

enum err cli_open(struct cli *k, bool create)
{
    struct ctx *c = &k->c;

    TRY(store_open(c, k->register_url, create, &k->store));
    TRY(db_open(c, k->store, &c->db));
    session_act_as(c, &k->session, ROLE_SYSTEM, INT_NONE, INT_NONE);
    return upgrade(c);
}

void cli_close(struct cli *k)
{
    db_close(k->c.db);
    store_close(k->store);
}

enum err cli_format(struct cli *k, enum format *ret_format)
{
    static const char *const names[] = { "table", "csv", "json" };
    struct ctx *c = &k->c;
    const char *format = cli_option(k, "--format");

    *ret_format = FORMAT_TABLE;
    if (format == NULL)
        return OK;
    for (size_t i = 0; i < COUNT(names); i++)
        if (text_is(format, names[i])) {
            *ret_format = (enum format)i;
            return OK;
        }
    return FAIL(E_REQUEST, _("--format is table, csv or json, not \"%s\"."), format);
}

enum err cli_day(struct cli *k, const char *name, int32_t otherwise, int32_t *ret_day)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, name);

    *ret_day = otherwise;
    if (text == NULL || date_scan(text, strlen(text), ret_day))
        return OK;
    return FAIL(E_REQUEST, _("%s needs a date such as 2024-01-31, not \"%s\"."), name, text);
}

enum err cli_usage(struct cli *k)
{
    struct ctx *c = &k->c;

    for (size_t i = 0; i < command_count; i++)
        if (text_is(commands[i].name, k->command))
            fprintf(stderr, "%s: peil %s %s\n", _("Usage"), commands[i].name, commands[i].usage);
    return FAIL(E_METHOD, "%s", _("The command was not used as it should be."));
}

void progress_show(struct progress *p, int64_t done, int64_t all)
{
    static const char bar[] = "########################################";
    int64_t percent = all > 0 ? done * 100 / all : 0;

    if (percent == p->shown || !isatty(STDERR_FILENO))
        return;
    p->shown = percent;
    fprintf(stderr, "\r%s [%-40.*s] %3d%%", p->what, (int)(percent * 40 / 100), bar, (int)percent);
}

void progress_end(struct progress *p)
{
    if (p->shown > 0)
        fprintf(stderr, "\r%*s\r", (int)strlen(p->what) + 50, "");
    p->shown = 0;
}
