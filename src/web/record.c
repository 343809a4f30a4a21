// SPDX-License-Identifier: EUPL-1.2
#include "web/record.h"

#include <assert.h>

void record_fact_add(struct record_page *p, const char *label, const char *value)
{
    if (text_empty(value))
        return;
    assert(p->facts < RECORD_FACTS);
    p->fact[p->facts++] = (struct record_fact){ .label = label, .value = value };
}

static struct record_step step_of(const struct ctx *c, const struct happening *h,
                                  const struct record_words *words)
{
    int32_t recorded = time_nl_day(h->recorded_at);

    return (struct record_step){ .title = words->name(c, h),
                                 .detail = words->detail(c, h),
                                 .note = h->note,
                                 .who = h->who,
                                 .occurred_at = h->occurred_at,
                                 .recorded = recorded == time_nl_day(h->occurred_at) ? DAY_NONE : recorded,
                                 .until = h->until == TIME_NONE ? DAY_NONE : time_nl_day(h->until) };
}

enum err record_steps_fill(struct ctx *c, const struct happening *h, size_t n,
                           const struct record_words *words, struct record_page *p)
{
    struct record_step *step;

    TRY(ctx_alloc(c, n + 1, sizeof *step, (void *)&step));
    for (size_t i = 0; i < n; i++)
        step[n - 1 - i] = step_of(c, &h[i], words);
    p->step = step;
    p->steps = n;
    return OK;
}

enum err record_check_seen(struct ctx *c, const struct req *r, int64_t version)
{
    int64_t seen;

    if (text_to_int(req_form(r, "seen"), &seen) && seen != version)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this in the meantime. Look at the new state first."));
    return OK;
}

void record_tabs_fill(const struct ctx *c, const char *path_open, const char *path_all, bool all,
                      struct record_list_page *p)
{
    p->tab[0] = (struct tab){ _("Open"), path_open, INT_NONE, !all };
    p->tab[1] = (struct tab){ _("All of the last year"), path_all, INT_NONE, all };
    p->tabs = 2;
}
