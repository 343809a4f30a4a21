// SPDX-License-Identifier: EUPL-1.2
#include "web/what_if.h"

#include "base/jobs.h"
#include "base/text.h"
#include "register/right.h"
#include "web/forecast.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/tpl_rt.h"

#include <math.h>
#include <stdio.h>

/* Sliders; no change stands in the middle, or at the left where less makes no sense. min, max: what the
 * slider shows; a plan in the address may go further (scenario_check), and then the slider does too. */
static const struct {
    const char *name, *label, *unit, *unit_one;
    size_t offset;
    int64_t min, max, step;
} numbers[WHAT_IF_NUMBERS] = {
    { "workers", N_("Workers"), N_("workers"), N_("worker"), offsetof(struct scenario, workers), -10, 10, 1 },
    { "presence", N_("Hours at places"), N_("hours a week"), N_("hour a week"),
      offsetof(struct scenario, presence), -40, 40, 2 },
    { "ill", N_("A wave of illness: workers who are ill"), N_("of 100 workers"), N_("of 100 workers"),
      offsetof(struct scenario, ill), 0, 50, 5 },
    { "ill_weeks", N_("How long the wave lasts"), N_("weeks"), N_("week"),
      offsetof(struct scenario, ill_weeks), 1, 26, 1 },
    { "arrivals", N_("New requests"), N_("percent"), N_("percent"), offsetof(struct scenario, arrivals), -90,
      90, 5 },
};
enum { WAVE_WEEKS = 6 }; /* that a wave of illness lasts when nobody says how long */

/* The plans that everybody wants to see first. */
static const struct scenario usual[WHAT_IF_USUAL] = {
    { .name = N_("One worker more"), .workers = 1 },
    { .name = N_("Two hours a week less at places"), .presence = -2 },
    { .name = N_("A wave of illness: 15 of 100, six weeks"), .ill = 15, .ill_weeks = 6 },
    { .name = N_("A fifth more requests"), .arrivals = 20 },
    { .name = N_("Who asked first goes first"), .asked_first = true },
    { .name = N_("One list for the whole city"), .city = true },
};

static int64_t *number_in(struct scenario *s, size_t i)
{
    return (int64_t *)(void *)((char *)s + numbers[i].offset);
}

static const char *value_in(const struct req *r, const char *name)
{
    return r->method == METHOD_POST ? req_form(r, name) : req_query(r, name);
}

/* What was typed; a number that is none is a mistake at its field. */
static enum err plan_read(struct ctx *c, const struct req *r, struct scenario *s)
{
    const char *name = value_in(r, "name");

    *s = (struct scenario){ .city = text_is(value_in(r, "city"), "1"),
                            .asked_first = text_is(value_in(r, "asked_first"), "1") };
    text_copy(s->name, sizeof s->name, name != NULL ? name : "");
    for (size_t i = 0; i < WHAT_IF_NUMBERS; i++) {
        const char *text = value_in(r, numbers[i].name);
        if (!text_empty(text) && !text_to_int(text, number_in(s, i)))
            return FAIL_FIELD(numbers[i].name, "%s", _("Type a whole number."));
    }
    if (s->ill == 0)
        s->ill_weeks = 0; /* without a wave its length says nothing */
    else if (s->ill_weeks == 0)
        s->ill_weeks = WAVE_WEEKS;
    return scenario_check(c, s);
}

static bool is_plan(const struct scenario *s)
{
    return s->workers != 0 || s->presence != 0 || s->ill != 0 || s->arrivals != 0 || s->city ||
           s->asked_first;
}

/* It is about workers, of whom a list may not know any. */
static bool is_staff(const struct scenario *s)
{
    return s->workers != 0 || s->presence != 0 || s->ill != 0;
}
static bool is_staff_alone(const struct scenario *s)
{
    return is_staff(s) && s->arrivals == 0 && !s->city && !s->asked_first;
}

/* ── The results ──────────────────────────────────────────────────────────────────────────────────────────
 */

const char *what_if_range(struct ctx *c, const struct scenario_value *v)
{
    if (isnan(v->value))
        return _("more than a year");
    const char *range =
        filled_text(c, "{1} \xe2\x80\x93 {2}", number_text(c, v->low, 0), number_text(c, v->high, 0));
    return filled_text(c, "{1} ({2})", number_text(c, v->value, 0), range);
}

/* The difference in words; nothing certain when its interval holds zero. */
static const char *more_text(struct ctx *c, const struct scenario_value *v)
{
    if (isnan(v->value))
        return _("cannot be said");
    /* the interval in the same words as the number; both words when it holds zero */
    bool shorter = v->high <= 0, both = v->low < 0 && v->high > 0;
    double nearest = fmin(fabs(v->low), fabs(v->high)); /* of the two ends, to no difference at all */
    if (v->low <= 0 && v->high >= 0 && fabs(v->value) < 1)
        return _("no clear difference");
    const char *days = number_text(c, fabs(v->value), 0);
    const char *range = filled_text(c, both ? _("({1} shorter to {2} longer)") : _("({1} to {2})"),
                                    number_text(c, fabs(shorter ? v->high : v->low), 0),
                                    number_text(c, fabs(shorter ? v->low : v->high), 0));
    if (both && fabs(v->value) < nearest)
        return filled_text(c, "{1} {2}", _("no clear difference"), range);
    bool one = lround(fabs(v->value)) == 1;
    return filled_text(c,
                       v->value > 0 ? (one ? _("{1} day longer {2}") : _("{1} days longer {2}"))
                       : one        ? _("{1} day shorter {2}")
                                    : _("{1} days shorter {2}"),
                       days, range);
}

