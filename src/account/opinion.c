// SPDX-License-Identifier: EUPL-1.2
#include "account/opinion.h"

#include "base/text.h"
#include "register/config.h"
#include "register/law.h"
#include "register/right.h"
#include "store/sql.h"

#include <math.h>
#include <string.h>

#define PATIENCE 60 /* seconds, as store/db_postgres.c has it for pages */

/* ── The days ── */

#define AHEAD 800            /* days after today: norms and terms end there */
#define NEVER_BEFORE (-7305) /* 1950-01-01: where the calendar begins */

struct days {
    const struct calendar *calendar;
    int32_t first, last;
};

static enum err put_days(struct ctx *c, void *arg)
{
    const struct days *d = arg;

    TRY(sql_opinion_day_clear(c));
    for (int32_t day = d->first; day <= d->last; day++) {
        int64_t ends = time_of_nl_day(day + 1, 0);
        const struct sql_opinion_day_insert_args row = { .day = day,
                                                         .number = day,
                                                         .second = (int64_t)day * SECONDS_A_DAY,
                                                         .ends = ends,
                                                         .ends_at = ends,
                                                         .works = calendar_is_working(d->calendar, day),
                                                         .lawful =
                                                             calendar_legal_end(d->calendar, day) == day };
        TRY(sql_opinion_day_insert(c, &row));
    }
    return OK;
}

/* From the first day of which anything is known. */
static enum err fill_days(struct ctx *c, const struct config *k)
{
    struct days d = { &k->calendar, c->today, c->today + AHEAD };
    struct sql_opinion_span_row r;

    TRY(sql_opinion_span(c, &r));
    const int32_t since[] = { r.event != TIME_NONE ? time_nl_day(r.event) : d.first,
                              r.call != TIME_NONE ? time_nl_day(r.call) : d.first,
                              r.day != DAY_NONE ? r.day : d.first };
    for (size_t i = 0; i < COUNT(since); i++)
        d.first = since[i] < d.first ? since[i] : d.first;
    d.first -= 2;
    if (d.first < NEVER_BEFORE)
        d.first = NEVER_BEFORE;
    return db_tx(c, put_days, &d);
}

/* ── What the tables say ── */

static double share(int64_t k, int64_t n)
{
    return n > 0 ? (double)k / (double)n : NAN;
}

/* The P90 of type 7 between two values that follow each other: (n - 1) 9 / 10 with its part behind the comma.
 */
static double between(double low, double high, int64_t n)
{
    return low + (high - low) * (double)((n - 1) * 9 % 10) / 10;
}

static struct opinion of_share(const char *id, const char *part, const char *what, int64_t n, int64_t k)
{
    return (struct opinion){ .indicator = id,
                             .part = part,
                             .what = what,
                             .n = n,
                             .k = k,
                             .value = { { N_("share"), 0, share(k, n), NAN } },
                             .values = 1 };
}

static struct opinion of_count(const char *part, const char *what, int64_t n)
{
    return (struct opinion){ .indicator = "K1", .part = part, .what = what, .only_n = true, .n = n };
}

static enum err of_calls(struct ctx *c, const struct config *k, struct opinion *o)
{
    struct sql_opinion_calls_row calls;
    struct sql_opinion_call_times_row times;
    struct sql_opinion_failure_row failure;
    struct sql_opinion_left_over_row left;

    TRY(sql_opinion_calls(c, c->now, k->phone_seconds, c->now, c->today, &calls));
    TRY(sql_opinion_call_times(c, c->now, k->phone_seconds, c->now, c->today, &times));
    TRY(sql_opinion_failure(c, c->now, &failure));
    TRY(sql_opinion_left_over(c, c->today, &left));
    o[0] = of_share("T1", "a", N_("calls, in time"), calls.n, calls.k);
    o[1] = (struct opinion){ .indicator = "T1",
                             .part = "b",
                             .what = N_("calls answered, seconds"),
                             .only_n = true,
                             .n = times.n,
                             .value = { { N_("median"), 0, (times.low + times.high) / 2, NAN },
                                        { "P90", 1, between(times.low90, times.high90, times.rows), NAN } },
                             .values = 2 };
    o[2] = of_share("T4", "a", N_("contacts, because something went wrong"), failure.n, failure.k);
    o[3] = of_share("Z2", "a", N_("questions, left over"), left.n, left.k);
    return OK;
}

/* In days, as the rule "midpoint" has it. */
static struct opinion_value quantile(const char *name, size_t place, double low, double high)
{
    return (struct opinion_value){ name, place, (low + high) / 2, NAN };
}

