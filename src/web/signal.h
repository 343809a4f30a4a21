// SPDX-License-Identifier: EUPL-1.2
/* Signals: the list, a new one, one with its steps. */
#ifndef PEIL_WEB_SIGNAL_H
#define PEIL_WEB_SIGNAL_H

#include "web/reply.h"
#include "web/today.h"

enum err web_signals_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_signal_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_signal_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_signal_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_signal_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err today_signals(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
