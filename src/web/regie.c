// SPDX-License-Identifier: EUPL-1.2
#include "web/regie.h"

#include "register/ave.h"
#include "register/right.h"
#include "web/request.h"
#include "web/show.h"

struct regie_typed {
    int64_t seen, worker;
    const char *holder, *name, *reason, *why;
    int32_t day;
};
static const struct form_field fields[] = {
    { FORM_AT(struct regie_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct regie_typed, holder), .kind = FORM_CODE, .required = true, .codes = regie_holders,
      .n_codes = &regie_holder_count, .label = N_("Who directs the case?"), .look = FORM_AS_RADIOS },
    { FORM_AT(struct regie_typed, worker), .kind = FORM_PICK, .label = N_("Which worker?"),
      .hint = N_("Nothing chosen: the worker who has the case.") },
    { FORM_AT(struct regie_typed, name), .kind = FORM_TEXT, .max = 120,
      .label = N_("Which director, of which organisation?") },
    { FORM_AT(struct regie_typed, day), .kind = FORM_DATE, .required = true, .label = N_("From"),
      .narrow = true },
    { FORM_AT(struct regie_typed, reason), .kind = FORM_CODE, .required = true, .codes = regie_reasons,
      .n_codes = &regie_reason_count, .label = N_("Why?"), .look = FORM_AS_SELECT },
    { FORM_AT(struct regie_typed, why), .kind = FORM_LINES, .max = 1000, .label = N_("In your own words") },
};

enum err regie_options(struct ctx *c, const struct request *q, const char *name,
                       struct form_options *ret_options)
{
    const struct regie_choice *choice;
    struct option_id *o;
    size_t n;

    TRY(regie_choices(c, q, &choice, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++)
        o[i] = (struct option_id){ choice[i].worker, choice[i].name };
    *ret_options = (struct form_options){ name, o, n };
    return OK;
}

static enum err form_show(struct ctx *c, const struct req *r, const struct form_errors *wrong, bool conflict,
                          struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the request"), .button = _("Save") };
    const struct regie_line *line;
    struct form_options options;
    struct request q;
    size_t n;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(regie_options(c, &q, "worker", &options));
    TRY(regie_of(c, &q, &line, &n));
    struct pair value[] = { { "seen", typed_number_text(c, q.now.version) },
                            { "day", typed_day_text(c, c->today) } };
    struct form form = { FORM(fields), .options = &options, .n_options = 1, .value = value,
                         .n_values = COUNT(value) };
    TRY(frame_fill(c, r, _("Who directs the case?"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/requests/{}/regie", "/requests/{}", r->ids.id[0]));
    if (n > 0 && line[0].current)
        p.lead = line[0].holder;
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    if (conflict)
        TRY(request_news_typed(c, r, &q, "seen", &p.news));
    if (conflict)
        TRY(form_view_seen(c, "seen", value[0].value, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_regie_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return form_show(c, r, NULL, false, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct form_options options;
    struct regie_typed t = { 0 };
    struct request q;

    TRY(may(c, RIGHT_HOUSEHOLD));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(regie_options(c, &q, "worker", &options));
    struct form form = { FORM(fields), .options = &options, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, wrong));
    return regie_change(c, &(struct regie_form){ .request = q.id,
                                                 .seen = t.seen,
                                                 .holder = t.holder,
                                                 .worker = t.worker,
                                                 .name = t.name,
                                                 .day = t.day,
                                                 .reason = t.reason,
                                                 .why = t.why });
}

enum err web_regie_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=regie", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return form_show(c, r, &wrong, e == E_CONFLICT, out);
}

enum err regie_part_fill(struct ctx *c, const struct request *q, struct regie_part *ret_part)
{
    struct regie_part p = { .request = q->id.v,
                            .may_change = user_may(c, RIGHT_HOUSEHOLD) && q->now.ended_at == TIME_NONE,
                            .ave_since = TIME_NONE,
                            .ave_review = TIME_NONE };
    struct ave a = ave_of(q);

    TRY(regie_of(c, q, &p.line, &p.n));
    if (a.since != TIME_NONE) {
        p.ave = ave_level_name(c, a.level);
        p.ave_since = a.since;
        p.ave_review = a.review;
        TRY(regie_worker_name(c, a.owner, &p.ave_owner));
    }
    *ret_part = p;
    return OK;
}