static enum err of_waits(struct ctx *c, const struct config *k, struct opinion *o)
{
    struct sql_opinion_urgent_row urgent;
    struct sql_opinion_wait_row wait;
    struct sql_opinion_norm_row norm;
    const struct sql_opinion_norm_args norms = { c->now,
                                                 c->now,
                                                 k->norm_days[URGENCY_UNKNOWN],
                                                 k->norm_days[URGENCY_LATER],
                                                 k->norm_days[URGENCY_NORMAL],
                                                 k->norm_days[URGENCY_SOON] };

    TRY(sql_opinion_urgent(c, c->now, k->urgent.minutes, k->urgent.office_from, k->urgent.office_to,
                           &urgent));
    TRY(sql_opinion_wait(c, c->now, &wait));
    TRY(sql_opinion_norm(c, &norms, &norm));
    o[0] = of_share("I3", "a", N_("emergencies, in time"), urgent.n, urgent.k);
    o[1] = (struct opinion){ .indicator = "W1",
                             .part = "a",
                             .what = N_("requests, started"),
                             .n = wait.n,
                             .k = wait.k,
                             .value = { quantile(N_("median"), 0, wait.low50, wait.high50),
                                        quantile("P80", 1, wait.low80, wait.high80),
                                        quantile("P90", 2, wait.low90, wait.high90) },
                             .values = 3 };
    /* after the longest wait the curve says nothing, unless everybody had started */
    double left = isnan(norm.log_share) ? 1 : norm.log_share <= -1000 ? 0 : exp(norm.log_share);
    bool beyond = norm.n == 0 || (norm.last < 1000000000 && left > 0);
    o[2] = (struct opinion){ .indicator = "W2",
                             .part = "a",
                             .what = N_("requests, started within the norm"),
                             .n = norm.n,
                             .k = norm.k,
                             .value = { { N_("at the norm"), 0, beyond ? NAN : 1 - left, NAN },
                                        { N_("of who reached it"), 1, share(norm.kept, norm.reached), NAN },
                                        { N_("reached it"), 2, (double)norm.reached, NAN } },
                             .values = 3 };
    return OK;
}

static enum err of_list(struct ctx *c, const struct config *k, struct opinion *o)
{
    struct sql_opinion_silence_row silence;
    struct sql_opinion_heard_row heard;
    struct sql_opinion_told_row told;
    struct sql_opinion_windows_row windows;
    struct sql_opinion_research_row research;

    TRY(sql_opinion_silence(c, c->now, k->contact_days, &silence));
    TRY(sql_opinion_heard(c, time_of_nl_day(c->today - k->contact_days, 0), &heard));
    TRY(sql_opinion_told(c, time_of_nl_day(c->today, 0), &told));
    TRY(sql_opinion_windows(c, c->now, &windows));
    TRY(sql_opinion_research(c, c->now, &research));
    o[0] = of_share("W4", "a", N_("stretches of waiting, ended with a talk"), silence.n, silence.k);
    o[1] = of_share("W4", "b", N_("waiting, heard"), heard.n, heard.k);
    o[2] = of_share("W5", "a", N_("waiting, with an expected period"), told.n, told.k);
    o[3] = of_share("W6", "a", N_("first periods that ended, kept"), windows.n, windows.k);
    o[4] = of_share("W6", "b", N_("last periods that ended, kept"), windows.last_n, windows.last_k);
    o[5] = of_share("D3", "a", N_("Wmo reports due, in time"), research.n, research.k);
    o[1].values = 0; /* the figure has other values first */
    return OK;
}

static enum err of_help(struct ctx *c, const struct config *k, struct opinion *o)
{
    struct sql_opinion_direct_row direct;
    struct sql_opinion_quickly_row quickly;
    struct sql_opinion_experience_row marks;
    const struct sql_opinion_quickly_args norms = { c->now,
                                                    c->now,
                                                    k->norm_days[URGENCY_UNKNOWN],
                                                    k->norm_days[URGENCY_LATER],
                                                    k->norm_days[URGENCY_NORMAL],
                                                    k->norm_days[URGENCY_SOON] };

    TRY(sql_opinion_direct(c, &direct));
    TRY(sql_opinion_quickly(c, &norms, &quickly));
    TRY(sql_opinion_experience(c, c->today, &marks));
    o[0] = of_share("H1", "a", N_("with help, direct"), direct.n, direct.k);
    o[1] = of_share("H2", "a", N_("with a plan, direct and within the norm"), quickly.n, quickly.k);
    o[2] = (struct opinion){ .indicator = "E4",
                             .part = "a",
                             .what = N_("answers after a contact"),
                             .only_n = true,
                             .n = marks.n,
                             .value = { { N_("mean"), 0, share(marks.sum, marks.n), NAN } },
                             .values = 1 };
    return OK;
}

