// SPDX-License-Identifier: EUPL-1.2
#include "register/procedure.h"

#include "base/text.h"

bool procedure_find(const struct procedure *t, const char *code, size_t *ret_step)
{
    for (size_t i = 0; i < t->steps; i++)
        if (text_is(t->step[i].code, code)) {
            *ret_step = i;
            return true;
        }
    return false;
}

bool procedure_state_find(const struct procedure *t, const char *code, size_t *ret_state)
{
    for (size_t i = 0; i < t->states; i++)
        if (text_is(t->state[i].code, code)) {
            *ret_state = i;
            return true;
        }
    return false;
}

bool procedure_allows(const struct procedure *t, size_t state, size_t step)
{
    return (t->step[step].from & (1u << state)) != 0;
}

size_t procedure_next(const struct procedure *t, size_t state, size_t step)
{
    return t->step[step].to == PROCEDURE_SAME ? state : (size_t)t->step[step].to;
}

const char *procedure_step_name(const struct ctx *c, const struct procedure *t, size_t step)
{
    return _(t->step[step].name);
}

const char *procedure_state_name(const struct ctx *c, const struct procedure *t, size_t state)
{
    return _(t->state[state].name);
}
