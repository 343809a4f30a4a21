// SPDX-License-Identifier: EUPL-1.2
#include "web/transfer.h"

#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "web/form_page.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/tpl_rt.h"

#include <math.h>

const char *sentence(struct ctx *c, const char *text, const int64_t *number, size_t n)
{
    struct tpl_arg arg[6];
    struct buf b = { 0 };
    const char *made = "";

    for (size_t i = 0; i < n && i < COUNT(arg); i++)
        arg[i] = tpl_arg_int(number[i]);
    tpl_slots(&b, TPL_HTML, text, arg, n);
    if (ctx_copy(c, buf_text(&b), &made) != OK)
        made = "";
    buf_free(&b);
    return made;
}

/* ── All lists ────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column list_columns[] = {
    SHEET_COLUMN_SUB(N_("List"), TEXT, N_("From and to")),
    SHEET_COLUMN(N_("On the day"), DAY),
    SHEET_COLUMN(N_("Residents"), COUNT),
    SHEET_COLUMN(N_("Without outcome"), COUNT),
    SHEET_COLUMN(N_("State"), BADGE),
};

static enum err from_to(struct ctx *c, const struct transfer *t, const char **ret_text)
{
    struct buf b = { 0 };

    buf_str(&b, t->from);
    buf_str(&b, " \xe2\x86\x92 ");
    buf_str(&b, t->to);
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

static enum err list_put(struct ctx *c, const struct transfer_line *l, struct sheet *s)
{
    const char *ways;

    TRY(from_to(c, &l->t, &ways));
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, l->t.name);
    sheet_sub(s, ways);
    TRY(sheet_link(c, s, "/transfers/%lld", (long long)l->t.id));
    sheet_day(s, l->t.due);
    sheet_count(s, l->members);
    sheet_count(s, l->open);
    if (l->members > 0 && l->open == 0)
        sheet_badge(s, _("Done"), "success");
    else if (c->today > l->t.due)
        sheet_badge(s, _("The day has passed"), "danger");
    else
        sheet_badge(s, _("Running"), "neutral");
    return OK;
}

enum err web_transfer_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct record_list_page p = {
        .lead = _("Residents who go from one organisation to another before a fixed day.")
    };
    struct sheet s = { .object = "transfer",
                       .title = _("Hand-over lists"),
                       .day = c->today,
                       .empty = _("There is no hand-over list yet."),
                       SHEET_COLUMNS(list_columns) };
    struct transfer_line *line;
    size_t n;

    TRY(transfer_all(c, &line, &n));
    for (size_t i = 0; i < n; i++)
        TRY(list_put(c, &line[i], &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/transfers", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    if (user_may(c, RIGHT_ALLOCATE)) {
        p.new_url = "/transfers/new";
        p.new_label = _("New list");
    }
    return record_list_html(c, &out->body, &p);
}

struct transfer_typed {
    const char *name, *from, *to;
    int64_t team;
    int32_t starts, due;
};
static const struct form_field new_fields[] = {
    { FORM_AT(struct transfer_typed, name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Name"), .hint = N_("For example: De Zijde, 30 June") },
    { FORM_AT(struct transfer_typed, from), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Which organisation hands over?") },
    { FORM_AT(struct transfer_typed, to), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Which organisation takes over?") },
    { FORM_AT(struct transfer_typed, team), .kind = FORM_PICK, .look = FORM_AS_SELECT, .label = N_("Team"),
      .hint = N_("For residents for whom the list names no team.") },
    { FORM_AT(struct transfer_typed, starts), .kind = FORM_DATE, .required = true, .label = N_("Begins on") },
    { FORM_AT(struct transfer_typed, due), .kind = FORM_DATE, .required = true, .label = N_("Ready on") },
};

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct form_options teams;
    struct pair value[] = { { "starts", typed_day_text(c, c->today) },
                            { "team", typed_number_text(c, c->actor->team) } };
    struct form form = { FORM(new_fields), .options = &teams, .n_options = 1, .value = value,
                         .n_values = COUNT(value) };
    struct form_page page = { .title = _("New hand-over list"),
                              .menu = "/transfers",
                              .action = "/transfers",
                              .button = _("Save"),
                              .back = "/transfers" };

    TRY(team_options(c, "team", &teams));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_transfer_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_id)
{
    struct form_options teams;
    struct transfer_typed t = { 0 };

    TRY(team_options(c, "team", &teams));
    struct form form = { FORM(new_fields), .options = &teams, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    return transfer_add(c, &(struct transfer_form){ t.name, t.from, t.to, t.team, t.starts, t.due }, ret_id);
}

enum err web_transfer_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t id = 0;
    enum err e = new_save(c, r, &errors, &id);

    if (e == OK)
        return reply_redirect(c, out, "/transfers/%lld/add?done=saved", (long long)id);
    TRY(wrong_take(c, e, out, &errors));
    return new_show(c, r, &errors, out);
}

/* ── One list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *const part_code[MEMBER_PARTS] = {
    "all", "open", "overdue", "agree", "inform", "exception"
};
static const char *const part_label[MEMBER_PARTS] = {
    N_("Everyone"), N_("Without outcome"), N_("Too late"), N_("To agree"), N_("To inform"), N_("Exceptions")
};

static const struct sheet_column member_columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Asked on"), DAY),
    SHEET_COLUMN(N_("Agreed"), TEXT),
    SHEET_COLUMN(N_("Informed"), DAY),
    SHEET_COLUMN_SUB(N_("Outcome"), BADGE, N_("On the day")),
};

static const char *agreed_text(struct ctx *c, const struct member_facts *f)
{
    int64_t n =
        (f->agreed_resident != DAY_NONE) + (f->agreed_provider != DAY_NONE) + (f->agreed_team != DAY_NONE);

    return n == 3 ? _("all three") : sentence(c, _("{1} of 3"), &n, 1);
}

static enum err member_put(struct ctx *c, const struct transfer *t, const struct member *m, struct sheet *s)
{
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, resident_name(c, m->name));
    sheet_sub(s, m->number[0] != '\0' ? m->number : m->source_key);
    TRY(sheet_link(c, s, "/transfers/members/%lld", (long long)m->id));
    sheet_day(s, m->f.original);
    sheet_text(s, agreed_text(c, &m->f));
    sheet_day(s, m->f.informed);
    if (m->f.outcome != NULL) {
        sheet_badge(s, code_text(c, transfer_outcomes, transfer_outcome_count, m->f.outcome),
                    text_is(m->f.outcome, "lost") ? "danger" : "success");
        sheet_sub(s, day_text(c, m->f.outcome_on));
    } else if (m->f.exception != NULL) {
        sheet_badge(s, _("Exception"), "warning");
        sheet_sub(s, day_text(c, m->f.exception_until));
    } else if (member_overdue(t, &m->f, c->today)) {
        sheet_badge(s, _("Too late"), "danger");
    } else {
        sheet_badge(s, _("Open"), "neutral");
    }
    return OK;
}

static enum member_part part_of(const struct req *r)
{
    for (size_t i = 0; i < MEMBER_PARTS; i++)
        if (text_is(part_code[i], req_query(r, "tab")))
            return (enum member_part)i;
    return MEMBER_OPEN;
}

static enum err tabs_fill(struct ctx *c, const struct req *r, enum member_part now, struct transfer_page *p)
{
    const struct transfer_progress *g = p->p;
    const int64_t count[MEMBER_PARTS] = { g->members, g->open,         g->overdue,
                                          INT_NONE,   g->not_informed, g->exceptions };

    for (size_t i = 0; i < MEMBER_PARTS; i++) {
        p->tab[i] = (struct tab){ .label = _(part_label[i]), .count = count[i], .current = i == now };
        struct buf b = { 0 };
        buf_lit(&b, "/transfers/");
        buf_int(&b, r->ids.id[0]);
        buf_lit(&b, "?tab=");
        buf_str(&b, part_code[i]);
        enum err e = ctx_copy(c, buf_text(&b), &p->tab[i].url);
        buf_free(&b);
        TRY(e);
    }
    return OK;
}

/* Weeks as a line; the plan is a straight one, shown as the lower line in the table. */
static enum err chart_fill(struct ctx *c, struct transfer_page *p)
{
    struct chart_point *point;
    size_t n = p->p->weeks;

