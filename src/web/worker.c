// SPDX-License-Identifier: EUPL-1.2
#include "web/worker.h"

#include "base/text.h"
#include "register/config.h"
#include "web/form_page.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/tpl_rt.h"

const char *fte_text(struct ctx *c, int64_t hundredths)
{
    return hundredths == INT_NONE ? "" : number_text(c, (double)hundredths / 100, 2);
}

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Name"), TEXT, N_("Employer")),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN_SUB(N_("Discipline"), TEXT, N_("Languages")),
    SHEET_COLUMN(N_("Contract"), TEXT),
    SHEET_COLUMN(N_("Hours (fte)"), DECIMAL),
    SHEET_COLUMN(N_("Cases"), COUNT),
    SHEET_COLUMN_SUB(N_("Points"), COUNT, N_("Room for cases")),
    SHEET_COLUMN(N_("State"), BADGE),
};

/* What the list is made of. */
struct staff {
    const struct config *k;
    struct fte_book book;
    struct load *load;
    size_t loads;
    struct worker *worker;
    size_t workers;
    int64_t team;
    bool gone;
};

static bool is_absent(const struct fte_book *b, int64_t worker)
{
    for (size_t i = 0; i < b->absences; i++)
        if (b->absence[i].worker == worker && absence_covers(&b->absence[i], b->today, b->today))
            return true;
    return false;
}

/* Who may not see absence sees that someone is in service, no more. */
static void state_of(const struct ctx *c, const struct fte_book *b, const struct worker *w,
                     const char **ret_text, const char **ret_look)
{
    *ret_look = "inactive";
    if (w->f.started != DAY_NONE && w->f.started > c->today)
        *ret_text = _("Begins later");
    else if (!worker_serves(&w->f, c->today))
        *ret_text = _("Has left");
    else if (is_absent(b, w->id) && absence_may_see(c, w->id, w->f.team))
        *ret_text = _("Away today"), *ret_look = "warning";
    else if (w->f.ended != DAY_NONE)
        *ret_text = _("Leaves"), *ret_look = "warning";
    else
        *ret_text = _("In service"), *ret_look = "success";
}

static enum err row_put(struct ctx *c, const struct staff *s, const struct worker *w, struct sheet *sheet)
{
    struct load l = load_of(s->load, s->loads, w->id);
    int64_t fte = fte_of_worker(&s->book, w->id, c->today);
    const char *text, *look, *languages;

    TRY(sheet_row(c, sheet, INT_NONE));
    sheet_text(sheet, w->f.name);
    sheet_sub(sheet, w->employer_name);
    TRY(sheet_link(c, sheet, "/staff/%lld", (long long)w->id));
    sheet_text(sheet, config_team_name(s->k, w->f.team));
    sheet_text(sheet, code_text(c, worker_disciplines, worker_discipline_count, w->f.discipline));
    TRY(codes_text(c, worker_languages, worker_language_count, w->f.languages, &languages));
    sheet_sub(sheet, languages);
    sheet_text(sheet, code_text(c, worker_contracts, worker_contract_count, w->f.contract));
    sheet_count(sheet, fte);
    sheet_count(sheet, l.cases);
    sheet_count(sheet, l.points);
    sheet_sub(sheet, typed_number_text(c, room_of(s->k, w, fte)));
    state_of(c, &s->book, w, &text, &look);
    sheet_badge(sheet, text, look);
    return OK;
}

static enum err staff_read(struct ctx *c, const struct req *r, struct staff *s)
{
    s->team = team_asked(c, r);
    s->gone = text_is(req_query(r, "gone"), "1");
    TRY(config_get(c, &s->k));
    TRY(worker_all(c, s->team, &s->worker, &s->workers));
    TRY(fte_book_read(c, c->today, c->today, &s->book));
    return load_read(c, s->k, &s->load, &s->loads);
}

static void sum_add(struct staff_page *p, const char *label, const char *value, const char *note)
{
    if (!text_empty(value) && p->sums < STAFF_SUMS)
        p->sum[p->sums++] = (struct staff_sum){ label, value, note };
}

