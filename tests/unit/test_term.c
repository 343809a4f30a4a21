// SPDX-License-Identifier: EUPL-1.2
#include "register/term.h"
#include "unit/test.h"

#include "base/rng.h"

#include <string.h>

static struct calendar dutch;

static int32_t day_at(int year, int month, int day)
{
    return date_from_civil(year, month, day);
}

/* Noon of a day written as 20240131. */
static int64_t noon(int ymd)
{
    return ymd == 0 ? TIME_NONE : time_of_nl_day(day_at(ymd / 10000, ymd / 100 % 100, ymd % 100), 12 * 3600);
}

static void start(void)
{
    calendar_init(&dutch, &(struct calendar_rule){ .good_friday_open = true });
}

/* Computed by hand from the calendar of the year; the article that decides stands beside it. */
TEST(term_last_day_by_hand)
{
    static const struct {
        int start, amount;
        enum term_unit unit;
        bool legal;
        int due;
    } t[] = {
        /* Wmo 2.3.2(1), six weeks: no holiday in the way (Tuesday 2 January to Tuesday 13 February) */
        { 20240102, 6, TERM_WEEKS, true, 20240213 },
        /* ends on Good Friday 29 March 2024 (Atw 3(2)): Saturday, Easter, Easter Monday, so Tuesday 2 April
         */
        { 20240216, 6, TERM_WEEKS, true, 20240402 },
        /* ends on Easter Monday 1 April 2024 (Atw 3(1)) */
        { 20240219, 6, TERM_WEEKS, true, 20240402 },
        /* ends on Ascension Day, Thursday 9 May 2024: Friday counts */
        { 20240425, 2, TERM_WEEKS, true, 20240510 },
        /* ends on Whit Monday 20 May 2024 */
        { 20240408, 6, TERM_WEEKS, true, 20240521 },
        /* King's Day: Thursday 27 April 2023; in 2025 Saturday 26 April because the 27th is a Sunday */
        { 20230413, 2, TERM_WEEKS, true, 20230428 },
        { 20250412, 2, TERM_WEEKS, true, 20250428 },
        /* 5 May counts every year (Atw 3(1)): Tuesday in 2026, no lustrum */
        { 20260324, 6, TERM_WEEKS, true, 20260506 },
        /* 24 and 31 December are days like others; Christmas and New Year are not */
        { 20241210, 2, TERM_WEEKS, true, 20241224 },
        { 20241211, 2, TERM_WEEKS, true, 20241227 },
        { 20241217, 2, TERM_WEEKS, true, 20241231 },
        { 20241218, 2, TERM_WEEKS, true, 20250102 },
        /* a leap day is a day: Thursday 18 January + 42 = Thursday 29 February 2024 */
        { 20240118, 6, TERM_WEEKS, true, 20240229 },
        /* Awb 4:13(2), eight weeks over the end of a year: Monday 4 December 2023 to Monday 29 January */
        { 20231204, 8, TERM_WEEKS, true, 20240129 },
        /* Wmo 2.3.2(2), seven days, ending on a Saturday */
        { 20240106, 7, TERM_DAYS, true, 20240115 },
        /* Atw 2: three days from Maundy Thursday hold no open day, so until the second one after them */
        { 20240328, 3, TERM_DAYS, true, 20240403 },
        /* Wmo 5.3.5, three months: 30 November has no 30 February; 31 December ends on Easter Sunday */
        { 20231130, 3, TERM_MONTHS, true, 20240229 },
        { 20231231, 3, TERM_MONTHS, true, 20240402 },
        /* Jeugdwet 4.2.1, one month */
        { 20230131, 1, TERM_MONTHS, true, 20230228 },
        /* Atw 4: more than twelve weeks is not moved, not even from Easter Monday */
        { 20231225, 14, TERM_WEEKS, true, 20240401 },
        /* what no law sets is not moved: Saturday stays Saturday */
        { 20240106, 7, TERM_DAYS, false, 20240113 },
        /* working days of the contract: Thursday 28 March, then Friday 29, Tuesday 2 (Good Friday is open
           here) */
        { 20240328, 2, TERM_WORKING_DAYS, false, 20240402 },
        { 20240427, 1, TERM_WORKING_DAYS, false, 20240429 },
        { 20240508, 2, TERM_WORKING_DAYS, false, 20240513 },
    };

    start();
    for (size_t i = 0; i < COUNT(t); i++) {
        struct term term = { noon(t[i].start), { t[i].amount, t[i].unit, t[i].legal }, PARTY_US, TIME_NONE };
        struct term_state s;
        term_look(&dutch, &term, NULL, 0, noon(t[i].start), &s);
        if (!CHECK_INT(test_ymd(s.due), t[i].due))
            CHECK_INT((int64_t)i, -1);
        CHECK_INT(s.due_at, time_of_nl_day(s.due + 1, 0));
    }
}

