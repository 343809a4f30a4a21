// SPDX-License-Identifier: EUPL-1.2
/* The made-up municipality: the same every time, a sound register, true to its story, and with figures that
 * agree with its known truth. */
#include "register/demo.h"

#include "account/result.h"
#include "base/text.h"
#include "forecast/town_truth.h"
#include "register/config.h"
#include "register/extract.h"
#include "register/facts.h"
#include "register/integrity.h"
#include "register/request.h"
#include "register/session.h"
#include "register/urgent.h"
#include "store/sql.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int32_t day(const char *text)
{
    int32_t d = DAY_NONE;

    CHECK(date_scan(text, strlen(text), &d));
    return d;
}

static struct demo_options options(double scale)
{
    return (struct demo_options){ .seed = 1,
                                  .from = day("2022-01-03"),
                                  .to = day("2024-06-30"),
                                  .scale = scale,
                                  .password = "not-a-secret-at-all" };
}

/* FNV-1a over texts, each with its end. */
static uint64_t mix(uint64_t h, const char *text)
{
    do
        h = (h ^ (text != NULL ? (unsigned char)*text : 255u)) * 1099511628211u;
    while (text != NULL && *text++ != '\0');
    return h;
}

static uint64_t mix_int(uint64_t h, int64_t v)
{
    return (h ^ (uint64_t)v) * 1099511628211u;
}

/* All that people see of one request. */
static uint64_t mix_request(uint64_t h, const struct request *r)
{
    const char *const text[] = { r->who.name,    r->who.birth,    r->who.phone,        r->who.email,
                                 r->who.address, r->who.postcode, r->who.safe_contact, r->question,
                                 r->channel,     r->route,        r->category };

    for (size_t i = 0; i < COUNT(text); i++)
        h = mix(h, text[i]);
    h = mix_int(mix_int(mix_int(h, r->recorded_at), r->neighbourhood), r->person);
    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i].e;
        h = mix(mix(mix(h, kind_code(e->kind)), e->reason), r->event[i].note);
        h = mix_int(mix_int(mix_int(h, e->occurred_at), e->recorded_at), e->seq);
        h = mix_int(mix_int(mix_int(mix_int(h, e->account), e->team), e->worker), e->urgency);
        h = mix_int(h, e->until);
    }
    return h;
}

static uint64_t fingerprint(struct ctx *c, int64_t requests)
{
    uint64_t h = 14695981039346656037u;

    for (int64_t id = 1; id <= requests; id++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct request r;
        if (!CHECK(request_get(c, (struct request_id){ id }, &r) == OK))
            return 0;
        h = mix_request(h, &r);
        arena_release(c->arena, mark);
    }
    return h;
}

static uint64_t fingerprint_of_new(uint64_t seed, int64_t *ret_requests)
{
    struct ctx *c = test_begin("2024-07-01");
    struct demo_options o = options(0.03);
    struct demo_made made = { 0 };
    uint64_t h = 0;

    o.seed = seed;
    if (CHECK(demo_make(c, &o, &made) == OK))
        h = fingerprint(c, made.requests);
    *ret_requests = made.requests;
    test_end(c);
    return h;
}

TEST_LONG(demo_same_seed_same_register)
{
    int64_t n, again, other;
    uint64_t h = fingerprint_of_new(7, &n);

    CHECK(n > 150);
    CHECK(fingerprint_of_new(7, &again) == h);
    CHECK_INT(again, n);
    CHECK(fingerprint_of_new(8, &other) != h);
}

/* ── The register ─────────────────────────────────────────────────────────────────────────────────────────
 */

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Nobody real: phone numbers and postcodes that are never given out. */
static void check_person(const struct request *r)
{
    const char *postcode = r->who.postcode != NULL ? r->who.postcode : "5700 SA";

    CHECK(r->who.phone == NULL || begins(r->who.phone, "06-555") || begins(r->who.phone, "0492-555"));
    CHECK(begins(postcode, "57") && strlen(postcode) == 7 && postcode[5] == 'S' &&
          strchr("ADS", postcode[6]) != NULL);
    CHECK(!text_empty(r->question));
    CHECK(r->who.name == NULL || text_utf8_valid(r->who.name, strlen(r->who.name)));
}