static struct plan_row row_of(struct ctx *c, const char *name, const struct scenario_result *r, bool own,
                              bool now)
{
    struct plan_row row = { .name = name, .own = own, .size_of = "" };

    for (size_t k = 0; k < SCENARIO_MOMENTS; k++) {
        row.middle[k] = what_if_range(c, &r->at[k].middle);
        row.most[k] = what_if_range(c, &r->at[k].most);
        row.size[k] = isnan(r->at[k].size.value) ? "" : what_if_range(c, &r->at[k].size);
        row.more_middle[k] = now ? "" : more_text(c, &r->at[k].more_middle);
        row.more_most[k] = now ? "" : more_text(c, &r->at[k].more_most);
    }
    return row;
}

/* What the own plan does, half a year from now. */
static const char *conclude(struct ctx *c, const struct scenario_result *r, const struct scenario_result *now)
{
    const struct scenario_effect *plan = &r->at[1], *as_now = &now->at[1];

    if (isnan(plan->more_middle.value) && isnan(plan->more_most.value) && !isnan(plan->size.value) &&
        !isnan(as_now->size.value))
        return filled_text(c, _("The wait is over a year, with and without this plan. {1}"),
                           filled_text(c,
                                       _("In six months {1} people are on the list; without the plan {2}."),
                                       what_if_range(c, &plan->size), what_if_range(c, &as_now->size)),
                           NULL);
    return filled_text(
        c, _("With this plan, half a year from now half of the people wait: {1}. For 80 of 100 people: {2}."),
        more_text(c, &r->at[1].more_middle), more_text(c, &r->at[1].more_most));
}

static enum err run(struct ctx *c, struct what_if_page *p, const struct scenario *s,
                    struct scenario_result *r)
{
    struct scenario_how how = { .day = c->today, .threads = jobs_threads() };
    struct scenario all[1 + WHAT_IF_USUAL];
    struct plan_row *row;
    size_t n = 0;
    bool own = is_plan(s);

    if (own)
        all[n++] = *s;
    for (size_t i = 0; p->usual && i < WHAT_IF_USUAL; i++)
        all[n++] = usual[i];
    if (n == 0)
        return OK;
    TRY(scenario_run(c, p->list, all, n, &how, r));
    TRY(ctx_alloc(c, n + 1, sizeof *row, (void *)&row));
    row[p->n++] = row_of(c, _("As it goes on now"), &r[0], false, true);
    for (size_t i = 0; i < n; i++) {
        bool mine = own && i == 0;
        const char *name = mine ? (s->name[0] != '\0' ? p->name : _("Your plan")) : _(usual[i - own].name);
        if (is_staff_alone(&all[i]) && !r[0].staff)
            continue; /* would look as if workers make no difference */
        row[p->n] = row_of(c, name, &r[i + 1], mine, false);
        if (all[i].city && p->list != LIST_CITY)
            row[p->n].size_of = _("in the whole city");
        p->n++;
    }
    p->row = row;
    p->ran = own && (r[0].staff || !is_staff_alone(s));
    p->no_staff = !r[0].staff && (p->usual || is_staff(s));
    p->may_staff = user_may(c, RIGHT_STAFF);
    if (p->ran)
        p->conclusion = conclude(c, &r[1], &r[0]);
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* "2 workers more"; what the script writes too (peil.js). */
static const char *change_number(struct ctx *c, int64_t v, bool both_ways)
{
    const char *sign = v < 0 ? MINUS : both_ways && v > 0 ? "+" : "";

    return filled_text(c, "{1}{2}", sign, count_text(c, v < 0 ? -v : v));
}

static const char *change_text(struct ctx *c, int64_t v, size_t i)
{
    if (v == 0)
        return _("no change");
    return filled_text(c, "{1} {2}", change_number(c, v, numbers[i].min < 0),
                       v == 1 || v == -1 ? _(numbers[i].unit_one) : _(numbers[i].unit));
}

enum err what_if_words(struct ctx *c, const struct scenario *s, const char **ret_text)
{
    const char *text = "";
    struct scenario plan = *s;