/* The night of summer time, and the minutes around midnight. */
TEST(term_days_are_dutch_days)
{
    static const struct {
        int year, month, day, second, due;
    } t[] = {
        { 2024, 3, 31, 1800, 20240513 }, /* half an hour before the clocks go forward; Sunday 12 May */
        { 2024, 3, 30, 23 * 3600 + 1800, 20240513 }, /* Saturday 11 May */
        { 2024, 10, 27, 2 * 3600 + 1800, 20241209 }, /* the hour that comes twice; Sunday 8 December */
        { 2024, 10, 28, 0, 20241209 },
        { 2024, 10, 28, 86399, 20241209 },
        { 2023, 12, 31, 86399, 20240212 }, /* Sunday 11 February */
        { 2024, 1, 1, 0, 20240212 },
    };

    start();
    for (size_t i = 0; i < COUNT(t); i++) {
        int64_t at = time_of_nl_day(day_at(t[i].year, t[i].month, t[i].day), t[i].second);
        struct term term = { at, { 6, TERM_WEEKS, true }, PARTY_US, TIME_NONE };
        struct term_state s;
        term_look(&dutch, &term, NULL, 0, at, &s);
        CHECK_INT(test_ymd(s.due), t[i].due);
    }
    /* Atw 4: a term in hours runs in hours, over the night that has 23 of them */
    int64_t at = time_of_nl_day(day_at(2024, 3, 31), 5400);
    struct term hours = { at, { 2, TERM_HOURS, false }, PARTY_US, TIME_NONE };
    struct term_state s;
    term_look(&dutch, &hours, NULL, 0, at + 600, &s);
    CHECK_INT(s.due_at, time_of_nl_day(day_at(2024, 3, 31), 4 * 3600 + 1800));
    CHECK_INT(s.left, 6600);
    CHECK_INT(s.party[PARTY_US], 600);
}

struct story {
    int asked, done, now, stop, due; /* asked to complete, completed: 0 never, or not yet */
    int64_t total, stood, left;
    int verdict, acts; /* enum term_verdict, enum party */
    bool still;
};

static void check_story(const struct term *t, const struct story *y, size_t i)
{
    struct term_change asked = { TERM_STILL, noon(y->asked), noon(y->done), PARTY_RESIDENT, 0, TERM_DAYS };
    struct term term = *t;
    struct term_state s;

    term.stop = noon(y->stop);
    term_look(&dutch, &term, &asked, y->asked != 0, noon(y->now), &s);
    bool ok = CHECK_INT(test_ymd(s.due), y->due);
    ok = CHECK_INT(s.total, y->total) && ok;
    ok = CHECK_INT(s.stood, y->stood) && ok;
    ok = CHECK_INT(s.left, y->left) && ok;
    ok = CHECK_INT(s.verdict, y->verdict) && ok;
    ok = CHECK_INT(s.acts, y->acts) && ok;
    ok = CHECK_INT(s.still, y->still) && ok;
    if (!ok)
        CHECK_INT((int64_t)i, -1);
}