static void check_request(struct ctx *c, int64_t id)
{
    struct request r;

    if (!CHECK(request_get(c, (struct request_id){ id }, &r) == OK))
        return;
    check_person(&r);
    bool over = r.now.started_at != TIME_NONE || r.now.ended_at != TIME_NONE;
    CHECK(r.now.waiting == !over);
    CHECK(r.now.waiting == state_waits(r.now.state));
    CHECK(r.now.ended_at == TIME_NONE || !text_empty(r.now.end_reason));
    for (size_t i = 0; i < r.events; i++) {
        const struct event *e = &r.event[i].e;
        CHECK(e->recorded_at >= e->occurred_at && e->recorded_at <= c->now);
        CHECK(e->occurred_at >= r.now.received_at);
    }
}

static void check_soundness(struct ctx *c, const struct demo_made *made)
{
    struct integrity found;

    if (!CHECK(integrity_check(c, &found) == OK))
        return;
    CHECK_INT(found.requests, made->requests);
    CHECK_INT(found.events, made->events);
    CHECK_INT(found.different + found.no_events + found.unreadable + found.keyless, 0);
    for (int64_t id = 1; id <= made->requests; id += 3) {
        struct arena_mark mark = arena_mark(c->arena);
        check_request(c, id);
        arena_release(c->arena, mark);
    }
}

/* Counts in the register, in the simulation, of every quarter and team. */
static void check_counts(const struct register_extract *x, const struct demo_made *made)
{
    static const int norm[5] = { 10, 20, 10, 3, 0 };
    static double scratch[20000];

    for (int32_t from = day("2021-10-01"); from < day("2024-07-01"); from = date_add_months(from, 3))
        for (int team = 0; team < TOWN_TEAMS; team++) {
            int64_t begin = time_of_nl_day(from, 0), end = time_of_nl_day(date_add_months(from, 3), 0);
            int64_t received = 0, started = 0, waiting = 0, duplicates;
            struct town_truth truth;
            for (size_t i = 0; i < x->x.n; i++) {
                int64_t over = x->x.started[i] != TIME_NONE ? x->x.started[i] : x->x.left[i];
                if (!text_is(x->team.name[x->x.team[i]], demo_team_name(team)))
                    continue;
                received += x->x.received[i] >= begin && x->x.received[i] < end;
                started += x->x.started[i] != TIME_NONE && x->x.started[i] >= begin && x->x.started[i] < end;
                waiting += x->x.received[i] < end && (over == TIME_NONE || over >= end);
            }
            town_truth_get(&made->town, team, begin, end, norm, scratch, &truth);
            CHECK_INT(received, truth.received);
            CHECK_INT(started, truth.started);
            CHECK_INT(waiting, town_waiting_at(&made->town, team, end - 1, &duplicates));
        }
}

/* The interval of the median wait, with those still waiting counted in, holds the median that nothing
 * censored: nearly always. */
static void check_median(struct ctx *c, const struct register_extract *x, const struct demo_made *made)
{
    static const int norm[5] = { 10, 20, 10, 3, 0 };
    static double scratch[20000];
    int64_t inside = 0, all = 0;

    for (int32_t from = day("2022-01-01"); from < day("2024-07-01"); from = date_add_months(from, 3)) {
        struct result_query q = { .at = x->at,
                                  .from = time_of_nl_day(from, 0),
                                  .to = time_of_nl_day(date_add_months(from, 3), 0) };
        struct results r;
        struct town_truth truth;
        q.wanted[FIGURE_WAIT] = true;
        if (!CHECK(results_get(c, x, &q, &r) == OK) || !CHECK_INT((int64_t)r.n, 1))
            return;
        const struct figure_value *median = &r.row[0].figure.value[0];
        town_truth_get(&made->town, TOWN_ALL_TEAMS, q.from, q.to, norm, scratch, &truth);
        all++;
        inside += median->lower <= truth.wait_days[0] && !(median->upper < truth.wait_days[0]);
    }
    CHECK_INT(all, 10);
    CHECK(inside >= 9);
}

