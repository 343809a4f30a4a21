// SPDX-License-Identifier: EUPL-1.2
#include "web/request_people.h"

#include "register/merge.h"
#include "register/right.h"

static enum err helpers_fill(struct ctx *c, int64_t person, struct request_people *p)
{
    const struct helper *h;
    size_t n;

    TRY(network_of(c, person, &h, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *p->helper, (void *)&p->helper));
    for (size_t i = 0; i < n; i++) {
        if (!h[i].now)
            continue;
        p->helper[p->helpers++] = (struct request_helper_view){
            .kind = code_text(c, network_kinds, network_kind_count, h[i].kind),
            .name = h[i].name != NULL ? h[i].name : h[i].organisation,
            .phone = h[i].phone,
            .told = code_text(c, network_told, network_told_count, h[i].told),
            .message = text_is(h[i].message, NETWORK_NONE)
                           ? NULL
                           : code_text(c, network_messages, network_message_count, h[i].message),
        };
    }
    return OK;
}

enum err request_people_fill(struct ctx *c, const struct frame *frame, const struct request *q,
                             struct request_people *ret_people)
{
    struct request_people p = { .frame = frame,
                                .request = q,
                                .may_merge = user_may(c, RIGHT_MERGE),
                                .may_seal = user_may(c, RIGHT_SEAL),
                                .may_readers = user_may(c, RIGHT_SEAL) || user_may(c, RIGHT_ACCESS_LOG),
                                .content_closed = !q->content,
                                .has_account = c->actor->account != INT_NONE };

    TRY(regie_part_fill(c, q, &p.regie));
    TRY(merge_children(c, q->id.v, &p.child, &p.children));
    if (q->person != INT_NONE) {
        TRY(household_sum_of(c, q->person, &p.household));
        TRY(helpers_fill(c, q->person, &p));
    }
    *ret_people = p;
    return OK;
}
