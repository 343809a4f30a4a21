// SPDX-License-Identifier: EUPL-1.2
/* The extract alone: who helped is told by lines of help and plans, which stand beside the events. */
#include "register/extract_core.h"

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

enum err extract_raw_read_helped(struct ctx *c, const struct extract_wish *w, struct extract_raw *ret_raw)
{
    struct extract_hook hook = { begin, put, NULL };
    struct extract_wish helped = *w;
    struct arena *kept = c->arena, side;
    struct fact_side *help;

    arena_init(&side, kept->ceiling); /* given back when it was read */
    c->arena = &side;
    enum err e = w->id == NULL ? side_read_help(c, &help) : side_read_help_of(c, w->id, w->n, &help);
    c->arena = kept;
    hook.arg = help;
    helped.hook = &hook;
    if (e == OK)
        e = extract_raw_read(c, &helped, ret_raw);
    arena_free(&side);
    return e;
}

struct extract_reading {
    struct extract_wish w;
    struct register_extract *ret;
};

static enum err read_at_once(struct ctx *c, void *arg)
{
    const struct extract_reading *r = arg;
    struct extract_raw raw = { .x = r->ret };

    return extract_raw_read_helped(c, &r->w, &raw);
}

enum err extract_read(struct ctx *c, int64_t at, struct register_extract *ret_extract)
{
    struct extract_reading r = { { .at = at, .known = at, .follow = true }, ret_extract };

    return db_read(c, read_at_once, &r);
}
