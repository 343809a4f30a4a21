// SPDX-License-Identifier: EUPL-1.2
#include "measure/clocks.h"
#include "measure/histogram.h"
#include "unit/test.h"

#include <string.h>

#define T(text) test_time(text)

static int64_t test_time(const char *text)
{
    int64_t time;

    if (text == NULL)
        return TIME_NONE;
    if (!time_scan(text, strlen(text), true, &time))
        test_check(false, __FILE__, __LINE__, text);
    return time;
}

TEST(clocks_states)
{
    static const struct {
        const char *received, *started, *left, *closed;
        enum clocks_state state;
        int64_t days;
        bool negative;
    } cases[] = {
        { "2024-01-02", NULL, NULL, NULL, CLOCKS_WAITING, 29, false },
        { "2024-02-01", NULL, NULL, NULL, CLOCKS_ABSENT, 0, false },
        { "2024-01-02", "2024-01-12", NULL, NULL, CLOCKS_STARTED, 10, false },
        { "2024-01-02", "2024-02-12", NULL, NULL, CLOCKS_WAITING, 29, false }, /* not known yet */
        { "2024-01-02", NULL, "2024-01-05", "2024-01-09", CLOCKS_LEFT, 3, false },
        { "2024-01-02", NULL, NULL, "2024-01-09", CLOCKS_LEFT, 7, false }, /* closed without a start */
        { "2024-01-02", "2024-01-12", NULL, "2024-01-20", CLOCKS_STARTED, 10, false },
        { "2024-01-02", "2024-01-12", "2024-01-05", NULL, CLOCKS_LEFT, 3, false }, /* gone before the talk */
        { "2024-01-02", "2024-01-12", "2024-01-12", "2024-01-12", CLOCKS_STARTED, 10, false },
        { "2024-01-02", "2024-01-02", NULL, NULL, CLOCKS_STARTED, 0, false },
        { "2024-01-12", "2024-01-02", NULL, NULL, CLOCKS_STARTED, 0, true },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t received = T(cases[i].received), started = T(cases[i].started), left = T(cases[i].left),
                closed = T(cases[i].closed);
        struct extract x = {
            .n = 1, .received = &received, .started = &started, .left = &left, .closed = &closed
        };
        struct clocks_wait w = clocks_get_wait(&x, 0, &(struct clocks_way){ .at = T("2024-01-31") });

        CHECK_INT(w.state, cases[i].state);
        CHECK_INT(w.length, cases[i].days * SECONDS_A_DAY);
        CHECK_INT(w.negative, cases[i].negative);
    }
}

/* The clocks go forward on 31 March 2024: that day has 23 hours, and is one day. */
TEST(clocks_days_and_pauses)
{
    int64_t received = T("2024-03-30T23:50"), started = T("2024-04-10T00:10"),
            paused = 3 * SECONDS_A_DAY + 3600;
    struct extract x = { .n = 1, .received = &received, .started = &started, .paused = &paused };
    struct clocks_way way = { .at = T("2024-05-01") };

    CHECK_INT(clocks_get_wait(&x, 0, &way).length, 10 * SECONDS_A_DAY - 3600 + 20 * 60);
    way.in_days = true;
    CHECK_INT(clocks_get_wait(&x, 0, &way).length, 11 * SECONDS_A_DAY);
    way.net = true;
    CHECK_INT(clocks_get_wait(&x, 0, &way).length, 8 * SECONDS_A_DAY);
    way.in_days = false;
    CHECK_INT(clocks_get_wait(&x, 0, &way).length, 7 * SECONDS_A_DAY - 2 * 3600 + 20 * 60);
    paused = 30 * SECONDS_A_DAY; /* longer than the wait: wrong in the register */
    CHECK(clocks_get_wait(&x, 0, &way).negative && clocks_get_wait(&x, 0, &way).length == 0);
}

TEST(clocks_contact)
{
    int64_t received = T("2024-01-02T09:00"), reached = TIME_NONE;
    struct extract x = { .n = 1, .received = &received, .last_reached = &reached };

    CHECK_INT(clocks_contact_gap(&x, 0, T("2024-01-16T17:00")), 14);
    reached = T("2024-01-15T16:59");
    CHECK_INT(clocks_contact_gap(&x, 0, T("2024-01-16T09:00")), 1);
    CHECK_INT(clocks_contact_gap(&x, 0, T("2024-01-29T23:59")), 14);
    CHECK_INT(clocks_contact_gap(&x, 0, T("2024-01-10T09:00")), 8); /* not reached yet on that day */
    reached = T("2023-12-01");                                      /* about an earlier request */
    CHECK_INT(clocks_contact_gap(&x, 0, T("2024-01-16T17:00")), 14);
}

TEST(histogram_age_bands)
{
    static const int64_t age[] = { 0, 14, 15, 42, 43, 91, 92, 182, 183, 5000 };
    int64_t count[HISTOGRAM_AGE_BANDS] = { 0 };

    histogram_add(age, COUNT(age), histogram_age_edge_days, HISTOGRAM_AGE_BANDS - 1, count);
    for (size_t i = 0; i < HISTOGRAM_AGE_BANDS; i++)
        CHECK_INT(count[i], 2);
    CHECK_INT((int64_t)histogram_band(7, NULL, 0), 0);
}
