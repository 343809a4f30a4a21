// SPDX-License-Identifier: EUPL-1.2
/* Names that sound alike on the telephone, and names that must stay apart. */
#include "base/sound.h"
#include "base/text.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

static bool alike(const char *a, const char *b)
{
    char ka[SOUND_KEYS][SOUND_KEY], kb[SOUND_KEYS][SOUND_KEY], fa[80], fb[80];

    text_fold(fa, sizeof fa, a);
    text_fold(fb, sizeof fb, b);
    size_t na = sound_keys(fa, ka), nb = sound_keys(fb, kb);
    for (size_t i = 0; i < na; i++)
        for (size_t k = 0; k < nb; k++)
            if (strcmp(ka[i], kb[k]) == 0)
                return true;
    return false;
}

static void check(bool want, const char *a, const char *b)
{
    char what[120];

    snprintf(what, sizeof what, "%s %s %s", a, want ? "sounds like" : "does not sound like", b);
    test_check(alike(a, b) == want && alike(b, a) == want, __FILE__, __LINE__, what);
}

TEST(sound_names_that_are_heard_as_the_same)
{
    static const char *const same[][2] = {
        /* Dutch */
        { "Jansen", "Janssen" },
        { "Peters", "Peeters" },
        { "Meijer", "Meyer" },
        { "Meijer", "Meier" },
        { "Meijer", "Maier" },
        { "Dijk", "Dyk" },
        { "Dijk", "Dijck" },
        { "Smit", "Smid" },
        { "Smit", "Smidt" },
        { "Vries", "Fries" },
        { "Visser", "Fisser" },
        { "Zanden", "Sanden" },
        { "Kuijpers", "Kuipers" },
        { "Kuijpers", "Cuypers" },
        { "Dirckx", "Dirks" },
        { "Hendriks", "Hendrix" },
        { "Hendriks", "Hendricks" },
        { "Bosch", "Bos" },
        { "Boschman", "Bosman" },
        { "Verhoeven", "Verhoeve" },
        { "Verhaeghe", "Verhage" },
        { "Heijden", "Heiden" },
        { "Verheijen", "Vereijen" },
        { "Brouwer", "Brauer" },
        { "Jacobs", "Jakobs" },
        { "Jakob", "Jacop" },
        { "Thijssen", "Tijsen" },
        { "Sophie", "Sofie" },
        { "Cees", "Sees" },
        { "Leeuwen", "Leuwe" },
        { "Raaijmakers", "Raymakers" },
        { "Slegers", "Sleghers" },
        { "Nieuwenhuis", "Nieuwenhuijs" },
        { "Hendriks", "Hendriksen" },
        /* Turkish */
        { "Yılmaz", "Yilmas" },
        { "Şahin", "Shahin" },
        { "Öztürk", "Ozturk" },
        { "Yusuf", "Joesoef" },
        { "Mustafa", "Moestafa" },
        { "Çelik", "Celick" },
        { "Ayşe", "Aisha" },
        /* Moroccan */
        { "Mohamed", "Mohammed" },
        { "Mohamed", "Muhammad" },
        { "Youssef", "Yusuf" },
        { "Rachid", "Rashid" },
        { "Aïcha", "Aisha" },
        { "Khadija", "Chadija" },
        { "Khadija", "Khadidja" },
        { "Djamila", "Jamila" },
        { "Fatima", "Fatma" },
        { "Bouzid", "Boezit" },
        /* Polish */
        { "Kowalski", "Kovalski" },
        { "Paweł", "Pavel" },
        { "Tomasz", "Thomas" },
        { "Agnieszka", "Agnieska" },
        { "Łukasz", "Lukas" },
        { "Nowak", "Novak" },
        { "Wójcik", "Vojcik" },
    };

    for (size_t i = 0; i < COUNT(same); i++)
        check(true, same[i][0], same[i][1]);
}

TEST(sound_names_that_stay_apart)
{
    static const char *const other[][2] = {
        { "Jansen", "Hansen" },  { "Bakker", "Dekker" },  { "Boer", "Beer" }, { "Smit", "Smits" },
        { "Mulder", "Muller" },  { "Visser", "Fischer" }, { "Kaya", "Koç" },  { "Demir", "Doğan" },
        { "Hassan", "Hossain" }, { "Nowak", "Kowal" },    { "Ali", "Ilias" }, { "Karim", "Rachid" },
        { "Vos", "Vas" },        { "Maas", "Moes" },
    };

    for (size_t i = 0; i < COUNT(other); i++)
        check(false, other[i][0], other[i][1]);
}

TEST(sound_odd_words_are_safe)
{
    char key[SOUND_KEYS][SOUND_KEY], longest[400];

    CHECK_INT((int64_t)sound_keys("", key), 0);
    CHECK_INT((int64_t)sound_keys("h", key), 1);
    memset(longest, 'k', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    CHECK_INT((int64_t)sound_keys(longest, key), 1);
    CHECK_STR(key[0], "K");
    for (size_t i = 0; i + 2 < sizeof longest; i += 2)
        memcpy(longest + i, i % 4 == 0 ? "tr" : "ml", 2);
    CHECK_INT((int64_t)sound_keys(longest, key), 1);
    CHECK_INT((int64_t)strlen(key[0]), SOUND_KEY - 1);
    CHECK_INT((int64_t)sound_keys("علي", key), 1);
    CHECK(sound_particle("van"));
    CHECK(!sound_particle("vanessa"));
}
