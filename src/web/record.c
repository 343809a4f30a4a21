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

struct record_step record_step_of(const struct happening *h, const char *title, const char *detail)
{
    int32_t recorded = time_nl_day(h->recorded_at);

    return (struct record_step){ .title = title,
                                 .detail = detail,
                                 .note = h->note,
                                 .who = h->who,
                                 .occurred_at = h->occurred_at,
                                 .recorded = recorded == time_nl_day(h->occurred_at) ? DAY_NONE : recorded,
                                 .until = DAY_NONE };
}

enum err record_steps_fill(struct ctx *c, const struct happening *h, size_t n,
                           const struct record_words *words, struct record_page *p)
{
    struct record_step *step;

    TRY(ctx_alloc(c, n + 1, sizeof *step, (void *)&step));
    for (size_t i = 0; i < n; i++) {
        struct record_step *to = &step[n - 1 - i];
        *to = record_step_of(&h[i], words->name(c, &h[i]), words->detail(c, &h[i]));
        if (h[i].until != TIME_NONE)
            to->until = time_nl_day(h[i].until);
    }
    p->step = step;
    p->steps = n;
    return OK;
}

enum err record_news_since(struct ctx *c, const struct req *r, const char *name,
                           const struct record_step *step, size_t n, struct news *ret_news)
{
    struct news_line *line;
    int64_t seen;

    *ret_news = (struct news){ 0 };
    if (!text_to_int(req_form(r, name), &seen) || seen < 0 || (size_t)seen >= n)
        return OK;
    size_t since = n - (size_t)seen;
    TRY(ctx_alloc(c, since, sizeof *line, (void *)&line));
    for (size_t i = 0; i < since; i++) /* as it went: the first one first */
        line[since - 1 - i] =
            (struct news_line){ step[i].title, step[i].detail, step[i].who, step[i].occurred_at };
    *ret_news = (struct news){ line, since };
    return OK;
}

enum err record_news_fill(struct ctx *c, const struct req *r, struct record_page *p)
{
    TRY(record_news_since(c, r, "seen", p->step, p->steps, &p->news));
    return p->news.n > 0 ? form_view_seen(c, "seen", typed_number_text(c, (int64_t)p->steps), &p->form) : OK;
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
