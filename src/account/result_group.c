// SPDX-License-Identifier: EUPL-1.2
#include "account/result_core.h"
#include "base/text.h"
#include "register/state.h"

const int32_t *group_column(const struct extract *x, enum dimension d)
{
    switch (d) {
    case BY_TEAM:
        return x->team;
    case BY_NEIGHBOURHOOD:
        return x->neighbourhood;
    case BY_URGENCY:
        return x->urgency;
    case BY_CHANNEL:
        return x->channel;
    case BY_ROUTE:
        return x->route;
    default:
        return x->category;
    }
}

static const struct dictionary *dictionary_of(const struct register_extract *x, enum dimension d)
{
    switch (d) {
    case BY_TEAM:
        return &x->team;
    case BY_NEIGHBOURHOOD:
        return &x->neighbourhood;
    case BY_CHANNEL:
        return &x->channel;
    case BY_ROUTE:
        return &x->route;
    default:
        return &x->category;
    }
}

size_t group_codes(const struct register_extract *x, enum dimension d)
{
    return d == BY_URGENCY ? URGENCIES : dictionary_of(x, d)->n;
}

const char *group_label(const struct register_extract *x, enum dimension d, size_t code)
{
    if (d == BY_URGENCY)
        return code < URGENCIES ? urgency_code((int64_t)code) : NULL;
    return code < dictionary_of(x, d)->n ? dictionary_of(x, d)->name[code] : NULL;
}

static bool code_find(const struct register_extract *x, enum dimension d, const char *label, size_t *ret_code)
{
    for (size_t i = 0; i < group_codes(x, d); i++)
        if (text_is(group_label(x, d, i), label)) {
            *ret_code = i;
            return true;
        }
    return false;
}

enum err group_only(struct ctx *c, const struct register_extract *x, const struct result_query *q,
                    uint32_t *row, size_t *ret_n)
{
    size_t codes, code, n = 0;
    bool *wanted;

    if (q->only.n == 0)
        return OK;
    if (dimension_is_period(q->only.by))
        return FAIL(E_REQUEST, "%s", _("Use a period instead: from, to."));
    codes = group_codes(x, q->only.by);
    TRY(ctx_alloc(c, codes + 1, sizeof *wanted, (void *)&wanted));
    for (size_t i = 0; i < q->only.n; i++) {
        if (!code_find(x, q->only.by, q->only.value[i], &code))
            return FAIL(E_REQUEST, _("No request has \"%s\" as its %s."), q->only.value[i],
                        dimension_code(q->only.by));
        wanted[code] = true;
    }
    const int32_t *column = group_column(&x->x, q->only.by);
    for (size_t i = 0; i < *ret_n; i++)
        if (column[row[i]] >= 0 && wanted[column[row[i]]])
            row[n++] = row[i];
    *ret_n = n;
    return OK;
}
