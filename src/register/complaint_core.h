// SPDX-License-Identifier: EUPL-1.2
/* What the files of complaints share. */
#ifndef PEIL_REGISTER_COMPLAINT_CORE_H
#define PEIL_REGISTER_COMPLAINT_CORE_H

#include "register/complaint.h"
#include "register/config.h"

/* What this user may see of a complaint about this worker and team. */
enum complaint_view complaint_view_of(const struct ctx *c, int64_t worker, int64_t team, bool closed);
/* Without its terms and without logging the look; E_NOT_FOUND when it may not be seen. */
enum err complaint_read(struct ctx *c, int64_t id, struct complaint *ret_complaint) MUST_CHECK;
/* The terms of the regime, from the steps (complaint_term.h). */
void complaint_fill_terms(const struct config *k, const struct law_options *o, int64_t now,
                          struct complaint *p);

#endif
