// SPDX-License-Identifier: EUPL-1.2
/* What the files that fill the facts of requests share. Not for other layers. */
#ifndef PEIL_REGISTER_FACTS_REQUEST_H
#define PEIL_REGISTER_FACTS_REQUEST_H

#include "register/facts_side.h"
#include "register/law.h"

/* ---- facts_happening.c: what can happen more than once in a request ---- */

enum err facts_happening_begin(struct ctx *c, struct fact_filling *g, size_t requests) MUST_CHECK;
enum err facts_happening_put(struct ctx *c, struct fact_filling *g, struct fact_side *side,
                             const struct extract_hook_row *r, const struct fact_care *care) MUST_CHECK;
/* The applications of a request: looked at first, put into their set when the memory of the legal track has
 * been given back. */
enum err applications_look(struct ctx *c, const struct fact_filling *g, const struct law *l,
                           struct application_fact app[APPLICATIONS_MAX], size_t *ret_n) MUST_CHECK;
enum err applications_put(struct ctx *c, struct fact_filling *g, size_t request,
                          const struct application_fact *app, size_t n) MUST_CHECK;
/* The codes of their requests, and who was helped. */
enum err facts_happening_end(struct ctx *c, struct fact_filling *g) MUST_CHECK;

#endif
