// SPDX-License-Identifier: EUPL-1.2
/* Facts of calls, contacts and call-backs. */
#include "base/text.h"
#include "register/callback.h"
#include "register/facts_table.h"
#include "register/request.h"
#include "store/sql.h"

#include <stdio.h>

#define RETURN_DAYS 14 /* back within so many days about the same: it was not solved */

/* ── Calls ── */

static enum err add_call(struct ctx *c, struct fact_filling *g, int64_t at, size_t *ret_row)
{
    struct fact_table *t = &g->set[FACT_CALL];
    char hour[16];

    TRY(fact_table_add(c, t, ret_row));
    t->column[FACT_AT][*ret_row] = at;
    t->column[FACT_TIMES][*ret_row] = 1;
    snprintf(hour, sizeof hour, "%02d:00", time_nl_second(at) / 3600);
    fact_since(t, at);
    return dictionary_code(c, &g->kind, hour, &t->code[FACT_KIND][*ret_row]);
}

static enum err take_call(struct ctx *c, void *arg, const struct sql_facts_calls_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_CALL];
    size_t row;

    TRY(add_call(c, g, r->offered_at, &row));
    t->column[FACT_WAITED][row] = r->seconds;
    t->marks[row] = r->abandoned ? FACT_BIT(ABANDONED) : FACT_BIT(ANSWERED);
    return OK;
}

/* Did the exchange report a call in this half hour? Calls stand in order of time. */
static bool is_reported(const struct fact_table *t, size_t calls, int64_t from)
{
    size_t low = 0, high = calls;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->column[FACT_AT][middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < calls && t->column[FACT_AT][low] < from + 1800;
}

struct counting {
    struct fact_filling *g;
    size_t calls; /* rows of the exchange */
};

static enum err add_counted(struct ctx *c, struct fact_filling *g, int64_t at, int64_t times, uint64_t marks,
                            int64_t waited)
{
    size_t row;

    if (times <= 0)
        return OK;
    TRY(add_call(c, g, at, &row));
    g->set[FACT_CALL].column[FACT_TIMES][row] = times;
    g->set[FACT_CALL].column[FACT_WAITED][row] = waited;
    g->set[FACT_CALL].marks[row] = marks;
    return OK;
}

/* A count by hand says how many were answered within the norm, not how long each one waited. */
static enum err take_count(struct ctx *c, void *arg, const struct sql_facts_phone_counts_row *r)
{
    const struct counting *k = arg;
    struct fact_filling *g = k->g;
    int64_t at = time_of_nl_day(r->day, (int)r->half_hour * 1800), lost = r->offered - r->answered;
    int64_t norm = g->config->phone_seconds;

    if (at > g->at || is_reported(&g->set[FACT_CALL], k->calls, at))
        return OK;
    TRY(add_counted(c, g, at, lost, FACT_BIT(ABANDONED), INT_NONE));
    if (r->in_time == INT_NONE)
        return add_counted(c, g, at, r->answered, FACT_BIT(ANSWERED) | FACT_BIT(UNTIMED), INT_NONE);
    TRY(add_counted(c, g, at, r->in_time, FACT_BIT(ANSWERED), norm));
    return add_counted(c, g, at, r->answered - r->in_time, FACT_BIT(ANSWERED), norm + 1);
}

/* ── Contacts ── */

struct contacts {
    struct fact_filling *g;
    int64_t person; /* of the rows from `first` on */
    size_t first;
    struct dictionary topic;
    int32_t *topics; /* of each row */
    size_t room;
};

static enum err keep_topic(struct ctx *c, struct contacts *k, size_t row, const char *topic)
{
    if (row >= k->room) {
        int32_t *more;
        k->room = k->room > 0 ? k->room * 2 : 1024;
        TRY(ctx_alloc(c, k->room, sizeof *more, (void *)&more));
        for (size_t i = 0; i < row; i++)
            more[i] = k->topics[i];
        k->topics = more;
    }
    return dictionary_code(c, &k->topic, topic, &k->topics[row]);
}

/* A contact of somebody known about what they asked before, within RETURN_DAYS: that one was not solved, and
 * this one is not the first. */
static void look_back(struct contacts *k, size_t row)
{
    struct fact_table *t = &k->g->set[FACT_CONTACT];
    bool first = true;

    for (size_t i = row; i > k->first; i--) {
        size_t before = i - 1;
        int32_t days = time_nl_day(t->column[FACT_AT][row]) - time_nl_day(t->column[FACT_AT][before]);
        if (days > RETURN_DAYS)
            break;
        if (k->topics[before] != k->topics[row] || k->topics[row] < 0)
            continue;
        t->marks[before] |= FACT_BIT(RETURNED);
        first = false;
    }
    fact_mark(t, row, FACT_BIT(FIRST), first);
}

static enum err take_contact(struct ctx *c, void *arg, const struct sql_facts_contacts_row *r)
{
    struct contacts *k = arg;
    struct fact_filling *g = k->g;
    struct fact_table *t = &g->set[FACT_CONTACT];
    size_t row, answer;

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = r->occurred_at;
    t->column[FACT_DUE][row] = fact_day_end(time_nl_day(r->occurred_at) + RETURN_DAYS);
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    t->code[FACT_NEIGHBOURHOOD][row] = fact_place(g, r->neighbourhood);
    TRY(dictionary_code(c, &g->x->channel, r->channel, &t->code[FACT_CHANNEL][row]));
    TRY(dictionary_code(c, &g->cause, r->failure, &t->code[FACT_CAUSE][row]));
    fact_mark(t, row, FACT_BIT(FAILURE), r->failure != NULL);
    fact_mark(t, row, FACT_BIT(AT_ONCE), r->open == 0);
    fact_mark(t, row, FACT_BIT(KNOWN), r->person != INT_NONE);
    fact_since(t, r->occurred_at);
    fact_record(t, row, r->id);
    TRY(keep_topic(c, k, row, r->topic));
    if (r->person == INT_NONE || r->person != k->person)
        k->first = row;
    k->person = r->person;
    if (r->person != INT_NONE)
        look_back(k, row);
    if (r->open != 0)
        return OK;
    t = &g->set[FACT_ANSWER];
    TRY(fact_table_add(c, t, &answer));
    fact_record(t, answer, -r->id);
    t->column[FACT_AT][answer] = r->occurred_at;
    t->marks[answer] = FACT_BIT(DIRECT) | FACT_BIT(AT_ONCE);
    t->code[FACT_NEIGHBOURHOOD][answer] = fact_place(g, r->neighbourhood);
    t->code[FACT_TEAM][answer] = fact_team(g, r->team);
    return OK;
}

static enum err take_callback(struct ctx *c, void *arg, const struct sql_facts_callbacks_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_CALLBACK];
    size_t row;

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = r->promised_at;
    t->column[FACT_END][row] = text_is(r->state, "reached") ? r->done_at : TIME_NONE;
    t->column[FACT_DUE][row] = fact_day_end(callback_due(g->config, r->promised_at, r->by_day));
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    fact_mark(t, row, FACT_BIT(WITHDRAWN), text_is(r->state, "withdrawn"));
    fact_record(t, row, r->id);
    fact_since(t, r->promised_at);
    return OK;
}

