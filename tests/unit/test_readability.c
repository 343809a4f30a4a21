// SPDX-License-Identifier: EUPL-1.2
/* Syllables of Dutch words and the formula of Douma. */
#include "base/readability.h"
#include "unit/test.h"

#include <string.h>

TEST(readability_counts_syllables)
{
    static const struct {
        const char *word;
        int64_t n;
    } rows[] = {
        { "u", 1 },
        { "wij", 1 },
        { "bellen", 2 },
        { "uiterlijk", 3 },
        { "aanmelding", 3 },
        { "ideeën", 3 },
        { "geïnd", 2 },
        { "leeuw", 1 },
        { "nieuwe", 2 },
        { "chaos", 2 },

        { "radio", 3 },
        { "cliëntondersteuner", 6 },
        { "onafhankelijk", 5 },
        { "ziekenhuis", 3 },
        { "mooie", 2 },
        { "koeien", 2 },
        { "vrijdag", 2 },
        { "112", 2 },
        { "ja", 1 },
        { "yoghurt", 2 },
        { "baby", 2 },
        { "mevrouw", 2 },
        { "situatie", 4 },
        { "hbo", 1 },
        { "gemeente", 3 },
        { "zeeën", 2 },
        { "buiten", 2 },
        { "auto", 2 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        test_check_int((int64_t)readability_syllables(rows[i].word, strlen(rows[i].word)), rows[i].n,
                       __FILE__, __LINE__, rows[i].word);
}

TEST(readability_follows_douma)
{
    struct readability r;

    /* 2 sentences, 7 words, 9 syllables: 206.84 - 0.93 * 3.5 - 77 * 9/7 */
    readability_douma("Wij bellen u morgen. Is dat goed?", &r);
    CHECK_INT((int64_t)r.sentences, 2);
    CHECK_INT((int64_t)r.words, 7);
    CHECK_INT((int64_t)r.syllables, 9);
    CHECK_NEAR(r.score, 206.84 - 0.93 * 3.5 - 77.0 * 9 / 7, 1e-12);
    readability_douma("", &r);
    CHECK_NEAR(r.score, 0, 1e-12);
    readability_douma("Bel 06-555.12345 nu", &r); /* the point inside a number ends nothing */
    CHECK_INT((int64_t)r.sentences, 1);
    readability_douma(
        "Het college draagt zorg voor de totstandkoming van een deskundige onderzoeksrapportage betreffende "
        "maatschappelijke ondersteuningsbehoeften.",
        &r);
    CHECK(r.score < 20);
}
