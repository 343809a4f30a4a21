// SPDX-License-Identifier: EUPL-1.2
#include "web/baseline.h"

#include "account/baseline_note.h"
#include "account/indicator_series.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "web/baseline_table.h"
#include "web/indicator.h"
#include "web/panel.h"
#include "web/show.h"
#include "web/site.h"
#include "web/tpl.h"

#include <stdio.h>
#include <string.h>

/* ---- the list ---- */

static enum err list_rows(struct ctx *c, struct sheet *s)
{
    struct baseline_line *line;
    size_t n;

    TRY(baseline_list(c, &line, &n));
    for (size_t i = n; i-- > 0;) {
        const struct baseline *b = &line[i].b;
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, b->name != NULL   ? b->name
                      : line[i].missing ? _("Missing baseline")
                                        : _("Damaged baseline"));
        if (line[i].wrong == NULL)
            TRY(sheet_link(c, s, "/baselines/%lld", (long long)b->number));
        sheet_count(s, b->number);
        sheet_day(s, b->at != TIME_NONE ? time_nl_day(b->at - 1) : DAY_NONE);
        sheet_moment(s, b->sealed_at);
        if (line[i].wrong != NULL)
            sheet_badge(s, line[i].wrong, "danger");
        else if (b->key == BASELINE_OTHER_KEY)
            sheet_badge(s, _("whole, but signed with another key"), "warning");
        else if (!b->remembered)
            sheet_badge(s, _("whole, but not remembered by this register"), "neutral");
        else
            sheet_badge(s, _("whole"), "success");
    }
    return OK;
}

enum err web_baseline_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    static const struct sheet_column columns[] = { SHEET_COLUMN(N_("Name"), TEXT),
                                                   SHEET_COLUMN(N_("Number"), COUNT),
                                                   SHEET_COLUMN(N_("Reference date"), DAY),
                                                   SHEET_COLUMN(N_("Sealed"), MOMENT),
                                                   SHEET_COLUMN(N_("Checked now"), BADGE) };
    struct record_list_page p = {
        .lead = _("A baseline is a measurement that nobody can change afterwards, so that later "
                  "figures can be compared with it. A second person can sign it too.")
    };
    struct sheet s = { .object = "baseline",
                       .title = _("Baselines"),
                       .empty = _("There is no baseline yet."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };

    TRY(list_rows(c, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, _("Baselines"), "/baselines", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    if (user_may(c, RIGHT_BASELINE)) {
        p.new_url = "/baselines/new";
        p.new_label = _("Seal a baseline");
    }
    return record_list_html(c, &out->body, &p);
}

/* ---- what changed ---- */

static const char *cells_apart(struct ctx *c, const char *line)
{
    struct buf b = { 0 };
    const char *made = "";

    for (bool apart = false; *line != '\0'; line++) { /* empty cells are not shown */
        if (*line == '\t') {
            apart = b.len > 0;
            continue;
        }
        if (apart)
            buf_str(&b, " \xc2\xb7 ");
        apart = false;
        buf_char(&b, *line);
    }
    if (ctx_copy(c, buf_text(&b), &made) != OK)
        made = "";
    buf_free(&b);
    return made;
}

static const char *request_name(struct ctx *c, const struct baseline_row *row)
{
    char number[24];

    if (row->change == BASELINE_NEW)
        return _("a request written down later");
    snprintf(number, sizeof number, "%lld", (long long)row->row);
    return filled_text(c, _("request {1}"), number, "");
}

/* Whether two lines are about the same: the first cell, and of a figure all that says which one it is. */
static bool same_subject(const char *table, const char *a, const char *b)
{
    bool figures = text_is(table, "values");

    for (int cell = 0; cell <= V_AT; cell++) {
        size_t n = strcspn(a, "\t"), m = strcspn(b, "\t");
        bool key = figures ? cell <= V_CODE || cell == V_KIND || cell == V_AT : cell == 0;
        if (key && (n != m || memcmp(a, b, n) != 0))
            return false;
        a += n + (a[n] == '\t');
        b += m + (b[m] == '\t');
    }
    return true;
}

/* Lines of tables: what stood there and what stands there now beside each other. */
static enum err text_rows(struct ctx *c, const struct baseline_changes *d, struct sheet *s)
{
    bool *shown;

    TRY(ctx_alloc(c, d->texts + 1, sizeof *shown, (void *)&shown));
    for (size_t i = 0; i < d->texts; i++) {
        const struct baseline_text *t = &d->text[i], *other = NULL;
        if (shown[i] || (text_is(t->table, "values") && !d->may_see_rows))
            continue; /* figures for some readers only may be among them */
        for (size_t j = i + 1; j < d->texts && other == NULL && !t->now; j++)
            if (!shown[j] && d->text[j].now && text_is(d->text[j].table, t->table) &&
                same_subject(t->table, t->line, d->text[j].line)) {
                other = &d->text[j];
                shown[j] = true;
            }
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, baseline_table_name(c, t->table));
        sheet_text(s, NULL);
        sheet_text(s, t->now ? NULL : cells_apart(c, t->line));
        sheet_text(s, t->now ? cells_apart(c, t->line) : other != NULL ? cells_apart(c, other->line) : NULL);
    }
    return OK;
}

/* What happened beside requests: how many of each kind differ. */
static enum err fact_rows(struct ctx *c, const struct baseline_changes *d, struct sheet *s)
{
    char rows[24];

    for (int i = 0; i < FACT_SETS; i++) {
        if (d->facts[i] == 0)
            continue;
        snprintf(rows, sizeof rows, "%zu", d->facts[i]);
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, baseline_set_name(c, (enum fact_set)i));
        sheet_text(s, NULL);
        sheet_text(s, NULL);
        sheet_text(s, filled_text(c, _("rows that came, went or changed: {1}"), rows, ""));
    }
    return OK;
}

