// SPDX-License-Identifier: EUPL-1.2
/* Opening with a reason, emergency access, seals and blocks; and for the data protection officer who got in
 * by a reason and who looked at what. */
#ifndef PEIL_WEB_ACCESS_H
#define PEIL_WEB_ACCESS_H

#include "register/access.h"
#include "register/access_claim.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct access_page {
    struct frame frame;
    struct tab tab[4];
    size_t tabs;
    struct sheet_view sheet;
    const char *lead;
    bool may_find; /* look up a request by its number */
};
struct claim_view {
    const struct access_claim *x;
    const char *relation, *url; /* url: NULL when the resident is out of sight */
};
struct claims_page {
    struct frame frame;
    struct tab tab[4];
    size_t tabs;
    const struct claim_view *claim;
    size_t n;
};

enum err web_open_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_open_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_emergency_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_emergency_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_seal_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_seal_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_block_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_block_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err web_access_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_access_find_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_access_judge_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_access_judge_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_access_account_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_readers_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_sealed_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_claims_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_claim_confirm_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_claim_end_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_claim_end_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* The tabs that this user may open; current: the path. */
size_t access_tabs(const struct ctx *c, const char *current, struct tab tab[4]);
/* Emergency access that nobody judged; blocks that nobody confirmed. */
enum err today_access(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_claims(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
