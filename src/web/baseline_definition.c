// SPDX-License-Identifier: EUPL-1.2
/* The definitions of a baseline in words, as they were sealed: with the amounts of that day, whatever the
 * settings say now. */
#include "base/date.h"
#include "base/text.h"
#include "register/code.h"
#include "register/definition.h"
#include "register/setting.h"
#include "web/baseline_table.h"
#include "web/indicator_words.h"
#include "web/show.h"

#include <math.h>
#include <string.h>

#define SETTING "setting "

/* What an amount is called among the sealed norms; by this name, or else as the setting it is. */
static const struct {
    const char *amount, *sealed;
} amounts[] = {
    { "phone", "phone answered, seconds" },          { "contact", "spoken to while waiting, days" },
    { "arrival", "arrival asked after, days" },      { "phone_share", "setting norm.phone_share" },
    { "lost_share", "setting norm.lost_share" },     { "direct_share", "setting norm.direct_share" },
    { "window_share", "setting norm.window_share" }, { "referrer", "setting norm.referrer" },
    { "norm_days", "norm, working days, normal" },
};

static void amount_put(struct condition_setting *amount, const char *name, int64_t v)
{
    for (size_t k = 0; k < DEFINITION_AMOUNTS; k++)
        if (text_is(amount[k].name, name))
            amount[k].length.amount = v;
}

/* A choice is sealed only when somebody made it: else what holds as long as nobody does. */
static void otherwise_put(struct condition_setting *amount)
{
    for (size_t i = 0; i < COUNT(amounts); i++)
        for (size_t k = 0; k < setting_count; k++)
            if (strncmp(amounts[i].sealed, SETTING, strlen(SETTING)) == 0 &&
                text_is(amounts[i].sealed + strlen(SETTING), settings[k].name))
                amount_put(amount, amounts[i].amount, settings[k].otherwise);
}

static enum err sealed_amounts(struct ctx *c, const struct baseline *b,
                               struct condition_setting amount[DEFINITION_AMOUNTS])
{
    struct table_walk w = table_walk(block_find(&b->content, "norms"));
    const char *cell[TABLE_CELLS];
    int64_t v;
    size_t n;

    TRY(definition_amounts(c, amount));
    otherwise_put(amount);
    while (table_next(c, &w, cell, &n))
        for (size_t i = 0; i < COUNT(amounts) && n >= 2; i++)
            if (text_is(cell[0], amounts[i].sealed) && text_to_int(cell[1], &v))
                amount_put(amount, amounts[i].amount, v);
    return OK;
}

/* The line as the catalogue has it; a column that the program does not know is passed over. */
static struct definition definition_of(const char *const *heading, size_t headings, const char *const *cell,
                                       size_t n)
{
    struct definition d = { .id = NULL };

    for (size_t i = 0; i < DEFINITION_COLUMNS; i++) {
        const char **to = definition_place(&d, i);
        *to = "";
        for (size_t k = 0; k < headings && k < n; k++)
            if (text_is(heading[k], definition_column[i]))
                *to = cell[k];
    }
    return d;
}

/* A text of the municipality's own stands beside the English one. */
static const char *said(const struct ctx *c, const char *text, const char *own)
{
    if (own[0] != '\0' && c->lang == LANG_NL)
        return own;
    return text[0] != '\0' ? text_in(c->lang, text) : text;
}

static const char *split_words(struct ctx *c, const char *by)
{
    static const struct code_name kinds[] = {
        { "team", N_("team") },       { "neighbourhood", N_("neighbourhood") },
        { "urgency", N_("urgency") }, { "channel", N_("channel") },
        { "route", N_("route") },     { "category", N_("category") },
        { "kind", N_("kind") },
    };
    const char *text = "";

    for (size_t len; *by != '\0'; by += len + strspn(by + len, " ")) {
        len = strcspn(by, " ");
        for (size_t i = 0; i < COUNT(kinds); i++)
            if (strlen(kinds[i].code) == len && strncmp(kinds[i].code, by, len) == 0)
                text = filled_text(c, text[0] != '\0' ? "{1}, {2}" : "{1}{2}", text, _(kinds[i].name));
    }
    return text;
}