static enum err change_rows(struct ctx *c, const struct baseline_changes *d, struct sheet *s)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct baseline_row *row = &d->row[i];
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, request_name(c, row));
        sheet_text(s, row->column != NULL            ? row->column
                      : row->change == BASELINE_GONE ? _("gone")
                                                     : _("new"));
        sheet_text(s, row->old);
        sheet_text(s, row->new);
    }
    TRY(fact_rows(c, d, s));
    return text_rows(c, d, s);
}

static enum err changes_fill(struct ctx *c, const struct baseline *b, struct sheet *s,
                             struct baseline_page *p)
{
    static const struct sheet_column columns[] = { SHEET_COLUMN(N_("What"), TEXT),
                                                   SHEET_COLUMN(N_("Column"), TEXT),
                                                   SHEET_COLUMN(N_("In the baseline"), TEXT),
                                                   SHEET_COLUMN(N_("Now"), TEXT) };
    struct baseline_changes d;
    char rows[24], texts[24];

    TRY(baseline_compare(c, b, &d));
    s->column = columns;
    s->columns = COUNT(columns);
    s->empty = _("Nothing about that moment has changed in the register.");
    snprintf(rows, sizeof rows, "%zu", d.rows);
    snprintf(texts, sizeof texts, "%zu", d.texts);
    p->lead = filled_text(
        c,
        _("What the register says today about the same moment. Requests that differ: {1}; lines of the "
          "tables that are different: {2}. The baseline itself stays as it was."),
        rows, texts);
    return change_rows(c, &d, s);
}

/* ---- signatures and errata beside it ---- */

static const char *person_words(struct ctx *c, const char *name, const char *role)
{
    enum role r;

    if (text_is(name, "system") && role_find(role, &r)) /* the command line has no name */
        return role_name(c, r);
    return role_find(role, &r) ? filled_text(c, "{1} ({2})", name, role_name(c, r)) : name;
}

static enum err notes_fill(struct ctx *c, const struct baseline *b, struct sheet *s, struct baseline_page *p)
{
    static const struct sheet_column columns[] = { SHEET_COLUMN(N_("Number"), COUNT),
                                                   SHEET_COLUMN(N_("When"), MOMENT),
                                                   SHEET_COLUMN(N_("Who"), TEXT),
                                                   SHEET_COLUMN(N_("What"), TEXT),
                                                   SHEET_COLUMN(N_("As it was sealed"), TEXT),
                                                   SHEET_COLUMN(N_("As it should have been"), TEXT),
                                                   SHEET_COLUMN(N_("Why"), TEXT) };
    struct baseline_note *note;
    size_t n;

    TRY(baseline_notes(c, b, &note, &n));
    s->column = columns;
    s->columns = COUNT(columns);
    s->empty = _("Nobody signed it too, and there are no errata.");
    p->lead =
        _("Signatures of others and errata. They stand beside the baseline, which stays as it was sealed.");
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_count(s, note[i].number);
        sheet_moment(s, note[i].at);
        sheet_text(s, person_words(c, note[i].who, note[i].role));
        sheet_text(s, note[i].kind == BASELINE_COSIGN ? _("Signed it too") : note[i].about);
        sheet_text(s, note[i].was);
        sheet_text(s, note[i].is);
        sheet_text(s, note[i].why);
    }
    return OK;
}

/* ---- the page ---- */

/* A reference moment is the end of a day, unless somebody sealed in the middle of one. */
static const char *reference_words(struct ctx *c, int64_t at)
{
    int32_t day = time_nl_day(at);

    return at == time_of_nl_day(day, 0) ? filled_text(c, _("the end of {1}"), long_day_text(c, day - 1), "")
                                        : moment_text(c, at);
}

