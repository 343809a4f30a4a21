// SPDX-License-Identifier: EUPL-1.2
#include "web/presence.h"

#include "base/text.h"
#include "web/place.h"
#include "web/show.h"
#include "web/tpl_rt.h"

#include <stdio.h>

#define MENU "/presence"

const char *session_time(struct ctx *c, const struct presence *s)
{
    return text_made(c, "%s - %s", clock_text(c, s->starts), clock_text(c, s->ends));
}

const char *session_look(const char *state)
{
    if (text_is(state, PRESENCE_HELD))
        return "success";
    if (text_is(state, PRESENCE_CANCELLED))
        return "danger";
    return text_is(state, PRESENCE_PROMISED) ? "neutral" : "warning";
}

/* Where a session is: its record, or its plan and day. */
static const char *session_url(struct ctx *c, const struct presence *s)
{
    char day[11];

    if (s->id != INT_NONE)
        return text_made(c, "/presence/%lld", (long long)s->id);
    date_iso(s->day, day);
    return text_made(c, "/hours/%lld/%s", (long long)s->hour, day);
}

/* A promise that is over and of which nothing was written down. */
static bool is_unknown(const struct ctx *c, const struct presence *s)
{
    return s->day < c->today && (text_is(s->state, PRESENCE_PROMISED) || text_is(s->state, PRESENCE_OPEN));
}

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Place"), TEXT, N_("Neighbourhood")),
    SHEET_COLUMN_SUB(N_("Day"), DAY, N_("Time")),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN_SUB(N_("State"), BADGE, N_("Reason")),
    SHEET_COLUMN(N_("Visitors"), COUNT),
    SHEET_COLUMN(N_("Questions"), COUNT),
    SHEET_COLUMN(N_("Did not fit"), COUNT),
};

static enum err row_add(struct ctx *c, const struct config *k, const struct presence *p, struct sheet *s)
{
    bool counted = text_is(p->state, PRESENCE_HELD) || p->questions > 0;
    bool unknown = is_unknown(c, p);

    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, p->place_name);
    sheet_sub(s, config_neighbourhood_name(k, p->neighbourhood));
    TRY(sheet_link(c, s, "%s", session_url(c, p)));
    sheet_day(s, p->day);
    sheet_sub(s, session_time(c, p));
    sheet_text(s, config_team_name(k, p->team));
    sheet_badge(s, unknown ? _("Not written down") : presence_state_name(c, p->state),
                unknown ? "danger" : session_look(p->state));
    if (p->reason != NULL)
        sheet_sub(s, code_text(c, presence_reasons, presence_reason_count, p->reason));
    sheet_count(s, p->visitors);
    sheet_count(s, counted ? p->questions : INT_NONE);
    sheet_count(s, counted ? p->unhandled : INT_NONE);
    return OK;
}

static enum err filter_read(struct ctx *c, const struct req *r, struct presence_filter *f)
{
    bool unknown = text_is(req_query(r, "part"), "unknown");

    *f = (struct presence_filter){ query_day(c, r, "from", unknown ? c->today - 28 : c->today),
                                   query_day(c, r, "to", unknown ? c->today : c->today + 13),
                                   query_int(r, "place", INT_NONE), query_int(r, "team", INT_NONE) };
    if (f->to < f->from || f->to - f->from > 800)
        f->to = f->from + 13;
    return OK;
}

static enum err keep_fill(struct ctx *c, const struct req *r, struct panel_list *p)
{
    struct pair *keep;

    TRY(ctx_alloc(c, 2, sizeof *keep, (void *)&keep));
    if (query_int(r, "place", 0) > 0)
        keep[p->n_keep++] = (struct pair){ "place", req_query(r, "place") };
    if (text_is(req_query(r, "part"), "unknown"))
        keep[p->n_keep++] = (struct pair){ "part", "unknown" };
    p->keep = keep;
    return OK;
}

