// SPDX-License-Identifier: EUPL-1.2
/* Many requests of the waiting list given at once: a proposal for each, one confirmation. */
#include "base/buf.h"
#include "base/text.h"
#include "web/allocation.h"
#include "web/form_view.h"
#include "web/tpl.h"

#include <stdio.h>

int64_t row_field(const struct req *r, const char *name, int64_t row)
{
    char field[48];
    const char *text;
    int64_t v;

    snprintf(field, sizeof field, "%s-%lld", name, (long long)row);
    text = req_form(r, field);
    return text != NULL && text_to_int(text, &v) ? v : INT_NONE;
}

static enum err ids_read(struct ctx *c, const struct req *r, int64_t **ret_id, size_t *ret_n)
{
    size_t n = 0;

    TRY(ctx_alloc(c, r->form.n + 1, sizeof **ret_id, (void *)ret_id));
    for (size_t i = 0; i < r->form.n; i++)
        if (text_is(r->form.at[i].name, "id") && text_to_int(r->form.at[i].value, &(*ret_id)[n]) &&
            (*ret_id)[n] > 0)
            n++;
    *ret_n = n;
    return OK;
}

/* What another did since the form was made. */
static enum err line_news(struct ctx *c, const struct req *r, const struct proposal *p, struct news *ret_news)
{
    int64_t seen = row_field(r, "version", p->id.v);
    struct request q;

    if (seen == INT_NONE || seen == p->version)
        return OK;
    TRY(request_get(c, p->id, &q));
    return request_news_since(c, &q, seen, ret_news);
}

/* Who can, best first; what was chosen before stands chosen again, unless another changed the request. */
static enum err line_fill(struct ctx *c, const struct req *r, const struct proposal *p,
                          struct allocate_line *l)
{
    int64_t chosen = row_field(r, "worker", p->id.v), weight = row_field(r, "weight", p->id.v);
    struct option *o;

    *l = (struct allocate_line){ .p = p };
    TRY(line_news(c, r, p, &l->news));
    TRY(ctx_alloc(c, p->n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < p->n; i++) {
        const struct colleague *k = &p->colleague[i];
        if (k->k.never != NEVER_NOT)
            continue;
        o[l->workers++] = (struct option){ .value = typed_number_text(c, k->k.worker),
                                           .label = k->name,
                                           .chosen = l->news.n == 0 &&
                                                     (chosen != INT_NONE ? chosen == k->k.worker : i == 0) };
    }
    l->worker = o;
    l->nobody = l->workers == 0;
    if (!l->nobody)
        TRY(colleague_why(c, &p->colleague[0].k, &l->why));
    return weight_options(c,
                          weight != INT_NONE      ? weight
                          : p->weight != INT_NONE ? p->weight
                                                  : WEIGHT_SHORT,
                          &l->weight);
}

static enum err many_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct allocate_many_page page = { 0 };
    struct allocate_line *line;
    struct proposal *p;
    int64_t *id;
    size_t n, m;

    TRY(ids_read(c, r, &id, &n));
    TRY(allocation_propose(c, id, n, NULL, &p, &m));
    TRY(frame_fill(c, r, _("Allocate"), "/waiting", &page.frame));
    TRY(ctx_alloc(c, m + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < m; i++)
        TRY(line_fill(c, r, &p[i], &line[i]));
    page.line = line;
    page.n = m;
    page.left_out = n - m;
    page.wrong = wrong != NULL ? *wrong : (struct form_errors){ 0 };
    return allocate_many_html(c, &out->body, &page);
}

enum err web_allocate_many_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return many_show(c, r, NULL, out);
}

static enum err many_save(struct ctx *c, const struct req *r, int64_t *ret_batch)
{
    struct allocation *a;
    int64_t *id;
    size_t n, m = 0;

    TRY(ids_read(c, r, &id, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *a, (void *)&a));
    for (size_t i = 0; i < n; i++) {
        struct allocation one = { .request = id[i],
                                  .version = row_field(r, "version", id[i]),
                                  .worker = row_field(r, "worker", id[i]),
                                  .weight = row_field(r, "weight", id[i]) };
        if (one.worker != 0) /* 0: not now */
            a[m++] = one;
    }
    return allocation_save(c, a, m, ret_batch);
}

enum err web_allocate_many_save_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t batch = 0;
    enum err e = many_save(c, r, &batch);

    if (e == OK)
        return reply_redirect(c, out, "/waiting?done=allocated&batch=%lld", (long long)batch);
    TRY(wrong_take(c, e, out, &errors));
    return many_show(c, r, &errors, out);
}
