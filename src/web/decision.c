// SPDX-License-Identifier: EUPL-1.2
#include "web/decision.h"

#include "base/text.h"
#include "register/config.h"
#include "register/person.h"
#include "web/law.h"
#include "web/show.h"
#include "web/tpl.h"

#include <math.h>

enum { ENOUGH = 20 }; /* below this many, no percentage */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN_SUB(N_("What for"), TEXT, N_("Step")),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Received on"), DAY),
    SHEET_COLUMN(N_("Last day"), DAY),
    SHEET_COLUMN(N_("Days left"), DAYS),
    SHEET_COLUMN(N_("State"), BADGE),
    SHEET_COLUMN_SUB(N_("Who must act"), TEXT, N_("Why")),
    SHEET_COLUMN(N_("Penalty (euros)"), COUNT),
};

enum part { PART_ALL, PART_OVER, PART_STILL, PART_OBJECTION, PARTS };
static const char *const part_code[PARTS] = { "all", "over", "still", "objection" };
static const char *const part_name[PARTS] = { N_("Open"), N_("Over the term"), N_("Standing still"),
                                              N_("Objections") };

static bool in_part(const struct open_decision *d, enum part part)
{
    switch (part) {
    case PART_OVER:
        return d->term.overdue;
    case PART_STILL:
        return d->term.now.still;
    case PART_OBJECTION:
        return d->objection;
    default:
        return true;
    }
}

static enum err row_put(struct ctx *c, const struct config *k, const struct open_decision *d,
                        const char *name, struct sheet *s)
{
    const struct term_state *t = &d->term.now;

    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, resident_name(c, name));
    sheet_sub(s, d->number);
    TRY(sheet_link(c, s, "/requests/%lld/law", (long long)d->request));
    sheet_text(s, _(d->provision->name));
    sheet_sub(s, law_kind_name(c, d->term.kind));
    sheet_text(s, config_team_name(k, d->team));
    sheet_day(s, time_nl_day(d->term.term.start));
    sheet_day(s, t->due);
    sheet_count(s, t->left);
    if (d->term.overdue)
        sheet_badge(s, _("Too late"), "danger");
    else if (t->still)
        sheet_badge(s, _("Stands still"), "neutral");
    else
        sheet_badge(s, t->left <= 7 ? _("Almost") : _("In time"), t->left <= 7 ? "warning" : "success");
    sheet_text(s, party_name(c, t->acts));
    sheet_sub(s, d->ground != NULL ? law_code_name(c, d->ground) : NULL);
    sheet_count(s, d->notice_at != TIME_NONE && !d->penalty.early ? d->penalty.euros : INT_NONE);
    return OK;
}

static enum err sheet_make(struct ctx *c, const struct open_decision *open, size_t n, enum part part,
                           struct sheet *ret_sheet)
{
    struct sheet s = { .object = "application",
                       .title = _("Decisions"),
                       .filter = _(part_name[part]),
                       .empty = _("No application waits for a decision."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    const struct config *k;
    const char **name;
    int64_t *person;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = open[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        if (in_part(&open[i], part))
            TRY(row_put(c, k, &open[i], name[i], &s));
    *ret_sheet = s;
    return OK;
}

static enum err chart_fill(struct ctx *c, struct decision_page *p)
{
    struct chart_point *point;
    double *calls;

    TRY(ctx_alloc(c, DECISION_WEEKS, sizeof *point, (void *)&point));
    TRY(ctx_alloc(c, DECISION_WEEKS, sizeof *calls, (void *)&calls));
    for (size_t i = 0; i < DECISION_WEEKS; i++) {
        const struct decision_week *w = &p->figures.week[i];
        point[i] = (struct chart_point){ day_text(c, w->monday), (double)w->open, NAN, NAN, false };
        calls[i] = (double)w->calls;
    }
    const struct chart_line none = { NULL, NAN };
    p->chart = (struct chart){ .id = "backlog",
                               .title = _("Open applications and calls about late decisions, by week"),
                               .description = _("The line is the number of open applications at the end of "
                                                "each week. The dashed line is the number of calls because a "
                                                "decision is late."),
                               .point = point,
                               .n = DECISION_WEEKS,
                               .second = calls,
                               .name = _("open"),
                               .second_name = _("calls"),
                               .norm = none,
                               .centre = none,
                               .lower = none,
                               .upper = none,
                               .lower_is_better = true };
    return OK;
}

static void lines_fill(const struct ctx *c, struct decision_page *p)
{
    const struct decision_figures *f = &p->figures;

    for (enum party who = PARTY_US; who < PARTIES; who++)
        p->party[p->parties++] = (struct decision_line){ party_name(c, who), NULL, f->days[who] };
    for (size_t i = 0; i < law_ground_count && i < DECISION_GROUNDS; i++)
        if (law_grounds[i].still && !law_grounds[i].objection)
            p->ground[p->grounds++] =
                (struct decision_line){ _(law_grounds[i].name), law_grounds[i].article, f->ground[i] };
    for (size_t i = 0; i < law_result_count && i < DECISION_RESULTS; i++)
        p->result[p->results++] = (struct decision_line){ _(law_results[i].name), NULL, f->result[i] };
}

static enum err tabs_fill(struct ctx *c, const struct open_decision *open, size_t n, enum part current,
                          struct decision_page *p)
{
    static const char *const url[PARTS] = { "/decisions", "/decisions?tab=over", "/decisions?tab=still",
                                            "/decisions?tab=objection" };

    for (int part = 0; part < PARTS; part++) {
        int64_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += in_part(&open[i], (enum part)part);
        p->tab[p->tabs++] = (struct tab){ _(part_name[part]), url[part], count, (int)current == part };
    }
    return OK;
}

enum err web_decisions_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct decision_page p = { 0 };
    struct open_decision *open;
    enum part part = PART_ALL;
    struct sheet s;
    size_t n;

    for (int i = 0; i < PARTS; i++)
        if (text_is(req_query(r, "tab"), part_code[i]))
            part = (enum part)i;
    TRY(open_decisions(c, &open, &n));
    TRY(sheet_make(c, open, n, part, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(decision_figures_get(c, open, n, &p.figures));
    TRY(frame_fill(c, r, s.title, "/decisions", &p.frame));
    p.owner = party_name(c, p.figures.owner);
    if (p.figures.decided >= ENOUGH)
        p.in_term = percent_text(c, (double)p.figures.in_term / (double)p.figures.decided);
    if (p.figures.weeks_of_work != INT_NONE)
        p.weeks = number_text(c, (double)p.figures.weeks_of_work / 100, 1);
    lines_fill(c, &p);
    TRY(chart_fill(c, &p));
    TRY(tabs_fill(c, open, n, part, &p));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return decisions_html(c, &out->body, &p);
}
