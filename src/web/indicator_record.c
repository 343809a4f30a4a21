// SPDX-License-Identifier: EUPL-1.2
/* The records behind a figure, for who may see them: each kind by its own list, which knows its rights and
 * logs the look. */
#include "base/text.h"
#include "measure/part_measure.h"
#include "register/right.h"
#include "web/indicator_core.h"
#include "web/indicator_seen.h"
#include "web/record.h"
#include "web/sheet_view.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

enum { ROWS_MAX = 5000, OUTSIDER_MIN = 10 };

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Record"), TEXT), SHEET_COLUMN(N_("Date"), DAY),  SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("What"), TEXT),   SHEET_COLUMN(N_("Part"), TEXT), SHEET_COLUMN(N_("Counts as"), BADGE),
    SHEET_COLUMN(N_("Value"), TEXT),
};

static const char *mark_name(const struct ctx *c, const struct part *p, uint8_t mark)
{
    bool time = p->calc == CALC_TIME || (p->calc == CALC_FIGURE && p->unit == MEASURE_DAYS);

    switch (mark) {
    case PART_YES:
        return time ? _("finished") : _("yes");
    case PART_NO:
        return time ? _("cut short") : _("no");
    case PART_NOT_YET:
        return time ? _("still runs") : _("not yet");
    default:
        return _("counted");
    }
}

static const char *value_text(struct ctx *c, const struct part *p, const struct indicator_record *r)
{
    if (r->code != NULL)
        return indicator_code_name(c, r->code);
    if (r->value == INT64_MIN)
        return "";
    if (p->unit == MEASURE_HOURS)
        return filled_text(c, _("{1} minutes"), count_text(c, r->value), "");
    if (p->unit == MEASURE_DAYS || p->unit == MEASURE_SECONDS)
        return unit_text(c, p, (double)r->value);
    if (p->calc == CALC_FIGURE || p->calc == CALC_STOCK || p->calc == CALC_STOCK_SHARE)
        return filled_text(c, r->value == 1 ? _("{1} day") : _("{1} days"), count_text(c, r->value), "");
    return count_text(c, r->value);
}

static enum err record_put(struct ctx *c, struct sheet *s, const struct part *p,
                           const struct indicator_record *r, const struct indicator_seen *seen)
{
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, seen->number);
    if (seen->url != NULL)
        TRY(sheet_link(c, s, "%s", seen->url));
    sheet_day(s, seen->day);
    sheet_text(s, seen->team);
    sheet_text(s, seen->what);
    sheet_text(s, p->row->part);
    sheet_badge(s, mark_name(c, p, r->mark), r->mark == PART_NO ? "warning" : "neutral");
    sheet_text(s, value_text(c, p, r));
    return OK;
}

/* "Failure demand, of all contacts (T4, version 1): n = 120." */
static const char *part_words(struct ctx *c, const struct indicator_measuring *g, const struct part *p,
                              size_t n)
{
    char version[24];
    const char *id = "", *which;

    *text_put_int(version, p->version) = '\0';
    if (ctx_copy(c, p->row->id, &id) != OK)
        id = "";
    which = filled_text(c, _("{1}, version {2}"), id, version);
    return filled_text(
        c, "{1}: {2}.", filled_text(c, "{1} ({2})", part_what(c, p), which),
        filled_text(c, _("n = {1}"),
                    !g->small && n > 0 && n < FEW ? _("fewer than 5") : count_text(c, (int64_t)n), ""));
}

static enum err part_rows_put(struct ctx *c, struct indicator_measuring *g, const struct part *p,
                              struct sheet *s, const char **lead)
{
    enum fact_set set = p->calc == CALC_FIGURE ? FACT_REQUEST : p->set;
    struct indicator_record *record = NULL;
    struct indicator_seen *seen = NULL, line = { .number = NULL };
    size_t n, seens = 0, closed = 0;

