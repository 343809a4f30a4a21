// SPDX-License-Identifier: EUPL-1.2
/* peil: the register, waiting list and measuring system of a municipal social team. One program, one table of
 * commands. */
#include "base/date.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/cli.h"

#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int help(const struct ctx *c, FILE *out)
{
    fprintf(out, "%s\n\n", _("Peil: register, waiting list and measuring system of a social team."));
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "  peil %-8s %s\n", commands[i].name, _(commands[i].help));
    fprintf(out, "\n%s\n%s\n%s\n%s %s\n",
            _("REGISTER is a file, or a postgresql:// address; default $PEIL_REGISTER, else ./peil.db."),
            _("The options of a command: peil help COMMAND. In English: peil --lang en COMMAND ..."),
            _("Exit status: 0 done, 1 something is wrong, 2 not used as it should be."), _("Version"),
            PEIL_VERSION);
    return out == stdout ? 0 : 2;
}

static int unknown(const struct ctx *c, const char *command)
{
    fprintf(stderr, "peil: ");
    fprintf(stderr, _("There is no command \"%s\". Which there are: peil help."), command);
    fputc('\n', stderr);
    return 2;
}

static int unknown_language(const struct ctx *c, const char *language)
{
    fprintf(stderr, "peil: ");
    fprintf(stderr, _("--lang is nl or en, not \"%s\"."), language);
    fputc('\n', stderr);
    return 2;
}

/* How a command, or the part of it that is named, is used. */
static int explain(struct cli *k)
{
    struct ctx *c = &k->c;

    cli_usage_print(k, stdout);
    return puts(_(k->command->help)) < 0 || fflush(stdout) != 0;
}

static int run(struct cli *k, bool asks_how)
{
    struct ctx *c = &k->c;
    enum err e = cli_arguments(k);

    if (asks_how || cli_flag(k, "--help"))
        return explain(k);
    if (e == OK)
        e = k->command->run(k);
    cli_close(k);
    bool lost = fflush(stdout) != 0 || ferror(stdout) != 0; /* what did not fit in the buffer failed before */
    if (lost && e == OK)
        e = FAIL(E_IO, "%s", _("The output could not be written."));
    if (e != OK)
        fprintf(stderr, "peil %s: %s\n", k->command->name, c->err.text);
    if (e != OK && err_status(e) >= 500)
        fprintf(stderr, "  %s\n", c->err.trace);
    return e == OK ? 0 : e == E_METHOD ? 2 : 1;
}

/* The words after "peil": a command with its arguments, "help", or "help COMMAND". */
static int command(struct cli *k, char **word, int words)
{
    bool asks = words > 0 && (text_is(word[0], "help") || text_is(word[0], "--help"));
    int at = asks && words > 1 ? 1 : 0;

    if (words == 0 || (asks && at == 0))
        return help(&k->c, words == 0 ? stderr : stdout);
    for (size_t i = 0; i < command_count; i++)
        if (text_is(commands[i].name, word[at]))
            k->command = &commands[i];
    if (k->command == NULL)
        return unknown(&k->c, word[at]);
    k->word = word + at + 1;
    k->words = words - at - 1;
    return run(k, asks);
}

/* PEIL_NOW=2024-01-03T16:55 lets tests choose the moment at which the program starts; the clock runs on from
 * there. */
static void set_clock(struct cli *k)
{
    const char *text = getenv("PEIL_NOW");
    int64_t now;

    if (text == NULL || !time_scan(text, strlen(text), true, &now))
        return;
    k->clock_shift = now - k->c.now;
    ctx_set_now(&k->c, now);
}

/* Pieces larger than what most pages need go back to the system as soon as they are free; else the library
 * raises this limit by itself, and a server keeps and clears again what one long measurement needed. */
enum { LARGE_PIECE = 5 << 17 };

int main(int argc, char **argv)
{
    struct arena arena;
    struct cli k = { 0 };
    int first = 1;

    (void)mallopt(M_MMAP_THRESHOLD, LARGE_PIECE);
    umask(077);              /* the register and its keys are for whoever runs the program, and nobody else */
    setlocale(LC_CTYPE, ""); /* names of files; numbers and dates never pass through the locale */
    arena_init(&arena, (size_t)4 << 30);
    ctx_init(&k.c, &arena, LANG_NL);
    set_clock(&k);
    bool spoken = argc > 2 && text_is(argv[1], "--lang");
    if (spoken) {
        k.c.lang = text_is(argv[2], "en") ? LANG_EN : LANG_NL;
        first = 3;
    }
    int status = spoken && k.c.lang == LANG_NL && !text_is(argv[2], "nl")
                     ? unknown_language(&k.c, argv[2])
                     : command(&k, argv + first, argc - first);
    arena_free(&arena);
    return status;
}
