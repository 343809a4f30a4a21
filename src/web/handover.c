// SPDX-License-Identifier: EUPL-1.2
/* Handing over all cases of a worker: a proposal for each, one confirmation. */
#include "base/date.h"
#include "base/text.h"
#include "web/allocation.h"
#include "web/caseload.h"
#include "web/form_page.h"
#include "web/show.h"
#include "web/tpl.h"

static bool was_sent(const struct form_errors *wrong)
{
    return wrong != NULL;
}

static bool is_chosen(const struct req *r, int64_t id)
{
    int64_t v;

    for (size_t i = 0; i < r->form.n; i++)
        if (text_is(r->form.at[i].name, "id") && text_to_int(r->form.at[i].value, &v) && v == id)
            return true;
    return false;
}

static enum err line_fill(struct ctx *c, const struct req *r, bool sent, const struct handover_case *at,
                          struct handover_line *l)
{
    int64_t chosen = sent ? row_field(r, "to", at->row.id) : INT_NONE;
    struct option *o;

    *l = (struct handover_line){ .at = at, .weight = weight_text(c, at->row.weight), .why = "" };
    TRY(ctx_alloc(c, at->p.n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < at->p.n; i++) {
        const struct colleague *k = &at->p.colleague[i];
        if (k->k.never != NEVER_NOT)
            continue;
        o[l->n_to++] = (struct option){ .value = typed_number_text(c, k->k.worker),
                                        .label = k->name,
                                        .chosen = chosen != INT_NONE ? chosen == k->k.worker : i == 0 };
    }
    l->to = o;
    l->nobody = l->n_to == 0;
    l->chosen = sent ? is_chosen(r, at->row.id) : !l->nobody;
    return l->nobody ? OK : colleague_why(c, &at->p.colleague[0].k, &l->why);
}

static enum err reason_fill(struct ctx *c, const struct req *r, struct handover_page *p)
{
    const char *chosen = req_form(r, "reason");
    struct option *o;

    TRY(ctx_alloc(c, handover_reason_count, sizeof *o, (void *)&o));
    for (size_t i = 0; i < handover_reason_count; i++)
        o[i] = (struct option){ .value = handover_reasons[i].code,
                                .label = _(handover_reasons[i].name),
                                .chosen = text_is(handover_reasons[i].code, chosen) };
    p->reason = (struct choice){ .name = "reason",
                                 .label = _("Why do these residents get another worker?"),
                                 .option = o,
                                 .n = handover_reason_count,
                                 .required = true,
                                 .error = form_error(&p->wrong, "reason") };
    return OK;
}

static enum err page_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct handover_page p = { .may_end = user_may(c, RIGHT_STAFF_EDIT) };
    struct handover_line *line;
    struct handover h;

    TRY(handover_propose(c, r->ids.id[0], &h));
    TRY(frame_fill(c, r, _("Hand over all cases"), "/caseload", &p.frame));
    TRY(ctx_alloc(c, h.n + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < h.n; i++)
        TRY(line_fill(c, r, was_sent(wrong), &h.at[i], &line[i]));
    p.h = &h;
    p.line = line;
    p.wrong = was_sent(wrong) ? *wrong : (struct form_errors){ 0 };
    TRY(reason_fill(c, r, &p));
    p.last_day = (struct field){ .name = "last_day",
                                 .label = _("Last day of this worker"),
                                 .narrow = true,
                                 .hint = _("Only when the worker leaves. Then every case must go."),
                                 .inputmode = "numeric",
                                 .value = was_sent(wrong) ? req_form(r, "last_day") : "",
                                 .error = form_error(&p.wrong, "last_day") };
    return handover_html(c, &out->body, &p);
}

enum err web_handover_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return page_show(c, r, NULL, out);
}

struct handover_typed {
    struct form_ids id;
    int64_t seen;
    const char *reason;
    int32_t last_day;
};
static const struct form_field fields[] = {
    { FORM_AT(struct handover_typed, id), .kind = FORM_IDS, .max = 500, .required = true,
      .label = N_("Residents") },
    { FORM_AT(struct handover_typed, seen), .kind = FORM_INT, .required = true },
    { FORM_AT(struct handover_typed, reason), .kind = FORM_CODE, .required = true, .codes = handover_reasons,
      .n_codes = &handover_reason_count, .label = N_("Why do these residents get another worker?") },
    { FORM_AT(struct handover_typed, last_day), .kind = FORM_DATE, .label = N_("Last day of this worker") },
};

static enum err save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_batch)
{
    struct handover_typed t = { 0 };
    int64_t *version, *to;

    TRY(form_read(c, r, fields, COUNT(fields), &t, errors));
    TRY(ctx_alloc(c, t.id.n + 1, sizeof *version, (void *)&version));
    TRY(ctx_alloc(c, t.id.n + 1, sizeof *to, (void *)&to));
    for (size_t i = 0; i < t.id.n; i++) {
        version[i] = row_field(r, "version", t.id.id[i]);
        to[i] = row_field(r, "to", t.id.id[i]);
    }
    struct handover_form f = { .worker = r->ids.id[0],
                               .reason = t.reason,
                               .last_day = t.last_day,
                               .seen = t.seen,
                               .request = t.id.id,
                               .version = version,
                               .to = to,
                               .n = t.id.n };
    return handover_save(c, &f, ret_batch);
}

enum err web_handover_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t batch = 0;
    enum err e = save(c, r, &errors, &batch);

    if (e == OK)
        return reply_redirect(c, out, "/caseload/inform?done=handover&batch=%lld", (long long)batch);
    TRY(wrong_take(c, e, out, &errors));
    return page_show(c, r, &errors, out);
}
