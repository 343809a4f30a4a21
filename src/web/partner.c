// SPDX-License-Identifier: EUPL-1.2
/* Lists of partners: the directory, the stages over time, and how referrals were answered. */
#include "web/partner.h"

#include "base/text.h"
#include "register/referral.h"
#include "web/options.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#define MENU "/partners"
#define FEW 10 /* people, below which someone outside the teams gets no numbers of parts */

void partner_tabs_fill(const struct ctx *c, const char *current, struct panel_list *p)
{
    static const struct {
        const char *label, *path;
    } tab[] = { { N_("Partners"), "/partners" },
                { N_("Agreements"), "/agreements" },
                { N_("Stages over time"), "/partners/stages" },
                { N_("Answers to referrers"), "/partners/referrals" } };

    for (size_t i = 0; i < COUNT(tab); i++)
        p->tab[i] = (struct tab){ _(tab[i].label), tab[i].path, INT_NONE, text_is(tab[i].path, current) };
    p->tabs = COUNT(tab);
}

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Partner"), TEXT, N_("Kind")),
    SHEET_COLUMN(N_("Stage"), BADGE),
    SHEET_COLUMN(N_("Neighbourhoods"), TEXT),
    SHEET_COLUMN(N_("Agreements"), COUNT),
    SHEET_COLUMN(N_("Not kept"), COUNT),
    SHEET_COLUMN(N_("Next review"), DAY),
};

static enum err areas_text(struct ctx *c, int64_t id, const char **ret_text)
{
    struct partner_area *area;
    struct buf b = { 0 };
    size_t n;

    TRY(partner_areas(c, id, &area, &n));
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_lit(&b, ", ");
        buf_str(&b, area[i].name);
    }
    if (n == 0)
        buf_str(&b, _("The whole municipality"));
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

static enum err row_add(struct ctx *c, const struct partner *p, const struct agreement *a, size_t n,
                        struct sheet *s)
{
    bool ended = p->ended_on != DAY_NONE;
    int32_t review = DAY_NONE;
    int64_t all = 0, broken = 0;
    const char *areas;

    for (size_t i = 0; i < n; i++) {
        if (a[i].partner != p->id || a[i].ends_on != DAY_NONE)
            continue;
        all++;
        broken += a[i].kept == AGREEMENT_NOT_KEPT;
        if (review == DAY_NONE || a[i].review_on < review)
            review = a[i].review_on;
    }
    TRY(areas_text(c, p->id, &areas));
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, p->name);
    sheet_sub(s, partner_kind_name(c, p->kind));
    TRY(sheet_link(c, s, "/partners/%lld", (long long)p->id));
    sheet_badge(s, ended ? _("Ended") : partner_stage_name(c, p->stage),
                ended                         ? "inactive"
                : text_is(p->stage, "agreed") ? "success"
                                              : "neutral");
    sheet_text(s, areas);
    sheet_count(s, all);
    sheet_count(s, broken);
    sheet_day(s, review);
    return OK;
}

enum err web_partners_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "partner",
                       .title = _("Partners"),
                       .day = c->today,
                       .empty = _("There are no partners yet."),
                       SHEET_COLUMNS(columns) };
    struct partner *partner;
    struct agreement *a;
    size_t n, agreements;

    TRY(partner_all(c, &partner, &n));
    TRY(agreement_list(c, INT_NONE, &a, &agreements));
    for (size_t i = 0; i < n; i++)
        TRY(row_add(c, &partner[i], a, agreements, &s));
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    partner_tabs_fill(c, "/partners", &p);
    if (user_may(c, RIGHT_PARTNER_EDIT)) {
        p.new_url = "/partners/new";
        p.new_label = _("New partner");
    }
    return panel_list_show(c, r, &s, &p, out);
}

