// SPDX-License-Identifier: EUPL-1.2
#include "web/closing.h"

#include "base/text.h"
#include "register/closing.h"
#include "register/help_line.h"
#include "web/case_form.h"
#include "web/show.h"

/* ── Closing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct close_typed {
    int32_t day;
    const char *reason, *where_to, *alone, *experience, *note, *direct, *why;
    bool end_lines, unreviewed;
};
static const struct form_field close_fields[] = {
    { FORM_AT(struct close_typed, day), .kind = FORM_DATE, .required = true, .label = N_("Closed on"),
      .narrow = true },
    { FORM_AT(struct close_typed, reason), .kind = FORM_CODE, .codes = close_reasons,
      .n_codes = &close_reason_count, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Why does the help stop?") },
    { FORM_AT(struct close_typed, where_to), .kind = FORM_CODE, .codes = destinations,
      .n_codes = &destination_count, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Where does the resident go on?") },
    { FORM_AT(struct close_typed, alone), .kind = FORM_CODE, .codes = alone_answers,
      .n_codes = &alone_answer_count, .required = true, .label = N_("Can go on alone") },
    { FORM_AT(struct close_typed, experience), .kind = FORM_CODE, .codes = experiences,
      .n_codes = &experience_count, .required = true,
      .label = N_("Were you helped? (asked to the resident)") },
    { FORM_AT(struct close_typed, end_lines), .kind = FORM_CHECK,
      .label = N_("End the help that still runs on the same day"), .group = N_("What is still open") },
    { FORM_AT(struct close_typed, unreviewed), .kind = FORM_CHECK,
      .label = N_("Looking back on the goals is not possible") },
    { FORM_AT(struct close_typed, direct), .kind = FORM_CODE, .codes = direct_answers,
      .n_codes = &direct_answer_count, .look = FORM_AS_SELECT,
      .label = N_("Direct help: other than the rule says?"), .group = N_("Direct help"),
      .hint =
          N_("Leave it empty to follow the rule: the main line at closing is the team or a group of ours.") },
    { FORM_AT(struct close_typed, why), .kind = FORM_LINES, .max = 1000,
      .label = N_("Why is it different?") },
    { FORM_AT(struct close_typed, note), .kind = FORM_LINES, .max = 4000, .label = N_("Note"),
      .hint = N_("What a colleague must know when this resident calls again.") },
};
static enum err close_facts(struct ctx *c, const struct request *q, struct case_step *s)
{
    struct closing_check check;
    struct help_line *line;
    struct care k;
    size_t n;

    TRY(care_of(c, q, &k));
    TRY(closing_check(c, q, &k, "helped", &check));
    TRY(line_all(c, q, &k, &line, &n));
    for (size_t i = 0; i < n; i++)
        if (line[i].is.ended_at == TIME_NONE)
            case_fact(s, _("Help that still runs"), line_kind_name(c, line[i].is.kind));
    if (check.unreviewed_goals > 0)
        case_fact(s, _("Goals nobody looked back on"), count_text(c, (int64_t)check.unreviewed_goals));
    case_fact(s, _("Direct help, by the rule"), direct_name(c, check.direct));
    return OK;
}

static enum err close_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    struct request q;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    if (q.now.ended_at != TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("This request is closed already."));
    s->path = "/close";
    s->done = "closed";
    s->button = _("Close the request");
    s->title = _("Close the request");
    s->form = (struct form){ FORM(close_fields) };
    TRY(close_facts(c, &q, s));
    case_value(s, "day", typed_day_text(c, c->today));
    return OK;
}

enum err web_close_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(close_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err close_save(struct ctx *c, const struct req *r, const struct form *form,
                           struct form_errors *wrong)
{
    struct close_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    return closing_add(c, &(struct closing_form){ .request = { r->ids.id[0] },
                                                  .seen = case_seen(r),
                                                  .day = t.day,
                                                  .reason = t.reason,
                                                  .where_to = t.where_to,
                                                  .alone = t.alone,
                                                  .experience = t.experience,
                                                  .note = t.note,
                                                  .end_lines = t.end_lines,
                                                  .unreviewed = t.unreviewed,
                                                  .direct = t.direct,
                                                  .why = t.why });
}

enum err web_close_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };

    TRY(close_step(c, r, &s));
    return case_step_end(c, r, &s, close_save(c, r, &s.form, &wrong), &wrong, out);
}

/* ── Another judgement on direct help ─────────────────────────────────────────────────────────────────────
 */

