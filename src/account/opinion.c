// SPDX-License-Identifier: EUPL-1.2
#include "account/opinion.h"

#include "base/text.h"
#include "register/config.h"
#include "store/sql.h"

#include <math.h>

/* What the facts say of a part. */
static void facts_say(const struct ctx *c, const struct indicators *all, const struct measured_list *list,
                      struct opinion *o)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct measured *m = &list->row[i];
        if (m->code != NULL || !text_is(m->part->row->id, o->indicator) ||
            !text_is(m->part->row->part, o->part) || !indicator_counts(all, m->part, c->today))
            continue;
        o->facts_n = m->figure.n;
        o->facts_k = m->figure.events;
        for (size_t v = 0; v < m->figure.values && !isnan(o->value); v++)
            if (o->at == m->figure.value[v].at || isnan(o->at))
                o->facts_value = m->figure.value[v].value;
    }
}

/* The P90 of type 7 between two values that follow each other: (n - 1) 9 / 10 with its part behind the comma.
 */
static double between(double low, double high, int64_t n)
{
    return low + (high - low) * (double)((n - 1) * 9 % 10) / 10;
}

static enum err tables_say(struct ctx *c, struct opinion o[OPINIONS])
{
    struct sql_opinion_calls_row calls;
    struct sql_opinion_failure_row failure;
    struct sql_opinion_left_over_row left;
    struct sql_opinion_urgent_row urgent;
    struct sql_opinion_wait_row wait;
    struct sql_opinion_heard_row heard;
    struct sql_opinion_direct_row direct;
    struct sql_opinion_complaints_row complaints;
    struct sql_opinion_windows_row windows;
    struct sql_opinion_call_times_row times;
    struct sql_opinion_told_row told;
    struct sql_opinion_experience_row marks;
    struct sql_opinion_patterns_row patterns;
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(sql_opinion_calls(c, c->now, k->phone_seconds, &calls));
    TRY(sql_opinion_failure(c, c->now, &failure));
    TRY(sql_opinion_left_over(c, c->today, &left));
    TRY(sql_opinion_urgent(c, &urgent));
    TRY(sql_opinion_wait(c, &wait));
    TRY(sql_opinion_heard(c, time_of_nl_day(c->today - k->contact_days, 0), &heard));
    TRY(sql_opinion_direct(c, &direct));
    TRY(sql_opinion_complaints(c, c->now, &complaints));
    TRY(sql_opinion_windows(c, &windows));
    TRY(sql_opinion_call_times(c, c->now, &times));
    TRY(sql_opinion_told(c, time_of_nl_day(c->today, 0), &told));
    TRY(sql_opinion_experience(c, c->today, &marks));
    TRY(sql_opinion_patterns(c, c->today, &patterns));
    const struct opinion all[OPINIONS] = {
        { "T1", "a", "calls, in time", calls.n, calls.k, 0, 0, NAN, NAN, NAN },
        { "T4", "a", "contacts, because something went wrong", failure.n, failure.k, 0, 0, NAN, NAN, NAN },
        { "Z2", "a", "questions, left over", left.n, left.k, 0, 0, NAN, NAN, NAN },
        { "I3", "a", "emergencies", urgent.n, urgent.k, 0, 0, NAN, NAN, NAN },
        { "W1", "a", "requests, started", wait.n, wait.k, 0, 0, NAN, NAN, NAN },
        { "W4", "b", "waiting, heard", heard.n, heard.k, 0, 0, NAN, NAN, NAN },
        { "H1", "a", "with help, direct", direct.n, direct.k, 0, 0, NAN, NAN, NAN },
        { "K1", "a", "complaints", complaints.n, complaints.k, 0, 0, NAN, NAN, NAN },
        { "W6", "a", "periods told", windows.n, windows.k, 0, 0, NAN, NAN, NAN },
        { "T1", "b", "median seconds of calls answered", times.n, 0, 0, 0, (times.low + times.high) / 2, NAN,
          0.5 },
        { "T1", "b", "P90 of these", times.n, 0, 0, 0, between(times.low90, times.high90, times.n), NAN,
          0.9 },
        { "W5", "a", "waiting, with an expected period", told.n, told.k, 0, 0, NAN, NAN, NAN },
        { "E4", "a", "answers, their mean mark", marks.n, 0, 0, 0,
          marks.n > 0 ? (double)marks.sum / (double)marks.n : NAN, NAN, NAN },
        { "K3", "a", "patterns, checked", patterns.n, patterns.k, 0, 0, NAN, NAN, NAN },
    };
    for (size_t i = 0; i < OPINIONS; i++)
        o[i] = all[i];
    return OK;
}

/* Of windows the facts only tell how many there are. */
static void windows_say(const struct register_facts *f, struct opinion *o)
{
    o->facts_n = (int64_t)f->f.set[FACT_WINDOW].n;
    o->facts_k = 0;
    for (size_t i = 0; i < f->f.set[FACT_WINDOW].n; i++)
        o->facts_k += (f->f.set[FACT_WINDOW].marks[i] & FACT_BIT(FIRST)) != 0;
}

enum err opinions_get(struct ctx *c, struct opinion ret_opinion[OPINIONS])
{
    struct indicator_query q = { .at = c->now };
    struct register_facts facts;
    struct indicators all;
    struct measured_list list;

    TRY(indicators_get(c, "", &all));
    TRY(facts_read(c, c->now, &facts));
    TRY(indicators_measure(c, &facts, &all, &q, &list));
    TRY(tables_say(c, ret_opinion));
    for (size_t i = 0; i < OPINIONS; i++) {
        if (text_is(ret_opinion[i].indicator, "W6"))
            windows_say(&facts, &ret_opinion[i]);
        else
            facts_say(c, &all, &list, &ret_opinion[i]);
    }
    return OK;
}