/* The day ends with an emergency of five to five: its clock runs, and nothing was done yet. */
static void check_emergency(struct ctx *c, const struct demo_made *made)
{
    int64_t now = c->now, day_of_now = time_nl_day(made->town.param.now);
    const struct urgent *u;
    size_t n, open = 0;

    ctx_set_now(c, made->town.param.now);
    if (CHECK_INT(urgent_list(c, &u, &n), OK))
        for (size_t i = 0; i < n; i++) {
            if (u[i].protected_at != TIME_NONE)
                continue;
            open++;
            CHECK_INT(time_nl_day(u[i].since), day_of_now);
            CHECK(u[i].since / 60 >= time_of_nl_day((int32_t)day_of_now, 16 * 3600 + 55 * 60) / 60);
            CHECK(u[i].since < time_of_nl_day((int32_t)day_of_now, 17 * 3600));
            CHECK(!u[i].late);
        }
    CHECK_INT((int64_t)open, 1);
    ctx_set_now(c, now);
}

/* Days between two talks of those who waited, as the register tells it. */
static double silence_in_register(struct ctx *c, int64_t requests, const char *from_day, const char *to_day)
{
    int64_t from = time_of_nl_day(day(from_day), 0), to = time_of_nl_day(day(to_day), 0), longest = 0;

    for (int64_t id = 1; id <= requests; id++) {
        struct sql_event_all_row *e;
        int64_t heard = TIME_NONE;
        size_t n;
        struct arena_mark mark = arena_mark(c->arena);
        CHECK_INT(sql_event_all(c, id, &e, &n), OK);
        for (size_t i = 0; i < n; i++)
            if (text_is(e[i].kind, "registered"))
                heard = e[i].occurred_at;
        for (size_t i = 0; i < n && heard >= from; i++)
            if ((text_is(e[i].kind, "call_reached") || text_is(e[i].kind, "first_talk")) &&
                e[i].occurred_at < to && e[i].occurred_at > heard) {
                longest = e[i].occurred_at - heard > longest ? e[i].occurred_at - heard : longest;
                heard = e[i].occurred_at;
            }
        arena_release(c->arena, mark);
    }
    return (double)longest / SECONDS_A_DAY;
}

/* A small town has fewer people who can be forgotten; the whole one is held to 60 to 75 days below. */
static void check_silence(struct ctx *c, const struct demo_made *made)
{
    double silence = silence_in_register(c, made->requests, "2023-01-01", "2024-01-01");

    CHECK(silence >= 50 && silence <= 75);
}

/* Who helped stands in the extract as indicator H1 counts it. */
static void check_helped(struct ctx *c, const struct register_extract *x)
{
    struct register_facts f;
    size_t wrong = 0, direct = 0, other = 0;

    if (!CHECK(facts_read(c, x->at, &f) == OK))
        return;
    for (size_t i = 0; i < x->x.n; i++) {
        uint64_t marks = f.f.set[FACT_REQUEST].marks[i];
        bool yes = (marks & FACT_BIT(DIRECT)) != 0, no = (marks & FACT_BIT(INDIRECT)) != 0;
        uint32_t want = yes ? EXTRACT_HELPED | EXTRACT_BY_TEAM : no ? EXTRACT_HELPED : 0u;
        wrong += (x->x.flags[i] & (EXTRACT_HELPED | EXTRACT_BY_TEAM)) != want;
        direct += yes;
        other += no;
    }
    CHECK_INT((int64_t)wrong, 0);
    CHECK(direct > 100 && other > 100);
}

