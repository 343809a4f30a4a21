// SPDX-License-Identifier: EUPL-1.2
#include "web/capacity.h"

#include "base/text.h"
#include "web/forecast.h"
#include "web/show.h"
#include "web/tpl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct capacity_typed {
    struct capacity_asked list;
    struct capacity_phone phone;
};

static const struct {
    const char *name, *label, *hint;
    size_t offset;
    double per;      /* what is typed is so many times what is counted with: 100 for a percentage */
    double min, max; /* as typed */
    int decimals;
} fields[CAPACITY_FIELDS] = {
#define IN(member) offsetof(struct capacity_typed, member)
    { "demand", N_("New requests a week (\xce\xbb)"), N_("The last eight weeks."), IN(list.demand), 1, 0,
      10000, 1 },
    { "duration", N_("Weeks that help takes (D)"), N_("On average, the last half year."), IN(list.duration),
      1, .1, 520, 1 },
    { "hours", N_("Full-time workers"), N_("Everybody's hours together, today."), IN(list.hours), 1, .1, 5000,
      1 },
    { "caseload", N_("Residents that a full-time worker helps at once"),
      N_("Times the workers: the places (P). The last half year."), IN(list.caseload), 1, .1, 500, 1 },
    { "queue", N_("People who wait now (Q)"), NULL, IN(list.queue), 1, 0, 1000000, 0 },
    { "leave", N_("Of 100 who wait, leave the list in a week (l)"), N_("Without help, the last half year."),
      IN(list.leave), 100, 0, 50, 1 },
    { "share", N_("The norm: of 100 people, begin in time (p)"), NULL, IN(list.share), 100, 1, 99.9, 0 },
    { "within", N_("In time is: within so many weeks (t)"), NULL, IN(list.within), 1, 0, 260, 1 },
    { "clear", N_("Nobody waits any more after so many weeks (w)"), NULL, IN(list.clear), 1, 1, 520, 0 },
    { "calls", N_("Calls in half an hour"), NULL, IN(phone.calls), 1, 0, 100000, 1 },
    { "handling", N_("Seconds that a call takes (h)"),
      N_("With what is written down after it. Not in the register: fill in your own."), IN(phone.handling), 1,
      1, 36000, 0 },
    { "patience", N_("Seconds that a caller holds on"),
      N_("On average. Not in the register: fill in your own. 0: nobody gives up."), IN(phone.patience), 1, 0,
      36000, 0 },
    { "level", N_("The norm: of 100 calls, answered in time"), NULL, IN(phone.share), 100, 1, 99.9, 0 },
    { "seconds", N_("In time is: within so many seconds"), NULL, IN(phone.within), 1, 0, 3600, 0 },
    { "agents", N_("People at the phone now (n)"), N_("0: count with how many are needed."), IN(phone.agents),
      1, 0, 10000, 0 },
};

static double *number_in(struct capacity_typed *t, size_t i)
{
    return (double *)(void *)((char *)t + fields[i].offset);
}

/* "12,5" and "12.5". */
static bool decimal(const char *text, double *ret_value)
{
    char plain[32];
    size_t n = strlen(text);

    if (n >= sizeof plain)
        return false;
    memcpy(plain, text, n + 1);
    char *comma = strchr(plain, ',');
    if (comma != NULL)
        *comma = '.';
    return text_to_double(plain, n, ret_value);
}

/* No more digits than there are: "0,1" and "99,9", not "0" and "100", which are refused. */
static const char *bound_text(struct ctx *c, double v)
{
    return number_text(c, v, v == floor(v) ? 0 : 1);
}

static const char *wrong_number(struct ctx *c, size_t i)
{
    return filled_text(c, _("Type a number from {1} to {2}."), bound_text(c, fields[i].min),
                       bound_text(c, fields[i].max));
}

/* What was typed instead of the own figures; each that is wrong stands at its field. */
static enum err typed_read(struct ctx *c, const struct req *r, struct capacity_typed *t,
                           struct form_errors *wrong)
{
    enum err e = OK;