static const char *filled_n(struct ctx *c, const char *text, int64_t a, int64_t b)
{
    struct tpl_arg arg[] = { tpl_arg_int(a), tpl_arg_int(b) };
    struct buf out = { 0 };
    const char *made = "";

    tpl_slots(&out, TPL_HTML, text, arg, 2);
    if (ctx_copy(c, buf_text(&out), &made) != OK)
        made = "";
    buf_free(&out);
    return made;
}

#define STAY_LEAST 10 /* fewer people are no share, and would tell who they are */

/* Who is still here (C5): of a year ago, and twelve months after the own first day. */
static void stay_fill(struct ctx *c, const struct retention *k, struct staff_page *p)
{
    const struct {
        const char *label, *note;
        int64_t part, of;
    } line[] = {
        { _("Still here after a year"), _("{1} of {2} people who worked here a year ago"), k->still,
          k->year_ago },
        { _("Came along, still here after 12 months"),
          _("{1} of {2} people who came along at the transition"), k->moved_stayed, k->moved_before },
        { _("Arrived later, still here after 12 months"),
          _("{1} of {2} people who began more than a year ago"), k->arrived_stayed, k->arrived },
    };

    for (size_t i = 0; i < COUNT(line); i++)
        if (line[i].of >= STAY_LEAST)
            sum_add(p, line[i].label, percent_text(c, (double)line[i].part / (double)line[i].of),
                    filled_n(c, line[i].note, line[i].part, line[i].of));
}

/* C1 and C5 at a glance. */
static enum err sums_fill(struct ctx *c, const struct staff *s, struct staff_page *p)
{
    struct fte_day day = fte_of_day(&s->book, s->team, c->today);
    struct retention kept;
    struct vacancy *v;
    bool may_count = absence_may_count(c, s->team, day.people);
    int64_t agreed, open = 0, old = 0;
    size_t n;

    TRY(fte_established(c, s->team, c->today, &agreed));
    TRY(vacancy_all(c, s->team, &v, &n));
    TRY(worker_retention(c, c->today, &kept));
    for (size_t i = 0; i < n && v[i].closed == DAY_NONE; i++) {
        open++;
        old += c->today - v[i].opened > VACANCY_LONG_DAYS;
    }
    sum_add(p, _("Agreed hours"), agreed == INT_NONE ? _("not written down") : fte_text(c, agreed), NULL);
    sum_add(p, _("Hours filled"), fte_text(c, day.actual),
            may_count ? filled_n(c, _("{1} people, {2} of them away today"), day.people, day.absent) : NULL);
    if (may_count)
        sum_add(p, _("Hours present today"), fte_text(c, day.present), NULL);
    sum_add(p, _("Open vacancies"), count_text(c, open),
            filled_n(c, _("{1} open for more than {2} days"), old, VACANCY_LONG_DAYS));
    if (kept.asked > 0 && s->team == INT_NONE)
        sum_add(p, _("Came along at the transition"),
                percent_text(c, (double)kept.moved_fte / (double)kept.asked_fte),
                filled_n(c, _("{1} of {2} people who were asked"), kept.moved, kept.asked));
    if (s->team == INT_NONE)
        stay_fill(c, &kept, p);
    return OK;
}

enum err web_staff_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct staff_page p = { .may_edit = user_may(c, RIGHT_STAFF_EDIT),
                            .may_absence = user_may(c, RIGHT_ABSENCE) };
    struct sheet sheet = { .object = "staff",
                           .title = _("Workers"),
                           .day = c->today,
                           .empty = _("Nobody works here yet."),
                           SHEET_COLUMNS(columns) };
    struct staff s = { 0 };

    TRY(staff_read(c, r, &s));
    sheet.filter = s.team == INT_NONE ? NULL : config_team_name(s.k, s.team);
    for (size_t i = 0; i < s.workers; i++)
        if (s.gone || s.worker[i].f.ended == DAY_NONE || s.worker[i].f.ended >= c->today)
            TRY(row_put(c, &s, &s.worker[i], &sheet));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &sheet, out);
    TRY(frame_fill(c, r, sheet.title, "/staff", &p.frame));
    TRY(sheet_view_fill(c, r, &sheet, &p.sheet));
    if (team_within(c) == INT_NONE)
        TRY(team_choice(c, s.team, &p.team));
    TRY(sums_fill(c, &s, &p));
    p.gone = s.gone;
    p.may_figures = user_may(c, RIGHT_FIGURES);
    return staff_html(c, &out->body, &p);
}