struct direct_typed {
    const char *direct, *why;
};
static const struct form_field direct_fields[] = {
    { FORM_AT(struct direct_typed, direct), .kind = FORM_CODE, .codes = direct_answers,
      .n_codes = &direct_answer_count, .required = true, .label = N_("Direct help") },
    { FORM_AT(struct direct_typed, why), .kind = FORM_LINES, .max = 1000, .required = true,
      .label = N_("Why is it different?") },
};

static enum err direct_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    struct closing z;
    struct request q;
    bool found;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(closing_get(c, &q, &z, &found));
    s->form = (struct form){ FORM(direct_fields) };
    s->path = "/direct";
    s->done = "direct";
    s->title = _("Judge direct help otherwise");
    s->intro = _("The answer of the rule stays, and so does yours with its reason. Reports show how often "
                 "they differ.");
    case_fact(s, _("Direct help, by the rule"), direct_name(c, z.direct));
    return OK;
}

enum err web_direct_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(direct_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err direct_save(struct ctx *c, const struct req *r, const struct form *form,
                            struct form_errors *wrong)
{
    struct direct_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    return direct_say(c, &(struct direct_form){ { r->ids.id[0] }, case_seen(r), t.direct, t.why });
}

enum err web_direct_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };

    TRY(direct_step(c, r, &s));
    return case_step_end(c, r, &s, direct_save(c, r, &s.form, &wrong), &wrong, out);
}

/* ── The call afterwards ──────────────────────────────────────────────────────────────────────────────────
 */

struct aftercare_typed {
    int32_t day;
    const char *result, *note;
};
static const struct form_field aftercare_fields[] = {
    { FORM_AT(struct aftercare_typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?"),
      .narrow = true },
    { FORM_AT(struct aftercare_typed, result), .kind = FORM_CODE, .codes = aftercare_results,
      .n_codes = &aftercare_result_count, .required = true, .label = N_("How does it go?") },
    { FORM_AT(struct aftercare_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note"),
      .hint = N_("Only what is needed. Colleagues of the phone team can read this.") },
};

static enum err aftercare_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    struct request q;

    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    s->form = (struct form){ FORM(aftercare_fields) };
    s->path = "/aftercare";
    s->done = "aftercare";
    s->title = _("Call how it goes");
    case_fact(s, _("Phone"), q.who.phone);
    if (q.now.ended_at != TIME_NONE)
        case_fact(s, _("Closed on"), long_day_text(c, time_nl_day(q.now.ended_at)));
    case_value(s, "day", typed_day_text(c, c->today));
    return OK;
}

enum err web_aftercare_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(aftercare_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err aftercare_save(struct ctx *c, const struct req *r, const struct form *form,
                               struct form_errors *wrong, bool *ret_back)
{
    struct aftercare_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    *ret_back = text_is(t.result, "back");
    return aftercare_add(c,
                         &(struct aftercare_form){ { r->ids.id[0] }, case_seen(r), t.day, t.result, t.note });
}

enum err web_aftercare_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };
    bool back = false;

    TRY(aftercare_step(c, r, &s));
    enum err e = aftercare_save(c, r, &s.form, &wrong, &back);
    if (e == OK && back) /* help is needed again: straight to the new request */
        return reply_redirect(c, out, "/requests/%lld/reopen", (long long)r->ids.id[0]);
    return case_step_end(c, r, &s, e, &wrong, out);
}
