// SPDX-License-Identifier: EUPL-1.2
/* The figures of the catalogue on made-up towns hold what is true of these towns: counts are exact; the
 * intervals of W1 (median, P80) and W2 (share within the norm) hold the truth, which nothing censors, in at
 * least 95 % of the quarters and teams, less what chance allows: with N intervals at least 0.95 - 3 sqrt(0.95
 * x 0.05 / N). So do the intervals of what was counted outside: surveys, patterns, measures, advice. */
#include "account/indicator.h"
#include "base/text.h"
#include "forecast/town_truth.h"
#include "register/config.h"
#include "register/demo.h"
#include "register/demo_outside.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 5, REQUESTS = 20000 };

struct held {
    int64_t held, all;
};
struct town_check {
    struct ctx *c;
    struct demo_made made;
    struct register_facts facts;
    struct indicators all;
    const struct config *config;
    struct held median, p80, norm, outside;
    bool of_outside[DEMO_OUTSIDE_PARTS + 1]; /* something was held to its truth; the last: E5 */
    int64_t counts;
};

static const char *const asked[] = { "I1", "W1", "W2", "W3" };

static int team_of(const char *name)
{
    for (int t = 0; t < TOWN_TEAMS; t++)
        if (text_is(name, demo_team_name(t)))
            return t;
    return -2;
}

static void hold(struct held *h, const struct figure_value *v, double truth)
{
    bool above = isnan(v->upper) || truth <= v->upper + 1e-9;

    if (isnan(truth) || isnan(v->lower))
        return; /* nothing is said, so nothing can be wrong: counted apart by the number of intervals */
    h->all++;
    h->held += v->lower - 1e-9 <= truth && above;
}

/* Twice the same question: noticed as such in the register. */
static int64_t doubles_in(const struct town_check *k, int team, int64_t from, int64_t to)
{
    const struct extract *x = &k->facts.x.x;
    int64_t n = 0;

    for (size_t i = 0; i < x->n; i++)
        n += (x->flags[i] & EXTRACT_DUPLICATE) != 0 && x->received[i] >= from && x->received[i] < to &&
             (team == TOWN_ALL_TEAMS || text_is(k->facts.x.team.name[x->team[i]], demo_team_name(team)));
    return n;
}

static void check_row(struct town_check *k, const struct measured *m, int team)
{
    static double scratch[REQUESTS];
    const char *id = m->part->row->id;
    const struct figure_result *f = &m->figure;
    struct town_truth truth;
    int64_t twice;

    town_truth_get(&k->made.town, team, m->from, m->to, k->config->norm_days, scratch, &truth);
    if (text_is(id, "I1")) {
        CHECK_INT(f->n + doubles_in(k, team, m->from, m->to), truth.received);
        k->counts++;
    } else if (text_is(id, "W3")) {
        CHECK_INT(f->n, town_waiting_at(&k->made.town, team, m->at < m->to ? m->at : m->to - 1, &twice));
        k->counts++;
    } else if (text_is(id, "W1") && f->n >= m->part->minimum) {
        hold(&k->median, &f->value[0], truth.wait_days[0]);
        hold(&k->p80, &f->value[1], truth.wait_days[1]);
    } else if (text_is(id, "W2") && f->n >= m->part->minimum) {
        hold(&k->norm, &f->value[0], truth.within_norm);
    }
}

static void check_by(struct town_check *k, bool teams)
{
    struct indicator_query q = { .at = k->made.town.param.now };
    struct measured_list list;
    bool *wanted;

    if (!CHECK_INT(ctx_alloc(k->c, k->all.n, sizeof *wanted, (void *)&wanted), OK))
        return;
    for (size_t i = 0; i < k->all.n; i++)
        for (size_t j = 0; j < COUNT(asked); j++)
            wanted[i] = wanted[i] || (k->all.part[i].first && text_is(k->all.part[i].row->id, asked[j]));
    q.wanted = wanted;
    if (teams)
        q.by[q.n_by++] = BY_TEAM;
    q.by[q.n_by++] = BY_QUARTER;
    if (!CHECK_INT(indicators_measure(k->c, &k->facts, &k->all, &q, &list), OK))
        return;
    for (size_t i = 0; i < list.n; i++) {
        int team = teams ? team_of(list.row[i].label[0]) : TOWN_ALL_TEAMS;
        if (team >= TOWN_ALL_TEAMS && list.row[i].code == NULL && list.row[i].from < q.at)
            check_row(k, &list.row[i], team);
    }
}

