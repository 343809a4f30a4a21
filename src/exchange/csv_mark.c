// SPDX-License-Identifier: EUPL-1.2
#include "exchange/csv_mark.h"

#include <stdbool.h>

#define GUESS_LINES 20

static const char candidate[] = { ',', ';', '\t', '|' };
#define CANDIDATES sizeof candidate

struct tally {
    unsigned on_line[CANDIDATES]; /* of the line being read */
    unsigned on_first[CANDIDATES];
    unsigned same[CANDIDATES]; /* lines with as many as the first */
    unsigned lines;
};

static void line_close(struct tally *t)
{
    unsigned sum = 0;

    for (size_t k = 0; k < CANDIDATES; k++)
        sum += t->on_line[k];
    if (sum == 0 && t->lines > 0)
        return;
    for (size_t k = 0; k < CANDIDATES; k++) {
        if (t->lines == 0)
            t->on_first[k] = t->on_line[k];
        if (t->on_line[k] == t->on_first[k])
            t->same[k]++;
        t->on_line[k] = 0;
    }
    t->lines++;
}

static char best(const struct tally *t)
{
    unsigned score = 0;
    char found = ',';

    for (size_t k = 0; k < CANDIDATES; k++) {
        if (t->on_first[k] * t->same[k] > score) {
            score = t->on_first[k] * t->same[k];
            found = candidate[k];
        }
    }
    return found;
}

char csv_guess(const char *text, size_t len)
{
    struct tally t = { .lines = 0 };
    bool quoted = false, field_start = true;
    size_t i;

    if (len > CSV_GUESS_SIZE)
        len = CSV_GUESS_SIZE;
    for (i = 0; i < len && t.lines < GUESS_LINES; i++) {
        const char *k = memchr(candidate, text[i], CANDIDATES);
        if (text[i] == '"' && (quoted || field_start)) {
            quoted = !quoted;
            continue; /* a doubled quote closes and opens again */
        }
        if (quoted)
            continue;
        field_start = k != NULL || text[i] == '\n' || text[i] == '\r';
        if (k != NULL)
            t.on_line[k - candidate]++;
        else if (field_start)
            line_close(&t);
    }
    if (t.lines == 0)
        line_close(&t);
    return best(&t);
}
