// SPDX-License-Identifier: EUPL-1.2
#include "account/opinion.h"

#include "base/text.h"
#include "register/config.h"
#include "store/sql.h"

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
    }
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
    const struct opinion all[OPINIONS] = {
        { "T1", "a", "calls, in time", calls.n, calls.k, 0, 0 },
        { "T4", "a", "contacts, because something went wrong", failure.n, failure.k, 0, 0 },
        { "Z2", "a", "questions, left over", left.n, left.k, 0, 0 },
        { "I3", "a", "emergencies", urgent.n, urgent.k, 0, 0 },
        { "W1", "a", "requests, started", wait.n, wait.k, 0, 0 },
        { "W4", "b", "waiting, heard", heard.n, heard.k, 0, 0 },
        { "H1", "a", "with help, direct", direct.n, direct.k, 0, 0 },
        { "K1", "a", "complaints", complaints.n, complaints.k, 0, 0 },
        { "W6", "a", "periods told", windows.n, windows.k, 0, 0 },
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