/* Awb 4:15(1)(a): from the day after the letter up to the day of completion or the end of the given term. The
 * application came on Wednesday 3 April 2024; two weeks (Wmo 2.3.5(2)) end on Wednesday 17 April. */
TEST(term_suspension_gives_days_back)
{
    const struct term t = { noon(20240403), { 2, TERM_WEEKS, true }, PARTY_MUNICIPALITY, TIME_NONE };
    enum { RUNS = TERM_RUNNING, OVER = TERM_OVER, KEPT = TERM_KEPT, NOT = TERM_NOT_KEPT };
    enum { OFFICE = PARTY_MUNICIPALITY, PERSON = PARTY_RESIDENT };
    const struct story y[] = {
        /* nothing happened: five days on, nine left */
        { 0, 0, 20240408, 0, 20240417, 5, 0, 9, RUNS, OFFICE, false },
        /* asked on Monday 8, completed on Tuesday 16: 9 to 15 April stand still, 7 days */
        { 20240408, 20240416, 20240418, 0, 20240424, 15, 7, 6, RUNS, OFFICE, false },
        /* completed the same day, and the day after: nothing stands still */
        { 20240408, 20240408, 20240418, 0, 20240417, 15, 0, -1, OVER, OFFICE, false },
        { 20240408, 20240409, 20240418, 0, 20240417, 15, 0, -1, OVER, OFFICE, false },
        /* given until Monday 22 April, seen on the 12th: the resident must act, 13 days come on top */
        { 20240408, 20240422, 20240412, 0, 20240430, 9, 4, 18, RUNS, PERSON, true },
        /* no end known, as if it runs again tomorrow: Sunday 21 April, so Monday */
        { 20240408, 0, 20240412, 0, 20240422, 9, 4, 10, RUNS, PERSON, true },
        /* decided on the 19th while it stood still, from the 9th on: 11 days; Sunday 28, so Monday */
        { 20240408, 0, 20240501, 20240419, 20240429, 16, 11, 10, KEPT, PERSON, true },
        /* decided on the last day, and one day later */
        { 20240408, 20240416, 20240501, 20240424, 20240424, 21, 7, 0, KEPT, OFFICE, false },
        { 20240408, 20240416, 20240501, 20240425, 20240424, 22, 7, -1, NOT, OFFICE, false },
        /* asked after the term had passed: that saves nobody */
        { 20240418, 20240425, 20240430, 0, 20240417, 27, 6, -13, OVER, OFFICE, false },
    };

    start();
    for (size_t i = 0; i < COUNT(y); i++)
        check_story(&t, &y[i], i);
}

TEST(term_is_extended_once_and_in_time)
{
    const struct term six = { noon(20240108), { 6, TERM_WEEKS, true }, PARTY_US, TIME_NONE };
    const struct term ten = { noon(20231225), { 10, TERM_WEEKS, true }, PARTY_US, TIME_NONE };
    const struct term eight = { noon(20240102), { 8, TERM_WEEKS, true }, PARTY_MUNICIPALITY, TIME_NONE };
    struct term_change four = { TERM_EXTEND, noon(20240215), TIME_NONE, PARTY_US, 4, TERM_WEEKS };
    struct term_change twice[] = { four,
                                   { TERM_EXTEND, noon(20240216), TIME_NONE, PARTY_US, 4, TERM_WEEKS } };
    struct term_change named = { TERM_POSTPONE, noon(20240220), noon(20240326), PARTY_US, 0, TERM_DAYS };
    struct term_state s;

    start();
    /* Awb 9:11: six weeks from Monday 8 January end on 19 February; four more on 18 March */
    term_look(&dutch, &six, &four, 1, noon(20240301), &s);
    CHECK_INT(test_ymd(s.due), 20240318);
    CHECK(s.extended && !s.too_late);
    term_look(&dutch, &six, twice, 2, noon(20240301), &s);
    CHECK_INT(test_ymd(s.due), 20240318);
    four.at = noon(20240220); /* said a day too late */
    term_look(&dutch, &six, &four, 1, noon(20240301), &s);
    CHECK_INT(test_ymd(s.due), 20240219);
    CHECK(!s.extended && s.too_late);
    /* ten and four weeks are more than twelve: Easter Monday stays the last day (Atw 4) */
    four.at = noon(20240215);
    term_look(&dutch, &ten, &four, 1, noon(20240301), &s);
    CHECK_INT(test_ymd(s.due), 20240401);
    /* Awb 4:14(3): eight weeks end on 27 February; the letter of the 20th names 26 March */
    term_look(&dutch, &eight, &named, 1, noon(20240301), &s);
    CHECK_INT(test_ymd(s.due), 20240326);
    CHECK(s.postponed);
    named.at = noon(20240228);
    term_look(&dutch, &eight, &named, 1, noon(20240301), &s);
    CHECK_INT(test_ymd(s.due), 20240227);
    CHECK(!s.postponed && s.too_late);
}

