// SPDX-License-Identifier: EUPL-1.2
/* The list of legal terms: late or nearly, or everything that runs. */
#include "base/text.h"
#include "register/application.h"
#include "register/config.h"
#include "web/law.h"
#include "web/show.h"
#include "web/tpl.h"

enum { SOON = 5, FAR = 36500 };

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN_SUB(N_("Term"), TEXT, N_("What for")),
    SHEET_COLUMN(N_("Started"), DAY),
    SHEET_COLUMN(N_("Last day"), DAY),
    SHEET_COLUMN(N_("Days left"), DAYS),
    SHEET_COLUMN(N_("Who must act"), TEXT),
    SHEET_COLUMN(N_("State"), BADGE),
};

static enum err row_put(struct ctx *c, const struct due_term *d, const char *name, struct sheet *s)
{
    const struct law_term *t = &d->term;

    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, resident_name(c, name));
    sheet_sub(s, d->number);
    TRY(sheet_link(c, s, "/requests/%lld/law", (long long)d->request));
    sheet_text(s, law_kind_name(c, t->kind));
    sheet_sub(s, t->provision != NULL ? _(t->provision->name) : NULL);
    sheet_day(s, time_nl_day(t->term.start));
    sheet_day(s, t->now.due);
    sheet_count(s, t->now.left);
    sheet_text(s, party_name(c, t->now.acts));
    if (t->overdue)
        sheet_badge(s, _("Too late"), "danger");
    else if (t->now.still)
        sheet_badge(s, _("Stands still"), "neutral");
    else
        sheet_badge(s, t->now.left <= 7 ? _("Almost") : _("In time"),
                    t->now.left <= 7 ? "warning" : "success");
    return OK;
}

static enum err sheet_make(struct ctx *c, bool all, struct sheet *ret_sheet)
{
    struct sheet s = { .object = "term",
                       .title = _("Legal terms"),
                       .filter = all ? _("Everything that runs") : _("Late or within 5 working days"),
                       .empty = _("No legal term ends within 5 working days."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    const struct config *k;
    struct due_term *due;
    const char **name;
    int64_t *person;
    size_t n;

    TRY(config_get(c, &k));
    TRY(due_terms(c, INT_NONE, all ? c->today + FAR : calendar_add_working(&k->calendar, c->today, SOON),
                  &due, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = due[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        TRY(row_put(c, &due[i], name[i], &s));
    *ret_sheet = s;
    return OK;
}

enum err web_law_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    bool all = text_is(req_query(r, "tab"), "all");
    struct law_list_page p = { 0 };
    struct sheet s;

    TRY(sheet_make(c, all, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/law/terms", &p.frame));
    p.tab[0] = (struct tab){ _("Late or within 5 working days"), "/law/terms", INT_NONE, !all };
    p.tab[1] = (struct tab){ _("Everything that runs"), "/law/terms?tab=all", INT_NONE, all };
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return law_list_html(c, &out->body, &p);
}
