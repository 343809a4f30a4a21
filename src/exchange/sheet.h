// SPDX-License-Identifier: EUPL-1.2
/* A list (overzicht) as a table of typed cells: made once, shown on the screen (web/sheet_view.h) and given
 * as a file (sheet_csv.h, sheet_xlsx.h), so that the screen and the file always say the same.
 *
 *     static const struct sheet_column columns[] = {
 *         SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")), SHEET_COLUMN(N_("Since"), DAY),
 *         SHEET_COLUMN(N_("Calls"), COUNT),
 *     };
 *     struct sheet s = { .object = "contact", .title = _("Contacts"), .filter = words, .day = c->today,
 *                        .empty = _("Nobody called today."), SHEET_COLUMNS(columns) };
 *     for (...) {
 *         TRY(sheet_row(c, &s, id));
 *         sheet_text(&s, name);
 *         sheet_sub(&s, number);
 *         TRY(sheet_link(c, &s, "/requests/%lld", (long long)request));
 *         sheet_day(&s, since);
 *         sheet_count(&s, calls);
 *     }
 *
 * A row gets its cells from left to right; a cell of another kind than its column, or one too many, is a
 * programming mistake. Texts are borrowed: they live as long as the sheet. */
#ifndef PEIL_EXCHANGE_SHEET_H
#define PEIL_EXCHANGE_SHEET_H

#include "base/buf.h"
#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sheet_kind {
    SHEET_TEXT,
    SHEET_BADGE,   /* a text with a look: "danger", "warning", "neutral", "success", "inactive" */
    SHEET_COUNT,   /* a whole number */
    SHEET_DAYS,    /* a number of days */
    SHEET_DECIMAL, /* hundredths */
    SHEET_DAY,     /* a day number */
    SHEET_MOMENT,  /* a time */
    SHEET_CHECK,   /* yes or no */
};

struct sheet_column {
    const char *label; /* msgid */
    enum sheet_kind kind;
    const char *sub; /* msgid: the line below the cell, which is a column of its own in a file; NULL: no such
                        column */
};
#define SHEET_COLUMN(label_, kind_) SHEET_COLUMN_SUB(label_, kind_, NULL)
#define SHEET_COLUMN_SUB(label_, kind_, sub_)                                                                \
    {                                                                                                        \
        .label = (label_), .kind = SHEET_##kind_, .sub = (sub_)                                              \
    }
struct sheet_cell {
    const char *text, *look, *sub; /* NULL: none */
    const char *url;               /* NULL: no link */
    int64_t v;                     /* INT_NONE: unknown, an empty cell */
};
struct sheet_line {
    int64_t id; /* of the checkbox, INT_NONE: none */
    struct sheet_cell *cell;
};
struct sheet {
    const char *object; /* of the read log: a literal */
    const char *title;
    const char *filter; /* in words; NULL: everything */
    const char *empty;  /* a sentence for a list without rows */
    int32_t day;        /* reference date */
    const struct sheet_column *column;
    size_t columns;
    struct sheet_line *row; /* in the arena */
    size_t n, room;
    size_t filled; /* cells of the last row */
};
#define SHEET_COLUMNS(table) .column = (table), .columns = COUNT(table)

enum err sheet_row(struct ctx *c, struct sheet *s, int64_t id) MUST_CHECK;
/* The next cell of the row. NULL, INT_NONE, DAY_NONE, TIME_NONE: unknown, which stays empty. */
void sheet_text(struct sheet *s, const char *text);
void sheet_badge(struct sheet *s, const char *text, const char *look);
void sheet_count(struct sheet *s, int64_t v); /* SHEET_COUNT, SHEET_DAYS, SHEET_DECIMAL */
void sheet_day(struct sheet *s, int32_t day);
void sheet_moment(struct sheet *s, int64_t time);
void sheet_check(struct sheet *s, bool yes);
/* Of the last cell: the line below it, and where it leads. */
void sheet_sub(struct sheet *s, const char *text);
enum err sheet_link(struct ctx *c, struct sheet *s, const char *format, ...) MUST_CHECK
    __attribute__((format(printf, 3, 4)));

/* Stable: rows that are equal in the column keep their order; unknown values stand last both ways. */
void sheet_sort(struct sheet *s, size_t column, bool down);

/* What stands above a file: pairs of label and value. */
enum { SHEET_HEAD = 4 };
struct sheet_head {
    const char *label[SHEET_HEAD], *value[SHEET_HEAD];
};
/* Title, filter, reference date, who made it when. */
enum err sheet_head_fill(struct ctx *c, const struct sheet *s, struct sheet_head *ret_head) MUST_CHECK;
/* A moment in Dutch local time: "2024-01-31 14:05". */
void sheet_put_moment(struct buf *b, int64_t time);

#endif