/* Waiting for someone is no suspension: the Wmo's six weeks know no pause (needs.md 3 row 16). */
TEST(term_waiting_for_someone_does_not_stop_it)
{
    const struct term t = { noon(20240102), { 6, TERM_WEEKS, true }, PARTY_US, TIME_NONE };
    const struct term_change waits[] = {
        { TERM_WAIT, noon(20240108), noon(20240119), PARTY_RESIDENT, 0, TERM_DAYS },
        { TERM_WAIT, noon(20240115), noon(20240125), PARTY_THIRD, 0, TERM_DAYS },
    };
    struct term_state s;

    start();
    term_look(&dutch, &t, waits, 2, noon(20240201), &s);
    CHECK_INT(test_ymd(s.due), 20240213);
    CHECK_INT(s.stood, 0);
    CHECK_INT(s.total, 30);
    CHECK_INT(s.party[PARTY_RESIDENT], 10); /* 9 to 18 January; while both must act the resident is named */
    CHECK_INT(s.party[PARTY_THIRD], 6);     /* 19 to 24 January */
    CHECK_INT(s.party[PARTY_US], 14);
}

/* Without anything in between, the engine and the calendar agree on every day of six years. */
TEST(term_agrees_with_the_calendar)
{
    static const struct term_length length[] = {
        { 7, TERM_DAYS, true },   { 3, TERM_DAYS, true },   { 2, TERM_WEEKS, true },
        { 6, TERM_WEEKS, true },  { 8, TERM_WEEKS, true },  { 12, TERM_WEEKS, true },
        { 13, TERM_WEEKS, true }, { 1, TERM_MONTHS, true }, { 3, TERM_MONTHS, true },
        { 90, TERM_DAYS, true },  { 91, TERM_DAYS, true },  { 1, TERM_YEARS, true },
    };

    start();
    for (int32_t day = day_at(2022, 1, 1); day < day_at(2028, 1, 1); day++)
        for (size_t i = 0; i < COUNT(length); i++) {
            struct term t = { time_of_nl_day(day, 0), length[i], PARTY_US, TIME_NONE };
            struct term_state s;
            term_look(&dutch, &t, NULL, 0, t.start, &s);
            if (!CHECK_INT(s.due, calendar_legal_term(&dutch, day, length[i].amount, length[i].unit)))
                return;
        }
}

/* ── The slow way: every day by itself ────────────────────────────────────────────────────────────────────
 */

enum { CHANGES = 6, SPAN = 900 };

struct random_term {
    struct term t;
    struct term_change change[CHANGES];
    size_t n;
    int64_t now;
};

static int64_t random_moment(struct rng *r, int32_t from, uint64_t days)
{
    return time_of_nl_day(from + (int32_t)rng_below(r, days), (int)rng_below(r, SECONDS_A_DAY));
}

