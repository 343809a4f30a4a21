// SPDX-License-Identifier: EUPL-1.2
/* What a command understands is what its usage says, "FILE [--dry-run] [--mapping FILE]": one text that
 * people read and that options are checked against, so that a slip of the pen is never passed over in
 * silence. */
#ifndef PEIL_CLI_USAGE_H
#define PEIL_CLI_USAGE_H

#include <stddef.h>
#include <stdio.h>

enum usage_kind { USAGE_UNKNOWN, USAGE_FLAG, USAGE_VALUE };

/* How the option of these letters ("--seed", without a value behind a "=") stands in the usage: with a word
 * after it, alone, or not at all. */
enum usage_kind usage_of(const char *usage, const char *option, size_t len);
/* Prints "peil COMMAND PART USAGE" (no PART when that is NULL), broken between options where it gets wider
 * than a screen. */
void usage_print(FILE *out, const char *command, const char *part, const char *usage);

#endif