/* The place of a part among those of which the truth is known; -1. */
static int outside_part(const struct part *p)
{
    for (int i = 0; i < DEMO_OUTSIDE_PARTS; i++)
        if (text_is(demo_outside_parts[i].id, p->row->id) &&
            text_is(demo_outside_parts[i].part, p->row->part))
            return i;
    return text_is(p->row->id, "E5") ? DEMO_OUTSIDE_PARTS : -1;
}

/* Surveys in every quarter, lists as a whole; the statements of the clients in every year. */
enum outside_way { BY_LIST, BY_SURVEY, BY_STATEMENT };
static enum outside_way way_of(const char *id)
{
    return text_is(id, "E5") ? BY_STATEMENT : id[0] == 'K' || id[0] == 'S' ? BY_LIST : BY_SURVEY;
}

static void check_outside(struct town_check *k, enum outside_way way)
{
    struct indicator_query q = { .at = k->made.town.param.now };
    struct measured_list list;
    bool *wanted;

    if (!CHECK_INT(ctx_alloc(k->c, k->all.n, sizeof *wanted, (void *)&wanted), OK))
        return;
    for (size_t i = 0; i < k->all.n; i++)
        wanted[i] = outside_part(&k->all.part[i]) >= 0 && way_of(k->all.part[i].row->id) == way;
    q.wanted = wanted;
    if (way == BY_STATEMENT)
        q.by[q.n_by++] = BY_KIND;
    if (way != BY_LIST)
        q.by[q.n_by++] = way == BY_STATEMENT ? BY_YEAR : BY_QUARTER;
    if (!CHECK_INT(indicators_measure(k->c, &k->facts, &k->all, &q, &list), OK))
        return;
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *m = &list.row[i];
        int year = m->to != 0 ? date_to_civil(time_nl_day(m->from)).year : 0;
        if (m->code != NULL || measured_state(m) != MEASURED_VALUE)
            continue;
        hold(&k->outside, measured_value(m),
             demo_outside_truth(m->part->row->id, m->part->row->part, m->label[0], year));
        k->of_outside[outside_part(m->part)] = true;
    }
}

static void add(struct held *to, const struct held *from)
{
    to->held += from->held;
    to->all += from->all;
}

static void check_rate(const char *what, const struct held *h)
{
    double least = 0.95 - 3 * sqrt(0.95 * 0.05 / (double)h->all), rate = (double)h->held / (double)h->all;
    char text[120];

    snprintf(text, sizeof text, "%s: %lld of %lld intervals hold the truth (%.3f, at least %.3f)", what,
             (long long)h->held, (long long)h->all, rate, least);
    test_check(h->all >= 100 && rate >= least, __FILE__, __LINE__, text);
    if (getenv("PEIL_TEST_TELL") != NULL)
        printf("  %s\n", text);
}

TEST_LONG(demo_catalogue_holds_the_known_truth)
{
    struct held median = { 0 }, p80 = { 0 }, norm = { 0 }, outside = { 0 };

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct ctx *c = test_begin("2024-07-01");
        struct town_check k = { .c = c };
        const struct demo_options o = { .seed = seed,
                                        .from = date_from_civil(2022, 1, 3),
                                        .to = date_from_civil(2024, 6, 30),
                                        .scale = 0.25,
                                        .password = "not-a-secret-at-all" };
        bool made = CHECK_INT(demo_make(c, &o, &k.made), OK) && CHECK(k.made.requests < REQUESTS) &&
                    CHECK_INT(config_get(c, &k.config), OK) && CHECK_INT(indicators_get(c, "", &k.all), OK) &&
                    CHECK_INT(facts_read(c, k.made.town.param.now, &k.facts), OK);
        if (made) {
            check_by(&k, false);
            check_by(&k, true);
            check_outside(&k, BY_LIST);
            check_outside(&k, BY_SURVEY);
            check_outside(&k, BY_STATEMENT);
            CHECK(k.counts >= 80); /* ten quarters, everybody and four teams, two figures */
            for (int i = 0; i <= DEMO_OUTSIDE_PARTS; i++)
                if (!CHECK(k.of_outside[i]))
                    fprintf(stderr, "  %s\n", i < DEMO_OUTSIDE_PARTS ? demo_outside_parts[i].id : "E5");
        }
        add(&median, &k.median);
        add(&p80, &k.p80);
        add(&norm, &k.norm);
        add(&outside, &k.outside);
        test_end(c);
    }
    check_rate("W1 median", &median);
    check_rate("W1 P80", &p80);
    check_rate("W2 within the norm", &norm);
    check_rate("counted outside", &outside);
}
