// SPDX-License-Identifier: EUPL-1.2
/* The records behind a figure add up to the figure, and are listed for who may see them only. */
#include "account/indicator.h"
#include "base/date.h"
#include "base/text.h"
#include "http/client.h"
#include "measure/part_measure.h"
#include "register/config.h"
#include "register/demo.h"
#include "register/right.h"
#include "unit/test.h"
#include "web/site.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* A town over half a year; until yesterday when no day is given, because a server has the clock of today. */
static struct ctx *town(uint64_t seed, const char *now)
{
    struct ctx *c = test_begin(now != NULL ? now : "2024-07-01");
    struct demo_options o = { .seed = seed, .scale = 0.2, .password = "not-a-secret-at-all" };
    struct demo_made made;

    o.from = date_from_civil(2024, 1, 2);
    o.to = date_from_civil(2024, 6, 30);
    if (now == NULL) {
        ctx_set_now(c, time(NULL));
        o.to = c->today - 1;
        o.from = o.to - 180;
    }
    CHECK_INT(demo_make(c, &o, &made), OK);
    return c;
}

struct counted {
    int64_t all, yes, no, not_yet;
    double sum;
};

static struct counted count_marks(const struct indicator_record *r, size_t n)
{
    struct counted k = { (int64_t)n, 0, 0, 0, 0 };

    for (size_t i = 0; i < n; i++) {
        k.yes += r[i].mark == PART_YES;
        k.no += r[i].mark == PART_NO;
        k.not_yet += r[i].mark == PART_NOT_YET;
        k.sum += r[i].value != INT64_MIN ? (double)r[i].value : 0;
    }
    return k;
}

/* What the marks must add up to for this way of computing. */
static bool adds_up(const struct measured *m, const struct counted *k)
{
    const struct figure_result *f = &m->figure;

    switch (m->part->calc) {
    case CALC_SHARE:
        return k->yes == f->events && k->yes + k->no == f->n && k->not_yet == f->censored;
    case CALC_STOCK_SHARE:
        return k->yes == f->events && k->all == f->n;
    case CALC_TIME:
        return k->all == f->n && k->yes == f->events;
    case CALC_SUM:
        return fabs(k->sum / (m->part->unit == MEASURE_HOURS ? 60 : 1) - f->value[0].value) <
               1e-6 * k->sum + 1e-9;
    case CALC_MEAN:
        return k->all == f->n && (f->n == 0 || fabs(k->sum / (double)f->n - f->value[0].value) < 1e-9);
    case CALC_FIGURE:
        if (m->part->figure == FIGURE_NORM || m->part->figure == FIGURE_CONTACT ||
            m->part->figure == FIGURE_WAIT || m->part->figure == FIGURE_LEFT ||
            m->part->figure == FIGURE_COMPLETION)
            return k->all == f->n && k->yes == f->events;
        return k->all == f->n;
    case CALC_RATIO: /* n are people on average a day */
    case CALC_PEOPLE:
    case CALC_POOLED:
    case CALC_PLACES:
    case CALC_SPREAD:
        return k->all > 0 || f->n == 0;
    default:
        return k->all == f->n;
    }
}

static int64_t check_all(struct ctx *c, const struct register_facts *f, const struct indicators *all,
                         const struct indicator_query *q)
{
    struct measured_list list;
    int64_t parts = 0, seen = -1;

    CHECK_INT(indicators_measure(c, f, all, q, &list), OK);
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *m = &list.row[i];
        struct indicator_record *r;
        char what[160];
        size_t n;
        if (!indicator_has_records(m->part) || m->figure.no_data ||
            (m->part->calc == CALC_FIGURE && m->code != NULL) || m->part - all->part == seen)
            continue;
        seen = m->part - all->part; /* a mix has a row for each code, with the same n */
        if (!CHECK_INT(indicator_records(c, f, m->part, q, &r, &n), OK))
            continue;
        struct counted k = count_marks(r, n);
        if (m->part->set == FACT_WORK_SAMPLE) /* a row stands for its hours */
            for (size_t j = 0; j < n; j++)
                k.all += f->f.set[FACT_WORK_SAMPLE].column[FACT_TIMES][r[j].row] - 1;
        snprintf(what, sizeof what,
                 "%s%s: n %lld events %lld open %lld; marks %lld yes %lld no %lld open %lld",
                 m->part->row->id, m->part->row->part, (long long)m->figure.n, (long long)m->figure.events,
                 (long long)m->figure.censored, (long long)k.all, (long long)k.yes, (long long)k.no,
                 (long long)k.not_yet);
        test_check(adds_up(m, &k), __FILE__, __LINE__, what);
        for (size_t j = 0; j < n; j++)
            if (!indicator_is_line(m->part->calc == CALC_FIGURE ? FACT_REQUEST : m->part->set) &&
                r[j].record == INT_NONE)
                test_check(false, __FILE__, __LINE__, what);
        parts++;
    }
    return parts;
}

