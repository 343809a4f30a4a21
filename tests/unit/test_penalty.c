// SPDX-License-Identifier: EUPL-1.2
#include "register/penalty.h"
#include "unit/test.h"

static struct calendar dutch;
static struct penalty_rates rates;

static int32_t day_of(int ymd)
{
    return ymd == 0 ? DAY_NONE : date_from_civil(ymd / 10000, ymd / 100 % 100, ymd % 100);
}

static void start(void)
{
    calendar_init(&dutch, &(struct calendar_rule){ 0 });
    CHECK(penalty_rates_parse(PENALTY_DEFAULT, &rates));
}

/* Awb 4:17(2) of 2017: 20, 30, 40 euros for 14, 14 and 14 days; since 2019 23, 35, 45 (Stcrt. 2019, 13178).
 */
TEST(penalty_amounts)
{
    static const struct {
        int64_t days, in_2017, in_2019;
    } t[] = { { 0, 0, 0 },      { 1, 20, 23 },    { 14, 280, 322 },  { 15, 310, 357 },
              { 28, 700, 812 }, { 29, 740, 857 }, { 42, 1260, 1442 } };

    start();
    for (size_t i = 0; i < COUNT(t); i++) {
        CHECK_INT(penalty_euros(&rates, day_of(20181231), t[i].days), t[i].in_2017);
        CHECK_INT(penalty_euros(&rates, day_of(20190101), t[i].days), t[i].in_2019);
    }
}

/* By hand. The term ended on Wednesday 17 April 2024; notice on Monday 22 April; two weeks end on Monday 6
 * May; Tuesday 7 May is the first day, Monday 17 June the 42nd. */
TEST(penalty_days_by_hand)
{
    static const struct {
        int notice, stop, today, first, last;
        int64_t days, euros;
        bool early, running;
    } t[] = {
        { 20240422, 0, 20240506, 0, 0, 0, 0, false, false },
        { 20240422, 0, 20240507, 20240507, 20240507, 1, 23, false, true },
        { 20240422, 20240507, 20240601, 0, 0, 0, 0, false, false }, /* decided on the first day */
        { 20240422, 20240508, 20240601, 20240507, 20240507, 1, 23, false, false },
        { 20240422, 20240521, 20240601, 20240507, 20240520, 14, 322, false, false },
        { 20240422, 0, 20240616, 20240507, 20240616, 41, 1397, false, true },
        { 20240422, 0, 20240617, 20240507, 20240617, 42, 1442, false, false },
        { 20240422, 0, 20241231, 20240507, 20240617, 42, 1442, false, false }, /* it stops there */
        { 20240417, 0, 20240601, 0, 0, 0, 0, true, false }, /* on the last day: too early */
        { 20240410, 0, 20240601, 0, 0, 0, 0, true, false },
        { 20240425, 0, 20240510, 0, 0, 0, 0, false, false }, /* ends on Ascension Day, so on Friday */
        { 20240425, 0, 20240511, 20240511, 20240511, 1, 23, false, true },
    };

    start();
    for (size_t i = 0; i < COUNT(t); i++) {
        struct penalty p = penalty_of(&dutch, &rates, day_of(20240417), day_of(t[i].notice),
                                      day_of(t[i].stop), day_of(t[i].today));
        bool ok = CHECK_INT(p.first, day_of(t[i].first)) && CHECK_INT(p.last, day_of(t[i].last));
        ok = CHECK_INT(p.days, t[i].days) && CHECK_INT(p.euros, t[i].euros) && ok;
        ok = CHECK_INT(p.early, t[i].early) && CHECK_INT(p.running, t[i].running) && ok;
        if (!ok)
            CHECK_INT((int64_t)i, -1);
    }
}

TEST(penalty_amounts_are_a_setting)
{
    static const char *const bad[] = { "",
                                       "x",
                                       "2019-01-01",
                                       "2019-01-01 23 35",
                                       "2019-13-01 23 35 45",
                                       "2019-01-01 23 35 45,",
                                       "2019-01-01 23 35 45 50",
                                       "2019-01-01 23 35 45, 2018-01-01 1 2 3",
                                       "2019-01-01 -1 35 45" };
    struct penalty_rates r;

    CHECK(penalty_rates_parse("2019-01-01 23 35 45", &r));
    CHECK_INT((int64_t)r.n, 1);
    CHECK(penalty_rates_parse(" 2019-01-01  23 35 45 ,2027-01-01 30 45 60 ", &r));
    CHECK_INT(penalty_euros(&r, day_of(20270102), 15), 14 * 30 + 45);
    for (size_t i = 0; i < COUNT(bad); i++)
        if (!CHECK(!penalty_rates_parse(bad[i], &r)))
            CHECK_INT((int64_t)i, -1);
}
