// SPDX-License-Identifier: EUPL-1.2
/* One worker: facts, hours, absence, cases, and what changed. */
#include "base/buf.h"
#include "base/text.h"
#include "register/config.h"
#include "web/form_page.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/worker.h"

struct fte_typed {
    int64_t fte;
    int32_t from;
};
static const struct form_field fte_fields[] = {
    { FORM_AT(struct fte_typed, from), .kind = FORM_DATE, .required = true, .label = N_("From which day?") },
    { FORM_AT(struct fte_typed, fte), .kind = FORM_DECIMAL, .required = true, .label = N_("Hours (fte)") },
};
struct account_typed {
    int64_t account;
};
static const struct form_field account_fields[] = {
    { FORM_AT(struct account_typed, account), .kind = FORM_PICK, .look = FORM_AS_SELECT,
      .label = N_("Account"), .hint = N_("With this account the worker sees the own cases.") },
};

static void fact(struct worker_page *p, const char *label, const char *value)
{
    if (!text_empty(value) && p->facts < RECORD_FACTS)
        p->fact[p->facts++] = (struct record_fact){ .label = label, .value = value };
}

static enum err facts_fill(struct ctx *c, const struct worker *w, struct worker_page *p)
{
    const struct config *k;
    const char *others, *languages;

    TRY(config_get(c, &k));
    TRY(codes_text(c, worker_disciplines, worker_discipline_count, w->f.others, &others));
    TRY(codes_text(c, worker_languages, worker_language_count, w->f.languages, &languages));
    fact(p, _("Team"), config_team_name(k, w->f.team));
    fact(p, _("Discipline"), code_text(c, worker_disciplines, worker_discipline_count, w->f.discipline));
    fact(p, _("Further disciplines"), others);
    fact(p, _("Languages"), languages);
    fact(p, _("Gender"), code_text(c, worker_genders, worker_gender_count, w->f.gender));
    fact(p, _("Employer"), w->employer_name);
    fact(p, _("Contract"), code_text(c, worker_contracts, worker_contract_count, w->f.contract));
    fact(p, _("First day"), day_text(c, w->f.started));
    fact(p, _("Last day"), day_text(c, w->f.ended));
    fact(p, _("At the transition"), code_text(c, worker_takeovers, worker_takeover_count, w->f.takeover));
    fact(p, _("Room for cases"), typed_number_text(c, w->f.room));
    return OK;
}

/* The newest first. */
static enum err hours_fill(struct ctx *c, int64_t worker, struct worker_page *p)
{
    struct worker_hours *h;
    struct fte_row *row;
    size_t n;

    TRY(fte_rows(c, worker, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *h, (void *)&h));
    for (size_t i = 0; i < n; i++)
        h[n - 1 - i] = (struct worker_hours){ row[i].from, fte_text(c, row[i].fte), row[i].who,
                                              time_nl_day(row[i].recorded_at) };
    p->hours = h;
    p->n_hours = n;
    return OK;
}

static enum err absences_fill(struct ctx *c, const struct worker *w, struct worker_page *p)
{
    struct worker_absence *v;
    struct absence *a;
    size_t n;

