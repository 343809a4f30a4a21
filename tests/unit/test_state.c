// SPDX-License-Identifier: EUPL-1.2
#include "register/clock.h"
#include "register/state.h"
#include "unit/test.h"

#include "base/rng.h"

#include <string.h>

#define DAY(n) ((int64_t)(n)*SECONDS_A_DAY)

static struct event make(enum kind kind, int64_t at, int64_t seq)
{
    struct event e = EVENT_NONE;

    e.kind = kind;
    e.occurred_at = at;
    e.seq = seq;
    return e;
}

static struct standing play(struct event *event, size_t n, int64_t *refused)
{
    struct standing s;

    *refused = standing_replay(event, n, &s);
    return s;
}

TEST(state_waiting_stops_only_at_the_first_talk)
{
    static const enum kind before[] = { KIND_SAFETY_CHECKED, KIND_TRIAGED,     KIND_QUEUED,
                                        KIND_CALL_REACHED,   KIND_CALL_LISTED, KIND_CALL_ATTEMPTED,
                                        KIND_ALLOCATED,      KIND_BRIDGED };
    struct event event[16];
    int64_t refused;

    for (size_t n = 0; n <= COUNT(before); n++) {
        event[0] = make(KIND_REGISTERED, DAY(1), 1);
        for (size_t i = 0; i < n; i++)
            event[i + 1] = make(before[i], DAY(2 + (int64_t)i), (int64_t)i + 2);
        struct standing s = play(event, n + 1, &refused);
        CHECK_INT(refused, 0);
        CHECK(s.waiting);
        CHECK(s.started_at == TIME_NONE);
    }
    event[COUNT(before) + 1] = make(KIND_FIRST_TALK, DAY(30), COUNT(before) + 2);
    struct standing s = play(event, COUNT(before) + 2, &refused);
    CHECK(!s.waiting);
    CHECK_INT(s.started_at, DAY(30));
}

TEST(state_only_a_reached_call_resets_the_silence)
{
    struct event event[] = { make(KIND_REGISTERED, DAY(1), 1), make(KIND_CALL_ATTEMPTED, DAY(5), 2),
                             make(KIND_CALL_ATTEMPTED, DAY(6), 3) };
    int64_t refused;
    struct standing s = play(event, 3, &refused);

    CHECK_INT(s.heard_at, DAY(1));
    CHECK_INT(s.attempts, 2);
    struct event more[] = { event[0], event[1], event[2], make(KIND_CALL_REACHED, DAY(7), 4) };
    s = play(more, 4, &refused);
    CHECK_INT(s.heard_at, DAY(7));
    CHECK_INT(s.attempts, 0);
}

TEST(state_refuses_what_is_impossible)
{
    static const struct {
        enum kind first, second;
    } bad[] = { { KIND_CLOSED, KIND_FIRST_TALK },     { KIND_FIRST_TALK, KIND_PAUSED },
                { KIND_FIRST_TALK, KIND_FIRST_TALK }, { KIND_CLOSED, KIND_CLOSED },
                { KIND_QUEUED, KIND_RESUMED },        { KIND_QUEUED, KIND_PLAN_AGREED },
                { KIND_REDIRECTED, KIND_ALLOCATED } };

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct event event[] = { make(KIND_REGISTERED, DAY(1), 1), make(bad[i].first, DAY(2), 2),
                                 make(bad[i].second, DAY(3), 3) };
        int64_t refused;
        struct standing before = play(event, 2, &refused);
        CHECK_INT(refused, 0);
        struct standing after = play(event, 3, &refused);
        CHECK_INT(refused, 3);
        CHECK_INT(after.state, before.state);
    }
}

