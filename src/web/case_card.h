// SPDX-License-Identifier: EUPL-1.2
/* The cards about help on the page of a request: talks, plan, lines of help, looking back, closing, groups.
 */
#ifndef PEIL_WEB_CASE_CARD_H
#define PEIL_WEB_CASE_CARD_H

#include "register/care.h"
#include "web/request_card.h"

enum err card_again(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;
enum err card_closing(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;
enum err card_talk(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;
enum err card_plan(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;
enum err card_line(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;
enum err card_evaluation(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;
enum err card_group(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;
enum err card_waited(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;

#endif