TEST_LONG(indicator_record_marks_add_up_to_the_figures)
{
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct ctx *c = town(seed, "2024-07-01");
        struct register_facts f;
        struct indicators all;
        CHECK_INT(indicators_get(c, "", &all), OK);
        CHECK_INT(facts_read_records(c, c->now, &f), OK);
        struct indicator_query q = { .at = c->now };
        CHECK(check_all(c, &f, &all, &q) > 60);
        q.from = time_of_nl_day(date_from_civil(2024, 2, 1), 0);
        q.to = time_of_nl_day(date_from_civil(2024, 5, 1), 0);
        CHECK(check_all(c, &f, &all, &q) > 60);
        q.only = (struct result_only){ .by = BY_TEAM, .value = { "Oost" }, .n = 1 };
        CHECK(check_all(c, &f, &all, &q) > 40);
        test_end(c);
    }
}

static int ask(struct ctx *c, enum role role, int64_t team, const char *path, struct answer *a)
{
    struct site_as as = { .role = role, .team = team, .worker = INT_NONE };
    struct site_options opt = { .store = db_store(c->db), .as = &as, .quiet = true };
    struct http_options http = {
        .listen = "127.0.0.1:0", .request_ms = 20000, .workers = { 1, 2, 1 }, .loops = 1
    };
    struct site *site;
    struct buf b = { 0 };

    if (site_start(c, &opt, &http, &site) != OK)
        test_skip("%s", c->err.text);
    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n", path);
    CHECK(client_ask(http_port(site_http(site)), buf_text(&b), a));
    buf_free(&b);
    site_stop(site);
    return a->status;
}

static int links(struct answer *a, const char *to)
{
    int n = 0;

    for (const char *p = strstr(buf_text(&a->body), to); p != NULL; p = strstr(p + 1, to))
        n++;
    return n;
}

/* Rows of a team. */
static int of_team(struct answer *a, const char *team)
{
    char cell[120];

    snprintf(cell, sizeof cell, "data-label=\"Team\">%s\n", team);
    return links(a, cell);
}

TEST_LONG(indicator_record_lists_are_for_who_may_see_them)
{
    struct ctx *c = town(1, NULL);
    struct answer a = { 0 };
    const struct config *k;
    int all, own;

    CHECK_INT(config_get(c, &k), OK);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/W1/records?period=12", &a), 200);
    CHECK((all = links(&a, "href=\"/requests/")) > 20);
    CHECK(strstr(buf_text(&a.body), "still runs") != NULL || strstr(buf_text(&a.body), "finished") != NULL);
    /* a lead sees those of the own team, also behind the same figure */
    CHECK_INT(ask(c, ROLE_TEAM_LEAD, k->team[0].id, "/indicators/W1/records?period=12", &a), 200);
    own = links(&a, "href=\"/requests/");
    CHECK(own > 0);
    for (size_t t = 1; t < k->teams; t++)
        CHECK_INT(of_team(&a, k->team[t].name), 0);
    CHECK(of_team(&a, k->team[0].name) > 0);
    /* figures only: nobody behind them */
    CHECK_INT(ask(c, ROLE_QUALITY, INT_NONE, "/indicators/W1/records?period=12", &a), 403);
    CHECK_INT(ask(c, ROLE_ACCOUNT_MANAGER, INT_NONE, "/indicators/W1/records?period=12", &a), 403);
    CHECK_INT(ask(c, ROLE_BOARD, INT_NONE, "/indicators/T4/records?period=12", &a), 403);
    /* complaints: quality without names, intake not at all */
    CHECK_INT(ask(c, ROLE_QUALITY, INT_NONE, "/indicators/K1/records?period=12", &a), 200);
    CHECK(links(&a, "href=\"/complaints/") > 0);
    CHECK_INT(ask(c, ROLE_QUALITY, INT_NONE, "/indicators/K4/records?period=12", &a), 200);
    CHECK(links(&a, "href=\"/signals/") > 0);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/T4/records?period=1", &a), 200);
    CHECK(links(&a, "href=\"/contacts/") > 20);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/Z2/records?period=12", &a), 200);
    CHECK(links(&a, "href=\"/presence/") > 5);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/P2/records?period=12", &a), 200);
    CHECK(links(&a, "href=\"/referrals/inbox/") > 0);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/T1/records?period=1", &a), 200);
    CHECK(links(&a, "data-label=\"Counts as\"") > 20);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/C5/records", &a), 403); /* staff is not theirs */
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/NONE/records", &a), 404);
    client_free(&a);
    test_end(c);
}