static enum err of_complaints(struct ctx *c, struct opinion *o)
{
    struct sql_opinion_complaints_row complaints;
    struct sql_opinion_complaint_terms_row terms;
    struct sql_opinion_rulings_row rulings;
    struct sql_opinion_patterns_row p;
    struct sql_opinion_open_row open;
    struct law_options law;

    TRY(sql_opinion_complaints(c, c->now, &complaints));
    TRY(sql_opinion_patterns(c, c->today, &p));
    TRY(law_options_get(c, &law));
    TRY(sql_opinion_open(c, c->now, c->now, &open));
    TRY(sql_opinion_complaint_terms(c, c->now, c->now, law.provider_weeks, law.youth_weeks, &terms));
    TRY(sql_opinion_rulings(c, c->now, c->now, &rulings));
    double since = open.since != INT_NONE ? (double)open.since : 0;
    double requests = (double)open.seconds / ((double)c->now - since);
    o[0] = of_count("a", N_("complaints"), complaints.n);
    o[1] = of_count("b", N_("complaints, per 1,000 open requests"), complaints.n);
    o[1].value[0] =
        (struct opinion_value){ N_("per 1,000"), 0,
                                requests > 0 ? (double)complaints.n / requests * 1000 : NAN, NAN };
    o[1].value[1] = (struct opinion_value){ N_("open requests"), 1, requests, NAN };
    o[1].values = 2;
    o[2] =
        of_share("K1", "c", N_("complaints due, answered in time"), terms.n + rulings.n, terms.k + rulings.k);
    o[3] = of_share("K1", "d", N_("complaints finished, by talking"), complaints.finished, complaints.solved);
    o[4] = of_count("e", N_("complaints to the committee"), complaints.committee);
    o[5] = of_count("f", N_("complaints to the ombudsman"), complaints.ombudsman);
    o[6] = (struct opinion){ .indicator = "K3",
                             .part = "a",
                             .what = N_("patterns, checked"),
                             .n = p.n,
                             .k = p.k,
                             .value = { quantile(N_("median"), 0, p.low50, p.high50),
                                        quantile("P80", 1, p.low80, p.high80) },
                             .values = 2 };
    return OK;
}

/* ── What the facts say of the same ── */

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
        for (size_t v = 0; v < o->values; v++)
            if (o->value[v].place < m->figure.values)
                o->value[v].facts = m->figure.value[o->value[v].place].value;
    }
}

static enum err compare(struct ctx *c, struct opinion o[OPINIONS])
{
    struct indicator_query q = { .at = c->now };
    struct register_facts facts;
    struct indicators all;
    struct measured_list list;

    TRY(indicators_get(c, "", &all));
    TRY(facts_read(c, c->now, &facts));
    TRY(indicators_measure(c, &facts, &all, &q, &list));
    for (size_t i = 0; i < OPINIONS; i++)
        facts_say(c, &all, &list, &o[i]);
    return OK;
}

static enum err tables_say(struct ctx *c, const struct config *k, struct opinion o[OPINIONS])
{
    TRY(of_calls(c, k, o));
    TRY(of_waits(c, k, o + 4));
    TRY(of_list(c, k, o + 7));
    TRY(of_help(c, k, o + 13));
    return of_complaints(c, o + 16);
}

struct asking {
    const struct config *config;
    bool alone;
    struct opinion o[OPINIONS];
};

/* The tables and the facts are of one moment, else what was written between them would be a difference. */
static enum err ask_both(struct ctx *c, void *arg)
{
    struct asking *a = arg;

    TRY(tables_say(c, a->config, a->o));
    for (size_t i = 0; i < OPINIONS; i++)
        a->o[i].facts_n = a->o[i].facts_k = INT_NONE;
    return a->alone ? OK : compare(c, a->o);
}

enum err opinions_get(struct ctx *c, bool alone, struct opinion ret_opinion[OPINIONS])
{
    struct sql_opinion_patience_row limit;
    struct asking a = { .alone = alone };

    TRY(may(c, RIGHT_FIGURES));
    TRY(config_get(c, &a.config));
    TRY(fill_days(c, a.config));
    TRY(sql_opinion_patience(c, 0, &limit));
    TRY(db_read(c, ask_both, &a));
    TRY(sql_opinion_patience(c, PATIENCE, &limit));
    memcpy(ret_opinion, a.o, sizeof a.o);
    return OK;
}

struct opinion_score opinion_score(const struct opinion *o)
{
    struct opinion_score s = { 1, o->n != o->facts_n };

    if (!o->only_n) {
        s.numbers++;
        s.differ += o->k != o->facts_k;
    }
    for (size_t i = 0; i < o->values; i++) {
        const struct opinion_value *v = &o->value[i];
        bool same = isnan(v->value) ? isnan(v->facts) : fabs(v->value - v->facts) <= 1e-9 * fabs(v->value);
        s.numbers++;
        s.differ += !same;
    }
    return s;
}