    for (size_t i = 0; i < WHAT_IF_NUMBERS; i++) {
        int64_t v = *number_in(&plan, i);
        if (v != 0)
            text = filled_text(c, text[0] != '\0' ? "{1}; {2}" : "{1}{2}", text,
                               filled_text(c, "{1}: {2}", _(numbers[i].label), change_text(c, v, i)));
    }
    if (s->asked_first)
        text = filled_text(c, text[0] != '\0' ? "{1}; {2}" : "{1}{2}", text,
                           _("Who asked first goes first, after emergencies"));
    if (s->city)
        text =
            filled_text(c, text[0] != '\0' ? "{1}; {2}" : "{1}{2}", text, _("One list for the whole city"));
    *ret_text = text;
    return OK;
}

enum err what_if_url(struct ctx *c, int64_t list, const struct scenario *s, const char **ret_url)
{
    struct scenario plan = *s;
    struct buf b = { 0 };

    buf_printf(&b, "/forecast/what-if?list=%lld", (long long)list);
    for (size_t i = 0; i < WHAT_IF_NUMBERS; i++)
        buf_printf(&b, "&%s=%lld", numbers[i].name, (long long)*number_in(&plan, i));
    buf_printf(&b, "%s%s", s->asked_first ? "&asked_first=1" : "", s->city ? "&city=1" : "");
    enum err e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

static enum err form_fill(struct ctx *c, struct scenario *s, struct what_if_page *p)
{
    for (size_t i = 0; i < WHAT_IF_NUMBERS; i++) {
        int64_t v = *number_in(s, i);
        bool both = numbers[i].min < 0;
        if (v == 0 && numbers[i].min > 0)
            v = WAVE_WEEKS;
        int64_t far = v < 0 ? -v : v, max = far > numbers[i].max ? far : numbers[i].max;
        int64_t min = both ? -max : numbers[i].min;
        p->number[i] = (struct plan_number){ .name = numbers[i].name,
                                             .label = _(numbers[i].label),
                                             .unit = _(numbers[i].unit),
                                             .unit_one = _(numbers[i].unit_one),
                                             .error = form_error(&p->wrong, numbers[i].name),
                                             .said = change_text(c, v, i),
                                             .low = change_number(c, min, both),
                                             .high = change_number(c, max, both),
                                             .value = v,
                                             .min = min,
                                             .max = max,
                                             .step = v % numbers[i].step == 0 ? numbers[i].step : 1 };
    }
    p->name_error = form_error(&p->wrong, "name");
    TRY(what_if_words(c, s, &p->plan));
    p->city = s->city;
    p->asked_first = s->asked_first;
    return ctx_copy(c, s->name, &p->name);
}

static enum err page_begin(struct ctx *c, const struct req *r, struct what_if_page *p)
{
    TRY(may(c, RIGHT_FIGURES));
    TRY(frame_fill(c, r, _("What if?"), "/forecast", &p->frame));
    TRY(forecast_list_of(c, r, &p->list));
    TRY(expectation_making(c, &p->making));
    p->list_name = "";
    p->may_keep = scenario_may_keep(c);
    p->usual = text_is(value_in(r, "usual"), "1");
    p->kept_all = text_is(value_in(r, "kept"), "all");
    if (p->list == INT_NONE)
        return OK;
    struct expected_list of;
    TRY(expectation_list_get(c, p->list, &of));
    p->few = forecast_few(c, &of);
    TRY(expectation_list_name(c, p->list, &p->list_name));
    return forecast_tabs(c, "/forecast/what-if", p->list, &p->tab, &p->tabs);
}

/* Reads the plan, runs it, and keeps it when that is asked; what is wrong stands at its field. */
static enum err what_if(struct ctx *c, const struct req *r, bool keep, struct scenario *s,
                        struct what_if_page *p, int64_t *ret_id)
{
    struct scenario_result result[2 + WHAT_IF_USUAL];

    TRY(plan_read(c, r, s));
    if (p->list == INT_NONE || p->few != NULL)
        return OK;
    if (keep && !is_plan(s))
        return FAIL_FIELD("workers", "%s", _("Fill in what changes before you keep the plan."));
    TRY(ctx_copy(c, s->name, &p->name));
    TRY(run(c, p, s, result));
    if (keep && !p->ran)
        return OK;
    return keep ? scenario_keep(c, p->list, s, result, c->today, ret_id) : OK;
}

static enum err show(struct ctx *c, const struct req *r, bool keep, struct reply *out)
{
    struct what_if_page p = { .name = "" };
    struct scenario s = { .name = "" };
    int64_t id = 0;

    TRY(page_begin(c, r, &p));
    enum err e = what_if(c, r, keep, &s, &p, &id);
    if (e == OK && keep && p.ran)
        return reply_redirect(c, out, "/forecast/what-if?list=%lld&done=plan", (long long)p.list);
    if (e != OK)
        TRY(wrong_take(c, e, out, &p.wrong));
    TRY(form_fill(c, &s, &p));
    if (p.list != INT_NONE)
        TRY(what_if_kept_fill(c, &p));
    return what_if_html(c, &out->body, &p);
}

enum err web_what_if_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, false, out);
}

enum err web_what_if_post(struct ctx *c, const struct req *r, struct reply *out)
{
    if (!scenario_may_keep(c))
        return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
    return show(c, r, true, out);
}
