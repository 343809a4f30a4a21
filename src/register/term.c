// SPDX-License-Identifier: EUPL-1.2
#include "register/term.h"

#include "base/text.h"

#include <assert.h>

/* Inside, time is half open: [from, to), in days or, for a term in hours, in seconds. */
#define NEVER INT64_MAX

struct run {
    const struct calendar *k;
    const struct term *t;
    const struct term_change *change;
    size_t n;
    int64_t now; /* the end of what is known: the stop or now */
    int64_t first, end;
};

static bool in_hours(const struct run *r)
{
    return r->t->length.unit == TERM_HOURS;
}

/* The day, or the second. */
static int64_t tick(const struct run *r, int64_t at)
{
    return in_hours(r) ? at : time_nl_day(at);
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* "From the day after": a day is whole. */
static int64_t change_from(const struct run *r, const struct term_change *c)
{
    return tick(r, c->at) + (in_hours(r) ? 0 : 1);
}

/* "Up to the day": that day is not in it. What is not over yet lasts as long as we know, with today. */
static int64_t change_to(const struct run *r, const struct term_change *c)
{
    return c->until == TIME_NONE ? r->end : tick(r, c->until);
}

static bool is_interval(const struct run *r, const struct term_change *c)
{
    return (c->kind == TERM_STILL || c->kind == TERM_WAIT) && c->at <= r->now &&
           change_from(r, c) < change_to(r, c);
}

static bool covers(const struct run *r, const struct term_change *c, int64_t at)
{
    return is_interval(r, c) && change_from(r, c) <= at && at < change_to(r, c);
}

/* When several others must act at once, the resident is named first: the letter to them is what is waited
 * for. */
static bool before(enum party a, enum party b)
{
    static const int rank[PARTIES] = {
        [PARTY_RESIDENT] = 0, [PARTY_THIRD] = 1, [PARTY_MUNICIPALITY] = 2, [PARTY_US] = 3
    };

    return rank[a] < rank[b];
}

/* A stretch in which one party had to act. Days `from` up to and without `to`; for hours: seconds. */
struct segment {
    int64_t from, to, length;
    enum party party;
    bool still;
};

/* Who must act at this day, whether the term stands still, and until when that stays the same. */
static struct segment look_at(const struct run *r, int64_t at)
{
    struct segment s = { .from = at, .to = NEVER, .party = r->t->owner };
    bool waits = false;

    for (size_t i = 0; i < r->n; i++) {
        const struct term_change *c = &r->change[i];
        if (!is_interval(r, c))
            continue;
        if (change_from(r, c) > at)
            s.to = sooner(s.to, change_from(r, c));
        if (!covers(r, c, at))
            continue;
        s.to = sooner(s.to, change_to(r, c));
        bool still = c->kind == TERM_STILL;
        if ((still && !s.still) || (still == s.still && (!(waits || s.still) || before(c->party, s.party))))
            s.party = c->party;
        s.still = s.still || still;
        waits = true;
    }
    return s;
}

static int64_t count_units(const struct run *r, int64_t from, int64_t to)
{
    if (r->t->length.unit == TERM_WORKING_DAYS)
        return calendar_working_between(r->k, (int32_t)from - 1, (int32_t)to - 1);
    return to - from;
}

/* The end of n units that run from `at`, when nothing stands still. */
static int64_t add_units(const struct run *r, int64_t at, int64_t n)
{
    if (r->t->length.unit == TERM_WORKING_DAYS)
        return (int64_t)calendar_add_working(r->k, (int32_t)at - 1, (int32_t)n) + 1;
    return at + n;
}

/* The end of n units from `at`, past everything that stands still. */
static int64_t run_on(const struct run *r, int64_t at, int64_t n)
{
    for (;;) {
        struct segment s = look_at(r, at);
        if (s.to == NEVER)
            return add_units(r, at, n);
        if (!s.still) {
            int64_t can = count_units(r, at, s.to);
            if (can >= n)
                return add_units(r, at, n);
            n -= can;
        }
        at = s.to;
    }
}

/* How many units the length is: months count from the start. */
static int64_t units_of(const struct run *r)
{
    struct term_length l = r->t->length;
    int32_t start = time_nl_day(r->t->start);

    switch (l.unit) {
    case TERM_WEEKS:
        return 7 * (int64_t)l.amount;
    case TERM_MONTHS:
        return date_add_months(start, l.amount) - start;
    case TERM_YEARS:
        return date_add_months(start, 12 * l.amount) - start;
    case TERM_HOURS:
        return 3600 * (int64_t)l.amount;
    default:
        return l.amount;
    }
}

/* Whether a term of this length is moved from a weekend or holiday (Atw art. 4 says which are not). */
static bool moves(struct term_length l)
{
    static const int longest[] = { [TERM_DAYS] = 90, [TERM_WEEKS] = 12,       [TERM_MONTHS] = 3,
                                   [TERM_YEARS] = 0, [TERM_WORKING_DAYS] = 0, [TERM_HOURS] = 0 };

    return l.legal && l.amount <= longest[l.unit];
}

/* A term of at least three days holds two days that are no Saturday, Sunday or holiday (Atw art. 2), and does
 * not end on one of those (art. 1). */
static int64_t move(const struct run *r, int64_t end, struct term_length l)
{
    int32_t day = (int32_t)end - 1;
    int open = 0;

    if (!moves(l))
        return end;
    if (units_of(r) >= 3 && units_of(r) <= 14) {
        for (int64_t at = r->first; at < end && open < 2; at++)
            open += calendar_legal_end(r->k, (int32_t)at) == at && !look_at(r, at).still;
        for (; open < 2; day++)
            open += calendar_legal_end(r->k, day + 1) == day + 1;
    }
    return (int64_t)calendar_legal_end(r->k, day) + 1;
}

static int64_t days_of(const struct term_change *extension)
{
    return extension->unit == TERM_WEEKS ? 7 * (int64_t)extension->amount : extension->amount;
}

/* Of two at the same moment the longer one. */
static bool comes_first(const struct term_change *a, const struct term_change *b)
{
    return b == NULL || a->at < b->at || (a->at == b->at && days_of(a) > days_of(b));
}

/* Longer once: the first extension that was said within the term. */
static int64_t extend(const struct run *r, int64_t end, struct term_state *s)
{
    const struct term_change *first = NULL;
    struct term_length l = r->t->length;

    for (size_t i = 0; i < r->n; i++)
        if (r->change[i].kind == TERM_EXTEND && r->change[i].at <= r->now &&
            comes_first(&r->change[i], first))
            first = &r->change[i];
    if (first == NULL)
        return end;
    if (tick(r, first->at) >= end) {
        s->too_late = true;
        return end;
    }
    s->extended = true;
    l.amount += first->unit == l.unit ? first->amount : 1000; /* another unit: together they are long */
    return move(r, run_on(r, r->first, units_of(r) + days_of(first)), l);
}

/* A later day that was named within the term; what stands still after that comes on top. */
static int64_t postpone(const struct run *r, int64_t end, struct term_state *s)
{
    int64_t latest = end;

    for (size_t i = 0; i < r->n; i++) {
        const struct term_change *c = &r->change[i];
        if (c->kind != TERM_POSTPONE || c->at > r->now || c->until == TIME_NONE || in_hours(r))
            continue;
        int64_t from = tick(r, c->at), to = tick(r, c->until);
        if (from >= end) {
            s->too_late = true;
            continue;
        }
        if (to >= from) {
            struct run named = *r;
            struct term days = *r->t;
            days.length = (struct term_length){ 1, TERM_DAYS, false };
            named.t = &days;
            latest = later(latest, to == from ? to + 1 : run_on(&named, from + 1, to - from));
        }
    }
    s->postponed = latest > end;
    return latest;
}

static void begin(struct run *r, const struct calendar *k, const struct term *t,
                  const struct term_change *change, size_t n, int64_t now)
{
    bool stopped = t->stop != TIME_NONE && t->stop <= now;

    *r = (struct run){ k, t, change, n, stopped ? t->stop : now, 0, 0 };
    r->first = tick(r, t->start) + (in_hours(r) ? 0 : 1);
    r->end = later(tick(r, r->now) + (in_hours(r) ? 0 : 1), r->first);
}

/* The part of a stretch up to the end of what is known. */
static struct segment segment_at(const struct run *r, int64_t at)
{
    struct segment s = look_at(r, at);

    s.to = sooner(s.to, r->end);
    s.length = s.to - s.from;
    return s;
}

static void add_up(const struct run *r, struct term_state *s)
{
    for (int64_t at = r->first; at < r->end;) {
        struct segment g = segment_at(r, at);
        s->total += g.length;
        s->party[g.party] += g.length;
        if (g.still) {
            s->stood += g.length;
            s->stood_for[g.party] += g.length;
        } else {
            s->ran += g.length;
            s->used += count_units(r, g.from, g.to);
        }
        at = g.to;
    }
}

void term_look(const struct calendar *k, const struct term *t, const struct term_change *change, size_t n,
               int64_t now, struct term_state *ret_state)
{
    struct term_state s = { 0 };
    struct run r;

    assert(t->length.amount > 0);
    begin(&r, k, t, change, n, now);
    int64_t end = move(&r, run_on(&r, r.first, units_of(&r)), t->length);
    end = postpone(&r, extend(&r, end, &s), &s);
    add_up(&r, &s);
    int64_t today = tick(&r, r.now);
    struct segment last = look_at(&r, later(today, r.first));
    s.acts = last.party;
    s.still = last.still;
    if (in_hours(&r)) {
        s.due_at = end;
        s.due = time_nl_day(end);
        s.left = end - today;
    } else {
        s.due = (int32_t)(end - 1);
        s.due_at = time_of_nl_day((int32_t)end, 0);
        s.left = end - 1 - today;
    }
    bool stopped = t->stop != TIME_NONE && t->stop <= now, late = s.left < 0;
    s.verdict = stopped ? (late ? TERM_NOT_KEPT : TERM_KEPT) : late ? TERM_OVER : TERM_RUNNING;
    *ret_state = s;
}

static const struct {
    const char *code, *name;
} parties[PARTIES] = {
    [PARTY_US] = { "us", N_("us") },
    [PARTY_MUNICIPALITY] = { "municipality", N_("the municipality") },
    [PARTY_RESIDENT] = { "resident", N_("the resident") },
    [PARTY_THIRD] = { "third", N_("someone else") },
};

const char *party_code(enum party party)
{
    return parties[party].code;
}

bool party_find(const char *code, enum party *ret_party)
{
    for (size_t i = 0; i < PARTIES; i++)
        if (text_is(parties[i].code, code)) {
            *ret_party = (enum party)i;
            return true;
        }
    return false;
}

const char *party_name(const struct ctx *c, enum party party)
{
    return _(parties[party].name);
}
