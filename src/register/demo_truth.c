// SPDX-License-Identifier: EUPL-1.2
#include "forecast/town_truth.h"
#include "register/config.h"
#include "register/demo_core.h"
#include "register/demo_outside.h"

struct writing {
    const struct demo_made *made;
    const struct config *k;
    struct buf *out;
    double *scratch;
    bool first; /* no comma yet */
};

/* A row begins with its team; null is all of them together. */
static void begin_row(struct writing *w, int team)
{
    buf_str(w->out, w->first ? "\n    {\"team\": " : ",\n    {\"team\": ");
    buf_json(w->out, team >= 0 ? demo_team_name(team) : NULL);
    w->first = false;
}

static void put_int(struct buf *out, const char *name, int64_t v)
{
    buf_printf(out, ", \"%s\": ", name);
    buf_int(out, v);
}

static void put_number(struct buf *out, const char *name, double v)
{
    buf_printf(out, ", \"%s\": ", name);
    buf_number(out, v, 12);
}

static void put_quarter(struct writing *w, int year, int quarter, int team)
{
    int32_t day = date_from_civil(year, 3 * quarter - 2, 1);
    int64_t from = time_of_nl_day(day, 0), to = time_of_nl_day(date_add_months(day, 3), 0);
    struct town_truth t;

    town_truth_get(&w->made->town, team, from, to, w->k->norm_days, w->scratch, &t);
    if (t.received == 0 && t.started == 0)
        return;
    begin_row(w, team);
    buf_printf(w->out, ", \"quarter\": \"%d-Q%d\"", year, quarter);
    put_int(w->out, "received", t.received);
    put_int(w->out, "duplicates", t.duplicates);
    put_int(w->out, "started", t.started);
    put_int(w->out, "left", t.left);
    put_int(w->out, "waits", t.waits);
    put_number(w->out, "p50_days", t.wait_days[0]);
    put_number(w->out, "p80_days", t.wait_days[1]);
    put_number(w->out, "p90_days", t.wait_days[2]);
    put_number(w->out, "within_14_days", t.within_14_days);
    put_number(w->out, "within_42_days", t.within_42_days);
    put_number(w->out, "within_norm", t.within_norm);
    buf_char(w->out, '}');
}

/* The list that was taken over was asked in the months before the first day. */
static void put_quarters(struct writing *w)
{
    const struct town_param *p = &w->made->town.param;
    struct civil from = date_to_civil(date_add_months(p->from, -4)), to = date_to_civil(p->to);
    int last = to.year * 4 + (to.month - 1) / 3;

    w->first = true;
    for (int q = from.year * 4 + (from.month - 1) / 3; q <= last; q++)
        for (int team = TOWN_ALL_TEAMS; team < TOWN_TEAMS; team++)
            put_quarter(w, q / 4, q % 4 + 1, team);
}

static void put_month_ends(struct writing *w)
{
    const struct town_param *p = &w->made->town.param;
    struct civil from = date_to_civil(p->from);
    int32_t first = date_from_civil(from.year, from.month, 1);

    w->first = true;
    for (int m = 1; date_add_months(first, m) <= p->to + 1; m++)
        for (int team = TOWN_ALL_TEAMS; team < TOWN_TEAMS; team++) {
            int32_t day = date_add_months(first, m) - 1;
            int64_t duplicates,
                waiting = town_waiting_at(&w->made->town, team, time_of_nl_day(day + 1, 0) - 1, &duplicates);
            begin_row(w, team);
            buf_lit(w->out, ", \"day\": \"");
            buf_date(w->out, day);
            buf_lit(w->out, "\"");
            put_int(w->out, "waiting", waiting);
            put_int(w->out, "duplicates", duplicates);
            buf_char(w->out, '}');
        }
}

/* What was counted outside: chances, a mean mark, median days. */
static void put_outside(struct writing *w)
{
    for (size_t i = 0; i < DEMO_OUTSIDE_PARTS; i++) {
        const struct demo_outside_part *p = &demo_outside_parts[i];
        buf_printf(w->out, "%s\n    {\"indicator\": \"%s\", \"part\": \"%s\"", i > 0 ? "," : "", p->id,
                   p->part);
        put_number(w->out, "value", demo_outside_truth(p->id, p->part, NULL, 0));
        buf_char(w->out, '}');
    }
}

enum err demo_truth_json(struct ctx *c, const struct demo_made *made, struct buf *out)
{
    const struct town_param *p = &made->town.param;
    struct writing w = { .made = made, .out = out };

    TRY(config_get(c, &w.k));
    TRY(ctx_alloc(c, made->town.n + 1, sizeof *w.scratch, (void *)&w.scratch));
    buf_printf(out, "{\"seed\": %llu, \"scale\": ", (unsigned long long)p->seed);
    buf_number(out, p->scale, 12);
    buf_lit(out, ", \"from\": \"");
    buf_date(out, p->from);
    buf_lit(out, "\", \"to\": \"");
    buf_date(out, p->to);
    buf_lit(out, "\", \"at\": \"");
    buf_time(out, p->now);
    buf_lit(out, "\"");
    put_int(out, "requests", made->requests);
    put_int(out, "events", made->events);
    buf_lit(out, ",\n  \"quarters\": [");
    put_quarters(&w);
    buf_lit(out, "],\n  \"month_ends\": [");
    put_month_ends(&w);
    buf_lit(out, "],\n  \"outside\": [");
    put_outside(&w);
    buf_lit(out, "]}\n");
    return out->failed ? FAIL(E_NOMEM, "%s", "") : OK;
}
