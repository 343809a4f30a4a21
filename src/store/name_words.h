// SPDX-License-Identifier: EUPL-1.2
/* The words of all names and who bears them: what the index of names searches (store/name_index.h). A name is
 * known by each of its words, by the family name written as one word ("vandenberg", "elamrani"), and by parts
 * with a hyphen as one word ("abdelkader"). */
#ifndef PEIL_STORE_NAME_WORDS_H
#define PEIL_STORE_NAME_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAME_WORDS = 16, NAME_WORD = 40 };

/* The words of a name in lower case without accents; longer ones are cut off. */
struct name_split {
    char word[NAME_WORDS][NAME_WORD];
    size_t n;
};
void name_split(const char *name, bool joined, struct name_split *ret_split);

struct name_words;

struct name_words *name_words_make(void); /* NULL: no memory */
void name_words_free(struct name_words *w);
/* False when there is no memory; the name is then not found by some words. */
bool name_words_add(struct name_words *w, const char *name, uint32_t person);
void name_words_remove(struct name_words *w, const char *name, uint32_t person);
/* For every person with a word that equals, begins with, or sounds like `word`: rank[person] becomes at least
 * 3, 2 or 1. */
void name_words_rank(const struct name_words *w, const char *word, uint8_t *rank, size_t persons);
/* Bytes in use. */
size_t name_words_size(const struct name_words *w);

#endif