/* A backdated event counts where it happened, whenever it was typed in. */
TEST(state_order_of_recording_does_not_matter)
{
    static const enum kind story[] = { KIND_REGISTERED, KIND_QUEUED,    KIND_CALL_REACHED, KIND_PAUSED,
                                       KIND_RESUMED,    KIND_ALLOCATED, KIND_FIRST_TALK,   KIND_PLAN_AGREED,
                                       KIND_EVALUATED,  KIND_CLOSED };
    struct event event[COUNT(story)];
    struct rng r;
    int64_t refused;

    for (size_t i = 0; i < COUNT(story); i++)
        event[i] = make(story[i], DAY(i + 1), (int64_t)i + 1);
    struct standing want = play(event, COUNT(story), &refused);
    CHECK_INT(want.paused_seconds, DAY(1));
    rng_seed(&r, 1);
    for (int turn = 0; turn < 500; turn++) {
        for (size_t i = COUNT(story) - 1; i > 0; i--) {
            size_t k = rng_below(&r, i + 1);
            struct event swap = event[i];
            event[i] = event[k];
            event[k] = swap;
        }
        for (size_t i = 0; i < COUNT(story); i++)
            event[i].seq = (int64_t)i + 1;
        struct standing got = play(event, COUNT(story), &refused);
        CHECK_INT(refused, 0);
        CHECK(memcmp(&got, &want, sizeof got) == 0);
    }
}

TEST(state_codes_are_found_again)
{
    for (int i = 0; i < KINDS; i++) {
        enum kind k;
        CHECK(kind_find(kind_code((enum kind)i), &k) && (int)k == i);
    }
    for (int i = 0; i < STATES; i++) {
        enum state s;
        CHECK(state_find(state_code((enum state)i), &s) && (int)s == i);
    }
    enum kind k;
    CHECK(!kind_find("no such kind", &k));
}

static struct config plain_config(void)
{
    struct config k = { .norm_days = { 10, 20, 10, 3, 0 }, .contact_days = 14 };

    calendar_init(&k.calendar, &(struct calendar_rule){ 0 });
    return k;
}

TEST(clock_norm_counts_working_days)
{
    struct config k = plain_config();
    int32_t friday = date_from_civil(2024, 3, 22); /* Good Friday 29 March, Easter Monday 1 April */

    CHECK_INT(clock_norm_day(&k, URGENCY_SOON, friday), date_from_civil(2024, 3, 27));
    CHECK_INT(clock_norm_day(&k, URGENCY_NORMAL, friday), date_from_civil(2024, 4, 9));
    CHECK_INT(clock_norm_day(&k, URGENCY_EMERGENCY, date_from_civil(2024, 3, 23)),
              date_from_civil(2024, 3, 23));
}

TEST(clock_cutoff_agrees_with_the_norm_day)
{
    struct config k = plain_config();

    for (int32_t today = date_from_civil(2023, 12, 20); today < date_from_civil(2024, 6, 1); today++)
        for (int64_t u = 0; u < URGENCIES; u++) {
            int64_t cutoff = clock_norm_cutoff(&k, u, today);
            for (int32_t asked = today - 45; asked <= today; asked++) {
                bool over = time_of_nl_day(asked, 9 * 3600) < cutoff;
                if (!CHECK_INT(over, clock_norm_day(&k, u, asked) < today))
                    return;
            }
        }
}

TEST(clock_gross_net_and_silence)
{
    struct config k = plain_config();
    int64_t asked = time_of_nl_day(date_from_civil(2024, 5, 1), 9 * 3600);
    struct event event[] = { make(KIND_REGISTERED, asked, 1), make(KIND_QUEUED, asked, 2),
                             make(KIND_PAUSED, asked + DAY(4), 3), make(KIND_RESUMED, asked + DAY(9), 4),
                             make(KIND_CALL_REACHED, asked + DAY(10), 5) };
    int64_t refused;
    struct standing s = play(event, COUNT(event), &refused);
    struct clocks now = clocks_of(&k, &s, asked + DAY(26));

    CHECK_INT(now.gross_days, 26);
    CHECK_INT(now.net_days, 21);
    CHECK_INT(now.silent_days, 16);
    CHECK_INT(now.call_before, date_from_civil(2024, 5, 25));
    CHECK(now.silent_too_long && now.over_norm && now.running);
    CHECK(!clocks_of(&k, &s, asked + DAY(24)).silent_too_long);
}
