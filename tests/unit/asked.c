// SPDX-License-Identifier: EUPL-1.2
#include "unit/asked.h"

#include "unit/test.h"

struct request_form asked(const struct ctx *c)
{
    return (struct request_form){ .person = INT_NONE,
                                  .who = { .name = "Jan de Vries" },
                                  .question = "Money worries",
                                  .received = c->today - 3,
                                  .channel = "phone",
                                  .route = "self",
                                  .neighbourhood = INT_NONE,
                                  .team = INT_NONE,
                                  .urgency = URGENCY_NORMAL,
                                  .safety_checked = true };
}

struct request_id asked_add(struct ctx *c, const struct request_form *f)
{
    struct request_id id = { 0 };

    CHECK_INT(request_add(c, f, &id), OK);
    return id;
}