enum err web_presence_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "presence",
                       .title = _("Consultation hours and places"),
                       .day = c->today,
                       .empty = _("No consultation hours in this period."),
                       SHEET_COLUMNS(columns) };
    const struct config *k;
    struct presence_filter f;
    struct presence *row;
    size_t n;

    TRY(config_get(c, &k));
    TRY(filter_read(c, r, &f));
    TRY(presence_list(c, &f, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (!text_is(req_query(r, "part"), "unknown") || is_unknown(c, &row[i]))
            TRY(row_add(c, k, &row[i], &s));
    s.filter = text_made(c, "%s - %s", day_text(c, f.from), day_text(c, f.to));
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    place_tabs_fill(c, "/presence", &p);
    TRY(panel_filter_fill(c, &(struct panel_filter){ f.from, f.to, f.team, true }, "/presence", &p));
    TRY(keep_fill(c, r, &p));
    p.link[0] = (struct panel_link){ _("Calendar file"),
                                     f.team == INT_NONE
                                         ? "/presence.ics"
                                         : text_made(c, "/presence.ics?team=%lld", (long long)f.team) };
    p.links = 1;
    if (c->actor->worker != INT_NONE)
        p.link[p.links++] = (struct panel_link){ _("My appointments"), "/appointments.ics" };
    if (user_may(c, RIGHT_CONTACT)) {
        p.new_url = "/presence/new";
        p.new_label = _("Extra session");
    }
    return panel_list_show(c, r, &s, &p, out);
}

/* ── Sums ─────────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column sum_columns[] = {
    SHEET_COLUMN_SUB(N_("Where"), TEXT, N_("Inhabitants")),
    SHEET_COLUMN(N_("Hours promised"), DECIMAL),
    SHEET_COLUMN_SUB(N_("Hours held"), DECIMAL, N_("Hours of our people")),
    SHEET_COLUMN_SUB(N_("Hours cancelled"), DECIMAL, N_("Hours not written down")),
    SHEET_COLUMN(N_("Visitors"), COUNT),
    SHEET_COLUMN_SUB(N_("Questions"), COUNT, N_("Became a request")),
    SHEET_COLUMN_SUB(N_("Did not fit"), COUNT, N_("Did not fit, per hour")),
};
static const struct sheet_column hood_columns[] = {
    SHEET_COLUMN_SUB(N_("Where"), TEXT, N_("Inhabitants")),
    SHEET_COLUMN_SUB(N_("Asked for help, per 1,000"), DECIMAL, N_("How sure")),
    SHEET_COLUMN(N_("Hours promised"), DECIMAL),
    SHEET_COLUMN_SUB(N_("Hours held"), DECIMAL, N_("Hours of our people")),
    SHEET_COLUMN_SUB(N_("Hours cancelled"), DECIMAL, N_("Hours not written down")),
    SHEET_COLUMN(N_("Visitors"), COUNT),
    SHEET_COLUMN_SUB(N_("Questions"), COUNT, N_("Became a request")),
    SHEET_COLUMN_SUB(N_("Did not fit"), COUNT, N_("Did not fit, per hour")),
};

/* Minutes as hundredths of an hour. */
static int64_t hundredths(int64_t minutes)
{
    return (minutes * 100 + 30) / 60;
}

/* What stands below a number, in words; nothing for nothing. */
static void sub_add(struct ctx *c, struct sheet *s, int64_t v, const char *words)
{
    if (v > 0)
        sheet_sub(s, text_made(c, "%s %s", words, number_text(c, (double)v / 100, v % 100 == 0 ? 0 : 2)));
}

/* "1,2" and below it "12 people, 0,7 - 2,1". */
static void reach_add(struct ctx *c, const struct presence_sum *m, struct sheet *s)
{
    bool known = m->asked != INT_NONE;

    sheet_count(s, known ? (int64_t)(m->per_thousand * 100 + 0.5) : INT_NONE);
    if (known)
        sheet_sub(s, text_made(c, _("%d asked, %s - %s"), (int)m->asked, number_text(c, m->lower, 1),
                               number_text(c, m->upper, 1)));
}

static enum err sum_row(struct ctx *c, const struct presence_sum *m, const char *path, struct sheet *s)
{
    bool known =
        m->held > 0 || m->questions > 0; /* nobody was there: nothing is known of who would have come */

    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, m->name);
    if (m->inhabitants != INT_NONE)
        sheet_sub(s, count_text(c, m->inhabitants));
    if (path != NULL)
        TRY(sheet_link(c, s, "%s/%lld", path, (long long)m->id));
    else
        reach_add(c, m, s);
    sheet_count(s, hundredths(m->promised_minutes));
    sheet_count(s, hundredths(m->held_minutes));
    sub_add(c, s, hundredths(m->worker_minutes), _("our people"));
    sheet_count(s, hundredths(m->cancelled_minutes));
    sub_add(c, s, hundredths(m->unknown_minutes), _("unknown"));
    sheet_count(s, m->held > 0 ? m->visitors : INT_NONE);
    sheet_count(s, known ? m->questions : INT_NONE);
    sub_add(c, s, m->requests * 100, _("requests"));
    sheet_count(s, known ? m->unhandled : INT_NONE);
    if (m->held_minutes > 0)
        sub_add(c, s, (m->unhandled * 6000 + m->held_minutes / 2) / m->held_minutes, _("per hour"));
    return OK;
}

