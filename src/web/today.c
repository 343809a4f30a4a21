// SPDX-License-Identifier: EUPL-1.2
#include "web/today.h"

#include "web/indicator.h"

#include "web/complaint.h"
#include "web/due.h"
#include "web/signal.h"

#include "base/text.h"
#include "web/access.h"
#include "web/ave.h"
#include "web/callback.h"
#include "web/caseload.h"
#include "web/contact.h"
#include "web/law.h"
#include "web/message.h"
#include "web/partner.h"
#include "web/phone.h"
#include "web/presence.h"
#include "web/referral.h"
#include "web/setting.h"
#include "web/tpl.h"
#include "web/transfer.h"
#include "web/urgent.h"
#include "web/window_tell.h"

#include <assert.h>

#define ROLE(role) (1u << ROLE_##role)
#define LISTS (ROLE(INTAKE) | ROLE(SOCIAL_WORKER) | ROLE(TEAM_LEAD))

/* In the order in which they stand; who is in `first` sees the block before those that are not for this role
 * first. A block of your area: one line. */
static const struct today_entry {
    enum right right;
    unsigned first; /* roles */
    enum err (*fill)(struct ctx *c, struct today_block *b);
} entries[] = {
    { RIGHT_WAITING_LIST, LISTS, today_urgent },
    { RIGHT_CONTACT, ROLE(INTAKE), today_callbacks },
    { RIGHT_CONTACT, ROLE(INTAKE), today_missed },
    { RIGHT_CONTACT, ROLE(INTAKE), today_questions },
    { RIGHT_CASE, ROLE(SOCIAL_WORKER), today_new_cases },
    { RIGHT_CASE, ROLE(SOCIAL_WORKER), today_late_steps },
    { RIGHT_REQUEST, ROLE(SOCIAL_WORKER), today_own },
    { RIGHT_ALLOCATE, ROLE(TEAM_LEAD), today_no_worker },
    { RIGHT_CASE, ROLE(TEAM_LEAD) | ROLE(SOCIAL_WORKER), today_to_tell },
    { RIGHT_ALLOCATE, ROLE(TEAM_LEAD), today_transfers },
    { RIGHT_MESSAGE, ROLE(INTAKE), today_not_informed },
    { RIGHT_CASE, ROLE(SOCIAL_WORKER) | ROLE(TEAM_LEAD), today_evaluation },
    { RIGHT_CASE, ROLE(SOCIAL_WORKER) | ROLE(TEAM_LEAD), today_arrival },
    { RIGHT_WAITING_LIST, ROLE(INTAKE) | ROLE(TEAM_LEAD), today_tell },
    { RIGHT_WAITING_LIST, ROLE(INTAKE), today_call_list },
    { RIGHT_WAITING_LIST, ROLE(INTAKE), today_to_call },
    { RIGHT_CALL, ROLE(SOCIAL_WORKER) | ROLE(INTAKE), today_aftercare },
    { RIGHT_WAITING_LIST, ROLE(INTAKE) | ROLE(TEAM_LEAD), today_unjudged },
    { RIGHT_WAITING_LIST, ROLE(TEAM_LEAD), today_over_norm },
    { RIGHT_COMPLAINT_READ, ROLE(COMPLAINTS) | ROLE(QUALITY), today_complaints },
    { RIGHT_COMPLAINT_LIST, ROLE(SOCIAL_WORKER), today_about_me },
    { RIGHT_SIGNAL_JUDGE, ROLE(QUALITY), today_signals },
    { RIGHT_INCIDENT_HANDLE, ROLE(QUALITY) | ROLE(BOARD), today_incidents },
    { RIGHT_REFERRAL, ROLE(PARTNER), today_own_referrals },
    { RIGHT_SIGNAL, ROLE(ADVISORY_COUNCIL) | ROLE(PARTNER), today_own_signals },
    { RIGHT_FIGURES, ROLE(BOARD) | ROLE(ACCOUNT_MANAGER), today_figures },
    { RIGHT_WMO, ROLE(SOCIAL_WORKER) | ROLE(TEAM_LEAD) | ROLE(BACK_OFFICE), today_terms },
    { RIGHT_WMO, ROLE(SOCIAL_WORKER) | ROLE(TEAM_LEAD), today_letters },
    { RIGHT_CONTACT, ROLE(SOCIAL_WORKER), today_sessions },
    { RIGHT_CONTACT, 0, today_sessions_unknown },
    { RIGHT_CONTACT, ROLE(INTAKE), today_answers },
    { RIGHT_CONTACT, 0, today_arrivals },
    { RIGHT_PLACE, ROLE(QUALITY), today_unhandled },
    { RIGHT_PARTNER_EDIT, ROLE(BOARD), today_reviews },
    { RIGHT_LOGGED_IN, 0, today_rules },
    { RIGHT_HOUSEHOLD, ROLE(TEAM_LEAD), today_ave },
    { RIGHT_SEAL, ROLE(TEAM_LEAD), today_claims },
    { RIGHT_ACCESS_LOG, ROLE(DPO), today_access },
};
static_assert(COUNT(entries) <= TODAY_BLOCKS, "the blocks fit on the page");

struct today_row *today_row_add(struct today_block *b)
{
    return b->n < TODAY_ROWS ? &b->row[b->n++] : NULL;
}

static bool is_quiet(const struct today_block *b)
{
    return b->n == 0 && (b->count == 0 || b->count == INT_NONE);
}

/* One block; its function may leave it without a title: not for this user. */
static enum err block_add(struct ctx *c, const struct today_entry *e, struct today_page *p,
                          struct today_block *quiet)
{
    struct today_block b = { .count = INT_NONE };

    TRY(e->fill(c, &b));
    if (b.title == NULL)
        return OK;
    if (is_quiet(&b))
        quiet[p->n_quiet++] = b;
    else
        p->block[p->n++] = b;
    return OK;
}

static enum err blocks_fill(struct ctx *c, struct today_page *p)
{
    struct today_block *quiet;
    unsigned role = 1u << c->actor->role;

    TRY(ctx_alloc(c, COUNT(entries), sizeof *p->block, (void *)&p->block));
    TRY(ctx_alloc(c, COUNT(entries), sizeof *quiet, (void *)&quiet));
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < COUNT(entries); i++)
            if (((entries[i].first & role) != 0) == first && user_may(c, entries[i].right))
                TRY(block_add(c, &entries[i], p, quiet));
    p->quiet = quiet;
    return OK;
}

enum err web_today_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct today_page p = { .day = c->today };
    struct buf figures = { 0 };
    enum err e;

    TRY(frame_fill(c, r, _("Today"), "/today", &p.frame));
    p.may_register = p.frame.may_register;
    TRY(blocks_fill(c, &p));
    e = indicators_today(c, r, &figures);
    p.figures = figures.len > 0 ? &figures : NULL;
    if (e == OK)
        e = figures.failed ? FAIL(E_NOMEM, "%s", "") : today_html(c, &out->body, &p);
    buf_free(&figures);
    return e;
}
