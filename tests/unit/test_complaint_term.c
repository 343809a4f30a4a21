// SPDX-License-Identifier: EUPL-1.2
#include "register/complaint_term.h"
#include "unit/test.h"

static int64_t noon(int ymd)
{
    return ymd == 0 ? TIME_NONE
                    : time_of_nl_day(date_from_civil(ymd / 10000, ymd / 100 % 100, ymd % 100), 12 * 3600);
}

/* By hand, from a complaint on Monday 8 January 2024. */
TEST(complaint_term_of_each_regime)
{
    static const struct {
        enum complaint_regime regime;
        bool committee;
        int extended, agreed, agreed_to, ruled, answered, refused, now;
        enum law_kind kind;
        int due;
        enum term_verdict verdict;
    } t[] = {
        /* Awb 9:11(1): six weeks; ten with a committee */
        { COMPLAINT_AWB, false, 0, 0, 0, 0, 0, 0, 20240120, LAW_COMPLAINT, 20240219, TERM_RUNNING },
        { COMPLAINT_AWB, true, 0, 0, 0, 0, 0, 0, 20240120, LAW_COMPLAINT_COMMITTEE, 20240318, TERM_RUNNING },
        { COMPLAINT_AWB, false, 0, 0, 0, 0, 20240219, 0, 20240601, LAW_COMPLAINT, 20240219, TERM_KEPT },
        { COMPLAINT_AWB, false, 0, 0, 0, 0, 20240220, 0, 20240601, LAW_COMPLAINT, 20240219, TERM_NOT_KEPT },
        { COMPLAINT_AWB, false, 0, 0, 0, 0, 0, 0, 20240220, LAW_COMPLAINT, 20240219, TERM_OVER },
        /* 9:11(2): four weeks more, said in time; said too late it is nothing */
        { COMPLAINT_AWB, false, 20240219, 0, 0, 0, 0, 0, 20240301, LAW_COMPLAINT, 20240318, TERM_RUNNING },
        { COMPLAINT_AWB, false, 20240220, 0, 0, 0, 0, 0, 20240301, LAW_COMPLAINT, 20240219, TERM_OVER },
        /* ten and four weeks: Monday 15 April */
        { COMPLAINT_AWB, true, 20240301, 0, 0, 0, 0, 0, 20240401, LAW_COMPLAINT_COMMITTEE, 20240415,
          TERM_RUNNING },
        /* 9:11(3): later with the consent of the complainant */
        { COMPLAINT_AWB, false, 20240219, 20240310, 20240410, 0, 0, 0, 20240401, LAW_COMPLAINT, 20240410,
          TERM_RUNNING },
        /* own scheme of a provider, no Atw; six weeks by default */
        { COMPLAINT_PROVIDER, false, 0, 0, 0, 0, 20240201, 0, 20240301, LAW_COMPLAINT_PROVIDER, 20240219,
          TERM_KEPT },
        /* Jeugdwet 4.2.1: the ruling first, then one month: 31 January to 29 February */
        { COMPLAINT_YOUTH, false, 0, 0, 0, 0, 0, 0, 20240120, LAW_COMPLAINT_YOUTH, 20240219, TERM_RUNNING },
        { COMPLAINT_YOUTH, false, 0, 0, 0, 20240131, 0, 0, 20240220, LAW_COMPLAINT_ANSWER, 20240229,
          TERM_RUNNING },
        { COMPLAINT_YOUTH, false, 0, 0, 0, 20240131, 20240301, 0, 20240401, LAW_COMPLAINT_ANSWER, 20240229,
          TERM_NOT_KEPT },
    };
    struct law_options o = LAW_OPTIONS_DEFAULT;
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    for (size_t i = 0; i < COUNT(t); i++) {
        struct complaint_clock q = { .regime = t[i].regime,
                                     .committee = t[i].committee,
                                     .received_at = noon(20240108),
                                     .extended_at = noon(t[i].extended),
                                     .agreed_at = noon(t[i].agreed),
                                     .agreed_to = noon(t[i].agreed_to),
                                     .ruled_at = noon(t[i].ruled),
                                     .answered_at = noon(t[i].answered),
                                     .refused_at = noon(t[i].refused) };
        struct law_term term[COMPLAINT_TERMS];
        CHECK(complaint_terms(&k, &o, &q, noon(t[i].now), term) >= 1);
        bool ok = CHECK_INT(term[0].kind, t[i].kind) && CHECK_INT(test_ymd(term[0].now.due), t[i].due);
        ok = CHECK_INT(term[0].now.verdict, t[i].verdict) && ok;
        ok = CHECK_INT(term[0].overdue, t[i].verdict == TERM_OVER) && ok;
        if (!ok)
            CHECK_INT((int64_t)i, -1);
    }
}

/* Awb 9:8(3): not taking it up is said within four weeks: Monday 5 February. */
TEST(complaint_term_refusal)
{
    struct law_options o = LAW_OPTIONS_DEFAULT;
    struct complaint_clock q = COMPLAINT_CLOCK_NONE;
    struct law_term term[COMPLAINT_TERMS];
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    q.received_at = noon(20240108);
    CHECK_INT((int64_t)complaint_terms(&k, &o, &q, noon(20240206), term), 2);
    CHECK_INT(term[1].kind, LAW_COMPLAINT_REFUSED);
    CHECK_INT(test_ymd(term[1].now.due), 20240205);
    CHECK(!term[1].overdue);
    q.refused_at = noon(20240206);
    CHECK_INT((int64_t)complaint_terms(&k, &o, &q, noon(20240301), term), 2);
    CHECK_INT(term[0].now.verdict, TERM_KEPT);
    CHECK_INT(term[1].now.verdict, TERM_NOT_KEPT);
    q.answered_at = noon(20240301);
    q.refused_at = TIME_NONE;
    CHECK_INT((int64_t)complaint_terms(&k, &o, &q, noon(20240302), term), 1);
}

TEST(complaint_term_weeks_are_a_setting)
{
    struct law_options o = LAW_OPTIONS_DEFAULT;
    struct complaint_clock q = COMPLAINT_CLOCK_NONE;
    struct law_term term[COMPLAINT_TERMS];
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    q.regime = COMPLAINT_PROVIDER;
    q.received_at = noon(20240108);
    o.provider_weeks = 4;
    complaint_terms(&k, &o, &q, noon(20240110), term);
    CHECK_INT(test_ymd(term[0].now.due), 20240205);
    q.extended_at = noon(20240201);
    complaint_terms(&k, &o, &q, noon(20240210), term);
    CHECK_INT(test_ymd(term[0].now.due), 20240304);
}
