// SPDX-License-Identifier: EUPL-1.2
/* The Dutch catalogue that is compiled in, and the table that finds a text in it.
 * A catalogue is a GNU .mo file in memory (gettext manual, "The Format of GNU MO Files"). */
#ifndef PEIL_BASE_CATALOGUE_H
#define PEIL_BASE_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

/* po/nl.po, compiled by msgfmt and written as an array by the build. */
extern const unsigned char catalogue_nl[];
extern const size_t catalogue_nl_len;

struct catalogue_entry {
    const char *id, *text; /* inside the .mo; NULL is a free place */
    size_t len;            /* bytes of id */
    uint64_t hash;
};
struct catalogue {
    struct catalogue_entry *entry;
    size_t mask; /* places - 1; places is a power of two */
    size_t n;    /* texts */
};

/* Builds the table over a .mo that must stay where it is. Anything that is not a sound .mo gives an empty
 * table. */
void catalogue_open(struct catalogue *k, const unsigned char *mo, size_t len);
void catalogue_close(struct catalogue *k);
/* The translation, or NULL. Reads only: any number of threads at once. */
const char *catalogue_find(const struct catalogue *k, const char *id);

#endif
