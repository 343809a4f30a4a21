// SPDX-License-Identifier: EUPL-1.2
/* Partners and agreements: the directory, one partner, stages over time, agreements with their reviews,
 * numbers of referrals a partner. */
#ifndef PEIL_WEB_PARTNER_H
#define PEIL_WEB_PARTNER_H

#include "register/agreement.h"
#include "web/panel.h"
#include "web/today.h"

enum err web_partners_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_partner_stages_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_partner_referrals_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_partner_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_partner_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_partner_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* /partners/{id}/{word}: change, stage, end, contact, contact_end, agreement. */
enum err web_partner_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err web_agreements_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_agreement_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* /agreements/{id}/{word}: judge, change, end. */
enum err web_agreement_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* The agreements of one partner on a plain page, to be printed or shared. */
struct agreement_view {
    const struct agreement *a;
    const char *verdict;
};
struct agreement_sheet_page {
    struct frame frame;
    const char *partner;
    const struct agreement_view *row;
    size_t n;
    int32_t day;
};
enum err web_agreement_sheet_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

void partner_tabs_fill(const struct ctx *c, const char *current, struct panel_list *p);
const char *verdict_look(int64_t verdict);
/* The form of an agreement, on the page of a partner and its own. */
struct agreement_typed {
    int64_t version, owner;
    const char *text, *norm;
    int32_t starts_on, review_on;
};
extern const struct form_field agreement_fields[];
enum { AGREEMENT_FIELDS = 6 };
enum err owner_options(struct ctx *c, struct form_options *ret_options) MUST_CHECK;

enum err today_reviews(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
