// SPDX-License-Identifier: EUPL-1.2
#include "base/ctx.h"

#include "base/date.h"

#include <string.h>
#include <time.h>

void ctx_init(struct ctx *c, struct arena *a, enum lang lang)
{
    *c = (struct ctx){ .arena = a, .lang = lang };
    ctx_set_now(c, (int64_t)time(NULL));
}

void ctx_set_now(struct ctx *c, int64_t now)
{
    c->now = now;
    c->today = time_nl_day(now);
}

enum err ctx_alloc(struct ctx *c, size_t count, size_t size, void *ret_ptr)
{
    void *p = arena_array(c->arena, count, size);

    if (p == NULL)
        return FAIL(E_NOMEM, "%s", "");
    memcpy(ret_ptr, &p, sizeof p); /* ret_ptr is the address of a pointer of any type */
    return OK;
}

enum err ctx_copy(struct ctx *c, const char *text, const char **ret_text)
{
    if (text == NULL) {
        *ret_text = NULL;
        return OK;
    }
    const char *copy = arena_copy(c->arena, text, strlen(text));

    if (copy == NULL)
        return FAIL(E_NOMEM, "%s", "");
    *ret_text = copy;
    return OK;
}
