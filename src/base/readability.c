// SPDX-License-Identifier: EUPL-1.2
#include "base/readability.h"

#include "base/err.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* Vowels that are heard as one, the longest first. */
static const char *const one_sound[] = { "aai", "ooi", "oei", "eeu", "ieu", "aa", "ee",
                                         "oo",  "uu",  "ie",  "oe",  "eu",  "ui", "ei",
                                         "ij",  "au",  "ou",  "ai",  "oi",  "ay", "ey" };

static bool vowel(char ch)
{
    return ch != '\0' && strchr("aeiouy", ch) != NULL;
}

static size_t vowel_group(const char *p)
{
    for (size_t i = 0; i < COUNT(one_sound); i++) {
        size_t n = strlen(one_sound[i]);
        if (strncmp(p, one_sound[i], n) == 0)
            return n;
    }
    return vowel(*p) ? 1 : 0;
}

/* A vowel with a trema (ë U+00EB, ï U+00EF, ö, ü, ä) begins a syllable: a mark is put before it, so that it
 * does not join the vowel in front. */
static void mark_trema(const char *word, size_t len, char *to, size_t size)
{
    static const unsigned char second[] = { 0xab, 0xaf, 0xb6, 0xbc, 0xa4 };
    size_t n = 0;

    for (size_t i = 0; i < len && n + 4 < size; i++) {
        unsigned char a = (unsigned char)word[i], b = i + 1 < len ? (unsigned char)word[i + 1] : 0;
        if (a == 0xc3 && memchr(second, b, sizeof second) != NULL)
            to[n++] = '\'';
        to[n++] = word[i];
    }
    to[n] = '\0';
}

size_t readability_syllables(const char *word, size_t len)
{
    char marked[200], folded[200];
    size_t n = 0, digits = 0;

    mark_trema(word, len, marked, sizeof marked);
    text_fold(folded, sizeof folded, marked);
    for (const char *p = folded; *p != '\0';) {
        size_t group = *p == 'y' && vowel(p[1]) ? 0 : vowel_group(p);
        digits += *p >= '0' && *p <= '9';
        n += group > 0;
        p += group > 0 ? group : 1;
    }
    n += (digits + 1) / 2;
    return n > 0 ? n : 1;
}

static bool in_word(const char *p)
{
    unsigned char ch = (unsigned char)*p;

    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch >= 0x80 ||
           ((ch == '\'' || ch == '-') && p[1] != '\0' && p[1] != ' ');
}

void readability_douma(const char *text, struct readability *ret_r)
{
    struct readability r = { 0 };
    bool open = false; /* words since the last end of a sentence */

    for (const char *p = text; *p != '\0';) {
        size_t n = 0;
        while (p[n] != '\0' && in_word(p + n))
            n++;
        if (n > 0) {
            r.words++;
            r.syllables += readability_syllables(p, n);
            open = true;
            p += n;
            continue;
        }
        bool ends = (strchr(".!?:", *p) != NULL && (p[1] == '\0' || strchr(" \n*\"", p[1]) != NULL)) ||
                    (*p == '\n' && p[1] == '\n');
        if (ends && open) {
            r.sentences++;
            open = false;
        }
        p++;
    }
    r.sentences += open;
    if (r.words > 0)
        r.score = 206.84 - 0.93 * (double)r.words / (double)r.sentences -
                  77.0 * (double)r.syllables / (double)r.words;
    *ret_r = r;
}
