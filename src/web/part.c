// SPDX-License-Identifier: EUPL-1.2
#include "web/part.h"

#include "base/text.h"

#include <assert.h>

enum err pages_fill(struct ctx *c, int64_t current, int64_t last,
                    enum err (*url_of)(struct ctx *c, void *arg, int64_t page, const char **ret_url),
                    void *arg, struct pages *ret_pages)
{
    struct pages p = { 0 };
    int64_t before = 0;

    for (int64_t i = 1; i <= last; i++) {
        if (i != 1 && i != last && (i < current - 2 || i > current + 2)) {
            i = i < current - 2 ? current - 3 : last - 1;
            continue;
        }
        if (i > before + 1)
            p.link[p.n++] = (struct page_link){ 0 };
        assert(p.n < PAGE_LINKS);
        p.link[p.n] = (struct page_link){ .number = i, .current = i == current };
        TRY(url_of(c, arg, i, &p.link[p.n++].url));
        before = i;
    }
    if (current > 1)
        TRY(url_of(c, arg, current - 1, &p.previous));
    if (current < last)
        TRY(url_of(c, arg, current + 1, &p.next));
    *ret_pages = p;
    return OK;
}

enum err wrong_take(struct ctx *c, enum err e, struct reply *out, struct form_errors *errors)
{
    struct err_slot slot = c->err;

    if (e != E_INVALID && e != E_CONFLICT)
        return e;
    err_clear(c);
    out->status = err_status(e);
    if (errors->n > 0)
        return OK;
    TRY(ctx_alloc(c, 1, sizeof *errors->at, (void *)&errors->at));
    TRY(ctx_copy(c, slot.field, &errors->at[0].field));
    TRY(ctx_copy(c, slot.text, &errors->at[0].text));
    errors->n = 1;
    return OK;
}
