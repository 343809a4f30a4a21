// SPDX-License-Identifier: EUPL-1.2
/* What we do with referrals: the list with what is late, the blocks of today. */
#include "web/referral.h"

#include "base/text.h"
#include "register/config.h"
#include "web/show.h"

#define MENU "/referrals/inbox"

static const struct sheet_column in_columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN_SUB(N_("Partner"), TEXT, N_("What the partner said")),
    SHEET_COLUMN(N_("Referred on"), DAY),
    SHEET_COLUMN_SUB(N_("State"), BADGE, N_("Who has it")),
    SHEET_COLUMN(N_("Consent"), BADGE),
    SHEET_COLUMN_SUB(N_("Answer before"), DAY, N_("Answer")),
    SHEET_COLUMN_SUB(N_("First contact"), DAY, N_("Days until contact")),
};
static const struct sheet_column out_columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("To partner"), TEXT),
    SHEET_COLUMN(N_("Brought on"), DAY),
    SHEET_COLUMN(N_("In person"), CHECK),
    SHEET_COLUMN(N_("Ask before"), DAY),
    SHEET_COLUMN_SUB(N_("Arrived"), BADGE, N_("Asked on")),
};

/* Who looks after the answer: the worker when there is one, else the team. */
static const char *owner_text(const struct config *k, const struct referral *x)
{
    return x->worker_name != NULL ? x->worker_name : config_team_name(k, x->team);
}

static enum err who_add(struct ctx *c, const struct referral *x, struct sheet *s)
{
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, resident_name(c, x->name));
    sheet_sub(s, x->number);
    return sheet_link(c, s, "/referrals/inbox/%lld", (long long)x->id);
}

static enum err in_row(struct ctx *c, const struct config *k, const struct referral *x, struct sheet *s)
{
    int32_t first = x->first_contact_at == TIME_NONE ? DAY_NONE : time_nl_day(x->first_contact_at);
    int32_t day = time_nl_day(x->occurred_at);

    TRY(who_add(c, x, s));
    sheet_text(s, x->partner_name);
    sheet_sub(s, x->multi_problem && x->stays ? _("several problems, stays there")
                 : x->multi_problem           ? _("several problems")
                 : x->stays                   ? _("stays there")
                                              : NULL);
    sheet_day(s, day);
    sheet_badge(s, state_name(c, x->state), "neutral");
    sheet_sub(s, owner_text(k, x));
    sheet_badge(s, x->consent ? _("Yes") : _("No"), x->consent ? "success" : "danger");
    sheet_day(s, x->consent && x->answered_at == TIME_NONE ? x->due : DAY_NONE);
    sheet_sub(s, x->answered_at != TIME_NONE
                     ? code_text(c, referral_answers, referral_answer_count, x->answer)
                 : !x->consent ? _("no consent")
                 : x->late     ? _("too late")
                               : NULL);
    sheet_day(s, first);
    if (first != DAY_NONE)
        sheet_sub(s, count_text(c, first > day ? first - day : 0));
    return OK;
}

static enum err out_row(struct ctx *c, const struct referral *x, struct sheet *s)
{
    bool yes = text_is(x->arrival, "yes");

    TRY(who_add(c, x, s));
    sheet_text(s, x->partner_name);
    sheet_day(s, time_nl_day(x->occurred_at));
    sheet_check(s, x->warm);
    sheet_day(s, x->checked_at == TIME_NONE ? x->due : DAY_NONE);
    sheet_badge(s,
                x->checked_at == TIME_NONE
                    ? (x->late ? _("Not asked, too late") : _("Not asked yet"))
                    : code_text(c, referral_arrivals, referral_arrival_count, x->arrival),
                x->checked_at == TIME_NONE ? (x->late ? "danger" : "neutral")
                : yes                      ? "success"
                                           : "warning");
    if (x->checked_at != TIME_NONE)
        sheet_sub(s, day_text(c, time_nl_day(x->checked_at)));
    return OK;
}