    TRY(ctx_alloc(c, n + 1, sizeof *point, (void *)&point));
    for (size_t i = 0; i < n; i++) {
        const struct transfer_week *w = &p->p->week[i];
        bool known = w->left != INT_NONE;
        point[i] = (struct chart_point){ .label = i % 4 == 0 ? day_text(c, w->sunday) : NULL,
                                         .value = known ? (double)w->left : NAN,
                                         .lower = NAN,
                                         .upper = NAN,
                                         .signal = known && w->left > w->planned && w->sunday >= p->t->due };
    }
    p->chart = (struct chart){ .id = "burndown",
                               .title = _("Residents without an outcome, by week"),
                               .description = p->conclusion,
                               .point = point,
                               .n = n,
                               .norm = { .label = NULL, .value = NAN },
                               .centre = { .label = NULL, .value = NAN },
                               .lower = { .label = NULL, .value = NAN },
                               .upper = { .label = NULL, .value = NAN },
                               .lower_is_better = true };
    return OK;
}

static void words_fill(struct ctx *c, struct transfer_page *p)
{
    const struct transfer_progress *g = p->p;
    int64_t days = p->t->due - c->today, n[] = { g->open, g->members, days >= 0 ? days : -days, g->overdue };

    if (g->members == 0)
        p->conclusion = _("There is nobody on this list yet.");
    else if (g->open == 0)
        p->conclusion = _("Everyone on this list has an outcome.");
    else if (days >= 0)
        p->conclusion =
            sentence(c, _("{1} of {2} residents have no outcome yet. There are {3} days left."), n, 3);
    else
        p->conclusion =
            sentence(c,
                     _("{1} of {2} residents have no outcome, {3} days after the day. {4} of them are no "
                       "exception."),
                     n, 4);
    for (size_t i = 0; i < TRANSFER_OUTCOMES; i++)
        p->outcome[i] = (struct outcome_view){ _(transfer_outcomes[i].name), g->outcome[i] };
    if (g->transferred_known > 0)
        p->kept = percent_text(c, (double)g->kept / (double)g->transferred_known);
}

