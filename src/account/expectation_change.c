// SPDX-License-Identifier: EUPL-1.2
/* What somebody wrote down of a change on a list, as the forecast knows it. */
#include "account/expectation_core.h"
#include "base/text.h"
#include "register/list_change.h"

static enum history_what what_of(const char *code)
{
    return text_is(code, "requests") ? HISTORY_REQUESTS
           : text_is(code, "help")   ? HISTORY_HELP
                                     : HISTORY_STARTS;
}

static struct history_change change_of(const struct expectation_history *x, const struct list_change *l,
                                       int64_t known)
{
    int32_t written = time_nl_day(l->recorded_at);
    bool undone = l->undone_at != TIME_NONE && l->undone_at <= known;

    return (struct history_change){ .at = l->day,
                                    .known = written > l->day ? written : l->day,
                                    .known_to = undone ? time_nl_day(l->undone_at) - 1 : INT32_MAX,
                                    .team = l->team == INT_NONE ? -1 : expectation_list_of(x, l->team),
                                    .of_what = what_of(l->what) };
}

enum err expectation_changes_read(struct ctx *c, int64_t known, struct expectation_history *x)
{
    struct list_change *row;
    struct history_change *change;
    size_t rows;

    TRY(list_change_all(c, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *change, (void *)&change));
    x->h.changes = 0;
    for (size_t i = 0; i < rows; i++)
        if (row[i].recorded_at <= known)
            change[x->h.changes++] = change_of(x, &row[i], known);
    x->h.change = change;
    return OK;
}