/* The parts of the list, each a tab. */
static const struct part {
    const char *code, *label;
    bool out;
    enum referral_part part;
} parts[] = {
    { "open", N_("To answer"), false, REFERRAL_OPEN },
    { "late", N_("Answer too late"), false, REFERRAL_LATE },
    { "stuck", N_("Waits at the partner"), false, REFERRAL_STUCK },
    { "all", N_("All to us"), false, REFERRAL_ALL },
    { "check", N_("Arrival to ask"), true, REFERRAL_OPEN },
    { "out", N_("All to partners"), true, REFERRAL_ALL },
};

static const struct part *part_find(const char *code)
{
    for (size_t i = 0; i < COUNT(parts); i++)
        if (text_is(parts[i].code, code))
            return &parts[i];
    return &parts[0];
}

static void tabs_fill(struct ctx *c, const struct part *current, struct panel_list *p)
{
    for (size_t i = 0; i < COUNT(parts); i++)
        p->tab[i] = (struct tab){ _(parts[i].label), text_made(c, "/referrals/inbox?part=%s", parts[i].code),
                                  INT_NONE, &parts[i] == current };
    p->tabs = COUNT(parts);
}

enum err web_inbox_get(struct ctx *c, const struct req *r, struct reply *out)
{
    const struct part *part = part_find(req_query(r, "part"));
    struct panel_list p = { 0 };
    struct referral_filter f = { part->out, query_day(c, r, "from", date_add_months(c->today, -12)),
                                 query_day(c, r, "to", c->today), query_int(r, "partner", INT_NONE),
                                 part->part };
    struct sheet s = { .object = "referral",
                       .title = _("Referrals"),
                       .day = c->today,
                       .empty = _("No referrals in this list."),
                       .filter = _(part->label),
                       SHEET_COLUMNS(in_columns) };
    const struct config *k;
    struct referral *x;
    size_t n;

    if (part->out) {
        s.column = out_columns;
        s.columns = COUNT(out_columns);
    }
    TRY(config_get(c, &k));
    TRY(referral_list(c, &f, &x, &n));
    for (size_t i = 0; i < n; i++)
        TRY(part->out ? out_row(c, &x[i], &s) : in_row(c, k, &x[i], &s));
    TRY(frame_fill(c, r, s.title, MENU, &p.frame));
    tabs_fill(c, part, &p);
    const struct pair keep[] = { { "part", part->code } };
    p.keep = keep;
    p.n_keep = 1;
    TRY(panel_filter_fill(c, &(struct panel_filter){ f.from, f.to, INT_NONE, false }, MENU, &p));
    return panel_list_show(c, r, &s, &p, out);
}

/* ── Today ────────────────────────────────────────────────────────────────────────────────────────────────
 */

#define SOON 5 /* days ahead */

static enum err block_fill(struct ctx *c, bool out, struct today_block *b)
{
    struct referral_filter f = { out, date_add_months(c->today, -12), c->today, INT_NONE, REFERRAL_OPEN };
    struct referral *x;
    size_t n;

    TRY(referral_list(c, &f, &x, &n));
    b->count = 0;
    for (size_t i = 0; i < n; i++) {
        struct today_row *row;
        if (x[i].due > c->today + SOON || (!out && !x[i].consent))
            continue;
        b->count++;
        b->late = b->late || x[i].late;
        if ((row = today_row_add(b)) == NULL)
            continue;
        row->text = resident_name(c, x[i].name);
        row->sub = text_made(c, "%s \xc2\xb7 %s", x[i].partner_name, day_text(c, x[i].due));
        row->url = text_made(c, "/referrals/inbox/%lld", (long long)x[i].id);
        row->badge = x[i].late ? _("too late") : NULL;
        row->look = "danger";
    }
    return OK;
}

enum err today_answers(struct ctx *c, struct today_block *b)
{
    b->title = _("Referrers to answer");
    b->url = "/referrals/inbox";
    b->empty = _("Every referrer was answered in time.");
    return block_fill(c, false, b);
}

enum err today_arrivals(struct ctx *c, struct today_block *b)
{
    b->title = _("Did the resident arrive at the partner?");
    b->url = "/referrals/inbox?part=check";
    b->empty = _("No arrival has to be asked now.");
    return block_fill(c, true, b);
}
