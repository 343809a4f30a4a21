// SPDX-License-Identifier: EUPL-1.2
/* Who is hidden from which colleague: for the team lead to confirm or end. And what access asks for today. */
#include "register/right.h"
#include "web/access.h"
#include "web/edit_page.h"
#include "web/show.h"
#include "web/tpl.h"

enum err web_claims_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct claims_page p = { 0 };
    const struct access_claim *x;
    struct claim_view *v;

    TRY(access_claims(c, &x, &p.n));
    TRY(frame_fill(c, r, _("Hidden from colleagues"),
                   user_may(c, RIGHT_ACCESS_LOG) ? "/access" : "/access/sealed", &p.frame));
    p.tabs = access_tabs(c, "/access/blocks", p.tab);
    TRY(ctx_alloc(c, p.n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < p.n; i++)
        v[i] = (struct claim_view){ .x = &x[i],
                                    .relation =
                                        code_text(c, claim_relations, claim_relation_count, x[i].relation) };
    p.claim = v;
    return claims_html(c, &out->body, &p);
}

struct confirm_typed {
    int64_t seen;
};
static const struct form_field confirm_fields[] = { { FORM_AT(struct confirm_typed, seen),
                                                      .kind = FORM_INT } };

enum err web_claim_confirm_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(confirm_fields) };
    struct confirm_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, NULL));
    TRY(access_claim_confirm(c, r->ids.id[0], t.seen != INT_NONE ? t.seen : -1));
    return reply_redirect(c, out, "/access/blocks?done=judged");
}

struct end_typed {
    int64_t seen;
    const char *why;
};
static const struct form_field end_fields[] = {
    { FORM_AT(struct end_typed, seen), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct end_typed, why), .kind = FORM_LINES, .required = true, .max = 500,
      .label = N_("Why does this end?") },
};

static enum err end_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct edit_page p = { .back_label = _("Back to the list"),
                           .button = _("End this"),
                           .danger = true,
                           .warning = _("Then this colleague can see the resident again.") };
    const struct access_claim *x;
    size_t n, i = 0;

    TRY(access_claims(c, &x, &n));
    while (i < n && x[i].id != r->ids.id[0])
        i++;
    if (i == n)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    struct pair value[] = { { "seen", typed_number_text(c, x[i].version) } };
    struct form form = { FORM(end_fields), .value = value, .n_values = 1 };
    TRY(frame_fill(c, r, _("End this"), NULL, &p.frame));
    TRY(edit_page_paths(c, &p, "/access/blocks/{}/end", "/access/blocks", r->ids.id[0]));
    p.lead = x[i].who;
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return edit_page_show(c, &p, out);
}

enum err web_claim_end_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return end_show(c, r, NULL, out);
}

enum err web_claim_end_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form form = { FORM(end_fields) };
    struct form_errors wrong = { 0 };
    struct end_typed t = { 0 };
    enum err e = form_take(c, r, &form, &t, &wrong);

    if (e == OK)
        e = access_claim_end(c, r->ids.id[0], t.seen != INT_NONE ? t.seen : -1, t.why);
    if (e == OK)
        return reply_redirect(c, out, "/access/blocks?done=judged");
    TRY(wrong_take(c, e, out, &wrong));
    return end_show(c, r, &wrong, out);
}

/* ── Today ────────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err today_access(struct ctx *c, struct today_block *b)
{
    struct access_filter f = {
        .kind = ACCESS_EMERGENCY, .account = INT_NONE, .request = INT_NONE, .open = true
    };
    const struct access_case *x;
    size_t n;

    TRY(access_cases(c, &f, &x, &n));
    b->title = _("Emergency access to judge");
    b->url = "/access?kind=emergency&judged=no";
    b->empty = _("Every emergency access has been judged.");
    b->count = (int64_t)n;
    for (size_t i = 0; i < n; i++) {
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            break;
        row->text = x[i].who;
        row->sub = x[i].number;
        row->url = "/access?kind=emergency&judged=no";
        row->badge = day_text(c, time_nl_day(x[i].starts_at));
        row->look = "warning";
    }
    return OK;
}

enum err today_claims(struct ctx *c, struct today_block *b)
{
    const struct access_claim *x;
    size_t n;

    TRY(access_claims(c, &x, &n));
    b->title = _("Colleagues who know a resident privately");
    b->url = "/access/blocks";
    b->empty = _("There is nothing to confirm.");
    b->count = 0;
    for (size_t i = 0; i < n; i++) {
        if (x[i].confirmed_at != TIME_NONE)
            continue;
        struct today_row *row = today_row_add(b);
        b->count++;
        if (row == NULL)
            continue;
        row->text = x[i].who;
        row->sub = x[i].cases > 0 ? _("Somebody else must take the case over.") : NULL;
        row->url = "/access/blocks";
        row->badge = day_text(c, time_nl_day(x[i].declared_at));
        row->look = x[i].cases > 0 ? "danger" : "neutral";
    }
    return OK;
}