    TRY(ctx_alloc(c, CAPACITY_FIELDS, sizeof *wrong->at, (void *)&wrong->at));
    for (size_t i = 0; i < CAPACITY_FIELDS; i++) {
        const char *text = req_query(r, fields[i].name);
        double v;
        if (text_empty(text))
            continue;
        if (!decimal(text, &v) || !(v >= fields[i].min && v <= fields[i].max)) {
            wrong->at[wrong->n++] =
                (struct form_wrong){ fields[i].name, wrong_number(c, i), _(fields[i].label) };
            e = FAIL_FIELD(fields[i].name, "%s", wrong->at[0].text);
        } else
            *number_in(t, i) = v / fields[i].per;
    }
    return e;
}

static void fields_fill(struct ctx *c, const struct req *r, struct capacity_typed *t, struct capacity_page *p)
{
    for (size_t i = 0; i < CAPACITY_FIELDS; i++) {
        const char *typed = req_query(r, fields[i].name);
        double v = *number_in(t, i) * fields[i].per;
        const char *own = isnan(v) ? "" : typed_decimal_text(c, llround(v * 100));
        if (!isnan(v) && fields[i].decimals < 2) /* no more digits than there are */
            own = typed_decimal_text(c, llround(v * pow(10, fields[i].decimals)) *
                                            llround(pow(10, 2 - fields[i].decimals)));
        p->field[i] = (struct field){ .name = fields[i].name,
                                      .label = _(fields[i].label),
                                      .hint = fields[i].hint != NULL ? _(fields[i].hint) : NULL,
                                      .value = !text_empty(typed) ? typed : own,
                                      .inputmode = "decimal",
                                      .error = form_error(&p->wrong, fields[i].name),
                                      .required = true,
                                      .narrow = true };
    }
}

/* ── The answers ──────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *weeks_text(struct ctx *c, double weeks)
{
    if (isinf(weeks) || weeks > 520)
        return _("never");
    return filled_text(c, _("{1} weeks"), number_text(c, weeks, 1), NULL);
}

/* "63 places: 5.2 full-time workers" */
static const char *places_text(struct ctx *c, double places, double hours)
{
    if (isnan(places))
        return _("cannot be said");
    return filled_text(c, _("{1} places: {2} full-time workers"), number_text(c, ceil(places - 1e-9), 0),
                       number_text(c, hours, 1));
}

static void put_row(struct capacity_row *row, size_t *n, const char *label, const char *value,
                    enum capacity_line line)
{
    row[(*n)++] =
        (struct capacity_row){ label, value, capacity_source[line].formula, capacity_source[line].source };
}

static void list_fill(struct ctx *c, const struct capacity_asked *q, struct capacity_page *p)
{
    struct capacity_answer a = capacity_answer_of(q);

    if (!a.whole) {
        p->conclusion = _("Not everything is known that the sums need. Fill in what is empty.");
        return;
    }
    const char *places = number_text(c, a.places, 0);
    put_row(p->row, &p->rows, _("How full it is: demand against the places"), percent_text(c, a.load),
            CAPACITY_LOAD);
    put_row(p->row, &p->rows, filled_text(c, _("Can begin a week, with {1} places"), places, NULL),
            number_text(c, a.starts, 1), CAPACITY_STARTS);
    put_row(p->row, &p->rows, _("Who asks now waits about"), weeks_text(c, a.wait), CAPACITY_WAIT);
    put_row(p->row, &p->rows, _("Needed to keep the norm in the long run"),
            places_text(c, a.norm_places, a.norm_hours), CAPACITY_NORM);
    put_row(
        p->row, &p->rows,
        filled_text(c, _("Needed so that nobody waits after {1} weeks"), number_text(c, q->clear, 0), NULL),
        places_text(c, a.clear_places, a.clear_hours), CAPACITY_CLEAR);
    put_row(p->row, &p->rows, _("With what there is now, nobody waits any more after"),
            weeks_text(c, a.empty), CAPACITY_EMPTY);
    const char *now = number_text(c, q->hours, 1);
    const char *need = isnan(a.norm_hours) ? NULL : number_text(c, a.norm_hours, 1);
    const char *first =
        a.load >= 1 ? _("More people come than can be helped.") : _("There are places enough for who comes.");
    const char *second = need == NULL ? ""
                                      : filled_text(c,
                                                    _("To keep the norm {1} full-time workers are needed; "
                                                      "there are {2}."),
                                                    need, now);
    p->conclusion = filled_text(c, "{1} {2}", first, second);
}