    TRY(indicator_records(c, &g->facts, p, &g->q, &record, &n));
    *lead = filled_text(c, **lead != '\0' ? "{1} {2}" : "{1}{2}", *lead, part_words(c, g, p, n));
    /* who only gets figures does not learn of single records behind a small one */
    if (c->actor->role == ROLE_ACCOUNT_MANAGER && n < OUTSIDER_MIN)
        return OK;
    if (!indicator_is_line(set))
        TRY(indicator_seen_get(c, &g->facts, set, record, n, &seen, &seens));
    for (size_t i = 0; i < n && s->n < ROWS_MAX; i++) {
        const struct indicator_seen *one = NULL;
        if (!indicator_is_line(set))
            one = indicator_seen_find(seen, seens, record[i].record);
        else if (indicator_line(c, &g->facts, set, record[i].row, &line))
            one = &line;
        if (one != NULL)
            TRY(record_put(c, s, p, &record[i], one));
        else
            closed++;
    }
    if (closed > 0 &&
        (g->small || n >= FEW)) /* or the list is shorter than the figure, and nobody knows why */
        *lead = filled_text(
            c, "{1} {2}", *lead,
            filled_text(c, _("Records that you may not see: {1}."), count_text(c, (int64_t)closed), ""));
    return OK;
}

/* Whether this user may look behind any part of the indicator. */
bool indicator_records_shown(struct ctx *c, const struct indicators *all, const char *id)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct part *p = &all->part[i];
        if (text_is(p->row->id, id) && indicator_has_records(p) && indicator_may_read(c, p) &&
            indicator_seen_may(c, p->calc == CALC_FIGURE ? FACT_REQUEST : p->set))
            return true;
    }
    return false;
}

static enum err sheet_fill(struct ctx *c, struct indicator_measuring *g, const char *id, struct sheet *s,
                           const char **lead)
{
    for (size_t i = 0; i < g->all.n; i++) {
        const struct part *p = &g->all.part[i];
        enum fact_set set = p->calc == CALC_FIGURE ? FACT_REQUEST : p->set;
        if (text_is(p->row->id, id) && indicator_has_records(p) && indicator_may_read(c, p) &&
            indicator_counts(&g->all, p, c->today) && indicator_seen_may(c, set))
            TRY(part_rows_put(c, g, p, s, lead));
    }
    return OK;
}

enum err web_indicator_records_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct indicator_measuring g;
    struct indicator_asked a;
    struct record_list_page *p;
    const char *lead = "";
    size_t first, n;

    TRY(may(c, RIGHT_FIGURES));
    indicator_asked_of(c, r, 'p', &a);
    TRY(indicator_question(c, &a, &g));
    if (!indicator_find(&g.all, a.id, &first, &n) || !indicator_may_read(c, &g.all.part[first]))
        return FAIL(E_NOT_FOUND, "%s", _("There is no such figure."));
    if (!indicator_records_shown(c, &g.all, a.id))
        return FAIL(E_FORBIDDEN, "%s", _("You may not see or do this."));
    TRY(facts_read_records(c, c->now, &g.facts));
    struct sheet s = { .object = "indicator",
                       .title = filled_text(c, _("{1}: the records behind it"), a.id, ""),
                       .filter = indicator_words(c, &a),
                       .day = c->today,
                       .empty = _("No record that you may see belongs to this figure."),
                       SHEET_COLUMNS(columns) };
    TRY(sheet_fill(c, &g, a.id, &s, &lead));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(frame_fill(c, r, s.title, "/indicators", &p->frame));
    p->lead = lead;
    const char *query = strchr(r->target, '?');
    p->back = filled_text(c, "/indicators/{1}{2}", a.id, query != NULL ? query : "");
    p->back_label = filled_text(c, _("{1} itself"), a.id, "");
    if (s.n >= ROWS_MAX)
        p->lead = filled_text(
            c, "{1} {2}", lead,
            filled_text(c, _("These are the first {1}. Choose a shorter period or one team to see others."),
                        count_text(c, ROWS_MAX), ""));
    TRY(sheet_view_fill(c, r, &s, &p->sheet));
    return record_list_html(c, &out->body, p);
}