/* Who signed: the one who sealed it, and others. A note that was changed is said where it can be seen. */
static void people_fill(struct ctx *c, const struct baseline *b, struct record_page *p)
{
    struct baseline_note *note;
    int64_t errata = 0;
    size_t n;

    if (b->sealed_by != NULL)
        record_fact_add(p, _("Sealed by"), person_words(c, b->sealed_by, b->sealed_role));
    if (baseline_notes(c, b, &note, &n) != OK) {
        const char *wrong = "";
        if (ctx_copy(c, c->err.text, &wrong) == OK)
            record_fact_add(p, _("Signed too, and errata"), wrong);
        err_clear(c);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        errata += note[i].kind == BASELINE_ERRATUM;
        if (note[i].kind == BASELINE_COSIGN)
            record_fact_add(p, _("Signed too"),
                            filled_text(c, _("{1}, {2}; the signature is right"),
                                        person_words(c, note[i].who, note[i].role),
                                        moment_text(c, note[i].at)));
    }
    record_fact_add(p, _("Errata"), count_text(c, errata));
}

static void facts_fill(struct ctx *c, const struct baseline *b, struct record_page *p)
{
    static const char *const keys[] = { N_("signed with the key of this register"),
                                        N_("signed with another key than that of this register"),
                                        N_("whose key it was signed with cannot be said here") };

    p->about_title = _("What was sealed");
    record_fact_add(p, _("Municipality"), b->municipality);
    record_fact_add(p, _("Reference moment"), reference_words(c, b->at));
    if (b->from != TIME_NONE && b->to != TIME_NONE)
        record_fact_add(p, _("Period"),
                        filled_text(c, _("{1} to {2}"), day_text(c, time_nl_day(b->from)),
                                    day_text(c, time_nl_day(b->to - 1))));
    record_fact_add(p, _("Sealed"), moment_text(c, b->sealed_at));
    people_fill(c, b, p);
    record_fact_add(p, _("Program"), b->program);
    record_fact_add(p, _("Hash"), b->hash);
    record_fact_add(p, _("Signature"), text_in(c->lang, keys[b->key]));
    record_fact_add(p, _("Checked now"), _("Not a byte was changed since it was sealed."));
}

static enum err tab_add(struct ctx *c, const struct baseline *b, const char *name, const char *label,
                        const char *table, struct baseline_page *p)
{
    struct tab *t = &p->tab[p->tabs++];
    char url[80];

    snprintf(url, sizeof url, "/baselines/%lld?table=%s", (long long)b->number, name);
    *t = (struct tab){ .label = label, .count = INT_NONE, .current = text_is(name, table) };
    return ctx_copy(c, url, &t->url);
}

static enum err tabs_fill(struct ctx *c, const struct baseline *b, const char *table, struct baseline_page *p)
{
    for (size_t i = 0; baseline_table[i] != NULL; i++)
        TRY(tab_add(c, b, baseline_table[i], baseline_table_name(c, baseline_table[i]), table, p));
    TRY(tab_add(c, b, "changes", _("Changed since"), table, p));
    return tab_add(c, b, "notes", _("Signatures and errata"), table, p);
}

/* Who sealed it or signed it already is not asked to. */
static bool may_cosign(struct ctx *c, const struct baseline *b)
{
    struct baseline_note *note;
    size_t n;

    if (!user_may(c, RIGHT_BASELINE_SIGN) || c->actor->account == b->sealed_account)
        return false;
    if (baseline_notes(c, b, &note, &n) != OK) { /* the page says what is wrong with them */
        err_clear(c);
        return true;
    }
    for (size_t i = 0; i < n; i++)
        if (note[i].kind == BASELINE_COSIGN && note[i].account == c->actor->account)
            return false;
    return true;
}

static enum err page_fill(struct ctx *c, const struct req *r, const struct baseline *b,
                          struct baseline_page *p, struct reply *out)
{
    const char *table = req_query(r, "table") != NULL ? req_query(r, "table") : "values";
    struct sheet s = { .object = "baseline",
                       .title = b->name,
                       .day = time_nl_day(b->at - 1),
                       .empty = _("This table is empty.") };

    if (text_is(table, "changes")) {
        TRY(changes_fill(c, b, &s, p));
    } else if (text_is(table, "notes")) {
        TRY(notes_fill(c, b, &s, p));
    } else {
        size_t i = 0;
        while (baseline_table[i] != NULL && !text_is(baseline_table[i], table))
            i++;
        if (baseline_table[i] == NULL)
            return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
        s.filter = baseline_table_name(c, table);
        TRY(baseline_table_rows(c, b, table, &s));
    }
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, b->name, "/baselines", &p->frame));
    if (may_cosign(c, b))
        p->sign_url = text_made(c, "/baselines/%lld/sign", (long long)b->number);
    if (user_may(c, RIGHT_BASELINE))
        p->erratum_url = text_made(c, "/baselines/%lld/errata/new", (long long)b->number);
    facts_fill(c, b, &p->facts);
    TRY(tabs_fill(c, b, table, p));
    TRY(sheet_view_fill(c, r, &s, &p->sheet));
    return baseline_html(c, &out->body, p);
}

enum err web_baseline_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct baseline_page *p;
    struct baseline b = { .number = 0 };

    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    TRY(baseline_open(c, r->ids.id[0], &b));
    enum err done = page_fill(c, r, &b, p, out);
    baseline_close(&b);
    return done;
}
