// SPDX-License-Identifier: EUPL-1.2
#include "web/ave.h"

#include "register/config.h"
#include "register/right.h"
#include "web/edit_page.h"
#include "web/regie.h"
#include "web/request.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

static const char *const levels[] = { "1", "2", "3", "4", NULL };
static const char *const level_labels[] = { N_("1: ordinary life"), N_("2: the chain can solve it"),
                                            N_("3: cooperation stalls"), N_("4: risk of unrest") };

/* ── The form ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct ave_typed {
    int64_t seen, level, owner;
    const char *reason, *route, *why;
    int32_t day, review;
};
static const struct form_field fields[] = {
    { FORM_AT(struct ave_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct ave_typed, level), .kind = FORM_CHOICE, .required = true, .choice = levels,
      .choice_label = level_labels, .label = N_("Level of escalation"), .look = FORM_AS_RADIOS,
      .hint = N_("The team lead decides on levels 3 and 4.") },
    { FORM_AT(struct ave_typed, reason), .kind = FORM_CODE, .required = true, .codes = ave_reasons,
      .n_codes = &ave_reason_count, .label = N_("Why?"), .look = FORM_AS_RADIOS },
    { FORM_AT(struct ave_typed, day), .kind = FORM_DATE, .required = true, .label = N_("From"),
      .narrow = true },
    { FORM_AT(struct ave_typed, review), .kind = FORM_DATE, .label = N_("Look again on"), .narrow = true },
    { FORM_AT(struct ave_typed, route), .kind = FORM_CODE, .codes = ave_routes, .n_codes = &ave_route_count,
      .label = N_("Along which way?"), .look = FORM_AS_SELECT },
    { FORM_AT(struct ave_typed, owner), .kind = FORM_PICK, .label = N_("Who answers for it?"),
      .hint = N_("Nothing chosen: the worker who has the case.") },
    { FORM_AT(struct ave_typed, why), .kind = FORM_LINES, .max = 1000, .label = N_("In your own words") },
};

static enum err form_show(struct ctx *c, const struct req *r, const struct form_errors *wrong, bool conflict,
                          struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the request"), .button = _("Save") };
    struct form_options options;
    struct request q;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(regie_options(c, &q, "owner", &options));
    struct ave a = ave_of(&q);
    struct pair value[] = { { "seen", typed_number_text(c, q.now.version) },
                            { "level", levels[a.level - 1] },
                            { "day", typed_day_text(c, c->today) },
                            { "review", typed_day_text(c, c->today + 14) },
                            { "route", a.route } };
    struct form form = { FORM(fields), .options = &options, .n_options = 1, .value = value,
                         .n_values = COUNT(value) };
    TRY(frame_fill(c, r, _("Level of escalation"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/requests/{}/ave", "/requests/{}", r->ids.id[0]));
    p.lead = ave_level_name(c, a.level);
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    if (conflict)
        TRY(request_news_typed(c, r, &q, "seen", &p.news));
    if (conflict)
        TRY(form_view_seen(c, "seen", value[0].value, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_ave_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return form_show(c, r, NULL, false, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form_options options;
    struct ave_typed t = { 0 };
    struct request q;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(regie_options(c, &q, "owner", &options));
    struct form form = { FORM(fields), .options = &options, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, wrong));
    return ave_change(c, &(struct ave_form){ .request = q.id,
                                             .seen = t.seen,
                                             .level = t.level + 1,
                                             .owner = t.owner,
                                             .day = t.day,
                                             .review = t.review,
                                             .reason = t.reason,
                                             .route = t.route,
                                             .why = text_empty(t.why) ? NULL : t.why });
}

enum err web_ave_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=ave", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return form_show(c, r, &wrong, e == E_CONFLICT, out);
}

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Level"), BADGE),
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Days"), DAYS),
    SHEET_COLUMN(N_("Since"), DAY),
    SHEET_COLUMN_SUB(N_("Why"), TEXT, N_("Along which way")),
    SHEET_COLUMN_SUB(N_("Who answers"), TEXT, N_("Team")),
    SHEET_COLUMN(N_("Look again on"), DAY),
};

static enum err row_fill(struct ctx *c, const struct config *k, const struct ave_case *x, struct sheet *s)
{
    TRY(sheet_row(c, s, x->request));
    sheet_badge(s, ave_level_name(c, x->level),
                x->level == AVE_MOST   ? "danger"
                : x->level == AVE_LEAD ? "warning"
                                       : "neutral");
    sheet_text(s, resident_name(c, x->name));
    sheet_sub(s, x->number);
    TRY(sheet_link(c, s, "/requests/%lld", (long long)x->request));
    sheet_count(s, x->days);
    sheet_day(s, time_nl_day(x->since));
    sheet_text(s, code_text(c, ave_reasons, ave_reason_count, x->reason));
    sheet_sub(s, code_text(c, ave_routes, ave_route_count, x->route));
    sheet_text(s, x->owner_name);
    sheet_sub(s, config_team_name(k, x->team));
    sheet_day(s, x->review != TIME_NONE ? time_nl_day(x->review) : DAY_NONE);
    return OK;
}

enum err web_ave_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct ave_page p = { .facts = 0 };
    struct sheet s = { .object = "ave",
                       .title = _("Escalations"),
                       .day = c->today,
                       .empty = _("No open request is above level 1."),
                       SHEET_COLUMNS(columns) };
    const struct ave_case *x;
    const struct config *k;
    struct ave_counts counts;
    int64_t level = INT_NONE;
    size_t n;

    if (text_to_int(req_query(r, "level"), &level))
        s.filter = ave_level_name(c, level);
    TRY(config_get(c, &k));
    TRY(ave_list(c, INT_NONE, level, &x, &n, &counts));
    for (size_t i = 0; i < n; i++)
        TRY(row_fill(c, k, &x[i], &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/ave", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    for (int64_t i = AVE_MOST; i > AVE_LEAST; i--)
        p.fact[p.facts++] = (struct ave_fact){ ave_level_name(c, i), i, counts.n[i], counts.days[i] };
    return ave_list_html(c, &out->body, &p);
}

enum err today_ave(struct ctx *c, struct today_block *b)
{
    struct ave_counts counts;
    const struct ave_case *x;
    size_t n;

    TRY(ave_list(c, INT_NONE, INT_NONE, &x, &n, &counts));
    b->title = _("Escalations to look at again");
    b->url = "/ave";
    b->empty = _("No escalation has to be looked at again.");
    b->count = 0;
    b->late = true;
    for (size_t i = 0; i < n; i++) {
        if (!x[i].late)
            continue;
        struct today_row *row = today_row_add(b);
        b->count++;
        if (row == NULL)
            continue;
        row->text = x[i].name[0] != '\0' ? x[i].name : x[i].number;
        row->sub = ave_level_name(c, x[i].level);
        row->badge = day_text(c, time_nl_day(x[i].review));
        row->look = "danger";
        struct buf url = { 0 };
        buf_printf(&url, "/requests/%lld", (long long)x[i].request);
        enum err e = ctx_copy(c, buf_text(&url), &row->url);
        buf_free(&url);
        TRY(e);
    }
    return OK;
}
