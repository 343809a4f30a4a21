// SPDX-License-Identifier: EUPL-1.2
/* Referrals: what a partner sees and sends (/referrals), and what we do with it (/referrals/inbox). */
#ifndef PEIL_WEB_REFERRAL_H
#define PEIL_WEB_REFERRAL_H

#include "register/referral.h"
#include "web/panel.h"
#include "web/today.h"

/* By the partner: own referrals, while the resident agrees. */
enum err web_referrals_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_referral_search_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_referral_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_referral_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_referral_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_referral_withdraw_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* By us. */
enum err web_inbox_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_inbox_page_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* /referrals/inbox/{id}/{word}: answer, consent, withdraw, check. */
enum err web_inbox_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* The referrals of one request, and the forms for a new one: in, out. */
enum err web_request_referrals_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_referrals_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err today_answers(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_arrivals(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