/* Workers, days of a team, hand-overs, groups, agreements and what was counted outside: each for who may. */
TEST_LONG(indicator_record_lists_of_staff_and_answers_have_their_readers)
{
    struct ctx *c = town(1, NULL);
    struct answer a = { 0 };
    const struct config *k;
    int all, own;

    CHECK_INT(config_get(c, &k), OK);
    CHECK_INT(ask(c, ROLE_BOARD, INT_NONE, "/indicators/C5/records?period=12", &a), 200);
    CHECK((all = links(&a, "href=\"/staff/")) > 3);
    CHECK_INT(ask(c, ROLE_TEAM_LEAD, k->team[0].id, "/indicators/C5/records?period=12", &a), 200);
    CHECK((own = links(&a, "href=\"/staff/")) < all);
    CHECK_INT(ask(c, ROLE_QUALITY, INT_NONE, "/indicators/C5/records?period=12", &a), 403);

    /* who is ill: the own team, or the board; a worker and the account manager never */
    CHECK_INT(ask(c, ROLE_BOARD, INT_NONE, "/indicators/C2/records?period=1&page=all", &a), 200);
    for (size_t t = 0; t < k->teams; t++)
        CHECK(of_team(&a, k->team[t].name) > 20);
    CHECK_INT(ask(c, ROLE_TEAM_LEAD, k->team[0].id, "/indicators/C2/records?period=1&page=all", &a), 200);
    CHECK(of_team(&a, k->team[0].name) > 20);
    for (size_t t = 1; t < k->teams; t++)
        CHECK_INT(of_team(&a, k->team[t].name), 0);
    CHECK_INT(ask(c, ROLE_SOCIAL_WORKER, k->team[0].id, "/indicators/C2/records?period=1", &a),
              404); /* not its reader */
    CHECK_INT(ask(c, ROLE_ACCOUNT_MANAGER, INT_NONE, "/indicators/C2/records?period=1", &a), 403);

    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/D5/records?period=12", &a), 200);
    CHECK(links(&a, "href=\"/transfers/members/") > 20);
    CHECK_INT(ask(c, ROLE_BOARD, INT_NONE, "/indicators/D5/records?period=12", &a), 403);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/H6/records?period=12", &a), 200);
    CHECK(links(&a, "href=\"/groups/") > 0);
    CHECK_INT(ask(c, ROLE_QUALITY, INT_NONE, "/indicators/H6/records?period=12", &a), 403);
    CHECK_INT(ask(c, ROLE_BOARD, INT_NONE, "/indicators/P1/records?period=12", &a), 200);
    CHECK(links(&a, "P1, version 1") == 1); /* nothing is judged yet in half a year */
    CHECK_INT(ask(c, ROLE_DPO, INT_NONE, "/indicators/P1/records?period=12", &a), 403);

    /* single answers: without a day, and only for who may see small numbers of everybody */
    CHECK_INT(ask(c, ROLE_QUALITY, INT_NONE, "/indicators/E4/records?period=12&page=all", &a), 200);
    CHECK((all = links(&a, "data-label=\"Counts as\"")) > 50);
    CHECK(links(&a, "data-label=\"Date\"><time") == 0 && links(&a, "<time") == 0);
    CHECK_INT(ask(c, ROLE_TEAM_LEAD, k->team[0].id, "/indicators/E4/records?period=12", &a), 403);
    CHECK_INT(ask(c, ROLE_ACCOUNT_MANAGER, INT_NONE, "/indicators/E4/records?period=12", &a), 403);
    CHECK_INT(ask(c, ROLE_INTAKE, INT_NONE, "/indicators/P2/records?period=12", &a),
              200); /* part a is theirs */
    CHECK_INT(links(&a, "answer\n"), 0);

    /* lists of the organisation tell of nobody */
    CHECK_INT(ask(c, ROLE_ACCOUNT_MANAGER, INT_NONE, "/indicators/S1/records?period=12", &a), 200);
    CHECK(links(&a, "publication\n") >= 10 && links(&a, "version 1") > 0);
    client_free(&a);
    test_end(c);
}