TEST_LONG(demo_register_is_sound_and_true)
{
    struct ctx *c = test_begin("2024-07-01");
    struct demo_options o = options(0.15);
    struct demo_made made;
    struct register_extract x;
    struct session s;

    if (CHECK(demo_make(c, &o, &made) == OK)) {
        CHECK(made.requests > 900);
        check_soundness(c, &made);
        if (CHECK(extract_read(c, made.town.param.now, &x) == OK)) {
            CHECK_INT((int64_t)x.x.n, made.requests);
            check_helped(c, &x);
            check_counts(&x, &made);
            check_median(c, &x, &made);
        }
        check_emergency(c, &made);
        check_silence(c, &made);
        CHECK(demo_make(c, &o, &made) == E_CONFLICT);
        err_clear(c);
        CHECK(session_login(c, "teamleider-oost", o.password, &s) == OK);
        CHECK(s.actor.role == ROLE_TEAM_LEAD);
    }
    test_end(c);
}

TEST_LONG(demo_refuses_what_cannot_be)
{
    struct ctx *c = test_begin("2024-07-01");
    struct demo_options o = options(0.01);
    struct demo_made made;

    o.to = c->today + 1;
    CHECK(demo_make(c, &o, &made) == E_REQUEST);
    err_clear(c);
    o.to = o.from;
    CHECK(demo_make(c, &o, &made) == E_REQUEST);
    err_clear(c);
    o = options((double)NAN);
    CHECK(demo_make(c, &o, &made) == E_REQUEST);
    err_clear(c);
    o = options(0.01);
    o.password = "short";
    CHECK(demo_make(c, &o, &made) == E_INVALID);
    err_clear(c);
    o.password = NULL; /* nothing was written before: it can still be made */
    CHECK(demo_make(c, &o, &made) == OK);
    CHECK(strlen(made.password) >= 16);
    test_end(c);
}

/* ── The story ────────────────────────────────────────────────────────────────────────────────────────────
 */

#define TOWNS 5
struct anchors {
    double median[10];  /* of those who asked in a quarter, from 2022-Q1; city */
    double waiting[10]; /* at the end of it */
    double team[4];     /* median of 2022-Q2: Binnenstad, West, Oost, Noord */
    double carried, requests, left, worse, silence;
};

static void calendar_of_demo(struct calendar *k)
{
    int32_t closing[12];
    size_t n = 0;

    for (int year = 2021; year < 2027; year++) {
        closing[n++] = calendar_carnival_monday(year);
        closing[n++] = calendar_carnival_monday(year) + 1;
    }
    calendar_init(k, &(struct calendar_rule){ .closing = closing, .n_closing = n });
}

/* Days between two talks, or the first talk, of those who waited in 2023. */
static double longest_silence(const struct town *t)
{
    static struct town_event e[TOWN_EVENTS_MAX];
    int64_t from = time_of_nl_day(day("2023-01-01"), 0), to = time_of_nl_day(day("2024-01-01"), 0),
            longest = 0;

    for (size_t i = 0; i < t->n; i++) {
        int64_t heard = t->request[i].received_at;
        size_t n = t->request[i].end == TOWN_DUPLICATE || heard < from ? 0 : town_events(t, i, e);
        for (size_t k = 0; k < n; k++)
            if ((e[k].step == TOWN_REACHED || e[k].step == TOWN_FIRST_TALK) && e[k].at < to &&
                e[k].at > heard) {
                longest = e[k].at - heard > longest ? e[k].at - heard : longest;
                heard = e[k].at;
            }
    }
    return (double)longest / SECONDS_A_DAY;
}

static void add_town(const struct town *t, struct anchors *sum)
{
    static const int norm[5] = { 10, 20, 10, 3, 0 };
    static double scratch[20000];
    struct town_truth truth;
    int64_t duplicates;

    for (int q = 0; q < 10; q++) {
        int32_t from = date_add_months(day("2022-01-01"), 3 * q);
        int64_t begin = time_of_nl_day(from, 0), end = time_of_nl_day(date_add_months(from, 3), 0);
        town_truth_get(t, TOWN_ALL_TEAMS, begin, end, norm, scratch, &truth);
        sum->median[q] += truth.wait_days[0] / TOWNS;
        sum->waiting[q] += (double)town_waiting_at(t, TOWN_ALL_TEAMS, end - 1, &duplicates) / TOWNS;
        sum->left += (double)truth.left / TOWNS;
        for (int team = 0; team < TOWN_TEAMS && q == 1; team++) {
            town_truth_get(t, team, begin, end, norm, scratch, &truth);
            sum->team[team] += truth.wait_days[0] / TOWNS;
        }
    }
    town_truth_get(t, TOWN_ALL_TEAMS, 0, time_of_nl_day(day("2022-01-01"), 0), norm, scratch, &truth);
    sum->carried += truth.wait_days[0] / TOWNS;
    for (size_t i = 0; i < t->n; i++) {
        sum->worse +=
            (t->request[i].worse_at != TIME_NONE && t->request[i].worse_at <= t->param.now) / (double)TOWNS;
        sum->requests += (t->request[i].end != TOWN_DUPLICATE) / (double)TOWNS;
    }
    sum->silence += longest_silence(t) / TOWNS;
}

