// SPDX-License-Identifier: EUPL-1.2
#include "web/allocation.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/config.h"
#include "web/show.h"
#include "web/tpl.h"

/* ── Words ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static void word(struct buf *b, bool yes, const char *text)
{
    if (!yes)
        return;
    buf_str(b, b->len > 0 ? ", " : "");
    buf_str(b, text);
}

static enum err keep(struct ctx *c, struct buf *b, const char **ret_text)
{
    enum err e = ctx_copy(c, buf_text(b), ret_text);

    buf_free(b);
    return e;
}

enum err colleague_why(struct ctx *c, const struct candidate *k, const char **ret_text)
{
    struct buf b = { 0 };

    word(&b, k->known == KNOWN_PERSON, _("knows this resident already"));
    word(&b, k->known == KNOWN_HOUSEHOLD, _("knows someone of this household"));
    word(&b, k->takes_part, _("takes part already"));
    word(&b, k->fit == FIT_MAIN, _("discipline fits"));
    word(&b, k->fit == FIT_FURTHER, _("further discipline fits"));
    word(&b, k->language_asked && k->speaks, _("speaks the language"));
    word(&b, k->language_asked && !k->speaks, _("does not speak the language"));
    word(&b, k->wish_asked && k->wish_met, _("as the resident wishes"));
    word(&b, k->wish_asked && !k->wish_met, _("not as the resident wishes"));
    word(&b, k->gave_back, _("gave this back before"));
    word(&b, k->absent, _("away today"));
    return keep(c, &b, ret_text);
}

/* NULL: can be chosen. */
static const char *never_reason(const struct ctx *c, enum never never)
{
    switch (never) {
    case NEVER_BLOCKED:
        return _("knows the resident privately");
    case NEVER_NOT_IN_SERVICE:
        return _("not in service");
    case NEVER_LEAVES:
        return _("leaves");
    default:
        return NULL;
    }
}

enum err wish_words(struct ctx *c, const struct wish *w, const char **ret_text)
{
    struct buf b = { 0 };

    *ret_text = NULL;
    word(&b, w->gender != NULL, code_text(c, wish_genders, wish_gender_count, w->gender));
    word(&b, w->language != NULL, code_text(c, worker_languages, worker_language_count, w->language));
    word(&b, w->provider != NULL, code_text(c, wish_providers, wish_provider_count, w->provider));
    word(&b, w->moment != NULL, code_text(c, wish_moments, wish_moment_count, w->moment));
    if (b.len == 0) {
        buf_free(&b);
        return OK;
    }
    return keep(c, &b, ret_text);
}

enum err weight_options(struct ctx *c, int64_t chosen, const struct option **ret_option)
{
    const struct config *k;
    struct option *o;

    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, WEIGHTS, sizeof *o, (void *)&o));
    for (int64_t w = WEIGHT_LIGHT; w < WEIGHTS; w++) {
        struct buf b = { 0 };
        buf_str(&b, weight_text(c, w));
        buf_lit(&b, " (");
        buf_int(&b, weight_points(k, w));
        buf_char(&b, ')');
        o[w - 1] = (struct option){ .value = typed_number_text(c, w), .chosen = w == chosen };
        TRY(keep(c, &b, &o[w - 1].label));
    }
    *ret_option = o;
    return OK;
}

/* ── One request ──────────────────────────────────────────────────────────────────────────────────────────
 */

static int64_t form_number(const struct req *r, const char *name)
{
    const char *text = req_form(r, name);
    int64_t v;

    return text != NULL && text_to_int(text, &v) && v >= 0 ? v : INT_NONE;
}

static enum err colleagues_fill(struct ctx *c, const struct proposal *p, int64_t chosen,
                                struct allocate_page *page)
{
    struct colleague_view *v;

    TRY(ctx_alloc(c, p->n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < p->n; i++) {
        const struct colleague *k = &p->colleague[i];
        v[i] = (struct colleague_view){ .worker = k->k.worker,
                                        .name = k->name,
                                        .discipline = code_text(c, worker_disciplines,
                                                                worker_discipline_count, k->discipline),
                                        .cases = k->k.cases,
                                        .load = k->k.load,
                                        .room = k->k.room,
                                        .points = k->points,
                                        .never = never_reason(c, k->k.never),
                                        .chosen = chosen != INT_NONE ? k->k.worker == chosen : i == 0 };
        TRY(colleague_why(c, &k->k, &v[i].why));
    }
    page->colleague = v;
    page->n = p->n;
    return OK;
}

static enum err one_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct allocate_page page = { 0 };
    const struct config *k;
    struct request q;
    struct proposal *p;
    size_t n;

    TRY(allocation_propose(c, &r->ids.id[0], 1, NULL, &p, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s", _("This request cannot be given to a worker now."));
    TRY(config_get(c, &k));
    TRY(frame_fill(c, r, _("Allocate"), "/waiting", &page.frame));
    page.p = &p[0];
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(request_news_fill(c, r, &q, &page.news));
    page.team = config_team_name(k, p[0].team);
    TRY(worker_name(c, p[0].worker, &page.now));
    page.wrong = wrong != NULL ? *wrong : (struct form_errors){ 0 };
    TRY(wish_words(c, &p[0].wish, &page.wish));
    TRY(colleagues_fill(c, &p[0], wrong != NULL ? form_number(r, "worker") : INT_NONE, &page));
    int64_t weight = wrong != NULL ? form_number(r, "weight") : p[0].weight;
    page.weight = (struct choice){ .name = "weight",
                                   .label = _("How heavy is this case?"),
                                   .n = WEIGHTS - 1,
                                   .required = true,
                                   .error = form_error(&page.wrong, "weight") };
    TRY(weight_options(c, weight == INT_NONE ? WEIGHT_SHORT : weight, &page.weight.option));
    page.note = (struct field){ .name = "note",
                                .label = _("Note"),
                                .lines = true,
                                .value = wrong != NULL ? req_form(r, "note") : "",
                                .hint = _("Only what the colleague needs to know to begin."),
                                .error = form_error(&page.wrong, "note") };
    return allocate_html(c, &out->body, &page);
}

enum err web_allocate_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return one_show(c, r, NULL, out);
}

struct allocate_typed {
    int64_t version, worker, weight;
    const char *note;
};
static const struct form_field one_fields[] = {
    { FORM_AT(struct allocate_typed, version), .kind = FORM_INT, .required = true },
    { FORM_AT(struct allocate_typed, worker), .kind = FORM_ID, .required = true, .label = N_("Allocate to") },
    { FORM_AT(struct allocate_typed, weight), .kind = FORM_ID, .required = true,
      .label = N_("How heavy is this case?") },
    { FORM_AT(struct allocate_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
};

static enum err one_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_batch)
{
    struct allocate_typed t = { 0 };

    TRY(form_read(c, r, one_fields, COUNT(one_fields), &t, errors));
    struct allocation a = { .request = r->ids.id[0],
                            .version = t.version,
                            .worker = t.worker,
                            .weight = t.weight,
                            .note = text_empty(t.note) ? NULL : t.note };
    return allocation_save(c, &a, 1, ret_batch);
}

enum err web_allocate_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t batch = 0;
    enum err e = one_save(c, r, &errors, &batch);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=allocated&batch=%lld", (long long)r->ids.id[0],
                              (long long)batch);
    TRY(wrong_take(c, e, out, &errors));
    e = one_show(c, r, &errors, out);
    if (e != E_CONFLICT)
        return e;
    err_clear(c); /* it cannot be allocated any more: its own page says why */
    return request_show(c, r, errors, out);
}