static struct random_term random_term(struct rng *r)
{
    static const struct term_length length[] = {
        { 7, TERM_DAYS, true },           { 2, TERM_WEEKS, true },  { 6, TERM_WEEKS, true },
        { 8, TERM_WEEKS, true },          { 10, TERM_WEEKS, true }, { 3, TERM_MONTHS, true },
        { 10, TERM_WORKING_DAYS, false }, { 20, TERM_DAYS, false },
    };
    int32_t day = day_at(2022, 1, 1) + (int32_t)rng_below(r, 1500);
    struct random_term x = { .t = { time_of_nl_day(day, (int)rng_below(r, SECONDS_A_DAY)),
                                    length[rng_below(r, COUNT(length))], (enum party)rng_below(r, 2),
                                    TIME_NONE },
                             .n = rng_below(r, CHANGES + 1) };

    for (size_t i = 0; i < x.n; i++) {
        struct term_change *c = &x.change[i];
        *c = (struct term_change){ .kind = rng_below(r, 3) == 0 ? TERM_WAIT : TERM_STILL,
                                   .at = random_moment(r, day, 90),
                                   .until = TIME_NONE,
                                   .party = (enum party)rng_below(r, PARTIES) };
        if (rng_below(r, 5) != 0)
            c->until = c->at + (int64_t)rng_below(r, 40 * SECONDS_A_DAY);
        if (rng_below(r, 6) == 0)
            *c = (struct term_change){ TERM_EXTEND, c->at, TIME_NONE, PARTY_US, 4, TERM_WEEKS };
    }
    if (rng_below(r, 2) == 0)
        x.t.stop = random_moment(r, day, 150);
    x.now = random_moment(r, day, 200);
    return x;
}

static bool stands_still(const struct random_term *x, int32_t day, int32_t last, enum party *party)
{
    static const enum party order[] = { PARTY_RESIDENT, PARTY_THIRD, PARTY_MUNICIPALITY, PARTY_US };
    bool seen[2][PARTIES] = { { false } }, any[2] = { false };

    for (size_t i = 0; i < x->n; i++) {
        const struct term_change *c = &x->change[i];
        int32_t until = c->until == TIME_NONE ? last + 1 : time_nl_day(c->until);
        if (c->kind == TERM_EXTEND || time_nl_day(c->at) >= day || until <= day)
            continue;
        seen[c->kind == TERM_STILL][c->party] = any[c->kind == TERM_STILL] = true;
    }
    *party = x->t.owner;
    for (size_t i = PARTIES; i-- > 0 && (any[0] || any[1]);)
        if (seen[any[1]][order[i]])
            *party = order[i];
    return any[1];
}

/* The last day of `need` units, one day at a time. */
static int32_t slow_end(const struct random_term *x, int32_t start_day, int32_t last, int64_t need,
                        bool moves)
{
    int32_t day = start_day;
    enum party who;
    int open = 0;

    while (need > 0) {
        day++;
        bool still = stands_still(x, day, last, &who);
        bool counts = x->t.length.unit != TERM_WORKING_DAYS || calendar_is_working(&dutch, day);
        need -= !still && counts;
        open += !still && calendar_legal_end(&dutch, day) == day;
    }
    while (moves && (open < 2 || calendar_legal_end(&dutch, day) != day)) {
        day++;
        open += calendar_legal_end(&dutch, day) == day;
    }
    return day;
}