static enum err sums_show(struct ctx *c, const struct req *r, bool places, struct reply *out)
{
    const char *path = places ? "/presence/sums" : "/presence/neighbourhoods";
    struct panel_list p = { 0 };
    struct sheet s = { .object = "presence_sum",
                       .title = places ? _("Presence by place") : _("Presence by neighbourhood"),
                       .day = c->today,
                       .empty = _("There are no places yet."),
                       SHEET_COLUMNS(sum_columns) };
    struct panel_filter f = { query_day(c, r, "from", c->today - 90), query_day(c, r, "to", c->today),
                              INT_NONE, false };
    struct presence_sum *sum;
    size_t n;

    if (!places) {
        s.column = hood_columns;
        s.columns = COUNT(hood_columns);
    }
    if (f.to < f.from || f.to - f.from > 800)
        f.from = f.to - 90;
    TRY(places ? presence_by_place(c, f.from, f.to, &sum, &n)
               : presence_by_neighbourhood(c, f.from, f.to, &sum, &n));
    for (size_t i = 0; i < n; i++)
        TRY(sum_row(c, &sum[i], places ? "/places" : NULL, &s));
    s.filter = text_made(c, "%s - %s", day_text(c, f.from), day_text(c, f.to));
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    p.lead = places
                 ? _("Sessions up to today. What was not written down counts as promised, never as held.")
                 : _("Sessions up to today. Neighbourhoods where nobody was present stand first. Who asked "
                     "for help counts where the resident lives, whatever the way.");
    place_tabs_fill(c, path, &p);
    TRY(panel_filter_fill(c, &f, path, &p));
    return panel_list_show(c, r, &s, &p, out);
}

enum err web_presence_places_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return sums_show(c, r, true, out);
}

enum err web_presence_neighbourhoods_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return sums_show(c, r, false, out);
}

/* ── Today ────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* The own team, or all. */
static struct presence_filter own(const struct ctx *c, int32_t from, int32_t to)
{
    return (struct presence_filter){ from, to, INT_NONE, c->actor->team };
}

static enum err rows_add(struct ctx *c, const struct presence *row, size_t n, bool unknown,
                         struct today_block *b)
{
    b->count = 0;
    for (size_t i = 0; i < n; i++) {
        struct today_row *to;
        if (unknown != is_unknown(c, &row[i]))
            continue;
        b->count++;
        if ((to = today_row_add(b)) == NULL)
            continue;
        to->text = row[i].place_name;
        to->sub = unknown ? text_made(c, "%s, %s", day_text(c, row[i].day), session_time(c, &row[i]))
                          : session_time(c, &row[i]);
        to->url = session_url(c, &row[i]);
        to->badge = unknown ? NULL : presence_state_name(c, row[i].state);
        to->look = session_look(row[i].state);
    }
    return OK;
}

enum err today_sessions(struct ctx *c, struct today_block *b)
{
    struct presence_filter f = own(c, c->today, c->today);
    struct presence *row;
    size_t n;

    b->title = _("Consultation hours today");
    b->url = "/presence";
    b->empty = _("There are no consultation hours today.");
    TRY(presence_list(c, &f, &row, &n));
    return rows_add(c, row, n, false, b);
}

enum err today_sessions_unknown(struct ctx *c, struct today_block *b)
{
    struct presence_filter f = own(c, c->today - 28, c->today - 1);
    struct presence *row;
    size_t n;

    b->title = _("Consultation hours not written down");
    b->url = "/presence?part=unknown";
    b->empty = _("Every consultation hour of the last four weeks was written down.");
    TRY(presence_list(c, &f, &row, &n));
    return rows_add(c, row, n, true, b);
}

enum err today_unhandled(struct ctx *c, struct today_block *b)
{
    struct unhandled *u;
    size_t n;

    TRY(presence_unhandled(c, c->now - 28 * (int64_t)SECONDS_A_DAY, &u, &n));
    b->title = _("Questions that did not fit");
    b->url = "/presence/sums";
    b->empty = _("All questions in consultation hours were dealt with.");
    b->count = (int64_t)n;
    for (size_t i = n; i > 0; i--) { /* the newest first */
        struct today_row *to = today_row_add(b);
        if (to == NULL)
            break;
        to->text = u[i - 1].place_name;
        to->sub = text_made(c, _("%s: %d of %d questions"), day_text(c, u[i - 1].day),
                            (int)u[i - 1].unhandled, (int)u[i - 1].questions);
        to->url = text_made(c, "/presence/%lld", (long long)u[i - 1].presence);
    }
    return OK;
}
