// SPDX-License-Identifier: EUPL-1.2
/* Facts of staff: who works here, vacancies, and what every team had on every day. */
#include "base/text.h"
#include "register/facts_table.h"
#include "register/fte.h"
#include "store/sql.h"

#include <string.h>

#define DAYS_MAX (12 * 366) /* no team is followed for longer */

static enum err workers(struct ctx *c, struct fact_filling *g, const struct fte_book *book)
{
    struct fact_table *t = &g->set[FACT_STAFF];
    size_t row;

    for (size_t i = 0; i < book->workers; i++) {
        const struct worker_facts *f = &book->worker[i].f;
        if (f->started == DAY_NONE || fact_day_begin(f->started) > g->at)
            continue;
        TRY(fact_table_add(c, t, &row));
        t->column[FACT_AT][row] = fact_day_begin(f->started);
        t->column[FACT_END][row] = fact_day_end(f->ended);
        t->code[FACT_TEAM][row] = fact_team(g, f->team);
        fact_mark(t, row, FACT_BIT(ASKED), f->takeover != NULL);
        fact_mark(t, row, FACT_BIT(MOVED), text_is(f->takeover, "moved"));
        fact_record(t, row, book->worker[i].id);
        fact_since(t, t->column[FACT_AT][row]);
        TRY(dictionary_code(c, &g->kind, f->discipline, &t->code[FACT_KIND][row]));
    }
    return OK;
}

static enum err take_vacancy(struct ctx *c, void *arg, const struct sql_facts_vacancies_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_VACANCY];
    size_t row;

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = fact_day_begin(r->opened_on);
    t->column[FACT_END][row] = fact_day_begin(r->closed_on);
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    fact_record(t, row, r->id);
    fact_since(t, t->column[FACT_AT][row]);
    return dictionary_code(c, &g->kind, r->discipline, &t->code[FACT_KIND][row]);
}

struct days {
    int32_t first;
    size_t n;
    const struct sql_facts_established_row *agreed;
    size_t agreements;
    int32_t *open; /* [team code + 1][day]: open requests at the end of the day */
};

static int64_t agreed_on(const struct days *d, int64_t team, int32_t day)
{
    int64_t fte = INT_NONE;

    for (size_t i = 0; i < d->agreements; i++)
        if (d->agreed[i].team == team && d->agreed[i].from_day <= day)
            fte = d->agreed[i].fte;
    return fte;
}

/* How many requests of each team were open at the end of each day. */
static void count_open(const struct fact_filling *g, struct days *d)
{
    const struct fact_table *q = &g->set[FACT_REQUEST];

    for (size_t i = 0; i < q->n; i++) {
        int32_t from = time_nl_day(q->column[FACT_RECEIVED][i]) - d->first, to;
        int32_t *open = d->open + (size_t)(g->x->x.team[i] + 1) * (d->n + 1);
        int64_t closed = q->column[FACT_CLOSED][i];
        if ((q->marks[i] & FACT_BIT(DUPLICATE)) != 0)
            continue;
        to = closed != TIME_NONE ? time_nl_day(closed) - d->first : (int32_t)d->n;
        from = from < 0 ? 0 : from;
        if (to <= from || from >= (int32_t)d->n)
            continue;
        open[from]++;
        open[to < (int32_t)d->n ? to : (int32_t)d->n]--;
    }
    for (size_t t = 0; t <= g->x->team.n; t++)
        for (size_t day = 1; day < d->n; day++)
            d->open[t * (d->n + 1) + day] += d->open[t * (d->n + 1) + day - 1];
}

static enum err team_days(struct ctx *c, struct fact_filling *g, const struct fte_book *book,
                          const struct days *d)
{
    struct fact_table *t = &g->set[FACT_STAFF_DAY];
    size_t row;

    for (size_t i = 0; i < g->config->teams; i++) {
        int64_t team = g->config->team[i].id;
        const int32_t *open = d->open + (size_t)(g->team_code[i] + 1) * (d->n + 1);
        for (size_t k = 0; k < d->n; k++) {
            int32_t day = d->first + (int32_t)k;
            struct fte_day f = fte_of_day(book, team, day);
            if (f.people == 0)
                continue;
            TRY(fact_table_add(c, t, &row));
            t->column[FACT_AT][row] = fact_day_begin(day);
            t->column[FACT_PEOPLE][row] = f.people;
            t->column[FACT_SICK][row] = f.sick;
            t->column[FACT_FILLED][row] = f.actual;
            t->column[FACT_PRESENT][row] = f.present;
            t->column[FACT_ESTABLISHED][row] = agreed_on(d, team, day);
            t->column[FACT_OPEN][row] = open[k] * INT64_C(100);
            t->code[FACT_TEAM][row] = g->team_code[i];
            fact_since(t, t->column[FACT_AT][row]);
        }
    }
    return OK;
}

static int32_t first_day(const struct fte_book *book, int32_t today)
{
    int32_t first = today;

    for (size_t i = 0; i < book->rows; i++)
        first = book->row[i].from < first ? book->row[i].from : first;
    return first < today - DAYS_MAX ? today - DAYS_MAX : first;
}

enum err facts_staff_fill(struct ctx *c, struct fact_filling *g)
{
    int32_t today = time_nl_day(g->at);
    struct sql_facts_established_row *agreed;
    struct fte_book book;
    struct days d = { 0 };

    TRY(fact_table_begin(c, &g->set[FACT_STAFF], FACT_C(AT) | FACT_C(END), FACT_K(TEAM) | FACT_K(KIND), 64));
    TRY(fact_table_begin(c, &g->set[FACT_VACANCY], FACT_C(AT) | FACT_C(END), FACT_K(TEAM) | FACT_K(KIND), 8));
    TRY(fact_table_begin(c, &g->set[FACT_STAFF_DAY],
                         FACT_C(AT) | FACT_C(PEOPLE) | FACT_C(SICK) | FACT_C(FILLED) | FACT_C(PRESENT) |
                             FACT_C(ESTABLISHED) | FACT_C(OPEN),
                         FACT_K(TEAM), 512));
    TRY(fte_book_read(c, today - DAYS_MAX, today, &book));
    TRY(workers(c, g, &book));
    TRY(sql_facts_vacancies_each(c, today, take_vacancy, g));
    TRY(sql_facts_established(c, &agreed, &d.agreements));
    d.agreed = agreed;
    d.first = first_day(&book, today);
    d.n = (size_t)(today - d.first) + 1;
    TRY(ctx_alloc(c, (g->x->team.n + 2) * (d.n + 1), sizeof *d.open, (void *)&d.open));
    memset(d.open, 0, (g->x->team.n + 2) * (d.n + 1) * sizeof *d.open);
    count_open(g, &d);
    return team_days(c, g, &book, &d);
}