enum err web_transfer_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct transfer_page p = { .may_add = user_may(c, RIGHT_ALLOCATE) };
    struct sheet s = { .object = "transfer_member",
                       .day = c->today,
                       .empty = _("Nobody is in this part of the list."),
                       SHEET_COLUMNS(member_columns) };
    enum member_part part = part_of(r);
    struct transfer_progress progress;
    struct transfer t;
    struct member *m;
    size_t n;

    TRY(transfer_get(c, r->ids.id[0], &t));
    TRY(transfer_progress(c, &t, &progress));
    TRY(member_all(c, &t, part, &m, &n));
    s.title = t.name;
    s.filter = _(part_label[part]);
    for (size_t i = 0; i < n; i++)
        TRY(member_put(c, &t, &m[i], &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, t.name, "/transfers", &p.frame));
    p.t = &t;
    p.p = &progress;
    words_fill(c, &p);
    TRY(chart_fill(c, &p));
    TRY(tabs_fill(c, r, part, &p));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return transfer_html(c, &out->body, &p);
}

/* ── Adding residents ─────────────────────────────────────────────────────────────────────────────────────
 */

static enum err add_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         const struct transfer_csv_result *result, const char *typed, struct reply *out)
{
    struct transfer_add_page p = { .result = result, .dry = text_is(req_form(r, "step"), "dry") };
    struct transfer t;

    TRY(transfer_get(c, r->ids.id[0], &t));
    TRY(frame_fill(c, r, _("Add residents"), "/transfers", &p.frame));
    p.t = &t;
    p.wrong = wrong != NULL ? *wrong : (struct form_errors){ 0 };
    p.csv = (struct field){ .name = "csv",
                            .label = _("Lines of the list"),
                            .lines = true,
                            .hint = _("Copy them out of the spreadsheet, with the first line that names the "
                                      "columns. Or choose a file below."),
                            .value = typed != NULL && (wrong != NULL || p.dry) ? typed : "",
                            .error = form_error(&p.wrong, "csv") };
    p.file =
        (struct field){ .name = "file", .label = _("File"), .hint = _("A CSV file, from a spreadsheet.") };
    return transfer_add_html(c, &out->body, &p);
}

enum err web_transfer_add_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return add_show(c, r, NULL, NULL, NULL, out);
}

/* The lines that were pasted, or those of the file. */
static enum err lines_of(struct ctx *c, const struct req *r, const char **ret_csv)
{
    const struct req_file *f = req_file(r, "file");
    const char *pasted = req_form(r, "csv");

    *ret_csv = pasted != NULL ? pasted : "";
    return f != NULL ? transfer_csv_text(c, f->name, f->data, f->len, ret_csv) : OK;
}

/* A dry run first: the same lines stay in the form, with what is wrong with them. */
enum err web_transfer_add_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct transfer_csv_result result = { 0 };
    struct form_errors errors = { 0 };
    const char *csv;
    struct transfer t;

    TRY(transfer_get(c, r->ids.id[0], &t));
    enum err e = lines_of(c, r, &csv);
    if (e == OK)
        e = transfer_csv_add(c, &t, csv, text_is(req_form(r, "step"), "dry"), &result);
    if (e == OK)
        return add_show(c, r, NULL, &result, csv, out);
    TRY(wrong_take(c, e, out, &errors));
    return add_show(c, r, &errors, NULL, csv, out);
}
