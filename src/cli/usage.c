// SPDX-License-Identifier: EUPL-1.2
#include "cli/usage.h"

#include <string.h>

enum { WIDTH = 90, INDENT = 8 };

/* The end of the name of an option that begins here. */
static size_t name_length(const char *at)
{
    return 2 + strspn(at + 2, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

enum usage_kind usage_of(const char *usage, const char *option, size_t len)
{
    for (const char *at = usage; (at = strstr(at, "--")) != NULL; at += name_length(at)) {
        const char *end = at + name_length(at);
        if (name_length(at) != len || strncmp(at, option, len) != 0)
            continue;
        return end[0] == ' ' && end[1] != '\0' && strchr("[(|-", end[1]) == NULL ? USAGE_VALUE : USAGE_FLAG;
    }
    return USAGE_UNKNOWN;
}

/* How much of the text stays on one line: up to a space outside of brackets. */
static size_t piece_length(const char *at)
{
    size_t n = 0;

    for (int depth = 0; at[n] != '\0' && (at[n] != ' ' || depth > 0); n++)
        depth += (at[n] == '[') - (at[n] == ']');
    return n;
}

void usage_print(FILE *out, const char *command, const char *part, const char *usage)
{
    int column = fprintf(out, "peil %s%s%s", command, part != NULL ? " " : "", part != NULL ? part : "");

    while (*(usage += strspn(usage, " ")) != '\0') {
        size_t n = piece_length(usage);
        if (column + 1 + (int)n > WIDTH)
            column = fprintf(out, "\n%*s", INDENT - 1, "") - 1;
        column += fprintf(out, " %.*s", (int)n, usage);
        usage += n;
    }
    fputc('\n', out);
}
