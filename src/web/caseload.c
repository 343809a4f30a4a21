// SPDX-License-Identifier: EUPL-1.2
#include "web/caseload.h"

#include "base/text.h"
#include "register/config.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"

static const char *next_name(const struct ctx *c, enum next_kind kind)
{
    switch (kind) {
    case NEXT_ACCEPT:
        return _("Take this case");
    case NEXT_FIRST_TALK:
        return _("First talk");
    case NEXT_APPOINTMENT:
        return _("Appointment");
    case NEXT_REVIEW:
        return _("Look back together");
    default:
        return NULL;
    }
}

/* ── One worker ───────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column case_columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("State"), TEXT),
    SHEET_COLUMN(N_("Weight"), TEXT),
    SHEET_COLUMN(N_("Last contact"), DAY),
    SHEET_COLUMN_SUB(N_("Next step"), DAY, N_("What")),
    SHEET_COLUMN(N_("Remark"), BADGE),
};

static enum err case_put(struct ctx *c, const struct case_row *k, struct sheet *s)
{
    bool late = k->next != DAY_NONE && k->next < c->today;

    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, resident_name(c, k->name));
    sheet_sub(s, k->number);
    TRY(sheet_link(c, s, "/requests/%lld", (long long)k->id));
    sheet_text(s, state_name(c, k->state));
    sheet_text(s, weight_text(c, k->weight));
    sheet_day(s, k->contact);
    sheet_day(s, k->next);
    sheet_sub(s, next_name(c, k->next_kind));
    if (k->shared)
        sheet_badge(s, _("Case of a colleague"), "inactive");
    else if (late)
        sheet_badge(s, _("Late"), "danger");
    else if (!k->accepted)
        sheet_badge(s, _("New"), "warning");
    else if (k->next_kind == NEXT_NONE)
        sheet_badge(s, _("Nothing planned"), "warning");
    else
        sheet_badge(s, NULL, NULL);
    return OK;
}

static enum err one_show(struct ctx *c, const struct req *r, int64_t worker, struct reply *out)
{
    bool own = worker == c->actor->worker;
    struct caseload_page p = { .worker = worker };
    struct sheet s = { .object = "caseload",
                       .day = c->today,
                       .empty = _("There are no open cases."),
                       SHEET_COLUMNS(case_columns) };
    struct caseload load;
    struct to_tell *tell;
    struct worker w;
    size_t n;

    TRY(caseload_get(c, worker, &load));
    TRY(worker_read(c, worker, &w));
    s.title = own ? _("My residents") : w.f.name;
    s.filter = w.f.name;
    for (size_t i = 0; i < load.n; i++)
        TRY(case_put(c, &load.row[i], &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/caseload", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    TRY(caseload_to_tell(c, &tell, &n));
    p.to_tell = (int64_t)n;
    p.cases = load.cases;
    p.points = load.points;
    p.room = load.room;
    p.may_handover = user_may(c, RIGHT_ALLOCATE) && load.cases > 0;
    return caseload_html(c, &out->body, &p);
}

enum err web_caseload_one_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return one_show(c, r, r->ids.id[0], out);
}

/* ── The team ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column team_columns[] = {
    SHEET_COLUMN_SUB(N_("Worker"), TEXT, N_("Discipline")),
    SHEET_COLUMN(N_("Cases"), COUNT),
    SHEET_COLUMN_SUB(N_("Points"), COUNT, N_("Room for cases")),
    SHEET_COLUMN(N_("Next step is late"), COUNT),
    SHEET_COLUMN(N_("Remark"), BADGE),
};

static enum err line_put(struct ctx *c, const struct caseload_line *l, struct sheet *s)
{
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, l->worker.f.name);
    sheet_sub(s, code_text(c, worker_disciplines, worker_discipline_count, l->worker.f.discipline));
    TRY(sheet_link(c, s, "/caseload/%lld", (long long)l->worker.id));
    sheet_count(s, l->cases);
    sheet_count(s, l->points);
    sheet_sub(s, typed_number_text(c, l->room));
    sheet_count(s, l->late);
    if (!worker_serves(&l->worker.f, c->today))
        sheet_badge(s, _("Has left: hand over"), "danger");
    else if (l->absent)
        sheet_badge(s, _("Away today"), "warning");
    else if (l->points > l->room)
        sheet_badge(s, _("No room"), "danger");
    else
        sheet_badge(s, NULL, NULL);
    return OK;
}

/* The own team; for a lead of all teams the one that was asked for, else the first. */
static enum err team_of(struct ctx *c, const struct req *r, int64_t *ret_team)
{
    const char *text = req_query(r, "team");
    const struct config *k;

