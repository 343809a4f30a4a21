// SPDX-License-Identifier: EUPL-1.2
#include "web/absence.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "register/worker.h"
#include "web/form_page.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

/* ── The calendar ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err week_url(struct ctx *c, int32_t monday, int64_t team, const char **ret_url)
{
    struct buf b = { 0 };

    buf_lit(&b, "/staff/absence?week=");
    buf_date(&b, monday);
    if (team != INT_NONE) {
        buf_lit(&b, "&team=");
        buf_int(&b, team);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

static enum err rows_fill(struct ctx *c, const struct absence_week *week, struct absence_page *p)
{
    static const char *const look[] = { "danger", "neutral", "inactive" };
    struct absence_row *row;

    TRY(ctx_alloc(c, week->n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < week->n; i++) {
        row[i] = (struct absence_row){ .worker = week->line[i].worker, .name = week->line[i].name };
        for (int d = 0; d < ABSENCE_DAYS; d++) {
            const struct absence *a = week->line[i].day[d];
            for (size_t k = 0; a != NULL && k < absence_kind_count; k++)
                if (text_is(absence_kinds[k].code, a->kind))
                    row[i].day[d] = (struct absence_cell){ _(absence_kinds[k].name), look[k] };
        }
    }
    p->row = row;
    p->n = week->n;
    return OK;
}

enum err web_absence_get(struct ctx *c, const struct req *r, struct reply *out)
{
    const char *asked = req_query(r, "week");
    int64_t team = team_asked(c, r);
    struct absence_page p = { 0 };
    struct absence_week week;
    int32_t day = c->today;
    const struct config *k;

    if (asked != NULL &&
        (!date_scan(asked, strlen(asked), &day) || day < c->today - 3660 || day > c->today + 3660))
        day = c->today;
    TRY(absence_calendar(c, team, day, &week));
    TRY(frame_fill(c, r, _("Absence calendar"), "/staff", &p.frame));
    p.monday = week.monday;
    p.week_text = long_day_text(c, week.monday);
    TRY(week_url(c, week.monday - 7, team, &p.before_url));
    TRY(week_url(c, week.monday + 7, team, &p.after_url));
    TRY(week_url(c, c->today, team, &p.now_url));
    TRY(rows_fill(c, &week, &p));
    TRY(config_get(c, &k));
    p.team_name = config_team_name(k, team);
    if (team_within(c) == INT_NONE)
        TRY(team_choice(c, team, &p.team));
    char iso[11];
    date_iso(week.monday, iso);
    TRY(ctx_copy(c, iso, &p.week));
    p.may_add = c->actor->role == ROLE_TEAM_LEAD || c->actor->worker != INT_NONE;
    return absence_html(c, &out->body, &p);
}

/* ── The form ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct absence_typed {
    int64_t version, worker;
    const char *kind;
    int32_t from, until, ended;
    bool remove;
};
static const struct form_field new_fields[] = {
    { FORM_AT(struct absence_typed, worker), .kind = FORM_PICK, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Worker") },
    { FORM_AT(struct absence_typed, kind), .kind = FORM_CODE, .required = true, .codes = absence_kinds,
      .n_codes = &absence_kind_count, .label = N_("Kind") },
    { FORM_AT(struct absence_typed, from), .kind = FORM_DATE, .required = true, .label = N_("First day") },
    { FORM_AT(struct absence_typed, until), .kind = FORM_DATE, .label = N_("Expected last day") },
    { FORM_AT(struct absence_typed, ended), .kind = FORM_DATE, .label = N_("Last day"),
      .hint = N_("Only when it is over.") },
};
static const struct form_field edit_fields[] = {
    { FORM_AT(struct absence_typed, version), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct absence_typed, kind), .kind = FORM_CODE, .required = true, .codes = absence_kinds,
      .n_codes = &absence_kind_count, .label = N_("Kind") },
    { FORM_AT(struct absence_typed, from), .kind = FORM_DATE, .required = true, .label = N_("First day") },
    { FORM_AT(struct absence_typed, until), .kind = FORM_DATE, .label = N_("Expected last day") },
    { FORM_AT(struct absence_typed, ended), .kind = FORM_DATE, .label = N_("Last day"),
      .hint = N_("Only when it is over.") },
    { FORM_AT(struct absence_typed, remove), .kind = FORM_CHECK,
      .label = N_("This was a mistake: take it away") },
};

/* Those whose absence this user may write down. */
static enum err worker_options(struct ctx *c, struct form_options *ret_options)
{
    struct option_id *o;
    struct worker *w;
    size_t n, m = 0;

