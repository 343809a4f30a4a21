// SPDX-License-Identifier: EUPL-1.2
/* The command line: one file per command, one table in commands.c.
 * Exit status: 0 done, 1 something is wrong (a clear message on stderr), 2 used otherwise than its usage
 * says: an option that is not there, stands twice, has a value that cannot be, or does not go with another.
 */
#ifndef PEIL_CLI_CLI_H
#define PEIL_CLI_CLI_H

#include "base/buf.h"
#include "register/session.h"
#include "store/db.h"

#include <stdbool.h>
#include <stdio.h>

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

/* What a command works with. Arguments: `peil COMMAND REGISTER args...`; options may stand anywhere. */
struct cli {
    struct ctx c;
    struct store *store;
    struct session session;
    const struct command *command;
    const char *part; /* what it is asked to do when that has options of its own ("survival"); else NULL */
    const char *register_url; /* first argument, else $PEIL_REGISTER, else ./peil.db */
    char **arg;               /* the arguments after the register */
    int args;
    char **word; /* all words after the command, with the options: what cli_option reads */
    int words;
    int64_t clock_shift; /* seconds that PEIL_NOW puts the clock ahead (tests/browser/lib.mjs); 0 */
};

/* Options that the usage does not name are refused (usage.h). */
struct command {
    const char *name;
    const char *usage; /* "REGISTER FILE... [--dry-run]" */
    const char *help;  /* one line, English, translated */
    enum err (*run)(struct cli *k);
    bool no_register; /* all arguments are in arg */
    /* What the command does has options of its own: the usage of the part of this name, or NULL. */
    const char *(*usage_of_part)(const char *name);
};
extern const struct command commands[];
extern const size_t command_count;

/* Splits words into register and arguments; for main. E_METHOD for an option that the command does not know,
 * that stands there twice, or that has no value and needs one. */
enum err cli_arguments(struct cli *k) MUST_CHECK;
void cli_close(struct cli *k);
/* Opens the register with its connection, brings it up to date, and acts as the system. */
enum err cli_open(struct cli *k, bool create) MUST_CHECK;
/* The value of "--name VALUE" or "--name=VALUE"; NULL when it is not there. */
const char *cli_option(struct cli *k, const char *name);
/* One line of --password-file, or of standard input. */
enum err cli_password(struct cli *k, const char **ret_password) MUST_CHECK;
bool cli_flag(struct cli *k, const char *name);
/* What the register refused of the value of an option, as wrong use: E_METHOD for E_INVALID and E_REQUEST. */
enum err cli_refused(enum err e) MUST_CHECK;
/* --format table|csv|json; E_METHOD for another. */
enum err cli_format(struct cli *k, enum format *ret_format) MUST_CHECK;
/* --name with a date; `otherwise` when it is absent; E_METHOD when it is no date. */
enum err cli_day(struct cli *k, const char *name, int32_t otherwise, int32_t *ret_day) MUST_CHECK;
/* --team with a name or a number; INT_NONE when it is absent, E_NOT_FOUND when there is no such team. */
enum err cli_team(struct cli *k, int64_t *ret_team) MUST_CHECK;
/* "name":"2024-01-31" in JSON, null for DAY_NONE; no comma. */
void cli_json_day(struct buf *b, const char *name, int32_t day);
/* A number as text for a message. */
const char *cli_say(struct ctx *c, double v);
/* How the command, or the part of it that was asked for, is used. */
void cli_usage_print(const struct cli *k, FILE *out);
/* Wrong usage: prints how the command is used; the program ends with 2. */
enum err cli_usage(struct cli *k) MUST_CHECK;

/* A progress bar on stderr when that is a terminal; otherwise nothing, or a line at every tenth when `lines`
 * asks for that. `done` and `all` in any unit. */
struct progress {
    const char *what;
    int64_t shown; /* last per cent shown */
    bool lines;
};
void progress_show(struct progress *p, int64_t done, int64_t all);
void progress_end(struct progress *p);

#define COMMAND(name) enum err command_##name(struct cli *k)
COMMAND(init);
COMMAND(demo);
COMMAND(serve);
COMMAND(http);
COMMAND(import);
COMMAND(measure);
COMMAND(stats);
COMMAND(export);
COMMAND(check);
COMMAND(user);
COMMAND(extract);
COMMAND(months);
COMMAND(map);
COMMAND(change);
COMMAND(baseline);
COMMAND(opinion);
COMMAND(forecast);
COMMAND(routes);

#endif
