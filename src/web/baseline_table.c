// SPDX-License-Identifier: EUPL-1.2
#include "web/baseline_table.h"

#include "account/indicator_series.h"
#include "base/calendar.h"
#include "base/date.h"
#include "base/text.h"
#include "register/setting.h"
#include "web/indicator.h"
#include "web/show.h"

#include <string.h>

/* ── Words and cells: sealed in English and as a machine writes them, whatever the language of who reads ──
 */

#define SETTING "setting " /* before the name of one */

static const char *const words[] = { N_("name"),
                                     N_("value"),
                                     N_("neighbourhood"),
                                     N_("team"),
                                     N_("inhabitants"),
                                     N_("agreed fte"),
                                     N_("fte"),
                                     N_("of them hired"),
                                     N_("people"),
                                     N_("absent"),
                                     N_("fte present"),
                                     N_("day"),
                                     N_("why"),
                                     N_("what"),
                                     N_("known"),
                                     N_("unknown"),
                                     N_("remark"),
                                     N_("indicator"),
                                     N_("period"),
                                     N_("lower"),
                                     N_("upper"),
                                     N_("source"),
                                     N_("part"),
                                     N_("version"),
                                     N_("since"),
                                     N_("no data"),
                                     N_("too few"),
                                     N_("cannot be said"),
                                     N_("channel"),
                                     N_("route"),
                                     N_("category"),
                                     N_("typed in more than a week later"),
                                     N_("taken over from before the register"),
                                     N_("asked twice"),
                                     N_("first request received"),
                                     N_("all teams"),
                                     N_("norm, working days, unknown"),
                                     N_("norm, working days, later"),
                                     N_("norm, working days, normal"),
                                     N_("norm, working days, soon"),
                                     N_("norm, working days, emergency"),
                                     N_("spoken to while waiting, days"),
                                     N_("call back, working days"),
                                     N_("phone answered, seconds"),
                                     N_("aftercare, months"),
                                     N_("reopened within, months"),
                                     N_("repeated within, months"),
                                     N_("arrival asked after, days"),
                                     N_("protected after an emergency, minutes") };

static const char *word(const struct ctx *c, const char *text)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (text_is(words[i], text))
            return text_in(c->lang, words[i]);
    if (strncmp(text, SETTING, strlen(SETTING)) == 0)
        return setting_label(
            c, &(struct setting_changed){ .object = "setting", .name = text + strlen(SETTING) });
    return text;
}

/* What was chosen, in words where it is a code; a number and a text as they were typed. */
static const char *setting_said(const struct ctx *c, const char *name, const char *text)
{
    for (size_t i = 0; i < setting_count; i++)
        if (text_is(settings[i].name, name) && settings[i].kind == SETTING_CODE)
            return code_text(c, settings[i].codes, settings[i].n_codes, text);
    if (text_is(name, "life_areas") || text_is(name, "made_up"))
        return text_is(text, "0") ? _("no") : _("yes");
    return text;
}

/* Of hours a tenth says enough; days and moments as on other pages. What somebody typed as a setting (a phone
 * number) stays as it was typed. */
static const char *cell_text(struct ctx *c, const char *subject, const char *text)
{
    double number;
    int64_t count, time;
    int32_t day;

    if (subject != text && strncmp(subject, SETTING, strlen(SETTING)) == 0)
        return setting_said(c, subject + strlen(SETTING), text);
    if (date_scan(subject, strlen(subject), &day) && text_is(text, calendar_holiday_name(day)))
        return text_in(c->lang, text);
    if (date_scan(text, strlen(text), &day))
        return long_day_text(c, day);
    if (time_scan(text, strlen(text), false, &time))
        return moment_text(c, time);
    if (text_to_int(text, &count))
        return count_text(c, count);
    return text_to_double(text, strlen(text), &number) ? number_text(c, number, 1) : word(c, text);
}

/* ── The figures ──────────────────────────────────────────────────────────────────────────────────────────
 */

/* The part that a line of the figures is about; NULL when it is not defined any more. */
static const struct part *part_of(const struct indicators *all, const char *id, const char *part)
{
    for (size_t i = 0; i < all->n; i++)
        if (text_is(all->part[i].row->id, id) && text_is(all->part[i].row->part, part))
            return &all->part[i];
    return NULL;
}

/* Some indicators are for their readers only; of one that is not defined any more nobody can say for whom it
 * was. */
static bool may_read_line(struct ctx *c, const struct part *part)
{
    return part != NULL ? indicator_may_read(c, part) : indicator_may_see_small(c, NULL);
}

/* A number of the file for a person: a share in percent. */
static const char *amount(struct ctx *c, const char *kind, const char *text)
{
    double v;

    if (!text_to_double(text, strlen(text), &v))
        return "";
    if (text_is(kind, "share") || text_is(kind, "incidence"))
        return filled_text(c, "{1}\u00a0%", number_text(c, v * 100, 1), "");
    return number_text(c, v, text_is(kind, "count") || text_is(kind, "sum") ? 0 : 1);
}

/* A time says its unit: "18 days". */
static const char *timed(struct ctx *c, const struct part *p, const char *kind, const char *text)
{
    double v;
    bool unit =
             p != NULL && (p->unit == MEASURE_DAYS || p->unit == MEASURE_SECONDS || p->unit == MEASURE_HOURS),
         time = unit && !text_is(kind, "count") && !text_is(kind, "share") && !text_is(kind, "incidence");

    if (!time || !text_to_double(text, strlen(text), &v))
        return amount(c, kind, text);
    return unit_text(c, p, v);
}