enum err facts_call_fill(struct ctx *c, struct fact_filling *g)
{
    struct counting counts = { g, 0 };

    TRY(fact_table_begin(c, &g->set[FACT_CALL], FACT_C(AT) | FACT_C(TIMES) | FACT_C(WAITED), FACT_K(KIND),
                         g->x->x.n + 64));
    TRY(sql_facts_calls_each(c, g->at, take_call, g));
    counts.calls = g->set[FACT_CALL].n;
    return sql_facts_phone_counts_each(c, time_nl_day(g->at), take_count, &counts);
}

enum err facts_contact_fill(struct ctx *c, struct fact_filling *g)
{
    struct contacts contacts = { .g = g, .person = INT_NONE };

    TRY(fact_table_begin(c, &g->set[FACT_CONTACT], FACT_C(AT) | FACT_C(DUE),
                         FACT_K(TEAM) | FACT_K(NEIGHBOURHOOD) | FACT_K(CHANNEL) | FACT_K(CAUSE),
                         g->x->x.n + 64));
    TRY(fact_table_begin(c, &g->set[FACT_CALLBACK], FACT_C(AT) | FACT_C(END) | FACT_C(DUE), FACT_K(TEAM),
                         64));
    TRY(sql_facts_contacts_each(c, g->at, take_contact, &contacts));
    return sql_facts_callbacks_each(c, g->at, take_callback, g);
}