static void check_range(const char *what, double got, double low, double high)
{
    char text[120];

    snprintf(text, sizeof text, "%s: %.1f must be from %.1f to %.1f", what, got, low, high);
    test_check(got >= low && got <= high, __FILE__, __LINE__, text);
}

static void check_story(const struct anchors *a)
{
    static const double median[10][2] = { { 15, 35 }, { 3, 14 },  { 4, 16 },  { 6, 20 },  { 18, 44 },
                                          { 35, 77 }, { 40, 70 }, { 52, 80 }, { 42, 66 }, { 20, 50 } },
                        waiting[10][2] = { { 200, 320 }, { 100, 180 }, { 105, 230 }, { 165, 260 },
                                           { 180, 300 }, { 210, 330 }, { 280, 440 }, { 380, 500 },
                                           { 350, 460 }, { 140, 255 } };
    static const char *const quarter[10] = { "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1",
                                             "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2" };

    for (int q = 0; q < 10; q++) {
        check_range(quarter[q], a->median[q], median[q][0], median[q][1]);
        check_range(quarter[q], a->waiting[q], waiting[q][0], waiting[q][1]);
    }
    check_range("Binnenstad", a->team[0], 1, 6); /* two teams within the norm, two far from it */
    check_range("West", a->team[1], 1, 6);
    check_range("Oost", a->team[2], 25, 84);
    check_range("Noord", a->team[3], 44, 92);
    check_range("carried over", a->carried, 42, 60);
    check_range("requests", a->requests, 7150, 7450);
    check_range("left the list", a->left, 250, 362);
    check_range("worse", a->worse, 70, 112);
    check_range("longest silence in 2023", a->silence, 60, 75);
}

TEST(demo_tells_the_story)
{
    static struct calendar k;
    struct anchors sum = { 0 };

    calendar_of_demo(&k);
    for (uint64_t seed = 1; seed <= TOWNS; seed++) {
        struct town_param p = { .seed = seed,
                                .from = day("2022-01-03"),
                                .to = day("2024-06-30"),
                                .now = time_of_nl_day(day("2024-07-01"), 0) - 1,
                                .scale = 1,
                                .calendar = &k };
        struct arena a;
        struct town t;
        arena_init(&a, 64u << 20);
        if (CHECK(town_simulate(&p, &a, &t)))
            add_town(&t, &sum);
        arena_free(&a);
    }
    check_story(&sum);
}

/* Under every ceiling of memory it is made whole or not at all. */
TEST(demo_town_without_memory)
{
    static struct calendar k;
    bool made = false;

    calendar_of_demo(&k);
    for (size_t ceiling = 1u << 12; !made; ceiling *= 2) {
        struct town_param p = { .seed = 3,
                                .from = day("2022-01-03"),
                                .to = day("2022-12-31"),
                                .now = time_of_nl_day(day("2023-01-01"), 0) - 1,
                                .scale = 0.1,
                                .calendar = &k };
        struct arena a;
        struct town t = { .n = 99 };
        arena_init(&a, ceiling);
        made = town_simulate(&p, &a, &t);
        CHECK(made ? t.n > 200 : t.n == 99);
        CHECK(ceiling < 1u << 26);
        arena_free(&a);
    }
}