static void slow_look(const struct random_term *x, struct term_state *s)
{
    bool stopped = x->t.stop != TIME_NONE && x->t.stop <= x->now;
    int32_t first = time_nl_day(x->t.start), last = time_nl_day(stopped ? x->t.stop : x->now);
    struct random_term known = *x;
    int64_t need = x->t.length.amount, at = TIME_NONE;

    known.n = 0;
    for (size_t i = 0; i < x->n; i++)
        if (x->change[i].at <= (stopped ? x->t.stop : x->now))
            known.change[known.n++] = x->change[i];
    last = last > first ? last : first;
    if (x->t.length.unit == TERM_WEEKS)
        need *= 7;
    if (x->t.length.unit == TERM_MONTHS)
        need = date_add_months(first, x->t.length.amount) - first;
    s->due = slow_end(&known, first, last, need, x->t.length.legal);
    for (size_t i = 0; i < known.n; i++)
        if (known.change[i].kind == TERM_EXTEND && (at == TIME_NONE || known.change[i].at < at))
            at = known.change[i].at;
    if (at != TIME_NONE && time_nl_day(at) <= s->due)
        s->due = slow_end(&known, first, last, need + 28,
                          x->t.length.legal && x->t.length.unit == TERM_WEEKS && x->t.length.amount <= 8);
    for (int32_t day = first + 1; day <= last; day++) {
        enum party who;
        bool still = stands_still(&known, day, last, &who);
        s->total++;
        s->party[who]++;
        s->stood += still;
        s->stood_for[who] += still;
        s->ran += !still;
    }
    s->left = s->due - (stopped || last > first ? last : first);
}

static void shuffle(struct rng *r, struct random_term *x)
{
    for (size_t i = x->n; i-- > 1;) {
        size_t k = rng_below(r, i + 1);
        struct term_change swap = x->change[i];
        x->change[i] = x->change[k];
        x->change[k] = swap;
    }
}

static bool same_as_slow(const struct random_term *x, const struct term_state *s)
{
    struct term_state slow = { 0 };
    bool ok = true;

    slow_look(x, &slow);
    ok = CHECK_INT(s->due, slow.due) && ok;
    ok = CHECK_INT(s->total, slow.total) && ok;
    ok = CHECK_INT(s->stood, slow.stood) && ok;
    ok = CHECK_INT(s->ran, slow.ran) && ok;
    for (int p = 0; p < PARTIES; p++) {
        ok = CHECK_INT(s->party[p], slow.party[p]) && ok;
        ok = CHECK_INT(s->stood_for[p], slow.stood_for[p]) && ok;
    }
    return ok;
}

/* A hundred thousand histories: the same as day by day, the same in every order of recording, and who must
 * act adds up to the total, always. */
TEST_LONG(term_no_order_of_recording_changes_a_sum)
{
    struct rng r;

    start();
    rng_seed(&r, 2024);
    for (int turn = 0; turn < 100000; turn++) {
        struct random_term x = random_term(&r);
        struct term_state s, other;
        int64_t party = 0, still = 0;
        term_look(&dutch, &x.t, x.change, x.n, x.now, &s);
        shuffle(&r, &x);
        term_look(&dutch, &x.t, x.change, x.n, x.now, &other);
        if (!CHECK(memcmp(&s, &other, sizeof s) == 0))
            return;
        for (int p = 0; p < PARTIES; p++) {
            party += s.party[p];
            still += s.stood_for[p];
        }
        bool ok =
            CHECK_INT(party, s.total) && CHECK_INT(still, s.stood) && CHECK_INT(s.ran + s.stood, s.total);
        if (!ok || (turn % 5 == 0 && !same_as_slow(&x, &s))) {
            CHECK_INT(turn, -1);
            return;
        }
    }
}

/* Another class gives another length; what was paused stays paused (needs.md 3 row 5). */
TEST(term_another_length_forgets_no_pause)
{
    struct rng r;

    start();
    rng_seed(&r, 7);
    for (int turn = 0; turn < 20000; turn++) {
        struct random_term x = random_term(&r);
        struct term_state was, is;
        term_look(&dutch, &x.t, x.change, x.n, x.now, &was);
        x.t.length = (struct term_length){ 1 + (int)rng_below(&r, 30), TERM_WORKING_DAYS, false };
        term_look(&dutch, &x.t, x.change, x.n, x.now, &is);
        if (!CHECK_INT(is.stood, was.stood) || !CHECK_INT(is.total, was.total) ||
            !CHECK(memcmp(is.party, was.party, sizeof is.party) == 0))
            return;
    }
}