static void words_put(struct ctx *c, struct sheet *s, const struct definition *d, const struct part *p)
{
    static const char *const better[] = { "", N_("it is higher"), N_("it is lower") };

    sheet_text(s, definition_form(c, p));
    sheet_text(s, definition_clock(c, p));
    sheet_text(s, definition_condition(c, &p->of, _("all of them")));
    sheet_text(s, definition_condition(c, &p->yes, ""));
    sheet_text(s, isnan(p->norm) ? "" : definition_norm(c, p));
    sheet_text(s, better[p->better][0] != '\0' ? _(better[p->better]) : "");
    sheet_text(s, split_words(c, d->by));
    sheet_text(s, definition_readers(c, p));
}

/* What this version of the program cannot read stands as it was sealed. */
static void plain_put(struct ctx *c, struct sheet *s, const struct definition *d)
{
    sheet_text(s, d->how);
    sheet_text(s, filled_text(c, "{1} {2}", d->set, d->clock));
    sheet_text(s, d->of);
    sheet_text(s, d->yes);
    sheet_text(s, d->norm);
    sheet_text(s, d->better);
    sheet_text(s, d->by);
    sheet_text(s, d->readers);
}

static enum err row_put(struct ctx *c, const struct definition *d, const char *name,
                        const struct catalogue_settings *amount, struct sheet *s)
{
    struct definition_fault fault;
    struct part p;
    int32_t since;

    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, filled_text(c, "{1} {2}", filled_text(c, "{1}{2}", d->id, d->part), name));
    sheet_sub(s, said(c, d->what, d->what_nl));
    sheet_text(s, d->version[0] != '\0' ? d->version : "1");
    if (date_scan(d->since, strlen(d->since), &since))
        sheet_sub(s, filled_text(c, _("since {1}"), day_text(c, since), NULL));
    if (part_parse(d, amount, &p, &fault))
        words_put(c, s, d, &p);
    else
        plain_put(c, s, d);
    return OK;
}

enum err baseline_definition_rows(struct ctx *c, const struct baseline *b, struct sheet *s)
{
    static const struct sheet_column columns[] = {
        SHEET_COLUMN_SUB(N_("Indicator"), TEXT, N_("What is counted")),
        SHEET_COLUMN_SUB(N_("Version"), TEXT, N_("Since")),
        SHEET_COLUMN(N_("Form"), TEXT),
        SHEET_COLUMN(N_("Of what, and when"), TEXT),
        SHEET_COLUMN(N_("Which of them"), TEXT),
        SHEET_COLUMN(N_("Counts as yes"), TEXT),
        SHEET_COLUMN(N_("Norm"), TEXT),
        SHEET_COLUMN(N_("Better when"), TEXT),
        SHEET_COLUMN(N_("Split by"), TEXT),
        SHEET_COLUMN(N_("For whom"), TEXT),
    };
    struct table_walk w = table_walk(block_find(&b->content, "definitions"));
    struct condition_setting amount[DEFINITION_AMOUNTS];
    const struct catalogue_settings known = { amount, DEFINITION_AMOUNTS };
    const char *heading[TABLE_CELLS], *cell[TABLE_CELLS], *name = "";
    size_t headings, n;

    if (!table_next(c, &w, heading, &headings))
        return FAIL(E_CORRUPT, "%s", _("This is no baseline, or its content was changed."));
    TRY(sealed_amounts(c, b, amount));
    s->column = columns;
    s->columns = COUNT(columns);
    while (table_next(c, &w, cell, &n)) {
        struct definition d = definition_of(heading, headings, cell, n);
        if (d.name[0] != '\0') /* only the first part has it */
            name = said(c, d.name, d.name_nl);
        TRY(row_put(c, &d, name, &known, s));
    }
    return OK;
}
