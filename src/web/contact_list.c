// SPDX-License-Identifier: EUPL-1.2
/* Contacts of a period as a list, with how people found us, failure demand and open questions of providers.
 */
#include "base/text.h"
#include "register/config.h"
#include "register/request.h"
#include "web/contact.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

enum { LIST_MAX = 2000 };

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("When"), MOMENT, N_("Channel")),
    SHEET_COLUMN_SUB(N_("Who"), TEXT, N_("Who asks?")),
    SHEET_COLUMN(N_("Questions"), TEXT),
    SHEET_COLUMN(N_("What became of it?"), BADGE),
    SHEET_COLUMN(N_("Failure demand"), TEXT),
    SHEET_COLUMN(N_("Recorded by"), TEXT),
};

struct period_typed {
    int32_t from, to;
};
static const struct form_field period_fields[] = {
    { FORM_AT(struct period_typed, from), .kind = FORM_DATE, .label = N_("From"), .narrow = true },
    { FORM_AT(struct period_typed, to), .kind = FORM_DATE, .label = N_("Up to and including"),
      .narrow = true },
};

/* The period in the address; today when there is none, or none that makes sense. */
static struct period_typed period_of(struct ctx *c, const struct req *r)
{
    struct period_typed t = { c->today, c->today };
    const char *from = req_query(r, "from"), *to = req_query(r, "to");