    p->sees_absence = absence_may_see(c, w->id, w->f.team);
    p->may_absence = absence_may_change(c, w->id, w->f.team);
    if (!p->sees_absence)
        return OK;
    TRY(absence_of(c, w->id, &a, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        v[n - 1 - i] =
            (struct worker_absence){ a[i].id,    code_text(c, absence_kinds, absence_kind_count, a[i].kind),
                                     a[i].from,  a[i].until,
                                     a[i].ended, absence_covers(&a[i], c->today, c->today) };
    p->absence = v;
    p->absences = n;
    return OK;
}

/* ── What changed from one version to the next ────────────────────────────────────────────────────────────
 */

static void differ(struct buf *b, const char *label, const char *was, const char *is)
{
    if (text_is(was, is) || (text_empty(was) && text_empty(is)))
        return;
    buf_str(b, b->len > 0 ? "; " : "");
    buf_str(b, label);
    buf_str(b, ": ");
    buf_str(b, text_empty(was) ? "-" : was);
    buf_str(b, " \xe2\x86\x92 ");
    buf_str(b, text_empty(is) ? "-" : is);
}

static enum err change_text(struct ctx *c, const struct worker_version *a, const struct worker_version *b,
                            const char **ret_text)
{
    const struct worker_facts *o = &a->f, *f = &b->f;
    const struct config *k;
    const char *others[2], *languages[2];
    struct buf out = { 0 };

    TRY(config_get(c, &k));
    for (int i = 0; i < 2; i++) {
        const struct worker_facts *of = i == 0 ? o : f;
        TRY(codes_text(c, worker_disciplines, worker_discipline_count, of->others, &others[i]));
        TRY(codes_text(c, worker_languages, worker_language_count, of->languages, &languages[i]));
    }
    differ(&out, _("Name"), o->name, f->name);
    differ(&out, _("Team"), config_team_name(k, o->team), config_team_name(k, f->team));
    differ(&out, _("Discipline"), code_text(c, worker_disciplines, worker_discipline_count, o->discipline),
           code_text(c, worker_disciplines, worker_discipline_count, f->discipline));
    differ(&out, _("Further disciplines"), others[0], others[1]);
    differ(&out, _("Languages"), languages[0], languages[1]);
    differ(&out, _("Gender"), code_text(c, worker_genders, worker_gender_count, o->gender),
           code_text(c, worker_genders, worker_gender_count, f->gender));
    differ(&out, _("Employer"), a->employer_name, b->employer_name);
    differ(&out, _("Contract"), code_text(c, worker_contracts, worker_contract_count, o->contract),
           code_text(c, worker_contracts, worker_contract_count, f->contract));
    differ(&out, _("Room for cases"), typed_number_text(c, o->room), typed_number_text(c, f->room));
    differ(&out, _("First day"), day_text(c, o->started), day_text(c, f->started));
    differ(&out, _("Last day"), day_text(c, o->ended), day_text(c, f->ended));
    differ(&out, _("At the transition"), code_text(c, worker_takeovers, worker_takeover_count, o->takeover),
           code_text(c, worker_takeovers, worker_takeover_count, f->takeover));
    enum err e = ctx_copy(c, buf_text(&out), ret_text);
    buf_free(&out);
    return e;
}

enum err worker_news_fill(struct ctx *c, const struct req *r, int64_t worker, struct news *ret_news)
{
    struct worker_version *v;
    struct news_line *line;
    int64_t seen;
    size_t n, since = 0;

    *ret_news = (struct news){ 0 };
    if (!text_to_int(req_form(r, "version"), &seen))
        return OK;
    TRY(worker_versions(c, worker, &v, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *line, (void *)&line));
    for (size_t i = 1; i < n; i++) {
        if (v[i].version <= seen)
            continue;
        line[since] = (struct news_line){ .who = v[i].who, .occurred_at = v[i].recorded_at };
        TRY(change_text(c, &v[i - 1], &v[i], &line[since++].title));
    }
    *ret_news = (struct news){ line, since };
    return OK;
}

static enum err changes_fill(struct ctx *c, int64_t worker, struct worker_page *p)
{
    struct worker_version *v;
    struct worker_change *k;
    size_t n;

    TRY(worker_versions(c, worker, &v, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *k, (void *)&k));
    for (size_t i = 1; i < n; i++) {
        struct worker_change *to = &k[n - 1 - i];
        *to = (struct worker_change){ .recorded_at = v[i].recorded_at, .who = v[i].who };
        TRY(change_text(c, &v[i - 1], &v[i], &to->what));
    }
    p->change = k;
    p->changes = n > 0 ? n - 1 : 0;
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err load_fill(struct ctx *c, const struct worker *w, struct worker_page *p)
{
    const struct config *k;
    struct fte_book book;
    struct load *load;
    size_t n;

    TRY(config_get(c, &k));
    TRY(fte_book_read(c, c->today, c->today, &book));
    TRY(load_read(c, k, &load, &n));
    struct load l = load_of(load, n, w->id);
    p->cases = l.cases;
    p->points = l.points;
    p->room = room_of(k, w, fte_of_worker(&book, w->id, c->today));
    p->may_handover = user_may(c, RIGHT_ALLOCATE) && l.cases > 0;
    p->left_with_cases = l.cases > 0 && !worker_serves(&w->f, c->today);
    return OK;
}

static enum err account_options(struct ctx *c, int64_t worker, struct form_options *ret_options,
                                int64_t *ret_own)
{
    struct login_name *a;
    struct option_id *o;
    size_t n, m = 0;

    *ret_own = INT_NONE;
    TRY(worker_accounts(c, &a, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++) {
        if (a[i].worker == worker)
            *ret_own = a[i].id;
        if (a[i].worker == INT_NONE || a[i].worker == worker)
            o[m++] = (struct option_id){ a[i].id, a[i].name };
    }
    *ret_options = (struct form_options){ "account", o, m };
    return OK;
}

/* Which of the two forms of the page was sent, and what was wrong with it. */
struct sent_forms {
    const struct form_errors *fte, *account;
};

static enum err forms_fill(struct ctx *c, const struct req *r, const struct sent_forms *sent,
                           struct worker_page *p)
{
    struct form_options accounts;
    int64_t own;

    if (!p->may_edit)
        return OK;
    TRY(account_options(c, p->worker->id, &accounts, &own));
    struct pair today[] = { { "from", typed_day_text(c, c->today) } };
    struct pair now[] = { { "account", typed_number_text(c, own) } };
    struct form fte = { FORM(fte_fields), .value = today, .n_values = 1, .prefix = "fte" };
    struct form account = { FORM(account_fields), .options = &accounts, .n_options = 1,
                            .value = now,         .n_values = 1,        .prefix = "acc" };
    TRY(form_view_fill(c, r, &fte, sent->fte, &p->fte));
    return form_view_fill(c, r, &account, sent->account, &p->account);
}

static enum err page_show(struct ctx *c, const struct req *r, const struct sent_forms *sent,
                          struct reply *out)
{
    struct worker_page p = { .may_edit = user_may(c, RIGHT_STAFF_EDIT) };
    struct worker w;

    TRY(worker_get(c, r->ids.id[0], &w));
    TRY(frame_fill(c, r, w.f.name, "/staff", &p.frame));
    p.worker = &w;
    p.state = worker_serves(&w.f, c->today) ? _("In service") : _("Not in service");
    p.look = worker_serves(&w.f, c->today) ? "success" : "inactive";
    TRY(facts_fill(c, &w, &p));
    TRY(hours_fill(c, w.id, &p));
    TRY(absences_fill(c, &w, &p));
    TRY(changes_fill(c, w.id, &p));
    TRY(load_fill(c, &w, &p));
    TRY(forms_fill(c, r, sent, &p));
    return worker_html(c, &out->body, &p);
}

enum err web_worker_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return page_show(c, r, &(struct sent_forms){ 0 }, out);
}

static enum err fte_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(fte_fields) };
    struct fte_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, errors));
    return fte_add(c, r->ids.id[0], t.from, t.fte);
}

enum err web_worker_fte_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = fte_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/staff/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return page_show(c, r, &(struct sent_forms){ .fte = &errors }, out);
}

static enum err account_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options accounts;
    struct account_typed t = { 0 };
    int64_t own;

    TRY(account_options(c, r->ids.id[0], &accounts, &own));
    struct form form = { FORM(account_fields), .options = &accounts, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    return worker_link(c, r->ids.id[0], t.account);
}

enum err web_worker_account_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = account_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/staff/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return page_show(c, r, &(struct sent_forms){ .account = &errors }, out);
}
