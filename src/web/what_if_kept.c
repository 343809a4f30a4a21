// SPDX-License-Identifier: EUPL-1.2
/* Plans that were kept, beside what became of the list and of the wait. */
#include "base/text.h"
#include "web/show.h"
#include "web/what_if.h"

#include <math.h>

/* The moment that is looked at: the last one that has come, else the first. */
static size_t moment_of(const struct scenario_kept *k)
{
    return k->waited[1].come ? 1 : 0;
}

static const char *expected_text(struct ctx *c, const struct scenario_value *v)
{
    return isnan(v->value) ? _("not known") : what_if_range(c, v);
}

/* Of who asked around the moment, or since the plan as long as that has not come. */
static const char *wait_text(struct ctx *c, const struct scenario_waited *w, const struct scenario_value *v)
{
    if (!w->come)
        return _("not yet");
    if (w->n < SCENARIO_LEAST)
        return _("too few people to say");
    if (isnan(v->value))
        return filled_text(c, _("more than {1}"), count_text(c, w->last), NULL);
    if (isnan(v->high))
        return filled_text(c, _("{1} (from {2} on)"), number_text(c, v->value, 0),
                           number_text(c, isnan(v->low) ? 0 : v->low, 0));
    return what_if_range(c, v);
}

static const char *half_sentence(struct ctx *c, enum scenario_verdict v, const char *expected,
                                 const char *became)
{
    static const char *const text[] = {
        [SCENARIO_AS_EXPECTED] = N_("Half began within {2} days. That is as expected: {1}."),
        [SCENARIO_LONGER] = N_("It took longer than expected. Expected for half of the people: {1} days. It "
                               "became {2}."),
        [SCENARIO_SHORTER] =
            N_("It went quicker than expected. Expected for half of the people: {1} days. It "
               "became {2}."),
    };

    return filled_text(c, _(text[v]), expected, became);
}

static const char *conclude(struct ctx *c, const struct scenario_kept *k, size_t m,
                            const struct scenario_waited *w)
{
    enum scenario_verdict v = scenario_verdict_of(&k->plan[m].middle, w, &w->middle);

    if (isnan(k->plan[m].middle.value) && isnan(k->plan[m].size.value))
        return _("When this plan was kept nothing could be said of the wait.");
    if (!w->come)
        return filled_text(c, _("It is too early to look back. That can be done from {1} on."),
                           day_text(c, k->waited[0].to), NULL);
    if (v == SCENARIO_UNKNOWN)
        return _("Too few people have begun yet to say how long they waited.");
    const char *said = half_sentence(c, v, what_if_range(c, &k->plan[m].middle), wait_text(c, w, &w->middle));
    if (w == &k->since)
        return filled_text(c, "{1} {2}", said,
                           filled_text(c, _("So far: of {1} people who asked since then {2} began."),
                                       count_text(c, w->n), count_text(c, w->began)));
    return filled_text(c, "{1} {2}", said,
                       filled_text(c, _("This is about {1} people who asked around that day; {2} began."),
                                   count_text(c, w->n), count_text(c, w->began)));
}

static enum err row_fill(struct ctx *c, const struct scenario_kept *k, struct kept_row *ret_row)
{
    size_t m = moment_of(k);
    const struct scenario_waited *w = k->waited[m].come ? &k->waited[m] : &k->since;
    const char *half = _("Half begin within, days"), *most = _("80 of 100 begin within, days");
    struct kept_row row = { .id = k->id, .who = k->who, .made = k->day, .due = k->day + scenario_days[m] };

    row.conclusion = conclude(c, k, m, w);
    row.line[0] = (struct kept_line){ half, expected_text(c, &k->plan[m].middle),
                                      expected_text(c, &k->now[m].middle), wait_text(c, w, &w->middle) };
    row.line[1] = (struct kept_line){ most, expected_text(c, &k->plan[m].most),
                                      expected_text(c, &k->now[m].most), wait_text(c, w, &w->most) };
    row.line[2] = (struct kept_line){ _("People on the list"), expected_text(c, &k->plan[m].size),
                                      expected_text(c, &k->now[m].size),
                                      isnan(k->became[m]) ? _("not yet") : number_text(c, k->became[m], 0) };
    TRY(what_if_words(c, &k->s, &row.what));
    TRY(what_if_url(c, k->list, &k->s, &row.url));
    TRY(ctx_copy(c, k->s.name, &row.name));
    *ret_row = row;
    return OK;
}

enum { KEPT_SHOWN = 5 }; /* older ones are asked for: each takes a sum over the list */

enum err what_if_kept_fill(struct ctx *c, struct what_if_page *p)
{
    const struct scenario_kept *k;
    struct kept_row *row;

    TRY(scenario_list(c, p->list, p->kept_all ? SCENARIOS_KEPT : KEPT_SHOWN + 1, &k, &p->n_kept));
    p->kept_more = !p->kept_all && p->n_kept > KEPT_SHOWN;
    if (p->kept_more)
        p->n_kept = KEPT_SHOWN;
    TRY(ctx_alloc(c, p->n_kept + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < p->n_kept; i++)
        TRY(row_fill(c, &k[i], &row[i]));
    p->kept = row;
    return OK;
}