/* ── Stages over time ─────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column stage_columns[] = {
    SHEET_COLUMN(N_("At the end of"), DAY),
    SHEET_COLUMN(N_("Getting to know each other"), COUNT),
    SHEET_COLUMN(N_("Talking about working together"), COUNT),
    SHEET_COLUMN(N_("Agreement being prepared"), COUNT),
    SHEET_COLUMN(N_("Agreement made"), COUNT),
    SHEET_COLUMN(N_("Partners"), COUNT),
};

enum err web_partner_stages_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "partner_stage",
                       .title = _("Stages over time"),
                       .day = c->today,
                       SHEET_COLUMNS(stage_columns) };
    struct panel_filter f = { query_day(c, r, "from", date_add_months(c->today, -24)),
                              query_day(c, r, "to", c->today), INT_NONE, false };
    struct partner_month *m;
    size_t n;

    if (f.to < f.from)
        f.from = f.to;
    TRY(partner_months(c, f.from, f.to, &m, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t all = 0;
        TRY(sheet_row(c, &s, INT_NONE));
        sheet_day(&s, m[i].last_day);
        for (size_t k = 0; k < PARTNER_STAGES; k++) {
            sheet_count(&s, m[i].n[k]);
            all += m[i].n[k];
        }
        sheet_count(&s, all);
    }
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    p.lead = _("How many partners were in each stage at the end of each month.");
    partner_tabs_fill(c, "/partners/stages", &p);
    TRY(panel_filter_fill(c, &f, "/partners/stages", &p));
    return panel_list_show(c, r, &s, &p, out);
}

/* ── Answers to referrers ─────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column answer_columns[] = {
    SHEET_COLUMN(N_("Partner"), TEXT),
    SHEET_COLUMN_SUB(N_("Referrals"), COUNT, N_("Without consent")),
    SHEET_COLUMN_SUB(N_("Answers in time"), COUNT, N_("In time, %")),
    SHEET_COLUMN(N_("Answered late"), COUNT),
    SHEET_COLUMN_SUB(N_("Late, no answer"), COUNT, N_("Still in time")),
    SHEET_COLUMN_SUB(N_("Several problems"), COUNT, N_("Stuck")),
    SHEET_COLUMN(N_("Median until first contact"), DAYS),
};

/* Someone outside the teams sees no parts of a small number, and no number from which they follow. */
static enum err answer_row(struct ctx *c, const struct referral_sum *m, struct sheet *s)
{
    bool few = !user_may(c, RIGHT_CONTACT) && m->all < FEW;
    int64_t done = m->in_time + m->late + m->open_late; /* the norm day has come, or the answer */

    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, m->name);
    TRY(sheet_link(c, s, "/partners/%lld", (long long)m->partner));
    sheet_count(s, few && m->all > 0 ? INT_NONE : m->all);
    if (!few && m->no_consent > 0)
        sheet_sub(s, text_made(c, _("%d without consent"), (int)m->no_consent));
    sheet_count(s, few ? INT_NONE : m->in_time);
    if (!few && done >= FEW)
        sheet_sub(s, percent_text(c, (double)m->in_time / (double)done));
    sheet_count(s, few ? INT_NONE : m->late);
    sheet_count(s, few ? INT_NONE : m->open_late);
    if (!few && m->open > 0)
        sheet_sub(s, text_made(c, _("%d still in time"), (int)m->open));
    sheet_count(s, few ? INT_NONE : m->multi_problem);
    if (!few && m->stuck > 0)
        sheet_sub(s, text_made(c, _("%d wait there"), (int)m->stuck));
    sheet_count(s, few || m->contacted < FEW ? INT_NONE : m->contact_days);
    return OK;
}

enum err web_partner_referrals_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_list p = { 0 };
    struct sheet s = { .object = "referral_sum",
                       .title = _("Answers to referrers"),
                       .day = c->today,
                       .empty = _("There are no partners yet."),
                       SHEET_COLUMNS(answer_columns) };
    struct panel_filter f = { query_day(c, r, "from", date_add_months(c->today, -6)),
                              query_day(c, r, "to", c->today), INT_NONE, false };
    struct referral_sum *sum;
    size_t n;

    if (f.to < f.from)
        f.from = f.to;
    TRY(referral_sums(c, f.from, f.to, &sum, &n));
    for (size_t i = 0; i < n; i++)
        TRY(answer_row(c, &sum[i], &s));
    s.filter = text_made(c, "%s - %s", day_text(c, f.from), day_text(c, f.to));
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    p.lead = _("Open referrals count too. Below 10 there is no percentage and no median.");
    partner_tabs_fill(c, "/partners/referrals", &p);
    TRY(panel_filter_fill(c, &f, "/partners/referrals", &p));
    return panel_list_show(c, r, &s, &p, out);
}

/* ── A new one ────────────────────────────────────────────────────────────────────────────────────────────
 */

struct new_typed {
    const char *name, *kind;
    struct form_ids neighbourhood;
};
static const struct form_field new_fields[] = {
    { FORM_AT(struct new_typed, name), .kind = FORM_TEXT, .required = true, .max = 120,
      .label = N_("Name of the organisation") },
    { FORM_AT(struct new_typed, kind), .kind = FORM_CODE, .required = true,
      .label = N_("Kind of organisation"), .codes = partner_kinds, .n_codes = &partner_kind_count },
    { FORM_AT(struct new_typed, neighbourhood), .kind = FORM_IDS, .label = N_("Neighbourhoods"),
      .hint = N_("None: the whole municipality.") },
};

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct record_new_page p = { .action = "/partners", .back = "/partners", .button = _("Save") };
    struct form_options options;
    struct form form = { FORM(new_fields), .options = &options, .n_options = 1 };

    TRY(neighbourhood_options(c, "neighbourhood", &options));
    TRY(frame_fill(c, r, _("New partner"), MENU, &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_partner_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_PARTNER_EDIT));
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_id)
{
    struct new_typed t = { 0 };
    struct form_options options;
    struct form form = { FORM(new_fields), .options = &options, .n_options = 1 };

    TRY(neighbourhood_options(c, "neighbourhood", &options));
    TRY(form_take(c, r, &form, &t, wrong));
    struct partner_form f = { INT_NONE, -1, t.name, t.kind, t.neighbourhood.id, t.neighbourhood.n };
    return partner_save(c, &f, ret_id);
}

enum err web_partner_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t id;
    enum err e = new_save(c, r, &wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/partners/%lld?done=saved", (long long)id);
    TRY(wrong_take(c, e, out, &wrong));
    return new_show(c, r, &wrong, out);
}
