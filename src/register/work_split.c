// SPDX-License-Identifier: EUPL-1.2
#include "register/work_split.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

#include <string.h>

static enum work_kind kind_of_work(enum kind kind, const char *reason)
{
    switch (kind) {
    case KIND_CALL_REACHED:
    case KIND_PROTECTED:
    case KIND_FIRST_TALK:
    case KIND_TALK:
    case KIND_CARER_ASKED:
    case KIND_PLAN_AGREED:
    case KIND_EVALUATED:
    case KIND_AFTERCARE:
        return WORK_HELP;
    case KIND_HELP_STARTED:
        return text_is(reason, "general") || text_is(reason, "specialist") ? WORK_REFER : WORK_HELP;
    case KIND_REDIRECTED:
    case KIND_ARRIVAL_CHECKED:
        return WORK_REFER;
    case KIND_WMO_RESEARCHED:
    case KIND_ACCOUNT_SENT:
    case KIND_APPLIED:
    case KIND_COMPLETION_ASKED:
    case KIND_DECIDED:
    case KIND_OBJECTION_DECIDED:
        return WORK_DECIDE;
    default:
        return WORK_NONE;
    }
}

enum err work_split(struct ctx *c, int64_t team, int32_t day, size_t n, struct work_month *ret_month)
{
    struct civil at = date_to_civil(day);
    int32_t first = date_add_months(date_from_civil(at.year, at.month, 1), 1 - (int)n);
    struct sql_work_split_counts_row *row;
    size_t rows;

    TRY(may(c, RIGHT_FIGURES));
    TRY(sql_work_split_counts(c, team, time_of_nl_day(first, 0),
                              time_of_nl_day(date_add_months(first, (int)n), 0), &row, &rows));
    for (size_t i = 0; i < n; i++)
        ret_month[i] = (struct work_month){ .month = date_add_months(first, (int)i) };
    for (size_t i = 0; i < rows; i++) {
        char text[11] = "";
        int32_t month;
        enum kind kind;
        memcpy(text, row[i].month, strlen(row[i].month) < 7 ? strlen(row[i].month) : 7);
        memcpy(text + 7, "-01", 4);
        if (!date_scan(text, 10, &month) || !kind_find(row[i].kind, &kind))
            continue;
        for (size_t k = 0; k < n; k++)
            if (ret_month[k].month == month)
                ret_month[k].n[kind_of_work(kind, row[i].reason)] += row[i].n;
    }
    return OK;
}