    TRY(may(c, RIGHT_ABSENCE));
    TRY(worker_all(c, INT_NONE, &w, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++)
        if (worker_serves(&w[i].f, c->today) && absence_may_change(c, w[i].id, w[i].f.team))
            o[m++] = (struct option_id){ w[i].id, w[i].f.name };
    *ret_options = (struct form_options){ "worker", o, m };
    return OK;
}

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    const char *worker = req_query(r, "worker");
    struct form_options options;
    struct pair value[] = { { "from", typed_day_text(c, c->today) },
                            { "worker", worker != NULL ? worker : typed_number_text(c, c->actor->worker) } };
    struct form form = { FORM(new_fields), .options = &options, .n_options = 1, .value = value,
                         .n_values = COUNT(value) };
    struct form_page page = { .title = _("Write down absence"),
                              .menu = "/staff",
                              .lead = _("Only dates. We never write down why."),
                              .action = "/staff/absence",
                              .button = _("Save"),
                              .back = "/staff/absence" };

    TRY(worker_options(c, &options));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_absence_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_worker)
{
    struct form_options options;
    struct absence_typed t = { 0 };
    int64_t id;

    TRY(worker_options(c, &options));
    struct form form = { FORM(new_fields), .options = &options, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    *ret_worker = t.worker;
    return absence_add(c, &(struct absence_form){ t.worker, t.kind, t.from, t.until, t.ended }, &id);
}

enum err web_absence_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t worker = 0;
    enum err e = new_save(c, r, &errors, &worker);

    if (e == OK)
        return reply_redirect(c, out, "/staff/%lld?done=saved", (long long)worker);
    TRY(wrong_take(c, e, out, &errors));
    return new_show(c, r, &errors, out);
}

/* What others made of it since the user looked. */
static enum err news_fill(struct ctx *c, const struct req *r, int64_t id, struct news *ret_news)
{
    struct absence_version *v;
    struct news_line *line;
    int64_t seen;
    size_t n, since = 0;

    if (!text_to_int(req_form(r, "version"), &seen))
        return OK;
    TRY(absence_versions(c, id, &v, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < n; i++)
        if (v[i].version > seen)
            line[since++] = (struct news_line){ code_text(c, absence_kinds, absence_kind_count, v[i].kind),
                                                filled_text(c, "{1} \xe2\x80\x93 {2}", day_text(c, v[i].from),
                                                            v[i].ended != DAY_NONE   ? day_text(c, v[i].ended)
                                                            : v[i].until != DAY_NONE ? day_text(c, v[i].until)
                                                                                     : "?"),
                                                v[i].who, v[i].recorded_at };
    *ret_news = (struct news){ line, since };
    return OK;
}

static enum err edit_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct form_page page = { .title = _("Absence"),
                              .menu = "/staff",
                              .lead = _("Only dates. We never write down why."),
                              .button = _("Save") };
    struct absence a;

    TRY(absence_get(c, r->ids.id[0], &a));
    struct pair value[] = { { "version", typed_number_text(c, a.version) },
                            { "kind", a.kind },
                            { "from", typed_day_text(c, a.from) },
                            { "until", typed_day_text(c, a.until) },
                            { "ended", typed_day_text(c, a.ended) } };
    struct form form = { FORM(edit_fields), .value = value, .n_values = COUNT(value) };
    TRY(news_fill(c, r, a.id, &page.news));
    TRY(path_of(c, "/staff/absence/{}", a.id, &page.action));
    TRY(path_of(c, "/staff/{}", a.worker, &page.back));
    return form_page_show(c, r, &page, &form, wrong, out);
}

enum err web_absence_edit_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return edit_show(c, r, NULL, out);
}

static enum err edit_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_worker)
{
    struct form form = { FORM(edit_fields) };
    struct absence_typed t = { 0 };
    struct absence a;

    TRY(absence_get(c, r->ids.id[0], &a));
    *ret_worker = a.worker;
    TRY(form_take(c, r, &form, &t, errors));
    return absence_change(c, a.id, t.version,
                          &(struct absence_form){ a.worker, t.kind, t.from, t.until, t.ended }, t.remove);
}

enum err web_absence_edit_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t worker = 0;
    enum err e = edit_save(c, r, &errors, &worker);

    if (e == OK)
        return reply_redirect(c, out, "/staff/%lld?done=saved", (long long)worker);
    TRY(wrong_take(c, e, out, &errors));
    return edit_show(c, r, &errors, out);
}
