// SPDX-License-Identifier: EUPL-1.2
#include "register/code.h"

#include "base/text.h"

const char *code_text(const struct ctx *c, const struct code_name *list, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(list[i].code, code))
            return _(list[i].name);
    return code != NULL ? code : "";
}

bool code_known(const struct code_name *list, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(list[i].code, code))
            return true;
    return false;
}
