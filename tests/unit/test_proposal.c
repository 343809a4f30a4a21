// SPDX-License-Identifier: EUPL-1.2
#include "register/proposal.h"
#include "unit/test.h"

static const struct candidate plain = { .worker = 1, .room = 20 };

/* Each line of the table in the header, by itself. */
TEST(proposal_points_of_each_rule)
{
    struct {
        struct candidate k;
        int64_t points;
    } row[] = {
        { plain, 27 }, /* 30 * (20 - 0 - 2) / 20 */
        { plain, 27 + 40 }, { plain, 27 + 25 }, { plain, 27 + 50 }, { plain, 27 + 30 }, { plain, 27 + 45 },
        { plain, 27 + 30 }, { plain, 27 },      { plain, 27 + 20 }, { plain, 27 - 40 }, { plain, 0 },
        { plain, -60 },     { plain, 27 - 50 }, { plain, 27 - 30 }, { plain, -60 },
    };
    row[1].k.fit = FIT_MAIN;
    row[2].k.fit = FIT_FURTHER;
    row[3].k.known = KNOWN_PERSON;
    row[4].k.known = KNOWN_HOUSEHOLD;
    row[5].k.takes_part = true;
    row[6].k.language_asked = row[6].k.speaks = true;
    row[7].k.language_asked = true;
    row[8].k.wish_asked = row[8].k.wish_met = true;
    row[9].k.wish_asked = true;
    row[10].k.load = 18; /* just fits */
    row[11].k.load = 19;
    row[12].k.gave_back = true;
    row[13].k.absent = true;
    row[14].k.room = 0; /* no hours */
    for (size_t i = 0; i < COUNT(row); i++)
        CHECK_INT(proposal_points(&row[i].k, 2), row[i].points);
}

TEST(proposal_order_and_those_who_never_can)
{
    struct candidate k[] = { { .worker = 1, .room = 20, .never = NEVER_BLOCKED, .known = KNOWN_PERSON },
                             { .worker = 2, .room = 20, .cases = 3 },
                             { .worker = 3, .room = 20, .cases = 2 },
                             { .worker = 4, .room = 20, .cases = 2 },
                             { .worker = 5, .room = 20, .cases = 9, .fit = FIT_MAIN },
                             { .worker = 6, .room = 20, .never = NEVER_LEAVES } };
    static const int64_t want[] = { 5, 3, 4, 2, 1, 6 };

    proposal_sort(k, COUNT(k), 2);
    for (size_t i = 0; i < COUNT(k); i++)
        CHECK_INT(k[i].worker, want[i]);
}

TEST(proposal_suits_category_or_choice)
{
    CHECK(proposal_suits("family_coach", "parenting", NULL));
    CHECK(!proposal_suits("family_coach", "money", NULL));
    CHECK(proposal_suits("family_coach", "money", "family_coach")); /* somebody chose it */
    CHECK(proposal_suits("social_worker", NULL, NULL));
    CHECK(!proposal_suits(NULL, NULL, NULL));
}
