// SPDX-License-Identifier: EUPL-1.2
/* The extract alone: who helped is told by lines of help and plans, which stand beside the events. */
#include "register/extract.h"
#include "register/facts_side.h"

static enum err begin(struct ctx *c, void *arg, size_t requests, struct register_extract *x)
{
    (void)c, (void)arg, (void)requests, (void)x;
    return OK;
}

static enum err put(struct ctx *c, void *arg, const struct extract_hook_row *row)
{
    struct fact_care care;

    TRY(side_care(c, arg, row, &care));
    *row->flags |= side_help_flags(direct_now(&care.played, row->now));
    return OK;
}

enum err extract_read(struct ctx *c, int64_t at, struct register_extract *ret_extract)
{
    struct extract_hook hook = { begin, put, NULL };
    struct arena *kept = c->arena, side;
    struct fact_side *help;

    arena_init(&side, kept->ceiling); /* given back when it was read */
    c->arena = &side;
    enum err e = side_read_help(c, &help);
    c->arena = kept;
    hook.arg = help;
    if (e == OK)
        e = extract_read_with(c, at, &hook, ret_extract);
    arena_free(&side);
    return e;
}