/* What a number that is not the figure itself is. */
static const char *named(struct ctx *c, const struct part *p, const char *kind, const char *value)
{
    if (text_is(kind, "mean"))
        return filled_text(c, _("{1} on average"), value, "");
    if (text_is(kind, "max"))
        return filled_text(c, _("{1} at most"), value, "");
    if (text_is(kind, "sum") && p != NULL && p->calc == CALC_RATE)
        return filled_text(c, _("divided by {1}"), value, "");
    return value;
}

static const char *quantity(struct ctx *c, const struct part *p, const char *const cell[V_CELLS])
{
    const char *value = named(c, p, cell[V_KIND], timed(c, p, cell[V_KIND], cell[V_VALUE]));
    double at;

    if (!text_is(cell[V_STATE], "value"))
        return word(c, cell[V_STATE]);
    if (!text_to_double(cell[V_AT], strlen(cell[V_AT]), &at))
        return value;
    if (strncmp(cell[V_KIND], "quantile", 8) == 0 || text_is(cell[V_KIND], "number"))
        return at == 0.5
                   ? filled_text(c, _("{1} or less for half of them"), value, "")
                   : filled_text(c, _("{1} or less for {2} of 100"), value, number_text(c, at * 100, 0));
    return filled_text(c, _("{1} ({2} days)"), value, number_text(c, at, 0));
}

static const char *certainty(struct ctx *c, const struct part *p, const char *const cell[V_CELLS])
{
    if (text_empty(cell[V_LOWER]) || text_empty(cell[V_UPPER]))
        return NULL;
    return filled_text(c, _("between {1} and {2}"), timed(c, p, cell[V_KIND], cell[V_LOWER]),
                       timed(c, p, cell[V_KIND], cell[V_UPPER]));
}

static enum err value_rows(struct ctx *c, const struct baseline *b, struct sheet *s)
{
    static const struct sheet_column columns[] = { SHEET_COLUMN_SUB(N_("Indicator"), TEXT,
                                                                    N_("What is counted")),
                                                   SHEET_COLUMN_SUB(N_("Team or kind"), TEXT, N_("Kind")),
                                                   SHEET_COLUMN(N_("n"), COUNT),
                                                   SHEET_COLUMN_SUB(N_("Value"), TEXT, N_("How sure")),
                                                   SHEET_COLUMN(N_("Norm"), TEXT),
                                                   SHEET_COLUMN(N_("Version"), TEXT) };
    struct table_walk w = table_walk(block_find(&b->content, "values"));
    const char *cell[TABLE_CELLS];
    struct indicators all;
    int64_t count;
    size_t n;

    TRY(indicators_get(c, NULL, &all));
    s->column = columns;
    s->columns = COUNT(columns);
    for (bool first = true; table_next(c, &w, cell, &n); first = false) {
        const struct part *part = n >= V_CELLS && !first ? part_of(&all, cell[V_ID], cell[V_PART]) : NULL;
        if (first || n < V_CELLS || !may_read_line(c, part))
            continue;
        TRY(sheet_row(c, s, INT_NONE));
        sheet_text(s, filled_text(c, "{1} {2}", cell[V_ID],
                                  part != NULL ? indicator_name(c, &all, part) : cell[V_PART]));
        sheet_sub(s, part != NULL ? part_what(c, part) : NULL);
        sheet_text(s, cell[V_TEAM]);
        sheet_sub(s, text_empty(cell[V_CODE]) ? NULL : indicator_code_name(c, cell[V_CODE]));
        sheet_count(s, text_to_int(cell[V_N], &count) ? count : INT_NONE);
        sheet_text(s, quantity(c, part, cell));
        sheet_sub(s, certainty(c, part, cell));
        sheet_text(s, timed(c, part, cell[V_KIND], cell[V_NORM]));
        sheet_text(s, cell[V_VERSION]);
    }
    return OK;
}

/* ── The other tables ─────────────────────────────────────────────────────────────────────────────────────
 */

static enum err columns_make(struct ctx *c, const char *const *cell, size_t n, struct sheet *s)
{
    struct sheet_column *column;

    TRY(ctx_alloc(c, n + 1, sizeof *column, (void *)&column));
    for (size_t i = 0; i < n; i++)
        column[s->columns++] = (struct sheet_column){ .label = word(c, cell[i]), .kind = SHEET_TEXT };
    s->column = column;
    return OK;
}

static enum err row_make(struct ctx *c, size_t headings, const char *const *cell, size_t n, struct sheet *s)
{
    TRY(sheet_row(c, s, INT_NONE));
    for (size_t i = 0; i < headings; i++)
        sheet_text(s, i < n ? cell_text(c, cell[0], cell[i]) : NULL);
    return OK;
}

static enum err other_rows(struct ctx *c, const struct baseline *b, const char *table, struct sheet *s)
{
    struct table_walk w = table_walk(block_find(&b->content, table));
    const char *heading[TABLE_CELLS], *cell[TABLE_CELLS];
    size_t headings, n;

    if (!table_next(c, &w, heading, &headings))
        return FAIL(E_CORRUPT, "%s", _("This is no baseline, or its content was changed."));
    TRY(columns_make(c, heading, headings, s));
    while (table_next(c, &w, cell, &n))
        TRY(row_make(c, headings, cell, n, s));
    return OK;
}

enum err baseline_table_rows(struct ctx *c, const struct baseline *b, const char *table, struct sheet *s)
{
    if (text_is(table, "definitions"))
        return baseline_definition_rows(c, b, s);
    return text_is(table, "values") ? value_rows(c, b, s) : other_rows(c, b, table, s);
}
