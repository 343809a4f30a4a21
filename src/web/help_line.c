// SPDX-License-Identifier: EUPL-1.2
#include "web/help_line.h"

#include "base/text.h"
#include "register/group.h"
#include "register/partner.h"
#include "web/case_form.h"
#include "web/show.h"
#include "web/tpl.h"

/* ── Starting ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct line_typed {
    int64_t partner, programme;
    const char *kind, *provider;
    int32_t day;
    bool main_line, warm, decision;
};
static const struct form_field line_fields[] = {
    { FORM_AT(struct line_typed, kind), .kind = FORM_CODE, .codes = line_kinds, .n_codes = &line_kind_count,
      .required = true, .look = FORM_AS_RADIOS, .label = N_("Who gives the help?") },
    { FORM_AT(struct line_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Started on"),
      .narrow = true },
    { FORM_AT(struct line_typed, provider), .kind = FORM_TEXT, .max = 200, .label = N_("Who exactly?"),
      .hint = N_("A colleague, a neighbour, an organisation.") },
    { FORM_AT(struct line_typed, partner), .kind = FORM_PICK, .label = N_("Partner of the directory") },
    { FORM_AT(struct line_typed, programme), .kind = FORM_PICK, .label = N_("Group of ours") },
    { FORM_AT(struct line_typed, main_line), .kind = FORM_CHECK,
      .label = N_("This is the main line of the help") },
    { FORM_AT(struct line_typed, warm), .kind = FORM_CHECK,
      .label = N_("Handed over in person, together with the resident") },
    { FORM_AT(struct line_typed, decision), .kind = FORM_CHECK,
      .label = N_("Specialist: there is a decision of the municipality") },
};

static enum err partner_options(struct ctx *c, struct form_options *ret_options)
{
    struct partner *partner;
    struct option_id *at;
    size_t n, k = 0;

    TRY(partner_all(c, &partner, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *at, (void *)&at));
    for (size_t i = 0; i < n; i++)
        if (partner[i].ended_on == DAY_NONE)
            at[k++] = (struct option_id){ partner[i].id, partner[i].name };
    *ret_options = (struct form_options){ "partner", at, k };
    return OK;
}

static enum err group_options(struct ctx *c, struct form_options *ret_options)
{
    struct option_id *at;
    struct group *group;
    size_t n, k = 0;

    TRY(group_all(c, &group, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *at, (void *)&at));
    for (size_t i = 0; i < n; i++)
        if (!group[i].stopped && group[i].ends >= c->today)
            at[k++] = (struct option_id){ group[i].id, group[i].name };
    *ret_options = (struct form_options){ "programme", at, k };
    return OK;
}

static enum err line_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    struct form_options *options;
    struct request q;
    struct care k;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(care_of(c, &q, &k));
    TRY(ctx_alloc(c, 2, sizeof *options, (void *)&options));
    TRY(partner_options(c, &options[0]));
    TRY(group_options(c, &options[1]));
    s->form = (struct form){ FORM(line_fields), .options = options, .n_options = 2 };
    s->path = "/lines";
    s->done = "line";
    s->title = _("Start help");
    s->intro =
        k.played.open == 0
            ? _("The first line of help is the main line. When someone is sent on, you ask after 14 days "
                "whether they arrived.")
            : _("There is help already. Choose whether this becomes the main line.");
    case_value(s, "day", typed_day_text(c, c->today));
    if (k.played.open == 0 && k.plans > 0)
        case_value(s, "kind", k.plan[k.plans - 1].main);
    return OK;
}

enum err web_line_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(line_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err line_save(struct ctx *c, const struct req *r, const struct form *form,
                          struct form_errors *wrong)
{
    struct line_typed t = { 0 };
    int64_t line;

    TRY(form_take(c, r, form, &t, wrong));
    return line_start(c,
                      &(struct line_form){ .request = { r->ids.id[0] },
                                           .seen = case_seen(r),
                                           .kind = t.kind,
                                           .provider = t.provider,
                                           .partner = t.partner,
                                           .programme = text_is(t.kind, LINE_GROUP) ? t.programme : INT_NONE,
                                           .day = t.day,
                                           .main = t.main_line,
                                           .warm = t.warm,
                                           .decision = t.decision },
                      &line);
}

enum err web_line_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };

    TRY(line_step(c, r, &s));
    return case_step_end(c, r, &s, line_save(c, r, &s.form, &wrong), &wrong, out);
}

/* ── One line ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct end_typed {
    int32_t day;
    const char *reason;
};
static const struct form_field end_fields[] = {
    { FORM_AT(struct end_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Ended on"),
      .narrow = true },
    { FORM_AT(struct end_typed, reason), .kind = FORM_CODE, .codes = line_ends, .n_codes = &line_end_count,
      .required = true, .look = FORM_AS_SELECT, .label = N_("Why does the help stop?") },
};
struct arrival_typed {
    const char *arrival, *note;
};
static const struct form_field arrival_fields[] = {
    { FORM_AT(struct arrival_typed, arrival), .kind = FORM_CODE, .codes = line_arrivals,
      .n_codes = &line_arrival_count, .required = true, .label = N_("Did the resident arrive there?") },
    { FORM_AT(struct arrival_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
};

static enum err line_find(struct ctx *c, const struct req *r, struct request *q,
                          const struct help_line **ret_line)
{
    struct help_line *line;
    struct care k;
    size_t n;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, q));
    TRY(care_of(c, q, &k));
    TRY(line_all(c, q, &k, &line, &n));
    for (size_t i = 0; i < n; i++)
        if (line[i].is.id == r->ids.id[1]) {
            *ret_line = &line[i];
            return OK;
        }
    return FAIL(E_NOT_FOUND, "%s", _("This line of help does not exist."));
}

static enum err forms_fill(struct ctx *c, const struct req *r, const struct form_errors *end_wrong,
                           const struct form_errors *arrive_wrong, struct line_page *p)
{
    struct pair value[] = { { "day", typed_day_text(c, c->today) } };
    struct form end = { FORM(end_fields), .value = value, .n_values = 1, .prefix = "end" };
    struct form arrive = { FORM(arrival_fields), .prefix = "arrive" };

    TRY(form_view_fill(c, r, &end, end_wrong, &p->end));
    return form_view_fill(c, r, &arrive, arrive_wrong, &p->arrive);
}

static enum err partner_name_of(struct ctx *c, int64_t id, const char **ret_name)
{
    struct partner partner;

    if (id == INT_NONE || !role_may(c->actor->role, RIGHT_PARTNER))
        return OK;
    TRY(partner_get(c, id, &partner));
    *ret_name = partner.name;
    return OK;
}

static enum err line_show(struct ctx *c, const struct req *r, const struct form_errors *end_wrong,
                          const struct form_errors *arrive_wrong, struct reply *out)
{
    const struct help_line *line;
    struct line_page p = { 0 };
    struct request q;

    TRY(line_find(c, r, &q, &line));
    TRY(frame_fill(c, r, _("Line of help"), "/waiting", &p.frame));
    p.request = &q;
    p.line = line;
    p.name = q.who.name != NULL ? q.who.name : "";
    p.kind = line_kind_name(c, line->is.kind);
    TRY(partner_name_of(c, line->partner, &p.partner));
    p.since = time_nl_day(line->is.started_at);
    p.until = line->is.ended_at == TIME_NONE ? DAY_NONE : time_nl_day(line->is.ended_at);
    if (line->is.end_reason != NULL)
        p.end_reason = code_text(c, line_ends, line_end_count, line->is.end_reason);
    if (line->is.arrival != NULL)
        p.arrival = code_text(c, line_arrivals, line_arrival_count, line->is.arrival);
    bool open = q.now.ended_at == TIME_NONE;
    p.may_end = open && p.until == DAY_NONE;
    p.may_main = p.may_end && !line->is.main;
    p.may_arrive = line->arrival_by != DAY_NONE;
    TRY(forms_fill(c, r, end_wrong, arrive_wrong, &p));
    return line_html(c, &out->body, &p);
}

enum err web_line_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return line_show(c, r, NULL, NULL, out);
}

static enum err line_done(struct ctx *c, const struct req *r, const char *done, struct reply *out)
{
    return reply_redirect(c, out, "/requests/%lld?done=%s", (long long)r->ids.id[0], done);
}

static enum err end_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct end_typed t = { 0 };

    TRY(form_read(c, r, end_fields, COUNT(end_fields), &t, wrong));
    return line_stop(c, &(struct line_end){ { r->ids.id[0] }, case_seen(r), r->ids.id[1], t.day, t.reason });
}

enum err web_line_end_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = end_save(c, r, &wrong);

    if (e == OK)
        return line_done(c, r, "line_end", out);
    TRY(wrong_take(c, e, out, &wrong));
    return line_show(c, r, &wrong, NULL, out);
}

static enum err arrival_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct arrival_typed t = { 0 };

    TRY(form_read(c, r, arrival_fields, COUNT(arrival_fields), &t, wrong));
    return line_arrived(
        c, &(struct line_arrival){ { r->ids.id[0] }, case_seen(r), r->ids.id[1], t.arrival, t.note });
}

enum err web_line_arrival_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = arrival_save(c, r, &wrong);

    if (e == OK)
        return line_done(c, r, "arrival", out);
    TRY(wrong_take(c, e, out, &wrong));
    return line_show(c, r, NULL, &wrong, out);
}

enum err web_line_main_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = line_make_main(c, (struct request_id){ r->ids.id[0] }, case_seen(r), r->ids.id[1]);

    if (e == OK)
        return line_done(c, r, "main_line", out);
    TRY(wrong_take(c, e, out, &wrong));
    return line_show(c, r, &wrong, NULL, out);
}
