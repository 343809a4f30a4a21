// SPDX-License-Identifier: EUPL-1.2
/* How easy a Dutch text reads. */
#ifndef PEIL_BASE_READABILITY_H
#define PEIL_BASE_READABILITY_H

#include <stddef.h>

struct readability {
    size_t sentences, words, syllables;
    double score; /* 60 and more is plain language (B1); 0 words: 0 */
};

/* Flesch-Douma: 206.84 - 0.93 * words a sentence - 77 * syllables a word (W.H. Douma, De leesbaarheid van
 * landbouwbladen, Wageningen 1960, p. 11: Flesch's Reading Ease fitted to Dutch; written there with wl, the
 * syllables of 100 words: 206.84 - 0.77 wl - 0.93 sl). A sentence ends with . ! ? or : before a blank, or
 * with an empty line. A number counts as one syllable for every two digits; slots and numbers are better
 * filled in first. */
void readability_douma(const char *text, struct readability *ret_r);
/* Syllables of one Dutch word: groups of vowels, where "ij", "oe", "ie", "ui" and the like are one, "eeuw" is
 * one, a trema begins a new one, and two vowels that do not belong together (mensenhandelaar aside: "chaos",
 * "museum", "radio") are two. At least 1. */
size_t readability_syllables(const char *word, size_t len);

#endif