    if (!text_empty(from) && date_parse(c, "from", from, &t.from) != OK) {
        err_clear(c);
        t.from = c->today;
    }
    t.to = t.from > c->today ? t.from : c->today;
    if (!text_empty(to) && date_parse(c, "to", to, &t.to) != OK)
        err_clear(c);
    if (t.to < t.from)
        t.to = t.from;
    return t;
}

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err topics_text(struct ctx *c, const struct contact *k, const char **ret_text)
{
    struct buf b = { 0 };

    for (size_t i = 0; i < k->questions; i++) {
        buf_str(&b, i > 0 ? "; " : "");
        buf_str(&b, code_text(c, contact_topics, contact_topic_count, k->question[i].topic));
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

/* What stands out most: something still has to be done. */
static void outcome_of(struct ctx *c, const struct contact *k, const char **ret_text, const char **ret_look)
{
    *ret_text =
        k->questions > 0 ? code_text(c, contact_outcomes, contact_outcome_count, k->question[0].outcome) : "";
    *ret_look = "success";
    if (k->withdrawn) {
        *ret_text = _("Taken back");
        *ret_look = "inactive";
        return;
    }
    for (size_t i = 0; i < k->questions; i++) {
        const struct contact_question *q = &k->question[i];
        bool to_register = text_is(q->outcome, "request") && q->request == INT_NONE;
        if (text_is(q->outcome, "open") || to_register) {
            *ret_text = to_register ? _("Request still to be written") : _("Not answered yet");
            *ret_look = "warning";
            return;
        }
    }
}

static enum err row_put(struct ctx *c, const struct contact *k, struct sheet *s)
{
    const char *topics, *outcome, *look;

    TRY(topics_text(c, k, &topics));
    outcome_of(c, k, &outcome, &look);
    TRY(sheet_row(c, s, k->id));
    sheet_moment(s, k->occurred_at);
    sheet_sub(s, channel_name(c, k->channel));
    sheet_text(s, k->name[0] != '\0' ? k->name : k->tally ? _("Tallied") : _("Anonymous"));
    sheet_sub(s, code_text(c, contact_askers, contact_asker_count, k->asker));
    TRY(sheet_link(c, s, "/contacts/%lld", (long long)k->id));
    sheet_text(s, topics);
    sheet_badge(s, outcome, look);
    sheet_text(s, code_text(c, contact_failures, contact_failure_count, k->failure));
    sheet_text(s, k->who);
    return OK;
}

static enum err sheet_make(struct ctx *c, const struct period_typed *t, struct sheet *ret_sheet)
{
    struct contact_period p = { time_of_nl_day(t->from, 0), time_of_nl_day(t->to + 1, 0), LIST_MAX, 0 };
    struct sheet s = { .object = "contact",
                       .title = _("Contacts"),
                       .empty = _("There were no contacts on these days."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    struct contact *k;
    struct buf b = { 0 };
    size_t n;

    buf_printf(&b, "%s - %s", day_text(c, t->from), day_text(c, t->to));
    enum err e = ctx_copy(c, buf_text(&b), &s.filter);
    buf_free(&b);
    TRY(e);
    TRY(contact_list(c, &p, &k, &n));
    for (size_t i = 0; i < n; i++)
        TRY(row_put(c, &k[i], &s));
    *ret_sheet = s;
    return OK;
}

/* ── The small tables ─────────────────────────────────────────────────────────────────────────────────────
 */

struct counting {
    const struct code_name *list;
    size_t n;
    const int64_t *count;
    int64_t of;
};

static enum err table_put(struct ctx *c, const struct counting *g, struct contact_table *t)
{
    struct share_view *v;
    size_t n = 0;

    TRY(ctx_alloc(c, g->n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < g->n; i++) {
        if (g->count[i] == 0)
            continue;
        v[n++] = (struct share_view){ _(g->list[i].name), g->count[i],
                                      g->of >= CONTACT_SHARE_LEAST
                                          ? percent_text(c, (double)g->count[i] / (double)g->of)
                                          : "" };
    }
    t->row = v;
    t->n = n;
    return OK;
}

/* Open questions of providers by how long they wait, in working days. */
static enum err provider_table(struct ctx *c, struct contact_table *t)
{
    static const struct {
        const char *name;
        int32_t least;
    } ages[] = { { N_("0 to 2 working days"), 0 },
                 { N_("3 to 5 working days"), 3 },
                 { N_("6 to 10 working days"), 6 },
                 { N_("more than 10 working days"), 11 } };
    struct contact_waiting *open;
    const struct config *k;
    struct share_view *v;
    size_t n;

    TRY(config_get(c, &k));
    TRY(contact_open(c, "provider", &open, &n));
    TRY(ctx_alloc(c, COUNT(ages), sizeof *v, (void *)&v));
    for (size_t i = 0; i < COUNT(ages); i++)
        v[i] = (struct share_view){ _(ages[i].name), 0, "" };
    for (size_t i = 0; i < n; i++) {
        int32_t age = calendar_working_between(&k->calendar, time_nl_day(open[i].occurred_at), c->today);
        size_t class = COUNT(ages) - 1;
        while (class > 0 && age < ages[class].least)
            class --;
        v[class].n++;
    }
    t->row = v;
    t->n = COUNT(ages);
    t->title = _("Open questions of providers, by age");
    return OK;
}

static enum err tables_fill(struct ctx *c, struct contact_list_page *p)
{
    const struct contact_figures *f = &p->figures;
    struct contact_table *t = p->table;
    struct counting failure = { contact_failures, contact_failure_count, f->failure, f->contacts };
    struct counting heard = { contact_heards, contact_heard_count, f->heard, f->heard_asked };
    struct counting outcome = { contact_outcomes, contact_outcome_count, f->outcome, f->questions };

    TRY(table_put(c, &failure, &t[0]));
    t[0].title = _("Failure demand: contacts because something went wrong");
    TRY(table_put(c, &heard, &t[1]));
    t[1].title = _("How people found us");
    TRY(table_put(c, &outcome, &t[2]));
    t[2].title = _("What became of the questions");
    TRY(provider_table(c, &t[3]));
    p->tables = 4;
    return OK;
}

enum err web_contact_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct contact_list_page p = { 0 };
    struct period_typed t = { 0 };
    struct sheet s;

    TRY(may(c, RIGHT_CONTACT));
    t = period_of(c, r);
    TRY(sheet_make(c, &t, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    struct pair value[] = { { "from", typed_day_text(c, t.from) }, { "to", typed_day_text(c, t.to) } };
    struct form form = { FORM(period_fields), .value = value, .n_values = COUNT(value) };
    TRY(frame_fill(c, r, _("Contacts"), "/contacts", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    TRY(form_view_fill(c, r, &form, NULL, &p.period));
    TRY(contact_figures(c, time_of_nl_day(t.from, 0), time_of_nl_day(t.to + 1, 0), &p.figures));
    TRY(tables_fill(c, &p));
    return contact_list_html(c, &out->body, &p);
}

/* ── Today ────────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err today_questions(struct ctx *c, struct today_block *b)
{
    struct contact_waiting *open;
    char url[48];
    size_t n;

    TRY(contact_open(c, NULL, &open, &n));
    b->title = _("Questions that wait for us");
    b->url = "/contacts";
    b->count = (int64_t)n;
    b->empty = _("Every question has been answered.");
    for (size_t i = 0; i < n; i++) {
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            break;
        row->text = code_text(c, contact_topics, contact_topic_count, open[i].topic);
        row->sub = day_text(c, time_nl_day(open[i].occurred_at));
        row->badge =
            text_is(open[i].outcome, "request") ? _("Request still to be written") : _("Not answered yet");
        row->look = "warning";
        memcpy(url, "/contacts/", 10);
        *text_put_int(url + 10, open[i].contact) = '\0';
        TRY(ctx_copy(c, url, &row->url));
    }
    return OK;
}
