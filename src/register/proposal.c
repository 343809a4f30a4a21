// SPDX-License-Identifier: EUPL-1.2
#include "register/proposal.h"

#include <assert.h>
#include <stdlib.h>

int64_t proposal_points(const struct candidate *k, int64_t weight)
{
    int64_t left = k->room - k->load - weight, p = 0;

    p += k->fit == FIT_MAIN ? 40 : k->fit == FIT_FURTHER ? 25 : 0;
    p += k->known == KNOWN_PERSON ? 50 : k->known == KNOWN_HOUSEHOLD ? 30 : 0;
    p += k->takes_part ? 45 : 0;
    p += k->language_asked && k->speaks ? 30 : 0;
    p += !k->wish_asked ? 0 : k->wish_met ? 20 : -40;
    p += left < 0 ? -60 : k->room > 0 ? 30 * left / k->room : 0;
    p -= k->gave_back ? 50 : 0;
    p -= k->absent ? 30 : 0;
    return p;
}

/* The key of a candidate while sorting: qsort may change the order of equals, so the old place is a part of
 * it. */
struct place {
    struct candidate k;
    int64_t points;
    size_t was;
};

static int by_points(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;

    if ((a->k.never != NEVER_NOT) != (b->k.never != NEVER_NOT))
        return a->k.never != NEVER_NOT ? 1 : -1;
    if (a->points != b->points)
        return a->points > b->points ? -1 : 1;
    if (a->k.cases != b->k.cases)
        return a->k.cases < b->k.cases ? -1 : 1;
    return a->was < b->was ? -1 : a->was > b->was;
}

enum { SORT_MAX = 500 };

void proposal_sort(struct candidate *k, size_t n, int64_t weight)
{
    static_assert(SORT_MAX * sizeof(struct place) < 64 * 1024, "on the stack");
    struct place place[SORT_MAX];

    n = n < SORT_MAX ? n : SORT_MAX;
    for (size_t i = 0; i < n; i++)
        place[i] = (struct place){ k[i], k[i].never != NEVER_NOT ? 0 : proposal_points(&k[i], weight), i };
    // cppcheck-suppress uninitvar
    qsort(place, n, sizeof *place, by_points);
    for (size_t i = 0; i < n; i++)
        k[i] = place[i].k;
}

bool proposal_suits(const char *discipline, const char *category, const char *wanted)
{
    static const struct {
        const char *category, *discipline;
    } suits[] = {
        { "household", "wmo_officer" },  { "household", "social_worker" },
        { "mobility", "wmo_officer" },   { "mental", "social_caseworker" },
        { "mental", "social_worker" },   { "mental", "behavioural_scientist" },
        { "lonely", "social_worker" },   { "parenting", "family_coach" },
        { "youth", "youth_coach" },      { "youth", "behavioural_scientist" },
        { "school", "youth_coach" },     { "school", "family_coach" },
        { "divorce", "family_coach" },   { "divorce", "social_caseworker" },
        { "money", "social_worker" },    { "money", "job_coach" },
        { "housing", "social_worker" },  { "relation", "social_caseworker" },
        { "relation", "social_worker" },
    };

    if (discipline == NULL)
        return false;
    if (!text_empty(wanted))
        return text_is(discipline, wanted);
    if (text_empty(category)) /* nothing is known of it: the generalist */
        return text_is(discipline, "social_worker");
    for (size_t i = 0; i < sizeof suits / sizeof *suits; i++)
        if (text_is(suits[i].category, category) && text_is(suits[i].discipline, discipline))
            return true;
    return false;
}
