// SPDX-License-Identifier: EUPL-1.2
/* How a name sounds to someone who hears it on a Dutch telephone: names that get the same key sound alike.
 *
 * The key is our own (Soundex and Metaphone are made for English): the consonants of the word, with the first
 * vowel in its place as one of A (a, aa, ae), E (e, i, ij, y, ei, ai, eu) and O (o, oe, u, ou, au). The other
 * vowels are left out, because they are heard worst. Consonants, in this order:
 *
 *     written                      heard as    example
 *     double letters               one         Janssen = Jansen, Peeters = Peters
 *     ij, y, ei, ey, eij           E           Meijer = Meyer = Meier, van Dijk = van Dyk
 *     c, ck, k, q, qu, x = ks      K           Dirckx = Dirks, Jacob = Jakob
 *     c before e, i, y; z; sz, cz  S           Cees = Sees, Visser = Fisser, Tomasz = Thomas, Celik = Selik
 *     ch, gh, kh, g                G           Khadija = Chadija, Verhaeghe = Verhage
 *     sch at the end, before a consonant  S    Bosch = Bos, Boschman = Bosman
 *     sh, sj                       S           Şahin = Shahin
 *     v, w, ph, f                  F           de Vries = de Fries, Paweł = Pavel, Kowalski = Kovalski
 *     d, dt, th at the end         T           Smid = Smit = Smidt
 *     b at the end                 P           Jakob = Jacop
 *     dj, dz, and y before a vowel J           Djamila = Jamila, Youssef = Yusuf = Joesoef
 *     h after the first letter     nothing     Verheijen = Vereijen, Mohamed = Mohammed = Mehmed
 *     w in ouw, auw, euw, uw       nothing     Brouwer = Brauer
 *     n in -en at the end          nothing     Verhoeven = Verhoeve
 *
 * In Arabic names "ch" is written for the sound of "sh": a word with "ch" has a second key with S (Rachid =
 * Rashid, Aïcha = Aisha = Ayşe). */
#ifndef PEIL_BASE_SOUND_H
#define PEIL_BASE_SOUND_H

#include <stdbool.h>
#include <stddef.h>

enum { SOUND_KEY = 16, SOUND_KEYS = 2 };

/* The keys of one word, lower case without accents (text_fold); longer words are cut off. Returns how many: 0
 * for a word without letters, 2 when "ch" may be heard in two ways. */
size_t sound_keys(const char *word, char key[SOUND_KEYS][SOUND_KEY]);
/* Words that belong to the family name behind them and are not searched for by themselves: "van", "de", "el".
 */
bool sound_particle(const char *word);

#endif
