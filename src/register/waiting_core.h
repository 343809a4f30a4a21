// SPDX-License-Identifier: EUPL-1.2
/* What the files of the waiting list share. */
#ifndef PEIL_REGISTER_WAITING_CORE_H
#define PEIL_REGISTER_WAITING_CORE_H

#include "register/waiting_list.h"
#include "store/sql.h"

/* The filters of a list as the statements take them: team, neighbourhood, class, part. */
void waiting_bounds(const struct ctx *c, const struct config *k, const struct waiting_filter *f,
                    struct sql_waiting_by_order_args *ret_args);

#endif
