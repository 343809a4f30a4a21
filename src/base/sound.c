// SPDX-License-Identifier: EUPL-1.2
#include "base/sound.h"

#include "base/err.h"
#include "base/text.h"

#include <string.h>

enum { WORD = 40 };

/* Groups of letters are first written as one sign: G, S, J, F, K, T are what they sound like, E, A, O are
 * vowels. */
static const struct {
    const char *from, *to;
} groups[] = {
    { "tsch", "S" }, { "szcz", "S" }, { "aaij", "E" }, { "eeuw", "E" }, { "ieuw", "E" }, { "ouw", "O" },
    { "auw", "O" },  { "euw", "E" },  { "uw", "O" },   { "ckx", "ks" }, { "cqu", "K" },  { "eij", "E" },
    { "aij", "E" },  { "uij", "O" },  { "sch", "!" },  { "dzj", "J" },  { "tsj", "S" },  { "ij", "E" },
    { "ei", "E" },   { "ey", "E" },   { "ai", "E" },   { "ay", "E" },   { "ie", "E" },   { "ee", "E" },
    { "eu", "E" },   { "aa", "A" },   { "ae", "A" },   { "au", "O" },   { "ou", "O" },   { "oe", "O" },
    { "oo", "O" },   { "ue", "O" },   { "uu", "O" },   { "ui", "O" },   { "uy", "O" },   { "ch", "?" },
    { "gh", "G" },   { "kh", "G" },   { "ph", "F" },   { "th", "t" },   { "sh", "S" },   { "sj", "S" },
    { "sz", "S" },   { "cz", "S" },   { "dj", "J" },   { "dz", "J" },   { "ck", "K" },   { "qu", "K" },
    { "dt", "t" },   { "tj", "t" },   { "nj", "n" },   { "ny", "n" },
};

static bool vowel(char ch)
{
    return ch != '\0' && strchr("aeiouyAEO", ch) != NULL;
}

static size_t group(const char *p, const char **ret_to)
{
    for (size_t i = 0; i < COUNT(groups); i++) {
        size_t n = strlen(groups[i].from);
        if (strncmp(p, groups[i].from, n) != 0)
            continue;
        /* "ny" and the like are one sound before a vowel only: Anya, not Tony */
        if (strcmp(groups[i].from, "ny") == 0 && !vowel(p[n]))
            continue;
        /* i and j apart in Khadija and Marijan; one sound in Meijer and Bijen */
        if (strcmp(groups[i].from, "ij") == 0 && p[n] != '\0' && strchr("aou", p[n]) != NULL)
            continue;
        *ret_to = groups[i].to;
        return n;
    }
    return 0;
}

static void write_groups(const char *word, char to[WORD])
{
    size_t n = 0;

    while (*word != '\0' && n + 3 < WORD) {
        const char *sign;
        size_t taken = *word == 'y' && n == 0 && vowel(word[1]) ? 0 : group(word, &sign);
        if (*word == 'y' && n == 0 && vowel(word[1])) {
            to[n++] = 'J';
            word++;
        } else if (taken > 0) {
            memcpy(to + n, sign, strlen(sign));
            n += strlen(sign);
            word += taken;
        } else {
            to[n++] = *word++;
        }
    }
    to[n] = '\0';
}

/* -en at the end loses its n, d becomes t, b becomes p. */
static void soften_end(char *w, bool is_long)
{
    size_t n = strlen(w);

    if (is_long && n > 2 && w[n - 1] == 'n' && w[n - 2] == 'e')
        w[--n] = '\0';
    // NOLINTBEGIN(clang-analyzer-core.UndefinedBinaryOperatorResult): w is a text of n letters
    if (n >= 2 && w[n - 1] == 'd')
        w[n - 1] = 't';
    if (n >= 2 && w[n - 1] == 'b')
        w[n - 1] = 'p';
    if (n >= 3 && w[n - 1] == 's' && w[n - 2] == 'd')
        w[n - 2] = 't';
    // NOLINTEND(clang-analyzer-core.UndefinedBinaryOperatorResult)
}

static char vowel_class(char ch)
{
    return strchr("aA", ch) != NULL ? 'A' : strchr("ouO", ch) != NULL ? 'O' : 'E';
}

/* The sound of the consonant at w[i]; '\0' for none. `soft`: "ch" as in Rachid. */
static char consonant(const char *w, size_t i, bool soft)
{
    char after = w[i + 1];

    switch (w[i]) {
    case '?': /* ch */
        return soft ? 'S' : 'G';
    case 'g':
        return 'G';
    case 'c':
        return after != '\0' && strchr("eiyE", after) != NULL ? 'S' : 'K';
    case 'k':
    case 'q':
        return 'K';
    case 's':
    case 'z':
        return 'S';
    case 'f':
    case 'v':
        return 'F';
    case 'w':
        return 'F';
    case 'h':
        return i == 0 ? 'H' : '\0';
    case 'j':
        return 'J';
    default:
        return w[i] >= 'a' && w[i] <= 'z' ? (char)(w[i] - 'a' + 'A') : w[i];
    }
}

/* One sign behind the others; never the same twice. */
static void put(char key[SOUND_KEY], size_t *n, char sign)
{
    if (sign != '\0' && *n + 1 < SOUND_KEY && (*n == 0 || key[*n - 1] != sign))
        key[(*n)++] = sign;
}

static void make_key(const char *w, bool soft, char key[SOUND_KEY])
{
    bool seen_vowel = false;
    size_t n = 0;

    for (size_t i = 0; w[i] != '\0'; i++) {
        if (vowel(w[i])) {
            if (!seen_vowel)
                put(key, &n, vowel_class(w[i]));
            seen_vowel = true;
        } else if (w[i] == '!') { /* sch: s at the end and before a consonant */
            put(key, &n, 'S');
            if (vowel(w[i + 1]))
                put(key, &n, 'G');
        } else if (w[i] == 'x') {
            put(key, &n, 'K');
            put(key, &n, 'S');
        } else {
            put(key, &n, consonant(w, i, soft));
        }
    }
    key[n] = '\0';
}

size_t sound_keys(const char *word, char key[SOUND_KEYS][SOUND_KEY])
{
    char w[WORD];

    write_groups(word, w);
    soften_end(w, strlen(word) >= 5);
    make_key(w, false, key[0]);
    if (key[0][0] == '\0')
        return 0;
    if (strchr(w, '?') == NULL)
        return 1;
    make_key(w, true, key[1]);
    return 2;
}

bool sound_particle(const char *word)
{
    static const char *const particles[] = { "van", "de",  "den", "der", "het", "t",   "ter", "ten",
                                             "te",  "op",  "in",  "aan", "s",   "von", "du",  "da",
                                             "di",  "la",  "le",  "el",  "al",  "ait", "ben", "bin",
                                             "ibn", "bij", "uit", "vd",  "v",   "d" };

    for (size_t i = 0; i < COUNT(particles); i++)
        if (text_is(particles[i], word))
            return true;
    return false;
}