    TRY(config_get(c, &k));
    *ret_team = c->actor->team;
    if (*ret_team == INT_NONE && (text == NULL || !text_to_int(text, ret_team)))
        *ret_team = k->teams > 0 ? k->team[0].id : 0;
    return OK;
}

static enum err team_show(struct ctx *c, const struct req *r, struct reply *out)
{
    struct caseload_page p = { .worker = INT_NONE };
    struct sheet s = { .object = "caseload",
                       .title = _("Caseload of the team"),
                       .day = c->today,
                       .empty = _("Nobody works in this team."),
                       SHEET_COLUMNS(team_columns) };
    const struct config *k;
    struct caseload_line *line;
    struct to_tell *tell;
    int64_t team, *left;
    size_t n, told, gone;
    struct form_options teams;

    TRY(config_get(c, &k));
    TRY(team_of(c, r, &team));
    TRY(caseload_team(c, team, &line, &n));
    TRY(caseload_left(c, team, &left, &gone));
    TRY(caseload_to_tell(c, &tell, &told));
    s.filter = config_team_name(k, team);
    for (size_t i = 0; i < n; i++) {
        TRY(line_put(c, &line[i], &s));
        p.cases += line[i].cases;
        p.points += line[i].points;
        p.room += line[i].room;
    }
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/caseload", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    TRY(team_options(c, "team", &teams));
    if (c->actor->team == INT_NONE)
        TRY(options_choice(c, &teams, _("Team"), NULL, team, &p.team));
    p.left = (int64_t)gone;
    p.to_tell = (int64_t)told;
    return caseload_html(c, &out->body, &p);
}

enum err web_caseload_get(struct ctx *c, const struct req *r, struct reply *out)
{
    if (user_may(c, RIGHT_ALLOCATE))
        return team_show(c, r, out);
    if (c->actor->worker != INT_NONE)
        return one_show(c, r, c->actor->worker, out);
    TRY(may(c, RIGHT_CASE));
    return FAIL(E_NOT_FOUND, "%s", _("Your account is not linked to a worker. Ask your team lead."));
}

/* ── Who must be told ─────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column tell_columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("New worker"), TEXT),
    SHEET_COLUMN(N_("Since"), MOMENT),
};

static enum err tell_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct to_tell_page p = { 0 };
    struct sheet s = { .object = "to_tell",
                       .title = _("Tell about the new worker"),
                       .day = c->today,
                       .empty = _("Everyone with another worker has been told."),
                       SHEET_COLUMNS(tell_columns) };
    struct to_tell *t;
    size_t n;

    TRY(caseload_to_tell(c, &t, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, &s, t[i].id));
        sheet_text(&s, resident_name(c, t[i].name));
        sheet_sub(&s, t[i].number);
        TRY(sheet_link(c, &s, "/requests/%lld", (long long)t[i].id));
        sheet_text(&s, t[i].worker_name);
        sheet_moment(&s, t[i].changed_at);
    }
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/caseload", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    p.sheet.box = "id";
    p.wrong = wrong != NULL ? *wrong : (struct form_errors){ 0 };
    return to_tell_html(c, &out->body, &p);
}

enum err web_to_tell_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return tell_show(c, r, NULL, out);
}

struct told_typed {
    struct form_ids id;
};
static const struct form_field told_fields[] = {
    { FORM_AT(struct told_typed, id), .kind = FORM_IDS, .max = 500, .required = true },
};

static enum err told_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_batch)
{
    struct told_typed t = { 0 };

    TRY(form_read(c, r, told_fields, COUNT(told_fields), &t, errors));
    return caseload_told(c, t.id.id, t.id.n, ret_batch);
}

enum err web_to_tell_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t batch = 0;
    enum err e = told_save(c, r, &errors, &batch);

    if (e == OK)
        return reply_redirect(c, out, "/caseload/inform?done=told&batch=%lld", (long long)batch);
    TRY(wrong_take(c, e, out, &errors));
    return tell_show(c, r, &errors, out);
}