static const char *level_text(struct ctx *c, double share, double wait)
{
    if (isnan(share))
        return _("cannot be said");
    if (isinf(wait))
        return _("they cannot keep up");
    return filled_text(c, _("{1} in time, {2} seconds on average"), percent_text(c, share),
                       number_text(c, wait, 0));
}

static const char *agents_text(struct ctx *c, size_t n)
{
    return n == 0 ? _("cannot be said") : filled_text(c, _("{1} people"), count_text(c, (int64_t)n), NULL);
}

static void phone_fill(struct ctx *c, const struct capacity_phone *q, struct capacity_page *p)
{
    struct capacity_phone_answer a = capacity_phone_answer_of(q);
    bool given = q->agents >= 1;

    if (isnan(a.level)) {
        p->phone_conclusion = _("No calls are known. Fill in how many there are.");
        return;
    }
    put_row(p->phone, &p->phones, _("Needed when everybody holds on (Erlang C)"), agents_text(c, a.need),
            CAPACITY_ERLANG_C);
    put_row(p->phone, &p->phones,
            given ? _("Those who are there, when everybody holds on (Erlang C)")
                  : _("With so many, when everybody holds on (Erlang C)"),
            level_text(c, a.level, a.wait), CAPACITY_ERLANG_C);
    if (q->patience > 0) {
        put_row(p->phone, &p->phones, _("Needed when callers give up (Erlang A)"), agents_text(c, a.need_a),
                CAPACITY_ERLANG_A);
        put_row(p->phone, &p->phones,
                given ? _("Those who are there, when callers give up (Erlang A)")
                      : _("With so many, when callers give up (Erlang A)"),
                level_text(c, a.level_a, a.wait_a), CAPACITY_ERLANG_A);
        put_row(p->phone, &p->phones, _("Of all calls, give up (Erlang A)"), percent_text(c, a.lost),
                CAPACITY_ERLANG_A);
    }
    p->phone_conclusion =
        filled_text(c, _("To answer in time, {1} people must be at the phone in that half hour."),
                    a.need == 0 ? "?" : count_text(c, (int64_t)a.need), NULL);
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err own_fill(struct ctx *c, struct capacity_page *p, struct capacity_typed *t)
{
    struct capacity_phone_own phone;
    struct expected_list l = { .list = p->list };

    if (p->list != INT_NONE)
        TRY(expectation_list_get(c, p->list, &l));
    TRY(capacity_own(c, l.driver, l.drivers, l.there ? (double)l.waiting : NAN, &t->list));
    TRY(capacity_phone_own(c, c->today, &phone));
    t->phone = phone.asked;
    p->counted = _("No calls were counted in the last four weeks.");
    if (phone.half_hour >= 0) {
        char at[32];
        snprintf(at, sizeof at, "%d:%02d", phone.half_hour / 2, phone.half_hour % 2 * 30);
        const char *copy;
        TRY(ctx_copy(c, at, &copy));
        p->counted =
            filled_text(c,
                        _("The busiest half hour of working days begins at {1}; {2} days of the last "
                          "four weeks."),
                        copy, count_text(c, phone.days));
    }
    return OK;
}

enum err web_capacity_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct capacity_page p = { .list_name = "", .conclusion = "", .phone_conclusion = "" };
    struct capacity_typed t = { 0 };

    TRY(may(c, RIGHT_FIGURES));
    TRY(frame_fill(c, r, _("What is needed?"), "/forecast", &p.frame));
    TRY(forecast_list_of(c, r, &p.list));
    if (p.list != INT_NONE) {
        TRY(expectation_list_name(c, p.list, &p.list_name));
        TRY(forecast_tabs(c, "/forecast/capacity", p.list, &p.tab, &p.tabs));
    }
    TRY(own_fill(c, &p, &t));
    enum err e = typed_read(c, r, &t, &p.wrong);
    if (e != OK)
        TRY(wrong_take(c, e, out, &p.wrong));
    fields_fill(c, r, &t, &p);
    if (e == OK) {
        list_fill(c, &t.list, &p);
        phone_fill(c, &t.phone, &p);
    }
    return capacity_html(c, &out->body, &p);
}
